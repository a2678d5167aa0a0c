package gdpr

import (
	"context"
	"iter"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// Rows looks at rows of connected sources with their reading credentials.
type Rows interface {
	// Select returns columns of the rows that r names, as text, NULL as "".
	Select(ctx context.Context, r catalog.Rows, columns []string, limit int) ([][]string, error)
	// Count counts the rows of one dataset that meet any of where.
	Count(ctx context.Context, where []catalog.Rows) (int64, error)
}

// Shapes tells how connected sources are made now.
type Shapes interface {
	// SourceOf returns the recipe that reads a dataset.
	SourceOf(ctx context.Context, dataset urn.URN) (string, bool)
	// Columns describes one dataset.
	Columns(ctx context.Context, dataset urn.URN) ([]catalog.Column, error)
	// Relations lists the foreign keys of a source.
	Relations(ctx context.Context, source string) ([]catalog.Relation, error)
}

// Searcher looks for people in connected sources with their reading credentials.
type Searcher interface {
	// Sources names every source that has a recipe.
	Sources(ctx context.Context) []string
	// Live lists every table that the credential of a source can list now.
	// fault.Invalid says that the source cannot be searched at all.
	Live(ctx context.Context, source string) ([]catalog.LiveTable, error)
	// Search calls each with the cells of every row that may hold a part of p, as
	// text, NULL as "", bytes in hexadecimal behind \x.
	Search(ctx context.Context, source string, p catalog.Probe, each func(cells []string) error) error
}

// Eraser changes rows with the erasing credential.
type Eraser interface {
	// CanErase is nil, or says why nothing can be erased in a source.
	CanErase(ctx context.Context, source string) error
	// Erase performs acts in their order in one transaction. Unless every act
	// affects exactly the rows it wants, nothing is changed and the error is
	// fault.Conflict. fault.Unavailable means that the outcome is unknown.
	Erase(ctx context.Context, source string, acts []catalog.Act) ([]catalog.Acted, error)
}

// Reach is how requests get at rows. *crawler.Runner meets it.
type Reach interface {
	Rows
	Shapes
	Searcher
	Eraser
}

// Graph knows where columns went.
type Graph interface {
	// Derived returns the columns that were made of any of from, at any distance.
	Derived(ctx context.Context, from []catalog.ColumnRef) ([]Derivation, error)
}

// Derivation is one column made of another.
type Derivation struct {
	Column     catalog.ColumnRef
	From       catalog.ColumnRef   // which of the columns asked about
	Path       []catalog.ColumnRef // from From to Column, both included
	Masked     bool                // hashed, encrypted or cut on the way
	Aggregated bool                // of many rows: no row of it is about one person
	Direct     bool                // its values come from From; else From only filters, joins or sorts
}

// Marks lists the datasets with what is known of their personal data.
// *catalog.Catalog meets it.
type Marks interface {
	List(ctx context.Context, f catalog.Filter) iter.Seq2[catalog.Asset, error]
}

// Form is one way in which an identity may be stored.
type Form struct {
	Kind  string // raw, folded or hashed
	Value string
}

// The kinds of forms; residuals also come as json and substring.
const (
	formRaw       = "raw"
	formFolded    = "folded"
	formHashed    = "hashed"
	formJSON      = "json"
	formSubstring = "substring"
)

// Forms returns the forms under which one identity of a class may be stored.
type Forms func(class, value string) []Form
