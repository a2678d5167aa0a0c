package gdpr

import (
	"context"

	"waymark/catalog/access"
	"waymark/catalog/fault"
)

// Close ends a request that was carried out. It is refused while any doubt is left:
// a collection that failed or cannot be reached, a look that found something, a
// second look that is not yet due, a receipt that was not given.
func (d *Desk) Close(ctx context.Context, id, notices string) (r Request, err error) {
	defer fault.Wrap(&err, "close request %s", id)
	c, err := d.caller(ctx, access.RequestExecute, id)
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
	if err := d.mayClose(r); err != nil {
		return r, err
	}
	if notices == "" {
		notices = "no recipients are on file"
	}
	return r, d.move(ctx, c, &r, Closed, notices)
}

func (d *Desk) mayClose(r Request) error {
	if r.State == Sent {
		return nil
	}
	if !r.State.clean() {
		return fault.Conflict.Errorf("the request is %s; only one that was verified, or an answer that was sent, can be closed", r.State)
	}
	for _, o := range r.Runs[len(r.Runs)-1].Outcomes {
		if o.Outcome == Failed || o.Outcome == Unreachable {
			return fault.Conflict.Errorf("%s is %s", o.Dataset.Name(), o.Outcome)
		}
	}
	if list := r.unaccepted(); len(list) > 0 {
		return fault.Conflict.Errorf("%s was not searched; the privacy officer accepts that with a reason, or it is made searchable and verified again", list[0].place())
	}
	if !d.lookedTwice(r) {
		return fault.Conflict.Errorf("the second look is due on %s; verify again then", d.secondLook(r))
	}
	if r.Receipt == nil {
		return fault.Conflict.Errorf("no receipt was given yet")
	}
	return nil
}
