package sqllineage

// transfer reads the statements that move data between tables and files.
func (p *parser) transfer(s *stmt, w word) {
	switch w {
	case kCopy:
		p.pos++
		p.copyStatement(s)
	case kUnload:
		p.unload(s)
	case kLoad:
		p.load(s)
	case kExport:
		p.export(s)
	default: // PUT, GET
		s.skipped = true
		p.pos = p.end
	}
}

// side is one end of a COPY: a table, a query, or a file.
type side struct {
	target *target
	query  *query
}

// copyStatement reads COPY in the forms of all dialects.
func (p *parser) copyStatement(s *stmt) {
	s.kind = KindCopy
	if p.tokenIs(1, "create") || p.at(kFrom) && p.peekWord(1) == kDatabase { // redshift: COPY JOB CREATE; duckdb: COPY FROM DATABASE
		s.kind, s.skipped = KindOther, true
		p.pos = p.end
		return
	}
	if p.at(kBinary) && p.peek(1).name() && p.peekWord(1) != kFrom && p.peekWord(1) != kTo {
		p.pos++
	}
	into := p.accept(kInto)
	here := p.copySide()
	switch {
	case into && p.accept(kFrom):
		there := p.copySide()
		p.copyFrom(s, here, there)
	case p.accept(kFrom):
		p.copyFrom(s, here, p.copySide())
	case p.accept(kTo):
		p.copyFrom(s, p.copySide(), here)
	case into && p.stages && here.target != nil && !here.target.path: // from the stage that every table has
		p.copyFrom(s, here, side{target: tableStage(here.target.name)})
	default:
		p.note(Truncated, Error, max(p.pos-1, 0), p.pos)
	}
	p.pos = p.statementEnd()
}

// tableStage is Snowflake's own stage of a table: @%t, with the schema before it.
func tableStage(name []ident) *target {
	stage := "@"
	for _, id := range name[:len(name)-1] {
		stage += id.text + "."
	}
	return &target{path: true, name: []ident{{text: stage + "%" + name[len(name)-1].text, quoted: true}}}
}

// copySide reads one end.
func (p *parser) copySide() side {
	t := p.tok()
	switch {
	case t.is('(') && p.queryAhead(0):
		p.pos++
		q := p.query()
		p.closeParen()
		return side{query: q}
	case t.kind == tString || t.kind == tStage:
		p.pos++
		return side{target: &target{path: true, name: []ident{{text: p.pathText(t), quoted: true}}}}
	case p.atText("stdin"):
		p.pos++
		return side{}
	case p.atText("stdout"), p.atText("program"):
		p.pos++
		return side{}
	case t.name() || t.kind == tTemplate:
		to := &target{name: p.name()}
		p.partition(to)
		to.cols, _ = p.identList()
		return side{target: to}
	case t.is('('): // a list of files
		p.skipParens()
	}
	return side{}
}

// copyFrom fills s with a flow into one side from the other.
func (p *parser) copyFrom(s *stmt, to, from side) {
	if to.target != nil {
		s.targets = append(s.targets, to.target)
		if to.target.path {
			s.kind = KindUnload
		}
	}
	switch {
	case from.query != nil:
		s.query = from.query
	case from.target != nil && from.target.path:
		s.paths = append(s.paths, from.target.name[0].text)
		s.star = true
	case from.target != nil:
		s.source, s.star = from.target, true
	}
}

// unload reads UNLOAD ('select …') TO 's3://…' and UNLOAD ( select … ) TO ….
func (p *parser) unload(s *stmt) {
	s.kind = KindUnload
	p.pos++
	if p.acceptOp('(') {
		if t := p.tok(); t.kind == tString {
			p.pos++
			s.text = p.stringText(t)
		} else {
			s.query = p.query()
		}
		p.closeParen()
	}
	if p.accept(kTo) {
		if t := p.tok(); t.kind == tString {
			s.targets = append(s.targets, &target{path: true, name: []ident{{text: p.stringText(t), quoted: true}}})
		}
	}
	p.pos = p.statementEnd()
}

