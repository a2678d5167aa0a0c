package search

import "strings"

// suffixes of the light stem, the longest first: the plural and the commonest
// endings of verbs. More stemming finds more, but calls different things one.
var suffixes = []struct {
	end, put string
	least    int // letters that must remain before the ending
}{
	{"sses", "ss", 1},
	{"ches", "ch", 2},
	{"shes", "sh", 2},
	{"xes", "x", 2},
	{"ies", "y", 2},
	{"uses", "us", 2},
	{"ss", "ss", 0},
	{"us", "us", 0},
	{"is", "is", 0},
	{"s", "", 2},
}

// verbs are cut after the plural.
var verbs = []struct {
	end   string
	least int
}{{"ing", 4}, {"ed", 4}}

// Stem returns the word that stands for w and its inflections in an engine.
func Stem(w string) string {
	if len(w) < 4 || w[len(w)-1] > 'z' || w[len(w)-1] < 'a' {
		return w
	}
	w = singular(w)
	for _, v := range verbs {
		if rest, ok := strings.CutSuffix(w, v.end); ok && len(rest) >= v.least {
			return strings.TrimSuffix(undouble(rest), "e")
		}
	}
	if len(w) > 4 {
		w = strings.TrimSuffix(w, "e")
	}
	return w
}

func singular(w string) string {
	for _, s := range suffixes {
		if rest, ok := strings.CutSuffix(w, s.end); ok {
			if len(rest) < s.least {
				return w
			}
			return rest + s.put
		}
	}
	return w
}

// undouble undoes "shipped" to "ship"; "called" keeps its own letters.
func undouble(w string) string {
	n := len(w)
	if n > 3 && w[n-1] == w[n-2] && !strings.ContainsRune("lsz", rune(w[n-1])) {
		return w[:n-1]
	}
	return w
}
