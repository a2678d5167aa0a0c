package detect

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxGroups bounds how many tokens one number may be written in.
const maxGroups = 9

// token is a run of letters and digits, in upper case, and what parts it from the token before.
type token struct {
	from, to   int  // runes
	at, end    int  // bytes of scan.text
	lo, hi     int  // bytes of scan.upper
	sep        byte // the one separator before it; 0 when there is none, or more than one character
	digits     int
	unreadable bool // holds letters that no number has
}

// scan is one text on its way through the recognisers.
type scan struct {
	text   string
	upper  []byte
	tokens []token
	spans  []Span
	near   window
	byteAt int // where runes were last counted to,
	runeAt int // and how many there are before it
}

// Recognize finds the spans of text that are identifiers, in order of their start, the surest first among those that
// start together. Where several formats fit one number all are returned: the candidates are for the caller to weigh.
func (d *Detector) Recognize(text string) []Span {
	s := scan{text: text}
	s.addresses()
	if s.tokenise(); s.hasDigits() {
		for i := range s.tokens {
			d.numbersAt(&s, i)
		}
		s.phones()
	}
	slices.SortStableFunc(s.spans, func(a, b Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return cmp.Compare(b.Score, a.Score)
	})
	return s.spans
}

// hasDigits tells whether a number is possible: a digit, or the dotted groups of a hardware address.
func (s *scan) hasDigits() bool {
	for i := range s.tokens {
		t := &s.tokens[i]
		if t.digits > 0 || t.sep != 0 && t.sep != ' ' && (t.hi-t.lo == 2 || t.hi-t.lo == 4) {
			return true
		}
	}
	return false
}

// tokenise cuts the text. Full-width forms count as what they stand for; Hangul, Han and Kana end a token as blanks do.
func (s *scan) tokenise() {
	s.upper = make([]byte, 0, len(s.text))
	s.tokens = make([]token, 0, 8)
	at, open, gap := 0, false, 0
	var sep byte
	for i := 0; i < len(s.text); at++ {
		r, size := rune(s.text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s.text[i:])
			r = narrow(r)
		}
		c, word := tokenByte(r)
		i += size
		if !word {
			open, gap, sep = false, gap+1, separator(r)
			continue
		}
		if !open {
			t := token{from: at, at: i - size, lo: len(s.upper)}
			if gap == 1 {
				t.sep = sep
			}
			s.tokens = append(s.tokens, t)
			open, gap = true, 0
		}
		t := &s.tokens[len(s.tokens)-1]
		s.upper = append(s.upper, c)
		t.to, t.end, t.hi = at+1, i, len(s.upper)
		if isDigit(c) {
			t.digits++
		} else if c == '?' {
			t.unreadable = true
		}
	}
}

// tokenByte returns the byte of r inside a token, '?' for letters that no number has.
func tokenByte(r rune) (c byte, word bool) {
	switch {
	case '0' <= r && r <= '9' || 'A' <= r && r <= 'Z':
		return byte(r), true
	case 'a' <= r && r <= 'z':
		return byte(r - 'a' + 'A'), true
	case r == '_':
		return '?', true
	case r < utf8.RuneSelf || wideScript(r):
		return 0, false
	}
	return '?', unicode.IsLetter(r) || unicode.IsDigit(r)
}

// wideScript tells whether r belongs to a script written without blanks, next to which a number stands free.
func wideScript(r rune) bool {
	return r >= 0x1100 && (unicode.Is(unicode.Han, r) || unicode.Is(unicode.Hangul, r) || unicode.Is(unicode.Hiragana, r) || unicode.Is(unicode.Katakana, r))
}

// narrow turns full-width ASCII and the dashes of Unicode into ASCII.
func narrow(r rune) rune {
	switch {
	case r >= 0xFF01 && r <= 0xFF5E:
		return r - 0xFF01 + '!'
	case r >= 0x2010 && r <= 0x2015, r == 0x2212:
		return '-'
	case r == 0x00A0, r == 0x3000, r == 0x202F:
		return ' '
	}
	return westernDigit(r)
}

func separator(r rune) byte {
	switch r {
	case ' ', '-', '.', '/', ':':
		return byte(r)
	case '\t', '\n':
		return ' '
	}
	return 0
}

// numbersAt tries every number that starts at token i.
func (d *Detector) numbersAt(s *scan, i int) {
	first := &s.tokens[i]
	if first.unreadable || tied(s, i) {
		return
	}
	var lengths [maxGroups]int
	var buf [64]byte
	joined := buf[:0]
	digits := 0
	var seps [maxGroups]byte
	for k := 0; k < maxGroups && i+k < len(s.tokens); k++ {
		t := &s.tokens[i+k]
		if k > 0 && (t.sep == 0 || t.unreadable) || len(joined)+t.hi-t.lo > 34 {
			return
		}
		seps[k], lengths[k] = t.sep, t.hi-t.lo
		joined = append(joined, s.upper[t.lo:t.hi]...)
		digits += t.digits
		if tiedAfter(s, i+k) {
			continue
		}
		d.numbers(s, number{joined, lengths[:k+1], seps[1 : k+1], first, t, digits})
	}
}

