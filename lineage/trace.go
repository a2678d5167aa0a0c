package lineage

import (
	"cmp"
	"context"
	"slices"
	"time"

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
	Bare      bool // leave out who says an edge, since when and how often, and the expression behind a pair
	Which
}

// Which chooses edges. The zero value takes all but the refuted ones, as they are now.
type Which struct {
	AsOf    time.Time // as they were then; zero is now
	Fresh   bool      // leave out the stale ones
	Refuted bool      // take also what a person says is wrong
	Sure    float64   // leave out what is less sure than this
}

// Trace is the answer: nodes in the order they were reached, and what lies behind
// the limits. What the caller may not see is in it without a name.
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
	Cycle            int // how many assets feed each other in a circle with it; 0 for none
	FeedsItself      bool
	Hidden           bool // the caller may not see it: URN is a mere number inside the answer
}

// Trace walks breadth first, so each asset is visited once, at its least depth, and
// cycles end. It returns fault.NotFound for an asset that the catalog does not have.
func (g *Graph) Trace(ctx context.Context, q Request) (t Trace, err error) {
	defer fault.Wrap(&err, "trace %s", q.Root)
	hides, err := g.sight(ctx, q.AsOf, q.Root)
	if err != nil {
		return t, err
	}
	s, err := g.view(ctx, q.AsOf)
	if err != nil {
		return t, err
	}
	root, ok := s.find(q.Root)
	if !ok {
		return Trace{Nodes: []Node{{URN: q.Root}}}, nil
	}
	w := g.walker(s)
	defer g.give(w)
	w.allowed, w.depth, w.limit = s.allows(q.Which), int32(q.Depth), q.Limit
	w.enter(root, 0, 0)
	var flows []flow
	if q.Column != "" {
		flows = w.follow(root, q.Column, q.Direction)
	} else {
		w.tables(q.Direction)
	}
	t = w.answer()
	if q.Column == "" && q.Columns {
		flows = w.within()
	}
	slices.SortFunc(t.Edges, func(a, b Edge) int { return cmp.Or(cmp.Compare(a.Down, b.Down), cmp.Compare(a.Up, b.Up)) })
	if q.Bare {
		t.flow(s, flows)
	} else if err := g.prove(ctx, s, &t, flows, q.AsOf); err != nil {
		return Trace{}, err
	}
	t.veil(hides)
	return t, nil
}

// sight returns what hides assets from the caller, or fault.NotFound if one of list
// is hidden or is not in the catalog; of the past, it may have gone since.
func (g *Graph) sight(ctx context.Context, at time.Time, list ...urn.URN) (func(urn.URN) bool, error) {
	hides, err := g.cat.Hides(ctx)
	if err != nil {
		return nil, err
	}
	for _, u := range list {
		ok, err := g.cat.Exists(ctx, u)
		if err != nil {
			return nil, err
		}
		if hides(u) || !ok && at.IsZero() {
			return nil, fault.NotFound.Errorf("there is no %s", u)
		}
	}
	return hides, nil
}

// allows says by class which edges are wanted; nil when all are.
func (s *snapshot) allows(q Which) []bool {
	out := make([]bool, len(s.classes))
	all := true
	for i, c := range s.classes {
		out[i] = (q.Refuted || c.marks&isRefuted == 0) && (!q.Fresh || c.marks&isStale == 0) && c.confidence() >= q.Sure
		all = all && out[i]
	}
	if all {
		return nil
	}
	return out
}

func (w *walker) tables(d Direction) {
	if d != Down {
		w.spread(-1)
	}
	if d != Up {
		w.spread(1)
	}
}

// columnAt is one column of a walk.
type columnAt struct{ n, column uint32 }

// follow walks along one column, enters the assets that it passes, and returns the
// pairs on its way.
func (w *walker) follow(root uint32, column string, d Direction) (flows []flow) {
	c, ok := w.s.words.find([]byte(column))
	if !ok {
		return nil
	}
	if d != Down {
		flows = w.along(columnAt{root, c}, -1, flows)
	}
	if d != Up {
		flows = w.along(columnAt{root, c}, 1, flows)
	}
	return flows
}

func (w *walker) along(start columnAt, sign int32, flows []flow) []flow {
	depth := map[columnAt]int32{start: 0}
	queue := []columnAt{start}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		here, _ := w.in(at.n)
		more := func(f flow, next columnAt) {
			if _, seen := depth[next]; !seen {
				if _, in := w.in(next.n); !in && !w.enter(next.n, here, (depth[at]+1)*sign) {
					return
				}
				depth[next] = depth[at] + 1
				queue = append(queue, next)
			}
			flows = append(flows, f)
		}
		if w.depth > 0 && depth[at] >= w.depth {
			w.cut = true
			continue
		}
		w.touching(at, sign, more)
	}
	return flows
}

