package gdpr

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
	"waymark/pii/vault"
)

// Done is what an execution did.
type Done struct {
	ID       string    `json:"id"`
	Outcomes []Outcome `json:"outcomes"`
	State    State     `json:"state"`
}

// journal is how far the execution of one plan has come, source by source.
type journal struct {
	Plan string          `json:"plan"`
	Legs map[string]*leg `json:"legs"`
}

// leg is the transaction in one source. Between intent and end its outcome is
// unknown and must be found out by counting.
type leg struct {
	State    legState  `json:"state"`
	Outcomes []Outcome `json:"outcomes"`
}

type legState string

const (
	legIntent legState = "intent"
	legEnded  legState = "ended"
	legOpen   legState = "open" // failed or unreachable: to be tried again
)

// errDrift is a plan that no longer fits what is there.
type errDrift struct{ why string }

func (e errDrift) Error() string { return "the plan no longer fits: " + e.why }

// errHeld is a hold that was set while the plan ran.
type errHeld struct{ error }

func (e errHeld) Unwrap() error { return e.error }

// Execute carries out the approved plan: per source one transaction, each recorded
// in the ledger before it begins and after it ended. Called again it goes on where
// it stopped. Where rows were added or changed since the plan, it stops, and the
// request is to be planned and approved again.
func (d *Desk) Execute(ctx context.Context, id string) (done Done, err error) {
	defer fault.Wrap(&err, "execute request %s", id)
	c, err := d.caller(ctx, access.RequestExecute, id)
	if err != nil {
		return done, err
	}
	leave, err := d.enter(id)
	if err != nil {
		return done, err
	}
	defer leave()
	r, err := d.load(ctx, id)
	if err != nil {
		return done, err
	}
	f, err := d.begin(ctx, c, &r)
	if err != nil {
		return done, err
	}
	x := &execution{d: d, c: c, f: f, r: &r}
	if err := x.open(ctx); err != nil {
		return done, err
	}
	if r.Kind == Erasure {
		if err := x.run(ctx); err != nil {
			return x.stop(ctx, err)
		}
	}
	return x.end(ctx)
}

// begin checks that r may run and takes it to executing.
func (d *Desk) begin(ctx context.Context, c access.Caller, r *Request) (f frozen, err error) {
	if !slices.Contains([]State{Approval, Executing, Incomplete}, r.State) {
		if r.State == Planned || r.State == Package {
			return f, fault.Conflict.Errorf("the plan has no approvals; two people approve it first")
		}
		return f, fault.Conflict.Errorf("the request is %s and has no approved plan to execute", r.State)
	}
	if f, err = d.frozen(ctx, r.ID); err != nil {
		return f, err
	}
	if f.Plan.Hash != r.Plan || f.Plan.sum() != r.Plan {
		return f, fault.Corrupt.Errorf("the stored plan is not the approved one")
	}
	if r.State == Executing {
		return f, nil // an interrupted run goes on; its words stood when it began
	}
	if err := d.approved(*r); err != nil {
		return f, err
	}
	if err := d.held(ctx, *r); err != nil {
		return f, err
	}
	return f, d.move(ctx, c, r, Executing, "")
}

type execution struct {
	d *Desk
	c access.Caller
	f frozen
	r *Request
	j journal
}

// open loads the journal of this plan, or begins one.
func (x *execution) open(ctx context.Context) error {
	err := x.d.Vault.View(ctx, func(v vault.Reader) (err error) {
		x.j, err = get[journal](v, vault.Journals, x.r.ID)
		return err
	})
	if err != nil && !errors.Is(err, fault.NotFound) {
		return err
	}
	if x.j.Plan != x.f.Plan.Hash || x.j.Legs == nil {
		x.j = journal{Plan: x.f.Plan.Hash, Legs: map[string]*leg{}}
	}
	return nil
}

func (x *execution) keep(ctx context.Context) error {
	return x.d.Vault.Update(ctx, func(w vault.Writer) error { return put(w, vault.Journals, x.r.ID, x.j) })
}

// run goes through the sources in the order of the plan.
func (x *execution) run(ctx context.Context) error {
	var sources []string
	for _, s := range x.f.Plan.Steps {
		if !slices.Contains(sources, s.Source) {
			sources = append(sources, s.Source)
		}
	}
	for _, source := range sources {
		if l := x.j.Legs[source]; l != nil && l.State == legEnded {
			continue
		}
		// Somebody may have set a hold while the last source was worked on.
		r, err := x.d.load(ctx, x.r.ID)
		if err != nil {
			return err
		}
		*x.r = r
		if err := x.d.held(ctx, r); err != nil {
			return errHeld{err}
		}
		if err := x.leg(ctx, source); err != nil {
			return err
		}
	}
	return nil
}

// acts returns the acts of a source that change rows, with the numbers of their steps.
func (x *execution) acts(source string) (steps []int, acts []catalog.Act) {
	for i, s := range x.f.Plan.Steps {
		if s.Source == source && s.Action != catalog.RetainRows {
			steps = append(steps, i)
			acts = append(acts, x.f.Acts[i])
		}
	}
	return steps, acts
}

