package lineage

import (
	"time"

	"waymark/catalog/urn"
)

// Origin is the kind of source that says an edge.
type Origin string

// The origins.
const (
	FromDefinition Origin = "definition" // the text of a view or chart
	FromLog        Origin = "log"        // a statement that ran
	FromDashboard  Origin = "bi"         // a dashboard's charts, a chart's datasets
	FromImport     Origin = "import"     // given by an import
	FromPeople     Origin = "manual"     // drawn by a person
	FromSource     Origin = "engine"     // given by the crawled system itself
)

// The confidence of each origin: lineage.md section 9.
const (
	sureDefinition = 0.98
	sureLog        = 0.95
	surePartial    = 0.7
	sureSecond     = 0.6
	sureDashboard  = 0.9
	sureImport     = 0.9
	sureTold       = 1.0
	mostSure       = 0.999 // unless an engine or a person says so
)

// contribution is everything that one contributor says.
type contribution struct {
	By     urn.URN
	Origin Origin // of every link that names none
	First  int64  // unix seconds
	Last   int64  // when a log last showed it, to the week; 0 for other origins
	Until  int64  // 0, or when it ended, because no log showed it for very long
	Stale  bool   // no log showed it for long
	Links  []said
	Pairs  []pairSaid
}

// said is one edge as a contributor says it.
type said struct {
	Up, Down   urn.URN
	Origin     Origin
	Confidence float32
	Marks      marks
	From       int64 // unix seconds: since when the contributor says it
}

type pairSaid struct {
	Up         urn.URN
	UpColumn   string
	Down       urn.URN
	DownColumn string
	Subtype    string
	Indirect   bool
	Masking    bool
	Candidate  bool
	Expression string // redacted
}

// Edge says that data flows from Up into Down.
type Edge struct {
	Up, Down    urn.URN
	Origins     []Origin // the surest first
	Confidence  float64  // 1 - product of (1 - confidence) over the origins
	First, Last time.Time
	Count       int64     // runs of the statements that say it
	Copy        bool      // every column goes over unchanged
	Stale       bool      // only logs say it, and none did on 90 days on which the logs were read
	Disputed    bool      // the engine, which knows every source, does not
	Refuted     bool      // a person says that it is wrong
	By          []urn.URN // contributors: statements, views, declarations
}

// Pair says that one column goes into another, or, where DownColumn is "", that it
// decides which rows of Down there are.
type Pair struct {
	Up         urn.URN
	UpColumn   string
	Down       urn.URN
	DownColumn string
	Subtype    string // IDENTITY, TRANSFORMATION, AGGREGATION; JOIN, CONDITIONAL ... when Indirect
	Indirect   bool
	Masking    bool
	Candidate  bool
	Expression string
}
