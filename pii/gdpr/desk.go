package gdpr

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"log/slog"
	"sync"
	"time"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/pii/ledger"
	"waymark/pii/vault"
)

// Recorder is the ledger as requests use it.
type Recorder interface {
	Append(ctx context.Context, e ledger.Entry) (int64, error)
	Seal(ctx context.Context, act, request string, content any) (ledger.Sealed, int64, error)
	Of(ctx context.Context, request string) ([]ledger.Record, error)
}

// Deps are the parts that a Desk stands on. All are required but Log and Graph: without a
// Graph no derived copies are found, and every plan says so.
type Deps struct {
	Guard  *access.Guard
	Marks  Marks
	Vault  *vault.Vault
	Ledger Recorder
	Graph  Graph
	Reach  Reach
	Forms  Forms
	Log    *slog.Logger
}

// Desk is where requests are worked on. It is safe for concurrent use.
type Desk struct {
	Deps

	mu   sync.Mutex
	busy map[string]bool // requests that this process is working on

	// Now tells the time, Zone and Holidays which day that is for the office.
	// SecondLook is how long after the first clean look the second one is due.
	// All are set before the first call.
	Now        func() time.Time
	Zone       *time.Location
	Holidays   Calendar
	SecondLook time.Duration
}

// New returns a Desk.
func New(d Deps) *Desk {
	return &Desk{Deps: d, busy: map[string]bool{}, Now: time.Now, Zone: time.UTC, SecondLook: 24 * time.Hour}
}

// Sealed is nil when the privacy store can be read, and else says which key it wants.
func (d *Desk) Sealed() error { return d.Vault.Sealed() }

func (d *Desk) today() Day { return DayOf(d.Now(), d.Zone) }

// caller checks a right of the caller of ctx and returns them.
func (d *Desk) caller(ctx context.Context, action access.Action, id string) (access.Caller, error) {
	if err := d.Guard.Check(ctx, action, "request "+id); err != nil {
		return access.Caller{}, err
	}
	c, _ := access.From(ctx)
	return c, nil
}

// inner is the context in which a request looks for rows: what a person may see in
// the catalog must not decide what is found about the subject.
func inner(ctx context.Context) context.Context {
	return access.With(ctx, access.System("requests"))
}

func (d *Desk) stamp(c access.Caller) Stamp {
	return Stamp{By: c.User, Via: c.Via, System: c.System, At: d.Now().UTC().Truncate(time.Millisecond)}
}

// enter keeps a request for this call alone; the returned function lets it go.
func (d *Desk) enter(id string) (leave func(), err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.busy[id] {
		return nil, fault.Conflict.Errorf("request %s is being worked on; try again in a moment", id)
	}
	d.busy[id] = true
	return func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		delete(d.busy, id)
	}, nil
}

// Find returns a request, or fault.NotFound. A case worker finds their own alone.
func (d *Desk) Find(ctx context.Context, id string) (Request, error) {
	c, err := d.caller(ctx, access.RequestView, id)
	if err != nil {
		return Request{}, err
	}
	r, err := d.load(ctx, id)
	if err == nil && !sees(c, r) {
		err = fault.NotFound.Errorf("there is no request %s", id)
	}
	return r, err
}

// sees reports whether c may know of r: everybody who plans or approves, and the
// case worker who opened it.
func sees(c access.Caller, r Request) bool {
	return c.May(access.RequestPlan) || c.May(access.RequestApprove) || access.Same(r.Created.By, c.User)
}

// Filter chooses requests for List; the zero Filter chooses all.
type Filter struct {
	State State
	Open  bool // only those whose clock still runs
	Kind  Kind
}

// List yields requests, the oldest number first. An error is yielded once, as the last.
func (d *Desk) List(ctx context.Context, f Filter) iter.Seq2[Request, error] {
	return func(yield func(Request, error) bool) {
		c, err := d.caller(ctx, access.RequestView, "list")
		var all []Request
		if err == nil {
			all, err = d.all(ctx)
		}
		for _, r := range all {
			if sees(c, r) && f.wants(r) && !yield(r, nil) {
				return
			}
		}
		if err != nil {
			yield(Request{}, err)
		}
	}
}

func (f Filter) wants(r Request) bool {
	return (f.State == "" || r.State == f.State) && (f.Kind == "" || r.Kind == f.Kind) && !(f.Open && r.State.Ended())
}

func (d *Desk) all(ctx context.Context) (out []Request, err error) {
	err = d.Vault.View(ctx, func(v vault.Reader) error {
		out = nil
		for rec, err := range v.Scan(vault.Requests, "") {
			if err != nil {
				return err
			}
			r, err := decode[Request](rec.Val)
			if err != nil {
				return err
			}
			out = append(out, d.refresh(r))
		}
		return nil
	})
	return out, err
}

