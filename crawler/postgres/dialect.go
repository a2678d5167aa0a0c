package postgres

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"waymark/catalog"
	"waymark/crawler/infoschema"
	"waymark/crawler/pgwire"
)

// dialect is how one database compares. With the C locale its lower() knows ASCII
// letters only; the Unicode collation of ICU, where there is one, knows all.
func dialect(l letters) infoschema.Dialect {
	low := lower(func(expr string) string { return "lower(" + expr + ")" })
	if l.icu {
		low = func(expr string) string { return `lower((` + expr + `) collate pg_catalog."und-x-icu")` }
	}
	return infoschema.Dialect{
		Name:  "postgres",
		Quote: infoschema.DoubleQuote,
		Param: func(n int) string { return "$" + strconv.Itoa(n) },
		Text:  func(expr string) string { return expr + "::text" },
		Cell:  cell,
		Class: class,
		Probe: func(columns []catalog.Column, p catalog.Probe, bind infoschema.Bind) (join, where string) {
			return low.probe(l, columns, p, bind)
		},
		Exact:    exact,
		Folded:   low.folded,
		Contains: low.contains,
		Explain:  pgwire.Explain,
	}
}

// letters are what a database knows of letters beyond ASCII.
type letters struct {
	utf8 bool // its encoding has all of them
	icu  bool // and the Unicode collation knows their cases
}

// lower makes an expression lower case.
type lower func(expr string) string

const lettersQuery = `select pg_catalog.getdatabaseencoding() = 'UTF8', pg_catalog.getdatabaseencoding() = 'UTF8' and exists (
  select 1 from pg_catalog.pg_collation c where c.collname = 'und-x-icu' and c.collnamespace = 'pg_catalog'::regnamespace)` + infoschema.Mark

// Types that compare as they are stored. bpchar and citext do not: one ignores
// trailing spaces, the other letter case.
var textual = regexp.MustCompile(`^(text|character varying|varchar|name)\b`)

func class(declared string) infoschema.Class {
	t := strings.ToLower(declared)
	switch {
	case strings.HasSuffix(t, "]"):
		return infoschema.Other
	case t == "smallint", t == "integer", t == "bigint":
		return infoschema.Integer
	case t == "bytea":
		return infoschema.Binary
	case textual.MatchString(t):
		return infoschema.Text
	}
	return infoschema.Other
}

func cell(column string, c infoschema.Class) string {
	if c == infoschema.Binary {
		return `'\x' || pg_catalog.encode(` + column + `, 'hex')`
	}
	return column + "::text"
}

// storable leaves out values that no text of PostgreSQL can equal; the server
// would refuse the whole statement for one of them.
func storable(values []string) []string {
	var out []string
	for _, v := range values {
		if utf8.ValidString(v) && !strings.ContainsRune(v, 0) {
			out = append(out, v)
		}
	}
	return out
}

func integers(column string, values []string, bind infoschema.Bind) string {
	var out []string
	for _, v := range values {
		if n, err := strconv.ParseInt(v, 10, 64); err == nil {
			out = append(out, strconv.FormatInt(n, 10))
		}
	}
	return infoschema.In(column, out, func(v string) string {
		n, _ := strconv.ParseInt(v, 10, 64) // it was one a line above
		return bind(n) + "::bigint"
	})
}

func exact(column string, c infoschema.Class, values []string, bind infoschema.Bind) string {
	switch c {
	case infoschema.Integer:
		return integers(column, values, bind)
	case infoschema.Binary:
		return infoschema.In(column, values, func(v string) string { return bind(infoschema.Bytes(v)) + "::bytea" })
	case infoschema.Text:
		return infoschema.In(column, storable(values), func(v string) string { return bind(v) })
	}
	return infoschema.In(column+"::text", storable(values), func(v string) string { return bind(v) + "::text" })
}

