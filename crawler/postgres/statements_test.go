package postgres_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"waymark/catalog/urn"
	"waymark/crawler"
	"waymark/crawler/crawltest"
	"waymark/crawler/infoschema"
	"waymark/crawler/postgres"
)

// runs counts how often the statements with word ran, by what the observer got.
func runs(b *crawltest.Bench, word string) (n int64, text string) {
	for _, s := range b.Log.Statements {
		if strings.Contains(s.SQL, word) {
			n, text = n+s.Count, s.SQL
		}
	}
	return n, text
}

// TestStatStatements: without the extension and without the right, the report
// says what to do; with them, the counts of the day come whole each time.
func TestStatStatements(t *testing.T) {
	s := newServer(t)
	recipe := s.recipe("    query_log: {kind: pg_stat_statements}\n")
	b := crawltest.NewBench(t, map[string]crawler.Opener{"postgres": postgres.Open})
	report := b.Crawl(t, recipe, crawler.Partial)
	if p := report.Problems[0]; p.Class != crawler.NotEnabled || p.Phase != crawler.History || !strings.Contains(p.Fix, "create extension pg_stat_statements") {
		t.Fatalf("without the extension: got %+v", p)
	}
	s.exec(t, "create table watched (id integer)")
	s.exec(t, "create extension pg_stat_statements")
	if _, err := s.owner.Exec(context.Background(), "select count(*) from pg_stat_statements"); err != nil {
		t.Skipf("the test server was not started with shared_preload_libraries=pg_stat_statements: %v", err)
	}
	run := func(times int) {
		for range times {
			s.exec(t, "select id from watched where id = 4711")
		}
	}
	run(3)
	report = b.Crawl(t, recipe, crawler.Partial)
	if p := report.Problems[0]; p.Class != crawler.Permission || !strings.Contains(p.Fix, `grant pg_read_all_stats to "`+s.role+`"`) {
		t.Errorf("without the right: got %+v", p)
	}
	if n, _ := runs(b, "watched"); n != 0 {
		t.Errorf("without the right: got %d runs, want none", n)
	}
	s.exec(t, "grant pg_read_all_stats to "+infoschema.DoubleQuote(s.role))
	var first time.Time
	if err := s.owner.QueryRow(context.Background(), "select date_trunc('day', now())").Scan(&first); err != nil {
		t.Fatal(err)
	}
	for _, want := range []int64{3, 8} {
		b.Log.Statements = nil
		b.Crawl(t, recipe, crawler.OK)
		n, text := runs(b, "from watched")
		if n != want || strings.Contains(text, "4711") {
			t.Errorf("got %d runs of %q, want %d without the literal", n, text, want)
		}
		if n, text := runs(b, "waymark crawl"); n != 0 {
			t.Errorf("got %d runs of the crawl's own statement %q", n, text)
		}
		for _, st := range b.Log.Statements {
			if st.Database != s.database || st.Time.Before(first) {
				t.Errorf("got a statement of %s at %s", st.Database, st.Time)
			}
		}
		run(5)
	}
}

// TestSearchPath: names without a schema are looked up where the role does.
func TestSearchPath(t *testing.T) {
	s := newServer(t)
	s.system().EnableLog(t)
	q := infoschema.DoubleQuote
	s.exec(t, "create schema first; create schema second; create table first.watched (id int); create table second.watched (id int); grant usage on schema first, second to public")
	s.exec(t, "grant select on all tables in schema first, second to public")
	s.exec(t, "alter role "+q(s.role)+" in database "+q(s.database)+` set search_path = '$user', second, public`)
	reader := connect(t, as(t, s.owner.Config().ConnString(), s.role))
	if _, err := reader.Exec(t.Context(), "select id from watched"); err != nil {
		t.Fatal(err)
	}
	n := crawltest.NewNewcomer(t, "postgres", postgres.Open)
	n.Crawl(t, s.recipe("    query_log: {kind: pg_stat_statements}\n"), crawler.OK)
	n.Derive(t)
	for schema, want := range map[string]int64{"first": 0, "second": 1} {
		if got := n.Runs(urn.Dataset("postgres", urn.Join(s.database, schema, "watched"), "")); got != want {
			t.Errorf("runs that used %s.watched: got %d, want %d", schema, got, want)
		}
	}
}
