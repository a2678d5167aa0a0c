package sqllineage

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"strings"
	"testing"

	_ "github.com/go-sql-driver/mysql"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/jackc/pgx/v5"

	"waymark/catalog/dbtest"
)

// truth is a database, which knows itself what its views read.
type truth struct {
	dialect Dialect
	tables  map[string][]string
	// run is the first column of a statement's result.
	run func(statement string, args ...any) ([]string, error)
}

// TestPostgresKnowsItsViews compares what is read of each view, from the text
// as it was written and from the text as PostgreSQL prints it, with the
// columns that PostgreSQL says the view depends on, and the view's own columns
// with those of the catalog.
func TestPostgresKnowsItsViews(t *testing.T) {
	t.Parallel()
	e := openPostgres(t)
	for _, v := range e.create(t, "views", "postgres") {
		own := e.list(t, "select column_name from information_schema.columns where table_name = $1 order by ordinal_position", v.name)
		columns := e.list(t, `select distinct t.relname || '.' || a.attname
			from pg_rewrite r
			join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid and d.refclassid = 'pg_class'::regclass
			join pg_class t on t.oid = d.refobjid
			join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
			where r.ev_class = $1::text::regclass and t.oid <> r.ev_class and d.refobjsubid > 0`, v.name)
		tables := e.list(t, `select distinct t.relname
			from pg_rewrite r
			join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid and d.refclassid = 'pg_class'::regclass
			join pg_class t on t.oid = d.refobjid
			where r.ev_class = $1::text::regclass and t.oid <> r.ev_class`, v.name)
		printed := e.list(t, "select pg_get_viewdef($1::text::regclass)", v.name)[0]
		e.compare(t, v.sql, tables, columns, own)
		e.compare(t, "create view "+v.name+" as "+strings.ReplaceAll(printed, "public.", ""), tables, columns, own)
	}
}

// TestMariaDBKnowsItsViews renames each column and looks which views break: a
// view depends on exactly those columns whose absence breaks it.
func TestMariaDBKnowsItsViews(t *testing.T) {
	t.Parallel()
	e := openMariaDB(t)
	views := e.create(t, "views", "mariadb")
	tables, columns := e.breaks(t, views)
	for _, v := range views {
		own := e.list(t, "select column_name from information_schema.columns where table_schema = database() and table_name = ? order by ordinal_position", v.name)
		printed := e.list(t, "select view_definition from information_schema.views where table_schema = database() and table_name = ?", v.name)[0]
		database := e.list(t, "select database()")[0]
		printed = strings.ReplaceAll(printed, "`"+database+"`.", "")
		e.compare(t, v.sql, tables[v.name], columns[v.name], own)
		e.compare(t, "create view "+v.name+" as "+printed, tables[v.name], columns[v.name], own)
	}
}

// realView is one CREATE VIEW of testdata/views.
type realView struct{ name, sql string }

func openPostgres(t *testing.T) *truth {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), dbtest.Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return &truth{Postgres, map[string][]string{}, func(statement string, args ...any) ([]string, error) {
		rows, err := conn.Query(context.Background(), statement, args...)
		if err != nil {
			return nil, err
		}
		return pgx.CollectRows(rows, pgx.RowTo[string])
	}}
}

func openMariaDB(t *testing.T) *truth {
	t.Helper()
	db, err := sql.Open("mysql", dbtest.MariaDB(t))
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return &truth{MariaDB, map[string][]string{}, func(statement string, args ...any) (list []string, err error) {
		rows, err := db.QueryContext(context.Background(), statement, args...)
		if err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, rows.Close()) }()
		for rows.Next() {
			var s string
			if err := rows.Scan(&s); err != nil {
				return nil, err
			}
			list = append(list, s)
		}
		return list, rows.Err()
	}}
}

// create makes the tables of testdata/views and the views of the files.
func (e *truth) create(t *testing.T, files ...string) (views []realView) {
	t.Helper()
	for _, s := range statementsOf(t, e.dialect, "tables") {
		e.list(t, s)
		script, err := Parse(e.dialect, s, Options{})
		if err != nil || len(script.Outputs) != 1 {
			t.Fatalf("got outputs %v, %v of %s; want one", script.Outputs, err, s)
		}
		name := script.Outputs[0]
		columns := e.list(t, "select column_name from information_schema.columns where table_name = '"+name+"' order by ordinal_position")
		e.tables[name] = append(e.tables[name], columns...)
	}
	for _, file := range files {
		for _, s := range statementsOf(t, e.dialect, file) {
			e.list(t, s)
			views = append(views, realView{strings.Fields(s)[2], s})
		}
	}
	return views
}

func statementsOf(t *testing.T, d Dialect, file string) (list []string) {
	t.Helper()
	text, err := os.ReadFile("testdata/views/" + file + ".sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, span := range Split(d, string(text)) {
		list = append(list, string(text[span.Start:span.End]))
	}
	return list
}

// list is the first column of a result.
func (e *truth) list(t *testing.T, statement string, args ...any) []string {
	t.Helper()
	list, err := e.run(statement, args...)
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	return list
}

// breaks tells which tables and columns each view cannot do without.
func (e *truth) breaks(t *testing.T, views []realView) (tables, columns map[string][]string) {
	t.Helper()
	tables, columns = map[string][]string{}, map[string][]string{}
	try := func(away, back, name string, into map[string][]string) {
		e.list(t, away)
		for _, v := range views {
			if _, err := e.run("select 1 from " + v.name + " limit 0"); err != nil {
				into[v.name] = append(into[v.name], name)
			}
		}
		e.list(t, back)
	}
	for table, list := range e.tables {
		try("rename table "+table+" to gone", "rename table gone to "+table, table, tables)
		for _, c := range list {
			try("alter table "+table+" rename column "+c+" to gone", "alter table "+table+" rename column gone to "+c, table+"."+c, columns)
		}
	}
	return tables, columns
}

// compare reads the text of a view and compares it with the truth.
func (e *truth) compare(t *testing.T, text string, tables, columns, own []string) {
	t.Helper()
	s, err := Parse(e.dialect, text, Options{Schemas: Static(e.tables)})
	if err != nil || len(s.Statements) != 1 {
		t.Fatalf("got %d statements, %v for %s; want one", len(s.Statements), err, text)
	}
	st := s.Statements[0]
	var read, named []string
	for _, r := range st.Reads {
		read = append(read, r.Table+"."+r.Column)
	}
	for _, c := range st.Columns {
		named = append(named, c.Output.Column)
	}
	for _, c := range []struct {
		what      string
		want, got []string
	}{{"tables", sortedSet(tables), sortedSet(st.Inputs)}, {"columns read", sortedSet(columns), sortedSet(read)}, {"own columns", own, named}} {
		if diff := cmp.Diff(c.want, c.got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s\n%s %s (-engine +sqllineage):\n%s", text, st.Outcome, c.what, diff)
		}
	}
}
