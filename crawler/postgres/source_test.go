package postgres_test

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"waymark/catalog/dbtest"
	"waymark/catalog/urn"
	"waymark/crawler"
	"waymark/crawler/crawltest"
	"waymark/crawler/infoschema"
	"waymark/crawler/postgres"
)

// server is a database of its own on the test server, with a reading and an
// erasing role beside its owner.
type server struct {
	owner    *pgx.Conn
	database string
	role     string
}

func newServer(t testing.TB) *server {
	t.Helper()
	dsn := dbtest.Postgres(t)
	s := &server{owner: connect(t, dsn)}
	s.database = s.owner.Config().Database
	s.role = "reader_" + s.database
	t.Setenv("SUITE_READER", as(t, dsn, s.role))
	t.Setenv("SUITE_ERASER", as(t, dsn, "eraser_"+s.database))
	q := infoschema.DoubleQuote
	for _, role := range []string{s.role, "eraser_" + s.database} {
		s.exec(t, "create role "+q(role)+" login password 'pw'")
		t.Cleanup(func() {
			// The database of the test goes by itself; roles belong to the server.
			_, _ = s.owner.Exec(context.Background(), "drop owned by "+q(role)+"; drop role "+q(role))
		})
	}
	s.exec(t, "grant usage on schema public to public")
	s.exec(t, "alter default privileges grant select on tables to "+q(s.role))
	s.exec(t, "alter default privileges grant select, update, delete on tables to "+q("eraser_"+s.database))
	return s
}

func connect(t testing.TB, dsn string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

// as is dsn for another user.
func as(t testing.TB, dsn, user string) string {
	t.Helper()
	cfg, err := pgx.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	u := url.URL{Scheme: "postgres", User: url.UserPassword(user, "pw"), Host: fmt.Sprintf("%s:%d", cfg.Host, cfg.Port), Path: "/" + cfg.Database}
	if strings.HasPrefix(cfg.Host, "/") {
		u.Host, u.RawQuery = "", url.Values{"host": {cfg.Host}, "port": {fmt.Sprint(cfg.Port)}}.Encode()
	}
	return u.String()
}

func (s *server) exec(t testing.TB, sql string) {
	t.Helper()
	if _, err := s.owner.Exec(context.Background(), sql); err != nil {
		t.Fatalf("%.200s: %v", sql, err)
	}
}

func (s *server) recipe(more string) string {
	return "name: suite\nsource:\n  type: postgres\n  config:\n    dsn: ${SUITE_READER}\n" + more + "erase: {dsn: '${SUITE_ERASER}'}\n"
}

func system(t *testing.T) crawltest.System { return newServer(t).system() }

func (s *server) system() crawltest.System {
	return crawltest.System{
		Type: "postgres", Open: postgres.Open, Recipe: s.recipe(""),
		Exec:   func(t *testing.T, sql string) { t.Helper(); s.exec(t, sql) },
		Quote:  infoschema.DoubleQuote,
		URN:    func(table string) urn.URN { return urn.Dataset("postgres", urn.Join(s.database, "public", table), "") },
		Logged: s.recipe("    query_log: {kind: pg_stat_statements}\n"),
		EnableLog: func(t *testing.T) {
			s.exec(t, "create schema stat; create extension pg_stat_statements schema stat")
			s.exec(t, "grant usage on schema stat to "+infoschema.DoubleQuote(s.role)+"; grant pg_read_all_stats to "+infoschema.DoubleQuote(s.role))
		},
		Lose: func(t *testing.T) {
			s.exec(t, "alter role "+infoschema.DoubleQuote(s.role)+" nologin")
		},
		Unreachable: "name: suite\nsource: {type: postgres, config: {dsn: 'postgres://nobody@127.0.0.1:1/none'}}\n",
		NameLimit:   63,
		Columns:     1500,
	}
}

func TestSource(t *testing.T) { crawltest.Run(t, system) }

// TestFaults breaks the connection in many ways at many places.
func TestFaults(t *testing.T) {
	s := newServer(t)
	cfg := s.owner.Config()
	direct := os.Getenv("SUITE_READER")
	target := net.JoinHostPort(cfg.Host, fmt.Sprint(cfg.Port))
	s.system().EnableLog(t)
	crawltest.Faults(t, s.system(), target, func(env, addr string) string {
		t.Setenv(env, strings.Replace(direct, target, addr, 1))
		return strings.Replace(s.recipe(crawltest.Deadlines+"    query_log: {kind: pg_stat_statements}\n"), "SUITE_READER", env, 1)
	})
}

func open(t *testing.T, recipe string) (crawler.Source, error) {
	t.Helper()
	r, err := crawler.ParseRecipe([]byte(recipe))
	if err != nil {
		t.Fatal(err)
	}
	src, err := postgres.Open(t.Context(), r.Config())
	if err == nil {
		t.Cleanup(func() { src.Close() })
	}
	return src, err
}

// In a database of encoding SQL_ASCII texts may be any bytes.
func TestCommentThatIsNoUTF8(t *testing.T) {
	dsn := dbtest.Postgres(t)
	admin := connect(t, dsn)
	name := admin.Config().Database + "_ascii"
	if _, err := admin.Exec(t.Context(), "create database "+name+" encoding 'SQL_ASCII' template template0 lc_collate 'C' lc_ctype 'C'"); err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	u.RawQuery += "&client_encoding=SQL_ASCII"
	conn := connect(t, u.String())
	t.Cleanup(func() {
		conn.Close(context.Background())
		_, _ = admin.Exec(context.Background(), "drop database "+name+" with (force)") // the server ends with the tests
	})
	for _, text := range []string{"create table t (id int)", "create table plain (id int)", `do $$ begin execute E'comment on table t is ''caf\xe9'''; end $$`} {
		if _, err := conn.Exec(t.Context(), text); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("SUITE_ASCII", u.String())
	b := crawltest.NewBench(t, map[string]crawler.Opener{"postgres": postgres.Open})
	for range 2 {
		report := b.Crawl(t, "name: ascii\nsource: {type: postgres, config: {dsn: '${SUITE_ASCII}'}}\n", crawler.Partial)
		found := false
		for _, p := range report.Problems {
			found = found || p.Class == crawler.Decode && strings.HasSuffix(p.Scope, ".t")
		}
		if !found || report.Failed != 0 {
			t.Errorf("got %d failed, %+v want the comment of t", report.Failed, report.Problems)
		}
	}
	a, err := b.Catalog.Find(b.Ctx, urn.Dataset("postgres", name+".public.t", ""))
	if err != nil || a.Profile.Description != "caf\ufffd" {
		t.Errorf("got %+v, %v", a.Profile, err)
	}
}
