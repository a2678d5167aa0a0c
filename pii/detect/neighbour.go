package detect

import (
	"fmt"
	"strings"
)

// neighbours is the second pass: what the other columns of the table, judged by themselves, say about each.
func (w *weighing) neighbours() {
	best := make([]string, len(w.claims)) // class of each column that stands by itself
	direct := 0
	for i := range w.claims {
		for j := range w.claims[i] {
			if c := &w.claims[i][j]; c.score() >= 0.8 {
				best[i] = c.class
			}
		}
		if identifies(best[i]) {
			direct++
		}
	}
	for i := range w.claims {
		others := direct
		if identifies(best[i]) {
			others--
		}
		for j := range w.claims[i] {
			w.beside(&w.claims[i][j], i, best, others)
		}
		w.attributes(i)
	}
}

// attributes opens a finding for a column of values whose sibling names attributes, some of them personal.
func (w *weighing) attributes(i int) {
	words := w.contexts[i].words
	if len(words) == 0 || !hasWord("value val wert valor valeur", words[len(words)-1]) {
		return
	}
	for k, c := range w.table.Columns {
		key := w.contexts[k].words
		if k == i || len(key) == 0 || len(c.Sample) == 0 || !hasWord("key attribute attr field property name parameter param type code", key[len(key)-1]) {
			continue
		}
		if f, ok := w.attribute(i, newSample(c.Sample)); ok {
			w.strays[i] = append(w.strays[i], f)
			return
		}
	}
}

// attribute reads the names of attributes and takes the most sensitive class among them.
func (w *weighing) attribute(i int, names *sample) (Finding, bool) {
	hits, class := 0, ""
	for _, v := range names.values {
		for _, h := range w.d.names.hits(w.d.names.words(v)) {
			if h.strength != strong {
				continue
			}
			hits++
			if class == "" || rank(h.class) < rank(class) {
				class = h.class
			}
			break
		}
	}
	if hits == 0 {
		return Finding{}, false
	}
	return Finding{Class: class, Mode: ModeContamination, Score: 0.75, Rate: float64(hits) / float64(len(names.values)), Sensitivity: Describe(class).Sensitivity,
		Decision: Review, Basis: w.basis[i], Evidence: []Evidence{{Rule: "neighbour.attribute", Version: Version, Kind: ByNeighbour, Weight: 1.1,
			Detail: fmt.Sprintf("%d of %d attributes beside it are personal", hits, len(names.values))}}}, true
}

// rank is the place of a class in the table, the most sensitive first.
func rank(class string) int {
	for i, c := range categories {
		if c.Class == class {
			return i
		}
	}
	return len(categories)
}

// identifies tells whether a class points at one person by itself: the signs of a table about people.
func identifies(class string) bool {
	switch class {
	case classEmail, classPhone, classGiven, classFamily, className, classBirth, classNational:
		return true
	}
	return false
}

// beside weighs the neighbours of column i for one claim.
func (w *weighing) beside(c *claim, i int, best []string, others int) {
	if others > 0 && !strings.HasPrefix(c.class, classUserID) {
		c.add(ByNeighbour, "neighbour.people", min(0.5*float64(others), 1.0), fmt.Sprintf("%d other columns identify a person", others))
	}
	for k, class := range best {
		if k != i && pair(c.class, class) {
			c.add(ByNeighbour, "neighbour.pair", 1.0, "beside "+class)
			return
		}
	}
	if c.class == classPrecise && w.partner(i) {
		c.add(ByNeighbour, "neighbour.pair", 1.5, "latitude and longitude stand together")
	}
}

// pair tells whether a class makes more of another beside it.
func pair(class, other string) bool {
	switch class {
	case classGiven:
		return other == classFamily
	case classFamily:
		return other == classGiven
	case classCity, classState, classCountry, classPostal:
		return other == classStreet
	case classStreet:
		return other == classPostal || other == classCity
	case className:
		return other == classEmail || other == classPhone || other == classBirth
	}
	return false
}

// partner tells whether column i is half of a pair of coordinates.
func (w *weighing) partner(i int) bool {
	for k := range w.claims {
		if k == i {
			continue
		}
		for _, c := range w.claims[k] {
			if c.class == classPrecise && len(w.contexts[k].words) == len(w.contexts[i].words) {
				return true
			}
		}
	}
	return false
}
