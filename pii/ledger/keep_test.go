package ledger

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/kv/memkv"
)

// kept is a ledger of n entries with its three keepers.
type kept struct {
	store, apart kv.Store
	key          string
	keepers      []Keeper
}

func newKept(t *testing.T, n int) kept {
	t.Helper()
	k := kept{store: memkv.New(), apart: memkv.New(), key: filepath.Join(t.TempDir(), "key.sign")}
	k.keepers = []Keeper{Secret(k.key), File(k.key + ".pin"), Store("the catalog's store", k.apart)}
	l := k.open(t)
	for range n {
		if _, err := l.Append(t.Context(), Entry{Act: "erase.intent", Request: "2026-0001", Body: note1{1}}); err != nil {
			t.Fatal(err)
		}
	}
	return k
}

func (k kept) open(t *testing.T) *Ledger {
	t.Helper()
	l, err := Open(t.Context(), k.store, k.key, k.keepers...)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// refused wants the ledger neither opened nor called whole.
func (k kept) refused(t *testing.T, what string) {
	t.Helper()
	if _, err := Open(t.Context(), k.store, k.key, k.keepers...); !errors.Is(err, fault.Corrupt) && !errors.Is(err, fault.Unavailable) {
		t.Errorf("%s: open: got %v want it refused", what, err)
	}
	rep, err := Examine(t.Context(), k.store, Evidence{Keepers: k.keepers})
	if err != nil || len(rep.Problems) == 0 {
		t.Errorf("%s: verify: got %+v, %v want a problem", what, rep, err)
	}
}

func TestKeepersFollowEachEntry(t *testing.T) {
	k := newKept(t, 3)
	for _, keeper := range k.keepers[1:] {
		if p, err := keeper.Kept(t.Context()); err != nil || p.Head.Size != 3 {
			t.Errorf("%s: got %d entries, %v want 3", keeper.Name(), p.Head.Size, err)
		}
	}
	if rep, err := k.open(t).Verify(t.Context()); err != nil || len(rep.Problems) > 0 {
		t.Errorf("got %+v, %v want a whole ledger", rep, err)
	}
}

// Each way to replace a ledger by a sound one shows against what is kept.
func TestReplacedLedger(t *testing.T) {
	t.Run("wiped", func(t *testing.T) {
		k := newKept(t, 5)
		k.store = memkv.New()
		k.refused(t, "store wiped")
		k.keepers = k.keepers[:1]
		k.refused(t, "only the signing key knows")
	})
	t.Run("new key", func(t *testing.T) {
		k, other := newKept(t, 5), newKept(t, 5)
		k.store = other.store
		secret, err := os.ReadFile(other.key)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(k.key, secret, 0o600); err != nil {
			t.Fatal(err)
		}
		k.refused(t, "rewritten under a new key")
	})
	t.Run("cut and signed again", func(t *testing.T) {
		k := newKept(t, 5)
		secret, err := os.ReadFile(k.key)
		if err != nil {
			t.Fatal(err)
		}
		short := newKept(t, 0)
		if err := os.WriteFile(short.key, secret, 0o600); err != nil {
			t.Fatal(err)
		}
		_, public, _ := strings.Cut(strings.TrimSpace(string(secret)), "\n")
		put(t, short.store, bucketHead, keyKey, []byte(public))
		l, err := Open(t.Context(), short.store, short.key)
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			if _, err := l.Append(t.Context(), Entry{Act: "erase.intent", Request: "2026-0001", Body: note1{1}}); err != nil {
				t.Fatal(err)
			}
		}
		k.store = short.store
		k.refused(t, "a shorter ledger by the same key")
		for range 4 {
			if _, err := l.Append(t.Context(), Entry{Act: "x"}); err != nil {
				t.Fatal(err)
			}
		}
		k.refused(t, "a longer ledger by the same key that begins otherwise")
	})
	t.Run("pin changed", func(t *testing.T) {
		k := newKept(t, 2)
		if err := os.WriteFile(k.key+".pin", []byte("nonsense\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		k.refused(t, "a pin that is none")
	})
}

// A cut that was made while nobody looked is not signed by the next entry.
func TestAppendRefusesACutLedger(t *testing.T) {
	for what, cut := range map[string]func(kv.Store){
		"no head":      func(s kv.Store) { remove(t, s, bucketHead, keyHead) },
		"entry behind": func(s kv.Store) { put(t, s, bucketLeaf, number(6), []byte("{}")) },
		"node changed": func(s kv.Store) { put(t, s, bucketHash, number(tlog.StoredHashIndex(2, 0)), make([]byte, 32)) },
		"foreign head": func(s kv.Store) { put(t, s, bucketHead, keyHead, []byte("waymark-ledger\n0\nAAAA\n\n")) },
	} {
		l, store := open(t, 5)
		cut(store)
		if n, err := l.Append(t.Context(), Entry{Act: "x"}); !errors.Is(err, fault.Corrupt) {
			t.Errorf("%s: got entry %d, %v want it refused", what, n, err)
		}
	}
}

// A key that was made and not yet named is finished, or made anew.
func TestCrashWhileTheKeyIsMade(t *testing.T) {
	k := newKept(t, 0)
	if err := os.Rename(k.key, k.key+pending); err != nil {
		t.Fatal(err)
	}
	k.open(t)
	fresh := kept{store: memkv.New(), key: filepath.Join(t.TempDir(), "key")}
	if err := os.WriteFile(fresh.key+pending, []byte("half a k"), 0o600); err != nil {
		t.Fatal(err)
	}
	fresh.open(t)
}

func TestRepin(t *testing.T) {
	k := newKept(t, 3)
	backup := clone(t, k.store)
	if _, err := k.open(t).Append(t.Context(), Entry{Act: "x"}); err != nil {
		t.Fatal(err)
	}
	exported, err := k.open(t).Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	k.store = backup
	k.refused(t, "a backup was put back")
	lost, err := Repin(t.Context(), k.store, k.key, "ana", k.keepers...)
	if err != nil || len(lost) != 2 {
		t.Fatalf("got %q, %v want what both keepers knew", lost, err)
	}
	rep, err := k.open(t).Verify(t.Context())
	if err != nil || len(rep.Problems) > 0 || rep.Entries != 4 {
		t.Errorf("got %+v, %v want a whole ledger with an entry that says so", rep, err)
	}
	if rep, err = k.open(t).Verify(t.Context(), exported.Signed); err != nil || len(rep.Problems) == 0 {
		t.Errorf("got %+v, %v want the exported head to show what was lost", rep, err)
	}
}

// A lost ledger can be begun anew, by an act that says so, once its key is out of the way.
func TestRepinAfterALoss(t *testing.T) {
	k := newKept(t, 3)
	k.store = memkv.New()
	if _, err := Repin(t.Context(), k.store, k.key, "ana", k.keepers...); !errors.Is(err, fault.Corrupt) {
		t.Errorf("the key is still there: got %v want it refused", err)
	}
	for _, name := range []string{"", ".pin"} {
		if err := os.Remove(k.key + name); err != nil {
			t.Fatal(err)
		}
	}
	k.refused(t, "the catalog's store still knows it")
	lost, err := Repin(t.Context(), k.store, k.key, "ana", k.keepers...)
	if err != nil || len(lost) != 1 {
		t.Fatalf("got %q, %v want what the catalog's store knew", lost, err)
	}
	if rep, err := k.open(t).Verify(t.Context()); err != nil || len(rep.Problems) > 0 || rep.Entries != 1 {
		t.Errorf("got %+v, %v want a ledger that begins by saying so", rep, err)
	}
}

func TestParseHeads(t *testing.T) {
	l, _ := open(t, 1)
	var file []byte
	for range 3 {
		if _, err := l.Append(t.Context(), Entry{Act: "x"}); err != nil {
			t.Fatal(err)
		}
		h, err := l.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		file = append(append(file, h.Signed...), '\n')
	}
	heads, err := ParseHeads(file)
	if err != nil || len(heads) != 3 {
		t.Fatalf("got %d heads, %v want 3", len(heads), err)
	}
	if rep, err := l.Verify(t.Context(), heads...); err != nil || len(rep.Problems) > 0 {
		t.Errorf("got %+v, %v want the heads to hold", rep, err)
	}
	if _, err := ParseHeads([]byte("some text\n")); !errors.Is(err, fault.Invalid) {
		t.Errorf("got %v want invalid", err)
	}
}
