package lineage_test

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/kv"
	"waymark/catalog/kv/memkv"
	"waymark/catalog/urn"
	"waymark/lineage"
)

var now = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// estate is a catalog with the tables of a small warehouse and its graph.
type estate struct {
	cat   *catalog.Catalog
	graph *lineage.Graph
	store kv.Store
	log   *slog.Logger
}

func system() context.Context { return access.With(context.Background(), access.System("test")) }

func newEstate(t *testing.T, tables map[string][]string) *estate {
	t.Helper()
	store, log := memkv.New(), slog.New(slog.DiscardHandler)
	t.Cleanup(func() { store.Close() })
	e := &estate{cat: catalog.New(store, access.New(store, log), log), store: store, log: log}
	e.cat.Now = func() time.Time { return now }
	e.graph = lineage.New(e.cat, store, log)
	e.graph.Now = e.cat.Now
	var list []catalog.Asset
	for name, columns := range tables {
		a := catalog.Asset{URN: dataset(name), Type: catalog.Dataset, Profile: &catalog.Profile{Subtype: "table"}, Schema: &catalog.Schema{}}
		for _, c := range columns {
			a.Schema.Columns = append(a.Schema.Columns, catalog.Column{Name: c, Type: "text"})
		}
		list = append(list, a)
	}
	e.apply(t, catalog.BySource("dwh"), list...)
	return e
}

func dataset(name string) urn.URN { return urn.Dataset("postgres", "dwh."+name, "") }

func (e *estate) apply(t *testing.T, author catalog.Author, list ...catalog.Asset) {
	t.Helper()
	if _, err := e.cat.Apply(system(), catalog.Batch{Author: author, Assets: list}); err != nil {
		t.Fatalf("Apply: %v", err)
	}
}

// ran reads statements as a query log would, and brings the graph level.
func (e *estate) ran(t *testing.T, statements ...catalog.Statement) catalog.Understood {
	t.Helper()
	o, err := e.graph.Observe(system(), catalog.Log{Source: "dwh", Reader: "log", Platform: "postgres", Dialect: "postgres", DefaultDB: "dwh", DefaultSchema: "public"})
	if err != nil {
		t.Fatalf("Observe: %v", err)
	}
	for i := range statements {
		if statements[i].Time.IsZero() {
			statements[i].Time = now.Add(-time.Hour)
		}
		if statements[i].User == "" {
			statements[i].User = "ana"
		}
	}
	if err := o.Add(system(), statements); err != nil {
		t.Fatalf("Add: %v", err)
	}
	u, err := o.Close(system())
	if err != nil {
		t.Fatalf("Close: %v", err)
	}
	for range 2 { // a second pass changes nothing
		if err := e.graph.Sync(system()); err != nil {
			t.Fatalf("Sync: %v", err)
		}
		if err := e.graph.Signals(system()); err != nil {
			t.Fatalf("Signals: %v", err)
		}
	}
	return u
}

func sql(text string) catalog.Statement { return catalog.Statement{SQL: text} }

// edges lists the edges around a table as "up > down".
func (e *estate) edges(t *testing.T, name string) (out []string) {
	t.Helper()
	tr, err := e.graph.Trace(system(), lineage.Request{Root: dataset(name), Direction: lineage.Both})
	if err != nil {
		t.Fatalf("Trace: %v", err)
	}
	for _, x := range tr.Edges {
		out = append(out, short(x.Up)+" > "+short(x.Down))
	}
	slices.Sort(out)
	return out
}

func short(u urn.URN) string {
	if u.Kind() != urn.KindDataset {
		return u.Name()
	}
	return u.Name()[len("dwh."):]
}

var shop = map[string][]string{
	"raw.orders": {"id", "mail", "amount"}, "raw.refunds": {"order_id", "amount"},
	"mart.sales": {"id", "mail_key", "net"}, "mart.daily": {"day", "net"}, "mart.copy": {"id", "mail", "amount"},
}

