package detect

import (
	"strings"
	"unicode"
)

// script groups runes between which a name is cut.
type script int

const (
	scriptNone script = iota
	scriptLower
	scriptUpper
	scriptDigit
	scriptHangul
	scriptHan
	scriptKana
)

func scriptOf(r rune) script {
	switch {
	case r >= '0' && r <= '9':
		return scriptDigit
	case unicode.IsUpper(r):
		return scriptUpper
	case unicode.Is(unicode.Hangul, r):
		return scriptHangul
	case unicode.Is(unicode.Han, r):
		return scriptHan
	case unicode.Is(unicode.Hiragana, r), unicode.Is(unicode.Katakana, r), r == 'ー':
		return scriptKana
	case unicode.IsLetter(r):
		return scriptLower
	}
	return scriptNone
}

// split cuts a name into folded words: at separators, at camel humps, between letters and digits, between scripts.
func split(name string) []string {
	if !isASCII(name) {
		name = plain(name)
	}
	runes := []rune(name)
	var words []string
	from := 0
	cut := func(to int) {
		if to > from {
			words = append(words, strings.ToLower(string(runes[from:to])))
		}
		from = to
	}
	for i, r := range runes {
		here := scriptOf(r)
		if here == scriptNone {
			cut(i)
			from = i + 1
			continue
		}
		if i == from {
			continue
		}
		switch before := scriptOf(runes[i-1]); {
		case before == scriptLower && here == scriptUpper:
			cut(i)
		case before == scriptUpper && here == scriptLower:
			if i-1 > from { // HPNo: the last capital begins the next word
				cut(i - 1)
			}
		case before != here:
			cut(i)
		}
	}
	cut(len(runes))
	return words
}

// segment cuts words of scripts written without blanks into those that known holds, the longest first. What no
// word of known begins is kept as it is.
func segment(words []string, known func(string) bool) []string {
	var out []string
	for _, w := range words {
		if r := []rune(w); len(r) > 1 && scriptOf(r[0]) >= scriptHangul {
			out = append(out, segmentRun(r, known)...)
			continue
		}
		out = append(out, w)
	}
	return out
}

func segmentRun(r []rune, known func(string) bool) []string {
	var out []string
	from := 0 // start of what no word covers
	for i := 0; i < len(r); {
		n := longest(r[i:], known)
		if n == 0 {
			i++
			continue
		}
		if i > from {
			out = append(out, string(r[from:i]))
		}
		out = append(out, string(r[i:i+n]))
		i += n
		from = i
	}
	if from < len(r) {
		out = append(out, string(r[from:]))
	}
	return out
}

func longest(r []rune, known func(string) bool) int {
	for n := min(len(r), 10); n > 0; n-- {
		if known(string(r[:n])) {
			return n
		}
	}
	return 0
}

// lookalikes are letters of other scripts that stand for Latin ones in a word that is otherwise Latin.
var lookalikes = strings.NewReplacer("а", "a", "е", "e", "о", "o", "р", "p", "с", "c", "х", "x", "у", "y", "і", "i", "ѕ", "s", "ј", "j", "һ", "h", "ԁ", "d",
	"ӏ", "l", "к", "k", "м", "m", "т", "t", "в", "b", "ο", "o", "α", "a", "ε", "e", "ι", "i", "ν", "v", "ρ", "p", "τ", "t", "υ", "u", "κ", "k")

// unmask turns lookalikes back where Latin letters stand beside them; a word wholly of its own script stays.
func unmask(w string) string {
	if isASCII(w) {
		return w
	}
	for i := 0; i < len(w); i++ {
		if isLower(w[i]) {
			return lookalikes.Replace(w)
		}
	}
	return w
}

// singular takes the English plural from a word; words that are no plural mostly stay whole.
func singular(w string) string {
	switch {
	case len(w) > 4 && strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case len(w) > 4 && (strings.HasSuffix(w, "sses") || strings.HasSuffix(w, "xes") || strings.HasSuffix(w, "ches")):
		return w[:len(w)-2]
	case len(w) > 3 && w[len(w)-1] == 's' && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		return w[:len(w)-1]
	}
	return w
}
