package sqllineage

// queryTail reads the clauses behind a query in parentheses or a union.
func (p *parser) queryTail(q *query) {
	for !p.done() && p.tailClause(q) {
	}
}

// tailClause reads one clause that may stand behind a whole query.
func (p *parser) tailClause(q *query) bool {
	add := func(use subtype, exprs []*expr) {
		q.tail = append(q.tail, clause{use: use, exprs: exprs, own: true})
	}
	switch p.peekWord(0) {
	case kOrder:
		p.pos++
		p.accept(kSiblings)
		p.accept(kBy)
		add(subSort, p.sortList())
		if p.acceptText("interpolate") && p.atOp('(') {
			p.skipParens()
		}
	case kCluster, kDistribute, kSort:
		if p.peekWord(1) != kBy {
			return false
		}
		p.pos += 2
		add(subSort, p.sortList())
	case kLimit:
		p.pos++
		var exprs []*expr
		if !p.accept(kAll) && !p.at(kRows) {
			exprs = p.sortList()
		}
		if p.accept(kOffset) {
			exprs = append(exprs, p.sortList()...)
			if !p.tokenIs(1, "examined") {
				p.acceptAny(kRow, kRows)
			}
		}
		if p.at(kRows) && p.tokenIs(1, "examined") { // mariadb
			p.pos += 2
			p.expr()
		}
		if p.accept(kBy) {
			add(subGroupBy, p.sortList())
		}
		p.acceptSeq(kWith, kTies)
		p.accept(kPercent)
		add(subFilter, exprs)
	case kOffset:
		p.pos++
		add(subFilter, p.sortList())
		p.acceptAny(kRow, kRows)
	case kFetch:
		if p.optionalSemi && p.newStatement() && !p.numbered() {
			return false
		}
		p.fetch(q)
	case kFor:
		return p.forClause()
	case kOption, kSettings, kFormat, kUsing, kLock, kProcedure, kWith, kTablesample, kSample, kInto:
		return p.tailOption(q)
	default:
		return false
	}
	return true
}

// numbered reports whether FETCH at the cursor limits a query; that of a
// cursor names no number of rows.
func (p *parser) numbered() bool {
	t := p.peek(2)
	return (p.peekWord(1) == kFirst || p.peekWord(1) == kNext) && (t.kind == tNumber || t.kind == tParam || t.is('(') || t.word == kRow || t.word == kRows)
}

// fetch reads FETCH FIRST n ROWS ONLY.
func (p *parser) fetch(q *query) {
	p.pos++
	p.acceptAny(kFirst, kNext)
	if !p.atAny(kRow, kRows) {
		if e := p.binary(bindCompare); e != nil {
			q.tail = append(q.tail, clause{use: subFilter, exprs: []*expr{e}, own: true})
		}
	}
	p.accept(kPercent)
	p.acceptAny(kRow, kRows)
	if !p.acceptSeq(kWith, kTies) {
		p.accept(kOnly)
	}
}

// forClause skips FOR UPDATE OF t, FOR XML PATH (”), FOR JSON AUTO.
func (p *parser) forClause() bool {
	switch w := p.peekWord(1); {
	case w == kUpdate || w == kShare || w == kRead || w == kNo || w == kKey || p.tokenIs(1, "xml") || w == kJson || p.tokenIs(1, "browse") || p.tokenIs(1, "fetch"):
	default:
		return false
	}
	for p.pos += 2; !p.done() && !p.atOp(')') && !p.newStatement() && !p.atAny(kUnion, kLimit, kInto, kFor, kOption, kLoop, kDo); {
		p.skipOne()
	}
	return true
}

// tailOption skips options that say nothing about data.
func (p *parser) tailOption(q *query) bool {
	switch w := p.peekWord(0); w {
	case kInto:
		p.pos++
		q.into = p.intoTarget()
		return true
	case kOption:
		if !p.peekOp(1, '(') {
			return false
		}
		p.pos++
		p.skipParens()
	case kUsing, kTablesample, kSample: // USING SAMPLE 10%
		if w == kUsing && p.peekWord(1) != kSample {
			return false
		}
		p.accept(kUsing)
		p.sample()
	case kSettings:
		for p.pos++; p.tok().name() && p.peekOp(1, '='); p.acceptOp(',') {
			p.pos += 2
			p.expr()
		}
	case kFormat:
		if !p.braceParams {
			return false
		}
		p.pos += 2
	case kLock: // LOCK IN SHARE MODE
		p.pos += 4
	case kProcedure:
		p.pos += 2
		if p.atOp('(') {
			p.skipParens()
		}
	case kWith:
		if p.tokenIs(1, "ur") || p.tokenIs(1, "cs") || p.tokenIs(1, "rs") || p.tokenIs(1, "rr") {
			p.pos += 2
			return true
		}
		return false
	default:
		return false
	}
	p.pos = min(p.pos, p.end)
	return true
}
