package oracletest

import (
	"slices"
	"strings"
)

// columnOf writes a column that the scope has, and tells where it stems from.
func (m *maker) columnOf(s *scope) (string, []string) { return m.columnFrom(s, s.items) }

// columnFrom writes a column of one of the items, which are part of the scope.
func (m *maker) columnFrom(s *scope, items []item) (string, []string) {
	it := pick(m, items)
	c := pick(m, it.columns)
	if countName(s.items, c.name) == 1 && m.chance(30) {
		return c.name, c.from
	}
	return it.alias + "." + m.name(c.name), c.from
}

// value writes an expression, and tells the base columns whose values flow
// into it: what a CASE tests or a subquery filters by is not among them.
func (m *maker) value(s *scope, depth int) (string, []string) {
	switch m.r.IntN(14) {
	case 0:
		return pick(m, []string{"1", "42", "'text'", "3.5", "NULL", "''"}), nil
	case 1:
		v, from := m.operand(s, depth)
		return pick(m, []string{"upper", "lower", "abs", "trim"}) + "(" + v + ")", from
	case 2:
		return m.both(s, depth, "coalesce(", ", ", ")")
	case 3:
		return m.both(s, depth, "", pick(m, []string{" + ", " - ", " * "}), "")
	case 4:
		if m.concat == "concat" {
			return m.both(s, depth, "concat(", ", ", ")")
		}
		return m.both(s, depth, "", " "+m.concat+" ", "")
	case 5:
		return m.caseOf(s, depth)
	case 6:
		v, from := m.operand(s, depth)
		return "CAST(" + v + " AS " + m.text + ")", from
	case 7:
		if m.scalar && depth > 0 {
			return m.subquery(s)
		}
	}
	return m.columnOf(s)
}

// operand is a value that may stand beside an operator.
func (m *maker) operand(s *scope, depth int) (string, []string) {
	if depth <= 0 {
		return m.columnOf(s)
	}
	v, from := m.value(s, depth-1)
	return "(" + v + ")", from
}

func (m *maker) both(s *scope, depth int, open, between, closing string) (string, []string) {
	a, x := m.operand(s, depth)
	b, y := m.operand(s, depth)
	return open + a + between + b + closing, union(x, y)
}

func (m *maker) caseOf(s *scope, depth int) (string, []string) {
	a, x := m.operand(s, depth)
	b, y := m.operand(s, depth)
	if m.chance(30) {
		test, _ := m.columnOf(s)
		return "CASE " + test + " WHEN 1 THEN " + a + " ELSE " + b + " END", union(x, y)
	}
	return "CASE WHEN " + m.condition(s, depth) + " THEN " + a + " ELSE " + b + " END", union(x, y)
}

// subquery writes a query of one value, which looks outside.
func (m *maker) subquery(s *scope) (string, []string) {
	inner := &scope{outer: s}
	from := m.from(inner, 0)
	v, sources := m.columnOf(inner)
	return "(SELECT max(" + v + ") FROM " + from + " WHERE " + m.correlated(inner) + ")", sources
}

// correlated compares a column with one of the query around.
func (m *maker) correlated(s *scope) string {
	a, _ := m.columnOf(s)
	it := pick(m, s.outer.items)
	return a + " = " + it.alias + "." + pick(m, it.columns).name
}

// condition writes a test of rows.
func (m *maker) condition(s *scope, depth int) string {
	a, _ := m.operand(s, depth-1)
	switch m.r.IntN(11) {
	case 0:
		return a + " IS NOT NULL"
	case 1:
		return a + " BETWEEN 1 AND 9"
	case 2:
		return a + " LIKE 'x%'"
	case 3:
		return a + " IN (1, 2, 3)"
	case 4:
		if depth > 0 {
			text, _ := m.query(depth-1, 1, nil)
			return a + pick(m, []string{" IN (", " NOT IN ("}) + text + ")"
		}
	case 5:
		if depth > 0 && m.scalar {
			inner := &scope{outer: s}
			from := m.from(inner, 0)
			return "EXISTS (SELECT 1 FROM " + from + " WHERE " + m.correlated(inner) + ")"
		}
	case 6:
		if depth > 0 {
			list := []string{m.condition(s, depth-1), m.condition(s, depth-1)}
			return "(" + strings.Join(list, pick(m, []string{" OR ", " AND "})) + ")"
		}
	case 7:
		return "NOT (" + a + " = 1)"
	case 8:
		if depth > 0 && m.quantified {
			text, _ := m.query(depth-1, 1, nil)
			return a + pick(m, []string{" > ALL (", " = ANY ("}) + text + ")"
		}
	case 9:
		if depth > 0 && m.rows {
			b, _ := m.columnOf(s)
			text, _ := m.query(depth-1, 2, nil)
			return "(" + a + ", " + b + ") IN (" + text + ")"
		}
	}
	b, _ := m.operand(s, 0)
	return a + pick(m, []string{" = ", " < ", " >= ", " <> "}) + b
}

// ordered adds what may stand behind a whole query.
func (m *maker) ordered(text string, columns []column) string {
	if m.chance(30) {
		text += " ORDER BY " + pick(m, []string{"1", columns[0].name, columns[0].name + " DESC"})
		if m.limit != "" && m.chance(60) {
			text += " " + m.limit
		}
	}
	return text
}

// sorted is a set of names as a list.
func sorted(set map[string]bool) []string {
	list := make([]string, 0, len(set))
	for s := range set {
		list = append(list, s)
	}
	slices.Sort(list)
	return list
}
