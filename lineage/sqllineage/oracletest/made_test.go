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
// what their grammar knows.
func TestKnownAnswers(t *testing.T) {
	for _, g := range grammars() {
		t.Run(string(g.dialect), func(t *testing.T) {
			t.Parallel()
			wrong := 0
			for seed := range statements(t) {
				m := statement(g, uint64(seed))
				if diff := cmp.Diff(m.known(), understood(t, g.dialect, m.sql)); diff != "" {
					t.Errorf("seed %d:\n%s\n(-known +got):\n%s", seed, m.sql, diff)
					if wrong++; wrong == 5 {
						t.Fatal("and so on")
					}
				}
			}
		})
	}
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
func understood(t *testing.T, d sql.Dialect, text string) []string {
	t.Helper()
	s, err := sql.Parse(d, text, sql.Options{Schemas: sql.Static(schema())})
	if err != nil || len(s.Statements) != 1 {
		t.Fatalf("got %d statements, %v; want one: %s", len(s.Statements), err, text)
	}
	st := s.Statements[0]
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
