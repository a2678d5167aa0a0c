package sqllineage

import (
	"strings"
	"sync"
)

// engine is everything that one call of Parse works with. Engines are pooled,
// so that their arenas are made once.
type engine struct {
	parser   parser
	resolver resolver
	session  session
	tokens   []token
	options  Options
	lines    lineCounter
	redactor redactor
	answer   Script

	parent    *int // the routine whose body is being read
	inBody    bool // of a routine: control flow is allowed
	declaring bool // between DECLARE and BEGIN
	inPackage bool // of routines, with declarations between them
	blocks    int  // open BEGIN … END
	nesting   int  // of texts in texts

	foundFrom, foundEnd int // the separator found last, and from where
}

var engines = sync.Pool{New: func() any {
	e := &engine{}
	e.resolver.byName = map[string]int32{}
	e.resolver.byCol = map[columnKey]int32{}
	e.resolver.byPath = map[string]int{}
	return e
}}

// release gives the engine back to the pool, without what belongs to the
// caller and without the buffers that a huge text needed.
func (e *engine) release() {
	const keep = 1 << 16
	if cap(e.tokens) > keep || cap(e.resolver.cols) > keep || cap(e.redactor.out) > keep {
		return
	}
	e.answer, e.options, e.session = Script{}, Options{}, session{}
	e.parser.sql, e.redactor.sql = "", ""
	engines.Put(e)
}

// start readies the engine for one text.
func (e *engine) start(t *traits, sql string, o Options) {
	o.Limits = o.Limits.withDefaults()
	e.options = o
	if o.Dot != "" {
		own := *t
		own.dot = o.Dot
		t = &own
	}
	var full bool
	e.tokens, full = lex(t, sql, e.tokens, o.Limits.Tokens)
	e.parser.traits, e.parser.sql, e.parser.tokens = t, sql, e.tokens
	e.parser.pos, e.parser.end, e.parser.depth, e.parser.base = 0, len(e.tokens)-1, 0, 0
	e.parser.limits, e.parser.diags, e.parser.vars = o.Limits, e.parser.diags[:0], nil
	e.session = session{traits: t, o: &e.options, db: foldDefault(t, o.DefaultDB), space: foldDefault(t, o.DefaultSchema)}
	e.resolver.rules, e.resolver.fromRules = exprRules(), fromRules()
	e.resolver.traits, e.resolver.p, e.resolver.o, e.resolver.session = t, &e.parser, &e.options, &e.session
	e.resolver.granted, e.resolver.columnsLeft = 0, 0
	e.lines = lineCounter{text: sql}
	e.inPackage = false
	e.parent, e.inBody, e.declaring, e.blocks, e.nesting, e.foundEnd = nil, false, false, 0, 0, 0
	e.parser.delimiter, e.parser.runFrom, e.parser.runTo = "", 0, 0
	e.answer = Script{Statements: []Statement{}, Inputs: []string{}, Outputs: []string{}, Columns: []OutputColumn{}, Outcome: Skipped}
	if full {
		e.answer.Diagnostics = append(e.answer.Diagnostics, Diagnostic{Code: SizeLimit, Severity: Warning, Start: len(sql), End: len(sql)})
	}
}

// foldDefault folds a default name like one written without quotes.
func foldDefault(t *traits, name string) string {
	if t.tables == foldNone {
		return name
	}
	return toLower(name)
}

// run reads every statement.
func (e *engine) run() {
	defer func() {
		if recover() != nil {
			e.answer = broken()
		}
	}()
	p := &e.parser
	for p.pos < len(p.tokens)-1 {
		p.end = len(p.tokens) - 1
		if !e.separator() {
			e.step()
		}
	}
	e.conclude()
}

// step takes words of control flow, or a statement.
func (e *engine) step() {
	p := &e.parser
	p.end, p.texts = e.statementEnd(), e.session.texts
	p.slabs.reset()
	p.depth = p.base
	if e.declaring && !p.atAny(kBegin, kProcedure, kFunction, kDeclare, kEnd) {
		e.declaration()
		p.pos = p.end
		return
	}
	if p.at(kBegin) {
		e.declaring = false
	}
	from := p.pos
	if e.control() && p.pos > from {
		return
	}
	for p.pos = from; p.pos < p.end; {
		e.answerFor((*parser).statement, false)
		if p.scripted(e) {
			return
		}
	}
}

// scripted reports whether control flow may begin behind a statement that did
// not end at a separator.
func (p *parser) scripted(e *engine) bool { return e.inBody || p.blocks }