// load reads LOAD DATA INPATH 'x' INTO TABLE t, LOAD DATA INFILE 'x' INTO
// TABLE t (a, b), LOAD DATA INTO t FROM FILES (uris = ['x']).
func (p *parser) load(s *stmt) {
	s.kind, s.star = KindCopy, true
	p.pos++
	if !p.accept(kData) && !p.atText("xml") {
		s.kind, s.star, s.skipped = KindOther, false, true
		p.pos = p.end
		return
	}
	for !p.done() {
		t := p.tok()
		switch {
		case p.atText("inpath"), p.atText("infile"):
			p.pos++
			if f := p.tok(); f.kind == tString {
				s.paths = append(s.paths, p.stringText(f))
			}
			p.pos++
		case t.word == kInto || t.word == kOverwrite && len(s.targets) == 0 && p.peekWord(1) != kInto:
			p.pos++
			temp := p.acceptAny(kTemp, kTemporary)
			p.accept(kTable)
			to := &target{name: p.name(), temp: temp}
			s.targets = append(s.targets, to)
			p.partition(to)
		case t.is('(') && len(s.targets) == 1 && len(s.targets[0].cols) == 0 && (p.dashNeedsSpace || p.tokens[p.pos-1].kind != tWord):
			s.targets[0].cols = p.loadColumns()
		case t.word == kSet && len(s.targets) == 1 && len(s.targets[0].cols) > 0: // SET a = f(@b)
			p.pos++
			for _, a := range p.assignments() {
				if a.value.hasVariable() { // a field of the file
					s.targets[0].cols = append(s.targets[0].cols, a.cols[0][len(a.cols[0])-1])
				}
			}
		case t.word == kFrom && p.peekWord(1) == kFiles:
			p.pos += 2
			s.paths = append(s.paths, p.filesIn()...)
		default:
			p.skipOne()
		}
	}
}

// hasVariable reports whether a variable stands in e.
func (e *expr) hasVariable() bool {
	if e == nil || e.kind == xVar {
		return e != nil
	}
	for _, a := range e.args {
		if a.hasVariable() {
			return true
		}
	}
	return false
}

// loadColumns reads ( a, @b, c ): the columns that fields of the file fill.
func (p *parser) loadColumns() []ident {
	var list []ident
	for p.pos++; !p.done() && !p.atOp(')'); p.pos++ {
		if t := p.tok(); t.name() {
			list = append(list, p.identOf(t))
		}
	}
	p.acceptOp(')')
	return list
}

// filesIn collects the strings with a scheme from the parenthesis at the cursor.
func (p *parser) filesIn() []string {
	var list []string
	from := p.pos
	p.skipParens()
	for i, t := range p.tokens[from:p.pos] {
		if t.kind == tString && hasScheme(p.stringText(t)) && !(i > 1 && prefixOptions.has(p.text(p.tokens[from+i-2]))) {
			list = append(list, p.stringText(t))
		}
	}
	return list
}

// prefixOptions name a path that only tells what the other paths have in common.
var prefixOptions = set("hive_partition_uri_prefix", "reference_file_schema_uri")

func hasScheme(s string) bool {
	for i := 1; i+2 < len(s); i++ {
		if s[i] == ':' {
			return s[i+1] == '/' && s[i+2] == '/'
		}
		if !isWordByte(s[i]) {
			return false
		}
	}
	return false
}

// export reads BigQuery's EXPORT DATA OPTIONS (uri = 'gs://…') AS query.
func (p *parser) export(s *stmt) {
	p.pos++
	if p.accept(kTable) { // hive: EXPORT TABLE t TO 'path'
		s.kind, s.star, s.source = KindUnload, true, &target{name: p.name()}
		for !p.done() && !p.accept(kTo) {
			p.skipOne()
		}
		if t := p.tok(); t.kind == tString {
			s.targets = append(s.targets, &target{path: true, name: []ident{{text: p.stringText(t), quoted: true}}})
		}
		p.pos = p.end
		return
	}
	if !p.accept(kData) {
		s.skipped = true
		p.pos = p.end
		return
	}
	s.kind = KindUnload
	for !p.done() && !p.at(kAs) {
		if p.at(kOptions) && p.peekOp(1, '(') {
			p.pos++
			for _, f := range p.filesIn() {
				s.targets = append(s.targets, &target{path: true, name: []ident{{text: f, quoted: true}}})
			}
			continue
		}
		p.skipOne()
	}
	if p.accept(kAs) {
		s.query = p.query()
	}
}

