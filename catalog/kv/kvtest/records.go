package kvtest

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

func empty(t *testing.T, s kv.Store) {
	view(t, s, func(r kv.Reader) error {
		if val, ok, err := r.Get(things, []byte("a")); ok || err != nil {
			t.Errorf("Get: got %q, %v, %v want nothing", val, ok, err)
		}
		wantList(t, r, "", "")
		return nil
	})
	update(t, s, func(w kv.Writer) error { return w.Delete(things, []byte("a")) })
}

func putGetDelete(t *testing.T, s kv.Store) {
	put(t, s, "a", "1", "b", "2", "c", "")
	wantGet(t, s, "a", "1")
	wantGet(t, s, "c", "")
	put(t, s, "a", "one, and longer than before")
	wantGet(t, s, "a", "one, and longer than before")
	update(t, s, func(w kv.Writer) error { return w.Delete(things, []byte("a")) })
	wantNone(t, s, "a")
	wantGet(t, s, "b", "2")
	put(t, s, "a", "back")
	wantGet(t, s, "a", "back")
}

func copies(t *testing.T, s kv.Store) {
	update(t, s, func(w kv.Writer) error {
		key, val := []byte("key"), []byte("val")
		if err := w.Put(things, key, val); err != nil {
			return err
		}
		copy(key, "xxx")
		copy(val, "xxx")
		return nil
	})
	wantGet(t, s, "key", "val")
}

func apart(t *testing.T, s kv.Store) {
	update(t, s, func(w kv.Writer) error {
		if err := w.Put("one", []byte("k"), []byte("1")); err != nil {
			return err
		}
		return w.Put("two", []byte("k"), []byte("2"))
	})
	update(t, s, func(w kv.Writer) error { return w.Delete("one", []byte("k")) })
	view(t, s, func(r kv.Reader) error {
		if _, ok, err := r.Get("one", []byte("k")); ok || err != nil {
			t.Errorf("one: got %v, %v want nothing", ok, err)
		}
		if val, _, err := r.Get("two", []byte("k")); string(val) != "2" || err != nil {
			t.Errorf("two: got %q, %v want 2", val, err)
		}
		return nil
	})
}

// order puts keys that a text collation, a sign or a terminator would misplace.
func order(t *testing.T, s kv.Store) {
	keys := []string{"\x00", "\x00\x00", "\x00\x01", "\x01", "A", "B", "Z", "a", "a\x00", "a\x00b", "a ", "aa", "z", "\x7f", "\x80", "é", "\xff", "\xff\x00", "\xff\xff"}
	shuffled := slices.Clone(keys)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	for _, k := range shuffled {
		put(t, s, k, "of "+k)
	}
	slices.Sort(keys)
	var want []string
	for _, k := range keys {
		want = append(want, k, "of "+k)
	}
	view(t, s, func(r kv.Reader) error {
		wantList(t, r, "", "", want...)
		return nil
	})
}

func bounds(t *testing.T, s kv.Store) {
	put(t, s, "b", "1", "d", "2", "f", "3")
	view(t, s, func(r kv.Reader) error {
		wantList(t, r, "", "", "b", "1", "d", "2", "f", "3")
		wantList(t, r, "d", "", "d", "2", "f", "3")
		wantList(t, r, "", "d", "b", "1")
		wantList(t, r, "c", "e", "d", "2")
		wantList(t, r, "b", "f", "b", "1", "d", "2")
		wantList(t, r, "d", "d")
		wantList(t, r, "e", "c")
		wantList(t, r, "g", "")
		wantList(t, r, "", "a")
		for p := range r.Scan(things, nil, nil) { // a loop may stop early
			if string(p.Key) != "b" {
				t.Errorf("first key: got %q want b", p.Key)
			}
			break
		}
		for range r.Scan(things, nil, []byte{}) {
			t.Error("a bound that is empty but not nil lets keys through, want none")
		}
		return nil
	})
}

func bigValues(t *testing.T, s kv.Store) {
	rnd := rand.New(rand.NewPCG(3, 4))
	sizes := []int{0, 1, 4000, 4096, 70_000, kv.MaxValue - 1, kv.MaxValue}
	vals := map[string][]byte{}
	for _, n := range sizes {
		val := make([]byte, n)
		for i := range val {
			val[i] = byte(rnd.Uint32())
		}
		vals[fmt.Sprintf("%08d", n)] = val
	}
	update(t, s, func(w kv.Writer) error {
		for k, v := range vals {
			if err := w.Put(things, []byte(k), v); err != nil {
				return err
			}
		}
		return nil
	})
	view(t, s, func(r kv.Reader) error {
		for k, want := range vals {
			got, ok, err := r.Get(things, []byte(k))
			if !ok || err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s: got %d bytes, %v, %v want the %d bytes that were put", k, len(got), ok, err, len(want))
			}
		}
		return nil
	})
}