func TestEdgesComeFromStatementsThatRan(t *testing.T) {
	e := newEstate(t, shop)
	u := e.ran(t,
		sql(`insert into mart.sales (id, mail_key, net) select o.id, md5(o.mail), o.amount - r.amount from raw.orders o left join raw.refunds r on r.order_id = o.id where o.amount > 100`),
		catalog.Statement{SQL: `insert into mart.daily select '2026-01-01', sum(net) from mart.sales`, Status: "failed"},
		catalog.Statement{SQL: `begin`, Session: "s1"},
		catalog.Statement{SQL: `insert into mart.copy select * from raw.refunds`, Session: "s1"},
		catalog.Statement{SQL: `rollback`, Session: "s1"},
		sql(`select net from mart.sales`),
	)
	if u.Parsed != 4 || u.Failed != 0 || u.Skipped != 2 {
		t.Errorf("understood: got %+v want four parsed: what failed or was rolled back was read too", u)
	}
	want := []string{"raw.orders > mart.sales", "raw.refunds > mart.sales"}
	if diff := cmp.Diff(want, e.edges(t, "mart.sales")); diff != "" {
		t.Errorf("edges (-want +got):\n%s", diff)
	}
}

func TestNoLiteralIsKept(t *testing.T) {
	e := newEstate(t, shop)
	e.ran(t, sql(`insert into mart.copy select id, 'canary@example.org', 4711 from raw.orders where mail = 'canary@example.org'`))
	for a, err := range e.cat.List(system(), catalog.Filter{Types: []catalog.Type{catalog.Query}}) {
		if err != nil {
			t.Fatal(err)
		}
		text := a.Statement.Text
		for _, f := range a.Statement.Columns {
			text += f.Expression
		}
		if slices.ContainsFunc([]string{"canary", "4711"}, func(s string) bool { return contains(text, s) }) {
			t.Errorf("statement: got %q want no literal", text)
		}
	}
}

func contains(s, sub string) bool {
	for i := range len(s) - len(sub) + 1 {
		if s[i:i+len(sub)] == sub {
			return true
		}
	}
	return false
}

func TestTemporaryTablesCollapseInASession(t *testing.T) {
	e := newEstate(t, shop)
	e.ran(t,
		catalog.Statement{SQL: `create temp table work as select id, mail, amount from raw.orders`, Session: "s1"},
		catalog.Statement{SQL: `insert into mart.copy (id, mail, amount) select id, mail, amount from work`, Session: "s1"},
	)
	if diff := cmp.Diff([]string{"raw.orders > mart.copy"}, e.edges(t, "mart.copy")); diff != "" {
		t.Errorf("edges (-want +got):\n%s", diff)
	}
}

func TestViewsAreNodesAndFollowTheirText(t *testing.T) {
	e := newEstate(t, shop)
	view := catalog.Asset{
		URN: dataset("mart.v"), Type: catalog.Dataset, Profile: &catalog.Profile{Subtype: "view"},
		Schema:     &catalog.Schema{Columns: []catalog.Column{{Name: "n"}}},
		Definition: &catalog.Definition{SQL: `select sum(net) as n from mart.sales`, Dialect: "postgres", DefaultDB: "dwh"},
	}
	e.apply(t, catalog.BySource("dwh"), view)
	e.ran(t)
	if diff := cmp.Diff([]string{"mart.sales > mart.v"}, e.edges(t, "mart.v")); diff != "" {
		t.Errorf("edges (-want +got):\n%s", diff)
	}
	tr, err := e.graph.Trace(system(), lineage.Request{Root: view.URN, Column: "n", Direction: lineage.Up})
	if err != nil || len(tr.Pairs) != 1 || tr.Pairs[0].UpColumn != "net" || tr.Pairs[0].Subtype != "AGGREGATION" {
		t.Errorf("column n: got %+v, %v want it aggregated from net", tr.Pairs, err)
	}
	view.Definition = &catalog.Definition{SQL: `select mail as n from raw.orders`, Dialect: "postgres", DefaultDB: "dwh"}
	e.apply(t, catalog.BySource("dwh"), view)
	e.ran(t)
	if diff := cmp.Diff([]string{"raw.orders > mart.v"}, e.edges(t, "mart.v")); diff != "" {
		t.Errorf("edges after a new text (-want +got):\n%s", diff)
	}
}

