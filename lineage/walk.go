package lineage

import (
	"cmp"
	"slices"
)

// visited marks the assets that a walk has reached. Marks of earlier walks count
// for nothing, because each walk has a number of its own: nothing is cleared.
type visited struct {
	walk  uint32
	seen  []uint32 // by asset: the walk that reached it last
	place []uint32 // and its place in order
	order []stop
}

// stop is one asset of a walk.
type stop struct {
	n     uint32
	from  uint32 // place in the walk of the asset before it
	depth int32  // negative is upstream
}

// start begins a walk over n assets.
func (v *visited) start(n int) {
	if len(v.seen) < n {
		v.seen, v.place, v.walk = make([]uint32, n+n/8), make([]uint32, n+n/8), 0
	}
	if v.walk++; v.walk == 0 {
		clear(v.seen)
		v.walk = 1
	}
	v.order = v.order[:0]
}

// in returns the place of an asset in the walk.
func (v *visited) in(n uint32) (place uint32, ok bool) {
	return v.place[n], v.seen[n] == v.walk
}

// enter takes an asset in and reports whether it is new.
func (v *visited) enter(n, from uint32, depth int32) bool {
	if v.seen[n] == v.walk {
		return false
	}
	v.seen[n], v.place[n] = v.walk, uint32(len(v.order))
	v.order = append(v.order, stop{n, from, depth})
	return true
}

// walker is one walk over a snapshot.
type walker struct {
	*visited
	s       *snapshot
	allowed []bool // by class; nil for all
	depth   int32  // most steps; 0 is no limit
	limit   int    // most assets; 0 is no limit
	cut     bool   // a limit was met
}

// walker begins a walk; give hands its memory back.
func (g *Graph) walker(s *snapshot) *walker {
	v := g.rest.Get().(*visited)
	v.start(s.len())
	return &walker{visited: v, s: s}
}

func (g *Graph) give(w *walker) { g.rest.Put(w.visited) }

// follows reports whether the walk may take an edge.
func (w *walker) follows(up, down uint32) bool {
	if w.allowed == nil {
		return true
	}
	r := w.s.row(down)
	i, ok := slices.BinarySearch(r.ups, up)
	return ok && w.allowed[r.class[i]]
}

// enter takes an asset in, within the limit, and reports whether it is new.
func (w *walker) enter(n, from uint32, depth int32) bool {
	if w.limit > 0 && len(w.order) >= w.limit {
		if _, seen := w.in(n); !seen {
			w.cut = true
		}
		return false
	}
	return w.visited.enter(n, from, depth)
}

// next returns the neighbours of an asset in a direction, 1 or -1.
func (s *snapshot) next(n uint32, sign int32) []uint32 {
	if sign < 0 {
		return s.ups(n)
	}
	return s.downs(n)
}

// spread walks breadth first from the asset at the first place. What an earlier
// spread reached is not entered again.
func (w *walker) spread(sign int32) {
	from := uint32(len(w.order))
	w.step(0, sign)
	for at := from; int(at) < len(w.order); at++ {
		w.step(at, sign)
	}
}

// step enters the neighbours of the asset at a place.
func (w *walker) step(at uint32, sign int32) {
	r := w.order[at]
	if w.depth > 0 && r.depth*sign >= w.depth {
		w.cut = w.cut || w.beyond(r.n, sign)
		return
	}
	next := w.s.next(r.n, sign)
	if w.limit > 0 {
		next = w.inOrder(next)
	}
	for _, m := range next {
		if w.mayPass(r.n, m, sign) {
			w.enter(m, at, r.depth+sign)
		}
	}
}

// inOrder orders assets by name: where a limit cuts, it cuts the same assets always.
func (w *walker) inOrder(list []uint32) []uint32 {
	type named struct {
		n    uint32
		name string
	}
	all := make([]named, len(list))
	for i, n := range list {
		all[i] = named{n, w.s.nodes.of(n)}
	}
	slices.SortFunc(all, func(a, b named) int { return cmp.Compare(a.name, b.name) })
	out := make([]uint32, len(list))
	for i, x := range all {
		out[i] = x.n
	}
	return out
}

// mayPass reports whether the walk may go from n to m in a direction.
func (w *walker) mayPass(n, m uint32, sign int32) bool {
	if sign < 0 {
		return w.follows(m, n)
	}
	return w.follows(n, m)
}

// beyond reports whether the walk would go on behind n.
func (w *walker) beyond(n uint32, sign int32) bool {
	return slices.ContainsFunc(w.s.next(n, sign), func(m uint32) bool { return m != n && w.mayPass(n, m, sign) })
}
