package sqllineage

// primary reads an operand: a literal, a name, a call, a parenthesis.
func (p *parser) primary() *expr {
	t := p.tok()
	start := t.start
	switch t.kind {
	case tNumber, tString, tStage:
		for p.pos++; t.kind == tString && p.tok().kind == tString && !p.optionalSemi; p.pos++ {
		}
		if p.atText("uescape") && p.peek(1).kind == tString {
			p.pos += 2
		}
		return p.node(xConst, start)
	case tParam:
		return p.param(t)
	case tTemplate:
		p.pos++
		p.note(Template, Warning, p.pos-1, p.pos)
		p.templateReads(t)
		return p.node(xOpaque, start)
	case tQuoted:
		return p.nameOrCall()
	case tWord:
		if p.valuePlaceholder(t) {
			return p.variable(t, xVar)
		}
		return p.wordOperand(t)
	case tOp:
		return p.signOperand(t)
	}
	return nil
}

// signOperand reads an operand that begins with punctuation.
func (p *parser) signOperand(t token) *expr {
	switch t.op {
	case '(':
		return p.parens()
	case '[':
		p.pos++
		e := p.listUntil(']', t.start)
		return e
	case '{':
		return p.braces()
	case '#': // #1 of DuckDB is a place in FROM
		if p.peek(1).kind == tNumber {
			p.pos += 2
			return p.node(xConst, t.start)
		}
	case '\\': // \N is NULL
		if p.dashNeedsSpace && p.tokenIs(1, "n") {
			p.pos += 2
			return p.node(xConst, t.start)
		}
	case ':': // a bind
		if p.peek(1).name() || p.peek(1).kind == tNumber || p.peek(1).kind == tString {
			p.pos += 2
			e := p.node(xVar, t.start)
			e.parts = p.slabs.ident.copy([]ident{{text: p.text(p.tokens[p.pos-1])}})
			for p.atOp('.') && p.peek(1).name() { // :new.col of a trigger
				e.kind = xCol
				e.parts = append(e.parts[:len(e.parts):len(e.parts)], p.identOf(p.peek(1)))
				p.pos += 2
			}
			return e
		}
	}
	return nil
}

// listUntil reads the elements of an array up to its closing sign.
func (p *parser) listUntil(closing op, start int32) *expr {
	base := len(p.exprs)
	for !p.done() && !p.atOp(closing) {
		before := p.pos
		p.push(p.expr())
		if p.at(kFor) && len(p.exprs) == base+1 {
			p.comprehension(base)
		}
		if p.pos == before {
			p.pos++
			continue
		}
		p.acceptOp(',')
	}
	p.acceptOp(closing)
	e := p.node(xOp, start)
	e.args = p.take(base)
	return e
}

// comprehension reads FOR x IN list IF test behind the expression that is made
// of each x, which becomes the body of a lambda.
func (p *parser) comprehension(base int) {
	body := p.node(xLambda, p.exprs[base].start)
	for p.pos++; p.tok().name() && !p.at(kIn); p.acceptOp(',') {
		body.parts = append(body.parts, p.identOf(p.tok()))
		p.pos++
	}
	p.accept(kIn)
	list := p.expr()
	if p.accept(kIf) {
		p.push(p.expr())
	}
	body.args = p.take(base)
	p.push(list)
	p.push(body)
}

// braces reads {'a': x, b: y} and the escapes {d '…'} and {fn f()}.
func (p *parser) braces() *expr {
	start := p.offset()
	p.pos++
	if e := p.escape(start); e != nil {
		return e
	}
	e := p.node(xCall, start)
	e.parts = structName
	base := len(p.exprs)
	var names []ident
	for !p.done() && !p.atOp('}') {
		t := p.tok()
		if (t.name() || t.kind == tString) && p.peekOp(1, ':') {
			p.pos += 2
			id := p.identOf(t)
			if t.kind == tString {
				id = ident{text: p.stringText(t)}
			}
			names = append(names, id)
		}
		before := p.pos
		p.push(p.expr())
		p.acceptOp(',')
		if p.pos == before {
			p.pos++
		}
	}
	p.acceptOp('}')
	e.args = p.take(base)
	if len(names) == len(e.args) {
		p.ext(e).names = names
	}
	e.end = p.lastEnd()
	return e
}

