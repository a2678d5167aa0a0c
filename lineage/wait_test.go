package lineage_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/lineage"
)

func (e *estate) level(t *testing.T) {
	t.Helper()
	for range 3 { // what is read again is a change of its own
		if err := e.graph.Sync(system()); err != nil {
			t.Fatalf("Sync: %v", err)
		}
	}
}

// pairsInto lists the column pairs into a table as "up.column > column".
func (e *estate) pairsInto(t *testing.T, name string) (out []string) {
	t.Helper()
	tr, err := e.graph.Trace(system(), lineage.Request{Root: dataset(name), Direction: lineage.Up, Depth: 1, Columns: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range tr.Pairs {
		if p.DownColumn != "" {
			out = append(out, short(p.Up)+"."+p.UpColumn+" > "+p.DownColumn)
		}
	}
	return out
}

func (e *estate) outcomes(t *testing.T) map[string]int {
	t.Helper()
	out := map[string]int{}
	for a, err := range e.cat.List(system(), catalog.Filter{Types: []catalog.Type{catalog.Query}}) {
		if err != nil {
			t.Fatal(err)
		}
		out[a.Statement.Outcome]++
	}
	return out
}

var late = catalog.Asset{URN: dataset("raw.late"), Type: catalog.Dataset, Schema: &catalog.Schema{Columns: []catalog.Column{{Name: "id", Type: "int"}, {Name: "mail", Type: "text"}}}}

func TestASchemaThatArrivesMendsWhatWaited(t *testing.T) {
	e := newEstate(t, shop)
	e.ran(t, sql(`insert into mart.copy select * from raw.late where mail <> 'canary'`), sql(`selct 1`))
	if diff := cmp.Diff(map[string]int{"partial": 1, "failed": 1}, e.outcomes(t)); diff != "" {
		t.Fatalf("outcomes before (-want +got):\n%s", diff)
	}
	e.apply(t, catalog.BySource("dwh"), late)
	e.level(t)
	if diff := cmp.Diff(map[string]int{"parsed": 1, "failed": 1}, e.outcomes(t)); diff != "" {
		t.Errorf("outcomes after (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"raw.late.id > id", "raw.late.mail > mail"}, e.pairsInto(t, "mart.copy")); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
	for a, err := range e.cat.List(system(), catalog.Filter{Types: []catalog.Type{catalog.Query}}) {
		if err != nil || contains(a.Statement.Text, "canary") {
			t.Errorf("statement: got %q, %v want no literal", a.Statement.Text, err)
		}
	}
}

func TestReadingAgainIsQuietWhereNothingMoved(t *testing.T) {
	e := newEstate(t, shop)
	e.ran(t, sql(`insert into mart.copy select * from raw.late`), sql(`selct 1`))
	e.level(t)
	_, before, err := e.cat.Since(system(), 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	e.level(t)
	if _, after, err := e.cat.Since(system(), 0, 1); err != nil || after != before {
		t.Errorf("changes: got number %d, %v want %d still", after, err, before)
	}
}

func TestAnotherReaderReadsWhatWaited(t *testing.T) {
	e := newEstate(t, shop)
	e.ran(t, sql(`insert into mart.copy select * from raw.late`))
	e.apply(t, catalog.BySource("dwh"), late)
	again := lineage.New(e.cat, e.store, e.log) // a new process, with nothing new in the log
	again.Now, again.Reader = e.graph.Now, "next"
	e.graph = again
	if err := e.graph.Load(system()); err != nil {
		t.Fatal(err)
	}
	e.level(t)
	if diff := cmp.Diff(map[string]int{"parsed": 1}, e.outcomes(t)); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
}

func TestWhatNeverSucceededGetsNoEdgeByReadingAgain(t *testing.T) {
	e := newEstate(t, shop)
	e.ran(t, catalog.Statement{SQL: `insert into mart.copy select * from raw.late`, Status: "failed"})
	e.apply(t, catalog.BySource("dwh"), late)
	e.level(t)
	if got := e.edges(t, "mart.copy"); len(got) > 0 {
		t.Errorf("edges: got %v want none", got)
	}
}
