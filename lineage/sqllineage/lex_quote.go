package sqllineage

// quote reads what begins with the quote c.
func (l *lexer) quote(c byte) {
	l.quoted(l.pos, c, l.backslash)
}

// quoted reads from the quote c at pos to its end and emits a token that
// begins at start. A doubled quote is one of the text; a backslash escapes
// where it is told to.
func (l *lexer) quoted(start int, c byte, backslash bool) {
	kind := tString
	if c == '`' || c == '"' && !l.doubleIsString {
		kind, backslash = tQuoted, backslash && c == '`' && l.doubleIsString
	}
	if l.tripleQuotes && l.peek(1) == c && l.peek(2) == c && c != '`' {
		l.triple(start, c, backslash)
		return
	}
	if backslash {
		l.flags |= flagBackslash
	}
	for l.pos++; l.pos < len(l.sql); l.pos++ {
		switch b := l.sql[l.pos]; {
		case b == c && l.peek(1) == c:
			l.flags |= flagEscaped
			l.pos++
		case b == c:
			l.pos++
			l.emit(kind, start, 0, noWord)
			return
		case b == '\\' && backslash:
			l.flags |= flagEscaped
			l.pos++
		}
	}
	l.unclosed(kind, start)
}

// unclosed emits a token that the end of the text cut off.
func (l *lexer) unclosed(kind tokenKind, start int) {
	l.pos = len(l.sql)
	l.flags |= flagUnclosed
	l.emit(kind, start, 0, noWord)
}

// triple reads a string in three quotes.
func (l *lexer) triple(start int, c byte, backslash bool) {
	for l.pos += 3; l.pos < len(l.sql); l.pos++ {
		switch b := l.sql[l.pos]; {
		case b == '\\' && backslash:
			l.pos++
		case b == c && l.peek(1) == c && l.peek(2) == c:
			l.pos += 3
			l.emit(tString, start, 0, noWord)
			return
		}
	}
	l.unclosed(tString, start)
}

// prefixed reads a string whose introducing letters stand at start, if they
// are such letters: E N X B R Q and the character sets of MySQL.
func (l *lexer) prefixed(start int) bool {
	text := l.sql[start:l.pos]
	c := l.sql[l.pos]
	switch {
	case equalFold("e", text):
		l.quoted(start, c, l.backslash || l.letterEscapes)
	case equalFold("n", text), equalFold("x", text), equalFold("b", text) && !l.rawStrings, text[0] == '_' && l.dashNeedsSpace:
		l.quoted(start, c, l.backslash)
	case l.rawStrings && (equalFold("r", text) || equalFold("rb", text) || equalFold("br", text)):
		l.quoted(start, c, false)
	case l.rawStrings && equalFold("b", text):
		l.quoted(start, c, l.backslash)
	case l.qQuotes && (equalFold("q", text) || equalFold("nq", text)):
		l.qQuoted(start)
	default:
		return false
	}
	return true
}

// qQuoted reads Oracle's q'[ … ]'.
func (l *lexer) qQuoted(start int) {
	closing := l.peek(1)
	switch closing {
	case '[':
		closing = ']'
	case '(':
		closing = ')'
	case '{':
		closing = '}'
	case '<':
		closing = '>'
	}
	for l.pos += 2; l.pos < len(l.sql); l.pos++ {
		if l.sql[l.pos] == closing && l.peek(1) == '\'' {
			l.pos += 2
			l.emit(tString, start, 0, noWord)
			return
		}
	}
	l.unclosed(tString, start)
}

// special reads the tokens that begin with a sign and are no operators:
// variables, parameters, stages, templates, dollar quotes, bracketed names.
func (l *lexer) special(c byte) bool {
	start := l.pos
	n := l.peek(1)
	switch {
	case c == '.' && classOf[n] == classDigit && !l.afterName():
		l.pos++
		l.number()
		l.tokens[len(l.tokens)-1].start = int32(start)
		l.tokens[len(l.tokens)-1].kind = tNumber // also behind another dot, as in . .5
	case c == '[' && l.bracketNames:
		l.bracketed(start)
	case c == '$' && l.bracketNames && l.hashNames && classOf[n] == classDigit: // money
		l.pos++
		l.number()
		l.tokens[len(l.tokens)-1].start = int32(start)
	case c == '&' && l.qQuotes && (n == '&' || classOf[n] == classWord):
		l.substitution(start)
	case c == '$':
		return l.dollar(start, n)
	case c == '@':
		return l.at(start, n)
	case c == '?' && n != '|' && n != '&' && n != '.' && !(n == ':' && l.peek(2) == ':'):
		for l.pos++; classOf[l.peek(0)] == classDigit; l.pos++ { // ?1
		}
		l.emit(tParam, start, 0, noWord)
	case c == '#' && l.hashNames && (isWordByte(n) || n == '#'):
		for l.pos++; l.peek(0) == '#'; l.pos++ {
		}
		l.longWord(start)
	case c == '{' && n == '{':
		l.template(start)
	case c == '{' && l.braceParams && classOf[n] == classWord:
		return l.braced(start)
	case c == '%' && (n == '(' || n == 's' && !isWordByte(l.peek(2))):
		return l.formatted(start, n)
	default:
		return false
	}
	return true
}

