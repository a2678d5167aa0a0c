package postgres_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/urn"
	"waymark/crawler"
	"waymark/crawler/crawltest"
	"waymark/crawler/infoschema"
	"waymark/crawler/postgres"
)

// TestDetails: what PostgreSQL alone has: comments, partitions, materialized
// views, generated columns, statistics, filters, several databases.
func TestDetails(t *testing.T) {
	s := newServer(t)
	s.exec(t, `create schema analytics; create schema tmp_x; grant usage on schema analytics to public`)
	s.exec(t, `create table analytics.daily (day date not null, gross numeric(10,2), net numeric generated always as (gross * 2) stored) partition by range (day)`)
	s.exec(t, `create table analytics.daily_2026 partition of analytics.daily for values from ('2026-01-01') to ('2027-01-01')`)
	s.exec(t, `create table facts (id bigint primary key); insert into facts select generate_series(1, 500); analyze facts`)
	s.exec(t, `create materialized view analytics.sums as select day, sum(gross) from analytics.daily group by day`)
	s.exec(t, `create table tmp_x.scratch (id integer); comment on table analytics.daily is 'Revenue by day'; comment on column analytics.daily.net is 'Net of tax'`)
	b := crawltest.NewBench(t, map[string]crawler.Opener{"postgres": postgres.Open})
	b.Crawl(t, s.recipe("    schemas: {deny: ['tmp_.*']}\n"), crawler.OK)
	live := b.Live(t)
	if len(live) != 3 {
		t.Errorf("got %d datasets, want 3: no partition, nothing of tmp_x", len(live))
	}
	daily := live[urn.Dataset("postgres", s.database+".analytics.daily", "")]
	if daily.Profile == nil || daily.Profile.Description != "Revenue by day" || daily.Profile.Subtype != "partitioned table" {
		t.Fatalf("got profile %+v", daily.Profile)
	}
	if net := daily.Schema.Columns[2]; !net.Generated || net.Description != "Net of tax" || net.Type != "numeric" || !daily.Schema.Columns[0].Required {
		t.Errorf("got column %+v", net)
	}
	if st := live[s.urn("facts")].Stats; st == nil || st.Rows == nil || *st.Rows != 500 || st.Bytes == nil || *st.Bytes == 0 {
		t.Errorf("got stats %+v, want 500 rows and some bytes", st)
	}
	if d := live[urn.Dataset("postgres", s.database+".analytics.sums", "")].Definition; d == nil || !strings.Contains(d.SQL, "analytics.daily") {
		t.Errorf("got definition %+v, want names in full", d)
	}
}

// TestLastWrite: a table whose counter of writes moved between two crawls was
// written between them.
func TestLastWrite(t *testing.T) {
	s := newServer(t)
	s.exec(t, "create table written (id integer); create table still (id integer); insert into still values (1)")
	b := crawltest.NewBench(t, map[string]crawler.Opener{"postgres": postgres.Open})
	clock := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	b.Runner.Now = func() time.Time { return clock }
	// The server counts a little after the fact, unless it is told to at once.
	count := func() { s.exec(t, "select pg_stat_force_next_flush()"); s.exec(t, "select 1") }
	updated := func(table string) time.Time {
		t.Helper()
		b.Crawl(t, s.recipe(""), crawler.OK)
		return b.Live(t)[s.urn(table)].Stats.UpdatedAt
	}
	count()
	if got := updated("written"); !got.IsZero() {
		t.Errorf("first crawl: got %s, want it unknown", got)
	}
	s.exec(t, "insert into written values (1)")
	count()
	clock = clock.Add(time.Hour)
	if got := updated("written"); !got.Equal(clock) {
		t.Errorf("after a write: got %s, want %s", got, clock)
	}
	wrote := clock
	clock = clock.Add(time.Hour)
	if got := updated("written"); !got.Equal(wrote) {
		t.Errorf("without a write: got %s, want %s as before", got, wrote)
	}
	if got := updated("still"); !got.IsZero() {
		t.Errorf("a table never written between crawls: got %s, want it unknown", got)
	}
}

