package exchange

import (
	"encoding/json"
	"time"

	"waymark/catalog"
)

// Line is one asset as JSON. The fields that make sense for its type are set.
type Line struct {
	URN         string          `json:"urn,omitempty"`
	Type        string          `json:"type"`
	Platform    string          `json:"platform,omitempty"`
	Name        string          `json:"name,omitempty"`
	Env         string          `json:"env,omitempty"`
	Subtype     string          `json:"subtype,omitempty"`
	Display     string          `json:"display_name,omitempty"`
	Description string          `json:"description,omitempty"`
	Link        string          `json:"link,omitempty"`
	Aliases     []string        `json:"aliases,omitempty"`
	Columns     []Column        `json:"columns,omitempty"`
	Owners      []Owner         `json:"owners,omitempty"`
	Tags        []string        `json:"tags,omitempty"`
	Terms       []string        `json:"terms,omitempty"`
	Domain      string          `json:"domain,omitempty"`
	Certified   *Certificate    `json:"certified,omitempty"`
	Deprecated  json.RawMessage `json:"deprecated,omitempty"` // an object, a note, or true
	Replacement string          `json:"replacement,omitempty"`
	SQL         string          `json:"sql,omitempty"`
	Stats       *Stats          `json:"stats,omitempty"`
	Usage       []Use           `json:"usage,omitempty"`
	Checks      []Result        `json:"checks,omitempty"`
	Sizes       []Size          `json:"sizes,omitempty"`
	SLA         *Promise        `json:"sla,omitempty"`
	Upstreams   []Upstream      `json:"upstreams,omitempty"`
	Inputs      []string        `json:"inputs,omitempty"`
	Outputs     []string        `json:"outputs,omitempty"`
	Charts      []string        `json:"charts,omitempty"`
	Properties  map[string]any  `json:"properties,omitempty"`

	Definition string   `json:"definition,omitempty"`
	Synonyms   []string `json:"synonyms,omitempty"`
	Formula    string   `json:"formula,omitempty"`
	Canonical  []string `json:"canonical,omitempty"`

	Title   string   `json:"title,omitempty"`
	Email   string   `json:"email,omitempty"`
	Team    string   `json:"team,omitempty"`
	Service bool     `json:"service,omitempty"`
	Roles   []string `json:"roles,omitempty"`
}

// Column is one column of a line.
type Column struct {
	Name        string     `json:"name"`
	Type        string     `json:"type,omitempty"`
	Description string     `json:"description,omitempty"`
	Nullable    *bool      `json:"nullable,omitempty"`
	PrimaryKey  bool       `json:"primary_key,omitempty"`
	Tags        []string   `json:"tags,omitempty"`
	Classes     []string   `json:"classes,omitempty"`
	References  *Reference `json:"references,omitempty"`
}

// Reference is a declared key to another dataset's column.
type Reference struct {
	Dataset string `json:"dataset"`
	Column  string `json:"column"`
}

// Owner is one owner of a line; User may name a group by its URN.
type Owner struct {
	User string `json:"user"`
	Kind string `json:"kind,omitempty"`
}

// Certificate is who vouches, and until which day.
type Certificate struct {
	By    string `json:"by"`
	Until string `json:"until,omitempty"`
	Note  string `json:"note,omitempty"`
}

// Deprecation is why not to use an asset, and since when.
type Deprecation struct {
	Note  string `json:"note,omitempty"`
	Since string `json:"since,omitempty"`
}

// Stats is size and last write.
type Stats struct {
	Rows      *int64    `json:"rows,omitempty"`
	Bytes     *int64    `json:"bytes,omitempty"`
	UpdatedAt time.Time `json:"updated_at,omitzero"`
}

// Use is how often one person or program used an asset on one day.
type Use struct {
	Day     string `json:"day"`
	User    string `json:"user"`
	Kind    string `json:"kind,omitempty"`
	Queries int64  `json:"queries"`
}

// Result is one run of one quality check.
type Result struct {
	Name     string    `json:"name"`
	Column   string    `json:"column,omitempty"`
	Status   string    `json:"status"` // passed, failed, warned, error, skipped
	Severity string    `json:"severity,omitempty"`
	Message  string    `json:"message,omitempty"`
	At       time.Time `json:"at"`
}

// Size is how large the asset was at an earlier moment, to learn from.
type Size struct {
	At    time.Time `json:"at"`
	Rows  int64     `json:"rows"`
	Bytes int64     `json:"bytes,omitempty"`
}

// Promise is by when an asset is written, or how old it may become.
type Promise struct {
	DueBy     string `json:"due_by,omitempty"`    // 07:30
	Zone      string `json:"zone,omitempty"`      // Europe/Berlin
	Weekdays  []int  `json:"weekdays,omitempty"`  // 1 is Monday
	Freshness string `json:"freshness,omitempty"` // 24h
	By        string `json:"by,omitempty"`
}

// Upstream is one dataset, chart or model that data comes from.
type Upstream struct {
	Dataset string `json:"dataset"`
	Columns []Pair `json:"columns,omitempty"`
}

// Pair is one column that goes into another.
type Pair struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// types are the words of the field type.
var types = map[string]catalog.Type{
	"dataset": catalog.Dataset, "topic": catalog.Topic, "dashboard": catalog.Dashboard, "chart": catalog.Chart,
	"flow": catalog.Flow, "job": catalog.Job, "model": catalog.Model, "term": catalog.Term, "domain": catalog.Domain,
	"tag": catalog.Tag, "user": catalog.User, "group": catalog.Group, "product": catalog.Product,
}
