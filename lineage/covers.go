package lineage

import (
	"context"
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// covers is one scope that a crawl listed to its end.
type covers struct {
	catalog.Coverage
	leftOut map[string]bool
}

// key is the form in which the names of the scope are compared.
func (c *covers) key(name string) string {
	if c.Exact {
		return name
	}
	return strings.ToLower(name)
}

// has reports whether a name lies in the scope.
func (c *covers) has(platform, name string) bool {
	return c.Platform == platform && len(name) > len(c.Prefix) && c.key(name[:len(c.Prefix)]) == c.key(c.Prefix)
}

// cover brings what is known of the names of crawled scopes level with the catalog.
func (t *tables) cover(ctx context.Context, cat *catalog.Catalog) error {
	stamp, err := cat.CoverageStamp(ctx)
	if err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if stamp == t.stamp {
		return nil
	}
	list, err := cat.Coverages(ctx)
	if err != nil {
		return err
	}
	t.covers = t.covers[:0:0]
	for _, v := range list {
		c := covers{Coverage: v, leftOut: make(map[string]bool, len(v.LeftOut))}
		for _, name := range v.LeftOut {
			c.leftOut[c.key(name)] = true
		}
		if !c.Exact {
			c.Parts = folded(v.Parts)
			c.Functions = folded(v.Functions)
		}
		t.covers = append(t.covers, c)
	}
	t.stamp = stamp
	return nil
}

func folded[T any](m map[string]T) map[string]T {
	out := make(map[string]T, len(m))
	for k, v := range m {
		out[strings.ToLower(k)] = v
	}
	return out
}

// exact reports whether a name lies where names that differ in letter case alone are
// different tables.
func (t *tables) exact(platform, name string) bool {
	return slices.ContainsFunc(t.covers, func(c covers) bool { return c.Exact && c.has(platform, name) })
}

// partOf returns the table that a partition is a part of: as a stub where the recipe
// leaves it out.
func (t *tables) partOf(platform, name string) (urn.URN, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	for i := range t.covers {
		if c := &t.covers[i]; c.has(platform, name) {
			if whole, ok := c.Parts[c.key(name)]; ok {
				return urn.Dataset(platform, whole, ""), true
			}
		}
	}
	return "", false
}

// function returns the text of an SQL function.
func (t *tables) function(platform, name string) (string, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	for i := range t.covers {
		if c := &t.covers[i]; c.has(platform, name) {
			if f, ok := c.Functions[c.key(name)]; ok {
				return f.Head + " language sql as $waymark$" + f.Body + "$waymark$", true
			}
		}
	}
	return "", false
}

// absent reports whether a name that no asset bears lies in a scope of which a crawl saw
// every table: then it is a sequence, a temporary table, or was dropped. What a recipe
// leaves out is there, but not crawled.
func (t *tables) absent(log catalog.Log, name string) bool {
	t.mu.RLock()
	defer t.mu.RUnlock()
	complete := false
	for i := range t.covers {
		c := &t.covers[i]
		inside := c.has(log.Platform, name)
		if log.Platform == sqlite && log.Instance != "" { // a name without its schema means any file
			inside = inside || c.Platform == sqlite && strings.HasPrefix(c.key(c.Prefix), c.key(log.Instance+"."))
		}
		if databaseFirst(log.Platform) && c.Platform == log.Platform && len(urn.Split(name)) == 1 {
			inside = inside || c.Source == log.Source // the log does not tell the database, and none has it
		}
		switch {
		case !inside:
		case c.leftOut[c.key(name)]:
			return false
		default:
			complete = complete || !c.Partial
		}
	}
	return complete
}

// databaseFirst reports whether full names of a platform are database.table.
func databaseFirst(platform string) bool { return platform == "mysql" || platform == "mariadb" }

// left reports whether a recipe leaves a table out that is there.
func (t *tables) left(u urn.URN) bool {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return slices.ContainsFunc(t.covers, func(c covers) bool { return c.has(u.Platform(), u.Name()) && c.leftOut[c.key(u.Name())] })
}

// only returns the one dataset of a platform whose name begins with prefix and ends with
// last, in any schema between them.
func (t *tables) only(platform, prefix, last string) (urn.URN, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.bare == nil || t.bareAt != t.seq {
		t.bare, t.bareAt = map[string][]urn.URN{}, t.seq
		for n := range uint32(t.keys.len()) {
			for _, u := range t.of(n) {
				parts := urn.Split(u.Name())
				key := u.Platform() + "\x00" + parts[len(parts)-1]
				t.bare[key] = append(t.bare[key], u)
			}
		}
	}
	var found urn.URN
	for _, u := range t.bare[platform+"\x00"+last] {
		if !strings.HasPrefix(u.Name(), prefix) {
			continue
		}
		if found != "" {
			return "", false
		}
		found = u
	}
	return found, found != ""
}

// serverSchemas are schemas of the servers themselves.
var serverSchemas = map[string][]string{
	"postgres": {"pg_catalog", "pg_toast"},
	"redshift": {"pg_catalog", "pg_internal"},
	"mysql":    {"mysql", "performance_schema", "sys"},
	"mariadb":  {"mysql", "performance_schema", "sys"},
}

// ofServer reports whether a name that no asset bears is that of a table of the server
// itself: every driver and client asks for those.
func ofServer(log catalog.Log, name string) bool {
	parts := urn.Split(strings.ToLower(name))
	last, before := parts[len(parts)-1], parts[:len(parts)-1]
	if slices.ContainsFunc(before, func(p string) bool {
		return p == "information_schema" || slices.Contains(serverSchemas[log.Platform], p)
	}) {
		return true
	}
	unqualified := len(before) == 0 || strings.EqualFold(before[len(before)-1], log.DefaultSchema)
	switch log.Platform {
	case "postgres", "redshift":
		return unqualified && strings.HasPrefix(last, "pg_")
	case sqlite:
		return strings.HasPrefix(last, "sqlite_")
	}
	return false
}
