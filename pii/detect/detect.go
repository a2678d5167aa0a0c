package detect

import (
	"fmt"
	"slices"
	"strings"
)

// Version names the rules of this build; a finding made by another version is to be made again.
const Version = "2026.11-1"

// Table is what the detector is told about one table: metadata always, samples where the source allows them.
type Table struct {
	Dataset string // path above the table: database and schema, joined by dots
	Name    string
	Columns []Column
}

// Column is one column of a table. Only Name is required.
type Column struct {
	Name       string
	Path       string // where the column is nested: "billing.address.street"; empty means Name
	Type       string // the type as the source spells it; empty when unknown
	Comment    string
	PrimaryKey bool
	References string   // the table that a foreign key points to; empty when none
	Sample     []string // values, read in memory and dropped by the caller; nil means "values not read"
}

// Mode says what a finding claims: that the column is of a class, or that some of its values are.
type Mode string

// The modes of a finding.
const (
	ModeColumn        Mode = "column"
	ModeContamination Mode = "contamination"
)

// Sensitivity ranks what a leak of a class would do to the person.
type Sensitivity string

// The levels of sensitivity, most sensitive first.
const (
	Critical Sensitivity = "critical"
	High     Sensitivity = "high"
	Medium   Sensitivity = "medium"
	Low      Sensitivity = "low"
)

// Decision is what the detector proposes to do with a finding.
type Decision string

// The verdict bands: at or above TagAt a finding is to be tagged, at or above ReviewAt a person is to look at it.
const (
	Tag    Decision = "tag"
	Review Decision = "review"
	None   Decision = "none"

	TagAt    = 0.90
	ReviewAt = 0.50
)

// Kind is the group that a piece of evidence belongs to.
type Kind string

// The kinds of evidence.
const (
	ByName      Kind = "name"
	ByPath      Kind = "path"
	ByType      Kind = "type"
	ByValue     Kind = "value"
	ByNeighbour Kind = "neighbour"
	ByComment   Kind = "comment"
)

// Evidence is one reason for or against a finding. Detail holds counts, shapes and rates, never a value.
type Evidence struct {
	Rule    string
	Version string
	Kind    Kind
	Detail  string
	Weight  float64 // in log-odds; negative speaks against
}

// Basis is what a later run compares to know whether a finding must be made again.
type Basis struct {
	Detector string // Version of the rules
	Metadata string // hash over name, path, type, comment and the names of the neighbours
	Sampled  int    // values read; 0 means "values not read"
	Distinct int    // distinct values among them that are neither empty nor place holders
	Unread   int    // values that are no UTF-8 and could not be judged: they count as unknown, not as clean
}

// Finding is one claim about one column. Score is a calibrated probability.
type Finding struct {
	Class       string // fideslang name: user.contact.email
	Format      string // recogniser: email, kr.rrn, iban; empty when no format speaks
	Mode        Mode
	Score       float64
	Rate        float64 // share of the distinct values that fit Format; 0 when values were not read
	Sensitivity Sensitivity
	Decision    Decision
	Evidence    []Evidence
	Basis       Basis
}

// String explains the finding in one line, without any value:
// "0.99 national id (kr.rrn): words "jumin" +6.0; 961 of 1000 distinct values pass kr.rrn, chance 0.12 % +7.5; rules 2026.11-1".
func (f Finding) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%.2f %s", f.Score, Describe(f.Class).Label)
	if f.Format != "" {
		fmt.Fprintf(&b, " (%s)", f.Format)
	}
	b.WriteString(":")
	for _, e := range f.Evidence {
		fmt.Fprintf(&b, " %s %+.1f;", e.Detail, e.Weight)
	}
	if f.Basis.Sampled == 0 {
		b.WriteString(" values not read;")
	}
	fmt.Fprintf(&b, " rules %s", f.Basis.Detector)
	return b.String()
}

// Span is one identifier found in a text. Start and End count characters (runes), End excluded.
type Span struct {
	Start, End int
	Format     string  // kr.rrn, email
	Entity     string  // class of the format: user.government_id.national_identification_number
	Score      float64 // confidence, from 0.05 (only the length fits) to 0.99 (check digit and context)
	Checksum   bool    // the format has check digits and they are right
}

// Detector judges tables, values and texts. It is immutable and safe for concurrent use.
type Detector struct {
	formats map[string]*format
	single  map[int][]*format    // by length of the compact form, for numbers written without separators
	groups  map[string][]*format // by lengths of the groups
	names   *lexicon
	words   *dictionary
}

// New builds a Detector with the rules of Version.
func New() *Detector {
	d := &Detector{formats: map[string]*format{}, single: map[int][]*format{}, groups: map[string][]*format{}, names: newLexicon(), words: newDictionary()}
	for i := range formats {
		d.index(&formats[i])
	}
	return d
}

// index files a format under the lengths that it can have, so that a candidate meets only the few that may fit.
func (d *Detector) index(f *format) {
	d.formats[f.name] = f
	for rest := strings.TrimSpace(f.shapes + " " + f.texts); rest != ""; {
		var shape string
		shape, rest = cutWord(rest)
		if !slices.Contains(d.single[len(shape)], f) {
			d.single[len(shape)] = append(d.single[len(shape)], f)
		}
	}
	for rest := strings.TrimSpace(f.groups + " " + f.slips); rest != ""; {
		var g string
		g, rest = cutWord(rest)
		var key []byte
		for _, n := range strings.Split(g, "-") {
			key = append(key, byte(num([]byte(n))))
		}
		d.groups[string(key)] = append(d.groups[string(key)], f)
	}
}

// Table judges every column and returns the findings by column, the best first. A column in which nothing
// reaches the review band has at most one finding, with decision None, that tells the strongest reason.
func (d *Detector) Table(t Table) [][]Finding {
	w := d.weigh(t)
	out := make([][]Finding, len(t.Columns))
	for i := range t.Columns {
		out[i] = w.findings(i)
	}
	return out
}

// Valid tells whether value is a well-formed number of format: length, characters, dates and check digits.
// Separators and white space are ignored. known is false when no such format exists.
func (d *Detector) Valid(name, value string) (valid, known bool) {
	f, ok := d.formats[name]
	if !ok {
		return false, false
	}
	return f.valid(value), true
}
