package lineage_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/kv/memkv"
	"waymark/lineage"
)

// dying is a store that fails one of its updates, before or after it was done, as
// one does whose process is killed.
type dying struct {
	kv.Store
	in    int // updates until then; negative for never
	after bool
}

func (d *dying) Update(ctx context.Context, fn func(kv.Writer) error) error {
	d.in--
	if d.in == -1 && !d.after {
		return fault.Unavailable.Errorf("killed before it")
	}
	err := d.Store.Update(ctx, fn)
	if d.in == -1 && err == nil {
		return fault.Unavailable.Errorf("killed after it")
	}
	return err
}

func TestKilledAnywhereItLosesNothing(t *testing.T) {
	want := survived(t, -1, false)
	for in := range 12 {
		for _, after := range []bool{false, true} {
			if diff := cmp.Diff(want, survived(t, in, after)); diff != "" {
				t.Errorf("killed at update %d, after it: %v (-want +got):\n%s", in, after, diff)
			}
		}
	}
}

// survived is the graph after one update of the follower failed and it went on, in
// the same process; another that loads the store must see the same.
func survived(t *testing.T, in int, after bool) []string {
	t.Helper()
	store, log := &dying{Store: memkv.New(), in: -1}, slog.New(slog.DiscardHandler)
	t.Cleanup(func() { store.Close() })
	d := draw(t, 9, 40)
	d.cat = catalog.New(store, access.New(store, log), log)
	d.cat.Now = func() time.Time { return now }
	d.fresh = func() *lineage.Graph {
		g := lineage.New(d.cat, store, log)
		g.Now = d.cat.Now
		return g
	}
	d.graph = d.fresh()
	for range 3 {
		store.in = -1
		d.tell(t, 30)
		store.in, store.after = in, after
		for d.graph.Sync(system()) != nil {
			store.in = -1 // it dies once
		}
	}
	got, anew := all(t, d.graph, d.size), d.fresh()
	if err := anew.Load(system()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(all(t, anew, d.size), got); diff != "" {
		t.Errorf("killed at update %d (-loaded +kept):\n%s", in, diff)
	}
	return got
}

func TestWhatAnotherProgramStoredIsReadAnew(t *testing.T) {
	store, log := memkv.New(), slog.New(slog.DiscardHandler)
	t.Cleanup(func() { store.Close() })
	d := draw(t, 10, 40)
	d.cat = catalog.New(store, access.New(store, log), log)
	d.cat.Now = func() time.Time { return now }
	d.graph = lineage.New(d.cat, store, log)
	d.tell(t, 30)
	if err := d.graph.Sync(system()); err != nil {
		t.Fatal(err)
	}
	want := all(t, d.graph, d.size)
	err := store.Update(t.Context(), func(w kv.Writer) error { return w.Put("edge", []byte("x"), []byte{0xa1, 1, 2}) })
	if err != nil {
		t.Fatal(err)
	}
	again := lineage.New(d.cat, store, log)
	if err := again.Load(system()); err != nil {
		t.Fatal(err)
	}
	if _, edges, _ := again.Size(); edges != 0 {
		t.Errorf("loaded: got %d edges want none of what cannot be read", edges)
	}
	if err := again.Sync(system()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, all(t, again, d.size)); diff != "" {
		t.Errorf("read anew (-want +got):\n%s", diff)
	}
}
