package sqllineage

import "strings"

// tableCall reads the call of a table function. Those that declare their
// columns inside of the parentheses fill f.fields.
func (p *parser) tableCall(f *fromItem, start int32) *expr {
	e := p.node(xCall, start)
	e.parts = f.name
	f.name = nil
	p.pos++
	base := len(p.exprs)
	declares := declaring.has(e.parts[len(e.parts)-1].text)
	for declares && !p.done() && !p.atOp(')') {
		before := p.pos
		switch {
		case p.atText("columns"):
			p.pos++
			f.fields = p.jsonColumns(true)
		case p.acceptText("passing"), p.acceptAny(kBy, kRef, kValue):
		case p.acceptAny(kError, kNull, kEmpty), p.acceptAny(kOn), p.acceptOp(','):
		case p.accept(kAs):
			p.pos++
		case p.atText("xmlnamespaces"):
			p.pos++
			p.skipParens()
		case p.atText("plan") && len(f.fields) > 0:
			for p.pos++; !p.done() && !p.atOp(')'); {
				p.skipOne()
			}
		default:
			p.push(p.expr())
			if p.accept(kFormat) {
				p.accept(kJson)
			}
		}
		if p.pos == before {
			p.pos++
		}
	}
	if declares {
		p.acceptOp(')')
		e.args = p.take(base)
	} else {
		p.arguments(e)
		for p.callTail(e) {
		}
	}
	e.end = p.lastEnd()
	p.methods()
	return e
}

// declaring are the table functions with a COLUMNS clause.
var declaring = set("json_table", "xmltable")

// methods reads what may be called on the result: x.nodes('…').
func (p *parser) methods() {
	for p.atOp('.') && p.peek(1).name() && p.peekOp(2, '(') {
		p.pos += 2
		p.skipParens()
	}
}

// jsonColumns reads ( name type PATH '$.a', NESTED PATH '$.b[*]' COLUMNS (…) )
// or, for OPENJSON, ( name type '$.a' AS JSON ).
func (p *parser) jsonColumns(nested bool) []field {
	if p.depth++; p.depth > p.limits.Depth {
		p.depth--
		return nil
	}
	defer func() { p.depth-- }()
	parens := p.acceptOp('(') // XMLTABLE has none
	var list []field
	for !p.done() && !p.atOp(')') {
		if nested && p.at(kNested) {
			list = append(list, p.nestedColumns()...)
			p.acceptOp(',')
			continue
		}
		t := p.tok()
		p.pos++
		fd := field{name: p.identOf(t)}
		fd.path = fd.name.text
		for !p.done() && !p.atOp(',') && !p.atOp(')') {
			switch s := p.tok(); {
			case s.kind == tString:
				fd.path = strings.ReplaceAll(strings.ReplaceAll(jsonPath(p.stringText(s)), "/", "."), "@", "")
			case s.word == kOrdinality:
				fd.flag = true
			}
			if p.at(kDefault) { // DEFAULT 'x' ON EMPTY
				p.pos++
			}
			p.skipOne()
		}
		if t.name() {
			list = append(list, fd)
		}
		p.acceptOp(',')
	}
	if parens {
		p.acceptOp(')')
	}
	return list
}

// nestedColumns reads NESTED [PATH] '$.x[*]' COLUMNS ( … ).
func (p *parser) nestedColumns() []field {
	p.pos++
	p.acceptText("path")
	prefix := ""
	if t := p.tok(); t.kind == tString {
		prefix = jsonPath(p.stringText(t))
		p.pos++
	}
	if p.accept(kAs) && p.tok().name() { // trino names its paths
		p.pos++
	}
	p.acceptText("columns")
	list := p.jsonColumns(true)
	for i := range list {
		list[i].path = joinPath(prefix, list[i].path)
	}
	return list
}

// joinPath puts b below a.
func joinPath(a, b string) string {
	switch {
	case a == "":
		return b
	case b == "":
		return a
	case b[0] == '[':
		return a + b
	}
	return a + "." + b
}
