package gdpr

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// What an edit does to a plan.
const (
	EditExclude      = "exclude"      // the dataset is left as it is
	EditRetain       = "retain"       // rows, or one column of them, are kept on a ground
	EditPseudonymise = "pseudonymise" // rows stay under pseudonyms instead of being deleted
	EditAdd          = "add"          // a dataset that no sure path reaches is taken in
	EditReset        = "reset"        // every edit before it is dropped
)

// Edit is one decision of the privacy officer about a plan.
type Edit struct {
	What    string  `json:"what"`
	Dataset urn.URN `json:"dataset,omitempty"`
	Column  string  `json:"column,omitempty"`
	Ground  string  `json:"ground,omitempty"`
	Until   Day     `json:"until,omitzero"`
	Ledger  int64   `json:"ledger,omitempty"`
	Stamp
}

// EditPlan changes the plan of a request before it is carried out, and plans anew
// with it: the hash is another one, and approvals that were given end. target is a
// dataset, by its URN or name, or DATASET.COLUMN.
func (d *Desk) EditPlan(ctx context.Context, id, target string, e Edit) (p Plan, err error) {
	defer fault.Wrap(&err, "edit the plan of request %s", id)
	c, err := d.caller(ctx, access.RequestPlan, id)
	if err != nil {
		return p, err
	}
	leave, err := d.enter(id)
	if err != nil {
		return p, err
	}
	defer leave()
	r, err := d.load(ctx, id)
	if err != nil {
		return p, err
	}
	if r.Kind != Erasure || !slices.Contains([]State{Planned, Approval, Incomplete, Residual}, r.State) {
		return p, fault.Conflict.Errorf("the request is %s, %s; the plan of an erasure is edited after it was made and before it is carried out", r.Kind, r.State)
	}
	if err := d.checkEdit(ctx, target, &e); err != nil {
		return p, err
	}
	next := r
	e.Stamp = d.stamp(c)
	next.Edits = append(r.Edits[:len(r.Edits):len(r.Edits)], e)
	if e.What == EditReset {
		next.Edits = nil
	}
	// The plan is made before anything is recorded: an edit that leads to none is refused.
	f, err := d.freeze(ctx, next, PlanOptions{})
	if err != nil {
		return p, err
	}
	n, err := d.record(ctx, "plan.edited", &r, r.act(c, e.Ground, map[string]any{"what": e.What, "dataset": e.Dataset, "column": e.Column, "until": e.Until, "plan": f.Plan.Hash}))
	if err != nil {
		return p, err
	}
	if len(next.Edits) > 0 {
		next.Edits[len(next.Edits)-1].Ledger = n
	}
	next.Editors = distinct(append(slices.Clone(r.Editors), c.User))
	if err := d.toScoping(ctx, c, &next); err != nil {
		return p, err
	}
	return f.Plan, d.adopt(ctx, c, next, f)
}

func (d *Desk) checkEdit(ctx context.Context, target string, e *Edit) error {
	e.Ground = strings.TrimSpace(e.Ground)
	switch e.What {
	case EditReset:
		return nil
	case EditRetain:
		if e.Ground == "" {
			return fault.Invalid.Errorf("to keep rows takes a ground, such as the law that wants them kept")
		}
		if !e.Until.IsZero() && !e.Until.After(d.today()) {
			return fault.Invalid.Errorf("the day until which rows are kept, %s, is past", e.Until)
		}
	case EditExclude, EditPseudonymise, EditAdd:
	default:
		return fault.Invalid.Errorf("a plan is edited by exclude, retain, pseudonymise, add or reset, not by %q", e.What)
	}
	u, column, err := d.target(ctx, target)
	if err != nil {
		return err
	}
	if column != "" && (e.What == EditExclude || e.What == EditAdd) {
		return fault.Invalid.Errorf("a dataset is named here and no column of it")
	}
	e.Dataset, e.Column = u, column
	return nil
}