// callStatement reads CALL f(x), EXEC p @a = 1 and EXECUTE p.
func (p *parser) callStatement(s *stmt) {
	if p.peekWord(1) == kAs {
		p.skipStatement(s)
		return
	}
	s.kind = KindCall
	p.pos++
	if p.tok().kind == tParam && p.peekOp(1, '=') { // EXEC @r = p
		p.pos += 2
	}
	if p.tok().name() && p.peekWord(0) != kImmediate {
		name := p.name()
		if equalFold("sp_rename", name[len(name)-1].text) && p.tok().kind == tString && p.peekOp(1, ',') && p.peek(2).kind == tString && !p.peekOp(3, ',') {
			p.renamedBy(s)
			return
		}
	}
	if p.acceptOp('(') {
		base := len(p.exprs)
		for !p.done() && !p.atOp(')') {
			before := p.pos
			if (p.tok().name() || p.tok().kind == tParam) && (p.peekOp(1, opFat) || p.peekOp(1, opAssign)) {
				p.pos += 2
			}
			p.push(p.expr())
			if !p.acceptOp(',') && p.pos == before {
				p.pos++
			}
		}
		p.acceptOp(')')
		s.exprs = p.take(base)
	}
	p.pos = p.statementEnd()
}

// renamedBy reads the arguments of sp_rename 'old', 'new'.
func (p *parser) renamedBy(s *stmt) {
	s.kind = KindRename
	from := p.namesIn(p.stringText(p.tok()))
	to := append(from[:max(0, len(from)-1):max(0, len(from)-1)], ident{text: p.stringText(p.peek(2))})
	s.renames = append(s.renames, [2]*target{{name: from}, {name: to}})
	p.pos = p.statementEnd()
}

// setting reads USE and SET. What sets the default database or schema is kept.
func (p *parser) setting(s *stmt) {
	if p.dashNeedsSpace && p.tokenIs(1, "statement") { // mariadb: SET STATEMENT a = 1, b = 2 FOR SELECT …
		for !p.done() && !p.accept(kFor) {
			p.skipOne()
		}
		p.head(s)
		return
	}
	s.skipped = true
	isUse := p.at(kUse)
	p.pos++
	switch {
	case isUse:
		p.useStatement(s)
	case p.acceptAny(kSession, kLocal) && p.acceptText("search_path"), p.acceptText("search_path"), p.accept(kSchema), p.acceptText("current_schema"):
		p.acceptAny(kTo)
		p.acceptOp('=')
		if t := p.tok(); t.name() {
			s.use = &defaults{schema: p.foldTable(p.identOf(t))}
		} else if t.kind == tString {
			s.use = &defaults{schema: p.stringText(t)}
		}
	default:
		p.setVariables(s)
	}
	p.pos = p.statementEnd()
}

// setVariables keeps the values of SET @a = x, b = y when they read tables.
func (p *parser) setVariables(s *stmt) {
	p.acceptAny(kGlobal, kSession, kLocal)
	for !p.done() {
		t := p.tok()
		if !t.name() && t.kind != tParam && !t.is('(') {
			return
		}
		if t.is('(') {
			p.skipParens()
		} else {
			p.name()
		}
		if !p.acceptOp('=') && !p.acceptOp(opAssign) {
			return
		}
		if e := p.expr(); e != nil && t.kind != tOp {
			s.sets = append(s.sets, setVar{name: p.identOf(t), value: e})
		} else if e != nil {
			s.exprs = append(s.exprs, e)
		}
		if !p.acceptOp(',') {
			return
		}
	}
}

// useStatement reads USE db, USE SCHEMA db.schema, USE CATALOG c.
func (p *parser) useStatement(s *stmt) {
	u := &defaults{}
	if p.atText("secondary") {
		return
	}
	what := p.peekWord(0)
	if p.acceptAny(kDatabase, kSchema, kCatalog, kWarehouse, kRole) {
		if what == kWarehouse || what == kRole {
			return
		}
	}
	name := p.name()
	if len(name) == 0 {
		return
	}
	last := p.foldTable(name[len(name)-1])
	switch {
	case len(name) > 1:
		u.db, u.schema = p.foldTable(name[0]), last
	case what == kCatalog || what == kDatabase && !p.twoParts, what != kSchema && p.optionalSemi:
		u.db = last
	default:
		u.schema = last
	}
	s.use = u
}
