package sqllineage

// Binding powers. Lineage needs few: what ANDs, what compares, and the rest.
const (
	bindNone = iota
	bindTernary
	bindOr
	bindAnd
	bindNot
	bindCompare
	bindTerm
	bindUnary
)

// expr reads an expression. It is nil when none begins at the cursor.
func (p *parser) expr() *expr { return p.binary(bindNone) }

// node makes an expression node that begins at start.
func (p *parser) node(kind exprKind, start int32) *expr {
	e := p.slabs.expr.new()
	e.kind, e.start, e.end = kind, start, p.lastEnd()
	return e
}

// ext is the part of e that few nodes have.
func (p *parser) ext(e *expr) *more {
	if e.more == nil {
		e.more = p.slabs.more.new()
	}
	return e.more
}

// op makes an operator node over the given children.
func (p *parser) op(class opClass, start int32, args ...*expr) *expr {
	e := p.node(xOp, start)
	e.class = class
	base := len(p.exprs)
	for _, a := range args {
		if a != nil {
			p.exprs = append(p.exprs, a)
		}
	}
	e.args = p.take(base)
	return e
}

// take moves the expressions gathered since base into a list of their own.
func (p *parser) take(base int) []*expr {
	list := p.slabs.list.copy(p.exprs[base:])
	p.exprs = p.exprs[:base]
	return list
}

// binary reads operators that bind tighter than min. Operators of one power
// make one node with many children, so a long chain is no depth.
func (p *parser) binary(min int) *expr {
	if !p.enter() {
		p.leave()
		return p.node(xOpaque, p.offset())
	}
	start := p.offset()
	left := p.climb(p.unary(), min, start)
	p.leave()
	return left
}

// climb goes on behind a left operand.
func (p *parser) climb(left *expr, min int, start int32) *expr {
	for left != nil {
		power, class := p.infix()
		if power <= min {
			break
		}
		if power == bindTernary {
			left = p.ternary(left, start)
			continue
		}
		left = p.chain(left, power, class, start)
	}
	return left
}

// ternary reads ClickHouse's a ? b : c behind a.
func (p *parser) ternary(test *expr, start int32) *expr {
	p.pos++
	base := len(p.exprs)
	p.push(p.expr())
	p.acceptOp(':')
	p.push(p.expr())
	e := p.node(xCase, start)
	e.args = p.take(base)
	p.ext(e).conds = []*expr{test}
	return e
}

// chain reads operators of one power behind left into one node.
func (p *parser) chain(left *expr, power int, class opClass, start int32) *expr {
	base := len(p.exprs)
	p.exprs = append(p.exprs, left)
	same := true
	for n := 0; ; n++ {
		got, c := p.infix()
		if got != power {
			break
		}
		same = same && c == class && (n == 0 || class == opAnd)
		before := p.pos
		p.operand(power)
		if p.pos == before {
			break
		}
	}
	e := p.node(xOp, start)
	if same {
		e.class = class
	}
	e.args = p.take(base)
	return e
}

// operand takes the operator at the cursor with what stands right of it.
func (p *parser) operand(power int) {
	w := p.peekWord(0)
	if power == bindCompare && w != noWord {
		p.predicate(w)
		return
	}
	p.pos++
	p.accept(kOf) // MEMBER OF
	if w == kAt { // AT TIME ZONE x, AT LOCAL
		if p.acceptText("local") {
			return
		}
		p.accept(kTime)
		p.accept(kZone)
	}
	if w == kOperator { // OPERATOR(schema.op)
		p.skipParens()
	}
	if w == kCollate {
		p.name()
		return
	}
	p.push(p.binary(power))
}

// push adds an expression to the list that is being gathered.
func (p *parser) push(e *expr) {
	if e != nil {
		p.exprs = append(p.exprs, e)
	}
}

// infix is the power of the operator at the cursor, or 0 when there is none.
func (p *parser) infix() (power int, class opClass) {
	t := p.tok()
	switch t.kind {
	case tOp:
		switch t.op {
		case '=':
			return bindCompare, opEquals
		case '<', '>', opCompare, '!':
			return bindCompare, opPlain
		case '+', '-', '*', '/', '%', '^', '|', '&', '~', '@', '#', '?', opConcat, opArrow, opLongArrow, opStars:
			return bindTerm, opPlain
		case opAssign:
			return bindCompare, opPlain
		}
	case tWord:
		if t.word == noWord && p.peekWord(1) == kOf && (p.atText("member") || p.atText("submultiset")) {
			return bindCompare, opPlain
		}
		return p.infixWord(t.word)
	case tParam:
		switch {
		case p.sql[t.start] != '?' || t.end-t.start != 1:
		case p.braceParams:
			return bindTernary, opPlain
		case p.operandFollows(1): // the ? of jsonb
			return bindTerm, opPlain
		}
	}
	return 0, 0
}

