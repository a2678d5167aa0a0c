package lineage_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// view puts a view into the estate.
func (e *estate) view(t *testing.T, name, text string, columns ...string) {
	t.Helper()
	a := catalog.Asset{
		URN: dataset(name), Type: catalog.Dataset, Profile: &catalog.Profile{Subtype: "view"}, Schema: &catalog.Schema{},
		Definition: &catalog.Definition{SQL: text, Dialect: "postgres", DefaultDB: "dwh"},
	}
	for _, c := range columns {
		a.Schema.Columns = append(a.Schema.Columns, catalog.Column{Name: c, Type: "text"})
	}
	e.apply(t, catalog.BySource("dwh"), a)
}

// reads returns the recorded reads of a table, direct and through views.
func (e *estate) reads(t *testing.T, name string) (direct, through []catalog.UsageRow) {
	t.Helper()
	for rec, err := range e.cat.Usage(system(), catalog.UsageFilter{Asset: dataset(name)}) {
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case rec.Role != "read":
		case rec.Indirect:
			through = append(through, rec.UsageRow)
		default:
			direct = append(direct, rec.UsageRow)
		}
	}
	return direct, through
}

func TestReadingAViewUsesWhatLiesBeneath(t *testing.T) {
	e := newEstate(t, shop)
	e.view(t, "mart.inner", `select o.id, o.mail as contact, o.amount from raw.orders o where o.amount > 0`, "id", "contact", "amount")
	e.view(t, "mart.outer", `select id, lower(contact) as contact from mart.inner`, "id", "contact")
	e.ran(t, catalog.Statement{SQL: `select contact from mart.outer where id = 7`, Status: "ok"}, catalog.Statement{SQL: `select contact from mart.outer`, Status: "failed"})

	direct, through := e.reads(t, "mart.outer")
	if len(direct) != 1 || len(through) != 0 || direct[0].Queries != 1 {
		t.Errorf("the view: got %+v and %+v want one direct read", direct, through)
	}
	direct, through = e.reads(t, "raw.orders")
	if len(direct) != 0 || len(through) != 1 {
		t.Fatalf("the table beneath: got %+v and %+v want one read through the view", direct, through)
	}
	row := through[0]
	if row.Queries != 1 || row.Errors != 1 || !cmp.Equal(row.Columns, []string{"mail"}) || !cmp.Equal(row.Filters, []string{"amount", "id"}) ||
		!cmp.Equal(row.Through, []urn.URN{dataset("mart.outer")}) {
		t.Errorf("the table beneath: got %+v want mail read, amount and id tested, through the outer view", row)
	}
	if _, through := e.reads(t, "mart.inner"); len(through) != 1 || !cmp.Equal(through[0].Columns, []string{"contact"}) {
		t.Errorf("the inner view: got %+v want contact read", through)
	}
}

func TestATableNamedBesideItsViewIsReadDirectly(t *testing.T) {
	e := newEstate(t, shop)
	e.view(t, "mart.inner", `select id, mail from raw.orders`, "id", "mail")
	e.ran(t, sql(`select i.mail from mart.inner i join raw.orders o on o.id = i.id`))
	if direct, through := e.reads(t, "raw.orders"); len(direct) != 1 || len(through) != 0 {
		t.Errorf("got %+v and %+v want one direct read", direct, through)
	}
}

func TestViewsThatStandOnEachOtherEnd(t *testing.T) {
	e := newEstate(t, shop)
	e.view(t, "mart.a", `select id from mart.b`, "id")
	e.view(t, "mart.b", `select id from mart.a`, "id")
	e.ran(t, sql(`select id from mart.a`))
	if direct, through := e.reads(t, "mart.b"); len(direct) != 0 || len(through) != 1 {
		t.Errorf("got %+v and %+v want one read through a", direct, through)
	}
}

func TestUseThroughAViewCountsAQuarter(t *testing.T) {
	e := newEstate(t, shop)
	e.view(t, "mart.inner", `select id, mail from raw.orders`, "id", "mail")
	e.ran(t, catalog.Statement{SQL: `select mail from mart.inner`, Count: 40})
	for name, want := range map[string]int64{"mart.inner": 40, "raw.orders": 10} {
		if got := e.graph.Users(dataset(name)); len(got) != 1 || got[0].Queries != want {
			t.Errorf("%s: got %+v want %d queries of one account", name, got, want)
		}
	}
}
