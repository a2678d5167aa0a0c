package mysql_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"waymark/catalog"
	"waymark/crawler"
	"waymark/crawler/crawltest"
	"waymark/crawler/mysql"
)

// TestSearchTypes: a value is found in a column of any type, as its text.
func TestSearchTypes(t *testing.T) {
	s := newServer(t)
	types := []string{"varchar(20)", "char(20)", "tinytext", "text", "longtext", "blob", "longblob", "varbinary(20)", "binary(20)", "enum('ellis','bob')", "set('ellis','bob')",
		"json", "varchar(20) character set latin1", "text character set utf8mb4 collate utf8mb4_bin", "varchar(20) character set ucs2"}
	var columns, names []string
	for i, kind := range types {
		names = append(names, fmt.Sprintf("c%d", i))
		columns = append(columns, names[i]+" "+kind)
	}
	s.exec(t, "create table everything (id integer primary key, "+strings.Join(columns, ", ")+")")
	for i, kind := range types {
		value := "Ellis"
		if kind == "json" {
			value = `{"m": "Ellis"}`
		}
		s.exec(t, fmt.Sprintf("insert into everything (id, c%d) values (%d, '%s')", i, i, value))
	}
	s.exec(t, "insert into everything (id, c0) values (99, 'ell is')")
	b := crawltest.NewBench(t, map[string]crawler.Opener{"mysql": mysql.Open})
	b.Crawl(t, recipe+eraser, crawler.OK)
	p := catalog.Probe{Dataset: s.urn("everything"), Columns: names, Text: []string{"ellis"}}
	found := map[string]string{}
	err := b.Runner.Search(b.Ctx, "suite", p, func(cells []string) error {
		for i, c := range cells {
			if c != "" {
				found[names[i]] = strings.Clone(c)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range names {
		n, err := b.Runner.Count(b.Ctx, []catalog.Rows{{Dataset: p.Dataset, Column: name, How: catalog.Exact, Values: []string{found[name]}}})
		if found[name] == "" || err != nil || n != 1 {
			t.Errorf("%s: the cell %q names %d rows, %v", types[i], found[name], n, err)
		}
	}
	if len(found) != len(names) {
		t.Errorf("got %v", found)
	}
}

// TestLive lists what was made after the crawl, and what no plan can change.
func TestLive(t *testing.T) {
	s := newServer(t)
	s.exec(t, "create table p (id integer primary key)")
	b := crawltest.NewBench(t, map[string]crawler.Opener{"mysql": mysql.Open})
	b.Crawl(t, recipe+eraser, crawler.OK)
	s.exec(t, "create table late (id integer, a text)")
	s.exec(t, "create table archive (id integer) engine=MyISAM")
	list, err := b.Runner.Live(b.Ctx, "suite")
	if err != nil {
		t.Fatal(err)
	}
	at := func(name string) int {
		return slices.IndexFunc(list, func(l catalog.LiveTable) bool { return l.Dataset == s.urn(name) })
	}
	if at("late") < 0 || len(list[at("late")].Columns) != 2 || list[at("late")].Fixed != "" {
		t.Errorf("got %+v, want late with two columns", list)
	}
	if at("archive") < 0 || list[at("archive")].Fixed == "" {
		t.Errorf("got %+v, want archive as no plan can change it", list)
	}
}
