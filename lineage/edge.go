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
	Origin Origin     `cbor:"1,keyasint,omitempty"`
	Links  []said     `cbor:"2,keyasint,omitempty"`
	Pairs  []pairSaid `cbor:"3,keyasint,omitempty"`
	First  int64      `cbor:"4,keyasint,omitempty"` // unix seconds
	By     urn.URN    `cbor:"5,keyasint,omitempty"` // whose it is; long names do not stand whole in the key
}

type said struct {
	Up         urn.URN `cbor:"1,keyasint,omitempty"`
	Down       urn.URN `cbor:"2,keyasint,omitempty"`
	Confidence float32 `cbor:"3,keyasint,omitempty"`
	Copy       bool    `cbor:"4,keyasint,omitempty"` // every column goes over unchanged
}

type pairSaid struct {
	Up         urn.URN `cbor:"1,keyasint,omitempty"`
	UpColumn   string  `cbor:"2,keyasint,omitempty"`
	Down       urn.URN `cbor:"3,keyasint,omitempty"`
	DownColumn string  `cbor:"4,keyasint,omitempty"`
	Subtype    string  `cbor:"5,keyasint,omitempty"`
	Indirect   bool    `cbor:"6,keyasint,omitempty"`
	Masking    bool    `cbor:"7,keyasint,omitempty"`
	Candidate  bool    `cbor:"8,keyasint,omitempty"`
	Expression string  `cbor:"9,keyasint,omitempty"` // redacted
}

// Edge says that data flows from Up into Down.
type Edge struct {
	Up, Down    urn.URN
	Origins     []Origin
	Confidence  float64 // 1 - product of (1 - confidence) over the origins
	First, Last time.Time
	Count       int64 // runs of the statements that say it
	Copy        bool
	By          []urn.URN // contributors: statements, views, declarations
}

// Pair says that one column goes into another.
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
