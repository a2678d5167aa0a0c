package search

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// journal holds the newest lines of the search log until Flush stores them, so that
// nobody who searches waits for a disk.
type journal struct {
	mu    sync.Mutex
	lines []catalog.SoughtBy
}

// mostPending bounds what waits: beyond it lines are dropped, for a log of searches
// is not worth the memory of the program.
const mostPending = 10_000

// note writes down what a person searched for. What programs ask is not logged, nor
// the same page again right after it was asked.
func (s *Search) note(ctx context.Context, f *finder, total int) {
	if f.req.Plain {
		return
	}
	line := catalog.Sought{Words: f.req.Text, Filters: chosen(f.req.Filters), Page: 1 + f.req.Offset/f.req.Limit, Total: total}
	if f.req.Sort != Relevance {
		line.Sort = f.req.Sort.String()
	}
	s.jot(ctx, line)
}

func chosen(filters map[string][]string) (out []catalog.Chosen) {
	for field, values := range filters {
		out = append(out, catalog.Chosen{Field: field, Values: values})
	}
	slices.SortFunc(out, func(a, b catalog.Chosen) int { return strings.Compare(a.Field, b.Field) })
	return out
}

// jot takes one line of the caller into the journal.
func (s *Search) jot(ctx context.Context, line catalog.Sought) {
	c, ok := access.From(ctx)
	if !ok || c.Program() || s.options.Redact == nil {
		return
	}
	line.Hour = s.Now().UTC().Truncate(time.Hour)
	line.Words = s.options.Redact(line.Words)
	for i := range line.Filters {
		line.Filters[i].Values = slices.Clone(line.Filters[i].Values)
		for j, v := range line.Filters[i].Values {
			line.Filters[i].Values[j] = s.options.Redact(v)
		}
	}
	s.journal.mu.Lock()
	defer s.journal.mu.Unlock()
	for i := len(s.journal.lines) - 1; i >= 0; i-- {
		if last := &s.journal.lines[i]; last.User == c.User {
			if same(&last.Sought, &line) {
				return
			}
			break
		}
	}
	if len(s.journal.lines) < mostPending {
		s.journal.lines = append(s.journal.lines, catalog.SoughtBy{User: c.User, Sought: line})
	}
}

func same(a, b *catalog.Sought) bool {
	return a.Words == b.Words && a.Page == b.Page && a.Sort == b.Sort && a.Opened == b.Opened && a.Hour.Equal(b.Hour) &&
		slices.EqualFunc(a.Filters, b.Filters, func(x, y catalog.Chosen) bool { return x.Field == y.Field && slices.Equal(x.Values, y.Values) })
}

// Flush stores what was searched for since the last Flush. What cannot be stored is
// kept for the next one.
func (s *Search) Flush(ctx context.Context) error {
	s.journal.mu.Lock()
	lines := s.journal.lines
	s.journal.lines = nil
	s.journal.mu.Unlock()
	if len(lines) == 0 {
		return nil
	}
	err := s.cat.LogSearches(ctx, lines)
	if err != nil {
		s.journal.mu.Lock()
		defer s.journal.mu.Unlock()
		s.journal.lines = append(lines, s.journal.lines...)
	}
	return err
}

// Clicked notes that the caller opened a result of a search, which stood at a rank.
func (s *Search) Clicked(ctx context.Context, text string, u urn.URN, rank int) (err error) {
	defer fault.Wrap(&err, "note an opened result")
	found, err := s.cat.FindMany(ctx, []urn.URN{u})
	if err != nil {
		return err
	}
	if len(found) == 0 || rank < 1 || rank > mostOffset+mostLimit {
		return fault.Invalid.Errorf("%s at place %d is no result", u, rank)
	}
	s.jot(ctx, catalog.Sought{Words: text, Opened: u, Rank: rank})
	return nil
}

// mostRecent bounds how many lines of the log are read for recent searches.
const mostRecent = 200

// Recent returns what the caller searched for lately, each search once, the newest
// first, without what found nothing.
func (s *Search) Recent(ctx context.Context, limit int) ([]catalog.Sought, error) {
	stored, err := s.cat.RecentSearches(ctx, mostRecent)
	if err != nil {
		return nil, err
	}
	var out []catalog.Sought
	for _, line := range slices.Concat(s.pending(ctx), stored) {
		known := slices.ContainsFunc(out, func(x catalog.Sought) bool { return x.Words == line.Words })
		if line.Opened == "" && line.Words != "" && line.Total > 0 && !known && len(out) < limit {
			out = append(out, line)
		}
	}
	return out, nil
}

// pending are the lines of the caller that are not stored yet, the newest first.
func (s *Search) pending(ctx context.Context) (out []catalog.Sought) {
	c, _ := access.From(ctx)
	s.journal.mu.Lock()
	defer s.journal.mu.Unlock()
	for i := len(s.journal.lines) - 1; i >= 0; i-- {
		if s.journal.lines[i].User == c.User {
			out = append(out, s.journal.lines[i].Sought)
		}
	}
	return out
}

// Save keeps a search of the caller under a name. A search that holds a personal
// value is refused: such values have no place in the catalog.
func (s *Search) Save(ctx context.Context, keep catalog.SavedSearch) (catalog.SavedSearch, error) {
	if r := s.options.Redact; r != nil {
		values := []string{keep.Name, keep.Query}
		for _, f := range keep.Filters {
			values = append(values, f.Values...)
		}
		for _, v := range values {
			if r(v) != v {
				return catalog.SavedSearch{}, fault.Invalid.Errorf("the search or its name holds an address or number of a person; such a search is not kept")
			}
		}
	}
	if _, err := ParseSort(keep.Sort); err != nil {
		return catalog.SavedSearch{}, err
	}
	return s.cat.SaveSearch(ctx, keep)
}
