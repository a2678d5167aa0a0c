package bleveindex

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"waymark/catalog/search"
)

// The peer of the benchmarks: SQLite's full-text index over the same words of the
// same tables, with the same top ten and one facet.

func peer(b *testing.B) (*sql.DB, string) {
	b.Helper()
	dir := b.TempDir()
	db, err := sql.Open("sqlite", filepath.Join(dir, "fts.db")+"?_pragma=journal_mode(wal)&_pragma=synchronous(normal)")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	_, err = db.Exec(`create virtual table doc using fts5(name, path, columns, description, zone unindexed, tokenize='unicode61', prefix='2 3')`)
	if err != nil {
		b.Fatal(err)
	}
	return db, dir
}

func loadPeer(b *testing.B, db *sql.DB) int {
	b.Helper()
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
			d := search.NewDocument(&assets[i])
			if _, err := insert.Exec(d.Words[search.FieldName], d.Words[search.FieldPath], d.Words[search.FieldColumns], d.Words[search.FieldDescription], d.Parts()[1]); err != nil {
				b.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
	return len(assets)
}

// BenchmarkPeerBuild is BenchmarkIndexBuild by SQLite FTS5.
func BenchmarkPeerBuild(b *testing.B) {
	estate()
	for b.Loop() {
		db, dir := peer(b)
		began := cpu()
		n := loadPeer(b, db)
		b.ReportMetric(float64(n)/(cpu()-began).Seconds(), "tables/cpu-s")
		if info, err := os.Stat(filepath.Join(dir, "fts.db")); err == nil {
			b.ReportMetric(float64(info.Size())/float64(1<<20), "MB")
		}
	}
}

// BenchmarkPeerSearch asks SQLite FTS5 the words of the same queries: all of them,
// the best ten, and the counts of one facet.
func BenchmarkPeerSearch(b *testing.B) {
	e, assets := estate()
	db, _ := peer(b)
	loadPeer(b, db)
	draw := func() string {
		p := search.Parse(e.Query(assets))
		return `"` + strings.Join(p.Words, `" "`) + `"`
	}
	b.ResetTimer()
	measure(b, 2, draw, func(ctx context.Context, q string) error {
		if err := drain(db.QueryContext(ctx, `select name from doc where doc match ? order by bm25(doc, 3, 1, 1, 1) limit 10`, q)); err != nil {
			return err
		}
		return drain(db.QueryContext(ctx, `select zone, count(*) from doc where doc match ? group by 1`, q))
	})
}

func drain(rows *sql.Rows, err error) error {
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
	}
	return rows.Err()
}
