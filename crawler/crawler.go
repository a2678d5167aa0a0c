package crawler

import (
	"context"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// Opener connects to the system that a recipe names and proves that it answers.
// Its errors are one line that says what, where and what to do. It is given the
// config as written and expands references to secrets only now.
type Opener func(ctx context.Context, c Config) (Source, error)

// Source is a connected system. Its methods may be called at the same time.
// Errors carry the kinds of package fault: Denied for a missing right,
// Unavailable for a system that does not answer.
type Source interface {
	// Names says how the names of this system are written: its platform, its
	// dialect and what unqualified names mean. Reader and Source are left empty
	// unless the names belong to another recipe.
	Names() catalog.Log
	// Crawl emits the assets of one scope. It returns nil only if the scope was
	// listed to its end. An error of emit ends it and is returned as it is. What
	// is there but left out by the recipe's filters is emitted without a single
	// aspect: it is not written, and it is not gone either.
	Crawl(ctx context.Context, s Scope, emit func(catalog.Asset) error) error
	// Close ends the connections.
	Close() error
}

// Scope is what one listing covers: a database, a schema, a file. Assets whose
// names begin with Prefix are its own.
type Scope struct {
	Name   string `json:"name"`
	Prefix string `json:"prefix"`
}

// Scoped is a Source that is listed in parts, each complete or not by itself. A
// Source that is not Scoped has the zero Scope alone.
type Scoped interface {
	Scopes(ctx context.Context) ([]Scope, error)
}

// Principal is a Source whose answers depend on who asks. Where the returned
// text differs from the one of the last complete run, unseen is not missing.
type Principal interface {
	Principal(ctx context.Context) (string, error)
}

// Coverage is a Source that knows what the other names of a scope are that it listed
// to its end: partitions, functions. Of a Source that does not know, a name that was not
// listed may be a table all the same.
type Coverage interface {
	// Coverage tells of one scope how names compare, whether the credential may see
	// every table, the partitions and the functions. The rest is filled in by the crawl.
	Coverage(ctx context.Context, s Scope) (catalog.Coverage, error)
}

// Checker is a Source that can tell beforehand what it lacks.
type Checker interface {
	Check(ctx context.Context) []Finding
}

// Finding is one line of a check: a capability, whether it works, and if not
// what the system said and what mends it, such as the missing GRANT.
type Finding struct {
	Capability string `json:"capability"`
	OK         bool   `json:"ok"`
	Text       string `json:"text,omitempty"`
	Fix        string `json:"fix,omitempty"`
}

// String is one line: what works, or what is missing and how to mend it.
func (f Finding) String() string {
	if f.OK {
		return f.Capability + ": ok"
	}
	return f.Capability + ": " + Problem{Text: f.Text, Fix: f.Fix}.Error()
}

// Sampler is a Source that can read values for detection. Values come by column,
// in the order of columns, empty ones left out; at most rows of each, fewer if
// the recipe says so. Without an error and without columns, the recipe wants none read.
type Sampler interface {
	Sample(ctx context.Context, dataset urn.URN, columns []string, rows int) ([][]string, error)
}

// QueryLog is a Source that tells which statements ran. Read yields them in
// order from the place that mark names, "" being the beginning, and returns the
// mark of the next call. Problems are what could not be read though the rest was.
type QueryLog interface {
	Read(ctx context.Context, mark string, emit func([]catalog.Statement) error) (next string, problems []Problem, err error)
}

// Freshness is a Source that counts the writes to each table but does not know
// when they were. Two crawls see between them whether a counter moved.
type Freshness interface {
	Writes(ctx context.Context) (map[urn.URN]int64, error)
}

// Rows is a Source whose rows requests may look at, by the reading credential.
type Rows interface {
	// Relations lists the foreign keys as the database declares them now.
	Relations(ctx context.Context) ([]catalog.Relation, error)
	// Columns describes one dataset as it is now.
	Columns(ctx context.Context, dataset urn.URN) ([]catalog.Column, error)
	// Select returns columns of the rows that r names, as text, NULL as "".
	Select(ctx context.Context, r catalog.Rows, columns []string, limit int) ([][]string, error)
	// Count counts the rows of one dataset that meet any of where.
	Count(ctx context.Context, where []catalog.Rows) (int64, error)
}

// Searcher is a Source in which a person can be looked for, by the reading credential.
type Searcher interface {
	// Live lists every table and view that the credential can list now, those that
	// were never crawled and those that the recipe leaves out included.
	Live(ctx context.Context) ([]catalog.LiveTable, error)
	// Search calls each with the cells of every row that may hold a part of p, as
	// text, NULL as "". The cells belong to each until it returns. An error of each
	// ends it.
	Search(ctx context.Context, p catalog.Probe, each func(cells []string) error) error
}

// Eraser is a Source that can change rows, by its erasing credential alone.
type Eraser interface {
	// CanErase is nil, or says why nothing can be erased here.
	CanErase(ctx context.Context) error
	// Erase performs acts in their order in one transaction. Unless every act
	// affects exactly the rows it wants, nothing is changed: the error is
	// fault.Conflict and the outcomes say which act failed. After
	// fault.Unavailable the outcome is unknown: count again.
	Erase(ctx context.Context, acts []catalog.Act) ([]catalog.Acted, error)
}
