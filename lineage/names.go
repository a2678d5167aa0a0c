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

// names finds the assets that names in statements mean. It knows the datasets of
// the catalog as they were when it was made, and learns none afterwards.
type names struct {
	cat *catalog.Catalog

	byName map[string]urn.URN            // platform and lower-case full name
	bySuf  map[string]map[string]urn.URN // platform -> lower-case last part -> asset, "" when several have it

	texts map[urn.URN]catalog.Asset // of views
	views map[urn.URN]*reading      // of those whose text was read so far; one goroutine expands

	mu    sync.Mutex
	known map[urn.URN]sqllineage.Table // schemas read so far
}

// newNames lists the datasets of the catalog.
func newNames(ctx context.Context, cat *catalog.Catalog) (*names, error) {
	n := &names{cat: cat, byName: map[string]urn.URN{}, bySuf: map[string]map[string]urn.URN{}, known: map[urn.URN]sqllineage.Table{},
		texts: map[urn.URN]catalog.Asset{}, views: map[urn.URN]*reading{}}
	for a, err := range cat.List(ctx, catalog.Filter{Types: []catalog.Type{catalog.Dataset}}) {
		if err != nil {
			return nil, err
		}
		if a.Status == nil || !a.Status.Stub {
			n.learn(a)
		}
	}
	return n, nil
}

func (n *names) learn(a catalog.Asset) {
	platform, name := a.URN.Platform(), strings.ToLower(a.URN.Name())
	n.byName[platform+"\x00"+name] = a.URN
	if n.bySuf[platform] == nil {
		n.bySuf[platform] = map[string]urn.URN{}
	}
	last := name[strings.LastIndexByte(name, '.')+1:]
	if _, taken := n.bySuf[platform][last]; taken {
		n.bySuf[platform][last] = ""
	} else {
		n.bySuf[platform][last] = a.URN
	}
	n.known[a.URN] = tableOf(a)
	if a.Definition != nil && a.Definition.SQL != "" {
		n.texts[a.URN] = catalog.Asset{URN: a.URN, Schema: a.Schema, Definition: a.Definition, Created: a.Created}
	}
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
		if u, ok := w.byName[w.log.Platform+"\x00"+full]; ok {
			return u, true
		}
	}
	if w.log.Platform == "sqlite" && len(parts) > 0 {
		last := parts[len(parts)-1]
		if u := w.bySuf["sqlite"][strings.ToLower(last)]; u != "" && (len(parts) == 1 || strings.EqualFold(parts[len(parts)-2], w.log.DefaultSchema)) {
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
	w.mu.Lock()
	defer w.mu.Unlock()
	t, ok := w.known[u]
	return t, ok && len(t.Columns) > 0
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
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, c := range n.known[u].Columns {
		if strings.EqualFold(c, column) {
			return c
		}
	}
	return column
}

// isStub reports whether the catalog has no such dataset.
func (n *names) isStub(u urn.URN) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	_, ok := n.known[u]
	return !ok
}