func TestWhatIsTakenBackLeavesTheGraph(t *testing.T) {
	e := newEstate(t, shop)
	flow := catalog.Asset{URN: dataset("mart.daily"), Type: catalog.Dataset, Flow: &catalog.DataFlow{Inputs: []urn.URN{dataset("raw.orders")}}}
	e.apply(t, catalog.Import, flow)
	e.ran(t)
	if diff := cmp.Diff([]string{"raw.orders > mart.daily"}, e.edges(t, "mart.daily")); diff != "" {
		t.Errorf("declared (-want +got):\n%s", diff)
	}
	flow.Flow = &catalog.DataFlow{}
	e.apply(t, catalog.Import, flow)
	e.ran(t)
	if got := e.edges(t, "mart.daily"); len(got) > 0 {
		t.Errorf("taken back: got %v want no edge", got)
	}
}

func TestDashboardsLendRankToWhatTheyStandOn(t *testing.T) {
	e := newEstate(t, shop)
	chart, board := urn.Chart("tableau", "c"), urn.Dashboard("tableau", "d")
	e.apply(t, catalog.Import,
		catalog.Asset{URN: chart, Type: catalog.Chart, Flow: &catalog.DataFlow{Inputs: []urn.URN{dataset("mart.sales")}}},
		catalog.Asset{URN: board, Type: catalog.Dashboard, Flow: &catalog.DataFlow{Inputs: []urn.URN{chart}}})
	views := catalog.Partition{Source: "import", Start: now.Add(-24 * time.Hour), Assets: map[urn.URN][]catalog.UsageRow{board: {
		{Actor: "ana", Kind: "human", Role: "view", Queries: 3}, {Actor: "ben", Kind: "human", Role: "view", Queries: 1},
	}}}
	if err := e.cat.Record(system(), views); err != nil {
		t.Fatal(err)
	}
	e.ran(t, sql(`insert into mart.sales (id) select id from raw.orders`))
	for name, want := range map[string]int{"mart.sales": 1, "raw.orders": 1, "raw.refunds": 0} {
		a, err := e.cat.Find(system(), dataset(name))
		if err != nil {
			t.Fatal(err)
		}
		got := catalog.ConsumerSignal{}
		if a.Consumers != nil {
			got = *a.Consumers
		}
		if got.Dashboards != want || want > 0 && (got.Viewers != 2 || got.Rank == 0) {
			t.Errorf("%s: got %+v want %d dashboards with their two viewers", name, got, want)
		}
	}
	if got := e.graph.Dashboards(dataset("raw.orders")); !slices.Equal(got, []urn.URN{board}) {
		t.Errorf("dashboards on raw.orders: got %v want %v", got, board)
	}
}

