package sqllineage

// pipeAhead reports whether |> stands at the cursor.
func (p *parser) pipeAhead() bool { return p.atOp(opPipe) }

// pipes reads the pipe operators behind a query. An operator changes the query
// in place as long as nothing but FROM came before, so that table names stay
// visible; after that each operator reads the query before it as a subquery.
func (p *parser) pipes(q *query) *query {
	for p.acceptOp(opPipe) {
		q = p.pipe(q)
		for !p.done() && !p.pipeAhead() && !p.atOp(')') {
			from := p.pos
			p.skipOne()
			p.skipped(from, p.pos)
		}
	}
	q.end = p.lastEnd()
	return q
}

// pipe reads one operator.
func (p *parser) pipe(q *query) *query {
	switch w := p.peekWord(0); {
	case w == kWhere || p.joinAhead() || w == kOrder || w == kLimit || w == kTablesample:
		q = p.open(q, w == kWhere || p.joinAhead())
		_ = p.selectClause(q) || p.tailClause(q)
	case w == kSelect || p.atText("extend") || w == kWindow:
		p.pos++
		q = p.open(q, true)
		p.selectModifiers(q.sel)
		items := p.selectItems()
		if w != kSelect {
			items = append(append([]item(nil), q.sel.items...), items...)
		}
		q.sel.items, q.visible = items, w != kSelect
	case p.atText("aggregate"):
		p.pos++
		q = p.open(q, true)
		p.aggregatePipe(q)
		q.visible = false
	case w == kSet || w == kDrop || w == kRename:
		p.pos++
		q = p.wrapQuery(q, ident{})
		p.starPipe(q, w)
		q.visible = true
	case w == kAs:
		p.pos++
		alias := p.identOf(p.tok())
		p.pos++
		q.visible = false
		q = p.wrapQuery(q, alias)
		q.visible = true
	case w == kDistinct:
		p.pos++
	case w == kCall: // CALL f(x): nobody knows what the function makes of the rows
		p.note(OpaqueFunction, Warning, p.pos, p.pos+2)
		p.pos++
		p.name()
		if p.atOp('(') {
			p.skipParens()
		}
	case w == kPivot || w == kUnpivot:
		q = p.wrapQuery(q, ident{})
		p.fromSuffixes(q.sel.from[0])
	case p.setAhead():
		q = p.setPipe(q)
	}
	return q
}

// open is q itself while it is a plain FROM, else a query around it. Clauses
// that limit rows never mind what the select list is.
func (p *parser) open(q *query, names bool) *query {
	plain := q.sel != nil && len(q.sel.items) == 1 && q.sel.items[0].expr.kind == xStar && q.sel.items[0].expr.more == nil && len(q.tail) == 0
	if plain || !names && q.sel != nil {
		return q
	}
	return p.wrapQuery(q, ident{})
}

// wrapQuery is SELECT * FROM ( q ) AS alias.
func (p *parser) wrapQuery(q *query, alias ident) *query {
	outer := p.slabs.query.new()
	outer.start, outer.sel, outer.visible = q.start, p.slabs.sel.new(), q.visible
	f := p.slabs.from.new()
	f.kind, f.query, f.alias = fromQuery, q, alias
	outer.sel.from = p.slabs.froms.copy([]*fromItem{f})
	outer.sel.items = p.starItem(q.start)
	return outer
}

// aggregatePipe reads AGGREGATE items [GROUP [AND ORDER] BY items]: the groups
// come first in the result.
func (p *parser) aggregatePipe(q *query) {
	aggregates := p.selectItems()
	q.sel.items = aggregates
	if !p.accept(kGroup) {
		return
	}
	if p.accept(kAnd) {
		p.accept(kOrder)
	}
	p.accept(kBy)
	groups := p.selectItems()
	c := clause{use: subGroupBy}
	for _, g := range groups {
		c.exprs = append(c.exprs, g.expr)
	}
	q.sel.clauses = append(q.sel.clauses, c)
	q.sel.items = append(append([]item(nil), groups...), aggregates...)
}

// starPipe reads SET a = x, DROP a and RENAME a AS b.
func (p *parser) starPipe(q *query, w word) {
	star := q.sel.items[0].expr
	mods := &starMods{}
	p.ext(star).star = mods
	for p.tok().name() {
		id := p.identOf(p.tok())
		switch {
		case w == kSet && p.peekOp(1, '='):
			p.pos += 2
			if e := p.expr(); e != nil {
				mods.replace = append(mods.replace, item{expr: e, alias: id, start: e.start, end: e.end})
			}
		case w == kRename:
			e := p.expr()
			p.accept(kAs)
			if p.tok().name() && e != nil {
				mods.rename = append(mods.rename, item{expr: e, alias: p.identOf(p.tok()), start: e.start, end: e.end})
				p.pos++
			}
		default:
			p.pos++
			mods.except = append(mods.except, id)
		}
		if !p.acceptOp(',') {
			return
		}
	}
}

// setPipe reads UNION ALL (query), (query).
func (p *parser) setPipe(q *query) *query {
	b, _ := p.setOperator()
	union := p.slabs.query.new()
	union.start, union.branches = q.start, []branch{{query: q}}
	for {
		next := b
		if next.query = p.term(); next.query == nil {
			break
		}
		union.branches = append(union.branches, next)
		if !p.acceptOp(',') {
			break
		}
	}
	return union
}
