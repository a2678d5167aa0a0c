package graphql

import (
	"context"
	"errors"
	"slices"

	gql "github.com/graph-gophers/graphql-go"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// subscription resolves the type Subscription.
type subscription struct {
	p *Parts
	s catalog.Subscriber
}

func (s *subscription) ID() ID              { return ID(s.s.ID) }
func (s *subscription) Scope() string       { return s.s.Scope }
func (s *subscription) Value() string       { return s.s.Value }
func (s *subscription) Kinds() []string     { return s.s.Kinds }
func (s *subscription) Channel() string     { return s.s.Channel }
func (s *subscription) Hook() string        { return s.s.Hook }
func (s *subscription) Since() gql.Time     { return gql.Time{Time: s.s.Since} }
func (s *subscription) LastSent() *gql.Time { return moment(s.s.Sent) }
func (s *subscription) Problem() string     { return s.s.Problem }

func (s *subscription) Asset(ctx context.Context) (*asset, error) {
	if s.s.Scope != catalog.OfAsset {
		return nil, nil
	}
	return s.p.find(ctx, urn.URN(s.s.Value))
}

// State is how the delivery stands.
func (s *subscription) State() string {
	switch {
	case s.s.Tries > 0:
		return "failing"
	case s.s.Sent.IsZero():
		return "waiting"
	}
	return "delivered"
}

// Subscriptions answers the query of the same name.
func (r *root) Subscriptions(ctx context.Context) ([]*subscription, error) {
	list, err := r.Catalog.OwnSubscriptions(ctx)
	out := make([]*subscription, 0, len(list))
	for _, s := range list {
		out = append(out, &subscription{r.Parts, s})
	}
	return out, err
}

// Subscribe asks to be told of changes.
func (r *root) Subscribe(ctx context.Context, args struct {
	Scope   string
	Value   *string
	Kinds   []string
	Channel string
	Hook    *string
}) (*subscription, error) {
	s := catalog.Subscription{Scope: args.Scope, Value: text(args.Value), Kinds: args.Kinds, Channel: args.Channel, Hook: text(args.Hook)}
	if s.Scope == catalog.OfAsset {
		u, err := r.resolve(ctx, s.Value)
		if err != nil {
			return nil, err
		}
		s.Value = string(u)
	}
	kept, err := r.Catalog.Subscribe(ctx, s)
	if err != nil {
		return nil, err
	}
	return &subscription{r.Parts, catalog.Subscriber{Subscription: kept}}, nil
}

// Unsubscribe ends one of the caller's subscriptions; false says there is none such.
func (r *root) Unsubscribe(ctx context.Context, args struct{ ID string }) (bool, error) {
	err := r.Catalog.Unsubscribe(ctx, args.ID)
	if errors.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil, err
}

func (a *asset) Followed(ctx context.Context) (bool, error) {
	list, err := a.p.Catalog.OwnSubscriptions(ctx)
	return slices.ContainsFunc(list, func(s catalog.Subscriber) bool {
		return s.Scope == catalog.OfAsset && s.Value == string(a.a.URN)
	}), err
}
