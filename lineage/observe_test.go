package lineage_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/urn"
	"waymark/lineage"
)

// in makes statements of one session, a minute apart.
func in(session string, texts ...string) (out []catalog.Statement) {
	for i, text := range texts {
		out = append(out, catalog.Statement{SQL: text, Session: session, Status: "ok", Time: now.Add(-time.Hour + time.Duration(i)*time.Minute)})
	}
	return out
}

func TestTransactionsDecideWhatHappened(t *testing.T) {
	fill, other := `insert into mart.copy (id) select id from raw.orders`, `insert into mart.daily (net) select amount from raw.refunds`
	both := []string{"raw.orders > mart.copy", "raw.refunds > mart.daily"}
	tests := []struct {
		name string
		log  []string
		want []string
	}{
		{"committed", []string{"begin", fill, other, "commit"}, both},
		{"rolled back", []string{"BEGIN TRANSACTION", fill, other, "ROLLBACK"}, nil},
		{"comment before", []string{"/* app */ begin;", fill, "-- give up\nrollback work"}, nil},
		{"read only mode", []string{"start transaction isolation level serializable", fill, "abort"}, nil},
		{"named in T-SQL", []string{"begin tran nightly", fill, "rollback tran nightly"}, nil},
		{"back to a savepoint", []string{"begin", fill, "savepoint a", other, "rollback to savepoint a", "commit"}, both[:1]},
		{"a savepoint given up, then again", []string{"begin", "savepoint a", fill, "rollback to a", other, "commit"}, both[1:]},
		{"second transaction undone", []string{"begin", fill, "commit", "begin", other, "rollback"}, both[:1]},
		{"log ends inside", []string{"begin", fill}, both[:1]},
		{"no transaction open", []string{fill, "rollback"}, both[:1]},
		{"one text", []string{"begin; " + fill + "; rollback"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := newEstate(t, shop)
			e.ran(t, in("s1", tt.log...)...)
			got := slices.Concat(e.edges(t, "mart.copy"), e.edges(t, "mart.daily"))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("edges (-want +got):\n%s", diff)
			}
		})
	}
}

func TestABlockOfCodeIsNoTransaction(t *testing.T) {
	e := newEstate(t, shop)
	e.ran(t, in("s1", `begin insert into mart.copy (id) select id from raw.orders; end`, `rollback`)...)
	if diff := cmp.Diff([]string{"raw.orders > mart.copy"}, e.edges(t, "mart.copy")); diff != "" {
		t.Errorf("edges (-want +got):\n%s", diff)
	}
}

func TestTemporaryTablesAreFollowedWithinASession(t *testing.T) {
	want := []string{"raw.orders > mart.copy"}
	work, out := `create temp table work as select id, mail from raw.orders`, `insert into mart.copy (id, mail) select id, mail from work`
	tests := []struct {
		name string
		log  []catalog.Statement
		want []string
	}{
		{"one session", in("s1", work, out), want},
		{"made, then filled", in("s1", `create temporary table work (id int, mail text)`, `insert into work select id, mail from raw.orders`, out), want},
		{"through two", in("s1", work, `create temp table rest as select * from work where id > 7`, `insert into mart.copy (id) select id from rest`), want},
		{"made in T-SQL", in("s1", `select id, mail into #w from raw.orders`, `insert into mart.copy (id, mail) select id, mail from #w`), want},
		{"no session, same person and tool", in("", work, out), want},
		{"no session, half an hour later", func() []catalog.Statement {
			list := in("", work, out)
			list[1].Time = list[0].Time.Add(31 * time.Minute)
			return list
		}(), []string{"work > mart.copy"}},
		{"made in what was rolled back", in("s1", "begin", work, "rollback", out), []string{"work > mart.copy"}},
		{"of a failed statement", func() []catalog.Statement {
			list := in("s1", work, out)
			list[0].Status = "failed"
			return list
		}(), []string{"work > mart.copy"}},
		{"nobody made it", in("s1", `insert into mart.copy (id) select id from #gone`), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := newEstate(t, shop)
			for i := range tt.log {
				if tt.name == "made in T-SQL" || tt.name == "nobody made it" {
					tt.log[i].Dialect = "tsql"
				}
			}
			e.ran(t, tt.log...)
			got := e.edges(t, "mart.copy")
			for i := range got { // an unknown name is a stub under the defaults
				got[i] = trimPrefix(got[i], "public.")
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("edges (-want +got):\n%s", diff)
			}
		})
	}
}

func trimPrefix(s, prefix string) string {
	if len(s) > len(prefix) && s[:len(prefix)] == prefix {
		return s[len(prefix):]
	}
	return s
}

func TestATemporaryTableIsReadOnce(t *testing.T) {
	e := newEstate(t, shop)
	e.ran(t, in("s1", `create temp table work as select id from raw.orders`, `insert into mart.copy (id) select id from work`, `select id from work`)...)
	var queries int64
	for _, u := range e.graph.Users(dataset("raw.orders")) {
		queries += u.Queries
	}
	if queries != 1 {
		t.Errorf("reads of raw.orders: got %d want 1: only the first statement reads it", queries)
	}
}

