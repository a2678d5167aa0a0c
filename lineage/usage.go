package lineage

import (
	"cmp"
	"context"
	"slices"
	"time"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// ActorUse is how much one account uses an asset, in the window of 90 days.
type ActorUse struct {
	Actor   string
	Kind    string
	Queries int64 // in the last 30 days
	Last    time.Time
}

// Users returns who used an asset in the last 30 days, most queries first.
func (g *Graph) Users(u urn.URN) (out []ActorUse) {
	x := g.runs.Load().uses[u]
	if x == nil {
		return nil
	}
	for name, a := range x.actors {
		if a.recent > 0 {
			out = append(out, ActorUse{Actor: name, Kind: a.kind, Queries: a.recent, Last: time.Unix(a.last, 0).UTC()})
		}
	}
	slices.SortFunc(out, func(a, b ActorUse) int {
		return cmp.Or(cmp.Compare(b.Queries, a.Queries), cmp.Compare(a.Actor, b.Actor))
	})
	return out
}

// LastSeen returns when an account last used anything, and whether it did in the window.
func (g *Graph) LastSeen(actor string) (time.Time, bool) {
	at, ok := g.runs.Load().seen[actor]
	return time.Unix(at, 0).UTC(), ok
}

// ColumnReaders returns how many people read each column of an asset in the last 30 days.
func (g *Graph) ColumnReaders(ctx context.Context, u urn.URN) (map[string]int, error) {
	readers := map[string]map[string]bool{}
	for rec, err := range g.cat.Usage(ctx, catalog.UsageFilter{Asset: u, From: g.Now().Add(-recentSpan)}) {
		if err != nil {
			return nil, err
		}
		if rec.Role != roleRead || !IsPerson(rec.Kind) || rec.Queries == 0 {
			continue
		}
		for _, c := range append(slices.Clip(rec.Columns), rec.Filters...) {
			if readers[c] == nil {
				readers[c] = map[string]bool{}
			}
			readers[c][rec.Actor] = true
		}
	}
	out := make(map[string]int, len(readers))
	for c, who := range readers {
		out[c] = len(who)
	}
	return out, nil
}

// Ran is how one statement ran.
type Ran struct {
	Query urn.URN
	Runs  int64
	Users []ActorUse
	Last  time.Time
}

// Ran returns the runs of a statement in the window.
func (g *Graph) Ran(q urn.URN) Ran {
	out := Ran{Query: q, Users: g.Users(q)}
	if x := g.runs.Load().uses[q]; x != nil {
		for _, a := range x.actors {
			out.Runs += a.queries
			if at := time.Unix(a.last, 0).UTC(); at.After(out.Last) {
				out.Last = at
			}
		}
	}
	return out
}

// Statements returns the statements in which an asset was read in the last 30
// days, those of people first, then the most frequent, at most limit.
func (g *Graph) Statements(ctx context.Context, u urn.URN, limit int) (out []Ran, err error) {
	seen := map[string]bool{}
	people := map[string]bool{}
	for rec, err := range g.cat.Usage(ctx, catalog.UsageFilter{Asset: u, From: g.Now().Add(-recentSpan)}) {
		if err != nil {
			return nil, err
		}
		if rec.Role != roleRead {
			continue
		}
		for _, fp := range rec.Queried {
			seen[fp] = true
			people[fp] = people[fp] || IsPerson(rec.Kind)
		}
	}
	for fp := range seen {
		out = append(out, g.Ran(urn.Query(fp)))
	}
	slices.SortFunc(out, func(a, b Ran) int {
		return cmp.Or(compareBool(people[b.Query.Name()], people[a.Query.Name()]), cmp.Compare(b.Runs, a.Runs), cmp.Compare(a.Query, b.Query))
	})
	return out[:min(limit, len(out))], nil
}
