package sqllineage

import (
	"fmt"
	"strings"
	"testing"
)

// parseWhole parses and checks what holds of every answer.
func parseWhole(t *testing.T, d Dialect, sql string) Script {
	t.Helper()
	s, err := Parse(d, sql, Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkScript(t, d, sql, &s)
	return s
}

// lessUnderRace is a tenth of n under the race detector, which slows all down.
func lessUnderRace(n int) int {
	if raceEnabled {
		return n / 10
	}
	return n
}

// manyRows is an INSERT of n rows.
func manyRows(n int) string {
	var b strings.Builder
	b.WriteString("INSERT INTO t (a, b, c) VALUES ")
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "(%d, 'name %d', -1.5)", i, i)
	}
	return b.String()
}

func TestManyRows(t *testing.T) {
	text := manyRows(lessUnderRace(100_000))
	for _, d := range []Dialect{Postgres, MySQL, BigQuery, TSQL} {
		s := parseWhole(t, d, text)
		if s.Outcome != Parsed || len(s.Outputs) != 1 || len(s.Columns) != 3 || s.Statements[0].End != len(text) {
			t.Errorf("%s: got %s %q, outputs %v, %d columns; want parsed to its end, t, 3", d, s.Outcome, s.Reason, s.Outputs, len(s.Columns))
		}
	}
}

const scriptLine = "INSERT INTO dst (a, b) SELECT s.x, upper(s.y) FROM src AS s WHERE s.z = 'some literal'\n"

// longScript is a script of about so many bytes.
func longScript(bytes int) string { return strings.Repeat(scriptLine+";\n", bytes/(len(scriptLine)+2)) }

func TestLongScript(t *testing.T) {
	for _, d := range []Dialect{Postgres, TSQL} {
		text := longScript(lessUnderRace(5 << 20))
		n := strings.Count(text, ";")
		s := parseWhole(t, d, text)
		if len(s.Statements) != n || s.Outcome != Parsed || s.Statements[n-1].End < len(text)-4 {
			t.Errorf("%s: got %d statements, %s %q; want %d, parsed", d, len(s.Statements), s.Outcome, s.Reason, n)
		}
	}
	n := lessUnderRace(5<<20) / len(scriptLine)
	if s := parseWhole(t, TSQL, strings.Repeat(scriptLine, n)); len(s.Statements) != n {
		t.Errorf("without semicolons: got %d statements; want %d", len(s.Statements), n)
	}
}

func TestLongChains(t *testing.T) {
	n := lessUnderRace(50_000)
	repeat := func(s string) string { return strings.Repeat(s, n) }
	for name, sql := range map[string]string{
		"and":     "SELECT a FROM t WHERE b = 1" + repeat(" AND b = 1"),
		"concat":  "SELECT a" + repeat(" || a") + " FROM t",
		"equals":  "SELECT a" + repeat(" = a") + " FROM t",
		"union":   "SELECT a FROM t" + repeat(" UNION ALL SELECT a FROM t"),
		"in":      "SELECT a FROM t WHERE a IN (1" + repeat(", 1") + ")",
		"items":   "SELECT a" + repeat(", a") + " FROM t",
		"case":    "SELECT CASE" + repeat(" WHEN a = 1 THEN b") + " END FROM t",
		"cast":    "SELECT a" + repeat("::int") + " FROM t",
		"comment": "SELECT a FROM t " + repeat("/* x */ "),
	} {
		s := parseWhole(t, Postgres, sql)
		if len(s.Inputs) != 1 || s.Inputs[0] != "t" || s.Outcome == Failed {
			t.Errorf("%s: got inputs %v, %s %q; want t", name, s.Inputs, s.Outcome, s.Reason)
		}
	}
}

func TestDepth(t *testing.T) {
	for _, n := range []int{100, 1_000, lessUnderRace(100_000)} {
		for name, sql := range map[string]string{
			"parentheses": "SELECT " + strings.Repeat("(", n) + "a" + strings.Repeat(")", n) + " FROM t",
			"subqueries":  strings.Repeat("SELECT * FROM (", n) + "SELECT a FROM t" + strings.Repeat(") x", n),
			"unclosed":    "SELECT a FROM t WHERE " + strings.Repeat("(", n),
			"calls":       "SELECT " + strings.Repeat("f(", n) + "a" + strings.Repeat(")", n) + " FROM t",
			"cases":       "SELECT " + strings.Repeat("CASE WHEN a THEN ", n) + "a" + strings.Repeat(" END", n) + " FROM t",
			"not":         "SELECT a FROM t WHERE " + strings.Repeat("NOT ", n) + "b",
			"minus":       "SELECT a FROM t WHERE b = " + strings.Repeat("- ", n) + "b",
			"joins":       "SELECT 1 FROM " + strings.Repeat("(", n) + "t" + strings.Repeat(" JOIN t ON 1 = 1)", n),
			"with":        strings.Repeat("WITH a AS (", n) + "SELECT a FROM t" + strings.Repeat(") SELECT a FROM a", n),
		} {
			s := parseWhole(t, Postgres, sql)
			if len(s.Inputs) != 1 || s.Inputs[0] != "t" {
				t.Errorf("%s %d deep: got inputs %v, %s %q; want t", name, n, s.Inputs, s.Outcome, s.Reason)
			}
			if n < 1_000 && name != "unclosed" && s.Outcome != Parsed {
				t.Errorf("%s %d deep: got %s %q; want parsed", name, n, s.Outcome, s.Reason)
			}
		}
	}
}

func TestLimits(t *testing.T) {
	s, err := Parse(Postgres, "SELECT a FROM t", Options{Limits: Limits{Bytes: 4}})
	if err != nil || s.Outcome != Failed || len(s.Diagnostics) != 1 || s.Diagnostics[0].Code != SizeLimit {
		t.Errorf("got %+v, %v; want failed for its size", s, err)
	}
	wide := "WITH a AS (SELECT * FROM t)" // each level doubles what the next has to do
	for i := range 40 {
		wide += fmt.Sprintf(", a%d AS (SELECT x.c, y.c AS d FROM %s x JOIN %s y ON x.c = y.c)", i, prev(i), prev(i))
	}
	if s := parseWhole(t, Postgres, wide+" SELECT * FROM a39"); len(s.Inputs) != 1 {
		t.Errorf("got inputs %v; want t", s.Inputs)
	}
	if _, err := Parse("klingon", "SELECT 1", Options{}); err == nil {
		t.Error("got no error for an unknown dialect")
	}
}

func prev(i int) string {
	if i == 0 {
		return "a"
	}
	return fmt.Sprintf("a%d", i-1)
}
