package gdpr

import (
	"context"
	"errors"
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/fault"
)

// ended writes the outcomes of a source to the ledger and then to the journal. An
// empty outcome means that each step did what it was to do.
func (x *execution) ended(ctx context.Context, source, outcome, detail string) error {
	// What was done must be written down even if the caller is gone.
	ctx = context.WithoutCancel(ctx)
	l := &leg{State: legEnded}
	if outcome == Failed || outcome == Unreachable {
		l.State = legOpen
	}
	for _, s := range x.f.Plan.Steps {
		if s.Source != source || s.Related == string(opening) {
			continue
		}
		o := Outcome{Dataset: s.Dataset, Outcome: outcome, Detail: detail, Order: s.Order, Action: string(s.Action), At: x.d.stamp(x.c).At}
		if outcome == "" || s.Action == catalog.RetainRows {
			o.Outcome, o.Rows, o.Ground, o.Until = settled(s), s.Rows, s.Ground, s.Until
		}
		if o.Detail == "" {
			o.Detail = detailOf(s)
		}
		l.Outcomes = append(l.Outcomes, o)
	}
	told, grounds := withoutText(l.Outcomes)
	n, err := x.d.record(ctx, "erase.result", x.r, x.r.act(x.c, grounds, map[string]any{"source": source, "outcomes": told}))
	if err != nil {
		return err
	}
	for i := range l.Outcomes {
		l.Outcomes[i].Ledger = n
	}
	x.j.Legs[source] = l
	return x.keep(ctx)
}

// withoutText takes what people or servers wrote out of outcomes, for the ledger, and
// returns it as one text, each once.
func withoutText(list []Outcome) (out []Outcome, text string) {
	var lines []string
	for _, o := range list {
		for _, line := range []string{o.Ground, o.Detail} {
			if line != "" && !slices.Contains(lines, line) {
				lines = append(lines, line)
			}
		}
		o.Ground, o.Detail = "", ""
		out = append(out, o)
	}
	return out, strings.Join(lines, "; ")
}

// settled is the outcome of a step that did what it was to do. A row that stays
// under a pseudonym is still personal data and counts as retained.
func settled(s Step) string {
	switch {
	case s.Action == catalog.RetainRows, s.Related == string(shared):
		return Retained
	case s.Action != catalog.DeleteRows && s.Related == string(about):
		return Retained
	}
	return Erased
}

func detailOf(s Step) string {
	switch s.Action {
	case catalog.NullColumns:
		return "set to null"
	case catalog.Pseudonymise:
		return "pseudonymised"
	}
	return ""
}

// stop ends a run that cannot go on. Drift and holds give the plan back; any other
// error leaves the request executing, to be executed again.
func (x *execution) stop(ctx context.Context, cause error) (Done, error) {
	var drift errDrift
	var held errHeld
	to := OnHold
	switch {
	case errors.As(cause, &drift):
		to = Planned
	case !errors.As(cause, &held):
		return Done{}, cause
	}
	next := *x.r
	next.Approvals = nil
	next.Runs = append(x.r.Runs[:len(x.r.Runs):len(x.r.Runs)], Run{Plan: x.f.Plan.Hash, Outcomes: x.outcomes(), Stamp: x.d.stamp(x.c)})
	if err := x.d.move(ctx, x.c, &next, to, because(cause)); err != nil {
		return Done{}, err
	}
	done := Done{ID: next.ID, Outcomes: x.outcomes(), State: to}
	if to == Planned {
		return done, fault.Conflict.Errorf("%w; plan it again, and have it approved again", cause)
	}
	return done, cause
}

// end takes the request to its next state by what became of every collection.
func (x *execution) end(ctx context.Context) (Done, error) {
	outcomes := x.outcomes()
	to := Executed
	if x.r.Kind == Access {
		to = Sent
	}
	if slices.ContainsFunc(outcomes, func(o Outcome) bool { return o.Outcome == Failed || o.Outcome == Unreachable }) {
		to = Incomplete
	}
	next := *x.r
	next.Runs = append(x.r.Runs[:len(x.r.Runs):len(x.r.Runs)], Run{Plan: x.f.Plan.Hash, Outcomes: outcomes, Stamp: x.d.stamp(x.c)})
	if err := x.d.move(context.WithoutCancel(ctx), x.c, &next, to, ""); err != nil {
		return Done{}, err
	}
	return Done{ID: next.ID, Outcomes: outcomes, State: to}, nil
}

// outcomes puts together what became of every collection of the plan: its steps in
// their order, what cannot be reached, and where nothing was.
func (x *execution) outcomes() []Outcome {
	out := []Outcome{}
	for _, l := range x.j.Legs {
		out = append(out, l.Outcomes...)
	}
	if x.r.Kind == Access {
		for _, s := range x.f.Plan.Steps {
			out = append(out, Outcome{Dataset: s.Dataset, Outcome: Copied, Rows: s.Rows, Order: s.Order, Action: string(s.Action)})
		}
	}
	slices.SortFunc(out, func(a, b Outcome) int { return a.Order - b.Order })
	for _, g := range x.f.Plan.Unreachable {
		// One that has a step is told by its step: it may be reachable by now.
		if !slices.ContainsFunc(x.f.Plan.Steps, func(s Step) bool { return s.Dataset == g.Dataset }) {
			out = append(out, Outcome{Dataset: g.Dataset, Outcome: Unreachable, Detail: g.Reason})
		}
	}
	for _, u := range x.f.Plan.Clean {
		out = append(out, Outcome{Dataset: u, Outcome: NoneFound})
	}
	return out
}
