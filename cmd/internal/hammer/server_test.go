package hammer

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	driver "github.com/go-sql-driver/mysql"
	"github.com/jackc/pgx/v5"

	"waymark/catalog/dbtest"
	"waymark/catalog/fault"
	"waymark/pii/gdpr"
)

// shop is the application of a company and copies of it, in the SQL that both
// servers speak: nullable and not, cascades, a circle, a row that points at its
// own kind, a key of two columns.
const shop = `
create table students (student_id int primary key, full_name varchar(80) not null, email varchar(120) not null unique, phone varchar(40), birth_date date, referred_by int, foreign key (referred_by) references students (student_id));
create table instructors (instructor_id int primary key, full_name varchar(80) not null, email varchar(120) not null);
create table courses (course_id int primary key, instructor_id int not null, title varchar(80), foreign key (instructor_id) references instructors (instructor_id));
create table orders (order_id int primary key, student_id int not null, course_id int not null, receipt_email varchar(120), foreign key (student_id) references students (student_id), foreign key (course_id) references courses (course_id));
create table order_lines (order_id int not null, line_no int not null, amount int, primary key (order_id, line_no), foreign key (order_id) references orders (order_id) on delete cascade);
create table line_notes (note_id int primary key, order_id int, line_no int, note varchar(200), foreign key (order_id, line_no) references order_lines (order_id, line_no));
create table messages (message_id int primary key, student_id int, instructor_id int not null, body varchar(400) not null, foreign key (student_id) references students (student_id), foreign key (instructor_id) references instructors (instructor_id));
create table tickets (ticket_id int primary key, student_id int, contact_email varchar(120) not null, body varchar(400), foreign key (student_id) references students (student_id) on delete set null);
create table devices (device_id int primary key, student_id int, last_login int, foreign key (student_id) references students (student_id));
create table logins (login_id int primary key, device_id int not null, ip varchar(40), foreign key (device_id) references devices (device_id));
alter table devices add foreign key (last_login) references logins (login_id);
create table mailing (email varchar(120), first_name varchar(80));
create table learner_stats (learner_key char(64) primary key, risk varchar(20));
create table profiles (student_id int primary key, profile json not null);
create table events (event_id int primary key, payload text);
insert into students values (17, 'Mary Ellis', 'Mary.Ellis@example.org', '+44 161 496 0417', '1990-02-03', null), (18, 'Rosemary Ellis', 'rosemary.ellis@example.org', '+44 161 496 0999', '1991-02-03', 17), (19, 'Ines Mora', 'ines@example.com', null, null, null);
insert into instructors values (5, 'Ida Sol', 'ida@example.com');
insert into courses values (70, 5, 'Go');
insert into orders values (100, 17, 70, 'mary.ellis@example.org'), (101, 17, 70, null), (102, 18, 70, 'rosemary.ellis@example.org');
insert into order_lines values (100, 1, 5), (100, 2, 6), (101, 1, 7), (102, 1, 8);
insert into line_notes values (1, 100, 2, 'gift'), (2, 102, 1, 'gift'), (3, null, 1, 'loose'), (4, 101, null, 'half');
insert into messages values (1, 17, 5, 'this is Mary'), (2, 18, 5, 'this is Rose');
insert into tickets values (1, 17, 'mary.ellis@example.org', 'help'), (2, null, 'MARY.ELLIS@example.org', 'no account'), (3, 18, 'rosemary.ellis@example.org', 'call me');
insert into devices values (1, 17, null), (2, 18, null);
insert into logins values (11, 1, '192.0.2.1'), (12, 1, '192.0.2.2'), (13, 2, '192.0.2.3');
update devices set last_login = 12 where device_id = 1;
update devices set last_login = 13 where device_id = 2;
insert into mailing values ('mary.ellis@example.org', 'Mary'), ('rosemary.ellis@example.org', 'Rosemary');
insert into learner_stats values (lower(HASHED('mary.ellis@example.org')), 'high'), (lower(HASHED('rosemary.ellis@example.org')), 'low');
insert into profiles values (17, '{"email": "mary.ellis@example.org"}'), (18, '{"email": "rosemary.ellis@example.org"}');
insert into events values (1, 'mail to mary.ellis@example.org bounced'), (2, 'mail to rosemary.ellis@example.org bounced'), (3, null);
`

// hers is which rows are the subject's, by other means than the product.
var hers = map[string]string{
	"students": "student_id = 17", "orders": "student_id = 17", "order_lines": "order_id in (100, 101)", "line_notes": "note_id in (1)",
	"tickets": "ticket_id in (1, 2)", "devices": "device_id = 1", "logins": "device_id = 1", "mailing": "first_name = 'Mary'",
	"learner_stats": "risk = 'high'", "profiles": "student_id = 17",
}

