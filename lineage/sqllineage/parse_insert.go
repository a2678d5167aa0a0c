package sqllineage

// insert reads INSERT in all its forms, and REPLACE INTO.
func (p *parser) insert(s *stmt) {
	s.kind = KindInsert
	p.pos++
	if p.at(kOverwrite) && (p.peekWord(1) == kAll || p.peekWord(1) == kFirst) && (p.peekWord(2) == kWhen || p.peekWord(2) == kInto) {
		s.kind = KindInsertOverwrite
		p.pos++
	}
	if p.at(kWith) && p.peekWord(1) == kSchema { // databricks: WITH SCHEMA EVOLUTION
		p.pos += 3
	}
	if p.acceptAny(kAll, kFirst) && !p.at(kInto) || p.tokens[p.pos-1].word == kAll || p.tokens[p.pos-1].word == kFirst {
		p.insertAll(s)
		return
	}
	t := &target{}
	if p.at(kOverwrite) {
		s.kind = KindInsertOverwrite
	}
	p.insertTarget(t)
	s.targets = append(s.targets, t)
	if p.acceptSeq(kBy, kName) {
		s.byName = true
		if p.atOp('(') && len(t.cols) == 0 {
			t.cols, _ = p.identList()
		}
	} else if p.acceptSeq(kBy, kPosition) {
		s.byName = false
	}
	p.outputClause(s)
	p.insertSource(s, t)
	p.insertTail(s)
}

// insertTarget reads [INTO|OVERWRITE] [TABLE] t [AS a] [PARTITION (…)] [(cols)],
// or a directory.
func (p *parser) insertTarget(t *target) {
	for {
		switch {
		case p.acceptAny(kIgnore, kInto, kOverwrite, kDelayed, kLowPriority, kHighPriority):
			continue
		case p.at(kOr) && (p.peekWord(1) == kReplace || p.peekWord(1) == kIgnore || p.peekWord(1) == kRollback || p.tokenIs(1, "abort") || p.tokenIs(1, "fail")):
			p.pos += 2
			continue
		case p.topAhead() && p.at(kTop):
			p.top()
			continue
		}
		break
	}
	if p.directory(t) {
		return
	}
	if p.at(kTable) && !p.peek(1).is('(') {
		p.pos++
	}
	if p.at(kFunction) { // clickhouse: INSERT INTO FUNCTION file(…)
		p.pos++
		start := p.offset()
		f := fromItem{name: p.name()}
		if p.atOp('(') {
			t.path = true
			t.name = []ident{{text: p.callPath(p.tableCall(&f, start)), quoted: true}}
		}
		if p.acceptSeq(kPartition, kBy) {
			p.expr()
		}
		return
	}
	if p.tok().kind == tString || p.tok().kind == tStage {
		t.path = true
		t.name = []ident{{text: p.pathText(p.tok()), quoted: true}}
		p.pos++
		return
	}
	if p.qQuotes && p.atOp('(') && p.peekWord(1) == kSelect { // oracle: INTO (SELECT a FROM t) VALUES (1)
		p.targetQuery(t)
		return
	}
	if p.optionalSemi && p.atText("openquery") && p.peekOp(1, '(') {
		p.openQueryTarget(t)
		return
	}
	t.name = p.name()
	t.temp = p.tempName(t.name)
	p.acceptSeq(kIf, kExists)
	if p.hintAhead() {
		p.skipParens()
	}
	p.partition(t)
	if cols, ok := p.identList(); ok {
		t.cols = cols
	} else if p.atOp('(') && p.peekOp(1, '*') { // clickhouse: (* EXCEPT (a))
		p.skipParens()
	}
	if p.accept(kAs) && p.tok().name() && !p.at(kSelect) {
		t.alias = p.identOf(p.tok())
		p.pos++
	} else if p.tok().kind == tWord && !p.clauseWord(p.peekWord(0)) && (p.peekOp(1, '(') && !p.at(kValues) && !p.at(kValue) || p.peekWord(1) == kSelect) && !p.atAny(kPartition, kBy, kOutput, kTable, kExec, kExecute) {
		t.alias = p.identOf(p.tok())
		p.pos++
	}
	if p.at(kWith) && p.peekOp(1, '(') { // WITH (TABLOCK)
		p.pos++
		p.skipParens()
	}
	if len(t.cols) == 0 {
		t.cols, _ = p.identList()
	}
	p.partition(t)
}

// targetQuery reads a query in the place of a target: its table is written, in
// the columns that it selects.
func (p *parser) targetQuery(t *target) {
	p.pos++
	q := p.query()
	for !p.done() && !p.atOp(')') { // WITH CHECK OPTION
		p.skipOne()
	}
	p.acceptOp(')')
	t.writes(q)
}

