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
	s := g.now.Load()
	for _, start := range from {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out = append(out, s.derived(start)...)
	}
	return out, nil
}

func (s *snapshot) derived(start catalog.ColumnRef) (out []Derivation) {
	queue := []Derivation{{Column: start, From: start, Path: []catalog.ColumnRef{start}, Direct: true}}
	seen := map[catalog.ColumnRef]bool{start: true}
	for len(queue) > 0 {
		d := queue[0]
		queue = queue[1:]
		for _, p := range s.touching(d.Column, 1) {
			to := catalog.ColumnRef{Dataset: p.Down, Column: p.DownColumn}
			if p.Indirect || seen[to] {
				continue
			}
			seen[to] = true
			next := Derivation{
				Column: to, From: start, Path: append(slices.Clip(d.Path), to),
				Masked: d.Masked || p.Masking, Aggregated: d.Aggregated || p.Subtype == "AGGREGATION", Direct: d.Direct && p.Subtype == "IDENTITY",
			}
			out, queue = append(out, next), append(queue, next)
		}
	}
	return out
}
