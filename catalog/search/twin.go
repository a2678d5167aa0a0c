package search

import (
	"hash/fnv"
	"math"
	"slices"
	"strings"

	"waymark/catalog"
)

// shapeSize is how many minima a shape has: two sets of columns that share nine
// tenths differ in about three of them.
const shapeSize = 16

// shapeOf is the MinHash of the column names; zero without columns.
func shapeOf(s *catalog.Schema) (shape [shapeSize]uint32) {
	if s == nil || len(s.Columns) == 0 {
		return shape
	}
	for i := range shape {
		shape[i] = math.MaxUint32
	}
	for _, c := range s.Columns {
		h := fnv.New64a()
		h.Write([]byte(Key(c.Name)))
		sum := h.Sum64()
		for i := range shape {
			sum = mix(sum + uint64(i)*0x9e3779b97f4a7c15)
			shape[i] = min(shape[i], uint32(sum>>32))
		}
	}
	return shape
}

// mix spreads the bits of a number over all of it.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// alike says that two shapes agree on nine tenths of their minima.
func alike(a, b *Document) bool {
	if a.Shape == ([shapeSize]uint32{}) {
		return false
	}
	same := 0
	for i := range a.Shape {
		if a.Shape[i] == b.Shape[i] {
			same++
		}
	}
	return 10*same >= 9*shapeSize
}

// Twins says whether a and b are copies of one table: the same columns, the same
// stem of name, and either a known copy or the same name in another place.
func Twins(a, b *Document) bool { return twins(a, b, stemOfName) }

// stemCache computes the stem of each name once: a page compares every hit with all.
type stemCache map[*Document]string

func (c stemCache) of(d *Document) string {
	s, known := c[d]
	if !known {
		s = stemOfName(d)
		c[d] = s
	}
	return s
}

func twins(a, b *Document, stem func(*Document) string) bool {
	if a.URN == b.URN || a.Type != b.Type || !alike(a, b) {
		return false
	}
	if a.CopyOf == b.URN || b.CopyOf == a.URN || a.CopyOf != "" && a.CopyOf == b.CopyOf {
		return true
	}
	return stem(a) == stem(b)
}

// foldWindow is how many better candidates of a stage one is compared with: five full
// pages. All of them would make a long list's time grow with its square.
const foldWindow = 500

// fold moves, inside each stage, the copies of a better candidate behind the rest,
// so that three hundred shards of a day do not fill the page, and returns how many it
// moved. What was found by its own name stays where it is.
func (f *finder) fold() (moved int) {
	var out, copies []candidate
	from, stems := 0, stemCache{} // where the stage begins in out
	for i := range f.list {
		c := &f.list[i]
		if i > 0 && f.list[i-1].stage != c.stage {
			out, copies = append(out, copies...), nil
			from = len(out)
		}
		better := out[from:min(len(out), from+foldWindow)]
		if c.stage != Identity && slices.ContainsFunc(better, func(x candidate) bool { return copied(x.doc, c.doc, stems.of) }) {
			copies = append(copies, *c)
			moved++
			continue
		}
		out = append(out, *c)
	}
	f.list = append(out, copies...)
	return moved
}

// copied is the stricter Twins by which candidates are moved: a table of the same name
// in another schema is a copy only with exactly the same columns.
func copied(a, b *Document, stem func(*Document) string) bool {
	return twins(a, b, stem) && (a.Words[FieldColumns] == b.Words[FieldColumns] || parentOf(a) == parentOf(b))
}

// stemOfName is the bare name without numbers and the marks of copies.
func stemOfName(d *Document) string {
	words := slices.DeleteFunc(strings.Fields(d.Words[FieldName]), func(w string) bool {
		return isNumber(w) || temporaryTails[w] || temporaryHeads[w] || w == "v" || len(w) > 1 && w[0] == 'v' && isNumber(w[1:])
	})
	return strings.Join(words, " ")
}
