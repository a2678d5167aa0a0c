package lineage

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"waymark/catalog"
	"waymark/catalog/urn"
	"waymark/lineage/sqllineage"
)

// names finds the assets that names in statements mean, for one reader: what it read
// of a dataset stays as it was then.
type names struct {
	*tables
	read func(urn.URN) (catalog.Asset, bool, error)

	views map[urn.URN]*reading // of those whose text was read so far; one goroutine expands

	mu    sync.Mutex
	known map[urn.URN]described // datasets read so far
	fails error                 // the first reading that failed
}

// described is what a reader wants to know of a dataset.
type described struct {
	table sqllineage.Table
	text  *catalog.Asset // of a view: no more than its text needs
}

// maxDescribed bounds how many datasets one reader remembers.
const maxDescribed = 50_000

// names brings the names of the datasets level with the catalog and returns a reader.
func (g *Graph) names(ctx context.Context) (*names, error) {
	if _, err := g.cat.Scope(ctx); err != nil {
		return nil, err
	}
	if err := g.tables.level(g.system(ctx), g.cat); err != nil {
		return nil, err
	}
	if err := g.tables.cover(g.system(ctx), g.cat); err != nil {
		return nil, err
	}
	ctx = g.system(context.WithoutCancel(ctx)) // a reader may outlive the call that made it
	read := func(u urn.URN) (a catalog.Asset, ok bool, err error) {
		found, err := g.cat.FindMany(ctx, []urn.URN{u})
		if err != nil || len(found) == 0 {
			return a, false, err
		}
		return found[0], true, nil
	}
	return &names{tables: g.tables, read: read, known: map[urn.URN]described{}, views: map[urn.URN]*reading{}}, nil
}

// describe returns what is known of a dataset: nothing of a stub.
func (n *names) describe(u urn.URN) described {
	n.mu.Lock()
	defer n.mu.Unlock()
	d, ok := n.known[u]
	if ok || !n.has(u) {
		return d
	}
	a, ok, err := n.read(u)
	if err != nil && n.fails == nil {
		n.fails = err
	}
	if ok {
		d = described{table: tableOf(a)}
		if a.Definition != nil && a.Definition.SQL != "" {
			d.text = &catalog.Asset{URN: a.URN, Schema: a.Schema, Definition: a.Definition, Created: a.Created}
		}
	}
	if len(n.known) >= maxDescribed {
		clear(n.known)
	}
	n.known[u] = d
	return d
}

// failed returns the error of the first dataset that could not be read: what was
// understood without it must not be kept.
func (n *names) failed() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.fails
}

func tableOf(a catalog.Asset) sqllineage.Table {
	t := sqllineage.Table{Name: urn.Split(a.URN.Name())}
	if a.Schema != nil {
		for _, c := range a.Schema.Columns {
			t.Columns = append(t.Columns, c.Name)
			t.Types = append(t.Types, c.Type)
		}
	}
	if a.Profile != nil {
		t.Kind = a.Profile.Subtype
	}
	return t
}

// within is the view that one log has of the names: its platform and defaults. It
// is the Schemas of the SQL reader.
type within struct {
	*names
	log   catalog.Log
	text  string           // the statement in lower case
	noted map[urn.URN]bool // names that it has and a complete crawl of their source does not
	keeps bool             // such names too: of a definition, whose tables may be crawled a moment later
}

// innerDot stands for a dot inside a part of a name while a statement is read.
const innerDot = "\x1f"

// full is a name of the SQL reader as the catalog writes it.
func (w within) full(name string) string {
	if !strings.Contains(name, innerDot) && !strings.Contains(name, `"`) {
		return w.settled(name)
	}
	parts := strings.Split(name, ".")
	for i := range parts {
		parts[i] = strings.ReplaceAll(parts[i], innerDot, ".")
	}
	return w.settled(urn.Join(parts...))
}

// settled gives the database that a name begins with the spelling that it has: where
// unquoted names are folded, the reader folds the defaults too, and the name of a SQLite
// database is no identifier.
func (w within) settled(name string) string {
	read, is := urn.Join(w.log.DefaultDB), w.database()
	if n := len(read); n > 0 && len(name) > n && name[n] == '.' && strings.EqualFold(name[:n], read) {
		return is + name[n:]
	}
	return name
}

// database is the default database as full names begin with it.
func (w within) database() string {
	if w.log.Platform == sqlite {
		return w.log.DefaultDB
	}
	return urn.Join(w.log.DefaultDB)
}

// find returns the asset that a full name means, the most specific first: as written,
// with the defaults before it, and, for SQLite, whose unqualified names reach
// into every attached file, by its last part.
func (w within) find(name string) (urn.URN, bool) {
	for _, prefix := range []string{"", w.log.Instance, w.database(), urn.Join(w.log.DefaultSchema), dotted(w.database(), urn.Join(w.log.DefaultSchema))} {
		if u, ok := w.tables.find(w.log.Platform, dotted(prefix, name)); ok {
			return u, true
		}
	}
	if w.log.Platform != sqlite {
		return w.elsewhere(name)
	}
	parts := urn.Split(name)
	last := parts[len(parts)-1]
	if u, ok := w.file(strings.ToLower(last)); ok && (len(parts) == 1 || strings.EqualFold(parts[len(parts)-2], w.log.DefaultSchema)) {
		return u, true
	}
	return "", false
}

