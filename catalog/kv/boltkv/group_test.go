package boltkv

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"testing"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// TestGroup queues updates behind one that is held up, so that all share its
// transaction, and lets some of them end badly: each of those is undone alone.
func TestGroup(t *testing.T) {
	inner := fresh(t).(*store)
	s := kv.Summed(inner)
	put(t, s, "kept", "before")
	commits := inner.reached.Load()

	errFails := errors.New("fails on purpose")
	spoil := func(w kv.Writer) error { // overwrites, adds and deletes, to have all of it undone
		return errors.Join(w.Put(things, []byte("kept"), []byte("spoilt")), w.Put(things, []byte("new"), []byte("spoilt")),
			w.Put("other", []byte("k"), []byte("spoilt")), w.Delete(things, []byte("kept")))
	}
	ends := map[string]func(kv.Writer) error{
		"fails":  func(w kv.Writer) error { return errors.Join(spoil(w), errFails) },
		"panics": func(w kv.Writer) error { panic(spoil(w)) },
		"exits":  func(w kv.Writer) error { defer runtime.Goexit(); return spoil(w) },
	}
	release, held := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		err := s.Update(t.Context(), func(w kv.Writer) error {
			close(held)
			<-release
			return w.Put(things, []byte("first"), []byte("good"))
		})
		wantKind(t, err, "", "")
	})
	<-held
	const good = 20
	for i := range good {
		wg.Go(func() {
			err := s.Update(t.Context(), func(w kv.Writer) error { return w.Put(things, fmt.Append(nil, "good", i), []byte("good")) })
			wantKind(t, err, "", "")
		})
	}
	for name, end := range ends {
		wg.Go(func() {
			defer func() {
				if p := recover(); p != nil != (name == "panics") {
					t.Errorf("%s: got panic %v", name, p)
				}
			}()
			if err := s.Update(t.Context(), end); !errors.Is(err, errFails) {
				t.Errorf("%s: got error %v want its own", name, err)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	wg.Go(func() {
		err := s.Update(ctx, func(kv.Writer) error { t.Error("ran for a cancelled caller"); return nil })
		wantKind(t, err, fault.Unavailable, "canceled")
	})
	for inner.waiting.Load() < good+int64(len(ends))+1 {
		runtime.Gosched()
	}
	cancel()
	close(release)
	wg.Wait()

	if got := inner.reached.Load() - commits; got != 1 {
		t.Errorf("got %d commits want 1 for the whole group", got)
	}
	for key, want := range map[string]string{"kept": "before", "first": "good", "good0": "good", "good19": "good", "new": ""} {
		if got := get(t, s, key); got != want {
			t.Errorf("%s: got %q want %q", key, got, want)
		}
	}
	report, err := kv.Check(t.Context(), s)
	if err != nil || report.Damaged > 0 || report.Records != good+2 {
		t.Errorf("got %+v, %v want %d records and no damage", report, err, good+2)
	}
}

// TestFullGroup shows that a group ends by its bytes though others wait.
func TestFullGroup(t *testing.T) {
	inner := fresh(t).(*store)
	const writers, each = 4, 11 // MiB: the third reaches maxBytes
	commits := inner.reached.Load()
	inner.turn.Lock() // all queue up
	var wg sync.WaitGroup
	for id := range writers {
		wg.Go(func() {
			err := inner.Update(t.Context(), func(w kv.Writer) error {
				for i := range each {
					if err := w.Put(things, fmt.Append(nil, id, "/", i), make([]byte, kv.MaxValue)); err != nil {
						return err
					}
				}
				return nil
			})
			wantKind(t, err, "", "")
		})
	}
	for inner.waiting.Load() < writers {
		runtime.Gosched()
	}
	inner.turn.Unlock()
	wg.Wait()
	if got := inner.reached.Load() - commits; got != 2 {
		t.Errorf("got %d commits want 2", got)
	}
	err := inner.View(t.Context(), func(r kv.Reader) error {
		n := 0
		for _, err := range r.Scan(things, nil, nil) {
			if err != nil {
				return err
			}
			n++
		}
		if n != writers*each {
			t.Errorf("got %d records want %d", n, writers*each)
		}
		return nil
	})
	wantKind(t, err, "", "")
}
