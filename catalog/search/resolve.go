package search

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// mostResolved bounds how many assets one name may mean.
const mostResolved = 100

// Resolve finds the assets that a person means by a URN, a full name, or a suffix of
// it at a dot, whatever the letter case. A full name beats a suffix; several assets
// are all returned, and none is fault.NotFound.
func (s *Search) Resolve(ctx context.Context, name string) (out []urn.URN, err error) {
	hidden, err := s.hidden(ctx)
	if err != nil {
		return nil, err
	}
	moment, _, err := s.now(ctx)
	if err != nil {
		return nil, err
	}
	name = strings.TrimSpace(name)
	keys := []string{name}
	if k := Key(name); k != "" && !urn.Is(name) {
		keys = []string{k}
	}
	r, err := s.index.Search(ctx, Query{Stages: []Match{{Keys: keys}}, Without: Lower(hidden), Moment: moment, Best: mostResolved})
	if err != nil {
		return nil, err
	}
	best := len(spellings)
	for _, d := range r.Found[0].Best {
		level := slices.IndexFunc(spellings, func(means func(*Document, string) bool) bool { return means(d, name) })
		if level < 0 || level > best {
			continue
		}
		if level < best {
			best, out = level, nil
		}
		out = append(out, d.URN)
	}
	if len(out) == 0 {
		return nil, fault.NotFound.Errorf("there is no asset %s", cmp.Or(name, `""`))
	}
	slices.Sort(out)
	return out, nil
}

// spellings are the ways in which a name means an asset, the closest first.
var spellings = []func(d *Document, name string) bool{
	func(d *Document, name string) bool { return string(d.URN) == name },
	func(d *Document, name string) bool {
		return strings.EqualFold(d.Name, name) || strings.EqualFold(d.URN.Name(), name)
	},
	func(d *Document, name string) bool { return endsAtDot(d.Name, name) || endsAtDot(d.URN.Name(), name) },
}

func endsAtDot(full, name string) bool {
	n := len(full) - len(name)
	return n > 0 && full[n-1] == '.' && strings.EqualFold(full[n:], name)
}
