package sqllineage

// fromList reads the items of FROM with their joins.
func (p *parser) fromList() []*fromItem {
	var list []*fromItem
	if f := p.fromItem(); f != nil {
		list = append(list, f)
	}
	return p.joins(list)
}

// joins reads the items that are joined behind list, and what joins them.
func (p *parser) joins(list []*fromItem) []*fromItem {
	for !p.done() {
		switch {
		case p.acceptOp(','):
			if f := p.fromItem(); f != nil {
				list = append(list, f)
			}
		case p.at(kLateral) && p.peekWord(1) == kView:
			list = append(list, p.lateralView())
		case p.at(kOn) && len(list) > 0 && !p.onConflict():
			p.pos++
			if e := p.expr(); e != nil {
				last := list[len(list)-1]
				last.on = append(last.on, e)
			}
		case p.at(kUsing) && p.peekOp(1, '(') && len(list) > 0:
			p.pos++
			last := list[len(list)-1]
			last.using, _ = p.identList()
			last.merged = p.joinAlias()
		case p.at(kUsing) && p.braceParams && p.peek(1).name() && len(list) > 0: // clickhouse: USING a, b
			for p.pos++; p.tok().name() && !p.clauseWord(p.peekWord(0)); p.pos++ {
				last := list[len(list)-1]
				last.using = append(last.using, p.identOf(p.tok()))
				if !p.peek(1).is(',') {
					p.pos++
					break
				}
				p.pos++
			}
		case p.at(kMatchCondition):
			p.pos++
			if e := p.parens(); len(list) > 0 {
				last := list[len(list)-1]
				last.on = append(last.on, e)
			}
		default:
			joined, ok := p.join(list)
			if !ok {
				return list
			}
			list = joined
		}
	}
	return list
}

// onConflict reports whether ON begins a clause of INSERT.
func (p *parser) onConflict() bool {
	return p.peekWord(1) == kConflict || p.peekWord(1) == kDuplicate
}

// joinAlias reads the alias of USING (a, b) AS j.
func (p *parser) joinAlias() (alias ident) {
	if p.at(kAs) && p.peek(1).name() {
		alias = p.identOf(p.peek(1))
		p.pos += 2
	}
	return alias
}

// joinAhead reports whether words that end in JOIN or APPLY begin here.
func (p *parser) joinAhead() bool {
	for n := range 6 {
		switch p.peekWord(n) {
		case kJoin, kApply, kStraightJoin:
			return true
		case kNatural, kLeft, kRight, kFull, kInner, kCross, kOuter, kSemi, kAnti, kAny, kAll, kAsof, kGlobal, kArray, kPositional, kPaste, kLoop, kMerge, kLocal:
		case noWord:
			if t := p.peek(n); n == 0 || t.kind != tWord || !equalFold("hash", p.text(t)) && !equalFold("remote", p.text(t)) && !equalFold("broadcast", p.text(t)) {
				return false
			}
		default:
			return false
		}
	}
	return false
}

// join reads one join with its item.
func (p *parser) join(list []*fromItem) ([]*fromItem, bool) {
	if !p.joinAhead() {
		return list, false
	}
	var how fromItem
	array := false
	for !p.acceptAny(kJoin, kStraightJoin) {
		if p.accept(kApply) {
			how.lateral = true
			break
		}
		switch p.peekWord(0) {
		case kNatural:
			how.natural = true
		case kRight:
			how.right = true
		case kFull:
			how.full = true
		case kSemi, kAnti:
			how.semi = true
		case kArray:
			array = true
		}
		p.pos++
	}
	if array {
		return p.arrayJoin(list), true
	}
	if p.at(kLateral) && p.peekWord(1) == kView {
		return list, true
	}
	f := p.fromItem()
	if f == nil {
		p.note(UnknownClause, Warning, max(p.pos-1, 0), p.pos)
		return list, true
	}
	f.natural, f.right, f.full, f.semi = how.natural, how.right, how.full, how.semi
	f.lateral = f.lateral || how.lateral
	return append(list, f), true
}

