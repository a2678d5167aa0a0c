package postgres_test

import (
	"strings"
	"testing"

	"waymark/catalog"
	"waymark/catalog/urn"
	"waymark/crawler"
	"waymark/crawler/crawltest"
	"waymark/crawler/infoschema"
	"waymark/crawler/postgres"
)

// TestUnread: what the reader may not read stands in the report and on the asset,
// also when it could be read before.
func TestUnread(t *testing.T) {
	s := newServer(t)
	role := infoschema.DoubleQuote(s.role)
	for _, table := range []string{"open", "denied", "partly", "secured", "owned", "lost"} {
		s.exec(t, "create table "+table+" (id integer, email text)")
	}
	s.exec(t, "revoke select on denied, partly from "+role+"; grant select (id) on partly to "+role)
	s.exec(t, "alter table secured enable row level security; create policy own on secured using (id = 1)")
	s.exec(t, "alter table owned enable row level security; alter table owned owner to "+role)
	s.exec(t, "create schema closed; create table closed.hidden (id integer)")
	b := crawltest.NewBench(t, map[string]crawler.Opener{"postgres": postgres.Open})
	b.Crawl(t, s.recipe(""), crawler.Partial)
	s.exec(t, "revoke select on lost from "+role)
	report := b.Crawl(t, s.recipe(""), crawler.Partial)
	want := map[string]string{"open": "", "denied": crawler.NoSelect, "partly": crawler.SomeColumns, "secured": crawler.RowSecurity, "owned": "", "lost": crawler.NoSelect}
	live := b.Live(t)
	for table, why := range want {
		a := live[s.urn(table)]
		if got := a.RowsNotRead(); got != why {
			t.Errorf("%s: got %q, want %q", table, got, why)
		}
	}
	if got := live[urn.Dataset("postgres", s.database+".closed.hidden", "")]; got.Profile.Properties[catalog.NotRead] != crawler.NoSelect {
		t.Errorf("a table in a schema without usage: got %+v", got.Profile.Properties)
	}
	var text strings.Builder
	for _, p := range report.Problems {
		if p.Class != crawler.Unread || p.Phase != crawler.Describe || p.Fix == "" {
			t.Errorf("got problem %+v", p)
		}
		text.WriteString(p.Text + "\n")
	}
	for _, part := range []string{"3 of 7 tables and views are not wholly read: " + crawler.NoSelect, "1 of them could be read by the last crawl: " + s.database + ".public.lost",
		"1 of 7 tables and views are not wholly read: " + crawler.SomeColumns, "1 of 7 tables and views are not wholly read: " + crawler.RowSecurity} {
		if !strings.Contains(text.String(), part) {
			t.Errorf("got %s, want it to say %q", text.String(), part)
		}
	}
	s.exec(t, "grant select on denied, partly, lost to "+role+"; alter table secured disable row level security; grant usage on schema closed to "+role+"; grant select on closed.hidden to "+role)
	b.Crawl(t, s.recipe(""), crawler.OK)
	for u, a := range b.Live(t) {
		if got := a.RowsNotRead(); got != "" {
			t.Errorf("%s, once the rights are there: got %q", u, got)
		}
	}
}
