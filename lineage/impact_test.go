package lineage_test

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/kv/memkv"
	"waymark/catalog/urn"
	"waymark/lineage"
)

// hurting is what a change does to one asset.
type hurting struct {
	Severity string
	Why      []string
	Columns  []string
	Depth    int // of a change of a whole asset; 0 else
}

// ran lets statements move, and test, values between random assets, some by table only.
func (d *drawn) ran(t *testing.T, n int) {
	t.Helper()
	batch := catalog.Batch{Author: catalog.Lineage}
	ref := func(i int) catalog.ColumnRef {
		return catalog.ColumnRef{Dataset: node(i), Column: fmt.Sprint("c", d.rnd.IntN(3))}
	}
	for i := range n {
		up, down := d.rnd.IntN(d.size), d.rnd.IntN(d.size)
		f := &catalog.StatementFacts{Text: "select ?", Outcome: "parsed", Inputs: []urn.URN{node(up)}, Outputs: []urn.URN{node(down)}}
		switch d.rnd.IntN(3) {
		case 0:
			f.Columns = []catalog.ColumnFlow{{From: ref(up), To: ref(down), Type: "INDIRECT", Subtype: "CONDITIONAL"}}
		case 1:
			f.Reads = []catalog.ColumnRead{{Column: ref(up), Subtypes: []string{"FILTER"}}}
		}
		batch.Assets = append(batch.Assets, catalog.Asset{URN: urn.Query(fmt.Sprint("q", i)), Type: catalog.Query, Statement: f})
	}
	if _, err := d.cat.Apply(system(), batch); err != nil {
		t.Fatal(err)
	}
}

// plainImpact finds what a change does by going over all edges and pairs until nothing
// more comes of it.
func plainImpact(tr lineage.Trace, root urn.URN, column string, h lineage.Happening, certified map[urn.URN]bool) map[urn.URN]hurting {
	byTable := map[[2]urn.URN]bool{}
	for _, e := range tr.Edges {
		byTable[[2]urn.URN{e.Up, e.Down}] = true
	}
	for _, p := range tr.Pairs {
		if p.DownColumn != "" {
			delete(byTable, [2]urn.URN{p.Up, p.Down})
		}
	}
	got := map[catalog.ColumnRef]bool{{Dataset: root, Column: column}: column != ""} // and whether by values alone
	if column == "" {
		for _, p := range tr.Pairs {
			if p.Up == root {
				got[catalog.ColumnRef{Dataset: root, Column: p.UpColumn}] = true
			}
		}
	}
	named := map[urn.URN]bool{}
	for moved := true; moved; {
		moved = false
		take := func(to catalog.ColumnRef, direct bool) {
			if was, there := got[to]; !there || direct && !was {
				got[to], moved = direct, true
			}
		}
		for _, p := range tr.Pairs {
			direct, there := got[catalog.ColumnRef{Dataset: p.Up, Column: p.UpColumn}]
			if there && p.Up != p.Down {
				take(catalog.ColumnRef{Dataset: p.Down, Column: p.DownColumn}, direct && !p.Indirect)
				named[p.Down] = named[p.Down] || p.Up == root
			}
		}
		for _, e := range tr.Edges {
			for at := range got {
				if at.Dataset == e.Up && e.Up != e.Down && (at.Column == "" || byTable[[2]urn.URN{e.Up, e.Down}]) {
					take(catalog.ColumnRef{Dataset: e.Down}, false)
				}
			}
			named[e.Down] = named[e.Down] || column == "" && e.Up == root
		}
	}
	return judged(tr, root, column, h, certified, got, named)
}

func judged(tr lineage.Trace, root urn.URN, column string, h lineage.Happening, certified map[urn.URN]bool, got map[catalog.ColumnRef]bool, named map[urn.URN]bool) map[urn.URN]hurting {
	out, direct := map[urn.URN]hurting{}, map[urn.URN]bool{}
	for at, d := range got {
		if at.Dataset == root {
			continue
		}
		x := out[at.Dataset]
		if at.Column != "" {
			x.Columns = append(x.Columns, at.Column)
		}
		direct[at.Dataset] = direct[at.Dataset] || d
		out[at.Dataset] = x
	}
	cares := map[urn.URN]bool{}
	for u := range out {
		cares[u] = certified[u]
	}
	for moved := true; moved; {
		moved = false
		for _, e := range tr.Edges {
			_, there := out[e.Up]
			if (there || e.Up == root) && cares[e.Down] && !cares[e.Up] {
				cares[e.Up], moved = true, true
			}
		}
	}
	depth := map[urn.URN]int{}
	for _, n := range tr.Nodes {
		depth[n.URN] = n.Depth
	}
	for u, x := range out {
		grade := 2
		switch {
		case h == lineage.Gone && (direct[u] || named[u]):
			grade = 0
		case direct[u]:
			grade = 1
		}
		switch {
		case certified[u]:
			x.Why, grade = []string{"certified"}, max(0, grade-1)
		case cares[u]:
			x.Why, grade = []string{"something certified depends on it"}, max(0, grade-1)
		}
		if x.Severity = lineage.Severities()[grade]; column == "" {
			x.Depth = depth[u]
		}
		slices.Sort(x.Columns)
		out[u] = x
	}
	return out
}