func (low lower) folded(column string, c infoschema.Class, values []string, bind infoschema.Bind) string {
	if c == infoschema.Integer {
		trimmed := make([]string, len(values))
		for i, v := range values {
			trimmed[i] = strings.TrimSpace(v)
		}
		return integers(column, trimmed, bind)
	}
	return infoschema.In(low("btrim("+column+"::text)"), infoschema.Forms(storable(values)), func(v string) string { return low(bind(v) + "::text") })
}

func (low lower) contains(column string, c infoschema.Class, values []string, bind infoschema.Bind) string {
	if c == infoschema.Binary {
		return infoschema.Any(values, func(v string) string { return "position(" + bind([]byte(v)) + "::bytea in " + column + ") > 0" })
	}
	return infoschema.Any(storable(values), func(v string) string {
		return "strpos(" + low(column+"::text") + ", " + low(bind(v)+"::text") + ") > 0"
	})
}

// wordless are types whose values are no words and no numbers of a person.
var wordless = regexp.MustCompile(`^(boolean|date|time|timestamp|interval)\b`)

// folding takes characters out and makes full-width ones plain; those at the end
// have no partner and are removed.
var folding = [2]string{infoschema.Wide + infoschema.Invisible, infoschema.Narrow}

// arguments is how many arguments one call takes; a table may have more columns.
const arguments = 80

// probe computes the text of a row once, in a join of its own. Only rows that have
// letters beyond ASCII are folded, and only those with long runs are looked through
// for the many encoded parts.
func (low lower) probe(l letters, columns []catalog.Column, p catalog.Probe, bind infoschema.Bind) (join, where string) {
	text := rowText(columns)
	if text == "" {
		return "", "false"
	}
	pattern := infoschema.Pattern(p)
	if ascii(pattern) {
		text = "lower((" + text + `) collate "C")`
	} else {
		text = low(text) // letters beyond ASCII have two cases as well
	}
	join = " cross join lateral (select " + text + " as waymark_row offset 0) waymark_rows"
	row := "waymark_rows.waymark_row"
	if l.utf8 {
		join += " cross join lateral (select case when octet_length(" + row + ") = char_length(" + row + ") then " + row +
			" else translate(" + row + ", " + bind(folding[0]) + "::text, " + bind(folding[1]) + "::text) end as waymark_plain offset 0) waymark_plains"
		row = "waymark_plains.waymark_plain"
	}
	row = "(" + row + `) collate "C"`
	var any []string
	if pattern != "" {
		any = append(any, row+" ~ "+bind(pattern)+"::text")
	}
	if len(p.Encoded) > 0 {
		one := infoschema.Any(p.Encoded, func(part string) string { return "strpos(" + row + ", " + bind(part) + "::text) > 0" })
		any = append(any, row+" ~ "+bind(infoschema.Run(p))+"::text and ("+one+")")
	}
	return join, "(" + strings.Join(any, " or ") + ")"
}

// rowText is the text of all columns of a row.
func rowText(columns []catalog.Column) string {
	var parts []string
	for _, c := range columns {
		name := infoschema.DoubleQuote(c.Name)
		switch {
		case class(c.Type) == infoschema.Binary:
			// Bytes as text; the zeros of wide characters are taken out.
			parts = append(parts, `pg_catalog.replace(pg_catalog.encode(`+name+`, 'escape'), '\000', '')`, `pg_catalog.encode(`+name+`, 'hex')`)
		case !wordless.MatchString(c.Type) || strings.HasSuffix(c.Type, "]"):
			parts = append(parts, name+"::text")
		}
	}
	if len(parts) == 0 {
		return ""
	}
	for joined := []string(nil); len(parts) > 1; parts, joined = joined, nil {
		for left := parts; len(left) > 0; left = left[min(arguments, len(left)):] {
			joined = append(joined, `concat_ws(E'\x1f', `+strings.Join(left[:min(arguments, len(left))], ", ")+")")
		}
	}
	return parts[0]
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
