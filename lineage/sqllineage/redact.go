package sqllineage

import "strings"

// Redact returns sql with every literal replaced by ? and comments dropped.
// It keeps keywords, operators and names and replaces the rest; where it is
// unsure what a piece of text is, it drops everything from there on. Without a
// dialect "x" counts as a literal.
func Redact(d Dialect, sql string) string {
	t := traitsOf(d)
	if d == "" {
		unsure := *t
		unsure.doubleIsString, unsure.backslash = true, false
		t = &unsure
	}
	tokens, full := lex(t, sql, nil, maxTokens)
	rd := redactor{traits: t, sql: sql, tokens: tokens[:len(tokens)-1]}
	var b strings.Builder
	b.Grow(len(sql))
	var last piece
	for i, p := range rd.pieces() {
		if i > 0 && !rd.glued(last, p) {
			b.WriteByte(' ')
		}
		switch p.kind {
		case pieceLiteral:
			b.WriteByte('?')
		case pieceTemplate:
			b.WriteString("{{ ? }}")
		default:
			b.WriteString(sql[p.start:p.end])
		}
		last = p
	}
	if full {
		b.WriteString(" ?")
	}
	return b.String()
}

// glued reports whether no space is printed between two pieces. Two pieces are
// only put together where they cannot be read as one or as something else.
func (rd *redactor) glued(a, b piece) bool {
	last, next := rd.sql[a.end-1], rd.sql[b.start]
	switch {
	case a.kind == pieceQuoted && last == next:
		return false
	case a.kind == pieceOpen, b.kind == pieceClose, b.kind == pieceComma, b.kind == pieceOther && next == ';':
		return true
	case a.kind == pieceOther && last == '.' && a.end-a.start == 1:
		return b.named() || b.kind == pieceOther && next == '*' && b.end-b.start == 1
	case b.kind == pieceOther && next == '.' && b.end-b.start == 1:
		return a.named() || a.kind == pieceClose
	case b.space:
		return false
	case b.kind == pieceOpen && next == '(':
		return a.named()
	case b.kind == pieceOther && next == '<' && b.end-b.start == 1:
		return a.kind == pieceWord
	case rd.dashNames && (a.named() && (b.kind == pieceSign || next == '*' && b.kind == pieceOther) || a.kind == pieceSign && b.kind == pieceWord):
		return last != '-' || next != '-'
	case !rd.atVariables && !rd.stages && b.kind == pieceOther && next == '@':
		return a.named()
	case !rd.atVariables && !rd.stages && a.kind == pieceOther && last == '@' && a.end-a.start == 1:
		return b.kind == pieceWord
	}
	return false
}

// named reports whether a piece is a name or keyword.
func (p piece) named() bool { return p.kind == pieceWord || p.kind == pieceQuoted }

// piece is a token after redaction.
type piece struct {
	kind       pieceKind
	space      bool
	keyword    bool
	start, end int32
}

type pieceKind uint8

const (
	pieceOther pieceKind = iota
	pieceWord
	pieceQuoted
	pieceLiteral
	pieceTemplate
	pieceComma
	pieceOpen
	pieceClose
	pieceSign
)

// redactor turns tokens into pieces.
type redactor struct {
	*traits
	sql      string
	tokens   []token
	out      []piece
	collapse bool // lists of literals become one
	inserts  bool // the statement is an INSERT
}

// pieces redacts all tokens.
func (rd *redactor) pieces() []piece {
	for i := 0; i < len(rd.tokens); {
		if n := rd.clientLine(i); n > i {
			i = n
			continue
		}
		if rd.startsStatement(i) {
			rd.inserts = rd.tokens[i].word == kInsert
			if n := rd.secretive(i); n > i {
				i = n
				continue
			}
		}
		if rd.rowsFollow(i) {
			rd.token(i)
			rd.token(i + 1)
			rd.secret(i+2, len(rd.tokens))
			break
		}
		if !rd.token(i) {
			break
		}
		i++
	}
	return rd.out
}

// clientLine is the token behind a line for psql, which is dropped, or i.
func (rd *redactor) clientLine(i int) int {
	if !rd.tokens[i].is('\\') || rd.tokens[i].flags&flagNewline == 0 {
		return i
	}
	for i++; i < len(rd.tokens) && rd.tokens[i].flags&flagNewline == 0; i++ {
	}
	return i
}

