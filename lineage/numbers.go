package lineage

import (
	"bytes"
	"hash/maphash"
	"strings"
	"sync/atomic"
)

// numbers gives texts small numbers, in the order in which they come, and takes
// none back. It only ever grows, so a copy of it stays a true view of its first
// texts while the one writer adds more: what a copy does not know yet, it does not find.
type numbers struct {
	text  []byte   // the texts without their stems, one behind the other
	at    []uint32 // where each begins, and where the last ends
	stem  []uint16
	stems []stem
	table []uint32 // open addressing: number + 1; 0 is free
	seed  maphash.Seed

	stemOf map[stem]uint16 // the writer's alone, like the next
	last   uint16          // the stem that was used last
}

// stem is what many texts have in common: platform and schema of a table,
// urn:li:dataset:(urn:li:dataPlatform:x,shop.public. and ,PROD).
type stem struct{ head, tail string }

// maxStems bounds the stems; texts with another are kept whole.
const maxStems = 1 << 15

func newNumbers() numbers {
	return numbers{
		at: make([]uint32, 1), stems: make([]stem, 1), table: make([]uint32, 64), seed: maphash.MakeSeed(), stemOf: map[stem]uint16{{}: 0},
	}
}

func (x *numbers) len() int { return len(x.at) - 1 }

// find returns the number of a text.
func (x *numbers) find(text []byte) (uint32, bool) {
	mask := uint64(len(x.table) - 1)
	for i := maphash.Bytes(x.seed, text) & mask; ; i = (i + 1) & mask {
		n := atomic.LoadUint32(&x.table[i]) // a writer may add beside us
		if n == 0 {
			return 0, false
		}
		if int(n) <= x.len() && x.is(n-1, text) {
			return n - 1, true
		}
	}
}

func (x *numbers) is(n uint32, text []byte) bool {
	s, rest := x.stems[x.stem[n]], x.text[x.at[n]:x.at[n+1]]
	if len(text) != len(s.head)+len(rest)+len(s.tail) {
		return false
	}
	end := len(text) - len(s.tail)
	return string(text[:len(s.head)]) == s.head && bytes.Equal(text[len(s.head):end], rest) && string(text[end:]) == s.tail
}

// of returns the text of a number.
func (x *numbers) of(n uint32) string {
	s := x.stems[x.stem[n]]
	return s.head + string(x.text[x.at[n]:x.at[n+1]]) + s.tail
}

// compare orders two numbers by their texts.
func (x *numbers) compare(a, b uint32) int {
	if a == b {
		return 0
	}
	s, t := x.stems[x.stem[a]], x.stems[x.stem[b]]
	n := min(len(s.head), len(t.head))
	if c := strings.Compare(s.head[:n], t.head[:n]); c != 0 {
		return c
	}
	if len(s.head) == len(t.head) {
		p, q := x.text[x.at[a]:x.at[a+1]], x.text[x.at[b]:x.at[b+1]]
		n = min(len(p), len(q))
		if c := bytes.Compare(p[:n], q[:n]); c != 0 {
			return c
		}
	}
	return strings.Compare(x.of(a), x.of(b))
}

// add returns the number of a text, a new one for a new text.
func (x *numbers) add(text []byte) uint32 {
	if n, ok := x.find(text); ok {
		return n
	}
	if 4*(x.len()+1) > 3*len(x.table) {
		x.grow()
	}
	head, rest, tail := cut(text)
	st, ok := x.stemNumber(head, tail)
	if !ok {
		st, rest = 0, text
	}
	x.stem = append(x.stem, st)
	x.text = append(x.text, rest...)
	x.at = append(x.at, uint32(len(x.text)))
	x.place(uint32(x.len()-1), text)
	return uint32(x.len() - 1)
}

func (x *numbers) stemNumber(head, tail []byte) (uint16, bool) {
	if s := x.stems[x.last]; s.head == string(head) && s.tail == string(tail) {
		return x.last, true
	}
	s := stem{string(head), string(tail)}
	n, ok := x.stemOf[s]
	if !ok && len(x.stems) < maxStems {
		n, ok = uint16(len(x.stems)), true
		x.stemOf[s] = n
		x.stems = append(x.stems, s)
	}
	if ok {
		x.last = n
	}
	return n, ok
}

func (x *numbers) place(n uint32, text []byte) {
	mask := uint64(len(x.table) - 1)
	i := maphash.Bytes(x.seed, text) & mask
	for x.table[i] != 0 {
		i = (i + 1) & mask
	}
	atomic.StoreUint32(&x.table[i], n+1)
}

// grow doubles the table; copies go on with the old one.
func (x *numbers) grow() {
	x.table = make([]uint32, 2*len(x.table))
	for n := range x.len() {
		x.place(uint32(n), []byte(x.of(uint32(n))))
	}
}

// clip gives back the room behind the texts that growing left.
func (x *numbers) clip() {
	x.text = bytes.Clone(x.text)
	x.at = append(make([]uint32, 0, len(x.at)), x.at...)
	x.stem = append(make([]uint16, 0, len(x.stem)), x.stem...)
}

// maxTail is the longest end that is worth a stem: the environment of a dataset.
const maxTail = 8

// cut takes a text apart into its stem and the rest, behind the last dot.
func cut(text []byte) (head, rest, tail []byte) {
	i := bytes.IndexByte(text, ',')
	if i < 0 {
		i = bytes.LastIndexByte(text, ':')
	}
	rest = text[i+1:]
	if j := bytes.LastIndexByte(rest, ','); j >= 0 && len(rest)-j <= maxTail {
		rest, tail = rest[:j], rest[j:]
	}
	i += bytes.LastIndexByte(rest, '.') + 1
	return text[:i+1], text[i+1 : len(text)-len(tail)], tail
}
