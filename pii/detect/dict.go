package detect

import (
	_ "embed"
	"strings"
)

//go:embed data/given.txt
var givenText string

//go:embed data/family.txt
var familyText string

//go:embed data/places.txt
var placesText string

//go:embed data/common.txt
var commonText string

//go:embed data/cjk.txt
var cjkText string

// sense is what a word may be.
type sense uint8

const (
	isGiven sense = 1 << iota
	isFamily
	isCity
	isStreet
	isCommon // also an everyday word, which proves nothing by itself
)

// dictionary knows words of names and places, folded.
type dictionary struct {
	words    map[string]sense
	zhFamily map[rune]bool
	zhGiven  map[rune]bool
	koFamily map[rune]bool
	koGiven  map[rune]bool
	jaFamily map[string]bool
	jaGiven  map[string]bool
}

func newDictionary() *dictionary {
	d := &dictionary{words: make(map[string]sense, 1<<14)}
	d.read(givenText, 1, func(string) sense { return isGiven })
	d.read(familyText, 1, func(string) sense { return isFamily })
	d.read(placesText, 1, func(kind string) sense {
		if kind == "city" {
			return isCity
		}
		return isStreet
	})
	d.read(commonText, 0, func(string) sense { return isCommon })
	lists := map[string][]string{}
	for _, line := range strings.Split(cjkText, "\n") {
		if words := strings.Fields(line); len(words) > 1 {
			lists[words[0]] = words[1:]
		}
	}
	d.zhFamily, d.zhGiven = runes(lists["zh_family"]), runes(lists["zh_given"])
	d.koFamily, d.koGiven = runes(lists["ko_family"]), runes(lists["ko_given"])
	d.jaFamily, d.jaGiven = set(lists["ja_family"]), set(lists["ja_given"])
	return d
}

// read files the words of a list; skip is how many words of a line come before them, the first of which is its kind.
func (d *dictionary) read(text string, skip int, meaning func(kind string) sense) {
	for _, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		if len(words) == 0 || words[0] == "#" {
			continue
		}
		for _, w := range words[skip:] {
			m := meaning(words[0])
			if m == isCity { // parts of a name of several words are joined by dashes
				w = strings.ReplaceAll(w, "-", " ")
			}
			d.words[fold(w)] |= m
		}
	}
}

func runes(words []string) map[rune]bool {
	out := map[rune]bool{}
	for _, w := range words {
		for _, r := range w {
			out[r] = true
		}
	}
	return out
}

func set(words []string) map[string]bool {
	out := map[string]bool{}
	for _, w := range words {
		out[w] = true
	}
	return out
}

// is tells whether folded word w has sense m and is no everyday word.
func (d *dictionary) is(w string, m sense) bool {
	s := d.words[w]
	return s&m != 0 && s&isCommon == 0
}

// may is is without the doubt about everyday words: for places where another word already speaks.
func (d *dictionary) may(w string, m sense) bool { return d.words[w]&m != 0 }
