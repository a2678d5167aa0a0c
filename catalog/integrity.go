package catalog

import (
	"bytes"
	"context"
	"slices"

	"github.com/cespare/xxhash/v2"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
)

// Flaw is a record that cannot be read as what it should be, or one that others
// need and that is missing. Key is nil when it is about a whole bucket.
type Flaw struct {
	Bucket kv.Bucket
	Key    []byte
	Err    error
}

// examined is how many records one transaction of Examine reads.
const examined = 500

// Examine decodes every record of the catalog into its type and follows the
// references that reading relies upon: from an asset to its facts and its entry in
// the change log and back, from the feed to the history. It reads page by page, so it
// may run beside writers; after each page it calls pause, whose error ends it. It asks
// for no right: it answers the program and not a person.
func (c *Catalog) Examine(ctx context.Context, pause func(records int) error, report func(Flaw)) (records int, err error) {
	for _, b := range examiners {
		var from []byte
		for more := true; more; {
			n := 0
			var flaws []Flaw
			err := c.store.View(ctx, func(r kv.Reader) (err error) {
				n, flaws = 0, nil // a View may not run twice, but its results must not add up if it does
				from, more, err = examinePage(r, b, from, &n, func(f Flaw) { flaws = append(flaws, f) })
				return err
			})
			if fault.KindOf(err) == fault.Corrupt { // the rest of the bucket cannot be reached
				flaws, more, err = append(flaws, Flaw{Bucket: b.bucket, Err: err}), false, nil
			}
			if err != nil {
				return records, err
			}
			for _, f := range flaws {
				report(f)
			}
			records += n
			if err := pause(n); err != nil {
				return records, err
			}
		}
	}
	return records, nil
}

// examiner decodes one record of a bucket and follows what it refers to.
type examiner struct {
	bucket kv.Bucket
	look   func(r kv.Reader, p kv.Pair) error
}

var examiners = []examiner{
	{bucketAsset, examineAsset},
	{bucketChange, examineChange},
	{bucketHistory, decodes[Event]},
	{bucketFeed, examineFeed},
	{bucketUse, inParts[[]UsageRow](bucketUse)},
	{bucketCheck, inParts[[]CheckRun](bucketCheck)},
	{bucketVolume, decodes[[]Size]},
	{bucketKept, decodes[KeptDay]},
	{bucketSubscription, decodes[[]Subscription]},
	{bucketDelivery, decodes[Delivery]},
	{bucketGen, decodes[generation]},
	{bucketSaved, decodes[SavedSearch]},
	{bucketSought, decodes[Sought]},
}

func examinePage(r kv.Reader, b examiner, from []byte, n *int, report func(Flaw)) (next []byte, more bool, err error) {
	for p, err := range r.Scan(b.bucket, from, nil) {
		if err != nil {
			return nil, false, err
		}
		if *n == examined {
			return slices.Clone(p.Key), true, nil
		}
		*n++
		err := b.look(r, p)
		if fault.KindOf(err) == fault.Corrupt {
			report(Flaw{b.bucket, slices.Clone(p.Key), err})
		} else if err != nil {
			return nil, false, err
		}
	}
	return nil, false, nil
}

func decodes[T any](_ kv.Reader, p kv.Pair) error {
	var v T
	return decode(p.Val, &v)
}

// inParts decodes values that may be kept in parts; a part is read with its first.
func inParts[T any](b kv.Bucket) func(kv.Reader, kv.Pair) error {
	return func(r kv.Reader, p kv.Pair) error {
		if part, err := isPart(r, b, p.Key); part || err != nil {
			return err
		}
		val, _, err := getParts(r, b, p.Key)
		if err != nil {
			return err
		}
		var v T
		return decode(val, &v)
	}
}

func isPart(r kv.Reader, b kv.Bucket, key []byte) (bool, error) {
	at := len(key) - 5
	if at < 1 || key[at] != partMark {
		return false, nil
	}
	first, ok, err := r.Get(b, key[:at])
	return ok && len(first) == 5 && first[0] == partMark, err
}

// examineAsset reads an asset whole and finds it in the change log.
func examineAsset(r kv.Reader, p kv.Pair) error {
	var h head
	if err := decode(p.Val, &h); err != nil {
		return err
	}
	u, ok, err := r.Get(bucketChange, seqKey(h.Seq))
	if err != nil {
		return err
	}
	if !ok || !bytes.Equal(u, []byte(h.name(p.Key))) {
		return fault.Corrupt.Errorf("its entry %d of the change log is missing or of another asset", h.Seq)
	}
	if h.Removed {
		return nil
	}
	if _, err := assemble(r, h.name(p.Key), p.Key, h); err != nil {
		return err
	}
	for _, f := range h.Facts {
		val, ok, err := getParts(r, bucketFact, factKey(p.Key, f.Aspect, f.Author))
		if err == nil && ok && xxhash.Sum64(val) != f.Digest {
			err = fault.Corrupt.Errorf("%s by %s is not what was said last", f.Aspect, f.Author)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func examineChange(r kv.Reader, p kv.Pair) error {
	h, ok, err := readHead(r, urnKey(urn.URN(p.Val)))
	if err != nil {
		return err
	}
	if !ok || h.Seq != keySeq(p.Key) {
		return fault.Corrupt.Errorf("entry %d of the change log names an asset that has another, or is missing", keySeq(p.Key))
	}
	return nil
}

func examineFeed(r kv.Reader, p kv.Pair) error {
	_, err := feed(r, keySeq(p.Key), keySeq(p.Key)+1)
	return err
}
