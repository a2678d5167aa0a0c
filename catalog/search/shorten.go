package search

import "strings"

// People shorten names in two ways: they cut a word off, or they leave its vowels out
// (department: dep, dept, dprtmnt). A list knows the usual short forms; these are the
// ones that nobody listed.
const (
	shortestShort = 3 // two letters stand for anything
	longestCut    = 5
	shortenFrom   = 5 // shorter words are written out
)

// shortened are the forms in which a word of a question may stand in a cryptic name.
func shortened(w string) (out []string) {
	w = singular(w)
	if len(w) < shortenFrom || !isASCII(w) || classOf(rune(w[0])) != lower {
		return nil
	}
	add := func(s string, from, to int) {
		for n := from; n <= min(len(s), to); n++ {
			out = append(out, s[:n])
		}
	}
	add(w, shortestShort, min(longestCut, len(w)-2))
	bones := consonants(w)
	add(bones, shortestShort, len(bones))
	return out
}

// consonants leaves out vowels behind the first letter, and double letters once.
func consonants(w string) string {
	out := []byte{w[0]}
	for i := 1; i < len(w); i++ {
		if strings.IndexByte("aeiou", w[i]) < 0 && w[i] != out[len(out)-1] {
			out = append(out, w[i])
		}
	}
	return string(out)
}

// shorten widens the words of a question by their shortened forms.
func shorten(words []Word) {
	for i := range words {
		for _, s := range shortened(words[i].Text) {
			words[i].add(Variant{Words: []string{s}, Stems: []string{s}, Factor: factorShort, How: howShort})
		}
	}
}
