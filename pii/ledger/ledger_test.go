package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/kv/memkv"
)

type note1 struct {
	Rows int64 `json:"rows"`
}

// open returns a ledger with n entries, every third of request 2026-0001.
func open(t *testing.T, n int) (*Ledger, kv.Store) {
	t.Helper()
	store := memkv.New()
	l, err := Open(t.Context(), store, filepath.Join(t.TempDir(), "keys", "ledger.key"))
	if err != nil {
		t.Fatal(err)
	}
	l.Now = func() time.Time { return time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC) }
	for i := range n {
		request := "2026-0001"
		if i%3 > 0 {
			request = "2026-0002"
		}
		got, err := l.Append(t.Context(), Entry{Act: "erase.intent", Request: request, Body: note1{int64(i)}})
		if err != nil || got != int64(i+1) {
			t.Fatalf("Append: got %d, %v, want %d", got, err, i+1)
		}
	}
	return l, store
}

func TestAppendAndRead(t *testing.T) {
	t.Parallel()
	l, _ := open(t, 10)
	of, err := l.Of(t.Context(), "2026-0001")
	if err != nil || len(of) != 4 || of[1].Number != 4 || string(of[1].Content) != `{"rows":3}` {
		t.Errorf("got %v, %v, want four entries, the second being number 4 with 3 rows", of, err)
	}
	recent, err := l.Recent(t.Context(), 3)
	if err != nil || len(recent) != 3 || recent[0].Number != 10 {
		t.Errorf("got %v, %v, want the newest three", recent, err)
	}
	rep, err := l.Verify(t.Context())
	if err != nil || len(rep.Problems) > 0 || rep.Entries != 10 || rep.Head.Size != 10 {
		t.Errorf("got %+v, %v, want ten sound entries", rep, err)
	}
}

func TestEmpty(t *testing.T) {
	t.Parallel()
	l, _ := open(t, 0)
	rep, err := l.Verify(t.Context())
	if err != nil || len(rep.Problems) > 0 || rep.Entries != 0 {
		t.Errorf("got %+v, %v, want an empty sound ledger", rep, err)
	}
	if _, err := l.Prove(t.Context(), 1); !errors.Is(err, fault.NotFound) {
		t.Errorf("got %v, want not found", err)
	}
}

func TestKey(t *testing.T) {
	t.Parallel()
	ctx, path := t.Context(), filepath.Join(t.TempDir(), "ledger.key")
	store := memkv.New()
	l, err := Open(ctx, store, path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("got %v, %v, want mode 0600", info.Mode(), err)
	}
	again, err := Open(ctx, store, path)
	if err != nil || again.Key() != l.Key() {
		t.Fatalf("got %v, %v, want the same key", again, err)
	}
	other := filepath.Join(t.TempDir(), "other.key")
	if _, err := Open(ctx, memkv.New(), other); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(ctx, store, other); !errors.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), "not the one") {
		t.Errorf("another key: got %v, want unavailable", err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(ctx, store, path); !errors.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), "missing") {
		t.Errorf("no key: got %v, want unavailable", err)
	}
	if err := os.WriteFile(path, []byte("PRIVATE+KEY+waymark-ledger+broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(ctx, store, path); !errors.Is(err, fault.Unavailable) || strings.Contains(err.Error(), "broken") {
		t.Errorf("broken key: got %v, want unavailable and the key left out", err)
	}
}

func TestProofs(t *testing.T) {
	t.Parallel()
	l, _ := open(t, 21)
	for n := int64(1); n <= 21; n++ {
		p, err := l.Prove(t.Context(), n)
		if err != nil {
			t.Fatal(err)
		}
		rec, err := p.Check()
		if err != nil || rec.Number != n {
			t.Fatalf("proof of %d: got %d, %v", n, rec.Number, err)
		}
		p.Content = json.RawMessage(`{"rows":99}`)
		if _, err := p.Check(); !errors.Is(err, fault.Corrupt) {
			t.Fatalf("proof of %d with another content: got %v, want corrupt", n, err)
		}
	}
	older, err := l.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Append(t.Context(), Entry{Act: "x"}); err != nil {
		t.Fatal(err)
	}
	path, newer, err := l.Consistency(t.Context(), older.Size)
	if err != nil {
		t.Fatal(err)
	}
	if err := CheckConsistency(path, older.Signed, newer.Signed, l.Key()); err != nil {
		t.Errorf("got %v, want consistent heads", err)
	}
	path[0][0] ^= 1
	if err := CheckConsistency(path, older.Signed, newer.Signed, l.Key()); !errors.Is(err, fault.Corrupt) {
		t.Errorf("got %v, want corrupt", err)
	}
}

