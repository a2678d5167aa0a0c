package sqllineage

// control takes the words of control flow that stand where a statement could
// begin. Every branch is taken once, in the order of the text, so nothing more
// needs to be known of loops and conditions than what they read.
func (e *engine) control() bool {
	p := &e.parser
	t := p.tok()
	if t.is('#') && e.inBody && p.peek(1).kind == tWord { // #variable_conflict use_column of plpgsql
		for p.pos++; !p.done() && p.tok().flags&flagNewline == 0; p.pos++ {
		}
		return true
	}
	if t.is(':') && p.newRowAhead(0) {
		return e.assignNew()
	}
	if t.kind != tWord {
		return t.is('<') && e.label() || t.is(opCompare) && e.label()
	}
	scripted := p.blocks || e.inBody
	switch t.word {
	case kBegin:
		return e.begin(scripted)
	case kEnd:
		return e.endOfBlock(scripted)
	case kDeclare:
		return e.declarations()
	case kIf, kElseif, kElsif, kWhile, kUntil:
		return e.condition(scripted || t.word == kWhile)
	case kElse, kLoop, kRepeat, kException, kDo:
		return e.bareWord(scripted, t.word)
	case kFor:
		return e.forLoop()
	case kCase, kWhen:
		return e.caseStatement(scripted, t.word)
	case kCreate, kAlter:
		return e.routine()
	case kProcedure, kFunction:
		return e.nestedRoutine()
	case kSet:
		return e.setVariable()
	case kReturn:
		return e.returned()
	case kExec, kExecute, kCall:
		return e.dynamic()
	case kOpen, kFetch, kClose:
		return e.cursor()
	case kWith:
		return e.withRoutines()
	case kPrepare:
		return e.prepare()
	}
	return e.otherControl(scripted)
}

// otherControl takes statements that begin with words that are no keywords,
// labels and assignments.
func (e *engine) otherControl(scripted bool) bool {
	p := &e.parser
	next := p.peek(1)
	switch {
	case scripted && next.is(':') && (p.peekWord(2) == kLoop || p.peekWord(2) == kWhile || p.peekWord(2) == kBegin || p.peekWord(2) == kRepeat || p.peekWord(2) == kFor):
		p.pos += 2
	case scripted && p.optionalSemi && p.tok().name() && next.is(':'): // label: of GOTO
		p.pos += 2
	case p.atText("let"):
		return e.let()
	case p.atText("foreach") && scripted && p.peek(1).name():
		return e.forEach()
	case p.atText("perform") && scripted:
		p.pos++
		e.query()
	case p.tok().name() && next.is(opAssign):
		e.assignTo(p.identOf(p.tok()), 2)
	case p.atText("forall") && scripted:
		return e.forAll()
	case scripted && p.newRowAhead(0) && e.assignNew(): // new.a := x
	case scripted && p.tok().name() && next.is('.') && p.peek(2).name() && p.peekOp(3, opAssign): // row.a := x
		p.pos += 4
		e.tested()
	default:
		return e.calledRoutine()
	}
	return true
}

// label skips <<name>>.
func (e *engine) label() bool {
	p := &e.parser
	if p.peek(1).name() && p.sql[p.tok().start] == '<' && (p.peekOp(2, opCompare) || p.peekOp(2, '>')) {
		p.pos += 3
		p.acceptOp('>')
		return true
	}
	return false
}

// begin takes BEGIN of a block; BEGIN of a transaction is a statement.
func (e *engine) begin(scripted bool) bool {
	p := &e.parser
	next := p.peek(1)
	switch {
	case next.kind == tEOF, next.is(';'), next.word == kTransaction, next.word == kTran, next.word == kWork, p.tokenIs(1, "distributed"),
		next.word == kImmediate, p.tokenIs(1, "deferred"), p.tokenIs(1, "exclusive"), p.tokenIs(1, "isolation"), next.word == kRead, next.kind == tString:
		return false
	case next.word == kTry, next.word == kCatch:
		p.pos += 2
	default:
		p.pos++
		if p.acceptSeq(kNot) || p.acceptText("atomic") {
			p.acceptText("atomic")
		}
		if p.atOp('(') && !scripted {
			return true
		}
	}
	e.blocks++
	return true
}

// endOfBlock takes END with what may follow it.
func (e *engine) endOfBlock(scripted bool) bool {
	p := &e.parser
	next := p.peek(1)
	if !scripted && e.blocks == 0 {
		return false
	}
	p.pos++
	switch next.word {
	case kIf, kLoop, kWhile, kCase, kFor, kRepeat:
		p.pos++
	default:
		p.acceptAny(kTry, kCatch)
		if e.blocks > 0 {
			e.blocks--
		}
		e.declaring = e.inPackage && e.blocks == 1
	}
	if p.tok().name() && (p.peek(1).is(';') || p.peek(1).kind == tEOF) && !p.optionalSemi { // label
		p.pos++
	}
	return true
}

// condition takes IF, ELSEIF, WHILE and UNTIL with what they test.
func (e *engine) condition(scripted bool) bool {
	p := &e.parser
	if !scripted {
		return false
	}
	word := p.peekWord(0)
	p.pos++
	e.tested()
	if word == kUntil {
		if p.acceptSeq(kEnd, kRepeat) {
			return true
		}
	}
	p.acceptAny(kThen, kDo, kLoop)
	return true
}

