package lineage

import (
	"cmp"
	"context"
	"slices"
	"time"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// Direction is which way a trace follows the edges.
type Direction string

// The directions.
const (
	Up   Direction = "up"   // where it comes from
	Down Direction = "down" // what depends on it
	Both Direction = "both"
)

// Request asks for the graph around an asset or one of its columns.
type Request struct {
	Root      urn.URN
	Column    string // "" is the whole asset
	Direction Direction
	Depth     int // steps; 0 is no limit
	Limit     int // assets; 0 is no limit
	Columns   bool
}

// Trace is the answer: nodes in the order they were reached, and what lies behind
// the limits.
type Trace struct {
	Nodes     []Node
	Edges     []Edge
	Pairs     []Pair
	More      int // assets seen at the rim and not entered
	Truncated bool
}

// Node is one asset of a trace.
type Node struct {
	URN              urn.URN
	Depth            int // negative is upstream
	MoreUp, MoreDown int // neighbours that are not in the trace
}

// Trace walks breadth first, so each asset is visited once, at its least depth, and
// cycles end. It returns fault.NotFound for an asset the catalog does not have.
func (g *Graph) Trace(ctx context.Context, q Request) (t Trace, err error) {
	defer fault.Wrap(&err, "trace %s", q.Root)
	if ok, err := g.cat.Exists(ctx, q.Root); err != nil || !ok {
		return t, cmp.Or(err, fault.NotFound.Errorf("there is no such asset"))
	}
	s := g.now.Load()
	w := &walker{s: s, q: q, at: map[uint32]int{}}
	root, ok := s.index[q.Root]
	if !ok {
		return Trace{Nodes: []Node{{URN: q.Root}}}, nil
	}
	w.enter(root, 0)
	if q.Column != "" {
		w.columns(g)
	} else {
		w.tables(root)
	}
	return w.answer(g, g.runs.Load()), nil
}

// walker is one trace in progress.
type walker struct {
	s     *snapshot
	q     Request
	at    map[uint32]int // depth of every node entered
	order []uint32
	pairs []Pair // of a column trace
	cut   bool
}

// enter takes a node in and reports whether it is new and within the limit.
func (w *walker) enter(n uint32, depth int) bool {
	if _, seen := w.at[n]; seen {
		return false
	}
	if w.q.Limit > 0 && len(w.order) >= w.q.Limit {
		w.cut = true
		return false
	}
	w.at[n] = depth
	w.order = append(w.order, n)
	return true
}

func (w *walker) tables(root uint32) {
	if w.q.Direction != Down {
		w.spread(root, w.s.up, upEnd, -1)
	}
	if w.q.Direction != Up {
		w.spread(root, w.s.down, downEnd, 1)
	}
}

func (w *walker) spread(root uint32, in rows, end func(link) uint32, sign int) {
	queue := []uint32{root}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		depth := w.at[n] * sign
		if w.q.Depth > 0 && depth >= w.q.Depth {
			w.cut = w.cut || len(in.of(n)) > 0
			continue
		}
		for _, l := range in.of(n) {
			if m := end(w.s.links[l]); w.enter(m, (depth+1)*sign) {
				queue = append(queue, m)
			}
		}
	}
}

// columns follows one column, and enters the assets that it passes.
func (w *walker) columns(g *Graph) {
	for _, sign := range []int{-1, 1} {
		if sign < 0 && w.q.Direction == Down || sign > 0 && w.q.Direction == Up {
			continue
		}
		w.follow(catalog.ColumnRef{Dataset: w.q.Root, Column: w.q.Column}, sign)
	}
	slices.SortFunc(w.pairs, comparePairs)
	w.pairs = slices.Compact(w.pairs)
}

func (w *walker) follow(start catalog.ColumnRef, sign int) {
	depth := map[catalog.ColumnRef]int{start: 0}
	queue := []catalog.ColumnRef{start}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		if w.q.Depth > 0 && depth[at] >= w.q.Depth {
			w.cut = true
			continue
		}
		for _, p := range w.s.touching(at, sign) {
			w.pairs = append(w.pairs, p)
			next := catalog.ColumnRef{Dataset: p.Down, Column: p.DownColumn}
			if sign < 0 {
				next = catalog.ColumnRef{Dataset: p.Up, Column: p.UpColumn}
			}
			if _, seen := depth[next]; seen {
				continue
			}
			depth[next] = depth[at] + 1
			if n, ok := w.s.index[next.Dataset]; ok {
				w.enter(n, depth[next]*sign)
			}
			queue = append(queue, next)
		}
	}
}

