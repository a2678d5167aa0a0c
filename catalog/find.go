package catalog

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"time"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
)

// Find returns an asset with its facts merged, or fault.NotFound: also for one
// that was removed or that the caller may not see.
func (c *Catalog) Find(ctx context.Context, u urn.URN) (Asset, error) {
	found, err := c.FindMany(ctx, []urn.URN{u})
	if err != nil {
		return Asset{}, err
	}
	if len(found) == 0 {
		if err := c.readable(ctx, u); err != nil {
			return Asset{}, err
		}
		return Asset{}, fault.NotFound.Errorf("there is no %s", u)
	}
	return found[0], nil
}

// readable returns the error of reading an asset that FindMany left out.
func (c *Catalog) readable(ctx context.Context, u urn.URN) error {
	return c.store.View(ctx, func(r kv.Reader) error {
		_, _, err := readAsset(r, u)
		return err
	})
}

// FindMany returns those of the assets that exist and may be seen, in the order asked.
// One that cannot be read is left out, and logged.
func (c *Catalog) FindMany(ctx context.Context, list []urn.URN) (out []Asset, err error) {
	scope, err := c.guard.Scope(ctx)
	if err != nil {
		return nil, err
	}
	err = c.store.View(ctx, func(r kv.Reader) error {
		out = make([]Asset, 0, len(list))
		for _, u := range list {
			a, ok, err := readAsset(r, u)
			if errors.Is(err, fault.Corrupt) {
				c.unreadable(ctx, u, err)
				continue
			}
			if err != nil {
				return err
			}
			if ok && !scope.Hides(string(a.Type)) {
				out = append(out, a)
			}
		}
		return nil
	})
	return out, err
}

// readAsset merges the facts of u; ok is false when it is unknown or removed.
func readAsset(r kv.Reader, u urn.URN) (a Asset, ok bool, err error) {
	key := urnKey(u)
	h, ok, err := readHead(r, key)
	if err != nil || !ok || h.Removed {
		return a, false, err
	}
	a, err = assemble(r, u, key, h)
	return a, err == nil, err
}

func assemble(r kv.Reader, u urn.URN, key []byte, h head) (Asset, error) {
	a := Asset{URN: u, Type: h.Type, Seq: h.Seq, Created: time.Unix(h.Created, 0).UTC()}
	slices.SortStableFunc(h.Facts, func(x, y factHead) int {
		if d := x.Author.rank() - y.Author.rank(); d != 0 {
			return d
		}
		return strings.Compare(string(x.Author), string(y.Author))
	})
	m := merger{to: &a}
	stale, err := outvoted(r, key, h)
	if err != nil {
		return a, err
	}
	for _, f := range h.Facts {
		a.Said = append(a.Said, Fact{Aspect: f.Aspect, Author: f.Author, Seq: f.Seq})
		if stale[f.Author] && f.Aspect != AspectStatus {
			continue
		}
		val, ok, err := getParts(r, bucketFact, factKey(key, f.Aspect, f.Author))
		if err != nil {
			return a, err
		}
		if !ok {
			return a, fault.Corrupt.Errorf("%s of %s by %s is missing", f.Aspect, u, f.Author)
		}
		if err := m.add(f, val); err != nil {
			return a, err
		}
	}
	m.finish()
	return a, nil
}

// outvoted returns the crawls that miss an asset which another one still sees: what they
// said of it is old.
func outvoted(r kv.Reader, key []byte, h head) (out map[Author]bool, err error) {
	crawls := map[Author]bool{}
	for _, f := range h.Facts {
		if f.Author.rank() != 2 {
			continue
		}
		crawls[f.Author] = true
		if f.Aspect != AspectStatus {
			continue
		}
		st, err := statusBy(r, key, f.Author)
		if err != nil {
			return nil, err
		}
		if !st.Missing.IsZero() {
			if out == nil {
				out = map[Author]bool{}
			}
			out[f.Author] = true
		}
	}
	if len(out) == len(crawls) {
		return nil, nil
	}
	return out, nil
}

// statusBy is one author's word on whether an asset is there; zero where it has none.
func statusBy(r kv.Reader, key []byte, author Author) (st Status, err error) {
	val, ok, err := getParts(r, bucketFact, factKey(key, AspectStatus, author))
	if err != nil || !ok {
		return st, err
	}
	return st, decode(val, &st)
}

// Scope returns what the caller may see, for indexes that filter by it themselves.
func (c *Catalog) Scope(ctx context.Context) (access.Scope, error) { return c.guard.Scope(ctx) }

// Filter chooses assets for List; zero members choose everything.
type Filter struct {
	Types    []Type
	Platform string
	Prefix   string // of the name inside the platform; needs Platform
	Author   Author // who must have said something
	Removed  bool   // tombstones instead of what lives
	// Damaged is told of records that cannot be read, which are left out; the log is.
	Damaged func(urn.URN, error)
	After   urn.URN // begin behind this one
}

