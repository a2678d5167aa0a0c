package gdpr

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"waymark/catalog"
)

const inCatalog = "in Waymark's catalog"

// catalog looks into Waymark's own catalog, which keeps names, comments and
// descriptions that sources and people wrote. What stands there is no row that a plan
// could erase, so it is an exception until somebody changes the text.
func (l *look) catalog(ctx context.Context) error {
	var asked []*matcher
	var text, digitRuns []string
	for _, m := range l.search.wanted(0) {
		if m != nil {
			asked = append(asked, m)
			if run := m.digitRun(); run != "" {
				digitRuns = append(digitRuns, run)
			} else {
				text = append(text, m.words()...)
			}
		}
	}
	if len(asked) == 0 {
		return nil
	}
	for a, err := range l.d.Marks.List(ctx, catalog.Filter{}) {
		if err != nil {
			return err
		}
		for _, f := range written(a) {
			if !near(f.text, text, digitRuns) {
				continue
			}
			if slices.ContainsFunc(asked, func(m *matcher) bool { return m.judge(f.text).form != "" }) {
				l.search.except(Exception{Dataset: a.URN, Column: f.column, Reason: inCatalog,
					Detail: "its " + f.where + " holds the subject; change the text where it comes from, crawl, and verify again"})
			}
		}
	}
	return nil
}

// near is the probe for texts of the catalog.
func near(text string, parts, digitRuns []string) bool {
	plain := plainText(text)
	if slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(plain, p) }) {
		return true
	}
	d := digits(plain)
	return slices.ContainsFunc(digitRuns, func(run string) bool { return strings.Contains(d, run) })
}

// passage is one text of an asset.
type passage struct{ where, column, text string }

// written are the texts of an asset that sources and people wrote.
func written(a catalog.Asset) (out []passage) {
	if a.Schema != nil {
		for _, c := range a.Schema.Columns {
			out = append(out, passage{"comment", c.Name, c.Description}, passage{"column name", c.Name, c.Name})
		}
	}
	for _, f := range []struct {
		where string
		there bool
		value any
	}{
		{"name or description", a.Profile != nil, a.Profile}, {"definition", a.Definition != nil, a.Definition}, {"labels", a.Labels != nil, a.Labels},
		{"glossary entry", a.Term != nil, a.Term}, {"notes", a.Notes != nil, a.Notes}, {"statement", a.Statement != nil, a.Statement},
		{"flow", a.Flow != nil, a.Flow}, {"owners", a.Owners != nil, a.Owners}, {"recipe", a.Recipe != nil, a.Recipe},
	} {
		if !f.there {
			continue
		}
		if text, err := json.Marshal(f.value); err == nil {
			out = append(out, passage{f.where, "", string(text)})
		}
	}
	return out
}
