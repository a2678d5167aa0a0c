// Package memkv is the store in memory: for tests, and for `--store mem:`, which
// keeps nothing. It is not a cache and bounds nothing.
//
// Each bucket is a treap whose nodes are never changed once an Update has
// published them, so a View holds one moment for free and nobody waits for it.
package memkv

import (
	"context"
	"iter"
	"maps"
	"sync"
	"sync/atomic"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// New returns an empty store.
func New() kv.Store {
	s := &store{}
	s.published.Store(&roots{})
	return s
}

// roots are the trees of one moment.
type roots map[kv.Bucket]*node

type store struct {
	writing   sync.Mutex // one Update at a time makes them serializable
	published atomic.Pointer[roots]
	closed    atomic.Bool
}

func (s *store) open(ctx context.Context) error {
	if s.closed.Load() {
		return fault.Unavailable.Errorf("the store is closed")
	}
	return ctx.Err()
}

// View runs fn on the moment that was last published.
func (s *store) View(ctx context.Context, fn func(kv.Reader) error) error {
	if err := s.open(ctx); err != nil {
		return err
	}
	return fn(&reader{ctx, *s.published.Load()})
}

// Update runs fn on trees of its own and publishes them if it returns nil.
func (s *store) Update(ctx context.Context, fn func(kv.Writer) error) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.open(ctx); err != nil {
		return err
	}
	w := &writer{reader{ctx, maps.Clone(*s.published.Load())}, new(edit)}
	defer func() { w.edit = nil }() // what it made is published: nobody may change it
	if err := fn(w); err != nil {
		return err
	}
	s.published.Store(&w.roots)
	return nil
}

// Close ends the store.
func (s *store) Close() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.closed.Store(true)
	return nil
}

type reader struct {
	ctx   context.Context
	roots roots
}

func (r *reader) Get(b kv.Bucket, key []byte) ([]byte, bool, error) {
	val, ok := r.roots[b].get(key)
	return val, ok, nil
}

func (r *reader) Scan(b kv.Bucket, from, to []byte) iter.Seq2[kv.Pair, error] {
	return func(yield func(kv.Pair, error) bool) {
		for p := range r.roots[b].scan(from, to) {
			if err := r.ctx.Err(); err != nil {
				yield(kv.Pair{}, err)
				return
			}
			if !yield(p, nil) {
				return
			}
		}
	}
}

type writer struct {
	reader
	edit *edit // nil once the transaction has ended
}

func (w *writer) ended() error {
	if w.edit == nil {
		return fault.Internal.Errorf("a writer was used after its transaction")
	}
	return nil
}

func (w *writer) Put(b kv.Bucket, key, val []byte) error {
	_, _, err := w.Swap(b, key, append([]byte{}, val...))
	return err
}

// Swap is Put that keeps val and returns what was there; see kv.Swapper.
func (w *writer) Swap(b kv.Bucket, key, val []byte) (old []byte, had bool, err error) {
	if err := w.ended(); err != nil {
		return nil, false, err
	}
	if err := kv.CheckPut(b, key, val, kv.MaxFramed); err != nil {
		return nil, false, err
	}
	old, had = w.roots[b].get(key)
	w.roots[b] = w.edit.put(w.roots[b], key, val)
	return old, had, nil
}

func (w *writer) Delete(b kv.Bucket, key []byte) error {
	if err := w.ended(); err != nil {
		return err
	}
	if err := kv.CheckKey(b, key); err != nil {
		return err
	}
	if _, had := w.roots[b].get(key); had {
		w.roots[b] = w.edit.remove(w.roots[b], key)
	}
	return nil
}
