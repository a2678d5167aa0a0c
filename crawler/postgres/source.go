// Package postgres reads PostgreSQL databases: their catalogs, the statements of
// pg_stat_statements, and single rows for requests. The role needs LOGIN and
// CONNECT for the catalogs, pg_read_all_stats for the statements of others, and
// SELECT on tables for samples and requests.
//
// The subtle thing: sessions have an empty search path, so that views print
// every name in full and nobody's schema can stand before pg_catalog.
package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"sync"
	"time"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
	"waymark/crawler"
	"waymark/crawler/infoschema"
	"waymark/crawler/pgwire"
)

// Source is one server, entered by the database of its dsn.
type Source struct {
	name      string
	config    config
	erase     *eraseConfig
	databases func(string) bool
	schemas   func(string) bool
	tables    func(string) bool
	main      *database

	mu    sync.Mutex
	pools map[string]*database // all of them, the others opened when first used
}

// database is one database of the server with how it compares texts.
type database struct {
	*pgwire.Pool
	rows infoschema.DB
}

const conns = 4

// Open connects to the database of a recipe.
func Open(ctx context.Context, c crawler.Config) (_ crawler.Source, err error) {
	s := &Source{name: c.Name, pools: map[string]*database{}}
	if err := c.Decode(&s.config); err != nil {
		return nil, err
	}
	defer fault.Wrap(&err, "recipe %s", c.Name)
	if err := s.read(c); err != nil {
		return nil, err
	}
	if s.main, err = s.open(ctx, ""); err != nil {
		return nil, err
	}
	s.pools[s.main.Database] = s.main
	return s, nil
}

func (s *Source) open(ctx context.Context, name string) (*database, error) {
	reading, err := s.reading(name)
	if err != nil {
		return nil, err
	}
	pool, err := pgwire.Open(ctx, s.config.DSN, reading)
	if err != nil {
		return nil, err
	}
	var l letters
	if err := pool.QueryRowContext(ctx, lettersQuery).Scan(&l.utf8, &l.icu); err != nil {
		pool.Close()
		return nil, pgwire.Explain(err, "look at database "+pool.Database)
	}
	return &database{pool, infoschema.DB{Dialect: dialect(l), Naming: naming(pool.Database), Columns: columns, Inherited: inherited}}, nil
}

func session(database string) pgwire.Session {
	return pgwire.Session{Database: database, Connect: infoschema.ConnectTime, Statement: infoschema.StatementTime, Lock: infoschema.LockTime, Conns: conns}
}

// reading is a session under the deadlines of the recipe.
func (s *Source) reading(database string) (pgwire.Session, error) {
	d, err := s.config.Deadlines.Filled()
	out := session(database)
	out.Connect, out.Statement, out.Rows = d.Connect, d.Answer, d.Rows
	return out, err
}

func (s *Source) read(c crawler.Config) (err error) {
	var e eraseConfig
	if has, err := c.Erase(&e); err != nil {
		return err
	} else if has {
		s.erase = &e
	}
	if s.config.DSN.Reveal() == "" {
		return fault.Invalid.Errorf("source.config has no dsn; add `dsn: postgres://reader:${file:/path}@host:5432/database`")
	}
	if k := s.config.QueryLog.Kind; k != "" && k != statStatements {
		return fault.Invalid.Errorf("query_log.kind %q is not known; it is %s", k, statStatements)
	}
	if s.config.Databases != nil {
		if s.databases, err = s.config.Databases.Compile(); err != nil {
			return err
		}
	}
	if s.schemas, err = s.config.Schemas.Compile(); err != nil {
		return err
	}
	s.tables, err = s.config.Tables.Compile()
	return err
}

// pool returns the sessions of a database.
func (s *Source) pool(ctx context.Context, name string) (*database, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p, ok := s.pools[name]; ok {
		return p, nil
	}
	p, err := s.open(ctx, name)
	if err == nil {
		s.pools[name] = p
	}
	return p, err
}

