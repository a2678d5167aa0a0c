package lineage

import (
	"context"
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// Through is Trace with views left out: what goes into a view goes straight into what
// reads it. A view at which the trace begins or ends stays, and so does one that is
// stored, which has data of its own.
func (g *Graph) Through(ctx context.Context, q Request) (Trace, error) {
	t, err := g.Trace(ctx, q)
	if err != nil {
		return t, err
	}
	var list []urn.URN
	for _, n := range t.Nodes {
		if !n.Hidden && n.URN != q.Root {
			list = append(list, n.URN)
		}
	}
	found, err := g.cat.FindMany(ctx, list)
	if err != nil {
		return Trace{}, err
	}
	for i := range found {
		if isView(&found[i]) {
			t.without(found[i].URN)
		}
	}
	t.settle(q.Root)
	return t, nil
}

// isView reports whether an asset is a view without data of its own.
func isView(a *catalog.Asset) bool {
	return a.Profile != nil && strings.Contains(a.Profile.Subtype, "view") && !strings.Contains(a.Profile.Subtype, "materialized")
}

// maxCrossed is how many edges one view may turn into; a busier one stays.
const maxCrossed = 10_000

// without takes a view out and joins what leads to it with what it leads to.
func (t *Trace) without(view urn.URN) {
	var in, out, rest []Edge
	for _, e := range t.Edges {
		switch {
		case e.Up == view && e.Down == view:
		case e.Down == view:
			in = append(in, e)
		case e.Up == view:
			out = append(out, e)
		default:
			rest = append(rest, e)
		}
	}
	if len(in) == 0 || len(out) == 0 || len(in)*len(out) > maxCrossed {
		return
	}
	for _, a := range in {
		for _, b := range out {
			if a.Up != b.Down {
				rest = withEdge(rest, across(a, b))
			}
		}
	}
	t.Edges = rest
	t.Nodes = slices.DeleteFunc(t.Nodes, func(n Node) bool { return n.URN == view })
	t.pairsWithout(view, out)
}

// across is the edge that two edges make: as sure as both, and there while both were.
func across(a, b Edge) Edge {
	e := b
	e.Up, e.Copy = a.Up, a.Copy && b.Copy
	if e.First.Before(a.First) {
		e.First = a.First
	}
	if e.Last.IsZero() || !a.Last.IsZero() && a.Last.Before(e.Last) {
		e.Last = a.Last
	}
	e.Confidence = a.Confidence * b.Confidence
	e.Origins = merge(slices.Clone(b.Origins), a.Origins)
	e.By = merge(slices.Clone(b.By), a.By)
	e.Stale, e.Disputed, e.Refuted = a.Stale || b.Stale, a.Disputed || b.Disputed, a.Refuted || b.Refuted
	return e
}

// withEdge adds an edge, or makes one that is there as sure as the surer of both.
func withEdge(list []Edge, e Edge) []Edge {
	i := slices.IndexFunc(list, func(x Edge) bool { return x.Up == e.Up && x.Down == e.Down })
	if i < 0 {
		return append(list, e)
	}
	x := &list[i]
	x.Confidence = max(x.Confidence, e.Confidence)
	x.Origins, x.By = merge(x.Origins, e.Origins), merge(x.By, e.By)
	x.Stale, x.Disputed, x.Refuted = x.Stale && e.Stale, x.Disputed && e.Disputed, x.Refuted && e.Refuted
	return list
}

// pairsWithout joins the columns that go into a view with those it goes into.
func (t *Trace) pairsWithout(view urn.URN, out []Edge) {
	into, from := map[string][]Pair{}, map[string][]Pair{}
	var rest []Pair
	for _, p := range t.Pairs {
		switch {
		case p.Down == view:
			into[p.DownColumn] = append(into[p.DownColumn], p)
		case p.Up == view:
			from[p.UpColumn] = append(from[p.UpColumn], p)
		default:
			rest = append(rest, p)
		}
	}
	for column, list := range into {
		for _, a := range list {
			for _, b := range from[column] {
				rest = append(rest, joined(a, b))
			}
			for _, e := range out { // it decides which rows there are, in the view and behind it
				if column == "" {
					rest = append(rest, Pair{Up: a.Up, UpColumn: a.UpColumn, Down: e.Down, Subtype: a.Subtype, Indirect: true})
				}
			}
		}
	}
	slices.SortFunc(rest, comparePairs)
	t.Pairs = slices.Compact(rest)
}

// strength orders the direct subtypes: along a way the strongest stays.
var strength = []string{"IDENTITY", "TRANSFORMATION", "AGGREGATION"}

// joined is the pair that two pairs make: one indirect step makes it indirect, and
// what was masked stays masked.
func joined(a, b Pair) Pair {
	p := b
	p.Up, p.UpColumn = a.Up, a.UpColumn
	p.Masking, p.Candidate, p.Indirect = a.Masking || b.Masking, a.Candidate || b.Candidate, a.Indirect || b.Indirect
	switch {
	case b.Indirect:
	case a.Indirect, slices.Index(strength, a.Subtype) > slices.Index(strength, b.Subtype):
		p.Subtype = a.Subtype
	}
	if p.Expression == "" || b.Subtype == "IDENTITY" {
		p.Expression = a.Expression
	}
	return p
}

// settle counts the steps from the root anew.
func (t *Trace) settle(root urn.URN) {
	downs, ups := map[urn.URN][]urn.URN{}, map[urn.URN][]urn.URN{}
	for _, e := range t.Edges {
		downs[e.Up], ups[e.Down] = append(downs[e.Up], e.Down), append(ups[e.Down], e.Up)
	}
	depth := map[urn.URN]int{root: 0}
	for up, next := range []map[urn.URN][]urn.URN{downs, ups} {
		queue := []urn.URN{root}
		for len(queue) > 0 {
			at := queue[0]
			queue = queue[1:]
			for _, u := range next[at] {
				if _, seen := depth[u]; !seen {
					depth[u] = depth[at] + 1 - 2*up // down is 1, up is -1
					queue = append(queue, u)
				}
			}
		}
	}
	for i := range t.Nodes {
		if d, ok := depth[t.Nodes[i].URN]; ok {
			t.Nodes[i].Depth = d
		}
	}
}
