// Package dbtest gives a test a database of its own on a real PostgreSQL or
// MariaDB. The server is private, lives in a temporary folder on a free port of
// 127.0.0.1, is started once per test process, and ends with it, however it ends.
// `make test` starts one of each for all packages and names them in the variables
// WAYMARK_TEST_POSTGRES and WAYMARK_TEST_MARIADB, which anyone may set to a server
// of their own: its user must be allowed to create databases and users.
//
// PostgreSQL has pg_stat_statements loaded (a test creates the extension where it
// wants it); MariaDB logs into tables, with the general log off until a test turns
// it on, which is a setting of the whole server. Both ask for passwords.
//
// The package is for tests only, and is not a fake: where no server can be had the
// test is skipped, and under CI=true it fails.
package dbtest

import (
	"bufio"
	"context"
	"crypto/rand"
	"database/sql"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/jackc/pgx/v5"
)

//go:embed server.sh
var script string

// patience is for one statement of an administrator; a loaded machine is slow.
const patience = time.Minute

// server is one kind of server, started when it is first asked for.
type server struct {
	kind    string // as server.sh knows it
	env     string
	missing string // what would enable its tests

	once    sync.Once
	address string
	err     error
	alive   io.Closer // its standard input: open as long as this process lives
}

// servers of this process. They are package level since a process has one of each.
var (
	postgres = &server{kind: "postgres", env: "WAYMARK_TEST_POSTGRES",
		missing: "install the package postgresql, or set WAYMARK_TEST_POSTGRES to the URL of a server"}
	mariadb = &server{kind: "mariadb", env: "WAYMARK_TEST_MARIADB",
		missing: "install the package mariadb-server-core, or set WAYMARK_TEST_MARIADB to the address user:password@tcp(host:port)/mysql of a server"}
)

// Postgres returns the URL of a fresh PostgreSQL database and of a user who may do
// everything there. It is dropped when t ends.
func Postgres(t testing.TB) string {
	t.Helper()
	admin := postgres.get(t)
	at, err := url.Parse(admin)
	if err != nil {
		t.Fatalf("%s: %v", postgres.env, errors.Unwrap(err)) // its text would show the password
	}
	name := fresh()
	at.Path = "/" + name
	inPostgres(t, admin, "create database "+name)
	t.Cleanup(func() { inPostgres(t, admin, "drop database if exists "+name+" with (force)") })
	return at.String()
}

func inPostgres(t testing.TB, admin, statement string) {
	t.Helper()
	// The context of t has ended when it cleans up.
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	conn, err := pgx.Connect(ctx, admin)
	if err != nil {
		t.Fatalf("%s: %v", postgres.kind, err)
	}
	_, err = conn.Exec(ctx, statement)
	if err := errors.Join(err, conn.Close(ctx)); err != nil {
		t.Errorf("%s: %v", statement, err)
	}
}

// MariaDB returns the address of a fresh MariaDB database, in the form of the Go
// MySQL driver, with a user who may do everything on the server. The database is
// dropped when t ends.
func MariaDB(t testing.TB) string {
	t.Helper()
	admin, err := mysql.ParseDSN(mariadb.get(t))
	if err != nil {
		t.Fatalf("%s: %v", mariadb.env, err)
	}
	at := admin.Clone()
	at.DBName = fresh()
	inMariaDB(t, admin, "create database "+at.DBName)
	t.Cleanup(func() { inMariaDB(t, admin, "drop database if exists "+at.DBName) })
	return at.FormatDSN()
}

func inMariaDB(t testing.TB, admin *mysql.Config, statement string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	connector, err := mysql.NewConnector(admin)
	if err != nil {
		t.Fatalf("%s: %v", mariadb.kind, err)
	}
	db := sql.OpenDB(connector)
	_, err = db.ExecContext(ctx, statement)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Errorf("%s: %v", statement, err)
	}
}

// fresh is a name that needs no quotes.
func fresh() string {
	b := make([]byte, 8)
	_, _ = rand.Read(b) // never fails
	return "wm_" + hex.EncodeToString(b)
}

// get returns the address of the server, or ends t.
func (s *server) get(t testing.TB) string {
	t.Helper()
	s.once.Do(func() {
		if s.address = os.Getenv(s.env); s.address == "" {
			s.address, s.alive, s.err = start(s.kind, script)
		}
	})
	switch {
	case s.err == nil:
		return s.address
	case os.Getenv("CI") == "true":
		t.Fatalf("%v (%s)", s.err, s.missing)
	default:
		t.Skipf("skipped: %v; to enable it, %s", s.err, s.missing)
	}
	return ""
}

// start runs the script, which serves until alive is closed or this process ends.
func start(kind, script string) (address string, alive io.Closer, err error) {
	cmd := exec.Command("sh", "-c", script, "server.sh", kind)
	// A signal to our process group is not for the script: it has to clean up.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	in, err := cmd.StdinPipe()
	if err != nil {
		return "", nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	// A file and no pipe: `go test` waits until nobody holds its own pipes.
	said, err := os.CreateTemp("", "dbtest-*.log")
	if err != nil {
		return "", nil, err
	}
	defer func() { err = errors.Join(err, said.Close(), os.Remove(said.Name())) }()
	cmd.Stderr = said
	if err := cmd.Start(); err != nil {
		return "", nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err == nil {
		return strings.TrimSpace(line), in, nil
	}
	failed := cmd.Wait()
	why, _ := os.ReadFile(said.Name())
	return "", nil, fmt.Errorf("no %s: %w: %s", kind, failed, strings.TrimSpace(string(why)))
}
