package gdpr

import (
	"context"
	"slices"

	"waymark/catalog"
)

// matched lists the columns by which rows were found and those that are personal.
func matched(where []catalog.Rows, t *table) []string {
	var out []string
	for _, w := range where {
		out = append(out, w.Column)
	}
	return distinct(append(out, t.personal()...))
}

// deletes drafts the deletes of a source, children first, opening cycles by
// emptying a nullable key first.
func (d *draft) deletes(ctx context.Context, list []*part) error {
	var going []*part
	for _, p := range list {
		if len(p.about) > 0 && p.keep == "" {
			going = append(going, p)
		}
	}
	opened := map[*part][]string{}
	order, stuck := childrenFirst(d.search.e, going, opened)
	for _, p := range going {
		for _, r := range d.search.e.from[p.t.urn] {
			// A row that points at its own kind would block a database that deletes row by row.
			if i := slices.Index(r.nullable, true); r.to == p.t.urn && i >= 0 && !slices.Contains(opened[p], r.columns[i]) {
				opened[p] = append(opened[p], r.columns[i])
			}
		}
		if len(opened[p]) > 0 {
			if err := d.renamed(ctx, p, opened[p]); err != nil {
				return err
			}
			if err := d.open(ctx, p, opened[p]); err != nil {
				return err
			}
		}
	}
	for _, p := range stuck {
		d.search.gaps[p.t.urn] = "its foreign keys form a circle without a nullable column, so no order of deletes is allowed"
	}
	for _, p := range order {
		if err := d.add(ctx, p, p.about[0], wheres(p.about), nil, catalog.Act{Action: catalog.DeleteRows}, ""); err != nil {
			return err
		}
	}
	return nil
}

// renamed names the rows of p by their primary key where they are named by a column
// that is about to be emptied. What named them before is watched instead.
func (d *draft) renamed(ctx context.Context, p *part, columns []string) error {
	if len(p.t.keys) == 0 || !slices.ContainsFunc(columns, p.names) {
		return nil
	}
	where, err := d.byKey(ctx, p)
	if err != nil || len(where) == 0 {
		return err
	}
	for _, h := range p.about {
		d.search.watch = append(d.search.watch, watched{Source: p.t.source, Where: h.where, Rows: h.rows})
	}
	p.about = hits(p.about[0], where, p.about[0].rows)
	return nil
}

// open empties key columns of rows that are about to go. Conditions must still name
// the rows afterwards, so a column that is part of them stays closed.
func (d *draft) open(ctx context.Context, p *part, columns []string) error {
	var safe []string
	for _, c := range columns {
		if !slices.ContainsFunc(p.about, func(h hit) bool { return h.where.Column == c }) {
			safe = append(safe, c)
		}
	}
	if len(safe) == 0 {
		return nil
	}
	h := p.about[0]
	h.related = opening
	return d.add(ctx, p, h, wheres(p.about), nil, catalog.Act{Action: catalog.NullColumns, Columns: safe}, "")
}

// childrenFirst orders tables so that whoever points at another goes before it.
// Where only a circle is left, a nullable key of it is opened.
func childrenFirst(e *estate, list []*part, opened map[*part][]string) (order, stuck []*part) {
	left := slices.Clone(list)
	blocked := func(p *part) bool { // somebody left still points at p
		return slices.ContainsFunc(e.to[p.t.urn], func(r relation) bool {
			return r.from != r.to && !r.deferrable && slices.ContainsFunc(left, func(c *part) bool {
				return c.t.urn == r.from && !slices.ContainsFunc(r.columns, func(col string) bool { return slices.Contains(opened[c], col) })
			})
		})
	}
	for len(left) > 0 {
		i := slices.IndexFunc(left, func(p *part) bool { return !blocked(p) })
		if i < 0 {
			if !openOne(e, left, opened) {
				return order, left
			}
			continue
		}
		order = append(order, left[i])
		left = slices.Delete(left, i, i+1)
	}
	return order, nil
}

func openOne(e *estate, left []*part, opened map[*part][]string) bool {
	for _, p := range left {
		for _, r := range e.from[p.t.urn] {
			i := slices.Index(r.nullable, true)
			if r.from == r.to || i < 0 || slices.Contains(opened[p], r.columns[i]) || len(p.t.keys) == 0 && p.names(r.columns[i]) {
				continue
			}
			if slices.ContainsFunc(left, func(q *part) bool { return q.t.urn == r.to }) {
				opened[p] = append(opened[p], r.columns[i])
				return true
			}
		}
	}
	return false
}

// names reports whether a column is part of the conditions that name p's rows.
func (p *part) names(column string) bool {
	return slices.ContainsFunc(p.about, func(h hit) bool { return h.where.Column == column })
}
