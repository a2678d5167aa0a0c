// Package searchtest proves that an engine keeps the contract of search.Index, and
// offers one that is small enough to be checked by reading: the others must answer
// as it does. It is no engine for a server: every search reads every document.
package searchtest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"waymark/catalog"
	"waymark/catalog/search"
	"waymark/catalog/urn"
)

// Memory is an index in memory.
type Memory struct {
	mu     sync.Mutex
	docs   map[urn.URN]*entry
	order  []urn.URN      // of docs, sorted
	counts map[string]int // documents of each stem
	seq    catalog.Seq
}

// entry is a document as an engine sees it: how often each stem stands in it.
type entry struct {
	doc       *search.Document
	all, name map[string]int
	edges     map[string]bool

	moment *search.Moment // for which the rest was found out
	words  []string       // keywords
	lower  []string
	prior  float64
}

// NewMemory returns an empty index.
func NewMemory() *Memory { return &Memory{docs: map[urn.URN]*entry{}} }

// Apply meets search.Index.
func (m *Memory) Apply(_ context.Context, b search.Batch) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, u := range b.Drop {
		delete(m.docs, u)
	}
	for i := range b.Put {
		doc, err := search.ReadRecord(b.Put[i].Record())
		if err != nil {
			return err
		}
		m.docs[doc.URN] = newEntry(doc)
	}
	m.seq = b.Seq
	m.order = slices.Sorted(maps.Keys(m.docs))
	m.counts = map[string]int{}
	for _, e := range m.docs {
		for s := range e.all {
			m.counts[s]++
		}
	}
	return nil
}

func newEntry(d *search.Document) *entry {
	e := &entry{doc: d, all: map[string]int{}, name: map[string]int{}, edges: map[string]bool{}}
	d.Stems(func(stem string, copies int, inName bool) {
		e.all[stem] += copies
		if inName {
			e.name[stem]++
		}
	})
	d.Edges(func(s string) { e.edges[s] = true })
	return e
}

// Reached meets search.Index.
func (m *Memory) Reached(context.Context) (catalog.Seq, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.seq, nil
}

// Survey meets search.Index.
func (m *Memory) Survey(context.Context) (search.Survey, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var s search.Surveyor
	for _, e := range m.docs {
		s.Add(e.doc)
	}
	return s.Survey(), nil
}

// Search meets search.Index.
func (m *Memory) Search(_ context.Context, q search.Query) (search.Result, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := search.Result{Found: make([]search.Found, len(q.Stages)), Facets: map[string]int{}, Frequencies: m.frequencies(q), Documents: len(m.docs)}
	var ranked []scored
	for _, u := range m.order {
		e := m.docs[u]
		stage := slices.IndexFunc(q.Stages, e.meets)
		if stage < 0 {
			continue
		}
		e.weigh(q.Moment)
		if e.has(q.Without) || e.has(q.Stages[stage].But) || q.Keep != nil && !q.Keep(e.doc) {
			continue
		}
		refused, by := e.refused(q.With)
		e.count(r.Facets, refused, by)
		if refused > 0 {
			continue
		}
		r.Found[stage].Total++
		s := scored{doc: e.doc, score: e.score(q.Stages[stage], &r) * e.prior, stage: stage}
		if q.Moment != nil {
			s.stands = q.Moment.Standing(e.doc, q.Sort)
		}
		ranked = append(ranked, s)
	}
	slices.SortStableFunc(ranked, func(a, b scored) int {
		if q.Sort != search.Relevance {
			return cmp.Or(a.stands.Compare(b.stands), cmp.Compare(b.score, a.score))
		}
		return cmp.Or(a.stands.Compare(b.stands), cmp.Compare(a.stage, b.stage), cmp.Compare(b.score, a.score))
	})
	for _, s := range ranked[:min(len(ranked), q.Best)] {
		r.Found[s.stage].Best = append(r.Found[s.stage].Best, s.doc)
	}
	return r, nil
}

type scored struct {
	doc    *search.Document
	stage  int
	score  float64
	stands search.Standing
}

