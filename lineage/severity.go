package lineage

import (
	"cmp"
	"slices"
)

// Happening is what becomes of an asset or of one of its columns.
type Happening string

// The happenings.
const (
	Gone    Happening = "gone"    // dropped or renamed: whoever names it fails
	Altered Happening = "altered" // another type or meaning: whoever reads it gets other values
)

// The severities of an impact, worst first: lineage.md section 11.
const (
	Breaks        = "breaks"         // a value that flows there is gone, or a statement names what is gone
	ChangesValues = "changes values" // a value that flows there has another type or meaning
	MayChange     = "may change"     // indirect, or known by table only
)

var severities = []string{Breaks, ChangesValues, MayChange}

// Severities lists the severities, worst first.
func Severities() []string { return slices.Clone(severities) }

// The places of the severities in their list.
const (
	atBreaks uint8 = iota
	atChanges
	atMay
)

// severity is how bad it is, before anybody asks whom it hurts.
func (x *reached) severity(h Happening) uint8 {
	switch {
	case h == Gone && (x.direct || x.named):
		return atBreaks
	case x.direct:
		return atChanges
	}
	return atMay
}

// verdicts are who would notice: by place, which reason people have to care for an
// asset, and which assets nobody uses.
type verdicts struct {
	standing []standing // by place
	prizings []placed   // what may be a reason
	prized   []prized   // the reasons that count now, the strongest first
	reason   []int32    // by place: 0, a reason of its own as 1, 2 ..., one behind it as -1, -2 ...; nil for none at all
}

// grade moves the severity one step: up for what people rely on, down for what
// nobody used where the log would know.
func (v *verdicts) grade(r *reach, place uint32, h Happening) uint8 {
	at := r.at[place].severity(h)
	switch {
	case v.reason != nil && v.reason[place] != 0:
		return max(at, 1) - 1
	case v.standing[place]&isIdle != 0:
		return min(at+1, atMay)
	}
	return at
}

// grades grades everything that the change reaches; the rest is beyond the worst list.
func (v *verdicts) grades(r *reach, h Happening) []uint8 {
	out := make([]uint8, len(r.at))
	for place := range out {
		if r.at[place].depth == 0 {
			out[place] = notReached
			continue
		}
		out[place] = v.grade(r, uint32(place), h)
	}
	return out
}

// notReached stands behind the severities.
const notReached = atMay + 1

// why says what moved the severity.
func (v *verdicts) why(place uint32) []string {
	switch n := v.reasonOf(place); {
	case n > 0:
		return []string{v.prized[n-1].why}
	case n < 0:
		return []string{"something " + v.prized[-n-1].why + " depends on it"}
	case v.standing[place]&isIdle != 0:
		return []string{"unused for 90 days"}
	}
	return nil
}

func (v *verdicts) reasonOf(place uint32) int32 {
	if v.reason == nil {
		return 0
	}
	return v.reason[place]
}

// inherit gives every reached asset that leads to a prized one the reason of the
// nearest; of several as near, the strongest, which began first.
func (v *verdicts) inherit(r *reach) {
	if len(v.prized) == 0 {
		return
	}
	v.reason = make([]int32, len(r.at))
	queue := make([]uint32, len(v.prized))
	for i, p := range v.prized {
		v.reason[p.place], queue[i] = int32(i+1), p.place
	}
	for i := 0; i < len(queue); i++ {
		behind := -max(v.reason[queue[i]], -v.reason[queue[i]])
		row := r.s.row(r.order[queue[i]].n)
		for j, up := range row.ups {
			place, in := r.in(up)
			if !in || place > 0 && r.at[place].depth == 0 || v.reason[place] != 0 || r.allowed != nil && !r.allowed[row.class[j]] {
				continue
			}
			v.reason[place] = behind
			queue = append(queue, place)
		}
	}
}

// worst returns the places of the worst: by grade, then the nearest, then by name; at
// most limit, and the number of all. Places are counted out by grade and depth first,
// so that names are compared only where the list is cut and in what is shown.
func (r *reach) worst(grades []uint8, limit int) (out []uint32, total int) {
	deepest := int32(0)
	for _, x := range r.at {
		deepest = max(deepest, x.depth)
	}
	key := func(place int) int { return int(grades[place])*int(deepest+1) + int(r.at[place].depth) }
	counts := make([]int, int(notReached)*int(deepest+1))
	for place, g := range grades {
		if g < notReached {
			counts[key(place)]++
			total++
		}
	}
	last, before := 0, 0 // the key at which the list is cut, and how many stand before it
	for last < len(counts)-1 && before+counts[last] < limit {
		before += counts[last]
		last++
	}
	var rim []uint32
	for place, g := range grades {
		switch k := key(place); {
		case g == notReached || k > last:
		case k < last:
			out = append(out, uint32(place))
		default:
			rim = append(rim, uint32(place))
		}
	}
	slices.SortFunc(out, func(a, b uint32) int { return cmp.Or(cmp.Compare(key(int(a)), key(int(b))), r.named(a, b)) })
	return append(out, r.firstNamed(rim, max(0, limit-before))...), total
}

// firstNamed returns the first by name of many places, in order. It sorts a few at a
// time and then passes over all that come behind them.
func (r *reach) firstNamed(list []uint32, most int) []uint32 {
	if most == 0 {
		return nil
	}
	var kept []uint32
	full := false // the first of kept are the first so far, in order
	for _, place := range list {
		if full && r.named(place, kept[most-1]) > 0 {
			continue
		}
		if kept = append(kept, place); len(kept) == 2*most {
			slices.SortFunc(kept, r.named)
			kept, full = kept[:most], true
		}
	}
	slices.SortFunc(kept, r.named)
	return kept[:min(most, len(kept))]
}
