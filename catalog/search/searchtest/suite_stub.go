package searchtest

import (
	"fmt"
	"slices"
	"testing"

	"waymark/catalog"
	"waymark/catalog/search"
	"waymark/catalog/urn"
)

// notCrawled: what statements only name stands behind everything that was crawled, in
// every order, however many there are and however well their names fit.
func notCrawled(t *testing.T, x search.Index) {
	cat, s := New(x)
	real := []catalog.Asset{Table("s.bookings", "order_id"), Table("s.tmp_orders_bak", "id"), Table("s.zebra", "orders")}
	real[1].Deprecation = &catalog.Deprecation{Note: "old"}
	Load(t, cat, s, real)
	batch := catalog.Batch{Author: catalog.Lineage, Run: "test"}
	for i := range 300 {
		u := urn.Dataset("postgres", fmt.Sprintf("s%d.orders", i), "")
		batch.Assets = append(batch.Assets, catalog.Asset{URN: u, Type: catalog.Dataset, Status: &catalog.Status{Stub: true}})
	}
	if _, err := cat.Apply(AsSystem(), batch); err != nil {
		t.Fatal(err)
	}
	if err := s.Sync(AsSystem()); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "orders", "type:dataset", "which table has orders"} {
		for _, by := range []search.Sort{search.Relevance, search.ByTrust, search.ByUse, search.ByUpdate, search.ByName} {
			a := Find(t, s, search.Request{Text: text, Sort: by, Limit: 10})
			first := slices.IndexFunc(a.Hits, func(h search.Hit) bool { return h.Subtype == catalog.NotCrawled })
			last := -1
			for i, h := range a.Hits {
				if h.Subtype != catalog.NotCrawled {
					last = i
				}
			}
			if want := min(len(real), a.Total); last < 1 || first >= 0 && first < last || text == "" && last != want-1 {
				t.Errorf("%q by %s: the last that was crawled stands at %d, the first that was not at %d\n%s", text, by, last, first, Page(a))
			}
		}
	}
	stubs := Find(t, s, search.Request{Text: "kind:\"not crawled\""})
	if stubs.Total != 300 {
		t.Errorf("kind:\"not crawled\": got %d, want 300", stubs.Total)
	}
}
