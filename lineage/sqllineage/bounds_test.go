package sqllineage

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
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

// grown runs f and returns what it allocated in MB, which is at least what it held.
func grown(f func()) int {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return int((after.TotalAlloc - before.TotalAlloc) >> 20)
}

// levels chains n definitions, each made of the one before; the text of the first is given.
func levels(n int, first, form string) string {
	var b strings.Builder
	b.WriteString(first)
	for i := 1; i <= n; i++ {
		b.WriteString(strings.NewReplacer("NEW", fmt.Sprintf("c%d", i), "OLD", fmt.Sprintf("c%d", i-1)).Replace(form))
	}
	return b.String()
}

// names is n names, each after a prefix.
func names(n int, form, separator string) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf(form, i)
	}
	return strings.Join(list, separator)
}

// Texts of some KB that multiply columns, sets or names: none costs much, and what
// is cut says so.
func TestMultiplyingTextsAreBounded(t *testing.T) {
	wide := make([]string, 1000)
	for i := range wide {
		wide[i] = fmt.Sprintf("w%d", i)
	}
	tables := []Table{{Name: []string{"wide"}, Columns: wide}, {Name: []string{"t"}, Columns: []string{"a", "b"}}}
	for i := 1; i <= 30; i++ {
		from := fmt.Sprintf("v%d", i-1)
		if i == 1 {
			from = "t"
		}
		tables = append(tables, Table{Name: []string{fmt.Sprintf("v%d", i)}, SQL: fmt.Sprintf("select x.*, y.* from %s x, %s y", from, from)})
	}
	known := StaticTables(tables)
	for name, tt := range map[string]struct {
		d   Dialect
		sql string
		cut bool // the answer cannot be whole
	}{
		"stars of CTEs":        {Postgres, levels(24, "with c0 as (select a, b from t)", ", NEW as (select x.*, y.* from OLD x, OLD y)") + " select * from c24", true},
		"stars of unions":      {Postgres, levels(24, "with c0 as (select a, b from t)", ", NEW as (select x.*, y.* from OLD x, OLD y union all select x.*, y.* from OLD x, OLD y)") + " select * from c24", true},
		"stars of subqueries":  {Postgres, "select * from " + strings.Repeat("(select x.*, x.* from ", 40) + "t" + strings.Repeat(" x)", 40) + " x", true},
		"stars of tables":      {Postgres, levels(24, "create temp table c0 as select a, b from t;", "create temp table NEW as select x.*, y.* from OLD x, OLD y;") + "select * from c24", false},
		"nested views":         {Postgres, "select * from v30", true},
		"stars in one list":    {Postgres, "select " + strings.TrimSuffix(strings.Repeat("wide.*, ", 5000), ", ") + " from wide", true},
		"renamed":              {Postgres, levels(24, "with c0 as (select a, b from t)", ", NEW(p, q) as (select x.*, y.* from OLD x, OLD y)") + " select * from c24", true},
		"recursive":            {Postgres, levels(24, "with recursive c0 as (select a, b from t)", ", NEW as (select x.*, y.* from OLD x, OLD y union all select z.*, z.* from NEW z)") + " select * from c24", true},
		"union by name":        {DuckDB, levels(24, "with c0 as (select a, b from t)", ", NEW as (select x.*, y.* from OLD x, OLD y union by name select x.*, y.* from OLD x, OLD y)") + " select * from c24", true},
		"struct expansion":     {BigQuery, levels(24, "with c0 as (select array_agg(t) s from t)", ", NEW as (select (select as struct x.*, y.* from OLD x, OLD y) s)") + " select s.* from c24", false},
		"rows of aggregates":   {BigQuery, levels(24, "with c0 as (select a, b from t)", ", NEW as (select (any_value(x)).*, (any_value(y)).* from OLD x, OLD y)") + " select * from c24", true},
		"except":               {BigQuery, levels(40, "with c0 as (select * from u)", ", NEW as (select x.* except ("+names(50, "e%d", ",")+"), y.* from OLD x, OLD y)") + " select * from c40", true},
		"replace":              {BigQuery, levels(24, "with c0 as (select a, b from t)", ", NEW as (select x.* replace (a+b as a), y.* from OLD x, OLD y)") + " select * from c24", true},
		"unpivot":              {Snowflake, levels(24, "with c0 as (select a, b from t)", ", NEW as (select * from (select x.*, y.* from OLD x, OLD y) unpivot (v for k in (a, b)))") + " select * from c24", true},
		"pivot":                {Snowflake, "select * from wide pivot (" + names(200, "sum(w%d) s", ",") + " for w1 in (" + names(2000, "'v%d'", ",") + "))", true},
		"pivot of long values": {DuckDB, "pivot wide on w1 in ('" + strings.Repeat("v", 100_000) + "', 'b'), w2 in (" + names(100, "'v%d'", ",") + "), w3 in (" + names(100, "'v%d'", ",") + ") using sum(w4)", true},
		"grouping sets":        {Postgres, "select a from t group by grouping sets (" + names(5000, "(a, b, cube(a, b, a%d))", ",") + ")", false},
		"in list":              {Postgres, "select a from t where a in (" + names(100_000, "%d", ",") + ")", false},
		"whole rows":           {Postgres, "select " + names(3000, "wide as r%d", ",") + " from wide", false},
		"coalesce of rows":     {Postgres, levels(20, "with c0 as (select * from wide)", ", NEW as (select OLD as r, OLD.* from OLD)") + " select * from c20", false},
		"unknown tables":       {Postgres, "select " + names(3000, "k%d", ",") + " from " + names(1000, "u%d", ","), true},
		"union of unknown":     {Postgres, "with c as (" + names(2000, "select * from u%d", " union all ") + ") select " + strings.TrimSuffix(strings.Repeat("c.*, ", 500), ", ") + " from c", true},
		"using":                {Postgres, "select * from u join v using (" + names(3000, "k%d", ",") + ") join w using (" + names(3000, "k%d", ",") + ")", true},
		"natural":              {Postgres, "select * from wide x" + strings.Repeat(" natural join wide", 200), false},
		"lateral aliases":      {Snowflake, "select a as n0" + names(8000, ", n%[1]d + 1 as m%[1]d", "") + " from t", false},
		"paths":                {BigQuery, levels(200, "with c0 as (select a from u)", ", NEW as (select a.b.c.d.e.f.g.h as a from OLD)") + " select a from c200", false},
		"functions":            {Postgres, "create function f0(x int) returns int language sql as 'select x';" + levels(24, "", "create function NEW(x int) returns int language sql as 'select OLD($1) + OLD($1)';") + "select c24(a) from t", false},
		"columns of duckdb":    {DuckDB, "select " + strings.TrimSuffix(strings.Repeat("min(columns(*)), ", 300), ", ") + " from wide", true},
		"temporary tables":     {Postgres, "create temp table c0 as select " + names(100, names(1000, "w%d", "+")+" as k%d", ", ") + " from wide;" + levels(20, "", "create temp table NEW as select "+names(100, names(100, "k%d", "+")+" as k%d", ", ")+" from OLD;") + "insert into t select k1, k2 from c20", true},
		"values":               {Postgres, "insert into t select * from (values " + names(20_000, "(%d, 'b')", ",") + ") x", false},
	} {
		t.Run(name, func(t *testing.T) {
			var s Script
			start := time.Now()
			memory := grown(func() {
				var err error
				if s, err = Parse(tt.d, tt.sql, Options{Schemas: known}); err != nil {
					t.Fatal(err)
				}
			})
			took := time.Since(start)
			t.Logf("%d bytes: %v, %d MB, %d columns, %s %s", len(tt.sql), took, memory, len(s.Columns), s.Outcome, s.Reason)
			if memory > 600 || took > 20*time.Second {
				t.Errorf("%d bytes took %v and %d MB", len(tt.sql), took, memory)
			}
			if tt.cut && (s.Outcome != Partial || s.Reason == "") {
				t.Errorf("got %s %q want partial with a reason", s.Outcome, s.Reason)
			}
			if n := len(s.Columns); n > 400_000 {
				t.Errorf("got %d columns", n)
			}
		})
	}
}

func prev(i int) string {
	if i == 0 {
		return "a"
	}
	return fmt.Sprintf("a%d", i-1)
}
