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

// Finding is what a look found.
type Finding struct {
	ID         string      `json:"id"`
	State      State       `json:"state"` // verified, verified_except or residual
	Residuals  []Remnant   `json:"residuals"`
	Exceptions []Exception `json:"exceptions"`
	Columns    int         `json:"columns"` // how many were searched
	Next       Day         `json:"next,omitzero"`
}

// Verify looks for the subject again, in every column of every live table of every
// connected source and in every form. Where nothing is found and everything was
// searched, the request is verified; what was not searched makes it verified but for
// that; what is left sends it back.
// A source that does not answer is an error: nothing is called clean unseen.
func (d *Desk) Verify(ctx context.Context, id string) (v Finding, err error) {
	defer fault.Wrap(&err, "verify request %s", id)
	c, err := d.caller(ctx, access.RequestExecute, id)
	if err != nil {
		return v, err
	}
	leave, err := d.enter(id)
	if err != nil {
		return v, err
	}
	defer leave()
	r, err := d.load(ctx, id)
	if err != nil {
		return v, err
	}
	switch r.State {
	case Verifying: // an interrupted look begins again
	case Executed, Verified, VerifiedExcept:
		if err := d.move(ctx, c, &r, Verifying, ""); err != nil {
			return v, err
		}
	case Incomplete:
		return v, fault.Conflict.Errorf("something failed or cannot be reached; execute again, or plan anew, before it is verified")
	default:
		return v, fault.Conflict.Errorf("the request is %s; it is verified after it was executed", r.State)
	}
	f, err := d.frozen(ctx, id)
	if err != nil {
		return v, err
	}
	l := look{d: d, f: f, columns: map[place]bool{}, left: []Remnant{}}
	if err := l.run(inner(ctx)); err != nil {
		return v, err
	}
	return d.judge(ctx, c, r, l)
}

// judge records a look and moves the request by it.
func (d *Desk) judge(ctx context.Context, c access.Caller, r Request, l look) (Finding, error) {
	to := Verified
	exceptions := carried(r, l.exceptions)
	switch {
	case len(l.left) > 0:
		to = Residual
	case len(exceptions) > 0:
		to = VerifiedExcept
	}
	n, err := d.record(ctx, "verify.looked", &r, r.act(c, "", map[string]any{"columns": len(l.columns), "residuals": l.left, "exceptions": wordless(exceptions)}))
	if err != nil {
		return Finding{}, err
	}
	next := r
	next.Looks = append(r.Looks[:len(r.Looks):len(r.Looks)], Look{Residuals: l.left, Exceptions: exceptions, Columns: len(l.columns), Ledger: n, Stamp: d.stamp(c)})
	if err := d.move(ctx, c, &next, to, ""); err != nil {
		return Finding{}, err
	}
	v := Finding{ID: r.ID, State: to, Residuals: l.left, Exceptions: exceptions, Columns: len(l.columns)}
	if to != Residual {
		v.Next = d.secondLook(next)
	}
	return v, nil
}

// secondLook is the day from which a further clean look lets the request be closed;
// zero when there was one.
func (d *Desk) secondLook(r Request) Day {
	clean := cleanLooks(r)
	if len(clean) == 0 || d.lookedTwice(r) {
		return Day{}
	}
	return DayOf(clean[0].At.Add(d.SecondLook), d.Zone)
}

// cleanLooks are the looks since the last one that found something, or since the
// last execution.
func cleanLooks(r Request) (out []Look) {
	for _, l := range r.Looks {
		if len(l.Residuals) > 0 {
			out = nil
			continue
		}
		if len(r.Runs) == 0 || !l.At.Before(r.Runs[len(r.Runs)-1].At) {
			out = append(out, l)
		}
	}
	return out
}

func (d *Desk) lookedTwice(r Request) bool {
	clean := cleanLooks(r)
	return len(clean) > 1 && clean[len(clean)-1].At.Sub(clean[0].At) >= d.SecondLook
}

// look is one search for what is left.
type look struct {
	d          *Desk
	f          frozen
	columns    map[place]bool
	left       []Remnant
	exceptions []Exception
	search     *search
}

