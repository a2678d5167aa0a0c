// Package sqllineage reads SQL text and tells where every column comes from.
//
// It is pure: text in, facts out, with no I/O, clock, goroutine or changing
// global. A tolerant tokenizer feeds one recursive-descent parser whose
// differences between dialects are data; a resolver then walks the small
// syntax tree with the schemas that are known and collects, for each output
// column, the set of columns that it stems from.
//
// It is not a validator: it accepts far more than any engine does, skips
// clauses that it does not know and says so in diagnostics. What it is unsure
// of ends as Partial or Failed with a reason, never as a wrong edge.
//
// Split, Redact and Fingerprint stand on tokens alone, so they also work on
// text that does not parse.
package sqllineage
