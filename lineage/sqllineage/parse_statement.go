package sqllineage

// statement reads one statement. It always moves on, and leaves the cursor at
// p.end or where the next statement begins.
func (p *parser) statement() *stmt {
	s := &stmt{kind: KindOther, start: p.offset()}
	from := p.pos
	p.prefix()
	p.head(s)
	p.leftover(s)
	if s.incomplete() {
		p.note(Truncated, Error, from, min(from+4, p.end))
	}
	if p.pos == from {
		p.pos++
	}
	s.end = p.lastEnd()
	return s
}

// incomplete reports whether a statement lacks what its first words promise.
func (s *stmt) incomplete() bool {
	named := func(list []*target) bool {
		for _, t := range list {
			if len(t.name) > 0 {
				return true
			}
		}
		return false
	}
	switch s.kind {
	case KindSelect:
		return s.query == nil || s.query.sel == nil && s.query.rows == nil && len(s.query.branches) == 0 && !s.query.template
	case KindCreateTable, KindCreateTableAs, KindCreateView, KindCreateMaterializedView, KindClone:
		return !s.skipped && !named(s.targets)
	case KindDrop, KindTruncate, KindAlter:
		return !s.skipped && !named(s.drops) && !named(s.targets)
	case KindUpdate, KindDelete, KindMerge:
		return len(s.tables) == 0
	}
	return false
}

// nested reads a statement inside of another one: in a CTE, behind EXPLAIN.
func (p *parser) nested() *stmt {
	s := &stmt{kind: KindOther, start: p.offset()}
	p.head(s)
	s.end = p.lastEnd()
	return s
}

// prefix skips what tools put before a statement: the parameter list of
// sp_executesql, a template that configures a model.
func (p *parser) prefix() {
	for p.tok().kind == tTemplate && !p.peek(1).is('.') && (p.peek(1).kind != tEOF) {
		p.templateReads(p.tok())
		p.pos++
	}
	if p.optionalSemi && p.atOp('(') && p.peek(1).kind == tParam && p.peek(2).kind == tWord {
		p.skipParens()
	}
}

// leftover deals with tokens behind a statement that no rule took.
func (p *parser) leftover(s *stmt) {
	for !p.done() && !p.newStatement() {
		from := p.pos
		if p.atOp(')') { // one too many
			p.note(Unbalanced, Info, p.pos, p.pos+1)
			p.pos++
			continue
		}
		if s.query != nil && s.query.sel != nil && (p.clauseStart() || p.setAhead()) {
			p.selectClauses(s.query)
			if p.setAhead() {
				s.query = p.setOps(s.query)
				p.queryTail(s.query)
			}
		}
		if p.pos > from {
			continue
		}
		for p.skipOne(); !p.done() && !p.newStatement() && !p.clauseStart() && !p.setAhead(); p.skipOne() {
		}
		p.skipped(from, p.pos)
	}
}

// newStatement reports whether another statement begins at the cursor without
// a semicolon before it. Outside of T-SQL that is a slip of the writer, so the
// word must begin a line and be sure.
func (p *parser) newStatement() bool {
	t := p.tok()
	if t.kind != tWord || t.word == noWord || p.pos == 0 {
		return t.kind == tWord && p.optionalSemi && p.atText("print")
	}
	next := p.peek(1)
	if !p.optionalSemi {
		if t.flags&flagNewline == 0 || p.depth > p.base+1 {
			return false
		}
		switch t.word {
		case kInsert:
			return next.word == kInto || next.word == kOverwrite
		case kCreate:
			return next.word == kTable || next.word == kView || next.word == kOr || next.word == kTemporary || next.word == kTemp
		case kDrop, kAlter, kTruncate:
			return next.word == kTable || next.word == kView
		case kMerge:
			return next.word == kInto
		case kDelete:
			return next.word == kFrom
		}
		return false
	}
	if prev := p.tokens[p.pos-1]; prev.word == kOn && (t.word == kDelete || t.word == kUpdate) || p.tablePart(t) { // ON DELETE CASCADE
		return false
	}
	switch t.word {
	case kSelect, kInsert, kDelete, kMerge, kCreate, kAlter, kDrop, kTruncate, kDeclare, kExec, kExecute, kWhile, kBegin, kEnd, kElse, kReturn, kUse, kGo,
		kGrant, kRevoke, kDeny, kOpen, kClose, kFetch, kDeallocate, kCommit, kRollback, kWaitfor, kRaise, kThrow, kGoto, kBreak:
		return !next.is('.') && !next.is(',') && !next.is(')') && !next.is('=')
	case kUpdate:
		return !next.is('(')
	case kSet:
		return next.kind == tParam || next.kind == tWord
	case kIf: // not that of DROP … IF EXISTS t
		return !next.is(',') && !next.is(')') && (next.word != kExists || p.peekOp(2, '('))
	case kWith:
		return next.name() && (p.peekWord(2) == kAs && p.peekOp(3, '(') || p.peekOp(2, '(') && !p.peekOp(1, '('))
	}
	return p.atText("print") || p.atText("raiserror")
}

