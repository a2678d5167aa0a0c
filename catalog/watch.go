package catalog

import (
	"context"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// watchedTypes are the types of assets of which somebody tells when they are written.
var watchedTypes = []Type{Dataset, Topic, Model, Flow, Job}

// Watch judges what time alone changes: checks that grew old, writes that did not
// come, sizes that are unusual, promises that fell due. It opens incidents and closes
// them. It may die anywhere and run again.
func (c *Catalog) Watch(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "watch")
	if err := c.allowed(ctx, access.Apply, "watch"); err != nil {
		return err
	}
	for a, err := range c.List(ctx, Filter{Types: watchedTypes}) {
		if err != nil {
			return err
		}
		if err := c.watch(ctx, &a); err != nil {
			return err
		}
		if a.Promise != nil {
			if err := c.judgePromise(ctx, &a); err != nil {
				return err
			}
		}
	}
	return nil
}

// watch looks at one asset, and writes only where something moved.
func (c *Catalog) watch(ctx context.Context, a *Asset) error {
	var move bool
	var volume, freshness map[string]Trouble
	err := c.store.View(ctx, func(r kv.Reader) error {
		sizes, err := sizesOf(r, a.URN)
		if err != nil {
			return err
		}
		volume, freshness = unusual(a, sizes), c.overdue(a)
		open, err := openRules(r, a.URN)
		if err != nil {
			return err
		}
		taken := a.Promise == nil && unlike(open, FromPromise, nil)
		if move = taken || unlike(open, FromVolume, volume) || unlike(open, FromFreshness, freshness); !move {
			move, err = c.checksMoved(r, a)
		}
		return err
	})
	if err != nil || !move {
		return err
	}
	return c.store.Update(ctx, func(w kv.Writer) error {
		if err := c.enforce(ctx, w, a.URN, FromVolume, volume); err != nil {
			return err
		}
		if err := c.enforce(ctx, w, a.URN, FromFreshness, freshness); err != nil {
			return err
		}
		if a.Promise == nil { // what is promised no more is not missed any longer
			if err := c.enforce(ctx, w, a.URN, FromPromise, nil); err != nil {
				return err
			}
		}
		return c.settleChecks(ctx, w, a.URN)
	})
}

// checksMoved reports whether the signal of an asset's checks is not what they say now:
// they grew old, or came before the asset.
func (c *Catalog) checksMoved(r kv.Reader, a *Asset) (bool, error) {
	list, err := checks(r, a.URN, c.Now())
	if err != nil {
		return false, err
	}
	s, was := judged(list, c.Now()), Checks{}
	if a.Checks != nil {
		was = *a.Checks
	}
	s.Trouble, err = troubled(r, a.URN)
	return s != was, err
}

// unlike reports whether the open incidents of a kind differ from what holds.
func unlike[V any](open map[string]V, kind string, hold map[string]Trouble) bool {
	n := 0
	for name := range hold {
		if _, is := open[kind+"/"+name]; !is {
			return true
		}
	}
	for rule := range open {
		if len(rule) > len(kind) && rule[:len(kind)+1] == kind+"/" {
			n++
		}
	}
	return n != len(hold)
}

// unusual is the trouble of a size that does not fit what was learned.
func unusual(a *Asset, sizes []Size) map[string]Trouble {
	if !relied(a) {
		return nil
	}
	if v := VolumeOf(sizes); v.State == Unusual {
		return map[string]Trouble{"rows": {Severity: Warning, Title: "unusual number of rows", Detail: v.Detail}}
	}
	return nil
}

// overdue is the trouble of an asset that missed three of its own intervals.
func (c *Catalog) overdue(a *Asset) map[string]Trouble {
	if !relied(a) {
		return nil
	}
	if state, detail := CadenceOf(a).Standing(c.Now()); state == Stale {
		return map[string]Trouble{"stale": {Severity: Warning, Title: "no longer written", Detail: detail}}
	}
	return nil
}

// relied reports whether anybody would notice: learned rules are silent about what
// nobody reads and nothing stands on, and about what is gone.
func relied(a *Asset) bool {
	if a.Deprecation != nil || a.Status != nil && !a.Status.Removed.IsZero() {
		return false
	}
	return a.Usage != nil && a.Usage.People30 > 0 || a.Consumers != nil && a.Consumers.Downstream+a.Consumers.Dashboards > 0
}
