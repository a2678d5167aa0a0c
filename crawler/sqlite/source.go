// Package sqlite reads SQLite files: one file, and others attached to it as
// further schemas of one database. SQLite has no users, comments or history, so
// those capabilities are absent. It can erase, and then leaves no byte of what
// was erased in the files.
//
// The subtle thing: a view cannot reach into another file and neither can a
// foreign key, so each file is a scope of its own.
package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
	"waymark/crawler"
	"waymark/crawler/infoschema"
)

// Source is one database of one or more files, open for reading.
type Source struct {
	config config
	erase  *eraseConfig
	wanted func(string) bool
	pool   *sql.DB
	rows   infoschema.DB
}

// Open opens the files of a recipe for reading.
func Open(ctx context.Context, c crawler.Config) (crawler.Source, error) {
	s := &Source{}
	if err := c.Decode(&s.config); err != nil {
		return nil, err
	}
	var e eraseConfig
	if has, err := c.Erase(&e); err != nil {
		return nil, err
	} else if has {
		s.erase = &e
	}
	if s.config.Name == "" {
		s.config.Name = c.Name
	}
	var err error
	if s.wanted, err = s.config.Tables.Compile(); err != nil {
		return nil, fault.Invalid.Errorf("recipe %s: tables: %w", c.Name, err)
	}
	if err := s.check(c.Name); err != nil {
		return nil, err
	}
	naming := infoschema.Naming{Platform: "sqlite", Dialect: "sqlite", Prefix: s.config.Name + ".", DefaultDB: s.config.Name}
	s.rows = infoschema.DB{Dialect: dialect(), Naming: naming, Columns: s.columns}
	s.pool = open(files{s.config.Path, s.config.Attach}, reading)
	if err := s.answers(ctx); err != nil {
		s.pool.Close()
		return nil, err
	}
	return s, nil
}

// check refuses what SQLite would answer with words that help nobody.
func (s *Source) check(recipe string) error {
	if s.config.Path == "" && len(s.config.Attach) == 0 {
		return fault.Invalid.Errorf("recipe %s: source.config names no file; add `path: /data/shop.db`", recipe)
	}
	for schema, path := range s.files() {
		if err := crawler.RegularFile(path); err != nil {
			at, _ := filepath.Abs(path)
			return fault.Invalid.Errorf("recipe %s: schema %s: there is no readable file %s: %w", recipe, schema, at, err)
		}
	}
	if _, ok := s.config.Attach["main"]; ok {
		return fault.Invalid.Errorf("recipe %s: a file cannot be attached as main; give it as path", recipe)
	}
	return nil
}

// answers proves that every file is a database and that nothing can be written.
func (s *Source) answers(ctx context.Context) error {
	for _, schema := range s.schemas() {
		var n int64
		q := "select count(*) from " + infoschema.DoubleQuote(schema) + ".sqlite_schema"
		if err := s.pool.QueryRowContext(ctx, q+infoschema.Mark).Scan(&n); err != nil {
			return explain(err, fmt.Sprintf("open %s as schema %s", s.files()[schema], schema))
		}
	}
	var readOnly bool
	if err := s.pool.QueryRowContext(ctx, "pragma query_only").Scan(&readOnly); err != nil || !readOnly {
		return fault.Internal.Errorf("the session of %s is not read-only", s.config.Name)
	}
	return nil
}

func (s *Source) files() map[string]string {
	out := map[string]string{}
	for schema, path := range s.config.Attach {
		out[schema] = path
	}
	if s.config.Path != "" {
		out["main"] = s.config.Path
	}
	return out
}

func (s *Source) schemas() []string {
	var out []string
	for schema := range s.files() {
		out = append(out, schema)
	}
	slices.Sort(out)
	return out
}

// Names says how tables are named: name.schema.table.
func (s *Source) Names() catalog.Log {
	log := catalog.Log{Platform: "sqlite", Dialect: "sqlite", Instance: s.config.Name}
	if s.config.Path != "" {
		log.DefaultSchema = "main"
	}
	return log
}

// Scopes returns one scope for each file.
func (s *Source) Scopes(context.Context) ([]crawler.Scope, error) {
	var out []crawler.Scope
	for _, schema := range s.schemas() {
		out = append(out, crawler.Scope{Name: schema, Prefix: s.config.Name + "." + urn.Join(schema) + "."})
	}
	return out, nil
}

// Crawl emits the tables and views of one file.
func (s *Source) Crawl(ctx context.Context, scope crawler.Scope, emit func(catalog.Asset) error) error {
	list, err := s.tables(ctx, scope.Name)
	if err != nil {
		return explain(err, "list the tables of "+scope.Name)
	}
	for _, t := range list {
		if !s.wanted(t.Schema + "." + t.Name) {
			if err := emit(s.rows.Naming.Unmanaged(t)); err != nil {
				return err
			}
			continue
		}
		if s.config.RowCounts && t.Kind == "table" {
			t.Rows = s.count(ctx, t)
		}
		a := s.rows.Naming.Asset(t)
		if t.Columns == nil {
			a.Schema = nil // a broken view has columns that nobody can tell
		}
		if err := emit(a); err != nil {
			return err
		}
	}
	return nil
}

// Close closes the files.
func (s *Source) Close() error { return s.pool.Close() }

// Relations lists the foreign keys of every file.
func (s *Source) Relations(ctx context.Context) ([]catalog.Relation, error) {
	var keys []infoschema.Key
	for _, schema := range s.schemas() {
		list, err := s.tables(ctx, schema)
		if err != nil {
			return nil, explain(err, "read the keys of "+schema)
		}
		for _, t := range list {
			keys = append(keys, t.Keys...)
		}
	}
	return s.rows.Naming.Relations(keys), nil
}

// Columns describes one table as it is now.
func (s *Source) Columns(ctx context.Context, dataset urn.URN) ([]catalog.Column, error) {
	p, err := s.rows.Locate(ctx, s.pool, dataset)
	return p.Columns, err
}

// Select returns columns of the rows that r names.
func (s *Source) Select(ctx context.Context, r catalog.Rows, columns []string, limit int) ([][]string, error) {
	return s.rows.Select(ctx, s.pool, r, columns, limit)
}

// Count counts the rows that meet any of where.
func (s *Source) Count(ctx context.Context, where []catalog.Rows) (int64, error) {
	return s.rows.Count(ctx, s.pool, where)
}

// Sample returns the first values of each column, of views only if the recipe asks.
func (s *Source) Sample(ctx context.Context, dataset urn.URN, columns []string, rows int) ([][]string, error) {
	p, err := s.rows.Locate(ctx, s.pool, dataset)
	if err != nil {
		return nil, err
	}
	var kind string
	q := "select type from pragma_table_list where schema = ? and name = ?" + infoschema.Mark
	if err := s.pool.QueryRowContext(ctx, q, p.Schema, p.Table).Scan(&kind); err != nil {
		return nil, explain(err, "describe "+dataset.Name())
	}
	if kind == "view" && !s.config.Sample.Views {
		return nil, nil
	}
	if s.config.Sample.Rows != nil {
		rows = min(rows, *s.config.Sample.Rows)
	}
	return s.rows.Sample(ctx, s.pool, dataset, columns, rows, "")
}
