package sqllineage

// parser is a cursor over tokens with the arenas that its nodes live in. It
// never fails: what it does not know it skips, with a diagnostic.
type parser struct {
	*traits
	sql    string
	tokens []token // ends with tEOF
	pos    int
	end    int // the statement's tokens end here; reads as tEOF
	depth  int
	base   int // depth at which the statement began
	limits Limits
	diags  []finding

	inlineData     bool // behind INSERT … FORMAT x, up to the end of the statement
	runFrom, runTo int  // the run of opening parentheses seen last

	exprs     []*expr // stack on which lists are gathered
	inner     []item  // what the SELECT at hand names inside of its expressions
	slabs     arena
	opaque    []fromItem // tables read token by token where nesting went too deep
	vars      variables
	texts     map[string]string // what variables hold, as far as it is known
	trigger   []ident           // the table of the trigger whose body is read
	delimiter string            // of the mysql client, when it is not ;
}

// arena holds every node of a statement.
type arena struct {
	expr  slab[expr]
	more  slab[more]
	query slab[query]
	sel   slab[selection]
	from  slab[fromItem]
	list  lists[*expr]
	ident lists[ident]
	froms lists[*fromItem]
	items lists[item]
}

func (a *arena) reset() {
	a.expr.reset()
	a.more.reset()
	a.query.reset()
	a.sel.reset()
	a.from.reset()
	a.list.reset()
	a.ident.reset()
	a.froms.reset()
	a.items.reset()
}

// finding is a diagnostic whose line is not yet counted.
type finding struct {
	code       Code
	severity   Severity
	start, end int32
	words      string
}

var eof = token{kind: tEOF}

// tok is the token at the cursor.
func (p *parser) tok() token { return p.peek(0) }

// peek is the token n places on.
func (p *parser) peek(n int) token {
	if i := p.pos + n; i < p.end {
		return p.tokens[i]
	}
	return eof
}

// offset is where the token at the cursor begins, in the text.
func (p *parser) offset() int32 {
	if p.pos < p.end {
		return p.tokens[p.pos].start
	}
	return p.lastEnd()
}

// lastEnd is where the token before the cursor ends.
func (p *parser) lastEnd() int32 {
	if p.pos == 0 {
		return 0
	}
	return p.tokens[min(p.pos, p.end)-1].end
}

func (p *parser) done() bool { return p.pos >= p.end }

func (p *parser) at(k word) bool { return p.pos < p.end && p.tokens[p.pos].word == k && k != noWord }

func (p *parser) peekWord(n int) word { return p.peek(n).word }

// atAny reports whether the word at the cursor is one of ks.
func (p *parser) atAny(ks ...word) bool {
	w := p.peekWord(0)
	if w == noWord {
		return false
	}
	for _, k := range ks {
		if w == k {
			return true
		}
	}
	return false
}

// atSeq reports whether the next words are ks.
func (p *parser) atSeq(ks ...word) bool {
	for i, k := range ks {
		if p.peekWord(i) != k {
			return false
		}
	}
	return true
}

func (p *parser) accept(k word) bool {
	if p.at(k) {
		p.pos++
		return true
	}
	return false
}

// acceptAny takes one word out of ks.
func (p *parser) acceptAny(ks ...word) bool {
	if p.atAny(ks...) {
		p.pos++
		return true
	}
	return false
}

// acceptSeq takes all of ks or nothing.
func (p *parser) acceptSeq(ks ...word) bool {
	if p.atSeq(ks...) {
		p.pos += len(ks)
		return true
	}
	return false
}

func (p *parser) atOp(o op) bool { return p.pos < p.end && p.tokens[p.pos].is(o) }

func (p *parser) peekOp(n int, o op) bool { return p.peek(n).is(o) }

func (p *parser) acceptOp(o op) bool {
	if p.atOp(o) {
		p.pos++
		return true
	}
	return false
}

// atText reports whether the word at the cursor is s, for words that are no
// keywords.
func (p *parser) atText(s string) bool {
	t := p.tok()
	return t.kind == tWord && equalFold(s, p.sql[t.start:t.end])
}

func (p *parser) acceptText(s string) bool {
	if p.atText(s) {
		p.pos++
		return true
	}
	return false
}

// text is the source of a token.
func (p *parser) text(t token) string { return p.sql[t.start:t.end] }

// note adds a diagnostic about the tokens from one position up to another.
func (p *parser) note(code Code, severity Severity, from, to int) {
	if len(p.diags) >= maxDiagnostics || from >= len(p.tokens) {
		return
	}
	start := p.tokens[from].start
	end := start
	if to > from {
		end = p.tokens[min(to, len(p.tokens))-1].end
	}
	p.diags = append(p.diags, finding{code: code, severity: severity, start: start, end: end, words: p.words(from, to)})
}

const maxDiagnostics = 100

// words quotes the first few names and keywords of a token range; literals
// become ?.
func (p *parser) words(from, to int) string {
	const most = 6
	to = min(to, len(p.tokens))
	if to-from > most {
		to = from + most
	}
	s := ""
	for _, t := range p.tokens[from:max(from, to)] {
		if s != "" {
			s += " "
		}
		switch t.kind {
		case tString, tNumber, tParam:
			s += "?"
		case tTemplate:
			s += "{{…}}"
		default:
			s += cut(p.text(t), 64)
		}
	}
	return s
}

