package job

import (
	"context"
	"time"

	"github.com/fxamacker/cbor/v2"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// Lease is the right to do a piece of work alone until a time.
type Lease struct {
	Name   string
	Holder string
	Fence  uint64 // grows with every change of holder
	Until  time.Time

	book *Book
}

type leaseRecord struct {
	Holder string    `cbor:"1,keyasint,omitempty"`
	Fence  uint64    `cbor:"2,keyasint,omitempty"`
	Until  time.Time `cbor:"3,keyasint,omitzero"`
}

// Take takes or renews the lease of name for holder. It returns fault.Conflict
// while somebody else holds it.
func (b *Book) Take(ctx context.Context, name, holder string, length time.Duration) (l Lease, err error) {
	err = b.store.Update(ctx, func(w kv.Writer) error {
		rec, err := leaseOf(w, name)
		if err != nil {
			return err
		}
		now := b.Now()
		if rec.Holder != holder && rec.Until.After(now) {
			return fault.Conflict.Errorf("%s is held by %s until %s", name, rec.Holder, rec.Until.Format(time.RFC3339))
		}
		if rec.Holder != holder || !rec.Until.After(now) {
			rec.Fence++
		}
		rec.Holder, rec.Until = holder, now.Add(length).UTC()
		l = Lease{Name: name, Holder: holder, Fence: rec.Fence, Until: rec.Until, book: b}
		return putLease(w, name, rec)
	})
	return l, err
}

// Hold returns fault.Conflict unless l is still the newest taking of its lease
// and has not run out. Called inside the transaction that writes, it keeps a
// holder that was too slow from writing over its successor.
func (l Lease) Hold(r kv.Reader) error {
	rec, err := leaseOf(r, l.Name)
	if err != nil {
		return err
	}
	if rec.Fence != l.Fence || rec.Holder != l.Holder || !rec.Until.After(l.book.Now()) {
		return fault.Conflict.Errorf("the lease of %s was lost", l.Name)
	}
	return nil
}

// Release gives the lease back, so that the next one need not wait.
func (l Lease) Release(ctx context.Context) error {
	return l.book.store.Update(ctx, func(w kv.Writer) error {
		rec, err := leaseOf(w, l.Name)
		if err != nil || rec.Fence != l.Fence || rec.Holder != l.Holder {
			return err
		}
		rec.Until = time.Time{}
		return putLease(w, l.Name, rec)
	})
}

func leaseOf(r kv.Reader, name string) (rec leaseRecord, err error) {
	val, ok, err := r.Get(bucketLease, []byte(name))
	if err != nil || !ok {
		return rec, err
	}
	return rec, decode(val, &rec)
}

func putLease(w kv.Writer, name string, rec leaseRecord) error {
	val, err := cbor.Marshal(rec)
	if err != nil {
		return fault.Internal.Of(err)
	}
	return w.Put(bucketLease, []byte(name), val)
}
