package lineage_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
	"waymark/lineage"
)

// clock lets an estate grow older.
func (e *estate) clock(at time.Time) {
	e.cat.Now = func() time.Time { return at }
	e.graph.Now = e.cat.Now
}

func day(n int) time.Time { return now.AddDate(0, 0, n) }

func made(name string, ups ...string) catalog.Asset {
	f := &catalog.DataFlow{}
	for _, u := range ups {
		f.Inputs = append(f.Inputs, dataset(u))
	}
	return catalog.Asset{URN: dataset(name), Type: catalog.Dataset, Flow: f}
}

// at lists the edges around a table at a moment, as "up > down".
func (e *estate) at(t *testing.T, name string, at time.Time) (out []string) {
	t.Helper()
	tr, err := e.graph.Trace(system(), lineage.Request{Root: dataset(name), Direction: lineage.Both, Which: lineage.Which{AsOf: at}})
	if err != nil {
		t.Fatalf("Trace: %v", err)
	}
	for _, x := range tr.Edges {
		out = append(out, short(x.Up)+" > "+short(x.Down))
	}
	slices.Sort(out)
	return out
}

func (e *estate) sync(t *testing.T) {
	t.Helper()
	for range 2 { // a second pass changes nothing
		if err := e.graph.Sync(system()); err != nil {
			t.Fatal(err)
		}
	}
}

// moved tells of a table that is made from other tables every ten days.
func moved(t *testing.T) *estate {
	e := newEstate(t, shop)
	for i, ups := range [][]string{{"raw.orders"}, {"raw.orders", "raw.refunds"}, {"raw.refunds"}} {
		e.clock(day(10 * i))
		e.apply(t, catalog.Import, made("mart.daily", ups...))
		e.sync(t)
	}
	return e
}

func TestTheGraphOfAMomentIsAsItWas(t *testing.T) {
	e := moved(t)
	for n, want := range map[int][]string{
		5:  {"raw.orders > mart.daily"},
		15: {"raw.orders > mart.daily", "raw.refunds > mart.daily"},
		25: {"raw.refunds > mart.daily"},
	} {
		if diff := cmp.Diff(want, e.at(t, "mart.daily", day(n))); diff != "" {
			t.Errorf("after %d days (-want +got):\n%s", n, diff)
		}
	}
	if got := e.at(t, "mart.daily", day(-5)); len(got) > 0 {
		t.Errorf("before anybody told of it: got %v want nothing", got)
	}
	if diff := cmp.Diff(e.edges(t, "mart.daily"), e.at(t, "mart.daily", day(21))); diff != "" {
		t.Errorf("now and at this moment (-now +moment):\n%s", diff)
	}
}

func TestADifferenceNamesWhatCameAndWent(t *testing.T) {
	e := moved(t)
	d, err := e.graph.Diff(system(), dataset("mart.daily"), day(5), day(25), 10)
	if err != nil || d.Total != 2 {
		t.Fatalf("Diff: got %+v, %v want two", d, err)
	}
	got := map[string]string{}
	for _, x := range d.List {
		got[short(x.Up)] = x.Kind
		if !slices.Equal(x.By, []urn.URN{dataset("mart.daily")}) {
			t.Errorf("%s %s: got by %v want the table's own word", x.Kind, x.Up, x.By)
		}
	}
	if diff := cmp.Diff(map[string]string{"raw.orders": lineage.Removed, "raw.refunds": lineage.Added}, got); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}
	if _, err := e.graph.Diff(system(), "", day(5), day(5), 10); !errors.Is(err, fault.Invalid) {
		t.Errorf("no time between: got %v want Invalid", err)
	}
}

func TestWhatIsRemovedKeepsItsPast(t *testing.T) {
	e := newEstate(t, shop)
	view := catalog.Asset{
		URN: dataset("mart.v"), Type: catalog.Dataset, Schema: &catalog.Schema{Columns: []catalog.Column{{Name: "n"}}},
		Definition: &catalog.Definition{SQL: `select net as n from mart.sales`, Dialect: "postgres", DefaultDB: "dwh"},
	}
	e.apply(t, catalog.BySource("dwh"), view)
	e.sync(t)
	e.clock(day(10))
	view.Definition, view.Schema, view.Status = nil, nil, &catalog.Status{Removed: day(10)}
	e.apply(t, catalog.BySource("dwh"), view)
	e.sync(t)
	if got := e.edges(t, "mart.sales"); len(got) > 0 {
		t.Errorf("now: got %v want nothing", got)
	}
	if diff := cmp.Diff([]string{"mart.sales > mart.v"}, e.at(t, "mart.sales", day(5))); diff != "" {
		t.Errorf("while it was there (-want +got):\n%s", diff)
	}
}

