package lineage

import (
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// defined reads the text of a view or chart: what goes into which of its columns.
func (n *names) defined(a *catalog.Asset) reading {
	d := a.Definition
	log := catalog.Log{Platform: first(d.Platform, a.URN.Platform()), Dialect: d.Dialect, DefaultDB: d.DefaultDB, DefaultSchema: d.DefaultSchema, Source: "definition"}
	if log.Platform == "sqlite" {
		log.Instance = d.DefaultDB
	}
	w := within{names: n, log: log, keeps: true}
	r := w.read(d.SQL, 0)
	r.facts.Outputs = []urn.URN{a.URN}
	if len(r.facts.Columns) == 0 {
		r.facts.Columns = w.selected(d.SQL, a)
	}
	for i := range r.facts.Columns {
		r.facts.Columns[i].To.Dataset = a.URN
	}
	return r
}

// beneath is what a statement uses of a table without naming it, through a view.
type beneath struct {
	asset    urn.URN
	selected []string
	filtered []string
	through  urn.URN // the view that the statement names
}

// maxViews bounds how many views stand on one another; the engines stop earlier.
const maxViews = 32

// expand finds what lies beneath the views that a reading names, each table once. A
// table that it names itself is used directly and left out.
func (n *names) expand(r *reading) (out []beneath) {
	for _, view := range r.used {
		n.descend(view, view, r.selected[view], r.filtered[view], maxViews, func(b beneath) {
			if slices.Contains(r.used, b.asset) {
				return
			}
			i := slices.IndexFunc(out, func(x beneath) bool { return x.asset == b.asset })
			if i < 0 {
				out = append(out, b)
				return
			}
			out[i].selected, out[i].filtered = merge(out[i].selected, b.selected), merge(out[i].filtered, b.filtered)
		})
	}
	return out
}

// descend visits what the text of a view reads for the columns that are asked of it.
func (n *names) descend(view, through urn.URN, selected, filtered []string, left int, visit func(beneath)) {
	a := n.describe(view).text
	if a == nil || left == 0 {
		return
	}
	r, ok := n.views[view]
	if !ok {
		read := n.defined(a)
		r = &read
		n.views[view] = r
	}
	for _, u := range r.facts.Inputs {
		if u == view {
			continue
		}
		b := beneath{asset: u, through: through}
		for _, rd := range r.facts.Reads { // what the view itself tests, whatever is asked of it
			if rd.Column.Dataset == u && steering(rd.Subtypes) != "" {
				b.filtered = merge(b.filtered, []string{rd.Column.Column})
			}
		}
		for _, c := range r.facts.Columns {
			if c.From.Dataset != u {
				continue
			}
			switch {
			case named(selected, c.To.Column):
				b.selected = merge(b.selected, []string{c.From.Column})
			case named(filtered, c.To.Column):
				b.filtered = merge(b.filtered, []string{c.From.Column})
			}
		}
		visit(b)
		n.descend(u, through, b.selected, b.filtered, left-1, visit)
	}
}

func named(list []string, column string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.EqualFold(s, column) })
}
