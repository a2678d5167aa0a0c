package sqllineage

import (
	"strings"
	"testing"
)

// planted are ways to write literals with a canary inside, and the dialects
// that know them; none means all.
var planted = []struct {
	literal  string
	dialects []Dialect
}{
	{"'Zq9Canary'", nil},
	{"'it''s Zq9Canary'", nil},
	{"'a\nZq9Canary'", nil},
	{"'-- Zq9Canary'", nil},
	{"'/* Zq9Canary'", nil},
	{"'; Zq9Canary'", nil},
	{`'a\'Zq9Canary'`, []Dialect{MySQL, MariaDB, BigQuery, Spark, Databricks, Hive, Snowflake, ClickHouse, Redshift}},
	{`E'a\'Zq9Canary'`, []Dialect{Postgres, Redshift, DuckDB, ANSI}},
	{"N'Zq9Canary'", []Dialect{TSQL, Oracle, MySQL, MariaDB, ANSI}},
	{"U&'Zq9Canary'", []Dialect{Postgres, ANSI, Trino}},
	{"_utf8'Zq9Canary'", []Dialect{MySQL, MariaDB}},
	{`"Zq9Canary"`, []Dialect{MySQL, MariaDB, BigQuery, Spark, Databricks, Hive}},
	{`"a""Zq9Canary"`, []Dialect{MySQL, MariaDB}},
	{`"""a "Zq9Canary" b"""`, []Dialect{BigQuery}},
	{`'''a 'Zq9Canary' b'''`, []Dialect{BigQuery}},
	{`r'\Zq9Canary'`, []Dialect{BigQuery, Databricks, Spark}},
	{`b"Zq9Canary"`, []Dialect{BigQuery}},
	{"$$Zq9Canary$$", []Dialect{Postgres, Redshift, Snowflake, DuckDB, ClickHouse, Databricks}},
	{"$tag$a $$ Zq9Canary$tag$", []Dialect{Postgres, DuckDB, Redshift}},
	{"q'[it's Zq9Canary]'", []Dialect{Oracle}},
	{"nq'{Zq9Canary}'", []Dialect{Oracle}},
	{"q'!Zq9Canary!'", []Dialect{Oracle}},
	{"X'5A7139' /* Zq9Canary */", nil},
	{"1 -- Zq9Canary\n", nil},
	{"1 # Zq9Canary\n", []Dialect{MySQL, MariaDB, BigQuery, ClickHouse}},
	{"1 // Zq9Canary\n", []Dialect{Snowflake}},
	{"1 /* a /* b */ Zq9Canary */", []Dialect{Postgres, DuckDB, TSQL}},
	{"1 {# Zq9Canary #}", nil},
	{"{{ 'Zq9Canary' }}", nil},
	{"'a' 'Zq9Canary'", nil},
	{"'a'\n'Zq9Canary'", nil},
	{"N'a''Zq9Canary'", nil},
	{"X'Zq9Canary'", nil},
	{"B'Zq9Canary'", nil},
	{"0xZq9Canary", []Dialect{MySQL, MariaDB, SQLite, TSQL, DuckDB, ClickHouse, BigQuery, Postgres}},
	{"0x5A7139", nil},
	{"1 --Zq9Canary\n", []Dialect{ANSI, Postgres, Redshift, SQLite, Snowflake, BigQuery, Databricks, Spark, Hive, Trino, Presto, Athena, ClickHouse, DuckDB, TSQL, Oracle}},
	{"1 /*Zq9Canary*/", nil},
	{"1 /* a\nZq9Canary\n*/", nil},
	{"1 /* a /* b */ Zq9Canary */", []Dialect{Spark, Databricks, Redshift}},
	{"1 {#- Zq9Canary -#}", nil},
	{"1 {% set x = 'Zq9Canary' %}", nil},
	{`"a\"Zq9Canary"`, []Dialect{MySQL, MariaDB, BigQuery, Spark, Databricks, Hive}},
	{`'a\\\'Zq9Canary'`, []Dialect{MySQL, MariaDB, BigQuery, Spark, Databricks, Hive, Snowflake, ClickHouse, Redshift}},
	{`e'a\'Zq9Canary'`, []Dialect{Postgres, Redshift, DuckDB, ANSI}},
	{`u&'a\0041 Zq9Canary'`, []Dialect{Postgres, ANSI, Trino}},
	{"_utf8mb4 'Zq9Canary'", []Dialect{MySQL, MariaDB}},
	{`r"""a "Zq9Canary" \"""`, []Dialect{BigQuery}},
	{`b'''a 'Zq9Canary' '''`, []Dialect{BigQuery}},
	{`rb"Zq9Canary"`, []Dialect{BigQuery}},
	{`br'Zq9Canary'`, []Dialect{BigQuery}},
	{`"""a\"""Zq9Canary"""`, []Dialect{BigQuery}},
	{`R"\Zq9Canary"`, []Dialect{BigQuery, Databricks, Spark}},
	{"$$Zq9Canary$$", []Dialect{Trino, ANSI}},
	{"$a$ ' $b$ Zq9Canary $a$", []Dialect{Postgres, DuckDB, Redshift, ClickHouse}},
	{"Q'(it's Zq9Canary)'", []Dialect{Oracle}},
	{"q'<Zq9Canary>'", []Dialect{Oracle}},
	{"q'|it's Zq9Canary|'", []Dialect{Oracle}},
	{"{d 'Zq9Canary'}", nil},
	{"{ts 'Zq9Canary'}", []Dialect{TSQL, MySQL, MariaDB, Oracle}},
	{`= "Zq9Canary"`, []Dialect{SQLite}},
	{"'Zq9Canary'::text", nil},
	{"CAST('Zq9Canary' AS text)", nil},
	{"timestamptz 'Zq9Canary'", nil},
	{"DATE 'Zq9Canary'", nil},
	{"INTERVAL 'Zq9Canary' DAY", nil},
}