// target finds the dataset, or the column of one, that a text names.
func (d *Desk) target(ctx context.Context, text string) (u urn.URN, column string, err error) {
	text = strings.TrimSpace(text)
	type place struct {
		u      urn.URN
		column string
	}
	var found []place
	for a, err := range d.Marks.List(inner(ctx), catalog.Filter{Types: []catalog.Type{catalog.Dataset}}) {
		if err != nil {
			return "", "", err
		}
		if column, ok := names(a, text); ok {
			found = append(found, place{a.URN, column})
		}
	}
	switch {
	case len(found) == 1:
		return found[0].u, found[0].column, nil
	case len(found) > 1:
		return "", "", fault.Invalid.Errorf("%q names %d datasets; give the whole name of one", text, len(found))
	}
	return "", "", fault.NotFound.Errorf("there is no dataset %q, nor a column of one", text)
}

// names reports whether text means a dataset, by its URN, its name or the end of its
// name, and which column of it.
func names(a catalog.Asset, text string) (column string, ok bool) {
	name := a.URN.Name()
	if text == "" {
		return "", false
	}
	if text == string(a.URN) || text == name || strings.HasSuffix(name, "."+text) {
		return "", true
	}
	if a.Schema == nil {
		return "", false
	}
	for _, c := range a.Schema.Columns {
		left, has := strings.CutSuffix(text, "."+c.Name)
		if has && left != "" && (left == string(a.URN) || left == name || strings.HasSuffix(name, "."+left)) {
			return c.Name, true
		}
	}
	return "", false
}

// decide takes edits, and then the rules of the office where no edit speaks, as what
// is to happen in a table.
func (d *draft) decide(p *part) {
	for _, o := range d.options.Retain {
		if o.Dataset == p.t.urn {
			p.retain = &Retention{Dataset: o.Dataset, Ground: o.Ground, Until: o.Until}
		}
	}
	edited := false
	for _, e := range d.request.Edits {
		if e.Dataset == p.t.urn && e.What != EditAdd {
			edited = true
			p.apply(e.What, e.Column, Retention{Dataset: p.t.urn, Ground: e.ground(), Until: e.Until})
		}
	}
	for _, r := range d.rules {
		if edited || p.retain != nil || !r.holds(d.search.d.today()) || !r.covers(p.t.urn) {
			continue
		}
		what := EditRetain
		if r.Pseudonymise {
			what = EditPseudonymise
		}
		keep := Retention{Dataset: p.t.urn, Ground: r.ground(), Until: r.Until}
		switch columns := r.columns(p.t); {
		case r.Column == "" && r.Class == "":
			p.apply(what, "", keep)
		default:
			for _, c := range columns {
				p.apply(what, c, keep)
			}
		}
	}
}

func (e Edit) ground() string {
	switch {
	case e.What == EditExclude:
		return strings.TrimSuffix(fmt.Sprintf("excluded from the plan by %s: %s", e.By, e.Ground), ": ")
	case e.Ground == "":
		return fmt.Sprintf("kept under pseudonyms, decided by %s", e.By)
	}
	return e.Ground
}

func (p *part) apply(what, column string, keep Retention) {
	switch {
	case what == EditExclude, what == EditRetain && column == "":
		p.retain = &keep
	case what == EditRetain:
		p.held = append(p.held, column)
		p.stay = &keep
	case what == EditPseudonymise:
		if p.stay == nil {
			p.stay = &keep // a ground of law says more
		}
		if column != "" {
			p.forced = append(p.forced, column)
		} else {
			p.forced = append(p.forced, p.t.personal()...)
		}
	}
}

// unmet refuses an edit that adds a dataset in which nothing names the subject's rows.
func (d *draft) unmet() error {
	for _, e := range d.request.Edits {
		if e.What != EditAdd {
			continue
		}
		t := d.search.e.byURN[e.Dataset]
		if t == nil || len(d.search.finds[t]) == 0 && !d.search.triedIn(e.Dataset) {
			return fault.Invalid.Errorf("%s cannot be added: none of its columns holds an identity of the subject or may be a key of their rows", e.Dataset.Name())
		}
	}
	return nil
}

func (s *search) triedIn(u urn.URN) bool {
	for p := range s.tried {
		if p.Dataset == u {
			return true
		}
	}
	return false
}
