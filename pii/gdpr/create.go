package gdpr

import (
	"context"
	"strings"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/pii/ledger"
	"waymark/pii/vault"
)

// Opening is what a request is opened with.
type Opening struct {
	Kind     Kind
	Law      string   // "" is DefaultLaw
	Subject  []string // KEY=VALUE
	Received Day      // zero is today
	Identity string   // how the subject was identified, without any of their data
}

// Create opens a request.
func (d *Desk) Create(ctx context.Context, o Opening) (r Request, err error) {
	defer fault.Wrap(&err, "open a request")
	c, err := d.caller(ctx, access.RequestOpen, "new")
	if err != nil {
		return r, err
	}
	law, keys, err := d.checkOpening(&o)
	if err != nil {
		return r, err
	}
	if err := d.Vault.Sealed(); err != nil {
		return r, err
	}
	r = Request{
		Kind: o.Kind, Law: law.ID, LawVersion: law.Version, State: Received, Received: o.Received, Created: d.stamp(c),
		Identity: strings.TrimSpace(o.Identity), Deadline: law.Deadline(o.Kind, o.Received, nil, d.Holidays, d.today()),
	}
	for _, k := range keys {
		r.Subject = append(r.Subject, k.masked())
	}
	if err := d.compare(ctx, &r, keys); err != nil {
		return r, err
	}
	if r.ID, err = d.number(ctx); err != nil {
		return r, err
	}
	a := r.act(c, "", nil)
	a.To = Received
	n, err := d.Ledger.Append(ctx, ledger.Entry{Act: "request.received", Request: r.ID, Body: a})
	if err != nil {
		return Request{}, err
	}
	r.History = []Moved{{To: Received, Ledger: n, Stamp: r.Created}}
	err = d.save(ctx, &r, func(w vault.Writer) error { return put(w, vault.Subjects, r.ID, keys) })
	return r, err
}

// compare notes which open requests of the same kind have an identity in common.
// Whether they are of one person, a human decides: see Merge.
func (d *Desk) compare(ctx context.Context, r *Request, keys []Key) error {
	for _, k := range keys {
		plain := folded([]string{k.Value})
		token, err := d.Vault.Token("like "+k.Class+" "+k.Name, strings.Join(plain, ""))
		if err != nil {
			return err
		}
		r.Tokens = append(r.Tokens, token[:32])
	}
	all, err := d.all(ctx)
	for _, o := range all {
		if !o.State.Ended() && o.Kind == r.Kind && meet(o.Tokens, r.Tokens) {
			r.Like = append(r.Like, o.ID)
		}
	}
	return err
}

// Merge ends a request that is a duplicate of another one of the same subject.
func (d *Desk) Merge(ctx context.Context, id, into string) (Request, error) {
	r, err := d.Find(ctx, id)
	if err != nil {
		return r, err
	}
	o, err := d.Find(ctx, into)
	if err != nil {
		return r, err
	}
	if id == into || o.Kind != r.Kind || o.State.Ended() || !meet(o.Tokens, r.Tokens) {
		return r, fault.Conflict.Errorf("request %s is no duplicate of %s: they need the same kind and one identity in common, and %s must be open", id, into, into)
	}
	return d.end(ctx, id, Duplicate, "of "+into)
}

// number gives out a number that is never given out again, also when the request
// behind it fails to be stored.
func (d *Desk) number(ctx context.Context) (id string, err error) {
	err = d.Vault.Update(ctx, func(w vault.Writer) error {
		id, err = d.nextID(w, d.today().t.Year())
		return err
	})
	return id, err
}

func (d *Desk) checkOpening(o *Opening) (law Law, keys []Key, err error) {
	known := false
	for _, k := range Kinds() {
		known = known || k == o.Kind
	}
	if !known {
		return law, nil, fault.Invalid.Errorf("there is no kind %q; kinds are access, portability, erasure, rectification, restriction and objection", o.Kind)
	}
	if o.Law == "" {
		o.Law = DefaultLaw
	}
	if law, err = findLaw(o.Law); err != nil {
		return law, nil, err
	}
	if o.Received.IsZero() {
		o.Received = d.today()
	}
	if o.Received.After(d.today()) {
		return law, nil, fault.Invalid.Errorf("the day of receipt, %s, is in the future", o.Received)
	}
	for _, s := range o.Subject {
		if strings.TrimSpace(s) == "" {
			continue
		}
		k, err := ParseKey(s)
		if err != nil {
			return law, nil, err
		}
		keys = append(keys, k)
	}
	if len(keys) == 0 {
		return law, nil, fault.Invalid.Errorf("a request needs at least one key of its subject, such as email=…")
	}
	return law, keys, nil
}

