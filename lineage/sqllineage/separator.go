package sqllineage

// separator skips what stands between statements: semicolons, GO of T-SQL, the
// lone slash of Oracle, DELIMITER of the mysql client.
func (e *engine) separator() bool {
	p := &e.parser
	t := p.tok()
	switch {
	case t.is(';'), p.flowOperator(p.pos):
		p.pos++
	case t.word == kGo && p.optionalSemi && p.goAhead():
		p.pos++
		if n := p.tok(); n.kind == tNumber && n.flags&flagNewline == 0 {
			p.pos++
		}
	case t.is('/') && t.flags&flagNewline != 0 && (p.peek(1).kind == tEOF || p.peek(1).flags&flagNewline != 0):
		p.pos++
	case t.word == kDelimiter && t.flags&flagNewline != 0 && p.peek(1).flags&flagNewline == 0:
		e.setDelimiter()
	case t.flags&flagNewline != 0 && (t.is('\\') || t.is(':') && p.optionalSemi): // a line for psql or sqlcmd
		for p.pos++; !p.done() && p.tok().flags&flagNewline == 0; p.pos++ {
		}
	case p.dotCommands && t.is('.') && t.flags&flagNewline != 0 && p.peek(1).kind == tWord: // a line for the shell
		for p.pos++; !p.done() && p.tok().flags&flagNewline == 0; p.pos++ {
		}
	case p.delimiterAt(p.pos) > 0:
		p.pos += p.delimiterAt(p.pos)
	default:
		return false
	}
	return true
}

// goAhead reports whether GO stands alone on its line.
func (p *parser) goAhead() bool {
	t := p.peek(1)
	return p.tok().flags&flagNewline != 0 && (t.kind == tEOF || t.flags&flagNewline != 0 || t.kind == tNumber || t.is(';'))
}

// setDelimiter reads DELIMITER // and the like.
func (e *engine) setDelimiter() {
	p := &e.parser
	p.pos++
	start := p.tok().start
	end := start
	for !p.done() && p.tok().flags&flagNewline == 0 {
		if p.tok().flags&flagSpace != 0 && end > start {
			break
		}
		end = p.tok().end
		p.pos++
	}
	e.foundEnd = 0
	p.delimiter = p.sql[start:end]
	if p.delimiter == ";" {
		p.delimiter = ""
	}
	for !p.done() && p.tok().flags&flagNewline == 0 {
		p.pos++
	}
}

// delimiterAt is how many tokens the client's delimiter takes at pos, or 0.
func (p *parser) delimiterAt(pos int) int {
	if p.delimiter == "" || pos >= len(p.tokens) || !hasPrefix(p.sql[p.tokens[pos].start:], p.delimiter) {
		return 0
	}
	end := p.tokens[pos].start + int32(len(p.delimiter))
	n := 0
	for pos+n < len(p.tokens)-1 && p.tokens[pos+n].start < end {
		n++
	}
	return n
}

// statementEnd is the token at which the statement at the cursor must end. It
// is kept, since a text without separators is asked for it at every statement.
func (e *engine) statementEnd() int {
	p := &e.parser
	if p.pos < e.foundFrom || p.pos > e.foundEnd || e.foundEnd == 0 {
		e.foundFrom, e.foundEnd = p.pos, e.findEnd()
	}
	return e.foundEnd
}

// findEnd looks for the next separator.
func (e *engine) findEnd() int {
	p := &e.parser
	for i := p.pos; i < len(p.tokens)-1; i++ {
		t := &p.tokens[i]
		if t.kind == tOp && (t.op == ';' || t.op == opLongArrow && p.flowOperator(i)) || p.delimiter != "" && p.delimiterAt(i) > 0 {
			return i
		}
		if t.kind == tWord && t.word == kGo && p.optionalSemi && i > p.pos && p.goAt(i) {
			return i
		}
		if t.kind == tOp && t.op == '/' && t.flags&flagNewline != 0 && (p.tokens[i+1].kind == tEOF || p.tokens[i+1].flags&flagNewline != 0) && p.qQuotes {
			return i
		}
	}
	return len(p.tokens) - 1
}

func (p *parser) goAt(i int) bool {
	t := p.tokens[i+1]
	return p.tokens[i].flags&flagNewline != 0 && (t.kind == tEOF || t.flags&flagNewline != 0 || t.kind == tNumber || t.is(';'))
}