func TestAFailureTakesNothingFromWhatRanBefore(t *testing.T) {
	e := newEstate(t, shop)
	text := `insert into mart.copy (id) select id from raw.orders`
	e.ran(t, catalog.Statement{SQL: text, Status: "ok", Time: now.Add(-72 * time.Hour)})
	e.ran(t, catalog.Statement{SQL: text, Status: "failed", Time: now.Add(-time.Hour)})
	tr, err := e.graph.Trace(system(), lineage.Request{Root: dataset("mart.copy"), Direction: lineage.Up})
	if err != nil || len(tr.Edges) != 1 || !tr.Edges[0].First.Equal(now.Add(-72*time.Hour)) {
		t.Errorf("edges: got %+v, %v want the one first seen three days ago", tr.Edges, err)
	}
	if got := e.graph.Users(dataset("raw.orders")); len(got) != 1 || got[0].Queries != 1 || !got[0].Last.Equal(now.Add(-72*time.Hour)) {
		t.Errorf("users: got %+v want the run that succeeded alone", got)
	}
}

func TestUnknownStatusLowersConfidence(t *testing.T) {
	for status, want := range map[string]float64{"ok": 0.95, "unknown": 0.855, "": 0.855} {
		e := newEstate(t, shop)
		e.ran(t, catalog.Statement{SQL: `insert into mart.copy (id) select id from raw.orders`, Status: status})
		tr, err := e.graph.Trace(system(), lineage.Request{Root: dataset("mart.copy"), Direction: lineage.Up})
		if err != nil || len(tr.Edges) != 1 || tr.Edges[0].Confidence < want-0.001 || tr.Edges[0].Confidence > want+0.001 {
			t.Errorf("status %q: got %+v, %v want confidence %v", status, tr.Edges, err, want)
		}
	}
}

