package infoschema

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"waymark/catalog"
	"waymark/catalog/fault"
)

// Erasing is one transaction that changes rows.
type Erasing struct {
	DB
	// Begin opens the transaction with its own time limits.
	Begin func(ctx context.Context) (*sql.Tx, error)
	// Ready refuses what cannot be done all or nothing here; it may be nil.
	Ready func(ctx context.Context, tx *sql.Tx, places []Place) error
	// Commit ends the transaction; fault.Unavailable says that the outcome is unknown.
	Commit func(ctx context.Context, tx *sql.Tx) error
}

// Run performs acts in their order, all or none.
func (e Erasing) Run(ctx context.Context, acts []catalog.Act) ([]catalog.Acted, error) {
	if err := executable(acts); err != nil {
		return nil, err
	}
	tx, err := e.Begin(ctx)
	if err != nil {
		return nil, e.Dialect.Explain(err, "open a transaction to erase")
	}
	// After a commit this does nothing; before it, it is what all-or-nothing means.
	defer tx.Rollback()
	places, err := e.places(ctx, tx, acts)
	if err != nil {
		return nil, err
	}
	out := make([]catalog.Acted, 0, len(acts))
	for i, a := range acts {
		n, err := e.act(ctx, tx, places[i], a)
		out = append(out, catalog.Acted{Dataset: a.Dataset, Affected: n})
		if err != nil {
			return undone(out, err), err
		}
	}
	if err := e.Commit(ctx, tx); err != nil {
		return undone(out, err), err
	}
	return out, nil
}

func executable(acts []catalog.Act) error {
	if len(acts) == 0 {
		return fault.Invalid.Errorf("there is nothing to do")
	}
	for _, a := range acts {
		switch a.Action {
		case catalog.DeleteRows:
		case catalog.NullColumns, catalog.Pseudonymise:
			if len(a.Columns) == 0 {
				return fault.Invalid.Errorf("%s of %s names no column", a.Action, a.Dataset.Name())
			}
			if len(a.Cells) > 0 && (len(a.Columns) != 1 || a.Action != catalog.Pseudonymise) {
				return fault.Invalid.Errorf("cells of %s are rewritten in one column at a time", a.Dataset.Name())
			}
		default:
			return fault.Invalid.Errorf("%q of %s is nothing that is executed", a.Action, a.Dataset.Name())
		}
		if len(a.Where) == 0 {
			return fault.Invalid.Errorf("%s of %s names no rows", a.Action, a.Dataset.Name())
		}
	}
	return nil
}

// undone says of acts that went well that they were taken back with the last one.
func undone(out []catalog.Acted, cause error) []catalog.Acted {
	for i := range out {
		out[i].Affected, out[i].Failed, out[i].Detail = 0, true, "taken back, since a later act failed"
	}
	if len(out) > 0 {
		out[len(out)-1].Detail = cause.Error()
	}
	return out
}

func (e Erasing) places(ctx context.Context, tx *sql.Tx, acts []catalog.Act) ([]Place, error) {
	out := make([]Place, len(acts))
	for i, a := range acts {
		p, err := e.Locate(ctx, tx, a.Dataset)
		if err != nil {
			return nil, err
		}
		out[i] = p
	}
	if e.Ready == nil {
		return out, nil
	}
	return out, e.Ready(ctx, tx, out)
}

func (e Erasing) act(ctx context.Context, tx *sql.Tx, p Place, a catalog.Act) (int64, error) {
	doing := fmt.Sprintf("%s rows of %s", a.Action, a.Dataset.Name())
	n := int64(0)
	for _, one := range cells(a) {
		changed, err := e.statement(ctx, tx, p, one, doing)
		if err != nil {
			return 0, err
		}
		n += changed
	}
	if n != a.Want {
		return 0, fault.Conflict.Errorf("%s: %d rows are there, the plan counted %d; nothing was changed, plan again", doing, n, a.Want)
	}
	return n, nil
}

// cells makes an act of each cell that an act rewrites.
func cells(a catalog.Act) []catalog.Act {
	if len(a.Cells) == 0 {
		return []catalog.Act{a}
	}
	out := make([]catalog.Act, len(a.Cells))
	for i, c := range a.Cells {
		out[i] = a
		out[i].Cells, out[i].Values, out[i].Where = nil, map[string]string{a.Columns[0]: c.To}, nil
		still := catalog.Rows{Dataset: a.Dataset, Column: a.Columns[0], How: catalog.Exact, Values: []string{c.From}}
		for _, w := range a.Where {
			w.And = append(w.And[:len(w.And):len(w.And)], still)
			out[i].Where = append(out[i].Where, w)
		}
	}
	return out
}

func (e Erasing) statement(ctx context.Context, tx *sql.Tx, p Place, a catalog.Act, doing string) (int64, error) {
	s := statement{dialect: e.Dialect}
	text, err := s.change(p, a)
	if err != nil {
		return 0, err
	}
	res, err := tx.ExecContext(ctx, text+Mark, s.args...)
	if err != nil {
		return 0, s.scrub(err, doing)
	}
	n, err := res.RowsAffected()
	if err != nil || n < 0 {
		return 0, fault.Conflict.Errorf("%s: the database does not say how many rows it changed", doing)
	}
	return n, nil
}

// change is the statement of an act. Parameters of SET stand before those of
// WHERE, since some databases count them by place.
func (s *statement) change(p Place, a catalog.Act) (string, error) {
	table := p.relation(s.dialect)
	var set []string
	for _, name := range a.Columns {
		c, err := p.column(name)
		if err != nil {
			return "", err
		}
		switch value, ok := a.Values[name]; {
		case a.Action == catalog.NullColumns:
			set = append(set, s.dialect.Quote(c.Name)+" = null")
		case a.Action == catalog.Pseudonymise && ok:
			set = append(set, s.dialect.Quote(c.Name)+" = "+s.bind(value))
		case a.Action == catalog.Pseudonymise:
			return "", fault.Invalid.Errorf("the plan has no replacement for %s of %s", name, a.Dataset.Name())
		}
	}
	where, err := s.where(p, a.Where)
	if err != nil {
		return "", err
	}
	if a.Action == catalog.DeleteRows {
		return "delete from " + table + " where " + where, nil
	}
	return "update " + table + " set " + strings.Join(set, ", ") + " where " + where, nil
}