func limits(t *testing.T, s kv.Store) {
	long := func(n int) []byte { return bytes.Repeat([]byte("k"), n) }
	update(t, s, func(w kv.Writer) error { return w.Put(things, long(kv.MaxKey), []byte("v")) })
	wantGet(t, s, string(long(kv.MaxKey)), "v")
	bad := []struct {
		name     string
		bucket   kv.Bucket
		key, val []byte
	}{
		{"no key", things, nil, []byte("v")},
		{"empty key", things, []byte{}, []byte("v")},
		{"long key", things, long(kv.MaxKey + 1), []byte("v")},
		{"long value", things, []byte("k"), long(kv.MaxFramed + 1)},
		{"no bucket", "", []byte("k"), []byte("v")},
		{"long bucket", kv.Bucket(long(kv.MaxBucket + 1)), []byte("k"), []byte("v")},
	}
	for _, tt := range bad {
		err := s.Update(t.Context(), func(w kv.Writer) error { return w.Put(tt.bucket, tt.key, tt.val) })
		if got := fault.KindOf(err); got != fault.Invalid {
			t.Errorf("%s: got error %v of kind %q, want kind invalid", tt.name, err, got)
		}
	}
	view(t, s, func(r kv.Reader) error {
		if val, ok, err := r.Get(things, long(kv.MaxKey+1)); ok || err != nil {
			t.Errorf("Get of a key that cannot be: got %q, %v, %v want nothing", val, ok, err)
		}
		wantList(t, r, "", "", string(long(kv.MaxKey)), "v")
		return nil
	})
}

// model does the same random things to the store and to a map.
func model(t *testing.T, s kv.Store) {
	rnd := rand.New(rand.NewPCG(5, 6))
	want := map[string]string{}
	for range 60 {
		next := maps.Clone(want)
		abandon := rnd.IntN(4) == 0
		seed := rnd.Uint64()
		err := s.Update(t.Context(), func(w kv.Writer) error {
			next = maps.Clone(want)
			if err := randomWrites(rand.New(rand.NewPCG(seed, 7)), w, next); err != nil {
				return err
			}
			wantModel(t, w, next)
			if abandon {
				return fault.Conflict.Errorf("changed its mind")
			}
			return nil
		})
		if abandon {
			wantKind(t, err, fault.Conflict)
		} else {
			wantKind(t, err, "")
			want = next
		}
		view(t, s, func(r kv.Reader) error {
			wantModel(t, r, want)
			return nil
		})
	}
}

func randomWrites(rnd *rand.Rand, w kv.Writer, model map[string]string) error {
	for range rnd.IntN(50) {
		key := fmt.Sprintf("%x", rnd.IntN(300))
		if rnd.IntN(3) == 0 {
			delete(model, key)
			if err := w.Delete(things, []byte(key)); err != nil {
				return err
			}
			continue
		}
		model[key] = fmt.Sprint(rnd.Uint64())
		if err := w.Put(things, []byte(key), []byte(model[key])); err != nil {
			return err
		}
	}
	return nil
}

func wantModel(t *testing.T, r kv.Reader, model map[string]string) {
	t.Helper()
	var want []string
	for _, k := range slices.Sorted(maps.Keys(model)) {
		want = append(want, k, model[k])
	}
	wantList(t, r, "", "", want...)
}

func wantList(t *testing.T, r kv.Reader, from, to string, want ...string) {
	t.Helper()
	got, err := list(r, from, to)
	if err != nil {
		t.Errorf("Scan(%q, %q): got error %v want nil", from, to, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Scan(%q, %q): want (-) got (+)\n%s", from, to, diff)
	}
}

func wantGet(t *testing.T, s kv.Store, key, want string) {
	t.Helper()
	view(t, s, func(r kv.Reader) error {
		got, ok, err := r.Get(things, []byte(key))
		if string(got) != want || !ok || err != nil {
			t.Errorf("Get %q: got %q, %v, %v want %q", key, got, ok, err, want)
		}
		return nil
	})
}

func wantNone(t *testing.T, s kv.Store, key string) {
	t.Helper()
	view(t, s, func(r kv.Reader) error {
		if got, ok, err := r.Get(things, []byte(key)); ok || err != nil {
			t.Errorf("Get %q: got %q, %v, %v want nothing", key, got, ok, err)
		}
		return nil
	})
}
