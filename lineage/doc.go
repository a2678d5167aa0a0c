// Package lineage turns what the catalog knows into one graph: which asset and
// which column comes from which, and the statement that proves it. It reads view
// definitions, the statements of query logs, and flows that sources or people
// declare; it follows the change log and can be rebuilt from it.
//
// It does not read databases, and it does not decide what an asset is worth: it
// writes signals of use and of consumers as facts, and the catalog weighs them.
//
// Buckets:
//
//	edge        contributor        -> contribution  what one view, statement or declaration says: edges and column pairs
//	into        asset, contributor -> nothing       who says something of what goes into an asset
//	was         end, contributor   -> contribution  what somebody no longer says, kept for three years
//	waiting     statement          -> its tables    what was not wholly understood, to be read again
//	understood  reader, day        -> outcomes      how the statements of one log and day were understood
//
// The subtle thing: an edge has no row of its own. It exists as long as one
// contributor says it, so replacing or removing a contributor needs no count of
// references, and the contributors of an edge are its evidence. In memory the edges
// are arrays of numbers (rows.go): a base that never changes and an overlay of the
// rows that did; a row is woven anew from the store when a contributor of it changes.
package lineage
