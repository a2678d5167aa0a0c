package gdpr

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
	"waymark/pii/vault"
)

// Plan is exactly what is to happen to the subject's data. It is frozen: its hash
// covers all of it, and the keys of the rows by their tokens.
type Plan struct {
	ID          string            `json:"id"`
	Hash        string            `json:"hash"`
	Kind        Kind              `json:"kind"`
	Law         string            `json:"law"`
	Keys        []KeyMet          `json:"keys"`
	Steps       []Step            `json:"steps"`
	Unreachable []Gap             `json:"unreachable"`
	Exceptions  []Exception       `json:"exceptions,omitempty"` // what was not searched
	Derived     []Derived         `json:"derived"`
	Islands     []Island          `json:"islands"`
	Clean       []urn.URN         `json:"clean"` // reached, and no row of the subject was there
	Notes       []string          `json:"notes"`
	Schema      map[string]string `json:"schema"` // by source: hash of the planned tables and their keys

	Edits      []Edit         `json:"edits,omitempty"`
	Aggregates []Derived      `json:"aggregates,omitempty"`     // computed from rows that go: they will no longer agree
	Possible   []PossibleLink `json:"possible_links,omitempty"` // not followed; a person is to look
}

// CopyRows is the action of a step of an access request.
const CopyRows catalog.Action = "copy"

// Step is one act on one dataset.
type Step struct {
	Order   int            `json:"order"`
	Source  string         `json:"source"`
	Dataset urn.URN        `json:"dataset"`
	Action  catalog.Action `json:"action"`
	Columns []string       `json:"columns"`
	Rows    int64          `json:"rows"`
	Ground  string         `json:"ground"`
	Until   Day            `json:"until,omitzero"`
	Related string         `json:"related"` // about, shared, refers, mentions
	Reached string         `json:"reached"` // identity, hash, contained, foreign key, same name, lineage
	Path    []string       `json:"path"`
	Token   string         `json:"token"`          // of the keys that name the rows
	Kept    []string       `json:"kept,omitempty"` // columns alone that a retained row keeps
}

// KeyMet says where an identity was found; the identity itself is masked.
type KeyMet struct {
	Key     string   `json:"key"`
	Learned bool     `json:"learned,omitempty"`
	Shared  bool     `json:"shared,omitempty"`
	Columns []string `json:"columns"`
}

// Gap is a dataset that holds or may hold the subject and cannot be acted on.
type Gap struct {
	Dataset urn.URN `json:"dataset"`
	Reason  string  `json:"reason"`
}

// Island is a dataset with personal columns to which no path leads.
type Island struct {
	Dataset urn.URN  `json:"dataset"`
	Columns []string `json:"columns"`
}

// frozen is a plan with what only the privacy store may know.
type frozen struct {
	Plan  Plan             `json:"plan"`
	Acts  []catalog.Act    `json:"acts"` // one a step
	Gone  [][]catalog.Rows `json:"gone"` // per step, rows that earlier steps have removed by then
	Watch []watched        `json:"watch"`
	Keys  []Key            `json:"keys"`
	Rows  []catalog.Rows   `json:"rows"` // where else keys of the subject's rows were looked for
}

// watched is a condition whose count must not change between plan and act.
type watched struct {
	Source string       `json:"source"`
	Where  catalog.Rows `json:"where"`
	Rows   int64        `json:"rows"`
}

// PlanOptions is what the planner decides beyond what is found.
type PlanOptions struct {
	Retain []Retention // datasets whose rows the law wants kept
}

// Retention keeps the subject's rows of a dataset on a ground.
type Retention struct {
	Dataset urn.URN
	Ground  string
	Until   Day
}

// Plan finds the subject's data and freezes what is to happen to it. Planning again
// ends the approvals that were given.
func (d *Desk) Plan(ctx context.Context, id string, o PlanOptions) (p Plan, err error) {
	defer fault.Wrap(&err, "plan request %s", id)
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
	if r.Kind != Erasure && r.Kind != Access {
		return p, fault.Invalid.Errorf("a request of the kind %s is kept with its deadline; to plan and carry it out is not built, only access and erasure are", r.Kind)
	}
	for _, keep := range o.Retain {
		if strings.TrimSpace(keep.Ground) == "" {
			return p, fault.Invalid.Errorf("to keep rows of %s takes a ground", keep.Dataset.Name())
		}
	}
	if err := d.toScoping(ctx, c, &r); err != nil {
		return p, err
	}
	f, err := d.freeze(ctx, r, o)
	if err != nil {
		return p, err
	}
	return f.Plan, d.adopt(ctx, c, r, f)
}

