package sqllineage

// alterations reads ALTER, DROP, TRUNCATE, RENAME and EXCHANGE.
func (p *parser) alterations(s *stmt, w word) {
	p.pos++
	switch w {
	case kDrop, kUndrop:
		s.kind = KindDrop
		p.drop(s)
	case kTruncate:
		s.kind = KindTruncate
		p.accept(kTable)
		p.ifNotExists()
		p.dropList(s)
	case kRename:
		if !p.accept(kTable) && p.optionalSemi { // synapse: RENAME OBJECT [::] a TO b
			p.acceptText("object")
			p.acceptOp(opCast)
		}
		p.renames(s)
	case kExchange:
		p.accept(kTables)
		s.kind, s.swap = KindRename, true
		s.drops = append(s.drops, &target{name: p.name()})
		p.accept(kAnd)
		s.rename = &target{name: p.name()}
		p.pos = p.end
	default:
		p.alter(s)
	}
}

// drop reads DROP TABLE a, b and DROP VIEW v; other objects hold no data.
func (p *parser) drop(s *stmt) {
	for p.acceptAny(kMaterialized, kTemporary, kTemp, kExternal, kForeign) || p.acceptText("dynamic") {
	}
	if !p.acceptAny(kTable, kView) || p.at(kFunction) {
		p.skipRest(s)
		return
	}
	p.ifNotExists()
	p.dropList(s)
}

func (p *parser) dropList(s *stmt) {
	for {
		if p.at(kOnly) && p.peek(1).name() { // postgres: TRUNCATE a, ONLY b
			p.pos++
		}
		if name := p.name(); len(name) > 0 {
			s.drops = append(s.drops, &target{name: name})
		}
		p.acceptOp('*')
		if !p.acceptOp(',') {
			break
		}
	}
	p.pos = p.statementEnd()
}

// statementEnd is where the next statement begins, or the end.
func (p *parser) statementEnd() int {
	for !p.done() && !p.newStatement() {
		p.skipOne()
	}
	return p.pos
}

// skipRest takes what is left of a statement without flow: all up to the
// separator, or up to the next statement where none is needed.
func (p *parser) skipRest(s *stmt) {
	s.skipped = true
	if p.optionalSemi {
		p.statementEnd()
		return
	}
	p.pos = p.end
}

// renames reads a TO b, c TO d.
func (p *parser) renames(s *stmt) {
	s.kind = KindRename
	for {
		from := &target{name: p.name()}
		if !p.accept(kTo) || len(from.name) == 0 {
			break
		}
		s.renames = append(s.renames, [2]*target{from, {name: p.name()}})
		if !p.acceptOp(',') {
			break
		}
	}
	p.pos = p.end
}

// alter reads ALTER TABLE and ALTER VIEW.
func (p *parser) alter(s *stmt) {
	s.kind = KindAlter
	for p.acceptAny(kMaterialized, kForeign, kExternal) || p.acceptText("dynamic") || p.acceptText("iceberg") {
	}
	view := p.at(kView)
	if p.at(kSession) || p.at(kDatabase) || p.at(kSchema) {
		p.alterSession(s)
		return
	}
	if !p.acceptAny(kTable, kView) {
		p.skipRest(s)
		return
	}
	p.ifNotExists()
	p.accept(kOnly)
	t := &target{name: p.name()}
	if p.atOp('(') && view {
		t.cols, _ = p.identList()
	}
	s.drops = append(s.drops, t)
	for !p.done() && !p.newStatement() {
		if p.alterAction(s, t, view) {
			return
		}
		p.skipOne()
	}
}

