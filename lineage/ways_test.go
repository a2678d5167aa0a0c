package lineage_test

import (
	"testing"

	"github.com/fxamacker/cbor/v2"
	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
)

func TestUseOfColumnsIsToldByWay(t *testing.T) {
	e := newEstate(t, shop)
	e.ran(t,
		catalog.Statement{SQL: `select o.mail, sum(r.amount) from raw.orders o join raw.refunds r on r.order_id = o.id where o.amount > 5 group by o.mail`, Count: 3},
		sql(`select * from raw.orders where id = 7`),
		sql(`select id from raw.orders where mail = 'canary'`),
	)
	direct, _ := e.reads(t, "raw.orders")
	if len(direct) != 1 {
		t.Fatalf("rows: got %+v want one of ana", direct)
	}
	got := map[string]catalog.ColumnUse{}
	for _, u := range direct[0].Uses() {
		name := u.Column
		if !u.Is(catalog.Selected) {
			name += " tested"
		}
		got[name] = u
	}
	want := map[string]catalog.ColumnUse{
		"mail":          {Column: "mail", Ways: catalog.Selected | catalog.Grouped | catalog.ByStar, Queries: 4},
		"id":            {Column: "id", Ways: catalog.Selected | catalog.Filtered | catalog.ByStar, Queries: 2},
		"amount":        {Column: "amount", Ways: catalog.Selected | catalog.ByStar, Queries: 1},
		"id tested":     {Column: "id", Ways: catalog.Joined, Queries: 3},
		"amount tested": {Column: "amount", Ways: catalog.Filtered, Queries: 3},
		"mail tested":   {Column: "mail", Ways: catalog.Filtered, Queries: 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("uses (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]catalog.JoinUse{{Column: "id", Other: catalog.ColumnRef{Dataset: dataset("raw.refunds"), Column: "order_id"}, Queries: 3}}, direct[0].Joins); diff != "" {
		t.Errorf("joins (-want +got):\n%s", diff)
	}
}

// BenchmarkUsageRow measures how many bytes the use of one table by one account on one
// day takes: six columns and two joins.
func BenchmarkUsageRow(b *testing.B) {
	row := catalog.UsageRow{
		Actor: "ana", Kind: "human", Tool: "dbeaver", Role: "read", Queries: 40, Millis: 81_000, Rows: 120_000, Last: 1_795_000_000, First: 1_794_990_000,
		Columns: []string{"customer_id", "mail", "amount", "created_at"}, Filters: []string{"country", "order_id"},
		Ways: []byte{1, 1, 9, 3, 2, 4}, Times: []int64{40, 12, 30, 40, 38, 22}, Queried: []string{"3c4c7afe02a009c343c97b7d1812f682", "9c4c7afe02a009c343c97b7d1812f681"},
		Joins: []catalog.JoinUse{{Column: "order_id", Other: catalog.ColumnRef{Dataset: dataset("raw.refunds"), Column: "order_id"}, Queries: 22}},
	}
	size := 0
	for b.Loop() {
		val, err := cbor.Marshal(row)
		if err != nil {
			b.Fatal(err)
		}
		size = len(val)
	}
	b.ReportMetric(float64(size), "bytes/row")
}
