package graphql

import (
	"context"
	"slices"
	"time"

	gql "github.com/graph-gophers/graphql-go"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// activeSpan is how long after the last use somebody counts as active.
const activeSpan = 90 * 24 * time.Hour

// owner resolves the type Owner.
type owner struct {
	User   *asset
	Kind   string
	Active bool
}

func (a *asset) Owners(ctx context.Context) ([]owner, error) {
	out := []owner{}
	if a.a.Owners == nil {
		return out, nil
	}
	for _, o := range a.a.Owners.List {
		user, err := a.p.find(ctx, o.User)
		if err != nil {
			return nil, err
		}
		if user == nil { // owners need not be known to the catalog
			user = a.p.asset(catalog.Asset{URN: o.User, Type: catalog.User})
		}
		out = append(out, owner{User: user, Kind: o.Kind, Active: a.p.active(o.User)})
	}
	return out, nil
}

// active reports whether somebody was seen in a log lately.
func (p *Parts) active(u urn.URN) bool {
	at, ok := p.Graph.LastSeen(u.Name())
	return ok && p.Now().Sub(at) < activeSpan
}

func (a *asset) labels() catalog.Labels {
	if a.a.Labels == nil {
		return catalog.Labels{}
	}
	return *a.a.Labels
}

func (a *asset) Tags() []string { return some(a.labels().Tags) }

func (a *asset) Terms(ctx context.Context) ([]*asset, error) { return a.p.many(ctx, a.labels().Terms) }

func (a *asset) Domain(ctx context.Context) (*asset, error) {
	return a.p.find(ctx, a.labels().Domain)
}

// Certification is somebody's word that an asset may be relied on.
type Certification struct {
	By     *asset
	ByName string
	Until  *gql.Time
	Valid  bool
	Note   string
}

func (a *asset) Certification(ctx context.Context) (*Certification, error) {
	c := a.a.Certification
	if c == nil {
		return nil, nil
	}
	by, err := a.p.find(ctx, c.By)
	if err != nil {
		return nil, err
	}
	out := &Certification{By: by, ByName: c.By.Name(), Until: moment(c.Until), Valid: c.Until.IsZero() || c.Until.After(a.p.Now()), Note: c.Note}
	if by != nil {
		out.ByName = by.display()
	}
	return out, nil
}

// Deprecation says why not to use an asset any more.
type Deprecation struct {
	Note        string
	Replacement *asset
	Since       *gql.Time
}

func (a *asset) Deprecation(ctx context.Context) (*Deprecation, error) {
	d := a.a.Deprecation
	if d == nil {
		return nil, nil
	}
	by, err := a.p.find(ctx, d.Replacement)
	if err != nil {
		return nil, err
	}
	return &Deprecation{Note: d.Note, Replacement: by, Since: moment(d.Since)}, nil
}

// display is how a person is called.
func (a *asset) display() string {
	if a.a.Person != nil && a.a.Person.Display != "" {
		return a.a.Person.Display
	}
	return a.a.Name()
}

// Person is a person or service account.
type Person struct {
	User, Display, Title, Email string
	Roles                       []string
	Service                     bool
}

func (a *asset) Person() *Person {
	if a.a.Type != catalog.User {
		return nil
	}
	out := personOf(a.a)
	return &out
}

func personOf(a catalog.Asset) Person {
	out := Person{User: a.URN.Name(), Display: a.URN.Name(), Roles: []string{}}
	if p := a.Person; p != nil {
		out.Title, out.Email, out.Service, out.Roles = p.Title, p.Email, p.Service, some(p.Roles)
		if p.Display != "" {
			out.Display = p.Display
		}
	}
	return out
}

// Members are the assets that carry a term, tag or domain, or that a person owns.
func (a *asset) Members(ctx context.Context, args struct{ First int32 }) ([]*asset, error) {
	out := []*asset{}
	switch a.a.Type {
	case catalog.Term, catalog.Tag, catalog.Domain, catalog.User, catalog.Group:
	default:
		return out, nil
	}
	for x, err := range a.p.Catalog.List(ctx, catalog.Filter{}) {
		if err != nil {
			return nil, err
		}
		if carries(x, a.a.URN) && len(out) < int(args.First) {
			out = append(out, a.p.asset(x))
		}
	}
	return out, nil
}

func carries(x catalog.Asset, u urn.URN) bool {
	if x.Owners != nil && slices.ContainsFunc(x.Owners.List, func(o catalog.Owner) bool { return o.User == u }) {
		return true
	}
	if x.Labels == nil {
		return false
	}
	return x.Labels.Domain == u || slices.Contains(x.Labels.Terms, u) || u.Kind() == urn.KindTag && slices.Contains(x.Labels.Tags, u.Name())
}
