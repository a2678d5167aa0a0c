package hammer

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"waymark/catalog/kv"
	"waymark/catalog/kv/memkv"
	"waymark/pii/ledger"
)

// The buckets of a ledger, as whoever has the file sees them.
var ledgerBuckets = []kv.Bucket{"ledger", "ledger_body", "ledger_hash", "ledger_request", "ledger_head"}

// evidence is a ledger with all that is known of it apart: key, pin, catalog, exports.
type evidence struct {
	t              *testing.T
	store, catalog kv.Store
	key            string
	exported       []byte
	early          []byte // a genuine head of half the ledger
}

// ledgerLength is how many entries the attacked ledger has.
const ledgerLength = 23

func (e *evidence) keepers() []ledger.Keeper {
	return []ledger.Keeper{ledger.Secret(e.key), ledger.File(e.key + ".pin"), ledger.Store("the catalog's store", e.catalog)}
}

func newEvidence(t *testing.T) *evidence {
	t.Helper()
	e := &evidence{t: t, store: kv.Summed(memkv.New()), catalog: kv.Summed(memkv.New()), key: filepath.Join(t.TempDir(), "sign")}
	l, err := ledger.Open(t.Context(), e.store, e.key, e.keepers()...)
	if err != nil {
		t.Fatal(err)
	}
	e.grow(l, ledgerLength/2, "erased")
	e.early = e.head(l)
	e.grow(l, ledgerLength, "erased")
	e.exported = e.head(l)
	return e
}

func (e *evidence) head(l *ledger.Ledger) []byte {
	h, err := l.Head(e.t.Context())
	if err != nil {
		e.t.Fatal(err)
	}
	return h.Signed
}

// grow appends until the ledger has n entries.
func (e *evidence) grow(l *ledger.Ledger, n int, act string) {
	e.t.Helper()
	l.Now = func() time.Time { return time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC) }
	for got := int64(0); got < int64(n); {
		recent, err := l.Recent(e.t.Context(), 1)
		if err != nil {
			e.t.Fatal(err)
		}
		if len(recent) > 0 && recent[0].Number >= int64(n) {
			return
		}
		got, err = l.Append(e.t.Context(), ledger.Entry{Act: act, Request: fmt.Sprintf("2026-%04d", got%4), Body: map[string]int64{"rows": got}})
		if err != nil {
			e.t.Fatal(err)
		}
	}
}

