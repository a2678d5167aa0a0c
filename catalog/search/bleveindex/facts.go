package bleveindex

import (
	"strings"
	"sync"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"waymark/catalog/fault"
	"waymark/catalog/search"
)

// fact is what collecting a match needs of a document, read once for each segment
// that holds it.
type fact struct {
	prior    float32
	length   float32
	bits     uint64   // of folded: what is not there is told without looking
	keywords []uint32 // numbers of the keywords as they are shown
	folded   []uint32 // and in lower case, by which they are filtered

	last          bool    // behind what was crawled
	trust         float32 // the rest is what answers can be sorted by
	used, updated float64
	name          string
}

// standing is where the document stands in an order.
func (f *fact) standing(s search.Sort) search.Standing {
	at := search.Standing{Last: f.last}
	switch s {
	case search.ByTrust:
		at.Number = float64(f.trust)
	case search.ByUse:
		at.Number = f.used
	case search.ByUpdate:
		at.Number = f.updated
	case search.ByName:
		at.Name = f.name
	}
	return at
}

// sortable fills in what answers can be sorted by.
func (f *fact) sortable(d *search.Document, m *search.Moment) {
	f.last = m.Standing(d, search.Relevance).Last
	f.trust = float32(m.Standing(d, search.ByTrust).Number)
	f.used, f.updated = m.Standing(d, search.ByUse).Number, m.Standing(d, search.ByUpdate).Number
	f.name = strings.Clone(m.Standing(d, search.ByName).Name)
}

// cache holds the facts of every segment for one moment, and gives keywords their
// numbers.
type cache struct {
	mu       sync.Mutex
	moment   *search.Moment
	segments map[uint64][]atomic.Pointer[fact]
	numbers  map[string]uint32
	words    []string
	kinds    []uint32 // number of the facet of each
}

func newCache() *cache {
	return &cache{segments: map[uint64][]atomic.Pointer[fact]{}, numbers: map[string]uint32{}}
}

// of returns the facts of the segments of a snapshot, and forgets merged ones.
func (c *cache) of(snap *scorch.IndexSnapshot, m *search.Moment) [][]atomic.Pointer[fact] {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.moment != m {
		c.moment = m
		clear(c.segments)
	}
	out := make([][]atomic.Pointer[fact], len(snap.Segments()))
	live := map[uint64]bool{}
	for i, seg := range snap.Segments() {
		live[seg.Id()] = true
		if c.segments[seg.Id()] == nil {
			c.segments[seg.Id()] = make([]atomic.Pointer[fact], seg.FullSize())
		}
		out[i] = c.segments[seg.Id()]
	}
	for id := range c.segments {
		if !live[id] && len(c.segments) > 2*len(live) {
			delete(c.segments, id)
		}
	}
	return out
}

// number gives a keyword its number.
func (c *cache) number(word string) uint32 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.intern(word)
}

func (c *cache) intern(word string) uint32 {
	if n, ok := c.numbers[word]; ok {
		return n
	}
	n := uint32(len(c.words))
	word = strings.Clone(word)
	c.words = append(c.words, word)
	c.numbers[word] = n
	c.kinds = append(c.kinds, n) // a bare facet is its own
	if facet := search.FacetOf(word); facet != word {
		c.kinds[n] = c.intern(facet)
	}
	return n
}

// facetNumbers returns the facet of every keyword that has a number by now. What it
// returns never changes; later keywords are beyond its end.
func (c *cache) facetNumbers() []uint32 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.kinds[:len(c.kinds):len(c.kinds)]
}

// read returns the fact of one document.
func (c *cache) read(facts []atomic.Pointer[fact], seg *scorch.SegmentSnapshot, n uint64, m *search.Moment) (*fact, error) {
	if f := facts[n].Load(); f != nil {
		return f, nil
	}
	d, err := readRecord(seg, n)
	if err != nil {
		return nil, err
	}
	f := &fact{prior: 1, length: float32(d.Weight())}
	if m != nil {
		f.prior = float32(m.Prior(d))
		f.sortable(d, m)
	}
	for _, w := range search.Keywords(d, m) {
		f.keywords = append(f.keywords, c.number(w))
		k := c.number(strings.ToLower(w))
		f.folded, f.bits = append(f.folded, k), f.bits|bit(k)
	}
	facts[n].Store(f)
	return f, nil
}

// bit stands for a keyword, and for every sixty-fourth.
func bit(keyword uint32) uint64 { return 1 << (keyword % 64) }

func bitsOf(keywords ...uint32) (bits uint64) {
	for _, k := range keywords {
		bits |= bit(k)
	}
	return bits
}

// readRecord reads one document of a segment.
func readRecord(seg *scorch.SegmentSnapshot, n uint64) (d *search.Document, err error) {
	found := false
	visit := seg.VisitDocument(n, func(name string, _ byte, value []byte, _ []uint64) bool {
		if name != fieldRecord {
			return true
		}
		found = true
		d, err = search.ReadRecord(value)
		return false
	})
	switch {
	case visit != nil:
		return nil, fault.Corrupt.Of(visit)
	case !found:
		return nil, fault.Corrupt.Errorf("document %d has no record", n)
	}
	return d, err
}

// list gives numbers to the keywords of a filter.
func (c *cache) list(words []string) []uint32 {
	out := make([]uint32, len(words))
	for i, w := range words {
		out[i] = c.number(w)
	}
	return out
}

// facets names what was counted.
func (c *cache) facets(counts []int) map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := map[string]int{}
	for n, count := range counts {
		if count > 0 {
			out[c.words[n]] = count
		}
	}
	return out
}