// touching calls f for the pairs that begin (sign > 0) or end at a column.
func (w *walker) touching(at columnAt, sign int32, f func(flow, columnAt)) {
	if sign < 0 {
		for _, p := range w.s.row(at.n).pairs {
			if p.downColumn == at.column && w.follows(p.up, at.n) {
				f(flow{at.n, p}, columnAt{p.up, p.upColumn})
			}
		}
		return
	}
	for _, down := range w.s.downs(at.n) {
		pairs := w.s.row(down).pairs
		i, _ := slices.BinarySearchFunc(pairs, at, func(p pair, c columnAt) int {
			return cmp.Or(cmp.Compare(p.up, c.n), cmp.Compare(p.upColumn, c.column))
		})
		for ; i < len(pairs) && pairs[i].up == at.n && pairs[i].upColumn == at.column && w.follows(at.n, down); i++ {
			f(flow{down, pairs[i]}, columnAt{down, pairs[i].downColumn})
		}
	}
}

// within returns the pairs whose both ends are in the walk.
func (w *walker) within() (flows []flow) {
	for _, r := range w.order {
		for _, p := range w.s.row(r.n).pairs {
			if _, in := w.in(p.up); in && w.follows(p.up, r.n) {
				flows = append(flows, flow{r.n, p})
			}
		}
	}
	return flows
}

// answer describes what was entered and what lies just behind it.
func (w *walker) answer() Trace {
	out := Trace{Truncated: w.cut}
	rim := map[uint32]bool{}
	names := make([]urn.URN, len(w.order)) // made once, however many edges have them
	for place, r := range w.order {
		names[place] = w.s.urn(r.n)
	}
	for place, r := range w.order {
		node := Node{URN: names[place], Depth: int(r.depth), Cycle: int(w.s.cycles[r.n])}
		w.upwards(r.n, &node, &out, names, rim)
		for _, m := range w.s.downs(r.n) {
			if _, in := w.in(m); !in && w.follows(r.n, m) {
				node.MoreDown++
				rim[m] = true
			}
		}
		out.Nodes = append(out.Nodes, node)
	}
	out.More = len(rim)
	return out
}

// upwards adds the edges into one asset of the walk.
func (w *walker) upwards(n uint32, node *Node, out *Trace, names []urn.URN, rim map[uint32]bool) {
	row := w.s.row(n)
	for i, m := range row.ups {
		if w.allowed != nil && !w.allowed[row.class[i]] {
			continue
		}
		switch place, in := w.in(m); {
		case m == n:
			node.FeedsItself = true
		case in:
			out.Edges = append(out.Edges, w.s.edgeOf(names[place], node.URN, row.class[i]))
		default:
			node.MoreUp++
			rim[m] = true
		}
	}
}

// edge gives an edge its words; prove adds who said it.
func (s *snapshot) edge(up, down uint32, of uint16) Edge { return s.edgeOf(s.urn(up), s.urn(down), of) }

// edgeOf is edge for names that are there.
func (s *snapshot) edgeOf(up, down urn.URN, of uint16) Edge {
	c := s.classes[of]
	e := Edge{
		Up: up, Down: down, Confidence: c.confidence(), Copy: c.marks&isCopy != 0, Stale: c.marks&isStale != 0,
		Disputed: c.marks&isDisputed != 0, Refuted: c.marks&isRefuted != 0,
	}
	for _, o := range c.origins {
		e.Origins = append(e.Origins, o.origin)
	}
	return e
}

// Neighbours returns the assets one step up or down, over edges that nobody refutes.
func (g *Graph) Neighbours(u urn.URN, d Direction) (out []urn.URN) {
	s := g.now.Load()
	n, ok := s.find(u)
	if !ok {
		return nil
	}
	w := g.walker(s)
	defer g.give(w)
	w.allowed = s.allows(Which{})
	sign := int32(1)
	if d == Up {
		sign = -1
	}
	for _, m := range s.next(n, sign) {
		if m != n && w.mayPass(n, m, sign) {
			out = append(out, s.urn(m))
		}
	}
	return out
}

// Dashboards returns the dashboards that stand on an asset, the most viewed first.
func (g *Graph) Dashboards(u urn.URN) (out []urn.URN) {
	s, t := g.now.Load(), g.runs.Load()
	n, ok := s.find(u)
	if !ok {
		return nil
	}
	w := g.walker(s)
	defer g.give(w)
	w.allowed = s.allows(Which{Fresh: true})
	w.enter(n, 0, 0)
	w.spread(1)
	for _, r := range w.order[1:] {
		if m := s.urn(r.n); m.Kind() == urn.KindDashboard {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b urn.URN) int { return cmp.Or(cmp.Compare(t.viewers(b), t.viewers(a)), cmp.Compare(a, b)) })
	return out
}
