package sqllineage

// query reads a query with its WITH, set operators and tail.
func (p *parser) query() *query {
	q := p.slabs.query.new()
	q.start = p.offset()
	if !p.enter() {
		p.leave()
		return q
	}
	defer p.leave()
	w := p.withClause()
	first := p.term()
	if first == nil {
		q.with = w
		return q
	}
	q = p.setOps(first)
	if w != nil {
		q = p.attachWith(q, w)
	}
	p.queryTail(q)
	q.end = p.lastEnd()
	return q
}

// attachWith gives q the WITH that stands before it. Where q is a query in
// parentheses with a WITH of its own, a query around it takes the new one.
func (p *parser) attachWith(q *query, w *with) *query {
	if q.with == nil {
		q.with = w
		return q
	}
	outer := p.slabs.query.new()
	*outer = query{start: q.start, with: w, branches: []branch{{query: q}}}
	return outer
}

// setOps reads the branches behind first. Branches form one flat list, so a
// union of thousands is no depth.
func (p *parser) setOps(first *query) *query {
	var list []branch
	for {
		b, ok := p.setOperator()
		if !ok {
			break
		}
		if list == nil {
			list = append(list, branch{query: first})
		}
		b.query = p.term()
		if b.query == nil {
			p.note(UnknownClause, Warning, max(p.pos-1, 0), p.pos)
			break
		}
		list = append(list, b)
	}
	if list == nil {
		return first
	}
	q := p.slabs.query.new()
	q.start, q.branches = first.start, list
	if last := list[len(list)-1].query; last.sel != nil && !last.parens(p) {
		q.tail, last.tail = last.tail, nil
	}
	return q
}

// parens reports whether the query stands in parentheses of its own.
func (q *query) parens(p *parser) bool {
	return int(q.start) < len(p.sql) && p.sql[q.start] == '('
}

// setOperator reads UNION ALL BY NAME and its relatives.
func (p *parser) setOperator() (b branch, ok bool) {
	from := p.pos
	moded := false
	if n := p.outerSet(); n > 0 {
		moded = true
		switch p.peekWord(0) {
		case kInner:
			b.keep = matchInner
		case kLeft:
			b.keep = matchLeft
		}
		p.pos += n
	}
	switch {
	case p.accept(kUnion):
		b.op = setUnion
	case p.acceptAny(kExcept, kMinus):
		b.op = setExcept
	case p.accept(kIntersect):
		b.op = setIntersect
	default:
		p.pos = from
		return b, false
	}
	p.acceptAny(kAll, kDistinct)
	if p.acceptSeq(kBy, kName) {
		b.byName = true
	}
	strict := p.acceptText("strict")
	if p.acceptText("corresponding") {
		b.byName = true
		if !strict && !moded { // the standard's: the columns that both have
			b.keep = matchInner
		}
		if p.accept(kBy) {
			b.only, _ = p.identList()
		}
	}
	if b.byName && p.accept(kOn) {
		b.only, _ = p.identList()
	}
	return b, true
}

// outerSet counts the words of BigQuery's INNER, LEFT [OUTER] and FULL [OUTER]
// in front of a set operator.
func (p *parser) outerSet() int {
	if !p.atAny(kInner, kLeft, kFull, kOuter) {
		return 0
	}
	n := 1
	if p.peekWord(1) == kOuter {
		n++
	}
	if w := p.peekWord(n); w == kUnion || w == kIntersect || w == kExcept {
		return n
	}
	return 0
}

// term reads one branch: SELECT, VALUES, TABLE t, FROM t …, or ( query ).
func (p *parser) term() *query {
	start := p.offset()
	switch t := p.tok(); {
	case t.is('('):
		p.pos++
		q := p.query()
		p.closeParen()
		q.start = start
		return q
	case t.word == kSelect:
		return p.selectQuery()
	case t.word == kFrom:
		return p.fromFirstQuery()
	case t.word == kValues || t.word == kValue && p.peekOp(1, '('):
		return p.valuesQuery()
	case t.word == kTable && p.peek(1).name():
		p.pos++
		return p.wholeTable(start)
	case t.word == kPivot || t.word == kUnpivot:
		return p.pivotQuery()
	case t.word == kWith:
		return p.query()
	case (t.word == kSummarize || t.word == kDescribe) && p.fromFirst && p.peek(1).name():
		p.pos++
		return p.wholeTable(start)
	case t.kind == tTemplate:
		return p.templateQuery()
	}
	return nil
}

// templateQuery reads a template that stands where a query is expected.
func (p *parser) templateQuery() *query {
	q := p.slabs.query.new()
	q.start, q.template = p.offset(), true
	p.note(Template, Warning, p.pos, p.pos+1)
	p.templateReads(p.tok())
	p.pos++
	return q
}

// wholeTable reads a table name as SELECT * FROM it.
func (p *parser) wholeTable(start int32) *query {
	f := p.fromPrimary()
	q := p.slabs.query.new()
	q.start, q.sel = start, p.slabs.sel.new()
	q.sel.from = p.slabs.froms.copy([]*fromItem{f})
	q.sel.items = p.starItem(start)
	q.end = p.lastEnd()
	return q
}

