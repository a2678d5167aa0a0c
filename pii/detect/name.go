package detect

import (
	"fmt"
	"slices"
	"strings"
)

// prior is the log-odds that a column is of some one class before anything is known: about one column in 25.
const prior = -3.2

// What a pattern adds by its strength, and what a context adds to it.
var (
	nameWeight   = map[strength]float64{strong: 6.0, middling: 4.2, weak: 2.2, ambiguous: 1.2}
	personWeight = map[strength]float64{strong: 0.5, middling: 1.2, weak: 2.4, ambiguous: 4.5}
	thingWeight  = map[strength]float64{strong: -1.0, middling: -2.4, weak: -3.0, ambiguous: -4.0}
	placeWeight  = map[strength]float64{strong: 0.5, middling: 1.5, weak: 3.0, ambiguous: 3.0}
)

// owner is whose column it is, as far as the words around the name tell.
type owner int

const (
	nobody owner = iota
	somebody
	something
)

// context is what stands around a column's name.
type context struct {
	words   []string // of the leaf
	owner   owner    // as the path tells
	noun    string   // the word that told the owner
	sure    float64  // how sure that is: less where a table far from a nested column told it
	address bool     // the path speaks of an address
}

// surroundings reads leaf, parents, table and data set, nearest first.
func (l *lexicon) surroundings(t Table, c Column) context {
	path := c.Path
	if path == "" {
		path = c.Name
	}
	steps := strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' || r == '/' })
	if len(steps) == 0 {
		steps = []string{c.Name}
	}
	x := context{words: l.words(steps[len(steps)-1])}
	if n := len(steps); n > 1 && len(x.words) == 1 && part(x.words[0]) {
		x.words = append(l.words(steps[n-2]), x.words...)
		steps = steps[:n-1]
	}
	for i := len(steps) - 2; i >= 0; i-- {
		x.look(l, l.words(steps[i]))
	}
	far := len(steps) > 1 && x.owner == nobody
	if x.look(l, l.words(lastStep(t.Name))); far {
		x.sure *= 0.4
	}
	if x.owner == nobody { // a schema named for a thing says nothing about its tables
		if x.look(l, l.words(lastStep(t.Dataset))); x.owner == something {
			x.owner = nobody
		}
	}
	return x
}

func lastStep(path string) string {
	return path[strings.LastIndexByte(path, '.')+1:]
}

// look takes the owner from one step of the path if no nearer one told it.
func (x *context) look(l *lexicon, words []string) {
	for _, w := range words {
		x.address = x.address || l.place[w]
	}
	if x.owner == nobody {
		x.owner, x.noun, x.sure = l.ownerIn(words)
	}
}

// ownerIn returns what the last noun of a compound says, which is its head, and how sure that is: an unknown word after
// a person makes it something of that person, like "employee_benefits". Words of a pattern are no nouns here.
func (l *lexicon) ownerIn(words []string) (owner, string, float64) {
	covered := make([]bool, len(words))
	for _, h := range l.hits(words) {
		for i := h.from; i < h.to && h.to-h.from > 1; i++ {
			covered[i] = true
		}
	}
	sure := 1.0
	for i := len(words) - 1; i >= 0; i-- {
		switch w := words[i]; {
		case l.persons[w]:
			return somebody, w, sure
		case l.things[w] && !covered[i]:
			return something, w, sure
		case !l.clear[w] && !covered[i]:
			sure = 0.5
		}
	}
	return nobody, "", 0
}

// names weighs what the column's name says, one claim a hit.
func (l *lexicon) names(x context) []claim {
	hits := l.hits(x.words)
	var out []claim
	for i, h := range hits {
		if slices.ContainsFunc(hits[i+1:], func(later hit) bool { return later.class == h.class }) {
			continue // said again, nearer to the head of the name: "phone_mobile"
		}
		for _, earlier := range hits[:i] {
			if earlier.class == h.class && nameWeight[earlier.strength] > nameWeight[h.strength] {
				h.rule = earlier.rule
			}
		}
		c := claim{class: h.class}
		c.add(ByName, "name."+h.class, nameWeight[h.strength], fmt.Sprintf("words %q", h.pattern))
		l.turns(&c, x, h)
		if i < len(hits)-1 {
			c.add(ByName, "name.qualifier", -2.0, fmt.Sprintf("%q only qualifies what follows", h.pattern))
		}
		l.owned(&c, x, h)
		out = append(out, c)
	}
	return out
}

// turns weighs the words before and after a hit that make something else of it.
func (l *lexicon) turns(c *claim, x context, h hit) {
	for _, w := range x.words[:h.from] {
		if l.before[w] {
			c.add(ByName, "name.veto", -7, fmt.Sprintf("%q before it makes a flag or a number of it", w))
			return
		}
	}
	for _, w := range x.words[h.to:] {
		switch {
		case l.after[w]:
			c.add(ByName, "name.veto", -7, fmt.Sprintf("%q after it makes something else of it", w))
			return
		case !neutral(w) && len(l.hits([]string{w})) == 0:
			c.add(ByName, "name.unknown", -1.2, fmt.Sprintf("word %q after it", w))
		}
	}
}

// part tells whether a nested column is but a piece of its parent: "dob.day", "phone.value".
func part(w string) bool {
	return hasWord("day month year value text raw number content data full formatted", w)
}

// neutral words after a name change nothing: numbers, and words for a value.
func neutral(w string) bool {
	if isDigit(w[0]) {
		return true
	}
	return hasWord("no num nr number value val text txt str string raw plain primary main secondary alt alternate other old new current previous home work office private1 line full first last local e164 formatted normalized canonical original lower clean std day month year data content kana kanji romaji en ko ja zh latin hash1 sha256 md5 masked1 column col", w)
}

// owned weighs whose column it is: the words before the hit tell, else the path.
func (l *lexicon) owned(c *claim, x context, h hit) {
	before := x.words[:h.from]
	address := strings.HasPrefix(h.class, classAddress)
	whose, noun, share := l.ownerIn(before)
	kind := ByName
	if whose == nobody {
		whose, noun, share, kind = x.owner, x.noun, x.sure, ByPath
		l.stranger(c, before, h)
	}
	switch {
	case address && (x.address || l.anyPlace(before)):
		c.add(ByPath, "path.address", placeWeight[h.strength], "part of an address")
	case whose == somebody:
		c.add(kind, "path.person", share*personWeight[h.strength], fmt.Sprintf("belongs to %q", noun))
	}
	if whose == something {
		w := thingWeight[h.strength]
		if address || h.class == classGender || h.class == classAge {
			w = min(w, -3.5) // shops have addresses and animals have ages
		}
		if l.machines[noun] && strings.HasPrefix(h.class, classDevice) {
			w = min(w, -4.0)
		}
		c.add(kind, "path.thing", share*w, fmt.Sprintf("belongs to %q", noun))
	}
}

func (l *lexicon) anyPlace(words []string) bool {
	for _, w := range words {
		if l.place[w] {
			return true
		}
	}
	return false
}

// stranger weighs an unknown word before a pattern that says little by itself: "deliverable_state".
func (l *lexicon) stranger(c *claim, before []string, h hit) {
	if len(before) == 0 || h.strength == strong || h.strength == middling {
		return
	}
	if w := before[len(before)-1]; !l.place[w] && !neutral(w) && len(l.hits([]string{w})) == 0 {
		weight := -1.5
		if h.class == className { // "order name", "pet name": names are mostly of things
			weight = -4
		}
		c.add(ByName, "name.stranger", weight, fmt.Sprintf("unknown word %q before it", w))
	}
}
