// Package kvtest is the one proof of the storage contract: every store, plain and
// wrapped, passes the same suite. What a store survives (kills, full disks,
// damaged files) is its own business and is tested beside it.
package kvtest

import (
	"context"
	"errors"
	"testing"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// Run runs the suite. open returns a fresh and empty store and sees to its end; a
// test may have closed it before.
func Run(t *testing.T, open func(t *testing.T) kv.Store) {
	tests := []struct {
		name string
		run  func(*testing.T, kv.Store)
	}{
		{"Empty", empty},
		{"PutGetDelete", putGetDelete},
		{"CopiesWhatItIsGiven", copies},
		{"BucketsAreApart", apart},
		{"Order", order},
		{"Bounds", bounds},
		{"OwnWrites", ownWrites},
		{"Rollback", rollback},
		{"PanicRollsBack", panics},
		{"Isolation", isolation},
		{"BigValues", bigValues},
		{"Limits", limits},
		{"Model", model},
		{"Walks", walks},
		{"RandomWalks", randomWalks},
		{"Counter", counter},
		{"Transfers", transfers},
		{"FailsAlone", failsAlone},
		{"Cancelled", cancelled},
		{"Close", closes},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.run(t, open(t))
		})
	}
	t.Run("Twice", func(t *testing.T) {
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				t.Parallel()
				tt.run(t, Twice(open(t)))
			})
		}
	})
}

// Twice returns a store over inner that runs the function of every Update twice:
// once for a transaction that is rolled back, as after a conflict, and once more
// for the one that counts. Whoever writes functions with effects outside the
// Writer finds out here.
func Twice(inner kv.Store) kv.Store { return twice{inner} }

type twice struct{ kv.Store }

var errAgain = errors.New("run again")

func (s twice) Update(ctx context.Context, fn func(kv.Writer) error) error {
	err := s.Store.Update(ctx, func(w kv.Writer) error {
		if err := fn(w); err != nil {
			return err
		}
		return errAgain
	})
	if !errors.Is(err, errAgain) {
		return err
	}
	return s.Store.Update(ctx, fn)
}

// The bucket of most tests.
const things kv.Bucket = "thing"

func update(t *testing.T, s kv.Store, fn func(kv.Writer) error) {
	t.Helper()
	if err := s.Update(t.Context(), fn); err != nil {
		t.Fatalf("Update: got %v want nil", err)
	}
}

func view(t *testing.T, s kv.Store, fn func(kv.Reader) error) {
	t.Helper()
	if err := s.View(t.Context(), fn); err != nil {
		t.Fatalf("View: got %v want nil", err)
	}
}

func put(t *testing.T, s kv.Store, pairs ...string) {
	t.Helper()
	update(t, s, func(w kv.Writer) error { return putAll(w, pairs...) })
}

func putAll(w kv.Writer, pairs ...string) error {
	for i := 0; i < len(pairs); i += 2 {
		if err := w.Put(things, []byte(pairs[i]), []byte(pairs[i+1])); err != nil {
			return err
		}
	}
	return nil
}

// list returns keys and values between two bounds; an empty bound is open.
func list(r kv.Reader, from, to string) ([]string, error) {
	var got []string
	for p, err := range r.Scan(things, bound(from), bound(to)) {
		if err != nil {
			return nil, err
		}
		got = append(got, string(p.Key), string(p.Val))
	}
	return got, nil
}

func bound(s string) []byte {
	if s == "" {
		return nil
	}
	return []byte(s)
}

func wantKind(t *testing.T, err error, want fault.Kind) {
	t.Helper()
	if got := fault.KindOf(err); got != want {
		t.Errorf("got error %v of kind %q, want kind %q", err, got, want)
	}
}
