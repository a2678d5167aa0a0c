package graphql

import (
	"cmp"
	"context"
	"slices"
	"time"

	gql "github.com/graph-gophers/graphql-go"

	"waymark/catalog"
	"waymark/catalog/urn"
	"waymark/lineage"
)

// usage resolves the type Usage.
type usage struct {
	p *Parts
	a *catalog.Asset
	s catalog.UsageSignal
}

func (a *asset) Usage() *usage {
	u := &usage{p: a.p, a: &a.a}
	if a.a.Usage != nil {
		u.s = *a.a.Usage
	}
	return u
}

func (u *usage) Known() bool          { return u.s.Covered }
func (u *usage) People() int32        { return int32(u.s.People30) }
func (u *usage) Queries() Long        { return Long(u.s.Queries30) }
func (u *usage) ServiceQueries() Long { return Long(u.s.Service30) }
func (u *usage) LastUsed() *gql.Time  { return moment(u.s.LastUsed) }

func (u *usage) Viewers() int32 {
	if u.a.Type != catalog.Dashboard {
		return 0
	}
	return int32(u.s.People30)
}

// Detail is the signal's own words.
func (u *usage) Detail(ctx context.Context) (string, error) {
	t, err := u.p.Search.Weigh(ctx, u.a)
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(t.Signals, func(s catalog.Signal) bool { return s.Name == catalog.SignalUsage })
	return t.Signals[i].Detail, nil
}

// UsageDay is one day of use.
type UsageDay struct {
	Day              gql.Time
	People, Services int32
}

// usageDays is the window that the page draws.
const usageDays = 90

func (u *usage) Days(ctx context.Context) ([]UsageDay, error) {
	today := u.p.Now().UTC().Truncate(24 * time.Hour)
	from := today.AddDate(0, 0, 1-usageDays)
	out := make([]UsageDay, usageDays)
	for i := range out {
		out[i].Day = gql.Time{Time: from.AddDate(0, 0, i)}
	}
	for rec, err := range u.p.Catalog.Usage(ctx, catalog.UsageFilter{Asset: u.a.URN, From: from}) {
		if err != nil {
			return nil, err
		}
		i := int(rec.Start.Sub(from).Hours() / 24)
		if rec.Role == "write" || i < 0 || i >= usageDays {
			continue
		}
		if lineage.IsPerson(rec.Kind) {
			out[i].People += int32(rec.Queries)
		} else {
			out[i].Services += int32(rec.Queries)
		}
	}
	return out, nil
}

// UserUsage is how much one account uses an asset.
type UserUsage struct {
	User    string
	Person  *asset
	Kind    string
	Queries Long
	Last    *gql.Time
}

func (u *usage) Users(ctx context.Context, args struct{ First int32 }) ([]UserUsage, error) {
	out := []UserUsage{}
	for _, x := range top(u.p.Graph.Users(u.a.URN), args.First) {
		person, err := u.p.find(ctx, urn.User(x.Actor))
		if err != nil {
			return nil, err
		}
		out = append(out, UserUsage{User: x.Actor, Person: person, Kind: x.Kind, Queries: Long(x.Queries), Last: moment(x.Last)})
	}
	return out, nil
}

// JoinUsage is a join that statements make.
type JoinUsage struct {
	Column  string
	Other   ColumnRef
	Queries Long
}

// maxJoins is how many joins and filters a page shows.
const maxJoins = 8

// statementWindow is how many distinct statements are looked through for joins.
const statementWindow = 200

func (u *usage) Joins(ctx context.Context) ([]JoinUsage, error) {
	runs := map[catalog.ColumnPair]int64{}
	err := u.statements(ctx, func(s *catalog.StatementFacts, n int64) {
		for _, j := range s.Joins {
			if j.To.Dataset == u.a.URN {
				j.From, j.To = j.To, j.From
			}
			if j.From.Dataset == u.a.URN && j.To.Dataset != u.a.URN {
				runs[j] += n
			}
		}
	})
	out := []JoinUsage{}
	for j, n := range runs {
		out = append(out, JoinUsage{Column: j.From.Column, Other: reference(j.To), Queries: Long(n)})
	}
	slices.SortFunc(out, func(a, b JoinUsage) int {
		return cmp.Or(cmp.Compare(b.Queries, a.Queries), cmp.Compare(a.Other.Name, b.Other.Name))
	})
	return top(out, maxJoins), err
}

// Count is a name and how many.
type Count struct {
	Name  string
	Count int32
}

func (u *usage) Filters(ctx context.Context) ([]Count, error) {
	runs := map[string]int64{}
	err := u.statements(ctx, func(s *catalog.StatementFacts, n int64) {
		for _, r := range s.Reads {
			if r.Column.Dataset == u.a.URN && slices.Contains(r.Subtypes, "FILTER") {
				runs[r.Column.Column] += n
			}
		}
	})
	return top(counted(runs), maxJoins), err
}

func counted(m map[string]int64) []Count {
	out := []Count{}
	for k, n := range m {
		out = append(out, Count{Name: k, Count: int32(n)})
	}
	slices.SortFunc(out, func(a, b Count) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name)) })
	return out
}

// statements visits the facts of the statements that read the asset, with their runs.
func (u *usage) statements(ctx context.Context, visit func(*catalog.StatementFacts, int64)) error {
	ran, err := u.p.Graph.Statements(ctx, u.a.URN, statementWindow)
	if err != nil {
		return err
	}
	for _, r := range ran {
		a, err := u.p.find(ctx, r.Query)
		if err != nil {
			return err
		}
		if a != nil && a.a.Statement != nil {
			visit(a.a.Statement, r.Runs)
		}
	}
	return nil
}

// SampleQuery is a statement that is really run.
type SampleQuery struct {
	ID                         ID
	SQL, Kind, Outcome, Reason string
	Runs                       Long
	People                     int32
	Last                       *gql.Time
}

func (a *asset) Queries(ctx context.Context, args struct{ First int32 }) ([]SampleQuery, error) {
	ran, err := a.p.Graph.Statements(ctx, a.a.URN, int(args.First))
	if err != nil {
		return nil, err
	}
	out := []SampleQuery{}
	for _, r := range ran {
		q, err := a.p.sample(ctx, r)
		if err != nil {
			return nil, err
		}
		if q != nil {
			out = append(out, *q)
		}
	}
	return out, nil
}

// sample describes one statement; nil when it is no longer kept.
func (p *Parts) sample(ctx context.Context, r lineage.Ran) (*SampleQuery, error) {
	a, err := p.find(ctx, r.Query)
	if err != nil || a == nil || a.a.Statement == nil {
		return nil, err
	}
	s := a.a.Statement
	q := &SampleQuery{ID: a.ID(), SQL: s.Text, Kind: s.Kind, Outcome: s.Outcome, Reason: s.Reason, Runs: Long(r.Runs), Last: moment(r.Last)}
	for _, u := range r.Users {
		if lineage.IsPerson(u.Kind) {
			q.People++
		}
	}
	return q, nil
}
