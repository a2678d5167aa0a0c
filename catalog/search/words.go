package search

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// class is what a letter is for cutting words.
type class uint8

const (
	border class = iota
	lower
	upper
	digit
	ideograph // Han, Kana and Hangul, which are written without spaces
)

func classOf(r rune) class {
	switch {
	case r < unicode.MaxASCII:
		return asciiClass(byte(r))
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r == 'ー':
		return ideograph
	case unicode.IsUpper(r):
		return upper
	case unicode.IsLetter(r) || unicode.IsMark(r):
		return lower
	case unicode.IsDigit(r):
		return digit
	}
	return border
}

func asciiClass(c byte) class {
	switch {
	case c >= 'a' && c <= 'z':
		return lower
	case c >= 'A' && c <= 'Z':
		return upper
	case c >= '0' && c <= '9':
		return digit
	}
	return border
}

// Cut cuts text into words at punctuation, at the borders of case, digits and
// scripts. Short letters before digits are kept whole too (v2 v 2), ideographs come
// in overlapping pairs, and accented words come with and without their accents.
func Cut(text string) []string {
	c := cutter{}
	c.cut(text)
	return c.out
}

// cutQuery cuts like Cut but gives each word once: v2, not v2 v 2, without accents
// and without particles.
func cutQuery(text string) []string {
	c := cutter{once: true}
	c.cut(text)
	return c.out
}

type cutter struct {
	out  []string
	once bool
}

// longestWord bounds what one word of a document may weigh.
const longestWord = 64

func (c *cutter) cut(text string) {
	runes := []rune(norm.NFKC.String(text))
	for from := 0; from < len(runes); {
		kind := classOf(runes[from])
		to := from + 1
		for to < len(runes) && !breaks(runes, kind, to) {
			if k := classOf(runes[to]); k != upper || kind != lower {
				kind = k
			}
			to++
		}
		switch {
		case classOf(runes[from]) == border:
		case classOf(runes[from]) == ideograph:
			c.pairs(runes[from:to])
		default:
			to = c.word(runes, from, to)
		}
		from = to
	}
}

// breaks says whether a new word begins at i, after a letter of the kind before.
func breaks(runes []rune, before class, i int) bool {
	k := classOf(runes[i])
	switch {
	case k == border || before == border:
		return true
	case k == ideograph || before == ideograph || k == digit || before == digit:
		return k != before
	case k == upper && before == lower:
		return true
	case k == upper && i+1 < len(runes) && classOf(runes[i+1]) == lower:
		return !pluralTail(runes, i)
	}
	return false
}

// pluralTail says that the letters at i are the end of IDs or URLs, not a new word.
func pluralTail(runes []rune, i int) bool {
	return i+1 < len(runes) && runes[i+1] == 's' && (i+2 == len(runes) || classOf(runes[i+2]) == border)
}

// word adds runes[from:to]; a word of one or two letters takes the digits behind it.
func (c *cutter) word(runes []rune, from, to int) int {
	end := to
	if to-from <= 2 && classOf(runes[from]) != digit {
		for end < len(runes) && classOf(runes[end]) == digit {
			end++
		}
	}
	if end == to {
		c.add(runes[from:to])
		return to
	}
	c.add(runes[from:end])
	if !c.once {
		c.add(runes[from:to])
		c.add(runes[to:end])
	}
	return end
}

func (c *cutter) add(r []rune) {
	w := strings.ToLower(string(r[:min(len(r), longestWord)]))
	f := Fold(w)
	if f != w && !c.once {
		c.out = append(c.out, w)
	}
	c.out = append(c.out, f)
}

func (c *cutter) pairs(r []rune) {
	if c.once {
		r = []rune(bare(string(r)))
	}
	if len(r) == 1 {
		c.out = append(c.out, string(r))
	}
	for i := 0; i+1 < len(r); i++ {
		c.out = append(c.out, string(r[i:i+2]))
	}
}

// unaccented letters that no decomposition gives.
var unaccented = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i")

// Fold returns a lower-case word without its accents; ideographs and Hangul stay.
func Fold(w string) string {
	if isASCII(w) {
		return w
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(unaccented.Replace(w)) {
		if !unicode.Is(unicode.Mn, r) || classOf(r) == ideograph {
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// Key joins the letters and digits of a name: fct net revenue, fctNetRevenue and
// FCT_NET_REVENUE have one key. Two names with one key are the same to a person.
func Key(name string) string {
	var b strings.Builder
	b.Grow(len(name))
	if isASCII(name) {
		for i := range len(name) {
			switch c := name[i]; asciiClass(c) {
			case border:
			case upper:
				b.WriteByte(c + 'a' - 'A')
			default:
				b.WriteByte(c)
			}
		}
		return b.String()
	}
	for _, r := range norm.NFKC.String(name) {
		if classOf(r) != border {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return Fold(b.String())
}

// layers are words that say where in a warehouse a table stands, not what it holds.
var layers = map[string]bool{"fct": true, "fact": true, "dim": true, "tbl": true, "vw": true, "mart": true}

// looseKey is the key of a name in the singular without the words of its layer:
// students means dim_student too. The mark keeps it apart from plain keys.
func looseKey(name string) string {
	words := cutQuery(name)
	for len(words) > 1 && layers[words[0]] {
		words = words[1:]
	}
	for len(words) > 1 && layers[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	var b strings.Builder
	b.WriteByte('~')
	for _, w := range words {
		b.WriteString(singular(w))
	}
	return b.String()
}