// escape reads the inside of {fn f(x)}, {d '2020-01-01'} and {ts '…'} of ODBC.
func (p *parser) escape(start int32) *expr {
	t := p.tok()
	if t.kind != tWord || p.peekOp(1, ':') || p.peekOp(1, ',') {
		return nil
	}
	var e *expr
	switch next := p.peek(1); {
	case equalFold("fn", p.text(t)) && next.name():
		p.pos++
		e = p.expr()
	case next.kind == tString && p.peekOp(2, '}'):
		p.pos += 2
		e = p.node(xConst, start)
	}
	if e != nil {
		p.acceptOp('}')
		e.end = p.lastEnd()
	}
	return e
}

var structName = []ident{{text: "struct"}}

// wordOperand reads an operand that begins with an unquoted word.
func (p *parser) wordOperand(t token) *expr {
	next := p.peek(1)
	switch t.word {
	case noWord:
		if next.is('<') && p.dashNames && equalFold("struct", p.text(t)) {
			return p.typedValue(t)
		}
		if next.kind == tString && (introducers.has(p.text(t)) || p.dashNeedsSpace && p.sql[t.start] == '_') {
			p.pos += 2
			return p.node(xConst, t.start)
		}
		if next.word == kFor && p.peekOp(2, '(') && equalFold("collation", p.text(t)) {
			p.pos += 2
			return p.op(opPlain, t.start, p.parens())
		}
		if next.word == kValue && p.peekWord(2) == kFor && equalFold("previous", p.text(t)) {
			p.pos += 3
			p.name()
			return p.node(xConst, t.start)
		}
		if next.kind == tWord && p.peekOp(2, '(') && equalFold("approximate", p.text(t)) {
			p.pos++
		}
		return p.nameOrCall()
	case kCase:
		return p.caseOf()
	case kCast, kTryCast, kSafeCast, kConvert, kExtract:
		if next.is('(') {
			return p.castCall()
		}
	case kExists:
		if next.is('(') {
			return p.exists()
		}
	case kInterval:
		if !next.is('.') && !next.is(',') && !next.is(')') && next.word != kFrom && !next.is('(') || next.is('(') && p.intervalParens() {
			return p.interval()
		}
	case kDate, kTime, kTimestamp, kDatetime, kJson:
		if next.kind == tString {
			p.pos += 2
			return p.node(xConst, t.start)
		}
		if (next.word == kWith || next.word == kWithout) && p.peekWord(2) == kTime && p.peek(4).kind == tString { // TIMESTAMP WITH TIME ZONE 'x'
			p.pos += 5
			return p.node(xConst, t.start)
		}
	case kArray:
		if next.is('<') && p.dashNames {
			return p.typedValue(t)
		}
		if next.is('[') {
			p.pos++
			e := p.signOperand(next)
			e.class = opArray
			return e
		}
	case kTrue, kFalse, kNull, kUnknown:
		if !next.is('.') && !next.is('(') {
			p.pos++
			return p.node(xConst, t.start)
		}
	case kCurrentDate, kCurrentTime, kCurrentTimestamp, kLocaltime, kLocaltimestamp, kCurrentUser, kSessionUser, kSystemUser, kDefault:
		if !next.is('.') {
			p.pos++
			if p.atOp('(') {
				p.skipParens()
			}
			return p.node(xConst, t.start)
		}
	case kSysdate, kSystimestamp, kRownum:
		if p.qQuotes && !next.is('.') {
			p.pos++
			return p.node(xConst, t.start)
		}
	case kNext:
		if next.word == kValue && p.peekWord(2) == kFor {
			p.pos += 3
			p.name()
			return p.node(xConst, t.start)
		}
	case kSelect, kWith:
		if next.kind != tOp || next.is('(') || next.is('*') || next.is('-') {
			e := p.node(xSub, t.start)
			p.ext(e).query = p.query()
			e.end = p.lastEnd()
			return e
		}
	case kMap:
		if next.is('{') {
			p.pos++
			return p.braces()
		}
	}
	if p.stops(t.word) {
		return nil
	}
	return p.nameOrCall()
}

// typedValue reads BigQuery's ARRAY<INT64>[1, 2] and STRUCT<a INT64>(1).
func (p *parser) typedValue(t token) *expr {
	p.pos++
	from := p.pos
	p.skipAngles()
	if next := p.tok(); next.is('[') {
		typed := p.node(xOpaque, t.start)
		p.typed(typed, from-1)
		e := p.signOperand(next)
		if typed.more != nil {
			p.ext(e).typ = typed.more.typ
		}
		return e
	}
	if !p.atOp('(') {
		p.pos = from
		e := p.node(xCol, t.start)
		e.parts = p.slabs.ident.copy([]ident{p.identOf(t)})
		return e
	}
	names := p.fieldNames(from, p.pos)
	e := p.call(structName, t.start)
	if len(names) == len(e.args) {
		p.ext(e).names = names
	}
	return e
}

