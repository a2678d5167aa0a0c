package oracletest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// column of a relation, with the base columns whose values it holds.
type column struct {
	name string
	from []string
}

// item is one member of a FROM clause.
type item struct {
	alias   string
	columns []column
}

// scope is what an expression may name.
type scope struct {
	items  []item
	outer  *scope
	merged bool   // by USING, so that a star has fewer columns than the items
	window string // of the WINDOW clause, if an expression named it
}

// schema is the made-up trade whose tables all statements read and write.
func schema() map[string][]string {
	return map[string][]string{
		"trade.buyer":    {"buyer_id", "buyer_name", "buyer_mail", "town_id", "joined"},
		"trade.town":     {"town_id", "town_name", "region", "people"},
		"trade.bill":     {"bill_id", "buyer_id", "billed", "amount", "state"},
		"trade.bill_row": {"bill_id", "row_no", "ware_id", "pieces", "price"},
		"trade.ware":     {"ware_id", "ware_name", "kind_id", "cost", "weight"},
		"depot.kind":     {"kind_id", "kind_name", "parent_id"},
		"depot.stock":    {"ware_id", "town_id", "pieces", "counted"},
		"depot.haul":     {"haul_id", "ware_id", "town_from", "town_to", "pieces", "hauled"},
		"mart.sink":      {"sink_a", "sink_b", "sink_c", "sink_d"},
		"mart.tally":     {"tally_a", "tally_b", "tally_c"},
	}
}

var sources = []string{"trade.buyer", "trade.town", "trade.bill", "trade.bill_row", "trade.ware", "depot.kind", "depot.stock", "depot.haul"}

var sinks = []string{"mart.sink", "mart.tally"}

// maker writes one statement and keeps count of what it means.
type maker struct {
	grammar
	r      *rand.Rand
	tables map[string][]string
	read   map[string]bool
	named  []item // tables of WITH that may be named here
	serial int
}

func (m *maker) chance(percent int) bool { return m.r.IntN(100) < percent }

func (m *maker) fresh(prefix string) string {
	m.serial++
	return fmt.Sprintf("%s%d", prefix, m.serial)
}

func pick[T any](m *maker, list []T) T { return list[m.r.IntN(len(list))] }

// name writes one name, sometimes in quotes.
func (m *maker) name(s string) string {
	if m.quote == "" || !m.chance(10) {
		return s
	}
	return m.quote[:1] + s + m.quote[1:]
}

// path writes a name of several parts.
func (m *maker) path(s string) string {
	parts := strings.Split(s, ".")
	for i := range parts {
		parts[i] = m.name(parts[i])
	}
	return strings.Join(parts, ".")
}

// union merges sets of base columns.
func union(sets ...[]string) []string {
	all := slices.Concat(sets...)
	slices.Sort(all)
	return slices.Compact(all)
}

// baseTable is a table of the schema as a member of FROM.
func (m *maker) baseTable(table string) item {
	m.read[table] = true
	it := item{alias: m.fresh("t")}
	for _, c := range m.tables[table] {
		it.columns = append(it.columns, column{c, []string{table + "." + c}})
	}
	return it
}

// query writes a query of width columns, or of some if width is 0.
func (m *maker) query(depth, width int, outer *scope) (string, []column) {
	if depth > 0 && m.chance(15) {
		return m.set(depth-1, m.some(width), outer)
	}
	return m.selection(depth, width, outer)
}

// some is width, or a few if that is 0.
func (m *maker) some(width int) int {
	if width > 0 {
		return width
	}
	return 1 + m.r.IntN(4)
}

// set writes two queries with a set operator between them.
func (m *maker) set(depth, width int, outer *scope) (string, []column) {
	left, a := m.selection(depth, width, outer)
	right, b := m.selection(depth, width, outer)
	op := pick(m, []string{"UNION ALL", m.union, m.except, m.intersect})
	if op == "" {
		op = "UNION ALL"
	}
	if m.wrappedSet && m.chance(30) {
		right = "(" + right + ")"
	}
	out := slices.Clone(a)
	for i := range out {
		if op != m.except {
			out[i].from = union(out[i].from, b[i].from)
		}
	}
	return left + " " + op + " " + right, out
}