// drawnImpact is a graph of all kinds of edges in which some assets are certified.
func drawnImpact(t *testing.T, seed uint64) (*drawn, map[urn.URN]bool) {
	d := draw(t, seed, 60)
	d.tell(t, 40)
	d.ran(t, 60)
	certified := map[urn.URN]bool{}
	batch := catalog.Batch{Author: catalog.People}
	for range 3 {
		u := node(d.rnd.IntN(d.size))
		if !certified[u] {
			certified[u] = true
			batch.Assets = append(batch.Assets, catalog.Asset{URN: u, Type: catalog.Dataset, Certification: &catalog.Certification{By: urn.User("ana")}})
		}
	}
	if _, err := d.cat.Apply(system(), batch); err != nil {
		t.Fatal(err)
	}
	if err := d.graph.Sync(system()); err != nil {
		t.Fatal(err)
	}
	return d, certified
}

func TestImpactIsAsThePlainestSpread(t *testing.T) {
	for seed := range uint64(4) {
		d, certified := drawnImpact(t, seed+20)
		reached := 0
		for i := range d.size {
			for _, column := range []string{"", "c0", "c1", "nowhere"} {
				for _, h := range []lineage.Happening{lineage.Gone, lineage.Altered} {
					reached += d.compareImpact(t, node(i), column, h, certified)
				}
			}
		}
		if reached == 0 {
			t.Error("no change reached anything: the test shows nothing")
		}
	}
}

func (d *drawn) compareImpact(t *testing.T, root urn.URN, column string, h lineage.Happening, certified map[urn.URN]bool) int {
	t.Helper()
	tr, err := d.graph.Trace(system(), lineage.Request{Root: root, Direction: lineage.Down, Columns: true, Which: lineage.Which{Fresh: true}})
	if err != nil {
		return 0 // nobody told of it
	}
	list, total, err := d.graph.Impact(system(), root, column, h, 0, 1000)
	if err != nil || total != len(list) {
		t.Fatalf("Impact of %s: got %d of %d, %v", root, len(list), total, err)
	}
	got := map[urn.URN]hurting{}
	for _, x := range list {
		one := hurting{Severity: x.Severity, Why: x.Why, Columns: x.Columns}
		if column == "" {
			one.Depth = x.Depth
		}
		got[x.URN] = one
		d.realWay(t, tr, root, x)
	}
	if diff := gocmp.Diff(plainImpact(tr, root, column, h, certified), got); diff != "" {
		t.Fatalf("impact of %s %q, %s (-plainest +got):\n%s", root, column, h, diff)
	}
	if !slices.IsSortedFunc(list, worseFirst) {
		t.Errorf("impact of %s %q is not in order", root, column)
	}
	few, all, err := d.graph.Impact(system(), root, column, h, 0, 7)
	if diff := gocmp.Diff(list[:min(7, len(list))], few); err != nil || all != total || diff != "" {
		t.Fatalf("the first seven of %d, %v (-of all +alone):\n%s", all, err, diff)
	}
	return len(list)
}

func worseFirst(a, b lineage.Affected) int {
	order := lineage.Severities()
	return cmp.Or(cmp.Compare(slices.Index(order, a.Severity), slices.Index(order, b.Severity)), cmp.Compare(a.Depth, b.Depth), cmp.Compare(a.URN, b.URN))
}

// realWay fails unless the path of an asset is a way of edges as long as it is deep.
func (d *drawn) realWay(t *testing.T, tr lineage.Trace, root urn.URN, x lineage.Affected) {
	t.Helper()
	if len(x.Path) != x.Depth+1 || x.Path[0] != root || x.Path[x.Depth] != x.URN {
		t.Fatalf("path to %s, %d steps: got %v", x.URN, x.Depth, x.Path)
	}
	for i := range x.Depth {
		if !slices.ContainsFunc(tr.Edges, func(e lineage.Edge) bool { return e.Up == x.Path[i] && e.Down == x.Path[i+1] }) {
			t.Fatalf("path to %s: there is no edge from %s to %s", x.URN, x.Path[i], x.Path[i+1])
		}
	}
}

