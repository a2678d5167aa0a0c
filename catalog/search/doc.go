// Package search finds the data that one can trust and says why. A query is cut
// into words, asked of an index in stages (the name itself, every word in the
// name, every word somewhere, something near it), and ordered inside a stage by
// text and trust.
//
// It is no search engine: an Index finds candidates, totals and facets; the order,
// the reasons and the answer card are made here, in Go, from the same words and the
// same evidence whatever the engine. It follows the change log of the catalog and
// knows neither lineage nor detectors: what they found reaches it as facts of assets.
//
// The subtle thing: engines hold stems ("categori"), records hold the words as they
// stand. Stems decide who is a candidate, words decide the score, so that an exact
// word beats its plural without a second posting for it. Trust, synonyms and weights
// are data of the moment of asking; changing them reindexes nothing.
package search