// touching returns the pairs that begin (sign > 0) or end at a column.
func (s *snapshot) touching(c catalog.ColumnRef, sign int) (out []Pair) {
	if sign < 0 {
		list := s.into(c.Dataset)
		i, _ := slices.BinarySearchFunc(list, c.Column, func(p Pair, col string) int { return cmp.Compare(p.DownColumn, col) })
		for ; i < len(list) && list[i].DownColumn == c.Column; i++ {
			out = append(out, list[i])
		}
		return out
	}
	for _, i := range s.pairsFrom[c.Dataset] {
		if p := s.pairs[i]; p.UpColumn == c.Column {
			out = append(out, p)
		}
	}
	return out
}

// answer describes what was entered and what lies just behind it.
func (w *walker) answer(g *Graph, t *tally) Trace {
	out := Trace{Truncated: w.cut, Pairs: w.pairs}
	rim := map[uint32]bool{}
	for _, n := range w.order {
		node := Node{URN: w.s.nodes[n], Depth: w.at[n]}
		for _, l := range w.s.up.of(n) {
			if m := w.s.links[l].up; !w.in(m) {
				node.MoreUp++
				rim[m] = true
			}
		}
		for _, l := range w.s.down.of(n) {
			if e := w.s.links[l]; w.in(e.down) {
				out.Edges = append(out.Edges, w.s.edge(e, t))
			} else {
				node.MoreDown++
				rim[e.down] = true
			}
		}
		out.Nodes = append(out.Nodes, node)
		if w.q.Columns && w.q.Column == "" {
			out.Pairs = append(out.Pairs, w.pairsWithin(w.s.nodes[n])...)
		}
	}
	out.More = len(rim)
	return out
}

func (w *walker) in(n uint32) bool {
	_, ok := w.at[n]
	return ok
}

// pairsWithin returns the pairs into an asset that come from assets of the trace.
func (w *walker) pairsWithin(u urn.URN) (out []Pair) {
	for _, p := range w.s.into(u) {
		if n, ok := w.s.index[p.Up]; ok && w.in(n) {
			out = append(out, p)
		}
	}
	return out
}

// edge gives a link its words and adds up the runs of its statements.
func (s *snapshot) edge(l link, t *tally) Edge {
	e := Edge{Up: s.nodes[l.up], Down: s.nodes[l.down], Copy: l.copy, Confidence: 1}
	told := false
	for _, o := range l.origins {
		e.Origins = append(e.Origins, o.origin)
		e.Confidence *= 1 - float64(o.confidence)
		told = told || o.confidence >= sureTold
		if at := time.Unix(o.first, 0).UTC(); o.first > 0 && (e.First.IsZero() || at.Before(e.First)) {
			e.First = at
		}
	}
	if e.Confidence = 1 - e.Confidence; !told {
		e.Confidence = min(e.Confidence, mostSure)
	}
	for _, by := range l.by {
		u := s.by[by]
		e.By = append(e.By, u)
		if x := t.uses[u]; x != nil {
			for _, a := range x.actors {
				e.Count += a.queries
				if at := time.Unix(a.last, 0).UTC(); at.After(e.Last) {
					e.Last = at
				}
			}
		}
	}
	return e
}

// Stale reports whether an edge that only logs say has not been seen for 90 days.
func (e Edge) Stale(now time.Time) bool {
	onlyLog := !slices.ContainsFunc(e.Origins, func(o Origin) bool { return o != FromLog })
	return onlyLog && !e.Last.IsZero() && now.Sub(e.Last) > staleAfter
}

// Neighbours returns the assets one step up or down.
func (g *Graph) Neighbours(u urn.URN, d Direction) (out []urn.URN) {
	s := g.now.Load()
	n, ok := s.index[u]
	if !ok {
		return nil
	}
	if d == Up {
		for _, l := range s.up.of(n) {
			out = append(out, s.nodes[s.links[l].up])
		}
		return out
	}
	for _, l := range s.down.of(n) {
		out = append(out, s.nodes[s.links[l].down])
	}
	return out
}

// Dashboards returns the dashboards that stand on an asset, the most viewed first.
func (g *Graph) Dashboards(u urn.URN) (out []urn.URN) {
	s, t := g.now.Load(), g.runs.Load()
	n, ok := s.index[u]
	if !ok {
		return nil
	}
	s.walk(n, s.down, downEnd, func(m uint32) {
		if s.nodes[m].Kind() == urn.KindDashboard {
			out = append(out, s.nodes[m])
		}
	})
	slices.SortFunc(out, func(a, b urn.URN) int { return cmp.Or(cmp.Compare(t.viewers(b), t.viewers(a)), cmp.Compare(a, b)) })
	return out
}
