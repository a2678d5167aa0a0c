package search

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/urn"
)

func table(name string, columns ...string) catalog.Asset {
	a := catalog.Asset{URN: urn.Dataset("postgres", name, ""), Type: catalog.Dataset, Profile: &catalog.Profile{Name: name}, Schema: &catalog.Schema{}}
	for _, c := range columns {
		a.Schema.Columns = append(a.Schema.Columns, catalog.Column{Name: c})
	}
	return a
}

func TestRecordReadsBack(t *testing.T) {
	a := table("shop.mart.fct_orders", "order_id", "email")
	day := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	a.Profile.Description, a.Profile.Aliases = "Orders, one row each.", []string{"orders old"}
	a.Owners = &catalog.Owners{List: []catalog.Owner{{User: urn.User("ana")}, {User: urn.Group("finance")}}}
	a.Labels = &catalog.Labels{Tags: []string{"tier1"}, Terms: []urn.URN{urn.Term("Net revenue")}, Domain: urn.Domain("Finance")}
	a.Certification = &catalog.Certification{By: urn.User("ana"), Until: day}
	a.Deprecation = &catalog.Deprecation{Replacement: urn.Dataset("postgres", "shop.mart.orders", "")}
	a.Usage = &catalog.UsageSignal{People: 2.5, Queries: 8, People30: 3, Queries30: 70, Service30: 9, Covered: true, CoveredDays: 30, LastUsed: day, Unparsed: 0.25, Writes: []int64{1, 2, 3, 4, 5, 6}}
	a.Consumers = &catalog.ConsumerSignal{Rank: 0.5, Dashboards: 1, Viewers: 2, Downstream: 3, Covered: true, CopyOf: urn.Dataset("postgres", "x.y", "")}
	a.Checks = &catalog.Checks{Passed: 3, Total: 4, Failing: true, Trouble: true}
	want := NewDocument(&a)
	got, err := ReadRecord(want.Record())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(&want, got); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
	if got.Marks&Failing == 0 || got.Marks&Troubled == 0 {
		t.Errorf("marks: got %b want a failing check and an open incident", got.Marks)
	}
}

// FuzzReadRecord proves that damage ends as an error, not as a panic or a hang.
func FuzzReadRecord(f *testing.F) {
	a := table("shop.orders", "id", "email")
	d := NewDocument(&a)
	f.Add(d.Record())
	f.Add([]byte{RecordVersion, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01})
	f.Fuzz(func(t *testing.T, rec []byte) {
		if d, err := ReadRecord(rec); (d == nil) == (err == nil) {
			t.Fatalf("got %v and %v want one of them", d, err)
		}
	})
}

func TestMarks(t *testing.T) {
	for name, want := range map[string]Marks{
		"db.analytics.orders": 0, "db.adhoc.orders": Temporary, "db.dev.orders": Temporary, "db.mart.orders_bak": Temporary, "db.mart.tmp_orders": Temporary,
		"db.mart.orders_bak_20240101": Temporary, "db.ad_hoc.orders": Temporary, "db.raw.orders": Raw, "db.raw_data.orders": Raw, "db.mart.raw_orders": Raw,
		"db.mart.temp": 0, "db.mart.template": 0, "db.mart.temperature_daily": 0, "db.mart.old_town": 0, "db.mart.backups": 0, "db.raw_dev.x": Raw | Temporary,
	} {
		a := table(name)
		if got := NewDocument(&a).Marks; got != want {
			t.Errorf("%s: got %b want %b", name, got, want)
		}
	}
	dev := catalog.Asset{URN: urn.Dataset("hive", "a.b", "DEV"), Type: catalog.Dataset}
	if got := NewDocument(&dev).Marks; got != Elsewhere {
		t.Errorf("in DEV: got %b want %b", got, Elsewhere)
	}
}

func TestKeysAreTheNamesAndTheirSuffixes(t *testing.T) {
	a := table("shop.public.fct_orders")
	a.Profile.Aliases = []string{"Old Orders"}
	d := NewDocument(&a)
	want := []string{"fctorders", "oldorders", "publicfctorders", "shoppublicfctorders", "~order"}
	if diff := cmp.Diff(want, d.Keys); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
}

func TestLongNamesAndTextsAreBounded(t *testing.T) {
	a := table(strings.Repeat("a", 64<<10)+"."+strings.Repeat("b_", 32<<10), "id")
	a.Profile.Description = strings.Repeat("wörter ", 100_000)
	d := NewDocument(&a)
	for _, k := range d.Keys {
		if len(k) > 256 {
			t.Errorf("got a key of %d bytes want at most 256", len(k))
		}
	}
	for f := range d.Words {
		if n := len(d.Words[f]); n > 3*longestText {
			t.Errorf("%s: got %d bytes want a bound", Field(f), n)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{{"customer", "custmer", 1}, {"revenue", "revneue", 1}, {"order", "order", 0}, {"abcd", "wxyz", 3}, {"매출액", "매출", 1}, {"", "ab", 2}} {
		if got := Distance(tt.a, tt.b, 2); got != tt.want {
			t.Errorf("%s %s: got %d want %d", tt.a, tt.b, got, tt.want)
		}
		if got := Distance(tt.b, tt.a, 2); got != tt.want {
			t.Errorf("%s %s: got %d want %d both ways", tt.b, tt.a, got, tt.want)
		}
	}
}

func TestTwins(t *testing.T) {
	columns := strings.Fields("id day country amount currency status channel owner note flag kind level")
	doc := func(name string, copyOf urn.URN, columns ...string) *Document {
		a := table(name, columns...)
		a.Consumers = &catalog.ConsumerSignal{CopyOf: copyOf}
		d := NewDocument(&a)
		return &d
	}
	orders := doc("shop.mart.orders", "", columns...)
	for _, tt := range []struct {
		name  string
		other *Document
		want  bool
	}{
		{"date shard", doc("shop.mart.orders_20240101", "", columns...), true},
		{"backup elsewhere", doc("shop.archive.orders_bak", "", columns...), true},
		{"known copy under another name", doc("shop.adhoc.mine", orders.URN, columns...), true},
		{"another name", doc("shop.mart.payments", "", columns...), false},
		{"other columns", doc("shop.raw.orders", "", "a", "b", "c"), false},
		{"itself", orders, false},
		{"no columns", doc("shop.raw.orders", ""), false},
	} {
		if got := Twins(orders, tt.other); got != tt.want {
			t.Errorf("%s: got %v want %v", tt.name, got, tt.want)
		}
	}
}
