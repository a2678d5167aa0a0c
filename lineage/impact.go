package lineage

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// Affected is one asset that a change would touch.
type Affected struct {
	URN      urn.URN
	Depth    int
	Severity string
	Why      []string  // what moved the severity by a step: it is certified, nobody uses it
	Path     []urn.URN // from the changed asset to this one
	Columns  []string  // its columns that are reached
}

// Impact returns everything downstream of an asset, or of one column, with how badly
// it would be hurt, worst first, then nearest, then by name, and the number of all, of
// which at most limit are returned.
func (g *Graph) Impact(ctx context.Context, root urn.URN, column string, h Happening, depth, limit int) (out []Affected, total int, err error) {
	defer fault.Wrap(&err, "trace %s", root)
	hides, err := g.sight(ctx, time.Time{}, root)
	if err != nil {
		return nil, 0, err
	}
	s := g.now.Load()
	n, ok := s.find(root)
	if !ok {
		return nil, 0, nil
	}
	w := g.walker(s)
	defer g.give(w)
	w.allowed, w.depth = s.allows(Which{Fresh: true}), int32(depth)
	w.enter(n, 0, 0)
	w.spread(1)
	r := w.spreadChange(column, hides)
	v, err := g.weigh(ctx, r)
	if err != nil {
		return nil, 0, err
	}
	places, total := r.worst(v.grades(r, h), max(0, limit))
	return v.words(r, places, h), total, nil
}

// words describes the places that are shown.
func (v *verdicts) words(r *reach, places []uint32, h Happening) []Affected {
	out := make([]Affected, len(places))
	for i, place := range places {
		x := &out[i]
		x.URN, x.Depth, x.Path = r.name(place), int(r.at[place].depth), r.path(place)
		x.Severity, x.Why = severities[v.grade(r, place, h)], v.why(place)
		for _, c := range r.columns[place] {
			x.Columns = append(x.Columns, r.s.words.of(c))
		}
		slices.Sort(x.Columns)
	}
	return out
}

// name is the name of an asset, or a mere number for one that is hidden.
func (r *reach) name(place uint32) urn.URN {
	if r.veiled(place) {
		return hiddenName(int(r.hidden[place]))
	}
	return r.s.urn(r.order[place].n)
}

func hiddenName(n int) urn.URN { return urn.URN(fmt.Sprintf("hidden:%d", n)) }

// maxPath is how many names of a way are listed. Without it the answer about a chain
// grows with the square of its length.
const maxPath = 100

const elided = "elided:"

// ElidedAssets returns how many assets an entry of a path stands for, 0 for one asset.
func ElidedAssets(u urn.URN) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(string(u), elided)) // 0 for all else
	return n
}

// path is a shortest way from the changed asset to another. Of a long one the middle
// is left out, and "elided:2901" stands for 2,901 assets.
func (r *reach) path(place uint32) []urn.URN {
	length := int(r.at[place].depth) + 1
	first, last := length, 0 // how many names of either end are listed
	if length > maxPath {
		first, last = maxPath/2, maxPath-maxPath/2-1
	}
	out := make([]urn.URN, min(length, maxPath))
	for i := length - 1; i >= 0; i-- {
		switch {
		case i < first:
			out[i] = r.name(place)
		case i >= length-last:
			out[len(out)-(length-i)] = r.name(place)
		}
		if i > 0 {
			place = r.before(place)
		}
	}
	if length > maxPath {
		out[first] = urn.URN(fmt.Sprintf("%s%d", elided, length-maxPath+1))
	}
	return out
}
