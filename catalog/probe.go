package catalog

import "waymark/catalog/urn"

// LiveTable is one relation that a reading credential can list now, whether it was
// crawled or not.
type LiveTable struct {
	Dataset urn.URN
	Kind    string // table, view, materialized view, foreign table, partitioned table
	Columns []Column
	Left    bool     // the recipe leaves it out
	Hidden  string   // why some of its rows may not be seen, or ""
	Denied  string   // why nothing of it can be read, or ""
	Fixed   string   // why its rows cannot be changed by a plan, or ""
	Unread  []string // columns that the credential may not read
	// Unsearched are columns whose values no search reads, each with the reason.
	Unsearched map[string]string
}

// Probe asks for the rows of one dataset that may hold an identity. It is a filter
// and no decision: every row that holds one of its parts is returned, and others may
// be. A row's text is all its Columns, without letter case, with full-width letters
// as plain ones and without invisible characters; binary columns count as text.
type Probe struct {
	Dataset urn.URN
	Columns []string // in the order in which cells are returned
	Text    []string // lower-case parts, one of which stands in the row's text
	Digits  []string // digits, which stand there in this order with no other digit between
	Encoded []string // lower-case parts of digests and of encoded values
	Run     int      // which stand in runs of so many letters, digits, + / _ and - at the least
}
