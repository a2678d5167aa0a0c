package crawltest

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/urn"
	"waymark/crawler"
)

// Run runs the whole suite. Each test is given a system of its own.
func Run(t *testing.T, fresh func(t *testing.T) System) {
	tests := []struct {
		name string
		run  func(*testing.T, System)
	}{
		{"Describes", describes},
		{"HostileNames", hostileNames},
		{"ManyColumns", manyColumns},
		{"Empty", empty},
		{"Unchanged", unchanged},
		{"Thrice", thrice},
		{"HalfWay", halfWay},
		{"PermissionLost", permissionLost},
		{"Dropped", dropped},
		{"Unreachable", unreachable},
		{"UnknownKey", unknownKey},
		{"Matches", matches},
		{"HostileValues", hostileValues},
		{"Sample", sample},
		{"Erase", erase},
		{"EraseCells", eraseCells},
		{"EraseAllOrNothing", eraseAllOrNothing},
		{"EraseRefused", eraseRefused},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { tt.run(t, fresh(t)) })
	}
}

func bench(t *testing.T, s System) *Bench {
	return NewBench(t, map[string]crawler.Opener{s.Type: s.Open})
}

// shop makes two tables with a key between them and a view.
func shop(t *testing.T, s System) {
	t.Helper()
	q := s.Quote
	s.Exec(t, "create table "+q("customers")+" ("+q("id")+" integer not null primary key, "+q("email")+" varchar(200), "+q("name")+" varchar(200) not null)")
	s.Exec(t, "create table "+q("orders")+" ("+q("id")+" integer not null primary key, "+q("customer_id")+" integer, "+q("note")+" text, foreign key ("+
		q("customer_id")+") references "+q("customers")+" ("+q("id")+"))")
	s.Exec(t, "create view "+q("buyers")+" as select c."+q("email")+" from "+q("customers")+" c join "+q("orders")+" o on o."+q("customer_id")+" = c."+q("id"))
}

func describes(t *testing.T, s System) {
	shop(t, s)
	b := bench(t, s)
	report := b.Crawl(t, s.Recipe, crawler.OK)
	if report.Created != 3 || report.Failed != 0 {
		t.Errorf("got %d created and %d failed, want 3 and 0", report.Created, report.Failed)
	}
	live := b.Live(t)
	orders := live[s.URN("orders")]
	if orders.Schema == nil {
		t.Fatalf("orders was not crawled; got %d datasets", len(live))
	}
	var names []string
	for _, c := range orders.Schema.Columns {
		names = append(names, c.Name)
	}
	if diff := cmp.Diff([]string{"id", "customer_id", "note"}, names); diff != "" {
		t.Errorf("columns of orders (-want +got):\n%s", diff)
	}
	id, ref := orders.Schema.Columns[0], orders.Schema.Columns[1]
	if !id.PrimaryKey || !id.Required || ref.PrimaryKey || ref.Required {
		t.Errorf("got keys %+v and %+v", id, ref)
	}
	want := catalog.ColumnRef{Dataset: s.URN("customers"), Column: "id"}
	if ref.References == nil || *ref.References != want {
		t.Errorf("reference of customer_id: got %+v, want %+v", ref.References, want)
	}
	if k := orders.Schema.ForeignKeys; len(k) != 1 || k[0].To != want.Dataset || !slices.Equal(k[0].Columns, []string{"customer_id"}) {
		t.Errorf("got foreign keys %+v", k)
	}
	if d := live[s.URN("buyers")].Definition; d == nil || !strings.Contains(d.SQL, "customers") {
		t.Errorf("definition of the view: got %+v", d)
	}
	relations, err := b.Runner.Relations(b.Ctx, "suite")
	if err != nil || len(relations) != 1 || relations[0].To != want || !relations[0].Nullable {
		t.Errorf("relations: got %+v, %v", relations, err)
	}
}

// hostile are names that break what joins, quotes or prints them carelessly.
func hostile(s System) []string {
	long := strings.Repeat("x", s.NameLimit)
	return []string{`a"; drop table x; --`, "a`b", "a.b", "a,b(c)", "new\nline", "매출", `back\slash`, "per%cent", "sel'ect", long}
}

func hostileNames(t *testing.T, s System) {
	for _, name := range hostile(s) {
		s.Exec(t, "create table "+s.Quote(name)+" ("+s.Quote(name)+" integer, "+s.Quote("v")+" varchar(20))")
		s.Exec(t, "insert into "+s.Quote(name)+" values (17, 'here')")
	}
	b := bench(t, s)
	b.Crawl(t, s.Recipe, crawler.OK)
	live := b.Live(t)
	for _, name := range hostile(s) {
		a, ok := live[s.URN(name)]
		if !ok {
			t.Errorf("table %q is not in the catalog", name)
			continue
		}
		if a.Schema.Columns[0].Name != name {
			t.Errorf("column: got %q, want %q", a.Schema.Columns[0].Name, name)
		}
		rows := catalog.Rows{Dataset: a.URN, Column: name, How: catalog.Exact, Values: []string{"17"}}
		if n, err := b.Runner.Count(b.Ctx, []catalog.Rows{rows}); err != nil || n != 1 {
			t.Errorf("rows of %q: got %d, %v, want 1", name, n, err)
		}
	}
}

func manyColumns(t *testing.T, s System) {
	var list []string
	for i := range s.Columns {
		list = append(list, fmt.Sprintf("c%d integer", i))
	}
	s.Exec(t, "create table wide ("+strings.Join(list, ", ")+")")
	b := bench(t, s)
	b.Crawl(t, s.Recipe, crawler.OK)
	if got := len(b.Live(t)[s.URN("wide")].Schema.Columns); got != s.Columns {
		t.Errorf("columns: got %d, want %d", got, s.Columns)
	}
}

