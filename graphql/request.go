package graphql

import (
	"context"
	"slices"
	"strings"
	"time"

	gql "github.com/graph-gophers/graphql-go"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/urn"
	"waymark/pii/gdpr"
)

func (r *request) ID() ID             { return ID(r.r.ID) }
func (r *request) Kind() string       { return string(r.r.Kind) }
func (r *request) Law() string        { return r.r.Law }
func (r *request) State() string      { return string(r.r.State) }
func (r *request) Received() gql.Time { return gql.Time{Time: r.r.Received.Time()} }
func (r *request) Due() gql.Time      { return gql.Time{Time: r.r.Due.Time()} }
func (r *request) DueBecause() string { return r.r.Why }

func (r *request) DaysLeft() int32 {
	return int32(gdpr.DayOf(r.p.Now(), time.UTC).Until(r.r.Due))
}

// LawText names the law with its article.
func (r *request) LawText() string {
	for _, l := range gdpr.Laws() {
		if l.ID == r.r.Law {
			if t, ok := l.Terms[r.r.Kind]; ok && t.Article != "" {
				return t.Article
			}
			return l.Name
		}
	}
	return r.r.Law
}

func (r *request) CreatedBy(ctx context.Context) (string, error) {
	name, _, err := r.p.display(ctx, r.r.Created.By)
	return name, err
}

func (r *request) Subject() []SubjectKey {
	out := []SubjectKey{}
	for _, s := range r.r.Subject {
		k, v, _ := strings.Cut(s, "=")
		out = append(out, SubjectKey{Key: k, Value: v})
	}
	return out
}

// Stop is a stop on the route of a request.
type Stop struct {
	State    string
	At       *gql.Time
	Standing string
}

// routes are the usual ways of an erasure and of an answer; side moves take the
// place of the stop at which they happened.
var (
	erasureRoute = []gdpr.State{gdpr.Received, gdpr.IdentityCheck, gdpr.Scoping, gdpr.Planned, gdpr.Approval, gdpr.Executing, gdpr.Executed, gdpr.Verifying, gdpr.Verified, gdpr.Closed}
	accessRoute  = []gdpr.State{gdpr.Received, gdpr.IdentityCheck, gdpr.Scoping, gdpr.Package, gdpr.Approval, gdpr.Executing, gdpr.Sent, gdpr.Closed}
)

func (r *request) Route() []Stop {
	route := erasureRoute
	if r.r.Kind == gdpr.Access || r.r.Kind == gdpr.Portability {
		route = accessRoute
	}
	if n := len(r.r.Looks); n > 0 && len(r.r.Looks[n-1].Exceptions) > 0 && len(r.r.Looks[n-1].Residuals) == 0 {
		route = slices.Clone(route)
		for i := range route {
			if route[i] == gdpr.Verified {
				route[i] = gdpr.VerifiedExcept
			}
		}
	}
	reached := map[gdpr.State]time.Time{}
	for _, m := range r.r.History {
		reached[m.To] = m.At
	}
	now := slices.Index(route, r.r.State)
	out := []Stop{}
	for i, s := range route {
		stop := Stop{State: string(s), Standing: "ahead"}
		if at, ok := reached[s]; ok && (now < 0 || i <= now) {
			stop.At, stop.Standing = moment(at), "passed"
		}
		if s == r.r.State {
			stop.Standing = "now"
		}
		out = append(out, stop)
	}
	if now < 0 {
		out = append(out, Stop{State: string(r.r.State), At: moment(reached[r.r.State]), Standing: "now"})
	}
	return out
}

// Approval is one person's approval.
type Approval struct {
	By, Title string
	At        gql.Time
	Plan      string
	Ledger    Long
}

func (r *request) Approvals(ctx context.Context) ([]Approval, error) {
	out := []Approval{}
	for _, a := range r.r.Approvals {
		name, title, err := r.p.display(ctx, a.By)
		if err != nil {
			return nil, err
		}
		out = append(out, Approval{By: name, Title: title, At: gql.Time{Time: a.At}, Plan: a.Plan, Ledger: Long(a.Ledger)})
	}
	return out, nil
}

// Outcome is what was done in one collection.
type Outcome struct {
	Name    string
	Dataset ID
	Outcome string
	Rows    Long
	Detail  string
	At      *gql.Time
}

func (r *request) Outcomes() []Outcome {
	out := []Outcome{}
	if len(r.r.Runs) == 0 {
		return out
	}
	for _, o := range r.r.Runs[len(r.r.Runs)-1].Outcomes {
		x := Outcome{Name: o.Dataset.Name(), Dataset: ID(o.Dataset), Outcome: o.Outcome, Rows: Long(o.Rows), Detail: o.Detail, At: moment(o.At)}
		if !strings.Contains(o.Detail, o.Ground) {
			x.Detail = strings.TrimSpace(o.Ground + " " + o.Detail)
		}
		out = append(out, x)
	}
	return out
}

// Verification is one look for what might be left.
type Verification struct {
	At        gql.Time
	State     string
	Columns   int32
	Forms     []Count
	Residuals []Residual

	Exceptions []Exception
}

// Exception is something that a look did not search.
type Exception struct {
	Name, Column, Reason, Detail string
	Dataset                      ID
	AcceptedBy, AcceptedBecause  string
}

func exceptions(list []gdpr.Exception) []Exception {
	out := []Exception{}
	for _, x := range list {
		out = append(out, Exception{
			Name: x.Dataset.Name(), Dataset: ID(x.Dataset), Column: x.Column, Reason: x.Reason, Detail: x.Detail,
			AcceptedBy: x.Accepted, AcceptedBecause: x.Because,
		})
	}
	return out
}

