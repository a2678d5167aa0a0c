package lineage

import (
	"slices"
	"strings"
	"time"

	"waymark/catalog"
)

// session is one connection to a database: statements that wait for its
// transaction to end, and its temporary tables.
type session struct {
	open  bool
	held  []held
	marks []mark // savepoints of the open transaction, oldest first
	temps []temp
	last  time.Time
}

// held is a statement and its reading.
type held struct {
	stmt   catalog.Statement
	shape  *shape
	unsure bool // the log ended before its transaction did
}

// mark is a savepoint: how many statements stood before it.
type mark struct {
	name string
	held int
}

// temp is a statement that made or filled temporary tables.
type temp struct {
	names []string // lower case, as last parts
	sql   string
	open  bool // inside of the open transaction, with which it vanishes
}

// idleSession is how long statements of one account and tool count as one session
// where the log has no sessions: lineage.md section 9.
const idleSession = 30 * time.Minute

// session returns the session of s. Without an id, what one account does with one
// tool shares temporary tables for half an hour; transactions need an id.
func (o *observer) session(s *catalog.Statement) *session {
	key := "id\x00" + s.Session
	if s.Session == "" {
		if s.User == "" {
			return &session{}
		}
		key = "who\x00" + s.User + "\x00" + s.Tool
	}
	ses, ok := o.sessions[key]
	if !ok || s.Session == "" && s.Time.Sub(ses.last) > idleSession {
		ses = &session{}
		o.sessions[key] = ses
	}
	ses.last = s.Time
	return ses
}

// maxTemps bounds the text that a session's temporary tables may add to a parse.
const maxTemps = 64 << 10

// keep remembers a statement that made or filled temporary tables.
func (s *session) keep(names []string, sql string) {
	if len(names) == 0 || len(s.before())+len(sql) > maxTemps {
		return
	}
	s.temps = append(s.temps, temp{names: names, sql: bare(sql), open: s.open})
}

// before is the text of the statements that made the temporary tables, as one script.
func (s *session) before() string {
	parts := make([]string, len(s.temps))
	for i, t := range s.temps {
		parts[i] = t.sql
	}
	return strings.Join(parts, ";\n")
}

// uses reports whether sql names a temporary table that was made before it.
func (s *session) uses(sql string) bool {
	if len(s.temps) == 0 {
		return false
	}
	lower, text := strings.ToLower(sql), bare(sql)
	named := false
	for _, t := range s.temps {
		if t.sql == text {
			return false // the same statement again, which makes the table anew
		}
		for _, n := range t.names {
			named = named || strings.Contains(lower, n)
		}
	}
	return named
}

func bare(sql string) string { return strings.TrimRight(strings.TrimSpace(sql), "; \n") }

// turn is a statement that moves a transaction instead of data.
type turn int

// The turns.
const (
	noTurn turn = iota
	begins
	commits
	rollsBack
	saves
	rollsBackTo
)

// turnOf says how a statement moves the transaction of its session, and the name of
// the savepoint that it makes or returns to. A block of code that begins with BEGIN
// is no transaction.
func turnOf(sql string) (turn, string) {
	if len(sql) > 4<<10 {
		return noTurn, ""
	}
	words := strings.FieldsFunc(strings.ToUpper(uncommented(sql)), func(r rune) bool { return r <= ' ' || r == ';' || r == ',' })
	if len(words) == 0 {
		return noTurn, ""
	}
	last := strings.ToLower(words[len(words)-1])
	switch words[0] {
	case "BEGIN", "START":
		if words[0] == "START" && (len(words) < 2 || words[1] != "TRANSACTION") || !allModes(words[1:]) {
			return noTurn, ""
		}
		return begins, ""
	case "COMMIT":
		return commits, ""
	case "END":
		if allModes(words[1:]) {
			return commits, ""
		}
	case "ABORT":
		return rollsBack, ""
	case "SAVEPOINT":
		return saves, last
	case "SAVE":
		if len(words) > 2 {
			return saves, last
		}
	case "ROLLBACK":
		if slices.Contains(words, "TO") {
			return rollsBackTo, last
		}
		return rollsBack, ""
	}
	return noTurn, ""
}

