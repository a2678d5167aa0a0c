package sqllineage

import "strings"

// variables are the names that the script declares, folded.
type variables map[string]bool

// known reports whether id is a declared variable.
func (v variables) known(id ident) bool {
	return len(v) > 0 && v[variableKey(id)]
}

// declare makes a name a variable from here on.
func (e *engine) declare(id ident) {
	p := &e.parser
	if p.vars == nil {
		p.vars = variables{}
	}
	p.vars[variableKey(id)] = true
	if !p.prefixAlias { // DuckDB's are read by getvariable alone
		e.session.local(id)
	}
	if !e.session.isVariable(id) {
		e.session.set(id, nil)
	}
}

// declarations takes DECLARE. Where it opens a part of many declarations,
// those that follow are read by declaration until BEGIN.
func (e *engine) declarations() bool {
	p := &e.parser
	if !e.inBody && !p.blocks && !p.dashNeedsSpace {
		return false
	}
	p.pos++
	if p.optionalSemi {
		for {
			e.declaration()
			if !p.acceptOp(',') {
				return true
			}
		}
	}
	if p.acceptAny(kContinue, kExit) || p.acceptText("undo") { // mysql: DECLARE EXIT HANDLER FOR x statement
		p.accept(kHandler)
		p.accept(kFor)
		for p.tok().name() && !p.singleStatement(p.pos) && !p.at(kBegin) || p.atOp(',') || p.tok().kind == tString || p.tok().kind == tNumber {
			p.pos++
		}
		return true
	}
	p.acceptSeq(kOr, kReplace)
	_ = p.accept(kVariable) || p.acceptText("variable")
	e.declaring = p.declarePart
	if !p.at(kBegin) {
		e.declaration()
	}
	return true
}

// declaration reads one: name type [DEFAULT x], CURSOR c IS query.
func (e *engine) declaration() {
	p := &e.parser
	p.accept(kCursor)
	for p.tok().name() || p.tok().kind == tParam {
		id := p.identOf(p.tok())
		p.pos++
		e.declare(id)
		if p.tok().is(',') && !p.optionalSemi { // a, b INT64
			p.pos++
			continue
		}
		e.declared(id)
		return
	}
	p.pos = p.end
}

// declared reads what follows the name of a declaration.
func (e *engine) declared(id ident) {
	p := &e.parser
	if p.at(kTable) && p.peekOp(1, '(') {
		e.tableVariable(id)
		return
	}
	for !p.done() {
		switch t := p.tok(); {
		case t.is(','), p.optionalSemi && p.newStatement():
			return
		case (t.word == kDefault || t.is(opAssign)) && p.peekOp(1, '(') && p.queryAhead(1) && p.tokens[p.pos-1].kind == tWord && equalFold("resultset", p.text(p.tokens[p.pos-1])):
			p.pos++
			e.session.row(id, e.rows())
			return
		case t.is(opAssign), t.is('='), t.word == kDefault:
			p.pos++
			e.assign(id)
			return
		case (t.word == kFor || t.word == kIs || t.word == kAs) && (p.peekWord(1) == kSelect || p.peekWord(1) == kWith || p.peekOp(1, '(') && p.queryAhead(1)):
			p.pos++
			e.session.row(id, e.rows())
			return
		case t.word == kFor && p.peek(1).name() && e.session.rows[variableKey(p.identOf(p.peek(1)))] != nil: // of a result set
			e.session.row(id, e.session.rows[variableKey(p.identOf(p.peek(1)))])
			p.pos += 2
			return
		case t.is('('):
			e.cursorParameters()
			p.skipParens()
		default:
			p.pos++
		}
	}
}

// cursorParameters declares what stands in CURSOR (a int, b text) FOR ….
func (e *engine) cursorParameters() {
	p := &e.parser
	if p.tokens[p.pos-1].word != kCursor && p.tokens[max(p.pos-2, 0)].word != kCursor { // c CURSOR (p), CURSOR c (p)
		return
	}
	for i := p.pos + 1; i < p.end && !p.tokens[i].is(')'); i++ {
		if p.tokens[i].name() && (p.tokens[i-1].is('(') || p.tokens[i-1].is(',')) {
			e.declareParameter(p.identOf(p.tokens[i]))
		}
	}
}

