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

// Rising returns the assets that people use more than in the 30 days before, the
// steepest first, and how much they were used in both.
func (g *Graph) Rising(limit int) (out []urn.URN) {
	type rise struct {
		u     urn.URN
		ratio float64
	}
	var all []rise
	for u, x := range g.runs.Load().uses {
		var now, before int64
		for _, a := range x.actors {
			if IsPerson(a.kind) {
				now, before = now+a.recent, before+a.older
			}
		}
		if u.Kind() == urn.KindDataset && now >= 10 && now > before {
			all = append(all, rise{u, float64(now) / float64(before+10)})
		}
	}
	slices.SortFunc(all, func(a, b rise) int { return cmp.Or(cmp.Compare(b.ratio, a.ratio), cmp.Compare(a.u, b.u)) })
	for _, r := range all[:min(limit, len(all))] {
		out = append(out, r.u)
	}
	return out
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

// Dear is what one statement cost on one day.
type Dear struct {
	Query   urn.URN
	User    string
	Runs    int64
	Seconds float64
	Day     time.Time
}

// Dearest returns the statements that took most time on the newest day with a log
// before today, most first.
func (g *Graph) Dearest(ctx context.Context, limit int) (out []Dear, err error) {
	today := g.Now().UTC().Truncate(24 * time.Hour)
	byQuery := map[urn.URN]*Dear{}
	most := map[urn.URN]int64{}
	for rec, err := range g.cat.Usage(ctx, catalog.UsageFilter{From: today.Add(-24 * time.Hour), To: today}) {
		if err != nil {
			return nil, err
		}
		if rec.Role != roleRun {
			continue
		}
		d := byQuery[rec.Asset]
		if d == nil {
			d = &Dear{Query: rec.Asset, Day: rec.Start}
			byQuery[rec.Asset] = d
		}
		d.Runs += rec.Queries
		d.Seconds += float64(rec.Millis) / 1000
		if rec.Millis > most[rec.Asset] {
			most[rec.Asset], d.User = rec.Millis, rec.Actor
		}
	}
	for _, d := range byQuery {
		out = append(out, *d)
	}
	slices.SortFunc(out, func(a, b Dear) int { return cmp.Or(cmp.Compare(b.Seconds, a.Seconds), cmp.Compare(a.Query, b.Query)) })
	return out[:min(limit, len(out))], nil
}
