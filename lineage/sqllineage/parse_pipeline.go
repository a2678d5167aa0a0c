package sqllineage

// changeFeed reads Databricks' APPLY CHANGES INTO t FROM s KEYS (…) and AUTO CDC
// INTO t FROM s: each change of the source is merged into the target.
func (p *parser) changeFeed(s *stmt) {
	s.kind = KindMerge
	p.pos += 2
	p.accept(kInto)
	s.tables = []*fromItem{{name: p.name()}}
	for !p.done() && !p.at(kFrom) {
		p.skipOne()
	}
	if p.accept(kFrom) {
		if f := p.fromItem(); f != nil {
			s.from = []*fromItem{f}
		}
	}
	s.arms = []arm{{star: true}}
	p.pos = p.end
}

// atChangeFeed reports whether a statement that changeFeed reads begins here.
func (p *parser) atChangeFeed() bool {
	return p.atText("apply") && p.tokenIs(1, "changes") || p.atText("auto") && p.tokenIs(1, "cdc")
}

// createFlow reads CREATE FLOW f AS INSERT INTO t … and CREATE FLOW f AS AUTO
// CDC INTO t …: what the flow does is what the statement does.
func (p *parser) createFlow(s *stmt) bool {
	for !p.done() && !p.at(kAs) {
		p.skipOne()
	}
	if !p.accept(kAs) {
		return false
	}
	p.head(s)
	return true
}

// importTable reads Hive's IMPORT [[EXTERNAL] TABLE t [PARTITION (…)]] FROM 'path'.
func (p *parser) importTable(s *stmt) {
	p.pos++
	p.accept(kExternal)
	if !p.accept(kTable) {
		p.skipStatement(s)
		return
	}
	s.kind, s.star = KindCopy, true
	t := &target{name: p.name()}
	p.partition(t)
	s.targets = []*target{t}
	if p.accept(kFrom) && p.tok().kind == tString {
		s.paths = []string{p.stringText(p.tok())}
	}
	p.pos = p.end
}

// graphQuery reads BigQuery's GRAPH g MATCH … RETURN …: what it returns comes
// from the graph.
func (p *parser) graphQuery(s *stmt) {
	start := p.offset()
	p.note(OpaqueFunction, Warning, p.pos, p.pos+1)
	p.pos++
	s.kind, s.query = KindSelect, p.wholeTable(start)
	p.pos = p.end
}

// ownClause is a call in FROM whose arguments are clauses of its own and begin
// with what is read: SEMANTIC_VIEW (v DIMENSIONS …), GRAPH_TABLE (g MATCH …).
func (p *parser) ownClause(f *fromItem) bool {
	if !p.peekOp(1, '(') || !p.peek(2).name() || !p.atText("semantic_view") && !p.atText("graph_table") {
		return false
	}
	if p.atText("graph_table") {
		p.note(OpaqueFunction, Warning, p.pos, p.pos+1)
	}
	from := p.pos + 1
	p.pos += 2
	f.name = p.name()
	p.pos = from
	p.skipParens()
	return true
}

// flowOperator reports whether Snowflake's ->> stands at token i: the statement
// behind it reads the result of the one before.
func (p *parser) flowOperator(i int) bool {
	if !p.stages || i+1 >= len(p.tokens) || !p.tokens[i].is(opLongArrow) {
		return false
	}
	switch p.tokens[i+1].word {
	case kSelect, kWith, kInsert, kCreate, kMerge, kUpdate, kDelete, kCall, kShow, kDescribe, kDesc, kFrom, kCopy, kTruncate, kDrop, kAlter:
		return true
	}
	return false
}

// rowSuffix reads what tells which rows of an item are meant: Oracle's VERSIONS
// BETWEEN SCN a AND b, Databricks' WATERMARK ts DELAY OF INTERVAL 1 HOUR.
func (p *parser) rowSuffix(f *fromItem) bool {
	switch {
	case p.qQuotes && p.atText("versions") && p.peekWord(1) == kBetween:
		p.pos += 2
		_ = p.accept(kTimestamp) || p.acceptText("scn")
		f.reads = append(f.reads, p.binary(bindCompare))
		if p.accept(kAnd) {
			f.reads = append(f.reads, p.binary(bindCompare))
		}
	case p.colonPath && p.rawStrings && p.atText("watermark") && p.peek(1).name():
		p.pos++
		p.expr()
		p.acceptText("delay")
		p.accept(kOf)
		p.expr()
	default:
		return false
	}
	return true
}