// openQueryTarget reads T-SQL's OPENQUERY (server, 'SELECT a FROM t') in the
// place of a target.
func (p *parser) openQueryTarget(t *target) {
	p.pos++
	from := p.pos
	p.skipParens()
	for _, s := range p.tokens[from:p.pos] {
		if s.kind != tString {
			continue
		}
		inner := &parser{traits: p.traits, sql: p.stringText(s), limits: p.limits}
		inner.tokens, _ = lex(p.traits, inner.sql, nil, p.limits.Tokens)
		inner.end = len(inner.tokens) - 1
		if inner.at(kSelect) {
			t.writes(inner.query())
		}
	}
}

// writes makes the first table of a query the target, in the columns that the
// query selects.
func (t *target) writes(q *query) {
	if q.sel == nil {
		return
	}
	for _, f := range q.sel.from {
		if f.kind == fromTable && len(t.name) == 0 {
			t.name = f.name
		}
	}
	for _, it := range q.sel.items {
		if it.expr != nil && it.expr.kind == xCol {
			t.cols = append(t.cols, it.expr.parts[len(it.expr.parts)-1])
		}
	}
}

// callPath is what a table function reads or writes: its first literal.
func (p *parser) callPath(call *expr) string {
	for _, a := range call.args {
		if a.kind == xConst && a.start < a.end && p.sql[a.start] == '\'' {
			return trimQuotes(p.sql[a.start:a.end])
		}
	}
	return p.sql[call.start:call.end]
}

func trimQuotes(s string) string {
	if len(s) >= 2 && (s[0] == '\'' || s[0] == '"') {
		return s[1 : len(s)-1]
	}
	return s
}

// directory reads [LOCAL] DIRECTORY 'path' with the format behind it.
func (p *parser) directory(t *target) bool {
	if !p.at(kDirectory) && !(p.at(kLocal) && p.peekWord(1) == kDirectory) {
		return false
	}
	p.accept(kLocal)
	p.pos++
	t.path = true
	if p.tok().kind == tString {
		t.name = []ident{{text: p.stringText(p.tok()), quoted: true}}
		p.pos++
	}
	for !p.done() && !p.atAny(kSelect, kWith, kFrom, kValues) || p.at(kWith) && p.peekWord(1) == kSerdeproperties {
		if p.at(kOptions) && p.peekOp(1, '(') && len(t.name) == 0 { // USING csv OPTIONS ('path' '/x')
			p.pos++
			for _, path := range p.optionPath() {
				t.name = []ident{{text: path, quoted: true}}
			}
			continue
		}
		p.skipOne()
	}
	return true
}

// partition reads PARTITION (d = 'x', e).
func (p *parser) partition(t *target) {
	if !p.at(kPartition) || !p.peekOp(1, '(') {
		return
	}
	p.pos += 2
	for !p.done() && !p.atOp(')') {
		before := p.pos
		if n := p.tok(); n.name() {
			p.pos++
			a := assign{cols: [][]ident{p.slabs.ident.copy([]ident{p.identOf(n)})}, start: n.start}
			if p.acceptOp('=') {
				a.value = p.expr()
			}
			a.end = p.lastEnd()
			t.parts = append(t.parts, a)
		}
		if !p.acceptOp(',') && p.pos == before {
			p.pos++
		}
	}
	p.acceptOp(')')
	p.acceptSeq(kIf, kNot, kExists)
}

// insertSource reads the query, the rows or the assignments.
func (p *parser) insertSource(s *stmt, t *target) {
	p.overriding()
	for p.atAny(kReplace, kSettings) { // databricks: REPLACE WHERE cond; clickhouse: SETTINGS
		if p.acceptSeq(kReplace, kWhere) || p.acceptSeq(kReplace, kOn) {
			s.kind = KindInsertOverwrite
			s.clauses = append(s.clauses, clause{use: subFilter, exprs: []*expr{p.clauseExpr()}})
			continue
		}
		if p.acceptSeq(kReplace, kUsing) {
			s.kind = KindInsertOverwrite
			p.identList()
			continue
		}
		if !p.tailOption(&query{}) {
			break
		}
	}
	switch {
	case p.at(kSet): // mysql: INSERT INTO t SET a = 1
		p.pos++
		s.assigns = p.assignments()
	case p.at(kFrom) && p.tokenIs(1, "infile"):
		s.star = true
		s.paths = []string{p.pathText(p.peek(2))}
		p.pos = p.statementEnd()
	case p.atSeq(kDefault, kValues):
		p.pos += 2
	case p.atAny(kExec, kExecute):
		p.callStatement(s)
		s.kind = KindInsert
	case p.at(kTable) && p.peek(1).name():
		s.query = p.query()
	case p.atAny(kFormat): // clickhouse: data follows
		p.pos, p.inlineData = p.end, true
	default:
		if !p.done() {
			s.query = p.query()
		}
	}
	if s.query == nil && len(s.assigns) == 0 && len(t.name) == 0 {
		p.note(Truncated, Error, max(p.pos-1, 0), p.pos)
	}
}

