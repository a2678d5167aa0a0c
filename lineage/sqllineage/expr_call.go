package sqllineage

// nameOrCall reads a column, a qualified star, a function call or a lambda.
func (p *parser) nameOrCall() *expr {
	start := p.offset()
	var buf [6]ident
	parts := buf[:0]
	parts = append(parts, p.identOf(p.tok()))
	p.pos++
	for p.atOp('.') {
		t := p.peek(1)
		if t.is('*') {
			p.pos++
			e := p.star(p.slabs.ident.copy(p.splitQuoted(parts)))
			e.start = start
			return e
		}
		if !t.name() && t.kind != tNumber && t.kind != tParam {
			break
		}
		if t.kind == tTemplate {
			break
		}
		p.pos += 2
		parts = append(parts, p.identOf(t))
	}
	if p.atOp('(') && !p.outerMark() {
		return p.call(p.slabs.ident.copy(parts), start)
	}
	e := p.node(xCol, start)
	e.parts = p.slabs.ident.copy(p.splitQuoted(parts))
	if len(parts) == 1 && p.atOp(opArrow) && !p.arrowIsJSON && p.peek(1).kind != tString && p.peek(1).kind != tNumber {
		base := len(p.exprs)
		p.exprs = append(p.exprs, e)
		return p.lambda(p.take(base), start)
	}
	if len(parts) == 1 && !p.arrowIsJSON && p.tok().name() && equalFold("lambda", parts[0].text) {
		return p.colonLambda(start)
	}
	return e
}

// colonLambda reads LAMBDA x, y: body with the cursor behind LAMBDA.
func (p *parser) colonLambda(start int32) *expr {
	e := p.node(xLambda, start)
	for p.tok().name() {
		e.parts = append(e.parts, p.identOf(p.tok()))
		p.pos++
		if !p.acceptOp(',') {
			break
		}
	}
	p.acceptOp(':')
	base := len(p.exprs)
	p.push(p.expr())
	e.args = p.take(base)
	e.end = p.lastEnd()
	return e
}

// splitQuoted takes BigQuery's `a.b.c` apart where one quoted part has dots.
func (p *parser) splitQuoted(parts []ident) []ident {
	if !p.dashNames || !parts[0].quoted {
		return parts
	}
	return append(splitDots(nil, parts[0]), parts[1:]...)
}

// call reads ( arguments ) and what may follow them.
func (p *parser) call(parts []ident, start int32) *expr {
	e := p.node(xCall, start)
	e.parts = parts
	if !p.enter() {
		p.acceptOp(')')
		p.leave()
		return e
	}
	p.pos++
	if p.optionalSemi && (equalFold("try_convert", parts[len(parts)-1].text) || equalFold("identity", parts[len(parts)-1].text)) {
		p.typeName()
		p.acceptOp(',')
	}
	if p.optionalSemi && equalFold("match", parts[len(parts)-1].text) && p.graphAhead() {
		p.pos--
		p.skipParens()
	} else {
		p.arguments(e)
	}
	for p.callTail(e) {
	}
	if p.fromFirst && equalFold("columns", parts[len(parts)-1].text) {
		for p.starModifier(e) {
		}
	}
	p.leave()
	e.end = p.lastEnd()
	return e
}

// graphAhead reports whether the pattern of T-SQL's graph tables follows, as in
// a-(knows)->b.
func (p *parser) graphAhead() bool {
	if p.atText("shortest_path") || p.atText("last_node") {
		return true
	}
	return p.tok().name() && (p.peekOp(1, '-') && p.peekOp(2, '(') || p.peekOp(1, '<') && p.peekOp(2, '-'))
}

// arguments reads up to the closing parenthesis.
func (p *parser) arguments(e *expr) {
	base := len(p.exprs)
	function := e.parts[len(e.parts)-1].text
	for n := 0; !p.done() && !p.atOp(')'); n++ {
		before := p.pos
		if p.unitArgument(function, n) || n == 0 && p.xmlName(function) {
			p.acceptOp(',')
			continue
		}
		p.argument(e, base)
		p.argumentTail(e, base)
		if !p.acceptOp(',') && p.pos == before {
			p.pos++
		}
	}
	if !p.acceptOp(')') {
		p.note(Unbalanced, Warning, max(p.pos-1, 0), p.pos)
	}
	e.args = append(p.take(base), e.args...)
	if m := e.more; m != nil && len(m.names) > 0 {
		for len(m.names) < len(e.args) {
			m.names = append(m.names, ident{})
		}
	}
}

