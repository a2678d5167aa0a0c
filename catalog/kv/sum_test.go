package kv_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/kv/memkv"
)

// pair is a store with checksums and the plain one below it, which tests damage.
type pair struct{ summed, plain kv.Store }

// filled has two buckets of five records and a third that was emptied again.
func filled(t *testing.T) pair {
	t.Helper()
	plain := memkv.New()
	p := pair{kv.Summed(plain), plain}
	for i := range 5 {
		p.update(t, p.summed, func(w kv.Writer) error {
			key := fmt.Appendf(nil, "k%d", i)
			if err := w.Put("one", key, fmt.Appendf(nil, "value %d", i)); err != nil {
				return err
			}
			if err := w.Put("gone", key, []byte("x")); err != nil {
				return err
			}
			return w.Put("two", key, []byte("to be replaced"))
		})
	}
	p.update(t, p.summed, func(w kv.Writer) error {
		for i := range 5 {
			key := fmt.Appendf(nil, "k%d", i)
			if err := w.Delete("gone", key); err != nil {
				return err
			}
			if err := w.Put("two", key, fmt.Appendf(nil, "value %d", i)); err != nil {
				return err
			}
		}
		return w.Delete("gone", []byte("never there"))
	})
	return p
}

func (p pair) update(t *testing.T, s kv.Store, fn func(kv.Writer) error) {
	t.Helper()
	if err := s.Update(t.Context(), fn); err != nil {
		t.Fatalf("Update: got %v want nil", err)
	}
}

