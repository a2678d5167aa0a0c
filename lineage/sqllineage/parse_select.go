package sqllineage

// selectQuery reads SELECT … up to the end of its last clause.
func (p *parser) selectQuery() *query {
	q := p.slabs.query.new()
	q.start, q.sel = p.offset(), p.slabs.sel.new()
	if p.scriptAhead() {
		q.sel.items = p.scriptItem()
		p.selectClauses(q)
		q.end = p.lastEnd()
		return q
	}
	noted := len(p.diags)
	outer := p.inner
	p.inner = nil
	p.pos++
	p.selectModifiers(q.sel)
	if p.at(kInto) && p.peek(1).name() { // plpgsql: SELECT INTO a, b x, y FROM t
		p.pos++
		q.into = p.intoTarget()
	}
	sel := q.sel
	sel.items = p.selectItems()
	p.selectClauses(q)
	sel.inner, p.inner = p.inner, outer
	if len(sel.from) == 0 { // what was skipped may have been a FROM
		for i := noted; i < len(p.diags); i++ {
			if p.diags[i].code == UnknownClause {
				p.diags[i].severity = Warning
			}
		}
	}
	q.end = p.lastEnd()
	return q
}

// fromFirstQuery reads FROM t [SELECT …], as DuckDB, ClickHouse and Hive
// write it; without SELECT it is everything.
func (p *parser) fromFirstQuery() *query {
	q := p.slabs.query.new()
	q.start, q.sel = p.offset(), p.slabs.sel.new()
	p.pos++
	q.sel.from = p.fromList()
	if p.pipeAhead() {
		q.sel.items = p.starItem(q.start)
		return p.pipes(q)
	}
	if p.at(kSelect) && !p.newStatement() {
		p.pos++
		p.selectModifiers(q.sel)
		q.sel.items = p.selectItems()
	} else if p.scriptAhead() {
		q.sel.items = p.scriptItem()
	} else {
		q.sel.items = p.starItem(q.start)
	}
	p.selectClauses(q)
	q.end = p.lastEnd()
	return q
}

// selectModifiers skips what stands between SELECT and the first item.
func (p *parser) selectModifiers(sel *selection) {
	for {
		switch w := p.peekWord(0); w {
		case kDistinct, kAll, kUnique:
			if p.peekOp(1, ',') || p.peekOp(1, '.') || p.peekWord(1) == kFrom && w != kDistinct {
				return
			}
			p.pos++
			if p.at(kOn) && p.peekOp(1, '(') {
				p.pos += 2
				sel.clauses = append(sel.clauses, clause{use: subGroupBy, exprs: p.sortList(), own: true})
				p.closeParen()
			}
		case kTop:
			if !p.topAhead() {
				return
			}
			p.top()
		case kAs:
			if !p.tokenIs(1, "struct") && !p.tokenIs(1, "value") {
				return
			}
			sel.asValue = p.tokenIs(1, "value")
			p.pos += 2
		case kStraightJoin, kHighPriority:
			p.pos++
		case kWith: // BigQuery: WITH DIFFERENTIAL_PRIVACY OPTIONS (…)
			if !p.tokenIs(1, "differential_privacy") && !p.tokenIs(1, "aggregation_threshold") && !p.tokenIs(1, "anonymization") {
				return
			}
			p.pos += 2
			if p.accept(kOptions) {
				p.skipParens()
			}
		case noWord:
			if !p.mysqlModifier() {
				return
			}
			p.pos++
		default:
			return
		}
	}
}

func (p *parser) topAhead() bool {
	t := p.peek(1)
	return t.kind == tNumber || t.kind == tParam || t.is('(')
}

// top skips TOP n [PERCENT] [WITH TIES].
func (p *parser) top() {
	p.pos++
	if p.atOp('(') {
		p.skipParens()
	} else {
		p.pos++
	}
	p.accept(kPercent)
	p.acceptSeq(kWith, kTies)
}

