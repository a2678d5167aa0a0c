package sqlite_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
	"waymark/crawler"
	"waymark/crawler/crawltest"
	"waymark/crawler/infoschema"
	"waymark/crawler/sqlite"
)

func databaseOf(t testing.TB, path, setup string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("pragma foreign_keys=on;" + setup); err != nil {
		t.Fatal(err)
	}
	return db
}

func system(t *testing.T, journal string) crawltest.System {
	path := filepath.Join(t.TempDir(), "shop 100%?#.db")
	db := databaseOf(t, path, "pragma journal_mode="+journal+"; create table once (id); drop table once")
	recipe := "name: suite\nsource:\n  type: sqlite\n  config:\n    name: shop\n    path: '" + path + "'\nerase: {}\n"
	return crawltest.System{
		Type: "sqlite", Open: sqlite.Open, Recipe: recipe, Logged: recipe,
		Exec: func(t *testing.T, text string) {
			t.Helper()
			if _, err := db.Exec(text); err != nil {
				t.Fatalf("%.200s: %v", text, err)
			}
		},
		Quote:       infoschema.DoubleQuote,
		URN:         func(table string) urn.URN { return urn.Dataset("sqlite", urn.Join("shop", "main", table), "") },
		Unreachable: strings.Replace(recipe, path, path+".gone", 1),
		NameLimit:   200,
		Columns:     1500,
	}
}

func TestSource(t *testing.T) {
	for _, journal := range []string{"delete", "wal", "persist"} {
		t.Run(journal, func(t *testing.T) {
			crawltest.Run(t, func(t *testing.T) crawltest.System { return system(t, journal) })
		})
	}
}

