package hammer

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/catalogtest"
	"waymark/catalog/kv"
	"waymark/catalog/kv/boltkv"
	"waymark/catalog/kv/memkv"
)

// batchAssets is how many assets one Apply takes, as a crawl's chunk does.
const batchAssets = 1000

// benchAssets is how many assets are loaded; set WAYMARK_BENCH_ASSETS for another
// number.
func benchAssets() int {
	if n, err := strconv.Atoi(os.Getenv("WAYMARK_BENCH_ASSETS")); err == nil && n > 0 {
		return n
	}
	return 1_000_000
}

// BenchmarkCatalog loads an estate through Apply into a file in both orders, then
// crawls the same again, and reads all of it. Everything is the product's: checks
// of the caller, merge, checksums, change log, and one audit entry a batch.
func BenchmarkCatalog(b *testing.B) {
	estate := catalogtest.Estate(benchAssets())
	for _, order := range []struct {
		name   string
		assets func() iter.Seq[catalog.Asset]
	}{{"sorted", estate.Sorted}, {"random", estate.Shuffled}} {
		c := &file{dir: b.TempDir()}
		b.Run("Load/"+order.name, func(b *testing.B) {
			for b.Loop() {
				c.empty(b)
				c.load(b, order.assets(), catalog.Diff{Created: benchAssets()})
			}
		})
		ready := func(b *testing.B) {
			if c.store == nil {
				b.Skip("skipped: nothing was loaded; run Load too")
			}
		}
		b.Run("Recrawl/"+order.name, func(b *testing.B) {
			ready(b)
			for b.Loop() {
				c.load(b, order.assets(), catalog.Diff{Unchanged: benchAssets()})
			}
		})
		b.Run("Scan/"+order.name, func(b *testing.B) {
			ready(b)
			for b.Loop() {
				c.scan(b)
			}
		})
		b.Run("Follow/"+order.name, func(b *testing.B) {
			ready(b)
			for b.Loop() {
				c.follow(b)
			}
		})
		c.close(b)
	}
}

// TestEstateSize holds what the benchmarks load to the size that they claim.
func TestEstateSize(t *testing.T) {
	t.Parallel()
	const n = 300
	store := memkv.New()
	defer store.Close()
	log := slog.New(slog.DiscardHandler)
	c := catalog.New(store, access.New(store, log), log)
	batch := catalog.Batch{Author: catalog.BySource("estate"), Run: "bench", Assets: slices.Collect(catalogtest.Estate(n).Sorted())}
	if _, err := c.Apply(benchCaller(), batch); err != nil {
		t.Fatal(err)
	}
	total := 0
	err := store.View(t.Context(), func(r kv.Reader) error {
		for p, err := range r.Scan("fact", nil, nil) {
			if err != nil {
				return err
			}
			total += len(p.Val)
		}
		return nil
	})
	if mean := total / n; err != nil || mean < 1500 || mean > 2800 {
		t.Errorf("got %d bytes of facts an asset, %v; want 1500 to 2800", mean, err)
	}
}

// file is a catalog in a file of its own.
type file struct {
	*catalog.Catalog
	dir   string
	guard *access.Guard
	store kv.Store
}

func (f *file) path() string { return filepath.Join(f.dir, "catalog.db") }

