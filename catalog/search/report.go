package search

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// Report is what the search log says to those who look after the catalog. It names
// no person, only how many they were.
type Report struct {
	Days         int
	Searches     int
	People       int
	Opened       int          // results opened
	Used         int          // of them, used by the same person within a day
	Without      []ReportLine // searches that found nothing
	Reformulated []ReportLine // searches after which the same person tried other words
	Abandoned    []ReportLine // searches that found something of which nothing was opened
	Wanted       []ReportLine // what most people search for
}

// ReportLine is one search, over all who made it.
type ReportLine struct {
	Words                          string
	Searches, People, Opened, Used int
	Last                           time.Time // the hour of the newest
	Then                           string    // what was searched for next
	Asset                          urn.URN   // that was opened most, by them or after those next words
	Proposal                       *Proposal
}

// mostReportDays is how far a report may go back: the log goes no further.
const mostReportDays = 90

// Report reads the search log of the last days. Lists have at most limit lines.
func (s *Search) Report(ctx context.Context, days, limit int) (out Report, err error) {
	defer fault.Wrap(&err, "report of searches")
	days, limit = min(max(days, 1), mostReportDays), min(max(limit, 1), mostLimit)
	people := map[string][]catalog.Sought{}
	for line, err := range s.cat.Searches(ctx, s.Now().AddDate(0, 0, -days)) {
		if err != nil {
			return out, err
		}
		people[line.Person] = append(people[line.Person], line)
	}
	t, err := s.tallyUses(ctx, people)
	if err != nil {
		return out, err
	}
	for _, person := range slices.Sorted(maps.Keys(people)) {
		t.person(person, people[person])
	}
	out = Report{Days: days, Searches: t.searches, People: len(people), Opened: t.opened, Used: t.usedCount}
	for _, list := range []struct {
		to   *[]ReportLine
		from map[string]*seeking
		why  why
	}{{&out.Without, t.without, foundNothing}, {&out.Reformulated, t.reformulated, triedAgain}, {&out.Abandoned, t.abandoned, openedNothing}, {&out.Wanted, t.wanted, wanted}} {
		if *list.to, err = s.reportLines(ctx, list.from, list.why, limit); err != nil {
			return out, err
		}
	}
	return out, nil
}

// seeking is one search with all who made it.
type seeking struct {
	ReportLine
	people map[string]bool
	then   map[string]int
	opens  map[urn.URN]int
}

// soughtTally gathers the log.
type soughtTally struct {
	searches, opened, usedCount              int
	used                                     map[opening]bool
	without, reformulated, abandoned, wanted map[string]*seeking
}

// opening is one person opening one asset in one hour.
type opening struct {
	person string
	asset  urn.URN
	hour   int64
}

// session is how long after a search another one still belongs to it.
const session = time.Hour

// person reads the lines of one person in their order.
func (t *soughtTally) person(person string, lines []catalog.Sought) {
	for i := range lines {
		l := &lines[i]
		if l.Opened != "" {
			t.opened++
			if t.used[openingOf(l)] {
				t.usedCount++
			}
			continue
		}
		if l.Page > 1 || l.Words == "" {
			continue
		}
		t.searches++
		opened, next := after(lines[i:])
		all := []map[string]*seeking{t.wanted}
		switch {
		case l.Total == 0:
			all = append(all, t.without)
		case len(opened) == 0 && next == nil:
			all = append(all, t.abandoned)
		}
		if len(opened) == 0 && next != nil {
			all = append(all, t.reformulated)
		}
		for _, in := range all {
			t.add(in, person, l, opened, next)
		}
	}
}

// after returns what was opened from the first of lines, and the next search of the
// same session if it has other words, with what was opened from that.
func after(lines []catalog.Sought) (opened []*catalog.Sought, next []catalog.Sought) {
	first := &lines[0]
	for i := 1; i < len(lines); i++ {
		l := &lines[i]
		switch {
		case l.Hour.Sub(first.Hour) > session:
			return opened, nil
		case l.Opened != "" && spoken(l.Words) == spoken(first.Words):
			opened = append(opened, l)
		case l.Opened == "" && spoken(l.Words) != spoken(first.Words):
			return opened, lines[i:]
		}
	}
	return opened, nil
}

