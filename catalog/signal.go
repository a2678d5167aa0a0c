package catalog

import (
	"time"

	"waymark/catalog/urn"
)

// UsageSignal is how much people use an asset, written by the usage follower.
type UsageSignal struct {
	People      float64   `cbor:"1,keyasint,omitempty"` // decayed: sum over people of 2^(-days since last use / 14)
	Queries     float64   `cbor:"2,keyasint,omitempty"` // decayed likewise, people only
	People30    int       `cbor:"3,keyasint,omitempty"` // distinct people in 30 days
	Queries30   int64     `cbor:"4,keyasint,omitempty"` // their queries in 30 days
	Service30   int64     `cbor:"5,keyasint,omitempty"` // queries of service accounts, BI refreshes and pipelines in 30 days
	LastUsed    time.Time `cbor:"6,keyasint,omitzero"`  // by a person
	Covered     bool      `cbor:"7,keyasint,omitempty"` // a query log covers at least 80 % of the window
	CoveredDays int       `cbor:"8,keyasint,omitempty"`
	Unparsed    float64   `cbor:"9,keyasint,omitempty"`  // share of the source's statements that were not understood
	Writes      []int64   `cbor:"10,keyasint,omitempty"` // unix seconds of the last 21 writes seen, oldest first
	UsedColumns []string  `cbor:"11,keyasint,omitempty"` // columns people select or filter by, most used first
	LastRead    time.Time `cbor:"12,keyasint,omitzero"`  // by anybody, person or program
	Named       int       `cbor:"13,keyasint,omitempty"` // statements that were not understood and whose text names it
}

// ConsumerSignal is what depends on an asset, written by the lineage follower.
type ConsumerSignal struct {
	Rank       float64 `cbor:"1,keyasint,omitempty"` // 0..1: PageRank over reversed lineage seeded by dashboard viewers, log scale
	Dashboards int     `cbor:"2,keyasint,omitempty"` // dashboards downstream
	Viewers    int     `cbor:"3,keyasint,omitempty"` // distinct viewers of those in 30 days
	Downstream int     `cbor:"4,keyasint,omitempty"` // datasets downstream
	Covered    bool    `cbor:"5,keyasint,omitempty"` // lineage of its platform is connected
	CopyOf     urn.URN `cbor:"6,keyasint,omitempty"` // identity lineage edge: CTAS, clone or replica of this asset
}

// Checks is the runs of quality checks over 14 days, and what is wrong now.
type Checks struct {
	Passed  int  `cbor:"1,keyasint,omitempty"`
	Total   int  `cbor:"2,keyasint,omitempty"`
	Failing bool `cbor:"3,keyasint,omitempty"` // a critical check fails now
	Trouble bool `cbor:"4,keyasint,omitempty"` // a critical incident is open that no check opened
}

// Privacy is what the detector found, by column, written by the pii follower.
type Privacy struct {
	Columns map[string]PrivacyMark `cbor:"1,keyasint,omitempty"`
}

// PrivacyMark is the standing of one column as personal data.
type PrivacyMark struct {
	Class       string  `cbor:"1,keyasint,omitempty"` // user.contact.email
	Format      string  `cbor:"2,keyasint,omitempty"` // kr.rrn, iban; "" when only the name speaks
	Sensitivity string  `cbor:"3,keyasint,omitempty"` // critical, high, medium, low
	State       string  `cbor:"4,keyasint,omitempty"` // tagged, suggested, waived, rejected
	Score       float64 `cbor:"5,keyasint,omitempty"`
	Origin      string  `cbor:"6,keyasint,omitempty"` // detected, declared, propagated, decided
}

// Decisions is what people decided about personal data, by column.
type Decisions struct {
	Columns map[string]Decision `cbor:"1,keyasint,omitempty"`
}

// Decision is a person's word on one column; it overrides every score.
type Decision struct {
	Class       string    `cbor:"1,keyasint,omitempty"` // the category, or "" with NotPersonal
	NotPersonal bool      `cbor:"2,keyasint,omitempty"`
	Reason      string    `cbor:"3,keyasint,omitempty"`
	By          urn.URN   `cbor:"4,keyasint,omitempty"`
	At          time.Time `cbor:"5,keyasint,omitzero"`
	Expires     time.Time `cbor:"6,keyasint,omitzero"` // a waiver; zero is for good
}
