package sqllineage

// A trigger that runs before the change may set columns of the new row: what it
// assigns to NEW.x flows into column x of its table.

// newRowAhead reports whether [:]NEW.column stands n tokens on.
func (p *parser) newRowAhead(n int) bool {
	if p.peekOp(n, ':') {
		n++
	}
	t := p.peek(n)
	return len(p.trigger) > 0 && t.kind == tWord && equalFold("new", p.text(t)) && p.peekOp(n+1, '.') && p.peek(n+2).name()
}

// newColumn reads [:]NEW.column.
func (p *parser) newColumn() ident {
	p.acceptOp(':')
	p.pos += 3
	return p.identOf(p.tokens[p.pos-1])
}

// assignNew answers for NEW.column := value as an update of the trigger's table.
func (e *engine) assignNew() bool {
	p := &e.parser
	from := p.pos
	column := p.newColumn()
	if !p.acceptOp(opAssign) && !p.acceptOp('=') {
		p.pos = from
		return false
	}
	e.answerFor(func(p *parser) *stmt {
		s := &stmt{kind: KindUpdate, start: p.tokens[from].start, tables: []*fromItem{{name: p.trigger}}}
		if value := p.expr(); value != nil {
			s.assigns = []assign{{cols: [][]ident{{column}}, value: value, start: s.start, end: value.end}}
		}
		s.end = p.lastEnd()
		return s
	}, false)
	return true
}

// triggered reads the function that a trigger runs once more, now that the table
// whose rows NEW and OLD are is known.
func (e *engine) triggered(from, to int) {
	p := &e.parser
	for i := from; i+2 < to; i++ {
		if w := p.tokens[i].word; w != kExecute {
			continue
		}
		if w := p.tokens[i+1].word; w != kFunction && w != kProcedure {
			continue
		}
		at := p.pos
		p.pos = i + 2
		f, ok := e.session.functions[e.functionName(p.name())]
		p.pos = at
		if ok {
			e.textIn(f.body, p.tokens[i])
		}
		return
	}
}
