package sqllineage

import "strings"

// session is what one statement of a script leaves for the next ones:
// defaults, tables made on the way, variables.
type session struct {
	*traits
	o       *Options
	db      string
	space   string
	made    map[string]*madeTable // by printed name
	columns int                   // that statements took from the limit
	short   map[string]string     // last part of a temporary table -> printed name
	vars    map[string][]Input
	texts   map[string]string         // of variables that hold SQL
	rows    map[string][]OutputColumn // of row variables and cursors
	locals  map[string]bool           // variables that are written without a sign
	last    []OutputColumn
	events  []event
	views   map[string][]string // columns of views that were read from their text
	depth   int                 // of views in views
	trigger []ident             // see parser.trigger

	synonyms  map[string][]string    // full name -> the parts of what it means
	functions map[string]routineText // that the script makes, by full name
}

// madeTable is a table that the script itself made.
type madeTable struct {
	columns []string
	temp    bool
	gone    bool
}

// qualify fills the parts that a name lacks from the defaults.
func (s *session) qualify(parts []string) []string {
	if len(parts) == 0 {
		return parts
	}
	last := parts[len(parts)-1]
	if s.private(last) {
		return parts[len(parts)-1:]
	}
	if len(parts) == 1 || len(parts) == 2 && s.tempSchema != "" && parts[0] == s.tempSchema {
		if full, ok := s.short[last]; ok {
			return splitName(full)
		}
	}
	switch {
	case len(parts) == 1 && s.space != "" && s.db != "":
		return []string{s.db, s.space, last}
	case len(parts) == 1 && s.space != "":
		return []string{s.space, last}
	case len(parts) == 1 && s.db != "" && s.twoParts:
		return []string{s.db, last}
	case len(parts) == 2 && s.db != "" && s.space != "" || len(parts) == 2 && s.db != "" && !s.twoParts:
		return []string{s.db, parts[0], last}
	case len(parts) == 3 && parts[1] == "" && s.space != "":
		return []string{parts[0], s.space, last}
	}
	return parts
}

// private reports whether a name by itself belongs to the session: #t, @t.
func (s *session) private(name string) bool {
	return s.hashNames && name != "" && (name[0] == '#' || name[0] == '@')
}

func splitName(s string) []string { return strings.Split(s, ".") }

// schema is what is known of a table: from the script itself, else from the
// caller.
func (s *session) schema(parts []string) (Table, bool) {
	if len(s.made) > 0 {
		if m, ok := s.made[joinName(parts)]; ok && !m.gone {
			return Table{Name: parts, Columns: m.columns}, len(m.columns) > 0
		}
	}
	if s.o.Schemas == nil {
		return Table{}, false
	}
	t, ok := s.o.Schemas.Table(parts)
	if ok && len(t.Columns) == 0 && t.SQL != "" {
		t.Columns = s.viewColumns(&t)
	}
	return t, ok
}

// viewColumns is the columns of a view of which only the text is known. What
// was found is remembered for the whole request, and a view that reads itself
// has none.
func (s *session) viewColumns(t *Table) []string {
	name := joinName(t.Name)
	if s.views == nil {
		s.views = map[string][]string{}
	}
	if columns, ok := s.views[name]; ok || s.depth >= maxNesting {
		return columns
	}
	s.views[name] = nil
	e := engines.Get().(*engine)
	defer e.release()
	e.start(s.traits, t.SQL, *s.o)
	e.session.views, e.session.depth, e.session.columns = s.views, s.depth+1, s.columns
	e.run()
	e.resolver.settleColumns()
	s.columns = e.session.columns
	if e.answer.cutShort() {
		return nil
	}
	var columns []string
	for _, c := range e.answer.Columns {
		if c.Output.Column == "*" {
			return nil
		}
		columns = append(columns, c.Output.Column)
	}
	s.views[name] = columns
	return columns
}

// has reports whether a schema or the script knows a table by one name.
func (s *session) has(name string) bool {
	_, ok := s.schema([]string{name})
	return ok
}

// variable is what flows out of a variable.
func (s *session) variable(id ident) []Input {
	if len(s.vars) == 0 {
		return nil
	}
	return s.vars[variableKey(id)]
}

// isVariable reports whether the script declared id.
func (s *session) isVariable(id ident) bool {
	_, ok := s.vars[variableKey(id)]
	return ok
}

func variableKey(id ident) string { return strings.TrimLeft(toLower(id.text), "@$:") }

// set makes a variable known, with what flows into it.
func (s *session) set(id ident, inputs []Input) {
	if s.vars == nil {
		s.vars = map[string][]Input{}
	}
	s.vars[variableKey(id)] = inputs
}

// local makes id a variable that is written like a column.
func (s *session) local(id ident) {
	if id.empty() || strings.IndexByte("@$:", id.text[0]) >= 0 {
		return
	}
	if s.locals == nil {
		s.locals = map[string]bool{}
	}
	s.locals[toLower(id.text)] = true
}

// isLocal reports whether id is such a variable.
func (s *session) isLocal(id ident) bool { return len(s.locals) > 0 && s.locals[toLower(id.text)] }

// text keeps the text that a variable holds; "" is none.
func (s *session) text(id ident, text string) {
	if s.texts == nil {
		s.texts = map[string]string{}
	}
	s.texts[variableKey(id)] = text
}

// row makes a variable or cursor hold rows of a query.
func (s *session) row(id ident, columns []OutputColumn) {
	if s.rows == nil {
		s.rows = map[string][]OutputColumn{}
	}
	s.rows[variableKey(id)] = columns
}