// fieldNames is the names of the fields in < a type, b type > between two tokens.
func (p *parser) fieldNames(from, to int) []ident {
	var names []ident
	depth := 0
	for i := from; i+2 < to; i++ {
		t := p.tokens[i]
		switch {
		case t.is('<'), t.is('('):
			depth++
		case t.kind == tOp && (t.op == ')' || p.sql[t.start] == '>'):
			depth -= int(t.end - t.start)
		}
		if depth == 1 && (t.is('<') || t.is(',')) && p.tokens[i+1].name() && p.tokens[i+2].name() {
			names = append(names, p.identOf(p.tokens[i+1]))
		}
	}
	return names
}

// introducers are type names that make a literal of the string behind them.
var introducers = set("timestamptz", "timestamp_ntz", "timestamp_ltz", "timestamp_tz", "numeric", "decimal", "bignumeric", "bytes", "bytea", "uuid", "inet", "point",
	"box", "money", "bool", "boolean", "int", "int4", "int8", "float8", "real", "varchar", "jsonb", "xml", "unsigned", "regclass", "geometry", "geography", "timetz", "hstore", "ipaddress", "char", "utf8", "latin1", "bigint", "integer", "double", "cidr", "path", "polygon", "tsquery", "tsvector")

// stops reports whether the word at the cursor ends an expression, and so is
// no column here.
func (p *parser) stops(w word) bool {
	switch w {
	case kFrom, kWhere, kHaving, kUnion, kIntersect, kOn, kJoin, kWhen, kThen, kElse, kEnd, kAs, kAnd, kOr, kInto, kSelect, kUsing, kIs, kIn, kBetween, kLike:
		return !p.peekOp(1, '.')
	case kGroup, kOrder:
		return p.peekWord(1) == kBy || p.peekWord(1) == kAll
	case kLimit:
		return !p.peekOp(1, ',') && !p.peekOp(1, ')') && !p.peekOp(1, '.') && !p.peekOp(1, '=')
	case kExcept, kMinus:
		return p.peekWord(1) == kSelect || p.peekOp(1, '(') || p.peekWord(1) == kAll
	case kQualify, kPrewhere:
		return !p.peekOp(1, ',') && !p.peekOp(1, '.')
	}
	return false
}

// intervalParens reports whether INTERVAL ( … ) is followed by a unit, and so
// is no function call.
func (p *parser) intervalParens() bool {
	from := p.pos
	p.pos++
	p.skipParens()
	is := isUnit(p.wordText())
	p.pos = from
	return is
}

// interval reads INTERVAL '1' DAY, INTERVAL 1 DAY, INTERVAL n * 2 DAY.
func (p *parser) interval() *expr {
	start := p.offset()
	p.pos++
	if p.tok().kind == tString {
		p.pos++
		p.intervalUnits()
		return p.node(xConst, start)
	}
	arg := p.binary(bindCompare)
	p.intervalUnits()
	return p.op(opPlain, start, arg)
}

// exists reads EXISTS ( query ).
func (p *parser) exists() *expr {
	start := p.offset()
	p.pos++
	return p.op(opExists, start, p.parens())
}

// caseOf reads CASE … END.
func (p *parser) caseOf() *expr {
	start := p.offset()
	p.pos++
	var conds []*expr
	if !p.at(kWhen) {
		if operand := p.expr(); operand != nil {
			conds = append(conds, operand)
		}
	}
	base := len(p.exprs)
	for p.accept(kWhen) {
		if c := p.expr(); c != nil {
			conds = append(conds, c)
		}
		for p.acceptOp(',') { // WHEN 1, 2 THEN
			p.expr()
		}
		if !p.accept(kThen) {
			break
		}
		p.push(p.expr())
	}
	class := opPlain
	if n := len(p.exprs); p.accept(kElse) {
		p.push(p.expr())
		if len(p.exprs) > n {
			class = opElse
		}
	}
	values := p.take(base)
	if !p.accept(kEnd) {
		p.note(UnknownClause, Warning, p.pos, min(p.pos+1, p.end))
	} else {
		p.acceptCaseWord()
	}
	e := p.node(xCase, start)
	e.class, e.args = class, values
	p.ext(e).conds = conds
	return e
}

// acceptCaseWord takes END CASE, which only statements have, when nothing
// else could follow.
func (p *parser) acceptCaseWord() {
	if p.at(kCase) && p.peek(1).kind == tEOF {
		p.pos++
	}
}

