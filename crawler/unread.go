package crawler

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// Why a dataset that a crawl lists was not wholly read: values of catalog.NotRead.
const (
	NoSelect     = "SELECT is not granted to the reader"
	SomeColumns  = "SELECT is granted to the reader on some columns only"
	RowSecurity  = "row-level security may hide rows from the reader"
	BrokenView   = "the server cannot run the view any more"
	NoDefinition = "its definition is hidden, SHOW VIEW is not granted to the reader"
)

var unreadFixes = map[string]string{
	NoSelect:     "grant SELECT on them to the role of the recipe, or leave them out by its filters",
	SomeColumns:  "grant SELECT on the whole tables to the role of the recipe",
	RowSecurity:  "alter role ... bypassrls, or let the owner of the tables be the reader",
	BrokenView:   "repair the view or drop it",
	NoDefinition: "grant SHOW VIEW on the database to the user of the recipe",
}

// unread gathers what one scope lists and the reader may not read, by the reason.
type unread struct {
	listed  int
	reasons map[string]*withheld
}

type withheld struct {
	names []string
	lost  []string // those that the last crawl could read
}

func (u *unread) of(reason string) *withheld {
	if u.reasons == nil {
		u.reasons = map[string]*withheld{}
	}
	if u.reasons[reason] == nil {
		u.reasons[reason] = &withheld{}
	}
	return u.reasons[reason]
}

func (u *unread) add(a *catalog.Asset) {
	u.listed++
	if a.Profile != nil && a.Profile.Properties["broken"] != "" {
		w := u.of(BrokenView)
		w.names = append(w.names, a.URN.Name())
		return
	}
	if why := a.RowsNotRead(); why != "" {
		w := u.of(why)
		w.names = append(w.names, a.URN.Name())
	}
}

// compareRights finds those of list that could be read before; it is asked before they are
// written.
func (c *crawl) compareRights(ctx context.Context, list []catalog.Asset) error {
	why := map[urn.URN]string{}
	for i := range list {
		if r := list[i].RowsNotRead(); r != "" {
			why[list[i].URN] = r
		}
	}
	if len(why) == 0 {
		return nil
	}
	var urns []urn.URN
	for u := range why {
		urns = append(urns, u)
	}
	slices.Sort(urns)
	known, err := c.cat.FindMany(ctx, urns)
	if err != nil {
		return unwritten{err}
	}
	for i := range known {
		a := &known[i]
		crawled := slices.ContainsFunc(a.Said, func(f catalog.Fact) bool {
			return f.Author == catalog.BySource(c.recipe.Name) && f.Aspect == catalog.AspectProfile
		})
		if crawled && a.RowsNotRead() == "" {
			w := c.unread.of(why[a.URN])
			w.lost = append(w.lost, a.URN.Name())
		}
	}
	return nil
}

// tellUnread reports what a scope lists and the reader may not read.
func (c *crawl) tellUnread(scope string) {
	var reasons []string
	for r := range c.unread.reasons {
		reasons = append(reasons, r)
	}
	slices.Sort(reasons)
	for _, r := range reasons {
		w := c.unread.reasons[r]
		text := fmt.Sprintf("%d of %d tables and views are not wholly read: %s: %s", len(w.names), c.unread.listed, r, some(w.names))
		if len(w.lost) > 0 {
			text += fmt.Sprintf("; %d of them could be read by the last crawl: %s", len(w.lost), some(w.lost))
		}
		c.report.add(Problem{Class: Unread, Phase: Describe, Scope: scope, Text: oneLine(text), Fix: unreadFixes[r]})
	}
	c.unread = unread{}
}

// some names the first of a list and counts the rest.
func some(names []string) string {
	const most = 5
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// NotSampled adds to a finished report that values of datasets could not be read,
// which is found out after the crawl.
func (r *Report) NotSampled(reason string, datasets int) {
	r.add(Problem{Class: Unread, Phase: Samples, Text: fmt.Sprintf("values of %d datasets could not be sampled: %s", datasets, reason),
		Fix: "give the credential of the recipe the right to read them, and crawl again"})
	if r.State == OK {
		r.State = Partial
	}
}

// ExitCode is how a command ends that printed the report. What the reader may not
// read is told, and no reason to stop a script: the next crawl would find the same.
func (r *Report) ExitCode() int {
	if r.State == Partial && !slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Class != Unread }) {
		return OK.ExitCode()
	}
	return r.State.ExitCode()
}

// Described reports whether every scope was listed to its end, although rows may
// not be readable.
func (r *Report) Described() bool {
	return (r.State == OK || r.State == Partial) && !slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Class != Unread && p.Phase != History })
}