// spoken is what makes two searches the same: their words without order of letters'
// case and signs.
func spoken(text string) string { return strings.Join(cutQuery(text), " ") }

func (t *soughtTally) add(in map[string]*seeking, person string, l *catalog.Sought, opened []*catalog.Sought, next []catalog.Sought) {
	k := in[spoken(l.Words)]
	if k == nil {
		k = &seeking{people: map[string]bool{}, then: map[string]int{}, opens: map[urn.URN]int{}}
		k.Words = l.Words
		in[spoken(l.Words)] = k
	}
	k.Searches++
	k.people[person] = true
	if l.Hour.After(k.Last) {
		k.Last = l.Hour
	}
	k.Opened += len(opened)
	if len(opened) == 0 && next != nil {
		k.then[next[0].Words]++
		opened, _ = after(next)
	}
	for _, o := range opened {
		k.opens[o.Opened]++
		if t.used[openingOf(o)] {
			k.Used++
		}
	}
}

func openingOf(l *catalog.Sought) opening { return opening{l.Person, l.Opened, l.Hour.Unix()} }

// usedWithin is how soon after it was opened an asset must appear in the statements
// of the same person to have been what they looked for; the hour before it is cut.
const usedWithin = 25 * time.Hour

// tallyUses finds which opened assets the same person then used.
func (s *Search) tallyUses(ctx context.Context, people map[string][]catalog.Sought) (*soughtTally, error) {
	t := &soughtTally{used: map[opening]bool{}, without: map[string]*seeking{}, reformulated: map[string]*seeking{}, abandoned: map[string]*seeking{}, wanted: map[string]*seeking{}}
	of, err := s.cat.Pseudonyms(ctx)
	if err != nil {
		return nil, err
	}
	opened := map[urn.URN][]opening{}
	for _, lines := range people {
		for i := range lines {
			if u := lines[i].Opened; u != "" {
				opened[u] = append(opened[u], openingOf(&lines[i]))
			}
		}
	}
	for u, list := range opened {
		if err := s.usesOf(ctx, u, list, of, t.used); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (s *Search) usesOf(ctx context.Context, u urn.URN, list []opening, of func(string) string, used map[opening]bool) error {
	first := slices.MinFunc(list, func(a, b opening) int { return cmp.Compare(a.hour, b.hour) })
	from := time.Unix(first.hour, 0).UTC().Truncate(24 * time.Hour)
	for rec, err := range s.cat.Usage(ctx, catalog.UsageFilter{Asset: u, From: from}) {
		if err != nil {
			return err
		}
		if rec.Role == "write" || rec.Queries == 0 {
			continue
		}
		person := of(rec.Actor)
		for _, o := range list {
			if ago := time.Duration(rec.Last-o.hour) * time.Second; o.person == person && ago >= 0 && ago <= usedWithin {
				used[o] = true
			}
		}
	}
	return nil
}

// reportLines makes the lines of one list, those of most people first.
func (s *Search) reportLines(ctx context.Context, from map[string]*seeking, why why, limit int) ([]ReportLine, error) {
	list := slices.Collect(maps.Values(from))
	slices.SortFunc(list, func(a, b *seeking) int {
		return cmp.Or(cmp.Compare(len(b.people), len(a.people)), cmp.Compare(b.Searches, a.Searches), b.Last.Compare(a.Last), strings.Compare(a.Words, b.Words))
	})
	out := []ReportLine{}
	for _, k := range list[:min(len(list), limit)] {
		k.People, k.Then = len(k.people), most(k.then)
		if err := s.propose(ctx, k, why); err != nil {
			return nil, err
		}
		out = append(out, k.ReportLine)
	}
	return out, nil
}

// most is the key with the highest count.
func most[K cmp.Ordered](counts map[K]int) (best K) {
	for k, n := range counts {
		if n > counts[best] || n == counts[best] && k < best {
			best = k
		}
	}
	return best
}