// selection writes one SELECT.
func (m *maker) selection(depth, width int, outer *scope) (string, []column) {
	s := &scope{outer: outer}
	from := m.from(s, depth)
	list, columns, group := m.list(s, depth, width)
	text := "SELECT " + list + " FROM " + from
	if m.chance(60) {
		text += " WHERE " + m.condition(s, depth)
	}
	if group != "" {
		text += " GROUP BY " + group
		if m.chance(30) {
			having, _ := m.value(s, 0)
			text += " HAVING max(" + having + ") > 3"
		}
	} else if m.qualify && m.chance(8) {
		by, _ := m.columnOf(s)
		text += " QUALIFY row_number() OVER (PARTITION BY " + by + " ORDER BY 1) = 1"
	}
	if s.window != "" {
		text += " WINDOW w AS (" + s.window + ")"
	}
	return text, columns
}

// list writes a select list: of plain values, of a group, or a star.
func (m *maker) list(s *scope, depth, width int) (text string, columns []column, group string) {
	if width == 0 && !s.merged && m.chance(20) {
		if text, columns = m.star(s); text != "" {
			return text, columns, ""
		}
	}
	var items, keys []string
	grouped := m.chance(25)
	for i := range m.some(width) {
		var value string
		var from []string
		switch {
		case grouped && i > 0:
			value, from = m.aggregate(s)
		case grouped:
			value, from = m.columnOf(s)
			keys = append(keys, value)
		default:
			value, from = m.selected(s, depth)
		}
		c := column{m.fresh("c"), from}
		columns = append(columns, c)
		items = append(items, value+" AS "+m.name(c.name))
	}
	if !grouped && m.chance(15) {
		items[0] = "DISTINCT " + items[0]
	}
	return strings.Join(items, ", "), columns, strings.Join(keys, ", ")
}

// star writes a star of all, or of one member of FROM, if no name would be
// there twice.
func (m *maker) star(s *scope) (text string, columns []column) {
	text = "*"
	items := s.items
	if m.chance(50) {
		items = []item{pick(m, items)}
		text = items[0].alias + ".*"
	}
	for _, it := range items {
		for _, c := range it.columns {
			if countName(items, c.name) > 1 {
				return "", nil
			}
			columns = append(columns, c)
		}
	}
	return text, columns
}

// selected writes a value of the select list.
func (m *maker) selected(s *scope, depth int) (string, []string) {
	if m.chance(12) {
		return m.window(s)
	}
	return m.value(s, depth)
}

func (m *maker) aggregate(s *scope) (string, []string) {
	if m.chance(10) {
		return "count(*)", nil
	}
	value, from := m.value(s, 0)
	text := pick(m, []string{"sum(", "min(", "max(", "avg(", "count(DISTINCT "}) + value + ")"
	if m.filter && m.chance(20) {
		text += " FILTER (WHERE " + m.condition(s, 0) + ")"
	}
	return text, from
}

func (m *maker) window(s *scope) (string, []string) {
	by, _ := m.columnOf(s)
	order, _ := m.columnOf(s)
	spec := "PARTITION BY " + by + " ORDER BY " + order + pick(m, []string{"", " DESC"})
	over := " OVER (" + spec + ")"
	if m.windows && s.window == "" && m.chance(20) {
		s.window, over = spec, " OVER w"
	}
	if m.chance(40) {
		return pick(m, []string{"row_number()", "rank()", "dense_rank()"}) + over, nil
	}
	value, from := m.value(s, 0)
	return pick(m, []string{"sum(", "max(", "first_value(", "lag("}) + value + ")" + over, from
}

// from writes the FROM clause and fills the scope.
func (m *maker) from(s *scope, depth int) string {
	text, first := m.member(depth)
	s.items = append(s.items, first)
	if m.nestedJoin && m.chance(8) {
		text = "(" + text + m.join(s, depth) + ")"
	}
	for m.chance(45) && len(s.items) < 4 {
		text += m.join(s, depth)
	}
	for m.chance(8) { // a comma binds least: no ON behind it may look before it
		right, it := m.member(depth)
		s.items = append(s.items, it)
		text += ", " + right
	}
	return text
}

// join writes one further member of a FROM clause.
func (m *maker) join(s *scope, depth int) string {
	if m.lateral != "" && depth > 0 && m.chance(15) {
		return m.lateralJoin(s, depth)
	}
	right, it := m.member(depth)
	left := s.items
	kinds := []string{" JOIN ", " INNER JOIN ", " LEFT JOIN ", " RIGHT JOIN ", " LEFT OUTER JOIN "}
	if m.fullJoin {
		kinds = append(kinds, " FULL JOIN ", " FULL OUTER JOIN ")
	}
	s.items = append(slices.Clip(s.items), it)
	if m.chance(10) {
		return " CROSS JOIN " + right
	}
	if shared := sharedName(left, it); m.using && shared != "" && m.chance(40) {
		s.merged = true
		return pick(m, kinds) + right + " USING (" + shared + ")"
	}
	a, _ := m.columnFrom(s, left)
	b, _ := m.columnFrom(s, []item{it})
	on := " ON " + a + " = " + b
	if m.chance(20) {
		on += " AND " + m.condition(s, 0)
	}
	return pick(m, kinds) + right + on
}

