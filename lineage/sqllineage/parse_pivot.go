package sqllineage

// pivotSuffix reads PIVOT ( … ) or UNPIVOT ( … ) behind a FROM item.
func (p *parser) pivotSuffix(f *fromItem) {
	pv := &pivot{unpivot: p.at(kUnpivot)}
	from := p.pos
	p.pos++
	if p.acceptAny(kInclude, kExclude) {
		p.accept(kNulls)
	}
	if p.atText("xml") {
		p.pos++
		pv.any = true
	}
	if !p.acceptOp('(') {
		p.pos = from
		return
	}
	if pv.unpivot {
		p.unpivotBody(pv)
	} else {
		p.pivotBody(pv)
	}
	p.closeParen()
	pv.alias, pv.cols = p.tableAlias()
	f.pivots = append(f.pivots, pv)
}

// pivotBody reads sum(a) AS x, … FOR c IN ( … ) [GROUP BY …].
func (p *parser) pivotBody(pv *pivot) {
	for !p.done() && !p.at(kFor) && !p.atOp(')') {
		before := p.pos
		if it, ok := p.selectItem(); ok {
			pv.aggs = append(pv.aggs, it)
		}
		if !p.acceptOp(',') && p.pos == before {
			p.pos++
		}
	}
	for from := -1; p.pos > from && (p.accept(kFor) || p.tok().name() && !p.atAny(kGroup, kDefault)); {
		from = p.pos
		if e := p.binary(bindCompare); e != nil {
			if e.kind == xRow || e.class == opParens {
				pv.on = append(pv.on, e.args...)
			} else {
				pv.on = append(pv.on, e)
			}
		}
		if p.accept(kIn) {
			p.pivotValues(pv)
		}
	}
	if p.acceptSeq(kGroup, kBy) {
		pv.groups = p.sortList()
	}
	for !p.done() && !p.atOp(')') { // DEFAULT ON NULL (0)
		p.skipOne()
	}
}

// pivotValues reads ( 'a' AS x, 'b', … ), ( ANY ) or ( SELECT … ).
func (p *parser) pivotValues(pv *pivot) {
	if !p.atOp('(') || p.queryAhead(1) || p.peekWord(1) == kAny {
		pv.any = true
		if p.queryAhead(1) {
			pv.reads = append(pv.reads, clause{use: subFilter, exprs: []*expr{p.parens()}})
			return
		}
		if p.atOp('(') {
			p.skipParens()
		} else {
			p.expr()
		}
		return
	}
	p.pos++
	for !p.done() && !p.atOp(')') {
		before := p.pos
		start := p.offset()
		if e := p.expr(); e != nil {
			it := item{expr: e, start: start, end: p.lastEnd()}
			it.alias, _ = p.itemAlias()
			pv.values = append(pv.values, it)
		}
		if !p.acceptOp(',') && p.pos == before {
			p.pos++
		}
	}
	pv.ends = append(pv.ends, len(pv.values))
	p.acceptOp(')')
}

// unpivotBody reads value FOR label IN (a, b AS 'x', (c, d) AS 'y').
func (p *parser) unpivotBody(pv *pivot) {
	if list, ok := p.identList(); ok {
		pv.value = list
	} else if p.tok().name() {
		pv.value = []ident{p.identOf(p.tok())}
		p.pos++
	}
	if !p.accept(kFor) { // databricks, duckdb: only columns
		return
	}
	if list, ok := p.identList(); ok {
		pv.label = list
	} else if p.tok().name() {
		pv.label = []ident{p.identOf(p.tok())}
		p.pos++
	}
	if p.accept(kIn) {
		p.unpivotSources(pv)
	}
}

// unpivotSources reads the columns that are turned into rows.
func (p *parser) unpivotSources(pv *pivot) {
	if !p.acceptOp('(') {
		pv.stars = p.expr()
		return
	}
	for !p.done() && !p.atOp(')') {
		before := p.pos
		if list, ok := p.identList(); ok {
			pv.sources = append(pv.sources, list)
		} else if e := p.binary(bindCompare); e != nil && e.kind == xCol {
			pv.sources = append(pv.sources, []ident{e.parts[len(e.parts)-1]})
		} else if e != nil {
			pv.stars = e
		}
		if p.accept(kAs) || p.tok().kind == tString || p.tok().name() {
			p.expr()
		}
		if !p.acceptOp(',') && p.pos == before {
			p.pos++
		}
	}
	p.acceptOp(')')
}

