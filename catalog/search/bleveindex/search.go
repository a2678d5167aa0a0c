package bleveindex

import (
	"cmp"
	"container/heap"
	"context"
	"runtime/debug"
	"slices"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"waymark/catalog/fault"
	"waymark/catalog/search"
)

// Search meets search.Index.
func (x *Index) Search(ctx context.Context, q search.Query) (out search.Result, err error) {
	done, err := x.turn(ctx)
	if err != nil {
		return out, err
	}
	defer done()
	x.mu.RLock()
	defer x.mu.RUnlock()
	defer x.watch(debug.SetPanicOnFault(true), &err)
	snap, end, err := x.snapshot()
	if err != nil {
		return out, err
	}
	defer end()
	c := &collector{q: &q, snap: snap, cache: x.facts, best: make([]candidates, len(q.Stages))}
	c.out = search.Result{Found: make([]search.Found, len(q.Stages))}
	if err := c.run(ctx); err != nil {
		return out, err
	}
	return c.out, c.fill()
}

// collector gathers what all segments have.
type collector struct {
	q       *search.Query
	snap    *scorch.IndexSnapshot
	cache   *cache
	with    []wanted
	without []refusal // by stage
	kinds   []uint32  // facet of each keyword, by number
	counts  []int     // by number of keyword
	best    []candidates
	out     search.Result
}

func (c *collector) run(ctx context.Context) error {
	n, err := c.snap.DocCount()
	if err != nil {
		return fault.Unavailable.Of(err)
	}
	c.out.Documents = int(n)
	facts := c.cache.of(c.snap, c.q.Moment)
	for _, any := range c.q.With {
		list := c.cache.list(any)
		c.with = append(c.with, wanted{list, bitsOf(list...)})
	}
	for _, m := range c.q.Stages {
		list := slices.Concat(c.cache.list(c.q.Without), c.cache.list(m.But))
		c.without = append(c.without, refusal{marked(list), bitsOf(list...)})
	}
	opened := make([]*terms, len(c.snap.Segments()))
	for i, seg := range c.snap.Segments() {
		opened[i] = newTermsOf(seg)
	}
	if c.out.Frequencies, err = frequencies(opened, c.q.Stems()); err != nil {
		return err
	}
	for i, seg := range c.snap.Segments() {
		if err := ctx.Err(); err != nil {
			return err
		}
		b := newBoard(int(seg.FullSize()))
		m := &matcher{board: b, terms: opened[i], seg: seg, idf: func(g search.Group) float64 { return search.IDF(c.out.Documents, g.Frequency(&c.out)) }}
		var failed error
		err := m.run(c.q, func(stage int, n uint32, score float32) {
			if failed == nil {
				f, err := c.cache.read(facts[i], seg, uint64(n), c.q.Moment)
				if failed = err; err == nil {
					failed = c.take(stage, place{segment: i, n: n}, score, f)
				}
			}
		})
		b.release()
		if err := cmp.Or(err, failed); err != nil {
			return err
		}
	}
	if c.q.Facets {
		c.out.Facets = c.cache.facets(c.counts)
	}
	return nil
}

// frequencies counts the documents of each stem.
func frequencies(opened []*terms, stems []string) (map[string]int, error) {
	out := make(map[string]int, len(stems))
	for _, s := range stems {
		for _, t := range opened {
			pl, err := t.list(fieldAll, s)
			if err != nil {
				return nil, err
			}
			if n := pl.Count(); n > 0 {
				out[s] += int(n)
			}
		}
	}
	return out, nil
}

