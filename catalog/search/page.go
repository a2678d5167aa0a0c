package search

import (
	"context"
	"fmt"
	"maps"
	"slices"
)

// answer makes the page out of the ordered candidates.
func (f *finder) answer(ctx context.Context) (Answer, error) {
	out := Answer{Hits: []Hit{}, Note: f.p.Note}
	for i, found := range f.found.Found {
		out.Total += found.Total
		out.Stages = append(out.Stages, StageCount{Stage: stageOf(&f.p, i), Total: found.Total})
	}
	if f.near > 0 {
		out.Stages = append(out.Stages, StageCount{Stage: Near, Total: f.near})
	}
	if f.req.Facets {
		out.Facets = tally(f.found.Facets, f.glossary.displays)
	}
	for i := f.req.Offset; i < min(len(f.list), f.req.Offset+f.req.Limit); i++ {
		out.Hits = append(out.Hits, f.hit(i))
	}
	if err := f.columns(ctx, out.Hits); err != nil {
		return out, err
	}
	f.twins(out.Hits)
	out.Card = f.card()
	if f.mended != "" {
		out.Suggestion = f.mended
		if out.Total == 0 {
			out.Note = join(out.Note, fmt.Sprintf("no exact match for %q; showing %q", f.p.Text, f.mended))
		}
	}
	if out.Total > 0 {
		return out, nil
	}
	var err error
	out.Advice, err = f.advice(ctx)
	return out, err
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

// twins marks copies on the page; what was found by its own name is never folded.
func (f *finder) twins(page []Hit) {
	stems := stemCache{}
	for i := range page {
		if page[i].TwinOf != "" {
			continue
		}
		lead := f.list[f.req.Offset+i].doc
		for j := range f.list {
			other := &f.list[j]
			if other.stage == Identity || j < f.req.Offset+i || !twins(lead, other.doc, stems.of) {
				continue
			}
			page[i].Similar = append(page[i].Similar, other.doc.URN)
			if k := j - f.req.Offset; k < len(page) {
				page[k].TwinOf = lead.URN
			}
		}
	}
}

// advice tells which filter to drop where nothing was found, and what that gives.
func (f *finder) advice(ctx context.Context) ([]Advice, error) {
	var out []Advice
	for _, facet := range slices.Sorted(maps.Keys(f.p.Filters)) {
		less := *f
		less.p.Filters = maps.Clone(f.p.Filters)
		delete(less.p.Filters, facet)
		q, err := less.filters(f.base.Without)
		if err != nil {
			return nil, err
		}
		q.Stages = stages(&f.p, f.words, f.keys)
		r, err := f.s.index.Search(ctx, q)
		if err != nil {
			return nil, err
		}
		total := 0
		for _, found := range r.Found {
			total += found.Total
		}
		if total > 0 {
			out = append(out, Advice{Drop: facet, Total: total})
		}
	}
	return out, nil
}
