package catalog

import (
	"context"
	"encoding/binary"
	"time"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
)

const (
	bucketFact     kv.Bucket = "fact"
	bucketAsset    kv.Bucket = "asset"
	bucketChange   kv.Bucket = "change"
	bucketHistory  kv.Bucket = "history"
	bucketFeed     kv.Bucket = "feed"
	bucketUse      kv.Bucket = "use"
	bucketSpan     kv.Bucket = "span"
	bucketCursor   kv.Bucket = "cursor"
	bucketGen      kv.Bucket = "gen"
	bucketCoverage kv.Bucket = "coverage"
	bucketSaved    kv.Bucket = "saved"
	bucketSought   kv.Bucket = "sought"
	bucketMeta     kv.Bucket = "meta"
)

var (
	keyHead      = []byte("head")
	keySought    = []byte("sought")
	keyPseudonym = []byte("pseudonym")
	keyCoverage  = []byte("coverage")
)

// urnKey is the key of u. The names of stored assets were checked to fit.
func urnKey(u urn.URN) []byte {
	name, err := kv.Name(string(u))
	if err != nil {
		return []byte(u) // too long to be stored, so nothing is found
	}
	return []byte(name)
}

func factKey(urnKey []byte, aspect Aspect, author Author) []byte {
	k := make([]byte, 0, len(urnKey)+2+len(author))
	k = append(append(k, urnKey...), 0, byte(aspect))
	return append(k, author...)
}

func seqKey(s Seq) []byte { return binary.BigEndian.AppendUint64(nil, uint64(s)) }

func keySeq(k []byte) Seq {
	if len(k) < 8 {
		return 0
	}
	return Seq(binary.BigEndian.Uint64(k[len(k)-8:]))
}

// spanKey orders partitions by time, then source.
func spanKey(start time.Time, source string) []byte {
	return append(binary.BigEndian.AppendUint32(nil, uint32(start.Unix())), source...)
}

func readSeq(r kv.Reader, b kv.Bucket, key []byte) (Seq, error) {
	val, ok, err := r.Get(b, key)
	if err != nil || !ok {
		return 0, err
	}
	if len(val) != 8 {
		return 0, fault.Corrupt.Errorf("the number in %s/%s has %d bytes", b, key, len(val))
	}
	return keySeq(val), nil
}

// readHead returns the head stored under key; ok is false for one never heard of.
func readHead(r kv.Reader, key []byte) (h head, ok bool, err error) {
	val, ok, err := r.Get(bucketAsset, key)
	if err != nil || !ok {
		return head{}, false, err
	}
	return h, true, decode(val, &h)
}

// Head returns the number of the newest change.
func (c *Catalog) Head(ctx context.Context) (s Seq, err error) {
	err = c.store.View(ctx, func(r kv.Reader) error {
		s, err = readSeq(r, bucketMeta, keyHead)
		return err
	})
	return s, err
}
