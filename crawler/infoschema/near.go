package infoschema

import (
	"slices"
	"strings"
	"unicode"

	"waymark/catalog"
)

// near looks for the parts of a probe in the cells of a row, for databases that
// cannot: all parts in one pass, by an automaton of Aho and Corasick.
type near struct {
	text, digits automaton
}

func newNear(p catalog.Probe) near {
	return near{build(slices.Concat(p.Text, p.Encoded)), build(p.Digits)}
}

// meets reports whether one of the cells may hold a part. Digits may go on in the
// next cell, which is a superset as good as any.
func (n near) meets(cells []string) bool {
	digit := int32(0)
	for _, cell := range cells {
		if strings.HasPrefix(cell, BinaryMark) && n.text.in(cell[len(BinaryMark):]) {
			return true // a digest, as bytes
		}
		if strings.HasPrefix(cell, BinaryMark) {
			cell = strings.ReplaceAll(string(Bytes(cell)), "\x00", "")
		}
		at := int32(0)
		for _, r := range cell {
			if r >= 0x80 {
				if r = narrow(r); r < 0 {
					continue
				}
			}
			if 'A' <= r && r <= 'Z' {
				r += 'a' - 'A'
			}
			if r >= 0x80 {
				for _, b := range []byte(string(unicode.ToLower(r))) {
					at = n.text.step(at, b)
				}
			} else {
				at = n.text.step(at, byte(r))
				if '0' <= r && r <= '9' {
					digit = n.digits.step(digit, byte(r))
				}
			}
			if n.text.ends(at) || n.digits.ends(digit) {
				return true
			}
		}
	}
	return false
}

// narrow is the plain form of a full-width letter, -1 for an invisible one.
func narrow(r rune) rune {
	switch {
	case 0xff01 <= r && r <= 0xff5e:
		return r - 0xfee0
	case unicode.Is(unicode.Cf, r):
		return -1
	}
	return r
}

// automaton finds many words in one pass over a text.
type automaton struct {
	next [][256]int32
	end  []bool
}

func (a automaton) step(at int32, b byte) int32 {
	if len(a.next) == 0 {
		return 0
	}
	return a.next[at][b]
}

// in reports whether one of the words stands in text, which is in lower case.
func (a automaton) in(text string) bool {
	at := int32(0)
	for i := range len(text) {
		if at = a.step(at, text[i]); a.ends(at) {
			return true
		}
	}
	return false
}

func (a automaton) ends(at int32) bool { return len(a.end) > 0 && a.end[at] }

func build(words []string) (a automaton) {
	if len(words) == 0 {
		return a
	}
	a.next, a.end = make([][256]int32, 1), make([]bool, 1)
	for _, w := range words {
		at := int32(0)
		for _, b := range []byte(w) {
			if a.next[at][b] == 0 {
				a.next, a.end = append(a.next, [256]int32{}), append(a.end, false)
				a.next[at][b] = int32(len(a.next) - 1)
			}
			at = a.next[at][b]
		}
		a.end[at] = true
	}
	a.link()
	return a
}

// link completes the automaton: where a word does not go on, the longest of its ends
// that begins another word does.
func (a automaton) link() {
	fail := make([]int32, len(a.next))
	var queue []int32
	for _, to := range a.next[0] {
		if to != 0 {
			queue = append(queue, to)
		}
	}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		a.end[at] = a.end[at] || a.end[fail[at]]
		for b, to := range a.next[at] {
			if to == 0 {
				a.next[at][b] = a.next[fail[at]][b]
				continue
			}
			fail[to] = a.next[fail[at]][b]
			queue = append(queue, to)
		}
	}
}
