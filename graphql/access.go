package graphql

import (
	"context"
	"slices"

	gql "github.com/graph-gophers/graphql-go"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// Me is who is asking.
type Me struct {
	User, Display, Title string
	Roles, May           []string
	Demo                 bool
}

// Me answers who is asking.
func (r *root) Me(ctx context.Context) (*Me, error) {
	c, ok := access.From(ctx)
	if !ok {
		return nil, fault.Denied.Errorf("nobody is calling: sign in")
	}
	me := &Me{User: c.User, Display: c.User, Roles: []string{}, May: []string{}, Demo: r.Visitor != ""}
	for _, role := range c.Roles {
		me.Roles = append(me.Roles, string(role))
	}
	for _, a := range []access.Action{
		access.View, access.Edit, access.Certify, access.Classify, access.Manage,
		access.RequestOpen, access.RequestView, access.RequestPlan, access.RequestApprove, access.RequestExecute, access.ReadLedger, access.ReadSearches,
	} {
		if c.May(a) {
			me.May = append(me.May, string(a))
		}
	}
	a, err := r.find(ctx, urn.User(c.User))
	if a != nil {
		me.Display, me.Title = a.display(), personOf(a.a).Title
	}
	return me, err
}

// Cast lists the people whom a visitor of the sample company may be.
func (r *root) Cast(ctx context.Context) ([]Person, error) {
	out := []Person{}
	if r.Visitor == "" {
		return out, nil
	}
	for a, err := range r.Catalog.List(ctx, catalog.Filter{Types: []catalog.Type{catalog.User}}) {
		if err != nil {
			return nil, err
		}
		if p := personOf(a); !p.Service && (p.User == r.Visitor || slices.ContainsFunc(p.Roles, beyondViewing)) {
			out = append(out, p)
		}
	}
	return out, nil
}

// beyondViewing reports whether a role gives more than everybody has.
func beyondViewing(role string) bool { return role != string(access.Viewer) }

// Status is how far the parts have come.
type Status struct {
	Version        string
	Change         Long
	At             gql.Time
	Searched       Long
	SearchComplete bool
	Counts         []Count
	Unknowns       []string
	Problems       []string
}

// Status answers the query of the same name.
func (r *root) Status(ctx context.Context) (*Status, error) {
	head, err := r.Catalog.Head(ctx)
	if err != nil {
		return nil, err
	}
	reached, err := r.Parts.Search.Reached(ctx)
	if err != nil {
		return nil, err
	}
	counts, err := r.Catalog.Counts(ctx)
	if err != nil {
		return nil, err
	}
	byName := map[string]int64{}
	for t, n := range counts {
		byName[string(t)] = int64(n)
	}
	unknowns, err := r.unknowns(ctx)
	return &Status{
		Version: r.Version, Change: Long(head), At: gql.Time{Time: r.Now().UTC()}, Searched: Long(reached), SearchComplete: reached >= head,
		Counts: counted(byName), Unknowns: unknowns, Problems: r.problems(),
	}, err
}

// problems says what is wrong with the stores and the index.
func (p *Parts) problems() []string {
	if p.Problems == nil {
		return []string{}
	}
	return p.Problems()
}

// unknowns says of each source without a query log that its use is unknown.
func (p *Parts) unknowns(ctx context.Context) ([]string, error) {
	outcomes, err := p.Graph.Outcomes(ctx)
	if err != nil {
		return nil, err
	}
	out := []string{}
	sources, err := p.recipes(ctx)
	for _, s := range sources {
		if _, logged := outcomes[s.name]; !logged && s.datasets > 0 {
			out = append(out, "usage of "+s.name+": query log not connected")
		}
	}
	return out, err
}

// Manual answers the query of the same name.
func (r *root) Manual() []ManualPage { return r.Parts.Manual }
