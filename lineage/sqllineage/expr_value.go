package sqllineage

import "strings"

// param reads a bind or a variable; in a stage $1 is a column.
func (p *parser) param(t token) *expr {
	p.pos++
	if p.macroCall(t) {
		return p.op(opPlain, t.start, p.parens())
	}
	kind := xVar
	if p.stages && p.sql[t.start] == '$' && p.tokens[p.pos-1].end-t.start > 1 && classOf[p.sql[t.start+1]] == classDigit {
		kind = xCol
	}
	return p.variable(t, kind)
}

// variable makes the node of a name that the text gives no value.
func (p *parser) variable(t token, kind exprKind) *expr {
	e := p.node(kind, t.start)
	e.parts = p.slabs.ident.copy([]ident{{text: p.text(t)}})
	return e
}

// macroCall reports whether the parameter before the cursor is called: $__filter(ts)
// is written out by a dashboard before it runs.
func (p *parser) macroCall(t token) bool {
	next := p.tok()
	return p.sql[t.start] == '$' && next.is('(') && next.start == t.end && t.end-t.start > 1 && classOf[p.sql[t.start+1]] != classDigit
}

// valuePlaceholder takes a word that is one ${…} and nothing else, beside
// an operator that compares: a value that a tool writes there before it runs.
func (p *parser) valuePlaceholder(t token) bool {
	next := p.peek(1)
	if t.flags&flagPlaceholder == 0 || p.pos < 2 || next.is('.') || next.is('(') {
		return false
	}
	if text := p.text(t); !strings.HasPrefix(text, "${") || strings.IndexByte(text, '}') != len(text)-1 {
		return false
	}
	prev := p.tokens[p.pos-1]
	beside := prev.is('=') || prev.is('<') || prev.is('>') || prev.is(opCompare) || prev.word == kBetween || prev.word == kAnd || prev.word == kLike ||
		prev.is('(') && p.tokens[p.pos-2].word == kIn
	if beside {
		p.pos++
		p.note(PlaceholderName, Info, p.pos-1, p.pos)
	}
	return beside
}
