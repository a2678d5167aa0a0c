package sqllineage

// routine takes CREATE PROCEDURE, FUNCTION, TRIGGER, TASK and the like: the
// header is a statement, those of the body follow it and name it as parent.
func (e *engine) routine() bool {
	p := &e.parser
	if p.prefixAlias {
		e.learnMacro()
		return false
	}
	head := p.routineHead()
	if head < 0 {
		return false
	}
	from, index := p.pos, len(e.answer.Statements)
	p.pos = head
	text, start := p.findBody()
	p.pos = from
	p.end = e.headerEnd(text, start)
	e.answerFor(func(p *parser) *stmt {
		s := &stmt{kind: KindCreateProcedure, start: p.offset()}
		if w := p.tokens[head-1].word; (w == kProcedure || w == kProc) && p.foreignBody(from, p.end) {
			p.note(OpaqueFunction, Warning, head, head+1)
		}
		p.pos = p.end
		s.end = p.lastEnd()
		return s
	}, false)
	outer, locals, vars, trigger := e.parent, e.session.locals, e.parser.vars, e.session.trigger
	e.parent, e.session.locals = &index, nil
	switch {
	case text >= 0:
		e.parameters(p.tokens[from:text])
		e.textBody(p.tokens[text])
	case start < 0 && p.tokens[head-1].word == kTrigger:
		e.parameters(p.tokens[from:p.pos])
		e.triggered(from, p.pos)
	case start >= 0:
		p.pos, p.end = start, len(p.tokens)-1
		if p.atOp('(') && !p.queryAhead(1) { // a function of one expression
			p.pos = e.statementEnd()
		} else {
			e.body(p.tokens[from:start])
		}
		e.answer.Statements[index].End = int(p.lastEnd())
	}
	e.parent, e.session.locals, e.parser.vars = outer, locals, vars
	e.session.trigger, e.parser.trigger = trigger, trigger
	e.learnFunction(head, text, start)
	return true
}

// headerEnd is where the header of a routine ends: before the body, or where
// the statement ends when its body is a string.
func (e *engine) headerEnd(text, start int) int {
	p := &e.parser
	if start >= 0 {
		return start
	}
	if text >= 0 {
		at := p.pos
		p.pos = text
		end := e.statementEnd()
		p.pos = at
		return end
	}
	return e.statementEnd()
}

// routineHead is the position behind PROCEDURE, FUNCTION and the like, or -1
// when the CREATE or ALTER at the cursor makes something else.
func (p *parser) routineHead() int {
	for n := 1; n < 14 && !p.prefixAlias; n++ { // DuckDB's functions are expressions
		t := p.peek(n)
		switch t.word {
		case kProcedure, kProc, kFunction, kTrigger, kPackage:
			if p.peekWord(n-1) == kPartition { // CREATE PARTITION FUNCTION
				return -1
			}
			if p.peekWord(n+1) == kBody {
				n++
			}
			return p.pos + n + 1
		case kTask:
			return p.pos + n + 1
		case kQuery:
			if p.tokenIs(n-1, "scheduled") { // hive
				return p.pos + n + 1
			}
		case kTable:
			if p.peekWord(n+1) != kFunction {
				return -1
			}
		case kView, kIndex, kSchema, kDatabase, kAs:
			return -1
		}
		if t.kind == tEOF || t.is(';') || t.is('(') {
			return -1
		}
		if t.kind == tWord && (equalFold("event", p.text(t)) || n < 4 && equalFold("alert", p.text(t))) {
			return p.pos + n + 1
		}
	}
	return -1
}

// findBody looks for the body of a routine behind its name: a string that
// holds it, or the token at which it starts. Both are -1 where there is none.
func (p *parser) findBody() (text, start int) {
	foreign, when := false, false
	depth := 0
	for i := p.pos; i < len(p.tokens)-1; i++ {
		t := p.tokens[i]
		next := p.tokens[i+1]
		switch {
		case t.is('('):
			depth++
		case t.is(')'):
			depth--
		case depth > 0:
		case t.is(';'):
			return -1, -1
		case t.word == kWhen: // of a trigger: WHEN new.a IS NOT NULL
			when = true
		case t.word == kIs && when:
		case t.word == kLanguage:
			foreign = foreign || foreignLanguages.has(p.sql[next.start:next.end])
		case (t.word == kAs || t.word == kIs) && next.kind == tString:
			if foreign || p.classBodies || p.foreignAfter(i+2) {
				return -1, -1
			}
			return i + 1, -1
		case t.word == kAs && p.transition(i):
		case (t.word == kAs || t.word == kIs) && p.tokens[i-1].word != kExecute && p.tokens[i-1].word != kExec && next.word != kLanguage && !p.externalBody(next):
			return -1, i + 1
		case t.word == kIf && next.is('('): // IF (EXISTS (…)) THEN of an alert
			return -1, i
		case t.word == kReturn && p.qQuotes: // RETURN type IS
		case t.word == kBegin, t.word == kReturn, t.word == kDeclare:
			return -1, i
		case t.word == kDo && p.dashNeedsSpace: // CREATE EVENT … DO
			return -1, i + 1
		case t.word == kRow && p.tokens[i-1].word == kEach && p.singleStatement(i+1), t.is(')') && p.singleStatement(i+1):
			return -1, i + 1
		}
		if depth == 0 && t.is(')') && p.singleStatement(i+1) {
			return -1, i + 1
		}
	}
	return -1, -1
}

