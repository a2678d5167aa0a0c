package sqllineage

// changed is the tables that an UPDATE or DELETE changes, with the scope that
// its expressions see.
type changed struct {
	scope   *scope
	targets []int32
	aliases []string // beside targets
}

// changes builds the scope of an UPDATE or DELETE. The first table, or every
// one that DELETE lists, is a target; it may be an alias of a table in FROM.
func (r *resolver) changes(tables, from []*fromItem, sc *scope) changed {
	c := changed{scope: &scope{parent: sc}}
	was := r.readFlags()
	listed := tables
	inFrom := len(from) > 0 && r.aliasIn(tables, from)
	if inFrom {
		r.from(from, c.scope)
	} else {
		r.from(tables, c.scope)
		r.from(from, c.scope)
	}
	for _, f := range listed {
		if f.kind != fromTable || len(f.name) == 0 {
			if f.kind == fromNest && len(c.scope.relations) > 0 {
				c.add(c.scope.relations[0])
			}
			continue
		}
		alias := r.foldColumn(f.name[len(f.name)-1])
		if !f.alias.empty() {
			alias = r.foldColumn(f.alias)
		}
		for _, rel := range c.scope.relations {
			if rel.alias == alias || len(rel.parts) > 0 && rel.parts[len(rel.parts)-1] == r.foldTable(f.name[len(f.name)-1]) {
				c.add(rel)
				break
			}
		}
	}
	for _, id := range c.targets {
		r.tables[id].read = int(id) < len(was) && was[id]
	}
	r.returnable = c.scope
	return c
}

func (c *changed) add(rel *relation) {
	if rel.table >= 0 {
		c.targets = append(c.targets, rel.table)
		c.aliases = append(c.aliases, rel.alias)
	}
}

// readFlags remembers which tables were inputs so far.
func (r *resolver) readFlags() []bool {
	flags := make([]bool, len(r.tables))
	for i := range r.tables {
		flags[i] = r.tables[i].read
	}
	return flags
}

// aliasIn reports whether the first table is a name that FROM defines.
func (r *resolver) aliasIn(tables, from []*fromItem) bool {
	if len(tables) == 0 || len(tables[0].name) == 0 {
		return false
	}
	want := r.foldColumn(tables[0].name[len(tables[0].name)-1])
	for _, f := range flat(from) {
		switch {
		case !f.alias.empty() && r.foldColumn(f.alias) == want && len(tables[0].name) == 1:
			return true
		case f.alias.empty() && f.kind == fromTable && len(f.name) > 0 && r.foldColumn(f.name[len(f.name)-1]) == want && tables[0].alias.empty():
			return true
		}
	}
	return false
}

// flat is a FROM list with its groups opened.
func flat(list []*fromItem) []*fromItem {
	var out []*fromItem
	for _, f := range list {
		out = append(out, f)
		if f.kind == fromNest {
			out = append(out, flat(f.nest)...)
		}
	}
	return out
}

// update resolves UPDATE.
func (r *resolver) update(s *stmt, sc *scope) {
	c := r.changes(s.tables, s.from, sc)
	if len(c.targets) == 0 {
		r.updateView(s, c)
		return
	}
	home := func(q ident) int32 { return r.homeOf(q, c) }
	r.branches()
	for _, a := range s.assigns {
		if len(a.cols) == 1 && len(a.cols[0]) == 1 {
			r.assign(a, c.scope, func(ident) int32 { return r.homeByColumn(a.cols[0][0], c) }, &c.targets[0])
		} else {
			r.assign(a, c.scope, home, &c.targets[0])
		}
	}
	if len(s.assigns) == 0 {
		r.tables[c.targets[0]].written = true
	}
	for _, w := range r.flow.list {
		if w.table >= 0 {
			r.tables[w.table].written = true
		}
	}
	if len(r.flow.list) == 0 {
		r.tables[c.targets[0]].written = true
	}
	for _, id := range c.targets { // MySQL lists what it only joins, too
		t := &r.tables[id]
		t.read = t.read || !t.written
	}
	r.clauses(s.clauses, c.scope)
	r.outputInto(s, c.scope)
}

