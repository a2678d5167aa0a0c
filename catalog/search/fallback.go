package search

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"waymark/catalog"
	"waymark/catalog/fault"
)

// engine is an index that offers everything.
type engine interface {
	Index
	Vocabulary
	Rebuilder
	Fallible
}

// withFallback answers from the catalog itself while an engine is damaged.
type withFallback struct {
	engine
	cat *catalog.Catalog
}

// damaged says whether an error of the engine is one that the catalog can answer.
func (x withFallback) damaged(err error) bool {
	return errors.Is(err, fault.Corrupt) && x.Damage() != nil
}

// Search meets Index.
func (x withFallback) Search(ctx context.Context, q Query) (Result, error) {
	r, err := x.engine.Search(ctx, q)
	if x.damaged(err) {
		return x.scan(ctx, q)
	}
	return r, err
}

// Survey meets Index; nothing is known of a damaged index.
func (x withFallback) Survey(ctx context.Context) (Survey, error) {
	s, err := x.engine.Survey(ctx)
	if x.damaged(err) {
		return Survey{}, nil
	}
	return s, err
}

// Similar meets Vocabulary.
func (x withFallback) Similar(ctx context.Context, word string, edits, limit int) ([]string, error) {
	list, err := x.engine.Similar(ctx, word, edits, limit)
	if x.damaged(err) {
		return nil, nil
	}
	return list, err
}

// Completions meets Vocabulary.
func (x withFallback) Completions(ctx context.Context, prefix string, limit int) ([]string, error) {
	list, err := x.engine.Completions(ctx, prefix, limit)
	if x.damaged(err) {
		return nil, nil
	}
	return list, err
}

// longestScan bounds one look through the catalog. What was not reached by then is
// not found; the answer says that it is incomplete.
const longestScan = time.Second

// scan looks through the catalog for names that meet the query.
func (x withFallback) scan(ctx context.Context, q Query) (Result, error) {
	r := Result{Found: make([]Found, len(q.Stages)), Facets: map[string]int{}, Frequencies: map[string]int{}}
	until := time.Now().Add(longestScan)
	for a, err := range x.cat.List(ctx, catalog.Filter{}) {
		if err != nil {
			return r, err
		}
		if time.Now().After(until) {
			break
		}
		if searchable(catalog.Change{URN: a.URN, Type: a.Type}) && (a.Status == nil || a.Status.Removed.IsZero()) {
			d := NewDocument(&a)
			r.take(&q, newNameEntry(&d))
		}
	}
	left := q.Best
	for i := range r.Found {
		best := r.Found[i].Best
		slices.SortStableFunc(best, func(a, b *Document) int {
			if q.Moment == nil {
				return cmp.Compare(len(a.Name), len(b.Name))
			}
			if q.Sort != Relevance {
				return q.Moment.Standing(a, q.Sort).Compare(q.Moment.Standing(b, q.Sort))
			}
			return cmp.Compare(q.Moment.Prior(b), q.Moment.Prior(a))
		})
		r.Found[i].Best = best[:min(len(best), left)]
		left -= len(r.Found[i].Best)
	}
	return r, nil
}

// nameEntry is a document with the stems and beginnings of its name.
type nameEntry struct {
	*Document
	stems, edges map[string]bool
}

func newNameEntry(d *Document) nameEntry {
	n := nameEntry{d, map[string]bool{}, map[string]bool{}}
	d.Stems(func(stem string, _ int, inName bool) {
		if inName {
			n.stems[stem] = true
		}
	})
	d.Edges(func(e string) { n.edges[e] = true })
	return n
}

// take counts a document that passes the filters.
func (r *Result) take(q *Query, n nameEntry) {
	r.Documents++
	for s := range n.stems {
		r.Frequencies[s]++
	}
	stage := slices.IndexFunc(q.Stages, n.meets)
	if stage < 0 {
		return
	}
	words := Keywords(n.Document, q.Moment)
	lower := Lower(words)
	has := func(any []string) bool {
		return slices.ContainsFunc(any, func(w string) bool { return slices.Contains(lower, w) })
	}
	if has(q.Without) || has(q.Stages[stage].But) || slices.ContainsFunc(q.With, func(any []string) bool { return !has(any) }) {
		return
	}
	if q.Keep != nil && !q.Keep(n.Document) {
		return
	}
	for _, w := range words {
		r.Facets[w]++
	}
	r.Found[stage].Total++
	r.Found[stage].Best = append(r.Found[stage].Best, n.Document)
}

func (n nameEntry) meets(m Match) bool {
	group := func(g Group) bool {
		return slices.ContainsFunc(g, func(a Alt) bool {
			return !slices.ContainsFunc(a.Stems, func(s string) bool { return !n.stems[s] })
		})
	}
	missed := func(g Group) bool { return !group(g) }
	switch {
	case slices.ContainsFunc(m.Not, group):
		return false
	case m.Every:
		return true
	case len(m.Keys) > 0:
		return slices.ContainsFunc(m.Keys, func(k string) bool { return k == string(n.URN) || slices.Contains(n.Keys, k) })
	case len(m.Edges) > 0:
		return !slices.ContainsFunc(m.Edges, func(e string) bool { return !n.edges[e] })
	case m.Any:
		return slices.ContainsFunc(m.Groups, group)
	}
	return len(m.Groups) > 0 && !slices.ContainsFunc(m.Groups, missed)
}

// Damage says why the index must be rebuilt, or is nil. Sync rebuilds it.
func (s *Search) Damage() error {
	if f, ok := s.index.(Fallible); ok {
		return f.Damage()
	}
	return nil
}

// Rebuilding says whether the index is being built anew, and how far that is in
// percent of the catalog's changes.
func (s *Search) Rebuilding() (percent int, ok bool) {
	return int(s.progress.Load()), s.rebuilding.Load()
}

// Degraded says in a sentence what searches lack, or is empty.
func (s *Search) Degraded() string {
	if s.Damage() == nil {
		return ""
	}
	if percent, ok := s.Rebuilding(); ok {
		return fmt.Sprintf("the search index is being rebuilt (%d%%); meanwhile only names are looked up", percent)
	}
	return "the search index is damaged and waits to be rebuilt; meanwhile only names are looked up"
}