// leg does what is planned in one source.
func (x *execution) leg(ctx context.Context, source string) error {
	steps, acts := x.acts(source)
	if l := x.j.Legs[source]; l != nil && l.State == legIntent {
		ended, err := x.conclude(ctx, source, steps, "after an interruption")
		if err != nil || ended {
			return err
		}
	}
	if len(acts) == 0 {
		return x.ended(ctx, source, "", "")
	}
	if err := x.d.Reach.CanErase(inner(ctx), source); err != nil {
		return x.ended(ctx, source, Unreachable, because(err))
	}
	if err := x.unchanged(ctx, source); err != nil {
		return err
	}
	if err := x.intend(ctx, source, steps); err != nil {
		return err
	}
	_, err := x.d.Reach.Erase(inner(ctx), source, acts)
	switch {
	case err == nil:
		return x.ended(ctx, source, "", "")
	case errors.Is(err, fault.Conflict):
		// Nothing was changed. The record says so before the plan is given up.
		if err := x.ended(ctx, source, Failed, "the counts differ from the plan; nothing was changed"); err != nil {
			return err
		}
		return errDrift{scrub(because(err), x.f.Keys)}
	case errors.Is(err, fault.Unavailable):
		ended, err2 := x.conclude(context.WithoutCancel(ctx), source, steps, "after: "+scrub(because(err), x.f.Keys))
		if err2 != nil || ended {
			return err2
		}
	}
	return x.ended(ctx, source, Failed, scrub(because(err), x.f.Keys))
}

// unchanged counts every condition of a source again. Nothing may have come or gone
// since the plan, and no key or column may be another.
func (x *execution) unchanged(ctx context.Context, source string) error {
	ctx = inner(ctx)
	for i, s := range x.f.Plan.Steps {
		if s.Source != source {
			continue
		}
		n, err := x.count(ctx, i)
		if err != nil {
			return err
		}
		if n != s.Rows {
			return errDrift{fmt.Sprintf("%s has %d rows where the plan counted %d", s.Dataset.Name(), n, s.Rows)}
		}
	}
	for _, w := range x.f.Watch {
		if w.Source != source {
			continue
		}
		n, err := x.d.Reach.Count(ctx, []catalog.Rows{w.Where})
		if err != nil {
			return err
		}
		if n != w.Rows {
			return errDrift{fmt.Sprintf("%d rows of %s refer to the subject, the plan counted %d", n, w.Where.Dataset.Name(), w.Rows)}
		}
	}
	sum, err := x.d.fingerprint(ctx, source, x.f.Plan.planned(source))
	if err != nil {
		return err
	}
	if sum != x.f.Plan.Schema[source] {
		return errDrift{"the tables of " + source + " or their keys were changed"}
	}
	return nil
}

// count counts the rows of one step as the plan did.
func (x *execution) count(ctx context.Context, i int) (int64, error) {
	where, gone := x.f.Acts[i].Where, x.f.Gone[i]
	n, err := x.d.Reach.Count(ctx, append(slices.Clone(where), gone...))
	if err != nil || len(gone) == 0 {
		return n, err
	}
	minus, err := x.d.Reach.Count(ctx, gone)
	return n - minus, err
}

// planned is what the ledger is told of the steps of a source.
type planned struct {
	Order   int            `json:"order"`
	Dataset urn.URN        `json:"dataset"`
	Action  catalog.Action `json:"action"`
	Rows    int64          `json:"rows"`
}

// intend records what is about to happen, in the ledger and then in the journal.
func (x *execution) intend(ctx context.Context, source string, steps []int) error {
	var list []planned
	for _, i := range steps {
		s := x.f.Plan.Steps[i]
		list = append(list, planned{s.Order, s.Dataset, s.Action, s.Rows})
	}
	if _, err := x.d.record(ctx, "erase.intent", x.r, x.r.act(x.c, "", map[string]any{"source": source, "steps": list})); err != nil {
		return err
	}
	x.j.Legs[source] = &leg{State: legIntent}
	return x.keep(ctx)
}

// conclude finds out by counting whether a transaction whose end nobody saw took
// place. It either did or did not: anything between is a change by somebody else.
func (x *execution) conclude(ctx context.Context, source string, steps []int, after string) (ended bool, err error) {
	gone, there := 0, 0
	for _, i := range steps {
		s := x.f.Plan.Steps[i]
		if s.Action != catalog.DeleteRows && !x.telling(i) {
			continue
		}
		n, err := x.d.Reach.Count(inner(ctx), x.f.Acts[i].Where)
		if err != nil {
			return false, fault.Unavailable.Errorf("the outcome in %s is unknown and its rows cannot be counted; execute again: %w", source, err)
		}
		if n == 0 {
			gone++
		} else {
			there++
		}
	}
	switch {
	case gone > 0 && there > 0:
		return false, errDrift{"some of the rows in " + source + " are there and some are not, " + after}
	case gone > 0:
		return true, x.ended(ctx, source, "", "found done when counted again "+after)
	}
	return false, nil
}

// telling reports whether a step changes the column that names its rows, so that
// they cannot be found any more once it took place.
func (x *execution) telling(i int) bool {
	a := x.f.Acts[i]
	return len(x.f.Gone[i]) == 0 && !slices.ContainsFunc(a.Where, func(w catalog.Rows) bool { return !slices.Contains(a.Columns, w.Column) })
}