// arrayJoin reads ClickHouse's ARRAY JOIN expr AS a, expr AS b.
func (p *parser) arrayJoin(list []*fromItem) []*fromItem {
	for {
		f := p.slabs.from.new()
		f.kind, f.start = fromUnnest, p.offset()
		f.call = p.expr()
		if f.call == nil {
			return list
		}
		f.alias, _ = p.itemAlias()
		if f.alias.empty() && f.call.kind == xCol {
			f.alias = f.call.parts[len(f.call.parts)-1]
		}
		f.cols = []ident{f.alias}
		f.element = true
		f.end = p.lastEnd()
		list = append(list, f)
		if !p.acceptOp(',') {
			return list
		}
	}
}

// lateralView reads LATERAL VIEW [OUTER] f(x) t AS a, b.
func (p *parser) lateralView() *fromItem {
	p.pos += 2
	p.accept(kOuter)
	f := p.slabs.from.new()
	f.kind, f.start = fromCall, p.offset()
	f.call = p.expr()
	if t := p.tok(); t.name() && !p.at(kAs) && !p.clauseWord(t.word) {
		p.pos++
		f.alias = p.identOf(t)
	}
	if p.accept(kAs) {
		for p.tok().name() {
			f.cols = append(f.cols, p.identOf(p.tok()))
			p.pos++
			if !p.peek(1).name() && !p.peek(1).is(',') || !p.acceptOp(',') {
				if !p.atOp(',') {
					break
				}
				p.pos++
			}
		}
	}
	f.end = p.lastEnd()
	return f
}

// fromItem reads one item with its alias and what may follow it.
func (p *parser) fromItem() *fromItem {
	if !p.enter() {
		p.leave()
		return nil
	}
	defer p.leave()
	start := p.offset()
	lateral := p.acceptAny(kLateral)
	var alias ident
	if p.prefixAlias && p.tok().name() && p.peekOp(1, ':') { // duckdb: alias: t
		alias = p.identOf(p.tok())
		p.pos += 2
	}
	f := p.fromPrimary()
	if f == nil {
		return nil
	}
	f.start, f.lateral = start, lateral
	if !alias.empty() {
		f.alias = alias
	}
	p.fromSuffixes(f)
	f.end = p.lastEnd()
	return f
}

// fromPrimary reads the table, query, function or group itself.
func (p *parser) fromPrimary() *fromItem {
	f := p.slabs.from.new()
	f.start = p.offset()
	t := p.tok()
	switch {
	case t.is('('):
		p.fromParens(f)
	case t.is('{') && p.tokenIs(1, "oj"): // the outer join of ODBC
		p.pos += 2
		f.kind, f.nest = fromNest, p.fromList()
		p.acceptOp('}')
	case t.word == kOnly && (p.peek(1).name() || p.peekOp(1, '(')):
		p.pos++
		parens := p.acceptOp('(')
		f.name = p.name()
		if parens {
			p.closeParen()
		}
		p.acceptOp('*')
	case t.word == kTable && p.peekOp(1, '('):
		p.tableFunction(f)
	case t.word == kRows && p.peekWord(1) == kFrom && p.peekOp(2, '('):
		p.pos += 2
		f.kind, f.call = fromCall, p.node(xCall, t.start)
		f.call.parts = rowsFrom
		p.pos++
		p.arguments(f.call)
	case t.word == kUnpivot && p.peek(1).name():
		p.unpivotObject(f)
	case p.colonPath && p.rawStrings && p.atText("stream") && p.peek(1).name() && p.peekWord(1) != kAs && !p.clauseWord(p.peekWord(1)):
		p.pos++
		p.namedItem(f)
	case t.word == kValues && p.peekOp(1, '('):
		f.kind, f.query = fromQuery, p.valuesQuery()
	case t.kind == tStage || t.kind == tString:
		p.pos++
		f.path = true
		f.name = []ident{{text: p.pathText(t), quoted: true}}
		if p.atOp('(') {
			p.skipParens()
		}
	case t.kind == tTemplate && p.macroOver(t):
		f.kind, f.query = fromQuery, p.templateQuery()
	case t.name() || t.kind == tTemplate || t.kind == tParam && p.tableVariable(t):
		p.namedItem(f)
	case t.is(':') && p.peek(1).name(): // a table in a bind, or its schema
		p.pos += 2
		f.name = []ident{{text: ":" + p.text(p.tokens[p.pos-1]), quoted: true}}
		p.note(PlaceholderName, Info, p.pos-2, p.pos)
		if p.acceptOp('.') {
			f.name = append(f.name, p.name()...)
		}
	default:
		return nil
	}
	return f
}

