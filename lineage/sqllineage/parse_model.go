package sqllineage

// modelAhead reports whether Oracle's MODEL clause begins here.
func (p *parser) modelAhead() bool {
	if !p.qQuotes || !p.at(kModel) {
		return false
	}
	next := p.peek(1)
	return next.word == kPartition || next.word == kIgnore || next.word == kKeep || next.word == kReturn || next.word == kUnique ||
		p.tokenIs(1, "dimension") || p.tokenIs(1, "main") || p.tokenIs(1, "reference")
}

// modelClause reads MODEL PARTITION BY (a) DIMENSION BY (b) MEASURES (c m)
// RULES (…). The select list sees the columns that it names, so they become a
// query below; what the rules compute stays inside of each measure.
func (p *parser) modelClause(q *query) {
	inner := p.slabs.query.new()
	inner.start, inner.sel = p.offset(), p.slabs.sel.new()
	inner.sel.from, inner.sel.clauses = q.sel.from, q.sel.clauses
	p.pos++
	for !p.done() && !p.atOp(')') && !p.at(kOrder) && !p.setAhead() {
		switch {
		case p.acceptSeq(kPartition, kBy), p.tokenIs(0, "dimension") && p.peekWord(1) == kBy, p.atText("measures"):
			for !p.done() && !p.atOp('(') {
				p.pos++
			}
			p.pos++
			inner.sel.items = append(inner.sel.items, p.selectItems()...)
			p.closeParen()
		case p.at(kOrder) || p.tokenIs(0, "sequential") && p.peekWord(1) == kOrder: // of the rules
			p.pos += 2
		default:
			p.skipOne()
		}
	}
	f := p.slabs.from.new()
	f.kind, f.query, f.start, f.end = fromQuery, inner, inner.start, p.lastEnd()
	q.sel.from, q.sel.clauses = []*fromItem{f}, nil
}
