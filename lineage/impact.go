package lineage

import (
	"context"

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
// it would be hurt, worst first, and the number of all, of which at most limit are
// returned.
func (g *Graph) Impact(ctx context.Context, root urn.URN, column string, h Happening, depth, limit int) ([]Affected, int, error) {
	t, err := g.Trace(ctx, Request{Root: root, Direction: Down, Depth: depth, Columns: true, Which: Which{Fresh: true}, unproved: true})
	if err != nil {
		return nil, 0, err
	}
	out, err := g.affected(ctx, spread(t, root, column), h)
	return out[:min(limit, len(out))], len(out), err
}
