package detect

import (
	_ "embed"
	"strings"
	"unicode/utf8"
)

//go:embed data/names.txt
var namesText string

//go:embed data/nouns.txt
var nounsText string

// strength says how much a pattern proves without a context.
type strength byte

const (
	strong    strength = 'S'
	middling  strength = 'M'
	weak      strength = 'W'
	ambiguous strength = 'A'
)

// rule is one line of data/names.txt.
type rule struct {
	class    string
	strength strength
	group    string // short name of the rule, for the evidence
}

// lexicon holds the words that names are made of.
type lexicon struct {
	rules    map[string]rule // by pattern: words joined by blanks, and joined by nothing
	longest  int             // words in the longest pattern
	persons  map[string]bool // nouns that own personal data
	things   map[string]bool // nouns that do not
	machines map[string]bool // things whose addresses are nobody's
	place    map[string]bool // words that make a city or a country part of somebody's address
	clear    map[string]bool // words after a noun that leave its meaning: "customer_info"
	before   map[string]bool // words that make a flag or a number of what follows
	after    map[string]bool // words that make something else of what they follow
	cjkWords map[string]bool
}

func newLexicon() *lexicon {
	l := &lexicon{rules: map[string]rule{}, cjkWords: map[string]bool{}}
	l.readNouns()
	for _, line := range strings.Split(namesText, "\n") {
		if line != "" && line[0] != '#' {
			l.readRule(line)
		}
	}
	return l
}

func (l *lexicon) readNouns() {
	sets := map[string]map[string]bool{}
	for _, line := range strings.Split(nounsText, "\n") {
		words := strings.Fields(line)
		if line == "" || line[0] == '#' {
			continue
		}
		set := map[string]bool{}
		for _, w := range words[1:] {
			for _, form := range []string{w, singular(w), fold(w)} {
				set[form] = true
				l.learn(form)
			}
		}
		sets[words[0]] = set
	}
	l.persons, l.things, l.place = sets["persons"], sets["things"], sets["address"]
	l.clear, l.machines = sets["transparent"], sets["machines"]
	l.before, l.after = sets["prefixveto"], sets["suffixveto"]
}

// learn remembers a word of a script written without blanks, for the segmentation.
func (l *lexicon) learn(w string) {
	if r, _ := utf8.DecodeRuneInString(w); scriptOf(r) >= scriptHangul {
		l.cjkWords[w] = true
	}
}

// readRule files the patterns of "class strength format p | p | p".
func (l *lexicon) readRule(line string) {
	fields := strings.SplitN(line, " ", 4)
	r := rule{class: fields[0], strength: strength(fields[1][0]), group: fields[2]}
	for _, p := range strings.Split(fields[3], "|") {
		words := split(p)
		l.join(words, r)
		for i, w := range words {
			if words[i] = singular(w); len(words) > 1 {
				words[i] = spellOut(i, words[i])
			}
			l.learn(words[i])
		}
		l.file(strings.Join(words, " "), r)
		l.longest = max(l.longest, len(words))
		l.join(words, r)
	}
}

// join files a pattern of several words as people write it in one.
func (l *lexicon) join(words []string, r rule) {
	if joined := strings.Join(words, ""); len(words) > 1 && len(joined) >= 5 {
		l.file(joined, r)
		l.learn(joined)
	}
}

// spellOut writes out the abbreviations of warehouses; some mean it only after another word.
func spellOut(i int, w string) string {
	switch w {
	case "addr", "adr":
		return "address"
	case "nm":
		return "name"
	case "cust", "cst":
		return "customer"
	case "emp", "empl":
		return "employee"
	case "usr":
		return "user"
	case "mbr", "memb":
		return "member"
	case "acct":
		return "account"
	case "lic":
		return "license"
	case "fst", "frst":
		return "first"
	case "lst":
		return "last"
	}
	if i > 0 {
		switch w {
		case "no", "nr", "num", "nbr":
			return "number"
		case "dt":
			return "date"
		case "cd":
			return "code"
		case "ln":
			return "line"
		}
	}
	return w
}

// file keeps the first rule of a pattern: the file is in order of what a pattern most often means.
func (l *lexicon) file(pattern string, r rule) {
	if _, ok := l.rules[pattern]; !ok {
		l.rules[pattern] = r
	}
}

// words cuts a name and folds its plurals.
func (l *lexicon) words(name string) []string {
	words := segment(split(name), func(w string) bool { return l.cjkWords[w] })
	var out []string
	for _, w := range words {
		if w = unmask(w); len(words) > 1 {
			w = spellOut(len(out), w)
		}
		if _, ok := l.rules[w]; !ok && !l.things[w] {
			if w = singular(w); len(words) > 1 {
				w = spellOut(len(out), w)
			}
			if whose, what, ok := l.apart(w); ok {
				out = append(out, whose)
				w = what
			}
		}
		out = append(out, w)
	}
	return out
}

// apart cuts a person and what is theirs, written in one: "customeremail". Nothing else is cut: words hide in words.
func (l *lexicon) apart(w string) (whose, what string, ok bool) {
	if len(w) < 8 || !isASCII(w) || l.knows(w) {
		return "", "", false
	}
	for i := 4; i+4 <= len(w); i++ {
		if r, found := l.rules[w[i:]]; found && r.strength == strong && l.persons[w[:i]] {
			return w[:i], w[i:], true
		}
	}
	return "", "", false
}

func (l *lexicon) knows(w string) bool {
	_, ok := l.rules[w]
	return ok || l.persons[w] || l.things[w] || l.after[w] || l.before[w]
}

// hit is a pattern found in a name: words[from:to].
type hit struct {
	rule
	pattern  string
	from, to int
}

// hits finds the patterns in words, the longest at each place.
func (l *lexicon) hits(words []string) []hit {
	var out []hit
	var buf [96]byte
	for i := 0; i < len(words); {
		n, found := 0, hit{}
		key := buf[:0]
		for k := i; k < min(i+l.longest, len(words)); k++ {
			if k > i {
				key = append(key, ' ')
			}
			key = append(key, words[k]...)
			if r, ok := l.rules[string(key)]; ok {
				n, found = k+1-i, hit{r, string(key), i, k + 1}
			}
		}
		if n > 0 {
			out = append(out, found)
		}
		i += max(n, 1)
	}
	return out
}
