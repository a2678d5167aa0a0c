package lineage

import (
	"context"
	"slices"

	"waymark/catalog"
)

// Derivation says that the values of Column come from the column From.
type Derivation struct {
	Column     catalog.ColumnRef
	From       catalog.ColumnRef
	Path       []catalog.ColumnRef // from From to Column, both included
	Masked     bool                // hashed, encrypted or cut on the way
	Aggregated bool                // added up over rows on the way
	Direct     bool                // the value itself arrived, unchanged on every step
}

// Derived returns every column that the values of the given columns flow into, over
// any number of DIRECT steps, each by a shortest way, the nearest first.
func (g *Graph) Derived(ctx context.Context, from []catalog.ColumnRef) (out []Derivation, err error) {
	w := g.walker(g.now.Load())
	defer g.give(w)
	w.allowed = w.s.allows(Which{})
	for _, start := range from {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out = append(out, w.derived(start)...)
	}
	return out, nil
}

// derived follows the values of one column.
func (w *walker) derived(start catalog.ColumnRef) (out []Derivation) {
	n, ok := w.s.find(start.Dataset)
	c, known := w.s.words.find([]byte(start.Column))
	if !ok || !known {
		return nil
	}
	queue := []columnAt{{n, c}}
	list := []Derivation{{Column: start, From: start, Path: []catalog.ColumnRef{start}, Direct: true}}
	seen := map[columnAt]bool{queue[0]: true}
	for i := 0; i < len(queue); i++ {
		d := list[i]
		w.touching(queue[i], 1, func(f flow, to columnAt) {
			if f.pair.kind&pairIndirect != 0 || seen[to] {
				return
			}
			seen[to] = true
			ref := catalog.ColumnRef{Dataset: w.s.urn(to.n), Column: w.s.words.of(to.column)}
			queue = append(queue, to)
			subtype := f.pair.kind.subtype()
			list = append(list, Derivation{
				Column: ref, From: start, Path: append(slices.Clip(d.Path), ref),
				Masked: d.Masked || f.pair.kind&pairMasking != 0, Aggregated: d.Aggregated || subtype == "AGGREGATION", Direct: d.Direct && subtype == "IDENTITY",
			})
		})
	}
	return list[1:]
}
