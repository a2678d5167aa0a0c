package infoschema

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// Querier is a database, a connection or a transaction.
type Querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// Place is where a dataset lies, as the live database has it.
type Place struct {
	Schema, Table string
	Columns       []catalog.Column
	Only          bool // other tables inherit from it, and their rows are not meant
}

// DB reads and changes the rows of one database.
type DB struct {
	Dialect Dialect
	Naming  Naming
	// Columns describes one table, a table that is not there by no columns.
	Columns func(ctx context.Context, q Querier, schema, table string) ([]catalog.Column, error)
	// Inherited reports whether a read of a table also returns rows of tables that
	// inherit from it and are datasets of their own; nil where no table does.
	Inherited func(ctx context.Context, q Querier, schema, table string) (bool, error)
}

// Locate finds a dataset; fault.NotFound if it is no table of this database.
func (db DB) Locate(ctx context.Context, q Querier, dataset urn.URN) (_ Place, err error) {
	schema, table, ok := db.Naming.Place(dataset.Name())
	if !ok || dataset.Platform() != db.Naming.Platform {
		return Place{}, fault.NotFound.Errorf("%s is not of this source", dataset.Name())
	}
	p := Place{Schema: schema, Table: table}
	if p.Columns, err = db.Columns(ctx, q, schema, table); err != nil {
		return Place{}, db.Dialect.Explain(err, "describe "+dataset.Name())
	}
	if len(p.Columns) == 0 {
		return Place{}, fault.NotFound.Errorf("table %s is no longer there, or the credential may not see it", dataset.Name())
	}
	if db.Inherited != nil {
		if p.Only, err = db.Inherited(ctx, q, schema, table); err != nil {
			return Place{}, db.Dialect.Explain(err, "describe "+dataset.Name())
		}
	}
	return p, nil
}

// relation is the place in a statement.
func (p Place) relation(d Dialect) string {
	if p.Only {
		return "only " + d.Table(p.Schema, p.Table)
	}
	return d.Table(p.Schema, p.Table)
}

func (p Place) column(name string) (catalog.Column, error) {
	i := slices.IndexFunc(p.Columns, func(c catalog.Column) bool { return c.Name == name })
	if i < 0 {
		return catalog.Column{}, fault.NotFound.Errorf("table %s.%s has no column %s any more", p.Schema, p.Table, name)
	}
	return p.Columns[i], nil
}

// maxValues bounds the parameters of one statement; every database takes that many.
const maxValues = 10_000

// statement collects the parameters of one SQL text.
type statement struct {
	dialect Dialect
	args    []any
}

func (s *statement) bind(v any) string {
	s.args = append(s.args, v)
	return s.dialect.Param(len(s.args))
}

// where is the condition that a row meets any of list.
func (s *statement) where(p Place, list []catalog.Rows) (string, error) {
	var parts []string
	for _, r := range list {
		part, err := s.condition(p, r)
		if err != nil {
			return "", err
		}
		if part != "" {
			parts = append(parts, "("+part+")")
		}
	}
	if len(s.args) > maxValues {
		return "", fault.Invalid.Errorf("%d values are too many for one statement", len(s.args))
	}
	if len(parts) == 0 {
		return "1 = 0", nil
	}
	return strings.Join(parts, " or "), nil
}

// condition is one of the alternatives of where, "" if no row can meet it.
func (s *statement) condition(p Place, r catalog.Rows) (string, error) {
	var all []string
	for _, one := range append([]catalog.Rows{r}, r.And...) {
		c, err := p.column(one.Column)
		if err != nil {
			return "", err
		}
		match, ok := s.dialect.match(one.How)
		if !ok {
			return "", fault.Invalid.Errorf("%q is no way to match values", one.How)
		}
		part := match(s.dialect.Quote(c.Name), s.dialect.Class(c.Type), one.Values, s.bind)
		if part == "" {
			return "", nil
		}
		all = append(all, part)
	}
	if len(all) == 1 {
		return all[0], nil
	}
	return "(" + strings.Join(all, ") and (") + ")", nil
}

// scrub explains an error of the driver and withholds its text if that quotes a
// parameter: databases like to show the value that they stumbled over.
func (s *statement) scrub(err error, doing string) error {
	err = s.dialect.Explain(err, doing)
	text := strings.TrimPrefix(err.Error(), doing)
	for _, a := range s.args {
		if quotes(text, fmt.Sprint(a)) {
			return fault.KindOf(err).Errorf("%s failed; the database's message holds a value and is not shown", doing)
		}
	}
	return err
}

// quotes reports whether value stands in text as a word of its own.
func quotes(text, value string) bool {
	value = strings.TrimSpace(value)
	if value == "" {
		return false
	}
	for from := 0; ; {
		i := strings.Index(text[from:], value)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:from+i])
		after, _ := utf8.DecodeRuneInString(text[from+i+len(value):])
		if !inWord(before) && !inWord(after) {
			return true
		}
		from += i + len(value)
	}
}

func inWord(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
