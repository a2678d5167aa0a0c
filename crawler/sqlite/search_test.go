package sqlite_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"waymark/catalog"
	"waymark/catalog/urn"
	"waymark/crawler"
	"waymark/crawler/crawltest"
	"waymark/crawler/sqlite"
)

// TestSearchAnyValue: SQLite keeps any value in any column, and text in bytes.
func TestSearchAnyValue(t *testing.T) {
	path := filepath.Join(t.TempDir(), "any.db")
	db := databaseOf(t, path, "create table p (id integer primary key, n integer, r real, t text, b blob, x)")
	insert := func(text string) {
		if _, err := db.Exec(text); err != nil {
			t.Fatal(err)
		}
	}
	want := map[string]string{}
	for i, c := range []string{"n", "r", "t", "b", "x"} {
		insert(fmt.Sprintf("insert into p (id, %s) values (%d, 'Ellis'), (%d, cast('x ELLIS' as blob)), (%d, 442079460958), (%d, 'ell is')", c, 10*i, 10*i+1, 10*i+2, 10*i+3))
		for k := range 3 {
			want[fmt.Sprint(10*i+k)] = c
		}
	}
	b := crawltest.NewBench(t, map[string]crawler.Opener{"sqlite": sqlite.Open})
	b.Crawl(t, fmt.Sprintf("name: suite\nsource:\n  type: sqlite\n  config: {name: any, path: %q}\n", path), crawler.OK)
	insert("create table late (a text)")
	columns := []string{"id", "n", "r", "t", "b", "x"}
	p := catalog.Probe{Dataset: urn.Dataset("sqlite", "any.main.p", ""), Columns: columns, Text: []string{"ellis"}, Digits: []string{"2079460958"}}
	found := map[string]string{}
	err := b.Runner.Search(b.Ctx, "suite", p, func(cells []string) error {
		for i, c := range cells {
			if i > 0 && c != "" {
				found[strings.Clone(cells[0])] = strings.Clone(c)
				n, err := b.Runner.Count(b.Ctx, []catalog.Rows{{Dataset: p.Dataset, Column: columns[i], How: catalog.Exact, Values: []string{c}}})
				if err != nil || n != 1 {
					t.Errorf("%s: the cell %q names %d rows, %v", columns[i], c, n, err)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for id, c := range want {
		if found[id] == "" {
			t.Errorf("row %s, column %s: not found", id, c)
		}
	}
	if len(found) != len(want) {
		t.Errorf("got %v, want %d rows", found, len(want))
	}
	list, err := b.Runner.Live(b.Ctx, "suite")
	if err != nil || len(list) != 2 {
		t.Errorf("live: got %v, %v, want p and late", list, err)
	}
}
