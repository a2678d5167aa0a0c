package oracletest

import (
	"math/rand/v2"
	"strings"
)

// made is one statement and what it means.
type made struct {
	sql             string
	inputs, outputs []string
	columns         []column // of the result or the target, in the order of writing
}

// statement writes the statement of one seed.
func statement(g grammar, seed uint64) made {
	m := &maker{grammar: g, r: rand.New(rand.NewPCG(seed, 7)), tables: schema(), read: map[string]bool{}}
	kinds := []func() made{m.selects, m.selects, m.selects, m.inserts, m.inserts, m.creates, m.views}
	for _, more := range []struct {
		can  bool
		kind func() made
	}{
		{g.update, m.updates}, {g.updateFrom, m.updatesFrom}, {g.updateJoin, m.updatesJoin},
		{g.delete, m.deletes}, {g.deleteUsing, m.deletesUsing}, {g.deleteJoin, m.deletesJoin}, {g.merge, m.merges},
	} {
		if more.can {
			kinds = append(kinds, more.kind)
		}
	}
	before := ""
	if m.withChange && m.chance(15) {
		kinds, before = kinds[7:], m.common(1)
	}
	made := pick(m, kinds)()
	made.sql = before + made.sql
	made.sql += m.terminateEach
	made.inputs = sorted(m.read)
	return made
}

func (m *maker) selects() made {
	text, columns := m.whole(2, 0, m.chance(35))
	return made{sql: m.ordered(text, columns), columns: columns}
}

// whole writes a query that stands alone, behind WITH if wanted.
func (m *maker) whole(depth, width int, with bool) (string, []column) {
	return m.withs(depth-1, with, func() (string, []column) { return m.query(depth, width, nil) })
}

// targeted renames the columns of a result to those of the table it goes to.
func targeted(columns []column, names []string) []column {
	out := make([]column, len(columns))
	for i, c := range columns {
		out[i] = column{names[i], c.from}
	}
	return out
}

func (m *maker) inserts() made {
	target := pick(m, sinks)
	names := m.tables[target]
	list := ""
	if m.chance(70) {
		names = names[:1+m.r.IntN(len(names))]
		list = " (" + strings.Join(names, ", ") + ")"
	}
	head, before := "INSERT INTO "+m.path(target)+list+" ", ""
	if m.withBefore && m.chance(25) {
		before = m.common(1)
	}
	text, columns := m.whole(2, len(names), before == "" && m.withAfter && m.chance(30))
	return made{sql: before + head + text, outputs: []string{target}, columns: targeted(columns, names)}
}

func (m *maker) creates() made {
	const target = "mart.fresh"
	if m.selectInto {
		s := &scope{}
		from := m.from(s, 2)
		list, columns, group := m.list(s, 1, 3)
		if group != "" {
			group = " GROUP BY " + group
		}
		return made{sql: "SELECT " + list + " INTO " + target + " FROM " + from + group, outputs: []string{target}, columns: columns}
	}
	text, columns := m.whole(2, 0, m.chance(30))
	return made{sql: "CREATE TABLE " + target + m.engine + " AS " + text, outputs: []string{target}, columns: columns}
}

func (m *maker) views() made {
	const target = "mart.face"
	text, columns := m.whole(2, 0, m.chance(30))
	list := ""
	if m.chance(25) && m.cteColumns {
		list = " (" + m.rename(columns) + ")"
	}
	return made{sql: "CREATE VIEW " + target + list + " AS " + text, outputs: []string{target}, columns: columns}
}

// updates sets columns from subqueries that look at the target.
func (m *maker) updates() made {
	target := m.target(pick(m, sinks))
	var set []string
	var columns []column
	for _, c := range target.columns[:1+m.r.IntN(2)] {
		value, from := "7", []string(nil)
		if m.chance(70) {
			value, from = m.subquery(&scope{items: []item{target}})
		}
		set = append(set, c.name+" = "+value)
		columns = append(columns, column{c.name, from})
	}
	text := "UPDATE " + target.alias + " SET " + strings.Join(set, ", ")
	return made{sql: text + m.whereIn(target), outputs: []string{target.alias}, columns: columns}
}