// tableVariable makes DECLARE @t TABLE (a int) a temporary table.
func (e *engine) tableVariable(id ident) {
	p := &e.parser
	p.pos++
	e.answerFor(func(p *parser) *stmt {
		s := &stmt{kind: KindCreateTable, start: p.offset(), targets: []*target{{name: []ident{id}, temp: true}}}
		s.columns, _ = p.columnDefs()
		s.end = p.lastEnd()
		return s
	}, false)
}

// assign reads an expression and puts it into a variable.
func (e *engine) assign(id ident) {
	p := &e.parser
	e.declare(id)
	if p.atOp('(') && p.peekWord(1) == kExecute && p.peekWord(2) == kImmediate { // rs := (EXECUTE IMMEDIATE :s)
		p.pos++
		if e.dynamic(); len(e.answer.Statements) > 0 {
			e.session.row(id, e.answer.Statements[len(e.answer.Statements)-1].Columns)
		}
		p.pos = p.end
		return
	}
	var value *expr
	first := len(e.answer.Statements)
	e.answerFor(func(p *parser) *stmt {
		s := &stmt{kind: KindSelect, start: p.offset()}
		s.query = p.slabs.query.new()
		s.query.sel = p.slabs.sel.new()
		if p.atAny(kSelect, kWith) {
			s.query = p.query()
		} else if value = p.expr(); value != nil {
			s.query.sel.items = []item{{expr: value, start: value.start, end: value.end}}
		}
		if text, ok := e.fold(value); ok {
			e.session.text(id, text)
		} else {
			e.session.text(id, "")
		}
		s.end = p.lastEnd()
		return s
	}, false)
	s := &e.answer.Statements[first]
	var inputs []Input
	for _, c := range s.Columns {
		inputs = union(inputs, c.Inputs)
	}
	if strings.HasPrefix(e.session.texts[variableKey(id)], "\x00") {
		inputs = nil
	}
	e.session.set(id, inputs)
	s.Kind, s.Columns = KindOther, []OutputColumn{}
	if len(s.Inputs) == 0 {
		e.answer.Statements = e.answer.Statements[:first]
	}
	for !p.done() && !p.atOp(',') && !(p.optionalSemi && p.newStatement()) {
		p.skipOne()
	}
}

// appendTo reads an expression and adds it to what a variable holds.
func (e *engine) appendTo(id ident) {
	key := variableKey(id)
	text, inputs := e.session.texts[key], e.session.vars[key]
	e.assign(id)
	more := e.session.texts[key]
	if more == "" {
		more = unknown(key)
	}
	e.session.text(id, text+more)
	e.session.set(id, union(inputs, e.session.vars[key]))
}

// selectedTexts takes SELECT @s = 'text', @s += 'more'.
func (e *engine) selectedTexts(s *stmt) {
	if !e.parser.optionalSemi || s.query == nil || s.query.sel == nil {
		return
	}
	for _, it := range s.query.sel.items {
		if it.alias.empty() || it.alias.text[0] != '@' {
			continue
		}
		text, ok := e.fold(it.expr)
		if !ok {
			text = ""
		}
		if it.adds {
			text = e.session.texts[variableKey(it.alias)] + text
		}
		e.session.text(it.alias, text)
	}
}

// assignTo takes name := x, with the value skip tokens on.
func (e *engine) assignTo(id ident, skip int) {
	e.parser.pos += skip
	e.assign(id)
	e.parser.pos = max(e.parser.pos, e.parser.end)
}

// let takes Snowflake's LET x type := value and LET c CURSOR FOR query.
func (e *engine) let() bool {
	p := &e.parser
	if !p.peek(1).name() {
		return false
	}
	p.pos++
	id := p.identOf(p.tok())
	p.pos++
	e.declare(id)
	e.declared(id)
	p.pos = max(p.pos, p.end)
	return true
}

