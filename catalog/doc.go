// Package catalog is the only truth of Waymark: what every crawl, receiver and
// person said about each asset, as numbered changes with a caller and an audit
// entry. Lineage, search and findings of personal data are derived from it by
// following its change log; it knows none of them.
//
// An asset is made of aspects (schema, owners, labels ...). Each author has its
// own value of an aspect, a fact; nobody overwrites what another author said.
// Reading an asset merges the facts: people's word wins, then imports, then
// crawls, then what Waymark derived.
//
// Buckets:
//
//	fact    urn, aspect, author -> value     what each author said; a tag does not rewrite the columns
//	asset   urn                 -> head: type, name, digest and number per fact
//	change  seq                 -> urn       one entry an asset, moved on each write
//	history urn, seq            -> event     for people; may be pruned
//	use     time, source, asset -> rows      who read what; outside the change log
//	check   urn, day            -> runs      of quality checks; 90 days
//	volume  urn                 -> sizes     as crawls saw them, the newest 60
//	kept    urn, day            -> verdict   on the promise of an asset
//	incident urn, incident      -> rule      the incidents of an asset, and the rule that still holds
//	subscription user           -> list      what a person wants to be told of; theirs alone
//	delivery subscription       -> seq       how far its news were delivered
//	cursor  name                -> seq       how far a follower has come
//	gen     source, scope       -> generation of the last complete crawl
//	saved   user, name          -> search    that a person keeps; theirs alone
//	sought  day, person, number -> line      of the search log, under a pseudonym; 90 days
//	meta    "head"              -> seq       the number of the newest change
//	meta    "sought"            -> number of the newest line of the search log
//	meta    "pseudonym"         -> the secret that people's pseudonyms are made with
//
// The subtle thing: an asset has one entry in the change log, at the number of
// its newest change. A follower that is behind sees what differs now, never the
// states in between; the head of each asset says at which number each fact moved.
package catalog
