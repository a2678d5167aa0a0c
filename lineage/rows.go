package lineage

import "slices"

// row is everything that goes into one asset: the assets it comes from, in the
// order of their numbers, the class of each edge, and the pairs of columns.
type row struct {
	ups   []uint32
	class []uint16
	pairs []pair
}

// pair is one column pair of a row: numbers of an asset and of column names.
type pair struct {
	up, upColumn, downColumn uint32
	kind                     pairKind
}

// pairKind packs the subtype and the marks of a pair.
type pairKind uint8

const (
	pairIndirect  pairKind = 1 << 4
	pairMasking   pairKind = 1 << 5
	pairCandidate pairKind = 1 << 6
	pairSubtype   pairKind = 1<<4 - 1
)

// subtypes in the order of their stored numbers: add at the end, never reorder.
var subtypes = []string{"", "IDENTITY", "TRANSFORMATION", "AGGREGATION", "JOIN", "GROUP_BY", "FILTER", "SORT", "WINDOW", "CONDITIONAL"}

func (k pairKind) subtype() string { return subtypes[min(int(k&pairSubtype), len(subtypes)-1)] }

// base is the rows of all assets in compressed form, and the way back: the items
// of asset n are item[at[n]:at[n+1]]. It is never changed.
type base struct {
	upAt, ups     []uint32
	class         []uint16
	downAt, downs []uint32
	pairAt        []uint32 // nil where there are no pairs
	pairs         []pair
}

func (b *base) row(n uint32) (r row) {
	if int(n)+1 >= len(b.upAt) {
		return r
	}
	from, to := b.upAt[n], b.upAt[n+1]
	r.ups, r.class = b.ups[from:to], b.class[from:to]
	if b.pairAt != nil {
		r.pairs = b.pairs[b.pairAt[n]:b.pairAt[n+1]]
	}
	return r
}

func (b *base) from(n uint32) []uint32 {
	if int(n)+1 >= len(b.downAt) {
		return nil
	}
	return b.downs[b.downAt[n]:b.downAt[n+1]]
}

// baseOf lays rows in a line; row gives those of n assets.
func baseOf(n int, links, pairs int, rowOf func(uint32) row) *base {
	b := &base{upAt: make([]uint32, n+1), ups: make([]uint32, 0, links), class: make([]uint16, 0, links)}
	if pairs > 0 {
		b.pairAt, b.pairs = make([]uint32, n+1), make([]pair, 0, pairs)
	}
	for i := range n {
		r := rowOf(uint32(i))
		b.ups, b.class = append(b.ups, r.ups...), append(b.class, r.class...)
		b.upAt[i+1] = uint32(len(b.ups))
		if b.pairAt != nil {
			b.pairs = append(b.pairs, r.pairs...)
			b.pairAt[i+1] = uint32(len(b.pairs))
		}
	}
	if cap(b.ups) > len(b.ups)+len(b.ups)/8 { // many said the same
		b.ups, b.class = slices.Clone(b.ups), slices.Clone(b.class)
	}
	b.downAt, b.downs = reverse(b.upAt, b.ups)
	return b
}

// reverse gives the rows of the other direction: count, sum, place.
func reverse(at, item []uint32) (back, items []uint32) {
	n := len(at) - 1
	back, items = make([]uint32, n+1), make([]uint32, len(item))
	for _, i := range item {
		back[i+1]++
	}
	for i := range n {
		back[i+1] += back[i]
	}
	next := slices.Clone(back)
	for i := range n {
		for _, u := range item[at[i]:at[i+1]] {
			items[next[u]] = uint32(i)
			next[u]++
		}
	}
	return back, items
}

// paged is a list with gaps that shares what does not change: to set one place
// costs a page and not the list.
type paged[T any] struct{ pages []*[pageSize]*T }

const pageSize = 256

func (p paged[T]) at(n uint32) *T {
	if i := int(n / pageSize); i < len(p.pages) && p.pages[i] != nil {
		return p.pages[i][n%pageSize]
	}
	return nil
}

// editing is a paged list that is being written: pages that it owns are changed in
// place, the others copied first.
type editing[T any] struct {
	paged[T]
	own map[uint32]bool
}

func (p paged[T]) edit() *editing[T] {
	return &editing[T]{paged: paged[T]{pages: slices.Clone(p.pages)}, own: map[uint32]bool{}}
}

func (e *editing[T]) set(n uint32, v *T) {
	i := n / pageSize
	for int(i) >= len(e.pages) {
		e.pages = append(e.pages, nil)
	}
	if !e.own[i] {
		e.own[i] = true
		var page [pageSize]*T
		if e.pages[i] != nil {
			page = *e.pages[i]
		}
		e.pages[i] = &page
	}
	e.pages[i][n%pageSize] = v
}
