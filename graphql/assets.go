package graphql

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	gql "github.com/graph-gophers/graphql-go"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
	"waymark/lineage"
)

// asset resolves the type Asset.
type asset struct {
	p *Parts
	a catalog.Asset
}

func (p *Parts) asset(a catalog.Asset) *asset { return &asset{p: p, a: a} }

// find returns an asset, nil for one that does not exist or may not be seen.
func (p *Parts) find(ctx context.Context, u urn.URN) (*asset, error) {
	if u == "" {
		return nil, nil
	}
	a, err := p.Catalog.Find(ctx, u)
	if errors.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return p.asset(a), nil
}

// many returns the assets that exist, in the order asked.
func (p *Parts) many(ctx context.Context, list []urn.URN) ([]*asset, error) {
	found, err := p.Catalog.FindMany(ctx, list)
	if err != nil {
		return nil, err
	}
	out := make([]*asset, 0, len(found))
	for _, a := range found {
		out = append(out, p.asset(a))
	}
	return out, nil
}

// resolve finds the one asset that a URN, full name or suffix means.
func (p *Parts) resolve(ctx context.Context, id string) (urn.URN, error) {
	list, err := p.Search.Resolve(ctx, id)
	if err != nil {
		return "", err
	}
	switch len(list) {
	case 0:
		return "", fault.NotFound.Errorf("there is no asset %q; try a search", id)
	case 1:
		return list[0], nil
	}
	names := make([]string, len(list))
	for i, u := range list {
		names[i] = u.String()
	}
	return "", fault.Invalid.Errorf("%q names %d assets; say which: %s", id, len(list), strings.Join(names, ", "))
}

// Asset answers the query of the same name.
func (r *root) Asset(ctx context.Context, args struct{ ID string }) (*asset, error) {
	u, err := r.resolve(ctx, args.ID)
	if errors.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return r.find(ctx, u)
}

func (a *asset) ID() ID           { return ID(a.a.URN) }
func (a *asset) Type() string     { return string(a.a.Type) }
func (a *asset) Name() string     { return a.a.Name() }
func (a *asset) Platform() string { return a.a.URN.Platform() }
func (a *asset) Env() string      { return a.a.URN.Env() }
func (a *asset) Short() string    { _, s := split(a.a); return s }
func (a *asset) Path() string     { p, _ := split(a.a); return p }

// split parts a name at its last dot, or slash for dashboards.
func split(a catalog.Asset) (path, short string) {
	name, sep := a.Name(), "."
	switch a.Type {
	case catalog.Dataset, catalog.Topic, catalog.Model:
	case catalog.Dashboard, catalog.Chart, catalog.Job:
		sep = "/"
	default:
		return "", name
	}
	i := strings.LastIndex(name, sep)
	return strings.TrimSpace(name[:max(i, 0)]), strings.TrimSpace(name[i+1:])
}

func (a *asset) Zone() string { return a.a.Zone() }

// profile is the asset's profile, never nil.
func (a *asset) profile() catalog.Profile {
	if a.a.Profile == nil {
		return catalog.Profile{}
	}
	return *a.a.Profile
}

func (a *asset) Subtype() string     { return a.a.Subtype() }
func (a *asset) Description() string { return a.profile().Description }
func (a *asset) Link() string        { return a.profile().Link }
func (a *asset) Stub() bool          { return a.a.Status != nil && a.a.Status.Stub }

// Property is a named property.
type Property struct{ Name, Value string }

func (a *asset) Properties() []Property {
	out := []Property{}
	for k, v := range a.profile().Properties {
		out = append(out, Property{k, v})
	}
	slices.SortFunc(out, func(x, y Property) int { return cmp.Compare(x.Name, y.Name) })
	return out
}

func (a *asset) SQL() string {
	if a.a.Definition == nil {
		return ""
	}
	return a.a.Definition.SQL
}

func (a *asset) MissingSince() *gql.Time {
	if a.a.Status == nil {
		return nil
	}
	return moment(a.a.Status.Missing)
}

// Stats is size and last write.
type Stats struct {
	Rows, Bytes *Long
	UpdatedAt   *gql.Time
}

func (a *asset) Stats() Stats {
	if a.a.Stats == nil {
		return Stats{}
	}
	return Stats{Rows: long(a.a.Stats.Rows), Bytes: long(a.a.Stats.Bytes), UpdatedAt: moment(a.a.Stats.UpdatedAt)}
}

// Said is one author's aspect.
type Said struct{ Author, Aspect string }

func (a *asset) Said() []Said {
	out := []Said{}
	for _, f := range a.a.Said {
		author := string(f.Author)
		if name, ok := f.Author.SourceName(); ok {
			author = name
		}
		out = append(out, Said{Author: author, Aspect: f.Aspect.String()})
	}
	return out
}

func (a *asset) Upstream(ctx context.Context) ([]*asset, error) {
	return a.p.many(ctx, a.p.Graph.Neighbours(a.a.URN, lineage.Up))
}

func (a *asset) Downstream(ctx context.Context) ([]*asset, error) {
	return a.p.many(ctx, a.p.Graph.Neighbours(a.a.URN, lineage.Down))
}

func (a *asset) Dashboards(ctx context.Context) ([]*asset, error) {
	return a.p.many(ctx, a.p.Graph.Dashboards(a.a.URN))
}

// Parts are the charts of a dashboard, or the dashboards of a chart.
func (a *asset) Parts(ctx context.Context) ([]*asset, error) {
	list, way, kind := []urn.URN{}, lineage.Up, urn.KindChart
	if a.a.Type == catalog.Chart {
		way, kind = lineage.Down, urn.KindDashboard
	}
	if a.a.Type == catalog.Chart || a.a.Type == catalog.Dashboard {
		for _, u := range a.p.Graph.Neighbours(a.a.URN, way) {
			if u.Kind() == kind {
				list = append(list, u)
			}
		}
	}
	return a.p.many(ctx, list)
}

func (a *asset) Trust(ctx context.Context) (catalog.Trust, error) { return a.p.Search.Weigh(ctx, &a.a) }

// Freshness is when an asset is written, as learned.
type Freshness struct {
	State, Detail string
	Writes        []gql.Time
}

func (a *asset) Freshness() Freshness {
	c := catalog.CadenceOf(&a.a)
	f := Freshness{State: "unknown", Detail: "fewer than five writes were seen", Writes: []gql.Time{}}
	if a.a.Usage != nil {
		for _, at := range a.a.Usage.Writes {
			f.Writes = append(f.Writes, gql.Time{Time: time.Unix(at, 0).UTC()})
		}
	}
	if !c.Last.IsZero() {
		f.Detail = "last written " + c.Last.UTC().Format("2 Jan 15:04")
	}
	if c.Every <= 0 {
		return f
	}
	f.State, f.Detail = c.Standing(a.p.Now())
	return f
}