// logged is the edge into mart.sales that a log told of.
func (e *estate) logged(t *testing.T) (lineage.Edge, bool) {
	t.Helper()
	tr, err := e.graph.Trace(system(), lineage.Request{Root: dataset("mart.sales"), Direction: lineage.Up})
	if err != nil {
		t.Fatal(err)
	}
	if len(tr.Edges) == 0 {
		return lineage.Edge{}, false
	}
	return tr.Edges[0], true
}

// logs lets the log be read on some days, with another statement on each.
func (e *estate) logs(t *testing.T, from, to int) {
	t.Helper()
	e.clock(day(to))
	var list []catalog.Statement
	for n := from; n < to; n++ {
		list = append(list, catalog.Statement{SQL: `select amount from raw.refunds`, Time: day(n)})
	}
	e.ran(t, list...)
}

func TestEdgesAgeOnDaysOnWhichTheLogWasRead(t *testing.T) {
	e := newEstate(t, shop)
	insert := catalog.Statement{SQL: `insert into mart.sales (id) select id from raw.orders`, Time: now}
	e.ran(t, insert)
	e.clock(day(300)) // nobody read the log since
	if err := e.graph.Signals(system()); err != nil {
		t.Fatal(err)
	}
	if x, ok := e.logged(t); !ok || x.Stale {
		t.Errorf("after an outage: got %+v, %v want an edge that is not stale", x, ok)
	}
	e.logs(t, 300, 391)
	if x, ok := e.logged(t); !ok || !x.Stale {
		t.Errorf("after 90 days with a log: got %+v, %v want it stale", x, ok)
	}
	list, total, err := e.graph.Impact(system(), dataset("raw.orders"), "", lineage.Gone, 0, 10)
	if err != nil || total != 0 {
		t.Errorf("impact: got %v, %v want it without stale edges", list, err)
	}
	e.logs(t, 391, 702)
	if x, ok := e.logged(t); ok {
		t.Errorf("after 400 days with a log: got %+v want no edge", x)
	}
	if got := e.at(t, "mart.sales", day(-1)); len(got) > 0 {
		t.Errorf("before it ran: got %v", got)
	}
	insert.Time = day(701)
	e.clock(day(703))
	e.ran(t, insert)
	if x, ok := e.logged(t); !ok || x.Stale {
		t.Errorf("when it runs again: got %+v, %v want a fresh edge", x, ok)
	}
}

func TestTheDaysOfAgeingAreSettings(t *testing.T) {
	e := newEstate(t, shop)
	e.graph.StaleDays, e.graph.ClosedDays = 3, 6
	e.ran(t, catalog.Statement{SQL: `insert into mart.sales (id) select id from raw.orders`, Time: now})
	e.logs(t, 1, 5)
	if x, ok := e.logged(t); !ok || !x.Stale {
		t.Errorf("after four days with a log: got %+v, %v want it stale", x, ok)
	}
	e.logs(t, 5, 9)
	if x, ok := e.logged(t); ok {
		t.Errorf("after eight: got %+v want no edge", x)
	}
}

func as(user string, roles ...access.Role) context.Context {
	return access.With(context.Background(), access.Caller{User: user, Roles: roles})
}

