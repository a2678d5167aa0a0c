package gdpr

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"waymark/catalog/access"
)

// Time returns the beginning of the day in UTC.
func (d Day) Time() time.Time { return d.t }

// Line is one record of the ledger about a request, in words.
type Line struct {
	Number   int64
	At       time.Time
	By, Text string
}

// Trail returns what the ledger has about a request, oldest first.
func (d *Desk) Trail(ctx context.Context, id string) (out []Line, err error) {
	if _, err := d.Find(ctx, id); err != nil {
		return nil, err
	}
	records, err := d.Ledger.Of(ctx, id)
	for _, r := range records {
		var a act
		if bad := json.Unmarshal(r.Content, &a); bad != nil {
			a = act{} // a sealed document: its digest is all there is
		}
		text := strings.ReplaceAll(strings.ReplaceAll(r.Act, ".", " "), "_", " ")
		reason, bad := d.reason(ctx, a)
		if bad != nil {
			return out, bad
		}
		if reason != "" {
			text += ": " + reason
		}
		out = append(out, Line{Number: r.Number, At: r.At, By: a.By, Text: text})
	}
	return out, err
}

// Open says in one sentence each what keeps a request open.
func (d *Desk) Open(r Request) (out []string) {
	if r.State.Ended() {
		return nil
	}
	for _, h := range r.Holds {
		if h.Released.IsZero() {
			out = append(out, "a legal hold: "+h.Reason)
		}
	}
	if len(r.Runs) > 0 {
		for _, o := range r.Runs[len(r.Runs)-1].Outcomes {
			if o.Outcome == Failed || o.Outcome == Unreachable {
				out = append(out, fmt.Sprintf("%s is %s: %s", o.Dataset.Name(), o.Outcome, o.Detail))
			}
		}
	}
	if len(r.Looks) > 0 {
		for _, x := range r.Looks[len(r.Looks)-1].Residuals {
			out = append(out, fmt.Sprintf("%s.%s still holds the subject (%s)", x.Dataset.Name(), x.Column, x.Form))
		}
	}
	if r.State.clean() {
		for _, x := range r.unaccepted() {
			out = append(out, fmt.Sprintf("%s was not searched and the privacy officer has not accepted it (%s)", x.place(), x.Reason))
		}
		out = append(out, d.proofs(r)...)
	}
	if len(out) == 0 {
		out = append(out, waits[r.State])
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

// proofs says what a verified request lacks before it is closed.
func (d *Desk) proofs(r Request) (out []string) {
	if !d.lookedTwice(r) {
		out = append(out, "the second look is due on "+d.secondLook(r).String())
	}
	if r.Receipt == nil {
		out = append(out, "the receipt is to be given")
	}
	return out
}

// waits says what a request in each state waits for.
var waits = map[State]string{
	Received: "it is to be planned", IdentityCheck: "the subject is to be identified", WaitingSubject: "the subject was asked",
	Scoping: "it is to be planned", Planned: "two people are to approve the plan", Package: "two people are to approve the package",
	Approval: "it is to be approved by two people and executed", Executing: "it is being executed", Executed: "it is to be verified",
	Verifying: "it is being verified", Verified: "it is to be closed", VerifiedExcept: "it is to be closed", Sent: "it is to be closed",
	Residual: "something was left; it is to be planned again", Incomplete: "something failed; execute again or plan anew", OnHold: "a legal hold",
}

// turn is one act on a request, who may do it, and in which states.
type turn struct {
	name   string
	action access.Action
	states []State
}

// turns lists the steps in the order of the route.
var turns = []turn{
	{"plan", access.RequestPlan, []State{Received, IdentityCheck, Scoping, Planned, Package, Approval, Residual, Incomplete}},
	{"edit", access.RequestPlan, []State{Planned, Approval, Incomplete, Residual}},
	{"approve", access.RequestApprove, []State{Planned, Package, Approval}},
	{"execute", access.RequestExecute, []State{Approval, Executing, Incomplete}},
	{"verify", access.RequestExecute, []State{Executed, Verifying, Verified, VerifiedExcept}},
	{"accept", access.RequestPlan, []State{VerifiedExcept}},
	{"receipt", access.RequestExecute, []State{Verified, VerifiedExcept, Closed}},
	{"close", access.RequestExecute, []State{Verified, VerifiedExcept, Sent}},
	{"hold", access.RequestPlan, []State{Received, IdentityCheck, Scoping, Planned, Package, Approval, Executing, Incomplete, OnHold}},
	{"reject", access.RequestPlan, []State{Received, IdentityCheck, Scoping, Planned, Package, Approval}},
	{"extend", access.RequestPlan, []State{Received, IdentityCheck, WaitingSubject, Scoping, Planned, Package, Approval, Incomplete, Residual, OnHold}},
	{"withdraw", access.RequestPlan, []State{Received, IdentityCheck, WaitingSubject, Scoping, Planned, Package, Approval}},
}

// Next lists what a caller may do with a request now, by right and by state.
func (d *Desk) Next(ctx context.Context, r Request) (out []string) {
	c, _ := access.From(ctx)
	for _, t := range turns {
		if !c.May(t.action) || !slices.Contains(t.states, r.State) {
			continue
		}
		if t.name == "approve" && d.mayApprove(ctx, c, r, r.Plan) != nil || t.name == "execute" && d.approved(r) != nil || t.name == "close" && d.mayClose(r) != nil ||
			t.name == "accept" && len(r.unaccepted()) == 0 || t.name == "receipt" && len(r.unaccepted()) > 0 {
			continue
		}
		out = append(out, t.name)
	}
	if c.May(access.RequestPlan) || c.May(access.RequestOpen) && access.Same(r.Created.By, c.User) {
		out = append(out, "reveal")
	}
	return out
}
