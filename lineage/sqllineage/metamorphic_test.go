package sqllineage

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// answers is what of an answer must not change when a text only looks
// different: tables, and for each output column its sources.
func answers(t *testing.T, d Dialect, sql string, o Options) []string {
	t.Helper()
	s, err := Parse(d, sql, o)
	if err != nil {
		t.Fatal(err)
	}
	list := []string{string(s.Outcome), "in " + strings.Join(s.Inputs, ","), "out " + strings.Join(s.Outputs, ",")}
	for _, c := range s.Columns {
		line := strings.ToLower(c.Output.Column)
		if strings.ContainsFunc(line, func(r rune) bool { return r < 0x80 && !isWordByte(byte(r)) }) {
			line = "(named by its text)" // which a spelling changes by right
		}
		if c.Output.Table != nil {
			line = *c.Output.Table + "." + line
		}
		for _, in := range c.Inputs {
			line += " " + printInput(in)
		}
		list = append(list, line)
	}
	return list
}

// respelled writes the tokens of sql anew with spelling applied to keywords
// and gap between tokens.
func respelled(d Dialect, sql string, spelling func(string) string, gap string) string {
	tokens, _ := lex(traitsOf(d), sql, nil, maxTokens)
	var b strings.Builder
	for _, tok := range tokens[:len(tokens)-1] {
		if tok.flags&flagSpace != 0 {
			b.WriteString(gap)
		}
		text := sql[tok.start:tok.end]
		if tok.kind == tWord && clauseWords.has(text) {
			text = spelling(text)
		}
		b.WriteString(text)
	}
	return b.String()
}

// clauseWords are keywords that are never names in the goldens.
var clauseWords = set("select", "from", "where", "join", "on", "group", "by", "order", "having", "union", "all", "insert", "into", "update", "set", "delete", "merge", "using",
	"when", "matched", "then", "case", "end", "and", "or", "not", "in", "exists", "create", "table", "view", "with", "recursive", "left", "right", "full", "inner", "cross", "values", "qualify", "limit", "distinct", "between", "like", "is")

// TestSpellingKeepsAnswers takes every golden of one line in other spellings.
func TestSpellingKeepsAnswers(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, file := range files {
		g := readGolden(t, file)
		if strings.Contains(strings.TrimSpace(g.sql), "\n") || strings.Contains(file, "dirty") || strings.Contains(g.want, "truncated") {
			continue
		}
		for _, d := range g.dialects {
			want := answers(t, d, g.sql, g.options)
			for name, sql := range map[string]string{
				"upper case": respelled(d, g.sql, strings.ToUpper, " "),
				"lower case": respelled(d, g.sql, strings.ToLower, " "),
				"comments":   respelled(d, g.sql, strings.ToLower, " /* it's; a -- \"comment */ "),
				"tabs":       respelled(d, g.sql, strings.ToUpper, "\t"),
				"semicolon":  strings.TrimSpace(g.sql) + " ;\n;",
			} {
				compared++
				if diff := cmp.Diff(want, answers(t, d, sql, g.options)); diff != "" {
					t.Errorf("%s, %s, %s:\n%s\n(-before +after):\n%s", file, d, name, sql, diff)
				}
			}
		}
	}
	if compared < 1_000 {
		t.Errorf("got %d comparisons; want at least 1000", compared)
	}
}

// TestRewritingKeepsAnswers rewrites star queries: other aliases, a common
// table around, a subquery around.
func TestRewritingKeepsAnswers(t *testing.T) {
	o := Options{Schemas: Static(starTables())}
	for _, q := range starQueries() {
		if !strings.HasPrefix(q, "select") {
			continue
		}
		for _, d := range []Dialect{Postgres, MySQL, Snowflake, BigQuery, DuckDB, Trino, Spark, TSQL, ClickHouse} {
			want := answers(t, d, q, o)
			for name, sql := range map[string]string{
				"common table": "with wrapped as (" + q + ") select * from wrapped",
				"subquery":     "select * from (" + q + ") wrapped",
				"alias":        renameAlias(q),
			} {
				if diff := cmp.Diff(want, answers(t, d, sql, o)); diff != "" {
					t.Errorf("%s, %s:\n%s\n(-before +after):\n%s", d, name, sql, diff)
				}
			}
		}
	}
}

// renameAlias calls the table aliases i, c and f something else.
func renameAlias(q string) string {
	return strings.NewReplacer(" item i", " item item_alias", "i.", "item_alias.", " calendar c", " calendar cal_alias", " c.", " cal_alias.", "(c.", "(cal_alias.", "=c.", "=cal_alias.").Replace(q)
}

// TestReorderingKeepsAnswers changes the order of statements that do not know
// each other.
func TestReorderingKeepsAnswers(t *testing.T) {
	one, two, three := "insert into a (x) select p from s", "create table b as select q, r from u", "delete from c where i in (select j from k)"
	collect := func(parts ...string) []string {
		list := answers(t, Postgres, strings.Join(parts, ";\n"), Options{})
		for i, s := range list {
			names := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
			slices.Sort(names)
			list[i] = strings.Join(names, " ")
		}
		slices.Sort(list)
		return list
	}
	want := collect(one, two, three)
	for _, got := range [][]string{collect(three, two, one), collect(two, one, three), collect(two, three, one)} {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-before +after):\n%s", diff)
		}
	}
}

// TestTranslationsAgree writes one query as each dialect does.
func TestTranslationsAgree(t *testing.T) {
	want := []string{"parsed", "in s.o,s.c", "out s.d", "s.d.k s.c.k IDENTITY", "s.d.total s.o.amt AGGREGATION", "s.d.at s.o.ts TRANSFORMATION"}
	const from = " FROM s.o o JOIN s.c c ON o.cid = c.id WHERE c.ok = 1 GROUP BY c.k"
	for d, sql := range map[Dialect]string{
		Postgres:   `INSERT INTO s.d (k, total, "at") SELECT c.k, sum(o.amt), o.ts::date` + from,
		MySQL:      "INSERT INTO s.d (`k`, total, at) SELECT c.k, sum(o.amt), date(o.ts)" + from,
		Snowflake:  "INSERT INTO s.d (k, total, at) SELECT c.k, sum(o.amt), to_date(o.ts)" + from,
		BigQuery:   "INSERT s.d (k, total, at) SELECT c.k, SUM(o.amt), DATE_TRUNC(o.ts, DAY)" + from,
		TSQL:       "INSERT s.d (k, total, [at]) SELECT c.k, SUM(o.amt), CONVERT(date, o.ts)" + from,
		Oracle:     "INSERT INTO s.d (k, total, at) SELECT c.k, SUM(o.amt), TRUNC(o.ts, 'DD')" + from,
		Hive:       "INSERT INTO TABLE s.d (k, total, at) SELECT c.k, sum(o.amt), to_date(o.ts)" + from,
		ClickHouse: "INSERT INTO s.d (k, total, at) SELECT c.k, sum(o.amt), toDate(o.ts)" + from,
		DuckDB:     "INSERT INTO s.d (k, total, at) SELECT c.k, sum(o.amt), o.ts::DATE" + from,
		Trino:      "INSERT INTO s.d (k, total, at) SELECT c.k, sum(o.amt), CAST(o.ts AS date)" + from,
	} {
		if diff := cmp.Diff(want, answers(t, d, sql, Options{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", d, diff)
		}
	}
}
