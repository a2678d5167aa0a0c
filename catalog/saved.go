package catalog

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// SavedSearch is a search that one person keeps under a name. It is theirs alone:
// nobody else reads it, and keeping it is no change of the catalog.
type SavedSearch struct {
	Name    string    `cbor:"1,keyasint,omitempty"`
	Query   string    `cbor:"2,keyasint,omitempty"`
	Filters []Chosen  `cbor:"3,keyasint,omitempty"`
	Sort    string    `cbor:"4,keyasint,omitempty"`
	Saved   time.Time `cbor:"5,keyasint,omitzero"`
}

// Chosen is the values of one filter.
type Chosen struct {
	Field  string   `cbor:"1,keyasint,omitempty"`
	Values []string `cbor:"2,keyasint,omitempty"`
}

// Limits of what a person keeps: more than these is no list to choose from.
const (
	mostSaved     = 200
	longestTitle  = 120
	longestSearch = 1000
)

// SaveSearch keeps a search of the caller, in place of one of the same name, and
// returns it as it is kept.
func (c *Catalog) SaveSearch(ctx context.Context, s SavedSearch) (out SavedSearch, err error) {
	defer fault.Wrap(&err, "save a search")
	s.Name = strings.Join(strings.Fields(s.Name), " ")
	if s.Name == "" || utf8.RuneCountInString(s.Name) > longestTitle {
		return out, fault.Invalid.Errorf("give it a name of 1 to %d characters", longestTitle)
	}
	size := utf8.RuneCountInString(s.Query)
	for _, f := range s.Filters {
		size += utf8.RuneCountInString(f.Field + strings.Join(f.Values, ""))
	}
	if size > longestSearch {
		return out, fault.Invalid.Errorf("a query with its filters may have %d characters", longestSearch)
	}
	own, err := c.own(ctx)
	if err != nil {
		return out, err
	}
	s.Saved = c.Now().UTC()
	val, err := encoding.Marshal(s)
	if err != nil {
		return out, fault.Internal.Of(err)
	}
	return s, c.store.Update(ctx, func(w kv.Writer) error {
		list, err := savedBy(w, own)
		if err != nil {
			return err
		}
		if len(list) >= mostSaved && !slices.ContainsFunc(list, func(x SavedSearch) bool { return x.Name == s.Name }) {
			return fault.Conflict.Errorf("%d searches are kept already; remove one first", mostSaved)
		}
		if err := w.Put(bucketSaved, kv.AppendString(slices.Clone(own), s.Name), val); err != nil {
			return err
		}
		return c.guard.Allow(ctx, w, access.View, "a search kept for oneself")
	})
}

// RemoveSearch forgets a search of the caller, or returns fault.NotFound.
func (c *Catalog) RemoveSearch(ctx context.Context, name string) (err error) {
	defer fault.Wrap(&err, "remove a search")
	own, err := c.own(ctx)
	if err != nil {
		return err
	}
	key := kv.AppendString(own, name)
	return c.store.Update(ctx, func(w kv.Writer) error {
		_, ok, err := w.Get(bucketSaved, key)
		if err == nil && !ok {
			err = fault.NotFound.Errorf("there is no search of that name")
		}
		if err != nil {
			return err
		}
		if err := w.Delete(bucketSaved, key); err != nil {
			return err
		}
		return c.guard.Allow(ctx, w, access.View, "a search kept for oneself")
	})
}

// SavedSearches returns the searches that the caller keeps, by name.
func (c *Catalog) SavedSearches(ctx context.Context) (out []SavedSearch, err error) {
	own, err := c.own(ctx)
	if err != nil {
		return nil, err
	}
	err = c.store.View(ctx, func(r kv.Reader) error {
		out, err = savedBy(r, own)
		return err
	})
	return out, err
}

// own is the beginning of the keys of what belongs to the caller alone.
func (c *Catalog) own(ctx context.Context) ([]byte, error) {
	if err := c.guard.Check(ctx, access.View, "searches of one's own"); err != nil {
		return nil, err
	}
	caller, _ := access.From(ctx)
	name, err := kv.Name(caller.User)
	return kv.Strings(name), err
}

func savedBy(r kv.Reader, own []byte) (out []SavedSearch, err error) {
	for p, err := range r.Scan(bucketSaved, own, kv.After(own)) {
		if err != nil {
			return nil, err
		}
		var s SavedSearch
		if err := decode(p.Val, &s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}
