package sqllineage

import "fmt"

// Parse reads every statement of sql. An empty dialect is detected. The error
// is for wrong options only, never for SQL: a text that is not understood is
// a Script whose outcome says so.
func Parse(d Dialect, sql string, o Options) (Script, error) {
	known, ok := ParseDialect(string(d))
	if d != "" && !ok {
		return Script{}, fmt.Errorf("unknown dialect %q", d)
	}
	o.Limits = o.Limits.withDefaults()
	if len(sql) > o.Limits.Bytes {
		return tooLarge(len(sql)), nil
	}
	if d == "" {
		return parseDetected(sql, o), nil
	}
	return parseAs(known, sql, o), nil
}

// parseAs reads sql in one dialect, with every alternative of a template.
func parseAs(d Dialect, sql string, o Options) Script {
	if isTemplate(sql) {
		return parseTemplate(d, sql, o)
	}
	return parseText(d, sql, o)
}

// parseText reads plain SQL in one dialect.
func parseText(d Dialect, sql string, o Options) Script {
	e := engines.Get().(*engine)
	e.start(traitsOf(d), sql, o)
	e.run()
	answer := e.answer
	e.release()
	return answer
}

// broken answers for a text on which this package itself failed outside of any
// one statement.
func broken() Script {
	return Script{Statements: []Statement{}, Inputs: []string{}, Outputs: []string{}, Columns: []OutputColumn{}, Outcome: Failed, Reason: string(InternalError),
		Diagnostics: []Diagnostic{{Code: InternalError, Severity: Error, Line: 1, Column: 1}}}
}

// tooLarge answers for a text beyond the limit.
func tooLarge(size int) Script {
	return Script{Statements: []Statement{}, Inputs: []string{}, Outputs: []string{}, Columns: []OutputColumn{}, Outcome: Failed,
		Reason: fmt.Sprintf("%s: %d bytes", SizeLimit, size), Diagnostics: []Diagnostic{{Code: SizeLimit, Severity: Error, Line: 1, Column: 1}}}
}
