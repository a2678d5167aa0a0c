// Package job remembers background work: what ran, how it went, and how far logs
// were read. It runs nothing itself; cmd decides which work runs when.
//
// Buckets:
//
//	run   id     -> run; ids sort by the time of their start
//	mark  source -> place from which its query log is read next
package job
