package graphql

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	gql "github.com/graph-gophers/graphql-go"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
	"waymark/pii/gdpr"
)

// SubjectKeyInput is one key that names the subject.
type SubjectKeyInput struct{ Key, Value string }

// SubjectKey is one key of the subject, masked unless revealed.
type SubjectKey struct{ Key, Value string }

// request resolves the type Request.
type request struct {
	p *Parts
	r gdpr.Request
}

// Requests lists requests, the most urgent first.
func (r *root) Requests(ctx context.Context, args struct {
	Open  *bool
	First int32
}) ([]*request, error) {
	out := []*request{}
	for x, err := range r.Parts.Requests.List(ctx, gdpr.Filter{Open: args.Open != nil && *args.Open}) {
		if err != nil {
			return nil, err
		}
		if args.Open == nil || *args.Open != x.State.Ended() {
			out = append(out, &request{p: r.Parts, r: x})
		}
	}
	slices.SortStableFunc(out, func(a, b *request) int {
		if a.r.State.Ended() != b.r.State.Ended() {
			return boolInt(a.r.State.Ended()) - boolInt(b.r.State.Ended())
		}
		return cmp.Compare(a.DaysLeft(), b.DaysLeft())
	})
	return top(out, args.First), nil
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Request finds one request; null for one that the caller may not see.
func (r *root) Request(ctx context.Context, args struct{ ID string }) (*request, error) {
	x, err := r.Parts.Requests.Find(ctx, args.ID)
	if fault.KindOf(err) == fault.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &request{p: r.Parts, r: x}, nil
}

// CreateRequest opens a request.
func (r *root) CreateRequest(ctx context.Context, args struct {
	Kind, Law string
	Subject   []SubjectKeyInput
}) (*request, error) {
	o := gdpr.Opening{Kind: gdpr.Kind(args.Kind), Law: args.Law}
	for _, k := range args.Subject {
		o.Subject = append(o.Subject, k.Key+"="+k.Value)
	}
	x, err := r.Parts.Requests.Create(ctx, o)
	return r.then(ctx, x.ID, err)
}

// then returns a request as it is after an act.
func (r *root) then(ctx context.Context, id string, err error) (*request, error) {
	if err != nil {
		return nil, err
	}
	x, err := r.Parts.Requests.Find(ctx, id)
	return &request{p: r.Parts, r: x}, err
}

// PlanRequest freezes what is to happen.
func (r *root) PlanRequest(ctx context.Context, args struct{ ID string }) (*request, error) {
	err := r.Parts.Runs.Wait(ctx, args.ID, PlanAct)
	return r.then(ctx, args.ID, err)
}

// ApproveRequest gives the caller's word for a plan.
func (r *root) ApproveRequest(ctx context.Context, args struct{ ID, Plan string }) (*request, error) {
	_, err := r.Parts.Requests.Approve(ctx, args.ID, args.Plan)
	return r.then(ctx, args.ID, err)
}

// RevokeApproval takes it back.
func (r *root) RevokeApproval(ctx context.Context, args struct{ ID, Reason string }) (*request, error) {
	_, err := r.Parts.Requests.Revoke(ctx, args.ID, args.Reason)
	return r.then(ctx, args.ID, err)
}

// ExecuteRequest does what the plan says.
func (r *root) ExecuteRequest(ctx context.Context, args struct{ ID string }) (*request, error) {
	_, err := r.Parts.Requests.Execute(ctx, args.ID)
	return r.then(ctx, args.ID, err)
}

// VerifyRequest looks for what is left.
func (r *root) VerifyRequest(ctx context.Context, args struct{ ID string }) (*request, error) {
	err := r.Parts.Runs.Wait(ctx, args.ID, VerifyAct)
	return r.then(ctx, args.ID, err)
}

// ReceiptOf issues the receipt.
func (r *root) ReceiptOf(ctx context.Context, args struct{ ID string }) (string, error) {
	s, err := r.Parts.Requests.Receipt(ctx, args.ID)
	if err != nil {
		return "", err
	}
	return document(s)
}

// PackageOf makes the answer to an access request.
func (r *root) PackageOf(ctx context.Context, args struct{ ID string }) (string, error) {
	p, err := r.Parts.Requests.Pack(ctx, args.ID)
	if err != nil {
		return "", err
	}
	return document(p)
}

func document(v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", fault.Internal.Of(err)
	}
	return string(b), nil
}

// CloseRequest ends a request.
func (r *root) CloseRequest(ctx context.Context, args struct{ ID string }) (*request, error) {
	_, err := r.Parts.Requests.Close(ctx, args.ID, "")
	return r.then(ctx, args.ID, err)
}

// HoldRequest sets a hold, or lifts it with an empty reason.
func (r *root) HoldRequest(ctx context.Context, args struct{ ID, Reason string }) (*request, error) {
	var err error
	if args.Reason == "" {
		_, err = r.Parts.Requests.Release(ctx, args.ID, "lifted")
	} else {
		_, err = r.Parts.Requests.Hold(ctx, args.ID, "", args.Reason)
	}
	return r.then(ctx, args.ID, err)
}

// AcceptExceptions answers for what the last look did not search.
func (r *root) AcceptExceptions(ctx context.Context, args struct {
	ID, Reason      string
	Dataset, Column *string
}) (*request, error) {
	what := gdpr.Acceptance{All: args.Dataset == nil}
	if args.Dataset != nil {
		what.Dataset = *args.Dataset
	}
	if args.Column != nil {
		what.Column = *args.Column
	}
	_, err := r.Parts.Requests.Accept(ctx, args.ID, what, args.Reason)
	return r.then(ctx, args.ID, err)
}

// RevealSubject shows the subject's keys; the ledger keeps that it was done.
func (r *root) RevealSubject(ctx context.Context, args struct{ ID string }) ([]SubjectKey, error) {
	keys, err := r.Parts.Requests.Show(ctx, args.ID)
	out := []SubjectKey{}
	for _, k := range keys {
		out = append(out, SubjectKey{Key: k.Name, Value: k.Value})
	}
	return out, err
}

// OpenRequests counts the requests that the caller may see and that are not closed.
func (v *privacy) OpenRequests(ctx context.Context) (int32, error) {
	n, _, err := v.p.open(ctx)
	return n, err
}

// NextDue is the nearest day by which one of them is to be answered.
func (v *privacy) NextDue(ctx context.Context) (*gql.Time, error) {
	_, due, err := v.p.open(ctx)
	return due, err
}

// open counts open requests; somebody without a right to them sees none.
func (p *Parts) open(ctx context.Context) (n int32, due *gql.Time, err error) {
	if c, ok := access.From(ctx); !ok || !c.May(access.RequestView) {
		return 0, nil, nil
	}
	for x, err := range p.Requests.List(ctx, gdpr.Filter{Open: true}) {
		if err != nil {
			return 0, nil, err
		}
		n++
		if at := x.Due.Time(); due == nil || at.Before(due.Time) {
			due = &gql.Time{Time: at}
		}
	}
	return n, due, nil
}

// author is the display name of an account.
func (p *Parts) display(ctx context.Context, user string) (name, title string, err error) {
	a, err := p.find(ctx, urn.User(user))
	if err != nil || a == nil {
		return user, "", err
	}
	return a.display(), personOf(a.a).Title, nil
}
