package kvtest

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"testing"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

func ownWrites(t *testing.T, s kv.Store) {
	put(t, s, "a", "1", "b", "2")
	update(t, s, func(w kv.Writer) error {
		if err := putAll(w, "a", "new", "c", "3"); err != nil {
			return err
		}
		if err := w.Delete(things, []byte("b")); err != nil {
			return err
		}
		if got, _, err := w.Get(things, []byte("a")); string(got) != "new" || err != nil {
			t.Errorf("Get of an own write: got %q, %v want new", got, err)
		}
		if got, ok, err := w.Get(things, []byte("b")); ok || err != nil {
			t.Errorf("Get of an own delete: got %q, %v want nothing", got, err)
		}
		wantList(t, w, "", "", "a", "new", "c", "3")
		return putAll(w, "b", "again")
	})
	wantGet(t, s, "b", "again")
}

func rollback(t *testing.T, s kv.Store) {
	put(t, s, "a", "1", "b", "2")
	cause := errors.New("changed its mind")
	err := s.Update(t.Context(), func(w kv.Writer) error {
		if err := putAll(w, "a", "no", "c", "no"); err != nil {
			return err
		}
		if err := w.Delete(things, []byte("b")); err != nil {
			return err
		}
		return cause
	})
	if !errors.Is(err, cause) {
		t.Errorf("got error %v want that of the function", err)
	}
	err = s.View(t.Context(), func(r kv.Reader) error {
		wantList(t, r, "", "", "a", "1", "b", "2")
		return cause
	})
	if !errors.Is(err, cause) {
		t.Errorf("got error %v want that of the function", err)
	}
}

// panics wants the panic in the caller's own goroutine, and the store unharmed.
func panics(t *testing.T, s kv.Store) {
	put(t, s, "a", "1")
	func() {
		defer func() {
			if got := recover(); got != "a defect" {
				t.Errorf("got panic %v want the function's", got)
			}
		}()
		err := s.Update(t.Context(), func(w kv.Writer) error {
			if err := putAll(w, "a", "no"); err != nil {
				return err
			}
			panic("a defect")
		})
		t.Errorf("got error %v want a panic", err)
	}()
	wantGet(t, s, "a", "1")
	put(t, s, "a", "2")
	wantGet(t, s, "a", "2")
}

// isolation commits between two reads of one View.
func isolation(t *testing.T, s kv.Store) {
	put(t, s, "a", "1", "b", "2")
	view(t, s, func(r kv.Reader) error {
		wantList(t, r, "", "", "a", "1", "b", "2")
		done := make(chan error)
		go func() {
			done <- s.Update(t.Context(), func(w kv.Writer) error {
				if err := w.Delete(things, []byte("b")); err != nil {
					return err
				}
				return putAll(w, "a", "new", "c", "3")
			})
		}()
		if err := <-done; err != nil {
			return err
		}
		wantList(t, r, "", "", "a", "1", "b", "2")
		wantGet(t, s, "a", "new")
		return nil
	})
}

// counter adds from many goroutines: every addition must have read the last one.
func counter(t *testing.T, s kv.Store) {
	const workers, rounds = 8, 25
	together(workers, func(int) {
		for range rounds {
			if err := s.Update(t.Context(), increment); err != nil {
				t.Errorf("Update: got %v want nil", err)
			}
		}
	})
	wantGet(t, s, "n", strconv.Itoa(workers*rounds))
}

func increment(w kv.Writer) error {
	n, err := number(w, "n")
	if err != nil {
		return err
	}
	return putAll(w, "n", strconv.Itoa(n+1))
}

// number reads a decimal record; one that is missing counts as 0.
func number(r kv.Reader, key string) (int, error) {
	val, ok, err := r.Get(things, []byte(key))
	if err != nil || !ok {
		return 0, err
	}
	return strconv.Atoi(string(val))
}