// empty makes the catalog anew.
func (f *file) empty(b *testing.B) {
	b.Helper()
	f.close(b)
	store, err := boltkv.Open(f.path(), boltkv.Options{})
	if err != nil {
		b.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	f.store = kv.Summed(store)
	f.guard = access.New(f.store, log)
	f.Catalog = catalog.New(f.store, f.guard, log)
}

func (f *file) close(b *testing.B) {
	b.Helper()
	if f.store == nil {
		return
	}
	if err := f.store.Close(); err != nil {
		b.Fatal(err)
	}
	f.store = nil
	if err := os.Remove(f.path()); err != nil {
		b.Fatal(err)
	}
}

func benchCaller() context.Context {
	return access.With(context.Background(), access.System("bench"))
}

// load applies all assets in batches and reports what that took; the making of
// the assets is not timed.
func (f *file) load(b *testing.B, assets iter.Seq[catalog.Asset], want catalog.Diff) {
	b.Helper()
	m := meter{b: b}
	var got catalog.Diff
	batch := catalog.Batch{Author: catalog.BySource("estate"), Run: "bench"}
	apply := func() {
		m.start()
		d, err := f.Apply(benchCaller(), batch)
		m.stop(len(batch.Assets))
		if err != nil {
			b.Fatal(err)
		}
		got.Created, got.Unchanged, got.Changed = got.Created+d.Created, got.Unchanged+d.Unchanged, got.Changed+d.Changed
		batch.Assets = batch.Assets[:0]
	}
	for a := range assets {
		if batch.Assets = append(batch.Assets, a); len(batch.Assets) == batchAssets {
			apply()
		}
	}
	if len(batch.Assets) > 0 {
		apply()
	}
	if got != want {
		b.Fatalf("got %+v want %+v", got, want)
	}
	m.report("assets")
	f.audited(b, want.Created)
}

// audited holds the load to one audit entry for each batch that wrote.
func (f *file) audited(b *testing.B, created int) {
	b.Helper()
	if created == 0 {
		return
	}
	n, err := f.guard.VerifyAudit(benchCaller())
	if want := (created + batchAssets - 1) / batchAssets; err != nil || int(n) != want {
		b.Fatalf("got %d audit entries, %v; want %d", n, err, want)
	}
	info, err := os.Stat(f.path())
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(info.Size())/float64(created), "B/asset")
}

// scan reads every asset with all that was said of it.
func (f *file) scan(b *testing.B) {
	b.Helper()
	m, n := meter{b: b}, 0
	m.start()
	for _, err := range f.List(benchCaller(), catalog.Filter{}) {
		if err != nil {
			b.Fatal(err)
		}
		if n++; n%batchAssets == 0 {
			m.stop(batchAssets)
			m.start()
		}
	}
	m.stop(n % batchAssets)
	if n != benchAssets() {
		b.Fatalf("got %d assets want %d", n, benchAssets())
	}
	m.report("assets")
}

// follow reads the change log from its beginning, as a new follower does.
func (f *file) follow(b *testing.B) {
	b.Helper()
	m, n := meter{b: b}, 0
	for at, head := catalog.Seq(0), catalog.Seq(1); at < head; {
		m.start()
		page, newest, err := f.Since(benchCaller(), at, batchAssets)
		m.stop(len(page))
		if err != nil || len(page) == 0 {
			b.Fatalf("behind %d: got %d changes, %v", at, len(page), err)
		}
		at, head, n = page[len(page)-1].Seq, newest, n+len(page)
	}
	if n != benchAssets() {
		b.Fatalf("got %d changes want %d", n, benchAssets())
	}
	m.report("assets")
}

// meter times operations and what they need of the processor, and leaves out what
// happens between them.
type meter struct {
	b       *testing.B
	at      time.Time
	cpuAt   time.Duration
	took    []time.Duration
	cpu     time.Duration
	handled int
}

func (m *meter) start() { m.at, m.cpuAt = time.Now(), catalogtest.CPU(m.b) }

func (m *meter) stop(handled int) {
	if handled == 0 {
		return
	}
	m.took = append(m.took, time.Since(m.at))
	m.cpu += catalogtest.CPU(m.b) - m.cpuAt
	m.handled += handled
}

// report prints rates of what was handled, and percentiles of the operations.
func (m *meter) report(what string) {
	var wall time.Duration
	for _, d := range m.took {
		wall += d
	}
	slices.Sort(m.took)
	ms := func(q float64) float64 { return float64(m.took[int(q*float64(len(m.took)-1))]) / 1e6 }
	m.b.ReportMetric(float64(m.handled), what)
	m.b.ReportMetric(float64(m.handled)/wall.Seconds(), what+"/s")
	m.b.ReportMetric(float64(m.handled)/m.cpu.Seconds(), what+"/cpu-s")
	m.b.ReportMetric(float64(len(m.took)), "ops")
	for _, q := range []float64{50, 95, 99} {
		m.b.ReportMetric(ms(q/100), fmt.Sprintf("p%g-ms", q))
	}
}