// rowsFollow reports whether token i is the FORMAT of ClickHouse's INSERT …
// FORMAT x, behind which rows stand.
func (rd *redactor) rowsFollow(i int) bool {
	return rd.inserts && rd.braceParams && rd.tokens[i].word == kFormat && i+2 < len(rd.tokens) && rd.tokens[i+1].kind == tWord && !rd.tokens[i+2].is(';')
}

// startsStatement reports whether token i is the first of a statement.
func (rd *redactor) startsStatement(i int) bool {
	return i == 0 || rd.tokens[i-1].is(';') || rd.tokens[i-1].word == kGo || rd.tokens[i-1].word == kBegin || rd.tokens[i-1].word == kThen || rd.tokens[i].flags&flagNewline != 0
}

// secretive redacts a statement that sets or keeps secrets: of SET only the
// name stays, of users, roles, secrets and connections the kind and the name.
// It returns the first token behind what it took.
func (rd *redactor) secretive(i int) int {
	switch rd.tokens[i].word {
	case kSet:
		return rd.setStatement(i)
	case kCreate, kAlter, kDrop:
		return rd.account(i)
	}
	return i
}

// end is the index of the semicolon behind token i, or of the end.
func (rd *redactor) end(i int) int {
	for i < len(rd.tokens) && !rd.tokens[i].is(';') {
		i++
	}
	return i
}

// setStatement keeps SET name =, and drops a value that is no query.
func (rd *redactor) setStatement(i int) int {
	end := rd.end(i)
	value := -1
	for j := i + 1; j < end; j++ {
		t := rd.tokens[j]
		switch {
		case t.word == kSelect || t.word == kWhere || t.word == kFrom:
			return i
		case value < 0 && (t.is('=') || t.is(opAssign) || t.word == kTo):
			value = j + 1
		}
	}
	if value < 0 {
		value = min(i+3, end)
	}
	for ; i < value; i++ {
		if !rd.token(i) {
			return len(rd.tokens)
		}
	}
	rd.secret(value, end)
	return end
}

// accounts are the kinds of objects whose options hold secrets.
var accounts = set("user", "role", "login", "secret", "stage", "connection", "credential", "integration", "server", "subscription", "group", "link", "endpoint", "wrapper",
	"account", "key", "certificate", "profile", "provider")

// account keeps CREATE USER name and drops the rest.
func (rd *redactor) account(i int) int {
	end := rd.end(i)
	for j := i + 1; j < min(i+9, end); j++ {
		t := rd.tokens[j]
		if t.kind != tWord || t.word == kTable || t.word == kView || t.word == kFunction || t.word == kProcedure || t.word == kIndex {
			return i
		}
		if !accounts.has(rd.sql[t.start:t.end]) {
			continue
		}
		for j++; j < end && (rd.tokens[j].word == kIf || rd.tokens[j].word == kNot || rd.tokens[j].word == kExists || rd.tokens[j].word == kFor); j++ {
		}
		if j < end && rd.tokens[j].name() {
			for j++; j+1 < end && rd.tokens[j].is('.') && rd.tokens[j+1].name(); j += 2 {
			}
		}
		for ; i < j; i++ {
			if !rd.token(i) {
				return len(rd.tokens)
			}
		}
		rd.secret(j, end)
		return end
	}
	return i
}

// secret puts one ? for the tokens from i up to end.
func (rd *redactor) secret(i, end int) {
	if i < end {
		rd.push(piece{kind: pieceLiteral, space: true, start: rd.tokens[i].start, end: rd.tokens[end-1].end})
	}
}

