package lineage

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
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
	"waymark/catalog/urn"
)

// The graph that is timed: tables in domains, each made from five earlier ones of its
// domain, so that the first tables of a domain reach nearly all of it.
const (
	benchUps    = 5
	benchDomain = 11_000
	benchReach  = 10_000 // tables downstream of the roots whose impact is timed, a tenth more or less
)

// benchTables is how many tables there are: WAYMARK_BENCH_GRAPH, or a million.
func benchTables(b *testing.B) int {
	n := 1_000_000
	if s := os.Getenv("WAYMARK_BENCH_GRAPH"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil || n < benchDomain {
			b.Fatalf("WAYMARK_BENCH_GRAPH is %q; write a number from %d on", s, benchDomain)
		}
	}
	return n
}

func benchTable(i int) urn.URN {
	return urn.Dataset("snowflake", fmt.Sprintf("shop.mart_%d.orders_daily_%d", i/benchDomain, i), "")
}

// benchStore writes what every table says into a store on disk.
func benchStore(b *testing.B, n int) kv.Store {
	b.Helper()
	inner, err := boltkv.Open(filepath.Join(b.TempDir(), "graph.db"), boltkv.Options{})
	if err != nil {
		b.Fatal(err)
	}
	store := kv.Summed(inner)
	b.Cleanup(func() { store.Close() })
	keys := make([]int, n)
	for i := range keys {
		keys[i] = i
	}
	slices.SortFunc(keys, func(x, y int) int { return cmp.Compare(benchTable(x), benchTable(y)) })
	rnd := rand.New(rand.NewPCG(1, 2))
	for part := range slices.Chunk(keys, 20_000) {
		err := store.Update(context.Background(), func(w kv.Writer) error {
			for _, i := range part {
				c := benchSays(rnd, i)
				if err := w.Put(bucketEdge, []byte(c.By), c.pack()); err != nil {
					return err
				}
				into, err := intoKey(string(c.By), string(c.By))
				if err != nil {
					return err
				}
				if err := w.Put(bucketInto, []byte(into), nil); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return store
}

func benchSays(rnd *rand.Rand, i int) contribution {
	c := contribution{By: benchTable(i), First: 1}
	start := i / benchDomain * benchDomain
	for len(c.Links) < min(benchUps, i-start) {
		l := said{Up: benchTable(start + rnd.IntN(i-start)), Down: c.By, Origin: FromDefinition, Confidence: sureDefinition, From: 1}
		if !slices.ContainsFunc(c.Links, l.same) {
			c.Links = append(c.Links, l)
		}
	}
	return c
}

// BenchmarkGraph times a graph of a million tables and five million edges. Memory is
// the heap that stays after a load: names, their index, edges both ways, classes.
func BenchmarkGraph(b *testing.B) {
	n := benchTables(b)
	store, log := benchStore(b, n), slog.New(slog.DiscardHandler)
	g := New(catalog.New(store, access.New(store, log), log), store, log)
	ctx := access.With(context.Background(), access.System("bench"))
	before := heap()
	b.Run("load", func(b *testing.B) {
		cpu := catalogtest.CPU(b)
		for b.Loop() {
			if err := g.Load(ctx); err != nil {
				b.Fatal(err)
			}
		}
		report(b, n, cpu)
	})
	b.Run("memory", func(b *testing.B) {
		b.ReportMetric(float64(heap()-before)/1e6, "heap-MB")
		_, edges, _ := g.Size()
		b.ReportMetric(float64(edges), "edges")
		b.ReportMetric(float64(n), "assets")
	})
	roots := benchRoots(g, n)
	b.Run("walk", func(b *testing.B) { benchWalk(b, g, n, roots) })
	b.Run("impact", func(b *testing.B) { benchImpact(ctx, b, g, n, roots) })
	b.Run("trace", func(b *testing.B) { benchTrace(ctx, b, g, n, roots, false) })
	b.Run("bare", func(b *testing.B) { benchTrace(ctx, b, g, n, roots, true) })
	b.Run("path", func(b *testing.B) { benchPath(b, g, n, roots) })
	b.Run("change", func(b *testing.B) {
		rnd := rand.New(rand.NewPCG(3, 4))
		each(b, n, func(int) {
			c := benchSays(rnd, rnd.IntN(n))
			if err := g.say(ctx, c); err != nil {
				b.Fatal(err)
			}
		})
	})
}

// say writes what one contributor says now and shows it.
func (g *Graph) say(ctx context.Context, c contribution) error {
	g.writing.Lock()
	defer g.writing.Unlock()
	var v *revision
	err := g.store.View(ctx, func(r kv.Reader) (err error) {
		v, err = g.revise(r, c.By, &c, false)
		return err
	})
	if err != nil || v == nil {
		return err
	}
	if err := g.write(ctx, []*revision{v}); err != nil {
		return err
	}
	return g.show(ctx)
}

// benchRoots finds assets with about the wanted number of assets downstream.
func benchRoots(g *Graph, n int) (out []uint32) {
	s := g.now.Load()
	w := g.walker(s)
	defer g.give(w)
	for i := 0; i < n && len(out) < 200; i++ {
		at, ok := s.find(benchTable(i))
		if !ok || i%benchDomain > 50 {
			continue
		}
		w.start(s.len())
		w.enter(at, 0, 0)
		w.spread(1)
		if len(w.order) > benchReach*9/10 && len(w.order) < benchReach*11/10 {
			out = append(out, at)
		}
	}
	return out
}

// benchWalk times the walk of an impact: every asset downstream, with its distance
// and the way to it, each once.
func benchWalk(b *testing.B, g *Graph, n int, roots []uint32) {
	if len(roots) == 0 {
		b.Fatal("no table has the wanted number downstream")
	}
	total := 0
	each(b, n, func(i int) {
		s := g.now.Load()
		w := g.walker(s)
		w.allowed = s.allows(Which{Fresh: true})
		w.enter(roots[i%len(roots)], 0, 0)
		w.spread(1)
		total += len(w.order)
		g.give(w)
	})
	b.ReportMetric(float64(total)/float64(b.N*benchOps), "nodes/op")
}

// benchImpact times the whole answer: every asset downstream is graded, and the worst
// hundred get their names and ways.
func benchImpact(ctx context.Context, b *testing.B, g *Graph, n int, roots []uint32) {
	asset := func(i int) urn.URN { return g.now.Load().urn(roots[i%len(roots)]) }
	batch := catalog.Batch{Author: catalog.Import}
	for i := range roots {
		batch.Assets = append(batch.Assets, catalog.Asset{URN: asset(i), Type: catalog.Dataset, Profile: &catalog.Profile{Subtype: "table"}})
	}
	if _, err := g.cat.Apply(ctx, batch); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	times(b, n, 100, func(i int) {
		if list, _, err := g.Impact(ctx, asset(i), "", Gone, 0, 100); err != nil || len(list) < 100 {
			b.Fatal(len(list), err)
		}
	})
}

// benchTrace times a trace of ten thousand assets in words, with and without who says
// each edge.
func benchTrace(ctx context.Context, b *testing.B, g *Graph, n int, roots []uint32, bare bool) {
	times(b, n, 20, func(i int) {
		q := Request{Root: g.now.Load().urn(roots[i%len(roots)]), Direction: Down, Limit: benchReach, Bare: bare}
		if t, err := g.Trace(ctx, q); err != nil || len(t.Nodes) < benchReach*9/10 {
			b.Fatal(len(t.Nodes), err)
		}
	})
}

// benchPath times the way from each root to one of the assets downstream.
func benchPath(b *testing.B, g *Graph, n int, roots []uint32) {
	s := g.now.Load()
	var ends [][2]uint32
	w := g.walker(s)
	for i := range benchOps {
		w.start(s.len())
		w.enter(roots[i%len(roots)], 0, 0)
		w.spread(1)
		ends = append(ends, [2]uint32{w.order[0].n, w.order[i*7919%len(w.order)].n})
	}
	g.give(w)
	b.ResetTimer()
	each(b, n, func(i int) {
		if g.meet(s, ends[i][0], ends[i][1], Which{}) == nil {
			b.Fatal("no way where there is one")
		}
	})
}

// benchOps is how many operations one row measures: enough for a p99.
const benchOps = 1000

// each times single operations and reports how long they took.
func each(b *testing.B, n int, do func(i int)) { times(b, n, benchOps, do) }

func times(b *testing.B, n, ops int, do func(i int)) {
	took := make([]time.Duration, ops)
	cpu := catalogtest.CPU(b)
	for range b.N {
		for i := range took {
			start := time.Now()
			do(i)
			took[i] = time.Since(start)
		}
	}
	b.ReportMetric(float64(catalogtest.CPU(b)-cpu)/1e6/float64(b.N*ops), "cpu-ms/op")
	slices.Sort(took)
	for _, p := range []int{50, 95, 99} {
		b.ReportMetric(float64(took[ops*p/100])/1e6, fmt.Sprintf("p%d-ms", p))
	}
	b.ReportMetric(float64(ops), "ops")
	b.ReportMetric(float64(n), "assets")
}

func report(b *testing.B, n int, cpu time.Duration) {
	b.ReportMetric(float64(catalogtest.CPU(b)-cpu)/1e6/float64(b.N), "cpu-ms/op")
	b.ReportMetric(float64(n), "assets")
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkNames times what a change that has SQL costs before its SQL is read: the
// names of all datasets, by listing them, by following the change log from its start,
// and after one change.
func BenchmarkNames(b *testing.B) {
	const size = 100_000
	store, log := memkv.New(), slog.New(slog.DiscardHandler)
	defer store.Close()
	g := New(catalog.New(store, access.New(store, log), log), store, log)
	ctx := access.With(context.Background(), access.System("bench"))
	rnd := rand.New(rand.NewPCG(5, 6))
	tell := func(from, to int) {
		batch := catalog.Batch{Author: catalog.Import}
		for i := from; i < to; i++ {
			a := catalog.Asset{URN: benchTable(i), Type: catalog.Dataset, Profile: &catalog.Profile{Subtype: fmt.Sprint("table ", rnd.Uint32())}, Schema: &catalog.Schema{}}
			for c := range 20 {
				a.Schema.Columns = append(a.Schema.Columns, catalog.Column{Name: fmt.Sprint("column_", c), Type: "text"})
			}
			batch.Assets = append(batch.Assets, a)
		}
		if _, err := g.cat.Apply(ctx, batch); err != nil {
			b.Fatal(err)
		}
	}
	for i := 0; i < size; i += 1000 {
		tell(i, i+1000)
	}
	b.Run("listed", func(b *testing.B) {
		for b.Loop() {
			for _, err := range g.cat.List(ctx, catalog.Filter{Types: []catalog.Type{catalog.Dataset}}) {
				if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			g.tables = newTables()
			if _, err := g.names(ctx); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("change", func(b *testing.B) {
		for b.Loop() {
			i := rnd.IntN(size)
			tell(i, i+1)
			if _, err := g.names(ctx); err != nil {
				b.Fatal(err)
			}
		}
	})
}
