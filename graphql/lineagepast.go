package graphql

import (
	"context"

	gql "github.com/graph-gophers/graphql-go"

	"waymark/catalog/urn"
	"waymark/lineage"
)

// LineageDiff is how the graph of one moment differs from that of another.
type LineageDiff struct {
	Items         []LineageChange
	Total, Hidden int32
}

// LineageChange is one edge that differs.
type LineageChange struct {
	d        lineage.Difference
	p        *Parts
	Kind     string
	FromName string
	ToName   string
	Edge     *edge
	At       *gql.Time
}

// Statements shows what made the difference.
func (c LineageChange) Statements(ctx context.Context) ([]Evidence, error) {
	return c.p.said(ctx, c.d.By)
}

// maxDiff is how many differences one answer holds at most.
const maxDiff = 1000

// LineageDiff answers the query of the same name.
func (r *root) LineageDiff(ctx context.Context, args struct {
	ID    *string
	From  gql.Time
	To    *gql.Time
	First int32
}) (*LineageDiff, error) {
	var u urn.URN
	if args.ID != nil {
		var err error
		if u, err = r.resolve(ctx, *args.ID); err != nil {
			return nil, err
		}
	}
	d, err := r.Graph.Diff(ctx, u, args.From.Time, instant(args.To), min(int(args.First), maxDiff))
	if err != nil {
		return nil, err
	}
	out := &LineageDiff{Items: []LineageChange{}, Total: int32(d.Total), Hidden: int32(d.Hidden)}
	for _, x := range d.List {
		out.Items = append(out.Items, LineageChange{
			d: x, p: r.Parts, Kind: x.Kind, FromName: x.Up.Name(), ToName: x.Down.Name(), Edge: &edge{p: r.Parts, e: x.Edge}, At: moment(x.At),
		})
	}
	return out, nil
}

// RefuteLineage says that an edge is wrong.
func (r *root) RefuteLineage(ctx context.Context, args struct{ From, To, Reason string }) (*asset, error) {
	return r.judge(ctx, args.From, args.To, func(up, down urn.URN) error { return r.Graph.Refute(ctx, up, down, args.Reason) })
}

// WithdrawRefutation takes such a word back.
func (r *root) WithdrawRefutation(ctx context.Context, args struct{ From, To string }) (*asset, error) {
	return r.judge(ctx, args.From, args.To, func(up, down urn.URN) error { return r.Graph.Withdraw(ctx, up, down) })
}

func (r *root) judge(ctx context.Context, from, to string, say func(up, down urn.URN) error) (*asset, error) {
	up, err := r.resolve(ctx, from)
	if err != nil {
		return nil, err
	}
	down, err := r.resolve(ctx, to)
	if err != nil {
		return nil, err
	}
	if err := say(up, down); err != nil {
		return nil, err
	}
	return r.find(ctx, down)
}
