package oracletest

import (
	"maps"
	"reflect"
	"slices"
	"strings"
)

// said is what one node of a foreign syntax tree says of tables.
type said struct {
	tables [][]string // names of tables, in parts
	alias  string     // what a table or subquery is called
	with   []common   // the tables of a WITH clause
	closed bool       // nothing below it is a table
}

// common is one table of a WITH clause.
type common struct {
	name      string
	body      any
	recursive bool // it may read itself
}

// visitor gathers the tables of a foreign syntax tree, whatever its types are:
// look knows the few that matter.
type visitor struct {
	look    func(node any) said
	seen    map[visited]bool
	found   map[string]bool
	aliases map[string]bool
}

type visited struct {
	at   uintptr
	kind reflect.Type
}

// tablesOf is the names that a tree reads or writes, in lower case, without
// those that WITH defines, those that are aliases, and those that are paths to
// a column of a table beside them.
func tablesOf(tree any, look func(any) said) map[string]bool {
	v := &visitor{look: look, seen: map[visited]bool{}, found: map[string]bool{}, aliases: map[string]bool{}}
	v.visit(reflect.ValueOf(tree), nil)
	maps.DeleteFunc(v.found, func(name string, _ bool) bool {
		first, _, path := strings.Cut(name, ".")
		return v.aliases[first] || path && v.found[first]
	})
	return v.found
}

// visit walks a value. Known are the names that WITH defines around it.
func (v *visitor) visit(x reflect.Value, known map[string]bool) {
	switch x.Kind() {
	case reflect.Interface:
		v.visit(x.Elem(), known)
	case reflect.Pointer:
		key := visited{x.Pointer(), x.Type()}
		if x.IsNil() || v.seen[key] {
			return
		}
		v.seen[key] = true
		if x.CanInterface() {
			s := v.look(x.Interface())
			if s.closed {
				return
			}
			known = v.node(s, known)
		}
		v.visit(x.Elem(), known)
	case reflect.Slice, reflect.Array:
		for i := range x.Len() {
			v.visit(x.Index(i), known)
		}
	case reflect.Struct:
		for i := range x.NumField() {
			v.visit(x.Field(i), known)
		}
	}
}

// node takes what a node says, and returns the names known below it.
func (v *visitor) node(s said, known map[string]bool) map[string]bool {
	for _, parts := range s.tables {
		parts = slices.DeleteFunc(slices.Clone(parts), func(p string) bool { return p == "" })
		name := strings.ToLower(strings.Join(parts, "."))
		if name != "" && (len(parts) > 1 || !known[name]) {
			v.found[name] = true
		}
	}
	if s.alias != "" && (len(s.tables) == 0 || !strings.EqualFold(s.alias, strings.Join(s.tables[0], "."))) {
		v.aliases[strings.ToLower(s.alias)] = true
	}
	for _, c := range s.with {
		inside := plus(known, c.name)
		if c.recursive {
			v.visit(reflect.ValueOf(c.body), inside)
		} else {
			v.visit(reflect.ValueOf(c.body), known)
		}
		known = inside
	}
	return known
}

func plus(known map[string]bool, name string) map[string]bool {
	more := maps.Clone(known)
	if more == nil {
		more = map[string]bool{}
	}
	more[strings.ToLower(name)] = true
	return more
}
