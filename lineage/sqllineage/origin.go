package sqllineage

import "slices"

// subtype is a Subtype as one bit, so that a read can keep a set of them.
type subtype uint16

const (
	subIdentity subtype = 1 << iota
	subTransformation
	subAggregation
	subJoin
	subGroupBy
	subFilter
	subSort
	subWindow
	subConditional
)

// subtypeNames are the subtypes in the order of their bits.
var subtypeNames = [...]Subtype{Identity, Transformation, Aggregation, Join, GroupBy, Filter, Sort, Window, Conditional}

func (s subtype) direct() bool { return s <= subAggregation }

// origin is one source of a value: a base column, how it takes part, and what
// is read below it. It is packed, so that sets of origins sort and merge as
// plain numbers:
//
//	column 32 | path 20 | candidate 1 | masking 1 | subtype 9 (one bit)
type origin uint64

const (
	originMasking   origin = 1 << 9
	originCandidate origin = 1 << 10
	pathShift              = 12
	columnShift            = 32
	pathMask               = 1<<20 - 1
)

func makeOrigin(column int32, sub subtype) origin {
	return origin(column)<<columnShift | origin(sub)
}

func (o origin) column() int32 { return int32(o >> columnShift) }
func (o origin) sub() subtype  { return subtype(o & 0x1ff) }
func (o origin) path() int     { return int(o>>pathShift) & pathMask }

func (o origin) with(sub subtype) origin { return o&^0x1ff | origin(sub) }

func (o origin) withPath(path int) origin {
	return o&^(pathMask<<pathShift) | origin(path)<<pathShift
}

// use is how an expression takes part in what is around it.
type use struct {
	sub  subtype
	mask bool
}

// raise is the use of a part of an expression that sub is applied to.
func (u use) raise(sub subtype) use {
	if u.sub.direct() && sub > u.sub {
		u.sub = sub
	}
	return u
}

// masked is the use of what a hash or a count hides.
func (u use) masked() use {
	u.mask = true
	return u
}

// steer is the use of a part that only steers the value.
func (u use) steer(sub subtype) use {
	if u.sub.direct() {
		return use{sub: sub}
	}
	return u
}

// apply tells how o takes part when what it flows into is used as u.
func (u use) apply(o origin) origin {
	switch {
	case !u.sub.direct():
		return o.with(u.sub) &^ originMasking
	case !o.sub().direct():
		return o
	}
	if u.sub > o.sub() {
		o = o.with(u.sub)
	}
	if u.mask {
		o |= originMasking
	}
	return o
}

// tidy sorts a set and drops what is in it twice. A certain origin covers the
// same one marked as a candidate.
func tidy(set []origin) []origin {
	if len(set) < 2 {
		return set
	}
	slices.Sort(set)
	return slices.Compact(set)
}
