package dbtest

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/jackc/pgx/v5"
)

func TestPostgres(t *testing.T) {
	t.Parallel()
	var before string
	t.Run("first", func(t *testing.T) {
		before = Postgres(t)
		conn := connect(t, before)
		for _, q := range []string{"create table a (n int)", "insert into a values (1)",
			"create extension pg_stat_statements", "create role " + conn.Config().Database + " login password 'pw'",
			"drop role " + conn.Config().Database} {
			if _, err := conn.Exec(t.Context(), q); err != nil {
				t.Errorf("%s: %v", q, err)
			}
		}
		var calls int
		err := conn.QueryRow(t.Context(), "select count(*) from pg_stat_statements where query like 'insert into a values%'").Scan(&calls)
		if err != nil || calls == 0 {
			t.Errorf("pg_stat_statements: got %d entries, %v want one", calls, err)
		}
	})
	after := Postgres(t)
	if after == before {
		t.Error("two tests got one database")
	}
	var tables int
	if err := connect(t, after).QueryRow(t.Context(), "select count(*) from pg_tables where schemaname = 'public'").Scan(&tables); err != nil || tables != 0 {
		t.Errorf("got %d tables, %v want a fresh database", tables, err)
	}
	if conn, err := pgx.Connect(t.Context(), before); err == nil {
		_ = conn.Close(t.Context())
		t.Error("the database of a test that has ended is still there")
	}
}

func connect(t *testing.T, dsn string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func TestMariaDB(t *testing.T) {
	t.Parallel()
	cfg, err := mysql.ParseDSN(MariaDB(t))
	if err != nil {
		t.Fatal(err)
	}
	connector, err := mysql.NewConnector(cfg)
	if err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(connector)
	defer func() { _ = db.Close() }()
	for _, q := range []string{"create table a (n int)", "insert into a values (1)",
		"create user " + cfg.DBName + " identified by 'pw'", "grant select on a to " + cfg.DBName, "drop user " + cfg.DBName} {
		if _, err := db.ExecContext(t.Context(), q); err != nil {
			t.Errorf("%s: %v", q, err)
		}
	}
	var version, output string
	if err := db.QueryRowContext(t.Context(), "select version(), @@log_output").Scan(&version, &output); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(version, "MariaDB") || output != "TABLE" {
		t.Errorf("got version %q, log output %q want MariaDB, TABLE", version, output)
	}
}

// TestNoServer shows what a test says when nothing can be started.
func TestNoServer(t *testing.T) {
	t.Parallel()
	_, _, err := start("oracle", script)
	if err == nil || !strings.Contains(err.Error(), "usage: server.sh postgres|mariadb") {
		t.Errorf("got %v want the line of the script", err)
	}
}

// TestEndsWithItsStarter closes what keeps a server alive, and waits until its
// folder is gone, which the script removes last.
func TestEndsWithItsStarter(t *testing.T) {
	for kind, s := range map[string]*server{"postgres": postgres, "mariadb": mariadb} {
		t.Run(kind, func(t *testing.T) {
			s.get(t) // skips where there is none
			dir := t.TempDir()
			for _, d := range []string{filepath.Dir(dir), dir} { // the server has another account
				if err := os.Chmod(d, 0o755); err != nil {
					t.Fatal(err)
				}
			}
			t.Setenv("TMPDIR", dir)
			address, alive, err := start(kind, script)
			if err != nil {
				t.Fatal(err)
			}
			if got := folders(t, dir); len(got) != 1 {
				t.Errorf("%s: got folders %v want one", address, got)
			}
			if err := alive.Close(); err != nil {
				t.Fatal(err)
			}
			deadline := time.NewTimer(30 * time.Second)
			defer deadline.Stop()
			for len(folders(t, dir)) > 0 {
				select {
				case <-deadline.C:
					t.Fatal("the server did not end within 30 s")
				case <-time.After(10 * time.Millisecond):
				}
			}
		})
	}
}

func folders(t *testing.T, dir string) []string {
	t.Helper()
	got, err := filepath.Glob(filepath.Join(dir, "waymark-*"))
	if err != nil {
		t.Fatal(err)
	}
	return got
}
