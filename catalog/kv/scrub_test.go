package kv_test

import (
	"fmt"
	"testing"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/kv/memkv"
)

func scrub(t *testing.T, store kv.Store) kv.Report {
	t.Helper()
	report, err := kv.Scrub(t.Context(), store, func(int) error { return nil })
	if err != nil {
		t.Fatalf("Scrub: got error %v want nil", err)
	}
	return report
}

func TestScrubFindsWhatCheckFinds(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]func(t *testing.T, p pair, w kv.Writer) error{
		"a value": func(t *testing.T, p pair, w kv.Writer) error {
			val := p.raw(t, "one", "k1")
			val[len(val)-1] ^= 1
			return w.Put("one", []byte("k1"), val)
		},
		"a lost row":      func(_ *testing.T, _ pair, w kv.Writer) error { return w.Delete("one", []byte("k1")) },
		"a lost tally":    func(_ *testing.T, _ pair, w kv.Writer) error { return w.Delete("tally", []byte("two")) },
		"the tally's own": func(_ *testing.T, _ pair, w kv.Writer) error { return w.Delete("tally", []byte("tally")) },
		"a row of yesterday": func(t *testing.T, p pair, w kv.Writer) error {
			return w.Put("one", []byte("k2"), p.raw(t, "two", "k2"))
		},
	} {
		p := filled(t)
		if got := scrub(t, p.summed); got.Damaged != 0 || got.Records == 0 {
			t.Errorf("sound: got %+v want records and no damage", got)
		}
		rec := &recorded{} // raw values are read before the transaction begins
		if err := damage(t, p, rec); err != nil {
			t.Fatal(err)
		}
		p.update(t, p.plain, rec.replay)
		if got, want := scrub(t, p.summed), p.check(t); got.Damaged == 0 || want.Damaged == 0 {
			t.Errorf("%s: got %d damaged by Scrub, %d by Check want some", name, got.Damaged, want.Damaged)
		}
	}
	if _, err := kv.Scrub(t.Context(), memkv.New(), func(int) error { return nil }); fault.KindOf(err) != fault.Invalid {
		t.Errorf("without checksums: got %v want kind %v", err, fault.Invalid)
	}
}

// recorded keeps one write for later.
type recorded struct {
	kv.Writer
	replay func(kv.Writer) error
}

func (r *recorded) Put(b kv.Bucket, key, val []byte) error {
	r.replay = func(w kv.Writer) error { return w.Put(b, key, val) }
	return nil
}

func (r *recorded) Delete(b kv.Bucket, key []byte) error {
	r.replay = func(w kv.Writer) error { return w.Delete(b, key) }
	return nil
}

// Writers go on beside a scrub, which takes none of their work for damage.
func TestScrubBesideWriters(t *testing.T) {
	t.Parallel()
	p := filled(t)
	stop, stopped := make(chan struct{}), make(chan error, 1)
	go func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				stopped <- nil
				return
			default:
			}
			err := p.summed.Update(t.Context(), func(w kv.Writer) error {
				key := fmt.Appendf(nil, "w%d", i%50)
				if i%3 == 0 {
					return w.Delete("one", key)
				}
				return w.Put("one", key, make([]byte, 30_000))
			})
			if err != nil {
				stopped <- err
				return
			}
		}
	}()
	for range 100 {
		if got := scrub(t, p.summed); got.Damaged != 0 {
			t.Errorf("got %+v want no damage", got)
		}
	}
	close(stop)
	if err := <-stopped; err != nil {
		t.Fatal(err)
	}
}
