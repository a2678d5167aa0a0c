package sqllineage

// update reads UPDATE in the forms of all dialects.
func (p *parser) update(s *stmt) {
	if p.optionalSemi && p.tokenIs(1, "statistics") {
		p.skipStatement(s)
		return
	}
	s.kind = KindUpdate
	p.pos++
	for p.acceptAny(kLowPriority, kIgnore) || p.acceptSeq(kOr, kReplace) || p.acceptSeq(kOr, kIgnore) || p.at(kTop) && p.topAhead() {
		if p.at(kTop) {
			p.top()
		}
	}
	s.tables = p.fromList()
	if p.accept(kSet) {
		s.assigns = p.assignments()
	}
	p.outputClause(s)
	p.changeClauses(s)
}

// delete reads DELETE: DELETE FROM t USING u, DELETE a FROM a JOIN b, DELETE
// FROM a USING a JOIN b.
func (p *parser) delete(s *stmt) {
	s.kind = KindDelete
	p.pos++
	for p.acceptAny(kLowPriority, kQuick, kIgnore) || p.at(kTop) && p.topAhead() {
		if p.at(kTop) {
			p.top()
		}
	}
	if p.dashNeedsSpace && p.tokenIs(0, "history") && p.peekWord(1) == kFrom && p.peekWord(3) == kBefore { // mariadb
		p.pos++
	}
	if !p.at(kFrom) && p.tok().name() { // DELETE a, b FROM …
		s.tables = p.deleteTables()
		p.outputClause(s)
		if p.acceptAny(kFrom, kUsing) {
			s.from = p.fromList()
		}
		p.changeClauses(s)
		return
	}
	p.accept(kFrom)
	s.tables = p.deleteTables()
	if p.accept(kBefore) { // DELETE HISTORY … BEFORE SYSTEM_TIME x
		p.accept(kSystemTime)
		p.expr()
	}
	p.outputClause(s)
	if p.acceptAny(kUsing, kFrom) {
		s.from = p.fromList()
	}
	p.changeClauses(s)
}

// deleteTables reads the tables that DELETE FROM names, where USING begins
// the list of the others.
func (p *parser) deleteTables() []*fromItem {
	var list []*fromItem
	for {
		f := p.fromItem()
		if f == nil {
			return list
		}
		list = append(list, f)
		if p.atOp('.') && p.peekOp(1, '*') { // DELETE t.* FROM …
			p.pos += 2
		}
		if p.joinAhead() {
			return p.joins(list)
		}
		if !p.acceptOp(',') {
			return list
		}
	}
}

// changeClauses reads FROM, WHERE, ORDER BY, LIMIT and RETURNING behind the
// changes of an UPDATE or DELETE.
func (p *parser) changeClauses(s *stmt) {
	q := &query{sel: p.slabs.sel.new()}
	for !p.done() && !p.atOp(')') && !p.newStatement() {
		before := p.pos
		switch {
		case p.accept(kFrom):
			s.from = append(s.from, p.fromList()...)
		case p.atSeq(kWhere, kCurrent):
			p.pos += 4
			p.pos = min(p.pos, p.end)
		case p.at(kReturning) || p.at(kReturn) && !p.optionalSemi:
			p.returningClause(s)
		case p.at(kOutput):
			p.outputClause(s)
		case p.braceParams && p.at(kIn) && p.peekWord(1) == kPartition, p.braceParams && p.at(kOn) && p.peekWord(1) == kCluster:
			p.pos = min(p.pos+3, p.end)
		case p.at(kLog):
			p.pos = p.end
		case p.selectClause(q), p.tailClause(q):
		}
		if p.pos == before {
			if !p.recover() {
				break
			}
		}
	}
	s.from = append(s.from, q.sel.from...)
	s.clauses = append(s.clauses, q.sel.clauses...)
	s.clauses = append(s.clauses, q.tail...)
}

// assignments reads a = x, t.b = y, (c, d) = (SELECT …).
func (p *parser) assignments() []assign {
	var list []assign
	for !p.done() {
		a, ok := p.assignment()
		if ok {
			list = append(list, a)
		}
		if !p.acceptOp(',') {
			break
		}
	}
	return list
}

func (p *parser) assignment() (assign, bool) {
	a := assign{start: p.offset()}
	if p.atOp('(') {
		cols, ok := p.identList()
		if !ok {
			p.skipParens()
		}
		for i := range cols {
			a.cols = append(a.cols, cols[i:i+1])
		}
	} else if t := p.tok(); t.name() || t.kind == tParam || t.kind == tTemplate {
		name := p.name()
		for p.atOp('[') { // arr[1] = x
			p.skipParens()
			for p.atOp('.') && p.peek(1).name() {
				p.pos += 2
			}
		}
		a.cols = [][]ident{name}
		if t.kind == tParam && p.atOp('=') && p.peek(1).name() && p.peekOp(2, '=') { // @v = col = x
			p.pos++
			a.cols = [][]ident{p.name()}
		}
	}
	if len(a.cols) == 0 {
		return a, false
	}
	if p.atOp('(') {
		return a, p.mutator(&a)
	}
	p.compound(&a)
	a.value = p.expr()
	a.end = p.lastEnd()
	return a, a.value != nil
}

