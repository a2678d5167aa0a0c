package postgres_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
	"waymark/crawler"
	"waymark/crawler/crawltest"
	"waymark/crawler/infoschema"
	"waymark/crawler/postgres"
)

func (s *server) urn(table string) urn.URN {
	return urn.Dataset("postgres", urn.Join(s.database, "public", table), "")
}

func (s *server) crawled(t *testing.T) *crawltest.Bench {
	t.Helper()
	b := crawltest.NewBench(t, map[string]crawler.Opener{"postgres": postgres.Open})
	b.Crawl(t, s.recipe(""), crawler.OK)
	return b
}

func (s *server) delete(table string, want int64, ids ...string) catalog.Act {
	return catalog.Act{Dataset: s.urn(table), Action: catalog.DeleteRows, Want: want,
		Where: []catalog.Rows{{Dataset: s.urn(table), Column: "id", How: catalog.Exact, Values: ids}}}
}

func (s *server) count(t *testing.T, table string) (n int) {
	t.Helper()
	if err := s.owner.QueryRow(context.Background(), "select count(*) from "+table).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestEraseMissingGrant names the GRANT and changes nothing.
func TestEraseMissingGrant(t *testing.T) {
	s := newServer(t)
	s.exec(t, "create table p (id integer primary key); insert into p values (1), (2)")
	s.exec(t, "revoke update, delete on p from "+infoschema.DoubleQuote("eraser_"+s.database))
	b := s.crawled(t)
	_, err := b.Runner.Erase(b.Ctx, "suite", []catalog.Act{s.delete("p", 1, "1")})
	want := `grant select, update, delete on "public"."p" to "eraser_` + s.database + `"`
	if !errors.Is(err, fault.Denied) || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want fault.Denied with %s", err, want)
	}
	if n := s.count(t, "p"); n != 2 {
		t.Errorf("rows left: got %d, want 2", n)
	}
}

// TestEraseRowSecurity: rows that a policy hides from the eraser are an error.
func TestEraseRowSecurity(t *testing.T) {
	s := newServer(t)
	s.exec(t, "create table p (id integer primary key); insert into p values (1), (2)")
	s.exec(t, "alter table p enable row level security; create policy one on p using (id = 1)")
	b := crawltest.NewBench(t, map[string]crawler.Opener{"postgres": postgres.Open})
	b.Crawl(t, s.recipe(""), crawler.Partial) // the reader is under the policy, too
	if _, err := b.Runner.Erase(b.Ctx, "suite", []catalog.Act{s.delete("p", 1, "1", "2")}); err == nil || !strings.Contains(err.Error(), "row-level security") {
		t.Errorf("got %v, want a refusal that names row-level security", err)
	}
	if n := s.count(t, "p"); n != 2 {
		t.Errorf("rows left: got %d, want 2", n)
	}
}

// TestEraseTriggerAndView: a trigger that keeps a row is seen by the count, and a
// view is refused.
func TestEraseTriggerAndView(t *testing.T) {
	s := newServer(t)
	s.exec(t, "create table p (id integer primary key); insert into p values (1), (2); create view v as select id from p")
	s.exec(t, "create function keep() returns trigger language plpgsql as 'begin return null; end'")
	s.exec(t, "create trigger keep before delete on p for each row when (old.id = 2) execute function keep()")
	b := s.crawled(t)
	if _, err := b.Runner.Erase(b.Ctx, "suite", []catalog.Act{s.delete("p", 2, "1", "2")}); !errors.Is(err, fault.Conflict) {
		t.Errorf("a trigger that keeps a row: got %v, want fault.Conflict", err)
	}
	if _, err := b.Runner.Erase(b.Ctx, "suite", []catalog.Act{s.delete("v", 1, "1")}); !errors.Is(err, fault.Invalid) {
		t.Errorf("a view: got %v, want fault.Invalid", err)
	}
	if n := s.count(t, "p"); n != 2 {
		t.Errorf("rows left: got %d, want 2", n)
	}
}

