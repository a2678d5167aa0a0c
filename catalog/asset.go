package catalog

import (
	"slices"
	"strings"
	"time"

	"waymark/catalog/urn"
)

// Type says what an asset is. It decides the page, the icon and the facet.
type Type string

// The types of assets. A source is a crawled system with its recipe; a query is
// a statement that was seen; an incident is something that is wrong with another.
const (
	Dataset   Type = "dataset"
	Topic     Type = "topic"
	Dashboard Type = "dashboard"
	Chart     Type = "chart"
	Flow      Type = "flow"
	Job       Type = "job"
	Model     Type = "model"
	Term      Type = "term"
	Domain    Type = "domain"
	Tag       Type = "tag"
	User      Type = "user"
	Group     Type = "group"
	Product   Type = "product"
	Query     Type = "query"
	Source    Type = "source"
	Incident  Type = "incident"
)

// Asset is one thing of the catalog with its aspects. In a Batch, a nil aspect
// means that the author says nothing about it; read from the catalog, a nil
// aspect means that nobody does.
type Asset struct {
	URN  urn.URN
	Type Type

	Profile       *Profile
	Schema        *Schema
	Definition    *Definition
	Stats         *Stats
	Owners        *Owners
	Labels        *Labels
	Certification *Certification
	Deprecation   *Deprecation
	Flow          *DataFlow
	Term          *Glossary
	Person        *Person
	Recipe        *Recipe
	Statement     *StatementFacts
	Usage         *UsageSignal
	Consumers     *ConsumerSignal
	Privacy       *Privacy
	Decisions     *Decisions
	Checks        *Checks
	Notes         *Notes
	Status        *Status
	Refuted       *Refuted
	Promise       *Promise
	Trouble       *Trouble

	// What follows is filled by reads and ignored by Apply.

	Seq     Seq       // the number of its newest change
	Created time.Time // when the catalog first heard of it
	Said    []Fact    // who said which aspect, and when it last moved
}

// Fact names one value of one aspect by one author.
type Fact struct {
	Aspect Aspect
	Author Author
	Seq    Seq
}

// Name returns the full name: the display name of people, else the name inside
// the platform.
func (a *Asset) Name() string {
	if a.Profile != nil && a.Profile.Name != "" {
		return a.Profile.Name
	}
	return a.URN.Name()
}

// Zone returns the schema or project that a dataset lies in, the part of its name
// before the last dot, and "" for everything else.
func (a *Asset) Zone() string {
	if a.Type != Dataset {
		return ""
	}
	parts := urn.Split(a.Name())
	if len(parts) < 2 {
		return ""
	}
	return strings.TrimSpace(parts[len(parts)-2])
}

// NotCrawled is the subtype of a stub: what it is, nobody looked.
const NotCrawled = "not crawled"

// Subtype says what kind of its type an asset is: a table, a view, a metric; "" where
// nobody says.
func (a *Asset) Subtype() string {
	switch {
	case a.Status != nil && a.Status.Stub:
		return NotCrawled
	case a.Profile != nil:
		return a.Profile.Subtype
	}
	return ""
}

// Profile is what an asset calls itself.
type Profile struct {
	Name        string            `cbor:"1,keyasint,omitempty"` // full name: db.schema.table, or the title of a dashboard
	Subtype     string            `cbor:"2,keyasint,omitempty"` // table, view, metric, ...
	Description string            `cbor:"3,keyasint,omitempty"`
	Link        string            `cbor:"4,keyasint,omitempty"` // address in the source's own tool
	Properties  map[string]string `cbor:"5,keyasint,omitempty"`
	Aliases     []string          `cbor:"6,keyasint,omitempty"` // other and past names
}

// Schema is the columns of a dataset in their order, and its keys.
type Schema struct {
	Columns     []Column     `cbor:"1,keyasint,omitempty"`
	ForeignKeys []ForeignKey `cbor:"2,keyasint,omitempty"`
}

// Column is one column, or one field of a topic or model.
type Column struct {
	Name        string     `cbor:"1,keyasint,omitempty"`
	Type        string     `cbor:"2,keyasint,omitempty"` // as the source prints it
	Description string     `cbor:"3,keyasint,omitempty"`
	Required    bool       `cbor:"4,keyasint,omitempty"` // declared not null
	PrimaryKey  bool       `cbor:"5,keyasint,omitempty"`
	Generated   bool       `cbor:"6,keyasint,omitempty"`
	Tags        []string   `cbor:"7,keyasint,omitempty"`
	Classes     []string   `cbor:"8,keyasint,omitempty"` // data categories declared by the author, user.contact.email
	References  *ColumnRef `cbor:"9,keyasint,omitempty"` // a declared single-column reference
}

// ColumnRef names one column of one dataset.
type ColumnRef struct {
	Dataset urn.URN `cbor:"1,keyasint,omitempty"`
	Column  string  `cbor:"2,keyasint,omitempty"`
}

// ForeignKey says that Columns of this dataset refer to ToColumns of To.
type ForeignKey struct {
	Name      string   `cbor:"1,keyasint,omitempty"`
	Columns   []string `cbor:"2,keyasint,omitempty"`
	To        urn.URN  `cbor:"3,keyasint,omitempty"`
	ToColumns []string `cbor:"4,keyasint,omitempty"`
}

