package lineage_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/lineage"
)

// through lists the edges and column pairs of a trace that leaves views out.
func (e *estate) through(t *testing.T, name string, d lineage.Direction) (edges, pairs []string) {
	t.Helper()
	tr, err := e.graph.Through(system(), lineage.Request{Root: dataset(name), Direction: d, Columns: true})
	if err != nil {
		t.Fatalf("Through: %v", err)
	}
	for _, x := range tr.Edges {
		edges = append(edges, short(x.Up)+" > "+short(x.Down))
	}
	for _, p := range tr.Pairs {
		pairs = append(pairs, short(p.Up)+"."+p.UpColumn+" > "+short(p.Down)+"."+p.DownColumn+" "+p.Subtype)
	}
	slices.Sort(edges)
	slices.Sort(pairs)
	return edges, pairs
}

func TestViewsAreLeftOutWhereAskedFor(t *testing.T) {
	e := newEstate(t, shop)
	e.view(t, "mart.inner", `select id, md5(mail) as code from raw.orders where amount > 0`, "id", "code")
	e.view(t, "mart.outer", `select id, code from mart.inner`, "id", "code")
	e.ran(t, sql(`insert into mart.sales (id, mail_key) select id, code from mart.outer`))
	edges, pairs := e.through(t, "mart.sales", lineage.Up)
	if diff := cmp.Diff([]string{"raw.orders > mart.sales"}, edges); diff != "" {
		t.Errorf("edges (-want +got):\n%s", diff)
	}
	want := []string{"raw.orders.amount > mart.sales. FILTER", "raw.orders.id > mart.sales.id IDENTITY", "raw.orders.mail > mart.sales.mail_key TRANSFORMATION"}
	if diff := cmp.Diff(want, pairs); diff != "" {
		t.Errorf("pairs (-want +got):\n%s", diff)
	}
	tr, err := e.graph.Through(system(), lineage.Request{Root: dataset("mart.sales"), Direction: lineage.Up})
	if err != nil || len(tr.Nodes) != 2 || tr.Nodes[1].Depth != -1 {
		t.Errorf("nodes: got %+v, %v want the table one step up", tr.Nodes, err)
	}
}

func TestAViewAtTheEndStays(t *testing.T) {
	e := newEstate(t, shop)
	e.view(t, "mart.inner", `select id from raw.orders`, "id")
	e.ran(t)
	if edges, _ := e.through(t, "raw.orders", lineage.Down); !slices.Equal(edges, []string{"raw.orders > mart.inner"}) {
		t.Errorf("down to a view: got %v want the view", edges)
	}
	if edges, _ := e.through(t, "mart.inner", lineage.Both); !slices.Equal(edges, []string{"raw.orders > mart.inner"}) {
		t.Errorf("from a view: got %v want the table that it reads", edges)
	}
}