// copied returns an equal evidence for one attack.
func (e *evidence) copied(t *testing.T) *evidence {
	t.Helper()
	out := &evidence{t: t, store: kv.Summed(memkv.New()), catalog: kv.Summed(memkv.New()), key: filepath.Join(t.TempDir(), "sign"), exported: e.exported, early: e.early}
	copyBuckets(t, e.store, out.store, ledgerBuckets...)
	copyBuckets(t, e.catalog, out.catalog, "ledger_pin")
	for _, name := range []string{"", ".pin"} {
		text, err := os.ReadFile(e.key + name)
		if err == nil {
			err = os.WriteFile(out.key+name, text, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func copyBuckets(t *testing.T, from, to kv.Store, buckets ...kv.Bucket) {
	t.Helper()
	for _, b := range buckets {
		for _, p := range pairs(t, from, b) {
			put(t, to, b, p.Key, p.Val)
		}
	}
}

func pairs(t *testing.T, s kv.Store, b kv.Bucket) (out []kv.Pair) {
	t.Helper()
	err := s.View(t.Context(), func(r kv.Reader) error {
		for p, err := range r.Scan(b, nil, nil) {
			if err != nil {
				return err
			}
			out = append(out, kv.Pair{Key: bytes.Clone(p.Key), Val: bytes.Clone(p.Val)})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func put(t *testing.T, s kv.Store, b kv.Bucket, key, val []byte) {
	t.Helper()
	if err := s.Update(context.Background(), func(w kv.Writer) error { return w.Put(b, key, val) }); err != nil {
		t.Fatal(err)
	}
}

func drop(t *testing.T, s kv.Store, b kv.Bucket, keys ...[]byte) {
	t.Helper()
	err := s.Update(context.Background(), func(w kv.Writer) error {
		for _, k := range keys {
			if err := w.Delete(b, k); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (e *evidence) empty(b kv.Bucket) {
	for _, p := range pairs(e.t, e.store, b) {
		drop(e.t, e.store, b, p.Key)
	}
}

func entryKey(n int) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }

// replaced is the attack of somebody with the signing key: another ledger, sound in
// itself, signed by the same key.
func (e *evidence) replaced(n int, act string) {
	secret, err := os.ReadFile(e.key)
	if err != nil {
		e.t.Fatal(err)
	}
	_, public, _ := strings.Cut(strings.TrimSpace(string(secret)), "\n")
	other := kv.Summed(memkv.New())
	put(e.t, other, "ledger_head", []byte("key"), []byte(public))
	l, err := ledger.Open(e.t.Context(), other, e.key)
	if err != nil {
		e.t.Fatal(err)
	}
	e.grow(l, n, act)
	e.store = other
}

// rekeyed is a ledger of the same length under a new key, whose file is replaced too.
func (e *evidence) rekeyed(act string) {
	path := filepath.Join(e.t.TempDir(), "new")
	other := kv.Summed(memkv.New())
	l, err := ledger.Open(e.t.Context(), other, path)
	if err != nil {
		e.t.Fatal(err)
	}
	e.grow(l, ledgerLength, act)
	if err := os.Rename(path, e.key); err != nil {
		e.t.Fatal(err)
	}
	e.store = other
}

// repinned makes some keepers believe the store as it is now.
func (e *evidence) repinned(which ...int) {
	l, err := ledger.Open(e.t.Context(), e.store, e.key)
	if err != nil {
		e.t.Fatal(err)
	}
	h, err := l.Head(e.t.Context())
	if err != nil {
		e.t.Fatal(err)
	}
	for _, i := range which {
		if err := e.keepers()[i].Keep(e.t.Context(), ledger.Pin{Key: l.Key(), Head: h}); err != nil {
			e.t.Fatal(err)
		}
	}
}

// tampering is one kind of attack at one place.
type tampering struct {
	kind   string
	place  int
	do     func(e *evidence, place int)
	export bool // found only against a head that was exported
}

// places are entries: the first ones, around powers of two, the last ones; in the full
// run all.
func ledgerPlaces() (out []int) {
	if full() {
		for n := 1; n <= ledgerLength; n++ {
			out = append(out, n)
		}
		return out
	}
	return []int{1, 2, 8, 16, ledgerLength - 1, ledgerLength}
}

func full() bool { return os.Getenv("WAYMARK_HAMMER") == "full" }

func tamperings() (out []tampering) {
	for kind, do := range storeAttacks {
		for _, n := range ledgerPlaces() {
			out = append(out, tampering{kind: kind, place: n, do: do})
		}
	}
	for kind, do := range wholeAttacks {
		out = append(out, tampering{kind: kind, do: do})
	}
	for kind, do := range forgeries {
		for which, name := range map[int][]int{0: nil, 1: {1}, 2: {2}, 3: {1, 2}} {
			out = append(out, tampering{kind: fmt.Sprintf("%s, %d keepers rewritten (%v)", kind, len(name), name), place: which, do: func(e *evidence, place int) {
				do(e, place)
				e.repinned(name...)
			}, export: len(name) == 2})
		}
	}
	slices.SortFunc(out, func(a, b tampering) int {
		return strings.Compare(fmt.Sprint(a.kind, a.place), fmt.Sprint(b.kind, b.place))
	})
	return out
}

// TestLedgerTamperings: whoever can write the files changes the ledger with checksums
// that fit, with or without the signing key, and the verifier says so each time.
func TestLedgerTamperings(t *testing.T) {
	honest := newEvidence(t)
	rep, err := ledger.Examine(t.Context(), honest.store, ledger.Evidence{Keepers: honest.keepers(), Heads: [][]byte{honest.exported, honest.early}})
	if err != nil || len(rep.Problems) > 0 {
		t.Fatalf("before any attack: got %+v, %v want a whole ledger", rep, err)
	}
	list := tamperings()
	silent := 0
	for _, x := range list {
		t.Run(fmt.Sprint(x.kind, " ", x.place), func(t *testing.T) {
			e := honest.copied(t)
			x.do(e, x.place)
			found := ledger.Evidence{Keepers: e.keepers()}
			if x.export {
				found.Heads = [][]byte{e.exported}
			}
			rep, err := within(t, func(ctx context.Context) (ledger.Report, error) { return ledger.Examine(ctx, e.store, found) })
			if err == nil && len(rep.Problems) == 0 {
				silent++
				t.Errorf("not noticed: %+v", rep)
			}
			// To go on working with it must not hide it either.
			if l, err := ledger.Open(t.Context(), e.store, e.key, e.keepers()...); err == nil {
				_, _ = l.Append(t.Context(), ledger.Entry{Act: "later"}) // may be refused
				rep, err := ledger.Examine(t.Context(), e.store, found)
				if err == nil && len(rep.Problems) == 0 {
					t.Errorf("hidden by the next entry")
				}
			}
		})
	}
	t.Logf("N = %d ledger tamperings, %d silent", len(list), silent)
	if len(list) < 92 {
		t.Errorf("got %d tamperings want 92 or more", len(list))
	}
}

// within ends what hangs; a panic fails the test by itself.
func within[T any](t *testing.T, f func(context.Context) (T, error)) (T, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	begun := time.Now()
	out, err := f(ctx)
	if took := time.Since(begun); took > time.Minute {
		t.Errorf("took %s want less than a minute", took)
	}
	return out, err
}
