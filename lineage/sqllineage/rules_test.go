package sqllineage

import (
	"fmt"
	"testing"
)

// Statements with every kind of expression and of FROM item.
var everyKind = []struct {
	dialect Dialect
	sql     string
}{
	{Spark, "select 1, hash(t.*), a, t.*, a + b, f(a), case when a > 1 then b else c end, (select max(x) from u), j -> 'k' -> 'l', (a, b) from t"},
	{Spark, "select transform(list, x -> x + n), :bind from t, (select y from v) q, unnest(t.items) as i, generate_series(1, 2) g, (w join z on w.id = z.id)"},
	{ClickHouse, "select a, item from t array join items as item"},
	{TSQL, "select * from (merge into t using s on t.id = s.id when matched then update set a = s.a output s.a, s.b) as changes"},
}

// TestEveryKindOfNodeHasARule takes the rule of each kind of expression and of
// FROM item away: a statement with such a node must then end as partial. It also
// sees that every kind has a rule at all.
func TestEveryKindOfNodeHasARule(t *testing.T) {
	for k := exprKind(0); k < exprKinds; k++ {
		if exprRules()[k] == nil {
			t.Errorf("expressions of kind %d have no rule", k)
		}
		if k == xConst || k == xOpaque { // without flow by nature; the parser answers for what is opaque
			continue
		}
		expectPartial(t, fmt.Sprintf("expression kind %d", k), func(r *resolver) { r.rules[k] = nil })
	}
	for k := fromKind(0); k < fromKinds; k++ {
		if fromRules()[k] == nil {
			t.Errorf("FROM items of kind %d have no rule", k)
		}
		expectPartial(t, fmt.Sprintf("FROM kind %d", k), func(r *resolver) { r.fromRules[k] = nil })
	}
}

// expectPartial reads everyKind after a rule was taken away. At least one
// statement must be partial by an unknown clause that is not one with all rules.
func expectPartial(t *testing.T, what string, takeAway func(*resolver)) {
	t.Helper()
	unknown := func(takeAway func(*resolver)) int {
		n := 0
		for _, s := range everyKind {
			e := engines.New().(*engine)
			e.start(traitsOf(s.dialect), s.sql, Options{})
			takeAway(&e.resolver)
			e.run()
			for _, s := range e.answer.Statements {
				for _, f := range s.Diagnostics {
					if f.Code == UnknownClause && f.Severity == Warning && s.Outcome == Partial {
						n++
					}
				}
			}
		}
		return n
	}
	if with, without := unknown(func(*resolver) {}), unknown(takeAway); without <= with {
		t.Errorf("%s: got no partial answer without its rule (%d unknown clauses, %d with it)", what, without, with)
	}
}

// TestNoClauseIsSkippedInSilence puts words that no dialect has into statements:
// whatever is skipped must show in the outcome.
func TestNoClauseIsSkippedInSilence(t *testing.T) {
	for _, d := range []Dialect{ANSI, Postgres, MySQL, Snowflake, BigQuery, Spark, Trino, ClickHouse, DuckDB, TSQL, Oracle} {
		for _, sql := range []string{
			"select a from t where b = 1 frobnicate (c)",
			"select a from t as x frobnicate strictly",
			"insert into u select a from t frobnicate by c",
			"create table u as select a from t frobnicate (c)",
			"update t set a = 1 where b = 2 frobnicate c",
			"select a frobnicate b c from t",
			"select f(a frobnicate b) from t",
		} {
			script, err := Parse(d, sql, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if script.Outcome == Parsed || script.Outcome == Skipped {
				t.Errorf("%s %q: got %s, want less", d, sql, script.Outcome)
			}
		}
	}
}
