package search

import (
	"fmt"
	"strings"
)

// titles are the headings of facets.
var titles = map[string]string{
	FacetZone: "Zone", FacetKind: "Kind", FacetPlatform: "System", FacetTrust: "Trust", FacetPersonal: "Personal data",
	FacetWritten: "Written", FacetOwner: "Owner", FacetDomain: "Domain", FacetTag: "Tag", FacetTerm: "Term",
}

// FacetTitle is the heading of a facet.
func FacetTitle(facet string) string { return titles[facet] }

// TrustFactor is what trust multiplies a score by.
func TrustFactor(trust float64) float64 { return trustBase + trustGain*trust }

// meanings say why an asset stands in a stage.
var meanings = [...]string{
	"the name itself, or a term whose asset it is",
	"every word stands in name or path",
	"every word stands somewhere in it: columns, terms, text",
	"close to the words, not the words themselves",
	"all that pass the filters",
}

// Meaning says why an asset stands in the stage.
func (s Stage) Meaning() string { return meanings[s] }

// String says what to drop and what that would find.
func (a Advice) String() string { return fmt.Sprintf("without %s: %d found", a.Drop, a.Total) }

// Measure returns a measure by its name: mrr, success1 (or success@1) and so on.
func (q Quality) Measure(name string) (float64, bool) {
	switch strings.ReplaceAll(strings.ToLower(name), "@", "") {
	case "mrr":
		return q.MRR, true
	case "success1":
		return q.Success1, true
	case "success3":
		return q.Success3, true
	case "success5":
		return q.Success5, true
	case "ndcg10":
		return q.NDCG10, true
	case "recall10":
		return q.Recall10, true
	}
	return 0, false
}

// String is one line of a report.
func (q Quality) String() string {
	return fmt.Sprintf("%-22s n=%5d MRR=%.3f success@1=%.3f @3=%.3f @5=%.3f nDCG@10=%.3f recall@10=%.3f",
		q.name(), q.Queries, q.MRR, q.Success1, q.Success3, q.Success5, q.NDCG10, q.Recall10)
}

// name is what a line of a report speaks of.
func (q Quality) name() string {
	switch {
	case q.Ranking == "":
		return q.Category
	case q.Category == all:
		return q.Ranking
	}
	return "  " + q.Category
}