// tested reads a condition. Where it reads tables it is an answer of its own.
func (e *engine) tested() {
	p := &e.parser
	from := p.pos
	n := len(e.answer.Statements)
	e.expression(func(p *parser) []*expr {
		if x := p.expr(); x != nil {
			return []*expr{x}
		}
		return nil
	})
	for _, t := range p.tokens[from:max(from, p.pos)] {
		if t.word == kSelect {
			return
		}
	}
	e.answer.Statements = e.answer.Statements[:n]
}

// expression answers for expressions that stand in control flow.
func (e *engine) expression(read func(p *parser) []*expr) {
	e.answerFor(func(p *parser) *stmt {
		s := &stmt{kind: KindOther, start: p.offset()}
		s.exprs = read(p)
		s.end = p.lastEnd()
		return s
	}, true)
}

// rows answers for a query whose rows go to a variable or cursor, and returns
// its columns. They are no output of the script.
func (e *engine) rows() []OutputColumn {
	n := len(e.answer.Statements)
	e.query()
	if len(e.answer.Statements) == n {
		return nil
	}
	s := &e.answer.Statements[n]
	columns := s.Columns
	s.Kind, s.Columns = KindOther, []OutputColumn{}
	return columns
}

// query answers for a query that control flow contains.
func (e *engine) query() {
	e.answerFor(func(p *parser) *stmt {
		s := &stmt{kind: KindSelect, start: p.offset()}
		if p.atAny(kSelect, kWith, kValues, kFrom) || p.atOp('(') {
			s.query = p.query()
		} else { // PERFORM f(x): the select list alone
			s.query = p.slabs.query.new()
			s.query.sel = p.slabs.sel.new()
			s.query.sel.items = p.selectItems()
			p.selectClauses(s.query)
		}
		s.end = p.lastEnd()
		return s
	}, false)
}

// bareWord takes a word that only structures.
func (e *engine) bareWord(scripted bool, w word) bool {
	p := &e.parser
	switch {
	case w == kDo && p.doBody() >= 0:
		e.doBlock()
		return true
	case w == kElse && p.optionalSemi, scripted && w != kDo:
		p.pos++
		return true
	}
	return false
}

// forLoop takes FOR r IN query LOOP, FOR i IN 1..9 LOOP and their relatives.
// The variable holds a row of the query.
func (e *engine) forLoop() bool {
	p := &e.parser
	id := p.identOf(p.peek(1))
	if !p.peek(1).name() || p.peekWord(2) != kIn && p.peekWord(2) != kAs {
		return false
	}
	p.pos += 3
	p.acceptText("reverse")
	e.declare(id)
	p.end = e.upTo(kLoop, kDo)
	switch {
	case p.atAny(kSelect, kWith) || p.atOp('(') && p.queryAhead(0):
		e.session.row(id, e.rows())
	case p.tok().name() && (p.pos+1 == p.end || p.peekOp(1, '(')) && e.session.rows[variableKey(p.identOf(p.tok()))] != nil: // a cursor
		e.session.row(id, e.session.rows[variableKey(p.identOf(p.tok()))])
	case p.at(kExecute):
		p.pos++
		e.runText(id)
	default:
		p.pos = p.end
	}
	p.pos = p.end
	p.end = e.statementEnd()
	p.acceptAny(kLoop, kDo)
	return true
}

// forEach takes plpgsql's FOREACH x [SLICE n] IN ARRAY list LOOP.
func (e *engine) forEach() bool {
	p := &e.parser
	id := p.identOf(p.peek(1))
	p.pos += 2
	for !p.done() && !p.accept(kIn) {
		p.pos++
	}
	p.accept(kArray)
	end := p.end
	p.end = e.upTo(kLoop)
	e.assign(id)
	p.pos, p.end = max(p.pos, p.end), end
	p.accept(kLoop)
	return true
}

// upTo is the position of the next of ks outside of parentheses, at most the
// end of the statement.
func (e *engine) upTo(ks ...word) int {
	p := &e.parser
	depth := 0
	for i := p.pos; i < p.end; i++ {
		t := &p.tokens[i]
		switch {
		case t.is('('):
			depth++
		case t.is(')'):
			depth--
		case depth <= 0 && t.word != noWord:
			for _, k := range ks {
				if t.word == k {
					return i
				}
			}
		}
	}
	return p.end
}

// caseStatement takes CASE x and WHEN c THEN of a statement.
func (e *engine) caseStatement(scripted bool, w word) bool {
	p := &e.parser
	if !scripted {
		return false
	}
	p.pos++
	if w == kCase && p.at(kWhen) {
		return true
	}
	end := p.end
	p.end = e.upTo(kThen, kWhen)
	if !p.done() {
		e.tested()
	}
	p.pos = max(p.pos, p.end)
	p.end = end
	p.accept(kThen)
	return true
}

// returned takes RETURN with a query or value.
func (e *engine) returned() bool {
	p := &e.parser
	if !e.inBody && !p.blocks {
		return false
	}
	p.pos++
	p.accept(kQuery)
	p.accept(kNext)
	switch {
	case p.at(kExecute):
		return true
	case p.atAny(kSelect, kWith, kValues) || p.atOp('(') && p.queryAhead(0):
		e.query()
	case p.done() || p.optionalSemi && p.newStatement():
	default:
		e.tested()
	}
	p.acceptOp(')')
	return true
}
