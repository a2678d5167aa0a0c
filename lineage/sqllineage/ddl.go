package sqllineage

// create reads CREATE …; only tables and views carry data.
func (p *parser) create(s *stmt) {
	p.pos++
	_ = p.acceptSeq(kOr, kReplace) || p.acceptSeq(kOr, kAlter) || p.acceptSeq(kOr, kRefresh)
	mods := p.createModifiers()
	switch {
	case p.accept(kTable):
		p.createTable(s, mods)
	case p.accept(kView):
		p.createView(s, mods)
	case p.acceptText("pipe") && p.createPipe(s):
	case p.acceptText("flow") && p.createFlow(s):
	case p.accept(kModel) && p.createModel(s):
	case p.stages && p.acceptText("stream") && p.createStream(s):
	case p.acceptText("synonym") && p.createSynonym(s):
	case p.braceParams && p.acceptText("dictionary") && p.createDictionary(s):
	default:
		p.skipRest(s)
	}
}

// modifiers are the words between CREATE and the kind of object.
type modifiers struct{ temp, materialized, table, external, recursive bool }

func (p *parser) createModifiers() modifiers {
	var m modifiers
	for !p.done() && !p.at(kTable) && !p.at(kView) {
		switch w := p.peekWord(0); {
		case w == kTemp || w == kTemporary || p.atText("volatile"):
			m.temp = true
		case w == kMaterialized || w == kSnapshot:
			m.materialized = true
		case w == kExternal:
			m.external = true
		case w == kRecursive:
			m.recursive = true
		case p.atText("streaming") || p.atText("dynamic"):
			m.table = true
		case w == kLocal || w == kGlobal || w == kUnlogged || w == kTransient || w == kSecure || w == kForce || w == kForeign ||
			w == kPrivate || createWords.has(p.textAt(0)):
		case p.peekOp(1, '='): // ALGORITHM = MERGE, DEFINER = `a`@`b`
			p.definer()
			continue
		case w == kSet, p.atText("sql") && p.peekWord(1) == kSecurity:
			p.pos += 2
		default:
			return m
		}
		p.pos++
	}
	return m
}

var createWords = set("noforce", "editionable", "noneditionable", "hybrid", "iceberg", "live", "multiset", "incremental", "hidden", "virtual", "editioning", "no", "private",
	"sharded", "duplicated", "immutable", "blockchain", "event", "window", "refreshable", "memory", "cached", "column", "row")

// definer skips DEFINER = user@host and the like.
func (p *parser) definer() {
	p.pos += 3
	if at := p.tok(); at.is('@') || at.kind == tParam {
		p.pos++
		if at.end-at.start == 1 && !p.done() {
			p.pos++
		}
	}
}

// ifNotExists skips IF NOT EXISTS.
func (p *parser) ifNotExists() {
	if !p.acceptSeq(kIf, kNot, kExists) {
		p.acceptSeq(kIf, kExists)
	}
}

// createTable reads CREATE TABLE in its forms: columns, AS query, CLONE, LIKE.
func (p *parser) createTable(s *stmt, m modifiers) {
	s.kind = KindCreateTable
	if p.accept(kFunction) {
		s.skipped = true
		p.pos = p.end
		return
	}
	p.ifNotExists()
	t := &target{name: p.name(), temp: m.temp}
	t.temp = t.temp || p.tempName(t.name)
	p.ifNotExists()
	s.targets = append(s.targets, t)
	typed := false
	if p.atOp('(') && !p.queryAhead(1) && !p.selectAhead(1) {
		s.columns, typed = p.columnDefs()
	}
	p.tableOptions(s, t)
	if s.query == nil && s.source == nil && len(s.paths) > 0 {
		s.star = true
	}
	if s.query != nil {
		s.kind = KindCreateTableAs
		if m.materialized {
			s.kind = KindCreateMaterializedView
		}
		if !(typed && p.dashNeedsSpace) {
			for _, c := range s.columns {
				t.cols = append(t.cols, c.name)
			}
		}
	}
}

// selectAhead reports whether a SELECT or WITH is n tokens on, behind any
// number of opening parentheses.
func (p *parser) selectAhead(n int) bool {
	n = p.behindParens(n)
	return p.peekWord(n) == kSelect || p.peekWord(n) == kWith && p.peek(n+1).name()
}