// answerFor reads one statement and answers for it. A defect of this package
// costs that statement alone. A silent answer is kept only if it reads tables.
func (e *engine) answerFor(read func(*parser) *stmt, silent bool) {
	p, r := &e.parser, &e.resolver
	from := p.pos
	out := Statement{Index: len(e.answer.Statements), Start: int(p.offset()), Kind: KindOther, Parent: e.parent,
		Inputs: []string{}, Outputs: []string{}, Columns: []OutputColumn{}, Reads: []Read{}}
	p.slabs.reset()
	p.diags, p.opaque, p.exprs = p.diags[:0], p.opaque[:0], p.exprs[:0]
	p.inner, p.inlineData = nil, false
	p.depth = p.base
	func() {
		defer func() {
			if recover() != nil {
				p.pos = p.end
				p.note(InternalError, Error, from, from+1)
				out.Inputs, out.Outputs, out.Columns, out.Reads, out.Joins = []string{}, []string{}, []OutputColumn{}, []Read{}, nil
			}
		}()
		s := read(p)
		r.reset(p.pos - from)
		out.Kind, out.End = s.kind, int(s.end)
		if !s.skipped {
			r.statement(s, &scope{})
			r.returnedQueries(s)
			r.addOpaque(p.tokens[from:p.pos])
			r.report(s, &out)
		}
		e.close(s, &out, from)
		e.selectedTexts(s)
		for _, v := range s.sets { // SET t = 'a.b'
			if text, ok := e.fold(v.value); ok {
				e.session.text(v.name, text)
			}
		}
		e.session.learn(s, r, &out)
	}()
	if silent && len(out.Inputs) == 0 && out.Outcome == Parsed {
		return
	}
	if out.End <= out.Start {
		out.End = max(int(p.lastEnd()), out.Start)
	}
	if out.Outcome == "" {
		e.grade(&out, false)
	}
	if out.Outcome == Failed && p.secondOpinion {
		e.secondOpinion(&out)
	}
	e.redactor = redactor{traits: p.traits, sql: p.sql, tokens: p.tokens[from:p.pos], collapse: true, out: e.redactor.out[:0]}
	out.Fingerprint = e.redactor.hash().String()
	e.answer.Statements = append(e.answer.Statements, out)
}

// close grades a statement that was read to its end.
func (e *engine) close(s *stmt, out *Statement, from int) {
	p := &e.parser
	whole := s.skipped || p.inlineData || s.kind == KindCopy && p.tokens[max(p.pos-1, 0)].word == kOn // STATUPDATE ON
	if p.pos > from && p.pos == len(p.tokens)-1 && !whole && p.cutOff(from) {
		p.note(Truncated, Warning, p.pos-1, p.pos)
	}
	e.grade(out, s.skipped)
}

// cutOff reports whether the text ends where a statement cannot: inside of a
// string or parenthesis, or behind a sign or word that asks for more.
func (p *parser) cutOff(from int) bool {
	last := p.tokens[p.pos-1]
	if last.flags&flagUnclosed != 0 {
		return true
	}
	switch last.kind {
	case tOp:
		switch last.op {
		case '=', '<', '>', ',', '.', '+', '-', '/', '(', opConcat, opCompare, opCast, opArrow, opLongArrow:
			return true
		}
	case tWord:
		switch last.word {
		case kSelect, kFrom, kWhere, kAnd, kOr, kOn, kJoin, kBy, kSet, kUnion, kUsing, kValues, kInto, kNot, kIn, kLike, kBetween, kHaving, kGroup, kOrder, kWhen, kThen, kElse, kCase:
			if p.pos > 1 && p.tokens[p.pos-2].word == kDefault { // DEFAULT VALUES
				return false
			}
			return p.pos < 2 || !p.tokens[p.pos-2].is('.') && p.tokens[p.pos-2].word != kAs
		}
	}
	open := 0
	for _, t := range p.tokens[from:p.pos] {
		if t.is('(') {
			open++
		} else if t.is(')') {
			open--
		}
	}
	return open > 0
}

// addOpaque makes inputs of the tables that were read token by token, but for
// the names that a WITH anywhere in the statement defines.
func (r *resolver) addOpaque(tokens []token) {
	if len(r.p.opaque) == 0 {
		return
	}
	defined := map[string]bool{}
	for i := 0; i+2 < len(tokens); i++ {
		if tokens[i].name() && tokens[i+1].word == kAs && tokens[i+2].is('(') {
			defined[r.foldColumn(r.p.identOf(tokens[i]))] = true
		}
	}
	for i := range r.p.opaque {
		name := r.p.opaque[i].name
		if len(name) != 1 || !defined[r.foldColumn(name[0])] {
			r.tables[r.table(name, false)].read = true
		}
	}
}

// grade sets the outcome by the worst diagnostic, and prints the diagnostics.
func (e *engine) grade(out *Statement, skipped bool) {
	out.Outcome = Parsed
	if skipped {
		out.Outcome = Skipped
	}
	worst := Info
	var cause *finding
	for i := range e.parser.diags {
		d := &e.parser.diags[i]
		if d.severity == Error && worst != Error || d.severity == Warning && worst == Info {
			worst, cause = d.severity, d
		}
		line, column := e.lines.at(int(d.start))
		out.Diagnostics = append(out.Diagnostics, Diagnostic{Code: d.code, Severity: d.severity, Start: int(d.start), End: int(d.end), Line: line, Column: column, Words: d.words})
	}
	switch {
	case worst == Error:
		out.Outcome = Failed
		line, column := e.lines.at(int(cause.start))
		out.Reason = string(cause.code) + ": line " + itoa(line) + ", column " + itoa(column) + ": " + cause.words
	case worst == Warning:
		out.Outcome = Partial
		out.Reason = string(cause.code)
		if cause.words != "" {
			out.Reason += ": " + cause.words
		}
	}
}

// lineCounter turns offsets into lines and columns. Offsets mostly grow, so it
// goes on from where it was.
type lineCounter struct {
	text             string
	pos, line, start int
}

// at is the line and column of an offset, both from 1.
func (l *lineCounter) at(offset int) (line, column int) {
	offset = min(offset, len(l.text))
	if offset < l.start {
		l.pos, l.line, l.start = 0, 0, 0
	}
	for {
		i := strings.IndexByte(l.text[l.pos:offset], '\n')
		if i < 0 {
			break
		}
		l.pos += i + 1
		l.start = l.pos
		l.line++
	}
	l.pos = max(l.start, l.pos)
	return l.line + 1, offset - l.start + 1
}
