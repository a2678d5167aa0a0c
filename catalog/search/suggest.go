package search

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// Suggestion is one completion of what is being typed: an asset, never a bare word,
// so that nothing hidden is spelled out.
type Suggestion struct {
	URN      urn.URN      `json:"urn"`
	Name     string       `json:"name"`
	Type     catalog.Type `json:"type"`
	Platform string       `json:"platform"`
	Subtype  string       `json:"subtype,omitempty"`
	Trust    float64      `json:"trust"`
}

// mostSuggestions bounds one answer.
const mostSuggestions = 20

// Suggest completes a prefix with names that the caller may see: every word of it
// begins a word of the name, the most trusted first.
func (s *Search) Suggest(ctx context.Context, prefix string, limit int) (out []Suggestion, err error) {
	defer fault.Wrap(&err, "suggest")
	hidden, err := s.hidden(ctx)
	if err != nil {
		return nil, err
	}
	moment, _, err := s.now(ctx)
	if err != nil {
		return nil, err
	}
	edges := edgesOf(prefix)
	if len(edges) == 0 {
		return []Suggestion{}, nil
	}
	limit = min(cmp.Or(max(limit, 0), 8), mostSuggestions)
	r, err := s.index.Search(ctx, Query{
		Stages: []Match{{Edges: edges}}, Without: Lower(hidden), Moment: moment, Best: 4 * limit,
	})
	if err != nil {
		return nil, err
	}
	return suggestions(r.Found[0].Best, prefix, moment, limit), nil
}

// edgesOf are the beginnings to look for, each as long as an index keeps.
func edgesOf(prefix string) []string {
	var out []string
	for _, w := range cutQuery(prefix[:min(len(prefix), maxRunes)]) {
		r := []rune(w)
		if len(r) == 1 && classOf(r[0]) != ideograph {
			continue
		}
		if e := string(r[:min(len(r), longestEdge)]); !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	return out
}

// suggestions orders names: those that begin with what was typed, then the rest,
// each by trust and penalties.
func suggestions(docs []*Document, prefix string, m *Moment, limit int) []Suggestion {
	typed := Key(prefix)
	slices.SortStableFunc(docs, func(a, b *Document) int {
		return cmp.Or(
			compareBool(strings.HasPrefix(Key(b.Bare()), typed), strings.HasPrefix(Key(a.Bare()), typed)),
			cmp.Compare(m.Prior(b), m.Prior(a)),
			cmp.Compare(a.URN, b.URN))
	})
	out := make([]Suggestion, 0, limit)
	for _, d := range docs[:min(len(docs), limit)] {
		trust, _ := m.trust(d)
		out = append(out, Suggestion{URN: d.URN, Name: d.Name, Type: d.Type, Platform: d.Platform, Subtype: d.Subtype, Trust: round(trust)})
	}
	return out
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
