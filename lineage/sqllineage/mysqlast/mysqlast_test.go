package mysqlast

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRead(t *testing.T) {
	for _, c := range []struct {
		sql     string
		in, out string
	}{
		{"select a from t join db.u on t.i = u.i where x in (select y from v)", "t db.u v", ""},
		{"(select a from t) union select b from u", "t u", ""},
		{"insert into d (a) select x from s on duplicate key update a = (select max(m) from n)", "s n", "d"},
		{"update t set a = 1 where b in (select c from u)", "u", "t"},
		{"update t as x join u on x.i = u.i set x.a = u.b", "u", "t"},
		{"delete from t where a = 1", "", "t"},
		{"delete x from t as x join u on x.i = u.i", "u", "t"},
	} {
		got, ok := Read(c.sql)
		want := Tables{Inputs: strings.Fields(c.in), Outputs: strings.Fields(c.out)}
		if !ok || strings.Join(got.Inputs, " ") != c.in || strings.Join(got.Outputs, " ") != c.out {
			t.Errorf("%s: got %t (-want +got):\n%s", c.sql, ok, cmp.Diff(want, got))
		}
	}
}

func TestReadIsSilent(t *testing.T) {
	for _, sql := range []string{
		"create table a as select b from c",
		"create view v as select a from t",
		"create table t (id int) as select x from y",
		"drop table t",
		"set a = 1",
		"select from where",
		"select a from t -- " + strings.Repeat("x", maxBytes),
	} {
		if got, ok := Read(sql); ok {
			t.Errorf("%.40s: got %+v; want no answer", sql, got)
		}
	}
}