// Show returns the subject's identities in plain. Who sees them, and when, is in
// the ledger before they are shown: the officer who plans, or the case worker who
// opened the request.
func (d *Desk) Show(ctx context.Context, id string) ([]Key, error) {
	r, err := d.Find(ctx, id)
	if err != nil {
		return nil, err
	}
	c, _ := access.From(ctx)
	if !c.May(access.RequestPlan) && !(c.May(access.RequestOpen) && access.Same(r.Created.By, c.User)) {
		return nil, fault.Denied.Errorf("%s may not see the subject of request %s: it takes the privacy officer, or the case worker who opened it", c.User, id)
	}
	if _, err := d.record(ctx, "subject.shown", &r, r.act(c, "", nil)); err != nil {
		return nil, err
	}
	keys, err := d.subject(ctx, id)
	given := keys[:0]
	for _, k := range keys {
		if !k.Learned || c.May(access.RequestPlan) {
			given = append(given, k)
		}
	}
	return given, err
}

// Refuse ends a request that is not to be carried out, on a ground.
func (d *Desk) Refuse(ctx context.Context, id, ground string) (Request, error) {
	return d.end(ctx, id, Refused, ground)
}

// Withdraw ends a request that the subject took back.
func (d *Desk) Withdraw(ctx context.Context, id, reason string) (Request, error) {
	return d.end(ctx, id, Withdrawn, reason)
}

func (d *Desk) end(ctx context.Context, id string, to State, reason string) (r Request, err error) {
	defer fault.Wrap(&err, "end request %s", id)
	c, err := d.caller(ctx, access.RequestPlan, id)
	if err != nil {
		return r, err
	}
	if strings.TrimSpace(reason) == "" {
		return r, fault.Invalid.Errorf("a request that is %s needs a reason", to)
	}
	leave, err := d.enter(id)
	if err != nil {
		return r, err
	}
	defer leave()
	if r, err = d.load(ctx, id); err != nil {
		return r, err
	}
	return r, d.move(ctx, c, &r, to, reason)
}

// Happened moves the clock of a request: asked and given pause it where the law
// says so, extended lengthens it while that may still be told.
func (d *Desk) Happened(ctx context.Context, id, what, reason string) (r Request, err error) {
	defer fault.Wrap(&err, "note on request %s that it was %s", id, what)
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
	law, err := findLaw(r.Law)
	if err != nil {
		return r, err
	}
	if err := d.mayHappen(r, law, what, reason); err != nil {
		return r, err
	}
	next := r
	next.Events = append(r.Events[:len(r.Events):len(r.Events)], Event{What: what, Day: d.today(), Reason: reason})
	next.Deadline = law.Deadline(r.Kind, r.Received, next.Events, d.Holidays, d.today())
	if _, err := d.record(ctx, "clock."+what, &r, r.act(c, reason, next.Deadline)); err != nil {
		return r, err
	}
	return next, d.save(ctx, &next)
}

func (d *Desk) mayHappen(r Request, law Law, what, reason string) error {
	switch {
	case r.State.Ended():
		return fault.Conflict.Errorf("the request is %s", r.State)
	case law.Version != r.LawVersion:
		return fault.Conflict.Errorf("it was received under version %s of the law's entry, the pack now holds %s", r.LawVersion, law.Version)
	case what == Asked, what == Given:
		return nil
	case what != Extended:
		return fault.Invalid.Errorf("clocks are moved by asked, given and extended")
	case r.ExtendTo.IsZero():
		return fault.Conflict.Errorf("%s gives no further time", law.Name)
	case d.today().After(r.ExtendBy):
		return fault.Conflict.Errorf("an extension was to be told by %s", r.ExtendBy)
	case strings.TrimSpace(reason) == "":
		return fault.Invalid.Errorf("an extension needs a reason that is told to the subject")
	}
	return nil
}
