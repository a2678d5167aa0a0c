package sqllineage

// outcome of resolving one statement: what it writes or returns.
type written struct {
	table  int32 // -1: the result of a bare SELECT
	column column
}

// flow collects the output columns of one statement.
type flow struct {
	list []written
	at   map[columnKey]int // set when several branches write one column
}

// put adds what flows into a column. Branches that write the same column make
// one entry.
func (r *resolver) put(table int32, c column) {
	if r.flow.at != nil {
		key := columnKey{table, c.name}
		if i, ok := r.flow.at[key]; ok {
			r.flow.list[i].column.set = r.mergeSets(r.flow.list[i].column.set, c.set)
			return
		}
		r.flow.at[key] = len(r.flow.list)
	}
	r.flow.list = append(r.flow.list, written{table, c})
}

// branches makes put merge what several branches write.
func (r *resolver) branches() {
	if r.flow.at == nil {
		r.flow.at = map[columnKey]int{}
	}
}

// statement resolves a statement as a whole, seen from inside of sc.
func (r *resolver) statement(s *stmt, sc *scope) {
	if s.with != nil {
		sc = r.withScope(s.with, sc)
	}
	for _, t := range s.drops {
		r.output(t)
	}
	for _, pair := range s.renames {
		r.output(pair[0])
		r.output(pair[1])
	}
	if s.rename != nil {
		r.output(s.rename)
	}
	switch s.kind {
	case KindSelect:
		r.bare(r.query(s.query, sc))
	case KindInsert, KindInsertOverwrite:
		r.insert(s, sc)
	case KindUpdate:
		r.update(s, sc)
	case KindDelete:
		r.delete(s, sc)
	case KindMerge:
		r.mergeInto(s, sc)
	default:
		r.creation(s, sc)
	}
	r.reads(s.exprs, sc, subFilter)
	for _, v := range s.sets {
		r.value(v.value, sc)
	}
}

// bare is the result of a SELECT that stands alone.
func (r *resolver) bare(res *result) {
	for _, c := range res.columns {
		r.put(-1, c)
	}
}

// output is the number of a table that is written.
func (r *resolver) output(t *target) int32 {
	id := r.table(t.name, t.path)
	r.tables[id].written = true
	return id
}

// creation resolves CREATE … AS, views, clones, COPY and UNLOAD.
func (r *resolver) creation(s *stmt, sc *scope) {
	var res *result
	switch {
	case s.query != nil:
		res = r.query(s.query, sc)
	case s.text != "":
		res = r.textResult(s.text, s.start, s.end)
	case s.source != nil:
		res = r.sourceResult(s)
	case len(s.paths) > 0:
		res = r.pathResult(s.paths)
	}
	if len(s.targets) == 0 && res != nil && len(s.drops) == 0 {
		r.bare(res)
	}
	for _, t := range s.targets {
		id := r.output(t)
		if res != nil {
			r.fill(id, t, res)
		}
	}
}

// sourceResult is all columns of the table that a statement copies.
func (r *resolver) sourceResult(s *stmt) *result {
	id := r.table(s.source.name, s.source.path)
	r.tables[id].read = true
	res := r.tables[id].result
	if len(s.source.cols) > 0 {
		res = r.picked(id, s.source.cols)
	}
	for i := range res.columns {
		r.emit(res.columns[i].set, use{sub: subIdentity}, false)
	}
	return res
}

// picked is some columns of a table.
func (r *resolver) picked(id int32, cols []ident) *result {
	res := &result{}
	rel := &relation{result: r.tables[id].result, table: id}
	for _, c := range cols {
		set, _ := r.member(rel, c, "")
		res.add(column{name: r.foldColumn(c), set: set})
	}
	return res
}

// pathResult is whatever is in files.
func (r *resolver) pathResult(paths []string) *result {
	base := len(r.scratch)
	for _, p := range paths {
		id := r.table([]ident{{text: p, quoted: true}}, true)
		r.tables[id].read = true
		r.scratch = append(r.scratch, r.tables[id].result.columns[0].set...)
	}
	res := &result{}
	res.add(column{name: "*", star: true, set: r.keep(base)})
	return res
}

// fill maps the columns of res to those of a target: by its list, else by its
// schema, else by their own names.
func (r *resolver) fill(id int32, t *target, res *result) {
	names := r.targetNames(id, t, res)
	if names == nil && res.unnamed {
		return
	}
	for i, c := range res.columns {
		if c.star && names != nil && i < len(names) && len(res.columns) == 1 && r.tables[r.cols[firstColumn(c.set)].table].path {
			for _, n := range names { // a file: nobody knows its columns, each may hold any
				c.name, c.star = n, false
				r.put(id, c)
			}
			return
		}
		if names != nil && !c.star && res.starsBefore(i) == 0 {
			if i >= len(names) {
				r.note(ArityMismatch, Warning, c.start, c.end, r.tables[id].name)
				break
			}
			c.name = names[i]
		}
		r.put(id, c)
	}
	for _, p := range t.parts {
		if p.value != nil {
			r.put(id, column{name: r.foldColumn(p.cols[0][0]), start: p.start, end: p.end})
		}
	}
}

