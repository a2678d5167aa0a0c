// Package job remembers background work: which crawls ran and how they went, how
// far each log was read, when work is due, and who may do it alone. It runs
// nothing itself; cmd decides which work runs when.
//
// Buckets:
//
//	run    kind, name, start, id -> run        the newest 200 of each kind and name
//	runid  id                    -> key of the run
//	mark   name, part            -> text       a place in a log, in parts
//	lease  name                  -> holder, fence, time
package job
