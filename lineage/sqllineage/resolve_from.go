package sqllineage

// from adds the relations of a FROM list to sc, and reads what joins them.
func (r *resolver) from(list []*fromItem, sc *scope) {
	for _, f := range list {
		r.fromItem(f, sc)
	}
}

// fromItem adds one item.
func (r *resolver) fromItem(f *fromItem, sc *scope) {
	if f == nil || !r.step() {
		return
	}
	before := len(sc.relations)
	rule := r.fromRules[f.kind]
	if rule == nil {
		r.note(UnknownClause, Warning, f.start, f.end, "FROM")
		return
	}
	rule(r, f, sc)
	r.reads(f.reads, sc, subFilter)
	switch {
	case f.natural:
		r.natural(f, sc, before)
	case len(f.using) > 0:
		for _, id := range f.using {
			r.merge(r.foldColumn(id), f, sc, before)
		}
		r.mergedAlias(f, sc)
	}
	for _, on := range f.on {
		r.joinPairs(on, sc)
		r.read(on, sc, subJoin)
	}
	for i := before; i < len(sc.relations) && f.semi && !r.braceParams; i++ {
		sc.relations[i].hidden = true
	}
}

// nested adds the items of ( a JOIN b ): as they are, or as one relation when
// the group has an alias.
func (r *resolver) nested(f *fromItem, sc *scope) {
	if f.alias.empty() && len(f.pivots) == 0 {
		r.from(f.nest, sc)
		return
	}
	inner := &scope{parent: sc}
	r.from(f.nest, inner)
	res := &result{}
	r.expand(&expr{kind: xStar}, inner, res)
	rel := &relation{alias: r.foldColumn(f.alias), result: r.renamed(res, f.cols), table: -1}
	sc.relations = append(sc.relations, r.pivoted(f, rel, sc))
}

// fromRule adds what one kind of item stands for to a scope.
type fromRule func(r *resolver, f *fromItem, sc *scope)

// fromRules are the rules of all kinds of items.
func fromRules() [fromKinds]fromRule {
	return [fromKinds]fromRule{
		fromNest:      (*resolver).nested,
		fromTable:     one((*resolver).tableRelation),
		fromQuery:     one((*resolver).queryRelation),
		fromCall:      one((*resolver).callRelation),
		fromUnnest:    one((*resolver).callRelation),
		fromStatement: one(func(r *resolver, f *fromItem, rel *relation, sc *scope) { rel.result = r.writing(f.stmt, sc) }),
	}
}

// one is the rule of an item that is one relation, which fill completes.
func one(fill func(r *resolver, f *fromItem, rel *relation, sc *scope)) fromRule {
	return func(r *resolver, f *fromItem, sc *scope) {
		rel := &relation{table: -1}
		fill(r, f, rel, sc)
		if !f.alias.empty() {
			rel.alias, rel.parts = r.foldColumn(f.alias), nil
		}
		if len(f.cols) > 0 && f.kind != fromCall && f.kind != fromUnnest {
			rel.result = r.renamed(rel.result, f.cols)
		}
		rel = r.pivoted(f, rel, sc)
		sc.relations = append(sc.relations, rel)
		for _, v := range rel.result.visible {
			inner := *v
			inner.hidden = true
			sc.relations = append(sc.relations, &inner)
		}
	}
}

// callRelation is a table function, or a value that is unnested.
func (r *resolver) callRelation(f *fromItem, rel *relation, sc *scope) {
	rel.result = r.callResult(f, sc)
	if f.alias.empty() && f.call != nil && f.call.kind == xCall {
		rel.alias = r.foldColumn(f.call.parts[len(f.call.parts)-1])
	}
}

// queryRelation is a subquery in FROM. Only behind LATERAL or APPLY it sees
// the items before it.
func (r *resolver) queryRelation(f *fromItem, rel *relation, sc *scope) {
	if f.lateral {
		rel.result = r.query(f.query, sc)
		return
	}
	hidden := *sc
	hidden.relations, hidden.merges, hidden.mergeAt, hidden.outputs, hidden.aliases = nil, nil, nil, nil, false
	rel.result = r.query(f.query, &hidden)
}

// tableRelation is a common table, a path below an item before, or a table.
func (r *resolver) tableRelation(f *fromItem, rel *relation, sc *scope) {
	if len(f.name) == 0 {
		rel.result = &result{}
		return
	}
	last := f.name[len(f.name)-1]
	rel.alias = r.foldColumn(last)
	if len(f.name) == 1 && r.stages && last.text == "$1" { // of the statement before ->>
		if rel.result = r.session.lastResult(r); rel.result == nil {
			rel.result = &result{any: true}
		}
		return
	}
	if len(f.name) == 1 && !f.path {
		if c := sc.findCTE(rel.alias); c != nil && c.value == nil {
			c.used = true
			rel.result = c.result
			return
		}
		if last.text == thisTemplate {
			rel.result = &result{}
			return
		}
	}
	if len(f.name) == 1 && len(r.session.trigger) > 0 && (rel.alias == "inserted" || rel.alias == "deleted") {
		f = &fromItem{name: r.session.trigger}
	}
	if res := r.impliedUnnest(f, sc); res != nil {
		rel.result = res
		return
	}
	if len(f.name) == 1 && !last.quoted && equalFold("dual", last.text) && !r.session.has("dual") { // one row of nothing
		rel.result = &result{}
		return
	}
	rel.table = r.table(f.name, f.path)
	t := &r.tables[rel.table]
	t.read = true
	rel.parts, rel.result = t.parts, t.result
}

