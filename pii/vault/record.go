package vault

import (
	"context"
	"encoding/binary"
	"iter"
	"strings"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// Bucket names a kind of record.
type Bucket string

// The kinds of records that requests keep.
const (
	Requests   Bucket = "request"
	Subjects   Bucket = "subject" // identities of the person a request is about
	Plans      Bucket = "plan"
	Journals   Bucket = "journal"
	Holds      Bucket = "hold"
	Counters   Bucket = "counter"
	Reasons    Bucket = "reason"    // free text to which the ledger refers
	Retentions Bucket = "retention" // rules of the office on what is kept
)

// A value is sealed in parts, so that a plan of many keys fits a store whose values
// are bounded. The first part stands under the key itself and begins with the
// number of parts; the others follow behind a zero byte.
const partSize = 512 << 10

// Reader reads records inside one transaction.
type Reader struct {
	v      *Vault
	r      kv.Reader
	writes bool
}

// Writer reads and writes records inside one transaction.
type Writer struct {
	Reader
	w kv.Writer
}

// Record is one record, opened.
type Record struct {
	Key string
	Val []byte
}

// View runs fn on one consistent moment.
func (v *Vault) View(ctx context.Context, fn func(Reader) error) error {
	if v.sealed != nil {
		return v.sealed
	}
	return v.store.View(ctx, func(r kv.Reader) error { return fn(Reader{v: v, r: r}) })
}

// Update runs fn and makes its writes durable, all or nothing. fn may run again
// after a conflict, so it has no effect outside the Writer.
func (v *Vault) Update(ctx context.Context, fn func(Writer) error) error {
	if v.sealed != nil {
		return v.sealed
	}
	return v.store.Update(ctx, func(w kv.Writer) error { return fn(Writer{Reader{v: v, r: w, writes: true}, w}) })
}

// Get returns the value of key and whether there is one.
func (r Reader) Get(b Bucket, key string) (val []byte, ok bool, err error) {
	first, ok, err := r.part(b, key, 0)
	if err != nil || !ok {
		return nil, false, err
	}
	parts, size := binary.Uvarint(first)
	if size <= 0 {
		return nil, false, fault.Corrupt.Errorf("a record of the privacy store has the wrong form")
	}
	val = first[size:]
	for n := uint64(1); n < parts; n++ {
		more, ok, err := r.part(b, key, n)
		if err != nil {
			return nil, false, err
		}
		if !ok {
			return nil, false, fault.Corrupt.Errorf("a record of the privacy store lost a part")
		}
		val = append(val, more...)
	}
	return val, true, nil
}

func (r Reader) part(b Bucket, key string, n uint64) ([]byte, bool, error) {
	k := partKey(key, n)
	stored, ok, err := r.r.Get(kv.Bucket(b), k)
	if err != nil || !ok {
		return nil, false, err
	}
	plain, err := unseal(stored, r.v.associated(kv.Bucket(b), k), func(id uint32) ([]byte, error) { return r.v.dataKey(r, id) })
	return plain, err == nil, err
}

func partKey(key string, n uint64) []byte {
	if n == 0 {
		return []byte(key)
	}
	return binary.BigEndian.AppendUint64(append([]byte(key), 0), n)
}

// Scan yields the records whose keys begin with prefix, in order. An error is
// yielded once, as the last element.
func (r Reader) Scan(b Bucket, prefix string) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for p, err := range kv.ScanPrefix(r.r, kv.Bucket(b), []byte(prefix)) {
			key := string(p.Key)
			if err == nil && strings.IndexByte(key, 0) >= 0 {
				continue // a further part
			}
			var val []byte
			if err == nil {
				val, _, err = r.Get(b, key)
			}
			if !yield(Record{key, val}, err) || err != nil {
				return
			}
		}
	}
}

// Put seals val under key, which must not be personal: keys stand in plain.
func (w Writer) Put(b Bucket, key string, val []byte) error {
	if strings.IndexByte(key, 0) >= 0 {
		return fault.Invalid.Errorf("a key of the privacy store holds a zero byte")
	}
	if err := w.Delete(b, key); err != nil {
		return err
	}
	parts := (len(val) + partSize - 1) / partSize
	head := binary.AppendUvarint(nil, uint64(parts))
	for n := uint64(0); n == 0 || len(val) > 0; n++ {
		cut := min(len(val), partSize)
		if err := w.putPart(b, key, n, append(head, val[:cut]...)); err != nil {
			return err
		}
		head, val = nil, val[cut:]
	}
	return nil
}

func (w Writer) putPart(b Bucket, key string, n uint64, plain []byte) error {
	id, dataKey, err := w.v.current(w.w)
	if err != nil {
		return err
	}
	k := partKey(key, n)
	stored, err := seal(dataKey, id, plain, w.v.associated(kv.Bucket(b), k))
	if err != nil {
		return err
	}
	return w.w.Put(kv.Bucket(b), k, stored)
}

// Delete removes key and all its parts; a key that is not there is no error.
func (w Writer) Delete(b Bucket, key string) error {
	for n := uint64(0); ; n++ {
		k := partKey(key, n)
		_, ok, err := w.w.Get(kv.Bucket(b), k)
		if err != nil || !ok {
			return err
		}
		if err := w.w.Delete(kv.Bucket(b), k); err != nil {
			return err
		}
	}
}
