package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of a query. What is longer says no more about the table that is meant.
const (
	maxRunes = 1000
	maxWords = 32
)

// Parsed is a query as it was understood. It is data: nothing in it runs.
type Parsed struct {
	Text     string
	Words    []string            // content words in their order
	Phrases  [][]string          // words that must stand side by side
	Not      []string            // words that must not be there
	Filters  map[string][]string // facet -> wanted values
	Without  map[string][]string // facet -> refused values
	Names    []string            // keys of names that stand in a question
	Question bool
	Note     string // what was ignored, and why
}

// fields of the syntax and the facet they filter by.
var fields = map[string]string{
	"type": keyType, "kind": FacetKind, "platform": FacetPlatform, "system": FacetPlatform, "zone": FacetZone, "schema": FacetZone, "owner": FacetOwner,
	"domain": FacetDomain, "tag": FacetTag, "term": FacetTerm, "personal": FacetPersonal, "pii": FacetPersonal, "env": keyEnv, "trust": FacetTrust,
	"written": FacetWritten, "deprecated": keyDeprecated, "certified": keyCertified, "column": filterColumn, "updated": filterUpdated,
}

// The filters that are no keywords.
const (
	filterColumn  = "column"
	filterUpdated = "updated"
)

// Parse reads a query: words, "adjacent words", -excluded, and field:value.
func Parse(text string) Parsed {
	p := Parsed{Filters: map[string][]string{}, Without: map[string][]string{}}
	if utf8.RuneCountInString(text) > maxRunes {
		text = string([]rune(text)[:maxRunes])
		p.Note = "only the first 1,000 characters were read"
	}
	var said []string
	for _, t := range split(text) {
		p.take(t, &said)
	}
	p.Text = strings.Join(said, " ")
	p.content(said)
	return p
}

// piece is one blank-separated part of a query.
type piece struct {
	text          string
	minus, quoted bool
}

// split cuts at blanks outside quotes. A quote that never closes is a letter.
func split(text string) []piece {
	var out []piece
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		var p piece
		if len(text) > 1 && text[0] == '-' && !unicode.IsSpace(rune(text[1])) {
			p.minus, text = true, text[1:]
		}
		if text[0] == '"' {
			if end := strings.IndexByte(text[1:], '"'); end >= 0 {
				p.text, p.quoted, text = text[1:end+1], true, text[end+2:]
				out = append(out, p)
				continue
			}
		}
		end := blank(text)
		p.text, text = text[:end], text[end:]
		out = append(out, p)
	}
	return out
}

// blank finds the end of a word; quotes inside, as in owner:"Ana B", hide blanks.
func blank(text string) int {
	quoted := false
	for i, r := range text {
		switch {
		case r == '"' && (quoted || i > 0 && text[i-1] == ':'):
			quoted = !quoted
		case unicode.IsSpace(r) && !quoted:
			return i
		}
	}
	return len(text)
}

func (p *Parsed) take(t piece, said *[]string) {
	field, value, ok := strings.Cut(t.text, ":")
	facet, known := fields[strings.ToLower(field)]
	value = strings.Trim(value, `"`)
	switch {
	case !t.quoted && ok && known && value != "":
		to := p.Filters
		if t.minus {
			to = p.Without
		}
		to[facet] = append(to[facet], strings.ToLower(named(value)))
	case t.minus:
		p.Not = append(p.Not, cutQuery(t.text)...)
	case t.quoted:
		if words := cutQuery(t.text); len(words) > 0 {
			p.Phrases = append(p.Phrases, words)
		}
		*said = append(*said, t.text)
	default:
		*said = append(*said, t.text)
	}
}

// content decides whether the text is a question and which of its words count.
func (p *Parsed) content(said []string) {
	all := cutQuery(strings.Join(said, " "))
	stop := articles
	full := without(all, questionWords)
	if p.Question = asks(said, all, full); p.Question {
		stop = questionWords
		p.Names, p.Phrases = namesIn(said), nil // quotes in a question hold values, not names
	}
	p.Words = without(all, stop)
	if p.Question {
		p.Words = slices.DeleteFunc(p.Words, smallNumber)
	}
	if len(p.Words) == 0 {
		p.Words = all
	}
	p.Words = distinct(p.Words)
	if len(p.Words) > maxWords {
		p.Words = p.Words[:maxWords]
		p.Note = "only the first 32 words were read"
	}
}

// A text is a question with this many words that say something, or in all.
const (
	questionContent = 6
	questionLength  = 9
)

// asks says whether a text is a question or an order rather than a name: by how it
// opens, by an interrogative anywhere, by its mark, or by its length.
func asks(said, all, content []string) bool {
	if len(all) < 3 {
		return false
	}
	return openers[all[0]] || len(content) >= questionContent || len(all) >= questionLength ||
		strings.HasSuffix(said[len(said)-1], "?") || anyOf(all, interrogatives)
}

// smallNumber is how many, not which; 2024 may be the year of a table.
func smallNumber(w string) bool { return isNumber(w) && len(w) < 4 }

func without(words []string, stop map[string]bool) []string {
	var out []string
	for _, w := range words {
		letter := len(w) == 1 && w[0] >= 'a'
		if !stop[w] && !stop[Stem(w)] && !letter {
			out = append(out, w)
		}
	}
	return out
}

func distinct(words []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, w := range words {
		if s := Stem(w); !seen[s] {
			seen[s] = true
			out = append(out, w)
		}
	}
	return out
}

// namesIn finds the names that a question spells: a_b, x.y and `in back-ticks`.
func namesIn(said []string) []string {
	var out []string
	for _, w := range said {
		ticked := len(w) > 2 && w[0] == '`'
		w = strings.Trim(w, "`'\"?!,;:()[].")
		inner := strings.IndexAny(w, "._")
		if (ticked || inner > 0 && inner < len(w)-1 && !isNumber(strings.NewReplacer(".", "", "_", "").Replace(w))) && len(w) > 2 {
			out = append(out, Key(w))
		}
	}
	return out
}
