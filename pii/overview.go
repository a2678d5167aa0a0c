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
	Unread   map[string]int // datasets whose rows, or some of them, could not be read, by source
}

// Overview counts the marks of all datasets.
func (d *Desk) Overview(ctx context.Context) (o Overview, err error) {
	o.Sampled, o.Datasets, o.Unread = map[string]int{}, map[string]int{}, map[string]int{}
	held := map[string]*Held{}
	for a, err := range d.cat.List(ctx, catalog.Filter{Types: []catalog.Type{catalog.Dataset, catalog.Topic}}) {
		if err != nil {
			return o, err
		}
		r, err := d.record(ctx, a.URN)
		if err != nil {
			return o, err
		}
		o.place(a, r)
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

// place counts a dataset for its sources. One of which only some rows were seen is
// not sampled: nothing is known of the others.
func (o *Overview) place(a catalog.Asset, r record) {
	for _, f := range a.Said {
		name, ok := f.Author.SourceName()
		if !ok || f.Aspect != catalog.AspectSchema {
			continue
		}
		o.Datasets[name]++
		switch {
		case a.RowsNotRead() != "" || r.Failed != "":
			o.Unread[name]++
		case r.Sampled:
			o.Sampled[name]++
		}
	}
}

// maxAgain is how many datasets are sampled again after one crawl.
const maxAgain = 5000

// SampleAgain reads values where they could not be read before. A follower does not:
// nothing in the catalog says that a source answers again, but a crawl of it does.
func (d *Desk) SampleAgain(ctx context.Context, source string) error {
	failed, err := d.failed(ctx, source)
	if err != nil {
		return err
	}
	var list []urn.URN
	for u := range failed {
		list = append(list, u)
	}
	slices.Sort(list)
	list = list[:min(len(list), maxAgain)]
	if err := d.look(ctx, list); err != nil {
		return err
	}
	return d.mark(ctx, list)
}

// Unsampled counts the datasets of a source whose values could not be read, by the
// reason, apart from those of which the crawl itself said so.
func (d *Desk) Unsampled(ctx context.Context, source string) (map[string]int, error) {
	failed, err := d.failed(ctx, source)
	out := map[string]int{}
	for _, reason := range failed {
		out[reason]++
	}
	return out, err
}

func (d *Desk) failed(ctx context.Context, source string) (map[urn.URN]string, error) {
	out := map[urn.URN]string{}
	for a, err := range d.cat.List(ctx, catalog.Filter{Types: []catalog.Type{catalog.Dataset, catalog.Topic}, Author: catalog.BySource(source)}) {
		if err != nil {
			return nil, err
		}
		r, err := d.record(ctx, a.URN)
		if err != nil {
			return nil, err
		}
		if r.Failed != "" && a.RowsNotRead() == "" && (a.Status == nil || a.Status.Missing.IsZero()) {
			out[a.URN] = r.Failed
		}
	}
	return out, nil
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
