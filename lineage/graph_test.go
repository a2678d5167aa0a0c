package lineage_test

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/kv/memkv"
	"waymark/catalog/urn"
	"waymark/lineage"
)

// drawn is a random graph, told to the catalog as declared flows, and kept beside it
// in the plainest form there is.
type drawn struct {
	rnd   *rand.Rand
	cat   *catalog.Catalog
	graph *lineage.Graph
	fresh func() *lineage.Graph // another graph over the same store
	flows map[int]map[int]bool  // down -> ups
	size  int
}

func draw(t *testing.T, seed uint64, size int) *drawn {
	t.Helper()
	store, log := memkv.New(), slog.New(slog.DiscardHandler)
	t.Cleanup(func() { store.Close() })
	cat := catalog.New(store, access.New(store, log), log)
	d := &drawn{rnd: rand.New(rand.NewPCG(seed, 1)), cat: cat, flows: map[int]map[int]bool{}, size: size}
	d.fresh = func() *lineage.Graph { return lineage.New(cat, store, log) }
	d.graph = d.fresh()
	return d
}

func node(i int) urn.URN { return dataset(fmt.Sprintf("s%d.t%d", i%7, i)) }

// tell gives some assets other inputs, and takes them from others.
func (d *drawn) tell(t *testing.T, n int) {
	t.Helper()
	var list []catalog.Asset
	for range n {
		down := d.rnd.IntN(d.size)
		ups := map[int]bool{}
		flow := &catalog.DataFlow{}
		for range d.rnd.IntN(6) {
			up := d.rnd.IntN(d.size)
			if !ups[up] {
				ups[up] = true
				flow.Inputs = append(flow.Inputs, node(up))
				flow.Columns = append(flow.Columns, catalog.ColumnPair{
					From: catalog.ColumnRef{Dataset: node(up), Column: fmt.Sprint("c", d.rnd.IntN(3))}, To: catalog.ColumnRef{Dataset: node(down), Column: fmt.Sprint("c", d.rnd.IntN(3))}})
			}
		}
		d.flows[down] = ups
		list = append(list, catalog.Asset{URN: node(down), Type: catalog.Dataset, Flow: flow})
	}
	if _, err := d.cat.Apply(system(), catalog.Batch{Author: catalog.Import, Assets: list}); err != nil {
		t.Fatal(err)
	}
}

func (d *drawn) downs(up int) (out []int) {
	for down, ups := range d.flows {
		if ups[up] {
			out = append(out, down)
		}
	}
	return out
}

func (d *drawn) ups(down int) (out []int) {
	for up := range d.flows[down] {
		out = append(out, up)
	}
	return out
}

// reach is the plainest walk: how far each asset is, by going on from all that are known.
func (d *drawn) reach(from int, next func(int) []int) map[int]int {
	far := map[int]int{from: 0}
	for front := []int{from}; len(front) > 0; {
		var then []int
		for _, n := range front {
			for _, m := range next(n) {
				if _, known := far[m]; !known {
					far[m] = far[n] + 1
					then = append(then, m)
				}
			}
		}
		front = then
	}
	return far
}

// all is everything a graph says, in words and in order.
func all(t *testing.T, g *lineage.Graph, size int) (out []string) {
	t.Helper()
	for i := range size {
		tr, err := g.Trace(system(), lineage.Request{Root: node(i), Direction: lineage.Both, Depth: 1, Columns: true})
		if err != nil {
			continue // nobody told of it
		}
		for _, n := range tr.Nodes {
			out = append(out, fmt.Sprint(i, " node ", n.URN, n.Depth, n.MoreUp, n.MoreDown, n.Cycle, n.FeedsItself))
		}
		for _, e := range tr.Edges {
			out = append(out, fmt.Sprint(i, " edge ", e.Up, e.Down, e.Origins, e.Confidence, e.By, e.First.Unix()))
		}
		for _, p := range tr.Pairs {
			out = append(out, fmt.Sprint(i, " pair ", p))
		}
	}
	slices.Sort(out)
	return out
}

