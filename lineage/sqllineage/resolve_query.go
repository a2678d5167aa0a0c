package sqllineage

// query is the columns of a query, seen from inside of parent.
func (r *resolver) query(q *query, parent *scope) *result {
	if q == nil || !r.step() {
		return &result{}
	}
	if r.depth++; r.depth > r.o.Limits.Depth {
		r.depth--
		r.note(DepthLimit, Warning, q.start, q.start, "")
		return &result{}
	}
	defer func() { r.depth-- }()
	if q.with != nil {
		parent = r.withScope(q.with, parent)
		defer r.unusedValues(parent)
	}
	switch {
	case len(q.branches) > 0:
		return r.union(q, parent)
	case q.rows != nil:
		return r.valuesResult(q, parent)
	case q.sel != nil:
		return r.selection(q, parent)
	case q.template: // nobody knows its columns
		return &result{any: true}
	}
	return &result{}
}

// withScope is a scope in which the names of a WITH are defined.
func (r *resolver) withScope(w *with, parent *scope) *scope {
	sc := &scope{parent: parent}
	for i := range w.ctes {
		c := &w.ctes[i]
		def := &commonTables{name: r.foldColumn(c.name)}
		switch {
		case c.value != nil:
			def.value, def.result = c.value, &result{}
		case c.stmt != nil:
			def.result = r.writing(c.stmt, sc)
		case (w.recursive || r.plainRecursion) && len(c.query.branchList()) > 1:
			def.result = r.recursive(c, def, sc)
		default:
			def.result = r.query(c.query, sc)
		}
		def.result = r.renamed(def.result, c.cols)
		for _, id := range c.made {
			def.result.add(column{name: r.foldColumn(id)})
		}
		def.parent = sc.ctes
		sc.ctes = def
	}
	return sc
}

// unusedValues reads the expressions that WITH names and nobody used: their
// subqueries run all the same.
func (r *resolver) unusedValues(sc *scope) {
	for c := sc.ctes; c != nil; c = c.parent {
		if c.value != nil && !c.used {
			r.valueColumn(c, sc)
		}
	}
}

// branchList is the branches of a union, also one with a WITH around it.
func (q *query) branchList() []branch {
	if q == nil {
		return nil
	}
	return q.branches
}

// renamed gives the columns of res the names of an alias list.
func (r *resolver) renamed(res *result, names []ident) *result {
	if len(names) == 0 {
		return res
	}
	out := &result{}
	for i, c := range res.columns {
		if !r.widen(1) {
			break
		}
		if i < len(names) && res.stars == 0 && !names[i].empty() {
			c.name = r.foldColumn(names[i])
		}
		out.add(c)
	}
	if res.stars == 0 {
		return out
	}
	// Behind a star nobody knows which column a name is given to: all may be.
	out = &result{}
	base := len(r.scratch)
	for i := range res.columns {
		r.scratch = append(r.scratch, res.columns[i].set...)
	}
	set := r.keep(base)
	for _, n := range names {
		out.add(column{name: r.foldColumn(n), set: set})
	}
	return out
}

// recursive is the columns of a common table that reads itself, found by
// going round until nothing is added.
func (r *resolver) recursive(c *cte, def *commonTables, sc *scope) *result {
	inner := &scope{parent: sc}
	branches := c.query.branches
	if c.query.with != nil {
		inner = r.withScope(c.query.with, inner)
	}
	first := r.query(branches[0].query, inner)
	total := r.copied(first)
	def.result = r.renamed(total, c.cols)
	self := &scope{parent: inner, ctes: def}
	const rounds = 12 // each adds at least one hop; deeper chains of columns are not written
	for range rounds {
		before := total.size()
		for _, b := range branches[1:] {
			r.combine(total, r.query(b.query, self), b)
		}
		def.result = r.renamed(total, c.cols)
		if total.size() == before {
			break
		}
	}
	return total
}

// size counts the origins of a result.
func (res *result) size() int {
	n := 0
	for i := range res.columns {
		n += len(res.columns[i].set)
	}
	return n
}

// copied is a copy that may be changed.
func (r *resolver) copied(res *result) *result {
	if !r.widen(len(res.columns)) {
		return &result{}
	}
	return copyResult(res)
}

func copyResult(res *result) *result {
	return &result{columns: append([]column(nil), res.columns...), stars: res.stars}
}

