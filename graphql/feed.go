package graphql

import (
	"context"
	"slices"

	gql "github.com/graph-gophers/graphql-go"

	"waymark/catalog"
	"waymark/catalog/urn"
	"waymark/lineage"
)

// Feed is what changed, newest first.
type Feed struct {
	Total int32
	Items []*feedItem
	Next  *Long
}

// feedDays is how far a feed goes back that names no beginning.
const feedDays = 30

// Feed answers the query of the same name.
func (r *root) Feed(ctx context.Context, args struct {
	Since       *gql.Time
	Kinds       *[]string
	Zone, Owner *string
	Followed    bool
	First       int32
	Before      *Long
}) (*Feed, error) {
	f := catalog.FeedFilter{Since: r.Now().AddDate(0, 0, -feedDays), Zone: text(args.Zone), Owner: text(args.Owner)}
	if args.Since != nil {
		f.Since = args.Since.Time
	}
	if args.Kinds != nil {
		f.Kinds = *args.Kinds
	}
	if args.Before != nil {
		f.Before = catalog.Seq(*args.Before)
	}
	if args.Followed {
		mine, err := r.Catalog.OwnSubscriptions(ctx)
		if err != nil {
			return nil, err
		}
		f.Followed = []catalog.Subscription{}
		for _, s := range mine {
			f.Followed = append(f.Followed, s.Subscription)
		}
	}
	first := int(min(max(args.First, 0), maxPage))
	list, total, err := r.Catalog.Feed(ctx, f, first+1)
	if err != nil {
		return nil, err
	}
	return r.feed(ctx, list, total, first)
}

// feed makes a page of a list that is one longer where there is more.
func (p *Parts) feed(ctx context.Context, list []catalog.News, total, first int) (*Feed, error) {
	out := &Feed{Total: int32(total), Items: []*feedItem{}}
	for i, n := range list {
		if i == first {
			if i > 0 { // who asks for the number alone turns no page
				next := Long(list[i-1].Seq)
				out.Next = &next
			}
			break
		}
		c, err := p.change(ctx, n.Event)
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, &feedItem{p: p, news: n, Change: c, Kinds: n.Kinds})
	}
	return out, nil
}

// feedItem resolves the type FeedItem.
type feedItem struct {
	p      *Parts
	news   catalog.News
	Change Change
	Kinds  []string
}

func (f *feedItem) Asset(ctx context.Context) (*asset, error) {
	return f.p.find(ctx, f.news.Asset.URN)
}

func (f *feedItem) Incident(ctx context.Context) (*incident, error) {
	if f.news.Trouble == nil {
		return nil, nil
	}
	a, err := f.p.find(ctx, f.news.URN)
	if err != nil || a == nil {
		return nil, err
	}
	return &incident{p: f.p, a: a.a, t: *f.news.Trouble}, nil
}

// Affected is what stands downstream of a breaking change.
type Affected struct {
	Total  int32
	Items  []ImpactItem
	Owners []*asset
}

// Affected follows the columns that broke; where nothing is known by column, or the
// whole asset went, it follows the asset.
func (f *feedItem) Affected(ctx context.Context, args struct{ First int32 }) (Affected, error) {
	out := Affected{Items: []ImpactItem{}, Owners: []*asset{}}
	if f.news.Trouble != nil || !f.news.Breaking() {
		return out, nil
	}
	list, err := f.p.Graph.Broken(ctx, f.news.Event)
	if err != nil {
		return out, err
	}
	all, err := f.p.impact(ctx, list, len(list))
	if err != nil {
		return out, err
	}
	out.Total, out.Items = int32(len(all.Items)), top(all.Items, min(args.First, maxPage))
	out.Owners, err = f.p.many(ctx, ownersOf(all.Items))
	return out, err
}

// ownersOf lists who owns any of them, each once.
func ownersOf(list []ImpactItem) (out []urn.URN) {
	for _, x := range list {
		if x.Asset.a.Owners == nil {
			continue
		}
		for _, o := range x.Asset.a.Owners.List {
			if !slices.Contains(out, o.User) {
				out = append(out, o.User)
			}
		}
	}
	return out
}

// UpstreamBreak is a breaking change somewhere upstream of an asset.
type UpstreamBreak struct {
	Change        Change
	Asset         *asset
	Depth         int32
	Path, Columns []string
}

// maxUpstream bounds the walk up from one asset, and the breaks that are looked at.
const maxUpstream = 5000

func (a *asset) UpstreamBreaks(ctx context.Context, args struct{ Days int32 }) ([]UpstreamBreak, error) {
	out := []UpstreamBreak{}
	t, err := a.p.Graph.Trace(ctx, lineage.Request{Root: a.a.URN, Direction: lineage.Up, Limit: maxUpstream})
	if err != nil || len(t.Nodes) < 2 {
		return out, err
	}
	up := make(map[urn.URN]bool, len(t.Nodes))
	for _, n := range t.Nodes {
		up[n.URN] = n.URN != a.a.URN
	}
	since := a.p.Now().AddDate(0, 0, -int(min(max(args.Days, 1), 365)))
	list, _, err := a.p.Catalog.Feed(ctx, catalog.FeedFilter{Since: since, Kinds: []string{catalog.NewsBreaking}}, maxUpstream)
	for _, n := range list {
		if !up[n.Asset.URN] {
			continue
		}
		b, bad := a.broken(ctx, n)
		if bad != nil {
			return nil, bad
		}
		if b != nil {
			out = append(out, *b)
		}
	}
	return out, err
}

// broken tells how a change reaches this asset; nil where it does not, or where its
// asset may not be seen.
func (a *asset) broken(ctx context.Context, n catalog.News) (*UpstreamBreak, error) {
	list, err := a.p.Graph.Broken(ctx, n.Event)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(list, func(x lineage.Affected) bool { return x.URN == a.a.URN })
	on, err := a.p.find(ctx, n.Asset.URN)
	if err != nil || at < 0 || on == nil {
		return nil, err
	}
	c, err := a.p.change(ctx, n.Event)
	b := &UpstreamBreak{Change: c, Asset: on, Depth: int32(list[at].Depth), Path: []string{}, Columns: some(list[at].Columns)}
	for _, u := range list[at].Path {
		b.Path = append(b.Path, shown(u))
	}
	return b, err
}
