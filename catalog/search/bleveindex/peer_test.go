package bleveindex

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	_ "modernc.org/sqlite"

	"waymark/catalog/dbtest"
	"waymark/catalog/search"
)

// The peers of the benchmarks: the full-text indexes of SQLite and PostgreSQL over
// the same words of the same tables, for the same queries: every word, the best ten,
// and the counts of one facet, where the index itself counts ten.

// peer is one of them.
type peer struct {
	name    string
	open    func(*testing.B) engine
	find    string // the best ten of a query
	count   string // the counts of one facet
	suggest string
	all     func(words []string) string // a query of all words
	begins  func(word string) string
	where   house
}

// engine is a peer with an empty table.
type engine struct {
	load func(*testing.B) int
	ask  func(ctx context.Context, statement, query string) error
}

var peers = []peer{
	{
		name: "fts5", open: sqlite,
		find:    `select name from doc where doc match ? order by bm25(doc, 3, 1, 1, 1) limit 10`,
		count:   `select zone, count(*) from doc where doc match ? group by 1`,
		suggest: `select name from doc where doc match ? order by bm25(doc, 3, 1, 1, 1) limit 8`,
		all:     func(words []string) string { return `"` + strings.Join(words, `" "`) + `"` },
		begins:  func(word string) string { return `{name path}: "` + word + `"*` },
	},
	{
		name: "postgres", open: postgres, where: outside,
		find:    `select name from doc, to_tsquery('simple', $1) q where words @@ q order by ts_rank(words, q) desc limit 10`,
		count:   `select zone, count(*) from doc where words @@ to_tsquery('simple', $1) group by 1`,
		suggest: `select name from doc, to_tsquery('simple', $1) q where names @@ q order by ts_rank(names, q) desc limit 8`,
		all:     func(words []string) string { return strings.Join(words, " & ") },
		begins:  func(word string) string { return word + ":*" },
	},
}

func sqlite(b *testing.B) engine {
	b.Helper()
	db, err := sql.Open("sqlite", filepath.Join(b.TempDir(), "fts.db")+"?_pragma=journal_mode(wal)&_pragma=synchronous(normal)")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	if _, err := db.Exec(`create virtual table doc using fts5(name, path, columns, description, zone unindexed, tokenize='unicode61', prefix='2 3')`); err != nil {
		b.Fatal(err)
	}
	return engine{
		load: func(b *testing.B) int { return loadSQLite(b, db) },
		ask: func(ctx context.Context, statement, query string) error {
			rows, err := db.QueryContext(ctx, statement, query)
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
			}
			return rows.Err()
		},
	}
}

// postgres has a connection for each client.
func postgres(b *testing.B) engine {
	b.Helper()
	address, free := dbtest.Postgres(b), make(chan *pgx.Conn, 2)
	for range cap(free) {
		c, err := pgx.Connect(context.Background(), address)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { c.Close(context.Background()) })
		free <- c
	}
	return engine{
		load: func(b *testing.B) int {
			c := <-free
			defer func() { free <- c }()
			return loadPostgres(b, c)
		},
		ask: func(ctx context.Context, statement, query string) error {
			c := <-free
			defer func() { free <- c }()
			rows, err := c.Query(ctx, statement, query)
			if err != nil {
				return err
			}
			for rows.Next() {
			}
			return rows.Err()
		},
	}
}

// row is a document as peers keep it.
func row(i int) []any {
	_, assets := estate()
	d := search.NewDocument(&assets[i])
	return []any{d.Words[search.FieldName], d.Words[search.FieldPath], d.Words[search.FieldColumns], d.Words[search.FieldDescription], d.Parts()[1]}
}

func loadSQLite(b *testing.B, db *sql.DB) int {
	_, assets := estate()
	for from := 0; from < len(assets); from += 1000 {
		tx, err := db.Begin()
		if err != nil {
			b.Fatal(err)
		}
		insert, err := tx.Prepare(`insert into doc values (?,?,?,?,?)`)
		if err != nil {
			b.Fatal(err)
		}
		for i := from; i < min(from+1000, len(assets)); i++ {
			if _, err := insert.Exec(row(i)...); err != nil {
				b.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
	return len(assets)
}

// loadPostgres copies the rows in, then builds the indexes, as its manual advises.
func loadPostgres(b *testing.B, c *pgx.Conn) int {
	_, assets := estate()
	ctx := context.Background()
	must := func(_ any, err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	must(c.Exec(ctx, `create table doc (name text, path text, columns text, description text, zone text)`))
	must(c.CopyFrom(ctx, pgx.Identifier{"doc"}, []string{"name", "path", "columns", "description", "zone"},
		pgx.CopyFromSlice(len(assets), func(i int) ([]any, error) { return row(i), nil })))
	for _, s := range []string{
		`alter table doc add names tsvector generated always as (to_tsvector('simple', name || ' ' || path)) stored,
			add words tsvector generated always as (setweight(to_tsvector('simple', name), 'A') || setweight(to_tsvector('simple', path), 'B')
				|| setweight(to_tsvector('simple', columns), 'C') || setweight(to_tsvector('simple', description), 'D')) stored`,
		`create index on doc using gin (words)`, `create index on doc using gin (names)`, `vacuum analyze doc`,
	} {
		must(c.Exec(ctx, s))
	}
	return len(assets)
}

// BenchmarkPeer builds each peer once and asks it what BenchmarkSearch and
// BenchmarkSuggest ask the index.
func BenchmarkPeer(b *testing.B) {
	for _, p := range peers {
		b.Run(p.name, func(b *testing.B) {
			estate()
			x := p.open(b)
			b.Run("Build", func(b *testing.B) {
				began, at := cpu(), time.Now()
				n := x.load(b)
				if p.where == inside {
					b.ReportMetric(float64(n)/(cpu()-began).Seconds(), "assets/cpu-s")
				}
				b.ReportMetric(float64(n)/time.Since(at).Seconds(), "assets/s")
				b.ReportMetric(float64(n)/chunk, "ops")
			})
			b.Run("Search", func(b *testing.B) {
				measure(b, p.where, 2, func(i int) string { return p.all(search.Parse(questions()[i]).Words) }, func(ctx context.Context, q string) error {
					if err := x.ask(ctx, p.find, q); err != nil {
						return fmt.Errorf("%s: %w", q, err)
					}
					return x.ask(ctx, p.count, q)
				})
			})
			b.Run("Suggest", func(b *testing.B) {
				measure(b, p.where, 1, func(i int) string { return p.begins(prefixes()[i]) }, func(ctx context.Context, q string) error {
					return x.ask(ctx, p.suggest, q)
				})
			})
		})
	}
}
