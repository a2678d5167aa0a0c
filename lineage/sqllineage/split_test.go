package sqllineage

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		d    Dialect
		sql  string
		want []string
	}{
		{Postgres, "select ';' ; -- ; \nselect $$ a; b $$; /* ; */ select 1", []string{"select ';'", "select $$ a; b $$", "select 1"}},
		{Postgres, "create function f() returns void as $b$ begin insert into a select 1; end $b$ language plpgsql; select 2",
			[]string{"create function f() returns void as $b$ begin insert into a select 1; end $b$ language plpgsql", "select 2"}},
		{Postgres, "begin; select 1; end; select 2", []string{"begin", "select 1", "end", "select 2"}},
		{Snowflake, "begin insert into a select 1; if (x) then delete from b; end if; end; select 2",
			[]string{"begin insert into a select 1; if (x) then delete from b; end if; end", "select 2"}},
		{MySQL, "delimiter //\ncreate procedure p() begin select 1; end //\ndelimiter ;\nselect 2;", []string{"create procedure p() begin select 1; end", "select 2"}},
		{Oracle, "begin null; end;\n/\nselect 1 from dual", []string{"begin null; end", "select 1 from dual"}},
		{TSQL, "insert into a select x from b delete from c select y from d", []string{"insert into a select x from b", "delete from c", "select y from d"}},
		{TSQL, "select 1\nGO\ncreate proc p as select 1; select 2\nGO\nselect 3", []string{"select 1", "create proc p as select 1; select 2", "select 3"}},
		{TSQL, "create view v with schemabinding as select 1; with c as (select 1) select * from c",
			[]string{"create view v with schemabinding as select 1", "with c as (select 1) select * from c"}},
		{BigQuery, "select case when a then 1 end; select 2", []string{"select case when a then 1 end", "select 2"}},
		{SQLite, "", []string{}},
	} {
		got := []string{}
		for _, s := range Split(c.d, c.sql) {
			got = append(got, c.sql[s.Start:s.End])
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s\n(-want +got):\n%s", c.d, c.sql, diff)
		}
	}
}

func TestDetect(t *testing.T) {
	for sql, want := range map[string]Dialect{
		"select top 5 [a] from [dbo].[t] with (nolock)":                      TSQL,
		"select `a` from `p.d.t` where safe_cast(x as int64) = 1":            BigQuery,
		"select f.value:sku::string from raw, lateral flatten(input => x) f": Snowflake,
		"select a from t lateral view explode(b) c as d":                     Spark,
		"select a from t prewhere b = 1":                                     ClickHouse,
		"select a from t where rownum < 5 and nvl(b, 1) = 1 and c = sysdate": Oracle,
	} {
		guesses := Detect(sql)
		if want == Spark && (guesses[0].Dialect == Hive || guesses[0].Dialect == Databricks) {
			continue // the three cannot be told apart by this
		}
		if guesses[0].Dialect != want {
			t.Errorf("%s: got %v; want %s first", sql, guesses[:min(3, len(guesses))], want)
		}
	}
	s, err := Parse("", "select top 5 [a] from [dbo].[t]", Options{})
	if err != nil || s.Dialect != TSQL || len(s.Inputs) != 1 || s.Inputs[0] != "dbo.t" {
		t.Errorf("got %s, %v, %v; want tsql and dbo.t", s.Dialect, s.Inputs, err)
	}
}

func TestStatic(t *testing.T) {
	s := Static(map[string][]string{"t": {"one"}, "a.t": {"two"}, "b.u": {"three"}, "x.b.w": {"four"}, "y.b.w": {"five"}})
	for _, c := range []struct {
		ask  []string
		want string
	}{
		{[]string{"t"}, "one"}, {[]string{"a", "t"}, "two"}, {[]string{"z", "a", "t"}, "two"}, {[]string{"U"}, "three"},
		{[]string{"q", "b", "u"}, "three"}, {[]string{"w"}, ""}, {[]string{"y", "b", "w"}, "five"}, {[]string{"b", "t"}, "one"}, {[]string{"c", "u"}, ""}, {nil, ""},
	} {
		got := ""
		if found, ok := s.Table(c.ask); ok {
			got = found.Columns[0]
		}
		if got != c.want {
			t.Errorf("%v: got %q; want %q", c.ask, got, c.want)
		}
	}
}
