package lineage

import (
	"cmp"
	"context"
	"slices"
	"time"

	"waymark/catalog/kv"
	"waymark/catalog/urn"
)

// prove adds what only the store knows to an answer: who said each edge and when,
// and the expressions behind the pairs of columns.
func (g *Graph) prove(ctx context.Context, s *snapshot, t *Trace, flows []flow, at time.Time) error {
	t.flow(s, flows)
	pairs := map[urn.URN][]int{} // by their end
	for i, p := range t.Pairs {
		pairs[p.Down] = append(pairs[p.Down], i)
	}
	edges := map[urn.URN][]int{}
	for i, e := range t.Edges {
		edges[e.Down] = append(edges[e.Down], i)
	}
	runs := g.runs.Load()
	err := g.store.View(ctx, func(r kv.Reader) error {
		proofs := map[string]*proof{}
		for down := range joinKeys(edges, pairs) {
			x := &proof{trace: t, down: down, runs: runs, at: at, edges: byUp(t, edges[down]), pairs: byPair(t, pairs[down])}
			proofs[string(down)] = x
			if err := eachSayer(r, string(down), x.add); err != nil {
				return err
			}
		}
		if at.IsZero() {
			return nil
		}
		return eachEnded(r, at, func(p *packed) {
			for down := range p.downs() {
				if x := proofs[down]; x != nil {
					x.add(p)
				}
			}
		})
	})
	return err
}

// flow gives the pairs of an answer their words, each once and in order.
func (t *Trace) flow(s *snapshot, flows []flow) {
	t.Pairs = make([]Pair, len(flows))
	for i, f := range flows {
		t.Pairs[i] = s.pairOf(f.pair, f.down)
	}
	slices.SortFunc(t.Pairs, comparePairs)
	t.Pairs = slices.Compact(t.Pairs)
}

func joinKeys(a, b map[urn.URN][]int) map[urn.URN]bool {
	out := make(map[urn.URN]bool, len(a)+len(b))
	for k := range a {
		out[k] = true
	}
	for k := range b {
		out[k] = true
	}
	return out
}

func byUp(t *Trace, list []int) map[urn.URN]*Edge {
	out := make(map[urn.URN]*Edge, len(list))
	for _, i := range list {
		e := &t.Edges[i]
		e.By, e.Count, e.First, e.Last = nil, 0, time.Time{}, time.Time{} // the view may run again
		out[e.Up] = e
	}
	return out
}

func byPair(t *Trace, list []int) map[Pair][]int {
	out := make(map[Pair][]int, len(list))
	for _, i := range list {
		t.Pairs[i].Expression = ""
		out[t.Pairs[i]] = append(out[t.Pairs[i]], i)
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// proof gathers what contributors say of the edges into one asset.
type proof struct {
	down  urn.URN
	runs  *tally
	at    time.Time
	trace *Trace
	edges map[urn.URN]*Edge
	pairs map[Pair][]int // places in the trace
}

func (x *proof) add(p *packed) {
	for _, l := range p.links {
		if string(p.texts[l.down]) != string(x.down) || !p.holds(l, x.at) {
			continue
		}
		if e := x.edges[urn.URN(p.text(l.up))]; e != nil {
			x.said(e, p, l)
		}
	}
	for _, y := range p.pairs {
		if x.pairs == nil || string(p.texts[y.down]) != string(x.down) || len(p.texts[y.expression]) == 0 {
			continue
		}
		key := Pair{
			Up: urn.URN(p.text(y.up)), UpColumn: p.text(y.upColumn), Down: x.down, DownColumn: p.text(y.downColumn),
			Subtype: y.kind.subtype(), Indirect: y.kind&pairIndirect != 0, Masking: y.kind&pairMasking != 0, Candidate: y.kind&pairCandidate != 0,
		}
		for _, i := range x.pairs[key] {
			if t := &x.trace.Pairs[i]; t.Expression == "" || p.text(y.expression) < t.Expression {
				t.Expression = p.text(y.expression)
			}
		}
	}
}

// said adds one contributor to an edge.
func (x *proof) said(e *Edge, p *packed, l packedLink) {
	if originNumbers[l.origin] == fromRefutation {
		return
	}
	by := urn.URN(p.text(p.by))
	if first := time.Unix(l.from, 0).UTC(); l.from > 0 && (e.First.IsZero() || first.Before(e.First)) {
		e.First = first
	}
	last := p.last
	if u := x.runs.uses[by]; u != nil {
		for _, a := range u.actors {
			e.Count += a.queries
			last = max(last, a.last)
		}
	}
	if at := time.Unix(last, 0).UTC(); last > 0 && at.After(e.Last) {
		e.Last = at
	}
	if !slices.Contains(e.By, by) {
		e.By = append(e.By, by)
	}
}

// veil takes the names from what the caller may not see: such an asset is a number
// inside the answer, its columns and expressions are left out, and it is counted.
func (t *Trace) veil(hides func(urn.URN) bool) {
	alias := map[urn.URN]urn.URN{}
	for i := range t.Nodes {
		if n := &t.Nodes[i]; hides(n.URN) {
			alias[n.URN] = hiddenName(len(alias) + 1)
			n.URN, n.Hidden = alias[n.URN], true
		}
	}
	if len(alias) == 0 {
		return
	}
	for i := range t.Edges {
		e := &t.Edges[i]
		if alias[e.Up] != "" || alias[e.Down] != "" {
			e.By = nil // a statement would name it
		}
		e.Up, e.Down = cmp.Or(alias[e.Up], e.Up), cmp.Or(alias[e.Down], e.Down)
	}
	t.Pairs = slices.DeleteFunc(t.Pairs, func(p Pair) bool { return alias[p.Up] != "" || alias[p.Down] != "" })
}

func comparePairs(a, b Pair) int {
	return cmp.Or(
		cmp.Compare(a.Down, b.Down), cmp.Compare(a.DownColumn, b.DownColumn),
		cmp.Compare(a.Up, b.Up), cmp.Compare(a.UpColumn, b.UpColumn),
		cmp.Compare(a.Subtype, b.Subtype), compareBool(a.Indirect, b.Indirect),
		compareBool(a.Masking, b.Masking), compareBool(a.Candidate, b.Candidate), cmp.Compare(a.Expression, b.Expression))
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
