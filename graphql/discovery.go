package graphql

import (
	"context"
	"slices"
	"time"

	gql "github.com/graph-gophers/graphql-go"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
	"waymark/lineage"
)

// discovery resolves what real use tells; each part is computed when it is asked for.
type discovery struct{ p *Parts }

// Discovery answers the query of the same name.
func (r *root) Discovery() *discovery { return &discovery{r.Parts} }

// narrowed are the arguments of a page of datasets.
type narrowed struct {
	Zone, Owner   *string
	First, Offset int32
}

// maxPage is how many datasets one page shows.
const maxPage = 200

func (n narrowed) wants(a *catalog.Asset) bool {
	return (text(n.Zone) == "" || a.Zone() == *n.Zone) && (text(n.Owner) == "" || a.OwnedBy(*n.Owner))
}

// page cuts a list.
func page[T any](list []T, first, offset int32) []T {
	return top(list[min(int(max(offset, 0)), len(list)):], min(first, maxPage))
}

// UsePage is one page of datasets by use.
type UsePage struct {
	Total int32
	Items []UseLine
}

// UseLine is a dataset and its use.
type UseLine struct {
	Asset           *asset
	People          int32
	Queries, Before Long
	LastUsed        *gql.Time
}

func (d *discovery) MostUsed(ctx context.Context, args narrowed) (UsePage, error) {
	return d.p.uses(ctx, d.p.Graph.Uses(), args)
}

func (d *discovery) Rising(ctx context.Context, args narrowed) (UsePage, error) {
	return d.p.uses(ctx, d.p.Graph.Rising(), args)
}

// uses pages what the caller may see of a list.
func (p *Parts) uses(ctx context.Context, list []lineage.Use, n narrowed) (UsePage, error) {
	names := make([]urn.URN, len(list))
	byName := make(map[urn.URN]lineage.Use, len(list))
	for i, u := range list {
		names[i], byName[u.Dataset] = u.Dataset, u
	}
	found, err := p.Catalog.FindMany(ctx, names)
	if err != nil {
		return UsePage{Items: []UseLine{}}, err
	}
	found = slices.DeleteFunc(found, func(a catalog.Asset) bool { return !live(&a) || !n.wants(&a) })
	out := UsePage{Total: int32(len(found)), Items: []UseLine{}}
	for _, a := range page(found, n.First, n.Offset) {
		u := byName[a.URN]
		out.Items = append(out.Items, UseLine{Asset: p.asset(a), People: int32(u.People), Queries: Long(u.Queries), Before: Long(u.Before), LastUsed: moment(u.Last)})
	}
	return out, nil
}

// live reports whether an asset was seen and is not gone.
func live(a *catalog.Asset) bool {
	return a.Status == nil || !a.Status.Stub && a.Status.Removed.IsZero()
}

// IdlePage is one page of datasets that nobody is known to read.
type IdlePage struct {
	Total  int32
	Bytes  Long
	Counts []Count
	Items  []IdleLine
}

// IdleLine is a dataset that nobody is known to read.
type IdleLine struct {
	Asset *asset
	Idle  Idle
}

// Unused pages the datasets of one state, the largest first: what is dropped first.
func (d *discovery) Unused(ctx context.Context, args struct {
	State string
	narrowed
}) (*IdlePage, error) {
	states := []string{catalog.Unused, catalog.Unparsed, catalog.Unknown}
	if !slices.Contains(states, args.State) {
		return nil, fault.Invalid.Errorf("state %q is none of unused, unparsed, unknown", args.State)
	}
	list, counts, bytes, err := d.p.unread.ofState(ctx, d.p, args.State, args.narrowed)
	if err != nil {
		return nil, err
	}
	out := &IdlePage{Items: []IdleLine{}, Total: int32(len(list)), Bytes: Long(bytes)}
	for _, s := range states {
		out.Counts = append(out.Counts, Count{Name: s, Count: counts[s]})
	}
	found, err := d.p.many(ctx, page(list, args.First, args.Offset))
	for _, a := range found {
		out.Items = append(out.Items, IdleLine{Asset: a, Idle: *idled(&a.a, catalog.IdleOf(&a.a, d.p.Now()))})
	}
	return out, err
}

// Idle is whether a dataset is unused, and the proof.
type Idle struct {
	State, Detail string
	Bytes, Rows   *Long
	LastRead      *gql.Time
	Safe          bool
	Proof         []catalog.Claim
}

func (a *asset) Idle() *Idle {
	if a.a.Type != catalog.Dataset {
		return nil
	}
	return idled(&a.a, catalog.IdleOf(&a.a, a.p.Now()))
}

func idled(a *catalog.Asset, i catalog.Idle) *Idle {
	out := &Idle{State: i.State, Detail: i.Detail, Safe: i.Safe, Proof: i.Claims}
	if a.Stats != nil {
		out.Bytes, out.Rows = long(a.Stats.Bytes), long(a.Stats.Rows)
	}
	if a.Usage != nil {
		out.LastRead = moment(a.Usage.LastRead)
	}
	return out
}

// Morning is what was dear on one day.
type Morning struct {
	Day     gql.Time
	By      string
	Covered bool
	Queries []DearQuery
	People  []DearPerson
}

// DearQuery is a statement and what it cost on one day.
type DearQuery struct {
	Query         SampleQuery
	User          string
	Runs, Bytes   Long
	Seconds, Cost float64
	Day           gql.Time
}

// DearPerson is somebody and what their statements took on one day.
type DearPerson struct {
	User, Kind    string
	Person        *asset
	Runs, Bytes   Long
	Seconds, Cost float64
}

func (d *discovery) Morning(ctx context.Context, args struct {
	Day   *gql.Time
	First int32
}) (Morning, error) {
	return d.p.morning(ctx, args.Day, args.First)
}

// morning is the bill of a day; of yesterday without one.
func (p *Parts) morning(ctx context.Context, on *gql.Time, first int32) (Morning, error) {
	day := p.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, -1)
	if on != nil {
		day = on.UTC().Truncate(24 * time.Hour)
	}
	out := Morning{Day: gql.Time{Time: day}, By: "time", Queries: []DearQuery{}, People: []DearPerson{}}
	b, err := p.Graph.Bill(ctx, day)
	if err != nil {
		return out, err
	}
	if out.Covered = b.Covered; b.ByCost {
		out.By = "cost"
	}
	if err := p.dearQueries(ctx, &out, top(b.Queries, min(first, maxPage))); err != nil {
		return out, err
	}
	for _, s := range top(b.Spenders, min(first, maxPage)) {
		person, err := p.find(ctx, urn.User(s.User))
		if err != nil {
			return out, err
		}
		out.People = append(out.People, DearPerson{User: s.User, Kind: s.Kind, Person: person, Runs: Long(s.Runs), Bytes: Long(s.Bytes), Seconds: s.Seconds, Cost: s.Cost})
	}
	return out, nil
}

func (p *Parts) dearQueries(ctx context.Context, m *Morning, list []lineage.Dear) error {
	for _, d := range list {
		q, err := p.sample(ctx, p.Graph.Ran(d.Query))
		if err != nil {
			return err
		}
		if q != nil {
			m.Queries = append(m.Queries, DearQuery{Query: *q, User: d.User, Runs: Long(d.Runs), Bytes: Long(d.Bytes), Seconds: d.Seconds, Cost: d.Cost, Day: m.Day})
		}
	}
	return nil
}
