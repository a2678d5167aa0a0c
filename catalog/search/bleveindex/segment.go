package bleveindex

import (
	"cmp"
	"slices"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"waymark/catalog/search"
	"waymark/catalog/urn"
)

// board is where the matches of one segment are gathered, one square a document.
type board struct {
	stage []uint8   // 0: in none yet; else 1 + the stage; refused: in none ever
	met   []uint32  // groups met in the stage at hand: how many in order, or a bit each
	sum   []float32 // score of the groups met
	last  []float32 // of it, that of the newest group
	found []uint32  // documents touched in the stage at hand
	all   []uint32  // documents with a stage
}

const refused = 255

// boards are reused: their squares are cleaned by the lists of what was touched.
var boards = sync.Pool{New: func() any { return &board{} }}

func newBoard(n int) *board {
	b := boards.Get().(*board)
	if cap(b.stage) < n {
		b.stage, b.met, b.sum, b.last = make([]uint8, n), make([]uint32, n), make([]float32, n), make([]float32, n)
	}
	b.stage, b.met, b.sum, b.last = b.stage[:n], b.met[:n], b.sum[:n], b.last[:n]
	return b
}

func (b *board) release() {
	for _, n := range b.all {
		b.stage[n] = 0
	}
	b.all = b.all[:0]
	boards.Put(b)
}

// matcher runs the stages of a query over one segment.
type matcher struct {
	*board
	terms *terms
	seg   *scorch.SegmentSnapshot
	idf   func(search.Group) float64
}

// run gives each document of the segment the first stage that it meets; score is
// called for it with what its words are worth.
func (m *matcher) run(q *search.Query, hit func(stage int, n uint32, score float32)) error {
	for i := range q.Stages {
		match := &q.Stages[i]
		if err := m.refuse(match.Not); err != nil {
			return err
		}
		if err := m.match(match); err != nil {
			return err
		}
		for _, n := range m.found {
			if m.stage[n] == 0 && m.complete(match, n) {
				m.stage[n] = uint8(i + 1)
				m.all = append(m.all, n)
				hit(i, n, m.sum[n])
			}
		}
		for _, n := range m.found {
			m.met[n], m.sum[n], m.last[n] = 0, 0, 0
		}
		m.found = m.found[:0]
	}
	return nil
}

// refuse closes a stage and all later ones to documents with an excluded word.
func (m *matcher) refuse(not []search.Group) error {
	for _, g := range not {
		alts, _, err := m.terms.group(fieldAll, g)
		if err != nil {
			return err
		}
		for i := range alts {
			err := alts[i].each(false, func(n uint32, _ int) {
				if m.stage[n] == 0 {
					m.stage[n] = refused
					m.all = append(m.all, n)
				}
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// complete says whether a touched document meets the whole match.
func (m *matcher) complete(match *search.Match, n uint32) bool {
	switch {
	case match.Every, len(match.Keys) > 0:
		return true
	case len(match.Edges) > 0:
		return int(m.met[n]) == len(match.Edges)
	case match.Any:
		return m.met[n] > 0
	}
	return int(m.met[n]) == len(match.Groups)
}

// match touches the documents of one stage.
func (m *matcher) match(match *search.Match) error {
	switch {
	case match.Every:
		return m.every()
	case len(match.Keys) > 0:
		return m.keys(match.Keys)
	case len(match.Edges) > 0:
		return m.edges(match.Edges)
	case match.Any:
		return m.any(match)
	case len(match.Groups) > 0:
		return m.groups(match)
	}
	return nil
}

func (m *matcher) touch(n uint32, score float32) {
	if m.met[n] == 0 {
		m.found = append(m.found, n)
	}
	m.met[n]++
	m.sum[n] = max(m.sum[n], score)
}

func (m *matcher) every() error {
	deleted := m.seg.Deleted()
	for n := range uint32(len(m.stage)) {
		if deleted == nil || !deleted.Contains(n) {
			m.touch(n, search.NoWords)
		}
	}
	return nil
}

func (m *matcher) keys(keys []string) error {
	for _, k := range keys {
		field := fieldKeys
		if urn.Is(k) {
			field = fieldID
		}
		if err := m.terms.each(field, k, false, func(n uint32, _ int) { m.touch(n, search.NoWords) }); err != nil {
			return err
		}
	}
	return nil
}

func (m *matcher) edges(edges []string) error {
	for i, e := range edges {
		err := m.terms.each(fieldEdges, e, false, func(n uint32, _ int) {
			if int(m.met[n]) == i {
				m.touch(n, search.NoWords)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// opened is one group in this segment.
type opened struct {
	alts  []alternative
	count uint64
	idf   float64
}

func (m *matcher) open(match *search.Match) ([]opened, error) {
	field := fieldAll
	if match.Where == search.InName {
		field = fieldName
	}
	out := make([]opened, len(match.Groups))
	for i, g := range match.Groups {
		alts, count, err := m.terms.group(field, g)
		if err != nil {
			return nil, err
		}
		out[i] = opened{alts, count, m.idf(g)}
	}
	return out, nil
}

// groups intersects, the rarest first. In the name only presence is known there;
// counts come with the words of everything.
func (m *matcher) groups(match *search.Match) error {
	list, err := m.open(match)
	if err != nil {
		return err
	}
	slices.SortStableFunc(list, func(a, b opened) int { return cmp.Compare(a.count, b.count) })
	counts := match.Where == search.InAll
	for i, g := range list {
		sparse := i > 0 && uint64(len(m.found))*skip < g.count
		if sparse {
			slices.Sort(m.found)
		}
		for j := range g.alts {
			a := &g.alts[j]
			meet := func(n uint32, count int) { m.meet(n, uint32(i), a.factor*g.idf*search.Presence(count)) }
			if sparse {
				err = a.among(m.found, counts, meet)
			} else {
				err = a.each(counts, meet)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// skip is from how many postings per candidate on it is cheaper to look each up.
const skip = 16

// meet notes that a document meets group i, having met all before.
func (m *matcher) meet(n, i uint32, score float64) {
	s := float32(score)
	switch m.met[n] {
	case i:
		if i == 0 {
			m.found = append(m.found, n)
		}
		m.met[n], m.last[n] = i+1, s
		m.sum[n] += s
	case i + 1:
		if s > m.last[n] {
			m.sum[n] += s - m.last[n]
			m.last[n] = s
		}
	}
}

// any unites groups; met holds a bit for each.
func (m *matcher) any(match *search.Match) error {
	list, err := m.open(match)
	if err != nil {
		return err
	}
	for i, g := range list {
		bit := uint32(1) << (i % 32)
		for j := range g.alts {
			a := &g.alts[j]
			err := a.each(true, func(n uint32, count int) {
				s := float32(a.factor * g.idf * search.Presence(count))
				if m.met[n] == 0 {
					m.found = append(m.found, n)
				}
				if m.met[n]&bit == 0 {
					m.met[n], m.last[n] = m.met[n]|bit, s
					m.sum[n] += s
				} else if s > m.last[n] {
					m.sum[n] += s - m.last[n]
					m.last[n] = s
				}
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}