// toScoping moves a request to where it may be planned.
func (d *Desk) toScoping(ctx context.Context, c access.Caller, r *Request) error {
	var way []State
	switch r.State {
	case Received:
		way = []State{IdentityCheck, Scoping}
	case WaitingSubject:
		return fault.Conflict.Errorf("request %s waits for an answer of the subject", r.ID)
	case Scoping:
		return nil
	default:
		way = []State{Scoping}
	}
	reason := "to be planned"
	if r.Identity == "" && len(way) == 2 {
		reason = "no check of identity is on file; " + c.User + ", who plans, answers for it"
	}
	return d.steps(ctx, c, r, reason, way...)
}

// adopt stores a frozen plan as the request's own.
func (d *Desk) adopt(ctx context.Context, c access.Caller, r Request, f frozen) error {
	next := r
	next.Plan, next.Approvals, next.Planned, next.Rows = f.Plan.Hash, nil, d.stamp(c), 0
	for _, s := range f.Plan.Steps {
		next.Rows += s.Rows
	}
	to := Planned
	if r.Kind == Access {
		to = Package
	}
	return d.move(ctx, c, &next, to, "", func(w vault.Writer) error {
		if err := put(w, vault.Subjects, r.ID, f.Keys); err != nil {
			return err
		}
		return put(w, vault.Plans, r.ID, f)
	})
}

// FindPlan returns the frozen plan of a request, or fault.NotFound.
func (d *Desk) FindPlan(ctx context.Context, id string) (Plan, error) {
	if _, err := d.Find(ctx, id); err != nil {
		return Plan{}, err
	}
	f, err := d.frozen(ctx, id)
	return f.Plan, err
}

func (d *Desk) frozen(ctx context.Context, id string) (f frozen, err error) {
	err = d.Vault.View(ctx, func(v vault.Reader) error {
		f, err = get[frozen](v, vault.Plans, id)
		return err
	})
	return f, err
}

func (d *Desk) subject(ctx context.Context, id string) (keys []Key, err error) {
	err = d.Vault.View(ctx, func(v vault.Reader) error {
		keys, err = get[[]Key](v, vault.Subjects, id)
		return err
	})
	return keys, err
}

// freeze searches and makes the plan.
func (d *Desk) freeze(ctx context.Context, r Request, o PlanOptions) (frozen, error) {
	ctx = inner(ctx)
	keys, err := d.subject(ctx, r.ID)
	if err != nil {
		return frozen{}, err
	}
	progress(ctx, stepSurvey, 0)
	e, err := d.survey(ctx)
	if err != nil {
		return frozen{}, err
	}
	// Identities that an earlier search learned stay: the rows beside which they
	// were found may be gone by now.
	for i := range keys {
		keys[i].Shared = false
	}
	s := newSearch(d, e, keys)
	for _, edit := range r.Edits {
		if edit.What == EditAdd {
			s.add = append(s.add, edit.Dataset)
		}
	}
	if err := s.run(ctx); err != nil {
		return frozen{}, err
	}
	rules, err := d.allRules(ctx)
	if err != nil {
		return frozen{}, err
	}
	progress(ctx, stepCount, 0)
	dr := &draft{search: s, request: r, options: o, rules: rules}
	if err := dr.make(ctx); err != nil {
		return frozen{}, err
	}
	return dr.freeze()
}

