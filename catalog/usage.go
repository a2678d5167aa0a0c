package catalog

import (
	"time"

	"waymark/catalog/urn"
)

// Partition is the counts of one source and one span of time for many assets.
// Record replaces it whole, so reading a log twice counts nothing twice.
type Partition struct {
	Source string    // the recipe that read the log, or "import"
	Start  time.Time // the day or hour it begins; the key
	Assets map[urn.URN][]UsageRow
}

// UsageRow is how one actor used one asset in a partition's span.
type UsageRow struct {
	Actor    string   `cbor:"1,keyasint,omitempty"` // account name
	Kind     string   `cbor:"2,keyasint,omitempty"` // human, service, bi, pipeline, unknown
	Tool     string   `cbor:"3,keyasint,omitempty"`
	Role     string   `cbor:"4,keyasint,omitempty"` // read, write, view
	Queries  int64    `cbor:"5,keyasint,omitempty"`
	Errors   int64    `cbor:"6,keyasint,omitempty"`
	Millis   int64    `cbor:"7,keyasint,omitempty"` // time spent
	Rows     int64    `cbor:"8,keyasint,omitempty"`
	Bytes    int64    `cbor:"9,keyasint,omitempty"`
	Columns  []string `cbor:"10,keyasint,omitempty"` // columns selected
	Filters  []string `cbor:"11,keyasint,omitempty"` // columns only filtered, joined or grouped by
	Indirect bool     `cbor:"12,keyasint,omitempty"` // through a view
	Queried  []string `cbor:"13,keyasint,omitempty"` // fingerprints of statements, most frequent first, at most 8
	Last     int64    `cbor:"14,keyasint,omitempty"` // unix seconds of the last use

	Through []urn.URN `cbor:"15,keyasint,omitempty"` // of an indirect use: the views that the statements name
	First   int64     `cbor:"20,keyasint,omitempty"` // unix seconds of the first use; 0 where only the last is told
	Cost    float64   `cbor:"21,keyasint,omitempty"` // in the source's own unit of money; 0 where it tells none
}

// UsageRecord is a row with its place, as Usage yields it.
type UsageRecord struct {
	Asset  urn.URN
	Source string
	Start  time.Time
	UsageRow
}