// tableOptions reads what stands behind the columns, up to the query.
func (p *parser) tableOptions(s *stmt, t *target) {
	for !p.done() && !p.newStatement() {
		switch {
		case p.at(kAs) && p.asQuery(s):
			p.viewTail()
			return
		case p.at(kSelect), p.withAhead(), p.atOp('(') && p.selectAhead(0):
			s.query = p.query()
			p.viewTail()
			return
		case p.atAny(kClone, kCopy) && p.peek(1).name():
			p.pos++
			p.accept(kAs) // clickhouse: CLONE AS t
			s.kind, s.source = KindClone, &target{name: p.name()}
		case (p.atText("shallow") || p.atText("deep")) && p.peekWord(1) == kClone:
			p.pos++
		case p.at(kLike) && p.peek(1).name():
			p.pos++
			s.like = &target{name: p.name()}
		case p.at(kOptions) && p.peekOp(1, '(') && p.dashNames:
			p.pos++
			s.paths = append(s.paths, p.filesIn()...)
		case p.at(kOptions) && p.peekOp(1, '('):
			p.pos++
			s.paths = append(s.paths, p.optionPath()...)
		case p.at(kLocation) && (p.peek(1).kind == tString || p.peekOp(1, '=')):
			p.pos++
			p.acceptOp('=')
			if k := p.tok().kind; k == tString || k == tStage {
				s.paths = append(s.paths, p.pathText(p.tok()))
			}
			p.pos++
		case p.atText("partitioned") && p.peekWord(1) == kBy && p.peekOp(2, '('):
			p.pos += 2
			s.columns = append(s.columns, p.partitionDefs()...)
		case p.atOp('(') && len(s.columns) == 0 && !p.optionParens():
			s.columns, _ = p.columnDefs()
		default:
			p.skipOne()
		}
	}
}

// optionParens reports whether the parenthesis at the cursor belongs to an
// option such as OPTIONS ( … ) or PARTITIONED BY ( … ).
func (p *parser) optionParens() bool {
	return p.pos > 0 && (p.tokens[p.pos-1].kind == tWord || p.tokens[p.pos-1].is(')'))
}

// withAhead reports whether WITH begins a query, not an option.
func (p *parser) withAhead() bool {
	if !p.at(kWith) || !p.peek(1).name() {
		return false
	}
	if p.peekWord(1) == kRecursive {
		return p.peek(2).name()
	}
	return p.peekWord(2) == kAs && (p.peekOp(3, '(') || p.peekWord(3) == kMaterialized || p.peekWord(3) == kNot)
}

// asQuery reads AS with the query behind it. ClickHouse's AS other_table
// copies columns, not data.
func (p *parser) asQuery(s *stmt) bool {
	next := p.peek(1)
	switch {
	case next.is('('), next.word == kSelect, next.word == kWith, next.word == kValues, next.word == kTable, next.word == kFrom, next.word == kPivot, next.word == kUnpivot,
		next.kind == tTemplate:
		p.pos++
		s.query = p.query()
		return true
	case next.word == kClone && p.braceParams:
		p.pos += 3
		s.kind, s.source = KindClone, &target{name: p.name()}
		return true
	case next.name() && p.braceParams:
		p.pos++
		s.like = &target{name: p.name()}
		if p.atOp('(') {
			p.skipParens()
		}
	}
	return false
}

// columnDefs reads ( a int, b text, PRIMARY KEY (a), … ); typed tells whether
// the columns have types.
func (p *parser) columnDefs() (list []columnDef, typed bool) {
	p.pos++
	for !p.done() && !p.atOp(')') {
		t := p.tok()
		isColumn := t.name() && !p.constraint()
		if isColumn {
			list = append(list, columnDef{name: p.identOf(t)})
		}
		p.pos++
		for !p.done() && !p.atOp(',') && !p.atOp(')') {
			typed = typed || isColumn
			if p.atOp('<') {
				p.skipAngles()
				continue
			}
			p.skipOne()
		}
		p.acceptOp(',')
	}
	p.acceptOp(')')
	return list, typed
}

// partitionDefs reads PARTITIONED BY ( d date, … ). What has no type is a
// column that was declared before, or a function of one.
func (p *parser) partitionDefs() []columnDef {
	var list []columnDef
	for p.pos++; !p.done() && !p.atOp(')'); p.acceptOp(',') {
		if t := p.tok(); t.name() && p.peek(1).kind == tWord {
			list = append(list, columnDef{name: p.identOf(t)})
		}
		for p.pos++; !p.done() && !p.atOp(',') && !p.atOp(')'); {
			if p.atOp('<') {
				p.skipAngles()
				continue
			}
			p.skipOne()
		}
	}
	p.acceptOp(')')
	return list
}

// constraint reports whether the element at the cursor is no column.
func (p *parser) constraint() bool {
	next := p.peek(1)
	switch p.peekWord(0) {
	case kConstraint:
		return true
	case kPrimary, kForeign:
		return next.word == kKey
	case kUnique, kCheck, kExclude:
		return next.is('(') || next.word == kKey || next.word == kIndex || next.name() || next.word == kUsing
	case kKey, kIndex, kProjection:
		return next.is('(') || next.name() && (p.peekOp(2, '(') || p.peek(2).name())
	case kFulltext:
		return next.is('(') || next.name()
	case kLike:
		return next.name()
	}
	return p.atText("period") && next.word == kFor || p.atText("supplemental")
}