// Residual is something that was left.
type Residual struct {
	Name, Column string
	Rows         Long
	Form         string
}

func (r *request) Verifications() []Verification {
	out := []Verification{}
	for _, l := range r.r.Looks {
		v := Verification{At: gql.Time{Time: l.At}, State: "verified", Columns: int32(l.Columns), Residuals: []Residual{}, Exceptions: exceptions(l.Exceptions)}
		if len(l.Exceptions) > 0 {
			v.State = "verified_except"
		}
		forms := map[string]int64{"raw": 0, "folded": 0, "hashed": 0, "json": 0, "substring": 0}
		for _, x := range l.Residuals {
			v.State = "residual"
			forms[x.Form] += x.Rows
			v.Residuals = append(v.Residuals, Residual{Name: x.Dataset.Name(), Column: x.Column, Rows: Long(x.Rows), Form: x.Form})
		}
		v.Forms = counted(forms)
		out = append(out, v)
	}
	return out
}

// LedgerLine is one line of the ledger about a request.
type LedgerLine struct {
	Number   Long
	At       gql.Time
	By, Text string
}

func (r *request) Trail(ctx context.Context) ([]LedgerLine, error) {
	list, err := r.p.Requests.Trail(ctx, r.r.ID)
	out := []LedgerLine{}
	for _, l := range list {
		out = append(out, LedgerLine{Number: Long(l.Number), At: gql.Time{Time: l.At}, By: l.By, Text: l.Text})
	}
	return out, err
}

func (r *request) Hold() string {
	for _, h := range r.r.Holds {
		if h.Released.IsZero() {
			return h.Reason
		}
	}
	return ""
}

// Open says what keeps the request open.
func (r *request) Open() []string { return some(r.p.Requests.Open(r.r)) }

// Next lists what the caller may do now.
func (r *request) Next(ctx context.Context) []string { return some(r.p.Requests.Next(ctx, r.r)) }

func (r *request) Receipt() *string {
	if r.r.Receipt == nil {
		return nil
	}
	path := "/api/v1/requests/" + r.r.ID + "/receipt"
	return &path
}

// plan resolves the type Plan.
type plan struct {
	p *Parts
	r gdpr.Request
	f gdpr.Plan
}

func (r *request) Plan(ctx context.Context) (*plan, error) {
	if r.r.Plan == "" {
		return nil, nil
	}
	f, err := r.p.Requests.FindPlan(ctx, r.r.ID)
	if err != nil {
		return nil, err
	}
	return &plan{p: r.p, r: r.r, f: f}, nil
}

func (p *plan) Hash() string              { return p.f.Hash }
func (p *plan) At() gql.Time              { return gql.Time{Time: p.r.Planned.At} }
func (p *plan) Notes() []string           { return some(p.f.Notes) }
func (p *plan) Document() (string, error) { return document(p.f) }

func (p *plan) Islands() []string {
	out := []string{}
	for _, i := range p.f.Islands {
		out = append(out, i.Dataset.Name()+": "+strings.Join(i.Columns, ", "))
	}
	return out
}

// Unreachable is a place that cannot be reached.
type Unreachable struct{ Name, Reason string }

// Exceptions is what the search behind the plan could not look into.
func (p *plan) Exceptions() []Exception { return exceptions(p.f.Exceptions) }

func (p *plan) Unreachable() []Unreachable {
	out := []Unreachable{}
	for _, g := range p.f.Unreachable {
		out = append(out, Unreachable{Name: g.Dataset.Name(), Reason: g.Reason})
	}
	return out
}

// planStep resolves the type PlanStep.
type planStep struct {
	p *Parts
	s gdpr.Step
}

func (p *plan) Steps() []*planStep {
	out := []*planStep{}
	for _, s := range p.f.Steps {
		out = append(out, &planStep{p: p.p, s: s})
	}
	return out
}

func (s *planStep) Order() int32      { return int32(s.s.Order) }
func (s *planStep) Dataset() ID       { return ID(s.s.Dataset) }
func (s *planStep) Name() string      { return s.s.Dataset.Name() }
func (s *planStep) Action() string    { return string(s.s.Action) }
func (s *planStep) Columns() []string { return some(s.s.Columns) }
func (s *planStep) Rows() Long        { return Long(s.s.Rows) }
func (s *planStep) Ground() string    { return s.s.Ground }
func (s *planStep) Path() []string    { return some(s.s.Path) }

func (s *planStep) Asset(ctx context.Context) (*asset, error) { return s.p.find(ctx, s.s.Dataset) }

// Reach is how much was reached in one way.
type Reach struct {
	Way         string
	Collections int32
	Rows        Long
	Names       []string
}

// Reach adds up the steps by the way they were reached, the nearest way first.
func (p *plan) Reach() []Reach {
	out := []Reach{}
	for _, s := range p.f.Steps {
		i := slices.IndexFunc(out, func(r Reach) bool { return r.Way == s.Reached })
		if i < 0 {
			i = len(out)
			out = append(out, Reach{Way: s.Reached})
		}
		if name := tail(s.Dataset); !slices.Contains(out[i].Names, name) {
			out[i].Names = append(out[i].Names, name)
			out[i].Collections++
		}
		if s.Action != catalog.RetainRows {
			out[i].Rows += Long(s.Rows)
		}
	}
	return out
}

// tail is the last part of a dataset's name.
func tail(u urn.URN) string { return u.Name()[strings.LastIndexByte(u.Name(), '.')+1:] }

// ApprovalNote warns where everybody is one identity.
func (r *request) ApprovalNote(ctx context.Context) string {
	if c, _ := access.From(ctx); c.Shared {
		return gdpr.SharedIdentity
	}
	return ""
}
