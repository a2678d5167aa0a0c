package sqllineage

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// BenchmarkParse reads 99 statements with schemas and column lineage. It
// reports statements a second, the middle one and the slowest of a hundred.
func BenchmarkParse(b *testing.B) {
	queries, o := starQueries(), Options{Schemas: Static(starTables())}
	took := make([]time.Duration, 0, 1_000_000)
	b.ReportAllocs()
	for b.Loop() {
		for _, q := range queries {
			start := time.Now()
			if _, err := Parse(Postgres, q, o); err != nil {
				b.Fatal(err)
			}
			if len(took) < cap(took) {
				took = append(took, time.Since(start))
			}
		}
	}
	b.ReportMetric(float64(len(queries)*b.N)/b.Elapsed().Seconds(), "statements/s")
	reportPercentiles(b, took)
}

func reportPercentiles(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(float64(len(took)), "statements")
	b.ReportMetric(took[len(took)/2].Seconds()*1000, "p50-ms")
	b.ReportMetric(took[len(took)*95/100].Seconds()*1000, "p95-ms")
	b.ReportMetric(took[len(took)*99/100].Seconds()*1000, "p99-ms")
}

// BenchmarkSqlglot gives the same statements and schemas to sqlglot, for
// comparison. The time of starting Python is not counted.
func BenchmarkSqlglot(b *testing.B) {
	python := os.Getenv("WAYMARK_BENCH_PYTHON")
	if python == "" {
		b.Skip("WAYMARK_BENCH_PYTHON names no Python that has sqlglot; .ci/bench parse makes one")
	}
	schema := map[string]map[string]string{}
	for table, columns := range starTables() {
		schema[table] = map[string]string{}
		for _, c := range columns {
			schema[table][c] = "text"
		}
	}
	in, err := json.Marshal(map[string]any{"schema": schema, "statements": starQueries(), "rounds": 11})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		cmd := exec.Command(python, "testdata/lineage_by_sqlglot.py")
		cmd.Stdin, cmd.Stderr = bytes.NewReader(in), os.Stderr
		out, err := cmd.Output()
		if err != nil {
			b.Fatal(err)
		}
		reportSqlglot(b, out)
	}
}

func reportSqlglot(b *testing.B, out []byte) {
	var said struct {
		Seconds []float64
		CPU     float64
		Failed  int
	}
	if err := json.Unmarshal(out, &said); err != nil || len(said.Seconds) == 0 {
		b.Fatalf("got %d statements, %v of sqlglot", len(said.Seconds), err)
	}
	var sum time.Duration
	took := make([]time.Duration, len(said.Seconds))
	for i, s := range said.Seconds {
		took[i] = time.Duration(s * float64(time.Second))
		sum += took[i]
	}
	b.ReportMetric(float64(len(took))/sum.Seconds(), "statements/s")
	b.ReportMetric(float64(len(took))/said.CPU, "statements/cpu-s")
	b.ReportMetric(float64(said.Failed), "failed")
	reportPercentiles(b, took)
}

// BenchmarkScript reads five megabytes of statements.
func BenchmarkScript(b *testing.B) {
	benchmarkText(b, longScript(5<<20))
}

// BenchmarkRows reads an INSERT of 100,000 rows.
func BenchmarkRows(b *testing.B) {
	benchmarkText(b, manyRows(100_000))
}

func benchmarkText(b *testing.B, text string) {
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if s, err := Parse(Postgres, text, Options{}); err != nil || s.Outcome != Parsed {
			b.Fatalf("got %s %q, %v; want parsed", s.Outcome, s.Reason, err)
		}
	}
}

// BenchmarkFingerprint hashes the same statements by tokens alone.
func BenchmarkFingerprint(b *testing.B) {
	queries := starQueries()
	for b.Loop() {
		for _, q := range queries {
			Fingerprint(Postgres, q)
		}
	}
	b.ReportMetric(float64(len(queries)*b.N)/b.Elapsed().Seconds(), "statements/s")
}

// TestStarQueries keeps the benchmark honest: each statement is understood,
// and every column stems from something.
func TestStarQueries(t *testing.T) {
	o, distinct := Options{Schemas: Static(starTables())}, map[string]bool{}
	for i, q := range starQueries() {
		distinct[q] = true
		s, err := Parse(Postgres, q, o)
		if err != nil || s.Outcome != Parsed || len(s.Columns) < 4 {
			t.Fatalf("statement %d: got %s, %q, %d columns, %v for\n%s", i, s.Outcome, s.Reason, len(s.Columns), err, q)
		}
		for _, c := range s.Columns {
			constant := c.Output.Column == "channel" || strings.HasPrefix(c.Expression, "count(*")
			if len(c.Inputs) == 0 && !constant {
				t.Errorf("statement %d: got no input for %s in\n%s", i, c.Output.Column, q)
			}
		}
		for _, d := range s.Statements[0].Diagnostics {
			t.Errorf("statement %d: got diagnostic %+v in\n%s", i, d, q)
		}
	}
	if len(distinct) != 99 {
		t.Errorf("got %d distinct statements; want 99", len(distinct))
	}
}