// elsewhere finds the table of a name that no schema was written to and that the default
// schema does not have: the one of the database that bears it, for logs do not tell the
// search path that a statement ran with.
func (w within) elsewhere(name string) (urn.URN, bool) {
	if w.log.DefaultDB == "" && databaseFirst(w.log.Platform) && len(urn.Split(name)) == 1 {
		return w.tables.only(w.log.Platform, "", name)
	}
	before := dotted(w.database(), urn.Join(w.log.DefaultSchema)) + "."
	last, ok := strings.CutPrefix(name, before)
	if !ok || w.log.DefaultDB == "" || w.log.DefaultSchema == "" || len(urn.Split(last)) > 1 {
		return "", false
	}
	if strings.Contains(w.text, strings.ToLower(w.log.DefaultSchema+"."+last)) || strings.Contains(w.text, strings.ToLower(w.log.DefaultSchema+`"."`+last)) {
		return "", false
	}
	if _, part := w.tables.partOf(w.log.Platform, name); part || w.tables.left(urn.Dataset(w.log.Platform, name, "")) {
		return "", false
	}
	return w.tables.only(w.log.Platform, w.database()+".", last)
}

func dotted(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "." + b
}

// Table answers the SQL reader. Views are given as columns without their text:
// they stay nodes of the graph. Functions are given as their text.
func (w within) Table(parts []string) (sqllineage.Table, bool) {
	name := w.full(strings.Join(parts, "."))
	if u, ok := w.find(name); ok {
		return w.columnsOf(u)
	}
	if whole, ok := w.tables.partOf(w.log.Platform, name); ok {
		return w.columnsOf(whole)
	}
	if base, sharded := unsharded(name); sharded {
		return w.Table(urn.Split(base))
	}
	if text, ok := w.tables.function(w.log.Platform, name); ok {
		return sqllineage.Table{Name: parts, SQL: text}, true
	}
	return sqllineage.Table{}, false
}

func (w within) columnsOf(u urn.URN) (sqllineage.Table, bool) {
	t := w.describe(u).table
	return t, len(t.Columns) > 0
}

// asset returns the asset of a name that the SQL reader printed, a stub when the
// catalog knows none, and "" for what is no table of this platform. A shard or a
// partition stands for the table of all.
func (w within) asset(name string) urn.URN { return w.assetOf(w.full(name)) }

func (w within) assetOf(name string) urn.URN {
	if u, ok := w.find(name); ok {
		return u
	}
	if whole, ok := w.tables.partOf(w.log.Platform, name); ok {
		return whole
	}
	if base, ok := unsharded(name); ok {
		return w.assetOf(base)
	}
	if name == "" || strings.ContainsAny(name, "${}@*") || strings.Contains(name, "://") || passing(name) || ofServer(w.log, name) {
		return ""
	}
	if w.log.Instance != "" && !strings.HasPrefix(strings.ToLower(name), strings.ToLower(w.log.Instance)+".") {
		name = dotted(w.log.Instance, name)
	}
	u := urn.Dataset(w.log.Platform, name, "")
	if !w.keeps && w.tables.absent(w.log, name) {
		if w.noted != nil {
			w.noted[u] = true
		}
		return ""
	}
	return u
}

// passing reports whether a name is that of a temporary table, whose maker was not seen.
func passing(name string) bool {
	lower := strings.ToLower(name)
	last := lower[strings.LastIndexByte(lower, '.')+1:]
	return strings.HasPrefix(last, "#") || strings.HasPrefix(lower, "pg_temp") || strings.Contains(lower, ".pg_temp") || strings.HasPrefix(lower, "tempdb.")
}

// unsharded cuts the day from the name of a shard (events_20260101, events_*) or of a
// partition (events$20260101).
func unsharded(name string) (string, bool) {
	if base, ok := strings.CutSuffix(name, "_*"); ok && base != "" {
		return base, true
	}
	const digits = len("20060102")
	at := len(name) - digits - 1
	if at < 1 || name[at-1] == '.' || name[at] != '_' && name[at] != '$' {
		return name, false
	}
	if _, err := time.Parse("20060102", name[at+1:]); err != nil {
		return name, false
	}
	return name[:at], true
}

// column gives a column of a known asset the spelling of its schema.
func (n *names) column(u urn.URN, column string) string {
	columns := n.describe(u).table.Columns
	if slices.Contains(columns, column) {
		return column
	}
	for _, c := range columns {
		if strings.EqualFold(c, column) {
			return c
		}
	}
	return column
}

// isStub reports whether the catalog has no such dataset.
func (n *names) isStub(u urn.URN) bool { return !n.has(u) }

// stub is the asset of a table that statements name and nobody crawled: its source is
// not crawled, not wholly, or its recipe leaves it out.
func (n *names) stub(u urn.URN) catalog.Asset {
	return catalog.Asset{URN: u, Type: catalog.Dataset, Status: &catalog.Status{Stub: true, LeftOut: n.tables.left(u)}}
}