// createView reads CREATE [MATERIALIZED] VIEW v (cols) … AS query.
func (p *parser) createView(s *stmt, m modifiers) {
	s.kind = KindCreateView
	if m.materialized {
		s.kind = KindCreateMaterializedView
	}
	p.ifNotExists()
	t := &target{name: p.name(), temp: m.temp}
	p.ifNotExists()
	s.targets = append(s.targets, t)
	if p.atOp('(') && !p.selectAhead(1) {
		defs, _ := p.columnDefs()
		for _, d := range defs {
			t.cols = append(t.cols, d.name)
		}
	}
	for !p.done() {
		switch {
		case p.at(kAs) && p.asQuery(s):
		case p.at(kSelect) || p.withAhead():
			s.query = p.query()
		case p.at(kTo) && p.peek(1).name(): // clickhouse
			p.pos++
			to := &target{name: p.name()}
			if p.atOp('(') {
				p.skipParens()
			}
			s.targets = append([]*target{to}, s.targets...)
			continue
		case p.at(kUsing) && p.peek(1).name(): // spark: a view of files
			p.pos += 2
			s.paths = append(s.paths, "")
			continue
		case p.at(kOptions) && p.peekOp(1, '('):
			s.paths = append(s.paths, p.optionPath()...)
			continue
		default:
			p.skipOne()
			continue
		}
		break
	}
	p.viewTail()
	if m.recursive && s.query != nil {
		s.query = p.recursiveView(t, s.query)
	}
	if s.query == nil && len(s.paths) > 0 {
		s.paths = s.paths[1:]
		return
	}
	if s.query == nil {
		p.note(Truncated, Warning, max(p.pos-1, 0), p.pos)
	}
}

// recursiveView reads CREATE RECURSIVE VIEW v as WITH RECURSIVE v AS … TABLE v.
func (p *parser) recursiveView(t *target, q *query) *query {
	if len(t.name) == 0 {
		return q
	}
	name := t.name[len(t.name)-1:]
	outer := p.slabs.query.new()
	outer.start, outer.with = q.start, &with{recursive: true, ctes: []cte{{name: name[0], cols: t.cols, query: q}}}
	outer.sel = p.slabs.sel.new()
	outer.sel.from = []*fromItem{{kind: fromTable, name: name}}
	outer.sel.items = p.starItem(q.start)
	return outer
}

// optionPath is the value of path in OPTIONS ( … ).
func (p *parser) optionPath() []string {
	from := p.pos
	p.pos++
	p.skipParens()
	for i := from; i+1 < p.pos; i++ {
		t := p.tokens[i]
		key := p.text(t)
		if t.kind == tString {
			key = p.stringText(t)
		}
		if v := p.tokens[i+1]; equalFold("path", key) && v.kind == tString {
			return []string{p.stringText(v)}
		}
		if p.tokens[i+1].is('=') && equalFold("path", key) && p.tokens[min(i+2, len(p.tokens)-1)].kind == tString {
			return []string{p.stringText(p.tokens[i+2])}
		}
	}
	return nil
}

// viewTail skips WITH CHECK OPTION, WITH NO DATA, WITH NO SCHEMA BINDING.
func (p *parser) viewTail() {
	if p.at(kWith) && !p.newStatement() {
		p.pos = p.statementEnd()
	}
}

// createModel reads CREATE MODEL m … AS query and Redshift's CREATE MODEL m
// FROM t … or FROM ( query ) …: the model learns from tables.
func (p *parser) createModel(s *stmt) bool {
	p.ifNotExists()
	t := &target{name: p.name()}
	if p.accept(kFrom) {
		s.targets = append(s.targets, t)
		if p.atOp('(') {
			p.pos++
			s.query = p.query()
		} else {
			s.source = &target{name: p.name()}
		}
		p.pos = p.statementEnd()
		return true
	}
	for !p.done() && !p.at(kAs) {
		p.skipOne()
	}
	if !p.asQuery(s) {
		return false
	}
	s.targets = append(s.targets, t)
	return true
}

// createPipe reads Snowflake's CREATE PIPE p AS COPY INTO ….
func (p *parser) createPipe(s *stmt) bool {
	for !p.done() && !(p.at(kAs) && p.peekWord(1) == kCopy) {
		p.skipOne()
	}
	if !p.accept(kAs) {
		return false
	}
	p.transfer(s, kCopy)
	return true
}
