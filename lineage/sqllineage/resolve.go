package sqllineage

import "strings"

// resolver finds what every name of one statement means.
type resolver struct {
	*traits
	p           *parser
	o           *Options
	session     *session
	tables      []tableRef
	byName      map[string]int32
	cols        []columnRef
	byCol       map[columnKey]int32
	paths       []string
	byPath      map[string]int
	joins       []joinPair
	steps       int // left of the budget
	edges       int
	columnsLeft int // left of the limit of columns that the text does not write one by one
	granted     int // columns at the beginning
	tableSizes  int // left of the limit of columns of known tables
	scratch     []origin
	sets        lists[origin]
	columnLists lists[column]
	depth       int
	spent       bool
	flow        flow
	steering    subtype             // what a query in a clause is read for, when not for its value
	shared      *scope              // the FROM that the query to come has in common with others
	expanding   []string            // bodies of functions that are being expanded
	arguments   map[string][]origin // of the innermost of them
	columnsAt   *expr               // COLUMNS(…) that stands for columnsNow
	columnsNow  *column
	rules       [exprKinds]exprRule
	fromRules   [fromKinds]fromRule
	returnable  *scope  // what RETURNING of the newest change sees
	silent      bool    // what is walked is not read: its fields may be, later
	inserting   bool    // a target's schema names what a query fills
	inserted    *result // the row that VALUES(x) means in ON DUPLICATE KEY UPDATE
}

// tableRef is a table that the statement names.
type tableRef struct {
	name    string
	parts   []string
	result  *result
	read    bool
	written bool
	path    bool
	known   bool
	out     *string // name, once it was printed
}

// columnRef is a column of a table with the ways in which it is read.
type columnRef struct {
	table int32
	name  string
	uses  subtype
}

type columnKey struct {
	table int32
	name  string
}

type joinPair struct{ left, right int32 }

// reset readies the resolver for the next statement.
func (r *resolver) reset(tokens int) {
	r.tables, r.cols, r.joins = r.tables[:0], r.cols[:0], r.joins[:0]
	r.byName, r.byCol, r.byPath = emptied(r.byName), emptied(r.byCol), emptied(r.byPath)
	r.paths = append(r.paths[:0], "")
	r.steps = r.o.Limits.StepsPerToken*tokens + 1000
	r.edges, r.depth, r.spent = 0, 0, false
	r.grantColumns()
	r.flow.list, r.flow.at = r.flow.list[:0], nil
	r.scratch = r.scratch[:0]
	r.sets.reset()
	r.columnLists.reset()
	r.inserting, r.inserted, r.returnable, r.steering = false, nil, nil, 0
}

// emptied clears a map, or gives a new one where a huge statement blew it up:
// clearing costs by capacity.
func emptied[K comparable, V any](m map[K]V) map[K]V {
	if len(m) > 2_000 {
		return map[K]V{}
	}
	clear(m)
	return m
}

// step takes one from the budget and reports whether there was one left.
func (r *resolver) step() bool {
	if r.steps--; r.steps >= 0 {
		return true
	}
	if !r.spent {
		r.spent = true
		r.p.note(StepLimit, Warning, r.p.pos, r.p.pos)
	}
	return false
}

// grantColumns sets the limit of columns for the next statement: what is left of
// that of the request, to which few columns do not count.
func (r *resolver) grantColumns() {
	r.settleColumns()
	most := r.o.Limits.Columns
	r.granted = min(most, max(0, 4*most-r.session.columns))
	r.columnsLeft, r.tableSizes = r.granted, 10*most
}

// cutShort reports whether a limit left columns out.
func (s *Script) cutShort() bool {
	for i := range s.Statements {
		for _, d := range s.Statements[i].Diagnostics {
			if d.Code == ColumnLimit || d.Code == StepLimit || d.Code == DepthLimit {
				return true
			}
		}
	}
	return false
}

// settleColumns adds what the last statement used to the sum of the request.
func (r *resolver) settleColumns() {
	if used := r.granted - r.columnsLeft; used > r.o.Limits.Columns/100 {
		r.session.columns += used
	}
	r.granted = r.columnsLeft
}

// widen takes n columns from the limit and reports whether they were left.
func (r *resolver) widen(n int) bool {
	if r.columnsLeft -= n; r.columnsLeft >= 0 {
		return true
	}
	r.columnsLeft = 0
	r.note(ColumnLimit, Warning, 0, 0, "")
	return false
}

// note adds a diagnostic about a range of the text.
func (r *resolver) note(code Code, severity Severity, start, end int32, words string) {
	if len(r.p.diags) >= maxDiagnostics {
		return
	}
	for _, d := range r.p.diags {
		if d.code == code && d.words == words {
			return
		}
	}
	r.p.diags = append(r.p.diags, finding{code: code, severity: severity, start: start, end: end, words: words})
}

