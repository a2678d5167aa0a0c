package gdpr

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// estate is everything that may hold a person: the datasets of the catalog with
// what is known of their columns, and the keys between them as the sources declare
// them now.
type estate struct {
	tables  []*table
	byURN   map[urn.URN]*table
	to      map[urn.URN][]relation  // foreign keys by the table they point to
	from    map[urn.URN][]relation  // and by the table that has them
	broken  map[string]string       // sources whose keys could not be read, and why
	owners  map[string][]*table     // source + name of a sole primary key -> tables
	columns map[string][]ownedField // columns by source, for links by name
	dark    map[string]error        // sources that could not be listed
	left    []*table                // live tables that a recipe leaves out: looked into, never changed
}

type ownedField struct {
	t      *table
	column string
}

// table is one dataset.
type table struct {
	urn       urn.URN
	source    string // "" when no connected source holds it
	subtype   string
	columns   []catalog.Column
	classes   map[string]string // personal class by column, "" for none
	person    bool              // its rows are people
	inferred  bool              // which its columns say, and not its name
	described *bool
	noun      []string           // words of its own name, singular, without layers
	pk        string             // its primary key, if that is one column
	keys      []string           // the columns of its primary key
	live      *catalog.LiveTable // as its source lists it now, nil where it does not
	gone      bool               // its source lists it no more
}

// relation is one foreign key with all its columns.
type relation struct {
	from, to         urn.URN
	columns, targets []string
	nullable         []bool
	onDelete         string
	deferrable       bool // it is checked at the end of the transaction
}

// column returns a column by name, and whether there is one.
func (t *table) column(name string) (catalog.Column, bool) {
	i := slices.IndexFunc(t.columns, func(c catalog.Column) bool { return c.Name == name })
	if i < 0 {
		return catalog.Column{}, false
	}
	return t.columns[i], true
}

func (t *table) view() bool { return strings.Contains(strings.ToLower(t.subtype), "view") }

func (t *table) personal() (out []string) {
	for _, c := range t.columns {
		if t.classes[c.Name] != "" {
			out = append(out, c.Name)
		}
	}
	return out
}

// vague are classes that say too little to find or tell a person by: where data
// flows or rests that is nothing but this, nobody is to be looked for.
var vague = []string{
	classUserID, "user.contact.address.country", "user.contact.address.state", "user.contact.address.city", "user.demographic.language",
	"user.demographic.gender", "user.demographic.age_range", "user.location.imprecise", "user.location.coarse", "user.settings", "user.privacy_preferences",
}

// telling lists the personal columns that tell something of a person.
func (t *table) telling() (out []string) {
	for _, name := range t.personal() {
		if class := t.classes[name]; class != "user" && !slices.Contains(vague, class) {
			out = append(out, name)
		}
	}
	return out
}

// survey reads the estate: the catalog once, the keys of each source once.
func (d *Desk) survey(ctx context.Context) (*estate, error) {
	e := &estate{
		byURN: map[urn.URN]*table{}, to: map[urn.URN][]relation{}, from: map[urn.URN][]relation{},
		broken: map[string]string{}, owners: map[string][]*table{}, columns: map[string][]ownedField{},
	}
	for a, err := range d.Marks.List(ctx, catalog.Filter{Types: []catalog.Type{catalog.Dataset}}) {
		if err != nil {
			return nil, err
		}
		e.tables = append(e.tables, newTable(a, d.sourceOf(ctx, a.URN)))
	}
	d.live(ctx, e)
	for _, source := range e.sources() {
		relations, err := d.Reach.Relations(ctx, source)
		if err != nil {
			e.broken[source] = "its foreign keys cannot be read: " + because(err)
			continue
		}
		e.relate(relations)
	}
	e.infer()
	return e, nil
}

func (d *Desk) sourceOf(ctx context.Context, u urn.URN) string {
	source, ok := d.Reach.SourceOf(ctx, u)
	if !ok {
		return ""
	}
	return source
}

func (e *estate) sources() (out []string) {
	for _, t := range e.tables {
		if t.source != "" && !slices.Contains(out, t.source) {
			out = append(out, t.source)
		}
	}
	slices.Sort(out)
	return out
}

func newTable(a catalog.Asset, source string) *table {
	t := &table{urn: a.URN, source: source, classes: map[string]string{}}
	if a.Profile != nil {
		t.subtype = a.Profile.Subtype
	}
	if a.Schema != nil {
		t.columns = a.Schema.Columns
	}
	for _, c := range t.columns {
		t.classes[c.Name] = classOf(a, c)
	}
	t.primary()
	last := a.URN.Name()
	last = last[strings.LastIndexByte(last, '.')+1:]
	t.noun = nouns(last)
	// The last noun says what a row is: customer_orders holds orders.
	t.person = people[t.head()]
	return t
}

