package boltkv

import (
	"bytes"
	"context"
	"iter"

	bolt "go.etcd.io/bbolt"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// askEvery is how many records a Scan yields before it asks whether the caller
// still wants them.
const askEvery = 256

type reader struct {
	ctx     context.Context
	tx      *bolt.Tx // nil once the transaction has ended
	buckets *buckets
}

// bucket returns nil if there is none.
func (r *reader) bucket(b kv.Bucket) (*bucket, error) {
	if r.tx == nil {
		return nil, fault.Internal.Errorf("bucket %s was used after its transaction", b)
	}
	if r.buckets == nil {
		r.buckets = &buckets{}
	}
	return r.buckets.find(r.tx, b), nil
}

func (r *reader) Get(b kv.Bucket, key []byte) (val []byte, ok bool, err error) {
	defer guard(&err)
	found, err := r.bucket(b)
	if err != nil || found == nil {
		return nil, false, err
	}
	val = found.Get(key)
	return val, val != nil, nil
}

func (r *reader) Scan(b kv.Bucket, from, to []byte) iter.Seq2[kv.Pair, error] {
	return func(yield func(kv.Pair, error) bool) {
		var c *bolt.Cursor
		for n := 0; ; n++ {
			p, err := r.step(&c, b, from)
			if err == nil && n%askEvery == askEvery-1 {
				err = r.ctx.Err()
			}
			if err != nil {
				yield(kv.Pair{}, err)
				return
			}
			if p.Key == nil || to != nil && bytes.Compare(p.Key, to) >= 0 || !yield(p, nil) {
				return
			}
		}
	}
}

// step moves c to the next record, or from nil to the first one; without another
// record the key is nil.
func (r *reader) step(c **bolt.Cursor, b kv.Bucket, from []byte) (p kv.Pair, err error) {
	defer guard(&err)
	switch {
	case r.tx == nil:
		return kv.Pair{}, fault.Internal.Errorf("bucket %s was scanned after its transaction", b)
	case *c != nil:
		p.Key, p.Val = (*c).Next()
	default:
		found, err := r.bucket(b)
		if err != nil || found == nil {
			return kv.Pair{}, err
		}
		*c = found.Cursor()
		if from == nil {
			p.Key, p.Val = (*c).First()
		} else {
			p.Key, p.Val = (*c).Seek(from)
		}
	}
	if p.Key != nil && p.Val == nil {
		return kv.Pair{}, fault.Corrupt.Errorf("bucket %s holds a bucket where a value belongs", b)
	}
	return p, nil
}

type writer struct {
	reader
	bytes    int
	undoable bool // others wrote before: keep what undo needs
	changes  []change
	broken   error // why the whole transaction must go
}

// change is what undo puts back: a record, or none.
type change struct {
	in       *bucket
	key, old []byte
	had      bool
}

func (w *writer) Put(b kv.Bucket, key, val []byte) error {
	if err := kv.CheckPut(b, key, val, kv.MaxFramed); err != nil {
		return err
	}
	_, _, err := w.set(b, key, append(make([]byte, 0, len(val)), val...), w.undoable)
	return err
}

// Swap is Put that keeps val and returns what was there; see kv.Swapper.
func (w *writer) Swap(b kv.Bucket, key, val []byte) (old []byte, had bool, err error) {
	if err := kv.CheckPut(b, key, val, kv.MaxFramed); err != nil {
		return nil, false, err
	}
	return w.set(b, key, val, true)
}

// set puts val; it looks for the old value only if look says so.
func (w *writer) set(b kv.Bucket, key, val []byte, look bool) (old []byte, had bool, err error) {
	defer w.breaks(&err)
	defer guard(&err)
	in, err := w.create(b)
	if err != nil {
		return nil, false, err
	}
	if look {
		old = in.Get(key)
		had = old != nil
	}
	if w.undoable {
		w.changes = append(w.changes, change{in, bytes.Clone(key), old, had})
	}
	w.bytes += len(key) + len(val)
	in.note(key, had)
	return old, had, in.Put(key, val)
}

func (w *writer) create(b kv.Bucket) (*bucket, error) {
	in, err := w.bucket(b)
	if err != nil || in != nil {
		return in, err
	}
	return w.buckets.create(w.tx, b)
}

func (w *writer) Delete(b kv.Bucket, key []byte) (err error) {
	if err := kv.CheckKey(b, key); err != nil {
		return err
	}
	defer w.breaks(&err)
	defer guard(&err)
	in, err := w.bucket(b)
	if err != nil || in == nil {
		return err
	}
	old := in.Get(key)
	if old == nil {
		return nil
	}
	if w.undoable {
		w.changes = append(w.changes, change{in, bytes.Clone(key), old, true})
	}
	w.bytes += len(key)
	return in.Bucket.Delete(key)
}

// breaks remembers that bbolt broke in the middle of a change: its nodes in
// memory may be half changed, and no function may decide to go on.
func (w *writer) breaks(err *error) {
	if fault.KindOf(*err) == fault.Corrupt {
		w.broken = *err
	}
}

// undo puts everything back, last change first.
func (w *writer) undo(tx *bolt.Tx) (err error) {
	defer guard(&err)
	for i := len(w.changes) - 1; i >= 0; i-- {
		c := w.changes[i]
		if c.had {
			err = c.in.Put(c.key, c.old)
		} else {
			err = c.in.Bucket.Delete(c.key)
		}
		if err != nil {
			return fault.Internal.Errorf("undo in transaction %d: %w", tx.ID(), err)
		}
	}
	return nil
}
