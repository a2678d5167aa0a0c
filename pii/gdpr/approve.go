package gdpr

import (
	"context"
	"slices"
	"strings"
	"time"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
	"waymark/pii/vault"
)

// approvalLife is how long a word for a plan counts.
const approvalLife = 72 * time.Hour

// twoPeople is how many words a plan needs.
const twoPeople = 2

// Approve gives the caller's word for one plan, named by its hash. Neither who
// opened nor who planned the request can, and nobody twice.
func (d *Desk) Approve(ctx context.Context, id, hash string) (r Request, err error) {
	defer fault.Wrap(&err, "approve request %s", id)
	c, err := d.caller(ctx, access.RequestApprove, id)
	if err != nil {
		return r, err
	}
	if err := d.TellGrants(ctx); err != nil {
		return r, err
	}
	leave, err := d.enter(id)
	if err != nil {
		return r, err
	}
	defer leave()
	if r, err = d.load(ctx, id); err != nil {
		return r, err
	}
	if err := d.mayApprove(ctx, c, r, hash); err != nil {
		return r, err
	}
	if r.State == Planned || r.State == Package {
		if err := d.move(ctx, c, &r, Approval, ""); err != nil {
			return r, err
		}
	}
	next := r
	a := Approved{Plan: hash, Role: roleOf(c), Until: d.Now().UTC().Add(approvalLife).Truncate(time.Second), Stamp: d.stamp(c)}
	if a.Ledger, err = d.record(ctx, "request.approved", &r, r.act(c, "", map[string]any{"role": a.Role, "until": a.Until})); err != nil {
		return r, err
	}
	next.Approvals = append(d.standing(r), a)
	return next, d.save(ctx, &next)
}

func (d *Desk) mayApprove(ctx context.Context, c access.Caller, r Request, hash string) error {
	switch {
	case !slices.Contains([]State{Planned, Package, Approval, Incomplete}, r.State):
		return fault.Conflict.Errorf("the request is %s; only a planned one can be approved", r.State)
	case hash != r.Plan:
		return fault.Conflict.Errorf("the plan to approve is %s, the request's plan is %s: it was planned anew, look at it again", short(hash), short(r.Plan))
	}
	if err := d.another(c, r); err != nil {
		return err
	}
	if err := d.roleIsOlder(ctx, c, r); err != nil {
		return err
	}
	return d.held(ctx, r)
}

func short(hash string) string { return hash[:min(8, len(hash))] }

// roleOf is the role by which c approves.
func roleOf(c access.Caller) string {
	if slices.Contains(c.Roles, access.Approver) {
		return string(access.Approver)
	}
	return string(access.PrivacyOfficer)
}

// standing returns the approvals that still count: of this plan, in time, one a person.
func (d *Desk) standing(r Request) []Approved {
	var out []Approved
	for _, a := range r.Approvals {
		twice := slices.ContainsFunc(out, func(o Approved) bool { return access.Same(o.By, a.By) })
		if a.Plan == r.Plan && d.Now().Before(a.Until) && !twice {
			out = append(out, a)
		}
	}
	return out
}

// approved is nil when two people's words stand.
func (d *Desk) approved(r Request) error {
	n := len(d.standing(r))
	if n >= twoPeople {
		return nil
	}
	if n < len(r.Approvals) {
		return fault.Conflict.Errorf("an approval has ended after 72 hours; %s still needed", count(twoPeople-n, "approval"))
	}
	return fault.Conflict.Errorf("the plan has %d of two approvals", n)
}

// Revoke takes the caller's word back while the plan has not begun to run.
func (d *Desk) Revoke(ctx context.Context, id, reason string) (r Request, err error) {
	defer fault.Wrap(&err, "revoke the approval of request %s", id)
	c, err := d.caller(ctx, access.RequestApprove, id)
	if err != nil {
		return r, err
	}
	leave, err := d.enter(id)
	if err != nil {
		return r, err
	}
	defer leave()
	if r, err = d.load(ctx, id); err != nil {
		return r, err
	}
	if r.State != Approval || !slices.ContainsFunc(r.Approvals, func(a Approved) bool { return access.Same(a.By, c.User) }) {
		return r, fault.Conflict.Errorf("there is no approval of %s to take back", c.User)
	}
	back := Planned
	if r.Kind == Access {
		back = Package
	}
	next := r
	next.Approvals = nil
	return next, d.move(ctx, c, &next, back, "approval revoked: "+reason)
}

