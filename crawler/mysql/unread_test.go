package mysql_test

import (
	"strings"
	"testing"

	"waymark/crawler"
	"waymark/crawler/crawltest"
	"waymark/crawler/infoschema"
	"waymark/crawler/mysql"
)

// TestUnread: what the user sees and may not read stands in the report and on the
// asset, also when it could be read before.
func TestUnread(t *testing.T) {
	s := newServer(t)
	place := infoschema.Backtick(s.database)
	for _, table := range []string{"open", "denied", "partly"} {
		s.exec(t, "create table "+infoschema.Backtick(table)+" (id int, email varchar(50))")
	}
	s.exec(t, "create view shown as select id from "+place+".open")
	s.exec(t, "create view broken as select id from "+place+".partly")
	b := crawltest.NewBench(t, map[string]crawler.Opener{"mysql": mysql.Open})
	b.Crawl(t, recipe, crawler.OK)
	s.exec(t, "revoke select, show view on "+place+".* from "+s.reader)
	s.exec(t, "grant select on "+place+".open to "+s.reader)
	s.exec(t, "grant insert on "+place+".denied to "+s.reader)
	s.exec(t, "grant select (id) on "+place+".partly to "+s.reader)
	s.exec(t, "grant select on "+place+".shown to "+s.reader)
	report := b.Crawl(t, recipe, crawler.Partial)
	live := b.Live(t)
	for table, why := range map[string]string{"open": "", "denied": crawler.NoSelect, "partly": crawler.SomeColumns, "shown": crawler.NoDefinition} {
		a := live[s.urn(table)]
		if got := a.RowsNotRead(); got != why {
			t.Errorf("%s: got %q, want %q", table, got, why)
		}
	}
	var text strings.Builder
	for _, p := range report.Problems {
		text.WriteString(string(p.Class) + " " + p.Text + "\n")
	}
	for _, part := range []string{"unread 1 of 4 tables and views are not wholly read: " + crawler.NoSelect, "1 of them could be read by the last crawl: " + s.database + ".denied",
		crawler.SomeColumns, crawler.NoDefinition, "permission nothing was marked as gone"} {
		if !strings.Contains(text.String(), part) {
			t.Errorf("got %s, want it to say %q", text.String(), part)
		}
	}
	s.exec(t, "grant select, show view on "+place+".* to "+s.reader)
	b.Crawl(t, recipe, crawler.Partial) // the credential changed
	b.Crawl(t, recipe, crawler.OK)
	for u, a := range b.Live(t) {
		if got := a.RowsNotRead(); got != "" {
			t.Errorf("%s, once the rights are there: got %q", u, got)
		}
	}
}
