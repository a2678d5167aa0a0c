package search

import (
	"cmp"
	"slices"
)

// mostValues is how many values of one facet an answer lists.
const mostValues = 20

// tally orders the counts of keywords by facet.
func tally(counts map[string]int) []Facet {
	by := map[string][]FacetValue{}
	for k, n := range counts {
		facet, value := facetOf(k)
		by[facet] = append(by[facet], FacetValue{Value: value, Count: n})
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