// operandFollows reports whether an operand, not another operator, is n on.
func (p *parser) operandFollows(n int) bool {
	t := p.peek(n)
	return t.kind == tString || t.kind == tQuoted || t.kind == tWord && t.word == noWord || t.kind == tParam
}

func (p *parser) infixWord(w word) (power int, class opClass) {
	switch w {
	case kOr, kXor:
		return bindOr, opPlain
	case kAnd:
		return bindAnd, opAnd
	case kIn:
		return p.onlyIf(p.peekWord(1) != kPartition || p.peekOp(2, '('), bindCompare)
	case kGlobal:
		return p.onlyIf(p.braceParams && (p.peekWord(1) == kIn || p.peekWord(1) == kNot), bindCompare)
	case kIs, kLike, kIlike, kRlike, kRegexp, kBetween, kOverlaps, kEscape, kIsnull, kNotnull:
		return bindCompare, opPlain
	case kSimilar:
		return p.onlyIf(p.peekWord(1) == kTo, bindCompare)
	case kSounds:
		return p.onlyIf(p.peekWord(1) == kLike, bindCompare)
	case kGlob, kMatch:
		return p.onlyIf(p.peek(1).kind == tString || p.peek(1).kind == tParam || p.peek(1).kind == tWord, bindCompare)
	case kNot:
		switch p.peekWord(1) {
		case kIn, kLike, kIlike, kRlike, kRegexp, kBetween, kSimilar, kGlob, kMatch, kNull, kOverlaps:
			return bindCompare, opPlain
		}
	case kDiv, kMod:
		return p.onlyIf(!p.peek(1).is(',') && !p.peek(1).is(')') && p.peekWord(1) != kFrom, bindTerm)
	case kCollate:
		return bindTerm, opPlain
	case kOperator:
		return p.onlyIf(p.peekOp(1, '('), bindTerm)
	case kAt:
		t := p.peek(1)
		return p.onlyIf(t.word == kTime && p.peekWord(2) == kZone || t.kind == tWord && equalFold("local", p.text(t)), bindTerm)
	}
	return 0, 0
}

func (p *parser) onlyIf(yes bool, power int) (int, opClass) {
	if yes {
		return power, opPlain
	}
	return 0, 0
}

// predicate reads a comparison that is spelled in words, and pushes what
// stands right of it.
func (p *parser) predicate(w word) {
	p.pos++
	if w == kGlobal {
		w = p.peekWord(0)
		p.pos++
	}
	if w == kNot {
		w = p.peekWord(0)
		p.pos++
	}
	switch w {
	case kIs:
		p.isPredicate()
	case kIn:
		p.accept(kUnnest) // BigQuery: IN UNNEST(x)
		p.acceptText("global")
		if p.tableIn && p.tok().name() && p.nameThenNoCall() {
			p.tableArgument()
			return
		}
		p.push(p.unary())
	case kBetween:
		p.acceptText("symmetric")
		p.acceptText("asymmetric")
		p.push(p.binary(bindCompare))
		if p.accept(kAnd) {
			p.push(p.binary(bindCompare))
		}
	case kIsnull, kNotnull, kNull:
	default:
		p.acceptAny(kTo, kLike)
		p.acceptAny(kAny, kAll, kSome)
		p.push(p.binary(bindCompare))
	}
}

// nameThenNoCall reports whether a dotted name begins here that no parenthesis
// follows.
func (p *parser) nameThenNoCall() bool {
	n := 1
	for p.peekOp(n, '.') && p.peek(n+1).name() {
		n += 2
	}
	return !p.peekOp(n, '(') && !p.peekOp(n, '[')
}

// isPredicate reads what follows IS.
func (p *parser) isPredicate() {
	p.accept(kNot)
	switch {
	case p.accept(kDistinct):
		p.accept(kFrom)
		p.push(p.binary(bindCompare))
	case p.acceptAny(kNull, kTrue, kFalse, kUnknown):
	case p.accept(kJson):
		p.acceptAny(kValue, kArray)
		p.acceptText("object")
		p.acceptText("scalar")
		if p.atAny(kWith, kWithout) && p.peekWord(1) == kUnique {
			p.pos += 2
			p.acceptAny(kKey)
			p.acceptText("keys")
		}
	case p.accept(kOf):
		p.acceptText("type")
		p.skipParens()
	case p.acceptText("normalized"), p.acceptText("document"), p.acceptText("nan"), p.acceptText("empty"):
	default:
		p.push(p.binary(bindCompare))
	}
}

