package search

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// mostValues is how many values of one facet an answer lists.
const mostValues = 20

// tally orders the counts of keywords by facet; owners are shown by their names.
func tally(counts map[string]int, displays map[string]string) []Facet {
	by := map[string][]FacetValue{}
	for k, n := range counts {
		facet, value := facetOf(k)
		v := FacetValue{Value: value, Count: n}
		if facet == FacetOwner {
			v.Label = displays[strings.ToLower(value)]
		}
		by[facet] = append(by[facet], v)
	}
	var out []Facet
	for _, name := range facets {
		values := by[name]
		if len(values) == 0 {
			continue
		}
		slices.SortFunc(values, func(a, b FacetValue) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value)) })
		shown := values[:min(len(values), mostValues)]
		out = append(out, Facet{Name: name, Values: shown, More: len(values) - len(shown)})
	}
	return out
}

// facetCache keeps counts for those who turn the page or sort anew.
type facetCache struct {
	mu   sync.Mutex
	kept map[string]facetCounts
}

type facetCounts struct {
	counts map[string]int
	until  time.Time
}

// How long counts are kept, and of how many queries.
const (
	facetsFor  = 30 * time.Second
	mostFacets = 64
)

// withFacets searches, and leaves the counting out where the counts of the same
// question, asked of the same documents by somebody who may see the same, are known.
// They are counted in the pass that finds the hits: a pass of their own would read
// every match a second time.
func (s *Search) withFacets(ctx context.Context, p *Parsed, q Query) (Result, error) {
	if !q.Facets {
		return s.index.Search(ctx, q)
	}
	at, err := s.index.Reached(ctx)
	if err != nil {
		return Result{}, err
	}
	key := fmt.Sprint(at, q.Moment.Now.Unix(), q.Stages, q.With, q.Without, p.Phrases, p.Filters[filterColumn], p.Filters[filterUpdated])
	counts, known := s.facets.get(key)
	q.Facets = !known
	r, err := s.index.Search(ctx, q)
	switch {
	case err != nil:
		return r, err
	case known:
		r.Facets = counts
	default:
		s.facets.put(key, r.Facets)
	}
	return r, nil
}

func (c *facetCache) get(key string) (map[string]int, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k, ok := c.kept[key]
	return k.counts, ok && time.Now().Before(k.until)
}

func (c *facetCache) put(key string, counts map[string]int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now()
	if c.kept == nil {
		c.kept = map[string]facetCounts{}
	}
	maps.DeleteFunc(c.kept, func(_ string, k facetCounts) bool { return now.After(k.until) })
	if len(c.kept) >= mostFacets {
		clear(c.kept)
	}
	c.kept[key] = facetCounts{counts, now.Add(facetsFor)}
}