// Hold forbids to erase until it is released: the whole request, or one dataset in
// every request. Approvals that were given end at once.
func (d *Desk) Hold(ctx context.Context, id string, dataset urn.URN, reason string) (r Request, err error) {
	defer fault.Wrap(&err, "set a hold")
	c, err := d.caller(ctx, access.RequestPlan, id)
	if err != nil {
		return r, err
	}
	if strings.TrimSpace(reason) == "" {
		return r, fault.Invalid.Errorf("a hold needs a reason")
	}
	if r, err = d.load(ctx, id); err != nil {
		return r, err
	}
	h := Hold{Dataset: dataset, Reason: reason, Stamp: d.stamp(c)}
	if h.Ledger, err = d.record(ctx, "hold.set", &r, r.act(c, reason, map[string]any{"dataset": dataset})); err != nil {
		return r, err
	}
	next := r
	next.Holds = append(r.Holds[:len(r.Holds):len(r.Holds)], h)
	next.Approvals = nil
	err = d.save(ctx, &next, func(w vault.Writer) error {
		if dataset == "" {
			return nil
		}
		return put(w, vault.Holds, string(dataset), h)
	})
	if err != nil {
		return r, err
	}
	// A request that is being carried out notices between two databases.
	if slices.Contains([]State{Planned, Approval, Incomplete}, next.State) {
		err = d.move(ctx, c, &next, OnHold, reason)
	}
	return next, err
}

// Release lifts the holds of a request. It goes back to its plan and needs two
// approvals again.
func (d *Desk) Release(ctx context.Context, id, reason string) (r Request, err error) {
	defer fault.Wrap(&err, "release the hold of request %s", id)
	c, err := d.caller(ctx, access.RequestPlan, id)
	if err != nil {
		return r, err
	}
	leave, err := d.enter(id)
	if err != nil {
		return r, err
	}
	defer leave()
	if r, err = d.load(ctx, id); err != nil {
		return r, err
	}
	next := r
	next.Holds = slices.Clone(r.Holds)
	var datasets []urn.URN
	for i, h := range next.Holds {
		if h.Released.IsZero() {
			next.Holds[i].Released = d.stamp(c)
			datasets = append(datasets, h.Dataset)
		}
	}
	if len(datasets) == 0 {
		return r, fault.Conflict.Errorf("there is no hold to release")
	}
	if _, err := d.record(ctx, "hold.released", &r, r.act(c, reason, map[string]any{"datasets": datasets})); err != nil {
		return r, err
	}
	free := func(w vault.Writer) error {
		for _, u := range datasets {
			if u == "" {
				continue
			}
			if err := w.Delete(vault.Holds, string(u)); err != nil {
				return err
			}
		}
		return nil
	}
	if next.State == OnHold {
		return next, d.move(ctx, c, &next, Planned, "hold released: "+reason, free)
	}
	return next, d.save(ctx, &next, free)
}

// held is nil when no hold forbids to erase what r plans.
func (d *Desk) held(ctx context.Context, r Request) error {
	for _, h := range r.Holds {
		if h.Released.IsZero() {
			return fault.Conflict.Errorf("a hold was set by %s: %s", h.By, h.Reason)
		}
	}
	f, err := d.frozen(ctx, r.ID)
	if err != nil {
		return err
	}
	return d.Vault.View(ctx, func(v vault.Reader) error {
		for _, s := range f.Plan.Steps {
			if _, ok, err := v.Get(vault.Holds, string(s.Dataset)); err != nil {
				return err
			} else if ok {
				return fault.Conflict.Errorf("a hold stands on %s", s.Dataset.Name())
			}
		}
		return nil
	})
}
