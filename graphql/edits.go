package graphql

import (
	"context"
	"strings"

	gql "github.com/graph-gophers/graphql-go"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// edit changes one asset as the caller and returns it as it is then.
func (r *root) edit(ctx context.Context, id string, action access.Action, reason string, fn func(*catalog.Asset) error) (*asset, error) {
	u, err := r.resolve(ctx, id)
	if err != nil {
		return nil, err
	}
	a, err := r.Catalog.Edit(ctx, u, action, reason, fn)
	if err != nil {
		return nil, err
	}
	return r.asset(a), nil
}

// Describe sets the description of an asset or column.
func (r *root) Describe(ctx context.Context, args struct {
	ID     string
	Column *string
	Text   string
}) (*asset, error) {
	return r.edit(ctx, args.ID, access.Edit, "described", func(a *catalog.Asset) error {
		if args.Column == nil {
			if a.Profile == nil {
				a.Profile = &catalog.Profile{}
			}
			a.Profile.Description = strings.TrimSpace(args.Text)
			return nil
		}
		if a.Notes == nil || a.Notes.Columns == nil {
			a.Notes = &catalog.Notes{Columns: map[string]catalog.ColumnNote{}}
		}
		note := a.Notes.Columns[*args.Column]
		note.Description = strings.TrimSpace(args.Text)
		a.Notes.Columns[*args.Column] = note
		return nil
	})
}

// AssignOwners replaces the owners.
func (r *root) AssignOwners(ctx context.Context, args struct {
	ID     string
	Owners []string
}) (*asset, error) {
	return r.edit(ctx, args.ID, access.Edit, "owners assigned", func(a *catalog.Asset) error {
		a.Owners = &catalog.Owners{}
		for _, o := range args.Owners {
			u := urn.URN(o)
			if !urn.Is(o) {
				u = urn.User(o)
			}
			a.Owners.List = append(a.Owners.List, catalog.Owner{User: u, Kind: "technical"})
		}
		return nil
	})
}

// Label replaces tags, terms and domain.
func (r *root) Label(ctx context.Context, args struct {
	ID     string
	Tags   []string
	Terms  []string
	Domain *string
}) (*asset, error) {
	return r.edit(ctx, args.ID, access.Edit, "labelled", func(a *catalog.Asset) error {
		a.Labels = &catalog.Labels{Tags: args.Tags}
		for _, t := range args.Terms {
			a.Labels.Terms = append(a.Labels.Terms, urn.Term(strings.TrimPrefix(t, string(urn.Term("")))))
		}
		if args.Domain != nil && *args.Domain != "" {
			a.Labels.Domain = urn.Domain(strings.TrimPrefix(*args.Domain, string(urn.Domain(""))))
		}
		return nil
	})
}

// Certify vouches for an asset until a day, or ends the certification.
func (r *root) Certify(ctx context.Context, args struct {
	ID    string
	Until *gql.Time
	Note  *string
}) (*asset, error) {
	return r.edit(ctx, args.ID, access.Certify, "certification", func(a *catalog.Asset) error {
		a.Certification = &catalog.Certification{}
		if args.Until == nil {
			return nil
		}
		if args.Until.Before(r.Now()) {
			return fault.Invalid.Errorf("a certification ends in the future")
		}
		c, _ := access.From(ctx)
		a.Certification.By, a.Certification.Until = c.URN(), args.Until.Time
		if args.Note != nil {
			a.Certification.Note = *args.Note
		}
		return nil
	})
}

// Deprecate marks an asset as not to be used, or takes the mark away.
func (r *root) Deprecate(ctx context.Context, args struct {
	ID          string
	Note        *string
	Replacement *string
}) (*asset, error) {
	d := catalog.Deprecation{}
	if args.Note != nil {
		d.Note, d.Since = *args.Note, r.Now().UTC()
	}
	if args.Replacement != nil && *args.Replacement != "" {
		u, err := r.resolve(ctx, *args.Replacement)
		if err != nil {
			return nil, err
		}
		d.Replacement = u
	}
	return r.edit(ctx, args.ID, access.Certify, "deprecation", func(a *catalog.Asset) error {
		a.Deprecation = &d
		return nil
	})
}

// Decide keeps a person's word on whether a column is personal data.
func (r *root) Decide(ctx context.Context, args struct {
	ID          string
	Column      string
	Class       *string
	NotPersonal bool
	Reason      string
}) (*asset, error) {
	u, err := r.resolve(ctx, args.ID)
	if err != nil {
		return nil, err
	}
	d := catalog.Decision{NotPersonal: args.NotPersonal, Reason: args.Reason, Class: text(args.Class)}
	a, err := r.decision(ctx, u, args.Column, d)
	if err != nil {
		return nil, err
	}
	return r.asset(a), nil
}

// decision keeps a decision; one that says nothing takes the last one back.
func (p *Parts) decision(ctx context.Context, u urn.URN, column string, d catalog.Decision) (catalog.Asset, error) {
	if d.Class == "" && !d.NotPersonal {
		return p.Personal.Withdraw(ctx, u, column, d.Reason)
	}
	return p.Personal.Decide(ctx, u, column, d)
}
