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

// The kinds of events.
const (
	EventChanged = "changed"
	EventRemoved = "removed"
)

// Event is one change of one asset as people read it later.
type Event struct {
	URN     urn.URN        `cbor:"-"`
	Seq     Seq            `cbor:"1,keyasint,omitempty"`
	At      time.Time      `cbor:"2,keyasint,omitzero"`
	Author  Author         `cbor:"3,keyasint,omitempty"`
	User    string         `cbor:"4,keyasint,omitempty"`
	Run     string         `cbor:"5,keyasint,omitempty"`
	Kind    string         `cbor:"6,keyasint,omitempty"`
	Aspects []Aspect       `cbor:"7,keyasint,omitempty"`
	Columns []ColumnChange `cbor:"8,keyasint,omitempty"`
	Note    string         `cbor:"9,keyasint,omitempty"`
}

// ColumnChange is one column that came, went or changed its type.
type ColumnChange struct {
	Column string `cbor:"1,keyasint,omitempty"`
	Was    string `cbor:"2,keyasint,omitempty"` // type before; "" when it came
	Is     string `cbor:"3,keyasint,omitempty"` // type now; "" when it went
}

// Breaking reports whether the event removed or retyped a column, or the asset.
func (e Event) Breaking() bool {
	return e.Kind == EventRemoved || slices.ContainsFunc(e.Columns, func(c ColumnChange) bool { return c.Was != "" })
}

// describe notes that the fact under key becomes x; sizes and row counts, which
// move with every load, are not worth a line of history.
func (e *Event) describe(r kv.Reader, key []byte, x said) error {
	if x.aspect == AspectStats {
		return nil
	}
	e.Aspects = append(e.Aspects, x.aspect)
	if x.aspect != AspectSchema {
		return nil
	}
	val, ok, err := getParts(r, bucketFact, key)
	if err != nil || !ok {
		return err
	}
	var was, is Schema
	if err := decode(val, &was); err != nil {
		return err
	}
	if len(x.val) > 0 {
		if err := decode(x.val, &is); err != nil {
			return err
		}
	}
	e.Columns = compare(was.Columns, is.Columns)
	return nil
}

func compare(was, is []Column) (out []ColumnChange) {
	types := make(map[string]string, len(is))
	for _, c := range is {
		types[c.Name] = c.Type
	}
	for _, c := range was {
		if now, there := types[c.Name]; !there {
			out = append(out, ColumnChange{Column: c.Name, Was: typeOf(c)})
		} else if now != c.Type {
			out = append(out, ColumnChange{Column: c.Name, Was: typeOf(c), Is: typeOf(Column{Type: now})})
		}
		delete(types, c.Name)
	}
	for _, c := range is {
		if _, added := types[c.Name]; added {
			out = append(out, ColumnChange{Column: c.Name, Is: typeOf(c)})
		}
	}
	return out
}

// typeOf is the type in words: some sources have columns without one.
func typeOf(c Column) string {
	if c.Type == "" {
		return "untyped"
	}
	return c.Type
}

// History returns the newest events of an asset, newest first, at most limit.
func (c *Catalog) History(ctx context.Context, u urn.URN, limit int) (out []Event, err error) {
	if err := c.allowed(ctx, access.View, string(u)); err != nil {
		return nil, err
	}
	from := append(urnKey(u), 0)
	err = c.store.View(ctx, func(r kv.Reader) error {
		for p, err := range r.Scan(bucketHistory, from, kv.After(from)) {
			if err != nil {
				return err
			}
			ev := Event{URN: u}
			if err := decode(p.Val, &ev); err != nil {
				return err
			}
			out = append(out, ev)
		}
		return nil
	})
	slices.Reverse(out)
	return out[:min(limit, len(out))], err
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
		if err := decode(val, &ev); err != nil {
			return nil, err
		}
		out = append(out, ev)
	}
	slices.Reverse(out)
	return out, nil
}