func (p *parser) mysqlModifier() bool {
	return p.atText("sql_calc_found_rows") || p.atText("sql_no_cache") || p.atText("sql_cache") || p.atText("sql_small_result") ||
		p.atText("sql_big_result") || p.atText("distinctrow") || p.atText("sql_buffer_result")
}

// selectItems reads the select list. A comma too many is forgiven.
func (p *parser) selectItems() []item {
	var buf [32]item
	list := buf[:0]
	for !p.done() {
		before := p.pos
		it, ok := p.selectItem()
		if ok {
			list = append(list, it)
		}
		if p.pos == before && !p.atOp(',') {
			break
		}
		if !p.acceptOp(',') && !p.itemGap() {
			break
		}
	}
	return p.slabs.items.copy(list)
}

// itemGap skips what no rule took behind an item, and reports whether another
// item follows.
func (p *parser) itemGap() bool {
	if p.done() || p.atOp(')') || p.atOp(opPipe) || p.clauseWord(p.peekWord(0)) || p.newStatement() || p.atAny(kMinus, kLimit, kOffset, kWindow) || p.atText("bulk") {
		return false
	}
	from := p.pos
	for !p.done() && !p.atOp(',') && !p.atOp(')') && !p.clauseWord(p.peekWord(0)) && !p.newStatement() {
		p.skipOne()
	}
	p.skipped(from, p.pos)
	return p.acceptOp(',')
}

// selectItem reads one item with its alias. T-SQL writes alias = expression
// too, and assigns variables the same way.
func (p *parser) selectItem() (item, bool) {
	start := p.offset()
	t := p.tok()
	adds := t.kind == tParam && p.peekOp(2, '=') && (p.peekOp(1, '+') || p.peekOp(1, '-') || p.peekOp(1, '*') || p.peekOp(1, '/'))
	if p.optionalSemi && (p.peekOp(1, '=') || adds) && (t.name() || t.kind == tParam || t.kind == tString) {
		p.pos += 2
		p.acceptOp('=')
		e := p.expr()
		it := item{expr: e, alias: p.identOf(t), start: start, end: p.lastEnd(), adds: adds}
		if t.kind == tString {
			it.alias.text = p.stringText(t)
		}
		return it, e != nil
	}
	if p.fromFirst && p.atText("transform") {
		if it, ok := p.transformItem(); ok {
			return it, true
		}
	}
	if t.name() && p.peekOp(1, ':') && p.prefixAlias { // duckdb: alias: expr
		p.pos += 2
		e := p.expr()
		return item{expr: e, alias: p.identOf(t), start: start, end: p.lastEnd()}, e != nil
	}
	e := p.expr()
	if e == nil {
		return item{}, false
	}
	it := item{expr: e, start: start, end: p.lastEnd()}
	if e.kind == xStar && !p.at(kAs) {
		return it, true
	}
	it.alias, it.aliases = p.itemAlias()
	return it, true
}

// scriptAhead reports whether Hive's MAP a, b USING or REDUCE a, b USING begins
// here.
func (p *parser) scriptAhead() bool {
	return p.fromFirst && p.doubleIsString && !p.dashNames && (p.at(kMap) || p.atText("reduce")) && p.peek(1).name() && p.peekWord(1) != kUsing
}

// scriptItem reads MAP a, b USING 'script' AS (x, y): every column that the
// script makes may stem from all that it is given.
func (p *parser) scriptItem() []item {
	start := p.offset()
	p.pos++
	base := len(p.exprs)
	for {
		p.push(p.expr())
		if !p.acceptOp(',') {
			break
		}
	}
	e := p.node(xRow, start)
	e.args = p.take(base)
	it := item{expr: e, start: start, end: p.lastEnd()}
	for !p.done() && !p.atOp(')') && !p.newStatement() && (p.atAny(kUsing, kAs, kRow) || !p.clauseWord(p.peekWord(0)) && !p.at(kInsert)) {
		if p.accept(kAs) {
			it.aliases = p.scriptAliases()
			continue
		}
		p.skipOne()
	}
	return p.slabs.items.copy([]item{it})
}

