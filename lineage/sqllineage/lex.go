package sqllineage

import "strings"

// lexer turns text into tokens. Comments and template control blocks leave no
// token; whatever else stands in the text is covered by exactly one.
type lexer struct {
	*traits
	sql    string
	pos    int
	limit  int // of tokens
	tokens []token
	flags  uint8 // of the token to come
	full   bool  // the limit was met
	hidden bool  // inside of a MySQL version comment, whose text counts
	first  int   // the token with which the statement begins
}

// lex reads the whole of sql into buf and ends it with a tEOF.
func lex(t *traits, sql string, buf []token, limit int) (tokens []token, full bool) {
	l := lexer{traits: t, sql: sql, tokens: buf[:0], flags: flagNewline, limit: limit}
	for l.pos < len(sql) && !l.full {
		l.next()
	}
	l.tokens = append(l.tokens, token{kind: tEOF, flags: l.flags, start: int32(len(sql)), end: int32(len(sql))})
	return l.tokens, l.full
}

// next reads white space, a comment or a token.
func (l *lexer) next() {
	c := l.sql[l.pos]
	switch classOf[c] {
	case classSpace:
		l.space()
	case classWord:
		l.word()
	case classDigit:
		l.number()
	case classQuote:
		l.quote(c)
	case classOp:
		if !l.comment(c) && !l.special(c) {
			l.operator(c)
		}
		if c == ';' {
			l.data()
			l.first = len(l.tokens)
		}
	default: // a stray control byte
		l.pos++
		l.flags |= flagSpace
	}
}

// data skips the rows that stand behind COPY t FROM stdin; from the next line
// on, up to a line of \. or the end of the text. They are no SQL. Where the next
// line begins a statement, the rows came another way.
func (l *lexer) data() {
	if l.first >= len(l.tokens) || l.tokens[l.first].word != kCopy || !l.fromStdin() {
		return
	}
	rest := l.sql[l.pos:]
	line := strings.IndexByte(rest, '\n')
	if line < 0 || strings.TrimSpace(rest[:line]) != "" || strings.TrimSpace(rest) == "" || beginsStatement(rest[line:]) {
		return
	}
	if end := strings.Index(rest, "\n\\."); end >= 0 {
		l.pos += end + len("\n\\.")
	} else {
		l.pos = len(l.sql)
	}
}

// beginsStatement reports whether the first word of text is one that begins
// statements.
func beginsStatement(text string) bool {
	text = strings.TrimLeft(text, " \t\r\n")
	end := 0
	for end < len(text) && isWordByte(text[end]) {
		end++
	}
	if end == len(text) || text[end] != ' ' && text[end] != '\n' && text[end] != ';' && text[end] != '\r' {
		return hasPrefix(text, "--") || hasPrefix(text, "/*")
	}
	switch keyword(text[:end], wordHash(text[:end])) {
	case kSelect, kInsert, kUpdate, kDelete, kMerge, kWith, kCreate, kAlter, kDrop, kTruncate, kCopy, kSet, kBegin, kCommit, kEnd, kRollback, kAnalyze, kVacuum, kGrant, kRevoke, kDo, kCall, kExplain, kValues,
		kComment, kLock, kStart, kRefresh:
		return true
	}
	return false
}

// fromStdin reports whether FROM stdin stands in the statement that ends here.
func (l *lexer) fromStdin() bool {
	for i := l.first; i+1 < len(l.tokens); i++ {
		t := l.tokens[i+1]
		if l.tokens[i].word == kFrom && t.kind == tWord && equalFold("stdin", l.sql[t.start:t.end]) {
			return true
		}
	}
	return false
}

func (l *lexer) space() {
	for l.pos < len(l.sql) && classOf[l.sql[l.pos]] == classSpace {
		if l.sql[l.pos] == '\n' {
			l.flags |= flagNewline
		}
		l.pos++
	}
	l.flags |= flagSpace
}

// peek is the byte n places on, or 0 after the end.
func (l *lexer) peek(n int) byte {
	if l.pos+n < len(l.sql) {
		return l.sql[l.pos+n]
	}
	return 0
}

// emit ends a token that began at start.
func (l *lexer) emit(kind tokenKind, start int, o op, w word) {
	l.tokens = append(l.tokens, token{kind: kind, flags: l.flags, op: o, word: w, start: int32(start), end: int32(l.pos)})
	l.flags = 0
	l.full = len(l.tokens) >= l.limit
}

// last is the token before, or the zero token.
func (l *lexer) last() token {
	if len(l.tokens) == 0 {
		return token{}
	}
	return l.tokens[len(l.tokens)-1]
}

