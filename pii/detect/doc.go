// Package detect says which columns hold personal data, and which spans of a text are personal identifiers.
//
// It is pure: it reads no file and no clock, keeps no state between calls, logs nothing, and imports nothing
// of this module. A Detector is built once and may be used by many goroutines.
//
// Evidence of several kinds (name, path, type, neighbours, comment, values) is summed as log-odds per class, then
// calibrated to a probability. Evidence never holds a value: only counts, shapes and rates.
//
// The package is not a catalog of decisions: what a person decided about a column, and what lineage carries
// from one column to another, is known to package pii alone.
//
// A country's number formats are one file (kr.go): a table of entries with their checks, and one line in formats.go. The
// words of column names are data/names.txt, nouns and vetoes data/nouns.txt; the dictionaries of names and places are the
// other files there. What detectors are known to get wrong is testdata/lessons.jsonl: a report becomes a line of it first.
//
// The subtle thing: values argue in two ways. "The column is this" (ModeColumn) asks what share of the values fits;
// "some values are" (ModeContamination) asks whether as many valid numbers could be there by chance. One must not
// average the other away.
package detect
