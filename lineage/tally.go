package lineage

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// tally is the use of everything in the last 90 days, added up from the recorded
// partitions. It is derived and lives in memory.
type tally struct {
	uses map[urn.URN]*use
	seen map[string]int64 // account -> unix seconds of its last use of anything
	at   time.Time
}

// use is how one asset, dashboard or statement was used.
type use struct {
	actors  map[string]*actorUse
	writes  []int64          // unix seconds of days on which it was written, oldest first
	columns map[string]int64 // people's queries by column selected or filtered
}

// actorUse is one account's use of one asset.
type actorUse struct {
	kind                   string
	queries, recent, older int64 // in the window; in the last 30 days; in the 30 days before
	last                   int64
	decayed                float64
}

// The window of usage signals and the half-life of use: search.md section 12.
const (
	window     = 90 * 24 * time.Hour
	recentSpan = 30 * 24 * time.Hour
	halfLife   = 14.0 // days
	maxWrites  = 21
	// throughView is how many uses through a view count as one: search.md section 12.
	throughView = 4
)

// count adds up the recorded partitions of the window.
func (g *Graph) count(ctx context.Context) (*tally, error) {
	t := &tally{uses: map[urn.URN]*use{}, seen: map[string]int64{}, at: g.Now().UTC()}
	for rec, err := range g.cat.Usage(ctx, catalog.UsageFilter{From: t.at.Add(-window)}) {
		if err != nil {
			return nil, err
		}
		t.add(rec)
	}
	for _, u := range t.uses {
		slices.Sort(u.writes)
		u.writes = slices.Compact(u.writes)
		u.writes = u.writes[max(0, len(u.writes)-maxWrites):]
	}
	return t, nil
}

func (t *tally) add(rec catalog.UsageRecord) {
	if rec.Queries == 0 {
		return // failed runs alone: nobody got anything
	}
	u := t.uses[rec.Asset]
	if u == nil {
		u = &use{actors: map[string]*actorUse{}, columns: map[string]int64{}}
		t.uses[rec.Asset] = u
	}
	if rec.Role == roleWrite {
		u.writes = append(u.writes, rec.Last)
		return
	}
	a := u.actors[rec.Actor]
	if a == nil {
		a = &actorUse{kind: rec.Kind}
		u.actors[rec.Actor] = a
	}
	age := t.at.Sub(rec.Start)
	share := float64(rec.Queries)
	if rec.Indirect {
		share /= throughView
		rec.Queries = int64(math.Ceil(share))
	}
	a.queries += rec.Queries
	a.last = max(a.last, rec.Last, rec.Start.Unix())
	t.seen[rec.Actor] = max(t.seen[rec.Actor], a.last)
	a.decayed += share * math.Exp2(-age.Hours()/24/halfLife)
	switch {
	case age <= recentSpan+24*time.Hour:
		a.recent += rec.Queries
	case age <= 2*recentSpan+24*time.Hour:
		a.older += rec.Queries
	}
	if IsPerson(rec.Kind) && age <= recentSpan+24*time.Hour {
		for _, c := range rec.Uses() {
			u.columns[c.Column] += c.Queries
		}
	}
}

// IsPerson reports whether a kind of actor counts as a person: who is not known to
// be a service is taken for one.
func IsPerson(kind string) bool { return kind == "human" || kind == "unknown" || kind == "" }

// signal is what the trust score gets to know of a use.
func (u *use) signal(at time.Time) catalog.UsageSignal {
	var s catalog.UsageSignal
	var last, read int64
	for _, a := range u.actors {
		read = max(read, a.last)
		if !IsPerson(a.kind) {
			s.Service30 += a.recent
			continue
		}
		s.People += math.Exp2(-at.Sub(time.Unix(a.last, 0)).Hours() / 24 / halfLife)
		s.Queries += a.decayed
		s.Queries30 += a.recent
		if a.recent > 0 {
			s.People30++
		}
		last = max(last, a.last)
	}
	if last > 0 {
		s.LastUsed = time.Unix(last, 0).UTC()
	}
	if read > 0 {
		s.LastRead = time.Unix(read, 0).UTC()
	}
	s.Writes = u.writes
	s.UsedColumns = byCount(u.columns)
	return s
}

func byCount(m map[string]int64) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(m[b], m[a]), cmp.Compare(a, b)) })
	return out
}

// viewers returns how many people used an asset in the last 30 days.
func (t *tally) viewers(u urn.URN) int {
	x := t.uses[u]
	if x == nil {
		return 0
	}
	n := 0
	for _, a := range x.actors {
		if IsPerson(a.kind) && a.recent > 0 {
			n++
		}
	}
	return n
}
