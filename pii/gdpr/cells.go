package gdpr

import (
	"context"
	"slices"
	"strings"

	"waymark/catalog"
)

// maxCells bounds how many cells of one column are rewritten one by one.
const maxCells = 2000

// coverCells takes the subject out of cells of one column that mention them. Where
// somebody else stands in a cell of several elements, the elements of the subject
// alone go; other cells are emptied, or replaced where they may not be empty.
func (d *draft) coverCells(ctx context.Context, p *part, h hit, column string) error {
	if slices.Contains(p.held, column) {
		return nil
	}
	c, ok := p.t.column(column)
	if !ok || c.Generated || slices.Contains(p.t.keys, column) {
		d.search.note("%s.%s mentions the subject and cannot be changed, so it stays as it is.", p.t.urn.Name(), column)
		return nil
	}
	rows, ok, err := d.untouched(ctx, p, h, column)
	if err != nil || !ok {
		return err
	}
	if len(rows) > maxCells {
		return d.coverAll(ctx, p, h, c)
	}
	w := &rewriting{names: p.t.keys, to: map[string]string{}, rows: map[string][][]string{}}
	for _, r := range rows {
		d.rewrite(w, p.t, c, r)
	}
	if w.prose > 0 {
		d.search.note("%s of %s.%s name other people too and are emptied as a whole.", count(w.prose, "cell"), p.t.urn.Name(), column)
	}
	if w.covered > 0 {
		d.search.note("%s of %s.%s name other people too: the subject's addresses alone are covered, look at the rest.", count(w.covered, "cell"), p.t.urn.Name(), column)
	}
	if err := d.add(ctx, p, h, w.where(p.t, column, w.empty), nil, catalog.Act{Action: catalog.NullColumns, Columns: []string{column}}, ""); err != nil {
		return err
	}
	a := catalog.Act{Action: catalog.Pseudonymise, Columns: []string{column}}
	var where []catalog.Rows
	for _, from := range w.order {
		a.Cells = append(a.Cells, catalog.Cell{From: from, To: w.to[from]})
		where = append(where, w.where(p.t, column, w.rows[from])...)
	}
	if len(a.Cells) == 0 {
		return nil
	}
	return d.add(ctx, p, h, merged(where), nil, a, "")
}

// coverAll acts on more cells than are rewritten one by one.
func (d *draft) coverAll(ctx context.Context, p *part, h hit, c catalog.Column) error {
	where := wheres([]hit{h})
	nulls, values, err := d.sort(ctx, p.t, where, []string{c.Name})
	if err != nil {
		return err
	}
	if len(nulls) > 0 {
		return d.add(ctx, p, h, where, nil, catalog.Act{Action: catalog.NullColumns, Columns: nulls}, "")
	}
	if len(values) > 0 {
		return d.add(ctx, p, h, where, nil, pseudonyms(values), "")
	}
	return nil
}

// untouched reads the keys and the cell of the rows of h that no act before changes.
func (d *draft) untouched(ctx context.Context, p *part, h hit, column string) ([][]string, bool, error) {
	columns := append(slices.Clone(p.t.keys), column)
	rows, ok, err := d.search.values(ctx, p.t, wheres([]hit{h}), columns...)
	if err != nil || !ok {
		return nil, ok, err
	}
	for _, x := range d.steps {
		if x.act.Dataset != p.t.urn || x.act.Action == catalog.RetainRows || x.act.Action != catalog.DeleteRows && !slices.Contains(x.act.Columns, column) {
			continue
		}
		done, ok, err := d.search.values(ctx, p.t, x.act.Where, columns...)
		if err != nil || !ok {
			return nil, ok, err
		}
		seen := map[string]bool{}
		for _, r := range done {
			seen[strings.Join(r, "\x00")] = true
		}
		rows = slices.DeleteFunc(rows, func(r []string) bool { return seen[strings.Join(r, "\x00")] })
	}
	return rows, true, nil
}

// rewriting sorts the cells of one column.
type rewriting struct {
	names   []string              // the columns that name a row
	empty   [][]string            // rows whose cell is emptied
	order   []string              // cells that become another
	to      map[string]string     // and what
	rows    map[string][][]string // and where
	prose   int                   // cells that hold others and cannot be taken apart
	covered int                   // cells of prose in which the subject's addresses alone are covered
}

func (d *draft) rewrite(w *rewriting, t *table, c catalog.Column, row []string) {
	cell := row[len(w.names)]
	left := without(cell, d.search.isMine)
	to := left.text
	switch {
	case left.text != "" && left.others:
		if left.kind == proseCell {
			w.covered++
		}
	case !c.Required:
		w.empty = append(w.empty, row)
		if left.others {
			w.prose++
		}
		return
	default:
		if left.others {
			w.prose++
		}
		v, ok := d.replacement(t, c, 0, left.kind)
		if !ok {
			d.search.note("%s.%s can neither be emptied nor replaced, so it stays as it is.", t.urn.Name(), c.Name)
			return
		}
		to = v
	}
	if w.rows[cell] == nil {
		w.order = append(w.order, cell)
	}
	w.to[cell] = to
	w.rows[cell] = append(w.rows[cell], row)
}

// where names rows by their key, or by the cell where they have none.
func (w *rewriting) where(t *table, column string, rows [][]string) []catalog.Rows {
	var keys [][]string
	var texts []string
	for _, r := range rows {
		keys, texts = append(keys, r[:len(w.names)]), append(texts, r[len(w.names)])
	}
	if len(w.names) > 0 {
		return t.byKeys(keys)
	}
	if len(texts) == 0 {
		return nil
	}
	return []catalog.Rows{exact(t, column, distinct(texts))}
}

// merged joins conditions on one column to one.
func merged(list []catalog.Rows) (out []catalog.Rows) {
	for _, w := range list {
		i := slices.IndexFunc(out, func(o catalog.Rows) bool {
			return o.Column == w.Column && o.How == w.How && len(o.And) == 0 && len(w.And) == 0
		})
		if i < 0 {
			out = append(out, w)
			continue
		}
		out[i].Values = distinct(append(slices.Clone(out[i].Values), w.Values...))
	}
	return out
}

// holds tells what kind of cells a column of text has in some rows: a database may
// check that they are JSON.
func (d *draft) holds(ctx context.Context, t *table, where []catalog.Rows, c catalog.Column) (cellKind, error) {
	if !textual(c.Type) || strings.Contains(strings.ToLower(c.Type), "json") || len(where) == 0 {
		return plainCell, nil
	}
	rows, ok, err := d.search.values(ctx, t, where, c.Name)
	if err != nil || !ok {
		return plainCell, err
	}
	cells := first(rows)
	if len(cells) == 0 || slices.ContainsFunc(cells, func(cell string) bool {
		return without(cell, func(string) bool { return false }).kind != jsonCell
	}) {
		return plainCell, nil
	}
	return jsonCell, nil
}