// table is the number of a table by the name as written.
func (r *resolver) table(name []ident, path bool) int32 {
	var buf [4]string
	parts := buf[:0]
	if !path && isFormatPath(name) {
		name, path = name[1:], true
	}
	for _, id := range name {
		if path {
			parts = append(parts, id.text)
		} else {
			parts = append(parts, r.foldTable(id))
		}
	}
	if !path {
		parts = r.session.qualify(parts)
		if means, ok := r.session.synonyms[joinName(parts)]; ok {
			parts = means
		}
	}
	return r.intern(parts, path)
}

// isFormatPath reports whether a name is a path behind its format, as in
// parquet.`/data/x`.
func isFormatPath(name []ident) bool {
	return len(name) == 2 && name[1].quoted && fileFormats.has(name[0].text) && strings.IndexByte(name[1].text, '/') >= 0
}

// intern is the number of a table by its folded and qualified parts.
func (r *resolver) intern(parts []string, path bool) int32 {
	printed := joinName(parts)
	if id, ok := r.byName[printed]; ok {
		return id
	}
	asked := printed
	ref := tableRef{name: printed, path: path}
	var known Table
	if !path {
		known, ref.known = r.session.schema(parts)
		if ref.known && len(known.Name) > len(parts) {
			ref.name = r.canonical(known.Name, parts)
		}
	}
	if id, ok := r.byName[ref.name]; ok {
		r.byName[asked] = id
		return id
	}
	id := int32(len(r.tables))
	ref.parts = append([]string(nil), parts...)
	r.tables = append(r.tables, ref)
	r.byName[asked], r.byName[ref.name] = id, id
	r.tables[id].result = r.tableResult(id, known, ref.known)
	return id
}

// canonical puts the leading parts that a schema knows before a shorter name.
func (r *resolver) canonical(full, parts []string) string {
	all := make([]string, 0, len(full))
	for _, s := range full[:len(full)-len(parts)] {
		all = append(all, r.fold(r.traits.tables, ident{text: s, quoted: r.traits.tables != foldAll}))
	}
	return joinName(append(all, parts...))
}

// tableResult is the columns of a base table; a table that is not known has
// one star.
func (r *resolver) tableResult(id int32, t Table, known bool) *result {
	res := &result{}
	if r.tableSizes -= len(t.Columns); r.tableSizes < 0 {
		known = false
		r.note(ColumnLimit, Warning, 0, 0, "")
	}
	if !known || len(t.Columns) == 0 {
		r.tables[id].known = false
		res.add(column{name: "*", star: true, set: []origin{makeOrigin(r.column(id, "*"), subIdentity)}})
		return res
	}
	res.columns = r.columnLists.make(len(t.Columns))
	sets := r.sets.make(len(t.Columns))
	for i, name := range t.Columns {
		name = r.stored(name)
		sets[i] = makeOrigin(r.newColumn(id, name), subIdentity)
		res.columns[i] = column{name: name, set: sets[i : i+1 : i+1]}
		if i < len(t.Types) && nestedType(t.Types[i]) {
			res.columns[i].typ = t.Types[i]
		}
	}
	return res
}

// column is the number of a column of a table.
func (r *resolver) column(table int32, name string) int32 {
	if r.tables[table].known {
		if c := r.tables[table].result.find(name); c != nil {
			return c.set[0].column()
		}
	}
	key := columnKey{table, name}
	if id, ok := r.byCol[key]; ok {
		return id
	}
	id := r.newColumn(table, name)
	r.byCol[key] = id
	return id
}

func (r *resolver) newColumn(table int32, name string) int32 {
	r.cols = append(r.cols, columnRef{table: table, name: name})
	return int32(len(r.cols) - 1)
}

// path is the number of a path below a column; 0 is none.
func (r *resolver) path(s string) int {
	if s == "" {
		return 0
	}
	if id, ok := r.byPath[s]; ok {
		return id
	}
	if len(r.paths) > pathMask {
		return 0
	}
	r.paths = append(r.paths, s)
	r.byPath[s] = len(r.paths) - 1
	return len(r.paths) - 1
}

// below is set with path p below each of its columns.
func (r *resolver) below(set []origin, p string) []origin {
	if p == "" {
		return set
	}
	r.steps -= len(set) / 4
	out := make([]origin, len(set))
	for i, o := range set {
		out[i] = o
		if o.sub().direct() {
			out[i] = o.withPath(r.path(joinPath(r.paths[o.path()], p)))
		}
	}
	return tidy(out)
}

// emit records that the columns of set are read as u, and gathers them in
// scratch when they are to become part of a value.
func (r *resolver) emit(set []origin, u use, gather bool) {
	for _, o := range set {
		o = u.apply(o)
		sub := o.sub()
		if r.steering != 0 && sub.direct() {
			sub = r.steering
		}
		if !r.silent {
			r.cols[o.column()].uses |= sub
		}
		if gather {
			r.scratch = append(r.scratch, o)
		}
	}
	r.steps -= len(set) / 4
}

// keep moves what was gathered since base into a set of its own.
func (r *resolver) keep(base int) []origin {
	set := r.sets.copy(tidy(r.scratch[base:]))
	r.scratch = r.scratch[:base]
	return set
}
