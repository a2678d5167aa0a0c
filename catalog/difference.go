package catalog

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// ColumnChange is one way in which a column differs from what it was.
type ColumnChange struct {
	Column string `cbor:"1,keyasint,omitempty"` // its name now, or the last one
	Was    string `cbor:"2,keyasint,omitempty"` // type before; "" when it came
	Is     string `cbor:"3,keyasint,omitempty"` // type now; "" when it went
	What   string `cbor:"4,keyasint,omitempty"` // for what the types do not tell
	From   string `cbor:"5,keyasint,omitempty"` // the name before, of a renamed one
}

// The kinds of column changes. A rename is a guess: one column went and one of the
// same type came at its place.
const (
	ColumnAdded    = "added"
	ColumnRemoved  = "removed"
	ColumnRetyped  = "retyped"
	ColumnRenamed  = "renamed"
	ColumnRequired = "required" // may no longer be null
	ColumnOptional = "optional" // may be null now
	ColumnKeyed    = "keyed"    // is part of the primary key now
	ColumnUnkeyed  = "unkeyed"  // no longer is
)

// Kind says what happened to the column.
func (c ColumnChange) Kind() string {
	switch {
	case c.What != "":
		return c.What
	case c.Was == "":
		return ColumnAdded
	case c.Is == "":
		return ColumnRemoved
	}
	return ColumnRetyped
}

// Breaking reports whether a statement that read the column may fail or answer
// otherwise: it is gone, has another name, holds less, or no longer names one row.
func (c ColumnChange) Breaking() bool {
	switch c.Kind() {
	case ColumnRemoved, ColumnRenamed, ColumnUnkeyed:
		return true
	case ColumnRetyped:
		return !widened(c.Was, c.Is)
	}
	return false
}

// String tells the change in a few words.
func (c ColumnChange) String() string {
	switch c.Kind() {
	case ColumnAdded:
		return fmt.Sprintf("column %s added (%s)", c.Column, c.Is)
	case ColumnRemoved:
		return fmt.Sprintf("column %s removed", c.Column)
	case ColumnRenamed:
		return fmt.Sprintf("column %s seems to be called %s now", c.From, c.Column)
	case ColumnRequired:
		return fmt.Sprintf("column %s may no longer be null", c.Column)
	case ColumnOptional:
		return fmt.Sprintf("column %s may be null now", c.Column)
	case ColumnKeyed:
		return fmt.Sprintf("column %s joined the primary key", c.Column)
	case ColumnUnkeyed:
		return fmt.Sprintf("column %s left the primary key", c.Column)
	}
	return fmt.Sprintf("column %s is %s, was %s", c.Column, c.Is, c.Was)
}

// Named is the name under which statements before the change knew the column.
func (c ColumnChange) Named() string { return cmp.Or(c.From, c.Column) }

// compare lists how the columns differ, in the order of the old ones and then of
// those that came.
func compare(was, is []Column) (out []ColumnChange) {
	now := make(map[string]int, len(is))
	for i, c := range is {
		now[c.Name] = i
	}
	before := make(map[string]bool, len(was))
	for _, c := range was {
		before[c.Name] = true
	}
	came := func(i int) bool { return i < len(is) && !before[is[i].Name] }
	renamed := map[string]bool{}
	for i, c := range was {
		if at, there := now[c.Name]; there {
			out = append(out, altered(c, is[at])...)
			continue
		}
		if len(was) == len(is) && came(i) && is[i].Type == c.Type { // the same place and type
			out = append(out, ColumnChange{Column: is[i].Name, From: c.Name, Was: typeOf(c), Is: typeOf(is[i]), What: ColumnRenamed})
			renamed[is[i].Name] = true
			continue
		}
		out = append(out, ColumnChange{Column: c.Name, Was: typeOf(c)})
	}
	for i, c := range is {
		if came(i) && !renamed[c.Name] {
			out = append(out, ColumnChange{Column: c.Name, Is: typeOf(c)})
		}
	}
	return out
}

// altered lists how one column that stayed differs.
func altered(was, is Column) (out []ColumnChange) {
	add := func(what string) {
		out = append(out, ColumnChange{Column: is.Name, Was: typeOf(was), Is: typeOf(is), What: what})
	}
	if was.Type != is.Type {
		add("")
	}
	switch {
	case !was.Required && is.Required:
		add(ColumnRequired)
	case was.Required && !is.Required:
		add(ColumnOptional)
	}
	switch {
	case !was.PrimaryKey && is.PrimaryKey:
		add(ColumnKeyed)
	case was.PrimaryKey && !is.PrimaryKey:
		add(ColumnUnkeyed)
	}
	return out
}

// typeOf is the type in words: some sources have columns without one.
func typeOf(c Column) string {
	if c.Type == "" {
		return "untyped"
	}
	return c.Type
}

// width ranks the types of a family; every value of a type is one of a wider type
// of the same family.
type width struct {
	family string
	rank   int
}

var widths = map[string]width{
	"tinyint": {"whole", 1}, "smallint": {"whole", 2}, "int2": {"whole", 2}, "mediumint": {"whole", 3},
	"int": {"whole", 4}, "integer": {"whole", 4}, "int4": {"whole", 4}, "bigint": {"whole", 5}, "int8": {"whole", 5},
	"real": {"float", 1}, "float4": {"float", 1}, "double": {"float", 2}, "double precision": {"float", 2}, "float8": {"float", 2},
	"date": {"moment", 1}, "timestamp": {"moment", 2}, "datetime": {"moment", 2},
}

// unbounded are the texts without a length.
var unbounded = []string{"text", "string", "clob", "varchar", "character varying"}

// widened reports whether a type holds everything that another one held.
func widened(was, is string) bool {
	w, wn := typeParts(was)
	i, in := typeParts(is)
	if w == i {
		return len(wn) == 0 && len(in) == 0 || len(in) == 0 || len(wn) == len(in) && holds(wn, in)
	}
	textual := strings.Contains(w, "char") || slices.Contains(unbounded, w)
	if textual && slices.Contains(unbounded, i) && len(in) == 0 {
		return true
	}
	from, to := widths[w], widths[i]
	return from.rank > 0 && from.family == to.family && to.rank >= from.rank
}

// holds compares lengths, or precision and scale: neither the digits before the
// point nor those behind it may become fewer.
func holds(was, is []int) bool {
	if len(was) == 2 {
		return is[1] >= was[1] && is[0]-is[1] >= was[0]-was[1]
	}
	return len(was) == 1 && is[0] >= was[0]
}

// typeParts cuts varchar(20) into its name and its numbers.
func typeParts(t string) (name string, numbers []int) {
	name, rest, ok := strings.Cut(strings.ToLower(t), "(")
	name = strings.TrimSpace(name)
	if !ok {
		return name, nil
	}
	inside, _, _ := strings.Cut(rest, ")")
	for _, part := range strings.Split(inside, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(part))
		if err != nil {
			return strings.ToLower(t), nil // enum('a','b'), struct(...): its text is its identity
		}
		numbers = append(numbers, n)
	}
	return name, numbers
}
