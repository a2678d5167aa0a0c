package sqllineage

// Split returns the spans of the statements in sql, without the separators,
// space and comments around them. A block or a body is one statement. It goes
// by tokens alone, so it works on text that does not parse.
func Split(d Dialect, sql string) []Span {
	t := traitsOf(d)
	tokens, _ := lex(t, sql, nil, maxTokens)
	e := engine{parser: parser{traits: t, sql: sql, tokens: tokens}}
	p := &e.parser
	spans := []Span{}
	for p.pos < len(tokens)-1 {
		p.end = len(tokens) - 1
		from := p.pos
		if e.separator() {
			if tokens[from].is('\\') || tokens[from].is(':') { // a line for the client
				spans = append(spans, Span{int(tokens[from].start), int(p.lastEnd())})
			}
			continue
		}
		e.skipStatement()
		spans = append(spans, Span{int(tokens[from].start), int(p.lastEnd())})
	}
	return spans
}

const maxTokens = 2_000_000

// skipStatement moves to the separator behind the statement at the cursor, or
// to where the next one begins without a separator.
func (e *engine) skipStatement() {
	p := &e.parser
	block := splitBlock{routine: p.routineHead() >= 0, optional: p.optionalSemi}
	block.blocks = block.routine || p.blocks
	first := true
	for p.pos < len(p.tokens)-1 {
		t := p.tok()
		if p.delimiterAt(p.pos) > 0 || t.word == kGo && p.optionalSemi && p.goAhead() || p.atOp('/') && t.flags&flagNewline != 0 && p.peek(1).flags&flagNewline != 0 && p.qQuotes {
			return
		}
		if t.is(';') && block.depth <= 0 && !block.declaring && p.delimiter == "" && !(block.routine && block.optional) {
			return
		}
		if !first && block.depth <= 0 && !block.routine && block.parens == 0 && block.starts(p) {
			return
		}
		block.token(p, first)
		first = false
		p.pos++
	}
}

// splitBlock follows BEGIN … END and what nests like it.
type splitBlock struct {
	routine, blocks, optional bool
	depth                     int
	parens                    int
	cases                     int
	declaring                 bool // between DECLARE or IS and BEGIN
	owned                     word // the word that the statement's head still waits for
}

// token counts one token.
func (b *splitBlock) token(p *parser, first bool) {
	t := p.tok()
	switch {
	case t.is('('):
		b.parens++
	case t.is(')'):
		b.parens = max(0, b.parens-1)
	}
	if t.word == noWord || p.pos > 0 && p.tokens[p.pos-1].is('.') {
		return
	}
	if first {
		b.owned = ownedBy(t.word)
	}
	switch t.word {
	case kCase:
		if p.pos > 0 && p.tokens[p.pos-1].word != kEnd {
			b.cases++
		}
	case kBegin:
		if b.blocks && !transaction(p) {
			b.depth++
			b.declaring = false
		}
	case kEnd:
		b.end(p)
	case kDeclare:
		b.declaring = first && b.blocks && !b.optional && !p.dashNames || b.declaring
	case kIs, kAs:
		if b.routine && p.qQuotes && b.depth == 0 && b.parens == 0 && p.peek(1).kind != tString {
			b.declaring = true
		}
	case kIf, kLoop, kWhile, kRepeat, kFor:
		if b.depth == 0 && first && b.blocks && !b.optional && !p.ifObject() {
			b.depth++
		} else if b.depth > 0 && b.opens(p, t.word) {
			b.depth++
		}
	}
	if b.owned == t.word && !first {
		b.owned = noWord
	}
}

// ifObject reports whether IF is that of IF EXISTS.
func (p *parser) ifObject() bool {
	return p.peekWord(1) == kExists || p.peekWord(1) == kNot && p.peekWord(2) == kExists
}

// opens reports whether a word inside of a block begins a nested one that has
// an END of its own.
func (b *splitBlock) opens(p *parser, w word) bool {
	if b.optional || p.pos == 0 {
		return false
	}
	prev := p.tokens[p.pos-1]
	start := prev.is(';') || prev.word == kBegin || prev.word == kThen || prev.word == kElse || prev.word == kLoop || prev.word == kDo || prev.is(':')
	switch w {
	case kIf:
		return start
	case kLoop: // WHILE x LOOP … END LOOP has one END for both words
		return prev.word != kEnd
	case kWhile, kFor:
		return start && b.doFollows(p)
	case kRepeat:
		return start
	}
	return false
}

// doFollows reports whether the loop at the cursor is one of DO … END WHILE.
func (b *splitBlock) doFollows(p *parser) bool {
	for n := 1; n < 200; n++ {
		switch t := p.peek(n); {
		case t.word == kDo:
			return true
		case t.word == kLoop || t.is(';') || t.kind == tEOF:
			return false
		}
	}
	return false
}

// end counts END: of a CASE, or of a block.
func (b *splitBlock) end(p *parser) {
	switch {
	case b.cases > 0:
		b.cases--
	case b.depth > 0:
		b.depth--
		if w := p.peekWord(1); w == kIf || w == kLoop || w == kWhile || w == kCase || w == kFor || w == kRepeat || w == kTry || w == kCatch {
			p.pos++
		}
	}
}

// transaction reports whether the BEGIN at the cursor is no block.
func transaction(p *parser) bool {
	next := p.peek(1)
	return next.is(';') || next.kind == tEOF || next.word == kTransaction || next.word == kTran || next.word == kWork || p.tokenIs(1, "distributed")
}

// ownedBy is the word that a statement's first word needs later on, so that it
// is no new statement there.
func ownedBy(w word) word {
	switch w {
	case kInsert, kDeclare, kCreate, kAlter:
		return kSelect
	case kUpdate:
		return kSet
	}
	return noWord
}

// starts reports whether a new statement begins at the cursor without a
// semicolon, which T-SQL allows.
func (b *splitBlock) starts(p *parser) bool {
	if !b.optional || !p.newStatement() || b.cases > 0 {
		return false
	}
	prev := p.tokens[p.pos-1]
	t := p.tok()
	switch prev.word {
	case kUnion, kAll, kExcept, kIntersect, kThen, kAs, kFor, kOn, kAfter, kOf, kElse, kIf, kInsert, kGrant, kBegin, kInstead, kOr, kNot:
		return false
	}
	if prev.is(',') || prev.is('(') || prev.is(')') && t.word == kSelect && b.owned == kSelect {
		return false
	}
	if next := p.peek(1); (t.word == kDrop || t.word == kAlter) && (next.word == kConstraint || next.kind == tWord && equalFold("column", p.text(next))) {
		return false // an action of ALTER TABLE
	}
	if b.owned == t.word || t.word == kSelect && (b.owned == kSelect || prev.is(')') && b.owned == noWord && p.withBefore()) {
		return false
	}
	return t.word != kEnd && t.word != kElse
}

// withBefore reports whether the parenthesis before the cursor ends a WITH
// list rather than a statement.
func (p *parser) withBefore() bool {
	depth := 0
	for i := p.pos - 1; i > 0; i-- {
		switch t := p.tokens[i]; {
		case t.is(')'):
			depth++
		case t.is('('):
			if depth--; depth == 0 {
				return p.tokens[i-1].word == kAs
			}
		}
	}
	return false
}
