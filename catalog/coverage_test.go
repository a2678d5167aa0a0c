package catalog_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/urn"
)

func TestWhatOneSourceMissesAnotherMayStillSee(t *testing.T) {
	e := newEstate(t)
	first, second := catalog.BySource("first"), catalog.BySource("second")
	both, alone := table("s.both", "old"), table("s.alone", "x")
	e.apply(t, first, both, alone, table("s.stays", "x"))
	e.apply(t, second, table("s.both", "new", "more"), table("s.other", "x"))
	misses := func(source string, sees ...string) catalog.Finished {
		t.Helper()
		seen := map[urn.URN]struct{}{}
		for _, name := range sees {
			seen[urn.Dataset("postgres", name, "")] = struct{}{}
		}
		got, err := e.Finish(crawl(), catalog.Scope{Source: source, Name: "s", Platform: "postgres", Prefix: "s."}, seen, catalog.FinishOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if got := misses("first", "s.stays"); len(got.Missing) != 1 || got.Missing[0] != alone.URN {
		t.Errorf("missing: got %v want s.alone alone: the second source sees the other", got.Missing)
	}
	a := e.find(t, both.URN)
	if a.Status != nil {
		t.Errorf("status: got %+v want none", a.Status)
	}
	if len(a.Schema.Columns) != 2 || a.Schema.Columns[0].Name != "new" {
		t.Errorf("columns: got %+v want those of the source that sees it", a.Schema.Columns)
	}
	e.now = e.now.Add(25 * time.Hour)
	if got := misses("first", "s.stays"); len(got.Missing) != 0 || len(got.Removed) != 1 {
		t.Errorf("a day later: got %+v want s.alone removed", got)
	}
	if got := misses("first", "s.stays"); len(got.Missing)+len(got.Removed) != 0 {
		t.Errorf("once more: got %+v want nothing new", got)
	}
	if got := misses("second", "s.other"); len(got.Missing) != 1 || got.Missing[0] != both.URN {
		t.Errorf("now missed by both: got %+v", got)
	}
	if a := e.find(t, both.URN); a.Status == nil || !a.Status.Removed.IsZero() {
		t.Errorf("status: got %+v want missing, and not removed before the second source removes it", a.Status)
	}
	e.now = e.now.Add(25 * time.Hour)
	misses("second", "s.other")
	if a := e.find(t, both.URN); a.Status == nil || a.Status.Removed.IsZero() {
		t.Errorf("status: got %+v want removed", a.Status)
	}
	e.apply(t, first, both)
	if a := e.find(t, both.URN); a.Status != nil {
		t.Errorf("seen again by one: got %+v want no status", a.Status)
	}
}

func TestAFollowerThatOnlyCountsLeavesAStubAStub(t *testing.T) {
	e := newEstate(t)
	u := urn.Dataset("postgres", "s.heard", "")
	e.apply(t, catalog.Lineage, catalog.Asset{URN: u, Type: catalog.Dataset, Status: &catalog.Status{Stub: true}})
	e.apply(t, catalog.Lineage, catalog.Asset{URN: u, Type: catalog.Dataset, Consumers: &catalog.ConsumerSignal{Dashboards: 1}})
	e.apply(t, catalog.Usage, catalog.Asset{URN: u, Type: catalog.Dataset, Usage: &catalog.UsageSignal{People: 1}})
	if a := e.find(t, u); a.Subtype() != catalog.NotCrawled {
		t.Errorf("got subtype %q want %q", a.Subtype(), catalog.NotCrawled)
	}
	e.apply(t, catalog.BySource("shop"), table("s.heard", "id"))
	if a := e.find(t, u); a.Subtype() != "table" || a.Status != nil {
		t.Errorf("once crawled: got subtype %q, %+v", a.Subtype(), a.Status)
	}
}

func TestCoverageIsKeptWhole(t *testing.T) {
	e := newEstate(t)
	v := catalog.Coverage{Source: "shop", Scope: "shop", Platform: "postgres", Prefix: "shop.", Exact: true, Parts: map[string]string{}, LeftOut: []string{"shop.tmp.x"},
		Functions: map[string]catalog.Function{"shop.app.f": {Head: "create function app.f()", Body: "select 1"}}}
	for i := range 50_000 { // more than one value of the store takes
		v.Parts[fmt.Sprintf("shop.app.events_%05d", i)] = "shop.app.events"
	}
	stamps := map[uint64]bool{}
	for range 2 {
		if err := e.SetCoverage(crawl(), v); err != nil {
			t.Fatal(err)
		}
		n, err := e.CoverageStamp(crawl())
		if err != nil {
			t.Fatal(err)
		}
		stamps[n] = true
	}
	if len(stamps) != 1 {
		t.Errorf("the same coverage again moved the stamp: %v", stamps)
	}
	small := catalog.Coverage{Source: "shop", Scope: "other", Platform: "postgres", Prefix: "other."}
	if err := e.SetCoverage(crawl(), small); err != nil {
		t.Fatal(err)
	}
	got, err := e.Coverages(crawl())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]catalog.Coverage{small, v}, got); diff != "" {
		t.Errorf("read back (-want +got):\n%.2000s", diff)
	}
	v.Parts = nil
	if err := e.SetCoverage(crawl(), v); err != nil {
		t.Fatal(err)
	}
	if err := e.DropCoverage(crawl(), "shop", "other"); err != nil {
		t.Fatal(err)
	}
	if got, err = e.Coverages(crawl()); err != nil || len(got) != 1 || len(got[0].Parts) != 0 {
		t.Errorf("replaced and dropped: got %d, %v", len(got), err)
	}
}
