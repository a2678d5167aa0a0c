package boltkv

import (
	"bytes"

	bolt "go.etcd.io/bbolt"

	"waymark/catalog/kv"
)

// buckets are those that one transaction has used. There are few, so a list is
// faster than a map; bbolt itself would search its tree for every call.
type buckets struct{ used []*bucket }

type bucket struct {
	*bolt.Bucket
	name              kv.Bucket
	last              []byte // no key put so far was greater; see note
	isLast            bool   // last is the greatest key of the bucket, not only a lower bound of it
	appended, between int    // keys put behind the last one, and before it
}

// find returns nil if the file has no such bucket.
func (bs *buckets) find(tx *bolt.Tx, name kv.Bucket) *bucket {
	for _, b := range bs.used {
		if b.name == name {
			return b
		}
	}
	if found := tx.Bucket([]byte(name)); found != nil {
		b := &bucket{Bucket: found, name: name}
		bs.used = append(bs.used, b)
		return b
	}
	return nil
}

func (bs *buckets) create(tx *bolt.Tx, name kv.Bucket) (*bucket, error) {
	made, err := tx.CreateBucketIfNotExists([]byte(name))
	if err != nil {
		return nil, err
	}
	b := &bucket{Bucket: made, name: name}
	bs.used = append(bs.used, b)
	return b, nil
}

// note counts where a key is about to be put. had says that it is there already.
//
// It must not ask bbolt for the last key: Cursor.Last and Cursor.Prev never return
// while the leaves of a bucket are all empty, as after a transaction deleted what
// they held. A Seek ends always, and raises last, so that a few are enough.
func (b *bucket) note(key []byte, had bool) {
	if bytes.Compare(key, b.last) > 0 && !b.isLast {
		next, _ := b.Cursor().Seek(key)
		b.last, b.isLast = append(b.last[:0], next...), next == nil
	}
	switch {
	case bytes.Compare(key, b.last) > 0:
		b.appended++
		b.last = append(b.last[:0], key...)
	case !had:
		b.between++
	}
}

// fullPages is how far pages are filled that nothing will be put between. bbolt's
// own half leaves room for keys that come in any order.
const fullPages = 0.95

// setFill decides before the commit how full pages become when they are split.
func (bs *buckets) setFill() {
	for _, b := range bs.used {
		if b.appended > 9*b.between {
			b.FillPercent = fullPages
		}
	}
}
