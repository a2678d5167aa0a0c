package lineage

import (
	"strings"

	"waymark/catalog"
	"waymark/lineage/sqllineage"
)

// session is one connection to a database: statements that wait for its
// transaction to end, and its temporary tables.
type session struct {
	open  bool
	held  []held
	temps string   // the statements that made them, as one script
	names []string // lower-case names of the temporary tables
}

// held is a statement and its reading.
type held struct {
	stmt  catalog.Statement
	shape *shape
}

// session returns the session of s. Statements without one share nothing.
func (o *observer) session(s *catalog.Statement) *session {
	if s.Session == "" {
		return &session{}
	}
	ses, ok := o.sessions[s.Session]
	if !ok {
		ses = &session{}
		o.sessions[s.Session] = ses
	}
	if name, ok := tempTable(s.SQL); ok && s.Status != "failed" {
		defer ses.keep(name, s.SQL)
	}
	return ses
}

// maxTemps bounds the text that a session's temporary tables may add to a parse.
const maxTemps = 64 << 10

func (s *session) keep(name, sql string) {
	if len(s.temps)+len(sql) > maxTemps {
		return
	}
	if s.temps != "" {
		s.temps += ";\n"
	}
	s.temps += strings.TrimRight(strings.TrimSpace(sql), ";")
	s.names = append(s.names, name)
}

// uses reports whether sql names a temporary table that was made before it.
func (s *session) uses(sql string) bool {
	if len(s.names) == 0 || strings.Contains(s.temps, strings.TrimRight(strings.TrimSpace(sql), ";")) {
		return false
	}
	lower := strings.ToLower(sql)
	for _, n := range s.names {
		if strings.Contains(lower, n) {
			return true
		}
	}
	return false
}

// tempTable returns the name of the temporary table that a statement makes.
func tempTable(sql string) (string, bool) {
	words := strings.Fields(strings.ToLower(sql[:min(len(sql), 200)]))
	for i, w := range words {
		if i > 4 || i == 0 && w != "create" {
			return "", false
		}
		if w != "temp" && w != "temporary" {
			continue
		}
		rest := words[i+1:]
		for len(rest) > 0 && (rest[0] == "table" || rest[0] == "if" || rest[0] == "not" || rest[0] == "exists") {
			rest = rest[1:]
		}
		if len(rest) == 0 {
			return "", false
		}
		name, _, _ := strings.Cut(rest[0], "(")
		return strings.Trim(name[strings.LastIndexByte(name, '.')+1:], "\"`[]"), name != ""
	}
	return "", false
}

// release counts what a transaction held back.
func (o *observer) release(ses *session) {
	for _, h := range ses.held {
		o.count(h)
	}
	ses.open, ses.held = false, nil
}

// count adds one statement that happened to the counts and the outcome.
func (o *observer) count(h held) {
	n := max(h.stmt.Count, 1)
	h.shape.seen = true
	h.shape.ran = h.shape.ran || h.stmt.Status != "failed" && h.stmt.Status != "cancelled"
	switch sqllineage.Outcome(h.shape.facts.Outcome) {
	case sqllineage.Parsed:
		o.total.Parsed += n
	case sqllineage.Skipped:
		o.total.Skipped += n
		return
	case sqllineage.Partial:
		o.total.Partial += n
		o.reason(h.shape, n)
	default:
		o.total.Failed += n
		o.reason(h.shape, n)
	}
	o.counts.add(h, o.log)
}

func (o *observer) reason(s *shape, n int64) {
	key := s.facts.Outcome + "\x00" + s.facts.Reason
	r, ok := o.reasons[key]
	if !ok {
		r = &catalog.Reason{Outcome: s.facts.Outcome, Reason: s.facts.Reason, Sample: s.facts.Text, Query: s.urn}
		o.reasons[key] = r
	}
	r.Count += n
}