func firstColumn(set []origin) int32 {
	if len(set) == 0 {
		return 0
	}
	return set[0].column()
}

// starsBefore counts the stars left of column i: behind one, places are not
// known.
func (res *result) starsBefore(i int) int {
	if res.stars == 0 {
		return 0
	}
	n := 0
	for _, c := range res.columns[:i] {
		if c.star {
			n++
		}
	}
	return n
}

// targetNames is what the columns of a target are called, in the order in
// which a query fills them, or nil when its own names count.
func (r *resolver) targetNames(id int32, t *target, res *result) []string {
	if len(t.cols) > 0 {
		names := make([]string, len(t.cols))
		for i, c := range t.cols {
			names[i] = r.foldColumn(c)
		}
		return r.withPartitions(names, t)
	}
	if !r.inserting || !r.tables[id].known {
		return r.dynamicNames(t, res)
	}
	var names []string
	for _, c := range r.tables[id].result.columns {
		if !partitioned(t, c.name, r) {
			names = append(names, c.name)
		}
	}
	return r.withPartitions(names, t)
}

// partitioned reports whether a column is in the PARTITION list.
func partitioned(t *target, name string, r *resolver) bool {
	for _, p := range t.parts {
		if r.foldColumn(p.cols[0][0]) == name {
			return true
		}
	}
	return false
}

