package pii_test

import (
	"context"
	"log/slog"
	"testing"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv/memkv"
	"waymark/catalog/urn"
	"waymark/pii"
)

// reader is a source whose rights change during a test.
type reader struct{ fail error }

func (r *reader) Sample(_ context.Context, _ urn.URN, columns []string, _ int) ([][]string, error) {
	if r.fail != nil {
		return nil, r.fail
	}
	return make([][]string, len(columns)), nil
}

// TestWhatCouldNotBeReadIsCounted: never as sampled, with a reason that holds no word
// of the database, and only as long as it is true.
func TestWhatCouldNotBeReadIsCounted(t *testing.T) {
	store, log := memkv.New(), slog.New(slog.DiscardHandler)
	defer store.Close()
	cat := catalog.New(store, access.New(store, log), log)
	r := &reader{fail: fault.Unavailable.Errorf("invalid input: mary@example.org")}
	d := pii.New(cat, store, r, log)
	crawled := func(why string) {
		t.Helper()
		a := catalog.Asset{URN: people, Type: catalog.Dataset, Profile: &catalog.Profile{Subtype: "table"}, Schema: &catalog.Schema{Columns: []catalog.Column{{Name: "email", Type: "text"}}}}
		if why != "" {
			a.Profile.Properties = map[string]string{catalog.NotRead: why}
		}
		if _, err := cat.Apply(crawl(), catalog.Batch{Author: catalog.BySource("shop"), Assets: []catalog.Asset{a}}); err != nil {
			t.Fatal(err)
		}
		if err := d.Sync(crawl()); err != nil {
			t.Fatal(err)
		}
	}
	want := func(step string, sampled, unread int, reason string) {
		t.Helper()
		o, err := d.Overview(officer())
		if err != nil || o.Sampled["shop"] != sampled || o.Unread["shop"] != unread || o.Datasets["shop"] != 1 {
			t.Errorf("%s: got %d sampled and %d unread, %v want %d and %d", step, o.Sampled["shop"], o.Unread["shop"], err, sampled, unread)
		}
		reasons, err := d.Unsampled(crawl(), "shop")
		if err != nil || len(reasons) > 1 || reason != "" && reasons[reason] != 1 || reason == "" && len(reasons) != 0 {
			t.Errorf("%s: got reasons %v, %v want %q", step, reasons, err, reason)
		}
	}
	crawled("")
	want("a source that does not answer", 0, 1, "the source did not answer in time")
	r.fail = nil
	if err := d.SampleAgain(crawl(), "shop"); err != nil {
		t.Fatal(err)
	}
	want("once it answers", 1, 0, "")
	crawled("row-level security may hide rows from the reader")
	want("under row-level security", 0, 1, "")
	r.fail = fault.Denied.Errorf("permission denied")
	crawled("SELECT is not granted to the reader")
	want("a right that was lost", 0, 1, "") // the crawl itself says so
	r.fail = nil
	crawled("")
	want("a right that came back", 1, 0, "")
}
