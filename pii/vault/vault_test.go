package vault

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
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

func open(t *testing.T) (*Vault, kv.Store, string) {
	t.Helper()
	store, path := memkv.New(), filepath.Join(t.TempDir(), "privacy.key")
	v, err := Open(t.Context(), store, path)
	if err != nil {
		t.Fatal(err)
	}
	return v, store, path
}

func put(t *testing.T, v *Vault, b Bucket, key string, val []byte) {
	t.Helper()
	if err := v.Update(t.Context(), func(w Writer) error { return w.Put(b, key, val) }); err != nil {
		t.Fatal(err)
	}
}

func get(ctx context.Context, v *Vault, b Bucket, key string) (val []byte, ok bool, err error) {
	err = v.View(ctx, func(r Reader) error {
		val, ok, err = r.Get(b, key)
		return err
	})
	return val, ok, err
}

func TestRecords(t *testing.T) {
	t.Parallel()
	v, store, path := open(t)
	for _, size := range []int{0, 1, 1000, partSize - 1, partSize, partSize + 1, 3*partSize + 7} {
		want := bytes.Repeat([]byte("w"), size)
		put(t, v, Plans, "2026-0001", bytes.Repeat([]byte("longer"), partSize)) // its parts must not stay
		put(t, v, Plans, "2026-0001", want)
		got, ok, err := get(t.Context(), v, Plans, "2026-0001")
		if err != nil || !ok || !bytes.Equal(got, want) {
			t.Errorf("%d bytes: got %d bytes, %v, %v", size, len(got), ok, err)
		}
	}
	put(t, v, Requests, "2026-0001", []byte("a"))
	put(t, v, Requests, "2026-0002", []byte("b"))
	put(t, v, Requests, "2027-0001", []byte("c"))
	again, err := Open(t.Context(), store, path)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	err = again.View(t.Context(), func(r Reader) error {
		for rec, err := range r.Scan(Requests, "2026-") {
			if err != nil {
				return err
			}
			got = append(got, rec.Key+"="+string(rec.Val))
		}
		return nil
	})
	if want := []string{"2026-0001=a", "2026-0002=b"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	if err := v.Update(t.Context(), func(w Writer) error { return w.Delete(Requests, "2026-0001") }); err != nil {
		t.Fatal(err)
	}
	if _, ok, err := get(t.Context(), v, Requests, "2026-0001"); ok || err != nil {
		t.Errorf("got %v, %v, want the record gone", ok, err)
	}
}

func TestSealedWithoutKey(t *testing.T) {
	t.Parallel()
	v, store, path := open(t)
	put(t, v, Requests, "2026-0001", []byte("a"))
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("got %v, %v, want mode 0600", info.Mode(), err)
	}
	other := filepath.Join(t.TempDir(), "other.key")
	if _, err := Open(t.Context(), memkv.New(), other); err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(t.TempDir(), "broken.key")
	if err := os.WriteFile(broken, []byte("c0ffee not-a-key"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ path, want string }{
		{filepath.Join(t.TempDir(), "none"), "is missing"},
		{other, "wants the master key"},
		{broken, "holds no master key"},
	} {
		s, err := Open(t.Context(), store, tt.path)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Sealed(); !errors.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("got %v, want sealed: %s", err, tt.want)
		}
		if _, _, err := get(t.Context(), s, Requests, "2026-0001"); !errors.Is(err, fault.Unavailable) {
			t.Errorf("got %v, want unavailable", err)
		}
		if err := s.Update(t.Context(), func(Writer) error { return nil }); !errors.Is(err, fault.Unavailable) {
			t.Errorf("got %v, want unavailable", err)
		}
		if _, err := s.Token("user.contact.email", "x"); !errors.Is(err, fault.Unavailable) {
			t.Errorf("got %v, want unavailable", err)
		}
	}
}

// TestCanaries looks for values in the raw bytes below the vault.
func TestCanaries(t *testing.T) {
	t.Parallel()
	v, store, _ := open(t)
	const canary = "canary-%02d-mary.ellis@example.org"
	for i := range 50 {
		put(t, v, []Bucket{Requests, Subjects, Plans, Journals, Holds}[i%5], fmt.Sprintf("2026-%04d", i), fmt.Appendf(nil, canary, i))
	}
	raw := dump(t, store)
	if len(raw) < 50*60 {
		t.Fatalf("got %d raw bytes, too few to hold the records", len(raw))
	}
	for i := range 50 {
		if c := fmt.Sprintf(canary, i); bytes.Contains(raw, []byte(c)) || bytes.Contains(raw, []byte(c[10:20])) {
			t.Errorf("canary %d stands in the store's bytes", i)
		}
	}
}

// TestAltered changes stored records at random: none may open to a value.
func TestAltered(t *testing.T) {
	t.Parallel()
	v, store, _ := open(t)
	want := map[string][]byte{}
	for i := range 20 {
		key := fmt.Sprintf("2026-%04d", i)
		want[key] = fmt.Appendf(nil, "value %d", i)
		put(t, v, Requests, key, want[key])
	}
	rng := rand.New(rand.NewPCG(3, 4))
	for i := range 10000 {
		key := fmt.Sprintf("2026-%04d", rng.IntN(20))
		stored := raw(t, store, kv.Bucket(Requests), []byte(key))
		bad := slices.Clone(stored)
		switch rng.IntN(3) {
		case 0:
			bad[rng.IntN(len(bad))] ^= 1 << rng.IntN(8)
		case 1:
			bad = bad[:rng.IntN(len(bad))]
		default: // a sound record of another key
			other := fmt.Sprintf("2026-%04d", rng.IntN(20))
			if other == key {
				continue
			}
			bad = raw(t, store, kv.Bucket(Requests), []byte(other))
		}
		rawPut(t, store, kv.Bucket(Requests), []byte(key), bad)
		if got, _, err := get(t.Context(), v, Requests, key); !errors.Is(err, fault.Corrupt) {
			t.Fatalf("change %d: got %q, %v, want corrupt", i, got, err)
		}
		rawPut(t, store, kv.Bucket(Requests), []byte(key), stored)
	}
	for key, val := range want {
		if got, _, err := get(t.Context(), v, Requests, key); err != nil || !bytes.Equal(got, val) {
			t.Errorf("%s: got %q, %v, want %q", key, got, err, val)
		}
	}
}

