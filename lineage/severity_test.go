package lineage_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/urn"
	"waymark/lineage"
)

// hurt returns the severity of everything that a change reaches.
func (e *estate) hurt(t *testing.T, table, column string, h lineage.Happening) map[string]string {
	t.Helper()
	list, total, err := e.graph.Impact(system(), dataset(table), column, h, 0, 100)
	if err != nil || total != len(list) {
		t.Fatalf("Impact: got %d of %d, %v", len(list), total, err)
	}
	out := map[string]string{}
	for _, x := range list {
		out[short(x.URN)] = x.Severity
	}
	return out
}

// flow is orders -> sales -> daily, filtered by mail; refunds stands apart.
func flow(t *testing.T) *estate {
	e := newEstate(t, shop)
	e.ran(t,
		sql(`insert into mart.sales (id, net) select id, amount from raw.orders where mail is not null`),
		sql(`insert into mart.daily (net) select sum(net) from mart.sales`),
	)
	return e
}

func TestSeverityFollowsValues(t *testing.T) {
	e := flow(t)
	tests := []struct {
		name, table, column string
		happens             lineage.Happening
		want                map[string]string
	}{
		{"a value that is gone", "raw.orders", "amount", lineage.Gone, map[string]string{"mart.sales": lineage.Breaks, "mart.daily": lineage.Breaks}},
		{"a value of another type", "raw.orders", "amount", lineage.Altered, map[string]string{"mart.sales": lineage.ChangesValues, "mart.daily": lineage.ChangesValues}},
		{"named in a filter", "raw.orders", "mail", lineage.Gone, map[string]string{"mart.sales": lineage.Breaks, "mart.daily": lineage.MayChange}},
		{"another type of a filter", "raw.orders", "mail", lineage.Altered, map[string]string{"mart.sales": lineage.MayChange, "mart.daily": lineage.MayChange}},
		{"flows no further", "raw.orders", "id", lineage.Gone, map[string]string{"mart.sales": lineage.Breaks}},
		{"nobody reads it", "mart.sales", "mail_key", lineage.Gone, map[string]string{}},
		{"a table", "raw.orders", "", lineage.Gone, map[string]string{"mart.sales": lineage.Breaks, "mart.daily": lineage.Breaks}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, e.hurt(t, tt.table, tt.column, tt.happens)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	list, _, err := e.graph.Impact(system(), dataset("raw.orders"), "amount", lineage.Gone, 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]urn.URN{dataset("raw.orders"), dataset("mart.sales"), dataset("mart.daily")}, list[1].Path); diff != "" {
		t.Errorf("path (-want +got):\n%s", diff)
	}
}

// onTop draws a chart on the daily table and a board with it, whose columns nobody knows.
func (e *estate) onTop(t *testing.T) {
	chart, board := urn.Chart("tableau", "c"), urn.Dashboard("tableau", "d")
	e.apply(t, catalog.Import,
		catalog.Asset{URN: chart, Type: catalog.Chart, Flow: &catalog.DataFlow{Inputs: []urn.URN{dataset("mart.daily")}}},
		catalog.Asset{URN: board, Type: catalog.Dashboard, Flow: &catalog.DataFlow{Inputs: []urn.URN{chart}}})
	if err := e.cat.Record(system(), catalog.Partition{Source: "import", Start: now.Add(-24 * time.Hour), Assets: map[urn.URN][]catalog.UsageRow{
		board: {{Actor: "ana", Kind: "human", Role: "view", Queries: 3}}}}); err != nil {
		t.Fatal(err)
	}
	e.ran(t, sql(`select 1`))
}

func TestSeverityRisesForWhatPeopleRelyOn(t *testing.T) {
	e := flow(t)
	e.onTop(t)
	want := map[string]string{"mart.sales": lineage.Breaks, "mart.daily": lineage.Breaks, "c": lineage.ChangesValues, "d": lineage.ChangesValues}
	list, _, err := e.graph.Impact(system(), dataset("raw.orders"), "amount", lineage.Altered, 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, x := range list {
		got[short(x.URN)] = x.Severity
		if len(x.Why) == 0 {
			t.Errorf("%s: got no reason for its severity %s", x.URN, x.Severity)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("one step up for a viewed dashboard (-want +got):\n%s", diff)
	}
}

func TestSeverityRisesForTheCertified(t *testing.T) {
	for name, until := range map[string]time.Time{"valid": now.Add(time.Hour), "run out": now.Add(-time.Hour)} {
		e := flow(t)
		e.apply(t, catalog.People, catalog.Asset{URN: dataset("mart.daily"), Type: catalog.Dataset, Certification: &catalog.Certification{By: urn.User("ana"), Until: until}})
		want := map[string]string{"mart.sales": lineage.Breaks, "mart.daily": lineage.Breaks}
		if name == "run out" {
			want = map[string]string{"mart.sales": lineage.ChangesValues, "mart.daily": lineage.ChangesValues}
		}
		if diff := cmp.Diff(want, e.hurt(t, "raw.orders", "amount", lineage.Altered)); diff != "" {
			t.Errorf("certification %s (-want +got):\n%s", name, diff)
		}
	}
}

func TestSeverityFallsForWhatNobodyUses(t *testing.T) {
	e := flow(t)
	var log []catalog.Statement
	for d := range 80 { // the log is complete; sales is read, daily is not
		log = append(log, catalog.Statement{SQL: `select net from mart.sales`, Time: now.AddDate(0, 0, -d).Add(-time.Hour)})
	}
	log = append(log, sql(`insert into mart.sales (id, net) select id, amount from raw.orders where mail is not null`), sql(`insert into mart.daily (net) select sum(net) from mart.sales`))
	e.ran(t, log...)
	want := map[string]string{"mart.sales": lineage.Breaks, "mart.daily": lineage.ChangesValues}
	if diff := cmp.Diff(want, e.hurt(t, "raw.orders", "amount", lineage.Gone)); diff != "" {
		t.Errorf("one step down for what is unused (-want +got):\n%s", diff)
	}
}

func TestImpactEndsInACycle(t *testing.T) {
	e := newEstate(t, shop)
	e.ran(t, sql(`insert into mart.sales (id) select id from raw.orders`), sql(`insert into raw.orders (id) select id from mart.sales`), sql(`insert into raw.orders (id) select id + 1 from raw.orders`))
	if diff := cmp.Diff(map[string]string{"mart.sales": lineage.Breaks}, e.hurt(t, "raw.orders", "id", lineage.Gone)); diff != "" {
		t.Errorf("a cycle (-want +got):\n%s", diff)
	}
}
