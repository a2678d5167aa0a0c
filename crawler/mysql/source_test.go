package mysql_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	driver "github.com/go-sql-driver/mysql"

	"waymark/catalog"
	"waymark/catalog/dbtest"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
	"waymark/crawler"
	"waymark/crawler/crawltest"
	"waymark/crawler/infoschema"
	"waymark/crawler/mysql"
)

// server is a database of its own on the test server, with a reading and an
// erasing user beside its owner.
type server struct {
	owner    *sql.DB
	database string
	reader   string // its accounts, quoted
	config   *driver.Config
}

func newServer(t testing.TB) *server {
	t.Helper()
	cfg, err := driver.ParseDSN(dbtest.MariaDB(t))
	if err != nil {
		t.Fatal(err)
	}
	c, err := driver.NewConnector(cfg)
	if err != nil {
		t.Fatal(err)
	}
	s := &server{owner: sql.OpenDB(c), database: cfg.DBName, config: cfg}
	t.Cleanup(func() { s.owner.Close() })
	s.owner.SetMaxOpenConns(1)
	s.exec(t, "set session sql_mode = concat(@@sql_mode, ',NO_BACKSLASH_ESCAPES')")
	s.reader = s.account(t, "SUITE_READER", "r_"+s.database, "select, show view")
	s.account(t, "SUITE_ERASER", "e_"+s.database, "select, update, delete")
	return s
}

// account makes a user and puts its address into the environment.
func (s *server) account(t testing.TB, env, user, rights string) string {
	t.Helper()
	// An anonymous account of localhost would stand before the one of any host.
	name := "'" + user + "'@'%', '" + user + "'@'localhost'"
	s.exec(t, "create user "+strings.ReplaceAll(name, ",", " identified by 'pw',")+" identified by 'pw'")
	t.Cleanup(func() {
		// The database of the test goes by itself; users belong to the server.
		_, _ = s.owner.Exec("drop user " + name)
	})
	s.exec(t, "grant "+rights+" on "+infoschema.Backtick(s.database)+".* to "+name)
	cfg := s.config.Clone()
	cfg.User, cfg.Passwd = user, "pw"
	t.Setenv(env, cfg.FormatDSN())
	return name
}

func (s *server) exec(t testing.TB, text string) {
	t.Helper()
	if _, err := s.owner.Exec(text); err != nil {
		t.Fatalf("%.200s: %v", text, err)
	}
}

const recipe = "name: suite\nsource:\n  type: mysql\n  config:\n    dsn: ${SUITE_READER}\n"
const eraser = "erase: {dsn: '${SUITE_ERASER}'}\n"

// TestFaults breaks the connection in many ways at many places.
func TestFaults(t *testing.T) {
	s := newServer(t)
	direct := os.Getenv("SUITE_READER")
	crawltest.Faults(t, s.system(), s.config.Addr, func(env, addr string) string {
		t.Setenv(env, strings.Replace(direct, s.config.Addr, addr, 1))
		return strings.Replace(recipe, "SUITE_READER", env, 1) + crawltest.Deadlines + eraser
	})
}

func system(t *testing.T) crawltest.System { return newServer(t).system() }

func (s *server) system() crawltest.System {
	return crawltest.System{
		Type: "mysql", Open: mysql.Open, Recipe: recipe + eraser,
		Exec:   func(t *testing.T, sql string) { t.Helper(); s.exec(t, sql) },
		Quote:  infoschema.Backtick,
		URN:    s.urn,
		Logged: recipe + "    query_log: {kind: general_log}\n" + eraser,
		EnableLog: func(t *testing.T) {
			s.exec(t, "set global log_output = 'TABLE'")
			s.exec(t, "set global general_log = 1")
			t.Cleanup(func() { _, _ = s.owner.Exec("set global general_log = 0") })
			s.exec(t, "grant select on mysql.general_log to "+s.reader)
		},
		Lose: func(t *testing.T) {
			s.exec(t, "revoke select, show view on "+infoschema.Backtick(s.database)+".* from "+s.reader)
			s.exec(t, "grant select on "+infoschema.Backtick(s.database)+".orders to "+s.reader)
		},
		Unreachable: "name: suite\nsource: {type: mysql, config: {dsn: 'mysql://nobody@127.0.0.1:1/none'}}\n",
		NameLimit:   64,
		Columns:     1000,
	}
}

func (s *server) urn(table string) urn.URN {
	return urn.Dataset("mariadb", urn.Join(s.database, table), "")
}

func TestSource(t *testing.T) { crawltest.Run(t, system) }

// TestEngine: a table without transactions is refused before anything is touched.
func TestEngine(t *testing.T) {
	s := newServer(t)
	s.exec(t, "create table safe (id int primary key)")
	s.exec(t, "insert into safe values (1)")
	s.exec(t, "create table old (id int primary key) engine=MyISAM")
	s.exec(t, "insert into old values (1)")
	s.exec(t, "create view seen as select id from safe")
	b := crawltest.NewBench(t, map[string]crawler.Opener{"mysql": mysql.Open})
	b.Crawl(t, recipe+eraser, crawler.OK)
	act := func(table string) catalog.Act {
		return catalog.Act{Dataset: s.urn(table), Action: catalog.DeleteRows, Want: 1,
			Where: []catalog.Rows{{Dataset: s.urn(table), Column: "id", How: catalog.Exact, Values: []string{"1"}}}}
	}
	for table, want := range map[string]string{"old": "engine MyISAM, which knows no transactions", "seen": "is a view"} {
		_, err := b.Runner.Erase(b.Ctx, "suite", []catalog.Act{act("safe"), act(table)})
		if !errors.Is(err, fault.Invalid) || !strings.Contains(fmt.Sprint(err), want) {
			t.Errorf("%s: got %v, want %q", table, err, want)
		}
	}
	if n, err := b.Runner.Count(b.Ctx, act("safe").Where); err != nil || n != 1 {
		t.Errorf("rows of safe: got %d, %v, want 1", n, err)
	}
}

