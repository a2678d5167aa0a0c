package catalog

import (
	"context"
	"time"

	"waymark/catalog/urn"
)

// Statement is one statement as a query log gives it. It lives in memory only:
// SQL is raw text. A value that the log does not give is zero or nil, and means
// unknown.
type Statement struct {
	ID       string // the source's own id
	Time     time.Time
	User     string
	SQL      string
	Dialect  string
	Database string
	Schema   string
	Duration time.Duration
	Rows     *int64
	Bytes    *int64
	Status   string // ok, failed, cancelled, running, unknown
	Session  string
	Tool     string
	Actor    string  // human, service, bi, pipeline; "" is to be found out
	Cost     float64 // in the source's own unit of money; 0 is not told
	Count    int64   // how often it ran, for logs that aggregate; 0 is once
}

// Log says whose statements are read: names in them belong to Platform, and
// unqualified ones to the defaults.
type Log struct {
	Source        string // the recipe whose datasets the statements name
	Reader        string // the recipe that read the log; it names the partitions
	Platform      string
	Instance      string // prefix of dataset names: the name of a SQLite database
	Dialect       string
	DefaultDB     string
	DefaultSchema string
	ServiceUsers  []string // prefixes of service accounts
	Delta         bool     // counts since the last reading; each reading is a partition of its own
}

// Observer takes the statements of one log in order. Close writes the counts of
// the days that were seen and reports what was understood.
type Observer interface {
	Add(ctx context.Context, s []Statement) error
	Close(ctx context.Context) (Understood, error)
}

// Observe opens an Observer; lineage gives it, crawls and imports use it.
type Observe func(ctx context.Context, log Log) (Observer, error)

// Understood counts the outcomes of a log's statements, runs not shapes.
type Understood struct {
	Parsed  int64    `json:"parsed"`
	Partial int64    `json:"partial"`
	Failed  int64    `json:"failed"`
	Skipped int64    `json:"skipped"`
	Reasons []Reason `json:"reasons,omitempty"` // most frequent first
}

// Reason is why statements were not understood, with one redacted sample.
type Reason struct {
	Outcome string  `json:"outcome"`
	Reason  string  `json:"reason"`
	Count   int64   `json:"count"`
	Sample  string  `json:"sample,omitempty"`
	Query   urn.URN `json:"query,omitempty"`
}

// StatementFacts is what is kept of a statement: its text without literals and
// what the parse found.
type StatementFacts struct {
	Text    string       `cbor:"1,keyasint,omitempty"` // redacted
	Dialect string       `cbor:"2,keyasint,omitempty"`
	Kind    string       `cbor:"3,keyasint,omitempty"` // SELECT, INSERT, ...
	Outcome string       `cbor:"4,keyasint,omitempty"` // parsed, partial, failed, skipped
	Reason  string       `cbor:"5,keyasint,omitempty"`
	Inputs  []urn.URN    `cbor:"6,keyasint,omitempty"`
	Outputs []urn.URN    `cbor:"7,keyasint,omitempty"`
	Columns []ColumnFlow `cbor:"8,keyasint,omitempty"`
	Reads   []ColumnRead `cbor:"9,keyasint,omitempty"`
	Joins   []ColumnPair `cbor:"10,keyasint,omitempty"`
	Source  string       `cbor:"11,keyasint,omitempty"` // recipe whose names it uses
	First   time.Time    `cbor:"12,keyasint,omitzero"`

	// Where it ran, so that its text can be read again.
	Platform      string `cbor:"13,keyasint,omitempty"`
	Instance      string `cbor:"14,keyasint,omitempty"`
	DefaultDB     string `cbor:"15,keyasint,omitempty"`
	DefaultSchema string `cbor:"16,keyasint,omitempty"`
	Stamp         string `cbor:"17,keyasint,omitempty"` // of the reader and the schemas that the reading stood on
	Unsure        bool   `cbor:"18,keyasint,omitempty"` // no log said whether it succeeded
	Fruitless     bool   `cbor:"19,keyasint,omitempty"` // no run of it succeeded, so no data flowed

	// Absent are names in it that a complete crawl of their source does not have: no
	// assets, until a later crawl finds them.
	Absent []urn.URN `cbor:"20,keyasint,omitempty"`

	// Of a statement that was not understood no text is kept, since what is a literal in
	// it is not sure either: its length in bytes, and the last parts of names of known
	// tables that stand in it.
	Length   int      `cbor:"21,keyasint,omitempty"`
	Mentions []string `cbor:"22,keyasint,omitempty"`
}

// ColumnFlow is one step of column lineage inside a statement, in OpenLineage's words.
type ColumnFlow struct {
	From       ColumnRef `cbor:"1,keyasint,omitempty"`
	To         ColumnRef `cbor:"2,keyasint,omitempty"`
	Type       string    `cbor:"3,keyasint,omitempty"` // DIRECT, INDIRECT
	Subtype    string    `cbor:"4,keyasint,omitempty"` // IDENTITY, TRANSFORMATION, AGGREGATION, ...
	Masking    bool      `cbor:"5,keyasint,omitempty"`
	Candidate  bool      `cbor:"6,keyasint,omitempty"`
	Expression string    `cbor:"7,keyasint,omitempty"` // redacted
}

// ColumnRead is one column that a statement reads, and in which roles.
type ColumnRead struct {
	Column   ColumnRef `cbor:"1,keyasint,omitempty"`
	Subtypes []string  `cbor:"2,keyasint,omitempty"`
}