// substitution reads SQL*Plus's &name, &&name and &name. with the dot that
// ends it; what follows at once belongs to the same name.
func (l *lexer) substitution(start int) {
	l.flags |= flagPlaceholder
	for l.pos < len(l.sql) && (l.sql[l.pos] == '&' || isWordByte(l.sql[l.pos])) {
		l.pos++
	}
	l.emit(tParam, start, 0, noWord)
	if l.peek(0) == '.' && l.peek(1) == '.' {
		l.pos++
	}
}

// afterName reports whether the token before could be what a dot follows.
func (l *lexer) afterName() bool {
	t := l.last()
	if t.kind == tNumber && len(l.tokens) > 1 && l.tokens[len(l.tokens)-2].is('.') {
		return int(t.end) == l.pos
	}
	return int(t.end) == l.pos && (t.name() || t.is(')') || t.is(']') || t.kind == tString || t.kind == tParam)
}

func (l *lexer) bracketed(start int) {
	for l.pos++; l.pos < len(l.sql); l.pos++ {
		if l.sql[l.pos] != ']' {
			continue
		}
		if l.peek(1) == ']' {
			l.flags |= flagEscaped
			l.pos++
			continue
		}
		l.pos++
		l.emit(tQuoted, start, 0, noWord)
		return
	}
	l.unclosed(tQuoted, start)
}

// dollar reads $1, $name, ${name}… and $tag$ … $tag$.
func (l *lexer) dollar(start int, n byte) bool {
	if n == '{' {
		l.longWord(start)
		return true
	}
	end := start + 1
	for end < len(l.sql) && isWordByte(l.sql[end]) {
		end++
	}
	if l.dollarQuotes && end < len(l.sql) && l.sql[end] == '$' && classOf[n] != classDigit {
		l.dollarQuoted(start, l.sql[start:end+1])
		return true
	}
	if end == start+1 {
		return false
	}
	l.pos = end
	l.emit(tParam, start, 0, noWord)
	return true
}

func (l *lexer) dollarQuoted(start int, tag string) {
	for l.pos += len(tag); l.pos < len(l.sql); l.pos++ {
		if l.sql[l.pos] == '$' && hasPrefix(l.sql[l.pos:], tag) {
			l.pos += len(tag)
			l.emit(tString, start, 0, noWord)
			return
		}
	}
	l.unclosed(tString, start)
}

// at reads @variable, @stage/path and @{constant}.
func (l *lexer) at(start int, n byte) bool {
	switch {
	case n == '{': // a constant of LookML
		l.pos++
		l.longWord(start)
	case l.atVariables && (isWordByte(n) || n == '@' || n == '`' || n == '\''):
		for l.pos++; l.peek(0) == '@'; l.pos++ {
		}
		for isWordByte(l.peek(0)) || l.peek(0) == '$' || l.peek(0) == '#' {
			l.pos++
		}
		l.emit(tParam, start, 0, noWord)
	case l.stages && (isWordByte(n) || n == '~' || n == '%' || n == '"'):
		inQuotes := false
		for l.pos++; l.pos < len(l.sql) && (inQuotes || stageByte(l.sql[l.pos])); l.pos++ {
			if l.sql[l.pos] == '"' {
				inQuotes = !inQuotes
			}
		}
		l.emit(tStage, start, 0, noWord)
	default:
		return false
	}
	return true
}

func stageByte(c byte) bool {
	switch c {
	case '/', '.', '~', '%', '$', '-', '"', '=', '*', '+', '{', '}', ':':
		return true
	}
	return isWordByte(c)
}

// template reads {{ … }}, alone or at the beginning of a word.
func (l *lexer) template(start int) {
	l.placeholder()
	unclosed := l.flags&flagUnclosed != 0
	l.flags &^= flagPlaceholder
	if c := l.peek(0); !unclosed && (isWordByte(c) || c == '$' && l.peek(1) == '{') {
		l.flags |= flagPlaceholder
		l.longWord(start)
		return
	}
	l.emit(tTemplate, start, 0, noWord)
}

// braced reads ClickHouse's {name:Type}.
func (l *lexer) braced(start int) bool {
	colon := false
	for end := start + 1; end < len(l.sql); end++ {
		switch c := l.sql[end]; {
		case c == '}' && colon:
			l.pos = end + 1
			l.emit(tParam, start, 0, noWord)
			return true
		case c == ':':
			colon = true
		case !isWordByte(c) && c != '(' && c != ')' && c != ' ' && c != ',':
			return false
		}
	}
	return false
}

// formatted reads the parameters %s and %(name)s, unless a value stands
// before: then % is an operator.
func (l *lexer) formatted(start int, n byte) bool {
	t := l.last()
	operand := t.kind == tWord && t.word == noWord || t.kind == tQuoted || t.kind == tNumber || t.kind == tParam || t.kind == tString || t.is(')')
	end := start + 2
	if n == '(' {
		for end < len(l.sql) && isWordByte(l.sql[end]) {
			end++
		}
		if end+1 >= len(l.sql) || l.sql[end] != ')' || l.sql[end+1] != 's' {
			return false
		}
		end += 2
	} else if operand {
		return false
	}
	l.pos = end
	l.emit(tParam, start, 0, noWord)
	return true
}
