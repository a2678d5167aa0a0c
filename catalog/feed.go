package catalog

import (
	"context"
	"slices"
	"time"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
)

// News is an event with the asset it is about and the words under which people ask
// for it. The asset of an incident is the one that is in trouble.
type News struct {
	Event
	Asset   Asset
	Trouble *Trouble // of an incident
	Kinds   []string
}

// FeedFilter chooses news; zero members choose everything.
type FeedFilter struct {
	Since    time.Time
	Before   Seq      // the page ends before this number
	Kinds    []string // any of them
	Zone     string
	Owner    string         // account or group
	Followed []Subscription // what any of them covers
}

// Feed returns the news that a filter chooses, newest first, at most limit, and how
// many there are since f.Since, whatever the page.
func (c *Catalog) Feed(ctx context.Context, f FeedFilter, limit int) (out []News, total int, err error) {
	scope, err := c.guard.Scope(ctx)
	if err != nil {
		return nil, 0, err
	}
	if err := checkKinds(f.Kinds); err != nil {
		return nil, 0, err
	}
	err = c.store.View(ctx, func(r kv.Reader) error {
		out, total = nil, 0
		head, err := readSeq(r, bucketMeta, keyHead)
		for to := head + 1; err == nil && to > 1; {
			from := max(to, feedWindow) - feedWindow
			var page []Event
			if page, err = feed(r, from, to); err != nil {
				return err
			}
			for _, e := range page {
				if e.At.Before(f.Since) {
					return nil // times rise with the numbers
				}
				want := len(out) < limit && (f.Before == 0 || e.Seq < f.Before)
				n, ok, err := f.choose(r, e, scope, want)
				if err != nil {
					return err
				}
				if !ok {
					continue
				}
				if total++; want {
					out = append(out, n)
				}
			}
			to = from
		}
		return err
	})
	return out, total, err
}

// choose reports whether an event is news that f chooses. Only where it is shown, or
// where f asks about its asset, the asset is read: the others are only counted.
func (f FeedFilter) choose(r kv.Reader, e Event, scope access.Scope, shown bool) (n News, ok bool, err error) {
	n.Event = e
	if e.URN.Kind() != urn.KindIncident {
		if n.Kinds = n.kinds(); len(n.Kinds) == 0 || !f.ofKind(n) {
			return n, false, nil
		}
		if !shown && f.Zone == "" && f.Owner == "" && f.Followed == nil {
			h, known, err := readHead(r, urnKey(e.URN))
			return n, known && !scope.Hides(string(h.Type)), err
		}
	}
	n, ok, err = told(r, e, scope)
	return n, ok && f.ofKind(n) && f.covers(&n.Asset), err
}

func (f FeedFilter) ofKind(n News) bool {
	return len(f.Kinds) == 0 || slices.ContainsFunc(f.Kinds, func(k string) bool { return slices.Contains(n.Kinds, k) })
}

func (f FeedFilter) covers(a *Asset) bool {
	if f.Zone != "" && a.Zone() != f.Zone || f.Owner != "" && !a.OwnedBy(f.Owner) {
		return false
	}
	return f.Followed == nil || slices.ContainsFunc(f.Followed, func(s Subscription) bool { return s.covers(a) })
}

// told joins an event with its asset; ok is false for what the caller may not see
// and for what is no news to people.
func told(r kv.Reader, e Event, scope access.Scope) (n News, ok bool, err error) {
	n.Event = e
	about := e.URN
	if e.URN.Kind() == urn.KindIncident {
		incident, ok, err := readAsset(r, e.URN)
		if err != nil || !ok || incident.Trouble == nil {
			return n, false, err
		}
		n.Trouble, about = incident.Trouble, incident.Trouble.About
	}
	if n.Asset, ok, err = readLast(r, about); err != nil || !ok || scope.Hides(string(n.Asset.Type)) {
		return n, false, err
	}
	n.Kinds = n.kinds()
	return n, len(n.Kinds) > 0, nil
}

// readLast reads an asset that may have been removed: then only its name is left.
func readLast(r kv.Reader, u urn.URN) (Asset, bool, error) {
	a, ok, err := readAsset(r, u)
	if err != nil || ok {
		return a, ok, err
	}
	h, known, err := readHead(r, urnKey(u))
	return Asset{URN: u, Type: h.Type}, known, err
}

func (n *News) kinds() (out []string) {
	if n.Trouble != nil {
		if n.Trouble.Kind == FromCheck {
			return []string{NewsCheck, NewsIncident}
		}
		return []string{NewsIncident}
	}
	if n.Breaking() {
		out = append(out, NewsBreaking)
	}
	if n.Kind == EventRemoved || len(n.Columns) > 0 {
		out = append(out, NewsSchema)
	}
	if slices.Contains(n.Aspects, AspectDeprecation) {
		out = append(out, NewsDeprecated)
	}
	return out
}

// feedWindow is how many numbers Recent looks back at a time.
const feedWindow = 4096

// Recent returns the newest events of all assets, newest first, at most limit.
func (c *Catalog) Recent(ctx context.Context, limit int) (out []Event, err error) {
	scope, err := c.guard.Scope(ctx)
	if err != nil {
		return nil, err
	}
	err = c.store.View(ctx, func(r kv.Reader) error {
		head, err := readSeq(r, bucketMeta, keyHead)
		for to := head + 1; err == nil && to > 1 && len(out) < limit; {
			from := max(to, feedWindow) - feedWindow
			var page []Event
			if page, err = feed(r, from, to); err != nil {
				return err
			}
			out, to = append(out, page...), from
		}
		return err
	})
	out = slices.DeleteFunc(out, func(e Event) bool { return e.URN.Kind() == urn.KindSource && scope.Hides(string(Source)) })
	return out[:min(limit, len(out))], err
}

// feed returns the events numbered from <= n < to, newest first.
func feed(r kv.Reader, from, to Seq) (out []Event, err error) {
	for p, err := range r.Scan(bucketFeed, seqKey(from), seqKey(to)) {
		if err != nil {
			return nil, err
		}
		u := urn.URN(p.Val)
		val, ok, err := r.Get(bucketHistory, append(append(urnKey(u), 0), p.Key...))
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, fault.Corrupt.Errorf("the history of %s lacks number %d", u, keySeq(p.Key))
		}
		ev := Event{URN: u}
		if decode(val, &ev) != nil {
			continue // the others are news all the same; fsck finds it
		}
		out = append(out, ev)
	}
	slices.Reverse(out)
	return out, nil
}
