package lineage

import (
	"context"
	"slices"

	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// Between asks for a shortest way between two assets, or two of their columns.
type Between struct {
	From, To urn.URN
	Column   string // of From; "" is the whole asset
	ToColumn string // of To, with Column alone; "" is any
	Which
}

// Path returns a shortest way along the data from one asset to another as a trace
// whose nodes stand in the order of the way, or the way back where there is none in
// that direction. It has no nodes where there is no way at all.
func (g *Graph) Path(ctx context.Context, q Between) (t Trace, err error) {
	defer fault.Wrap(&err, "find a way from %s to %s", q.From, q.To)
	hides, err := g.sight(ctx, q.AsOf, q.From, q.To)
	if err != nil {
		return t, err
	}
	s, err := g.view(ctx, q.AsOf)
	if err != nil {
		return t, err
	}
	from, ok := s.find(q.From)
	to, known := s.find(q.To)
	if !ok || !known {
		return t, nil
	}
	var flows []flow
	if q.Column != "" {
		t, flows = g.columnPath(s, q, from, to)
	} else {
		t = g.tablePath(s, q, from, to)
	}
	if err := g.prove(ctx, s, &t, flows, q.AsOf); err != nil {
		return Trace{}, err
	}
	t.veil(hides)
	return t, nil
}

func (g *Graph) tablePath(s *snapshot, q Between, from, to uint32) (t Trace) {
	way := g.meet(s, from, to, q.Which)
	if way == nil {
		way = g.meet(s, to, from, q.Which)
		slices.Reverse(way)
	}
	for i, n := range way {
		t.Nodes = append(t.Nodes, Node{URN: s.urn(n), Depth: i, Cycle: int(s.cycles[n].size)})
		if i > 0 {
			t.Edges = append(t.Edges, s.edgeBetween(way[i-1], n))
		}
	}
	return t
}

// edgeBetween is the edge of two neighbours, whichever way it leads.
func (s *snapshot) edgeBetween(a, b uint32) Edge {
	r := s.row(b)
	if i, ok := slices.BinarySearch(r.ups, a); ok {
		return s.edge(a, b, r.class[i])
	}
	r = s.row(a)
	i, _ := slices.BinarySearch(r.ups, b)
	return s.edge(b, a, r.class[i])
}

// meet walks down from one asset and up from the other by turns, always on the side
// with fewer assets, and returns the assets on a shortest way, or nil.
func (g *Graph) meet(s *snapshot, from, to uint32, which Which) []uint32 {
	a, b := g.walker(s), g.walker(s)
	defer g.give(a)
	defer g.give(b)
	a.allowed, b.allowed = s.allows(which), s.allows(which)
	a.enter(from, 0, 0)
	b.enter(to, 0, 0)
	var doneA, doneB uint32
	for {
		if mid, ok := meeting(a, b); ok {
			first, second := a.way(mid[0]), b.way(mid[1])
			slices.Reverse(second)
			return append(first, second[1:]...)
		}
		frontA, frontB := len(a.order)-int(doneA), len(b.order)-int(doneB)
		switch {
		case frontA == 0 || frontB == 0:
			return nil
		case frontA <= frontB:
			doneA = a.layer(doneA, 1)
		default:
			doneB = b.layer(doneB, -1)
		}
	}
}

// layer goes one step on from every asset of the front, and returns where the new
// front begins.
func (w *walker) layer(done uint32, sign int32) uint32 {
	end := uint32(len(w.order))
	for ; done < end; done++ {
		w.step(done, sign)
	}
	return end
}

// meeting finds the asset that both walks reached with the fewest steps.
func meeting(a, b *walker) (places [2]uint32, ok bool) {
	small, big, turned := a, b, false
	if len(b.order) < len(a.order) {
		small, big, turned = b, a, true
	}
	best := int32(-1)
	for i, r := range small.order {
		j, in := big.in(r.n)
		if !in {
			continue
		}
		if steps := abs(r.depth) + abs(big.order[j].depth); best < 0 || steps < best {
			best, places, ok = steps, [2]uint32{uint32(i), j}, true
		}
	}
	if turned {
		places[0], places[1] = places[1], places[0]
	}
	return places, ok
}

func abs(n int32) int32 { return max(n, -n) }

// columnPath follows one column down to the other asset, and where it does not get
// there, up.
func (g *Graph) columnPath(s *snapshot, q Between, from, to uint32) (t Trace, flows []flow) {
	w := g.walker(s)
	defer g.give(w)
	w.allowed = s.allows(q.Which)
	c, ok := s.words.find([]byte(q.Column))
	if !ok {
		return t, nil
	}
	want := func(at columnAt) bool {
		return at.n == to && (q.ToColumn == "" || s.words.of(at.column) == q.ToColumn)
	}
	sign := int32(1)
	if flows = w.columnWay(columnAt{from, c}, sign, want); flows == nil {
		sign = -1
		flows = w.columnWay(columnAt{from, c}, sign, want)
	}
	if flows != nil {
		t.Nodes = []Node{{URN: s.urn(from)}}
	}
	for _, f := range flows {
		next := f.down
		if sign < 0 {
			next = f.pair.up
		}
		if f.pair.up != f.down {
			t.Nodes = append(t.Nodes, Node{URN: s.urn(next), Depth: len(t.Nodes), Cycle: int(s.cycles[next].size)})
			t.Edges = append(t.Edges, s.edgeBetween(f.pair.up, f.down))
		}
	}
	return t, flows
}

// columnWay returns the pairs on a shortest way from a column to one that is wanted.
func (w *walker) columnWay(start columnAt, sign int32, want func(columnAt) bool) []flow {
	type from struct {
		at  columnAt
		way flow
	}
	before := map[columnAt]from{start: {at: start}}
	queue := []columnAt{start}
	for i := 0; i < len(queue); i++ {
		if at := queue[i]; at != start && want(at) {
			var out []flow
			for ; at != start; at = before[at].at {
				out = append(out, before[at].way)
			}
			slices.Reverse(out)
			return out
		}
		w.touching(queue[i], sign, func(f flow, next columnAt) {
			if _, seen := before[next]; !seen {
				before[next] = from{queue[i], f}
				queue = append(queue, next)
			}
		})
	}
	return nil
}
