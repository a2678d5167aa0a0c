package sqllineage

import "strings"

// name reads a dotted name in the place of a table. It also reads what some
// dialects allow there: templates, placeholders, dashes, `a.b.c` in one pair of
// backticks, and omitted parts as in db..t.
func (p *parser) name() []ident {
	if p.colonPath && p.at(kIdentifier) && p.peekOp(1, '(') {
		if name, ok := p.identifierName(); ok {
			return name
		}
	}
	var buf [6]ident
	parts := buf[:0]
	for {
		before := p.pos
		parts = p.namePart(parts)
		if p.pos == before {
			break
		}
		if p.atOp(opRange) {
			p.pos++
			parts = append(parts, ident{})
			continue
		}
		if !p.atOp('.') || !p.nameFollows(1) {
			break
		}
		p.pos++
	}
	p.dblink()
	return p.slabs.ident.copy(parts)
}

// nameFollows reports whether the token n places on can be part of a name.
func (p *parser) nameFollows(n int) bool {
	t := p.peek(n)
	return t.name() || t.kind == tTemplate || t.kind == tNumber || t.kind == tParam
}

// namePart appends the part at the cursor to parts.
func (p *parser) namePart(parts []ident) []ident {
	t := p.tok()
	switch {
	case t.kind == tTemplate:
		p.pos++
		return append(parts, p.templateName(t)...)
	case t.kind == tQuoted:
		p.pos++
		id := p.identOf(t)
		if p.dashNames || p.doubleIsString && (p.dot == "" || !p.dashNeedsSpace) { // MySQL takes `a.b` for one part
			return splitDots(parts, id)
		}
		return append(parts, id)
	case t.kind == tWord && p.dashNames:
		return append(parts, p.dashedName())
	case t.kind == tWord, t.kind == tNumber && len(parts) > 0, t.kind == tParam && p.tableVariable(t):
		p.pos++
		if t.flags&flagPlaceholder != 0 {
			p.note(PlaceholderName, Info, p.pos-1, p.pos)
		}
		return append(parts, ident{text: p.text(t), quoted: t.flags&flagPlaceholder != 0})
	}
	return parts
}

// tableVariable reports whether a parameter may stand for a table: @t of
// T-SQL, $t of Snowflake.
func (p *parser) tableVariable(t token) bool {
	return t.end-t.start > 1
}

// splitDots takes `a.b.c` apart.
func splitDots(parts []ident, id ident) []ident {
	start := 0
	if strings.IndexByte(id.text, '/') >= 0 { // a path
		return append(parts, id)
	}
	for i := 0; i <= len(id.text); i++ {
		if i == len(id.text) || id.text[i] == '.' {
			parts = append(parts, ident{text: id.text[start:i], quoted: true})
			start = i + 1
		}
	}
	return parts
}

// dashedName reads my-project, which is one word only where no space is.
func (p *parser) dashedName() ident {
	start := p.tok().start
	p.pos++
	for p.atOp('-') && p.tok().flags&flagSpace == 0 {
		next := p.peek(1)
		if next.flags&flagSpace != 0 || next.kind != tWord && next.kind != tNumber {
			break
		}
		p.pos += 2
	}
	if p.atOp('*') && p.tok().flags&flagSpace == 0 {
		p.pos++
	}
	return ident{text: p.sql[start:p.lastEnd()]}
}

// dblink skips Oracle's @link.
func (p *parser) dblink() {
	if p.atOp('@') && p.peek(1).name() && p.tok().flags&flagSpace == 0 {
		for p.pos += 2; p.atOp('.') && p.peek(1).name(); p.pos += 2 {
		}
	}
}

