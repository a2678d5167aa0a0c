package lineage

import (
	"cmp"
	"context"
	"slices"

	"waymark/catalog/urn"
)

// The severities of an impact, worst first: lineage.md section 11.
const (
	Breaks        = "breaks"         // the column is named: dropping or renaming it fails the statement
	ChangesValues = "changes values" // a value flows over a DIRECT path
	MayChange     = "may change"     // indirect, or known by table only
)

// Affected is one asset that a change would touch.
type Affected struct {
	URN      urn.URN
	Depth    int
	Severity string
	Path     []urn.URN // from the changed asset to this one
	Columns  []string  // its columns that are reached
}

// Impact returns everything downstream of an asset, or of one column, with how badly
// dropping it would hurt, worst first, and the number of all, of which at most limit
// are returned.
func (g *Graph) Impact(ctx context.Context, root urn.URN, column string, depth, limit int) ([]Affected, int, error) {
	t, err := g.Trace(ctx, Request{Root: root, Column: column, Direction: Down, Depth: depth, Columns: true})
	if err != nil {
		return nil, 0, err
	}
	s := g.now.Load()
	var out []Affected
	for _, n := range t.Nodes {
		if n.URN != root {
			out = append(out, s.affected(root, column, n, t))
		}
	}
	slices.SortStableFunc(out, func(a, b Affected) int {
		return cmp.Or(cmp.Compare(grade(a.Severity), grade(b.Severity)), cmp.Compare(a.Depth, b.Depth))
	})
	return out[:min(limit, len(out))], len(out), nil
}

func grade(severity string) int {
	return slices.Index([]string{Breaks, ChangesValues, MayChange}, severity)
}

func (s *snapshot) affected(root urn.URN, column string, n Node, t Trace) Affected {
	a := Affected{URN: n.URN, Depth: n.Depth, Severity: MayChange, Path: s.path(root, n.URN, t)}
	for _, p := range t.Pairs {
		if p.Down != n.URN {
			continue
		}
		if !slices.Contains(a.Columns, p.DownColumn) {
			a.Columns = append(a.Columns, p.DownColumn)
		}
		switch {
		case p.Up == root && (column == "" || p.UpColumn == column):
			a.Severity = Breaks
		case !p.Indirect && a.Severity == MayChange:
			a.Severity = ChangesValues
		}
	}
	if column == "" && n.Depth == 1 {
		a.Severity = Breaks // whoever reads a table directly fails without it
	}
	return a
}

// path finds a shortest way inside the trace, by going back from the end.
func (s *snapshot) path(root, to urn.URN, t Trace) []urn.URN {
	depth := make(map[urn.URN]int, len(t.Nodes))
	for _, n := range t.Nodes {
		depth[n.URN] = n.Depth
	}
	path := []urn.URN{to}
	for at := to; at != root; {
		before := urn.URN("")
		for _, l := range s.up.of(s.index[at]) {
			up := s.nodes[s.links[l].up]
			if d, in := depth[up]; in && d == depth[at]-1 {
				before = up
				break
			}
		}
		if before == "" {
			break
		}
		path, at = append(path, before), before
	}
	slices.Reverse(path)
	return path
}