// union is the columns of queries joined by set operators.
func (r *resolver) union(q *query, parent *scope) *result {
	total := r.copied(r.query(q.branches[0].query, parent))
	for _, b := range q.branches[1:] {
		r.combine(total, r.branch(b, parent), b)
	}
	sc := &scope{parent: parent, outputs: total, aliases: true, aliasWins: true}
	r.tail(q.tail, sc, total)
	return total
}

// branch is the columns of one branch. What EXCEPT takes away is read to
// filter, not for its value.
func (r *resolver) branch(b branch, parent *scope) *result {
	was := r.steering
	if b.op == setExcept && was == 0 {
		r.steering = subFilter
	}
	res := r.query(b.query, parent)
	r.steering = was
	return res
}

// combine adds the columns of one branch to those of the branches before it.
func (r *resolver) combine(total, res *result, b branch) {
	if b.op == setExcept {
		for i := range res.columns {
			r.emit(res.columns[i].set, use{sub: subFilter}, false)
		}
		return
	}
	if b.byName {
		r.combineByName(total, res, b)
		return
	}
	if total.stars == 0 && res.stars == 0 && len(total.columns) != len(res.columns) && len(res.columns) > 0 {
		r.note(ArityMismatch, Info, b.query.start, b.query.start, "")
	}
	for i := range total.columns {
		c := &total.columns[i]
		switch {
		case res.stars == 0 && total.stars == 0 || len(res.columns) == len(total.columns):
			if i < len(res.columns) {
				c.set = r.mergeSets(c.set, res.columns[i].set)
				c.star = c.star || res.columns[i].star
			}
		case res.stars > 0 && !c.star:
			if other := res.find(c.name); other != nil {
				c.set = r.mergeSets(c.set, other.set)
			} else {
				c.set = r.mergeSets(c.set, r.throughStar(res, c.name, false))
			}
		case c.star:
			c.set = r.mergeSets(c.set, starSet(res))
		}
	}
	total.indexed = false
}

// starSet is the tables that the stars of res stand for.
func starSet(res *result) []origin {
	for i := range res.columns {
		if res.columns[i].star {
			return res.columns[i].set
		}
	}
	return nil
}

// combineByName matches columns by name, and leaves out what the mode drops.
func (r *resolver) combineByName(total, res *result, b branch) {
	for _, c := range res.columns {
		if mine := total.find(c.name); mine != nil && !c.star {
			mine.set = r.mergeSets(mine.set, c.set)
			continue
		}
		if b.keep != matchFull {
			continue
		}
		if !r.widen(1) {
			return
		}
		total.indexed = false
		total.add(c)
	}
	if b.keep == matchInner && res.stars == 0 {
		total.retain(func(name string) bool { return res.find(name) != nil })
	}
	if len(b.only) > 0 {
		total.retain(func(name string) bool {
			for _, id := range b.only {
				if r.foldColumn(id) == name {
					return true
				}
			}
			return false
		})
	}
}

// retain drops the columns whose names keep refuses.
func (res *result) retain(keep func(name string) bool) {
	kept := res.columns[:0:0]
	for _, c := range res.columns {
		if c.star || keep(c.name) {
			kept = append(kept, c)
		}
	}
	res.columns, res.indexed = kept, false
}

// mergeSets is the union of two sets.
func (r *resolver) mergeSets(a, b []origin) []origin {
	if len(a) == 0 {
		return b
	}
	if len(b) == 0 {
		return a
	}
	base := len(r.scratch)
	r.scratch = append(append(r.scratch, a...), b...)
	r.steps -= (len(a) + len(b)) / 4
	return r.keep(base)
}

