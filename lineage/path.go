package lineage

import (
	"cmp"
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
		t.Nodes = append(t.Nodes, Node{URN: s.urn(n), Depth: i, Cycle: int(s.cycles[n])})
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
// with fewer assets, and returns the assets on a shortest way, or nil. Of several the
// first by name is taken, so that answers repeat.
func (g *Graph) meet(s *snapshot, from, to uint32, which Which) []uint32 {
	a, b := g.walker(s), g.walker(s)
	defer g.give(a)
	defer g.give(b)
	a.allowed, b.allowed = s.allows(which), s.allows(which)
	a.enter(from, 0, 0)
	b.enter(to, 0, 0)
	var doneA, doneB uint32
	var layersA int32
	for {
		if steps := meeting(a, b); steps >= 0 {
			return way(a, b, min(layersA, steps), steps)
		}
		frontA, frontB := len(a.order)-int(doneA), len(b.order)-int(doneB)
		switch {
		case frontA == 0 || frontB == 0:
			return nil
		case frontA <= frontB:
			doneA = a.layer(doneA, 1)
			layersA++
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

// meeting is the number of steps of the shortest way through an asset that both
// walks reached, or -1.
func meeting(a, b *walker) int32 {
	if len(b.order) < len(a.order) {
		a, b = b, a
	}
	best := int32(-1)
	for _, r := range a.order {
		if j, in := b.in(r.n); in {
			if steps := abs(r.depth) + abs(b.order[j].depth); best < 0 || steps < best {
				best = steps
			}
		}
	}
	return best
}

func abs(n int32) int32 { return max(n, -n) }

// away is the depth of an asset in a walk, or -1.
func (w *walker) away(n uint32) int32 {
	if i, in := w.in(n); in {
		return abs(w.order[i].depth)
	}
	return -1
}

// way picks a way of so many steps: up to the layer mid a walk down leads, whose
// assets on some shortest way are found by going back; from there a walk up.
func way(a, b *walker, mid, steps int32) []uint32 {
	good := map[uint32]bool{}
	var front []uint32
	for _, r := range a.order {
		if r.depth == mid && b.away(r.n) == steps-mid {
			good[r.n] = true
			front = append(front, r.n)
		}
	}
	for depth := mid; depth > 0; depth-- {
		var before []uint32
		for _, n := range front {
			for _, up := range a.s.ups(n) {
				if a.away(up) == depth-1 && !good[up] && a.follows(up, n) {
					good[up] = true
					before = append(before, up)
				}
			}
		}
		front = before
	}
	out := []uint32{a.order[0].n}
	for i := int32(1); i <= steps; i++ {
		at := out[len(out)-1]
		out = append(out, a.firstByName(at, func(m uint32) bool {
			if i <= mid {
				return good[m] && a.away(m) == i
			}
			return b.away(m) == steps-i
		}))
	}
	return out
}

// firstByName returns the first by name of the assets one step down that are wanted.
func (w *walker) firstByName(n uint32, want func(uint32) bool) (first uint32) {
	name := urn.URN("")
	for _, m := range w.s.downs(n) {
		if want(m) && w.follows(n, m) {
			if u := w.s.urn(m); name == "" || u < name {
				first, name = m, u
			}
		}
	}
	return first
}

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
			t.Nodes = append(t.Nodes, Node{URN: s.urn(next), Depth: len(t.Nodes), Cycle: int(s.cycles[next])})
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
		first := len(queue)
		w.touching(queue[i], sign, func(f flow, next columnAt) {
			if _, seen := before[next]; !seen {
				before[next] = from{queue[i], f}
				queue = append(queue, next)
			}
		})
		w.byName(queue[first:])
	}
	return nil
}

// byName orders columns by their names, so that of several ways the same is taken.
func (w *walker) byName(list []columnAt) {
	slices.SortFunc(list, func(a, b columnAt) int {
		return cmp.Or(cmp.Compare(w.s.urn(a.n), w.s.urn(b.n)), cmp.Compare(w.s.words.of(a.column), w.s.words.of(b.column)))
	})
}