// sharedName is a column that the last item on the left, if it is the only one
// to have it, and the right item share.
func sharedName(left []item, right item) string {
	for _, c := range right.columns {
		if n := countName(left, c.name); n == 1 {
			return c.name
		}
	}
	return ""
}

func countName(items []item, name string) int {
	n := 0
	for _, it := range items {
		for _, c := range it.columns {
			if c.name == name {
				n++
			}
		}
	}
	return n
}

func (m *maker) lateralJoin(s *scope, depth int) string {
	text, columns := m.selection(depth-1, 1+m.r.IntN(2), s)
	it := item{m.fresh("l"), columns}
	s.items = append(slices.Clip(s.items), it)
	text = " " + m.lateral + " (" + text + ")" + m.tableAs + it.alias
	if m.lateral == "JOIN LATERAL" {
		text += " ON 1 = 1"
	}
	return text
}

// member writes a table, a table of WITH, or a subquery.
func (m *maker) member(depth int) (string, item) {
	switch {
	case len(m.named) > 0 && m.chance(50):
		c := pick(m, m.named)
		it := item{m.fresh("n"), c.columns}
		return c.alias + m.tableAs + it.alias, it
	case depth > 0 && m.chance(35):
		return m.derived(depth - 1)
	}
	table := pick(m, sources)
	it := m.baseTable(table)
	return m.path(table) + m.tableAs + it.alias, it
}

// derived writes a subquery of FROM, sometimes with WITH, a star around it, or
// other names for its columns.
func (m *maker) derived(depth int) (string, item) {
	known := m.named
	text, columns := m.withs(depth, m.innerWith && m.chance(15), func() (string, []column) { return m.query(depth, 0, nil) })
	m.named = known
	if m.chance(15) {
		text = "SELECT * FROM (" + text + ")" + m.tableAs + m.fresh("s")
	}
	it := item{m.fresh("d"), slices.Clone(columns)}
	text = "(" + text + ")" + m.tableAs + it.alias
	if m.aliasColumns && m.chance(20) {
		text += " (" + m.rename(it.columns) + ")"
	}
	return text, it
}

// rename gives columns other names and lists them.
func (m *maker) rename(columns []column) string {
	names := make([]string, len(columns))
	for i := range columns {
		columns[i].name = m.fresh("r")
		names[i] = columns[i].name
	}
	return strings.Join(names, ", ")
}

// withs writes a query behind WITH, if wanted.
func (m *maker) withs(depth int, wanted bool, query func() (string, []column)) (string, []column) {
	if !wanted {
		return query()
	}
	prefix := m.common(depth)
	text, columns := query()
	return prefix + text, columns
}

// common writes a WITH clause and makes its tables known.
func (m *maker) common(depth int) string {
	var list []string
	word := "WITH"
	for range 1 + m.r.IntN(2) {
		if m.with != "" && m.cteColumns && m.chance(20) {
			word = m.with
			list = append(list, m.recursive())
			continue
		}
		text, columns := m.query(depth, 0, nil)
		c := item{m.fresh("q"), slices.Clone(columns)}
		head := c.alias
		if m.cteColumns && m.chance(25) {
			head += " (" + m.rename(c.columns) + ")"
		}
		list = append(list, head+" AS ("+text+")")
		m.named = append(slices.Clip(m.named), c)
	}
	return word + " " + strings.Join(list, ", ") + " "
}

// recursive writes a table of WITH that reads itself: its first column is told
// anew in each round, its second stays.
func (m *maker) recursive() string {
	a, b := m.baseTable("depot.kind"), m.baseTable("depot.kind")
	c := item{m.fresh("q"), []column{
		{m.fresh("r"), []string{"depot.kind.kind_id"}},
		{m.fresh("r"), []string{"depot.kind.kind_name"}},
	}}
	m.named = append(slices.Clip(m.named), c)
	one, two := c.columns[0].name, c.columns[1].name
	return fmt.Sprintf("%s (%s, %s) AS (SELECT %s.kind_id, %s.kind_name FROM depot.kind%s%s UNION ALL SELECT %s.kind_id, z.%s FROM depot.kind%s%s JOIN %s%sz ON %s.parent_id = z.%s)",
		c.alias, one, two, a.alias, a.alias, m.tableAs, a.alias, b.alias, two, m.tableAs, b.alias, c.alias, m.tableAs, b.alias, one)
}
