package pii

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// Held is how much of one category there is.
type Held struct {
	Class, Sensitivity          string
	Tagged, Suggested, Datasets int
}

// Overview is what is known about personal data in the whole estate.
type Overview struct {
	Held     []Held
	ToReview int
	Sampled  map[string]int // datasets whose values were judged, by source
	Datasets map[string]int // datasets, by source
}

// Overview counts the marks of all datasets.
func (d *Desk) Overview(ctx context.Context) (o Overview, err error) {
	o.Sampled, o.Datasets = map[string]int{}, map[string]int{}
	held := map[string]*Held{}
	for a, err := range d.cat.List(ctx, catalog.Filter{Types: []catalog.Type{catalog.Dataset, catalog.Topic}}) {
		if err != nil {
			return o, err
		}
		r, err := d.record(ctx, a.URN)
		if err != nil {
			return o, err
		}
		o.place(a, r.Sampled)
		if a.Privacy != nil {
			o.ToReview += count(held, a.Privacy)
		}
	}
	for _, h := range held {
		o.Held = append(o.Held, *h)
	}
	slices.SortFunc(o.Held, func(a, b Held) int {
		am, bm := catalog.PrivacyMark{Sensitivity: a.Sensitivity}, catalog.PrivacyMark{Sensitivity: b.Sensitivity}
		return cmp.Or(cmp.Compare(urgency(am), urgency(bm)), cmp.Compare(b.Tagged+b.Suggested, a.Tagged+a.Suggested), cmp.Compare(a.Class, b.Class))
	})
	return o, nil
}

func (o *Overview) place(a catalog.Asset, sampled bool) {
	for _, f := range a.Said {
		if name, ok := f.Author.SourceName(); ok && f.Aspect == catalog.AspectSchema {
			o.Datasets[name]++
			if sampled {
				o.Sampled[name]++
			}
		}
	}
}

// count adds the marks of one dataset and returns how many want an answer.
func count(held map[string]*Held, p *catalog.Privacy) (open int) {
	seen := map[string]bool{}
	for _, m := range p.Columns {
		h := held[m.Class]
		if h == nil {
			h = &Held{Class: m.Class, Sensitivity: m.Sensitivity}
			held[m.Class] = h
		}
		switch m.State {
		case Tagged:
			h.Tagged++
		case Suggested:
			h.Suggested++
			open++
		default:
			continue
		}
		if !seen[m.Class] {
			seen[m.Class] = true
			h.Datasets++
		}
	}
	return open
}

// marked yields the assets that were judged, one or all.
func (d *Desk) marked(ctx context.Context, only urn.URN) iter.Seq2[catalog.Asset, error] {
	return func(yield func(catalog.Asset, error) bool) {
		if only != "" {
			a, err := d.cat.Find(ctx, only)
			if err != nil || a.Privacy != nil {
				yield(a, err)
			}
			return
		}
		for a, err := range d.cat.List(ctx, catalog.Filter{Author: catalog.PII}) {
			if err == nil && a.Privacy == nil {
				continue
			}
			if !yield(a, err) {
				return
			}
		}
	}
}
