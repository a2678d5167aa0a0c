package search

import (
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// The facets: what can be counted and filtered by. Trust and written are of the
// moment, the others stand in the documents.
const (
	FacetZone     = "zone"
	FacetKind     = "kind"
	FacetPlatform = "platform"
	FacetTrust    = "trust"
	FacetOwner    = "owner"
	FacetDomain   = "domain"
	FacetTag      = "tag"
	FacetTerm     = "term"
	FacetPersonal = "personal"
	FacetWritten  = "written"

	keyType       = "type"
	keyEnv        = "env"
	keyPart       = "part" // the URN of a chart that a dashboard shows
	keyDeprecated = "deprecated"
	keyCertified  = "certified"

	certifiedNow = FacetTrust + ":certified"
)

// facets in the order in which a page shows them.
var facets = []string{FacetZone, FacetKind, FacetPlatform, FacetTrust, FacetPersonal, FacetWritten, FacetOwner, FacetDomain, FacetTag, FacetTerm}

// keyword joins a facet and a value as it is shown. Engines index it in lower case,
// so that filters match as people type them.
func keyword(facet, value string) string { return facet + ":" + value }

// keywordsOf lists the facets of an asset.
func keywordsOf(a *catalog.Asset) []string {
	var out []string
	add := func(facet, value string) {
		if value != "" && len(value) <= 256 {
			out = append(out, keyword(facet, value))
		}
	}
	add(keyType, string(a.Type))
	add(FacetKind, kindOf(a))
	add(FacetPlatform, a.URN.Platform())
	add(keyEnv, a.URN.Env())
	add(FacetZone, zoneOf(a))
	if a.Owners != nil {
		for _, o := range a.Owners.List {
			add(FacetOwner, o.User.Name())
		}
	}
	if a.Labels != nil {
		add(FacetDomain, a.Labels.Domain.Name())
		for _, t := range a.Labels.Tags {
			add(FacetTag, t)
		}
		for _, t := range a.Labels.Terms {
			add(FacetTerm, t.Name())
		}
	}
	add(FacetPersonal, personalOf(a))
	if a.Deprecation != nil {
		add(keyDeprecated, "true")
	}
	if a.Schema != nil {
		for _, c := range a.Schema.Columns {
			for _, t := range c.Tags {
				add(FacetTag, t)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// kindOf is the subtype where it says more than the type.
func kindOf(a *catalog.Asset) string {
	if s := a.Subtype(); s != "" {
		return s
	}
	if a.Type == catalog.Dataset {
		return "table"
	}
	return string(a.Type)
}

// zoneOf is the schema or folder that a dataset stands in.
func zoneOf(a *catalog.Asset) string {
	parts := nameParts(a.Type, a.Name())
	if len(parts) < 2 {
		return ""
	}
	return parts[len(parts)-2]
}

var sensitivities = []string{"low", "medium", "high", "critical"}

// personalOf is the worst sensitivity among the columns that are, or may be,
// personal data; "none found" only where a detector has looked.
func personalOf(a *catalog.Asset) string {
	if a.Privacy == nil {
		return ""
	}
	worst := -1
	for _, m := range a.Privacy.Columns {
		if m.State == "tagged" || m.State == "suggested" {
			worst = max(worst, slices.Index(sensitivities, m.Sensitivity))
		}
	}
	if worst < 0 {
		return "none found"
	}
	return sensitivities[worst]
}

// FacetOf is the facet of a keyword.
func FacetOf(keyword string) string {
	facet, _ := facetOf(keyword)
	return facet
}

// facetOf splits a keyword.
func facetOf(keyword string) (facet, value string) {
	facet, value, _ = strings.Cut(keyword, ":")
	return facet, value
}

// named says whether the value of a filter is a URN; its name is meant.
func named(value string) string {
	if urn.Is(value) {
		return urn.URN(value).Name()
	}
	return value
}