// alterAction reads the actions that move or make data; it reports true when
// nothing more can follow.
func (p *parser) alterAction(s *stmt, t *target, view bool) bool {
	switch p.peekWord(0) {
	case kAs:
		if view && p.asQuery(s) {
			s.kind, s.drops, s.targets = KindCreateView, nil, []*target{t}
			p.viewTail()
			return true
		}
	case kRename:
		if p.peekWord(2) == kPartition && p.peekOp(3, '(') { // hive: PARTITION (…) RENAME TO PARTITION (…)
			return false
		}
		if p.peekWord(1) == kTo || p.peekWord(1) == kAs || p.peekWord(1) == noWord && p.peek(1).name() && p.peek(2).kind == tEOF {
			p.pos++
			p.acceptAny(kTo, kAs)
			s.kind, s.drops = KindRename, nil
			s.renames = append(s.renames, [2]*target{t, p.renameTo(t)})
			return true
		}
	case kSet:
		if p.peekWord(1) == kSchema && p.peek(2).name() && p.peek(3).kind == tEOF && len(t.name) > 0 { // moves to another schema
			p.pos += 2
			s.kind, s.drops = KindRename, nil
			moved := append(append([]ident(nil), t.name[:max(0, len(t.name)-2)]...), p.identOf(p.tok()), t.name[len(t.name)-1])
			s.renames = append(s.renames, [2]*target{t, {name: moved}})
			p.pos++
			return true
		}
	case kSwap:
		if p.acceptSeq(kSwap, kWith) {
			s.kind, s.swap = KindRename, true
			s.rename = &target{name: p.name()}
			return true
		}
	case kUpdate:
		if !p.mutates() {
			return false
		}
		p.pos++
		s.kind, s.drops = KindUpdate, nil
		s.tables = []*fromItem{{name: t.name}}
		s.assigns = p.assignments()
		p.changeClauses(s)
		return true
	case kDelete:
		if p.peekWord(1) == kWhere && p.mutates() {
			p.pos++
			s.kind, s.drops = KindDelete, nil
			s.tables = []*fromItem{{name: t.name}}
			p.changeClauses(s)
			return true
		}
	case kExchange, kReplace:
		return p.exchange(s, t)
	case kAttach:
		return p.braceParams && p.exchange(s, t)
	}
	if p.atText("move") && p.peekWord(1) == kPartition {
		return p.switchPartition(s, t)
	}
	if p.atText("append") && p.peekWord(1) == kFrom {
		p.pos += 2
		s.kind, s.drops, s.targets, s.star = KindInsert, nil, []*target{t}, true
		s.source = &target{name: p.name()}
		p.pos = p.statementEnd()
		return true
	}
	if p.atText("switch") {
		return p.switchPartition(s, t)
	}
	if p.atText("modify") && p.peekWord(1) == kQuery {
		p.pos += 2
		s.kind, s.drops, s.targets = KindCreateMaterializedView, nil, []*target{t}
		s.query = p.query()
		return true
	}
	return false
}

// mutates reports whether the UPDATE or DELETE at the cursor is ClickHouse's way
// to change rows, not a rule of a foreign key or of a time to live.
func (p *parser) mutates() bool {
	for i := p.pos - 1; i > 0 && p.tokens[i].word != kAlter; i-- {
		if t := p.tokens[i]; t.kind == tWord && equalFold("ttl", p.text(t)) {
			return false
		}
	}
	return p.braceParams && p.tokens[p.pos-1].word != kOn
}

// renameTo reads the new name of t. Most engines keep the schema when none is
// written; the others look the new name up like any other.
func (p *parser) renameTo(t *target) *target {
	name := p.name()
	if n := len(t.name); p.renameStays && len(name) == 1 && n > 1 {
		name = append(append([]ident(nil), t.name[:n-1]...), name[0])
	}
	return &target{name: name}
}

// switchPartition reads SWITCH [PARTITION n] TO u: the data of t becomes that of u.
func (p *parser) switchPartition(s *stmt, t *target) bool {
	for !p.done() && !p.at(kTo) && !p.newStatement() {
		p.skipOne()
	}
	if !p.accept(kTo) {
		return false
	}
	p.accept(kTable)
	if !p.tok().name() || p.tokenIs(0, "disk") || p.tokenIs(0, "volume") {
		return false
	}
	s.source, s.drops, s.star = t, nil, true
	s.targets = []*target{{name: p.name()}}
	p.pos = p.statementEnd()
	return true
}

// exchange reads EXCHANGE PARTITION … WITH TABLE u and REPLACE PARTITION …
// FROM u: the data of u becomes data of t.
func (p *parser) exchange(s *stmt, t *target) bool {
	if p.peekWord(1) != kPartition {
		return false
	}
	for !p.done() && !p.at(kFrom) && !(p.at(kWith) && p.peekWord(1) == kTable) {
		p.skipOne()
	}
	if !p.accept(kFrom) && !p.acceptSeq(kWith, kTable) || p.tok().kind == tString {
		return true
	}
	s.targets, s.drops, s.star = []*target{t}, nil, true
	s.source = &target{name: p.name()}
	p.pos = p.statementEnd()
	return true
}

// alterSession reads ALTER SESSION SET CURRENT_SCHEMA = x.
func (p *parser) alterSession(s *stmt) {
	s.kind, s.skipped = KindOther, true
	if p.acceptSeq(kSession, kSet) && p.acceptText("current_schema") && p.acceptOp('=') {
		s.use = &defaults{}
		s.use.schema = p.foldTable(p.identOf(p.tok()))
	}
	p.pos = p.end
}