func TestUsageKeepsPeopleAndServicesApart(t *testing.T) {
	e := newEstate(t, shop)
	var log []catalog.Statement
	for d := range 80 {
		at := now.AddDate(0, 0, -d).Add(-time.Hour)
		log = append(log, catalog.Statement{SQL: `select net from mart.sales`, User: "svc_bi", Actor: "service", Time: at, Count: 50})
	}
	log = append(log, catalog.Statement{SQL: `select mail_key from mart.sales where net > 5`, User: "ana"})
	for range 2 { // reading the log again counts nothing twice
		e.ran(t, slices.Clone(log)...)
	}
	a, err := e.cat.Find(system(), dataset("mart.sales"))
	if err != nil || a.Usage == nil {
		t.Fatalf("usage: got %+v, %v want a signal", a.Usage, err)
	}
	u := a.Usage
	if u.People30 != 1 || u.Queries30 != 1 || u.Service30 < 29*50 || u.Service30 > 31*50 || !u.Covered {
		t.Errorf("usage: got %+v want one person with one query, some 1,500 of the service, covered", *u)
	}
	readers, err := e.graph.ColumnReaders(system(), dataset("mart.sales"))
	if diff := cmp.Diff(map[string]int{"mail_key": 1, "net": 1}, readers); diff != "" || err != nil {
		t.Errorf("readers by column, %v (-want +got):\n%s", err, diff)
	}
}

func TestPeopleAreCountedOnceUnderTheirAccount(t *testing.T) {
	e := newEstate(t, shop)
	e.apply(t, catalog.Import,
		catalog.Asset{URN: urn.User("ana"), Type: catalog.User, Person: &catalog.Person{Email: "Ana@example.com"}},
		catalog.Asset{URN: urn.User("loader"), Type: catalog.User, Person: &catalog.Person{Service: true}})
	read := func(user string) catalog.Statement {
		return catalog.Statement{SQL: `select net from mart.sales`, User: user}
	}
	e.ran(t, read("ana"), read("ana@example.com"), read("loader"))
	got := map[string]string{}
	for _, u := range e.graph.Users(dataset("mart.sales")) {
		got[u.Actor] = u.Kind
	}
	if diff := cmp.Diff(map[string]string{"ana": "human", "loader": "service"}, got); diff != "" {
		t.Errorf("users (-want +got):\n%s", diff)
	}
}

func TestDerivedFollowsValuesOnly(t *testing.T) {
	e := newEstate(t, shop)
	e.ran(t,
		sql(`insert into mart.copy (id, mail) select id, mail from raw.orders`),
		sql(`insert into mart.sales (id, mail_key, net) select id, sha256(mail), amount from raw.orders order by mail`),
	)
	list, err := e.graph.Derived(system(), []catalog.ColumnRef{{Dataset: dataset("raw.orders"), Column: "mail"}})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, d := range list {
		got[short(d.Column.Dataset)+"."+d.Column.Column] = d.Masked
	}
	if diff := cmp.Diff(map[string]bool{"mart.copy.mail": false, "mart.sales.mail_key": true}, got); diff != "" {
		t.Errorf("derived columns and whether masked (-want +got):\n%s", diff)
	}
}

func TestLimitsSayWhatTheyCut(t *testing.T) {
	e := newEstate(t, shop)
	e.ran(t, sql(`insert into mart.sales (id) select id from raw.orders`), sql(`insert into mart.daily (net) select net from mart.sales`))
	tr, err := e.graph.Trace(system(), lineage.Request{Root: dataset("raw.orders"), Direction: lineage.Down, Depth: 1})
	if err != nil || len(tr.Nodes) != 2 || !tr.Truncated || tr.More != 1 || tr.Nodes[1].MoreDown != 1 {
		t.Errorf("one step: got %+v, %v want two nodes and one more behind", tr, err)
	}
}

func TestRebuiltFromTheLogItIsTheSame(t *testing.T) {
	e := newEstate(t, shop)
	e.ran(t, sql(`insert into mart.sales (id) select id from raw.orders`), sql(`create table mart.extra as select * from mart.sales`))
	before := e.edges(t, "mart.sales")
	admin := access.With(context.Background(), access.Caller{User: "root", Roles: []access.Role{access.Admin}})
	if err := e.cat.Rewind(admin, "lineage"); err != nil {
		t.Fatal(err)
	}
	e.ran(t)
	if diff := cmp.Diff(before, e.edges(t, "mart.sales")); diff != "" {
		t.Errorf("edges after a rebuild (-before +after):\n%s", diff)
	}
}
