package sqllineage

// calledRoutine takes a statement of PL/SQL that is nothing but the name of a
// procedure with its arguments, and assignments to elements of a collection.
func (e *engine) calledRoutine() bool {
	p := &e.parser
	if !p.qQuotes || !e.inBody && e.blocks == 0 || !p.tok().name() || p.singleStatement(p.pos) || p.atAny(kSelect, kWith, kNull, kRaise, kExit, kGoto, kCommit, kRollback) {
		return false
	}
	n := e.nameLength(0)
	switch next := p.peek(n); {
	case next.is(';'), next.kind == tEOF:
	case next.is('('):
		at := p.pos
		p.pos += n
		p.skipParens()
		for p.atOp('.') && p.peek(1).name() {
			p.pos += 2
		}
		if p.atOp(opAssign) { // rows(i).id := x
			p.pos++
			e.tested()
			return true
		}
		p.pos = at
	default:
		return false
	}
	e.answerFor(func(p *parser) *stmt {
		s := &stmt{start: p.offset()}
		p.pos-- // what follows a word that calls
		p.callStatement(s)
		s.end = p.lastEnd()
		return s
	}, false)
	return true
}

// forAll takes FORALL i IN 1 .. n SAVE EXCEPTIONS in front of a statement.
func (e *engine) forAll() bool {
	p := &e.parser
	if !p.peek(1).name() || p.peekWord(2) != kIn {
		return false
	}
	e.declare(p.identOf(p.peek(1)))
	for !p.done() && !p.atAny(kInsert, kUpdate, kDelete, kMerge, kExecute) {
		p.pos++
	}
	return true
}

// withRoutines takes the functions that WITH defines before a query, and the
// procedure of Snowflake's WITH p AS PROCEDURE … CALL p(). The query that
// follows is a statement of its own.
func (e *engine) withRoutines() bool {
	p := &e.parser
	if p.peekWord(2) == kAs && p.peekWord(3) == kProcedure {
		return e.withProcedure()
	}
	if p.peekWord(1) != kFunction && p.peekWord(1) != kProcedure || !p.peek(2).name() {
		return false
	}
	p.end = len(p.tokens) - 1
	p.pos++
	for p.acceptAny(kFunction, kProcedure) {
		p.skipRoutine()
		if !p.acceptOp(',') {
			p.acceptOp(';')
		}
	}
	if p.peekWord(1) != kAs && !p.peekOp(1, '(') || p.at(kSelect) {
		return true
	}
	e.answerFor(func(p *parser) *stmt {
		s := &stmt{start: p.offset()}
		s.with = p.commonTables()
		p.afterWith(s)
		p.leftover(s)
		s.end = p.lastEnd()
		return s
	}, false)
	return true
}

// skipRoutine moves behind the body of a function: RETURN expression, or a
// block up to its END.
func (p *parser) skipRoutine() {
	for !p.done() && !p.atAny(kBegin, kReturn, kIs, kAs) {
		p.skipOne()
	}
	if p.at(kReturn) && !p.qQuotes {
		p.pos++
		p.expr()
		return
	}
	block := splitBlock{routine: true, blocks: true}
	for !p.done() {
		was := block.depth
		block.token(p, false)
		p.pos++
		if was > 0 && block.depth == 0 {
			break
		}
	}
	if p.tok().name() && p.peekOp(1, ';') { // END f;
		p.pos++
	}
}

// withProcedure takes WITH p AS PROCEDURE () … AS 'body'.
func (e *engine) withProcedure() bool {
	p := &e.parser
	p.end = len(p.tokens) - 1
	for !p.done() && !(p.tok().kind == tString && p.tokens[p.pos-1].word == kAs) {
		p.skipOne()
	}
	if p.done() {
		return true
	}
	body := p.tok()
	p.pos++
	e.textBody(body)
	return true
}