// raw returns a copy of a record as it is stored.
func (p pair) raw(t *testing.T, b kv.Bucket, key string) (val []byte) {
	t.Helper()
	err := p.plain.View(t.Context(), func(r kv.Reader) error {
		got, ok, err := r.Get(b, []byte(key))
		if !ok {
			t.Fatalf("no record %q in bucket %s", key, b)
		}
		val = bytes.Clone(got)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return val
}

func (p pair) check(t *testing.T) kv.Report {
	t.Helper()
	report, err := kv.Check(t.Context(), p.summed)
	if err != nil {
		t.Fatalf("Check: got error %v want nil", err)
	}
	return report
}

func TestCheckOfSoundStore(t *testing.T) {
	got := filled(t).check(t)
	if got.Damaged != 0 || got.Buckets != 3 || got.Records != 10 {
		t.Errorf("got %+v want 3 buckets, 10 records, no damage", got)
	}
	empty := pair{summed: kv.Summed(memkv.New())}
	if got := empty.check(t); got.Damaged != 0 || got.Records != 0 {
		t.Errorf("empty store: got %+v want nothing", got)
	}
	if _, err := kv.Check(t.Context(), memkv.New()); fault.KindOf(err) != fault.Invalid {
		t.Errorf("plain store: got %v want kind invalid", err)
	}
}

// TestEveryBitFlip flips each bit of a stored record: no read serves it.
func TestEveryBitFlip(t *testing.T) {
	p := filled(t)
	good := p.raw(t, "one", "k3")
	for bit := range len(good) * 8 {
		bad := bytes.Clone(good)
		bad[bit/8] ^= 1 << (bit % 8)
		p.update(t, p.plain, func(w kv.Writer) error { return w.Put("one", []byte("k3"), bad) })
		wantCorrupt(t, p.summed, fmt.Sprintf("bit %d", bit), "one", "k3")
		if got := p.check(t); got.Damaged == 0 {
			t.Errorf("bit %d: Check found nothing", bit)
		}
	}
}

// wantCorrupt wants Get and Scan to refuse one record and Get to serve another.
func wantCorrupt(t *testing.T, s kv.Store, what string, b kv.Bucket, key string) {
	t.Helper()
	err := s.View(t.Context(), func(r kv.Reader) error {
		if val, ok, err := r.Get(b, []byte(key)); fault.KindOf(err) != fault.Corrupt || ok || val != nil {
			t.Errorf("%s: Get: got %q, %v, %v want kind corrupt", what, val, ok, err)
		}
		var last error
		for _, err := range r.Scan(b, nil, nil) {
			if last != nil {
				t.Errorf("%s: Scan goes on behind its error", what)
			}
			last = err
		}
		if fault.KindOf(last) != fault.Corrupt {
			t.Errorf("%s: Scan: got %v want kind corrupt", what, last)
		}
		_, _, err := r.Get(b, []byte("k1"))
		return err
	})
	if err != nil {
		t.Errorf("%s: a good record: got %v want nil", what, err)
	}
}

func TestRecordsInTheWrongPlace(t *testing.T) {
	tests := []struct {
		name   string
		bucket kv.Bucket // where the record is taken from
		key    string
		size   int // how much of it is kept; 0 is all
	}{
		{"another key", "one", "k4", 0},
		{"another bucket", "two", "k3", 0},
		{"cut in its value", "one", "k3", 10},
		{"cut in its checksum", "one", "k3", 5},
	}
	for _, tt := range tests {
		p := filled(t)
		record := p.raw(t, tt.bucket, tt.key)
		if tt.size > 0 {
			record = record[:tt.size]
		}
		p.update(t, p.plain, func(w kv.Writer) error { return w.Put("one", []byte("k3"), record) })
		wantCorrupt(t, p.summed, tt.name, "one", "k3")
	}
}

// TestTallies damages whole rows, which no checksum of a value can show.
func TestTallies(t *testing.T) {
	old := filled(t).raw(t, "two", "k2") // the same value wherever it is made
	for name, damage := range map[string]func(w kv.Writer) error{
		"lost row":       func(w kv.Writer) error { return w.Delete("one", []byte("k2")) },
		"row of before":  func(w kv.Writer) error { return w.Put("one", []byte("k9"), old) },
		"lost tally":     func(w kv.Writer) error { return w.Delete("tally", []byte("two")) },
		"lost own tally": func(w kv.Writer) error { return w.Delete("tally", []byte("tally")) },
		"lost tallies": func(w kv.Writer) error {
			for _, key := range []string{"one", "two", "gone"} {
				if err := w.Delete("tally", []byte(key)); err != nil {
					return err
				}
			}
			return nil
		},
	} {
		p := filled(t)
		p.update(t, p.plain, damage)
		if got := p.check(t); got.Damaged == 0 {
			t.Errorf("%s: got %+v want damage", name, got)
		}
	}
}

// TestStaleRow puts back a row whose own checksum is right.
func TestStaleRow(t *testing.T) {
	p := filled(t)
	before := p.raw(t, "one", "k0")
	p.update(t, p.summed, func(w kv.Writer) error { return w.Put("one", []byte("k0"), []byte("newer")) })
	p.update(t, p.plain, func(w kv.Writer) error { return w.Put("one", []byte("k0"), before) })
	got := p.check(t)
	if got.Damaged != 1 || got.Damage[0].Bucket != "one" || !strings.Contains(got.Damage[0].Err.Error(), "tally") {
		t.Errorf("got %+v want the tally of bucket one", got)
	}
}

func TestOverwritingHeals(t *testing.T) {
	p := filled(t)
	bad := p.raw(t, "one", "k3")
	bad[len(bad)-1] ^= 1
	p.update(t, p.plain, func(w kv.Writer) error { return w.Put("one", []byte("k3"), bad) })
	p.update(t, p.summed, func(w kv.Writer) error { return w.Put("one", []byte("k3"), []byte("mended")) })
	if got := p.check(t); got.Damaged != 0 {
		t.Errorf("got %+v want no damage", got)
	}
}

func TestReservedBucketAndLimit(t *testing.T) {
	p := filled(t)
	for name, fn := range map[string]func(w kv.Writer) error{
		"put":        func(w kv.Writer) error { return w.Put("tally", []byte("one"), nil) },
		"delete":     func(w kv.Writer) error { return w.Delete("tally", []byte("one")) },
		"long value": func(w kv.Writer) error { return w.Put("one", []byte("k"), make([]byte, kv.MaxValue+1)) },
	} {
		if err := p.summed.Update(t.Context(), fn); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: got %v want kind invalid", name, err)
		}
	}
}

// TestManyDamages shows that a ruined store is reported to its end, in bounds.
func TestManyDamages(t *testing.T) {
	p := filled(t)
	p.update(t, p.summed, func(w kv.Writer) error {
		for i := range 300 {
			if err := w.Put("many", fmt.Appendf(nil, "%d", i), []byte("v")); err != nil {
				return err
			}
		}
		return nil
	})
	p.update(t, p.plain, func(w kv.Writer) error {
		for i := range 300 {
			if err := w.Put("many", fmt.Appendf(nil, "%d", i), []byte("nine bytes")); err != nil {
				return err
			}
		}
		return nil
	})
	if got := p.check(t); got.Damaged != 301 || len(got.Damage) != 100 {
		t.Errorf("got %d findings and %d shown, want 301 and 100", got.Damaged, len(got.Damage))
	}
}
