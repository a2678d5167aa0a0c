package graphql

import (
	"context"

	gql "github.com/graph-gophers/graphql-go"

	"waymark/catalog/fault"
	"waymark/pii/gdpr"
)

// day reads a date as 2036-12-31, or nothing.
func dayOf(text string) (d gdpr.Day, err error) {
	if d.UnmarshalText([]byte(text)) != nil {
		return d, fault.Invalid.Errorf("%q is no day; one is written as 2036-12-31", text)
	}
	return d, nil
}

// EditPlan changes the plan of a request before it is carried out.
func (r *root) EditPlan(ctx context.Context, args struct{ ID, What, Target, Ground, Until string }) (*request, error) {
	until, err := dayOf(args.Until)
	if err != nil {
		return nil, err
	}
	_, err = r.Parts.Requests.EditPlan(ctx, args.ID, args.Target, gdpr.Edit{What: args.What, Ground: args.Ground, Until: until})
	return r.then(ctx, args.ID, err)
}

// RejectRequest ends a request that is not to be carried out.
func (r *root) RejectRequest(ctx context.Context, args struct{ ID, Reason string }) (*request, error) {
	_, err := r.Parts.Requests.Refuse(ctx, args.ID, args.Reason)
	return r.then(ctx, args.ID, err)
}

// ExtendRequest lengthens the time for the answer.
func (r *root) ExtendRequest(ctx context.Context, args struct{ ID, Reason string }) (*request, error) {
	_, err := r.Parts.Requests.Happened(ctx, args.ID, gdpr.Extended, args.Reason)
	return r.then(ctx, args.ID, err)
}

// WithdrawRequest ends a request that the subject took back.
func (r *root) WithdrawRequest(ctx context.Context, args struct{ ID, Reason string }) (*request, error) {
	_, err := r.Parts.Requests.Withdraw(ctx, args.ID, args.Reason)
	return r.then(ctx, args.ID, err)
}

// PlanEdit is one decision about a plan.
type PlanEdit struct {
	What, Name, Column, Ground, Until, By string
	Dataset                               ID
	At                                    gql.Time
}

// Edits lists what was decided about the plan.
func (r *request) Edits(ctx context.Context) ([]PlanEdit, error) {
	out := []PlanEdit{}
	for _, e := range r.r.Edits {
		by, _, err := r.p.display(ctx, e.By)
		if err != nil {
			return nil, err
		}
		out = append(out, PlanEdit{
			What: e.What, Dataset: ID(e.Dataset), Name: e.Dataset.Name(), Column: e.Column, Ground: e.Ground, Until: e.Until.String(),
			By: by, At: gql.Time{Time: e.At},
		})
	}
	return out, nil
}

// ExtendBy is the last day on which an extension may be told.
func (r *request) ExtendBy() *gql.Time { return momentOfDay(r.r.ExtendBy) }

// ExtendTo is until when the answer may be extended.
func (r *request) ExtendTo() *gql.Time { return momentOfDay(r.r.ExtendTo) }

func momentOfDay(d gdpr.Day) *gql.Time {
	if d.IsZero() {
		return nil
	}
	return &gql.Time{Time: d.Time()}
}

// PossibleLink is a column that may point at the subject's rows.
type PossibleLink struct {
	Dataset                  ID
	Name, Column, To, Reason string
}

// PossibleLinks lists what was not followed.
func (p *plan) PossibleLinks() []PossibleLink {
	out := []PossibleLink{}
	for _, l := range p.f.Possible {
		out = append(out, PossibleLink{Dataset: ID(l.Dataset), Name: l.Dataset.Name(), Column: l.Column, To: l.To.Name(), Reason: l.Reason})
	}
	return out
}

// Aggregates names what no longer agrees afterwards.
func (p *plan) Aggregates() []string {
	out := []string{}
	for _, a := range p.f.Aggregates {
		out = append(out, a.Dataset.Name())
	}
	return out
}

// RetentionRule is a ground on which data are kept in every erasure.
type RetentionRule struct {
	Name, Dataset, Column, Class, Law, Ground, Until, By string
	Pseudonymise                                         bool
	At                                                   gql.Time
}

func retentionRule(r gdpr.Rule) RetentionRule {
	return RetentionRule{
		Name: r.Name, Dataset: r.Dataset, Column: r.Column, Class: r.Class, Law: r.Law, Ground: r.Ground, Until: r.Until.String(),
		By: r.By, Pseudonymise: r.Pseudonymise, At: gql.Time{Time: r.At},
	}
}

// RetentionRules lists what the office keeps.
func (r *root) RetentionRules(ctx context.Context) ([]RetentionRule, error) {
	list, err := r.Parts.Requests.Rules(ctx)
	out := []RetentionRule{}
	for _, x := range list {
		out = append(out, retentionRule(x))
	}
	return out, err
}

// RetentionRuleInput is a rule to be set.
type RetentionRuleInput struct {
	Name, Dataset, Column, Class, Law, Ground, Until string
	Pseudonymise                                     bool
}

// SetRetentionRule adds a rule or changes one.
func (r *root) SetRetentionRule(ctx context.Context, args struct{ Rule RetentionRuleInput }) (RetentionRule, error) {
	in := args.Rule
	until, err := dayOf(in.Until)
	if err != nil {
		return RetentionRule{}, err
	}
	set, err := r.Parts.Requests.SetRule(ctx, gdpr.Rule{
		Name: in.Name, Dataset: in.Dataset, Column: in.Column, Class: in.Class, Law: in.Law, Ground: in.Ground, Until: until, Pseudonymise: in.Pseudonymise,
	})
	return retentionRule(set), err
}

// RemoveRetentionRule ends a rule.
func (r *root) RemoveRetentionRule(ctx context.Context, args struct{ Name string }) (bool, error) {
	err := r.Parts.Requests.RemoveRule(ctx, args.Name)
	return err == nil, err
}
