package kv

import (
	"context"
	"encoding/binary"
	"iter"
	"maps"
	"slices"

	"github.com/cespare/xxhash/v2"

	"waymark/catalog/fault"
)

// Buckets:
//
//	tally  bucket -> records, sum of their checksums (two uint64, big endian)
//
// The row named tally stands for the other rows of its own bucket.
const tallies Bucket = "tally"

// sumSize is how many bytes a checksum adds before each value.
const sumSize = 8

// A Swapper is a Writer that puts and returns what was there in one step, and
// takes val for itself: the caller never touches it again. Summed needs the old
// value for its tally; to a store a second search would be the dearer half.
type Swapper interface {
	Swap(b Bucket, key, val []byte) (old []byte, had bool, err error)
}

// Summed returns a Store over inner that keeps a 64-bit checksum over bucket, key
// and value with every value and verifies it on every read: what fails is
// fault.Corrupt, never a wrong answer, even if a whole record stands in the wrong
// place. Each Update also keeps a tally per bucket, so that Check misses neither
// lost rows nor rows of yesterday.
func Summed(inner Store) Store { return &summed{inner} }

type summed struct{ inner Store }

func (s *summed) Close() error { return s.inner.Close() }

func (s *summed) View(ctx context.Context, fn func(Reader) error) error {
	return s.inner.View(ctx, func(r Reader) error { return fn(sumReader{r}) })
}

func (s *summed) Update(ctx context.Context, fn func(Writer) error) error {
	return s.inner.Update(ctx, func(w Writer) error {
		sw := &sumWriter{sumReader: sumReader{w}, inner: w, deltas: map[Bucket]*tally{}}
		if err := fn(sw); err != nil {
			return err
		}
		return sw.saveTallies()
	})
}

// checksum is XXH64 over key and value; its seed holds the bucket and says where
// the key ends.
func checksum(b Bucket, key, val []byte) uint64 {
	var d xxhash.Digest
	d.ResetWithSeed(xxhash.Sum64String(string(b)) + uint64(len(key)))
	_, _ = d.Write(key) // a Digest never fails
	_, _ = d.Write(val)
	return d.Sum64()
}

func seal(b Bucket, key, val []byte) []byte {
	stored := make([]byte, sumSize+len(val))
	binary.BigEndian.PutUint64(stored, checksum(b, key, val))
	copy(stored[sumSize:], val)
	return stored
}

func unseal(b Bucket, key, stored []byte) ([]byte, error) {
	if len(stored) < sumSize || binary.BigEndian.Uint64(stored) != checksum(b, key, stored[sumSize:]) {
		return nil, fault.Corrupt.Errorf("record %x in bucket %s fails its checksum; see fsck and restore", key, b)
	}
	return stored[sumSize:], nil
}

type sumReader struct{ inner Reader }

func (r sumReader) Get(b Bucket, key []byte) ([]byte, bool, error) {
	stored, ok, err := r.inner.Get(b, key)
	if err != nil || !ok {
		return nil, false, err
	}
	val, err := unseal(b, key, stored)
	return val, err == nil, err
}

func (r sumReader) Scan(b Bucket, from, to []byte) iter.Seq2[Pair, error] {
	return func(yield func(Pair, error) bool) {
		for p, err := range r.inner.Scan(b, from, to) {
			if err == nil {
				p.Val, err = unseal(b, p.Key, p.Val)
			}
			if err != nil {
				yield(Pair{}, err)
				return
			}
			if !yield(p, nil) {
				return
			}
		}
	}
}

type sumWriter struct {
	sumReader
	inner  Writer
	deltas map[Bucket]*tally
}

func (w *sumWriter) Put(b Bucket, key, val []byte) error {
	if err := CheckPut(b, key, val, MaxValue); err != nil {
		return err
	}
	if err := reserved(b); err != nil {
		return err
	}
	return w.put(b, key, val)
}

func (w *sumWriter) put(b Bucket, key, val []byte) error {
	stored := seal(b, key, val)
	old, had, err := w.swap(b, key, stored)
	if err != nil {
		return err
	}
	d := w.delta(b)
	d.add(stored)
	if had {
		return d.remove(b, key, old)
	}
	return nil
}

// swap leaves the old value unverified: to overwrite a damaged record is right.
func (w *sumWriter) swap(b Bucket, key, stored []byte) (old []byte, had bool, err error) {
	if s, ok := w.inner.(Swapper); ok {
		return s.Swap(b, key, stored)
	}
	if old, had, err = w.inner.Get(b, key); err != nil {
		return nil, false, err
	}
	return old, had, w.inner.Put(b, key, stored)
}

func (w *sumWriter) Delete(b Bucket, key []byte) error {
	if err := reserved(b); err != nil {
		return err
	}
	old, had, err := w.inner.Get(b, key)
	if err != nil {
		return err
	}
	if had {
		if err := w.delta(b).remove(b, key, old); err != nil {
			return err
		}
	}
	return w.inner.Delete(b, key)
}

func reserved(b Bucket) error {
	if b == tallies {
		return fault.Invalid.Errorf("bucket %s belongs to the store", b)
	}
	return nil
}

func (w *sumWriter) delta(b Bucket) *tally {
	d := w.deltas[b]
	if d == nil {
		d = &tally{}
		w.deltas[b] = d
	}
	return d
}

// saveTallies writes the rows of the buckets that changed, and then the row that
// stands for those rows.
func (w *sumWriter) saveTallies() error {
	for _, b := range slices.Sorted(maps.Keys(w.deltas)) {
		if err := w.saveTally(b); err != nil {
			return err
		}
	}
	if own := w.deltas[tallies]; own != nil {
		return w.saveTally(tallies)
	}
	return nil
}

func (w *sumWriter) saveTally(b Bucket) error {
	d := *w.deltas[b]
	if d == (tally{}) {
		return nil
	}
	val, ok, err := w.Get(tallies, []byte(b))
	if err != nil {
		return err
	}
	if ok {
		old, err := readTally(val)
		if err != nil {
			return err
		}
		d = d.plus(old)
	}
	if b == tallies { // this one row is counted by no other
		_, _, err := w.swap(tallies, []byte(b), seal(tallies, []byte(b), d.bytes()))
		return err
	}
	return w.put(tallies, []byte(b), d.bytes())
}

// tally counts the records of a bucket and adds up their checksums, modulo 2^64,
// so that the order of writes does not matter. A delta may be below zero, which
// the same arithmetic carries.
type tally struct{ records, sum uint64 }

func (t *tally) add(stored []byte) {
	t.records++
	t.sum += binary.BigEndian.Uint64(stored)
}

func (t *tally) remove(b Bucket, key, stored []byte) error {
	if len(stored) < sumSize {
		return fault.Corrupt.Errorf("record %x in bucket %s is cut short", key, b)
	}
	t.records--
	t.sum -= binary.BigEndian.Uint64(stored)
	return nil
}

func (t tally) plus(o tally) tally { return tally{t.records + o.records, t.sum + o.sum} }

func (t tally) bytes() []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, t.records), t.sum)
}

func readTally(val []byte) (tally, error) {
	if len(val) != 16 {
		return tally{}, fault.Corrupt.Errorf("tally of %d bytes, want 16", len(val))
	}
	return tally{binary.BigEndian.Uint64(val), binary.BigEndian.Uint64(val[8:])}, nil
}
