package sqllineage

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/lineage/sqllineage/mysqlast"
)

// TestSecondOpinion takes a statement that this parser is made to fail on.
func TestSecondOpinion(t *testing.T) {
	e := &engine{}
	e.start(traitsOf(MySQL), "select a from t join shop.u using (id)", Options{DefaultSchema: "app"})
	out := Statement{End: len(e.parser.sql), Outcome: Failed, Reason: "unknown_statement"}
	e.secondOpinion(&out)
	if out.Outcome != Partial || out.Reason != "second_opinion: unknown_statement" {
		t.Errorf("got %s %q; want partial, second_opinion: unknown_statement", out.Outcome, out.Reason)
	}
	if diff := cmp.Diff([]string{"app.t", "shop.u"}, out.Inputs); diff != "" {
		t.Errorf("inputs (-want +got):\n%s", diff)
	}
	e.start(traitsOf(MySQL), "create table a as select b from c", Options{})
	silent := Statement{End: len(e.parser.sql), Outcome: Failed}
	if e.secondOpinion(&silent); silent.Outcome != Failed {
		t.Errorf("got %s for DDL; want failed", silent.Outcome)
	}
}

// TestAgreesWithOtherParser compares the tables of every MySQL query and
// change at hand with those of an independent parser, where that accepts it.
func TestAgreesWithOtherParser(t *testing.T) {
	compared := 0
	for _, sql := range mysqlStatements(t) {
		for _, span := range Split(MySQL, sql) {
			one := sql[span.Start:span.End]
			other, ok := mysqlast.Read(one)
			if !ok {
				continue
			}
			s, err := Parse(MySQL, one, Options{})
			if err != nil {
				t.Fatal(err)
			}
			compared++
			got := slices.Concat(s.Inputs, s.Outputs)
			want := slices.Concat(other.Inputs, other.Outputs)
			if diff := cmp.Diff(sortedSet(want), sortedSet(got)); diff != "" {
				t.Errorf("%s\ntables (-other parser +this one):\n%s", one, diff)
			}
		}
	}
	if compared < 150 {
		t.Errorf("got %d statements that both accept; want at least 150", compared)
	}
}

func sortedSet(list []string) []string {
	list = slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == "dual" })
	slices.Sort(list)
	return slices.Compact(list)
}

// mysqlStatements are the star queries and every combination of a few clauses.
func mysqlStatements(t *testing.T) []string {
	t.Helper()
	list := starQueries()
	froms := []string{"t", "t as x", "db.t x", "t, u", "t join u on t.id = u.id", "t left join u using (id) join v on v.i = u.i", "(select a from w) q", "(t, u)",
		"t straight_join u", "t natural join u", "t right join (u join v on u.i = v.i) on t.i = u.i", "t use index (i) join u on 1 = 1", "(select a from w union select b from z) q join t on q.a = t.a"}
	wheres := []string{"", " where a = 1", " where a in (select b from s1)", " where exists (select 1 from s1 where s1.i = a) and not (b between 1 and 2)",
		" where a like 'x%' or a is null or (a, b) in (select c, d from s2)", " group by a having count(*) > (select max(m) from s3) order by a limit 1, 2"}
	for _, f := range froms {
		for _, w := range wheres {
			list = append(list, "select a, case when b > 1 then c else (select max(d) from s4) end as e, count(distinct f), date_add(g, interval 1 day) from "+f+w)
			if !strings.Contains(w, "group by") {
				list = append(list, "delete x from t as x join u on x.i = u.i"+w, "insert into dst (a, b) select a, b from "+f+w)
			}
		}
	}
	for _, w := range wheres[:5] {
		list = append(list, "update t set a = 1, b = (select max(x) from s5)"+w, "update t as x join u on x.i = u.i set x.a = u.b"+w, "delete from t"+w,
			"insert into t (a) values (1), ((select x from s6)) on duplicate key update a = values(a)", "replace into t select * from u"+w)
	}
	return list
}