// pivotQuery reads DuckDB's statements PIVOT t ON c USING sum(x) GROUP BY g
// and UNPIVOT t ON a, b INTO NAME n VALUE v.
func (p *parser) pivotQuery() *query {
	start := p.offset()
	pv := &pivot{unpivot: p.at(kUnpivot)}
	p.pos++
	f := p.fromPrimary()
	if f == nil {
		return nil
	}
	if p.accept(kOn) {
		if pv.unpivot {
			p.unpivotOn(pv)
		} else {
			p.pivotOn(pv)
		}
	}
	if p.accept(kUsing) {
		for {
			it, ok := p.selectItem()
			if !ok {
				break
			}
			pv.aggs = append(pv.aggs, it)
			if !p.acceptOp(',') {
				break
			}
		}
	}
	if p.acceptSeq(kGroup, kBy) {
		pv.groups = p.sortList()
	}
	if p.accept(kInto) {
		p.accept(kName)
		if p.tok().name() {
			pv.label = []ident{p.identOf(p.tok())}
			p.pos++
		}
		if p.accept(kValue) {
			pv.value = nil
			for p.tok().name() && !p.clauseWord(p.peekWord(0)) {
				pv.value = append(pv.value, p.identOf(p.tok()))
				p.pos++
				p.acceptOp(',')
			}
		}
	}
	f.pivots = append(f.pivots, pv)
	q := p.slabs.query.new()
	q.start, q.sel = start, p.slabs.sel.new()
	q.sel.from = p.slabs.froms.copy([]*fromItem{f})
	q.sel.items = p.starItem(start)
	return q
}

func (p *parser) pivotOn(pv *pivot) {
	for {
		if e := p.binary(bindCompare); e != nil {
			pv.on = append(pv.on, e)
		}
		if p.accept(kIn) {
			p.pivotValues(pv)
		} else {
			pv.any = true
		}
		if !p.acceptOp(',') {
			return
		}
	}
}

func (p *parser) unpivotOn(pv *pivot) {
	for {
		if list, ok := p.identList(); ok {
			pv.sources = append(pv.sources, list)
		} else if e := p.expr(); e != nil && e.kind == xCol {
			pv.sources = append(pv.sources, []ident{e.parts[len(e.parts)-1]})
		} else if e != nil {
			pv.stars = e
		}
		if p.accept(kAs) {
			p.pos++
		}
		if !p.acceptOp(',') {
			break
		}
	}
	pv.value, pv.label = []ident{{text: "value"}}, []ident{{text: "name"}}
}

// matchRecognize reads MATCH_RECOGNIZE ( PARTITION BY … MEASURES … DEFINE … ).
func (p *parser) matchRecognize(f *fromItem) {
	pv := &pivot{opaque: true}
	p.pos += 2
	for !p.done() && !p.atOp(')') {
		switch {
		case p.acceptSeq(kPartition, kBy):
			pv.groups = p.sortList()
			pv.reads = append(pv.reads, clause{use: subWindow, exprs: pv.groups})
		case p.acceptSeq(kOrder, kBy):
			pv.reads = append(pv.reads, clause{use: subWindow, exprs: p.sortList()})
		case p.acceptText("measures"):
			pv.items = p.measures()
		case p.acceptText("define"):
			p.defines(pv)
		case p.atText("pattern") && p.peekOp(1, '('):
			from := p.pos + 1
			p.pos++
			p.skipParens()
			for _, t := range p.tokens[from:p.pos] {
				if t.name() {
					pv.vars = append(pv.vars, p.identOf(t))
				}
			}
		case p.at(kAll) && p.peekWord(1) == kRows:
			pv.allRows = true
			p.pos += 2
		default:
			p.skipOne()
		}
	}
	p.acceptOp(')')
	pv.alias, pv.cols = p.tableAlias()
	f.pivots = append(f.pivots, pv)
}

// measures reads the items of MEASURES.
func (p *parser) measures() []item {
	var list []item
	for !p.done() {
		p.acceptAny(kFinal)
		p.acceptText("running")
		it, ok := p.selectItem()
		if !ok {
			break
		}
		list = append(list, it)
		if !p.acceptOp(',') {
			break
		}
	}
	return list
}

// defines reads DEFINE a AS condition, ….
func (p *parser) defines(pv *pivot) {
	c := clause{use: subFilter}
	for p.tok().name() && p.peekWord(1) == kAs {
		pv.vars = append(pv.vars, p.identOf(p.tok()))
		p.pos += 2
		if e := p.expr(); e != nil {
			c.exprs = append(c.exprs, e)
		}
		if !p.acceptOp(',') {
			break
		}
	}
	pv.reads = append(pv.reads, c)
}
