// Package ledger is the tamper-evident log of what was done to people's data
// outside this process: moves of a request, approvals, intents and results of
// erasures, exports, and looks at a subject. It is a transparency log (RFC 6962,
// by golang.org/x/mod/sumdb/tlog): each signed head fixes every entry before it,
// so that edits, deletions, reordering, truncation and forks are found by anyone
// who holds an older head.
//
// It is no audit of the catalog (package access keeps that) and holds no personal
// data of a subject: callers put numbers, names of datasets and counts into it.
//
// Buckets (their names leave room for the privacy store in the same kv.Store):
//
//	ledger         number          -> what is hashed: number, time, act, commitment
//	ledger_body    number          -> salt and body behind the commitment; may be destroyed
//	ledger_hash    storage index   -> 32 bytes, every node of the tree as tlog numbers them
//	ledger_request request, number -> nothing; finds the entries of one request
//	ledger_head    "head"          -> the newest signed head
//	ledger_head    "key"           -> the public key that signs here
//	ledger_pin     "pin"           -> in another store: key and newest head, as a Keeper has them
//
// The subtle thing: a leaf holds a salted commitment to its body and never the
// body itself. Destroying salt and body unlinks an entry for good, and the tree
// still proves that something was done at that moment. An entry says that it
// was destroyed; a body that is missing without one was removed.
//
// Nothing in a store shows that all of it was replaced. So keepers in other places
// know the key and the newest head, and heads are exported.
package ledger
