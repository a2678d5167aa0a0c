package sqllineage

import "fmt"

// Parse reads every statement of sql. An empty dialect is detected. The error
// is for wrong options only, never for SQL: a text that is not understood is
// a Script whose outcome says so.
func Parse(d Dialect, sql string, o Options) (Script, error) {
	if _, ok := ParseDialect(string(d)); d != "" && !ok {
		return Script{}, fmt.Errorf("unknown dialect %q", d)
	}
	return Script{Statements: []Statement{}, Inputs: []string{}, Outputs: []string{}, Columns: []OutputColumn{}, Outcome: Skipped}, nil
}

// Split finds the statements of sql. Spans leave out the separators, and
// comments and space around a statement.
func Split(d Dialect, sql string) []Span { return nil }

// Redact returns sql with every literal replaced by ? and comments dropped.
// Where it is unsure what a piece of text is, it drops the rest.
func Redact(d Dialect, sql string) string { return "" }

// Hash identifies a statement up to literals, white space, the length of
// lists of literals and the letter case of keywords.
type Hash [16]byte

// String is the hash in hexadecimal.
func (h Hash) String() string { return fmt.Sprintf("%x", h[:]) }

// Fingerprint is the stable hash of the redacted statement.
func Fingerprint(d Dialect, sql string) Hash { return Hash{} }

// Detect guesses the dialect of sql, likeliest first.
func Detect(sql string) []Guess { return nil }
