// Package crawler reads the systems that hold a company's data and hands what
// they say to the catalog. A connector, one directory each, implements Source
// and as many of the optional capabilities as its system has; the Runner opens
// it by a Recipe, crawls it scope by scope, and is the one way by which requests
// and detection reach single rows.
//
// It parses no SQL and stores no state of its own: statements go to the
// catalog.Observe function it was given, assets to catalog.Apply.
//
// The subtle thing: nothing is gone because it was not seen. Only a scope that
// was listed to its end without an error is given to catalog.Finish, which then
// decides.
package crawler