// TestMoved: a record that was put into another bucket does not open.
func TestMoved(t *testing.T) {
	t.Parallel()
	v, store, _ := open(t)
	put(t, v, Requests, "2026-0001", []byte("a"))
	rawPut(t, store, kv.Bucket(Plans), []byte("2026-0001"), raw(t, store, kv.Bucket(Requests), []byte("2026-0001")))
	if _, _, err := get(t.Context(), v, Plans, "2026-0001"); !errors.Is(err, fault.Corrupt) {
		t.Errorf("got %v, want corrupt", err)
	}
}

func TestDataKeysRetire(t *testing.T) {
	t.Parallel()
	v, store, _ := open(t)
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	v.Now = func() time.Time { return now }
	put(t, v, Requests, "old", []byte("a"))
	now = now.Add(maxAge + time.Hour)
	put(t, v, Requests, "new", []byte("b"))
	rawPut(t, store, bucketSeals, idKey(2), []byte{0, 0, 0, 0, 0x80, 0, 0, 0}) // 2^31 uses
	put(t, v, Requests, "newer", []byte("c"))
	for i, key := range []string{"old", "new", "newer"} {
		stored := raw(t, store, kv.Bucket(Requests), []byte(key))
		if got := stored[5]; int(got) != i+1 {
			t.Errorf("%s: got data key %d, want %d", key, got, i+1)
		}
		if _, ok, err := get(t.Context(), v, Requests, key); !ok || err != nil {
			t.Errorf("%s: got %v, %v, want it readable", key, ok, err)
		}
	}
}

// TestFailedUpdateForgetsItsKey: a data key of a transaction that failed is gone,
// so nothing may be sealed with it afterwards.
func TestFailedUpdateForgetsItsKey(t *testing.T) {
	t.Parallel()
	v, store, path := open(t)
	stop := errors.New("stop")
	err := v.Update(t.Context(), func(w Writer) error {
		if err := w.Put(Requests, "k", []byte("lost")); err != nil {
			return err
		}
		if got, ok, err := w.Get(Requests, "k"); err != nil || !ok || string(got) != "lost" {
			t.Errorf("got %q, %v, %v, want its own write", got, ok, err)
		}
		return stop
	})
	if !errors.Is(err, stop) {
		t.Fatal(err)
	}
	put(t, v, Requests, "k", []byte("kept"))
	again, err := Open(t.Context(), store, path)
	if err != nil {
		t.Fatal(err)
	}
	if got, _, err := get(t.Context(), again, Requests, "k"); err != nil || string(got) != "kept" {
		t.Errorf("got %q, %v, want kept", got, err)
	}
}

func TestToken(t *testing.T) {
	t.Parallel()
	v, _, _ := open(t)
	other, _, _ := open(t)
	token := func(v *Vault, class, value string) string {
		s, err := v.Token(class, value)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	a := token(v, "user.contact.email", "mary@example.org")
	if b := token(v, "user.contact.email", "mary@example.org"); a != b {
		t.Errorf("got %s and %s, want equal tokens", a, b)
	}
	for _, b := range []string{
		token(v, "user.contact.email", "mary@example.com"),
		token(v, "user.name", "mary@example.org"),
		token(other, "user.contact.email", "mary@example.org"),
	} {
		if a == b {
			t.Errorf("got the token %s twice, want different ones", a)
		}
	}
	if raw, err := hex.DecodeString(a); err != nil || len(raw) != 32 {
		t.Errorf("got %q, want 32 bytes in hexadecimal", a)
	}
}

// TestDerivation holds the key derivation to a value computed by an independent
// implementation of RFC 5869, so that it can never change unnoticed.
func TestDerivation(t *testing.T) {
	t.Parallel()
	v := &Vault{origin: bytes.Repeat([]byte{0xA5}, 16), master: masterKey{secret: bytes.Repeat([]byte{0x42}, 32)}}
	key, err := v.derive("wrap")
	if err != nil {
		t.Fatal(err)
	}
	const want = "bd6214b828075bf2b06ce89d2ac900f8d2b93bc456ad93b0900933993837f9e4"
	if got := hex.EncodeToString(key); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func dump(t *testing.T, store kv.Store) (out []byte) {
	t.Helper()
	err := store.View(t.Context(), func(r kv.Reader) error {
		for _, b := range []kv.Bucket{bucketSeal, bucketDataKey, bucketSeals, "request", "subject", "plan", "journal", "hold", "counter"} {
			for p, err := range r.Scan(b, nil, nil) {
				if err != nil {
					return err
				}
				out = append(append(out, p.Key...), p.Val...)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func raw(t *testing.T, store kv.Store, b kv.Bucket, key []byte) (out []byte) {
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

func rawPut(t *testing.T, store kv.Store, b kv.Bucket, key, val []byte) {
	t.Helper()
	if err := store.Update(t.Context(), func(w kv.Writer) error { return w.Put(b, key, val) }); err != nil {
		t.Fatal(err)
	}
}