// unary reads prefix operators and then an operand with what follows it.
func (p *parser) unary() *expr {
	start := p.offset()
	t := p.tok()
	switch {
	case t.kind == tOp && (t.op == '-' || t.op == '+' || t.op == '~' || t.op == '!' || t.op == '@' || t.op == '|' || t.op == opConcat || t.op == opCompare):
		p.pos++
		return p.wrap(opPlain, start, bindTerm)
	case t.word == kNot:
		p.pos++
		return p.wrap(opPlain, start, bindNot)
	case t.word == kPrior && p.priorAhead(), t.word == kConnectByRoot:
		p.pos++
		return p.wrap(opPrior, start, bindTerm)
	case t.word == kBinary && p.operandAt(1), t.word == kDistinct, t.word == kVariadic, t.word == kAll && !p.peekOp(1, '('):
		p.pos++
		return p.binary(bindNone)
	case t.is('*'):
		return p.star(nil)
	}
	e := p.primary()
	if e == nil {
		return nil
	}
	return p.postfix(e)
}

// operandAt reports whether the token n on begins an operand of a word that
// might itself be a column.
func (p *parser) operandAt(n int) bool {
	t := p.peek(n)
	return t.kind == tQuoted || t.kind == tString || t.kind == tWord && t.word == noWord
}

// priorAhead reports whether an operand follows PRIOR, which else is a column.
func (p *parser) priorAhead() bool {
	t := p.peek(1)
	switch t.word {
	case kAs, kFrom, kAnd, kOr, kIs, kIn, kNot, kLike, kBetween, kAsc, kDesc, kThen, kElse, kEnd, kWhen:
		return false
	}
	return t.kind == tQuoted || t.kind == tString || t.kind == tWord
}

// wrap reads the operand of a prefix operator.
func (p *parser) wrap(class opClass, start int32, min int) *expr {
	if !p.enter() {
		p.leave()
		return p.node(xOpaque, start)
	}
	var arg *expr
	if min >= bindTerm {
		arg = p.unary()
	} else {
		arg = p.binary(min)
	}
	p.leave()
	return p.op(class, start, arg)
}

// postfix reads casts, subscripts, fields and paths behind an operand.
func (p *parser) postfix(e *expr) *expr {
	for {
		t := p.tok()
		if t.kind != tOp {
			if t.kind == tStage && p.colonPath {
				return e
			}
			return e
		}
		switch {
		case t.op == opCast || t.op == opQDot && p.text(t) == "?::":
			p.pos++
			e = p.cast(e)
		case t.op == '[':
			e = p.subscript(e)
		case t.op == '.' || t.op == opQDot:
			next := p.field(e)
			if next == nil {
				return e
			}
			e = next
		case (t.op == opArrow || t.op == opLongArrow) && (p.peek(1).kind == tString || p.peek(1).kind == tNumber):
			p.pos += 2
			e = p.jsonStep(e, p.tokens[p.pos-1])
		case t.op == ':' && p.colonPath && p.colonFollows():
			e = p.colonSteps(e)
		case t.op == '(' && p.outerMark():
			p.pos += 3
		default:
			return e
		}
	}
}

// cast reads the type behind ::.
func (p *parser) cast(e *expr) *expr {
	var typ []ident
	if t := p.tok(); t.name() {
		typ = p.slabs.ident.copy([]ident{p.identOf(t)})
	}
	from := p.pos
	p.typeName()
	e = p.op(opCasted, e.start, e)
	e.parts = typ
	p.typed(e, from)
	return e
}

// typed keeps the text of the type between token from and the cursor, if it may
// have fields.
func (p *parser) typed(e *expr, from int) {
	if p.pos-from < 4 { // row(a b)
		return
	}
	var text []byte
	for _, t := range p.tokens[from:p.pos] {
		text = append(append(text, p.text(t)...), ' ')
	}
	if typ := string(text); nestedType(typ) {
		p.ext(e).typ = typ
	}
}

// outerMark reports whether Oracle's (+) stands at the cursor.
func (p *parser) outerMark() bool { return p.peekOp(1, '+') && p.peekOp(2, ')') }

// colonFollows reports whether the colon at the cursor begins a path.
func (p *parser) colonFollows() bool {
	t := p.peek(1)
	return t.name() || t.is('[') || t.kind == tString
}