// contexts are statements with a place for a literal.
var contexts = []string{
	"SELECT a FROM t WHERE b = ?",
	"SELECT ? AS a, b FROM t",
	"SELECT f(a, ?) FROM t GROUP BY b HAVING c > ? ORDER BY d",
	"INSERT INTO t (a, b) VALUES (1, ?), (?, 2)",
	"UPDATE t SET a = ? WHERE b IN (?, ?)",
	"DELETE FROM t WHERE a LIKE ? OR b BETWEEN ? AND ?",
	"CREATE TABLE t AS SELECT ? AS a FROM s",
	"CREATE TABLE t (a int DEFAULT ?)",
	"WITH c AS (SELECT ? AS x) SELECT x FROM c",
	"CALL p(?, ?)",
	"SELECT CASE WHEN a = ? THEN ? ELSE ? END FROM t",
	"SELECT a FROM t WHERE (((b = ?",
	"SELECT SELECT FROM FROM ? WHERE ,,,",
	"SET x = ?",
	"COMMENT ON TABLE t IS ?",
	"MERGE INTO t USING s ON t.a = ? WHEN MATCHED THEN UPDATE SET b = ?",
	"SELECT a FROM f(?, x => ?) AS t (b)",
	"CREATE VIEW v AS SELECT a FROM t WHERE b IN (?, ?) UNION SELECT ?",
	"ALTER TABLE t ADD COLUMN a int DEFAULT ?",
	"EXECUTE p ?",
	"COPY t FROM ? WITH (a ?)",
}

func TestRedactCanaries(t *testing.T) {
	tried := 0
	for _, d := range Dialects() {
		for _, p := range planted {
			if p.dialects != nil && !containsDialect(p.dialects, d) {
				continue
			}
			for _, c := range contexts {
				sql := strings.ReplaceAll(c, "?", p.literal)
				got := Redact(d, sql)
				tried++
				if strings.Contains(got, "Canary") {
					t.Errorf("%s: got %q from %q; want no canary", d, got, sql)
				}
				if again := Redact(d, got); again != got {
					t.Errorf("%s: got %q, then %q; want it unchanged", d, got, again)
				}
				if cut := Redact(d, sql[:strings.LastIndex(sql, "Canary")+len("Canary")]); strings.Contains(cut, "Canary") && !strings.Contains(p.literal, "{{") {
					t.Errorf("%s: got %q from a text that ends inside of its literal; want no canary", d, cut)
				}
			}
		}
	}
	if tried < 12_000 {
		t.Errorf("got %d texts; want at least 12000", tried)
	}
}

func containsDialect(list []Dialect, d Dialect) bool {
	for _, x := range list {
		if x == d {
			return true
		}
	}
	return false
}

func TestRedactNumbers(t *testing.T) {
	for _, d := range Dialects() {
		for _, number := range []string{"424242", "42.4242", ".4242", "4242e10", "-4242", "0x4242AB", "1_4242"} {
			if got := Redact(d, "SELECT a FROM t WHERE b = "+number); strings.Contains(got, "4242") {
				t.Errorf("%s: got %q from %s; want no digits", d, got, number)
			}
		}
	}
}

// TestRedactSecrets plants secrets that are written without quotes.
func TestRedactSecrets(t *testing.T) {
	for _, sql := range []string{
		"SET x = Canary", "SET x TO Canary", "SET SESSION x = Canary, y = Canary", "SET PASSWORD FOR u = Canary",
		"CREATE USER u IDENTIFIED BY Canary", "ALTER USER u IDENTIFIED BY Canary REPLACE Canary", "CREATE ROLE r PASSWORD Canary",
		"CREATE SECRET s (TYPE s3, KEY_ID Canary)", "CREATE STAGE s CREDENTIALS = (AWS_KEY_ID = Canary)", "CREATE OR REPLACE CONNECTION c TO Canary",
		"ALTER LOGIN l WITH PASSWORD = Canary", "GRANT ALL ON t TO u IDENTIFIED BY Canary", "SELECT 1; SET x = Canary; SELECT 2",
	} {
		for _, d := range append(Dialects(), "") {
			if got := Redact(d, sql); strings.Contains(got, "Canary") {
				t.Errorf("%s: got %q from %q; want no secret", d, got, sql)
			}
		}
	}
}