// Close ends the sessions.
func (s *Source) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.pools {
		p.Close()
	}
	return nil
}

// Names says how tables are named: database.schema.table.
func (s *Source) Names() catalog.Log {
	return catalog.Log{Platform: "postgres", Dialect: "postgres", DefaultDB: s.main.Database, DefaultSchema: "public"}
}

func naming(database string) infoschema.Naming {
	return infoschema.Naming{Platform: "postgres", Dialect: "postgres", Prefix: urn.Join(database) + ".", DefaultDB: database}
}

// Scopes returns one scope for each database that the recipe wants.
func (s *Source) Scopes(ctx context.Context) ([]crawler.Scope, error) {
	list, err := s.listed(ctx)
	var out []crawler.Scope
	for _, d := range list {
		out = append(out, crawler.Scope{Name: d, Prefix: naming(d).Prefix})
	}
	return out, err
}

func (s *Source) listed(ctx context.Context) ([]string, error) {
	if s.databases == nil {
		return []string{s.main.Database}, nil
	}
	rows, err := s.main.QueryContext(ctx, databasesQuery)
	if err != nil {
		return nil, pgwire.Explain(err, "list the databases")
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var d string
		if err := rows.Scan(&d); err != nil {
			return nil, pgwire.Explain(err, "list the databases")
		}
		if s.databases(d) {
			out = append(out, d)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, pgwire.Explain(err, "list the databases")
	}
	return out, nil
}

// Principal is the role. What it sees of the catalogs does not depend on rights.
func (s *Source) Principal(context.Context) (string, error) { return s.main.User, nil }

// described is how many relations are described by one statement.
const described = 1000

// Crawl emits the tables and views of one database as they were at one moment.
func (s *Source) Crawl(ctx context.Context, scope crawler.Scope, emit func(catalog.Asset) error) error {
	pool, err := s.pool(ctx, scope.Name)
	if err != nil {
		return err
	}
	doing := "describe database " + scope.Name
	tx, err := pool.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead})
	if err != nil {
		return pgwire.Explain(err, doing)
	}
	defer tx.Rollback()
	list, err := relations(ctx, tx)
	if err != nil {
		return pgwire.Explain(err, doing)
	}
	n := naming(scope.Name)
	if list, err = s.wanted(list, n, emit); err != nil {
		return err
	}
	keys, err := keys(ctx, tx)
	if err != nil {
		return pgwire.Explain(err, doing)
	}
	for len(list) > 0 {
		part := list[:min(described, len(list))]
		list = list[len(part):]
		columns, err := columnsOf(ctx, tx, oids(part))
		if err != nil {
			return pgwire.Explain(err, doing)
		}
		for _, r := range part {
			r.Columns, r.Keys = columns[r.oid], keys[r.oid]
			if err := emit(n.Asset(r.Table)); err != nil {
				return err
			}
		}
	}
	return nil
}

// wanted keeps the relations that the recipe wants and emits the others bare.
func (s *Source) wanted(list []relation, n infoschema.Naming, emit func(catalog.Asset) error) ([]relation, error) {
	kept := list[:0]
	for _, r := range list {
		if s.schemas(r.Schema) && s.tables(r.Schema+"."+r.Name) {
			kept = append(kept, r)
		} else if err := emit(n.Unmanaged(r.Table)); err != nil {
			return nil, err
		}
	}
	return kept, nil
}

func oids(list []relation) []int64 {
	out := make([]int64, len(list))
	for i, r := range list {
		out[i] = r.oid
	}
	return out
}

