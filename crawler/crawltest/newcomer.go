package crawltest

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/urn"
	"waymark/crawler"
	"waymark/lineage"
)

// Newcomer is a catalog in which one source alone is crawled, with its statements.
type Newcomer struct {
	*Bench
	graph *lineage.Graph
}

// NewNewcomer makes a fresh one on disk.
func NewNewcomer(t testing.TB, kind string, open crawler.Opener) *Newcomer {
	t.Helper()
	b, graph := NewRealBench(t, map[string]crawler.Opener{kind: open})
	return &Newcomer{b, graph}
}

// Thrice crawls three times. Each time the datasets whose names ours accepts are exactly
// want, in order, and the third time changes none of them. Read is how many statements
// the first crawl has to read.
func (n *Newcomer) Thrice(t *testing.T, recipe string, want []string, ours func(name string) bool, read int64) {
	t.Helper()
	for round := 1; round <= 3; round++ {
		before, err := n.Catalog.Head(n.Ctx)
		if err != nil {
			t.Fatal(err)
		}
		report := n.Crawl(t, recipe, crawler.OK)
		if round == 1 && report.Read < read {
			t.Errorf("statements read: got %d, want at least %d", report.Read, read)
		}
		n.Derive(t)
		var got []string
		for u := range n.Live(t) {
			if ours(u.Name()) {
				got = append(got, u.Name())
			}
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("crawl %d: datasets (-server +catalog):\n%s", round, diff)
		}
		if round < 3 {
			continue
		}
		if report.Created+report.Changed+report.Gone > 0 {
			t.Errorf("third crawl: got %d created, %d changed, %d gone, want none", report.Created, report.Changed, report.Gone)
		}
		changes, _, err := n.Catalog.Since(n.Ctx, before, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range changes {
			if c.Type == catalog.Dataset && ours(c.URN.Name()) {
				t.Errorf("third crawl: changed %+v", c)
			}
		}
	}
}

// Derive brings the lineage and the signals level, twice, as a program that runs does.
func (n *Newcomer) Derive(t testing.TB) {
	t.Helper()
	for range 2 {
		if err := n.graph.Sync(n.Ctx); err != nil {
			t.Fatal(err)
		}
		if err := n.graph.Signals(n.Ctx); err != nil {
			t.Fatal(err)
		}
	}
}

// Upstreams are the datasets that flow into one directly.
func (n *Newcomer) Upstreams(t testing.TB, u urn.URN) (out []urn.URN) {
	t.Helper()
	trace, err := n.graph.Trace(n.Ctx, lineage.Request{Root: u, Direction: lineage.Up, Depth: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range trace.Edges {
		out = append(out, e.Up)
	}
	slices.Sort(out)
	return out
}

// Runs is how often statements used a dataset.
func (n *Newcomer) Runs(u urn.URN) (runs int64) {
	for _, a := range n.graph.Users(u) {
		runs += a.Queries
	}
	return runs
}