// TestNullInStrictMode: without strict mode the server would write "" instead.
func TestNullInStrictMode(t *testing.T) {
	s := newServer(t)
	s.exec(t, "create table p (id int primary key, email varchar(50) not null)")
	s.exec(t, "insert into p values (1, 'a@example.org')")
	b := crawltest.NewBench(t, map[string]crawler.Opener{"mysql": mysql.Open})
	b.Crawl(t, recipe+eraser, crawler.OK)
	where := []catalog.Rows{{Dataset: s.urn("p"), Column: "id", How: catalog.Exact, Values: []string{"1"}}}
	_, err := b.Runner.Erase(b.Ctx, "suite", []catalog.Act{{Dataset: s.urn("p"), Action: catalog.NullColumns, Columns: []string{"email"}, Want: 1, Where: where}})
	if !errors.Is(err, fault.Conflict) {
		t.Errorf("null in a column that forbids it: got %v, want fault.Conflict", err)
	}
	got, err := b.Runner.Select(b.Ctx, where[0], []string{"email"}, 1)
	if err != nil || len(got) != 1 || got[0][0] != "a@example.org" {
		t.Errorf("got %v, %v, want the address unchanged", got, err)
	}
}

// TestGeneralLog reads the statements of sessions with the database that each was in.
func TestGeneralLog(t *testing.T) {
	s := newServer(t)
	text := recipe + "    query_log: {kind: general_log}\n"
	s.exec(t, "set global general_log = 0")
	b := crawltest.NewBench(t, map[string]crawler.Opener{"mysql": mysql.Open})
	s.exec(t, "create table watched (id int)")
	report := b.Crawl(t, text, crawler.Partial)
	if p := report.Problems[0]; p.Class != crawler.NotEnabled || !strings.Contains(p.Fix, "set global general_log = 1") {
		t.Errorf("with the log off: got %+v", p)
	}
	s.exec(t, "set global log_output = 'TABLE'")
	s.exec(t, "set global general_log = 1")
	t.Cleanup(func() { _, _ = s.owner.Exec("set global general_log = 0") })
	report = b.Crawl(t, text, crawler.Partial)
	if p := report.Problems[0]; p.Class != crawler.Permission || !strings.Contains(p.Fix, "grant select on mysql.general_log to `r_"+s.database+"`") {
		t.Errorf("without the right: got %+v", p)
	}
	s.exec(t, "grant select on mysql.general_log to "+s.reader)
	b.Crawl(t, text, crawler.Partial) // the credential changed, so nothing is marked as gone
	cfg := s.config.Clone()
	cfg.DBName = ""
	c, err := driver.NewConnector(cfg)
	if err != nil {
		t.Fatal(err)
	}
	other := sql.OpenDB(c)
	other.SetMaxOpenConns(1)
	defer other.Close()
	for _, q := range []string{"use " + infoschema.Backtick(s.database), "select id from watched where id = 4711"} {
		if _, err := other.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // the day is read whole each time
		b.Log.Statements = nil
		b.Crawl(t, text, crawler.OK)
		n := 0
		for _, st := range b.Log.Statements {
			if strings.Contains(st.SQL, "waymark crawl") {
				t.Errorf("a statement of the crawl itself was read: %s", st.SQL)
			}
			if st.SQL == "select id from watched where id = 4711" && st.Database == s.database && st.User == cfg.User && st.Dialect == "mariadb" {
				n++
			}
		}
		if n != 1 {
			t.Errorf("got the statement %d times of %d, want once", n, len(b.Log.Statements))
		}
	}
}

func TestBadInput(t *testing.T) {
	s := newServer(t)
	tests := []struct{ config, want string }{
		{"{}", "has no dsn"},
		{"{dsn: 'no address'}", "cannot be read"},
		{"{dsn: '${BAD_LOGIN}'}", "check the user and the password"},
		{"{dsn: '${BAD_DATABASE}'}", "the user may not see it"},
		{"{dsn: '${SUITE_READER}', query_log: {kind: slow}}", `"slow" is not known`},
	}
	bad := s.config.Clone()
	bad.User, bad.Passwd = "r_"+s.database, "canary-secret"
	t.Setenv("BAD_LOGIN", bad.FormatDSN())
	none := s.config.Clone()
	none.DBName = "nowhere"
	t.Setenv("BAD_DATABASE", none.FormatDSN())
	for _, tt := range tests {
		r, err := crawler.ParseRecipe([]byte("name: suite\nsource: {type: mysql, config: " + tt.config + "}\n"))
		if err != nil {
			t.Fatal(err)
		}
		b := crawltest.NewBench(t, map[string]crawler.Opener{"mysql": mysql.Open})
		_, err = b.Runner.Crawl(b.Ctx, r, crawler.Options{})
		if err == nil || strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: got %v, want one line without a secret", tt.config, err)
		}
		if tt.config != tests[3].config && !strings.Contains(fmt.Sprint(err), tt.want) {
			t.Errorf("%s: got %v, want %q", tt.config, err, tt.want)
		}
	}
}
