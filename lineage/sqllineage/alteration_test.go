package sqllineage

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// told prints an alteration in a line.
func told(a Alteration) string {
	s := string(a.Kind) + " " + a.Table
	if a.Column != "" {
		s += "." + a.Column
	}
	if a.To != "" {
		s += " to " + a.To
	}
	if a.Type != "" {
		s += " type " + a.Type
	}
	for _, c := range a.Columns {
		s += fmt.Sprintf(" [%s %s]", c.Name, c.Type)
	}
	if a.Query {
		s += " query"
	}
	if a.Keep {
		s += " keep"
	}
	return s
}

func TestAlterations(t *testing.T) {
	tests := []struct {
		dialect Dialect
		sql     string
		want    string
	}{
		{Postgres, `ALTER TABLE IF EXISTS ONLY shop.orders DROP COLUMN IF EXISTS mail CASCADE, ADD COLUMN note text NOT NULL DEFAULT 'x', RENAME COLUMN amt TO amount`,
			"drop column shop.orders.mail|add column shop.orders.note type text|rename column shop.orders.amt to amount"},
		{Postgres, `alter table o alter column amount type numeric(12, 2) using amount::numeric, alter id set data type bigint, alter column a set default 3, alter column b drop not null`,
			"change type o.amount type numeric(12, 2)|change type o.id type bigint"},
		{Postgres, `alter table o drop mail, drop constraint o_pk, rename to orders_old`, "drop column o.mail|rename o to orders_old"},
		{Postgres, `ALTER TABLE "Shop"."Orders" RENAME "Mail" TO mail`, "rename column Shop.Orders.Mail to mail"},
		{MySQL, "alter table `o` change column mail e_mail varchar(80) not null, modify amount decimal(10,2) default 0, drop index i, drop key k, drop foreign key f, add unique index u (a)",
			"rename column o.mail to e_mail|change type o.mail type varchar(80)|change type o.amount type decimal(10,2)"},
		{MySQL, `rename table a to b, c to d.e`, "rename a to b|rename c to d.e"},
		{SQLite, `alter table o rename mail to email`, "rename column o.mail to email"},
		{TSQL, `ALTER TABLE dbo.O DROP COLUMN a, b; ALTER TABLE dbo.o ALTER COLUMN c nvarchar(50) NOT NULL`, "drop column dbo.o.a|drop column dbo.o.b|change type dbo.o.c type nvarchar(50)"},
		{TSQL, `EXEC sp_rename 'dbo.o.mail', 'email', 'COLUMN'; exec sp_rename 'dbo.o', 'orders'`, "rename column dbo.o.mail to email|rename dbo.o to orders"},
		{Oracle, `ALTER TABLE O DROP (A, B); ALTER TABLE o MODIFY (c NUMBER(10), d VARCHAR2(20))`, "drop column o.a|drop column o.b|change type o.c type NUMBER(10)|change type o.d type VARCHAR2(20)"},
		{Snowflake, `alter table db.s.t drop column a, b; alter iceberg table x add column if not exists y int`, "drop column db.s.t.a|drop column db.s.t.b|add column x.y type int"},
		{Databricks, `ALTER TABLE c.s.t DROP COLUMNS (a, b.inner); ALTER TABLE c.s.t ADD COLUMNS (d struct<x: int, y: string> COMMENT 'z')`,
			"drop column c.s.t.a|drop column c.s.t.b|add column c.s.t.d type struct<x: int, y: string>"},
		{Hive, `alter table t replace columns (a int, b map<string,int>)`, "define t [a int] [b map<string,int>]"},
		{ClickHouse, `ALTER TABLE t DROP COLUMN a, MODIFY COLUMN b String, DROP PARTITION '2020', RENAME COLUMN c TO d`, "drop column t.a|change type t.b type String|rename column t.c to d"},
		{BigQuery, "alter table `p.d.t` drop column if exists a, drop column b; alter table d.t alter column c set data type numeric", "drop column p.d.t.a|drop column p.d.t.b|change type d.t.c type numeric"},
		{Postgres, `DROP TABLE IF EXISTS a, b.c CASCADE; drop materialized view v; drop index i; drop schema s`, "drop a|drop b.c|drop v"},
		{Postgres, `CREATE TABLE IF NOT EXISTS t (id int primary key, n numeric(3,1) default 2, unique (n), constraint c check (n > 0))`, "define t [id int] [n numeric(3,1)] keep"},
		{Postgres, `create or replace view v as select 1 as a; create view w (x, y) as select 1, 2; create temp table z (a int)`, "define v query|define w [x ] [y ] query"},
		{Snowflake, `create or replace transient table t (a number(38,0), b varchar) cluster by (a)`, "define t [a number(38,0)] [b varchar]"},
		{Postgres, `-- ALTER TABLE o DROP COLUMN mail
			select 'alter table o drop column x'; grant select on o to ana; create function f() returns void as $$ begin alter table o drop column y; end $$ language plpgsql`, ""},
		{Postgres, `alter`, ""},
		{Postgres, `alter table`, ""},
		{Postgres, `alter table o drop`, ""},
		{Postgres, `alter table o drop column (`, ""},
	}
	for _, tt := range tests {
		var got []string
		for _, a := range Alterations(tt.dialect, tt.sql) {
			got = append(got, told(a))
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, "|")); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", tt.dialect, tt.sql, diff)
		}
	}
}

func TestAlterationsKnowTheirLine(t *testing.T) {
	list := Alterations(Postgres, "-- a migration\n\nalter table a drop column b;\nselect 1;\n\ndrop table c;\n")
	if len(list) != 2 || list[0].Line != 3 || list[1].Line != 6 {
		t.Errorf("got %+v want lines 3 and 6", list)
	}
}
