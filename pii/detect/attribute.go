package detect

import (
	"fmt"
	"strings"
)

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
		w.keyed(i, newSample(c.Sample), "attributes beside it")
		return
	}
}

// keyed reads the names of attributes or keys and opens a finding of the most sensitive class among them.
func (w *weighing) keyed(i int, names *sample, what string) {
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
		return
	}
	w.strays[i] = append(w.strays[i], Finding{Class: class, Mode: ModeContamination, Score: 0.75, Rate: float64(hits) / float64(len(names.values)),
		Sensitivity: Describe(class).Sensitivity, Decision: Review, Basis: w.basis[i], Evidence: []Evidence{{Rule: "neighbour.attribute", Version: Version,
			Kind: ByNeighbour, Weight: 1.1, Detail: fmt.Sprintf("%d of %d %s are personal", hits, len(names.values), what)}}})
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

// documentsRead bounds how many documents are searched for keys.
const documentsRead = 50

// keys returns the keys of values that are JSON objects, as far as a scan for quoted words before a colon finds them.
func (s *sample) keys() []string {
	if !s.holds('{', 0.5) || !s.holds(':', 0.5) {
		return nil
	}
	var out []string
	for _, v := range s.first(documentsRead).values {
		parts := strings.Split(v, "\"")
		for i := 1; i+1 < len(parts); i += 2 {
			if strings.HasPrefix(strings.TrimLeft(parts[i+1], " "), ":") && len(parts[i]) < 60 {
				out = append(out, parts[i])
			}
		}
	}
	return out
}
