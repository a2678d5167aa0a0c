// Package infoschema is what connectors of SQL databases share: the rows of
// their catalogs as assets, the reader of information_schema for those that have
// a whole one, and reading, counting and erasing single rows. What differs is a
// Dialect value.
//
// It opens no connection. Only statements of a fixed form are sent: identifiers
// quoted by the dialect, values as parameters, names filtered in Go.
package infoschema

import (
	"strings"
	"time"

	"waymark/catalog"
)

// Mark is the comment by which Waymark's own statements are known in query logs.
const Mark = " /* waymark crawl */"

// Limits of every session.
const (
	ConnectTime   = 10 * time.Second
	StatementTime = 120 * time.Second
	SampleTime    = 10 * time.Second
	LockTime      = 5 * time.Second
)

// Class is how values of a column compare.
type Class int

// The classes of columns.
const (
	Text    Class = iota // as stored; an index on it can serve
	Integer              // as numbers
	Other                // by its text
	Binary               // by its bytes, given in hexadecimal; never sampled
)

// Bind makes a value a parameter of the statement and returns its place holder.
type Bind func(value any) string

// Match builds the condition that a column, given quoted, equals or holds one of
// values. It returns "" if nothing can.
type Match func(column string, c Class, values []string, bind Bind) string

// Dialect is all in which the databases differ.
type Dialect struct {
	Name  string // of the SQL: postgres, mysql, mariadb, sqlite
	Quote func(identifier string) string
	Param func(n int) string       // the nth parameter, from 1
	Text  func(expr string) string // expr as text
	// Cell is a column, given quoted, as text that Exact takes for the same value:
	// bytes as BinaryMark and hexadecimal.
	Cell     func(column string, c Class) string
	Class    func(columnType string) Class
	Exact    Match
	Folded   Match
	Contains Match
	// Probe builds the condition that the text of a row's columns meets a probe, and
	// what is joined to the table for it; nil where rows are looked at in Go. A row of
	// which that cannot be told meets it.
	Probe func(columns []catalog.Column, p catalog.Probe, bind Bind) (join, where string)
	// Explain makes an error of the driver one line with a class and what mends
	// it. It adds no value of any row.
	Explain func(err error, doing string) error
}

func (d Dialect) match(h catalog.How) (Match, bool) {
	switch h {
	case catalog.Exact:
		return d.Exact, true
	case catalog.Folded:
		return d.Folded, true
	case catalog.Contains:
		return d.Contains, true
	}
	return nil, false
}

// Table is the quoted place of a table.
func (d Dialect) Table(schema, table string) string { return d.Quote(schema) + "." + d.Quote(table) }

// DoubleQuote quotes an identifier as the SQL standard does.
func DoubleQuote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// Backtick quotes an identifier as MySQL does.
func Backtick(s string) string { return "`" + strings.ReplaceAll(s, "`", "``") + "`" }

// In is the condition left in (values), each value made a parameter by one.
func In(left string, values []string, one func(v string) string) string {
	if len(values) == 0 {
		return ""
	}
	params := make([]string, len(values))
	for i, v := range values {
		params[i] = one(v)
	}
	return left + " in (" + strings.Join(params, ", ") + ")"
}

// Any joins the conditions of single values by or.
func Any(values []string, one func(v string) string) string {
	parts := make([]string, len(values))
	for i, v := range values {
		parts[i] = one(v)
	}
	return strings.Join(parts, " or ")
}

// Fold is the folded form of a wanted value: trimmed and in lower case.
func Fold(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// Forms returns the values and their folded forms, each once, for databases that
// know fewer letters than Go does: what either side folds to is equal.
func Forms(values []string) []string {
	seen, out := map[string]bool{}, []string{}
	for _, v := range values {
		for _, form := range []string{strings.TrimSpace(v), Fold(v)} {
			if !seen[form] {
				seen[form], out = true, append(out, form)
			}
		}
	}
	return out
}
