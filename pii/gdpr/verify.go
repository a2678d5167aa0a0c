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
	ID        string    `json:"id"`
	State     State     `json:"state"` // verified or residual
	Residuals []Remnant `json:"residuals"`
	Columns   int       `json:"columns"` // how many were searched
	Next      Day       `json:"next,omitzero"`
}

// Verify looks for the subject again, in every column of every connected source and
// in every form. Clean, it makes the request verified; what is left sends it back.
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
	case Executed, Verified:
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
	if len(l.left) > 0 {
		to = Residual
	}
	n, err := d.record(ctx, "verify.looked", &r, r.act(c, "", map[string]any{"columns": len(l.columns), "residuals": l.left}))
	if err != nil {
		return Finding{}, err
	}
	next := r
	next.Looks = append(r.Looks[:len(r.Looks):len(r.Looks)], Look{Residuals: l.left, Columns: len(l.columns), Ledger: n, Stamp: d.stamp(c)})
	if err := d.move(ctx, c, &next, to, ""); err != nil {
		return Finding{}, err
	}
	v := Finding{ID: r.ID, State: to, Residuals: l.left, Columns: len(l.columns)}
	if to == Verified {
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
	d       *Desk
	f       frozen
	columns map[place]bool
	left    []Remnant
	search  *search
}

func (l *look) run(ctx context.Context) error {
	e, err := l.d.survey(ctx)
	if err != nil {
		return err
	}
	l.search = newSearch(l.d, e, l.f.Keys)
	var list []screening
	for _, t := range e.tables {
		if t.source == "" || t.view() && !strings.Contains(strings.ToLower(t.subtype), "material") {
			continue
		}
		if sc := l.screening(t); len(sc.where) > 0 {
			list = append(list, sc)
		}
	}
	l.d.screenAll(ctx, list)
	for _, sc := range list {
		if err := l.table(ctx, sc); err != nil {
			return err
		}
	}
	for _, w := range l.f.Rows {
		if err := l.keys(ctx, w); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// screening is one pass over every column of a table.
func (l *look) screening(t *table) screening {
	sc := screening{t: t}
	for i := range l.f.Keys {
		sc.conditions = append(sc.conditions, l.conditions(t, i)...)
	}
	for _, h := range sc.conditions {
		l.columns[place{Dataset: t.urn, Column: h.where.Column}] = true
	}
	// The raw form is one of the folded ones, so the screen can do without it.
	sc.where = screen(slices.DeleteFunc(slices.Clone(sc.conditions), func(h hit) bool { return h.folded }))
	return sc
}

// table looks at a table condition by condition where the screen found something.
func (l *look) table(ctx context.Context, sc screening) error {
	if sc.err != nil {
		return l.unseen(sc.t.urn, sc.err)
	}
	for i := 0; sc.rows > 0 && i < len(sc.conditions); i++ {
		if err := l.condition(ctx, sc.t, sc.conditions[i]); err != nil {
			return err
		}
	}
	return nil
}

func (l *look) unseen(u urn.URN, err error) error {
	return fault.Unavailable.Errorf("%s could not be looked into: %s", u.Name(), scrub(because(err), l.f.Keys))
}

// conditions parts what conditions of a search join: the raw form from the others.
// A hit's how is the form.
func (l *look) conditions(t *table, i int) (out []hit) {
	k := l.f.Keys[i]
	for _, h := range l.search.conditions(t, i) {
		switch {
		case h.how == byHash:
			h.how = formHashed
			out = append(out, h)
		case h.how == byContained:
			c, _ := t.column(h.where.Column)
			h.how = formSubstring
			if strings.Contains(strings.ToLower(c.Type), "json") {
				h.how = formJSON
			}
			out = append(out, h)
		case h.where.How != catalog.Folded:
			h.how = formRaw
			out = append(out, h)
		default:
			raw := h
			raw.how, raw.folded, raw.where = formRaw, true, exact(t, h.where.Column, []string{k.Value})
			h.how = formFolded
			out = append(out, raw, h)
		}
	}
	return out
}

func (l *look) condition(ctx context.Context, t *table, h hit) error {
	n, err := l.rows(ctx, t, h)
	if err != nil {
		return l.unseen(t.urn, err)
	}
	n -= l.allowed(t.urn, l.f.Keys[h.key].Class == "")
	if n <= 0 {
		return nil
	}
	same := func(r Remnant) bool {
		return r.Dataset == t.urn && r.Column == h.where.Column && (r.Form == h.how || r.Form == formRaw && h.how == formFolded)
	}
	if i := slices.IndexFunc(l.left, same); i >= 0 {
		l.left[i].Rows = max(l.left[i].Rows, n) // one identity in two forms, or two identities in one
		return nil
	}
	l.left = append(l.left, Remnant{Dataset: t.urn, Column: h.where.Column, Rows: n, Form: h.how})
	return nil
}

// rows counts what a condition names. Inside longer text, only cells count in which
// the identity stands by itself.
func (l *look) rows(ctx context.Context, t *table, h hit) (int64, error) {
	if h.how != formSubstring && h.how != formJSON {
		return l.d.Reach.Count(ctx, []catalog.Rows{h.where})
	}
	cells, err := l.d.Reach.Select(ctx, h.where, []string{h.where.Column}, maxKeys)
	if err != nil {
		return 0, err
	}
	plain, _ := l.search.forms(l.f.Keys[h.key])
	equal := folded(plain)
	n := int64(0)
	for _, c := range cells {
		if !slices.Contains(equal, strings.ToLower(strings.TrimSpace(c[0]))) && standsIn(c[0], h.values) {
			n++
		}
	}
	return n, nil
}

// keys looks for keys of the subject's rows where they led before.
func (l *look) keys(ctx context.Context, w catalog.Rows) error {
	l.columns[place{Dataset: w.Dataset, Column: w.Column}] = true
	n, err := l.d.Reach.Count(ctx, []catalog.Rows{w})
	if err != nil {
		return l.unseen(w.Dataset, err)
	}
	if n -= l.allowed(w.Dataset, true); n <= 0 {
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
func (l *look) allowed(u urn.URN, key bool) (n int64) {
	seen := map[string]bool{}
	for i, s := range l.f.Plan.Steps {
		where := fmt.Sprint(l.f.Acts[i].Where) // two steps may be about the same rows
		stays := s.Action == catalog.RetainRows || key && (s.Action == catalog.Pseudonymise || s.Action == catalog.NullColumns)
		if s.Dataset != u || !stays || s.Related == string(opening) || seen[where] {
			continue
		}
		seen[where] = true
		n += s.Rows
	}
	return n
}
