package catalog

import (
	"context"
	"errors"
	"slices"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
)

// Change says that an asset differs from what it was at an earlier number.
type Change struct {
	Seq     Seq
	URN     urn.URN
	Type    Type
	Removed bool
	Facts   []Fact // every fact of the asset and the number at which it last moved
}

// MovedSince reports whether one of the aspects moved after a number; with no
// aspect named, any. A removed asset has always moved.
func (c Change) MovedSince(after Seq, aspects ...Aspect) bool {
	return c.Removed || slices.ContainsFunc(c.Facts, func(f Fact) bool {
		return f.Seq > after && (len(aspects) == 0 || slices.Contains(aspects, f.Aspect))
	})
}

// Described reports whether a crawl or an import says anything of the asset.
func (c Change) Described() bool {
	return slices.ContainsFunc(c.Facts, func(f Fact) bool { return f.Author.rank() == 1 || f.Author.rank() == 2 })
}

// followPage is how many changes a follower is handed at once.
const followPage = 1000

// Since returns the changes after a number, oldest first, at most limit, and the
// number of the newest change in the catalog. It is for followers that keep their
// own number.
func (c *Catalog) Since(ctx context.Context, after Seq, limit int) (out []Change, head Seq, err error) {
	if err := c.allowed(ctx, access.View, "changes"); err != nil {
		return nil, 0, err
	}
	err = c.store.View(ctx, func(r kv.Reader) error {
		out = out[:0]
		if head, err = readSeq(r, bucketMeta, keyHead); err != nil {
			return err
		}
		for p, err := range r.Scan(bucketChange, seqKey(after+1), nil) {
			if err != nil {
				return err
			}
			if len(out) == limit {
				return nil
			}
			ch, err := readChange(r, p)
			if errors.Is(err, fault.Corrupt) { // a change of nothing, so that followers pass it
				c.unreadable(ctx, ch.URN, err)
				err = nil
			}
			if err != nil {
				return err
			}
			out = append(out, ch)
		}
		return nil
	})
	return out, head, err
}

func readChange(r kv.Reader, p kv.Pair) (Change, error) {
	ch := Change{Seq: keySeq(p.Key), URN: urn.URN(p.Val)}
	h, ok, err := readHead(r, urnKey(ch.URN))
	if err != nil {
		return ch, err
	}
	if !ok {
		return ch, fault.Corrupt.Errorf("change %d names %s, which has no head", ch.Seq, ch.URN)
	}
	ch.Type, ch.Removed = h.Type, h.Removed
	for _, f := range h.Facts {
		ch.Facts = append(ch.Facts, Fact{Aspect: f.Aspect, Author: f.Author, Seq: f.Seq})
	}
	return ch, nil
}

// Follow hands fn what changed after the stored cursor, page by page, and saves
// the cursor after each page that fn took without error, until it is level with
// the log. When the process dies in fn the page comes again: fn is idempotent.
func (c *Catalog) Follow(ctx context.Context, cursor string, fn func(context.Context, []Change) error) (err error) {
	defer fault.Wrap(&err, "follow changes as %s", cursor)
	at, err := c.Cursor(ctx, cursor)
	for err == nil {
		var page []Change
		if page, _, err = c.Since(ctx, at, followPage); err != nil || len(page) == 0 {
			return err
		}
		at = page[len(page)-1].Seq // before fn, which owns the page
		if err = fn(ctx, page); err != nil {
			return err
		}
		err = c.saveCursor(ctx, cursor, at)
	}
	return err
}

// Cursor returns how far a follower has come.
func (c *Catalog) Cursor(ctx context.Context, name string) (at Seq, err error) {
	err = c.store.View(ctx, func(r kv.Reader) error {
		at, err = readSeq(r, bucketCursor, []byte(name))
		return err
	})
	return at, err
}

// Rewind deletes a cursor: its follower begins anew, the way to rebuild what is derived.
func (c *Catalog) Rewind(ctx context.Context, name string) error {
	if err := c.allowed(ctx, access.Manage, "cursor "+name); err != nil {
		return err
	}
	return c.store.Update(ctx, func(w kv.Writer) error { return w.Delete(bucketCursor, []byte(name)) })
}

func (c *Catalog) saveCursor(ctx context.Context, name string, at Seq) error {
	return c.store.Update(ctx, func(w kv.Writer) error { return w.Put(bucketCursor, []byte(name), seqKey(at)) })
}