// freeze puts the plan into its canonical form and takes its hash.
func (d *draft) freeze() (frozen, error) {
	s := d.search
	p := Plan{
		ID: d.request.ID, Kind: d.request.Kind, Law: d.request.Law + " " + d.request.LawVersion, Schema: d.schema,
		Keys: []KeyMet{}, Steps: []Step{}, Unreachable: s.unreachable(d), Exceptions: append(s.e.exceptions(), s.exceptions...),
		Derived: append([]Derived{}, s.paths...),
		Islands: s.islands(), Clean: s.clean(), Notes: append([]string{}, s.notes...), Possible: s.possible, Aggregates: d.aggregates,
	}
	for _, e := range d.request.Edits {
		e.Ledger = 0 // it is given after the plan
		p.Edits = append(p.Edits, e)
	}
	for i, k := range s.keys {
		columns := append([]string{}, s.met[i]...)
		slices.Sort(columns)
		p.Keys = append(p.Keys, KeyMet{Key: k.masked(), Learned: k.Learned, Shared: k.Shared, Columns: columns})
	}
	f := frozen{Watch: s.watch, Keys: s.keys, Rows: append(s.rows, s.ownKeys()...)}
	for i, x := range d.steps {
		x.step.Order = i + 1
		text, err := json.Marshal(x.act)
		if err != nil {
			return f, fault.Internal.Of(err)
		}
		if x.step.Token, err = s.d.Vault.Token("plan", d.request.ID+string(text)); err != nil {
			return f, err
		}
		x.step.Token = x.step.Token[:16]
		p.Steps = append(p.Steps, x.step)
		f.Acts = append(f.Acts, x.act)
		f.Gone = append(f.Gone, x.gone)
	}
	p.Hash = p.sum()
	f.Plan = p
	return f, nil
}

// ownKeys are the primary keys of the subject's own rows: one that comes back is
// looked for by its number, whoever it names then.
func (s *search) ownKeys() (out []catalog.Rows) {
	for _, t := range s.order {
		var ids []string
		for id := range s.ids[string(t.urn)+"\x00"+t.pk] {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		if t.pk != "" && len(ids) > 0 && slices.ContainsFunc(s.finds[t], func(h hit) bool { return h.related == about }) {
			out = append(out, exact(t, t.pk, ids))
		}
	}
	return out
}

// sum is the SHA-256 over the plan's canonical JSON: members in the order of the
// types, maps by key, no white space.
func (p Plan) sum() string {
	p.Hash = ""
	text, _ := json.Marshal(p) // marshals: plain values only
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

func (s *search) unreachable(d *draft) []Gap {
	for _, x := range d.steps {
		if why := d.sealed[x.step.Source]; why != "" {
			s.gaps[x.step.Dataset] = why
		}
		if why := s.e.broken[x.step.Source]; why != "" {
			s.gaps[x.step.Dataset] = why
		}
	}
	out := []Gap{}
	for u, why := range s.gaps {
		out = append(out, Gap{u, why})
	}
	slices.SortFunc(out, func(a, b Gap) int { return strings.Compare(string(a.Dataset), string(b.Dataset)) })
	return out
}

// islands are tables with personal columns that no search has touched.
func (s *search) islands() []Island {
	out := []Island{}
	for _, t := range s.e.tables {
		columns := t.telling()
		if len(columns) == 0 || t.view() || s.gaps[t.urn] != "" || len(s.finds[t]) > 0 || s.searched(t) {
			continue
		}
		out = append(out, Island{Dataset: t.urn, Columns: columns})
	}
	return out
}

// searched reports whether the subject would have been found in t: by a key of
// rows, or in a column of a class that was looked for.
func (s *search) searched(t *table) bool {
	if t.source == "" {
		return false
	}
	for _, c := range t.columns {
		if s.tried[place{Dataset: t.urn, Column: c.Name}] != nil {
			return true
		}
		if slices.ContainsFunc(s.keys, func(k Key) bool { return k.Class != "" && !k.Shared && k.Class == t.classes[c.Name] }) {
			return true
		}
	}
	return false
}

// clean are the tables that a key led to and where no row was.
func (s *search) clean() []urn.URN {
	out := []urn.URN{}
	for p := range s.tried {
		t := s.e.byURN[p.Dataset]
		if t != nil && len(s.finds[t]) == 0 && s.gaps[t.urn] == "" && !slices.Contains(out, t.urn) {
			out = append(out, t.urn)
		}
	}
	slices.Sort(out)
	return out
}