// Definition is the SQL that makes a view, chart or procedure, literals removed
// unless the source keeps them on purpose.
type Definition struct {
	SQL           string `cbor:"1,keyasint,omitempty"`
	Dialect       string `cbor:"2,keyasint,omitempty"`
	DefaultDB     string `cbor:"3,keyasint,omitempty"`
	DefaultSchema string `cbor:"4,keyasint,omitempty"`
	Platform      string `cbor:"5,keyasint,omitempty"` // of the tables it names; "" is the asset's own
}

// Stats is what a source knows of an asset's size and writes. A nil or zero
// member is unknown, never zero.
type Stats struct {
	Rows      *int64    `cbor:"1,keyasint,omitempty"`
	Bytes     *int64    `cbor:"2,keyasint,omitempty"`
	UpdatedAt time.Time `cbor:"3,keyasint,omitzero"` // last change of the data
	CreatedAt time.Time `cbor:"4,keyasint,omitzero"`
}

// Owners is who answers for an asset.
type Owners struct {
	List []Owner `cbor:"1,keyasint,omitempty"`
}

// Owner is one person or group and what they answer for: technical, business, steward.
type Owner struct {
	User urn.URN `cbor:"1,keyasint,omitempty"`
	Kind string  `cbor:"2,keyasint,omitempty"`
}

// Labels sort an asset: free tags, glossary terms and one domain.
type Labels struct {
	Tags   []string  `cbor:"1,keyasint,omitempty"`
	Terms  []urn.URN `cbor:"2,keyasint,omitempty"`
	Domain urn.URN   `cbor:"3,keyasint,omitempty"`
}

// Certification is somebody's word that an asset may be relied on until a day.
type Certification struct {
	By    urn.URN   `cbor:"1,keyasint,omitempty"`
	Until time.Time `cbor:"2,keyasint,omitzero"`
	Note  string    `cbor:"3,keyasint,omitempty"`
}

// Deprecation says that an asset should no longer be used, and what to use instead.
type Deprecation struct {
	Note        string    `cbor:"1,keyasint,omitempty"`
	Replacement urn.URN   `cbor:"2,keyasint,omitempty"`
	Since       time.Time `cbor:"3,keyasint,omitzero"`
}

// DataFlow is a declared or observed flow of data: a dataset's upstreams, a
// chart's datasets, a dashboard's charts, a job's inputs and outputs.
type DataFlow struct {
	Inputs  []urn.URN    `cbor:"1,keyasint,omitempty"`
	Outputs []urn.URN    `cbor:"2,keyasint,omitempty"` // empty: the asset itself
	Columns []ColumnPair `cbor:"3,keyasint,omitempty"`
	// Complete says that the source knows every input: what others add is disputed.
	Complete bool `cbor:"4,keyasint,omitempty"`
}

// Refuted is what people say is wrong about where an asset comes from.
type Refuted struct {
	Edges []Refutation `cbor:"1,keyasint,omitempty"`
}

// At returns the place of the refutation of what comes from up, or -1.
func (r *Refuted) At(up urn.URN) int {
	if r == nil {
		return -1
	}
	return slices.IndexFunc(r.Edges, func(x Refutation) bool { return x.Up == up })
}

// Refutation says that no data flows from Up into the asset, though a source says so.
type Refutation struct {
	Up     urn.URN   `cbor:"1,keyasint,omitempty"`
	By     string    `cbor:"2,keyasint,omitempty"` // account name
	Reason string    `cbor:"3,keyasint,omitempty"`
	At     time.Time `cbor:"4,keyasint,omitzero"`
}

// ColumnPair says that From goes into To.
type ColumnPair struct {
	From ColumnRef `cbor:"1,keyasint,omitempty"`
	To   ColumnRef `cbor:"2,keyasint,omitempty"`
}

// Glossary is what a term means; a metric is a term with a formula and the assets
// that answer it, the best first.
type Glossary struct {
	Definition string    `cbor:"1,keyasint,omitempty"`
	Synonyms   []string  `cbor:"2,keyasint,omitempty"`
	Formula    string    `cbor:"3,keyasint,omitempty"`
	Canonical  []urn.URN `cbor:"4,keyasint,omitempty"`
}

// Person is a user of the company's data: a person or a service account.
type Person struct {
	Display string   `cbor:"1,keyasint,omitempty"`
	Title   string   `cbor:"2,keyasint,omitempty"`
	Email   string   `cbor:"3,keyasint,omitempty"`
	Roles   []string `cbor:"4,keyasint,omitempty"`
	Service bool     `cbor:"5,keyasint,omitempty"`
	Team    string   `cbor:"6,keyasint,omitempty"`
}

// Recipe is how a source is read. Text is the YAML as written: secrets stand in
// it by reference only.
type Recipe struct {
	Text string `cbor:"1,keyasint,omitempty"`
}

// Notes is what people wrote on single columns; it is laid over the schema.
type Notes struct {
	Columns map[string]ColumnNote `cbor:"1,keyasint,omitempty"`
}

// ColumnNote overrides the description of a column and adds tags to it.
type ColumnNote struct {
	Description string   `cbor:"1,keyasint,omitempty"`
	Tags        []string `cbor:"2,keyasint,omitempty"`
}

// Status is what a crawl knows of an asset's being there.
type Status struct {
	Missing time.Time `cbor:"1,keyasint,omitzero"`  // not seen by a complete crawl since
	Removed time.Time `cbor:"2,keyasint,omitzero"`  // missing in two complete crawls: soft deleted
	Stub    bool      `cbor:"3,keyasint,omitempty"` // not crawled: only heard of, in statements
	LeftOut bool      `cbor:"4,keyasint,omitempty"` // of a stub: it is there, and the recipe of its source leaves it out
}