// xmlName takes the name of the element that XMLELEMENT and XMLPI make.
func (p *parser) xmlName(function string) bool {
	if !equalFold("xmlelement", function) && !equalFold("xmlpi", function) {
		return false
	}
	if p.acceptText("evalname") {
		return false
	}
	if p.at(kName) && p.peek(1).name() {
		p.pos++
	}
	if !p.tok().name() || !p.peekOp(1, ',') && !p.peekOp(1, ')') {
		return false
	}
	p.pos++
	return true
}

// unitFunctions take a bare unit such as DAY among their arguments: the number
// tells how many arguments there must be for the first one to be the unit.
var unitFunctions = map[string]int{"datediff": 3, "dateadd": 3, "timestampdiff": 3, "timestampadd": 3, "date_diff": 3, "date_add": 3, "datediff_big": 3, "date_bucket": 3,
	"timestamp_diff": 3, "datepart": 2, "datename": 2, "date_part": 2, "date_trunc": 2, "datetrunc": 2, "last_day": 2, "time_slice": 3, "date_sub": 3, "timestamp_trunc": 2,
	"datetime_trunc": 2, "time_trunc": 2, "datetime_diff": 3, "time_diff": 3, "generate_date_array": 9, "generate_timestamp_array": 9, "next_day": 9, "timediff": 3}

// unitArgument takes a bare unit as argument number n of a function, where one
// may be: in front, or with BigQuery (and LAST_DAY) at the end.
func (p *parser) unitArgument(function string, n int) bool {
	t := p.tok()
	if t.kind != tWord || !isUnit(p.text(t)) {
		return false
	}
	least, ok := unitFunctions[toLower(function)]
	size := 1
	if p.peekOp(1, '(') && p.peek(2).kind == tWord && p.peekOp(3, ')') { // WEEK(MONDAY)
		size = 4
	}
	switch {
	case !ok:
		return false
	case n == 0 && p.peekOp(size, ',') && !p.dashNames && p.argumentsAhead() >= least:
	case n > 0 && p.peekOp(size, ')') && (p.dashNames || equalFold("last_day", function)):
	default:
		return false
	}
	p.pos += size
	return true
}

// argumentsAhead counts the arguments from the cursor to the closing
// parenthesis, up to a few.
func (p *parser) argumentsAhead() int {
	const enough = 4
	count, depth := 1, 0
	for n := 0; count < enough; n++ {
		switch t := p.peek(n); {
		case t.kind == tEOF:
			return count
		case t.is('('):
			depth++
		case t.is(')'):
			if depth--; depth < 0 {
				return count
			}
		case t.is(',') && depth == 0:
			count++
		}
	}
	return count
}

// argument reads one argument.
func (p *parser) argument(e *expr, base int) {
	t, next := p.tok(), p.peek(1)
	switch {
	case (t.name() || t.kind == tParam) && (next.is(opFat) || next.is(opAssign)):
		p.pos += 2
		before := len(p.exprs)
		switch {
		case p.at(kTable) && p.peekOp(1, '('):
			p.wholeArgument()
		case p.atText("descriptor") && p.peekOp(1, '('): // names of columns
			start := p.offset()
			p.pos++
			p.skipParens()
			p.push(p.node(xConst, start))
		default:
			p.push(p.expr())
		}
		if len(p.exprs) > before {
			p.nameArgument(e, base, p.identOf(t))
		}
		return
	case t.word == kSelect || t.word == kWith && next.name() || t.word == kFrom && p.fromFirst:
		sub := p.node(xSub, t.start)
		p.ext(sub).query = p.query()
		sub.end = p.lastEnd()
		p.push(sub)
		return
	case t.word == kTable && next.name():
		p.pos++
		p.tableArgument()
		return
	case t.word == kTable && next.is('('): // TABLE (t), TABLE (SELECT …)
		p.wholeArgument()
		return
	case t.word == kModel && next.name():
		p.pos++
		p.name()
		return
	case p.atText("bulk") && (next.kind == tString || next.kind == tWord && p.peek(2).kind == tString):
		p.pos++
	case (t.word == kBoth || t.word == kLeading || t.word == kTrailing) && !next.is(',') && !next.is(')') && !next.is('.'),
		(t.word == kKey || t.word == kName) && (next.kind == tString || next.name() && next.word == noWord),
		(t.word == kDistinct || t.word == kAll) && !next.is(')') && !next.is(',') && !next.is('.'):
		p.pos++
		if p.atOp('(') && t.word == kDistinct {
			break
		}
		if t.word == kBoth || t.word == kLeading || t.word == kTrailing {
			p.accept(kFrom)
		}
	}
	p.push(p.expr())
}

