package search

import (
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// glossary is the company's words, kept in memory: they widen a query when it is
// asked, so that editing a term reindexes nothing.
type glossary struct {
	terms  []term
	spoken map[string][]int // stems of a form, joined -> terms
	keys   map[string][]int // key of a name or synonym -> terms

	persons  map[string][]string // key of a display name -> accounts
	displays map[string]string   // account -> display name
}

// term is one glossary term with the forms in which people say it.
type term struct {
	urn        urn.URN
	name       string
	metric     bool
	definition string
	formula    string
	canonical  []urn.URN
	forms      [][]string // words of the name and of each synonym
}

// longestForm bounds how many words a form may have to be known in a query.
const longestForm = 6

func newGlossary() *glossary {
	return &glossary{spoken: map[string][]int{}, keys: map[string][]int{}, persons: map[string][]string{}, displays: map[string]string{}}
}

// add takes a term, a person or a group in.
func (g *glossary) add(a *catalog.Asset) {
	if a.Type != catalog.Term {
		g.name(a)
		return
	}
	t := term{urn: a.URN, name: a.Name(), metric: a.Profile != nil && a.Profile.Subtype == "metric"}
	names := []string{t.name}
	if a.Term != nil {
		t.definition, t.formula, t.canonical = a.Term.Definition, a.Term.Formula, a.Term.Canonical
		names = append(names, a.Term.Synonyms...)
	}
	n := len(g.terms)
	for _, name := range names {
		if k := Key(name); k != "" && !slices.Contains(g.keys[k], n) {
			g.keys[k] = append(g.keys[k], n)
		}
		words := cutQuery(name)
		if len(words) == 0 || len(words) > longestForm {
			continue
		}
		t.forms = append(t.forms, words)
		spoken := speak(words)
		g.spoken[spoken] = append(g.spoken[spoken], n)
	}
	g.terms = append(g.terms, t)
}

// name keeps what a person or group is called.
func (g *glossary) name(a *catalog.Asset) {
	display := a.Name()
	if a.Person != nil && a.Person.Display != "" {
		display = a.Person.Display
	}
	account := strings.ToLower(a.URN.Name())
	if k := Key(display); k != "" && display != account {
		g.persons[k] = append(g.persons[k], account)
		g.displays[account] = display
	}
}

// accounts adds the accounts of those whose display names are among names.
func (g *glossary) accounts(names []string) []string {
	out := slices.Clone(names)
	for _, n := range names {
		out = append(out, g.persons[Key(n)]...)
	}
	return out
}

// speak joins the stems of words.
func speak(words []string) string {
	stems := make([]string, len(words))
	for i, w := range words {
		stems[i] = Stem(w)
	}
	return strings.Join(stems, " ")
}

// expand gives the words of a query the other forms of the terms that they say.
func (g *glossary) expand(words []string, out []Word) {
	for from := range words {
		for to := from + 1; to <= min(len(words), from+longestForm); to++ {
			said := speak(words[from:to])
			for _, n := range g.spoken[said] {
				g.terms[n].widen(said, out[from:to])
			}
		}
	}
}

// mostForms bounds the synonyms that one word of a query is widened by.
const mostForms = 8

func (t *term) widen(said string, words []Word) {
	for _, form := range t.forms[:min(len(t.forms), mostForms)] {
		if speak(form) == said {
			continue
		}
		for i := range words {
			words[i].add(variant(howSynonym, factorVariant, form...))
		}
	}
}

// named returns the terms that the keys name, by name or synonym.
func (g *glossary) named(keys []string) []*term {
	var out []*term
	seen := map[int]bool{}
	for _, k := range keys {
		for _, n := range g.keys[k] {
			if !seen[n] {
				seen[n] = true
				out = append(out, &g.terms[n])
			}
		}
	}
	return out
}
