package bleveindex

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/search"
	"waymark/catalog/search/searchtest"
)

// estateSize is how many tables of twenty columns are searched; set
// WAYMARK_BENCH_TABLES for another size.
func estateSize() int {
	if n, err := strconv.Atoi(os.Getenv("WAYMARK_BENCH_TABLES")); err == nil && n > 0 {
		return n
	}
	return 100_000
}

const columns = 20

// report prints percentiles.
func report(b *testing.B, all []time.Duration, unit string) {
	slices.Sort(all)
	for name, q := range map[string]float64{"p50-": 0.5, "p95-": 0.95, "p99-": 0.99} {
		b.ReportMetric(float64(all[int(q*float64(len(all)-1))])/1e6, name+unit)
	}
}

// threadCPU is the processor time of this thread so far. Of one search on a loaded
// machine it says what the clock cannot.
func threadCPU() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_THREAD, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// cpu is the processor time of this process so far.
func cpu() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// estate is the tables, made once for all benchmarks of a run.
var estate = sync.OnceValues(func() (*searchtest.Estate, []catalog.Asset) {
	e := searchtest.NewEstate(7)
	return e, e.Datasets(estateSize(), columns)
})

// questions and prefixes are what everybody is asked, the same in every run.
var (
	questions = sync.OnceValue(func() []string {
		e, assets := estate()
		return draws(func() string { return e.Query(assets) })
	})
	prefixes = sync.OnceValue(func() []string {
		e, _ := estate()
		return draws(func() string { w := e.Word(); return w[:min(len(w), 3)] })
	})
)

func draws(draw func() string) []string {
	out := make([]string, 2000)
	for i := range out {
		out[i] = draw()
	}
	return out
}

var benchDir string

// built is an index of the estate, made once, and what that cost.
var built = sync.OnceValues(func() (cost, error) {
	_, assets := estate()
	dir, err := os.MkdirTemp("", "waymark-bench")
	if err != nil {
		return cost{}, err
	}
	benchDir = dir
	x, err := Open(dir)
	if err != nil {
		return cost{}, err
	}
	defer x.Close()
	began, at := cpu(), time.Now()
	err = load(x, assets)
	return cost{cpu: cpu() - began, clock: time.Since(at)}, err
})

// cost is time of the processor and by the clock.
type cost struct{ cpu, clock time.Duration }

// TestMain removes what the benchmarks built.
func TestMain(m *testing.M) {
	code := m.Run()
	if benchDir != "" {
		os.RemoveAll(benchDir)
	}
	os.Exit(code)
}

// chunk is how many changes a sync commits at once.
const chunk = 5000

func load(x search.Index, assets []catalog.Asset) error {
	for from := 0; from < len(assets); from += chunk {
		b := search.Batch{Seq: catalog.Seq(from + 1)}
		for i := from; i < min(from+chunk, len(assets)); i++ {
			b.Put = append(b.Put, search.NewDocument(&assets[i]))
		}
		if err := x.Apply(context.Background(), b); err != nil {
			return err
		}
	}
	return nil
}

// BenchmarkIndexBuild prints tables per CPU second, cutting of words included.
func BenchmarkIndexBuild(b *testing.B) {
	_, assets := estate()
	c, err := built()
	if err != nil {
		b.Fatal(err)
	}
	n := float64(len(assets))
	b.ReportMetric(n/c.cpu.Seconds(), "assets/cpu-s")
	b.ReportMetric(n/c.clock.Seconds(), "assets/s")
	b.ReportMetric(n/chunk, "ops")
	b.ReportMetric(float64(size(b, benchDir))/float64(1<<20), "MB")
}

func size(b *testing.B, dir string) (n int64) {
	files, err := filepath.Glob(filepath.Join(dir, "gen-*", "*"))
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range files {
		if info, err := os.Stat(f); err == nil {
			n += info.Size()
		}
	}
	return n
}

// BenchmarkSearch asks whole pages with totals and facets, from two clients.
func BenchmarkSearch(b *testing.B) {
	_, s := bench(b)
	for _, facets := range []bool{true, false} {
		b.Run(fmt.Sprintf("facets=%v", facets), func(b *testing.B) {
			measure(b, inside, 2, func(i int) string { return questions()[i] }, func(ctx context.Context, q string) error {
				_, err := s.Find(ctx, search.Request{Text: q, Facets: facets})
				return err
			})
		})
	}
}

// BenchmarkSuggest asks completions, from one client.
func BenchmarkSuggest(b *testing.B) {
	_, s := bench(b)
	measure(b, inside, 1, func(i int) string { return prefixes()[i] }, func(ctx context.Context, q string) error {
		_, err := s.Suggest(ctx, q, 8)
		return err
	})
}

// bench opens the built index under a search whose catalog holds no assets: only
// finding is measured.
func bench(b *testing.B) (*Index, *search.Search) {
	b.Helper()
	if _, err := built(); err != nil {
		b.Fatal(err)
	}
	x := open(b, benchDir)
	_, s := searchtest.New(x)
	return x, s
}

// house is where an engine runs: what runs in a process of its own spends no time of ours.
type house uint8

const (
	inside house = iota
	outside
)

// measure runs clients over two thousand queries and prints percentiles.
func measure(b *testing.B, where house, clients int, draw func(int) string, ask func(context.Context, string) error) {
	ctx := access.With(context.Background(), access.System("bench"))
	queries := make([]string, 2000)
	for i := range queries {
		queries[i] = draw(i)
	}
	for _, q := range queries[:500] { // warm
		if err := ask(ctx, q); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		var mu sync.Mutex
		var all, busy []time.Duration
		began, next := cpu(), 0
		var wg sync.WaitGroup
		for range clients {
			wg.Go(func() {
				runtime.LockOSThread() // so that its time is this client's
				defer runtime.UnlockOSThread()
				for {
					mu.Lock()
					i := next
					next++
					mu.Unlock()
					if i >= len(queries) {
						return
					}
					at, spent := time.Now(), threadCPU()
					if err := ask(ctx, queries[i]); err != nil {
						b.Error(err)
						return
					}
					took, own := time.Since(at), threadCPU()-spent
					mu.Lock()
					all, busy = append(all, took), append(busy, own)
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		report(b, all, "ms")
		if where == outside {
			continue
		}
		report(b, busy, "busy-ms")
		b.ReportMetric(float64(cpu()-began)/1e6/float64(len(all)), "cpu-ms/op")
	}
}
