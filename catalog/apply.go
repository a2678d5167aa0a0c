package catalog

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
)

// Batch is what one author says of up to some thousand assets at once.
type Batch struct {
	Author  Author
	Run     string // the crawl or import it belongs to; for the audit
	Assets  []Asset
	Removed []urn.URN // the author no longer vouches for these
}

// Diff counts what a batch did. First and Last number its changes; both are zero
// when there was none.
type Diff struct {
	Created, Changed, Unchanged, Removed int
	First, Last                          Seq
}

// Apply writes what batch.Author says: facts, change log, history and one audit
// entry in one transaction, so all of it or nothing. Facts that are already so
// are not written; a batch without any change writes nothing at all. An asset
// that appears twice counts as it appears last.
//
// It returns fault.Denied for a caller who may not, fault.Invalid for an asset
// without a proper URN, and the store's errors.
func (c *Catalog) Apply(ctx context.Context, batch Batch) (diff Diff, err error) {
	defer fault.Wrap(&err, "apply %d assets of %s", len(batch.Assets)+len(batch.Removed), batch.Author)
	if err := c.allowed(ctx, access.Apply, string(batch.Author)); err != nil {
		return diff, err
	}
	all, err := prepare(batch)
	if err != nil {
		return diff, err
	}
	moved, err := c.moved(ctx, all, batch.Author)
	if err != nil {
		return diff, err
	}
	if len(moved) > 0 {
		err = c.store.Update(ctx, func(w kv.Writer) error {
			diff, err = c.write(ctx, w, batch, moved)
			return err
		})
	}
	diff.Unchanged += len(all) - len(moved)
	return diff, err
}

// allowed checks and records a refusal in a transaction of its own.
func (c *Catalog) allowed(ctx context.Context, action access.Action, target string) error {
	err := c.guard.Check(ctx, action, target)
	if errors.Is(err, fault.Denied) {
		if bad := c.guard.Refused(ctx, action, target); bad != nil {
			return bad
		}
	}
	return err
}

// statement is one asset of a batch, encoded outside of the transaction.
type statement struct {
	urn     urn.URN
	key     []byte
	typ     Type
	says    []said
	removed bool
}

// stripe is how many assets one goroutine encodes: to encode is a third of the work
// of a load and needs no transaction, so all processors share it.
const stripe = 128

func prepare(batch Batch) ([]statement, error) {
	n := len(batch.Assets)
	out := make([]statement, n, n+len(batch.Removed))
	errs := make([]error, n/stripe+1)
	var wait sync.WaitGroup
	for from := 0; from < n; from += stripe {
		to := min(from+stripe, n)
		wait.Go(func() { errs[from/stripe] = state(out[from:to], batch.Assets[from:to]) })
	}
	wait.Wait()
	for _, err := range errs { // the first asset that is wrong is named, in every run
		if err != nil {
			return nil, err
		}
	}
	for _, u := range batch.Removed {
		if name, dirty := cleanName(string(u)); dirty {
			u = urn.URN(name)
		}
		out = append(out, statement{urn: u, key: urnKey(u), removed: true})
	}
	slices.SortStableFunc(out, func(a, b statement) int { return bytes.Compare(a.key, b.key) })
	return slices.Clip(lastOfEach(out)), nil
}

// state encodes the assets into out.
func state(out []statement, assets []Asset) error {
	for i := range assets {
		copied := assets[i] // the caller's own is not touched
		a := &copied
		Clean(a)
		if err := checkAsset(a); err != nil {
			return err
		}
		says, err := express(a)
		if err != nil {
			return err
		}
		out[i] = statement{urn: a.URN, key: urnKey(a.URN), typ: a.Type, says: says}
	}
	return nil
}

// lastOfEach drops all but the last statement about an asset from a sorted list.
func lastOfEach(list []statement) []statement {
	kept := list[:0]
	for i := range list {
		if i+1 == len(list) || list[i+1].urn != list[i].urn {
			kept = append(kept, list[i])
		}
	}
	return kept
}

// Check reports why Apply would refuse an asset: a name that is none or too long, or
// no type.
func (a *Asset) Check() error { return checkAsset(a) }

func checkAsset(a *Asset) error {
	if _, err := kv.Name(string(a.URN)); err != nil {
		return err
	}
	if _, err := urn.Parse(string(a.URN)); err != nil {
		return err
	}
	if a.Type == "" {
		return fault.Invalid.Errorf("%s has no type", a.URN)
	}
	return nil
}

// moved returns the statements that say something new. It reads only, so that an
// unchanged crawl costs no commit.
func (c *Catalog) moved(ctx context.Context, all []statement, author Author) (out []statement, err error) {
	err = c.store.View(ctx, func(r kv.Reader) error {
		out = out[:0]
		for _, s := range all {
			h, _, err := readHead(r, s.key)
			if err != nil {
				return err
			}
			if news(&h, s, author) {
				out = append(out, s)
			}
		}
		return nil
	})
	return out, err
}

// news reports whether s differs from what author said before.
func news(h *head, s statement, author Author) bool {
	if s.removed {
		return slices.ContainsFunc(h.Facts, func(f factHead) bool { return f.Author == author })
	}
	if h.Seq == 0 || h.Removed && author.rank() < 3 || s.typ != h.Type && author.rank() < 3 {
		return true
	}
	if author.rank() < 3 && h.fact(AspectStatus, author) >= 0 && !slices.ContainsFunc(s.says, func(x said) bool { return x.aspect == AspectStatus }) {
		return true // it was missing and is seen again
	}
	return slices.ContainsFunc(s.says, func(x said) bool { return differs(h, x, author) })
}

func differs(h *head, x said, author Author) bool {
	i := h.fact(x.aspect, author)
	if i < 0 {
		return len(x.val) > 0
	}
	return h.Facts[i].Digest != x.digest
}

// write runs inside the transaction and may run twice.
func (c *Catalog) write(ctx context.Context, w kv.Writer, batch Batch, list []statement) (d Diff, err error) {
	before, err := readSeq(w, bucketMeta, keyHead)
	if err != nil {
		return d, err
	}
	e := &editor{w: w, author: batch.Author, run: batch.Run, now: c.Now(), seq: before}
	e.caller, _ = access.From(ctx)
	for _, s := range list {
		if err := e.asset(s, &d); err != nil {
			return d, err
		}
	}
	if e.seq == before {
		return d, nil
	}
	d.First, d.Last = before+1, e.seq
	if err := w.Put(bucketMeta, keyHead, seqKey(e.seq)); err != nil {
		return d, err
	}
	if err := c.record(ctx, w, e.grants); err != nil {
		return d, err
	}
	what := fmt.Sprintf("%s %s: %d created, %d changed, %d removed; numbers %d to %d", batch.Author, batch.Run, d.Created, d.Changed, d.Removed, d.First, d.Last)
	return d, c.guard.Allow(ctx, w, access.Apply, what)
}
