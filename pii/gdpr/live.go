package gdpr

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// Why something was not searched.
const (
	notSearched  = "type not searched"
	unreadable   = "unreadable"
	rowPolicy    = "row policy"
	notInRecipe  = "not in the recipe"
	gone         = "no longer listed"
	cannotSearch = "the connector cannot search"
	notFollowed  = "key not followed"
)

// Exception is something that a search did not look into, or where it looked and may
// not act. While there is one, nothing is called verified.
type Exception struct {
	Dataset  urn.URN `json:"dataset"`
	Column   string  `json:"column"` // "" for all of the dataset
	Reason   string  `json:"reason"`
	Detail   string  `json:"detail,omitempty"`
	Accepted string  `json:"accepted_by"` // the privacy officer who answers for it
	Because  string  `json:"accepted_because,omitempty"`
	Ledger   int64   `json:"ledger,omitempty"`
}

func (e Exception) same(o Exception) bool {
	return e.Dataset == o.Dataset && e.Column == o.Column && e.Reason == o.Reason
}

// live brings the estate up to what the sources list now: columns as they are,
// tables made after the crawl, and those that a recipe leaves out.
func (d *Desk) live(ctx context.Context, e *estate) {
	e.dark = map[string]error{}
	known := map[urn.URN]*table{}
	for _, t := range e.tables {
		known[t.urn] = t
	}
	crawled := e.sources()
	for _, source := range distinct(append(slices.Clone(crawled), d.Reach.Sources(ctx)...)) {
		list, err := d.Reach.Live(ctx, source)
		if err != nil {
			if slices.Contains(crawled, source) {
				e.dark[source] = err
			}
			continue
		}
		for _, l := range list {
			e.listed(source, l, known)
		}
		for _, t := range e.tables {
			t.gone = t.gone || t.source == source && t.live == nil
		}
	}
	for _, t := range e.tables {
		e.add(t)
	}
}

// listed adds one live table, or brings a known one up to date.
func (e *estate) listed(source string, l catalog.LiveTable, known map[urn.URN]*table) {
	t := known[l.Dataset]
	if t != nil && t.source != "" {
		if t.source == source { // else another recipe reads it
			t.live, t.columns = &l, l.Columns
			t.primary()
		}
		return
	}
	n := newTable(catalog.Asset{URN: l.Dataset, Profile: &catalog.Profile{Subtype: l.Kind}, Schema: &catalog.Schema{Columns: l.Columns}}, source)
	n.live = &l
	switch {
	case l.Left:
		e.left = append(e.left, n)
	case t != nil: // known by its name alone
		n.classes = t.classes
		*t = *n
	default:
		e.tables, known[n.urn] = append(e.tables, n), n
	}
}

// searchable lists the columns of a table that a search can read.
func (t *table) searchable() (out []string) {
	for _, c := range t.columns {
		if t.live != nil && (slices.Contains(t.live.Unread, c.Name) || t.live.Unsearched[c.Name] != "") {
			continue
		}
		out = append(out, c.Name)
	}
	return out
}

// material reports whether the table is a view that keeps rows of its own.
func (t *table) material() bool { return strings.Contains(strings.ToLower(t.subtype), "material") }

// exceptions are what no search of this estate can look into.
func (e *estate) exceptions() (out []Exception) {
	for _, t := range slices.Concat(e.tables, e.left) {
		if t.source == "" || t.view() && !t.material() {
			continue
		}
		out = append(out, t.exceptions(e)...)
	}
	return out
}

func (t *table) exceptions(e *estate) (out []Exception) {
	add := func(column, reason, detail string) {
		out = append(out, Exception{Dataset: t.urn, Column: column, Reason: reason, Detail: detail})
	}
	switch {
	case errors.Is(e.dark[t.source], fault.Invalid):
		add("", notSearched, cannotSearch)
		return out
	case t.gone && !t.complete():
		add("", gone, "the credential no longer lists it; it was dropped, or a right was lost")
		return out
	case t.live == nil:
		return nil
	}
	left := unreadable
	if t.live.Left {
		left = notInRecipe
	}
	if t.live.Denied != "" {
		add("", left, t.live.Denied)
		return out
	}
	if t.live.Hidden != "" {
		add("", rowPolicy, t.live.Hidden)
	}
	for _, c := range t.live.Unread {
		add(c, left, "the credential may not read the column")
	}
	columns := make([]string, 0, len(t.live.Unsearched))
	for c := range t.live.Unsearched {
		columns = append(columns, c)
	}
	slices.Sort(columns)
	for _, c := range columns {
		add(c, notSearched, t.live.Unsearched[c])
	}
	return out
}