// setVariable takes SET x = value where x is a variable, or the value reads
// tables; other settings are statements.
func (e *engine) setVariable() bool {
	p := &e.parser
	if p.peekOp(1, '(') {
		return e.setFromRow()
	}
	if p.newRowAhead(1) {
		p.pos++
		return e.assignNew()
	}
	n := 1
	if p.tokenIs(1, "var") || p.peekWord(1) == kVariable {
		n++
	}
	name := p.peek(n)
	eq := p.peek(n + 1)
	id := p.identOf(name)
	if name.kind == tParam && eq.is('+') && p.peekOp(n+2, '=') { // SET @s += 'x'
		p.pos += n + 3
		e.appendTo(id)
		return true
	}
	if !eq.is('=') && !eq.is(opAssign) || !name.name() && name.kind != tParam {
		return false
	}
	if name.kind != tParam && !e.session.isVariable(id) && n == 1 && !p.queryIn(p.pos+3) {
		return false
	}
	p.pos += n + 2
	e.assign(id)
	for p.acceptOp(',') && e.nextVariable() {
	}
	return true
}

// setFromRow takes SET (a, b) = (query).
func (e *engine) setFromRow() bool {
	p := &e.parser
	from := p.pos
	p.pos++
	list, ok := p.identList()
	if !ok || !p.acceptOp('=') || !p.atOp('(') || !p.queryAhead(0) {
		p.pos = from
		return false
	}
	names := append([]ident(nil), list...) // the query takes over what was read
	row := e.rows()
	for i, id := range names {
		e.declare(id)
		if i < len(row) {
			e.session.set(id, row[i].Inputs)
		}
	}
	return true
}

// nextVariable takes one more of SET a = 1, b = 2.
func (e *engine) nextVariable() bool {
	p := &e.parser
	p.acceptAny(kGlobal, kSession, kLocal)
	p.acceptText("persist")
	t := p.tok()
	if !t.name() && t.kind != tParam {
		return false
	}
	for p.pos++; p.atOp('.'); p.pos += 2 {
	}
	if !p.acceptOp('=') && !p.acceptOp(opAssign) {
		return false
	}
	e.assign(p.identOf(t))
	return true
}

// queryIn reports whether a query stands between a token and the end.
func (p *parser) queryIn(from int) bool {
	for i := from; i < p.end; i++ {
		if p.tokens[i].word == kSelect {
			return true
		}
	}
	return false
}

// cursor takes OPEN c FOR query and FETCH c INTO a, b.
func (e *engine) cursor() bool {
	p := &e.parser
	scripted := e.inBody || p.blocks
	if !scripted {
		return false
	}
	switch {
	case p.at(kOpen) && (p.peekWord(2) == kFor || p.peekWord(3) == kFor):
		id := p.identOf(p.peek(1))
		for !p.accept(kFor) {
			p.pos++
		}
		if p.atAny(kSelect, kWith) {
			e.session.row(id, e.rows())
			return true
		}
		e.runText(id)
		return true
	case p.at(kFetch):
		e.fetch()
		return true
	}
	return false
}

// fetch gives the columns of a cursor to the variables behind INTO.
func (e *engine) fetch() {
	p := &e.parser
	var row []OutputColumn
	for p.pos++; !p.done() && !p.at(kInto) && !(p.optionalSemi && p.newStatement()); p.pos++ {
		if r := e.session.rows[variableKey(p.identOf(p.tok()))]; p.tok().name() && r != nil {
			row = r
		}
	}
	if !p.accept(kInto) {
		return
	}
	for i := 0; p.tok().name() || p.tok().kind == tParam || p.atOp(':'); i++ {
		p.acceptOp(':')
		id := p.identOf(p.tok())
		p.pos++
		e.declare(id)
		if i < len(row) {
			e.session.set(id, row[i].Inputs)
		}
		if i == 0 && row != nil {
			e.session.row(id, row)
		}
		if !p.acceptOp(',') {
			break
		}
	}
	if !p.optionalSemi { // LIMIT 100
		p.pos = p.end
	}
}
