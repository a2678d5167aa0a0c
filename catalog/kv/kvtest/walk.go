package kvtest

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog/kv"
)

// walkKeys is how many records a walk starts with. Their long keys make a tree of
// several levels out of them.
const walkKeys = 400

func walkKey(i int) string { return fmt.Sprintf("%06d%s", i, strings.Repeat("k", 300)) }

// walks empties parts of a bucket and goes on in the same transaction, where a
// tree still has the nodes that hold nothing any more.
func walks(t *testing.T, s kv.Store) {
	endsWithin(t, 5*time.Minute)
	shapes := []struct {
		name     string
		from, to int // what is deleted
	}{
		{"all", 0, walkKeys},
		{"the tail", walkKeys / 3, walkKeys},
		{"the head", 0, walkKeys * 2 / 3},
		{"the middle", walkKeys / 5, walkKeys * 4 / 5},
		{"all but the last", 0, walkKeys - 1},
		{"all but the first", 1, walkKeys},
	}
	for _, shape := range shapes {
		for _, then := range []int{-1, 0, shape.from, (shape.from + shape.to) / 2, shape.to, walkKeys + 1} {
			for _, down := range []bool{false, true} {
				name := fmt.Sprintf("%s deleted, down %t, then put %d", shape.name, down, then)
				start := fill(t, s)
				want := start
				update(t, s, func(w kv.Writer) error {
					want = maps.Clone(start)
					if err := deleteSpan(w, want, shape.from, shape.to, down); err != nil {
						return err
					}
					wantWalk(t, w, name, want)
					key := fmt.Sprintf("%06d", then)
					want[key] = name
					if err := w.Put(things, []byte(key), []byte(name)); err != nil {
						return err
					}
					wantWalk(t, w, name, want)
					return nil
				})
				view(t, s, func(r kv.Reader) error {
					wantWalk(t, r, name, want)
					return nil
				})
			}
		}
	}
}

// fill leaves exactly the records of a walk in the store.
func fill(t *testing.T, s kv.Store) map[string]string {
	t.Helper()
	want := map[string]string{}
	for i := range walkKeys {
		want[walkKey(i)] = "v"
	}
	update(t, s, func(w kv.Writer) error {
		got, err := list(w, "", "")
		if err != nil {
			return err
		}
		for i := 0; i < len(got); i += 2 {
			if _, ok := want[got[i]]; !ok {
				if err := w.Delete(things, []byte(got[i])); err != nil {
					return err
				}
			}
		}
		for key, val := range want {
			if err := w.Put(things, []byte(key), []byte(val)); err != nil {
				return err
			}
		}
		return nil
	})
	return want
}

func deleteSpan(w kv.Writer, model map[string]string, from, to int, down bool) error {
	for n := range to - from {
		i := from + n
		if down {
			i = to - 1 - n
		}
		delete(model, walkKey(i))
		if err := w.Delete(things, []byte(walkKey(i))); err != nil {
			return err
		}
	}
	return nil
}

// wantWalk scans from and to several places and compares with a model.
func wantWalk(t *testing.T, r kv.Reader, name string, model map[string]string) {
	t.Helper()
	keys := slices.Sorted(maps.Keys(model))
	for _, b := range [][2]string{{"", ""}, {walkKey(0), ""}, {walkKey(walkKeys / 2), ""}, {walkKey(walkKeys - 1), ""}, {"", walkKey(walkKeys / 2)}, {walkKey(100), walkKey(300)}} {
		wantSpan(t, r, name, model, keys, b[0], b[1])
	}
}

func wantSpan(t *testing.T, r kv.Reader, name string, model map[string]string, keys []string, from, to string) {
	t.Helper()
	var want []string
	for _, k := range keys {
		if k >= from && (to == "" || k < to) {
			want = append(want, k, model[k])
		}
	}
	got, err := list(r, from, to)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%s: Scan(%.8q, %.8q): got error %v, want (-) got (+)\n%s", name, from, to, err, diff)
	}
}

// randomWalks does random things to the store and to a map: spans are deleted and
// put in both directions, and scanned in between, all in few transactions.
func randomWalks(t *testing.T, s kv.Store) {
	endsWithin(t, 5*time.Minute)
	rounds := 60
	if os.Getenv("WAYMARK_HAMMER") == "full" {
		rounds = 2000
	}
	t.Logf("%d rounds", rounds)
	model := map[string]string{}
	for round := range rounds {
		var next map[string]string
		update(t, s, func(w kv.Writer) error {
			next = maps.Clone(model)
			rnd := rand.New(rand.NewPCG(11, uint64(round)))
			for range 1 + rnd.IntN(6) {
				if err := randomSpan(rnd, w, next); err != nil {
					return err
				}
				from, to := walkKey(rnd.IntN(walkKeys)), walkKey(rnd.IntN(2*walkKeys))
				wantSpan(t, w, fmt.Sprintf("round %d", round), next, slices.Sorted(maps.Keys(next)), from, to)
			}
			return nil
		})
		model = next
		view(t, s, func(r kv.Reader) error {
			wantSpan(t, r, fmt.Sprintf("after round %d", round), model, slices.Sorted(maps.Keys(model)), "", "")
			return nil
		})
		if t.Failed() {
			return
		}
	}
}

// randomSpan deletes a span, often a large one, or puts some of its records.
func randomSpan(rnd *rand.Rand, w kv.Writer, model map[string]string) error {
	from, to := rnd.IntN(walkKeys), rnd.IntN(walkKeys+1)
	if rnd.IntN(4) == 0 {
		from, to = 0, walkKeys
	}
	from, to = min(from, to), max(from, to)
	down, all := rnd.IntN(2) == 0, rnd.IntN(2) == 0
	if rnd.IntN(2) == 0 {
		return deleteSpan(w, model, from, to, down)
	}
	for n := range to - from {
		i := from + n
		if down {
			i = to - 1 - n
		}
		if !all && rnd.IntN(20) > 0 {
			continue
		}
		val := fmt.Sprint(rnd.Uint32())
		model[walkKey(i)] = val
		if err := w.Put(things, []byte(walkKey(i)), []byte(val)); err != nil {
			return err
		}
	}
	return nil
}

// endsWithin ends the test binary when a test does not: a walk that never ends
// would hold the store's own Close too.
func endsWithin(t *testing.T, limit time.Duration) {
	t.Helper()
	timer := time.AfterFunc(limit, func() { panic(t.Name() + " did not end within " + limit.String()) })
	t.Cleanup(func() { timer.Stop() })
}