// comment skips a comment that begins here, if one does.
func (l *lexer) comment(c byte) bool {
	switch {
	case c == '-' && l.peek(1) == '-':
		if l.dashNeedsSpace && classOf[l.peek(2)] != classSpace && l.pos+2 < len(l.sql) {
			return false
		}
	case c == '/' && l.peek(1) == '*':
		l.blockComment()
		return true
	case c == '*' && l.peek(1) == '/' && l.hidden:
		l.pos += 2
		l.hidden = false
		l.flags |= flagSpace
		return true
	case c == '/' && l.peek(1) == '/' && l.slashComments && !l.afterScheme(): // file:///tmp is no comment
	case c == '#' && l.hashComments && l.peek(1) != '{':
	case c == '{' && l.peek(1) == '%':
		l.skipPast("%}")
		return true
	case c == '{' && l.peek(1) == '#':
		l.skipPast("#}")
		return true
	default:
		return false
	}
	for l.pos < len(l.sql) && l.sql[l.pos] != '\n' {
		l.pos++
	}
	l.flags |= flagSpace
	return true
}

// afterScheme reports whether a colon stands right before the slashes.
func (l *lexer) afterScheme() bool {
	i := l.pos - 1
	for i > 0 && l.pos-i < 3 && l.sql[i] == '/' {
		i--
	}
	return i >= 0 && l.sql[i] == ':'
}

// blockComment skips a comment; a MySQL version comment is read as text.
func (l *lexer) blockComment() {
	if l.dashNeedsSpace && (l.peek(2) == '!' || l.peek(2) == 'M' && l.peek(3) == '!') {
		l.pos += 3
		for l.pos < len(l.sql) && (classOf[l.sql[l.pos]] == classDigit || l.sql[l.pos] == '!') {
			l.pos++
		}
		l.flags |= flagSpace
		l.hidden = true
		return
	}
	l.flags |= flagSpace
	depth := 0
	for l.pos < len(l.sql) {
		switch {
		case l.sql[l.pos] == '*' && l.peek(1) == '/':
			l.pos += 2
			if depth--; depth <= 0 {
				return
			}
		case l.sql[l.pos] == '/' && l.peek(1) == '*':
			if depth == 0 || l.nestedComments {
				depth++
			}
			l.pos += 2
		default:
			l.pos++
		}
	}
}

// skipPast moves behind the next end, or to the end of the text.
func (l *lexer) skipPast(end string) {
	l.flags |= flagSpace
	for l.pos += len(end); l.pos < len(l.sql); l.pos++ {
		if hasPrefix(l.sql[l.pos:], end) {
			l.pos += len(end)
			return
		}
	}
}

func hasPrefix(s, prefix string) bool { return len(s) >= len(prefix) && s[:len(prefix)] == prefix }

// word reads an identifier or keyword, or a string that a letter introduces.
func (l *lexer) word() {
	start := l.pos
	h := uint32(hashStart)
	for l.pos < len(l.sql) && isWordByte(l.sql[l.pos]) {
		h = hashByte(h, l.sql[l.pos])
		l.pos++
	}
	if l.pos < len(l.sql) {
		switch c := l.sql[l.pos]; {
		case c == '\'' && l.prefixed(start):
			return
		case c == '&' && l.pos-start == 1 && lower[l.sql[start]] == 'u' && (l.peek(1) == '\'' || l.peek(1) == '"'):
			l.pos++
			l.quoted(start, l.sql[l.pos], false)
			return
		case c == '"' && l.pos-start == 1 && l.doubleIsString && l.prefixed(start):
			return
		case c == '$' || c == '#' || c == '{' || c == '&' && l.qQuotes:
			l.longWord(start)
			return
		}
	}
	l.emit(tWord, start, 0, keyword(l.sql[start:l.pos], h))
}

// longWord goes on with a word that has $, # or a placeholder inside.
func (l *lexer) longWord(start int) {
	first := l.pos
	for l.pos < len(l.sql) {
		switch c := l.sql[l.pos]; {
		case isWordByte(c):
			l.pos++
		case c == '$' && l.peek(1) == '{', c == '{' && (l.peek(1) == '{' || l.pos > start && l.sql[l.pos-1] == '@'):
			l.placeholder()
		case c == '&' && l.qQuotes && (isWordByte(l.peek(1)) || l.peek(1) == '&' && isWordByte(l.peek(2))):
			l.flags |= flagPlaceholder
			l.pos++
		case c == '$' && l.peek(1) != '$' || c == '#' && !l.hashComments && l.peek(1) != '>' && l.peek(1) != '-':
			l.pos++
		default:
			l.emitLong(start, first)
			return
		}
	}
	l.emitLong(start, first)
}

func (l *lexer) emitLong(start, first int) {
	w := noWord
	if l.pos == first { // nothing was added after all
		w = keyword(l.sql[start:l.pos], wordHash(l.sql[start:l.pos]))
	}
	l.emit(tWord, start, 0, w)
}