// TestEraseInherited: a table does not stand for those that inherit from it.
func TestEraseInherited(t *testing.T) {
	s := newServer(t)
	s.exec(t, "create table p (id integer primary key); create table child (note text) inherits (p); insert into p values (1); insert into child values (1, 'x'), (2, 'y')")
	b := s.crawled(t)
	where := []catalog.Rows{{Dataset: s.urn("p"), Column: "id", How: catalog.Exact, Values: []string{"1", "2"}}}
	if n, err := b.Runner.Count(b.Ctx, where); err != nil || n != 1 {
		t.Errorf("rows of the parent: got %d, %v, want 1", n, err)
	}
	if _, err := b.Runner.Erase(b.Ctx, "suite", []catalog.Act{s.delete("p", 1, "1", "2")}); err != nil {
		t.Errorf("delete: %v", err)
	}
	if n := s.count(t, "child"); n != 2 {
		t.Errorf("rows of the child: got %d, want 2", n)
	}
}

// TestEraseDeferred: rows that point at each other go in one transaction where their
// keys may be checked at its end, and a key that does not hold then fails it.
func TestEraseDeferred(t *testing.T) {
	s := newServer(t)
	s.exec(t, "create table p (id integer primary key, q integer not null); create table q (id integer primary key, p integer not null references p)")
	s.exec(t, "alter table p add foreign key (q) references q deferrable")
	s.exec(t, "begin; set constraints all deferred; insert into p values (1, 10); insert into q values (10, 1); commit")
	b := s.crawled(t)
	relations, err := b.Runner.Relations(b.Ctx, "suite")
	if err != nil || len(relations) != 2 || relations[0].Deferrable == relations[1].Deferrable {
		t.Errorf("got %+v, %v, want two keys, one of them deferrable", relations, err)
	}
	if _, err := b.Runner.Erase(b.Ctx, "suite", []catalog.Act{s.delete("q", 1, "10")}); !errors.Is(err, fault.Conflict) {
		t.Errorf("a key left without its row: got %v, want fault.Conflict", err)
	}
	if _, err := b.Runner.Erase(b.Ctx, "suite", []catalog.Act{s.delete("q", 1, "10"), s.delete("p", 1, "1")}); err != nil {
		t.Errorf("both: %v", err)
	}
}

// TestEraseElements: cells of arrays and JSON are rewritten as what they are.
func TestEraseElements(t *testing.T) {
	s := newServer(t)
	s.exec(t, `create table p (id integer primary key, tags text[] not null, doc jsonb not null); insert into p values (1, '{a,b}', '{"to": ["a", "b"]}')`)
	b := s.crawled(t)
	for column, c := range map[string]catalog.Cell{"tags": {From: "{a,b}", To: "{b}"}, "doc": {From: `{"to": ["a", "b"]}`, To: `{"to":["b"]}`}} {
		a := s.delete("p", 1, "1")
		a.Action, a.Columns, a.Cells = catalog.Pseudonymise, []string{column}, []catalog.Cell{c}
		if _, err := b.Runner.Erase(b.Ctx, "suite", []catalog.Act{a}); err != nil {
			t.Errorf("%s: %v", column, err)
		}
	}
	got, err := b.Runner.Select(b.Ctx, catalog.Rows{Dataset: s.urn("p"), Column: "id", How: catalog.Exact, Values: []string{"1"}}, []string{"tags", "doc"}, 0)
	if err != nil || len(got) != 1 || got[0][0] != "{b}" || got[0][1] != `{"to": ["b"]}` {
		t.Errorf("got %v, %v, want b alone in both", got, err)
	}
}

// TestEraseLocked gives up when somebody else holds a row, and changes nothing.
func TestEraseLocked(t *testing.T) {
	s := newServer(t)
	s.exec(t, "create table p (id integer primary key); insert into p values (1), (2)")
	b := s.crawled(t)
	s.exec(t, "begin; select * from p where id = 2 for update")
	_, err := b.Runner.Erase(b.Ctx, "suite", []catalog.Act{s.delete("p", 2, "1", "2")})
	if !errors.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), "lock timeout") {
		t.Errorf("got %v, want fault.Unavailable for the lock", err)
	}
	s.exec(t, "rollback")
	if n := s.count(t, "p"); n != 2 {
		t.Errorf("rows left: got %d, want 2", n)
	}
}