// transition reports whether the AS at token i names the rows of a trigger, as
// in REFERENCING NEW TABLE AS n.
func (p *parser) transition(i int) bool {
	word := func(n int) string { return toLower(p.sql[p.tokens[n].start:p.tokens[n].end]) }
	before := word(i - 1)
	if before == "table" || before == "row" {
		before = word(i - 2)
	}
	return (before == "new" || before == "old") && !p.tokens[i-1].is('.')
}

// externalBody reports whether the body is elsewhere: EXTERNAL NAME ….
func (p *parser) externalBody(t token) bool { return t.word == kExternal || t.word == kLanguage }

// singleStatement reports whether a body of one statement begins at token i.
func (p *parser) singleStatement(i int) bool {
	switch p.tokens[i].word {
	case kInsert, kUpdate, kDelete, kSelect, kMerge, kReplace, kSet, kCall, kIf:
		return true
	}
	return false
}

// foreignLanguages are those whose bodies are no SQL.
var foreignLanguages = set("javascript", "js", "python", "java", "scala", "c", "internal", "plpythonu", "plpython3u", "plperl", "plv8", "pltcl", "r", "plr", "rust", "go", "plpython2u", "plperlu")

// foreignBody reports whether a routine between two tokens is written in another
// language than SQL.
func (p *parser) foreignBody(from, to int) bool {
	for i := from; i+1 < to; i++ {
		if next := p.tokens[i+1]; p.tokens[i].word == kLanguage && foreignLanguages.has(trimQuotes(p.sql[next.start:next.end])) {
			return true
		}
	}
	return false
}

// foreignAfter looks for LANGUAGE behind a body in a string.
func (p *parser) foreignAfter(i int) bool {
	for ; i+1 < len(p.tokens) && !p.tokens[i].is(';'); i++ {
		if p.tokens[i].word == kLanguage {
			next := p.tokens[i+1]
			name := p.sql[next.start:next.end]
			return foreignLanguages.has(trimQuotes(name))
		}
	}
	return false
}

// body reads the statements of a body that stands in the text itself. It ends
// with the block that it is, or with the batch.
func (e *engine) body(header []token) {
	p := &e.parser
	was, base := e.inBody, e.blocks
	e.inBody = true
	e.parameters(header)
	for _, t := range header {
		if t.word == kPackage { // its AS opens what its END closes
			e.blocks++
			base++
			e.inPackage = true
		}
	}
	whole := p.optionalSemi
	e.declaring = !whole && !p.at(kBegin) && !p.at(kReturn) && !p.singleStatement(p.pos) && !p.at(kWith) && !p.atOp('(') && (p.qQuotes || p.dashNeedsSpace && p.tokens[p.pos-1].word == kAs)
	opened := false
	for p.pos < len(p.tokens)-1 {
		p.end = len(p.tokens) - 1
		if p.at(kGo) && whole && p.goAhead() || p.atOp('/') && p.tok().flags&flagNewline != 0 {
			break
		}
		if p.delimiterAt(p.pos) > 0 {
			break
		}
		if !e.separator() {
			e.step()
		}
		if e.inPackage {
			if e.blocks < base {
				base--
				break
			}
			continue
		}
		opened = opened || e.blocks > base
		if !whole && e.blocks <= base && (opened || !e.declaring) {
			break
		}
	}
	e.inBody, e.blocks, e.declaring, e.inPackage = was, base, false, false
}

// parameters declares the words of a header that could be parameters, so that
// they are not taken for columns.
func (e *engine) parameters(header []token) {
	p := &e.parser
	depth := 0
	for i, t := range header {
		if t.word == kTrigger {
			e.triggerTable(header[i:])
		}
		switch {
		case t.is('(') && i > 0 && header[i-1].word == kTable: // RETURNS TABLE ( … )
			return
		case t.is('('):
			depth++
		case t.is(')'):
			depth--
		case t.kind == tParam:
			e.declare(p.identOf(t))
		case depth == 1 && t.name() && (header[i-1].is('(') || header[i-1].is(',')):
			n := i
			if w := t.word; (w == kIn || w == kOut || w == kInout || w == kVariadic) && i+1 < len(header) && header[i+1].name() {
				n++
			}
			e.declareParameter(p.identOf(header[n]))
		}
	}
}

// triggerTable finds the table whose rows NEW and OLD are.
func (e *engine) triggerTable(header []token) {
	p := &e.parser
	for i, t := range header {
		if t.word == kOn && i+1 < len(header) && header[i+1].name() {
			at := p.pos
			for p.pos = 0; p.pos < len(p.tokens) && p.tokens[p.pos].start < header[i+1].start; p.pos++ {
			}
			e.session.trigger = append([]ident(nil), p.name()...)
			p.trigger = e.session.trigger
			p.pos = at
		}
	}
}