// target is a table that is written: its columns are read for no value.
func (m *maker) target(table string) item {
	it := item{alias: table}
	for _, c := range m.tables[table] {
		it.columns = append(it.columns, column{name: c})
	}
	return it
}

// whereIn tests the rows of the target, sometimes.
func (m *maker) whereIn(target item) string {
	if m.chance(30) {
		return ""
	}
	text, _ := m.query(1, 1, nil)
	return " WHERE " + pick(m, target.columns).name + " IN (" + text + ")"
}

// sets assigns values of a scope to the first columns of the target.
func (m *maker) sets(s *scope, target item, prefix string) (string, []column) {
	var set []string
	var columns []column
	for _, c := range target.columns[:1+m.r.IntN(3)] {
		value, from := m.value(s, 1)
		set = append(set, prefix+c.name+" = "+value)
		columns = append(columns, column{c.name, from})
	}
	return strings.Join(set, ", "), columns
}

// tie ties the target to what stands beside it.
func (m *maker) tie(target item, alias string, s *scope) string {
	a, _ := m.columnOf(s)
	return alias + pick(m, target.columns).name + " = " + a
}

func (m *maker) updatesFrom() made {
	target, s := m.target(pick(m, sinks)), &scope{}
	from := m.from(s, 1)
	set, columns := m.sets(s, target, "")
	text := "UPDATE " + target.alias + " SET " + set + " FROM " + from + " WHERE " + m.tie(target, target.alias+".", s)
	return made{sql: text, outputs: []string{target.alias}, columns: columns}
}

func (m *maker) updatesJoin() made {
	target, s := m.target(pick(m, sinks)), &scope{}
	right, it := m.member(1)
	s.items = []item{it}
	set, columns := m.sets(s, target, "w.")
	text := "UPDATE " + target.alias + " AS w JOIN " + right + " ON " + m.tie(target, "w.", s) + " SET " + set
	return made{sql: text, outputs: []string{target.alias}, columns: columns}
}

func (m *maker) deletes() made {
	target := m.target(pick(m, sinks))
	return made{sql: "DELETE FROM " + target.alias + m.whereIn(target), outputs: []string{target.alias}}
}

func (m *maker) deletesUsing() made {
	target, s := m.target(pick(m, sinks)), &scope{}
	from := m.from(s, 1)
	text := "DELETE FROM " + target.alias + " USING " + from + " WHERE " + m.tie(target, target.alias+".", s)
	return made{sql: text, outputs: []string{target.alias}}
}

func (m *maker) deletesJoin() made {
	target, s := m.target(pick(m, sinks)), &scope{}
	right, it := m.member(1)
	s.items = []item{it}
	text := "DELETE w FROM " + target.alias + " AS w JOIN " + right + " ON " + m.tie(target, "w.", s)
	return made{sql: text, outputs: []string{target.alias}}
}

// merges writes the same columns in both branches; a column then stems from
// what either branch writes.
func (m *maker) merges() made {
	target := m.target(pick(m, sinks))
	right, it := m.member(1)
	s := &scope{items: []item{it}}
	set, columns := m.sets(s, target, "")
	var names, values []string
	for i := range columns {
		value, from := m.columnOf(s)
		names, values = append(names, columns[i].name), append(values, value)
		columns[i].from = union(columns[i].from, from)
	}
	text := "MERGE INTO " + target.alias + m.tableAs + "w USING " + right + " ON (" + m.tie(target, "w.", s) + ")" +
		" WHEN MATCHED THEN UPDATE SET " + set +
		" WHEN NOT MATCHED THEN INSERT (" + strings.Join(names, ", ") + ") VALUES (" + strings.Join(values, ", ") + ")"
	return made{sql: text, outputs: []string{target.alias}, columns: columns}
}
