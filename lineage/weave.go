package lineage

import (
	"cmp"
	"slices"
)

// weaver makes rows of what contributors say. It owns the numbers of the graph and
// is used by one goroutine at a time; snapshots hold copies of its lists.
type weaver struct {
	nodes, words numbers
	classes      classes
	single       map[single]uint16 // the class of one saying
}

// single is what one contributor says of one edge, as far as it decides the class.
type single struct {
	origin uint8
	sure   uint16
	marks  marks
}

// heard is one saying about an edge into a known asset.
type heard struct {
	up    uint32
	class uint16
}

func newWeaver() *weaver {
	return &weaver{nodes: newNumbers(), words: newNumbers(), classes: newClasses(), single: map[single]uint16{}}
}

// classOf is the class of one saying.
func (w *weaver) classOf(p *packed, l packedLink) uint16 {
	key := single{l.origin, l.sure, l.marks}
	if p.stale {
		key.marks |= isStale
	}
	n, ok := w.single[key]
	if !ok {
		c := class{marks: key.marks}
		if o := originNumbers[l.origin]; o == fromRefutation {
			c.marks |= isRefuted
		} else {
			c.origins = []originSaid{{o, l.sure}}
		}
		n = w.classes.number(c)
		w.single[key] = n
	}
	return n
}

// pairOf gives a packed pair the numbers of the graph.
func (w *weaver) pairOf(p *packed, x packedPair) pair {
	return pair{up: w.nodes.add(p.texts[x.up]), upColumn: w.words.add(p.texts[x.upColumn]), downColumn: w.words.add(p.texts[x.downColumn]), kind: x.kind}
}

// row joins everything that is said of what goes into one asset. It sorts its
// arguments and builds on them.
func (w *weaver) row(list []heard, pairs []pair) row {
	slices.SortFunc(list, func(a, b heard) int { return cmp.Compare(a.up, b.up) })
	kept := list[:0]
	complete := false
	for i := 0; i < len(list); {
		h := list[i]
		for i++; i < len(list) && list[i].up == h.up; i++ {
			h.class = w.classes.join(h.class, list[i].class)
		}
		if c := w.classes.list[h.class]; len(c.origins) > 0 {
			complete = complete || c.marks&isComplete != 0
			kept = append(kept, h)
		}
	}
	r := row{ups: make([]uint32, len(kept)), class: make([]uint16, len(kept)), pairs: sortPairs(pairs)}
	for i, h := range kept {
		r.ups[i], r.class[i] = h.up, h.class
		if complete && w.classes.list[h.class].disputable() {
			r.class[i] = w.classes.with(h.class, isDisputed)
		}
	}
	return r
}

// disputable reports whether a word of the engine would be enough to doubt an edge:
// people and the engine itself are believed.
func (c class) disputable() bool {
	return !slices.ContainsFunc(c.origins, func(o originSaid) bool { return o.origin == FromSource || o.origin == FromPeople })
}

// sortPairs orders the pairs of a row by where they come from, each once.
func sortPairs(pairs []pair) []pair {
	slices.SortFunc(pairs, comparePacked)
	return slices.Compact(pairs)
}

func comparePacked(a, b pair) int {
	return cmp.Or(cmp.Compare(a.up, b.up), cmp.Compare(a.upColumn, b.upColumn), cmp.Compare(a.downColumn, b.downColumn), cmp.Compare(a.kind, b.kind))
}

// fresh is a snapshot with nothing but what the rows of n assets say.
func (w *weaver) fresh(n, links, pairs int, rowOf func(uint32) row) *snapshot {
	s := &snapshot{base: baseOf(n, links, pairs, rowOf), standings: &standings{}}
	s.links, s.pairs = len(s.base.ups), len(s.base.pairs)
	w.lend(s)
	s.cycles = s.findCycles()
	return s
}

// lend gives a snapshot the texts and classes as they are now.
func (w *weaver) lend(s *snapshot) { s.nodes, s.words, s.classes = w.nodes, w.words, w.classes.list }

// mergeShare and mergeMost say when the overlay is laid into a new base: at a share
// of the edges, or at a number of them, whichever is less; mergeLeast keeps small
// graphs from being laid anew for every edge.
const (
	mergeShare = 20 // 1/20: 5 %
	mergeMost  = 100_000
	mergeLeast = 1_000
)

// with returns the snapshot after rows were replaced.
func (w *weaver) with(s *snapshot, rows map[uint32]row) *snapshot {
	next := *s
	next.stamp++
	into, from := s.into.edit(), s.from.edit()
	owned := map[uint32]*[]uint32{}
	for down, r := range rows {
		old := s.row(down)
		into.set(down, &r)
		next.links += len(r.ups) - len(old.ups)
		next.pairs += len(r.pairs) - len(old.pairs)
		eachDifference(old.ups, r.ups, func(up uint32, came bool) {
			list, ok := owned[up]
			if !ok {
				mine := slices.Clone(s.downs(up))
				list = &mine
				owned[up] = list
				from.set(up, list)
			}
			*list = toggle(*list, down, came)
			next.changed++
		})
	}
	next.into, next.from = into.paged, from.paged
	w.lend(&next)
	return next.settled()
}

// settled lays the overlay into a new base when it has grown enough, and finds the
// cycles anew where that is cheap or due.
func (s *snapshot) settled() *snapshot {
	most := max(mergeLeast, min(mergeMost, s.links/mergeShare))
	if s.changed > most {
		s.base = baseOf(s.len(), s.links, s.pairs, s.row)
		s.into, s.from, s.changed = paged[row]{}, paged[[]uint32]{}, 0
	}
	if s.changed == 0 || s.links <= mergeMost {
		s.cycles = s.findCycles()
	}
	return s
}

// eachDifference calls f for what only one of two sorted lists has.
func eachDifference(old, now []uint32, f func(n uint32, came bool)) {
	for len(old) > 0 || len(now) > 0 {
		switch {
		case len(now) == 0 || len(old) > 0 && old[0] < now[0]:
			f(old[0], false)
			old = old[1:]
		case len(old) == 0 || now[0] < old[0]:
			f(now[0], true)
			now = now[1:]
		default:
			old, now = old[1:], now[1:]
		}
	}
}

// toggle puts n into a sorted list or takes it out.
func toggle(list []uint32, n uint32, in bool) []uint32 {
	i, there := slices.BinarySearch(list, n)
	switch {
	case in && !there:
		return slices.Insert(list, i, n)
	case !in && there:
		return slices.Delete(list, i, i+1)
	}
	return list
}