func empty(t *testing.T, s System) {
	b := bench(t, s)
	report := b.Crawl(t, s.Recipe, crawler.OK)
	if report.Created != 0 || len(b.Live(t)) != 0 {
		t.Errorf("got %d created, want 0", report.Created)
	}
}

func unchanged(t *testing.T, s System) {
	shop(t, s)
	b := bench(t, s)
	b.Crawl(t, s.Recipe, crawler.OK)
	before, _ := b.Catalog.Head(b.Ctx)
	report := b.Crawl(t, s.Recipe, crawler.OK)
	after, _ := b.Catalog.Head(b.Ctx)
	if report.Unchanged != 3 || report.Created+report.Changed+report.Gone != 0 || before != after {
		t.Errorf("second crawl: got %+v and head %d after %d, want 3 unchanged", report, after, before)
	}
	s.Exec(t, "alter table "+s.Quote("orders")+" add column extra integer")
	if report = b.Crawl(t, s.Recipe, crawler.OK); report.Changed != 1 || report.Unchanged != 2 {
		t.Errorf("after a new column: got %d changed, %d unchanged, want 1 and 2", report.Changed, report.Unchanged)
	}
}

func halfWay(t *testing.T, s System) {
	shop(t, s)
	b := bench(t, s)
	b.Crawl(t, s.Recipe, crawler.OK)
	for after := range 3 {
		cut := NewRunner(b, map[string]crawler.Opener{s.Type: Broken(s.Open, after)})
		r, err := crawler.ParseRecipe([]byte(s.Recipe))
		if err != nil {
			t.Fatal(err)
		}
		report, err := cut.Crawl(b.Ctx, r, crawler.Options{Approve: true})
		if err != nil || report.State != crawler.Partial || report.Gone != 0 {
			t.Errorf("cut after %d: got %s, %d gone, %v, want partial and none gone", after, report.State, report.Gone, err)
		}
		if got := len(b.Live(t)); got != 3 {
			t.Errorf("cut after %d: %d datasets live, want 3", after, got)
		}
	}
}

func permissionLost(t *testing.T, s System) {
	if s.Lose == nil {
		return // this system has no rights that can be lost without an error
	}
	shop(t, s)
	b := bench(t, s)
	b.Crawl(t, s.Recipe, crawler.OK)
	s.Lose(t)
	r, err := crawler.ParseRecipe([]byte(s.Recipe))
	if err != nil {
		t.Fatal(err)
	}
	report, err := b.Runner.Crawl(b.Ctx, r, crawler.Options{})
	if report.Gone != 0 || len(b.Live(t)) != 3 {
		t.Errorf("got %d gone and %d live, want 0 and 3 (%v, %+v)", report.Gone, len(b.Live(t)), err, report.Problems)
	}
	if len(report.Problems) == 0 {
		t.Error("the report does not say that something was lost")
	}
}

func dropped(t *testing.T, s System) {
	shop(t, s)
	s.Exec(t, "create table spare (id integer)")
	b := bench(t, s)
	b.Crawl(t, s.Recipe, crawler.OK)
	s.Exec(t, "drop table spare")
	if report := b.Crawl(t, s.Recipe, crawler.OK); report.Gone != 1 {
		t.Errorf("one table dropped: got %d gone, want 1", report.Gone)
	}
	for _, sql := range []string{"drop view " + s.Quote("buyers"), "drop table " + s.Quote("orders"), "drop table " + s.Quote("customers")} {
		s.Exec(t, sql)
	}
	report := b.Crawl(t, s.Recipe, crawler.NeedsApproval)
	if report.Gone != 0 || len(b.Live(t)) != 3 {
		t.Errorf("everything dropped: got %d gone and %d live, want 0 and 3", report.Gone, len(b.Live(t)))
	}
	*b.Clock = b.Clock.Add(25 * time.Hour)
	r, err := crawler.ParseRecipe([]byte(s.Recipe))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Runner.Crawl(b.Ctx, r, crawler.Options{Approve: true}); err != nil || len(b.Live(t)) != 0 {
		t.Errorf("approved: got %d live, %v, want 0", len(b.Live(t)), err)
	}
}

func unreachable(t *testing.T, s System) {
	b := bench(t, s)
	r, err := crawler.ParseRecipe([]byte(s.Unreachable))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(b.Ctx, 30*time.Second)
	defer cancel()
	report, err := b.Runner.Crawl(ctx, r, crawler.Options{})
	oneLine(t, err, r.Name)
	if report.State != crawler.Failed || len(report.Problems) != 1 || report.Phases[0].State != crawler.Failed {
		t.Errorf("got report %+v, want failed at connect", report)
	}
}

func unknownKey(t *testing.T, s System) {
	b := bench(t, s)
	text := strings.Replace(s.Recipe, "  config:\n", "  config:\n    colour: red\n", 1)
	r, err := crawler.ParseRecipe([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.Runner.Open(b.Ctx, r)
	line := slices.IndexFunc(strings.Split(text, "\n"), func(l string) bool { return strings.Contains(l, "colour") }) + 1
	oneLine(t, err, "colour", fmt.Sprintf("line %d", line), "suite")
}

// NewRunner makes a second runner over the catalog of b.
func NewRunner(b *Bench, openers map[string]crawler.Opener) *crawler.Runner {
	return crawler.New(b.Catalog, openers, crawler.Hooks{Observe: b.Log.Open, Redact: func(_, sql string) string { return sql }, Marks: Marks{}}, slog.New(slog.DiscardHandler))
}

func rows(u urn.URN, column string, how catalog.How, values ...string) catalog.Rows {
	return catalog.Rows{Dataset: u, Column: column, How: how, Values: values}
}