// placeholder skips ${…} or {{…}} inside a word.
func (l *lexer) placeholder() {
	l.flags |= flagPlaceholder
	closing := "}"
	if l.sql[l.pos] == '{' && l.peek(1) == '{' {
		if end := templateEnd(l.sql, l.pos+2, "}}"); end > 0 {
			l.pos = end
			return
		}
		closing = "}}"
	}
	for l.pos++; l.pos < len(l.sql); l.pos++ {
		if hasPrefix(l.sql[l.pos:], closing) {
			l.pos += len(closing)
			return
		}
	}
	l.flags |= flagUnclosed
}

// number reads a number, or a name that begins with digits.
func (l *lexer) number() {
	start := l.pos
	for l.pos < len(l.sql) {
		c := l.sql[l.pos]
		switch {
		case classOf[c] == classDigit:
		case c == '.' && l.peek(1) != '.' && !l.afterDot(start) && !l.wordFollows(1):
		case lower[c] == 'e' && (classOf[l.peek(1)] == classDigit || (l.peek(1) == '+' || l.peek(1) == '-') && classOf[l.peek(2)] == classDigit):
			l.pos++
		case isWordByte(c):
			l.digitWord(start)
			return
		default:
			l.emit(tNumber, start, 0, noWord)
			return
		}
		l.pos++
	}
	l.emit(tNumber, start, 0, noWord)
}

// afterDot reports whether the token at start follows a dot, as in t.1.2.
func (l *lexer) afterDot(start int) bool {
	return start > 0 && l.sql[start-1] == '.' && l.last().is('.')
}

// wordFollows reports whether a name, not an exponent, begins n places on.
func (l *lexer) wordFollows(n int) bool {
	c := l.peek(n)
	return classOf[c] == classWord && lower[c] != 'e' && l.digitNames
}

// digitWord reads the letters behind digits: 0xFF and 10L are numbers, and
// where the dialect has names that begin with digits, 2nd_try is a name.
func (l *lexer) digitWord(start int) {
	for l.pos < len(l.sql) && isWordByte(l.sql[l.pos]) {
		l.pos++
	}
	text := l.sql[start:l.pos]
	isName := l.digitNames && !(len(text) > 2 && text[0] == '0' && lower[text[1]] == 'x') && !allDigitsBut(text, 2) && strings.IndexByte(text, '.') < 0
	if isName || l.afterDot(start) {
		l.emit(tWord, start, 0, noWord)
		return
	}
	l.emit(tNumber, start, 0, noWord)
}

// allDigitsBut reports whether s is digits but for at most n letters at its end.
func allDigitsBut(s string, n int) bool {
	for i := range len(s) - min(n, len(s)) {
		if classOf[s[i]] != classDigit && s[i] != '_' {
			return false
		}
	}
	return true
}

// operator reads punctuation; of the longer operators only those are told
// apart that matter to lineage.
func (l *lexer) operator(c byte) {
	start := l.pos
	n := l.peek(1)
	l.pos += 2
	o := op(0)
	switch {
	case c == ':' && n == ':':
		o = opCast
	case c == ':' && n == '=':
		o = opAssign
	case c == '=' && n == '>':
		o = opFat
	case c == '-' && n == '>':
		o = l.longer('>', opLongArrow, opArrow)
	case c == '#' && n == '>':
		o = l.longer('>', opLongArrow, opLongArrow)
	case c == '|' && n == '|':
		o = opConcat
	case c == '.' && n == '.':
		o = opRange
	case c == '*' && n == '*':
		o = opStars
	case c == '?' && n == '.', c == '?' && n == ':' && l.longer(':', opQDot, 0) != 0:
		o = opQDot
	case c == '|' && n == '>':
		o = opPipe
	case l.compares(c) && l.compares(n):
		for l.pos < len(l.sql) && l.compares(l.sql[l.pos]) {
			l.pos++
		}
		if l.sql[l.pos-1] == '~' {
			l.longer('*', 0, 0) // !~*
		}
		o = opCompare
	case c == '~' && n == '*':
		o = opCompare
	default:
		l.pos--
		o = op(c)
	}
	l.emit(tOp, start, o, noWord)
}

// longer takes c when it is next and returns yes, else no.
func (l *lexer) longer(c byte, yes, no op) op {
	if l.pos < len(l.sql) && l.sql[l.pos] == c {
		l.pos++
		return yes
	}
	return no
}

// compares reports whether c may be part of a longer comparison operator.
func (l *lexer) compares(c byte) bool {
	switch c {
	case '<', '>', '=', '!', '~', '&', '|', '^':
		return true
	case '@':
		return !l.atVariables && !l.stages
	}
	return false
}
