package lineage

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// Use is how much people use one dataset.
type Use struct {
	Dataset         urn.URN
	People          int   // in the last 30 days
	Queries, Before int64 // theirs, in the last 30 days and in the 30 days before
	Last            time.Time
}

// Uses returns the datasets that people used in the last 30 days, those with the
// most people first, then with the most queries.
func (g *Graph) Uses() (out []Use) {
	for u, x := range g.runs.Load().uses {
		if u.Kind() != urn.KindDataset {
			continue
		}
		one := Use{Dataset: u}
		for _, a := range x.actors {
			if IsPerson(a.kind) {
				one.add(a)
			}
		}
		if one.People > 0 {
			out = append(out, one)
		}
	}
	slices.SortFunc(out, func(a, b Use) int {
		return cmp.Or(cmp.Compare(b.People, a.People), cmp.Compare(b.Queries, a.Queries), cmp.Compare(a.Dataset, b.Dataset))
	})
	return out
}

func (u *Use) add(a *actorUse) {
	if a.recent > 0 {
		u.People++
	}
	u.Queries, u.Before = u.Queries+a.recent, u.Before+a.older
	if at := time.Unix(a.last, 0).UTC(); at.After(u.Last) {
		u.Last = at
	}
}

// leastRise is how many queries make a rise worth a line, and what is added to those
// of before, so that one query after none is no rise without end.
const leastRise = 10

// Rising returns the datasets that people use more than in the 30 days before, the
// steepest first.
func (g *Graph) Rising() []Use {
	out := slices.DeleteFunc(g.Uses(), func(u Use) bool { return u.Queries < leastRise || u.Queries <= u.Before })
	slices.SortStableFunc(out, func(a, b Use) int { return cmp.Compare(b.rise(), a.rise()) })
	return out
}

func (u Use) rise() float64 { return float64(u.Queries) / float64(u.Before+leastRise) }

// Expense is what statements took on one day.
type Expense struct {
	Runs    int64
	Seconds float64
	Bytes   int64
	Cost    float64 // in the source's unit; 0 where it tells none
}

func (e *Expense) add(r catalog.UsageRow) {
	e.Runs += r.Queries
	e.Seconds += float64(r.Millis) / 1000
	e.Bytes += r.Bytes
	e.Cost += r.Cost
}

// Dear is what one statement took, and who ran it most.
type Dear struct {
	Expense
	Query urn.URN
	User  string
}

// Spender is what all statements of one account took.
type Spender struct {
	Expense
	User, Kind string
}

// Bill is what was dear on one day: statements and accounts, the dearest first.
type Bill struct {
	Day      time.Time
	ByCost   bool // by cost; else by time, and bytes where times are equal
	Covered  bool // a log was read for that day
	Queries  []Dear
	Spenders []Spender
}

// Bill adds up what ran on a day, a midnight in UTC.
func (g *Graph) Bill(ctx context.Context, day time.Time) (Bill, error) {
	b := Bill{Day: day}
	queries, spenders, most := map[urn.URN]*Dear{}, map[string]*Spender{}, map[urn.URN]int64{}
	for rec, err := range g.cat.Usage(ctx, catalog.UsageFilter{From: day, To: day.Add(24 * time.Hour)}) {
		if err != nil {
			return b, err
		}
		if rec.Role != roleRun {
			continue
		}
		b.Covered, b.ByCost = true, b.ByCost || rec.Cost > 0
		if queries[rec.Asset] == nil {
			queries[rec.Asset] = &Dear{Query: rec.Asset}
		}
		if spenders[rec.Actor] == nil {
			spenders[rec.Actor] = &Spender{User: rec.Actor, Kind: rec.Kind}
		}
		queries[rec.Asset].add(rec.UsageRow)
		spenders[rec.Actor].add(rec.UsageRow)
		if n := max(rec.Millis, 1); n > most[rec.Asset] {
			most[rec.Asset], queries[rec.Asset].User = n, rec.Actor
		}
	}
	for _, q := range queries {
		b.Queries = append(b.Queries, *q)
	}
	for _, s := range spenders {
		b.Spenders = append(b.Spenders, *s)
	}
	slices.SortFunc(b.Queries, func(x, y Dear) int {
		return cmp.Or(b.dearer(x.Expense, y.Expense), cmp.Compare(x.Query, y.Query))
	})
	slices.SortFunc(b.Spenders, func(x, y Spender) int {
		return cmp.Or(b.dearer(x.Expense, y.Expense), cmp.Compare(x.User, y.User))
	})
	return b, nil
}

// dearer puts the dearer of two first.
func (b *Bill) dearer(x, y Expense) int {
	if b.ByCost {
		return cmp.Or(cmp.Compare(y.Cost, x.Cost), cmp.Compare(y.Seconds, x.Seconds))
	}
	return cmp.Or(cmp.Compare(y.Seconds, x.Seconds), cmp.Compare(y.Bytes, x.Bytes))
}

// doubts are, by source and word, how many statements were not understood whose
// text has the word: one of them may read the table of that name.
type doubts map[string]map[string]int

func (d doubts) of(source string, u urn.URN) int {
	_, last := keyOf(u)
	return d[source][last]
}

// doubts reads the statements that ran in the window and were not understood.
func (g *Graph) doubts(ctx context.Context, t *tally) (doubts, error) {
	out := doubts{}
	for a, err := range g.cat.List(ctx, catalog.Filter{Types: []catalog.Type{catalog.Query}}) {
		if err != nil {
			return nil, err
		}
		if s := a.Statement; s != nil && s.Outcome == outcomeFailed && t.ran(a.URN) {
			out.note(s)
		}
	}
	return out, nil
}

// outcomeFailed is the outcome of a statement of which not even the tables are known.
const outcomeFailed = "failed"

func (t *tally) ran(u urn.URN) bool { return t.uses[u] != nil }

func (d doubts) note(s *catalog.StatementFacts) {
	if d[s.Source] == nil {
		d[s.Source] = map[string]int{}
	}
	for _, w := range slices.Concat(s.Mentions, wordsOf(s.Text)) { // older readings kept the text
		d[s.Source][w]++
	}
}

// wordsOf are the distinct words of a text that may be names, in lower case.
func wordsOf(text string) []string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r != '_' && r != '$' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	slices.Sort(words)
	return slices.Compact(words)
}

// mentioned returns the words of a text that are the last part of a known table's name.
func (t *tables) mentioned(text string) (out []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.last == nil || t.lastAt != t.seq {
		t.last, t.lastAt = map[string]bool{}, t.seq
		for n := range uint32(t.keys.len()) {
			for _, u := range t.of(n) {
				_, last := keyOf(u)
				t.last[last] = true
			}
		}
	}
	for _, w := range wordsOf(text) {
		if t.last[w] {
			out = append(out, w)
		}
	}
	return out
}

// idleMoved reports whether the last reading moved where somebody might ask when it
// was: of what people use every day it moves every day and tells nothing.
func idleMoved(was *catalog.UsageSignal, is catalog.UsageSignal) bool {
	return was.LastRead.IsZero() != is.LastRead.IsZero() || is.People30 == 0 && !was.LastRead.Equal(is.LastRead)
}