// tableArgument reads TABLE t as an argument of a table function: a query for
// all of it.
func (p *parser) tableArgument() {
	start := p.offset()
	q := p.slabs.query.new()
	q.sel = p.slabs.sel.new()
	f := p.slabs.from.new()
	f.kind, f.name = fromTable, p.name()
	q.sel.from = p.slabs.froms.copy([]*fromItem{f})
	star := p.node(xStar, start)
	q.sel.items = p.slabs.items.copy([]item{{expr: star, start: start, end: start}})
	sub := p.node(xSub, start)
	p.ext(sub).query = q
	p.push(sub)
}

// wholeArgument reads TABLE ( … ) as an argument: a table or a query, with how
// its rows are handed over.
func (p *parser) wholeArgument() {
	p.pos++
	if p.queryAhead(0) {
		p.push(p.parens())
	} else {
		p.pos++
		p.tableArgument()
		p.closeParen()
	}
	if p.accept(kAs) && p.tok().name() {
		p.pos++
	}
	for p.atAny(kPartition, kOrder) && p.peekWord(1) == kBy {
		p.pos += 2
		if p.atOp('(') {
			p.skipParens()
			continue
		}
		p.sortList()
	}
	if p.acceptText("prune") || p.accept(kKeep) {
		p.acceptSeq(kWhen, kEmpty)
	}
}

// nameArgument gives the newest argument a name.
func (p *parser) nameArgument(e *expr, base int, name ident) {
	m := p.ext(e)
	n := len(p.exprs) - base
	for len(m.names) < n {
		m.names = append(m.names, ident{})
	}
	m.names[n-1] = name
}

// argumentTail reads the words that may stand behind an argument.
func (p *parser) argumentTail(e *expr, base int) {
	for !p.done() && !p.atOp(',') && !p.atOp(')') {
		before := p.pos
		switch w := p.peekWord(0); w {
		case kAs:
			p.pos++
			if t := p.tok(); (t.name() || t.kind == tString) && (p.peekOp(1, ',') || p.peekOp(1, ')')) && len(p.exprs) > base {
				p.nameArgument(e, base, p.identOf(t))
				p.pos--
				p.innerAlias(p.exprs[len(p.exprs)-1])
				if p.at(kAs) {
					p.pos += 2
				}
				continue
			}
			from := p.pos
			p.typeName()
			p.typed(e, from)
		case kOrder, kPartition, kSort, kDistribute, kCluster:
			p.pos++
			p.accept(kBy)
			m := p.ext(e)
			m.sorts = append(m.sorts, p.sortList()...)
		case kOn, kReturning: // NULL ON NULL, ON OVERFLOW, RETURNING type
			for !p.done() && !p.atOp(',') && !p.atOp(')') {
				p.skipOne()
			}
		case kIgnore, kRespect, kNulls, kNull, kFormat, kJson, kWith, kWithout, kLimit, kSeparator:
			p.pos++
			if w == kLimit || w == kSeparator {
				p.expr()
			}
		case kUsing: // CONVERT (a USING utf8)
			p.pos++
			p.name()
		case kHaving: // any_value(a HAVING MAX b)
			p.pos += 2
			m := p.ext(e)
			if x := p.expr(); x != nil {
				m.sorts = append(m.sorts, x)
			}
		default:
			p.pos++
			if p.tokens[before].kind == tOp && p.tokens[before].op == '(' {
				p.pos = before
				p.skipParens()
				continue
			}
			if t, prev := p.tokens[before], p.tokens[before-1]; t.kind == tWord && prev.kind != tOp && !argumentWords.has(p.text(t)) && !argumentWords.has(p.text(prev)) {
				p.skipped(before, p.pos)
			}
			p.push(p.expr())
		}
	}
}

// argumentWords stand between the values of an argument: OVERLAY (a PLACING b FROM
// 1 FOR 2), XMLROOT (x, VERSION '1.0', STANDALONE YES), CAST (c AS CHAR CHARACTER
// SET utf8).
var argumentWords = set("from", "for", "in", "placing", "passing", "value", "values", "by", "ref", "absent", "present", "wrapper", "conditional", "unconditional", "array", "character", "charset",
	"set", "collate", "unsigned", "signed", "integer", "document", "content", "name", "version", "standalone", "yes", "no", "indent", "key", "keys", "is", "unique", "both", "leading", "trailing",
	"variadic", "at", "zone", "time", "local", "nulls", "precision", "varying", "binary", "against", "default", "error", "empty", "within", "all", "distinct", "columns", "table", "with", "final", "running")

// sortList reads the expressions of ORDER BY and PARTITION BY.
func (p *parser) sortList() []*expr {
	base := len(p.exprs)
	for {
		before := p.pos
		e := p.expr()
		p.push(e)
		p.innerAlias(e)
		p.sortTail()
		if !p.acceptOp(',') || p.pos == before {
			break
		}
	}
	return p.take(base)
}