// field is what flows out of a column of a row variable.
func (s *session) field(row, name string) ([]Input, bool) {
	columns, ok := s.rows[row]
	for _, c := range columns {
		if c.Output.Column == name {
			return c.Inputs, true
		}
		if c.Output.Column == "*" {
			return throughStars(c.Inputs, name), true
		}
	}
	return nil, ok
}

// throughStars is column name of the tables that the stars among inputs stand for.
func throughStars(inputs []Input, name string) []Input {
	var list []Input
	for _, in := range inputs {
		if in.Column == "*" {
			in.Column = name
			list = append(list, in)
		}
	}
	return list
}

// lastResult is what the statement before returned.
func (s *session) lastResult(r *resolver) *result {
	if s.last == nil {
		return nil
	}
	res := &result{}
	for _, c := range s.last {
		base := len(r.scratch)
		for _, in := range c.Inputs {
			r.scratch = append(r.scratch, r.originOf(in))
		}
		res.add(column{name: c.Output.Column, set: r.keep(base)})
	}
	return res
}

// learn takes in what a statement did to the session.
func (s *session) learn(st *stmt, r *resolver, answer *Statement) {
	if st.use != nil {
		if st.use.db != "" {
			s.db, s.space = st.use.db, st.use.schema
		} else {
			s.space = st.use.schema
		}
	}
	if st.synonym != nil {
		if s.synonyms == nil {
			s.synonyms = map[string][]string{}
		}
		s.synonyms[joinName(s.qualify(s.folded(st.synonym[0])))] = s.qualify(s.folded(st.synonym[1]))
	}
	if answer.Outcome == Failed {
		return
	}
	for _, t := range st.targets {
		s.learnTable(st, t, r, answer)
	}
	if st.kind == KindSelect && len(st.assignTo) == 0 {
		s.assigned(answer)
		s.last = answer.Columns
	}
	for i, v := range st.assignTo {
		if i < len(answer.Columns) {
			s.set(v, answer.Columns[i].Inputs)
		}
	}
	if len(st.assignTo) > 0 {
		if len(st.assignTo) == 1 && len(answer.Columns) > 1 {
			s.row(st.assignTo[0], answer.Columns)
		}
		answer.Columns = []OutputColumn{}
	}
	if st.kind == KindDrop {
		for _, name := range answer.Outputs {
			s.forget(name)
			s.events = append(s.events, event{kind: eventDrop, statement: answer.Index, a: name})
		}
	}
	for _, pair := range st.renames {
		a, b := r.tables[r.table(pair[0].name, false)].name, r.tables[r.table(pair[1].name, false)].name
		s.rename(a, b)
		s.events = append(s.events, event{kind: eventRename, statement: answer.Index, a: a, b: b})
	}
	if st.swap && st.rename != nil && len(st.drops) > 0 {
		a, b := r.tables[r.table(st.drops[0].name, false)].name, r.tables[r.table(st.rename.name, false)].name
		s.swap(a, b)
		s.events = append(s.events, event{kind: eventSwap, statement: answer.Index, a: a, b: b})
	}
}

// assigned takes SELECT @a = x: what looks like a column is a variable.
func (s *session) assigned(answer *Statement) {
	if !s.optionalSemi {
		return
	}
	kept := answer.Columns[:0]
	for _, c := range answer.Columns {
		if name := c.Output.Column; name != "" && name[0] == '@' {
			s.set(ident{text: name}, c.Inputs)
			continue
		}
		kept = append(kept, c)
	}
	answer.Columns = kept
}

// learnTable keeps the columns of a table that a statement makes.
func (s *session) learnTable(st *stmt, t *target, r *resolver, answer *Statement) {
	switch st.kind {
	case KindCreateTable, KindCreateTableAs, KindCreateView, KindCreateMaterializedView, KindClone:
	default:
		return
	}
	if t.path || len(t.name) == 0 {
		return
	}
	name := r.tables[r.table(t.name, false)].name
	m := &madeTable{temp: t.temp}
	for _, c := range st.columns {
		m.columns = append(m.columns, r.foldColumn(c.name))
	}
	if st.query != nil || st.source != nil {
		if len(t.cols) == 0 || st.query == nil {
			m.columns = m.columns[:0]
		}
		seen := map[string]bool{}
		for _, column := range m.columns {
			seen[column] = true
		}
		for _, c := range answer.Columns {
			if c.Output.Table == nil || *c.Output.Table != name {
				continue
			}
			if c.Output.Column == "*" {
				m.columns = nil
				break
			}
			if !seen[c.Output.Column] {
				seen[c.Output.Column] = true
				m.columns = append(m.columns, c.Output.Column)
			}
		}
	}
	if st.like != nil {
		m.columns = nil
		for _, c := range r.tables[r.table(st.like.name, false)].result.columns {
			if !c.star {
				m.columns = append(m.columns, c.name)
			}
		}
	}
	if s.made == nil {
		s.made, s.short = map[string]*madeTable{}, map[string]string{}
	}
	s.made[name] = m
	s.events = append(s.events, event{kind: eventMake, statement: answer.Index, a: name, temp: t.temp})
	if t.temp && len(t.name) <= 2 {
		s.short[name[strings.LastIndexByte(name, '.')+1:]] = name
	}
}

func (s *session) forget(name string) {
	delete(s.made, name)
	delete(s.short, name[strings.LastIndexByte(name, '.')+1:])
}

func (s *session) rename(from, to string) {
	if m, ok := s.made[from]; ok {
		delete(s.made, from)
		s.made[to] = m
	}
}

// swap exchanges what is known of two tables.
func (s *session) swap(a, b string) {
	ma, mb := s.made[a], s.made[b]
	delete(s.made, a)
	delete(s.made, b)
	if s.made == nil {
		return
	}
	if ma != nil {
		s.made[b] = ma
	}
	if mb != nil {
		s.made[a] = mb
	}
}