// macroOver reports whether a template is a macro over tables that it names,
// not a table itself.
func (p *parser) macroOver(t token) bool {
	calls := p.templateCalls(t)
	return len(calls) > 0 && !calls[0].outermost
}

// rowsFrom names the call that ROWS FROM (f(1), g(2)) is read as.
var rowsFrom = []ident{{text: "rows from"}}

// unpivotObject reads Redshift's UNPIVOT t.obj AS value AT name.
func (p *parser) unpivotObject(f *fromItem) {
	p.pos++
	f.kind, f.call = fromUnnest, p.expr()
	if p.accept(kAs) && p.tok().name() {
		f.alias = p.identOf(p.tok())
		p.pos++
	}
	if p.accept(kAt) && p.tok().name() {
		f.offset = p.identOf(p.tok())
		p.pos++
	}
}

// pathText is a path as written, quotes removed.
func (p *parser) pathText(t token) string {
	if t.kind == tString {
		return p.stringText(t)
	}
	return p.text(t)
}

// fromParens reads ( query ), ( VALUES … ) and ( a JOIN b ).
func (p *parser) fromParens(f *fromItem) {
	if p.optionalSemi && p.peek(2).name() && (p.peekWord(1) == kMerge || p.peekWord(1) == kInsert || p.peekWord(1) == kUpdate || p.peekWord(1) == kDelete) {
		p.pos++
		f.kind, f.stmt = fromStatement, p.nested()
		p.closeParen()
		return
	}
	if p.queryAhead(1) {
		from := p.pos
		p.pos++
		f.kind, f.query = fromQuery, p.query()
		if p.atOp(')') {
			p.pos++
			return
		}
		if !p.joinAhead() && !p.atOp(',') && !p.at(kAs) && !p.tok().name() || p.peekWord(1) == kSelect && from+1 == p.pos {
			p.closeParen()
			return
		}
		p.pos = from // ((SELECT …) x JOIN …): a group whose first item is a query
		f.query = nil
	}
	p.pos++
	f.kind = fromNest
	f.nest = p.fromList()
	p.closeParen()
}

// tableFunction reads TABLE ( f(x) ) and TABLE ( t ).
func (p *parser) tableFunction(f *fromItem) {
	p.pos += 2
	switch {
	case p.queryAhead(0):
		f.kind, f.query = fromQuery, p.query()
	case p.tok().kind == tString || p.tok().kind == tStage:
		f.name = []ident{{text: p.pathText(p.tok()), quoted: true}}
		p.pos++
	default:
		f.kind, f.call = fromCall, p.expr()
		if f.call != nil && f.call.kind == xCol && p.qQuotes && len(f.call.parts) > 1 { // a nested table
			f.kind = fromUnnest
		} else if f.call != nil && f.call.kind == xCol {
			f.kind, f.name, f.call = fromTable, f.call.parts, nil
		}
	}
	p.closeParen()
}

