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
	// Ways and Times say how each column of Columns, then of Filters, was used, and by
	// how many queries; Uses reads them. They are empty where a source tells less.
	Ways  []byte    `cbor:"16,keyasint,omitempty"`
	Times []int64   `cbor:"17,keyasint,omitempty"`
	Joins []JoinUse `cbor:"18,keyasint,omitempty"` // most frequent first, at most 32

	First int64   `cbor:"20,keyasint,omitempty"` // unix seconds of the first use; 0 where only the last is told
	Cost  float64 `cbor:"21,keyasint,omitempty"` // in the source's own unit of money; 0 where it tells none
}

// Way is a way in which a statement uses a column; several are added up.
type Way byte

// The ways. A column that is filtered, joined or grouped by may be selected too.
const (
	Selected Way = 1 << iota
	Filtered
	Joined
	Grouped
	ByStar // selected by a star, not by its name
)

// JoinUse is how many queries joined a column with one of another asset.
type JoinUse struct {
	Column  string    `cbor:"1,keyasint,omitempty"`
	Other   ColumnRef `cbor:"2,keyasint,omitempty"`
	Queries int64     `cbor:"3,keyasint,omitempty"`
}

// ColumnUse is how one column was used, and by how many queries.
type ColumnUse struct {
	Column  string
	Ways    Way
	Queries int64
}

// Is reports whether the column was used in a way.
func (c ColumnUse) Is(w Way) bool { return c.Ways&w != 0 }

// Uses returns the use of each column, those that were selected first. Where the ways
// were not told, every query of the row counts for every column.
func (r *UsageRow) Uses() []ColumnUse {
	out := make([]ColumnUse, 0, len(r.Columns)+len(r.Filters))
	for _, c := range r.Columns {
		out = append(out, ColumnUse{c, Selected, r.Queries})
	}
	for _, c := range r.Filters {
		out = append(out, ColumnUse{c, Filtered, r.Queries})
	}
	for i := range min(len(out), len(r.Ways), len(r.Times)) {
		out[i].Ways, out[i].Queries = Way(r.Ways[i]), r.Times[i]
	}
	return out
}

// UsageRecord is a row with its place, as Usage yields it.
type UsageRecord struct {
	Asset  urn.URN
	Source string
	Start  time.Time
	UsageRow
}
