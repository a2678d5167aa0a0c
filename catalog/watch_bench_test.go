package catalog_test

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/kv/memkv"
	"waymark/catalog/urn"
)

// watched is an estate of tables with use, checks and sizes, after its first watch.
func watched(b *testing.B, tables int) *catalog.Catalog {
	b.Helper()
	store, log := memkv.New(), slog.New(slog.DiscardHandler)
	b.Cleanup(func() { store.Close() })
	cat := catalog.New(store, access.New(store, log), log)
	now := time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)
	cat.Now = func() time.Time { return now }
	batch, runs, seen := catalog.Batch{Author: catalog.BySource("shop")}, map[urn.URN][]catalog.CheckRun{}, map[urn.URN][]catalog.Size{}
	for i := range tables {
		a := table(fmt.Sprintf("shop.t%06d", i), "id", "mail", "name", "city", "at")
		batch.Assets = append(batch.Assets, a)
		if seen[a.URN] = sizes(1, 2, 3, 4, 5, 6, 7); i%10 == 0 {
			runs[a.URN] = []catalog.CheckRun{run("unique", catalog.CheckPassed, catalog.Critical, now)}
		}
	}
	if _, err := cat.Apply(crawl(), batch); err != nil {
		b.Fatal(err)
	}
	if err := cat.RecordSizes(crawl(), seen); err != nil {
		b.Fatal(err)
	}
	if err := cat.RecordChecks(crawl(), "dbt", runs); err != nil {
		b.Fatal(err)
	}
	if err := cat.Watch(crawl()); err != nil {
		b.Fatal(err)
	}
	return cat
}

// An hourly look at an estate in which nothing moved.
func BenchmarkWatch(b *testing.B) {
	const tables = 10_000
	cat := watched(b, tables)
	b.ResetTimer()
	for b.Loop() {
		if err := cat.Watch(crawl()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(tables)*float64(b.N)/b.Elapsed().Seconds(), "assets/s")
}

// The first page of a month in which every table changed once.
func BenchmarkFeed(b *testing.B) {
	const tables = 10_000
	cat := watched(b, tables)
	batch := catalog.Batch{Author: catalog.BySource("shop")}
	for i := range tables {
		batch.Assets = append(batch.Assets, table(fmt.Sprintf("shop.t%06d", i), "id", "mail", "name", "city"))
	}
	if _, err := cat.Apply(crawl(), batch); err != nil {
		b.Fatal(err)
	}
	mina := as("mina", access.Viewer)
	b.ResetTimer()
	for b.Loop() {
		if list, total, err := cat.Feed(mina, catalog.FeedFilter{Kinds: []string{catalog.NewsBreaking}}, 50); err != nil || len(list) != 50 || total != tables {
			b.Fatalf("got %d of %d, %v want 50 of %d", len(list), total, err, tables)
		}
	}
}