// namedItem reads a table name or a call of a table function.
func (p *parser) namedItem(f *fromItem) {
	start := p.offset()
	t := p.tok()
	if p.ownClause(f) {
		return
	}
	f.name = p.name()
	if len(f.name) == 0 {
		p.pos++
		return
	}
	if p.atOp('(') && !p.hintAhead() && t.kind != tTemplate {
		f.kind = fromCall
		f.call = p.tableCall(f, start)
		return
	}
	p.acceptOp('*')
	p.acceptOp('!')
}

// namesIn reads a name out of a string.
func (p *parser) namesIn(s string) []ident {
	inner := parser{traits: p.traits, sql: s}
	inner.tokens, _ = lex(p.traits, s, nil, 100)
	inner.end = len(inner.tokens) - 1
	return inner.name()
}

// hintAhead reports whether ( … ) holds hints of T-SQL, as in t (NOLOCK).
func (p *parser) hintAhead() bool {
	return p.optionalSemi && tableHints.has(p.textAt(1)) && (p.peekOp(2, ')') || p.peekOp(2, ','))
}

// textAt is the word n tokens on, or "".
func (p *parser) textAt(n int) string {
	if t := p.peek(n); t.kind == tWord {
		return p.text(t)
	}
	return ""
}

var tableHints = set("nolock", "readuncommitted", "updlock", "holdlock", "rowlock", "tablock", "tablockx", "paglock", "readpast", "xlock", "nowait", "serializable",
	"repeatableread", "readcommitted", "readcommittedlock", "noexpand", "forceseek", "forcescan", "snapshot", "keepidentity", "ignore_triggers")

// fromSuffixes reads the alias and whatever else may stand behind an item.
func (p *parser) fromSuffixes(f *fromItem) {
	for !p.done() {
		before := p.pos
		if !p.fromSuffix(f) && f.alias.empty() && len(f.cols) == 0 {
			f.alias, f.cols = p.tableAlias()
			if f.kind == fromQuery && p.atOp('(') && len(f.cols) == 0 {
				f.cols, _ = p.identList()
			}
		}
		if p.pos == before {
			return
		}
	}
}

// fromSuffix reads one clause behind a FROM item that is not its alias.
func (p *parser) fromSuffix(f *fromItem) bool {
	before := p.pos
	next := p.peek(1)
	switch p.peekWord(0) {
	case kPivot, kUnpivot:
		p.pivotSuffix(f)
	case kMatchRecognize:
		if next.is('(') {
			p.matchRecognize(f)
		}
	case kTablesample, kSample:
		if p.sampleAhead() {
			p.sample()
		}
	case kWith:
		p.withSuffix(f)
	case kFor:
		if p.tokenIs(1, "portion") && p.peekWord(2) == kOf {
			p.portion()
		} else if next.word == kSystemTime || next.word == kTimestamp || next.word == kVersion || p.tokenIs(1, "system_version") || next.word == kPartition {
			p.pos++
			p.pointInTime(f)
		}
	case kVersion, kTimestamp, kAs:
		if next.word == kAs && p.peekWord(2) == kOf || p.at(kAs) && p.asOf() {
			p.pointInTime(f)
		}
	case kAt, kBefore, kChanges, kEnd:
		if p.at(kAt) && p.impliedUnnest && next.name() { // redshift: t.items i AT n
			f.offset = p.identOf(next)
			p.pos += 2
		} else if next.is('(') {
			e := p.node(xCall, p.offset())
			e.parts = structName
			p.pos += 2
			p.arguments(e)
			f.reads = append(f.reads, e)
		}
	case kPartition:
		if next.is('(') || p.qQuotes && next.word == kFor && p.peekOp(2, '(') {
			p.pos++
			p.accept(kFor)
			p.skipParens()
		} else if p.qQuotes && next.word == kBy && p.peekOp(2, '(') { // of a partitioned outer join
			p.pos += 2
			f.reads = append(f.reads, p.parens())
		}
	case kFinal:
		if p.braceParams {
			p.pos++
		}
	case kForce, kUse, kIgnore:
		p.indexHint()
	case kIndexed, kNot:
		if p.acceptSeq(kIndexed, kBy) {
			p.name()
		} else {
			p.acceptSeq(kNot, kIndexed)
		}
	default:
		if p.rowSuffix(f) {
			return true
		}
		if p.qQuotes && p.atText("subpartition") && (next.is('(') || next.word == kFor && p.peekOp(2, '(')) {
			p.pos++
			p.accept(kFor)
			p.skipParens()
			return true
		}
		if p.hintAhead() || p.optionalSemi && p.atOp('(') && tableHints.has(p.textAt(1)) {
			p.skipParens()
		}
	}
	return p.pos > before
}