// TestTypes: every type is matched by its text, and what cannot be one of its
// values matches nothing.
func TestTypes(t *testing.T) {
	s := newServer(t)
	s.exec(t, `create table p (id uuid primary key, code char(8), raw bytea, tags text[], at timestamptz, doc jsonb, n numeric(10,2), small smallint)`)
	s.exec(t, `insert into p values ('6f1a2b3c-0000-4000-8000-000000000001', 'ab', 'mary@example.org in bytes', '{mary@example.org}', '2026-01-02 03:04:05+00', '{"mail":"Mary@Example.org"}', 17.50, 17)`)
	b := s.crawled(t)
	tests := []struct {
		column string
		how    catalog.How
		value  string
		want   int64
	}{
		{"id", catalog.Exact, "6f1a2b3c-0000-4000-8000-000000000001", 1}, {"id", catalog.Exact, "no uuid", 0},
		{"code", catalog.Exact, "ab", 1}, {"code", catalog.Exact, "AB", 0}, {"code", catalog.Folded, "AB", 1},
		{"raw", catalog.Contains, "mary@example.org", 1}, {"raw", catalog.Exact, "mary@example.org in bytes", 1}, {"raw", catalog.Exact, "mary", 0},
		{"tags", catalog.Contains, "MARY@example.org", 1}, {"doc", catalog.Contains, "mary@example.org", 1}, {"doc", catalog.Contains, "\x00", 0},
		{"n", catalog.Exact, "17.50", 1}, {"small", catalog.Exact, "17", 1}, {"small", catalog.Exact, "70000", 0}, {"at", catalog.Contains, "2026-01-02", 1},
	}
	for _, tt := range tests {
		where := []catalog.Rows{{Dataset: s.urn("p"), Column: tt.column, How: tt.how, Values: []string{tt.value}}}
		if n, err := b.Runner.Count(b.Ctx, where); err != nil || n != tt.want {
			t.Errorf("%s %s %q: got %d, %v, want %d", tt.column, tt.how, tt.value, n, err, tt.want)
		}
	}
}

// TestEraseTriggerPath: a trigger function finds its tables by the path of the role.
func TestEraseTriggerPath(t *testing.T) {
	s := newServer(t)
	s.exec(t, "create table p (id integer primary key); insert into p values (1), (2); create table gone (id integer)")
	s.exec(t, "create function keep() returns trigger language plpgsql security definer as $$ begin insert into gone values (old.id); return old; end $$")
	s.exec(t, "create trigger t after delete on p for each row execute function keep()")
	s.exec(t, "grant select, delete on p to "+infoschema.DoubleQuote("eraser_"+s.database))
	b := s.crawled(t)
	if _, err := b.Runner.Erase(b.Ctx, "suite", []catalog.Act{s.delete("p", 1, "1")}); err != nil {
		t.Fatal(err)
	}
	if n := s.count(t, "gone"); n != 1 {
		t.Errorf("rows kept by the trigger: got %d, want 1", n)
	}
}

// TestEraseRefreshes: materialized views of the changed tables are made anew where
// the erasing role owns them, and stay as they are elsewhere.
func TestEraseRefreshes(t *testing.T) {
	s := newServer(t)
	eraser := infoschema.DoubleQuote("eraser_" + s.database)
	s.exec(t, "create table p (id integer primary key); insert into p values (1), (2); create view v as select id from p")
	s.exec(t, "create materialized view mine as select id from v; create materialized view on_mine as select id from mine; create materialized view theirs as select id from p")
	s.exec(t, "grant select, delete on p to "+eraser+"; grant select on v to "+eraser+"; grant create on schema public to "+eraser+"; alter materialized view mine owner to "+eraser+"; alter materialized view on_mine owner to "+eraser)
	b := s.crawled(t)
	if _, err := b.Runner.Erase(b.Ctx, "suite", []catalog.Act{s.delete("p", 1, "1")}); err != nil {
		t.Fatal(err)
	}
	for view, want := range map[string]int{"mine": 1, "on_mine": 1, "theirs": 2} {
		if n := s.count(t, view); n != want {
			t.Errorf("%s: got %d rows, want %d", view, n, want)
		}
	}
}