// updateView is Oracle's UPDATE (SELECT …) SET x = y: x is a column of a table
// below the query.
func (r *resolver) updateView(s *stmt, c changed) {
	for _, a := range s.assigns {
		if len(a.cols) != 1 || len(a.cols[0]) == 0 {
			continue
		}
		set, ok := r.lookup(a.cols[0], c.scope, "")
		value := r.value(a.value, c.scope)
		if !ok || len(set) != 1 {
			continue
		}
		base := r.cols[set[0].column()]
		r.tables[base.table].written = true
		r.put(base.table, column{name: base.name, set: value, start: a.value.start, end: a.value.end})
	}
	r.clauses(s.clauses, c.scope)
}

// homeOf is the table that a qualifier on the left of = means.
func (r *resolver) homeOf(q ident, c changed) int32 {
	if !q.empty() {
		name := r.foldColumn(q)
		for _, rel := range c.scope.relations {
			if rel.table >= 0 && (rel.alias == name || len(rel.parts) > 0 && rel.parts[len(rel.parts)-1] == r.foldTable(q)) {
				return rel.table
			}
		}
	}
	return c.targets[0]
}

// homeByColumn is the table of an unqualified column on the left of =: the
// target, unless MySQL updates several and a schema says otherwise.
func (r *resolver) homeByColumn(id ident, c changed) int32 {
	name := r.foldColumn(id)
	if t := r.tables[c.targets[0]]; t.known && t.result.find(name) == nil && len(c.targets) > 0 {
		for _, rel := range c.scope.relations {
			if rel.table >= 0 && r.tables[rel.table].known && rel.result.find(name) != nil && r.dashNeedsSpace {
				return rel.table
			}
		}
	}
	return c.targets[0]
}

// delete resolves DELETE.
func (r *resolver) delete(s *stmt, sc *scope) {
	c := r.changes(s.tables, s.from, sc)
	for _, id := range c.targets {
		r.tables[id].written = true
	}
	if len(c.targets) == 0 {
		r.deleteView(c)
	}
	for _, cl := range s.clauses {
		r.reads(cl.exprs, c.scope, cl.use)
		if cl.use == subFilter && len(s.from) > 0 {
			for _, e := range cl.exprs {
				r.joinPairs(e, c.scope)
			}
		}
	}
	r.outputInto(s, c.scope)
}

// deleteView is DELETE from a common table or a query: the rows go from the
// table that its first column stems from.
func (r *resolver) deleteView(c changed) {
	if len(c.scope.relations) == 0 {
		return
	}
	for _, col := range c.scope.relations[0].result.columns {
		if len(col.set) > 0 {
			r.tables[r.cols[col.set[0].column()].table].written = true
			return
		}
	}
}

// mergeInto resolves MERGE.
func (r *resolver) mergeInto(s *stmt, sc *scope) {
	if len(s.tables) == 0 {
		return
	}
	c := r.changes(s.tables, nil, sc)
	if len(c.targets) == 0 {
		r.note(UnknownClause, Error, s.start, s.start, "MERGE")
		return
	}
	target := c.targets[0]
	r.tables[target].written = true
	source := &scope{parent: sc}
	r.from(s.from, source)
	both := &scope{parent: sc, relations: append(append([]*relation(nil), c.scope.relations...), source.relations...)}
	for _, id := range s.using {
		for _, rel := range both.relations {
			set, _ := r.member(rel, id, "")
			r.emit(set, use{sub: subJoin}, false)
		}
	}
	for _, cl := range s.clauses {
		for _, e := range cl.exprs {
			r.joinPairs(e, both)
		}
		r.reads(cl.exprs, both, cl.use)
	}
	r.branches()
	r.inserting = true
	for i := range s.arms {
		a := &s.arms[i]
		seen := both
		switch { // a row that one side alone has sees that side
		case a.absent:
			seen = c.scope
		case len(a.values) > 0 || a.star && !a.update:
			seen = source
		}
		r.mergeArm(a, target, source, seen)
	}
	r.inserting = false
	r.outputInto(s, both)
}

