// Package kv is the storage contract: ordered bytes in named buckets, read in
// consistent views and changed in serializable, durable updates. It is kept this
// small so that memory, bbolt and PostgreSQL can all meet it; kvtest is its proof.
//
// It is not a query language and knows no asset: whoever stores opens with the
// table of its own buckets.
package kv

import (
	"context"
	"iter"
)

// Limits that every store enforces with fault.Invalid before any write. An empty
// key is fault.Invalid too; limits.go has the check that all share.
const (
	MaxKey   = 1024    // bytes; a PostgreSQL index row ends at 2.7 kB
	MaxValue = 1 << 20 // bytes; larger values are split by their owner
)

// Bucket names an ordered space of keys, such as "asset". A bucket exists by use.
type Bucket string

// Pair is one record. Its slices are valid inside the transaction only.
type Pair struct{ Key, Val []byte }

// Store keeps buckets of records. It is safe for concurrent use.
type Store interface {
	// View runs fn on one consistent moment. fn must end within seconds. A
	// cancelled ctx is fault.Unavailable before fn runs and in a long Scan.
	View(ctx context.Context, fn func(Reader) error) error
	// Update runs fn and makes its writes durable, all or nothing, before it
	// returns nil. Updates are serializable. fn may run again after a conflict,
	// so it has no effect outside the Writer, and it calls no other Update. When the outcome cannot be known
	// (a failed fsync, a cut connection) the error is fault.Unavailable.
	Update(ctx context.Context, fn func(Writer) error) error
	// Close waits for what runs and ends the store; further views and updates
	// return fault.Unavailable, and closing it again does nothing.
	Close() error
}

// Reader reads inside one transaction, in one goroutine at a time.
type Reader interface {
	// Get returns the value of key and whether there is one.
	Get(b Bucket, key []byte) (val []byte, ok bool, err error)
	// Scan yields the records with from <= key < to in the order of their bytes;
	// a nil from or to is open. An error is yielded once, as the last element.
	Scan(b Bucket, from, to []byte) iter.Seq2[Pair, error]
}

// Writer reads and writes inside one transaction; it sees its own writes and
// copies what it is given. A Scan must not be interleaved with writes to the same
// bucket. To delete what is not there is no error.
type Writer interface {
	Reader
	Put(b Bucket, key, val []byte) error
	Delete(b Bucket, key []byte) error
}