func (f Filter) wants(h *head) bool {
	if h.Removed != f.Removed || len(f.Types) > 0 && !slices.Contains(f.Types, h.Type) {
		return false
	}
	return f.Author == "" || slices.ContainsFunc(h.Facts, func(x factHead) bool { return x.Author == f.Author })
}

// span returns the keys between which f's assets lie.
func (f Filter) span() (from, to []byte) {
	if f.Platform != "" && len(f.Types) == 1 && f.Types[0] == Dataset {
		p := strings.TrimSuffix(string(urn.Dataset(f.Platform, f.Prefix, "")), ",PROD)")
		from, to = []byte(p), kv.After([]byte(p))
	}
	if after := append(urnKey(f.After), 0); f.After != "" && string(after) > string(from) {
		from = after
	}
	return from, to
}

// listPage is how many assets List reads in one view, so that none lasts long.
const listPage = 500

// List yields assets in the order of their URNs. Each page is one consistent view;
// between pages the catalog may move on. An error is yielded once, as the last.
func (c *Catalog) List(ctx context.Context, f Filter) iter.Seq2[Asset, error] {
	return func(yield func(Asset, error) bool) {
		scope, err := c.guard.Scope(ctx)
		if err != nil {
			yield(Asset{}, err)
			return
		}
		from, to := f.span()
		for {
			page, next, err := c.page(ctx, f, from, to)
			for _, a := range page {
				if !scope.Hides(string(a.Type)) && f.matches(a) && !yield(a, nil) {
					return
				}
			}
			if err != nil {
				yield(Asset{}, err)
				return
			}
			if next == nil {
				return
			}
			from = next
		}
	}
}

// matches decides what the span of keys could not.
func (f Filter) matches(a Asset) bool {
	return (f.Platform == "" || a.URN.Platform() == f.Platform) && strings.HasPrefix(a.URN.Name(), f.Prefix)
}

func (c *Catalog) page(ctx context.Context, f Filter, from, to []byte) (out []Asset, next []byte, err error) {
	damaged := func(u urn.URN, err error) {
		c.unreadable(ctx, u, err)
		if f.Damaged != nil {
			f.Damaged(u, err)
		}
	}
	err = c.store.View(ctx, func(r kv.Reader) error {
		for p, err := range r.Scan(bucketAsset, from, to) {
			if err != nil {
				return err
			}
			if len(out) == listPage {
				next = slices.Clone(p.Key)
				return nil
			}
			var h head
			if err := decode(p.Val, &h); err != nil {
				damaged(urn.URN(p.Key), err)
				continue
			}
			if !f.wants(&h) {
				continue
			}
			a, err := assemble(r, h.name(p.Key), p.Key, h)
			if errors.Is(err, fault.Corrupt) {
				damaged(h.name(p.Key), err)
				continue
			}
			if err != nil {
				return err
			}
			out = append(out, a)
		}
		return nil
	})
	return out, next, err
}

// unreadable logs a record that cannot be read. It costs what it says itself and nothing
// else: a list, a follower or an export goes on without it; fsck finds it.
func (c *Catalog) unreadable(ctx context.Context, u urn.URN, err error) {
	c.log.ErrorContext(ctx, "a stored record cannot be read and is left out", "urn", strings.ToValidUTF8(string(u), "?"), "error", err)
}

// Exists reports whether the catalog knows u now; it asks for no right, for it
// answers the program and not a person.
func (c *Catalog) Exists(ctx context.Context, u urn.URN) (ok bool, err error) {
	err = c.store.View(ctx, func(r kv.Reader) error {
		h, known, err := readHead(r, urnKey(u))
		ok = known && !h.Removed
		return err
	})
	return ok, err
}

// Hides returns what tells by its URN that the caller may not see an asset: for
// answers that name many.
func (c *Catalog) Hides(ctx context.Context) (func(urn.URN) bool, error) {
	scope, err := c.guard.Scope(ctx)
	if err != nil {
		return nil, err
	}
	sources := scope.Hides(string(Source))
	return func(u urn.URN) bool { return sources && u.Kind() == urn.KindSource }, nil
}

// Counts returns how many assets of each type live in the catalog.
func (c *Catalog) Counts(ctx context.Context) (map[Type]int, error) {
	if err := c.allowed(ctx, access.View, "counts"); err != nil {
		return nil, err
	}
	out := map[Type]int{}
	err := c.store.View(ctx, func(r kv.Reader) error {
		clear(out)
		for p, err := range r.Scan(bucketAsset, nil, nil) {
			if err != nil {
				return err
			}
			var h head
			if err := decode(p.Val, &h); err != nil {
				return err
			}
			if !h.Removed {
				out[h.Type]++
			}
		}
		return nil
	})
	return out, err
}