// take counts a match that passes the filters, and keeps it if it is among the best.
func (c *collector) take(stage int, at place, score float32, f *fact) error {
	if c.without[stage].of(f) {
		return nil
	}
	refused, by := 0, 0
	for i := range c.with {
		if !c.with[i].in(f) {
			refused, by = refused+1, i
		}
	}
	if refused > 1 || refused == 1 && !c.q.Facets {
		return nil
	}
	if c.q.Keep != nil {
		d, err := readRecord(c.snap.Segments()[at.segment], uint64(at.n))
		if err != nil || !c.q.Keep(d) {
			return err
		}
	}
	if refused == 1 {
		c.countOne(f, c.with[by].any[0])
		return nil
	}
	c.out.Found[stage].Total++
	if c.q.Facets {
		for _, k := range f.keywords {
			c.count(k)
		}
	}
	if len(c.q.Stages[stage].Groups) > 0 {
		score *= float32(search.Shortness(float64(f.length)))
	}
	at.stage, at.score = stage, score*f.prior
	at.stands = f.standing(c.q.Sort)
	c.best[stage].offer(&at, c.q.Best)
	return nil
}

func (c *collector) count(k uint32) {
	for int(k) >= len(c.counts) {
		c.counts = append(c.counts, make([]int, 64+len(c.counts))...)
	}
	c.counts[k]++
}

// countOne counts what the facet of a keyword would give without its own filter.
func (c *collector) countOne(f *fact, like uint32) {
	for _, k := range f.keywords {
		if int(max(k, like)) >= len(c.kinds) { // heard of during this search
			c.kinds = c.cache.facetNumbers()
		}
		if c.kinds[k] == c.kinds[like] {
			c.count(k)
		}
	}
}

// refusal is keywords that no document may have.
type refusal struct {
	marks []bool // by number
	bits  uint64
}

func (r *refusal) of(f *fact) bool {
	if f.bits&r.bits == 0 {
		return false
	}
	for _, k := range f.folded {
		if int(k) < len(r.marks) && r.marks[k] {
			return true
		}
	}
	return false
}

// marked turns numbers into marks by number.
func marked(list []uint32) (out []bool) {
	for _, k := range list {
		for int(k) >= len(out) {
			out = append(out, make([]bool, int(k)+1-len(out))...)
		}
		out[k] = true
	}
	return out
}

// wanted is keywords of which a document must have one.
type wanted struct {
	any  []uint32
	bits uint64
}

func (w *wanted) in(f *fact) bool {
	if f.bits&w.bits == 0 {
		return false
	}
	for _, k := range w.any {
		if slices.Contains(f.folded, k) {
			return true
		}
	}
	return false
}

// fill reads the best documents, as many as were asked for over all stages.
func (c *collector) fill() error {
	list := slices.Concat(c.best...)
	slices.SortFunc(list, func(a, b place) int {
		by := cmp.Compare(a.stage, b.stage)
		if c.q.Sort != search.Relevance || a.stands.Last != b.stands.Last {
			by = 0
		}
		return cmp.Or(by, a.compare(&b), cmp.Compare(a.segment, b.segment), cmp.Compare(a.n, b.n))
	})
	for _, at := range list[:min(len(list), c.q.Best)] {
		d, err := readRecord(c.snap.Segments()[at.segment], uint64(at.n))
		if err != nil {
			return err
		}
		c.out.Found[at.stage].Best = append(c.out.Found[at.stage].Best, d)
	}
	return nil
}

// place is where a candidate stands, and what it is worth.
type place struct {
	segment, stage int
	n              uint32
	score          float32
	stands         search.Standing
}

// compare is negative when p stands before o inside a stage.
func (p *place) compare(o *place) int {
	if p.stands != o.stands {
		return p.stands.Compare(o.stands)
	}
	return cmp.Compare(o.score, p.score)
}

// candidates is a heap with the least of the best on top.
type candidates []place

func (h candidates) Len() int           { return len(h) }
func (h candidates) Less(i, j int) bool { return h[i].compare(&h[j]) > 0 }
func (h candidates) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }

// Push meets heap.Interface.
func (h *candidates) Push(x any) { *h = append(*h, x.(place)) }

// Pop meets heap.Interface.
func (h *candidates) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

func (h *candidates) offer(p *place, most int) {
	switch {
	case len(*h) < most:
		heap.Push(h, *p)
	case most > 0 && p.compare(&(*h)[0]) < 0:
		(*h)[0] = *p
		heap.Fix(h, 0)
	}
}