// declareParameter makes a parameter known. Its name gives way to a column that
// is known to exist.
func (e *engine) declareParameter(id ident) {
	e.session.local(id)
	if e.parser.vars == nil {
		e.parser.vars = variables{}
	}
	e.parser.vars[variableKey(id)] = true
	if e.session.vars == nil || e.session.vars[variableKey(id)] == nil {
		e.session.set(id, nil)
	}
}

// nestedRoutine takes the header of a procedure inside of a package or of a
// declaration part; its body is read as if it stood in the text.
func (e *engine) nestedRoutine() bool {
	p := &e.parser
	if !e.inBody {
		return false
	}
	p.end = len(p.tokens) - 1
	from := p.pos
	for !p.done() && !p.atAny(kIs, kAs) && !p.atOp(';') {
		p.skipOne()
	}
	if p.at(kIs) || p.at(kAs) {
		e.parameters(p.tokens[from:p.pos])
		p.pos++
		e.declaring = true
	}
	return true
}

// textBody reads the statements of a body in a string. Offsets are moved to
// where the string stands.
func (e *engine) textBody(t token) { e.textIn(e.parser.stringText(t), t) }

// textIn reads the statements of a body, which answer for token t.
func (e *engine) textIn(body string, t token) {
	e.inner(body, t, func() {
		e.inBody = true
		if p := &e.parser; p.atExpression() {
			p.end = len(p.tokens) - 1
			e.tested()
			return
		}
		for e.parser.pos < len(e.parser.tokens)-1 {
			e.parser.end = len(e.parser.tokens) - 1
			if !e.separator() {
				e.step()
			}
		}
	})
}

// atExpression reports whether a body is one expression, not a statement.
func (p *parser) atExpression() bool {
	switch t := p.tok(); t.kind {
	case tWord:
		if t.word != noWord && !p.peekOp(1, '(') && t.word != kCase && t.word != kCast || t.word == kIf || skippedHeads.has(p.text(t)) {
			return false
		}
	case tTemplate, tOp, tEOF:
		return t.is('(') && !p.queryAhead(0)
	}
	for _, t := range p.tokens {
		if t.is(';') || t.is(opAssign) {
			return false
		}
	}
	return true
}

// inner runs read over another text and moves the answers that it adds to the
// token in which the text stands.
func (e *engine) inner(text string, t token, read func()) {
	if e.nesting++; e.nesting > maxNesting {
		e.nesting--
		return
	}
	saved, wasBody, wasBlocks, lines := e.parser, e.inBody, e.blocks, e.lines
	first := len(e.answer.Statements)
	p := &e.parser
	p.sql, p.pos, p.base, p.delimiter, p.runFrom, p.runTo = text, 0, 0, "", 0, 0
	p.tokens, _ = lex(p.traits, text, nil, e.options.Limits.Tokens)
	e.lines = lineCounter{text: text}
	e.blocks, e.foundEnd = 0, 0
	read()
	e.foundEnd = 0
	vars := p.vars
	slabs := p.slabs
	e.parser = saved
	e.parser.vars, e.parser.slabs = vars, slabs
	e.inBody, e.blocks, e.declaring, e.lines = wasBody, wasBlocks, false, lines
	e.nesting--
	e.shift(first, text, t)
}

const maxNesting = 32

// shift moves spans of answers from an inner text into the outer one. Where
// the two differ because of escapes, they point at the whole string.
func (e *engine) shift(first int, text string, t token) {
	offset := int(t.start)
	outer := e.parser.sql[t.start:t.end]
	exact := false
	for i := 0; i+len(text) <= len(outer) && i < 64; i++ {
		if outer[i:i+len(text)] == text {
			offset, exact = offset+i, true
			break
		}
	}
	move := func(start, end int) (int, int) {
		if exact {
			return start + offset, end + offset
		}
		return int(t.start), int(t.end)
	}
	for i := first; i < len(e.answer.Statements); i++ {
		s := &e.answer.Statements[i]
		s.Start, s.End = move(s.Start, s.End)
		for j := range s.Columns {
			if c := &s.Columns[j]; c.End > 0 {
				c.Start, c.End = move(c.Start, c.End)
			}
		}
		for j := range s.Diagnostics {
			d := &s.Diagnostics[j]
			d.Start, d.End = move(d.Start, d.End)
			d.Line, d.Column = e.lines.at(d.Start)
		}
	}
}

// doBody is the position of the string of DO $$ … $$, or -1.
func (p *parser) doBody() int {
	for n := 1; n < 4; n++ {
		if p.peek(n).kind == tString && p.sql[p.peek(n).start] == '$' {
			return p.pos + n
		}
	}
	return -1
}

// doBlock reads DO $$ … $$.
func (e *engine) doBlock() {
	p := &e.parser
	i := p.doBody()
	p.pos = p.end
	e.textBody(p.tokens[i])
}