// tablePart reports whether ALTER or DROP begins an action of ALTER TABLE.
func (p *parser) tablePart(t token) bool {
	return (t.word == kAlter || t.word == kDrop) && (p.peekWord(1) == kConstraint || p.tokenIs(1, "column") || p.tokenIs(1, "period"))
}

// head reads the statement by its first word.
func (p *parser) head(s *stmt) {
	switch w := p.peekWord(0); w {
	case kWith:
		s.with = p.withClause()
		if s.with == nil {
			p.unknown(s)
			return
		}
		p.afterWith(s)
	case kReplace:
		if p.peekWord(1) == kTable && (p.braceParams || p.nestedComments && p.fromFirst) {
			p.create(s)
			return
		}
		p.insert(s)
	case kInsert, kUpsert:
		p.insert(s)
	case kUpdate:
		if p.prefixAlias && p.tokenIs(1, "extensions") {
			p.skipStatement(s)
			return
		}
		p.update(s)
	case kDelete:
		if p.fromFirst && (p.tokenIs(1, "jar") || p.tokenIs(1, "file") || p.tokenIs(1, "archive")) && p.peek(2).kind != tEOF { // hive
			p.skipStatement(s)
			return
		}
		p.delete(s)
	case kMerge:
		p.merge(s)
	case kCreate:
		p.create(s)
	case kAlter, kDrop, kUndrop, kTruncate, kRename, kExchange:
		p.alterations(s, w)
	case kCopy, kUnload, kLoad, kExport, kPut, kGet:
		p.transfer(s, w)
	case kCall, kExec, kExecute:
		p.callStatement(s)
	case kUse, kSet:
		p.setting(s)
	case kCache:
		p.cacheTable(s)
	case kExists:
		p.skipStatement(s)
	case kFrom:
		p.fromStatement(s)
	case kSelect, kValues, kTable, kPivot, kUnpivot:
		p.selectStatement(s)
	default:
		p.otherHead(s, w)
	}
}

// otherHead reads what has no flow by nature, and names what is unknown.
func (p *parser) otherHead(s *stmt, w word) {
	if w == kDeclare && p.cursorQuery() || p.tok().kind == tTemplate && len(p.templateCalls(p.tok())) > 0 {
		p.selectStatement(s)
		return
	}
	switch w {
	case kGrant, kRevoke, kDeny, kShow, kDescribe, kDesc, kExplain, kAnalyze, kVacuum, kComment, kCommit, kRollback, kSavepoint, kStart, kBegin, kEnd,
		kLock, kUnlock, kRefresh, kDeclare, kFetch, kOpen, kClose, kDeallocate, kPrepare, kOptimize, kAttach, kDetach, kPragma,
		kKill, kPurge, kDo, kHandler, kSummarize, kRepair, kUncache, kList, kAdd, kUnset, kGo, kReturn,
		kSignal, kLeave, kIterate, kClone, kBreak, kContinue, kRaise, kThrow, kNull, kGoto, kWaitfor, kExit, kSystem, kBackup, kRestore,
		kCluster, kNotify, kSecurity, kSnapshot, kCheck, kDelimiter, kIf, kElse, kLoop, kWhile, kRepeat:
		p.skipStatement(s)
		return
	}
	t := p.tok()
	switch {
	case p.prefixAlias && (p.atText("pivot_wider") || p.atText("pivot_longer")): // as duckdb also calls them
		p.tokens[p.pos].word = kPivot
		if p.atText("pivot_longer") {
			p.tokens[p.pos].word = kUnpivot
		}
		p.head(s)
	case p.atText("bulk") && p.peekWord(1) == kInsert:
		p.bulkInsert(s)
	case p.atChangeFeed():
		p.changeFeed(s)
	case p.atText("import") && p.fromFirst:
		p.importTable(s)
	case p.atText("graph") && p.dashNames && p.peek(1).name():
		p.graphQuery(s)
	case t.is('!') && p.fromFirst: // hive: a command of the shell
		p.skipStatement(s)
	case p.atSeq(kUsing, kExternal) && p.tokenIs(2, "function"): // athena: USING EXTERNAL FUNCTION f(…) … SELECT
		for !p.done() && !p.atAny(kSelect, kWith) {
			p.skipOne()
		}
		p.head(s)
	case t.is('('):
		p.selectStatement(s)
	case t.kind == tTemplate:
		s.skipped = p.peek(1).kind == tEOF
		p.note(Template, Info, p.pos, p.pos+1)
		p.pos++
		if !s.skipped {
			p.head(s)
		}
	case p.atText("assert"): // bigquery: a condition
		s.kind = KindOther
		p.pos++
		if e := p.expr(); e != nil {
			s.exprs = []*expr{e}
		}
		p.pos = p.statementEnd()
	case t.kind == tWord && skippedHeads.has(p.text(t)), t.kind == tParam && p.peekOp(1, '='), t.kind == tWord && p.peekOp(1, opAssign), t.is(':') && p.peekOp(2, opAssign):
		p.skipStatement(s)
	default:
		p.unknown(s)
	}
}