// starItem is a select list of one plain star.
func (p *parser) starItem(start int32) []item {
	star := p.node(xStar, start)
	return p.slabs.items.copy([]item{{expr: star, start: start, end: p.lastEnd()}})
}

// valuesQuery reads VALUES (…), (…). Rows of plain literals after the first
// are skipped without being looked at.
func (p *parser) valuesQuery() *query {
	q := p.slabs.query.new()
	q.start = p.offset()
	p.pos++
	for {
		p.accept(kRow)
		if len(q.rows) > 0 && p.literalRow() {
			if !p.acceptOp(',') {
				break
			}
			continue
		}
		base := len(p.exprs)
		if p.acceptOp('(') {
			for !p.done() && !p.atOp(')') {
				before := p.pos
				p.push(p.expr())
				if !p.acceptOp(',') && !p.atOp(')') {
					p.closeTo(before)
				}
			}
			p.acceptOp(')')
		} else if e := p.expr(); e != nil { // VALUES 1, 2
			p.push(e)
		} else {
			break
		}
		q.rows = append(q.rows, p.take(base))
		if !p.acceptOp(',') {
			break
		}
	}
	q.end = p.lastEnd()
	return q
}

// literalRow skips ( … ) when it holds nothing but literals.
func (p *parser) literalRow() bool {
	if !p.atOp('(') {
		return false
	}
	for i := p.pos + 1; i < p.end; i++ {
		switch t := p.tokens[i]; {
		case t.kind == tNumber, t.kind == tString, t.is(','), t.is('-'), t.is('+'), t.word == kNull, t.word == kTrue, t.word == kFalse, t.word == kDefault:
		case t.is(')'):
			p.pos = i + 1
			return true
		default:
			return false
		}
	}
	return false
}

// withClause reads WITH a AS (…), b AS (…).
func (p *parser) withClause() *with {
	if !p.at(kWith) || !(p.peek(1).name() || p.peek(1).is('(') || p.peek(1).kind == tString || p.peek(1).kind == tTemplate || p.peek(1).kind == tNumber) {
		return nil
	}
	p.pos++
	return p.commonTables()
}

// commonTables reads what stands behind WITH.
func (p *parser) commonTables() *with {
	w := &with{}
	if p.at(kRecursive) && (p.peekWord(1) != kAs || p.peekWord(2) == kAs) {
		p.pos++
		w.recursive = true
	}
	for {
		before := p.pos
		if c, ok := p.commonTable(); ok {
			w.ctes = append(w.ctes, c)
		}
		if !p.acceptOp(',') && !(p.tok().name() && p.peekWord(1) == kAs && p.peekOp(2, '(')) || p.pos == before {
			break
		}
		if p.at(kSelect) { // a comma too many
			break
		}
	}
	return w
}

// commonTable reads name (a, b) AS [NOT MATERIALIZED] ( query ), or the
// ClickHouse form expression AS name.
func (p *parser) commonTable() (cte, bool) {
	from := p.pos
	var c cte
	if t := p.tok(); t.name() || t.kind == tTemplate {
		p.pos++
		c.name = p.identOf(t)
		c.cols, _ = p.identList()
		if p.at(kUsing) && p.peekWord(1) == kKey { // duckdb
			p.pos += 2
			p.identList()
		}
		if p.accept(kAs) {
			p.accept(kNot)
			p.accept(kMaterialized)
			p.acceptText("virtual")
			if p.atOp('(') && !p.braceParams || p.queryAhead(0) || p.writesAhead(1) {
				p.cteBody(&c)
				return c, true
			}
		} else if p.atOp('(') && p.queryAhead(1) && !p.braceParams { // spark: AS may be left out
			p.cteBody(&c)
			return c, true
		}
	}
	p.pos = from
	c = cte{value: p.expr()}
	if p.accept(kAs) && p.tok().name() {
		c.name = p.identOf(p.tok())
		p.pos++
	}
	return c, c.value != nil && !c.name.empty()
}

// cteBody reads ( query ) or ( INSERT … RETURNING … ) and the clauses of
// recursion behind it.
func (p *parser) cteBody(c *cte) {
	p.acceptOp('(')
	if p.writesAhead(0) {
		c.stmt = p.nested()
	} else {
		c.query = p.query()
	}
	p.closeParen()
	if p.at(kSearch) && p.peek(1).kind == tWord || p.at(kCycle) && p.peek(1).name() {
		p.searchCycle(c)
	}
}

// searchCycle reads SEARCH DEPTH FIRST BY a SET b and CYCLE a SET b USING c.
func (p *parser) searchCycle(c *cte) {
	for !p.done() && !p.atOp(',') && !p.atOp('(') && !p.atAny(kSelect, kInsert, kUpdate, kDelete) {
		if p.atAny(kSet, kUsing) && p.peek(1).name() {
			c.made = append(c.made, p.identOf(p.peek(1)))
		}
		p.pos++
	}
}

// writesAhead reports whether a writing statement begins n tokens on.
func (p *parser) writesAhead(n int) bool {
	switch p.peekWord(n) {
	case kInsert:
		return p.peekWord(n+1) == kInto
	case kUpdate, kMerge:
		return p.peek(n + 1).name()
	case kDelete:
		return p.peekWord(n+1) == kFrom
	}
	return false
}
