package search

import (
	"strings"

	"waymark/catalog"
)

// Stage is how closely an asset meets a query. A lower one never overtakes.
type Stage uint8

// The stages in their order. Listed is that of queries with filters alone.
const (
	Identity Stage = iota
	Named
	Content
	Near
	Listed
)

var stageNames = [...]string{"identity", "name", "content", "near", "listed"}

func (s Stage) String() string { return stageNames[s] }

// MarshalText makes the stage its name in JSON.
func (s Stage) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// stages makes the matches of the stages that count in totals, in order.
func stages(p *Parsed, words []Word, keys []string) []Match {
	not := p.not()
	if len(words) == 0 {
		return []Match{{Every: true, Not: not}}
	}
	g := groups(words)
	parts := p.parts()
	return []Match{{Keys: keys, Not: not}, {Where: InName, Groups: g, Not: not, But: parts}, {Where: InAll, Groups: g, Any: p.Question, Not: not, But: parts}}
}

// parts are the types that are found by their own name only, as a column is: a chart
// is told in its dashboard. Who asks for the type gets it.
func (p *Parsed) parts() []string {
	if len(p.Filters[keyType])+len(p.Filters[FacetKind]) > 0 {
		return nil
	}
	return []string{keyword(keyType, string(catalog.Chart))}
}

// stageOf is the stage of the i-th match.
func stageOf(p *Parsed, i int) Stage {
	if len(p.Words) == 0 {
		return Listed
	}
	return Stage(i)
}

// identities are the keys that the query as a whole, or a name in it, stands for.
func (p *Parsed) identities() []string {
	keys := p.Names
	if k := Key(p.Text); k != "" {
		keys = append([]string{k, looseKey(p.Text)}, keys...)
	}
	if strings.HasPrefix(p.Text, "urn:li:") {
		keys = append([]string{p.Text}, keys...)
	}
	return keys
}

// not are the words that must not stand anywhere.
func (p *Parsed) not() []Group {
	out := make([]Group, len(p.Not))
	for i, w := range p.Not {
		out[i] = Group{{Stems: []string{Stem(w)}, Factor: 1}}
	}
	return out
}
