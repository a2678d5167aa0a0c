package sqllineage

import "strings"

// typeField is one field of a struct type.
type typeField struct {
	name string
	typ  string
}

// structType reads the text of a type: array(row(a integer, b varchar)),
// STRUCT<x INT64, y STRING>, array<struct<a:int>>, STRUCT(a INT)[]. It returns
// the fields of the struct, and whether there is an array around it.
func structType(typ string) (fields []typeField, array bool) {
	typ = strings.TrimSpace(typ)
	for strings.HasSuffix(typ, "]") && strings.LastIndexByte(typ, '[') > 0 {
		typ, array = strings.TrimSpace(typ[:strings.LastIndexByte(typ, '[')]), true
	}
	open := strings.IndexAny(typ, "<(")
	last := len(typ) - 1
	if open <= 0 || typ[last] != '>' && typ[last] != ')' {
		return nil, array
	}
	inside := typ[open+1 : last]
	switch toLower(strings.TrimSpace(typ[:open])) {
	case "array", "list", "nested", "setof", "multiset":
		fields, _ = structType(inside)
		return fields, true
	case "row", "struct", "record", "tuple", "object":
		for _, part := range splitTop(inside) {
			fields = append(fields, fieldOfType(part))
		}
	}
	return fields, array
}

// nestedType reports whether a type may have fields.
func nestedType(typ string) bool {
	if len(typ) < len("row(a b)") {
		return false
	}
	open := strings.IndexAny(typ, "<(")
	if open <= 0 {
		return false
	}
	switch toLower(strings.TrimSpace(typ[:open])) {
	case "array", "list", "nested", "row", "struct", "record", "tuple", "object":
		return true
	}
	return false
}

// fieldOfType reads "name type", "name: type" and "name type COMMENT 'x'".
func fieldOfType(part string) typeField {
	part = strings.TrimSpace(part)
	end := 0
	if part != "" && (part[0] == '"' || part[0] == '`') {
		if end = strings.IndexByte(part[1:], part[0]) + 2; end < 2 {
			return typeField{}
		}
		return typeField{name: part[1 : end-1], typ: strings.TrimLeft(part[end:], ": ")}
	}
	if end = strings.IndexAny(part, ": "); end < 0 {
		return typeField{} // a type without a name
	}
	return typeField{name: part[:end], typ: strings.TrimLeft(part[end:], ": ")}
}

// splitTop splits at the commas that stand in no brackets.
func splitTop(s string) []string {
	var parts []string
	depth, from := 0, 0
	for i := range len(s) {
		switch s[i] {
		case '(', '<', '[':
			depth++
		case ')', '>', ']':
			depth--
		case ',':
			if depth == 0 {
				parts = append(parts, s[from:i])
				from = i + 1
			}
		}
	}
	return append(parts, s[from:])
}

// typeColumns is the fields that a type gives to a value with the origins set.
func (r *resolver) typeColumns(typ string, set []origin) []column {
	fields, array := structType(typ)
	if array {
		set = r.below(set, "[]")
	}
	list := make([]column, 0, len(fields))
	for _, f := range fields {
		if f.name == "" || !r.step() {
			continue
		}
		c := column{name: r.foldColumn(ident{text: f.name}), set: r.below(set, f.name)}
		if nestedType(f.typ) {
			c.fields = r.typeColumns(f.typ, c.set)
		}
		list = append(list, c)
	}
	return list
}

// typedFields is the fields of CAST(value AS type) and of ARRAY<type>[values]:
// named by the type, filled by the place in a row, or by the name below a value.
func (r *resolver) typedFields(typ string, values []*expr, sc *scope) []column {
	was := r.silent
	r.silent = true
	defer func() { r.silent = was }()
	var list []column
	for _, v := range values {
		fields := r.typeColumns(typ, r.value(v, sc))
		if args := rowArgs(v); len(args) == len(fields) {
			for i := range fields {
				fields[i].set = r.value(args[i], sc)
			}
		}
		list = r.mergeFields(list, fields)
	}
	return list
}

// rowArgs is the values of ROW(a, b), (a, b) and STRUCT(a, b).
func rowArgs(e *expr) []*expr {
	switch {
	case e.kind == xRow:
		return e.args
	case e.kind == xCall && len(e.parts) == 1 && (equalFold("row", e.parts[0].text) || structFunctions.has(e.parts[0].text)):
		return e.args
	}
	return nil
}

// mergeFields adds the origins of fields of one name.
func (r *resolver) mergeFields(a, b []column) []column {
	if a == nil {
		return b
	}
	for _, c := range b {
		at := -1
		for i := range a {
			if a[i].name == c.name {
				at = i
				break
			}
		}
		if at < 0 {
			a = append(a, c)
			continue
		}
		a[at].set = r.mergeSets(a[at].set, c.set)
	}
	return a
}

// listValues is the elements of an array that the text makes, or nil.
func (r *resolver) listValues(e *expr) []*expr {
	if e.kind == xOp && (e.class == opArray || e.end > e.start && r.p.sql[e.start] == '[') {
		return e.args
	}
	return nil
}