// cursorQuery moves to the query of DECLARE c … CURSOR … FOR SELECT, which the
// fetches that follow hand out.
func (p *parser) cursorQuery() bool {
	cursor := false
	for n := 2; n < 12 && p.peek(n).kind == tWord; n++ {
		cursor = cursor || p.peekWord(n) == kCursor
		if cursor && p.peekWord(n) == kFor && (p.peekWord(n+1) == kSelect || p.peekWord(n+1) == kWith || p.peekOp(n+1, '(')) {
			p.pos += n + 1
			return true
		}
	}
	return false
}

// skipStatement takes a statement without flow.
func (p *parser) skipStatement(s *stmt) {
	s.skipped = true
	rights := p.atAny(kGrant, kRevoke, kDeny) // GRANT SELECT ON t names statements
	for p.pos++; !p.done(); p.pos++ {
		if p.newStatement() && (!rights || p.tok().flags&flagNewline != 0) {
			return
		}
	}
}

// bulkInsert reads BULK INSERT t FROM 'file'.
func (p *parser) bulkInsert(s *stmt) {
	s.kind, s.star = KindCopy, true
	p.pos += 2
	s.targets = []*target{{name: p.name()}}
	if p.accept(kFrom) && p.tok().kind == tString {
		s.paths = []string{p.stringText(p.tok())}
	}
	p.pos = p.statementEnd()
}

// skippedHeads begin statements without flow, and are no keywords.
var skippedHeads = set("listen", "install", "checkpoint", "help", "remove", "msck", "watch", "release", "abort", "discard", "audit", "unlisten", "validate", "clear", "print",
	"raiserror", "dbcc", "reconfigure", "shutdown", "flush", "noaudit", "reindex", "ls", "rm", "spool", "prompt", "whenever", "define", "undefine", "column", "exit", "quit",
	"connect", "disconnect", "host", "emit", "invalidate", "compute", "administer", "xa", "chdir", "pwd", "dfs", "reload", "disassociate", "associate", "move",
	"cancel", "force", "inspect", "terminate", "ttitle", "btitle", "sethivevar", "reset", "import",
	"pipe", "reorg", "repl", "apply", "convert", "enable", "disable", "flashback", "fsck", "generate", "reassign", "revert", "stop", "resignal", "binlog", "checksum", "run", "upgrade", "restrict",
	"analyse", "begin_transaction", "end_transaction", "suspend", "resume", "retry", "sync", "undo", "restart", "uninstall", "log", "report", "store", "variable", "accept", "pause", "timing", "rem", "remark", "get", "save", "edit",
	"change", "delimiter", "source", "status", "system", "use", "warnings", "nowarning", "tee", "notee", "pager", "charset", "rehash", "resetconnection", "abortsession")

// unknown ends a statement whose first word no rule knows.
func (p *parser) unknown(s *stmt) {
	if p.done() {
		s.skipped = true
		return
	}
	severity := Error
	p.note(UnknownStatement, severity, p.pos, min(p.pos+4, p.end))
	p.pos = p.end
}

// afterWith reads the statement that a WITH belongs to.
func (p *parser) afterWith(s *stmt) {
	switch p.peekWord(0) {
	case kInsert, kReplace:
		p.insert(s)
	case kUpdate:
		p.update(s)
	case kDelete:
		p.delete(s)
	case kMerge:
		p.merge(s)
	case kFrom:
		p.fromStatement(s)
	default:
		w := s.with
		s.with = nil
		p.selectStatement(s)
		if s.query == nil {
			s.query = p.slabs.query.new()
			p.note(Truncated, Warning, max(p.pos-1, 0), p.pos)
		}
		s.query = p.attachWith(s.query, w)
	}
}