// tied tells whether the token hangs at digits before it by a dash or a dot, so that no number starts here.
func tied(s *scan, i int) bool {
	t := &s.tokens[i]
	return i > 0 && (t.sep == '-' || t.sep == '.') && s.tokens[i-1].digits > 0 && t.digits > 0
}

func tiedAfter(s *scan, i int) bool {
	if i+1 >= len(s.tokens) {
		return false
	}
	n := &s.tokens[i+1]
	return (n.sep == '-' || n.sep == '.' || n.sep == ':') && n.digits > 0 && s.tokens[i].digits > 0
}

// number is a candidate: its compact form, how it was written, and where.
type number struct {
	compact     []byte
	lengths     []int
	seps        []byte
	first, last *token
	digits      int
}

// numbers adds a span for each format that n satisfies.
func (d *Detector) numbers(s *scan, n number) {
	if n.digits == 0 && !(len(n.compact) == 12 && len(n.lengths) > 1) { // of all numbers, only a MAC address may lack digits
		return
	}
	if len(n.lengths) == 1 {
		if len(n.compact) < 5 { // too short to be told from any count
			return
		}
		for _, f := range d.single[len(n.compact)] {
			d.try(s, f, n)
		}
	} else if mixed(n) {
		return
	} else {
		for _, f := range d.groups[groupKey(n.lengths)] {
			d.try(s, f, n)
		}
	}
	if len(n.compact) >= 15 && isUpper(n.compact[0]) && isUpper(n.compact[1]) && isDigit(n.compact[2]) {
		d.try(s, d.formats["iban"], n)
	}
	if len(n.compact) >= 4 && isUpper(n.compact[0]) && isUpper(n.compact[1]) && len(n.compact) <= 14 {
		d.try(s, d.formats["eu.vat"], n)
		d.try(s, d.formats["vatin"], n)
	}
}

// mixed tells whether blanks and other separators meet in one number of digits: two neighbours, not one number.
func mixed(n number) bool {
	blank, other := false, false
	for _, c := range n.seps {
		blank, other = blank || c == ' ', other || c != ' '
	}
	return blank && other && len(n.compact) == n.digits
}

// uniform tells whether one separator was used throughout.
func uniform(seps []byte) bool {
	for _, c := range seps {
		if c != seps[0] {
			return false
		}
	}
	return true
}

func groupKey(lengths []int) string {
	var b [maxGroups]byte
	for i, n := range lengths {
		b[i] = byte(n)
	}
	return string(b[:len(lengths)])
}

func (d *Detector) try(s *scan, f *format, n number) {
	if !f.sure(n.compact) || f.strict && !uniform(n.seps) {
		return
	}
	announced := s.announced(f.words, n.first.at, n.last.end)
	if f.keyed && !announced && len(n.lengths) == 1 {
		return
	}
	s.spans = append(s.spans, Span{Start: n.first.from, End: n.last.to, Format: f.name, Entity: f.class,
		Score: f.confidence(len(n.lengths) > 1, announced), Checksum: f.digits})
}

// confidence weighs a hit in a text: what a pass proves, whether it is written in groups, and whether a word announces it.
func (f *format) confidence(written, announced bool) float64 {
	score := 0.1
	switch p := f.rate(); {
	case p <= 0.0015:
		score = 0.85
	case p <= 0.02:
		score = 0.65
	case p <= 0.12:
		score = 0.4
	case p < 1:
		score = 0.2
	}
	if written {
		score += 0.2
	}
	if announced {
		score += 0.4
	}
	return min(score, 0.99)
}

// window is the folded text around a span, kept for the next format that is tried on it.
type window struct {
	lo, hi int
	text   string
}

// announced tells whether one of words stands near the bytes from lo to hi: in the 90 before them or the 45 after.
func (s *scan) announced(words string, lo, hi int) bool {
	if words == "" {
		return false
	}
	if s.near.lo != lo || s.near.hi != hi || s.near.text == "" {
		s.near = window{lo, hi, fold(strings.ToValidUTF8(s.text[max(0, lo-90):min(len(s.text), hi+45)], ""))}
	}
	for words != "" {
		var w string
		if w, words = cutWord(words); hasWhole(s.near.text, w) {
			return true
		}
	}
	return false
}

// hasWhole tells whether word stands in text, at borders where its script has borders.
func hasWhole(text, word string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return false
		}
		i += at
		end := i + len(word)
		if word[0] >= utf8.RuneSelf || (i == 0 || !isLower(text[i-1])) && (end == len(text) || !isLower(text[end])) {
			return true
		}
		at = end
	}
}

func isLower(c byte) bool { return 'a' <= c && c <= 'z' }
