package sqllineage

import "strings"

// dynamic takes EXEC and EXECUTE of SQL in strings. Constants are folded; what
// cannot be known becomes a placeholder.
func (e *engine) dynamic() bool {
	p := &e.parser
	t, next := p.tok(), p.peek(1)
	switch {
	case t.word == kCall:
		return false
	case next.word == kImmediate:
		p.pos += 2
	case p.optionalSemi && next.is('('):
		p.pos++
	case p.optionalSemi && next.name() && e.executesSQL(1):
		p.pos += e.nameLength(1) + 1
		if p.tok().kind == tParam && p.peekOp(1, '=') {
			p.pos += 2
		}
	case t.word == kExecute && !e.inBody && next.name() && e.session.texts[variableKey(p.identOf(next))] != "" && !p.optionalSemi:
		e.runPrepared(next)
		return true
	case t.word == kExecute && e.inBody && (next.kind == tString || next.name() || next.is('(')) && !p.optionalSemi:
		p.pos++
	default:
		return false
	}
	e.runText(ident{})
	return true
}

// prepare keeps the text of PREPARE x FROM text and PREPARE x AS statement.
func (e *engine) prepare() bool {
	p := &e.parser
	id := p.identOf(p.peek(1))
	from := p.pos
	p.pos += 2
	if p.atOp('(') {
		p.skipParens()
	}
	switch {
	case p.at(kFrom) && p.peek(1).kind == tWord && !p.done() && p.peekWord(1) != noWord: // trino: the statement itself
		p.pos++
		e.session.text(id, p.sql[p.offset():p.tokens[p.end-1].end])
	case p.accept(kFrom):
		p.slabs.reset()
		p.depth = p.base
		if text, ok := e.fold(p.expr()); ok && !strings.Contains(text, unknownText) {
			e.session.text(id, text)
		}
	case p.accept(kAs) && !p.done():
		e.session.text(id, p.sql[p.offset():p.tokens[p.end-1].end])
	}
	p.pos = from
	return false
}

// runPrepared answers for the text that EXECUTE x runs.
func (e *engine) runPrepared(name token) {
	p := &e.parser
	text := e.session.texts[variableKey(p.identOf(name))]
	p.pos = p.end
	e.inner(text, name, e.statements)
}

// executesSQL reports whether the name n tokens on is sp_executesql.
func (e *engine) executesSQL(n int) bool {
	p := &e.parser
	last := p.peek(n + e.nameLength(n) - 1)
	return equalFold("sp_executesql", p.sql[last.start:last.end])
}

// nameLength counts the tokens of the dotted name n tokens on.
func (e *engine) nameLength(n int) int {
	p := &e.parser
	length := 1
	for p.peekOp(n+length, '.') {
		length++
		if p.peek(n + length).name() {
			length++
		}
	}
	return length
}

// runText reads the expression at the cursor, folds it to a text, and reads
// the statements in that. A cursor that is opened for it gets the columns.
func (e *engine) runText(cursor ident) {
	p := &e.parser
	from := p.pos
	p.slabs.reset()
	p.depth = p.base
	value := p.expr()
	text, ok := e.fold(value)
	at := p.tokens[min(from, len(p.tokens)-1)]
	if value != nil {
		at.start, at.end = value.start, value.end
	}
	var into []ident
	for !p.done() && !(p.optionalSemi && p.newStatement()) {
		if p.at(kInto) && !p.optionalSemi {
			into = p.variablesAhead()
			continue
		}
		if p.accept(kUsing) {
			e.namedBinds()
			continue
		}
		p.pos++
	}
	first := len(e.answer.Statements)
	if ok && known(text) {
		whole := !strings.Contains(text, unknownText)
		e.inner(named(text), at, e.statements)
		for i := first; i < len(e.answer.Statements); i++ {
			if s := &e.answer.Statements[i]; !whole && s.Outcome != Failed && s.Outcome != Skipped {
				s.Outcome, s.Reason = Partial, string(DynamicSQL)
			}
		}
		if last := len(e.answer.Statements) - 1; last >= first && !cursor.empty() {
			e.session.row(cursor, e.answer.Statements[last].Columns)
		}
		e.fill(into, first)
	}
	if len(e.answer.Statements) > first {
		return
	}
	end := p.pos
	p.pos = from
	e.answerFor(func(p *parser) *stmt {
		s := &stmt{kind: KindCall, start: p.offset()}
		p.note(DynamicSQL, Warning, from, from+1)
		p.pos = end
		s.end = p.lastEnd()
		return s
	}, false)
}