// TestRedactData plants data that stands in the text without quotes, and lines
// for a client.
func TestRedactData(t *testing.T) {
	for _, c := range []struct {
		d   Dialect
		sql string
	}{
		{ClickHouse, "INSERT INTO t FORMAT TSV\n1\tCanary\n2\tit's Canary"},
		{ClickHouse, "INSERT INTO t (a, b) SETTINGS x = 1 FORMAT JSONEachRow {\"a\": 1, \"Canary\": Canary}"},
		{ClickHouse, "insert into t format CSV\nCanary,Canary;Canary"},
		{Postgres, "COPY t (a, b) FROM stdin;\n1\tCanary\n2\tit's Canary\n\\.\nSELECT 1"},
		{Postgres, "SELECT 1;\nCOPY t FROM STDIN WITH CSV;\nCanary,Canary"},
		{Redshift, "COPY t FROM stdin;\nCanary\n\\.\n"},
		{Postgres, "\\set pw Canary\nSELECT 1"},
		{Postgres, "SELECT 1;\n\\connect postgres://u:Canary@h/d\nSELECT 2"},
	} {
		if got := Redact(c.d, c.sql); strings.Contains(got, "Canary") {
			t.Errorf("%s: got %q from %q; want no data", c.d, got, c.sql)
		}
	}
}

// TestRedactUnknownDialect takes "x" for a string, which it is in many.
func TestRedactUnknownDialect(t *testing.T) {
	if got, want := Redact("", `SELECT a FROM t WHERE b = "Zq9Canary"`), "SELECT a FROM t WHERE b = ?"; got != want {
		t.Errorf("got %q; want %q", got, want)
	}
}

func TestRedactKeeps(t *testing.T) {
	for _, c := range []struct {
		d         Dialect
		sql, want string
	}{
		{Postgres, "select  a , \"B c\" from x.t -- note\nwhere d>=1 and e in ('p','q')", `select a, "B c" from x.t where d >= ? and e in (?, ?)`},
		{Postgres, "select a::text, count(*) from t", "select a :: text, count(*) from t"},
		{BigQuery, "select a from my-proj.d.t_* where b = \"x\"", "select a from my-proj.d.t_* where b = ?"},
		{Snowflake, "select $1:a.b from @st/x (file_format => 'f')", "select $1 : a.b from @st/x (file_format => ?)"},
		{TSQL, "select [a b] from #t where c = @p", "select [a b] from #t where c = @p"},
		{MySQL, "update t set a = 'x' where b = 2", "update t set a = ? where b = ?"},
		{Snowflake, "CREATE STAGE s URL='s3://x' CREDENTIALS=(A='b')", "CREATE STAGE s ?"},
	} {
		if got := Redact(c.d, c.sql); got != c.want {
			t.Errorf("%s: got %q; want %q", c.d, got, c.want)
		}
	}
}

// TestFingerprintEqual lists texts that are one statement to the log.
func TestFingerprintEqual(t *testing.T) {
	for _, same := range [][]string{
		{"select a from t where b = 1", "SELECT a\n  FROM t WHERE b = 'x' -- y", "select a from t where b = -2", "select a from t where b = $1", "select a from t where b = ?"},
		{"select a from t where b in (1, 2, 3)", "select a from t where b in ('x')", "select a from t where b in (-1, +2)", "select a from t where b in ($1, $2)"},
		{"insert into t values (1, 'a')", "insert into t values (2, 'b'), (3, 'c'), (4, 'd')"},
	} {
		for _, sql := range same[1:] {
			if got, want := Fingerprint(Postgres, sql), Fingerprint(Postgres, same[0]); got != want {
				t.Errorf("got %s for %q; want %s as for %q", got, sql, want, same[0])
			}
		}
	}
	if Fingerprint(Postgres, "select a from t") == Fingerprint(Postgres, "select b from t") {
		t.Error("got one fingerprint for two statements")
	}
	if Fingerprint(ClickHouse, "select A from t") == Fingerprint(ClickHouse, "select a from t") {
		t.Error("got one fingerprint where letter case matters")
	}
	if got, want := Fingerprint(Postgres, "select 1").String(), "57955f1a2bad3868f2bf5da92443e6b0"; got != want {
		t.Errorf("got %s; want %s, as it was stored before", got, want)
	}
}