// TestAttached crawls two files as one database and erases in both at once.
func TestAttached(t *testing.T) {
	dir := t.TempDir()
	raw, out := filepath.Join(dir, "raw.db"), filepath.Join(dir, "analytics.db")
	databaseOf(t, raw, "create table people (id integer primary key, email text); insert into people values (1, 'mary@example.org'), (2, 'b@example.org')")
	databaseOf(t, out, "create table mails (email text); insert into mails values ('MARY@example.org'), ('b@example.org'); create view v as select email from mails")
	recipe := fmt.Sprintf("name: suite\nsource:\n  type: sqlite\n  config: {name: house, row_counts: true, attach: {raw: %q, analytics: %q}}\nerase: {}\n", raw, out)
	b := crawltest.NewBench(t, map[string]crawler.Opener{"sqlite": sqlite.Open})
	b.Crawl(t, recipe, crawler.OK)
	people, mails := urn.Dataset("sqlite", "house.raw.people", ""), urn.Dataset("sqlite", "house.analytics.mails", "")
	live := b.Live(t)
	if len(live) != 3 || live[people].Stats == nil || live[people].Stats.Rows == nil || *live[people].Stats.Rows != 2 {
		t.Fatalf("got %d datasets, people %+v; want 3 and two rows", len(live), live[people].Stats)
	}
	if d := live[urn.Dataset("sqlite", "house.analytics.v", "")].Definition; d == nil || d.DefaultDB != "house" || d.DefaultSchema != "analytics" {
		t.Errorf("definition of the view: got %+v", d)
	}
	_, err := b.Runner.Erase(b.Ctx, "suite", []catalog.Act{
		{Dataset: people, Action: catalog.DeleteRows, Want: 1, Where: []catalog.Rows{{Dataset: people, Column: "id", How: catalog.Exact, Values: []string{"1"}}}},
		{Dataset: mails, Action: catalog.DeleteRows, Want: 1, Where: []catalog.Rows{{Dataset: mails, Column: "email", How: catalog.Folded, Values: []string{"mary@example.org"}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"mary@example.org", "MARY@example.org"} {
		if where := holding(t, dir, word); len(where) > 0 {
			t.Errorf("%s still stands in %v", word, where)
		}
	}
	if where := holding(t, dir, "b@example.org"); len(where) != 2 {
		t.Errorf("b@example.org stands in %v, want both files", where)
	}
}

// holding returns the files below dir that hold word.
func holding(t *testing.T, dir, word string) (out []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(text, []byte(word)) {
			out = append(out, e.Name())
		}
	}
	return out
}

// TestNoByteIsLeft erases one of many rows, with an index on it, under every
// journal mode, and looks for it in every file of the folder.
func TestNoByteIsLeft(t *testing.T) {
	for _, journal := range []string{"delete", "truncate", "persist", "wal"} {
		t.Run(journal, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "shop.db")
			db := databaseOf(t, path, "pragma journal_mode="+journal+"; create table p (id integer primary key, email text, note text); create index p_email on p (email)")
			tx, err := db.Begin()
			if err != nil {
				t.Fatal(err)
			}
			for i := range 2000 {
				if _, err := tx.Exec("insert into p values (?, ?, ?)", i, fmt.Sprintf("person%d@example.org", i), strings.Repeat(fmt.Sprintf("about person%d@example.org. ", i), 20)); err != nil {
					t.Fatal(err)
				}
			}
			if err := tx.Commit(); err != nil {
				t.Fatal(err)
			}
			if _, err := db.Exec("update p set note = note || ' again' where id = 1234"); err != nil {
				t.Fatal(err)
			}
			const word = "person1234@example.org"
			if len(holding(t, dir, word)) == 0 {
				t.Fatal("the word is not in the files before the test")
			}
			b := crawltest.NewBench(t, map[string]crawler.Opener{"sqlite": sqlite.Open})
			b.Crawl(t, fmt.Sprintf("name: suite\nsource: {type: sqlite, config: {name: shop, path: %q}}\nerase: {}\n", path), crawler.OK)
			p := urn.Dataset("sqlite", "shop.main.p", "")
			act := catalog.Act{Dataset: p, Action: catalog.DeleteRows, Want: 1, Where: []catalog.Rows{{Dataset: p, Column: "email", How: catalog.Exact, Values: []string{word}}}}
			if _, err := b.Runner.Erase(b.Ctx, "suite", []catalog.Act{act}); err != nil {
				t.Fatal(err)
			}
			if where := holding(t, dir, word); len(where) > 0 {
				t.Errorf("the erased address still stands in %v", where)
			}
			var n int
			if err := db.QueryRow("select count(*) from p").Scan(&n); err != nil || n != 1999 {
				t.Errorf("rows left: got %d, %v, want 1999", n, err)
			}
		})
	}
}

// TestReaderKeepsTheLog holds an old state of the file open: its log could not be
// emptied, so nothing is erased until the reader is gone.
func TestReaderKeepsTheLog(t *testing.T) {
	t.Parallel() // it waits for the lock as long as an erasure does
	path := filepath.Join(t.TempDir(), "shop.db")
	db := databaseOf(t, path, "pragma journal_mode=wal; create table p (id integer primary key); insert into p values (1), (2)")
	b := crawltest.NewBench(t, map[string]crawler.Opener{"sqlite": sqlite.Open})
	b.Crawl(t, fmt.Sprintf("name: suite\nsource: {type: sqlite, config: {name: shop, path: %q}}\nerase: {}\n", path), crawler.OK)
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	var n int
	if err := tx.QueryRow("select count(*) from p").Scan(&n); err != nil {
		t.Fatal(err)
	}
	p := urn.Dataset("sqlite", "shop.main.p", "")
	act := catalog.Act{Dataset: p, Action: catalog.DeleteRows, Want: 1, Where: []catalog.Rows{{Dataset: p, Column: "id", How: catalog.Exact, Values: []string{"1"}}}}
	if _, err := b.Runner.Erase(b.Ctx, "suite", []catalog.Act{act}); !errors.Is(err, fault.Unavailable) || !strings.Contains(fmt.Sprint(err), "nothing was changed") {
		t.Errorf("got %v, want fault.Unavailable and nothing changed", err)
	}
	if n, err := b.Runner.Count(b.Ctx, act.Where); err != nil || n != 1 {
		t.Errorf("got %d, %v, want the row still there", n, err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if got, err := b.Runner.Erase(b.Ctx, "suite", []catalog.Act{act}); err != nil || got[0].Affected != 1 {
		t.Errorf("without the reader: got %+v, %v, want one row", got, err)
	}
	act.Want = 0
	if got, err := b.Runner.Erase(b.Ctx, "suite", []catalog.Act{act}); err != nil || got[0].Affected != 0 {
		t.Errorf("again, wanting none: got %+v, %v, want none", got, err)
	}
}

func TestBadInput(t *testing.T) {
	dir := t.TempDir()
	junk := filepath.Join(dir, "junk.db")
	if err := os.WriteFile(junk, []byte(strings.Repeat("this is no database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ config, want string }{
		{"{name: x}", "names no file"},
		{"{path: " + filepath.Join(dir, "no.db") + "}", "there is no readable file"},
		{"{path: " + junk + "}", "no SQLite database"},
		{"{path: " + junk + ", tables: {allow: ['(']}}", "is not a pattern"},
		{"{path: " + junk + ", attach: {main: " + junk + "}}", "cannot be attached as main"},
	}
	for _, tt := range tests {
		r, err := crawler.ParseRecipe([]byte("name: suite\nsource: {type: sqlite, config: " + tt.config + "}\n"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sqlite.Open(t.Context(), r.Config()); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q", tt.config, err, tt.want)
		}
	}
}

// A name of SQLite may be any bytes.
func TestNamesThatAreNoUTF8(t *testing.T) {
	path := filepath.Join(t.TempDir(), "odd.db")
	databaseOf(t, path, "create table plain (id int); create table t (id int, \"pr\xe9nom\" text, \"pr\xe8nom\" text); create table \"caf\xe9\" (id int); create table \"es\x1bc\" (id int)")
	b := crawltest.NewBench(t, map[string]crawler.Opener{"sqlite": sqlite.Open})
	recipe := "name: odd\nsource: {type: sqlite, config: {name: shop, path: '" + path + "'}}\n"
	for range 2 {
		report := b.Crawl(t, recipe, crawler.Partial)
		if len(report.Problems) != 3 || report.Failed != 0 {
			t.Errorf("got %d failed, %+v want three objects whose names were replaced", report.Failed, report.Problems)
		}
	}
	for name, column := range map[string]string{"t": `pr\xe9nom`, `caf\xe9`: "id", `es\u001bc`: "id", "plain": "id"} {
		a, err := b.Catalog.Find(b.Ctx, urn.Dataset("sqlite", urn.Join("shop", "main", name), ""))
		if err != nil || a.Schema == nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		found := false
		for _, c := range a.Schema.Columns {
			found = found || c.Name == column
		}
		if !found {
			t.Errorf("%s: got %+v want %s", name, a.Schema.Columns, column)
		}
	}
}