// primary finds the columns of the primary key.
func (t *table) primary() {
	t.pk, t.keys = "", nil
	for _, c := range t.columns {
		if c.PrimaryKey {
			t.keys = append(t.keys, c.Name)
		}
	}
	if len(t.keys) == 1 {
		t.pk = t.keys[0]
	}
}

// classOf says which personal class a column has: a person's word counts before
// the detector's, and that before what the source declares.
func classOf(a catalog.Asset, c catalog.Column) string {
	if a.Decisions != nil {
		if dec, ok := a.Decisions.Columns[c.Name]; ok {
			if dec.NotPersonal {
				return ""
			}
			return dec.Class
		}
	}
	if a.Privacy != nil {
		if m, ok := a.Privacy.Columns[c.Name]; ok && (m.State == "tagged" || m.State == "suggested" || m.State == "waived") {
			return m.Class
		}
	}
	for _, class := range c.Classes {
		if under(class, "user") {
			return class
		}
	}
	return ""
}

func (e *estate) add(t *table) {
	e.byURN[t.urn] = t
	if t.source == "" || t.view() {
		return
	}
	for _, c := range t.columns {
		e.columns[t.source] = append(e.columns[t.source], ownedField{t, c.Name})
	}
	if t.pk != "" {
		k := t.source + "\x00" + strings.ToLower(t.pk)
		e.owners[k] = append(e.owners[k], t)
	}
}

// relate groups the columns of each foreign key, in an order of their own: a server
// lists them as they were made.
func (e *estate) relate(list []catalog.Relation) {
	type id struct {
		from, to urn.URN
		name     string
		nth      int
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b catalog.Relation) int {
		return cmp.Or(compareURN(a.From.Dataset, b.From.Dataset), compareURN(a.To.Dataset, b.To.Dataset), strings.Compare(a.Name, b.Name))
	})
	at := map[id]int{}
	var all []relation
	for i, r := range list {
		k := id{from: r.From.Dataset, to: r.To.Dataset, name: r.Name}
		if r.Name == "" {
			k.nth = i + 1
		}
		n, ok := at[k]
		if !ok {
			n = len(all)
			at[k] = n
			all = append(all, relation{from: r.From.Dataset, to: r.To.Dataset, onDelete: r.OnDelete, deferrable: r.Deferrable})
		}
		all[n].columns = append(all[n].columns, r.From.Column)
		all[n].targets = append(all[n].targets, r.To.Column)
		all[n].nullable = append(all[n].nullable, r.Nullable)
	}
	for _, r := range all {
		e.to[r.to] = append(e.to[r.to], r)
		e.from[r.from] = append(e.from[r.from], r)
	}
}

func compareURN(a, b urn.URN) int { return strings.Compare(string(a), string(b)) }

// people are nouns whose tables hold one person a row.
var people = set("customer client user student learner pupil instructor teacher tutor member person people patient employee staff subscriber contact lead guest buyer seller driver rider host passenger applicant candidate citizen resident visitor player author donor tenant owner individual profile prospect worker agent operator admin doctor nurse reader viewer shopper usr cust emp stud 고객 회원 학생 사용자 직원 顧客 会員 客户 用户")

// staff are people who work with rows of others; that they are named in a row does
// not make it theirs as well.
var staff = set("employee staff agent operator admin worker emp 직원")

// layers are words that say where a table stands in a pipeline, not what it holds.
var layers = set("dim fct fact stg staging raw src tmp temp old new bak backup copy hist history archive snapshot view v1 v2 v3 tbl t the all my app main public current latest")

func set(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

// nouns are the words of a table's name that say what its rows are.
func nouns(name string) (out []string) {
	for _, w := range words(name) {
		if w = singular(w); !layers[w] && digits(w) != w {
			out = append(out, w)
		}
	}
	return out
}

// staffed reports whether the table holds the company's own people.
func (t *table) staffed() bool { return staff[t.head()] }

// head is the last noun of the table's name.
func (t *table) head() string {
	if len(t.noun) == 0 {
		return ""
	}
	return t.noun[len(t.noun)-1]
}

// textual reports whether a column of this type can hold text.
func textual(kind string) bool {
	kind = strings.ToLower(kind)
	return kind == "" || slices.ContainsFunc([]string{"char", "text", "string", "clob", "json", "xml", "enum", "uuid", "inet", "bpchar"},
		func(s string) bool { return strings.Contains(kind, s) })
}

// numeric reports whether a column of this type holds numbers.
func numeric(kind string) bool {
	kind = strings.ToLower(kind)
	return slices.ContainsFunc([]string{"int", "num", "dec", "real", "double", "float", "serial"},
		func(s string) bool { return strings.Contains(kind, s) })
}