// transfers moves money between accounts while others add it up.
func transfers(t *testing.T, s kv.Store) {
	const accounts, workers, rounds, start = 5, 6, 20, 100
	for a := range accounts {
		put(t, s, strconv.Itoa(a), strconv.Itoa(start))
	}
	together(2*workers, func(id int) {
		for i := range rounds {
			var err error
			if id < workers {
				err = s.Update(t.Context(), func(w kv.Writer) error {
					return transfer(w, strconv.Itoa((id+i)%accounts), strconv.Itoa((id+3*i+1)%accounts), i)
				})
			} else {
				err = s.View(t.Context(), func(r kv.Reader) error {
					if got := total(t, r); got != accounts*start {
						t.Errorf("a view adds up to %d want %d", got, accounts*start)
					}
					return nil
				})
			}
			if err != nil {
				t.Errorf("got %v want nil", err)
			}
		}
	})
	view(t, s, func(r kv.Reader) error {
		if got := total(t, r); got != accounts*start {
			t.Errorf("in the end: got %d want %d", got, accounts*start)
		}
		return nil
	})
}

func transfer(w kv.Writer, from, to string, amount int) error {
	for key, delta := range map[string]int{from: -amount, to: amount} {
		n, err := number(w, key)
		if err != nil {
			return err
		}
		if err := putAll(w, key, strconv.Itoa(n+delta)); err != nil {
			return err
		}
		if from == to { // one entry, with either sign: put it back
			return putAll(w, key, strconv.Itoa(n))
		}
	}
	return nil
}

func total(t *testing.T, r kv.Reader) (sum int) {
	for p, err := range r.Scan(things, nil, nil) {
		n, convErr := strconv.Atoi(string(p.Val))
		if err != nil || convErr != nil {
			t.Errorf("got %q, %v, %v want a number", p.Val, err, convErr)
		}
		sum += n
	}
	return sum
}

// failsAlone mixes updates that fail, after they wrote, with others that do not:
// a store that commits several at once must drop the failing ones alone.
func failsAlone(t *testing.T, s kv.Store) {
	const workers, rounds = 8, 20
	together(workers, func(id int) {
		for i := range rounds {
			key := fmt.Sprintf("%d-%d", id, i)
			fails := (id+i)%3 == 0
			err := s.Update(t.Context(), func(w kv.Writer) error {
				if err := increment(w); err != nil {
					return err
				}
				if err := putAll(w, key, "x", "last", key); err != nil {
					return err
				}
				if fails {
					return fault.Conflict.Errorf("%s fails on purpose", key)
				}
				return nil
			})
			if want := map[bool]fault.Kind{true: fault.Conflict}[fails]; fault.KindOf(err) != want {
				t.Errorf("%s: got %v want kind %q", key, err, want)
			}
		}
	})
	view(t, s, func(r kv.Reader) error {
		good := 0
		for id := range workers {
			for i := range rounds {
				key, fails := fmt.Sprintf("%d-%d", id, i), (id+i)%3 == 0
				if _, ok, err := r.Get(things, []byte(key)); ok == fails || err != nil {
					t.Errorf("%s: got %v, %v want %v", key, ok, err, !fails)
				}
				if !fails {
					good++
				}
			}
		}
		if got, err := number(r, "n"); got != good || err != nil {
			t.Errorf("counter: got %d, %v want %d", got, err, good)
		}
		return nil
	})
}

func cancelled(t *testing.T, s kv.Store) {
	put(t, s, "a", "1")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := s.Update(ctx, func(kv.Writer) error {
		t.Error("Update ran its function for a cancelled caller")
		return nil
	})
	wantKind(t, err, fault.Unavailable)
	err = s.View(ctx, func(kv.Reader) error {
		t.Error("View ran its function for a cancelled caller")
		return nil
	})
	wantKind(t, err, fault.Unavailable)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v want the error of the context", err)
	}
	wantGet(t, s, "a", "1")
}

func closes(t *testing.T, s kv.Store) {
	put(t, s, "a", "1")
	if err := s.Close(); err != nil {
		t.Fatalf("Close: got %v want nil", err)
	}
	wantKind(t, s.View(t.Context(), func(kv.Reader) error { return nil }), fault.Unavailable)
	wantKind(t, s.Update(t.Context(), func(kv.Writer) error { return nil }), fault.Unavailable)
	if err := s.Close(); err != nil {
		t.Errorf("second Close: got %v want nil", err)
	}
}

// together runs n goroutines and waits for all of them.
func together(n int, fn func(id int)) {
	var wg sync.WaitGroup
	for id := range n {
		wg.Go(func() { fn(id) })
	}
	wg.Wait()
}