func TestSeveralDatabases(t *testing.T) {
	s := newServer(t)
	second := s.database + "_two"
	s.exec(t, "create database "+second)
	t.Cleanup(func() { s.exec(t, "drop database "+second+" with (force)") })
	s.exec(t, "create table here (id integer)")
	b := crawltest.NewBench(t, map[string]crawler.Opener{"postgres": postgres.Open})
	recipe := s.recipe(fmt.Sprintf("    databases: {allow: ['%s.*']}\n", s.database))
	b.Crawl(t, recipe, crawler.OK)
	there := connect(t, strings.Replace(s.owner.Config().ConnString(), "/"+s.database, "/"+second, 1))
	if _, err := there.Exec(t.Context(), "create table there (id integer); grant select on there to public"); err != nil {
		t.Fatal(err)
	}
	there.Close(t.Context())
	b.Crawl(t, recipe, crawler.OK)
	other := s.delete("there", 0, "1")
	other.Dataset = urn.Dataset("postgres", second+".public.there", "")
	other.Where[0].Dataset = other.Dataset
	if n, err := b.Runner.Count(b.Ctx, other.Where); err != nil || n != 0 {
		t.Errorf("rows of the second database: got %d, %v, want 0", n, err)
	}
	if _, err := b.Runner.Erase(b.Ctx, "suite", []catalog.Act{s.delete("here", 0, "1"), other}); err == nil || !strings.Contains(err.Error(), "two databases") {
		t.Errorf("erasing in two databases at once: got %v, want a refusal", err)
	}
	s.exec(t, "revoke connect on database "+second+" from public")
	report := b.Crawl(t, recipe, crawler.Partial)
	if p := report.Problems[0]; p.Scope != second || report.Unchanged != 1 || report.Gone != 0 {
		t.Errorf("a database that refuses: got %+v, %d unchanged, %d gone", p, report.Unchanged, report.Gone)
	}
}

func TestCheck(t *testing.T) {
	s := newServer(t)
	s.exec(t, "create schema closed; create table closed.p (id integer)")
	b := crawltest.NewBench(t, map[string]crawler.Opener{"postgres": postgres.Open})
	r, err := crawler.ParseRecipe([]byte(s.recipe("    query_log: {kind: pg_stat_statements}\n")))
	if err != nil {
		t.Fatal(err)
	}
	found, err := b.Runner.Check(b.Ctx, r)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		switch f.Capability {
		case crawler.Connect, "erase":
			if !f.OK {
				t.Errorf("got %+v, want it to work", f)
			}
		case "sample":
			if f.OK || !strings.Contains(f.Fix, "grant select on all tables in schema closed to "+infoschema.DoubleQuote(s.role)) {
				t.Errorf("got %+v, want the missing grant", f)
			}
		case "query_log":
			if f.OK || f.Text == "" {
				t.Errorf("got %+v, want the missing extension", f)
			}
		}
	}
	if len(found) != 4 {
		t.Errorf("got %d findings, want 4", len(found))
	}
}

func TestBadInput(t *testing.T) {
	s := newServer(t)
	bad := strings.Replace(as(t, s.owner.Config().ConnString(), s.role), ":pw@", ":canary-secret@", 1)
	t.Setenv("BAD_LOGIN", bad)
	t.Setenv("BAD_DATABASE", strings.Replace(as(t, s.owner.Config().ConnString(), s.role), "/"+s.database, "/nowhere", 1))
	t.Setenv("NONSENSE", "canary-secret without any sense")
	tests := []struct {
		config string
		want   string
	}{
		{"{}", "has no dsn"},
		{"{dsn: '${NONSENSE}'}", "the dsn cannot be read"},
		{"{dsn: '${BAD_LOGIN}'}", "check the user and the password"},
		{"{dsn: '${BAD_DATABASE}'}", "does not exist"},
		{"{dsn: '${SUITE_READER}', query_log: {kind: csv}}", `"csv" is not known`},
		{"{dsn: '${SUITE_READER}', schemas: {allow: ['(']}}", "is not a pattern"},
		{"{dsn: 'postgres://x@127.0.0.1:1/y'}", "connection refused; check host and port"},
	}
	for _, tt := range tests {
		_, err := open(t, "name: suite\nsource: {type: postgres, config: "+tt.config+"}\n")
		if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "canary") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: got %v, want one line with %q and no secret", tt.config, err, tt.want)
		}
	}
}

// BenchmarkCrawl crawls 2,000 tables of 20 columns, first and unchanged.
func BenchmarkCrawl(b *testing.B) {
	s := newServer(b)
	var sql strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&sql, "create table t%04d (id bigint primary key", i)
		for c := 1; c < 20; c++ {
			fmt.Fprintf(&sql, ", c%d text", c)
		}
		sql.WriteString(");")
		if i%100 == 99 {
			s.exec(b, sql.String())
			sql.Reset()
		}
	}
	recipe := s.recipe("")
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			bench := crawltest.NewBench(b, map[string]crawler.Opener{"postgres": postgres.Open})
			if report := bench.Crawl(b, recipe, crawler.OK); report.Created != 2000 {
				b.Fatalf("got %d created, want 2000", report.Created)
			}
		}
	})
	b.Run("unchanged", func(b *testing.B) {
		bench := crawltest.NewBench(b, map[string]crawler.Opener{"postgres": postgres.Open})
		bench.Crawl(b, recipe, crawler.OK)
		for b.Loop() {
			if report := bench.Crawl(b, recipe, crawler.OK); report.Unchanged != 2000 {
				b.Fatalf("got %d unchanged, want 2000", report.Unchanged)
			}
		}
	})
}
