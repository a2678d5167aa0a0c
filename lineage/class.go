package lineage

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// class is what an edge shares with many others: who says it, how surely, and its
// marks. An edge in memory is two numbers and its class; who exactly said it, and
// when, is read from the store where it is asked for.
type class struct {
	origins []originSaid // the surest first
	marks   marks
}

type originSaid struct {
	origin Origin
	sure   uint16 // thousandths
}

// marks are what is true of an edge besides its origins.
type marks uint8

const (
	isCopy     marks = 1 << iota // every column goes over unchanged
	isStale                      // only logs say it, and none did for long
	isRefuted                    // a person says that it is wrong
	isComplete                   // its origin knows every source of the downstream asset
	isDisputed                   // a complete origin does not know it
)

// confidence adds up the origins: 1 - product of (1 - confidence).
func (c class) confidence() float64 {
	missed, told := 1.0, false
	for _, o := range c.origins {
		missed *= 1 - float64(o.sure)/1000
		told = told || o.sure >= 1000
	}
	if told {
		return 1
	}
	return min(1-missed, mostSure)
}

// classes gives each distinct class a number. Its list only grows, so that
// snapshots share it; the maps are the writer's alone.
type classes struct {
	list   []class
	of     map[string]uint16
	joined map[[2]uint16]uint16
}

func newClasses() classes {
	return classes{of: map[string]uint16{}, joined: map[[2]uint16]uint16{}}
}

// maxExact is how many classes are kept exactly; beyond it an edge keeps its surest
// origin alone, of which there are fewer than the numbers that remain.
const maxExact = 50_000

func (x *classes) number(c class) uint16 {
	key := c.key()
	if n, ok := x.of[key]; ok {
		return n
	}
	if len(x.list) >= maxExact && len(c.origins) > 1 {
		c.origins = c.origins[:1]
		return x.number(c)
	}
	if len(x.list) > 1<<16-1 {
		return 0
	}
	n := uint16(len(x.list))
	x.list = append(x.list, c)
	x.of[key] = n
	return n
}

func (c class) key() string {
	b := []byte{byte(c.marks)}
	for _, o := range c.origins {
		b = append(append(b, o.origin...), ' ')
		b = binary.BigEndian.AppendUint16(b, o.sure)
	}
	return string(b)
}

// join is the class of an edge that both a and b are said of.
func (x *classes) join(a, b uint16) uint16 {
	if a == b {
		return a
	}
	if a > b {
		a, b = b, a
	}
	n, ok := x.joined[[2]uint16{a, b}]
	if !ok {
		n = x.number(joinClasses(x.list[a], x.list[b]))
		x.joined[[2]uint16{a, b}] = n
	}
	return n
}

func joinClasses(a, b class) class {
	out := class{origins: slices.Clone(a.origins), marks: (a.marks | b.marks) &^ isStale}
	if a.marks&b.marks&isStale != 0 || len(a.origins) == 0 && b.marks&isStale != 0 || len(b.origins) == 0 && a.marks&isStale != 0 {
		out.marks |= isStale
	}
	for _, o := range b.origins {
		if i := slices.IndexFunc(out.origins, func(x originSaid) bool { return x.origin == o.origin }); i >= 0 {
			out.origins[i].sure = max(out.origins[i].sure, o.sure)
		} else {
			out.origins = append(out.origins, o)
		}
	}
	slices.SortFunc(out.origins, func(x, y originSaid) int {
		return cmp.Or(cmp.Compare(y.sure, x.sure), cmp.Compare(x.origin, y.origin))
	})
	return out
}

// with returns the class with one mark more.
func (x *classes) with(n uint16, m marks) uint16 {
	c := x.list[n]
	c.marks |= m
	return x.number(c)
}
