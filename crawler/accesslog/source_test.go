package accesslog_test

import (
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/crawler"
	"waymark/crawler/accesslog"
	"waymark/crawler/crawltest"
)

func write(t *testing.T, path string, lines ...string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(strings.Join(lines, "")), 0o600); err != nil {
		t.Fatal(err)
	}
}

func line(at, sql string) string {
	return fmt.Sprintf(`{"time":%q,"user":"ana","sql":%q,"duration_ms":1.5,"rows":3,"status":"ok"}`+"\n", at, sql)
}

func log(t *testing.T) *crawltest.Bench {
	return crawltest.NewBench(t, map[string]crawler.Opener{"querylog": accesslog.Open})
}

func recipe(files string) string {
	return "name: log\nsource:\n  type: querylog\n  config: {files: [" + files + "], platform: postgres, dialect: postgres, database: shop}\nactors: {service: ['^svc_']}\n"
}

func TestRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "queries.jsonl")
	write(t, path, line("2026-11-01T10:00:00+02:00", "select 1"),
		`{"time":"2026-11-01 09:00:00","sql":"select 2 -- Metabase:: userID: 7 queryType: native","user":"svc_bi"}`+"\n",
		`{"time":"2026-11-01T09:30:00Z","sql":"select 3","user":"svc_load","count":5}`+"\n")
	b := log(t)
	report := b.Crawl(t, recipe(path), crawler.OK)
	three := int64(3)
	want := []catalog.Statement{
		{Time: time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC), User: "ana", SQL: "select 1", Dialect: "postgres", Duration: 1500 * time.Microsecond, Rows: &three, Status: "ok", Count: 1},
		{Time: time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC), User: "metabase:7", Tool: "metabase", Actor: "human", SQL: "select 2 -- Metabase:: userID: 7 queryType: native", Dialect: "postgres", Count: 1},
		{Time: time.Date(2026, 11, 1, 9, 30, 0, 0, time.UTC), User: "svc_load", Actor: "service", SQL: "select 3", Dialect: "postgres", Count: 5},
	}
	if diff := cmp.Diff(want, b.Log.Statements); diff != "" {
		t.Errorf("statements (-want +got):\n%s", diff)
	}
	wantLog := catalog.Log{Source: "log", Reader: "log", Platform: "postgres", Dialect: "postgres", DefaultDB: "shop", ServiceUsers: []string{"^svc_"}}
	if diff := cmp.Diff([]catalog.Log{wantLog}, b.Log.Logs); diff != "" {
		t.Errorf("log (-want +got):\n%s", diff)
	}
	if report.Read != 3 || report.Statements.Parsed != 7 {
		t.Errorf("got %d read and %d runs, want 3 and 7", report.Read, report.Statements.Parsed)
	}
}

