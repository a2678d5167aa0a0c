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
			c.add(ByNeighbour, "neighbour.pair", 1.2, "beside "+class)
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
