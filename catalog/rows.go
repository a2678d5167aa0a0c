package catalog

import "waymark/catalog/urn"

// This file is the vocabulary in which data-subject requests speak with the
// connectors about single rows. It describes; the connectors act.

// How says when a stored value counts as equal to one of the wanted values.
type How string

// The ways of matching. All but Contains can use an index.
const (
	Exact    How = "exact"
	Folded   How = "folded"   // trimmed and lower case on both sides
	Contains How = "contains" // the wanted value stands somewhere inside; for JSON and free text
)

// Rows names rows of one dataset: those whose Column matches one of Values and that
// meet every condition of And as well.
type Rows struct {
	Dataset urn.URN
	Column  string
	How     How
	Values  []string
	And     []Rows `json:",omitempty"`
}

// Action is what is done to rows.
type Action string

// The actions of a plan. Retain is named in plans and never executed.
const (
	DeleteRows   Action = "delete"
	NullColumns  Action = "null"
	Pseudonymise Action = "pseudonymise"
	RetainRows   Action = "retain"
)

// Act is one step on one dataset. Where names the rows; a row that meets any of
// them is meant. Want is the exact number of rows that the approved plan counted:
// any other number of affected rows fails the act and rolls everything back.
type Act struct {
	Dataset urn.URN
	Action  Action
	Where   []Rows
	Columns []string          // the columns to null or pseudonymise
	Values  map[string]string // replacement by column, for Pseudonymise
	Cells   []Cell            `json:",omitempty"` // for Pseudonymise of one column: its new value by the old one
	Want    int64
}

// Cell is what stands in a cell and what is to stand there instead. A cell that was
// changed meanwhile does not match From, so the act fails by its count.
type Cell struct{ From, To string }

// Acted is what an act did.
type Acted struct {
	Dataset  urn.URN
	Affected int64
	Detail   string // why it failed, without any value
	Failed   bool
}

// Relation is one foreign key as the live database declares it.
type Relation struct {
	From     ColumnRef // the referring side
	To       ColumnRef
	Nullable bool   // the referring column may be null
	OnDelete string // cascade, set null, restrict, no action
	Name     string // keys of several columns share their name

	Deferrable bool // it may be checked at the end of the transaction
}