// transformItem reads Hive's TRANSFORM (a, b) USING 'script' AS (x, y).
func (p *parser) transformItem() (item, bool) {
	start, from := p.offset(), p.pos
	if !p.peekOp(1, '(') {
		return item{}, false
	}
	e := p.expr()
	if !p.at(kUsing) && !p.at(kRow) {
		p.pos = from
		return item{}, false
	}
	it := item{expr: e, start: start, end: p.lastEnd()}
	for !p.done() && !p.at(kFrom) && !p.atOp(')') && !p.clauseWord(p.peekWord(0)) || p.atAny(kUsing, kAs) || p.at(kWith) && p.peekWord(1) == kSerdeproperties {
		if !p.accept(kAs) {
			p.skipOne()
			continue
		}
		it.aliases = p.scriptAliases()
	}
	return it, e != nil
}

// scriptAliases reads what a script makes: (a, b INT) or a, b.
func (p *parser) scriptAliases() []ident {
	if list, ok := p.identList(); ok {
		return list
	}
	var list []ident
	for p.tok().name() {
		list = append(list, p.identOf(p.tok()))
		p.pos++
		if !p.acceptOp(',') {
			break
		}
	}
	return list
}

// selectClauses reads the clauses behind a select list, in any order.
func (p *parser) selectClauses(q *query) {
	for !p.done() && !p.atOp(')') {
		if p.pipeAhead() {
			inner := p.slabs.query.new()
			*inner = *q
			*q = *p.pipes(inner) // which may stand around inner
			return
		}
		if p.selectClause(q) || p.tailClause(q) {
			continue
		}
		if p.modelAhead() {
			p.modelClause(q)
			continue
		}
		if p.setAhead() || p.newStatement() || p.stopAhead() {
			return
		}
		if !p.recover() {
			return
		}
	}
}

func (p *parser) setAhead() bool {
	return p.atAny(kUnion, kIntersect, kExcept) || p.at(kMinus) && p.clauseWord(kMinus) || p.outerSet() > 0
}

// stopAhead reports whether the cursor is at a word that belongs to what is
// around the query: ON of INSERT … ON CONFLICT, RETURNING, control flow.
func (p *parser) stopAhead() bool {
	switch p.peekWord(0) {
	case kOn, kReturning, kThen, kLoop, kDo, kElse, kWhen, kEnd, kAs:
		return true
	case kWith: // WITH NO DATA, WITH CHECK OPTION
		return !p.peekOp(1, '(')
	case kInsert, kBegin:
		return true
	case kLog:
		return p.tokenIs(1, "errors")
	}
	return p.atOp(';')
}

// recover skips an unknown clause, up to the next word that a rule knows.
func (p *parser) recover() bool {
	from := p.pos
	for p.skipOne(); !p.done() && !p.atOp(')') && !p.atOp(';'); p.skipOne() {
		if p.clauseStart() || p.setAhead() || p.newStatement() {
			break
		}
	}
	p.skipped(from, p.pos)
	return p.pos > from
}

// clauseStart reports whether a clause of a query begins at the cursor.
func (p *parser) clauseStart() bool {
	switch p.peekWord(0) {
	case kFrom, kWhere, kHaving, kQualify, kLimit, kJoin, kPrewhere:
		return true
	case kGroup, kOrder:
		return p.peekWord(1) == kBy
	case kLeft, kRight, kFull, kInner, kCross, kNatural:
		return p.joinAhead()
	}
	return false
}