// refresh brings the clock of an open request up to today: a paused one moves.
func (d *Desk) refresh(r Request) Request {
	if law, err := findLaw(r.Law); err == nil && r.Paused && law.Version == r.LawVersion {
		r.Deadline = law.Deadline(r.Kind, r.Received, r.Events, d.Holidays, d.today())
	}
	return r
}

func (d *Desk) load(ctx context.Context, id string) (r Request, err error) {
	err = d.Vault.View(ctx, func(v vault.Reader) error {
		r, err = get[Request](v, vault.Requests, id)
		return err
	})
	return d.refresh(r), err
}

func get[T any](v vault.Reader, b vault.Bucket, id string) (out T, err error) {
	val, ok, err := v.Get(b, id)
	if err != nil {
		return out, err
	}
	if !ok {
		return out, fault.NotFound.Errorf("there is no %s %s", b, id)
	}
	return decode[T](val)
}

func decode[T any](val []byte) (out T, err error) {
	if err := json.Unmarshal(val, &out); err != nil {
		return out, fault.Corrupt.Errorf("a record of the privacy store cannot be read")
	}
	return out, nil
}

func put(w vault.Writer, b vault.Bucket, id string, v any) error {
	val, err := json.Marshal(v)
	if err != nil {
		return fault.Internal.Of(err)
	}
	return w.Put(b, id, val)
}

// save stores r if nobody changed it meanwhile, with more records in one transaction.
func (d *Desk) save(ctx context.Context, r *Request, more ...func(vault.Writer) error) error {
	next := *r
	next.Version++
	err := d.Vault.Update(ctx, func(w vault.Writer) error {
		was, err := get[Request](w.Reader, vault.Requests, r.ID)
		if err != nil && r.Version > 0 {
			return err
		}
		if was.Version != r.Version {
			return fault.Conflict.Errorf("request %s was changed meanwhile; look again", r.ID)
		}
		for _, f := range more {
			if err := f(w); err != nil {
				return err
			}
		}
		return put(w, vault.Requests, r.ID, next)
	})
	if err == nil {
		*r = next
	}
	return err
}

// act is what the ledger records of a move or an act: no personal data.
type act struct {
	By      string `json:"by"`
	Via     string `json:"via,omitempty"`
	System  string `json:"system,omitempty"`
	Kind    Kind   `json:"kind"`
	Law     string `json:"law"`
	From    State  `json:"from,omitempty"`
	To      State  `json:"to,omitempty"`
	Reason  string `json:"reason,omitempty"` // of older entries: text in plain
	Because *said  `json:"because,omitempty"`
	Plan    string `json:"plan,omitempty"`
	Details any    `json:"details,omitempty"`
}

func (r *Request) act(c access.Caller, reason string, details any) act {
	return act{By: c.User, Via: c.Via, System: c.System, Kind: r.Kind, Law: r.Law + " " + r.LawVersion, Plan: r.Plan, Reason: reason, Details: details}
}

// record writes an act of a request to the ledger. Its error stops the act.
func (d *Desk) record(ctx context.Context, name string, r *Request, a act) (int64, error) {
	var err error
	if a.Because, err = d.keepReason(ctx, r.ID, a.Reason); err != nil {
		return 0, err
	}
	a.Reason = ""
	return d.Ledger.Append(ctx, ledger.Entry{Act: name, Request: r.ID, Body: a})
}

// move takes r to a state: checked, recorded in the ledger, then stored.
func (d *Desk) move(ctx context.Context, c access.Caller, r *Request, to State, reason string, more ...func(vault.Writer) error) error {
	if err := r.State.check(to); err != nil {
		return err
	}
	a := r.act(c, reason, nil)
	a.From, a.To = r.State, to
	n, err := d.record(ctx, "request."+string(to), r, a)
	if err != nil {
		return err
	}
	next := *r
	next.State = to
	next.History = append(r.History[:len(r.History):len(r.History)], Moved{To: to, Reason: reason, Ledger: n, Stamp: d.stamp(c)})
	if err := d.save(ctx, &next, more...); err != nil {
		return err
	}
	*r = next
	return nil
}

// steps moves r through several states with one reason.
func (d *Desk) steps(ctx context.Context, c access.Caller, r *Request, reason string, to ...State) error {
	for _, s := range to {
		if err := d.move(ctx, c, r, s, reason); err != nil {
			return err
		}
	}
	return nil
}

// nextID gives out the next number of the year.
func (d *Desk) nextID(w vault.Writer, year int) (string, error) {
	key := fmt.Sprint(year)
	n := 0
	if val, ok, err := w.Get(vault.Counters, key); err != nil {
		return "", err
	} else if ok {
		if n, err = decode[int](val); err != nil {
			return "", err
		}
	}
	n++
	return fmt.Sprintf("%s-%04d", key, n), put(w, vault.Counters, key, n)
}
