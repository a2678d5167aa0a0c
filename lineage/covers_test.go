package lineage_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// covered says that a crawl saw every table of the warehouse.
func (e *estate) covered(t *testing.T, v catalog.Coverage) {
	t.Helper()
	v.Source, v.Scope, v.Platform, v.Prefix, v.Exact = "dwh", "dwh", "postgres", "dwh.", true
	if err := e.cat.SetCoverage(system(), v); err != nil {
		t.Fatal(err)
	}
}

// datasets lists all datasets, those that nobody crawled in parentheses.
func (e *estate) datasets(t *testing.T) (out []string) {
	t.Helper()
	for a, err := range e.cat.List(system(), catalog.Filter{Types: []catalog.Type{catalog.Dataset}}) {
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(a.URN.Name(), "dwh.")
		if a.Status != nil && a.Status.Stub {
			name = "(" + name + ")"
			if a.Subtype() != catalog.NotCrawled {
				t.Errorf("%s: subtype %q", name, a.Subtype())
			}
			if a.Status.LeftOut {
				name += " left out"
			}
		}
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

var events = map[string][]string{"app.events": {"id", "day", "amount"}, "app.orders": {"id", "amount"}, "app.Orders": {"id", "Amount"}, "public.sums": {"id", "amount"}}

var real = []string{"app.Orders", "app.events", "app.orders", "public.sums"}

// stray are statements as clients of a PostgreSQL run them, with names that are no tables.
var stray = []catalog.Statement{
	sql(`select c.relname from pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace`),
	sql(`select column_name from information_schema.columns where table_name = $1`),
	sql(`select last_value, is_called from app.events_id_seq`),
	sql(`create temporary table scratch as select id from app.orders`),
	sql(`drop table if exists public.gone`),
	sql(`insert into public.gone select id from app.orders`),
	sql(`select query from pg_stat_statements`),
	sql(`copy app.events_2026 from stdin`),
}

var parts = map[string]string{"dwh.app.events_2026": "dwh.app.events", "dwh.app.events_2026_0": "dwh.app.events"}

func TestACrawledSourceHasNoTablesButThoseThatWereCrawled(t *testing.T) {
	e := newEstate(t, events)
	e.covered(t, catalog.Coverage{Parts: parts})
	e.ran(t, stray...)
	if diff := cmp.Diff(real, e.datasets(t)); diff != "" {
		t.Errorf("datasets (-want +got):\n%s", diff)
	}
}

func TestStubsGoWhenTheirSourceIsCrawled(t *testing.T) {
	e := newEstate(t, events)
	e.ran(t, append(stray, sql(`insert into public.sums select id, amount from app.events_2026_0`))...)
	if n := len(e.datasets(t)); n <= len(real) {
		t.Fatalf("got %d datasets, want stubs while the source is not known whole", n)
	}
	e.covered(t, catalog.Coverage{Parts: parts})
	e.ran(t)
	if diff := cmp.Diff(real, e.datasets(t)); diff != "" {
		t.Errorf("datasets (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"app.events > public.sums"}, e.edges(t, "public.sums")); diff != "" {
		t.Errorf("edges (-want +got):\n%s", diff)
	}
}

func TestAPartitionIsPartOfItsTable(t *testing.T) {
	e := newEstate(t, events)
	e.covered(t, catalog.Coverage{Parts: parts})
	e.ran(t, sql(`insert into public.sums (id, amount) select id, amount from app.events_2026`))
	if diff := cmp.Diff([]string{"app.events > public.sums"}, e.edges(t, "public.sums")); diff != "" {
		t.Errorf("edges (-want +got):\n%s", diff)
	}
	if users := e.graph.Users(dataset("app.events")); len(users) != 1 || users[0].Queries != 1 {
		t.Errorf("users of the table: got %+v, want the one who read its partition", users)
	}
}

func TestATableThatARecipeLeavesOutIsAStubThatSaysSo(t *testing.T) {
	e := newEstate(t, events)
	e.covered(t, catalog.Coverage{LeftOut: []string{"dwh.tmp.work"}})
	e.ran(t, sql(`insert into tmp.work select id from app.orders`), sql(`insert into tmp.other select id from app.orders`))
	if diff := cmp.Diff(append([]string{"(tmp.work) left out"}, real...), e.datasets(t)); diff != "" {
		t.Errorf("datasets (-want +got):\n%s", diff)
	}
}

func TestWhatTheCredentialMayNotSeeIsAStub(t *testing.T) {
	e := newEstate(t, events)
	e.covered(t, catalog.Coverage{Partial: true})
	e.ran(t, sql(`select a from secret.salaries`), sql(`select 1 from pg_class`))
	if diff := cmp.Diff(append([]string{"(secret.salaries)"}, real...), e.datasets(t)); diff != "" {
		t.Errorf("datasets (-want +got):\n%s", diff)
	}
}

func TestATableThatIsCrawledLaterGetsWhatWasSaidOfIt(t *testing.T) {
	e := newEstate(t, events)
	e.covered(t, catalog.Coverage{})
	e.ran(t, sql(`insert into app.fresh (id) select id from app.orders`))
	if got := e.edges(t, "app.orders"); len(got) > 0 {
		t.Fatalf("edges to what is not there: %v", got)
	}
	e.apply(t, catalog.BySource("dwh"), catalog.Asset{URN: dataset("app.fresh"), Type: catalog.Dataset, Profile: &catalog.Profile{Subtype: "table"},
		Schema: &catalog.Schema{Columns: []catalog.Column{{Name: "id", Type: "int"}}}})
	e.ran(t)
	if diff := cmp.Diff([]string{"app.orders > app.fresh"}, e.edges(t, "app.fresh")); diff != "" {
		t.Errorf("edges (-want +got):\n%s", diff)
	}
}

func TestNamesThatDifferInLetterCaseAreTwoTables(t *testing.T) {
	e := newEstate(t, events)
	view := func(name, text string) catalog.Asset {
		return catalog.Asset{URN: dataset(name), Type: catalog.Dataset, Definition: &catalog.Definition{SQL: text, Dialect: "postgres", DefaultDB: "dwh", DefaultSchema: "app"}}
	}
	e.apply(t, catalog.BySource("dwh"), view("app.v1", `select "Amount" as x from app."Orders"`), view("app.v2", `select amount as x from app.orders`))
	e.ran(t, sql(`insert into public.sums (id) select id from app."Orders"`))
	for name, want := range map[string][]string{"app.v1": {"app.Orders > app.v1"}, "app.v2": {"app.orders > app.v2"}, "public.sums": {"app.Orders > public.sums"}} {
		got := slices.DeleteFunc(e.edges(t, name), func(x string) bool { return !strings.HasSuffix(x, name) })
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestAnEngineThatMindsLetterCaseFindsNoOtherTable(t *testing.T) {
	e := newEstate(t, map[string][]string{"app.Orders": {"id"}, "app.copy": {"id"}})
	e.covered(t, catalog.Coverage{})
	e.ran(t, sql(`insert into app.copy select id from app.orders`))
	if got := e.edges(t, "app.copy"); len(got) > 0 {
		t.Errorf("edges: got %v, want none: app.orders is not app.Orders", got)
	}
}

func TestPartsOfNamesThatHoldDotsAreApart(t *testing.T) {
	e := newEstate(t, map[string][]string{`odd."sub.t"`: {"a"}, `"odd.sub".t`: {"b"}, "public.out": {"a", "b"}})
	e.covered(t, catalog.Coverage{})
	e.ran(t, sql(`insert into public.out (a) select a from odd."sub.t"`), sql(`insert into public.out (b) select x.b from "odd.sub".t x`))
	if diff := cmp.Diff([]string{`"odd.sub".t > public.out`, `odd."sub.t" > public.out`}, e.edges(t, "public.out")); diff != "" {
		t.Errorf("edges (-want +got):\n%s", diff)
	}
	for _, name := range []string{`odd."sub.t"`, `"odd.sub".t`} {
		if users := e.graph.Users(dataset(name)); len(users) != 1 || users[0].Queries != 1 {
			t.Errorf("users of %s: got %+v, want one", name, users)
		}
	}
}

func TestAViewOverAFunctionHasTheSourcesOfTheFunction(t *testing.T) {
	e := newEstate(t, map[string][]string{"app.users": {"id", "mail"}})
	e.covered(t, catalog.Coverage{Functions: map[string]catalog.Function{
		"dwh.app.tf": {Head: "create function app.tf(k integer) returns TABLE(id integer, m text)", Body: " select u.id, u.mail from app.users u where u.id > k "}}})
	e.apply(t, catalog.BySource("dwh"), catalog.Asset{URN: dataset("app.v_tf"), Type: catalog.Dataset,
		Schema:     &catalog.Schema{Columns: []catalog.Column{{Name: "id"}, {Name: "m"}}},
		Definition: &catalog.Definition{SQL: "SELECT t.id,\n    t.m\n   FROM app.tf(3) t(id, m);", Dialect: "postgres", DefaultDB: "dwh", DefaultSchema: "app"}})
	e.ran(t)
	if diff := cmp.Diff([]string{"app.users > app.v_tf"}, e.edges(t, "app.v_tf")); diff != "" {
		t.Errorf("edges (-want +got):\n%s", diff)
	}
	derived, err := e.graph.Derived(system(), []catalog.ColumnRef{{Dataset: dataset("app.users"), Column: "mail"}})
	if err != nil || len(derived) != 1 || derived[0].Column != (catalog.ColumnRef{Dataset: dataset("app.v_tf"), Column: "m"}) {
		t.Errorf("derived from mail: got %+v, %v", derived, err)
	}
}

func TestATableInAnotherSchemaOfTheSearchPath(t *testing.T) {
	e := newEstate(t, events)
	e.covered(t, catalog.Coverage{})
	e.ran(t, sql(`insert into sums (id) select id from events`), sql(`select id from public.events`), sql(`select id from orders`))
	if diff := cmp.Diff([]string{"app.events > public.sums"}, e.edges(t, "public.sums")); diff != "" {
		t.Errorf("edges (-want +got):\n%s", diff)
	}
	if users := e.graph.Users(dataset("app.events")); len(users) != 1 || users[0].Queries != 1 {
		t.Errorf("users of app.events: got %+v, want those of events alone: public.events is another", users)
	}
}

func TestAStatementWhoseDatabaseTheLogDoesNotTell(t *testing.T) {
	e := newEstate(t, nil)
	for _, name := range []string{"shop.orders", "shop.sums", "shop.twice", "crm.twice"} {
		e.apply(t, catalog.BySource("maria"), catalog.Asset{URN: urn.Dataset("mariadb", name, ""), Type: catalog.Dataset, Profile: &catalog.Profile{Subtype: "table"},
			Schema: &catalog.Schema{Columns: []catalog.Column{{Name: "id"}}}})
	}
	for _, db := range []string{"shop", "crm"} {
		if err := e.cat.SetCoverage(system(), catalog.Coverage{Source: "maria", Scope: db, Platform: "mariadb", Prefix: db + ".", Exact: true}); err != nil {
			t.Fatal(err)
		}
	}
	o, err := e.graph.Observe(system(), catalog.Log{Source: "maria", Reader: "maria", Platform: "mariadb", Dialect: "mariadb"})
	if err != nil {
		t.Fatal(err)
	}
	var list []catalog.Statement
	for _, text := range []string{"insert into sums select id from orders", "select id from twice", "select id from nowhere", "select 1 from mysql.user"} {
		list = append(list, catalog.Statement{SQL: text, Status: "ok", Time: now, User: "ana"})
	}
	if err := o.Add(system(), list); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Close(system()); err != nil {
		t.Fatal(err)
	}
	e.ran(t)
	if diff := cmp.Diff([]string{"crm.twice", "shop.orders", "shop.sums", "shop.twice"}, e.datasets(t)); diff != "" {
		t.Errorf("datasets (-want +got):\n%s", diff)
	}
	if users := e.graph.Users(urn.Dataset("mariadb", "shop.orders", "")); len(users) != 1 {
		t.Errorf("users of orders: got %+v, want one", users)
	}
}