// selectClause reads one clause that belongs to a SELECT alone.
func (p *parser) selectClause(q *query) bool {
	sel := q.sel
	add := func(use subtype, own bool, exprs ...*expr) {
		sel.clauses = append(sel.clauses, clause{use: use, exprs: exprs, own: own})
	}
	switch p.peekWord(0) {
	case kFrom:
		p.pos++
		sel.from = append(sel.from, p.fromList()...)
	case kInto:
		p.pos++
		q.into = p.intoTarget()
	case kWhere, kPrewhere:
		p.pos++
		add(subFilter, false, p.clauseExpr())
	case kGroup:
		if p.peekWord(1) != kBy && p.peekWord(1) != kAll {
			return false
		}
		p.groupBy(sel)
	case kHaving, kQualify:
		p.pos++
		add(subFilter, true, p.clauseExpr())
	case kWindow:
		if !p.clauseWord(kWindow) {
			return false
		}
		p.pos++
		p.namedWindows(sel)
	case kConnect:
		p.acceptSeq(kConnect, kBy)
		p.accept(kNocycle)
		add(subFilter, false, p.clauseExpr())
	case kStart:
		if !p.acceptSeq(kStart, kWith) {
			return false
		}
		add(subFilter, false, p.clauseExpr())
	case kLateral, kJoin, kLeft, kRight, kInner, kFull, kCross, kNatural, kArray, kGlobal, kAny, kOuter:
		return p.lateJoin(sel)
	default:
		if p.atText("bulk") && p.tokenIs(1, "collect") {
			p.pos += 2
			return true
		}
		return false
	}
	return true
}

// innerAlias takes AS name behind an expression that is no select item, which
// ClickHouse allows everywhere.
func (p *parser) innerAlias(e *expr) {
	if p.braceParams && e != nil && p.at(kAs) && p.peek(1).name() {
		p.inner = append(p.inner, item{expr: e, alias: p.identOf(p.peek(1)), start: e.start, end: e.end})
		p.pos += 2
	}
}

// clauseExpr reads the condition of a clause.
func (p *parser) clauseExpr() *expr {
	if e := p.expr(); e != nil {
		p.innerAlias(e)
		return e
	}
	return p.node(xOpaque, p.offset())
}

// lateJoin reads joins that stand behind WHERE: LATERAL VIEW of Hive.
func (p *parser) lateJoin(sel *selection) bool {
	before := p.pos
	sel.from = p.joins(sel.from)
	return p.pos > before
}

// groupBy reads GROUP BY with ROLLUP, CUBE, GROUPING SETS and WITH TOTALS.
func (p *parser) groupBy(sel *selection) {
	p.pos++
	p.accept(kBy)
	c := clause{use: subGroupBy, own: true}
	base := len(p.exprs)
	for {
		before := p.pos
		p.acceptAny(kDistinct)
		switch {
		case p.at(kAll) && !p.peekOp(1, '.'):
			p.pos++
		case p.atSeq(kGrouping, kSets):
			p.pos += 2
			p.push(p.parens())
		default:
			e := p.expr()
			p.push(e)
			p.innerAlias(e)
			p.sortTail()
		}
		for p.at(kWith) && (p.peekWord(1) == kRollup || p.peekWord(1) == kCube || p.peekWord(1) == kTotals) {
			p.pos += 2
		}
		if p.atSeq(kGrouping, kSets) { // hive: GROUP BY a, b GROUPING SETS (…)
			continue
		}
		if !p.acceptOp(',') || p.pos == before {
			break
		}
	}
	c.exprs = p.take(base)
	sel.clauses = append(sel.clauses, c)
}

// namedWindows reads WINDOW w AS (…), v AS (…).
func (p *parser) namedWindows(sel *selection) {
	for p.tok().name() && p.peekWord(1) == kAs {
		w := namedWindow{name: p.identOf(p.tok())}
		p.pos += 2
		if p.acceptOp('(') {
			var base ident
			w.exprs = p.windowSpec(&base)
			for _, other := range sel.windows {
				if !base.empty() && other.name.text == base.text {
					w.exprs = append(w.exprs, other.exprs...)
				}
			}
		} else if p.tok().name() {
			p.pos++
		}
		sel.windows = append(sel.windows, w)
		if !p.acceptOp(',') {
			return
		}
	}
}