// selectStatement reads a query that stands alone, or SELECT … INTO t.
func (p *parser) selectStatement(s *stmt) {
	s.kind = KindSelect
	s.query = p.query()
	p.lift(s)
}

// lift makes SELECT … INTO t a statement that creates t. INTO a variable is
// no output.
func (p *parser) lift(s *stmt) {
	into := s.query.into
	for q := s.query; into == nil && len(q.branches) > 0; {
		q = q.branches[0].query
		if q == nil {
			break
		}
		into = q.into
	}
	if into == nil {
		return
	}
	s.query.into = nil
	switch {
	case into.newRow:
		s.kind, s.targets = KindInsert, append(s.targets, &target{name: p.trigger, cols: into.cols})
	case into.variables:
		s.assignTo = into.cols
	case into.path:
		s.kind = KindUnload
		s.targets = append(s.targets, into)
	default:
		s.kind = KindCreateTableAs
		s.targets = append(s.targets, into)
	}
}

// intoTarget reads what follows INTO in a query: a table, variables, a file.
func (p *parser) intoTarget() *target {
	t := &target{}
	p.acceptText("strict")
	switch {
	case p.acceptAny(kOutfile, kDumpfile):
		t.path = true
		t.name = []ident{{text: p.pathText(p.tok()), quoted: true}}
		p.pos++
		for !p.done() && !p.at(kFrom) && !p.atAny(kWhere, kFor) {
			p.skipOne()
		}
		return t
	case p.acceptAny(kTemporary, kTemp, kUnlogged):
		t.temp = true
	}
	p.accept(kTable)
	if p.intoVariables(t) {
		return t
	}
	t.name = p.name()
	t.temp = t.temp || p.tempName(t.name)
	return t
}

// intoVariables reads a list of variables behind INTO.
func (p *parser) intoVariables(t *target) bool {
	first := p.tok()
	name := ident{text: p.textAt(0)}
	if first.kind != tParam && !first.is(':') && !p.vars.known(name) && !p.qQuotes && !p.newRowAhead(0) {
		return false
	}
	t.variables, t.newRow = true, p.newRowAhead(0)
	for {
		if t.newRow && p.newRowAhead(0) {
			if t.cols = append(t.cols, p.newColumn()); !p.acceptOp(',') {
				break
			}
			continue
		}
		t.newRow = false
		p.acceptOp(':')
		v := p.tok()
		if !v.name() && v.kind != tParam {
			break
		}
		p.pos++
		t.cols = append(t.cols, p.identOf(v))
		for p.atOp('.') || p.atOp('(') {
			if p.atOp('(') {
				p.skipParens()
				continue
			}
			p.pos += 2
		}
		if !p.acceptOp(',') {
			break
		}
	}
	return true
}

// tempName reports whether the name itself says that the table is temporary.
func (p *parser) tempName(name []ident) bool {
	if len(name) == 2 && p.tempSchema != "" && equalFold(p.tempSchema, name[0].text) {
		return true
	}
	if len(name) == 0 || !p.hashNames {
		return false
	}
	last := name[len(name)-1].text
	return last != "" && (last[0] == '#' || last[0] == '@')
}

// fromStatement reads FROM t INSERT … INSERT … of Hive, or a query that
// begins with FROM.
func (p *parser) fromStatement(s *stmt) {
	from := p.pos
	p.pos++
	list := p.fromList()
	if !p.at(kInsert) {
		p.pos = from
		p.selectStatement(s)
		return
	}
	s.kind, s.from = KindInsert, list
	for p.accept(kInsert) {
		a := arm{target: &target{}}
		if p.at(kOverwrite) {
			s.kind = KindInsertOverwrite
		}
		p.insertTarget(a.target)
		if p.at(kSelect) || p.at(kMap) || p.atText("reduce") {
			a.query = p.selectQuery()
		}
		s.arms = append(s.arms, a)
	}
}

// cacheTable reads Spark's CACHE [LAZY] TABLE t AS query.
func (p *parser) cacheTable(s *stmt) {
	p.pos++
	p.acceptText("lazy")
	p.accept(kTable)
	t := &target{name: p.name(), temp: true}
	if p.at(kOptions) {
		p.pos++
		p.skipParens()
	}
	p.accept(kAs)
	if !p.at(kSelect) && !p.at(kWith) && !p.atOp('(') {
		s.skipped = true
		p.pos = p.end
		return
	}
	s.kind, s.targets = KindCreateTableAs, []*target{t}
	s.query = p.query()
}