func TestChangedStepByStepItIsAsBuiltAnew(t *testing.T) {
	d := draw(t, 1, 60)
	for round := range 30 {
		d.tell(t, 1+d.rnd.IntN(40))
		for range 2 { // a second time nothing is left to do
			if err := d.graph.Sync(system()); err != nil {
				t.Fatal(err)
			}
		}
		if round%5 > 0 {
			continue
		}
		anew := d.fresh()
		if err := anew.Load(system()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(all(t, anew, d.size), all(t, d.graph, d.size)); diff != "" {
			t.Fatalf("round %d (-built anew +step by step):\n%s", round, diff)
		}
		_, a, b := anew.Size()
		if _, c, e := d.graph.Size(); a != c || b != e {
			t.Errorf("sizes: got %d edges, %d pairs want %d, %d", c, e, a, b)
		}
	}
}

func TestLargeChangesAreLaidIntoANewBase(t *testing.T) {
	d := draw(t, 2, 3000)
	for range 4 { // each moves more edges than an overlay holds
		d.tell(t, 1500)
		if err := d.graph.Sync(system()); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 50 {
		want := []urn.URN{}
		for _, m := range d.downs(i) {
			if m != i {
				want = append(want, node(m))
			}
		}
		got := d.graph.Neighbours(node(i), lineage.Down)
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("downstream of %d: got %v want %v", i, got, want)
		}
	}
}

func TestTraceIsAsThePlainestWalk(t *testing.T) {
	d := draw(t, 3, 80)
	d.tell(t, 70)
	if err := d.graph.Sync(system()); err != nil {
		t.Fatal(err)
	}
	for i := range d.size {
		for way, next := range map[lineage.Direction]func(int) []int{lineage.Up: d.ups, lineage.Down: d.downs} {
			tr, err := d.graph.Trace(system(), lineage.Request{Root: node(i), Direction: way})
			if err != nil {
				continue
			}
			want, got := map[urn.URN]int{}, map[urn.URN]int{}
			for n, far := range d.reach(i, next) {
				want[node(n)] = far
			}
			for _, n := range tr.Nodes {
				got[n.URN] = max(n.Depth, -n.Depth)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%s of %d (-want +got):\n%s", way, i, diff)
			}
		}
	}
}

func TestPathsAreShortestAndReal(t *testing.T) {
	d := draw(t, 4, 60)
	d.tell(t, 60)
	if err := d.graph.Sync(system()); err != nil {
		t.Fatal(err)
	}
	for range 300 {
		a, b := d.rnd.IntN(d.size), d.rnd.IntN(d.size)
		p, err := d.graph.Path(system(), lineage.Between{From: node(a), To: node(b)})
		if err != nil {
			continue // nobody told of one of them
		}
		far, ok := d.reach(a, d.downs)[b]
		if !ok {
			far, ok = d.reach(a, d.ups)[b]
		}
		if !ok {
			far = -1
		}
		if got := len(p.Nodes) - 1; got != far {
			t.Errorf("from %d to %d: got %d steps want %d", a, b, got, far)
		}
		for i, e := range p.Edges {
			if x, y := p.Nodes[i].URN, p.Nodes[i+1].URN; !(e.Up == x && e.Down == y || e.Up == y && e.Down == x) {
				t.Errorf("from %d to %d: edge %d is %s > %s, not between %s and %s", a, b, i, e.Up, e.Down, x, y)
			}
		}
	}
}

func TestCyclesAreMarkedAndEnd(t *testing.T) {
	d := draw(t, 5, 90)
	d.tell(t, 50)
	if err := d.graph.Sync(system()); err != nil {
		t.Fatal(err)
	}
	marked := 0
	for i := range d.size {
		tr, err := d.graph.Trace(system(), lineage.Request{Root: node(i), Direction: lineage.Both, Depth: 1})
		if err != nil {
			continue
		}
		want := 0
		back := d.reach(i, d.ups)
		for n := range d.reach(i, d.downs) {
			if _, both := back[n]; both {
				want++
			}
		}
		if want == 1 {
			want = 0
		}
		if tr.Nodes[0].Cycle != want {
			t.Errorf("cycle of %d: got %d assets want %d", i, tr.Nodes[0].Cycle, want)
		}
		if tr.Nodes[0].FeedsItself != d.flows[i][i] {
			t.Errorf("%d feeds itself: got %v", i, tr.Nodes[0].FeedsItself)
		}
		marked += want
	}
	if marked == 0 {
		t.Error("no cycle was drawn: the test shows nothing")
	}
}