// parens reads ( … ): a subquery, one expression, a row, or the parameters of
// a lambda.
func (p *parser) parens() *expr {
	start := p.offset()
	if !p.enter() {
		p.acceptOp(')')
		p.leave()
		return p.node(xOpaque, start)
	}
	defer p.leave()
	if p.queryAhead(1) {
		return p.subquery(start)
	}
	p.pos++
	base := len(p.exprs)
	for !p.done() && !p.atOp(')') {
		before := p.pos
		p.literals()
		x := p.expr()
		p.push(x)
		p.innerAlias(x)
		if p.stages && p.tok().kind == tWord && (p.peekOp(1, ',') || p.peekOp(1, ')')) { // (x int) -> …
			p.typeName()
		}
		for p.acceptAny(kAs) && p.tok().name() { // (a AS x, b AS y): a named row
			p.pos++
		}
		if !p.acceptOp(',') && !p.atOp(')') {
			p.closeTo(before)
		}
	}
	p.acceptOp(')')
	args := p.take(base)
	if p.atOp(opArrow) && !p.arrowIsJSON && p.peek(1).kind != tString {
		return p.lambda(args, start)
	}
	e := p.node(xRow, start)
	e.args = args
	if len(args) == 1 {
		e.kind, e.class = xOp, opParens
	}
	return e
}

// closeTo skips what no expression took inside of a parenthesis.
func (p *parser) closeTo(before int) {
	from := p.pos
	for !p.done() && !p.atOp(')') && !p.atOp(',') {
		p.skipOne()
	}
	p.skipped(from, p.pos)
	p.acceptOp(',')
	if p.pos == before {
		p.pos++
	}
}

// literals skips a run of literals in a list: 1, 2, 'x', …
func (p *parser) literals() {
	for p.pos+1 < p.end {
		k := p.tokens[p.pos].kind
		if k != tNumber && k != tString || !p.tokens[p.pos+1].is(',') {
			return
		}
		p.pos += 2
	}
}

// queryAhead reports whether the parenthesis at the cursor holds a query.
func (p *parser) queryAhead(n int) bool {
	n = p.behindParens(n)
	t := p.peek(n + 1)
	switch p.peekWord(n) {
	case kSelect:
		return !t.is(',') && !t.is(')') && !t.is('.')
	case kWith:
		return t.name() || t.kind == tString
	case kValues:
		return t.is('(') || t.word == kRow || t.kind == tNumber || t.kind == tString
	case kFrom:
		return p.fromFirst && (t.name() || t.kind == tString)
	case kTable:
		return n == 1 && t.name() && p.peekOp(n+2, ')')
	case kPivot, kUnpivot, kSummarize, kDescribe, kShow:
		return p.fromFirst && t.name()
	}
	return false
}

// behindParens is the place of the first token from n on that is no opening
// parenthesis. A run of them is remembered, since each of a run asks.
func (p *parser) behindParens(n int) int {
	i := p.pos + n
	if i < p.runFrom || i >= p.runTo {
		p.runFrom, p.runTo = i, i
		for p.runTo < p.end && p.tokens[p.runTo].is('(') {
			p.runTo++
		}
	}
	return max(p.runTo, i) - p.pos
}

// subquery reads ( query ), and the operators behind a query that turns out to
// be an operand of a larger expression in the same parentheses.
func (p *parser) subquery(start int32) *expr {
	p.pos++
	inner := p.offset()
	e := p.node(xSub, inner)
	p.ext(e).query = p.query()
	e.end = p.lastEnd()
	if power, _ := p.infix(); power > 0 || p.atOp(opCast) || p.atOp('.') || p.atOp('[') {
		e = p.climb(p.postfix(e), bindNone, inner)
		base := len(p.exprs)
		p.exprs = append(p.exprs, e)
		for p.acceptOp(',') {
			p.push(p.expr())
		}
		p.closeParen()
		row := p.node(xOp, start)
		row.args = p.take(base)
		return row
	}
	if p.atOp(',') { // a row that begins with a query
		base := len(p.exprs)
		p.exprs = append(p.exprs, e)
		for p.acceptOp(',') {
			p.push(p.expr())
		}
		e = p.node(xRow, inner)
		e.args = p.take(base)
	}
	p.closeParen()
	e.start, e.end = start, p.lastEnd()
	return e
}

// lambda reads (x, y) -> body with the cursor at the arrow.
func (p *parser) lambda(params []*expr, start int32) *expr {
	p.pos++
	e := p.node(xLambda, start)
	for _, x := range params {
		if x.kind == xCol {
			e.parts = append(e.parts, x.parts[0])
		}
	}
	base := len(p.exprs)
	p.push(p.expr())
	e.args = p.take(base)
	e.end = p.lastEnd()
	return e
}
