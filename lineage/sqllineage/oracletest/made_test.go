package oracletest

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	sql "waymark/lineage/sqllineage"
)

// statements is how many are made for each dialect.
func statements(t *testing.T) int {
	t.Helper()
	text := os.Getenv("WAYMARK_ORACLE_STATEMENTS")
	if text == "" {
		return 600
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("WAYMARK_ORACLE_STATEMENTS: %v", err)
	}
	return n
}

// TestKnownAnswers compares tables and column sources of made statements with
// what their grammar knows, and the tables also where no schema is known.
func TestKnownAnswers(t *testing.T) {
	for _, g := range grammars() {
		t.Run(string(g.dialect), func(t *testing.T) {
			t.Parallel()
			for seed := range statements(t) {
				m := statement(g, uint64(seed))
				got := parse(t, g.dialect, m.sql, sql.Static(schema()))
				blind := parse(t, g.dialect, m.sql, nil)
				if len(got) != 1 || len(blind) != 1 {
					t.Fatalf("seed %d: got %d statements, %d without schemas; want one: %s", seed, len(got), len(blind), m.sql)
				}
				if diff := cmp.Diff(m.known(), understood(got[0])); diff != "" {
					t.Errorf("seed %d:\n%s\n(-known +got):\n%s", seed, m.sql, diff)
				}
				// Without a schema a bare name may be one of the target's columns, too.
				blind[0].Inputs = slices.DeleteFunc(blind[0].Inputs, func(name string) bool { return slices.Contains(m.outputs, name) })
				if diff := cmp.Diff(m.known()[1:3], understood(blind[0])[1:3]); diff != "" {
					t.Errorf("seed %d, without schemas:\n%s\n(-known +got):\n%s", seed, m.sql, diff)
				}
			}
		})
	}
}

// TestScripts puts made statements behind each other, where T-SQL needs nothing
// between them, and wants of each what it says alone.
func TestScripts(t *testing.T) {
	const each = 6
	for _, g := range grammars() {
		t.Run(string(g.dialect), func(t *testing.T) {
			t.Parallel()
			for script := range statements(t) / each {
				var text string
				var want, got [][]string
				for seed := range each {
					m := statement(g, uint64(each*script+seed))
					text, want = text+followed(g, m.sql), append(want, m.known())
				}
				for _, st := range parse(t, g.dialect, text, sql.Static(schema())) {
					got = append(got, understood(st))
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("script %d:\n%s\n(-known +got):\n%s", script, text, diff)
				}
			}
		})
	}
}

// followed is a statement with what must stand between it and others: in T-SQL
// a semicolon behind MERGE and before WITH, else nothing.
func followed(g grammar, text string) string {
	switch {
	case g.dialect != sql.TSQL:
		return text + ";\n"
	case strings.HasPrefix(text, "WITH"):
		return ";" + text + "\n"
	case strings.HasPrefix(text, "MERGE"):
		return text + "\n"
	}
	return strings.TrimSuffix(text, ";") + "\n"
}

func parse(t *testing.T, d sql.Dialect, text string, s sql.Schemas) []sql.Statement {
	t.Helper()
	script, err := sql.Parse(d, text, sql.Options{Schemas: s})
	if err != nil {
		t.Fatal(err)
	}
	return script.Statements
}

// known is what the grammar knows of a statement, printed.
func (m made) known() []string {
	list := []string{"parsed", "reads " + strings.Join(m.inputs, " "), "writes " + strings.Join(m.outputs, " ")}
	for _, c := range m.columns {
		list = append(list, c.name+" <- "+strings.Join(union(c.from), " "))
	}
	return list
}

// understood is the same as sqllineage tells it: of the sources of a column
// those whose values flow.
func understood(st sql.Statement) []string {
	slices.Sort(st.Inputs)
	list := []string{strings.TrimSpace(string(st.Outcome) + " " + st.Reason), "reads " + strings.Join(st.Inputs, " "), "writes " + strings.Join(st.Outputs, " ")}
	for _, c := range st.Columns {
		var from []string
		for _, in := range c.Inputs {
			if in.Type == sql.Direct {
				from = append(from, in.Table+"."+in.Column)
			}
		}
		list = append(list, c.Output.Column+" <- "+strings.Join(union(from), " "))
	}
	return list
}
