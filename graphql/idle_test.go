package graphql

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/kv/memkv"
	"waymark/catalog/urn"
)

// idleParts is a catalog alone.
func idleParts(tb testing.TB) (*Parts, context.Context) {
	store, log := memkv.New(), slog.New(slog.DiscardHandler)
	tb.Cleanup(func() { store.Close() })
	guard := access.New(store, log)
	return &Parts{Catalog: catalog.New(store, guard, log), Guard: guard, Now: time.Now}, access.With(context.Background(), access.System("test"))
}

func idleDataset(rnd *rand.Rand, i int) catalog.Asset {
	bytes := int64(rnd.IntN(50))
	a := catalog.Asset{URN: urn.Dataset("postgres", fmt.Sprintf("dwh.s%d.t%d", i%5, i), ""), Type: catalog.Dataset, Stats: &catalog.Stats{Bytes: &bytes}}
	if covered := rnd.IntN(3); covered > 0 {
		a.Usage = &catalog.UsageSignal{Covered: covered == 1, CoveredDays: 90, People30: rnd.IntN(2), LastRead: time.Now().AddDate(0, 0, -rnd.IntN(2)*200)}
		if rnd.IntN(2) == 0 {
			a.Usage.People30, a.Usage.LastRead = 0, time.Time{}
		}
	}
	return a
}

// unusedByReading is what a page of unused datasets says when all are read for it.
func unusedByReading(t *testing.T, ctx context.Context, p *Parts, state, zone string) (list []urn.URN, counts map[string]int32, bytes int64) {
	t.Helper()
	all, err := p.datasets(ctx)
	if err != nil {
		t.Fatal(err)
	}
	counts = map[string]int32{}
	for i := range all {
		if a := &all[i]; zone == "" || a.Zone() == zone {
			is := catalog.IdleOf(a, p.Now()).State
			if counts[is]++; is == state {
				list = append(list, a.URN)
				bytes += known(a.Stats.Bytes)
			}
		}
	}
	return list, counts, bytes
}

func TestUnusedFollowsWhatChanges(t *testing.T) {
	p, ctx := idleParts(t)
	rnd := rand.New(rand.NewPCG(3, 3))
	for round := range 40 {
		batch := catalog.Batch{Author: catalog.Import}
		seen := map[int]bool{}
		for range 1 + rnd.IntN(20) {
			i := rnd.IntN(60)
			if seen[i] {
				continue
			}
			seen[i] = true
			a := idleDataset(rnd, i)
			switch rnd.IntN(5) {
			case 0:
				batch.Removed = append(batch.Removed, a.URN)
				continue
			case 1:
				a.Status = &catalog.Status{Stub: true}
			}
			batch.Assets = append(batch.Assets, a)
		}
		if _, err := p.Catalog.Apply(ctx, batch); err != nil {
			t.Fatal(err)
		}
		zone := []string{"", "s1"}[round%2]
		for _, state := range []string{catalog.Unused, catalog.Unparsed, catalog.Unknown} {
			got, counts, bytes, err := p.unread.ofState(ctx, p, state, narrowed{Zone: &zone})
			if err != nil {
				t.Fatal(err)
			}
			want, wantCounts, wantBytes := unusedByReading(t, ctx, p, state, zone)
			slices.Sort(got)
			if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b []urn.URN) bool { return slices.Equal(a, b) })) + cmp.Diff(wantCounts, counts); diff != "" || bytes != wantBytes {
				t.Fatalf("round %d, %s: %d bytes want %d (-by reading all +followed):\n%s", round, state, bytes, wantBytes, diff)
			}
		}
	}
}

// BenchmarkUnused times a page of unused datasets among a hundred thousand: by reading
// all of them, and by what is remembered.
func BenchmarkUnused(b *testing.B) {
	p, ctx := idleParts(b)
	rnd := rand.New(rand.NewPCG(3, 3))
	const size = 100_000
	for part := range slices.Chunk(slices.Collect(func(yield func(int) bool) {
		for i := range size {
			if !yield(i) {
				return
			}
		}
	}), 1000) {
		batch := catalog.Batch{Author: catalog.Import}
		for _, i := range part {
			batch.Assets = append(batch.Assets, idleDataset(rnd, i))
		}
		if _, err := p.Catalog.Apply(ctx, batch); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("reading", func(b *testing.B) {
		for b.Loop() {
			if all, err := p.datasets(ctx); err != nil || len(all) != size {
				b.Fatal(len(all), err)
			}
		}
	})
	unused := func(b *testing.B) {
		if _, _, _, err := p.unread.ofState(ctx, p, catalog.Unused, narrowed{}); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			p.unread.seq, p.unread.rows = 0, nil
			unused(b)
		}
	})
	b.Run("change", func(b *testing.B) {
		for b.Loop() {
			if _, err := p.Catalog.Apply(ctx, catalog.Batch{Author: catalog.Import, Assets: []catalog.Asset{idleDataset(rnd, rnd.IntN(size))}}); err != nil {
				b.Fatal(err)
			}
			unused(b)
		}
	})
}
