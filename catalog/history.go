package catalog

import (
	"context"
	"slices"
	"time"

	"waymark/catalog/access"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
)

// The kinds of events.
const (
	EventChanged = "changed"
	EventRemoved = "removed"
	EventOpened  = "opened" // of an incident
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

	gone bool // a crawl misses it for the second time
}

// describe notes that the fact under key becomes x; sizes and row counts, which
// move with every load, are not worth a line of history.
func (e *Event) describe(r kv.Reader, key []byte, x said) error {
	if x.aspect == AspectStats {
		return nil
	}
	e.Aspects = append(e.Aspects, x.aspect)
	if x.aspect == AspectStatus && len(x.val) > 0 {
		var is Status
		err := decode(x.val, &is)
		e.gone = !is.Removed.IsZero()
		return err
	}
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

// Breaking reports whether the event can break what stands downstream: the asset
// went, or one of its columns changed so.
func (e Event) Breaking() bool {
	return e.Kind == EventRemoved || slices.ContainsFunc(e.Columns, ColumnChange.Breaking)
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