func TestForget(t *testing.T) {
	t.Parallel()
	l, _ := open(t, 5)
	if err := l.Forget(t.Context(), 4); err != nil {
		t.Fatal(err)
	}
	rep, err := l.Verify(t.Context())
	if err != nil || len(rep.Problems) > 0 || rep.Unlinked != 1 {
		t.Errorf("got %+v, %v, want one unlinked entry and no problem", rep, err)
	}
	of, err := l.Of(t.Context(), "2026-0001")
	if err != nil || len(of) != 1 {
		t.Errorf("got %v, %v, want the forgotten entry out of its request", of, err)
	}
	if _, err := l.Prove(t.Context(), 4); !errors.Is(err, fault.NotFound) {
		t.Errorf("got %v, want not found", err)
	}
}

func TestSealed(t *testing.T) {
	t.Parallel()
	l, _ := open(t, 7)
	sealed, n, err := l.Seal(t.Context(), "receipt", "2026-0001", map[string]any{"rows": 3, "where": "<shop> & co"})
	if err != nil || n != 8 {
		t.Fatalf("got %d, %v, want entry 8", n, err)
	}
	file, err := json.MarshalIndent(sealed, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	check := func(file []byte, trusted string) error {
		s, err := ParseSealed(file)
		if err != nil {
			return err
		}
		_, err = s.Check(trusted)
		return err
	}
	for _, trusted := range []string{"", l.Key()} {
		if err := check(file, trusted); err != nil {
			t.Errorf("trusting %q: got %v, want a receipt that holds", trusted, err)
		}
	}
	other, _ := open(t, 1)
	if err := check(file, other.Key()); !errors.Is(err, fault.Corrupt) {
		t.Errorf("another key: got %v, want corrupt", err)
	}
	if err := check([]byte("{}"), ""); !errors.Is(err, fault.Invalid) {
		t.Errorf("no receipt: got %v, want invalid", err)
	}
	// Every byte that says something is covered: change each in turn.
	for i, c := range file {
		if c <= ' ' || i+1 < len(file) && strings.ContainsRune(`=\"`, rune(file[i+1])) {
			continue // white space, and the last letter of a base64 text, whose low bits are free
		}
		bad := slices.Clone(file)
		bad[i] ^= 1
		if err := check(bad, l.Key()); err == nil && meaning(bad) != meaning(file) {
			t.Fatalf("byte %d (%q) changed and not found", i, file[max(0, i-20):i+1])
		}
	}
}

// meaning is the text of a receipt without what JSON leaves open: names of members
// match in any letter case.
func meaning(file []byte) string {
	s, err := ParseSealed(file)
	if err != nil {
		return "unreadable"
	}
	out, _ := json.Marshal(s)
	return string(out)
}

// TestMutations changes a ledger at random in its store and expects the offline
// verifier to notice, against one head that was exported earlier.
func TestMutations(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	const entries = 40
	l, store := open(t, entries-10)
	exported, err := l.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for range 10 {
		if _, err := l.Append(ctx, Entry{Act: "x", Body: note1{1}}); err != nil {
			t.Fatal(err)
		}
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range 1000 {
		copied := clone(t, store)
		kind := mutate(t, copied, rng, entries)
		rep, err := Verify(ctx, copied, exported.Signed)
		if err != nil {
			t.Fatal(err)
		}
		if len(rep.Problems) == 0 {
			t.Fatalf("mutation %d (%s) was not found", i, kind)
		}
	}
}

// TestFork replaces the ledger by another one, whole and soundly signed with the
// same key: only the exported head can tell.
func TestFork(t *testing.T) {
	t.Parallel()
	ctx, path := t.Context(), filepath.Join(t.TempDir(), "k")
	grow := func(act string, n int) (*Ledger, kv.Store) {
		store := memkv.New()
		key, err := os.ReadFile(path)
		if err == nil { // the same key signs both branches
			_, public, _ := strings.Cut(strings.TrimSpace(string(key)), "\n")
			put(t, store, bucketHead, keyKey, []byte(public))
		}
		l, err := Open(ctx, store, path)
		if err != nil {
			t.Fatal(err)
		}
		for range n {
			if _, err := l.Append(ctx, Entry{Act: act}); err != nil {
				t.Fatal(err)
			}
		}
		return l, store
	}
	honest, _ := grow("erased", 9)
	head, err := honest.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{5, 9, 14} { // shorter, as long, longer
		_, fork := grow("skipped", n)
		if rep, err := Verify(ctx, fork); err != nil || len(rep.Problems) > 0 {
			t.Fatalf("got %+v, %v, want a fork that is sound in itself", rep, err)
		}
		if rep, err := Verify(ctx, fork, head.Signed); err != nil || len(rep.Problems) == 0 {
			t.Errorf("a fork of %d entries: got %+v, %v, want it found", n, rep, err)
		}
	}
}

// TestStoreFails: what cannot be recorded is an error, so that the act stops.
func TestStoreFails(t *testing.T) {
	t.Parallel()
	l, store := open(t, 1)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Append(t.Context(), Entry{Act: "x"}); !errors.Is(err, fault.Unavailable) {
		t.Errorf("got %v, want unavailable", err)
	}
}

func mutate(t *testing.T, store kv.Store, rng *rand.Rand, entries int64) string {
	t.Helper()
	n := 1 + rng.Int64N(entries)
	leaf1 := get(t, store, bucketLeaf, number(n))
	switch rng.IntN(6) {
	case 0:
		bad := slices.Clone(leaf1)
		bad[rng.IntN(len(bad))] ^= 1 << rng.IntN(8)
		put(t, store, bucketLeaf, number(n), bad)
		return "edit"
	case 1:
		remove(t, store, bucketLeaf, number(n))
		return "delete"
	case 2:
		m := 1 + (n+rng.Int64N(entries-1))%entries
		put(t, store, bucketLeaf, number(n), get(t, store, bucketLeaf, number(m)))
		put(t, store, bucketLeaf, number(m), leaf1)
		return "reorder"
	case 3:
		for k := n; k <= entries; k++ {
			remove(t, store, bucketLeaf, number(k))
		}
		return "truncate"
	case 4:
		b, _ := readBody(get(t, store, bucketBody, number(n)))
		b.Content = json.RawMessage(`{"rows":77}`)
		put(t, store, bucketBody, number(n), b.bytes())
		return "edit of the body"
	default:
		put(t, store, bucketLeaf, number(entries+1), leaf1)
		return "insert"
	}
}

func clone(t *testing.T, store kv.Store) kv.Store {
	t.Helper()
	out := memkv.New()
	for _, b := range []kv.Bucket{bucketLeaf, bucketBody, bucketHash, bucketRequest, bucketHead} {
		err := store.View(t.Context(), func(r kv.Reader) error {
			return out.Update(context.Background(), func(w kv.Writer) error {
				for p, err := range r.Scan(b, nil, nil) {
					if err != nil {
						return err
					}
					if err := w.Put(b, slices.Clone(p.Key), slices.Clone(p.Val)); err != nil {
						return err
					}
				}
				return nil
			})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func get(t *testing.T, store kv.Store, b kv.Bucket, key []byte) (out []byte) {
	t.Helper()
	err := store.View(t.Context(), func(r kv.Reader) error {
		val, _, err := r.Get(b, key)
		out = slices.Clone(val)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func put(t *testing.T, store kv.Store, b kv.Bucket, key, val []byte) {
	t.Helper()
	if err := store.Update(t.Context(), func(w kv.Writer) error { return w.Put(b, key, val) }); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, store kv.Store, b kv.Bucket, key []byte) {
	t.Helper()
	if err := store.Update(t.Context(), func(w kv.Writer) error { return w.Delete(b, key) }); err != nil {
		t.Fatal(err)
	}
}

func BenchmarkAppend(b *testing.B) {
	l, err := Open(b.Context(), memkv.New(), filepath.Join(b.TempDir(), "k"))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := l.Append(b.Context(), Entry{Act: "erase.intent", Request: "2026-0001", Body: note1{1}}); err != nil {
			b.Fatal(err)
		}
	}
}