func TestOutcomesAreCountedOnceAndByDay(t *testing.T) {
	e := newEstate(t, shop)
	yesterday := now.Add(-24 * time.Hour)
	good := catalog.Statement{SQL: `select id from raw.orders`, Tool: "dbeaver", Time: yesterday}
	bad := catalog.Statement{SQL: `selct id, 'canary' from raw.orders`, Tool: "tableau", Status: "failed", Time: now.Add(-time.Hour), Count: 3}
	set := catalog.Statement{SQL: `set x = 1`, Time: now.Add(-time.Hour)}
	e.ran(t, good, bad, set)
	e.ran(t, bad, set) // the newest day is read again, as logs are
	u, err := e.graph.Understood(system(), "dwh", time.Time{}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if want := (catalog.Understood{Parsed: 1, Failed: 3, Skipped: 1}); !cmp.Equal(want, u.Total) {
		t.Errorf("total: got %+v want %+v", u.Total, want)
	}
	if len(u.Days) != 2 || u.Days[0].Total.Parsed != 1 || u.Days[1].Total.Failed != 3 {
		t.Errorf("days: got %+v want yesterday's one and today's three", u.Days)
	}
	if len(u.Reasons) != 1 || u.Reasons[0].Code != "unknown_statement" || u.Reasons[0].Count != 3 || len(u.Reasons[0].Spots) != 1 {
		t.Fatalf("reasons: got %+v want one unknown statement", u.Reasons)
	}
	spot := u.Reasons[0].Spots[0]
	a, err := e.cat.Find(system(), spot.Query)
	if err != nil || a.Statement == nil {
		t.Fatalf("sample %s: %v", spot.Query, err)
	}
	if spot.Words != "" || a.Statement.Text != "" || u.Reasons[0].Reason != u.Reasons[0].Code || a.Statement.Length != len(bad.SQL) {
		t.Errorf("got %+v, %+v, %+v want the length and no words of what was not understood", spot, u.Reasons[0], a.Statement)
	}
	if diff := cmp.Diff([]string{"orders"}, a.Statement.Mentions); diff != "" {
		t.Errorf("known tables in it (-want +got):\n%s", diff)
	}
	if slices.ContainsFunc([]string{a.Statement.Text, spot.Words, u.Reasons[0].Reason}, func(s string) bool { return contains(s, "canary") }) {
		t.Errorf("sample: got %q, %+v want no literal", a.Statement.Text, spot)
	}
	if got, err := e.graph.Understood(system(), "dwh", now.Add(-2*time.Hour).Truncate(24*time.Hour), time.Time{}); err != nil || got.Total.Parsed != 0 || got.Total.Failed != 3 {
		t.Errorf("today: got %+v, %v want the failed alone", got.Total, err)
	}
	if got, err := e.graph.Understood(system(), "other", time.Time{}, time.Time{}); err != nil || len(got.Days) > 0 {
		t.Errorf("another source: got %+v, %v want nothing", got, err)
	}
}

func TestFailedStatementsMakeNoStubs(t *testing.T) {
	e := newEstate(t, shop)
	e.ran(t, catalog.Statement{SQL: `select id from raw.ordrs`, Status: "failed"}, catalog.Statement{SQL: `select id from raw.elsewhere`, Status: "ok"})
	for name, want := range map[string]bool{"raw.ordrs": false, "raw.elsewhere": true} {
		if got, err := e.cat.Exists(system(), urn.Dataset("postgres", "dwh."+name, "")); err != nil || got != want {
			t.Errorf("stub %s: got %v, %v want %v", name, got, err, want)
		}
	}
}

func TestShardsStandForTheirTable(t *testing.T) {
	e := newEstate(t, map[string][]string{"raw.events": {"id", "at"}, "mart.copy": {"id"}})
	for _, from := range []string{"raw.events_20260101", "`raw.events_*`", "`raw.events$20260131`"} {
		e.ran(t, catalog.Statement{SQL: `insert into mart.copy select id from ` + from, Dialect: "bigquery"})
		if diff := cmp.Diff([]string{"raw.events > mart.copy"}, e.edges(t, "mart.copy")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", from, diff)
		}
	}
}

func TestPlaceholdersAreNoAssets(t *testing.T) {
	e := newEstate(t, shop)
	e.ran(t, sql(`insert into mart.copy (id) select id from ${env}_raw.orders`), sql(`insert into mart.copy (id) select id from {{ source }}`), sql(`insert into mart.copy (id) select id from pg_temp.w`))
	if got := e.edges(t, "mart.copy"); len(got) > 0 {
		t.Errorf("edges: got %v want none", got)
	}
}

func TestOneTextInTwoPlacesIsTwoStatements(t *testing.T) {
	e := newEstate(t, map[string][]string{"a.src": {"id"}, "a.dst": {"id"}, "b.src": {"id"}, "b.dst": {"id"}})
	text := `insert into dst (id) select id from src`
	for range 2 {
		e.ran(t, catalog.Statement{SQL: text, Schema: "a"}, catalog.Statement{SQL: text, Schema: "b"})
	}
	e.ran(t, catalog.Statement{SQL: text, Schema: "b"}) // the other one alone keeps its name
	for _, schema := range []string{"a", "b"} {
		if diff := cmp.Diff([]string{schema + ".src > " + schema + ".dst"}, e.edges(t, schema+".dst")); diff != "" {
			t.Errorf("schema %s (-want +got):\n%s", schema, diff)
		}
	}
	if got := e.outcomes(t)["parsed"]; got != 2 {
		t.Errorf("statements: got %d want 2", got)
	}
}

// TestALogOfMoreStatementsThanAreHeld reads one log with room for everything and with
// room for two statements: the catalog must be the same, also for what a transaction
// did that was open while room was made, and for a statement that came again.
func TestALogOfMoreStatementsThanAreHeld(t *testing.T) {
	log := slices.Concat(
		in("a", "begin", `insert into mart.copy (id) select id from raw.orders`),
		in("b", "begin", `insert into mart.daily (net) select amount from raw.refunds`),
		in("c", `select id from raw.orders`, `select amount from raw.refunds`, `select id, amount from raw.orders`, `selct nothing`, `select id from raw.orders where id = 7`),
		in("d", `insert into mart.copy (id) select id from raw.refunds`, `select id from raw.orders`, `set x = 1`),
		in("a", "commit"), in("b", "rollback"),
	)
	read := func(most int) []string {
		e := newEstate(t, shop)
		o, err := e.graph.Observe(system(), catalog.Log{Source: "dwh", Reader: "log", Platform: "postgres", Dialect: "postgres", DefaultDB: "dwh", DefaultSchema: "public"})
		if err != nil {
			t.Fatal(err)
		}
		lineage.HoldAtMost(o, most)
		for _, s := range log {
			s.User = "ana"
			if err := o.Add(system(), []catalog.Statement{s}); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := o.Close(system()); err != nil {
			t.Fatal(err)
		}
		if err := e.graph.Sync(system()); err != nil {
			t.Fatal(err)
		}
		out := slices.Concat(e.edges(t, "mart.copy"), e.edges(t, "mart.daily"))
		for a, err := range e.cat.List(system(), catalog.Filter{Types: []catalog.Type{catalog.Query}}) {
			if err != nil {
				t.Fatal(err)
			}
			f := a.Statement
			out = append(out, fmt.Sprint(a.URN, f.Outcome, f.Text, f.Inputs, f.Outputs, f.Unsure, f.Fruitless, f.First))
		}
		return out
	}
	want := read(1000)
	if len(want) < 8 {
		t.Fatalf("got %d lines of what was read, want more: %q", len(want), want)
	}
	if diff := cmp.Diff(want, read(2)); diff != "" {
		t.Errorf("with little room (-with room +with little):\n%s", diff)
	}
}
