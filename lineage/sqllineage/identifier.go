package sqllineage

import "strings"

// identifierName reads IDENTIFIER('a.b'), IDENTIFIER($x), IDENTIFIER(:x || '.t')
// in the place of a name. What no constant tells becomes a placeholder.
func (p *parser) identifierName() ([]ident, bool) {
	from := p.pos
	text, known := "", true
	for p.pos += 2; !p.done() && !p.atOp(')'); p.pos++ {
		switch t := p.tok(); {
		case t.kind == tString:
			text += p.stringText(t)
		case t.is(opConcat), t.is(':'):
		case t.kind == tParam, t.name() && !p.peekOp(1, '('):
			key := variableKey(ident{text: p.text(t)})
			if value := p.texts[key]; value != "" {
				text += named(value)
			} else {
				text, known = text+"${"+key+"}", false
			}
		default:
			p.pos = from
			return nil, false
		}
	}
	p.acceptOp(')')
	if !known {
		p.note(PlaceholderName, Info, from+2, from+3)
	}
	if name := p.namesIn(text); len(name) > 0 && !strings.HasPrefix(text, "${") {
		return name, true
	}
	return []ident{{text: text, quoted: true}}, text != ""
}
