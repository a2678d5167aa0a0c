package catalog_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
)

func TestSavedSearchesAreOnesOwn(t *testing.T) {
	t.Parallel()
	c := newEstate(t)
	for _, s := range []catalog.SavedSearch{
		{Name: " late  tables ", Query: "written:late", Filters: []catalog.Chosen{{Field: "zone", Values: []string{"mart"}}}},
		{Name: "late tables", Query: "written:late owner:ana"}, {Name: "all", Query: "type:dataset"},
	} {
		if _, err := c.SaveSearch(as("ana", access.Viewer), s); err != nil {
			t.Fatal(err)
		}
	}
	list, err := c.SavedSearches(as("ana", access.Viewer))
	if err != nil || len(list) != 2 || list[0].Name != "all" || list[1].Query != "written:late owner:ana" {
		t.Errorf("got %+v, %v want two, the second as it was saved last", list, err)
	}
	if list, err := c.SavedSearches(as("an", access.Viewer)); err != nil || len(list) != 0 {
		t.Errorf("somebody else: got %+v, %v want nothing", list, err)
	}
	if err := c.RemoveSearch(as("ben", access.Viewer), "all"); !errors.Is(err, fault.NotFound) {
		t.Errorf("somebody else's: got %v want that there is none", err)
	}
	if err := c.RemoveSearch(as("ana", access.Viewer), "all"); err != nil {
		t.Fatal(err)
	}
	if list, _ := c.SavedSearches(as("ana", access.Viewer)); len(list) != 1 {
		t.Errorf("got %d searches after one was removed, want 1", len(list))
	}
	for _, bad := range []catalog.SavedSearch{{Name: " "}, {Name: strings.Repeat("x", 121)}, {Name: "x", Query: strings.Repeat("x", 1001)},
		{Name: "x", Filters: []catalog.Chosen{{Field: "zone", Values: []string{strings.Repeat("x", 600), strings.Repeat("y", 400)}}}}} {
		if _, err := c.SaveSearch(as("ana", access.Viewer), bad); !errors.Is(err, fault.Invalid) {
			t.Errorf("%.20s: got %v want a refusal", bad.Name, err)
		}
	}
	for i := range 199 {
		if _, err := c.SaveSearch(as("ana", access.Viewer), catalog.SavedSearch{Name: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.SaveSearch(as("ana", access.Viewer), catalog.SavedSearch{Name: "one more"}); !errors.Is(err, fault.Conflict) {
		t.Errorf("the 201st: got %v want a refusal", err)
	}
}

func TestSearchLogForgetsAndHidesWho(t *testing.T) {
	t.Parallel()
	c := newEstate(t)
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	c.now = now
	system := access.With(context.Background(), access.System("test"))
	line := func(user, words string, ago int) catalog.SoughtBy {
		return catalog.SoughtBy{User: user, Sought: catalog.Sought{Hour: now.AddDate(0, 0, -ago), Words: words, Page: 1, Total: 3}}
	}
	if err := c.LogSearches(system, []catalog.SoughtBy{line("ana", "old", 91), line("ana", "first", 20), line("ana", "second", 0), line("ana", "third", 0), line("ben", "his", 0)}); err != nil {
		t.Fatal(err)
	}
	recent, err := c.RecentSearches(as("ana", access.Viewer), 10)
	if err != nil || len(recent) != 3 || recent[0].Words != "third" || recent[1].Words != "second" || recent[2].Words != "first" {
		t.Errorf("got %+v, %v want the newest first, without what is 91 days old", recent, err)
	}
	words := ""
	for s, err := range c.Searches(system, now.AddDate(0, 0, -120)) {
		if err != nil || strings.Contains(s.Person, "ana") || len(s.Person) != 24 {
			t.Errorf("got %+v, %v want a pseudonym", s, err)
		}
		words += s.Words + " "
	}
	if len(strings.Fields(words)) != 4 || strings.Contains(words, "old") {
		t.Errorf("got %q want four lines, none older than 90 days", words)
	}
	for _, err := range c.Searches(as("mina", access.Viewer), now) {
		if !errors.Is(err, fault.Denied) {
			t.Errorf("a viewer reads the log: got %v want a refusal", err)
		}
	}
	if err := c.LogSearches(as("mina", access.Viewer), nil); !errors.Is(err, fault.Denied) {
		t.Errorf("a viewer writes the log: got %v want a refusal", err)
	}
	if of, err := c.Pseudonyms(system); err != nil || of("ana") != recentPerson(t, c.Catalog, system, now) {
		t.Errorf("got %v; one person has one pseudonym", err)
	}
	if head, err := c.Head(system); err != nil || head != 0 {
		t.Errorf("got head %d, %v: the log moves no number", head, err)
	}
}

// recentPerson is under which pseudonym somebody searched for "first".
func recentPerson(t *testing.T, c *catalog.Catalog, ctx context.Context, now time.Time) string {
	t.Helper()
	for s, err := range c.Searches(ctx, now.AddDate(0, 0, -30)) {
		if err != nil {
			t.Fatal(err)
		}
		if s.Words == "first" {
			return s.Person
		}
	}
	return ""
}
