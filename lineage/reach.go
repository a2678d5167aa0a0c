package lineage

import (
	"cmp"
	"slices"

	"waymark/catalog/urn"
)

// reach is how a change of an asset, or of one of its columns, spreads through a walk
// downstream. All of it is numbers: assets are their places in the walk, the changed
// one at place 0. Only what is shown in the end gets its words.
type reach struct {
	*walker
	hidden  []uint32 // by place: the number of what the caller may not see, 0 for the rest; nil where all may be seen
	at      []reached
	columns map[uint32][]uint32 // by place
	blank   uint32              // the column that stands for an asset as a whole
	whole   bool                // the asset as a whole changes, so that all of the walk is reached
	layer   int32
	seen    map[columnAt]bool // what the change came to, and whether by values alone
	next    []wave
}

// reached is what the change is for one asset.
type reached struct {
	depth  int32  // steps on a shortest way; 0 where it does not arrive
	from   uint32 // the place before it on that way, where the change is of one column
	layer  int32  // the step with which it arrived first
	direct bool   // a value flows into one of its columns
	named  bool   // it names what is changed
}

// wave is one step of the spread: a column, and whether only values led to it.
type wave struct {
	at     columnAt
	direct bool
}

// Columns that no asset has: what stands for an asset as a whole where the graph has no
// number for it, and one whose name the graph does not know.
const (
	noBlank  = ^uint32(0) - 1
	noColumn = ^uint32(0)
)

// spreadChange follows a change of the first asset of a walk, or of one of its columns.
func (w *walker) spreadChange(column string, hides func(urn.URN) bool) *reach {
	r := &reach{walker: w, at: make([]reached, len(w.order)), blank: noBlank, seen: map[columnAt]bool{}, columns: map[uint32][]uint32{}}
	if n, ok := w.s.words.find(nil); ok {
		r.blank = n
	}
	r.veil(hides)
	if column == "" {
		r.startWhole()
	} else if n, ok := w.s.words.find([]byte(column)); ok {
		r.push(columnAt{w.order[0].n, n}, true)
	} else {
		r.push(columnAt{w.order[0].n, noColumn}, true)
	}
	var queue []wave
	for r.layer = 1; len(r.next) > 0; r.layer++ {
		queue, r.next = r.next, queue[:0]
		for _, x := range queue {
			r.step(x)
		}
	}
	return r
}

// veil numbers what the caller may not see. Rights go by the kind of an asset, which the
// stem of its name holds, so that one look a stem is enough.
func (r *reach) veil(hides func(urn.URN) bool) {
	byStem := map[uint16]bool{}
	last, hidden := r.s.nodes.stem[r.order[0].n], false // the asset that was asked for may be seen
	count := uint32(0)
	for place, at := range r.order {
		if st := r.s.nodes.stem[at.n]; st == 0 {
			last, hidden = 0, hides(r.s.urn(at.n))
		} else if st != last {
			known := false
			if hidden, known = byStem[st]; !known {
				hidden = hides(r.s.urn(at.n))
				byStem[st] = hidden
			}
			last = st
		}
		if !hidden {
			continue
		}
		if r.hidden == nil {
			r.hidden = make([]uint32, len(r.order))
		}
		count++
		r.hidden[place] = count
	}
}

func (r *reach) veiled(place uint32) bool { return r.hidden != nil && r.hidden[place] > 0 }

// startWhole lets a change of the asset as a whole arrive everywhere, and its columns
// and what reads it without naming a column begin.
func (r *reach) startWhole() {
	r.whole = true
	for place, at := range r.order[1:] {
		r.at[place+1] = reached{depth: at.depth, named: at.depth == 1, layer: -1} // whoever reads the asset names it
	}
	if r.s.pairs == 0 {
		return
	}
	root := r.order[0].n
	for _, down := range r.s.downs(root) {
		if to, in := r.in(down); !in || r.veiled(to) || !r.follows(root, down) {
			continue
		}
		for _, p := range r.s.row(down).from(root) {
			r.push(columnAt{root, p.upColumn}, true)
		}
	}
	for place, at := range r.order {
		r.step(wave{columnAt{at.n, r.blank}, place == 0})
	}
}

// from returns the pairs of a row that come from an asset.
func (x row) from(up uint32) []pair {
	i, _ := slices.BinarySearchFunc(x.pairs, up, func(p pair, n uint32) int { return cmp.Compare(p.up, n) })
	end := i
	for end < len(x.pairs) && x.pairs[end].up == up {
		end++
	}
	return x.pairs[i:end]
}

func (r *reach) push(at columnAt, direct bool) {
	if r.whole && at.column == r.blank {
		return // each of them has begun
	}
	if was, seen := r.seen[at]; seen && (was || !direct) {
		return
	}
	r.seen[at] = direct
	r.next = append(r.next, wave{at, direct})
}

// step goes on from one column, or from an asset as a whole.
func (r *reach) step(x wave) {
	here, _ := r.in(x.at.n)
	r.touching(x.at, 1, func(f flow, next columnAt) {
		to, in := r.in(f.down)
		if !in || to == here || r.veiled(to) || r.veiled(here) {
			return
		}
		direct := x.direct && f.pair.kind&pairIndirect == 0
		at := r.arrive(to, here)
		at.direct, at.named = at.direct || direct, at.named || here == 0
		if next.column != r.blank && !slices.Contains(r.columns[to], next.column) {
			r.columns[to] = append(r.columns[to], next.column)
		}
		r.push(next, direct)
	})
	if !r.whole {
		r.stepWhole(x, here)
	}
}

// stepWhole goes on by table: from an asset as a whole, and where no column is known.
func (r *reach) stepWhole(x wave, here uint32) {
	for _, down := range r.s.downs(x.at.n) {
		to, in := r.in(down)
		if !in || to == here || !r.follows(x.at.n, down) {
			continue
		}
		if x.at.column == r.blank || r.veiled(to) || r.veiled(here) || r.byTable(x.at.n, down) {
			r.arrive(to, here)
			r.push(columnAt{down, r.blank}, false)
		}
	}
}

// byTable reports whether of an edge no column is known.
func (r *reach) byTable(up, down uint32) bool {
	return !slices.ContainsFunc(r.s.row(down).from(up), func(p pair) bool { return p.downColumn != r.blank })
}

// arrive notes that the change comes to an asset from another.
func (r *reach) arrive(to, from uint32) *reached {
	x, depth := &r.at[to], r.at[from].depth+1
	switch {
	case to == 0: // where it began
	case x.depth == 0:
		x.depth, x.from, x.layer = depth, from, r.layer
	case x.layer == r.layer && (depth < x.depth || depth == x.depth && r.named(from, x.from) < 0):
		x.depth, x.from = depth, from
	}
	return x
}

// named compares two places by the names of their assets.
func (w *walker) named(a, b uint32) int { return w.s.nodes.compare(w.order[a].n, w.order[b].n) }

// before is the place before another on a shortest way, the first by name.
func (r *reach) before(place uint32) uint32 {
	if !r.whole {
		return r.at[place].from
	}
	row, found, best := r.s.row(r.order[place].n), false, uint32(0)
	for i, up := range row.ups {
		p, in := r.in(up)
		if !in || r.allowed != nil && !r.allowed[row.class[i]] || r.order[p].depth != r.order[place].depth-1 {
			continue
		}
		if !found || r.named(p, best) < 0 {
			found, best = true, p
		}
	}
	return best
}
