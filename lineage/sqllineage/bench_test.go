package sqllineage

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// BenchmarkParse reads 99 statements with schemas and column lineage. It
// reports statements a second and the slowest of a hundred.
func BenchmarkParse(b *testing.B) {
	queries, o := starQueries(), Options{Schemas: starSchema()}
	var took []time.Duration
	b.ReportAllocs()
	for b.Loop() {
		for _, q := range queries {
			start := time.Now()
			if _, err := Parse(Postgres, q, o); err != nil {
				b.Fatal(err)
			}
			if len(took) < 1_000_000 {
				took = append(took, time.Since(start))
			}
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(len(queries)*b.N)/b.Elapsed().Seconds(), "statements/s")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
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
	o, distinct := Options{Schemas: starSchema()}, map[string]bool{}
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
