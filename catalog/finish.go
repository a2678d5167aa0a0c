package catalog

import (
	"context"
	"slices"
	"strings"
	"time"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
)

// Scope is what one listing of a source covers: one database, schema or project.
type Scope struct {
	Source   string // the recipe's name
	Name     string // of the scope inside the source
	Platform string
	Prefix   string // of the dataset names that it covers
}

// FinishOptions say how a complete listing is judged.
type FinishOptions struct {
	Approved  bool   // a person looked at what would vanish
	Principal string // who listed: user, role, visible schemas
	Filter    string // digest of the recipe's allow and deny patterns
}

// Finished is what a complete listing changed.
type Finished struct {
	Missing []urn.URN // marked missing now, and seen by no other source
	Removed []urn.URN // missing for the second time: soft deleted, and seen by no other source
	Kept    string    // why nothing was marked, when it was not
}

// The limits of sources.md 2.1: more than max(20, 10 %) of a scope gone is not
// believed without a person, and a second look comes a day after the first.
const (
	minVanish   = 20
	vanishShare = 10 // percent
	secondLook  = 24 * time.Hour
)

// generation is the record of the last complete crawl of a scope.
type generation struct {
	At        time.Time `cbor:"1,keyasint,omitzero"`
	Count     int       `cbor:"2,keyasint,omitempty"`
	Principal string    `cbor:"3,keyasint,omitempty"`
	Filter    string    `cbor:"4,keyasint,omitempty"`
}

// Finish says that a scope was listed to its end without an error and that seen is
// all there is. What the source vouched for before and is not seen is marked
// missing, and removed the second time, at least a day later. Nothing is marked
// when the credential or the filter changed since the last time. It returns
// fault.Conflict, and marks nothing, when too much would vanish at once.
func (c *Catalog) Finish(ctx context.Context, scope Scope, seen map[urn.URN]struct{}, o FinishOptions) (out Finished, err error) {
	defer fault.Wrap(&err, "finish %s of %s", scope.Name, scope.Source)
	last, known, err := c.lastGeneration(ctx, scope)
	if err != nil {
		return out, err
	}
	gone, live, err := c.unseen(ctx, scope, seen)
	if err != nil {
		return out, err
	}
	switch {
	case known && last.Principal != o.Principal:
		out.Kept = "the credential sees something else than last time"
	case known && last.Filter != o.Filter:
		out.Kept = "the allow and deny patterns changed since last time"
	case !o.Approved && tooMuch(len(gone), live):
		return out, fault.Conflict.Errorf("%d of %d assets are no longer there; nothing was marked, approve the run to mark them", len(gone), live)
	default:
		if out, err = c.mark(ctx, scope, gone); err != nil {
			return out, err
		}
	}
	return out, c.saveGeneration(ctx, scope, generation{At: c.Now().UTC(), Count: last.Count + 1, Principal: o.Principal, Filter: o.Filter})
}

func tooMuch(gone, live int) bool {
	return gone > max(minVanish, live*vanishShare/100) || gone > 0 && gone == live
}

// unseen returns the assets of the scope that the source vouched for and that were
// not seen, and how many it vouched for in all.
func (c *Catalog) unseen(ctx context.Context, scope Scope, seen map[urn.URN]struct{}) (gone []Asset, live int, err error) {
	f := Filter{Types: []Type{Dataset}, Platform: scope.Platform, Prefix: scope.Prefix, Author: BySource(scope.Source)}
	for a, err := range c.List(ctx, f) {
		if err != nil {
			return nil, 0, err
		}
		own, err := c.statusBy(ctx, a, f.Author)
		if err != nil {
			return nil, 0, err
		}
		if !own.Removed.IsZero() {
			continue
		}
		live++
		if _, ok := seen[a.URN]; !ok {
			a.Status = &own // whether others miss it too, merging finds out
			gone = append(gone, a)
		}
	}
	return gone, live, nil
}

// statusBy is a source's own word on whether an asset is there.
func (c *Catalog) statusBy(ctx context.Context, a Asset, author Author) (st Status, err error) {
	if !slices.ContainsFunc(a.Said, func(f Fact) bool { return f.Aspect == AspectStatus && f.Author == author }) {
		return st, nil
	}
	err = c.store.View(ctx, func(r kv.Reader) error {
		st, err = statusBy(r, urnKey(a.URN), author)
		return err
	})
	return st, err
}

// vanished leaves of what a source misses that which nobody else sees.
func (c *Catalog) vanished(ctx context.Context, list []urn.URN, gone func(*Status) bool) (out []urn.URN, err error) {
	found, err := c.FindMany(ctx, list)
	for i := range found {
		if st := found[i].Status; st != nil && gone(st) {
			out = append(out, found[i].URN)
		}
	}
	return out, err
}

func (c *Catalog) mark(ctx context.Context, scope Scope, gone []Asset) (out Finished, err error) {
	now := c.Now().UTC().Truncate(time.Second)
	b := Batch{Author: BySource(scope.Source), Run: "finish " + scope.Name}
	for _, a := range gone {
		st := Status{Missing: now}
		if a.Status != nil && !a.Status.Missing.IsZero() {
			st.Missing = a.Status.Missing
			if now.Sub(st.Missing) < secondLook {
				continue
			}
			st.Removed = now
			out.Removed = append(out.Removed, a.URN)
		} else {
			out.Missing = append(out.Missing, a.URN)
		}
		b.Assets = append(b.Assets, Asset{URN: a.URN, Type: a.Type, Status: &st})
	}
	if len(b.Assets) == 0 {
		return out, nil
	}
	if _, err := c.Apply(ctx, b); err != nil {
		return out, err
	}
	if out.Missing, err = c.vanished(ctx, out.Missing, func(s *Status) bool { return !s.Missing.IsZero() }); err != nil {
		return out, err
	}
	out.Removed, err = c.vanished(ctx, out.Removed, func(s *Status) bool { return !s.Removed.IsZero() })
	return out, err
}

func generationKey(s Scope) []byte { return []byte(strings.Join([]string{s.Source, s.Name}, "\x00")) }

func (c *Catalog) lastGeneration(ctx context.Context, s Scope) (g generation, ok bool, err error) {
	if err := c.allowed(ctx, access.Apply, s.Source); err != nil {
		return g, false, err
	}
	err = c.store.View(ctx, func(r kv.Reader) error {
		val, found, err := r.Get(bucketGen, generationKey(s))
		if err != nil || !found {
			return err
		}
		ok = true
		return decode(val, &g)
	})
	return g, ok, err
}

func (c *Catalog) saveGeneration(ctx context.Context, s Scope, g generation) error {
	b, err := encoding.Marshal(g)
	if err != nil {
		return fault.Internal.Of(err)
	}
	return c.store.Update(ctx, func(w kv.Writer) error { return w.Put(bucketGen, generationKey(s), b) })
}