// templateName reads the table that {{ ref('x') }} or {{ source('a', 'b') }}
// stands for; another template is a name with a placeholder.
func (p *parser) templateName(t token) []ident {
	calls := p.templateCalls(t)
	if len(calls) > 0 && calls[0].outermost {
		return calls[0].table
	}
	if strings.Trim(p.text(t), "{}- \t\r\n") == "this" {
		return []ident{{text: thisTemplate, quoted: true}}
	}
	p.note(Template, Warning, p.pos-1, p.pos)
	return []ident{{text: p.text(t), quoted: true}}
}

// templateCall is a ref() or source() inside of a template.
type templateCall struct {
	table     []ident
	outermost bool // it is all that the template says
}

// templateCalls finds the tables that a template names, at any depth.
func (p *parser) templateCalls(t token) []templateCall {
	body := p.text(t)
	body = strings.Trim(body[2:max(2, len(body)-2)], "-")
	inner := parser{traits: jinja, sql: body}
	inner.tokens, _ = lex(jinja, body, nil, 2_000)
	inner.end = len(inner.tokens) - 1
	var calls []templateCall
	for i := 0; i < inner.end; i++ {
		if inner.pos = i; !inner.peekOp(1, '(') || !inner.atText("ref") && !inner.atText("source") {
			continue
		}
		if table := inner.templateTable(); table != nil {
			calls = append(calls, templateCall{table: table, outermost: i == 0})
		}
	}
	return calls
}

// templateTable is the table that the call at the cursor names: the last
// argument of ref('package', 'model', v=2), both of source('schema', 'table').
func (p *parser) templateTable() []ident {
	source := p.atText("source")
	var args []ident
	for p.pos += 2; !p.done() && !p.atOp(')'); p.pos++ {
		if t := p.tok(); t.kind == tString && !p.tokens[p.pos-1].is('=') {
			args = append(args, ident{text: p.stringText(t)})
		}
	}
	switch {
	case source && len(args) > 1:
		return args[:2]
	case !source && len(args) > 0:
		return args[len(args)-1:]
	}
	return nil
}

// templateReads records the tables that a template names where it stands for
// something else than a table.
func (p *parser) templateReads(t token) {
	for _, c := range p.templateCalls(t) {
		p.opaque = append(p.opaque, fromItem{kind: fromTable, name: c.table})
	}
}

// thisTemplate names the model that a template belongs to.
const thisTemplate = "{{this}}"

// jinja reads the inside of {{ … }}.
var jinja = &traits{dialect: "jinja", doubleIsString: true, backslash: true}

// identList reads ( a, b, … ), and reports whether it is one. The cursor stays
// where it was if not.
func (p *parser) identList() ([]ident, bool) {
	if w := p.peekWord(1); !p.atOp('(') || w == kSelect || w == kWith || w == kValues || w == kFrom {
		return nil, false
	}
	from := p.pos
	p.pos++
	var buf [16]ident
	list := buf[:0]
	for !p.done() && !p.atOp(')') {
		t := p.tok()
		if !t.name() && t.kind != tString {
			p.pos = from
			return nil, false
		}
		p.pos++
		id := p.identOf(t)
		if t.kind == tString {
			id = ident{text: p.stringText(t), quoted: true}
		}
		for p.atOp('.') && p.peek(1).name() { // t.a and struct fields: the last part counts in lists of targets
			id = p.identOf(p.peek(1))
			p.pos += 2
		}
		list = append(list, id)
		p.skipColumnType()
		if !p.acceptOp(',') && !p.atOp(')') {
			p.pos = from
			return nil, false
		}
	}
	if !p.acceptOp(')') {
		p.pos = from
		return nil, false
	}
	return p.slabs.ident.copy(list), true
}

// skipColumnType skips a type or an order behind a column in a list, as in
// AS t(a int, b text) and (a DESC).
func (p *parser) skipColumnType() {
	for !p.done() && !p.atOp(',') && !p.atOp(')') {
		if p.at(kSelect) || p.tok().kind == tOp && !p.atOp('(') && !p.atOp('[') && !p.atOp(']') && !p.atOp('<') && !p.atOp('>') {
			return
		}
		p.skipOne()
	}
}