func TestAPersonCanRefuteAnEdgeAndTakeItBack(t *testing.T) {
	e := newEstate(t, shop)
	e.apply(t, catalog.Import, made("mart.sales", "raw.orders"), made("mart.daily", "mart.sales"))
	e.sync(t)
	ctx, up, down := as("ana", access.Steward), dataset("raw.orders"), dataset("mart.sales")
	if err := e.graph.Refute(as("vic", access.Viewer), up, down, "no"); !errors.Is(err, fault.Denied) {
		t.Errorf("a viewer: got %v want Denied", err)
	}
	if err := e.graph.Refute(ctx, down, up, "the wrong way"); !errors.Is(err, fault.NotFound) {
		t.Errorf("where there is no edge: got %v want NotFound", err)
	}
	if err := e.graph.Refute(ctx, up, down, "only its name is read"); err != nil {
		t.Fatal(err)
	}
	e.apply(t, catalog.Import, made("mart.sales", "raw.orders", "raw.refunds")) // it survives what sources say anew
	e.sync(t)
	if diff := cmp.Diff([]string{"mart.sales > mart.daily", "raw.refunds > mart.sales"}, e.edges(t, "mart.sales")); diff != "" {
		t.Errorf("refuted (-want +got):\n%s", diff)
	}
	tr, err := e.graph.Trace(system(), lineage.Request{Root: up, Direction: lineage.Down, Which: lineage.Which{Refuted: true}})
	if err != nil || len(tr.Edges) != 2 || !tr.Edges[1].Refuted || !slices.Equal(tr.Edges[1].Origins, []lineage.Origin{lineage.FromImport}) {
		t.Errorf("asked for: got %+v, %v want it marked, and its origin the import", tr.Edges, err)
	}
	if err := e.graph.Withdraw(ctx, up, down); err != nil {
		t.Fatal(err)
	}
	e.sync(t)
	if got := e.edges(t, "mart.sales"); !slices.Contains(got, "raw.orders > mart.sales") {
		t.Errorf("taken back: got %v want the edge again", got)
	}
}

func TestWhatACompleteSourceLacksIsDisputed(t *testing.T) {
	e := newEstate(t, shop)
	told := made("mart.sales", "raw.orders")
	told.Flow.Complete = true
	e.apply(t, catalog.BySource("dwh"), told)
	e.ran(t, sql(`insert into mart.sales (id) select o.id from raw.orders o join raw.refunds r on r.order_id = o.id`))
	tr, err := e.graph.Trace(system(), lineage.Request{Root: dataset("mart.sales"), Direction: lineage.Up})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, x := range tr.Edges {
		got[short(x.Up)] = x.Disputed
	}
	if diff := cmp.Diff(map[string]bool{"raw.orders": false, "raw.refunds": true}, got); diff != "" {
		t.Errorf("disputed (-want +got):\n%s", diff)
	}
}

func TestWhatMayNotBeSeenHasNoName(t *testing.T) {
	e := newEstate(t, shop)
	hidden := urn.Source("secret-recipe")
	e.apply(t, catalog.Import, catalog.Asset{URN: hidden, Type: catalog.Source, Profile: &catalog.Profile{Name: "secret"}})
	raw := made("raw.orders")
	raw.Flow.Inputs = []urn.URN{hidden}
	job := catalog.Asset{URN: urn.Job(urn.Flow("airflow", "nightly", ""), "copy"), Type: catalog.Job, Flow: &catalog.DataFlow{Inputs: []urn.URN{dataset("raw.refunds")}, Outputs: []urn.URN{hidden}}}
	e.apply(t, catalog.Import, job, raw, made("mart.sales", "raw.orders"))
	e.sync(t)
	ctx := as("vic", access.Viewer)
	tr, err := e.graph.Trace(ctx, lineage.Request{Root: dataset("mart.sales"), Direction: lineage.Up, Columns: true})
	if err != nil || len(tr.Nodes) != 4 || len(tr.Edges) != 3 {
		t.Fatalf("trace: got %+v, %v want four assets, one without a name", tr, err)
	}
	p, err := e.graph.Path(ctx, lineage.Between{From: dataset("raw.refunds"), To: dataset("mart.sales")})
	if err != nil || len(p.Nodes) != 4 {
		t.Fatalf("path: got %+v, %v want a way of four assets", p, err)
	}
	for _, n := range append(tr.Nodes, p.Nodes...) {
		if n.URN == hidden {
			t.Errorf("got the name of %s", n.URN)
		}
	}
	for _, x := range append(tr.Edges, p.Edges...) {
		if x.Up == hidden || x.Down == hidden || slices.Contains(x.By, hidden) {
			t.Errorf("edge: got %+v with the name of what may not be seen", x)
		}
	}
	d, err := e.graph.Diff(ctx, "", day(-1), day(1), 10)
	if err != nil || d.Total != 3 || d.Hidden != 2 || len(d.List) != 1 {
		t.Errorf("difference: got %+v, %v want three, two of them hidden", d, err)
	}
	if _, err := e.graph.Trace(ctx, lineage.Request{Root: hidden}); !errors.Is(err, fault.NotFound) {
		t.Errorf("trace of it: got %v want NotFound", err)
	}
}
