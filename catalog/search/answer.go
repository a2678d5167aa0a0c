package search

import (
	"time"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// Request is one search of one caller.
type Request struct {
	Text    string
	Filters map[string][]string // the same as in the text, platform: ["postgres"]
	Limit   int                 // of hits; 0 is 20, 100 at most
	Offset  int
	Facets  bool // count the facets too
	Explain bool // tell every factor of every hit
	Sort    Sort
	Plain   bool // nothing personal, and no line in the search log: for measuring
}

// Answer is what a caller may know of a query's results.
type Answer struct {
	Total      int           `json:"total"` // of identity, name and content
	Hits       []Hit         `json:"hits"`
	Card       *Card         `json:"answer"`
	Facets     []Facet       `json:"facets,omitempty"`
	Stages     []StageCount  `json:"stages,omitempty"`
	Note       string        `json:"note,omitempty"`
	Suggestion string        `json:"suggestion,omitempty"` // the query as it was probably meant
	Advice     []Advice      `json:"advice,omitempty"`     // what would find something, when nothing was found
	Reached    catalog.Seq   `json:"reached,omitempty"`    // the change that the index holds
	Complete   bool          `json:"complete"`             // that is the newest change
	Took       time.Duration `json:"took_ns,omitempty"`
}

// Hit is one asset with the reasons for its place.
type Hit struct {
	Rank        int           `json:"rank"`
	URN         urn.URN       `json:"urn"`
	Name        string        `json:"name"`
	Type        catalog.Type  `json:"type"`
	Subtype     string        `json:"subtype,omitempty"`
	Platform    string        `json:"platform"`
	Domain      string        `json:"domain,omitempty"`
	Score       float64       `json:"score"`
	Stage       Stage         `json:"stage"`
	Trust       float64       `json:"trust"`
	Reasons     []string      `json:"reasons"`
	Penalties   []string      `json:"penalties"`
	Similar     []urn.URN     `json:"similar,omitempty"` // twins further down
	TwinOf      urn.URN       `json:"twin_of,omitempty"` // the better twin above
	Replaces    urn.URN       `json:"replaces,omitempty"`
	Replacement urn.URN       `json:"replacement,omitempty"`
	Columns     []string      `json:"columns,omitempty"` // that matched
	Explanation *Explanation  `json:"explanation,omitempty"`
	Signals     catalog.Trust `json:"-"`
	Matched     []Matched     `json:"-"`
}

// StageCount is how many assets a stage has. Near is counted apart from the total.
type StageCount struct {
	Stage Stage `json:"stage"`
	Total int   `json:"total"`
}

// Advice is a change of the query and how many hits it would give.
type Advice struct {
	Drop  string `json:"drop"`
	Total int    `json:"total"`
}

// Facet is one way to narrow an answer.
type Facet struct {
	Name   string       `json:"name"`
	Values []FacetValue `json:"values"`
	More   int          `json:"more,omitempty"` // values not listed
}

// FacetValue is one value and how many hits have it.
type FacetValue struct {
	Value string `json:"value"`
	Label string `json:"label,omitempty"` // where it reads better than the value
	Count int    `json:"count"`
}