// sortTail skips ASC, DESC, NULLS LAST, USING op, WITH FILL.
func (p *parser) sortTail() {
	for {
		switch {
		case p.acceptAny(kAsc, kDesc):
		case p.at(kNulls) && (p.peekWord(1) == kFirst || p.peekWord(1) == kLast):
			p.pos += 2
		case p.at(kUsing) && p.peek(1).kind == tOp:
			p.pos += 2
		case p.at(kCollate):
			p.pos += 2
		case p.at(kWith) && p.tokenIs(1, "fill"):
			p.pos += 2
			for p.acceptAny(kFrom, kTo, kStep) || p.acceptText("staleness") {
				p.expr()
			}
		default:
			return
		}
	}
}

// tokenIs reports whether the token n on is the word s.
func (p *parser) tokenIs(n int, s string) bool {
	t := p.peek(n)
	return t.kind == tWord && equalFold(s, p.text(t))
}

// callTail reads one of the clauses behind the arguments of a call.
func (p *parser) callTail(e *expr) bool {
	next := p.peek(1)
	switch p.peekWord(0) {
	case kFilter:
		if !next.is('(') {
			return false
		}
		p.pos += 2
		p.accept(kWhere)
		m := p.ext(e)
		if c := p.expr(); c != nil {
			m.conds = append(m.conds, c)
		}
		p.closeParen()
	case kWithin:
		if next.word != kGroup {
			return false
		}
		p.pos += 2
		p.orderInParens(e)
	case kKeep:
		if !next.is('(') {
			return false
		}
		p.pos++
		p.orderInParens(e)
	case kIgnore, kRespect:
		if next.word != kNulls {
			return false
		}
		p.pos += 2
	case kOver:
		p.over(e)
	case kFrom:
		if !(next.word == kFirst || next.word == kLast) || p.peekWord(2) != kOver && p.peekWord(2) != kRespect && p.peekWord(2) != kIgnore {
			return false
		}
		p.pos += 2
	default:
		if p.dashNeedsSpace && p.atText("against") && next.is('(') { // MATCH (a) AGAINST ('x')
			p.pos++
			p.skipParens()
			return true
		}
		if p.atOp('(') && p.braceParams { // quantile(0.5)(x)
			p.pos++
			p.arguments(e)
			return true
		}
		return false
	}
	return true
}

// orderInParens reads ( … ORDER BY … ) of WITHIN GROUP and KEEP.
func (p *parser) orderInParens(e *expr) {
	if !p.acceptOp('(') {
		return
	}
	m := p.ext(e)
	for !p.done() && !p.atOp(')') {
		if p.acceptSeq(kOrder, kBy) {
			m.sorts = append(m.sorts, p.sortList()...)
			continue
		}
		p.skipOne()
	}
	p.acceptOp(')')
}

// over reads OVER name and OVER ( … ).
func (p *parser) over(e *expr) {
	p.pos++
	m := p.ext(e)
	m.overed = true
	if t := p.tok(); t.name() {
		m.over = p.identOf(t)
		p.pos++
		return
	}
	if p.acceptOp('(') {
		m.window = append(m.window, p.windowSpec(&m.over)...)
	}
}

// windowSpec reads what stands in the parentheses of a window, which may
// begin with the name of another one.
func (p *parser) windowSpec(base *ident) []*expr {
	var list []*expr
	if t := p.tok(); t.name() && !p.atAny(kPartition, kOrder, kRange, kRows, kGroups, kDistribute, kSort, kCluster) {
		*base = p.identOf(t)
		p.pos++
	}
	for !p.done() && !p.atOp(')') {
		if p.atAny(kPartition, kOrder, kDistribute, kSort, kCluster) && p.peekWord(1) == kBy {
			p.pos += 2
			list = append(list, p.sortList()...)
			continue
		}
		p.skipOne()
	}
	p.acceptOp(')')
	return list
}

// castCall reads CAST (x AS type), CONVERT (…) and EXTRACT (unit FROM x).
func (p *parser) castCall() *expr {
	t := p.tok()
	p.pos++
	if t.word == kExtract && (p.peekWord(2) == kFrom || p.peekOp(2, '(')) {
		e := p.node(xCall, t.start)
		e.parts = p.slabs.ident.copy([]ident{{text: p.text(t)}})
		p.pos += 2
		if p.atOp('(') {
			p.skipParens()
		}
		if p.accept(kFrom) {
			p.arguments(e)
			e.end = p.lastEnd()
			return e
		}
		p.arguments(e)
		return e
	}
	if t.word == kConvert && p.typeFirst {
		p.pos++
		p.typeName()
		p.acceptOp(',')
		p.pos--
	}
	return p.call(p.slabs.ident.copy([]ident{{text: p.text(t)}}), t.start)
}