// cut shortens s to at most n bytes at a rune boundary.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n] + "…"
}

// skipParens moves from an opening parenthesis behind its closing one.
func (p *parser) skipParens() {
	depth := 0
	for ; !p.done(); p.pos++ {
		switch t := p.tok(); {
		case t.is('(') || t.is('[') || t.is('{'):
			depth++
		case t.is(')') || t.is(']') || t.is('}'):
			if depth--; depth <= 0 {
				p.pos++
				return
			}
		}
	}
}

// skipTo moves to the closing parenthesis of the group that the cursor is in.
func (p *parser) skipToClose() {
	for !p.done() && !p.atOp(')') {
		p.skipOne()
	}
}

// skipOne moves over one token, or a whole parenthesis.
func (p *parser) skipOne() {
	if p.atOp('(') || p.atOp('[') || p.atOp('{') {
		p.skipParens()
		return
	}
	p.pos++
}

// closeParen takes the closing parenthesis, skipping what stands before it.
func (p *parser) closeParen() {
	if p.acceptOp(')') {
		return
	}
	from := p.pos
	p.skipToClose()
	p.skipped(from, p.pos)
	if !p.acceptOp(')') {
		p.note(Unbalanced, Warning, from, p.pos)
	}
}

// skipped reports tokens that no rule took. It costs the statement its full
// mark only where data could flow through them.
func (p *parser) skipped(from, to int) {
	if from >= to {
		return
	}
	p.note(UnknownClause, Warning, from, to)
}

// enter counts nesting; when it goes too deep the group at the cursor is read
// token by token and false returned. Every enter is paired with a leave.
func (p *parser) enter() bool {
	p.depth++
	if p.depth < p.limits.Depth {
		return true
	}
	p.note(DepthLimit, Warning, p.pos, p.pos+1)
	p.readOpaque()
	return false
}

func (p *parser) leave() { p.depth-- }

// readOpaque takes the tables of the rest of the group at the cursor from
// its words FROM and JOIN, without recursion.
func (p *parser) readOpaque() {
	depth := 0
	for ; !p.done(); p.pos++ {
		t := p.tok()
		switch {
		case t.is('('):
			depth++
		case t.is(')'):
			if depth--; depth < 0 {
				return
			}
		case t.word == kFrom || t.word == kJoin:
			if !p.peek(1).name() || p.peek(1).word == kSelect {
				continue
			}
			p.pos++
			p.opaque = append(p.opaque, fromItem{kind: fromTable, name: p.name()})
			p.pos--
		}
	}
}

// ident reads the token as one part of a name.
func (p *parser) identOf(t token) ident {
	s := p.sql[t.start:t.end]
	if t.kind != tQuoted {
		return ident{text: s}
	}
	if len(s) < 2 {
		return ident{quoted: true}
	}
	closing := s[0]
	if closing == '[' {
		closing = ']'
	}
	body := s[1:]
	if t.flags&flagUnclosed == 0 {
		body = s[1 : len(s)-1]
	}
	if t.flags&flagEscaped != 0 {
		body = unescape(body, closing, t.flags&flagBackslash != 0)
	}
	return ident{text: body, quoted: true}
}

// unescape replaces doubled quotes, and backslash escapes where they count.
func unescape(s string, quote byte, backslash bool) string {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == quote && i+1 < len(s) && s[i+1] == quote || c == '\\' && backslash && i+1 < len(s) {
			i++
			if c = s[i]; c == 'n' && s[i-1] == '\\' {
				c = '\n'
			} else if c == 't' && s[i-1] == '\\' {
				c = '\t'
			}
		}
		out = append(out, c)
	}
	return string(out)
}

// stringText is the value of a string token.
func (p *parser) stringText(t token) string {
	s := p.sql[t.start:t.end]
	for i := range len(s) {
		switch c := s[i]; {
		case c == '$':
			return dollarBody(s[i:])
		case c == '\'' || c == '"':
			return quoteBody(s[i:], c, t)
		case (c == 'q' || c == 'Q') && p.qQuotes && len(s) >= i+5:
			return s[i+3 : len(s)-2]
		}
	}
	return s
}

func dollarBody(s string) string {
	tag := 1
	for tag < len(s) && s[tag] != '$' {
		tag++
	}
	if len(s) < 2*(tag+1) {
		return s[min(tag+1, len(s)):]
	}
	return s[tag+1 : len(s)-tag-1]
}

func quoteBody(s string, quote byte, t token) string {
	n := 1
	if len(s) >= 6 && s[1] == quote && s[2] == quote && t.flags&flagEscaped == 0 {
		n = 3
	}
	end := len(s)
	if t.flags&flagUnclosed == 0 {
		end -= n
	}
	body := s[min(n, len(s)):max(end, min(n, len(s)))]
	if t.flags&flagEscaped != 0 {
		body = unescape(body, quote, t.flags&flagBackslash != 0)
	}
	return body
}