// at finds the database of a dataset by the begin of its name.
func (s *Source) at(ctx context.Context, dataset urn.URN) (*database, error) {
	list, err := s.listed(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range list {
		if dataset.Platform() == "postgres" && strings.HasPrefix(dataset.Name(), naming(d).Prefix) {
			return s.pool(ctx, d)
		}
	}
	return nil, fault.NotFound.Errorf("%s is not of this source", dataset.Name())
}

// Relations lists the foreign keys of every database.
func (s *Source) Relations(ctx context.Context) ([]catalog.Relation, error) {
	list, err := s.listed(ctx)
	if err != nil {
		return nil, err
	}
	var out []catalog.Relation
	for _, d := range list {
		pool, err := s.pool(ctx, d)
		if err != nil {
			return nil, err
		}
		found, err := keys(ctx, pool)
		if err != nil {
			return nil, pgwire.Explain(err, "read the keys of "+d)
		}
		for _, k := range found {
			out = append(out, naming(d).Relations(k)...)
		}
	}
	return out, nil
}

// Writes counts the rows written to each table since the server's statistics
// began. A database that refuses is left out: its scope says so.
func (s *Source) Writes(ctx context.Context) (map[urn.URN]int64, error) {
	list, err := s.listed(ctx)
	if err != nil {
		return nil, err
	}
	out := map[urn.URN]int64{}
	for _, d := range list {
		db, err := s.pool(ctx, d)
		if err != nil {
			continue
		}
		if err := written(ctx, db, db.rows.Naming, out); err != nil {
			return nil, pgwire.Explain(err, "read the statistics of "+d)
		}
	}
	return out, nil
}

// Columns describes one table as it is now.
func (s *Source) Columns(ctx context.Context, dataset urn.URN) ([]catalog.Column, error) {
	db, err := s.at(ctx, dataset)
	if err != nil {
		return nil, err
	}
	p, err := db.rows.Locate(ctx, db, dataset)
	return p.Columns, err
}

// Select returns columns of the rows that r names.
func (s *Source) Select(ctx context.Context, r catalog.Rows, columns []string, limit int) ([][]string, error) {
	db, err := s.at(ctx, r.Dataset)
	if err != nil {
		return nil, err
	}
	return db.rows.Select(ctx, db, r, columns, limit)
}

// Count counts the rows that meet any of where.
func (s *Source) Count(ctx context.Context, where []catalog.Rows) (int64, error) {
	db, err := s.at(ctx, where[0].Dataset)
	if err != nil {
		return 0, err
	}
	return db.rows.Count(ctx, db, where)
}

// manyRows is from when on a table is sampled by pages: below, the first rows
// are few enough to stand for all.
const manyRows = 20_000

// Sample returns values of random pages of a large table, or of the first rows
// of a small one; of views only if the recipe asks.
func (s *Source) Sample(ctx context.Context, dataset urn.URN, columns []string, rows int) ([][]string, error) {
	db, err := s.at(ctx, dataset)
	if err != nil {
		return nil, err
	}
	p, err := db.rows.Locate(ctx, db, dataset)
	if err != nil {
		return nil, err
	}
	var kind string
	var estimate int64
	if err := db.QueryRowContext(ctx, kindQuery, p.Schema, p.Table).Scan(&kind, &estimate); err != nil {
		return nil, pgwire.Explain(err, "describe "+dataset.Name())
	}
	if kind == "v" && !s.config.Sample.Views {
		return nil, nil
	}
	if s.config.Sample.Rows != nil {
		rows = min(rows, *s.config.Sample.Rows)
	}
	from := ""
	if (kind == "r" || kind == "m") && estimate > manyRows {
		// Ten times as many pages as needed, since rows are not spread evenly.
		from = fmt.Sprintf(" tablesample system (%.4f)", min(100, 1000*float64(max(rows, 1))/float64(estimate)))
	}
	return db.rows.Sample(ctx, db, dataset, columns, rows, from)
}

// now is the time of the server, by which its statistics go.
func (s *Source) now(ctx context.Context) (t time.Time, err error) {
	err = s.main.QueryRowContext(ctx, "select now()"+infoschema.Mark).Scan(&t)
	return t.UTC(), err
}