// complete reports whether the platform lists tables whatever the credential may
// read, so that one that is not listed is not there.
func (t *table) complete() bool {
	return t.urn.Platform() == "postgres" || t.urn.Platform() == "sqlite"
}

// sight is one kind of cell that a search found.
type sight struct {
	key    int
	column string
	own    bool
	form   string
}

// sights are the rows of one table in which the subject stands, by kind of cell.
type sights struct {
	order []sight
	rows  map[sight]int64
	cells map[sight][]string // each once
	ids   map[sight][]string // primary keys of the rows, where that is one column
	seen  map[string]bool
}

// maxMemory bounds how many verdicts on cells one search remembers.
const maxMemory = 20_000

// look reads a table once for all identities from index on.
func (d *Desk) lookInto(ctx context.Context, t *table, keys []*matcher, from int) (*sights, error) {
	out := &sights{rows: map[sight]int64{}, cells: map[sight][]string{}, ids: map[sight][]string{}, seen: map[string]bool{}}
	columns := t.searchable()
	var wanted []*matcher
	for _, m := range keys[min(from, len(keys)):] {
		if m != nil {
			wanted = append(wanted, m)
		}
	}
	if len(columns) == 0 || len(wanted) == 0 {
		return out, nil
	}
	p := probe(wanted, t.urn, columns)
	pk := slices.Index(columns, t.pk)
	memory := map[string]verdict{}
	err := d.Reach.Search(ctx, t.source, p, func(cells []string) error {
		for i := from; i < len(keys); i++ {
			if keys[i] != nil {
				out.row(keys[i], i, t, columns, cells, pk, memory)
			}
		}
		return ctx.Err()
	})
	return out, err
}

func (o *sights) row(m *matcher, key int, t *table, columns, cells []string, pk int, memory map[string]verdict) {
	for i, cell := range cells {
		if cell == "" {
			continue
		}
		id := fmt.Sprintf("%d\x00%s", key, cell)
		v, ok := memory[id]
		if !ok {
			v = m.judge(strings.Clone(cell))
			if len(memory) < maxMemory && len(cell) < 1000 {
				memory[id] = v
			}
		}
		if v.form == "" {
			continue
		}
		if c, _ := t.column(columns[i]); !v.own && v.form == formSubstring && strings.Contains(strings.ToLower(c.Type), "json") {
			v.form = formJSON
		}
		s := sight{key, columns[i], v.own, v.form}
		if o.rows[s] == 0 {
			o.order = append(o.order, s)
		}
		o.rows[s]++
		o.add(o.cells, s, "c", cell)
		if pk >= 0 {
			o.add(o.ids, s, "i", cells[pk])
		}
	}
}

func (o *sights) add(list map[sight][]string, s sight, kind, value string) {
	if id := fmt.Sprintf("%s%v\x00%s", kind, s, value); !o.seen[id] {
		o.seen[id] = true
		list[s] = append(list[s], strings.Clone(value))
	}
}

// sorted puts sights in the order of columns and identities, whatever order the
// rows came in.
func (o *sights) sorted(t *table) []sight {
	at := map[string]int{}
	for i, c := range t.columns {
		at[c.Name] = i
	}
	slices.SortFunc(o.order, func(a, b sight) int {
		if a.key != b.key {
			return a.key - b.key
		}
		if a.column != b.column {
			return at[a.column] - at[b.column]
		}
		if a.own != b.own {
			if a.own {
				return -1
			}
			return 1
		}
		return strings.Compare(a.form, b.form)
	})
	for _, s := range o.order {
		slices.Sort(o.cells[s])
		slices.Sort(o.ids[s])
	}
	return o.order
}
