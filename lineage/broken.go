package lineage

import (
	"context"
	"errors"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// Broken returns what stands downstream of a breaking change: of its columns where
// lineage knows them, else of the whole asset.
func (g *Graph) Broken(ctx context.Context, e catalog.Event) (out []Affected, err error) {
	seen := map[urn.URN]bool{}
	for _, c := range e.Columns {
		if !c.Breaking() {
			continue
		}
		list, _, err := g.Impact(ctx, e.URN, c.Named(), happening(c), 0, mostBroken)
		if errors.Is(err, fault.NotFound) {
			continue // the asset went; its lineage is asked for below
		}
		if err != nil {
			return nil, err
		}
		for _, a := range list {
			if !seen[a.URN] {
				seen[a.URN] = true
				out = append(out, a)
			}
		}
	}
	if len(out) > 0 {
		return out, nil
	}
	what := Altered
	if e.Kind == catalog.EventRemoved {
		what = Gone
	}
	list, _, err := g.Impact(ctx, e.URN, "", what, 0, mostBroken)
	if errors.Is(err, fault.NotFound) {
		return nil, nil // nothing is known of what read it
	}
	return list, err
}

// mostBroken bounds what is told of one change.
const mostBroken = 2000

// happening is what a change of a column is for those who read it.
func happening(c catalog.ColumnChange) Happening {
	if k := c.Kind(); k == catalog.ColumnRemoved || k == catalog.ColumnRenamed {
		return Gone
	}
	return Altered
}