// token redacts one token. It is false where the text cannot be trusted from
// there on.
func (rd *redactor) token(i int) bool {
	t := rd.tokens[i]
	p := piece{kind: pieceOther, space: t.flags&flagSpace != 0, start: t.start, end: t.end}
	if t.flags&flagUnclosed != 0 {
		p.kind = pieceLiteral
		rd.push(p)
		return false
	}
	switch t.kind {
	case tString, tNumber:
		p.kind = pieceLiteral
	case tParam:
		if rd.anonymous(t) {
			p.kind = pieceLiteral
		}
	case tTemplate:
		p.kind = pieceTemplate
	case tQuoted:
		p.kind = pieceQuoted
		if rd.doubleMayBeText && rd.sql[t.start] == '"' && rd.compared(i) {
			p.kind = pieceLiteral
		}
	case tWord:
		if classOf[rd.sql[t.start]] == classDigit && !rd.numberName(i) {
			p.kind = pieceLiteral
			break
		}
		p.kind, p.keyword = pieceWord, t.word != noWord
		if i > 0 && rd.tokens[i-1].word == kIdentified || i > 1 && rd.tokens[i-2].word == kIdentified && rd.tokens[i-1].word == kBy {
			if t.word != kBy && t.word != kWith {
				p.kind = pieceLiteral
			}
		}
	case tOp:
		switch t.op {
		case '#', '$': // may begin a comment or a string when printed
			p.kind = pieceLiteral
		case ',':
			p.kind = pieceComma
		case '(', '[':
			p.kind = pieceOpen
		case ')', ']':
			p.kind = pieceClose
		case '-', '+':
			p.kind = pieceSign
		}
	}
	rd.push(p)
	return true
}

// compared reports whether token i, "x" of SQLite, stands where a value is more
// likely than a column: behind a comparison, or in the list of IN or VALUES.
func (rd *redactor) compared(i int) bool {
	if i == 0 || i+1 < len(rd.tokens) && rd.tokens[i+1].is('.') {
		return false
	}
	switch t := rd.tokens[i-1]; {
	case t.is('='), t.is('<'), t.is('>'), t.is(opCompare), t.word == kLike, t.word == kGlob, t.word == kMatch, t.word == kRegexp, t.word == kBetween:
		return true
	case !t.is('(') && !t.is(','):
		return false
	}
	const far = 500
	depth := 0
	for j := i - 1; j > 0 && j > i-far; j-- {
		switch t := rd.tokens[j]; {
		case t.is(')'):
			depth++
		case t.is('(') && depth > 0:
			depth--
		case t.is('('):
			before := rd.tokens[j-1]
			return before.word == kIn || before.word == kValues || before.is(',') && rd.inserts
		}
	}
	return false
}

// numberName reports whether a word that begins with a digit is a name for
// sure, and stays one when it is read again.
func (rd *redactor) numberName(i int) bool {
	if !rd.digitNames {
		return false
	}
	return i == 0 || !rd.tokens[i-1].is('.') || i > 1 && rd.tokens[i-2].name() && classOf[rd.sql[rd.tokens[i-2].start]] != classDigit
}

// anonymous reports whether a parameter stands for a literal: ? $1 %s.
func (rd *redactor) anonymous(t token) bool {
	switch rd.sql[t.start] {
	case '?', '%':
		return true
	case '$':
		return !rd.stages && classOf[rd.sql[min(int(t.start)+1, len(rd.sql)-1)]] == classDigit
	}
	return false
}

// push adds a piece. For the fingerprint a literal takes the sign before it, a
// literal behind a literal and a comma is dropped, and so is a row of one.
func (rd *redactor) push(p piece) {
	n := len(rd.out)
	if !rd.collapse {
		rd.out = append(rd.out, p)
		return
	}
	switch p.kind {
	case pieceLiteral:
		if n > 0 && rd.out[n-1].kind == pieceSign && (n == 1 || rd.out[n-2].prefixes()) {
			n--
			rd.out = rd.out[:n]
		}
		if rd.ends(pieceLiteral, pieceComma) {
			rd.out = rd.out[:n-1]
			return
		}
	case pieceClose:
		if rd.ends(pieceOpen, pieceLiteral, pieceClose, pieceComma, pieceOpen, pieceLiteral) {
			rd.out = rd.out[:n-3]
			return
		}
	}
	rd.out = append(rd.out, p)
}

// prefixes reports whether a sign behind the piece belongs to the number
// behind the sign, not between two operands.
func (p piece) prefixes() bool {
	switch p.kind {
	case pieceOpen, pieceComma, pieceOther:
		return true
	case pieceWord:
		return p.keyword
	}
	return false
}

// ends reports whether the newest pieces are of the given kinds.
func (rd *redactor) ends(kinds ...pieceKind) bool {
	if len(rd.out) < len(kinds) {
		return false
	}
	for i, k := range kinds {
		if rd.out[len(rd.out)-len(kinds)+i].kind != k {
			return false
		}
	}
	return true
}
