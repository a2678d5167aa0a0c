package detect

import (
	"strings"
	"unicode"
)

// isAddress tells whether v reads as a street address: a number and a word of streets, in any script.
func (d *dictionary) isAddress(v string, t traits) bool {
	if t.runes < 5 || t.letters < 3 {
		return false
	}
	if t.wide > 1 {
		return asianAddress(v)
	}
	if t.digits == 0 && t.spaces == 0 || t.digits*2 > t.runes {
		return false
	}
	words := strings.FieldsFunc(fold(v), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	if t.digits == 0 || hasCase(v) && !names(v) {
		return false
	}
	for _, w := range words {
		if d.may(w, isStreet) || streetEnding(w) {
			return true
		}
	}
	return strings.ContainsAny(v, "\n") && t.digits >= 3
}

// names tells whether a capital begins a word that is not the first, or there are few words: a sentence with a number
// in it has many, and none of them a name.
func names(v string) bool {
	words := 0
	start := true
	for _, r := range v {
		letter := unicode.IsLetter(r)
		if start && letter {
			if words++; words > 1 && unicode.IsUpper(r) {
				return true
			}
		}
		start = !letter
	}
	return words <= 3
}

// streetEnding knows compounds that end in a word for street.
func streetEnding(w string) bool {
	for _, end := range [...]string{"strasse", "straße", "weg", "platz", "gasse", "allee", "ring", "straat", "laan", "plein", "gracht", "kade", "gatan", "vagen", "gata", "veien", "vegen", "gate", "vej", "gade", "katu", "tie", "kuja", "polku", "utca", "stigen", "stien", "torget", "alle", "dreef", "hof"} {
		if len(w) > len(end)+2 && strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// asianAddress counts the endings of administrative steps; a street or block, or two steps, make an address.
func asianAddress(v string) bool {
	steps, street := 0, 0
	for _, w := range [...]string{"都", "道", "府", "県", "市", "区", "町", "村", "郡", "省", "县", "區", "縣", "시", "도", "군", "구", "읍", "면", "동"} {
		if strings.Contains(v, w) {
			steps++
		}
	}
	for _, w := range [...]string{"丁目", "番地", "番", "号", "路", "街", "座", "巷", "弄", "로 ", "길 ", "로", "길", "번지", "Street"} {
		if strings.Contains(v, w) {
			street++
		}
	}
	digits := strings.ContainsAny(v, "0123456789０１２３４５６７８９")
	return digits && (street > 0 && steps > 0 || steps >= 3 || street > 1) || street > 0 && steps >= 1 && len([]rune(v)) > 5 || strings.HasSuffix(v, "座") || digits && strings.HasSuffix(v, "Street")
}

// isCity tells whether v is a listed city, or is built as places are.
func (d *dictionary) isCity(v string, t traits) bool {
	if t.digits > 0 || t.runes < 2 || t.runes > 40 {
		return false
	}
	if t.wide > 1 {
		return asianCity(v) || d.may(v, isCity)
	}
	f := strings.ReplaceAll(fold(v), "-", " ")
	if d.may(f, isCity) {
		return true
	}
	for _, prefix := range [...]string{"kota ", "kabupaten ", "кота ", "п ", "г ", "с ", "д ", "ст ", "клх ", "к ", "saint ", "sankt ", "bad ", "san ", "santa ", "sao "} {
		f = strings.ReplaceAll(f, ". ", " ")
		if rest, ok := strings.CutPrefix(f, prefix); ok && (d.may(rest, isCity) || len(prefix) <= 5 && len(prefix) > 2 && prefix[0] > 'z') {
			return true
		}
	}
	return placeBuilt(f)
}

// placeBuilt knows how English, French, German, Spanish, Portuguese and Hungarian put names of towns together.
func placeBuilt(f string) bool {
	first, rest, several := strings.Cut(f, " ")
	if several && rest != "" && !strings.Contains(rest, " ") && hasWord("north south east west port lake new nueva nuevo san santa sao vila villa saint sainte st fort mount", first) {
		return true
	}
	for _, end := range [...]string{"ville", "town", "burgh", "borough", "berg", "bury", "chester", "shire", "stad", "port", "haven", "furt", "mouth", "view", "side", "fort", "furth", "stadt", "hausen", "ingen", "falva", "haza", "vasarhely", "fold", "szentmiklos", "pur", "abad", "garh", "polis"} {
		if len(f) > len(end)+2 && strings.HasSuffix(f, end) {
			return true
		}
	}
	return false
}

func asianCity(v string) bool {
	r := []rune(v)
	switch r[len(r)-1] {
	case '市', '区', '町', '村', '县', '縣', '區', '郡', '시', '군', '구', '읍', '면':
		return len(r) >= 2 && len(r) <= 10
	}
	return false
}
