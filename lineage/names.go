package lineage

import (
	"context"
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
	t := sqllineage.Table{Name: strings.Split(a.URN.Name(), ".")}
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
	log catalog.Log
}

// find returns the asset that a name means, the most specific first: as written,
// with the defaults before it, and, for SQLite, whose unqualified names reach
// into every attached file, by its last part.
func (w within) find(parts []string) (urn.URN, bool) {
	name := strings.ToLower(strings.Join(parts, "."))
	for _, prefix := range []string{"", w.log.Instance, w.log.DefaultDB, w.log.DefaultSchema, dotted(w.log.DefaultDB, w.log.DefaultSchema)} {
		full := strings.ToLower(dotted(prefix, name))
		if u, ok := w.tables.find(w.log.Platform, full); ok {
			return u, true
		}
	}
	if w.log.Platform == sqlite && len(parts) > 0 {
		last := parts[len(parts)-1]
		if u, ok := w.file(strings.ToLower(last)); ok && (len(parts) == 1 || strings.EqualFold(parts[len(parts)-2], w.log.DefaultSchema)) {
			return u, true
		}
	}
	return "", false
}

func dotted(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "." + b
}

// Table answers the SQL reader. Views are given as columns without their text:
// they stay nodes of the graph.
func (w within) Table(parts []string) (sqllineage.Table, bool) {
	u, ok := w.find(parts)
	if !ok {
		if base, sharded := unsharded(strings.Join(parts, ".")); sharded {
			return w.Table(strings.Split(base, "."))
		}
		return sqllineage.Table{}, false
	}
	t := w.describe(u).table
	return t, len(t.Columns) > 0
}

// asset returns the asset of a name that the SQL reader printed, a stub when the
// catalog knows none, and "" for what is no table of this platform. A shard or a
// partition of one day stands for the table of all days.
func (w within) asset(name string) urn.URN {
	if u, ok := w.find(strings.Split(name, ".")); ok {
		return u
	}
	if base, ok := unsharded(name); ok {
		return w.asset(base)
	}
	if name == "" || strings.ContainsAny(name, "${}@*") || strings.Contains(name, "://") || passing(name) {
		return ""
	}
	if w.log.Instance != "" && !strings.HasPrefix(strings.ToLower(name), strings.ToLower(w.log.Instance)+".") {
		name = dotted(w.log.Instance, name)
	}
	return urn.Dataset(w.log.Platform, name, "")
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
	for _, c := range n.describe(u).table.Columns {
		if strings.EqualFold(c, column) {
			return c
		}
	}
	return column
}

// isStub reports whether the catalog has no such dataset.
func (n *names) isStub(u urn.URN) bool { return !n.has(u) }