// withPartitions adds the partition columns that the query fills, which come
// last.
func (r *resolver) withPartitions(names []string, t *target) []string {
	for _, p := range t.parts {
		if p.value == nil && !contains(names, r.foldColumn(p.cols[0][0])) {
			names = append(names, r.foldColumn(p.cols[0][0]))
		}
	}
	return names
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// dynamicNames names the last columns of a query after the partitions that
// they fill.
func (r *resolver) dynamicNames(t *target, res *result) []string {
	var dynamic []string
	for _, p := range t.parts {
		if p.value == nil {
			dynamic = append(dynamic, r.foldColumn(p.cols[0][0]))
		}
	}
	if len(dynamic) == 0 || res.stars > 0 || len(dynamic) > len(res.columns) {
		return nil
	}
	names := make([]string, len(res.columns))
	for i := range names {
		names[i] = res.columns[i].name
		if k := i - (len(names) - len(dynamic)); k >= 0 {
			names[i] = dynamic[k]
		}
	}
	return names
}

// insert resolves INSERT in all its forms.
func (r *resolver) insert(s *stmt, sc *scope) {
	r.inserting = true
	defer func() { r.inserting = false }()
	if len(s.arms) > 0 {
		r.insertMany(s, sc)
		return
	}
	var res *result
	switch {
	case s.query != nil:
		res = r.query(s.query, sc)
	case s.source != nil:
		res = r.sourceResult(s)
	case len(s.paths) > 0:
		res = r.pathResult(s.paths)
	}
	for _, t := range s.targets {
		id := r.output(t)
		switch {
		case res != nil && len(s.upserts) > 0:
			r.branches()
			r.fillBy(id, t, res, s.byName)
			r.upsert(s, id, t, sc)
		case res != nil:
			r.fillBy(id, t, res, s.byName)
		default:
			r.insertSet(s, id, t, sc)
		}
		if len(s.upserts) == 0 {
			r.clauses(s.clauses, r.targetScope(id, t, sc))
		}
		r.returnable = r.targetScope(id, t, sc)
	}
	r.outputInto(s, sc)
}

func (r *resolver) clauses(list []clause, sc *scope) {
	for _, c := range list {
		r.reads(c.exprs, sc, c.use)
	}
}

// fillBy is fill, or by name where the statement says so.
func (r *resolver) fillBy(id int32, t *target, res *result, byName bool) {
	if !byName {
		r.fill(id, t, res)
		return
	}
	for _, c := range res.columns {
		r.put(id, c)
	}
}

// insertSet is INSERT INTO t SET a = 1, b = a + 1: a value sees the columns that
// were set before it.
func (r *resolver) insertSet(s *stmt, id int32, t *target, sc *scope) {
	row := &relation{result: &result{}, table: -1}
	inner := &scope{parent: sc, relations: []*relation{row}}
	for _, a := range s.assigns {
		from := len(r.flow.list)
		r.assign(a, inner, func(ident) int32 { return id }, nil)
		for _, w := range r.flow.list[from:] {
			row.result.add(w.column)
		}
	}
	if len(s.upserts) > 0 {
		r.branches()
		r.upsert(s, id, t, sc)
	}
}

// targetScope sees the target under its name and alias.
func (r *resolver) targetScope(id int32, t *target, sc *scope) *scope {
	ref := &r.tables[id]
	rel := &relation{table: id, parts: ref.parts, result: ref.result}
	if len(t.name) > 0 {
		rel.alias = r.foldColumn(t.name[len(t.name)-1])
	}
	if !t.alias.empty() {
		rel.alias = r.foldColumn(t.alias)
	}
	return &scope{parent: sc, relations: []*relation{rel}}
}

// upsert resolves what ON CONFLICT and ON DUPLICATE KEY assign. The row that
// was to be inserted is excluded.x, VALUES(x) or an alias of its own.
func (r *resolver) upsert(s *stmt, id int32, t *target, sc *scope) {
	row := &result{any: true} // a column that is not given has its default
	for _, w := range r.flow.list {
		if w.table == id {
			row.add(w.column)
		}
	}
	inner := r.targetScope(id, t, sc)
	alias := "excluded"
	if !s.rowAlias.empty() {
		alias = r.foldColumn(s.rowAlias)
	}
	offered := &relation{alias: alias, table: -1, result: r.renamed(row, s.rowCols)}
	if len(s.rowCols) > 0 { // their names are seen without the alias too
		inner.relations = append(inner.relations, offered)
	} else {
		inner.parent = &scope{parent: sc, relations: []*relation{offered}}
	}
	if q := s.query; r.dashNeedsSpace && q != nil && q.sel != nil && q.with == nil { // MySQL sees the tables of the query, too
		source := &scope{parent: inner.parent}
		r.from(q.sel.from, source)
		inner.parent = source
	}
	r.inserted = row
	for _, a := range s.upserts {
		r.assign(a, inner, func(ident) int32 { return id }, &id)
	}
	r.clauses(s.clauses, inner)
	r.inserted = nil
}

// assign puts what one assignment writes. home finds the table of a column by
// its qualifier; own is the table whose old values make it an input.
func (r *resolver) assign(a assign, sc *scope, home func(ident) int32, own *int32) {
	sets := r.assigned(a, sc)
	for i, name := range a.cols {
		if len(name) == 0 || name[0].text != "" && name[0].text[0] == '@' {
			continue
		}
		qualifier := ident{}
		if len(name) > 1 {
			qualifier = name[len(name)-2]
		}
		id := home(qualifier)
		if id < 0 {
			continue
		}
		col := name[len(name)-1]
		if len(name) > 1 && !r.names(qualifier, sc) { // a field of a struct column
			col = name[0]
		}
		set := sets[min(i, len(sets)-1)]
		if a.adds {
			old, _ := r.member(&relation{result: r.tables[id].result, table: id}, col, "")
			r.emit(old, use{sub: subTransformation}, false)
			set = r.mergeSets(retyped(set, subTransformation), retyped(old, subTransformation))
		}
		c := column{name: r.foldColumn(col), set: set, start: a.start, end: a.end}
		if a.value != nil {
			c.start, c.end = a.value.start, a.value.end
		}
		if own != nil {
			r.readsOwn(set)
		}
		r.put(id, c)
	}
}

// names reports whether a qualifier is a relation in sight.
func (r *resolver) names(q ident, sc *scope) bool {
	name := r.foldColumn(q)
	for s := sc; s != nil; s = s.parent {
		for _, rel := range s.relations {
			if rel.alias == name || len(rel.parts) > 0 && rel.parts[len(rel.parts)-1] == r.foldTable(q) {
				return true
			}
		}
	}
	return false
}

// readsOwn makes a written table an input when one of its values flows.
func (r *resolver) readsOwn(set []origin) {
	for _, o := range set {
		if t := r.cols[o.column()].table; o.sub().direct() {
			r.tables[t].read = true
		}
	}
}

// assigned is the values of an assignment: one, or one for each column.
func (r *resolver) assigned(a assign, sc *scope) [][]origin {
	e := a.value
	if len(a.cols) < 2 || e == nil {
		return [][]origin{r.value(e, sc)}
	}
	for e.kind == xOp && e.class == opParens && len(e.args) == 1 {
		e = e.args[0]
	}
	var sets [][]origin
	switch e.kind {
	case xSub:
		res := r.query(e.more.query, sc)
		for _, c := range res.columns {
			r.emit(c.set, use{sub: subIdentity}, false)
			sets = append(sets, c.set)
		}
	case xRow:
		for _, x := range e.args {
			sets = append(sets, r.value(x, sc))
		}
	case xCall: // ROW (a, b)
		for _, x := range e.args {
			sets = append(sets, r.value(x, sc))
		}
	}
	if len(sets) == 0 {
		sets = append(sets, r.value(e, sc))
	}
	return sets
}

// insertMany is INSERT ALL of Oracle and Snowflake, and Hive's FROM t INSERT
// … INSERT ….
func (r *resolver) insertMany(s *stmt, sc *scope) {
	inner := &scope{parent: sc}
	var source *result
	if s.query != nil {
		source = r.query(s.query, sc)
		inner.relations = []*relation{{table: -1, result: source}}
	}
	r.from(s.from, inner)
	for _, a := range s.arms {
		id := r.output(a.target)
		r.read(a.cond, inner, subFilter)
		switch {
		case a.query != nil:
			r.shared = inner
			r.fill(id, a.target, r.query(a.query, inner))
		case len(a.values) > 0:
			res := &result{}
			for i, v := range a.values {
				res.add(column{name: r.unaliased(v, i), set: r.value(v, inner), start: v.start, end: v.end})
			}
			r.fill(id, a.target, res)
		case source != nil:
			r.fill(id, a.target, source)
		}
	}
}
