package detect

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// fold returns s in the form in which names and values are compared: full-width characters narrowed, diacritics
// and letter case removed, white space trimmed.
func fold(s string) string {
	s = strings.TrimSpace(s)
	if isPlain(s) {
		return s
	}
	if isASCII(s) {
		return strings.ToLower(s)
	}
	return strings.ToLower(plain(s))
}

// plain narrows full-width characters and drops diacritics of Latin, Greek and Cyrillic letters; Hangul and Kana stay whole.
func plain(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(width.Fold.String(s)) {
		if unicode.Is(unicode.Mn, r) && r < 0x3000 {
			continue
		}
		if t, ok := undecomposed[r]; ok {
			b.WriteString(t)
			continue
		}
		b.WriteRune(westernDigit(r))
	}
	return norm.NFC.String(b.String())
}

// westernDigit turns the digits of other scripts into those of ASCII.
func westernDigit(r rune) rune {
	if r < 0x0660 || !unicode.Is(unicode.Nd, r) {
		return r
	}
	for _, zero := range [...]rune{0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50, 0x0ED0, 0x17E0} {
		if r >= zero && r <= zero+9 {
			return r - zero + '0'
		}
	}
	return r
}

// undecomposed are Latin letters that Unicode does not take apart although people type them without their stroke.
var undecomposed = map[rune]string{
	'ß': "ss", 'ẞ': "ss", 'ø': "o", 'Ø': "o", 'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe", 'ł': "l", 'Ł': "l",
	'đ': "d", 'Đ': "d", 'ð': "d", 'Ð': "d", 'þ': "th", 'Þ': "th", 'ı': "i", 'ς': "σ", 'ħ': "h", 'Ħ': "h",
	'‐': "-", '‑': "-", '‒': "-", '–': "-", '—': "-", '−': "-", '\u200b': "", '\u200c': "", '\u200d': "", '\ufeff': "",
}

func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// digitsOf returns the digits of s.
func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, s)
}