// fileFormats qualify a path, as in parquet.`/data/x`.
var fileFormats = set("parquet", "csv", "json", "delta", "orc", "avro", "text", "binaryfile", "iceberg", "xml")

// impliedUnnest is FROM t, t.items of BigQuery and Redshift.
func (r *resolver) impliedUnnest(f *fromItem, sc *scope) *result {
	if len(f.name) < 2 || !r.traits.impliedUnnest {
		return nil
	}
	first := r.foldColumn(f.name[0])
	for _, rel := range sc.around() {
		if rel.alias != first {
			continue
		}
		rest := pathOf(f.name[2:])
		set, ok := r.member(rel, f.name[1], "")
		if !ok {
			if set, ok = r.belowElement(rel, f.name[1:], ""); !ok {
				return nil
			}
			rest = ""
		}
		r.emit(set, use{sub: subIdentity}, false)
		set = r.below(set, joinPath(rest, "[]"))
		alias := f.alias
		if alias.empty() {
			alias = f.name[len(f.name)-1]
		}
		res := &result{}
		res.add(column{name: r.foldColumn(alias), set: set})
		if !f.offset.empty() {
			res.add(column{name: r.foldColumn(f.offset)})
		}
		return res
	}
	return nil
}

// around is the relations of a scope and of those around it.
func (s *scope) around() []*relation {
	if s.parent == nil {
		return s.relations
	}
	return append(s.relations[:len(s.relations):len(s.relations)], s.parent.around()...)
}

// natural merges the columns that both sides are known to have.
func (r *resolver) natural(f *fromItem, sc *scope, before int) {
	for i := before; i < len(sc.relations); i++ {
		res := sc.relations[i].result
		for j := range res.columns {
			c := &res.columns[j]
			if c.star {
				continue
			}
			for _, left := range sc.relations[:before] {
				if left.result.find(c.name) != nil {
					r.merge(c.name, f, sc, before)
					break
				}
			}
		}
	}
}

// merge makes column name of both sides one: the left value, of a right join
// the right one, of a full join either.
func (r *resolver) merge(name string, f *fromItem, sc *scope, before int) {
	left := r.sideValue(name, sc, 0, before)
	at := sc.mergedAt(name)
	if at >= 0 {
		left = sc.merges[at].set
	}
	right := r.sideValue(name, sc, before, len(sc.relations))
	r.emit(left, use{sub: subJoin}, false)
	r.emit(right, use{sub: subJoin}, false)
	r.pair(left, right)
	set := left
	switch {
	case f.full:
		set = r.mergeSets(left, right)
	case f.right:
		set = right
	}
	if at >= 0 {
		sc.merges[at].set = set
		return
	}
	sc.merges = append(sc.merges, merged{name, set})
}

// mergedAlias lets USING (a, b) AS j qualify the merged columns.
func (r *resolver) mergedAlias(f *fromItem, sc *scope) {
	if f.merged.empty() {
		return
	}
	res := &result{}
	for _, id := range f.using {
		for _, m := range sc.merges {
			if m.name == r.foldColumn(id) {
				res.add(column{name: m.name, set: m.set})
			}
		}
	}
	sc.relations = append(sc.relations, &relation{alias: r.foldColumn(f.merged), result: res, table: -1, hidden: true})
}

// sideValue is column name of the relations from one place up to another.
func (r *resolver) sideValue(name string, sc *scope, from, to int) []origin {
	var open *relation
	for _, rel := range sc.relations[from:to] {
		if c := rel.result.find(name); c != nil {
			return c.set
		}
		if rel.result.stars > 0 && open == nil {
			open = rel
		}
	}
	if open == nil {
		return nil
	}
	return r.throughStar(open.result, name, false)
}

// joinPairs collects the columns that a condition compares for equality.
func (r *resolver) joinPairs(e *expr, sc *scope) {
	for e != nil && e.kind == xOp && e.class == opParens && len(e.args) == 1 {
		e = e.args[0]
	}
	if e == nil || e.kind != xOp {
		return
	}
	switch e.class {
	case opAnd:
		for _, a := range e.args {
			if a.kind == xOp {
				r.joinPairs(a, sc)
			}
		}
	case opEquals:
		if len(e.args) == 2 && e.args[0].kind == xCol && e.args[1].kind == xCol {
			left, ok := r.lookup(e.args[0].parts, sc, "")
			right, ok2 := r.lookup(e.args[1].parts, sc, "")
			if ok && ok2 {
				r.pair(left, right)
			}
		}
	}
}

// pair records a join of two base columns.
func (r *resolver) pair(left, right []origin) {
	if len(left) != 1 || len(right) != 1 || left[0].sub() != subIdentity || right[0].sub() != subIdentity {
		return
	}
	p := joinPair{left[0].column(), right[0].column()}
	if p.left == p.right || len(r.joins) > 1000 {
		return
	}
	if p.left > p.right {
		p.left, p.right = p.right, p.left
	}
	for _, q := range r.joins {
		if q == p {
			return
		}
	}
	r.joins = append(r.joins, p)
}