// namedBinds keeps the texts that USING 'x' AS name binds, for IDENTIFIER(:name).
func (e *engine) namedBinds() {
	p := &e.parser
	for !p.done() {
		before := p.pos
		text, ok := e.fold(p.expr())
		if p.accept(kAs) && p.tok().name() {
			if id := p.identOf(p.tok()); ok {
				e.session.text(id, text)
			}
			p.pos++
		}
		if !p.acceptOp(',') || p.pos == before {
			return
		}
	}
}

// statements reads every statement of the text at hand, outside of a body.
func (e *engine) statements() {
	body := e.inBody
	e.inBody = false
	for e.parser.pos < len(e.parser.tokens)-1 {
		e.parser.end = len(e.parser.tokens) - 1
		if !e.separator() {
			e.step()
		}
	}
	e.inBody = body
}

// variablesAhead takes INTO [STRICT] a, b behind a text that is run.
func (p *parser) variablesAhead() []ident {
	var list []ident
	p.pos++
	p.acceptText("strict")
	for p.tok().name() || p.tok().kind == tParam {
		list = append(list, p.identOf(p.tok()))
		p.pos++
		if !p.acceptOp(',') {
			break
		}
	}
	return list
}

// fill puts the columns of the newest answer into variables, if there is one
// since first. They are no output of the script then.
func (e *engine) fill(into []ident, first int) {
	last := len(e.answer.Statements) - 1
	if last < first || len(into) == 0 {
		return
	}
	s := &e.answer.Statements[last]
	for i, id := range into {
		if i < len(s.Columns) {
			e.declare(id)
			e.session.set(id, s.Columns[i].Inputs)
		}
	}
	if len(into) == 1 && len(s.Columns) > 1 {
		e.session.row(into[0], s.Columns)
	}
	s.Columns = []OutputColumn{}
}

// unknownText stands in a folded text for what is not known; the name of the
// variable follows, up to another one.
const unknownText = "\x01"

// named turns the marks of unknown text into placeholders.
func named(text string) string {
	var b strings.Builder
	for i, part := range strings.Split(text, unknownText) {
		if i%2 == 1 {
			part = "${" + part + "}"
		}
		b.WriteString(part)
	}
	return b.String()
}

// known reports whether any part of a folded text is.
func known(text string) bool {
	for i, part := range strings.Split(text, unknownText) {
		if i%2 == 0 && strings.TrimSpace(part) != "" {
			return true
		}
	}
	return false
}

func unknown(name string) string {
	return unknownText + strings.ReplaceAll(name, unknownText, "") + unknownText
}

// fold is the text that an expression makes of constants. It is not ok when
// the expression is no text at all.
func (e *engine) fold(x *expr) (string, bool) {
	if x == nil {
		return "", false
	}
	p := &e.parser
	switch x.kind {
	case xConst:
		return e.foldConstant(x)
	case xVar, xCol:
		name := x.parts[len(x.parts)-1]
		if text, ok := e.session.texts[variableKey(name)]; ok && text != "" {
			return text, true
		}
		return unknown(strings.TrimLeft(name.text, "@$:")), x.kind == xVar || e.session.isVariable(name)
	case xOp, xRow:
		return e.foldAll(x.args)
	case xCall:
		return e.foldCall(x)
	case xCase:
		for _, v := range x.args {
			if text, ok := e.fold(v); ok {
				return text, true
			}
		}
	}
	return unknown(strings.TrimSpace(cut(p.sql[x.start:x.end], 40))), false
}

