// Package pii keeps what is known about personal data: it has the detector judge
// every dataset whose schema changed, keeps the findings with their evidence, and
// says in the catalog how each column stands. People decide; a decision overrides
// every score and survives crawls and new detectors.
//
// It holds no value: samples are read, judged and dropped inside one call.
// Requests of data subjects are pii/gdpr's.
//
// Buckets:
//
//	finding  dataset -> findings by column, with the version of the rules and the time
//
// The subtle thing: the follower wakes on schemas and decisions only. Its own
// marks are changes too, and answering them would never end.
package pii