func (l *look) run(ctx context.Context) error {
	progress(ctx, stepSurvey, 0)
	e, err := l.d.survey(ctx)
	if err != nil {
		return err
	}
	l.search = newSearch(l.d, e, l.f.Keys)
	var list []*screening
	for _, t := range slices.Concat(e.tables, e.left) {
		if t.source == "" || t.gone || t.view() && !t.material() || l.search.skipped(t) {
			continue
		}
		if err := e.dark[t.source]; err != nil {
			return l.unseen(t.urn, err)
		}
		list = append(list, &screening{t: t, named: l.search.namedConditions(t, 0)})
	}
	l.d.screenAll(ctx, list, l.search.wanted(0), 0)
	for _, sc := range list {
		if err := l.table(ctx, sc); err != nil {
			return err
		}
	}
	tick := progress(ctx, stepKeys, len(l.f.Rows))
	for _, w := range l.f.Rows {
		tick()
		if t := e.byURN[w.Dataset]; t != nil && t.gone {
			continue
		}
		if err := l.keys(ctx, w); err != nil {
			return err
		}
	}
	if err := l.catalog(ctx); err != nil {
		return err
	}
	l.exceptions = append(append(e.exceptions(), l.search.exceptions...), l.f.Plan.unfollowed()...)
	return ctx.Err()
}

// table judges what a pass over a table found.
func (l *look) table(ctx context.Context, sc *screening) error {
	if sc.err != nil {
		if ctx.Err() == nil && (unable(sc.err) || strings.Contains(sc.t.subtype, "foreign")) {
			l.search.except(Exception{Dataset: sc.t.urn, Reason: unreadable, Detail: scrub(because(sc.err), l.f.Keys)})
			return nil
		}
		return l.unseen(sc.t.urn, sc.err)
	}
	for _, c := range sc.t.searchable() {
		l.columns[place{Dataset: sc.t.urn, Column: c}] = true
	}
	for _, x := range sc.found.sorted(sc.t) {
		l.add(sc.t, x.column, x.form, sc.found.rows[x]-l.allowed(sc.t.urn, x.column, false))
	}
	for _, h := range sc.named {
		l.add(sc.t, h.where.Column, formRaw, h.rows-l.allowed(sc.t.urn, h.where.Column, true))
	}
	return nil
}

func (l *look) unseen(u urn.URN, err error) error {
	return fault.Unavailable.Errorf("%s could not be looked into: %s", u.Name(), scrub(because(err), l.f.Keys))
}

// add keeps what was left in one column. One identity in two forms, or two in one
// form, are told once.
func (l *look) add(t *table, column, form string, n int64) {
	if n <= 0 {
		return
	}
	same := func(r Remnant) bool {
		return r.Dataset == t.urn && r.Column == column && (r.Form == form || r.Form == formRaw && form == formFolded)
	}
	if i := slices.IndexFunc(l.left, same); i >= 0 {
		l.left[i].Rows = max(l.left[i].Rows, n)
		return
	}
	l.left = append(l.left, Remnant{Dataset: t.urn, Column: column, Rows: n, Form: form})
}

// keys looks for keys of the subject's rows where they led before.
func (l *look) keys(ctx context.Context, w catalog.Rows) error {
	l.columns[place{Dataset: w.Dataset, Column: w.Column}] = true
	n, err := l.d.Reach.Count(ctx, []catalog.Rows{w})
	if err != nil && unable(err) && ctx.Err() == nil {
		l.search.except(Exception{Dataset: w.Dataset, Column: w.Column, Reason: unreadable, Detail: scrub(because(err), l.f.Keys)})
		return nil
	}
	if err != nil {
		return l.unseen(w.Dataset, err)
	}
	if n -= l.allowed(w.Dataset, w.Column, true); n <= 0 {
		return nil
	}
	for i, r := range l.left {
		if r.Dataset == w.Dataset && r.Column == w.Column {
			l.left[i].Rows = max(r.Rows, n)
			return nil
		}
	}
	l.left = append(l.left, Remnant{Dataset: w.Dataset, Column: w.Column, Rows: n, Form: formRaw})
	return nil
}

// allowed is how many rows of a dataset the plan left there: under a pseudonym a
// row keeps its keys, and on a ground it keeps everything.
func (l *look) allowed(u urn.URN, column string, key bool) (n int64) {
	seen := map[string]bool{}
	for i, s := range l.f.Plan.Steps {
		where := fmt.Sprint(l.f.Acts[i].Where) // two steps may be about the same rows
		stays := s.Action == catalog.RetainRows && (len(s.Kept) == 0 || slices.Contains(s.Kept, column)) || key && (s.Action == catalog.Pseudonymise || s.Action == catalog.NullColumns)
		if s.Dataset != u || !stays || s.Related == string(opening) || seen[where] {
			continue
		}
		seen[where] = true
		n += s.Rows
	}
	return n
}