// valuesResult is the columns of VALUES, whatever names the engine gives them.
func (r *resolver) valuesResult(q *query, parent *scope) *result {
	res := &result{unnamed: true}
	sc := &scope{parent: parent}
	for i, row := range q.rows {
		for j, e := range row {
			set := r.value(e, sc)
			if i == 0 {
				res.add(column{name: "column" + itoa(j+1), set: set, start: e.start, end: e.end})
			} else if j < len(res.columns) {
				res.columns[j].set = r.mergeSets(res.columns[j].set, set)
			}
		}
	}
	r.tail(q.tail, &scope{parent: parent, outputs: res, aliases: true}, res)
	return res
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

// selection is the columns of one SELECT.
func (r *resolver) selection(q *query, parent *scope) *result {
	sel := q.sel
	sc := &scope{parent: parent, windows: sel.windows, selected: sel.items, inner: sel.inner, grouped: sel.clauses}
	r.from(sel.from, sc)
	if r.shared != nil && len(sel.from) == 0 { // FROM t INSERT … SELECT *
		sc.relations, sc.merges, sc.mergeAt = r.shared.relations, r.shared.merges, nil
	}
	r.shared = nil
	out := &result{columns: make([]column, 0, len(sel.items))}
	sc.outputs, sc.aliases, sc.aliasWins = out, r.lateralAlias, r.aliasFirst
	for i := range sel.items {
		r.item(&sel.items[i], sc, out)
	}
	for i := range sel.windows {
		r.reads(sel.windows[i].exprs, sc, subWindow)
	}
	for _, c := range sel.clauses {
		r.clause(c, sc, out)
	}
	r.tail(q.tail, sc, out)
	if q.visible {
		out.visible = sc.relations
	}
	if sel.asValue && len(out.columns) == 1 && len(out.columns[0].fields) > 0 {
		return &result{columns: out.columns[0].fields}
	}
	return out
}

func (r *resolver) tail(list []clause, sc *scope, out *result) {
	for _, c := range list {
		r.clause(c, sc, out)
	}
}

// clause reads what a clause asks for. Where output columns come first, a
// number is the place of one.
func (r *resolver) clause(c clause, sc *scope, out *result) {
	aliases, wins := sc.aliases, sc.aliasWins
	sc.aliases, sc.own = sc.aliases || c.own, c.own
	for _, e := range c.exprs {
		if c.own && r.ordinal(e, c.use, out) {
			continue
		}
		sc.aliasWins = wins || c.own && c.use == subFilter && r.dashNeedsSpace || c.use == subSort && e != nil && e.kind == xCol && len(e.parts) == 1
		r.read(e, sc, c.use)
	}
	sc.aliases, sc.aliasWins, sc.own = aliases, wins, false
}

// ordinal reads GROUP BY 1 and ORDER BY 2.
func (r *resolver) ordinal(e *expr, sub subtype, out *result) bool {
	if e == nil || e.kind != xConst || e.end-e.start > 4 || sub == subFilter {
		return false
	}
	n := 0
	for _, c := range []byte(r.p.sql[e.start:e.end]) {
		if classOf[c] != classDigit {
			return false
		}
		n = n*10 + int(c-'0')
	}
	if n < 1 || n > len(out.columns) {
		return false
	}
	r.emit(out.columns[n-1].set, use{sub: sub}, false)
	return true
}

// item adds the columns of one select item to out.
func (r *resolver) item(it *item, sc *scope, out *result) {
	e := it.expr
	switch {
	case e == nil:
		return
	case e.kind == xStar && it.alias.empty():
		r.starItem(it, sc, out)
		return
	case e.kind == xCall && r.columnsCall(e):
		r.columnsItem(it, e, sc, out)
		return
	case e.kind == xCall && r.braceParams && len(e.args) == 1 && equalFold("untuple", e.parts[len(e.parts)-1].text):
		if r.untuple(it, e.args[0], sc, out) {
			return
		}
	}
	if r.fromFirst && e.kind != xCol {
		if call := r.columnsInside(e); call != nil {
			r.eachColumn(it, call, sc, out)
			return
		}
	}
	c := column{set: r.itemValue(e, sc), start: e.start, end: e.end, fields: r.structFields(e, sc)}
	if len(it.aliases) > 0 {
		stacked := r.stacked(e, len(it.aliases), sc)
		for i, a := range it.aliases {
			if c.name = r.foldColumn(a); stacked != nil {
				c.set = stacked[i]
			}
			out.add(c)
		}
		return
	}
	if it.alias.empty() {
		c.name, c.implied = r.unaliased(e, len(out.columns)), e.kind == xPath
	} else {
		c.name = r.foldColumn(it.alias)
	}
	out.indexed = false
	out.add(c)
}

// untuple adds a column for each value of a tuple.
func (r *resolver) untuple(it *item, tuple *expr, sc *scope, out *result) bool {
	fields := r.structFields(tuple, sc)
	for _, f := range fields {
		f.start, f.end = it.start, it.end
		if !it.alias.empty() {
			f.name = r.foldColumn(it.alias) + "." + f.name
		}
		out.add(f)
	}
	return len(fields) > 0
}

// itemValue is value, with a short way for plain columns: their set is shared.
func (r *resolver) itemValue(e *expr, sc *scope) []origin {
	if e.kind != xCol {
		return r.value(e, sc)
	}
	set := r.name(e, sc, "")
	r.emit(set, use{sub: subIdentity}, false)
	return set
}

// structFields is the fields of a struct that the expression makes, so that a
// name below it finds the one value.
func (r *resolver) structFields(e *expr, sc *scope) []column {
	for e.kind == xOp && e.class == opParens && len(e.args) == 1 {
		e = e.args[0]
	}
	switch {
	case e.more != nil && e.more.typ != "" && len(e.args) > 0:
		if values := r.listValues(e.args[0]); values != nil {
			return r.typedFields(e.more.typ, values, sc)
		}
		if values := r.listValues(e); values != nil {
			return r.typedFields(e.more.typ, values, sc)
		}
		return r.typedFields(e.more.typ, e.args[:1], sc)
	case r.listValues(e) != nil:
		var list []column
		for _, a := range e.args {
			list = r.mergeFields(list, r.structFields(a, sc))
		}
		return list
	case e.kind == xRow && r.braceParams:
		return r.placed(e.args, sc)
	case e.kind == xCall && len(e.parts) == 1 && structFunctions.has(e.parts[0].text):
		return r.callFields(e, sc)
	case e.kind == xCall && len(e.args) == 1 && aggregatesRows.has(e.parts[len(e.parts)-1].text) && e.args[0].kind == xCall:
		return r.structFields(e.args[0], sc)
	case e.kind == xCall && len(e.args) == 1 && aggregatesRows.has(e.parts[len(e.parts)-1].text):
		if row := r.rowOf(e, sc); row != nil {
			return row.columns
		}
	case e.kind == xPath && e.more.path == "[]":
		return r.structFields(e.args[0], sc)
	case e.kind == xCol:
		if c := r.derivedColumn(e, sc); c != nil {
			if c.fields == nil && c.typ != "" {
				return r.typeColumns(c.typ, c.set)
			}
			return c.fields
		}
	}
	return nil
}

// placed is the fields of a tuple, which are read by their places.
func (r *resolver) placed(args []*expr, sc *scope) []column {
	list := make([]column, len(args))
	for i, a := range args {
		list[i] = column{name: itoa(i + 1), set: r.value(a, sc), fields: r.structFields(a, sc)}
	}
	return list
}

// aggregatesRows keep the shape of their argument, in an array.
var aggregatesRows = set("array_agg", "any_value", "collect_list", "collect_set", "list", "min", "max", "first", "last", "arrayagg", "grouparray")

func (r *resolver) callFields(e *expr, sc *scope) []column {
	var list []column
	if len(e.args) == 1 && e.args[0].kind == xStar {
		all := &result{}
		r.expand(e.args[0], sc, all)
		return all.columns
	}
	pairs := e.more == nil || len(e.more.names) == 0
	if pairs && equalFold("tuple", e.parts[0].text) {
		return r.placed(e.args, sc)
	}
	if pairs && !equalFold("struct", e.parts[0].text) { // f('a', x, 'b', y)
		for i := 0; i+1 < len(e.args); i += 2 {
			if k := e.args[i]; k.kind == xConst {
				list = append(list, column{name: r.foldColumn(ident{text: trimQuotes(r.p.sql[k.start:k.end])}), set: r.value(e.args[i+1], sc), fields: r.structFields(e.args[i+1], sc)})
			}
		}
		return list
	}
	for i, a := range e.args {
		name := ident{}
		if !pairs && i < len(e.more.names) {
			name = e.more.names[i]
		}
		if name.empty() && a.kind == xCol {
			name = a.parts[len(a.parts)-1]
		}
		if !name.empty() {
			list = append(list, column{name: r.foldColumn(name), set: r.value(a, sc), fields: r.structFields(a, sc)})
		}
	}
	return list
}

// derivedColumn is the column of a query that a plain reference means.
func (r *resolver) derivedColumn(e *expr, sc *scope) *column {
	name := r.foldColumn(e.parts[len(e.parts)-1])
	for _, rel := range sc.relations {
		if len(e.parts) == 2 && rel.alias != r.foldColumn(e.parts[0]) || len(e.parts) > 2 {
			continue
		}
		if c := rel.result.find(name); c != nil {
			return c
		}
	}
	return nil
}