func TestImpactForgetsWhatChanged(t *testing.T) {
	e := flow(t)
	if got := e.hurt(t, "raw.orders", "amount", lineage.Altered)["mart.daily"]; got != lineage.ChangesValues {
		t.Fatalf("before: got %s", got)
	}
	e.apply(t, catalog.People, catalog.Asset{URN: dataset("mart.daily"), Type: catalog.Dataset, Certification: &catalog.Certification{By: urn.User("ana")}})
	if got := e.hurt(t, "raw.orders", "amount", lineage.Altered)["mart.daily"]; got != lineage.Breaks {
		t.Errorf("once it is certified: got %s want %s", got, lineage.Breaks)
	}
	e.apply(t, catalog.People, catalog.Asset{URN: dataset("mart.daily"), Type: catalog.Dataset, Certification: &catalog.Certification{By: urn.User("ana"), Until: now.AddDate(0, 0, -1)}})
	if got := e.hurt(t, "raw.orders", "amount", lineage.Altered)["mart.daily"]; got != lineage.ChangesValues {
		t.Errorf("once that ran out: got %s want %s", got, lineage.ChangesValues)
	}
}

// TestImpactNeedsACaller also for what is remembered.
func TestImpactNeedsACaller(t *testing.T) {
	e := flow(t)
	e.hurt(t, "raw.orders", "", lineage.Gone)
	if list, _, err := e.graph.Impact(context.Background(), dataset("raw.orders"), "", lineage.Gone, 0, 10); err == nil {
		t.Errorf("without a caller: got %v want an error", list)
	}
}

// TestImpactOfManyWritesFewWords holds what a wide impact may cost: words are made for
// the page that is shown, not for all that is reached.
func TestImpactOfManyWritesFewWords(t *testing.T) {
	store, log := memkv.New(), slog.New(slog.DiscardHandler)
	defer store.Close()
	cat := catalog.New(store, access.New(store, log), log)
	graph := lineage.New(cat, store, log)
	batch := catalog.Batch{Author: catalog.Import}
	const width = 1500
	for i := range width {
		batch.Assets = append(batch.Assets, catalog.Asset{URN: node(i), Type: catalog.Dataset, Flow: &catalog.DataFlow{Inputs: []urn.URN{node(max(0, i/2))}}})
	}
	if _, err := cat.Apply(system(), batch); err != nil {
		t.Fatal(err)
	}
	if err := graph.Sync(system()); err != nil {
		t.Fatal(err)
	}
	cost := testing.AllocsPerRun(5, func() {
		if list, total, err := graph.Impact(system(), node(0), "", lineage.Gone, 0, 10); err != nil || len(list) != 10 || total != width-1 {
			t.Fatal(len(list), total, err)
		}
	})
	if cost > width/3 {
		t.Errorf("got %.0f allocations for %d assets, of which ten are shown", cost, width)
	}
}

func TestABareTraceLacksTheProofAlone(t *testing.T) {
	e := flow(t)
	q := lineage.Request{Root: dataset("raw.orders"), Direction: lineage.Down, Columns: true}
	full, err := e.graph.Trace(system(), q)
	if err != nil {
		t.Fatal(err)
	}
	q.Bare = true
	bare, err := e.graph.Trace(system(), q)
	if err != nil {
		t.Fatal(err)
	}
	proved := 0
	for i := range full.Edges {
		x := &full.Edges[i]
		proved += len(x.By)
		x.By, x.Count, x.First, x.Last = nil, 0, bare.Edges[i].First, bare.Edges[i].Last
	}
	for i := range full.Pairs {
		full.Pairs[i].Expression = ""
	}
	if diff := gocmp.Diff(full, bare); diff != "" || proved == 0 {
		t.Errorf("%d contributors in the full one (-full without its proof +bare):\n%s", proved, diff)
	}
}

// The answer about a chain grows with its length, not with the square of it.
func TestImpactOfALongChainLeavesOutTheMiddle(t *testing.T) {
	e := newEstate(t, nil)
	const n = 500
	var list []catalog.Asset
	for i := range n {
		a := catalog.Asset{URN: dataset(fmt.Sprint("t", i)), Type: catalog.Dataset, Profile: &catalog.Profile{Name: "t"}}
		if i > 0 {
			a.Flow = &catalog.DataFlow{Inputs: []urn.URN{dataset(fmt.Sprint("t", i-1))}}
		}
		list = append(list, a)
	}
	e.apply(t, catalog.Import, list...)
	if err := e.graph.Sync(system()); err != nil {
		t.Fatal(err)
	}
	got, total, err := e.graph.Impact(system(), dataset("t0"), "", lineage.Gone, 0, n)
	if err != nil || total != n-1 {
		t.Fatalf("got %d, %v want %d", total, err, n-1)
	}
	for _, x := range got {
		stands := 0
		for _, u := range x.Path {
			if left := lineage.ElidedAssets(u); left > 0 {
				stands += left
			} else {
				stands++
			}
		}
		if len(x.Path) > 100 || stands != x.Depth+1 || x.Path[0] != dataset("t0") || x.Path[len(x.Path)-1] != x.URN {
			t.Errorf("%s at depth %d: got a path of %d entries for %d assets, %v to %v", x.URN, x.Depth, len(x.Path), stands, x.Path[0], x.Path[len(x.Path)-1])
		}
	}
}
