package search

import (
	"slices"
	"strings"
)

// Word is one content word of a query with the ways in which it may stand in a
// document.
type Word struct {
	Text     string
	Variants []Variant
}

// Variant is one way: all its words must be there.
type Variant struct {
	Words  []string // as they would stand
	Stems  []string
	Factor float64
	How    string // exact, abbreviation, synonym, compound, spelling
}

// What a variant is worth against the word itself.
const (
	factorPlural  = 0.95
	factorVariant = 0.9
	factorEdit    = 0.7
	factorEdits   = 0.5
	factorKin     = 0.6
	factorShort   = 0.6
)

// The ways in which a word may stand.
const (
	howExact        = "exact"
	howPlural       = "inflection"
	howAbbreviation = "abbreviation"
	howSynonym      = "synonym"
	howCompound     = "compound"
	howSpelling     = "spelling"
	howPrefix       = "beginning"
	howKin          = "kin"
	howShort        = "short form"
)

func variant(how string, factor float64, words ...string) Variant {
	v := Variant{Words: words, Factor: factor, How: how, Stems: make([]string, len(words))}
	for i, w := range words {
		v.Stems[i] = Stem(w)
	}
	return v
}

// expand gives each word its variants: itself, abbreviations both ways, what the
// glossary calls it, and itself glued to its neighbour as in "lineitem".
func expand(words []string, g *glossary) []Word {
	out := make([]Word, len(words))
	for i, w := range words {
		out[i] = Word{Text: w, Variants: []Variant{variant(howExact, 1, w)}}
		for _, other := range abbreviations.of(w) {
			out[i].add(variant(howAbbreviation, factorVariant, other))
		}
	}
	for i := range len(words) - 1 {
		if a, b := words[i], words[i+1]; glues(a) && glues(b) {
			glued := variant(howCompound, factorVariant, a+b)
			out[i].add(glued)
			out[i+1].add(glued)
		}
	}
	if g != nil {
		g.expand(words, out)
	}
	return out
}

// glues says whether a word may be half of a compound.
func glues(w string) bool {
	return len(w) > 1 && len(w) < longestWord/2 && classOf(rune(w[0])) == lower && isASCII(w)
}

func (w *Word) add(v Variant) {
	if !slices.ContainsFunc(w.Variants, func(x Variant) bool { return slices.Equal(x.Stems, v.Stems) }) {
		w.Variants = append(w.Variants, v)
	}
}

// group is what an engine is asked for a word.
func (w *Word) group() Group {
	g := make(Group, len(w.Variants))
	for i, v := range w.Variants {
		g[i] = Alt{Stems: v.Stems, Factor: v.Factor}
	}
	return g
}

// frequency is in how many documents a word stands, at most: in the forms that it is
// known to have, and only where there are none, in shortened ones.
func (w *Word) frequency(r *Result) int {
	var known, short Group
	for _, v := range w.Variants {
		if alt := (Alt{Stems: v.Stems}); v.How == howShort {
			short = append(short, alt)
		} else {
			known = append(known, alt)
		}
	}
	if n := known.Frequency(r); n > 0 {
		return n
	}
	return short.Frequency(r)
}

func groups(words []Word) []Group {
	out := make([]Group, len(words))
	for i := range words {
		out[i] = words[i].group()
	}
	return out
}

// shortForms map abbreviations to what they stand for, and back.
type shortForms map[string][]string

// of returns the other forms of a word, by its stem.
func (s shortForms) of(w string) []string { return s[Stem(w)] }

func readShortForms(text string) shortForms {
	s := shortForms{}
	for line := range strings.Lines(text) {
		short, long, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok {
			continue
		}
		for _, l := range strings.Fields(long) {
			s[Stem(short)] = append(s[Stem(short)], l)
			s[Stem(l)] = append(s[Stem(l)], short)
		}
	}
	return s
}
