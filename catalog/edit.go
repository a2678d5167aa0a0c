package catalog

import (
	"context"
	"errors"
	"reflect"
	"slices"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
)

// Edit lets a person change one asset. fn sees the asset as everybody sees it and
// sets its aspects; what it changed is kept as people's word, which no crawl
// overwrites. The reason goes into the history. fn may run twice.
//
// It returns fault.Denied, fault.NotFound, and fault.Invalid for a change of what
// only a source can know.
func (c *Catalog) Edit(ctx context.Context, u urn.URN, action access.Action, reason string, fn func(*Asset) error) (out Asset, err error) {
	defer fault.Wrap(&err, "edit %s", u)
	if err := c.allowed(ctx, action, string(u)); err != nil {
		return out, err
	}
	err = c.store.Update(ctx, func(w kv.Writer) error {
		before, ok, err := readAsset(w, u)
		if err == nil && !ok {
			err = fault.NotFound.Errorf("there is no such asset")
		}
		if err != nil {
			return err
		}
		says, err := c.change(w, before, fn)
		if err != nil {
			return err
		}
		if out, err = c.people(ctx, w, before, says, reason); err != nil {
			return err
		}
		return c.guard.Allow(ctx, w, action, string(u))
	})
	return out, err
}

// sourceOwned are the aspects about which people cannot have a say.
var sourceOwned = []Aspect{AspectSchema, AspectStats, AspectUsage, AspectConsumers, AspectPrivacy, AspectChecks, AspectStatement}

// change runs fn on a copy and returns the aspects it changed.
func (c *Catalog) change(r kv.Reader, before Asset, fn func(*Asset) error) ([]said, error) {
	after, _, err := readAsset(r, before.URN) // a second copy: fn may change what pointers lead to
	if err != nil {
		return nil, err
	}
	if err := fn(&after); err != nil {
		return nil, err
	}
	was, err := express(&before)
	if err != nil {
		return nil, err
	}
	is, err := express(&after)
	if err != nil {
		return nil, err
	}
	var out []said
	for _, x := range is {
		if slices.ContainsFunc(was, func(o said) bool { return o.aspect == x.aspect && o.digest == x.digest }) {
			continue
		}
		if slices.Contains(sourceOwned, x.aspect) {
			return nil, fault.Invalid.Errorf("the %s comes from the source and cannot be edited", x.aspect)
		}
		if x.aspect == AspectProfile {
			if x, err = c.profileEdit(r, before, after); err != nil {
				return nil, err
			}
		}
		out = append(out, x)
	}
	return out, nil
}

// profileEdit keeps only the members that people ever changed, so that the rest
// still follows the source.
func (c *Catalog) profileEdit(r kv.Reader, before, after Asset) (said, error) {
	var mine Asset
	val, ok, err := getParts(r, bucketFact, factKey(urnKey(before.URN), AspectProfile, People))
	if err != nil {
		return said{}, err
	}
	mine.Profile = &Profile{}
	if ok {
		if err := slots[AspectProfile].set(&mine, val); err != nil {
			return said{}, err
		}
	}
	if before.Profile == nil {
		before.Profile = &Profile{}
	}
	was, is, to := reflect.ValueOf(before.Profile).Elem(), reflect.ValueOf(after.Profile).Elem(), reflect.ValueOf(mine.Profile).Elem()
	for i := range is.NumField() {
		if !reflect.DeepEqual(was.Field(i).Interface(), is.Field(i).Interface()) {
			to.Field(i).Set(is.Field(i))
		}
	}
	says, err := express(&mine)
	if err == nil && len(says) == 0 {
		err = errors.New("an edit of the profile came to nothing")
	}
	if err != nil {
		return said{}, err
	}
	return says[0], nil
}

// people stores says as people's word and returns the asset as it is then.
func (c *Catalog) people(ctx context.Context, w kv.Writer, a Asset, says []said, reason string) (Asset, error) {
	before, err := readSeq(w, bucketMeta, keyHead)
	if err != nil {
		return a, err
	}
	e := &editor{w: w, author: People, now: c.Now(), seq: before, note: reason}
	e.caller, _ = access.From(ctx)
	var d Diff
	if err := e.asset(statement{urn: a.URN, key: urnKey(a.URN), typ: a.Type, says: says}, &d); err != nil {
		return a, err
	}
	if e.seq > before {
		if err := w.Put(bucketMeta, keyHead, seqKey(e.seq)); err != nil {
			return a, err
		}
	}
	if err := c.record(ctx, w, e.grants); err != nil {
		return a, err
	}
	out, _, err := readAsset(w, a.URN)
	return out, err
}