// server is one real database with its accounts.
type server struct {
	kind   string
	run    func(text string) (content, error) // as the owner
	hashed string                             // how it spells SHA-256
	grant  func(right string, give bool)
	reader string // the account that crawls
}

func (s *server) exec(t *testing.T, script string) {
	t.Helper()
	for text := range strings.SplitSeq(script, ";\n") {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		if _, err := s.run(text); err != nil {
			t.Fatalf("%.120s: %v", text, err)
		}
	}
}

func (s *server) table(t *testing.T, query string) content {
	t.Helper()
	c, err := s.run(query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	slices.Sort(c.lines)
	return c
}

func (s *server) recipe() string {
	return "name: shop\nsource:\n  type: " + s.kind + "\n  config:\n    dsn: ${HAMMER_READER}\n    sample: {rows: 50}\nerase: {dsn: '${HAMMER_ERASER}'}\n"
}

func (s *server) tables(t *testing.T) map[string]content {
	t.Helper()
	out := map[string]content{}
	for _, name := range strings.Fields("students instructors courses orders order_lines line_notes messages tickets devices logins mailing learner_stats profiles events") {
		out[name] = s.table(t, "select * from "+name)
	}
	return out
}

func onPostgres(t *testing.T) *server {
	t.Helper()
	dsn := dbtest.Postgres(t)
	cfg, err := pgx.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	owner, err := pgx.ConnectConfig(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	s := &server{kind: "postgres", hashed: "encode(sha256(convert_to(%s, 'UTF8')), 'hex')", run: func(text string) (c content, err error) {
		// The context of t has ended when it cleans up.
		results, err := owner.PgConn().Exec(context.Background(), text).ReadAll()
		for _, r := range results {
			for _, row := range r.Rows {
				c.lines = append(c.lines, string(slices.Concat(join(row)...)))
			}
		}
		return c, err
	}}
	account := func(env, name, rights string) {
		s.exec(t, "create role "+name+" login password 'pw';\nalter default privileges grant "+rights+" on tables to "+name)
		u := url.URL{Scheme: "postgres", User: url.UserPassword(name, "pw"), Host: fmt.Sprintf("%s:%d", cfg.Host, cfg.Port), Path: "/" + cfg.Database}
		if strings.HasPrefix(cfg.Host, "/") {
			u.Host, u.RawQuery = "", url.Values{"host": {cfg.Host}, "port": {fmt.Sprint(cfg.Port)}}.Encode()
		}
		t.Setenv(env, u.String())
	}
	reader, eraser := "r_"+cfg.Database, "e_"+cfg.Database
	s.reader = reader
	account("HAMMER_READER", reader, "select")
	account("HAMMER_ERASER", eraser, "select, update, delete")
	t.Cleanup(func() {
		for _, name := range []string{reader, eraser} {
			_, _ = s.run("drop owned by " + name)
			_, _ = s.run("drop role " + name)
		}
		_ = owner.Close(context.Background())
	})
	s.grant = func(right string, give bool) {
		if give {
			s.exec(t, "grant "+right+" to "+eraser)
			return
		}
		s.exec(t, "revoke "+right+" from "+eraser)
	}
	return s
}

func onMariaDB(t *testing.T) *server {
	t.Helper()
	cfg, err := driver.ParseDSN(dbtest.MariaDB(t))
	if err != nil {
		t.Fatal(err)
	}
	c, err := driver.NewConnector(cfg)
	if err != nil {
		t.Fatal(err)
	}
	owner := sql.OpenDB(c)
	s := &server{kind: "mariadb", hashed: "sha2(%s, 256)", run: func(text string) (content, error) {
		if strings.HasPrefix(text, "select") {
			return read(owner, text)
		}
		_, err := owner.Exec(text)
		return content{}, err
	}}
	account := func(env, user, rights string) string {
		name := "'" + user + "'@'%', '" + user + "'@'localhost'"
		s.exec(t, "create user "+strings.ReplaceAll(name, ",", " identified by 'pw',")+" identified by 'pw'")
		if rights != "" {
			s.exec(t, "grant "+rights+" on "+cfg.DBName+".* to "+name)
		}
		own := cfg.Clone()
		own.User, own.Passwd = user, "pw"
		t.Setenv(env, own.FormatDSN())
		return name
	}
	reader := account("HAMMER_READER", "r_"+cfg.DBName, "select, show view")
	eraser := account("HAMMER_ERASER", "e_"+cfg.DBName, "")
	t.Cleanup(func() {
		_, _ = s.run("drop user " + reader)
		_, _ = s.run("drop user " + eraser)
		_ = owner.Close()
	})
	s.grant = func(right string, give bool) {
		if give {
			s.exec(t, "grant "+right+" to "+eraser)
			return
		}
		s.exec(t, "revoke "+right+" from "+eraser)
	}
	return s
}

// join puts the separator between cells.
func join(row [][]byte) (out [][]byte) {
	for i, v := range row {
		if i > 0 {
			out = append(out, []byte(cell))
		}
		out = append(out, v)
	}
	return out
}

// script is the shop in the words of the server.
func (s *server) script() string {
	text := shop
	for _, who := range []string{"'mary.ellis@example.org'", "'rosemary.ellis@example.org'"} {
		text = strings.ReplaceAll(text, "HASHED("+who+")", fmt.Sprintf(s.hashed, who))
	}
	return text
}

// TestErasureOnServers is the same story on real PostgreSQL and real MariaDB, with
// a missing right and a row that came after the plan on its way.
func TestErasureOnServers(t *testing.T) {
	for kind, start := range map[string]func(*testing.T) *server{"postgres": onPostgres, "mariadb": onMariaDB} {
		t.Run(kind, func(t *testing.T) {
			s := start(t)
			s.exec(t, s.script())
			for _, name := range slices.Sorted(maps.Keys(s.tables(t))) {
				s.grant("select, update, delete on "+name, true)
			}
			h := newHouse(t)
			h.crawl(t, s.recipe())
			before := s.tables(t)
			mine := map[string][]string{}
			for name, where := range hers {
				mine[name] = s.table(t, "select * from "+name+" where "+where).lines
			}
			id, p := h.plan(t, "email=mary.ellis@example.org")
			if len(p.Unreachable) > 0 {
				t.Errorf("got unreachable %v, want none", p.Unreachable)
			}
			p = h.drift(t, s, id, p)
			h.missingRight(t, s, id, p)
			h.prove(t, id)
			after := s.tables(t)
			for name, rows := range before {
				removed, added := less(rows.lines, after[name].lines), less(after[name].lines, rows.lines)
				want := mine[name]
				if changed := map[string]int{"students": 1, "messages": 1, "events": 1}[name]; len(added) != changed {
					t.Errorf("%s: got %d rows changed, want %d: %q", name, len(added), changed, added)
				} else if len(removed) != len(want)+changed || len(less(want, removed)) > 0 {
					t.Errorf("%s: got %q removed, want %q", name, removed, want)
				}
				for _, line := range after[name].lines {
					for _, v := range []string{"Mary Ellis", "496 0417", "this is Mary", "mary.ellis@"} {
						if strings.Contains(strings.ReplaceAll(strings.ToLower(line), "rosemary", ""), strings.ToLower(v)) {
							t.Errorf("%s still holds %q", name, v)
						}
					}
				}
			}
		})
	}
}

// drift approves a plan that no longer fits and returns the one that does.
func (h *house) drift(t *testing.T, s *server, id string, p gdpr.Plan) gdpr.Plan {
	t.Helper()
	h.approve(t, id, p)
	s.exec(t, "insert into line_notes values (9, 101, 1, 'late')")
	ctx := as(t.Context(), "sora")
	if done, err := h.requests.Execute(ctx, id); !errors.Is(err, fault.Conflict) {
		t.Fatalf("a row more: got %s, %v, want conflict", done.State, err)
	}
	if n := len(s.table(t, "select * from students").lines); n != 3 {
		t.Fatalf("got %d students after the drift, want nothing changed", n)
	}
	s.exec(t, "delete from line_notes where note_id = 9")
	again, err := h.requests.Plan(ctx, id, gdpr.PlanOptions{})
	if err != nil || again.Hash != p.Hash {
		t.Fatalf("planned again: got %v, %v, want the first plan's hash", again.Hash, err)
	}
	return again
}

// missingRight executes without the right to delete in one table: nothing changes,
// the request stays open, and it goes on once the right is there.
func (h *house) missingRight(t *testing.T, s *server, id string, p gdpr.Plan) {
	t.Helper()
	h.approve(t, id, p)
	s.grant("delete on tickets", false)
	ctx := as(t.Context(), "sora")
	done, err := h.requests.Execute(ctx, id)
	if err != nil || done.State != gdpr.Incomplete || !slices.ContainsFunc(done.Outcomes, func(o gdpr.Outcome) bool { return o.Outcome == gdpr.Failed }) {
		t.Fatalf("without a right: got %s, %v, want incomplete", done.State, err)
	}
	if n := len(s.table(t, "select * from students").lines); n != 3 {
		t.Fatalf("got %d students without the right, want nothing changed", n)
	}
	if _, err := h.requests.Close(ctx, id, ""); !errors.Is(err, fault.Conflict) {
		t.Errorf("closed with a failure: %v", err)
	}
	s.grant("delete on tickets", true)
	if done, err := h.requests.Execute(ctx, id); err != nil || done.State != gdpr.Executed {
		t.Fatalf("with the right: got %s, %v, %v", done.State, done.Outcomes, err)
	}
}