// foldConstant is the text of a string literal.
func (e *engine) foldConstant(x *expr) (string, bool) {
	tokens, _ := lex(e.parser.traits, e.parser.sql[x.start:x.end], nil, 64)
	inner := parser{traits: e.parser.traits, sql: e.parser.sql[x.start:x.end]}
	text, ok := "", false
	for _, t := range tokens {
		if t.kind == tString {
			text, ok = text+inner.stringText(t), true
		}
		if t.kind == tNumber {
			text += inner.text(t)
		}
	}
	return text, ok
}

// foldAll joins the texts of operands. One of them must be a text.
func (e *engine) foldAll(list []*expr) (string, bool) {
	var b strings.Builder
	some := false
	for _, a := range list {
		text, ok := e.fold(a)
		some = some || ok
		b.WriteString(text)
		if b.Len() > e.options.Limits.Bytes {
			return "", false
		}
	}
	return b.String(), some
}

// foldJoined folds CONCAT_WS: the first text stands between the others.
func (e *engine) foldJoined(list []*expr) (string, bool) {
	if len(list) == 0 {
		return "", false
	}
	between, _ := e.fold(list[0])
	var parts []string
	for _, a := range list[1:] {
		text, _ := e.fold(a)
		parts = append(parts, text)
	}
	return strings.Join(parts, between), true
}

// foldCall folds the functions that build statements.
func (e *engine) foldCall(x *expr) (string, bool) {
	name := toLower(x.parts[len(x.parts)-1].text)
	switch name {
	case "quote_literal", "quote_nullable":
		return textLiteral(e.fold(first(x.args)))
	case "concat":
		return e.foldAll(x.args)
	case "concat_ws":
		return e.foldJoined(x.args)
	case "cast", "convert", "upper", "lower", "trim", "ltrim", "rtrim", "coalesce", "isnull", "nvl", "to_char", "to_varchar", "format_date", "replace":
		if text, ok := e.fold(first(x.args)); ok || text != "" {
			return text, ok
		}
		return unknown(name), false
	case "quotename", "quote_ident", "enquote_name", "sql_identifier", "identifier":
		return e.fold(first(x.args))
	case "format", "formatmessage":
		return e.foldFormat(x.args)
	}
	return unknown(name), false
}

// textLiteral puts a text in quotes, as quote_literal does.
func textLiteral(text string, _ bool) (string, bool) {
	return "'" + strings.ReplaceAll(strings.ReplaceAll(text, unknownText, ""), "'", "''") + "'", true
}

func first(list []*expr) *expr {
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

// foldFormat fills %s, %I and %L.
func (e *engine) foldFormat(args []*expr) (string, bool) {
	pattern, ok := e.fold(first(args))
	if !ok {
		return "", false
	}
	var b strings.Builder
	next := 1
	for i := 0; i < len(pattern); i++ {
		c := pattern[i]
		if c != '%' || i+1 == len(pattern) {
			b.WriteByte(c)
			continue
		}
		i++
		for i+1 < len(pattern) && (classOf[pattern[i]] == classDigit || pattern[i] == '$') { // %1$I
			if pattern[i] == '$' && i > 0 && classOf[pattern[i-1]] == classDigit {
				next = int(pattern[i-1] - '0')
			}
			i++
		}
		if pattern[i] == '%' {
			b.WriteByte('%')
			continue
		}
		if next < len(args) {
			text, _ := e.fold(args[next])
			if pattern[i] == 'L' {
				text, _ = textLiteral(text, true)
			}
			b.WriteString(text)
		}
		next++
	}
	return b.String(), true
}