// mergeArm resolves one WHEN branch, whose condition and assignments are in
// the scope seen.
func (r *resolver) mergeArm(a *arm, target int32, source, seen *scope) {
	r.read(a.cond, seen, subFilter)
	home := func(ident) int32 { return target }
	switch {
	case a.star:
		res := &result{}
		r.expand(&expr{kind: xStar}, source, res)
		t := &r.tables[target]
		for _, c := range res.columns {
			if t.known && !c.star && t.result.find(c.name) == nil {
				continue
			}
			r.emit(c.set, use{sub: subIdentity}, false)
			r.put(target, c)
		}
	case a.update:
		for _, as := range a.assigns {
			r.assign(as, seen, home, &target)
		}
	case len(a.values) > 0:
		res := &result{}
		for i, v := range a.values {
			it := item{expr: v, start: v.start, end: v.end}
			if v.kind == xStar {
				r.starItem(&it, source, res)
				continue
			}
			res.add(column{name: r.unaliased(v, i), set: r.value(v, source), start: v.start, end: v.end})
		}
		r.fill(target, a.into(), res)
	}
}

// into is the target of an arm, as far as its columns go.
func (a *arm) into() *target { return &target{cols: a.cols} }

// outputInto resolves T-SQL's OUTPUT … INTO log: inserted and deleted are the
// rows of the target.
func (r *resolver) outputInto(s *stmt, sc *scope) {
	if s.returnTo == nil {
		return
	}
	rows := r.changedRows(s)
	inner := &scope{parent: sc, relations: rows}
	res := &result{}
	for i := range s.outputs {
		r.item(&s.outputs[i], inner, res)
	}
	for i := range res.columns {
		r.readsOwn(res.columns[i].set)
	}
	was := r.inserting
	r.inserting = true
	r.fill(r.output(s.returnTo), s.returnTo, res)
	r.inserting = was
}

// changedRows is the relations inserted and deleted.
func (r *resolver) changedRows(s *stmt) []*relation {
	if r.returnable == nil {
		return nil
	}
	id := int32(-1)
	for _, rel := range r.returnable.relations {
		if rel.table >= 0 && r.tables[rel.table].written {
			id = rel.table
			break
		}
	}
	if id < 0 {
		return nil
	}
	fresh := &result{}
	for _, w := range r.flow.list {
		if w.table == id {
			fresh.add(w.column)
		}
	}
	old := r.tables[id].result
	inserted := fresh
	if s.kind == KindDelete || len(fresh.columns) == 0 {
		inserted = old
	}
	for i := range old.columns {
		if c := old.columns[i]; inserted != old && (c.star || inserted.find(c.name) == nil) {
			inserted.add(c)
		}
	}
	return []*relation{{alias: "inserted", table: -1, result: inserted}, {alias: "deleted", table: -1, result: old}}
}

// writing resolves a statement in WITH; its result is what RETURNING says.
func (r *resolver) writing(s *stmt, sc *scope) *result {
	r.branches()
	r.statement(s, &scope{parent: sc})
	res := &result{}
	if len(s.returning) == 0 {
		return res
	}
	inner := r.returnedRows(s, sc)
	for i := range s.returning {
		r.item(&s.returning[i], inner, res)
	}
	for i := range res.columns {
		r.readsOwn(res.columns[i].set)
	}
	return res
}

// returnedQueries resolves the subqueries in RETURNING of a statement that
// stands alone: what it returns flows nowhere, but they read.
func (r *resolver) returnedQueries(s *stmt) {
	if len(s.returning) == 0 {
		return
	}
	inner := r.returnedRows(s, &scope{})
	for i := range s.returning {
		r.subqueries(s.returning[i].expr, inner)
	}
}

// subqueries resolves those in an expression, and leaves its columns alone.
func (r *resolver) subqueries(e *expr, sc *scope) {
	if e == nil {
		return
	}
	if e.kind == xSub {
		r.value(e, sc)
		return
	}
	for _, a := range e.args {
		r.subqueries(a, sc)
	}
}

// returnedRows is the scope of RETURNING: the changed table with its new
// values, under its own name and as new, what it was as old, and what was joined.
func (r *resolver) returnedRows(s *stmt, sc *scope) *scope {
	inner := &scope{parent: sc}
	rows := r.changedRows(s)
	if rows == nil {
		return inner
	}
	done := false
	for _, rel := range r.returnable.relations {
		if rel.table >= 0 && r.tables[rel.table].written && !done {
			fresh := *rel
			fresh.result, done = rows[0].result, true
			rel = &fresh
		}
		inner.relations = append(inner.relations, rel)
	}
	names := [...]string{"new", "old"}
	if r.optionalSemi {
		names = [...]string{"inserted", "deleted"}
	}
	for i, alias := range names {
		inner.relations = append(inner.relations, &relation{alias: alias, result: rows[i].result, table: -1, hidden: true})
	}
	return inner
}