// weigh finds out what of a document depends on the moment.
func (e *entry) weigh(m *search.Moment) {
	if e.words != nil && e.moment == m {
		return
	}
	e.moment, e.words, e.prior = m, search.Keywords(e.doc, m), 1
	e.lower = search.Lower(e.words)
	if m != nil {
		e.prior = m.Prior(e.doc)
	}
}

func (e *entry) has(any []string) bool {
	return slices.ContainsFunc(any, func(w string) bool { return slices.Contains(e.lower, w) })
}

// refused is how many filters do not let the document pass, and the facet of one.
func (e *entry) refused(with [][]string) (n int, facet string) {
	for _, any := range with {
		if !e.has(any) {
			n++
			facet = search.FacetOf(any[0])
		}
	}
	return n, facet
}

// count counts a document in all facets, or in the one that alone refused it.
func (e *entry) count(counts map[string]int, refused int, facet string) {
	for _, w := range e.words {
		if refused == 0 || refused == 1 && search.FacetOf(w) == facet {
			counts[w]++
		}
	}
}

// meets says whether the document enters a stage.
func (e *entry) meets(m search.Match) bool {
	counts := e.all
	if m.Where == search.InName {
		counts = e.name
	}
	if slices.ContainsFunc(m.Not, func(g search.Group) bool { return meets(g, e.all) }) {
		return false
	}
	switch {
	case m.Every:
		return true
	case len(m.Keys) > 0:
		return slices.ContainsFunc(m.Keys, func(k string) bool { return k == string(e.doc.URN) || slices.Contains(e.doc.Keys, k) })
	case len(m.Edges) > 0:
		return !slices.ContainsFunc(m.Edges, func(s string) bool { return !e.edges[s] })
	case len(m.Groups) == 0:
		return false
	case m.Any:
		return slices.ContainsFunc(m.Groups, func(g search.Group) bool { return meets(g, counts) })
	}
	return !slices.ContainsFunc(m.Groups, func(g search.Group) bool { return !meets(g, counts) })
}

func meets(g search.Group, counts map[string]int) bool {
	return slices.ContainsFunc(g, func(a search.Alt) bool { return occurs(a, counts) > 0 })
}

// occurs is how often all stems of an alternative stand there.
func occurs(a search.Alt, counts map[string]int) int {
	least := -1
	for _, s := range a.Stems {
		if least < 0 || counts[s] < least {
			least = counts[s]
		}
	}
	return max(0, least)
}

func (e *entry) score(m search.Match, r *search.Result) float64 {
	if len(m.Groups) == 0 {
		return search.NoWords
	}
	sum := 0.0
	for _, g := range m.Groups {
		best := 0.0
		for _, a := range g {
			n := occurs(a, e.all)
			if m.Where == search.InName {
				n = min(1, occurs(a, e.name))
			}
			best = max(best, a.Factor*search.Presence(n))
		}
		sum += best * search.IDF(r.Documents, g.Frequency(r))
	}
	return sum * search.Shortness(e.doc.Weight())
}

func (m *Memory) frequencies(q search.Query) map[string]int {
	out := map[string]int{}
	for _, s := range q.Stems() {
		if n := m.counts[s]; n > 0 {
			out[s] = n
		}
	}
	return out
}

// Similar meets search.Vocabulary.
func (m *Memory) Similar(_ context.Context, word string, edits, limit int) ([]string, error) {
	first := string([]rune(word)[:1])
	return m.vocabulary(limit, func(s string) int {
		if !strings.HasPrefix(s, first) {
			return none
		}
		if d := search.Distance(s, word, edits); d <= edits {
			return d
		}
		return none
	}), nil
}

// Completions meets search.Vocabulary.
func (m *Memory) Completions(_ context.Context, prefix string, limit int) ([]string, error) {
	return m.vocabulary(limit, func(s string) int {
		if strings.HasPrefix(s, prefix) {
			return 0
		}
		return none
	}), nil
}

// none is no distance at all.
const none = -1

func (m *Memory) vocabulary(limit int, distance func(string) int) []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	var list []string
	for s := range m.counts {
		if distance(s) != none {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b string) int {
		return cmp.Or(cmp.Compare(distance(a), distance(b)), cmp.Compare(m.counts[b], m.counts[a]), strings.Compare(a, b))
	})
	return list[:min(len(list), limit)]
}