// overriding skips OVERRIDING SYSTEM VALUE.
func (p *parser) overriding() {
	if p.acceptText("overriding") {
		p.pos++
		p.accept(kValue)
	}
}

// insertTail reads ON CONFLICT, ON DUPLICATE KEY UPDATE and RETURNING.
func (p *parser) insertTail(s *stmt) {
	if p.accept(kAs) && p.tok().name() { // mysql: VALUES (…) AS new
		s.rowAlias = p.identOf(p.tok())
		p.pos++
		s.rowCols, _ = p.identList()
	}
	for p.at(kOn) && p.onConflict() {
		p.pos++
		if p.acceptSeq(kDuplicate, kKey) {
			p.accept(kUpdate)
			s.upserts = append(s.upserts, p.assignments()...)
			continue
		}
		p.pos++
		p.conflict(s)
	}
	p.logErrors()
	p.returningClause(s)
}

// logErrors skips Oracle's LOG ERRORS INTO e ('tag') REJECT LIMIT 10.
func (p *parser) logErrors() {
	if !p.at(kLog) || !p.tokenIs(1, "errors") {
		return
	}
	p.pos += 2
	if p.accept(kInto) {
		p.name()
	}
	if p.atOp('(') {
		p.skipParens()
	}
	if p.acceptText("reject") {
		p.accept(kLimit)
		p.pos++
	}
}

// conflict reads what follows ON CONFLICT.
func (p *parser) conflict(s *stmt) {
	for !p.done() && !p.at(kDo) {
		if p.accept(kWhere) {
			s.clauses = append(s.clauses, clause{use: subFilter, exprs: []*expr{p.clauseExpr()}})
			continue
		}
		p.skipOne()
	}
	p.accept(kDo)
	if p.accept(kNothing) || !p.accept(kUpdate) {
		return
	}
	if p.accept(kSet) {
		s.upserts = append(s.upserts, p.assignments()...)
	}
	if p.accept(kWhere) {
		s.clauses = append(s.clauses, clause{use: subFilter, exprs: []*expr{p.clauseExpr()}})
	}
}

// returningClause reads RETURNING a, b [INTO x].
func (p *parser) returningClause(s *stmt) {
	if !p.atAny(kReturning, kReturn) {
		return
	}
	p.pos++
	s.returning = p.selectItems()
	if p.accept(kInto) || p.atText("bulk") && p.peekWord(2) == kInto {
		if p.atText("bulk") {
			p.pos += 3
		}
		t := &target{}
		if !p.intoVariables(t) {
			p.name()
		}
	}
}

// outputClause reads T-SQL's OUTPUT inserted.a, deleted.b INTO t (x, y).
func (p *parser) outputClause(s *stmt) {
	for p.at(kOutput) && p.optionalSemi {
		p.pos++
		items := p.selectItems()
		if !p.accept(kInto) {
			s.returning = items
			continue
		}
		s.outputs = items
		s.returnTo = &target{}
		s.returnTo.name = p.name()
		s.returnTo.temp = p.tempName(s.returnTo.name)
		s.returnTo.cols, _ = p.identList()
	}
}

// insertAll reads Oracle's and Snowflake's INSERT ALL | FIRST.
func (p *parser) insertAll(s *stmt) {
	var cond *expr
	for !p.done() {
		switch {
		case p.accept(kWhen):
			cond = p.expr()
			p.accept(kThen)
		case p.accept(kElse):
			cond = nil
		case p.at(kInto):
			a := arm{target: &target{}, cond: cond}
			p.insertTarget(a.target)
			if p.accept(kValues) && p.acceptOp('(') {
				base := len(p.exprs)
				for !p.done() && !p.atOp(')') {
					before := p.pos
					p.push(p.expr())
					if !p.acceptOp(',') && p.pos == before {
						p.pos++
					}
				}
				p.acceptOp(')')
				a.values = p.take(base)
			}
			p.logErrors()
			s.arms = append(s.arms, a)
		case p.acceptAny(kOverwrite, kInto):
		default:
			s.query = p.query()
			return
		}
	}
}