// mutator reads T-SQL's col.WRITE(value, 0, 1), which changes col by value; of
// other methods, such as x.modify('…'), nobody knows what they read.
func (p *parser) mutator(a *assign) bool {
	name := a.cols[0]
	if last := len(name) - 1; last < 1 || !equalFold("write", name[last].text) {
		p.skipParens()
		return false
	}
	a.cols[0] = name[:len(name)-1]
	call := p.call(structName, p.offset())
	a.end = p.lastEnd()
	if len(call.args) == 0 {
		return false
	}
	a.value = call.args[0]
	return true
}

// compound takes the sign of an assignment: =, := or += and its relatives,
// which read the old value too.
func (p *parser) compound(a *assign) {
	switch {
	case p.acceptOp('='), p.acceptOp(opAssign):
	case p.peekOp(1, '='):
		p.pos += 2
		a.adds = true
	case p.atOp(opCompare): // ^= |= &=
		p.pos++
		a.adds = true
	}
}

// merge reads MERGE INTO t USING s ON … WHEN ….
func (p *parser) merge(s *stmt) {
	s.kind = KindMerge
	p.pos++
	if p.at(kTop) {
		p.top()
	}
	if p.accept(kWith) { // WITH SCHEMA EVOLUTION
		p.accept(kSchema)
		p.acceptText("evolution")
	}
	p.accept(kInto)
	if f := p.fromItem(); f != nil {
		s.tables = []*fromItem{f}
	}
	if p.accept(kUsing) {
		if f := p.fromItem(); f != nil {
			s.from = p.joinsWithoutOn(f)
		}
	}
	if p.accept(kOn) {
		s.clauses = append(s.clauses, clause{use: subJoin, exprs: []*expr{p.clauseExpr()}})
	}
	if p.at(kUsing) && p.peekOp(1, '(') && len(s.from) > 0 { // duckdb: MERGE INTO t USING s USING (id)
		p.pos++
		s.using, _ = p.identList()
	}
	for p.at(kWhen) {
		p.mergeArm(s)
	}
	if p.atText("remove") && p.tokenIs(1, "duplicates") { // redshift: every column of the source
		p.pos += 2
		s.arms = append(s.arms, arm{star: true})
	}
	p.outputClause(s)
	p.returningClause(s)
	if p.at(kOption) || p.at(kLog) {
		p.pos = p.end
	}
}

// joinsWithoutOn lets USING be a join, whose last ON is that of the MERGE.
func (p *parser) joinsWithoutOn(f *fromItem) []*fromItem {
	list := []*fromItem{f}
	for p.joinAhead() {
		var ok bool
		if list, ok = p.join(list); !ok {
			break
		}
		if p.accept(kOn) {
			last := list[len(list)-1]
			last.on = append(last.on, p.clauseExpr())
		}
	}
	return list
}

// mergeArm reads WHEN [NOT] MATCHED [BY SOURCE] [AND cond] THEN action.
func (p *parser) mergeArm(s *stmt) {
	p.pos++
	var a arm
	for p.acceptAny(kNot, kMatched, kBy) || p.acceptText("target") || p.at(kSource) {
		if p.accept(kSource) {
			a.absent = true
		}
	}
	if p.accept(kAnd) {
		a.cond = p.expr()
	}
	p.accept(kThen)
	switch {
	case p.accept(kUpdate):
		a.update = true
		p.accept(kSet)
		if p.acceptOp('*') || p.acceptAny(kAll) && p.acceptSeq(kBy, kName) || p.mergeByName() {
			a.star = true
		} else {
			a.assigns = p.assignments()
		}
	case p.accept(kInsert):
		p.mergeInsert(&a)
	case p.accept(kDelete):
	default:
		p.acceptSeq(kDo, kNothing)
	}
	s.arms = append(s.arms, a)
	for p.atAny(kWhere, kDelete) { // oracle
		if p.accept(kDelete) {
			continue
		}
		p.pos++
		s.clauses = append(s.clauses, clause{use: subFilter, exprs: []*expr{p.clauseExpr()}})
	}
}

// mergeByName takes BY NAME and BY POSITION, or nothing at all: DuckDB then
// takes every column of the source.
func (p *parser) mergeByName() bool {
	return p.acceptSeq(kBy, kName) || p.acceptSeq(kBy, kPosition) || p.fromFirst && (p.done() || p.atAny(kWhen, kReturning))
}

// mergeInsert reads INSERT (cols) VALUES (…), INSERT * and INSERT ROW.
func (p *parser) mergeInsert(a *arm) {
	if p.acceptOp('*') || p.acceptAny(kRow) || p.acceptAny(kAll) && p.acceptSeq(kBy, kName) || p.mergeByName() {
		a.star = true
		return
	}
	a.cols, _ = p.identList()
	p.overriding()
	if p.acceptSeq(kDefault, kValues) {
		return
	}
	if p.accept(kRow) {
		a.star = true
		return
	}
	if !p.accept(kValues) {
		return
	}
	parens := p.acceptOp('(')
	base := len(p.exprs)
	for !p.done() && !p.atOp(')') && !p.at(kWhen) {
		before := p.pos
		if p.acceptOp('*') {
			a.star = true
		} else {
			p.push(p.expr())
		}
		if !p.acceptOp(',') && (p.pos == before || !parens) {
			break
		}
	}
	if parens {
		p.closeParen()
	}
	a.values = p.take(base)
}