// modes are the words that may follow BEGIN where it opens a transaction.
var modes = []string{"TRANSACTION", "TRAN", "WORK", "DEFERRED", "IMMEDIATE", "EXCLUSIVE", "CONCURRENT", "ISOLATION", "LEVEL", "READ", "ONLY", "WRITE",
	"COMMITTED", "UNCOMMITTED", "REPEATABLE", "SERIALIZABLE", "SNAPSHOT", "CONSISTENT", "WITH", "NOT", "DEFERRABLE"}

func allModes(words []string) bool {
	named := 0
	for i, w := range words {
		if slices.Contains(modes, w) {
			continue
		}
		if named++; named > 1 || i == 0 || words[i-1] != "TRAN" && words[i-1] != "TRANSACTION" { // T-SQL names transactions
			return false
		}
	}
	return true
}

// uncommented drops comments from a short statement.
func uncommented(sql string) string {
	var b strings.Builder
	for sql != "" {
		i := strings.IndexAny(sql, "/-")
		if i < 0 {
			break
		}
		end := ""
		switch {
		case strings.HasPrefix(sql[i:], "/*"):
			end = "*/"
		case strings.HasPrefix(sql[i:], "--"):
			end = "\n"
		}
		if end == "" {
			b.WriteString(sql[:i+1])
			sql = sql[i+1:]
			continue
		}
		b.WriteString(sql[:i] + " ")
		_, sql, _ = strings.Cut(sql[i:], end)
	}
	return b.String() + sql
}

// move takes a turn of the session's transaction.
func (o *observer) move(ses *session, t turn, name string) {
	switch t {
	case begins:
		ses.open = true
	case commits:
		o.release(ses)
	case rollsBack:
		o.undo(ses, 0)
		ses.open, ses.marks = false, nil
	case saves:
		ses.marks = append(ses.marks, mark{name, len(ses.held)})
	case rollsBackTo:
		for i := len(ses.marks) - 1; i >= 0; i-- {
			if ses.marks[i].name == name {
				o.undo(ses, ses.marks[i].held)
				ses.marks = ses.marks[:i+1]
				return
			}
		}
	}
}

// release counts what a transaction held back: it happened.
func (o *observer) release(ses *session) {
	for _, h := range ses.held {
		o.count(h)
	}
	for i := range ses.temps {
		ses.temps[i].open = false
	}
	ses.open, ses.held, ses.marks = false, nil, nil
}

// undo counts what a transaction held back, from one place on, as failed, and
// forgets the temporary tables that it made.
func (o *observer) undo(ses *session, from int) {
	for _, h := range ses.held[from:] {
		h.stmt.Status = statusUndone
		o.count(h)
	}
	ses.held = ses.held[:from]
	if from > 0 {
		return
	}
	kept := ses.temps[:0]
	for _, t := range ses.temps {
		if !t.open {
			kept = append(kept, t)
		}
	}
	ses.temps = kept
}

// statusUndone is the status of a statement whose transaction was rolled back.
const statusUndone = "cancelled"

// happened reports whether the statement ran to its end and stood.
func (h held) happened() bool { return h.stmt.Status != "failed" && h.stmt.Status != "cancelled" }

// sure reports whether the log says that it did.
func (h held) sure() bool {
	switch h.stmt.Status {
	case "", "unknown", "running":
		return false
	}
	return !h.unsure
}

// count adds one statement to the use of what it names.
func (o *observer) count(h held) {
	if h.happened() {
		h.shape.ran = true
		h.shape.sure = h.shape.sure || h.sure()
	}
	if h.shape.facts.Outcome != outcomeSkipped {
		o.counts.add(h, o.log)
	}
}