// TestUnreadableLines: each is told with its number and without its content, and
// hides none of its neighbours.
func TestUnreadableLines(t *testing.T) {
	path := filepath.Join(t.TempDir(), "queries.jsonl")
	write(t, path, line("2026-11-01T10:00:00Z", "select 1"), "{\"time\": \"secret-value\n", "\n", `{"sql":"select 'secret-value'"}`+"\n",
		`{"time":"yesterday","sql":"secret-value"}`+"\n", `{"time":"2026-11-01T10:00:00Z","sql":17}`+"\n", line("2026-11-01T11:00:00Z", "select 2"))
	b := log(t)
	report := b.Crawl(t, recipe(path), crawler.Partial)
	if len(b.Log.Statements) != 2 {
		t.Errorf("got %d statements, want 2", len(b.Log.Statements))
	}
	var got []string
	for _, p := range report.Problems {
		if p.Class != crawler.Decode || p.Fix == "" || strings.Contains(p.Text, "secret-value") {
			t.Errorf("got problem %+v", p)
		}
		got = append(got, p.Text)
	}
	want := []string{"queries.jsonl line 2 was left out: it is not one JSON object", "queries.jsonl line 4 was left out: it has no time",
		"queries.jsonl line 5 was left out: its time is not like 2026-11-01T12:00:00Z", "queries.jsonl line 6 was left out: field sql has the wrong type"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

// TestAgain: the newest day is always read whole, older days never again, unless
// a file was rewritten or an older one came.
func TestAgain(t *testing.T) {
	dir := t.TempDir()
	first, second := filepath.Join(dir, "a.jsonl"), filepath.Join(dir, "b.jsonl")
	b := log(t)
	again := func(want ...string) {
		t.Helper()
		b.Log.Statements = nil
		b.Crawl(t, recipe(dir+"/*.jsonl*"), crawler.OK)
		var got []string
		for _, s := range b.Log.Statements {
			got = append(got, s.SQL)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("read (-want +got):\n%s", diff)
		}
	}
	day1, day2, more := line("2026-11-01T10:00:00Z", "one"), line("2026-11-02T10:00:00Z", "two"), line("2026-11-02T11:00:00Z", "three")
	write(t, first, day1, day2)
	again("one", "two")
	again()
	write(t, first, day1, day2, more[:len(more)-20])
	again("two")
	write(t, first, day1, day2, more)
	again("two", "three")
	write(t, second, line("2026-11-02T12:00:00Z", "four"), line("2026-11-03T00:00:00Z", "five"))
	again("two", "three", "four", "five")
	write(t, second, line("2026-11-02T12:00:00Z", "four"), line("2026-11-03T00:00:00Z", "five"), line("2026-11-03T01:00:00Z", "six"))
	again("five", "six")
	write(t, first, line("2026-10-01T00:00:00Z", "zero"), day1)
	again("zero", "one", "four", "five", "six")
	f, err := os.Create(filepath.Join(dir, "0.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	if _, err := z.Write([]byte(line("2026-09-01T00:00:00Z", "packed"))); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	f.Close()
	again("packed", "zero", "one", "four", "five", "six")
	again()
}

func TestLate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "q.jsonl")
	one, two := line("2026-11-01T10:00:00Z", "one"), line("2026-11-02T10:00:00Z", "two")
	write(t, path, one, two)
	b := log(t)
	b.Crawl(t, recipe(path), crawler.OK)
	write(t, path, one, two, line("2026-11-01T23:00:00Z", "late"))
	report := b.Crawl(t, recipe(path), crawler.Partial)
	if len(report.Problems) != 1 || !strings.Contains(report.Problems[0].Text, "1 statements of days that were counted before came late") {
		t.Errorf("got %+v, want one late statement", report.Problems)
	}
}

func TestBadRecipes(t *testing.T) {
	tests := []struct{ config, want string }{
		{"{files: [x], dialect: postgres}", "say whose tables"},
		{"{for: shop}", "names no files"},
		{"{for: shop, files: [/nowhere/*.jsonl]}", "there is no file /nowhere/*.jsonl"},
		{"{for: shop, file: x}", `unknown key "file" in source.config`},
	}
	for _, tt := range tests {
		r, err := crawler.ParseRecipe([]byte("name: log\nsource: {type: querylog, config: " + tt.config + "}\n"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := accesslog.Open(t.Context(), r.Config()); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q", tt.config, err, tt.want)
		}
	}
	path := filepath.Join(t.TempDir(), "q.jsonl")
	write(t, path, line("2026-11-01T10:00:00Z", "one"))
	report := log(t).Crawl(t, "name: log\nsource: {type: querylog, config: {files: ["+path+"], for: shop}}\n", crawler.Partial)
	if len(report.Problems) != 1 || !strings.Contains(report.Problems[0].Text, "for: shop is not a crawled source") {
		t.Errorf("for: a source that was never crawled: got %+v", report.Problems)
	}
}

// TestGrowsAlone reads a log that grows during one day, alone in a fresh store on
// disk: the counts of the day are replaced whole each time, and it ends each time.
func TestGrowsAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "queries.jsonl")
	var lines []string
	for i := range 300 {
		lines = append(lines, line("2026-11-01T10:00:00Z", fmt.Sprintf("insert into t%d select * from u%d", i, i)))
	}
	write(t, path, lines...)
	b, graph := crawltest.NewRealBench(t, map[string]crawler.Opener{"querylog": accesslog.Open})
	for n := range 3 {
		report := b.Crawl(t, recipe(path), crawler.OK)
		if want := int64(300 + n); report.Read != want {
			t.Errorf("read %d: got %d statements, want %d", n+1, report.Read, want)
		}
		if err := graph.Sync(b.Ctx); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line("2026-11-01T11:00:00Z", fmt.Sprintf("select id from t%d", n)))
		write(t, path, lines...)
	}
}