// sampleAhead reports whether a sample's size or method follows.
func (p *parser) sampleAhead() bool {
	next := p.peek(1)
	return next.is('(') || next.kind == tNumber || next.word == kSystem || next.word == kBernoulli || next.word == kRow || next.word == kBlock || p.tokenIs(1, "reservoir")
}

// sample skips TABLESAMPLE BERNOULLI (10 PERCENT) REPEATABLE (1) and SAMPLE 0.1.
func (p *parser) sample() {
	p.pos++
	for p.tok().kind == tNumber || p.tok().kind == tParam || p.atAny(kSystem, kBernoulli, kRow, kRows, kPercent, kRepeatable, kOffset, kBlock) || p.atOp('(') ||
		p.atText("reservoir") || p.atText("seed") || p.atOp('%') || p.atOp('/') {
		p.skipOne()
	}
}

// withSuffix reads WITH ORDINALITY, WITH OFFSET AS o, WITH (NOLOCK), and the
// columns of OPENJSON … WITH ( … ).
func (p *parser) withSuffix(f *fromItem) {
	next := p.peek(1)
	switch {
	case next.word == kOrdinality:
		p.pos += 2
		f.ordinality = true
	case next.word == kOffset:
		p.pos += 2
		f.offset = ident{text: "offset"}
		if p.accept(kAs) || p.tok().kind == tQuoted || p.tok().kind == tWord && !p.clauseWord(p.peekWord(0)) {
			f.offset = p.identOf(p.tok())
			p.pos++
		}
	case next.is('(') && f.kind == fromCall:
		p.pos++
		f.fields = p.jsonColumns(false)
	case next.is('('):
		p.pos++
		p.skipParens()
	}
}

// portion skips FOR PORTION OF p FROM a TO b.
func (p *parser) portion() {
	p.pos += 4
	for p.acceptAny(kFrom, kTo) {
		p.binary(bindCompare)
	}
}

// pointInTime reads SYSTEM_TIME AS OF x, VERSION AS OF x, FROM x TO y.
func (p *parser) pointInTime(f *fromItem) {
	if p.peekWord(0) == kPartition {
		p.pos++
		p.skipParens()
		return
	}
	p.acceptAny(kSystemTime, kVersion, kTimestamp)
	p.acceptText("system_version")
	p.accept(kAs)
	p.accept(kOf)
	p.acceptAny(kTimestamp, kVersion)
	p.acceptText("scn")
	if p.accept(kAll) {
		return
	}
	p.acceptAny(kFrom, kBetween)
	if e := p.binary(bindCompare); e != nil {
		f.reads = append(f.reads, e)
	}
	if p.acceptAny(kTo, kAnd) {
		p.binary(bindCompare)
	}
}

// indexHint skips USE INDEX (a, b) and its relatives.
func (p *parser) indexHint() {
	if p.peekWord(1) != kIndex && p.peekWord(1) != kKey {
		return
	}
	p.pos += 2
	if p.accept(kFor) {
		p.acceptAny(kJoin, kOrder, kGroup)
		p.accept(kBy)
	}
	if p.atOp('(') {
		p.skipParens()
	}
	if w := p.peekWord(1); (w == kUse || w == kForce || w == kIgnore) && (p.peekWord(2) == kIndex || p.peekWord(2) == kKey) {
		p.acceptOp(',')
	}
}
