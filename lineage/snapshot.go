package lineage

import (
	"cmp"
	"slices"

	"waymark/catalog/urn"
)

// snapshot is the graph at one moment: nodes are numbered, edges lie in
// compressed rows in both directions, so a trace touches arrays and no map.
type snapshot struct {
	nodes     []urn.URN
	index     map[urn.URN]uint32
	links     []link // ordered by (up, down)
	down, up  rows   // link numbers by their up and their down end
	by        []urn.URN
	pairs     []Pair // ordered by (down, down column)
	pairsInto map[urn.URN][2]uint32
	pairsFrom map[urn.URN][]uint32
	pairCount int
}

// link is one edge with all that was said about it.
type link struct {
	up, down uint32
	origins  []originSaid
	by       []uint32 // contributors, in snapshot.by
	copy     bool
}

type originSaid struct {
	origin     Origin
	confidence float32
	first      int64
}

// rows is a compressed sparse row: the items of node n are item[at[n]:at[n+1]].
type rows struct {
	at   []uint32
	item []uint32
}

func (r rows) of(n uint32) []uint32 { return r.item[r.at[n]:r.at[n+1]] }

// builder gathers contributions in any order; build makes a snapshot that does
// not depend on it.
type builder struct {
	s    *snapshot
	seen map[[2]uint32]uint32
}

func newBuilder() *builder {
	return &builder{
		s:    &snapshot{index: map[urn.URN]uint32{}, pairsInto: map[urn.URN][2]uint32{}, pairsFrom: map[urn.URN][]uint32{}},
		seen: map[[2]uint32]uint32{},
	}
}

func (b *builder) node(u urn.URN) uint32 {
	n, ok := b.s.index[u]
	if !ok {
		n = uint32(len(b.s.nodes))
		b.s.index[u] = n
		b.s.nodes = append(b.s.nodes, u)
	}
	return n
}

func (b *builder) add(c contribution) {
	who := uint32(len(b.s.by))
	b.s.by = append(b.s.by, c.By)
	for _, l := range c.Links {
		b.link(b.node(l.Up), b.node(l.Down), who, c, l)
	}
	for _, p := range c.Pairs {
		b.s.pairs = append(b.s.pairs, Pair(p))
	}
}

func (b *builder) link(up, down, who uint32, c contribution, l said) {
	at, ok := b.seen[[2]uint32{up, down}]
	if !ok {
		at = uint32(len(b.s.links))
		b.seen[[2]uint32{up, down}] = at
		b.s.links = append(b.s.links, link{up: up, down: down})
	}
	e := &b.s.links[at]
	e.by, e.copy = append(e.by, who), e.copy || l.Copy
	i := slices.IndexFunc(e.origins, func(o originSaid) bool { return o.origin == c.Origin })
	if i < 0 {
		e.origins = append(e.origins, originSaid{origin: c.Origin, confidence: l.Confidence, first: c.First})
		return
	}
	o := &e.origins[i]
	o.confidence = max(o.confidence, l.Confidence)
	if c.First > 0 && (o.first == 0 || c.First < o.first) {
		o.first = c.First
	}
}

func (b *builder) build() *snapshot {
	s := b.s
	for i := range s.links {
		slices.SortFunc(s.links[i].origins, func(x, y originSaid) int { return cmp.Compare(y.confidence, x.confidence) })
	}
	s.down = compress(len(s.nodes), len(s.links), func(i int) uint32 { return s.links[i].up })
	s.up = compress(len(s.nodes), len(s.links), func(i int) uint32 { return s.links[i].down })
	s.sortPairs()
	return s
}

// compress counts, sums and places: linear in nodes and links.
func compress(nodes, links int, end func(int) uint32) rows {
	r := rows{at: make([]uint32, nodes+1), item: make([]uint32, links)}
	for i := range links {
		r.at[end(i)+1]++
	}
	for n := range nodes {
		r.at[n+1] += r.at[n]
	}
	next := slices.Clone(r.at)
	for i := range links {
		r.item[next[end(i)]] = uint32(i)
		next[end(i)]++
	}
	return r
}

// sortPairs orders the column pairs, drops those said twice, and indexes both ends.
func (s *snapshot) sortPairs() {
	slices.SortFunc(s.pairs, comparePairs)
	s.pairs = slices.CompactFunc(s.pairs, func(a, b Pair) bool {
		a.Expression, b.Expression = "", ""
		return a == b
	})
	s.pairCount = len(s.pairs)
	for i, p := range s.pairs {
		if at, ok := s.pairsInto[p.Down]; ok {
			s.pairsInto[p.Down] = [2]uint32{at[0], uint32(i + 1)}
		} else {
			s.pairsInto[p.Down] = [2]uint32{uint32(i), uint32(i + 1)}
		}
		s.pairsFrom[p.Up] = append(s.pairsFrom[p.Up], uint32(i))
	}
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

// into returns the pairs that end in an asset.
func (s *snapshot) into(u urn.URN) []Pair {
	at := s.pairsInto[u]
	return s.pairs[at[0]:at[1]]
}
