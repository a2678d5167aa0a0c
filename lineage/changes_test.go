package lineage_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/lineage"
)

// changed prints what a file of DDL does, one line a change, and its notes.
func (e *estate) changed(t *testing.T, dialect, text string) (out, notes []string) {
	t.Helper()
	set := lineage.ChangeSet{Dialect: dialect, Files: []lineage.ChangedFile{{Name: "m.sql", Text: text}}}
	effects, notes, err := e.graph.Changes(system(), set, 0, 10)
	if err != nil {
		t.Fatalf("Changes: %v", err)
	}
	for _, x := range effects {
		worst := "nothing"
		if len(x.Items) > 0 {
			worst = x.Items[0].Severity
		}
		out = append(out, fmt.Sprintf("%d %s %s.%s: %s of %d", x.Line, x.Change, short(x.Asset), x.Column, worst, x.Total))
	}
	return out, notes
}

func TestChangesAreJudgedByWhatTheyHurt(t *testing.T) {
	e := newEstate(t, shop)
	e.apply(t, catalog.BySource("dwh"), catalog.Asset{
		URN: dataset("mart.v"), Type: catalog.Dataset, Profile: &catalog.Profile{Subtype: "view"},
		Schema:     &catalog.Schema{Columns: []catalog.Column{{Name: "id", Type: "int"}, {Name: "net", Type: "numeric"}}},
		Definition: &catalog.Definition{SQL: `create view mart.v as select id, net from mart.sales where net > ?`, Dialect: "postgres", DefaultDB: "dwh"},
	})
	e.ran(t, sql(`insert into mart.sales (id, net) select id, amount from raw.orders where mail is not null`), sql(`insert into mart.daily (net) select sum(net) from mart.v`))
	tests := []struct {
		name, sql string
		want      []string
	}{
		{"a column that is used", "alter table raw.orders drop column amount", []string{"1 drop column raw.orders.amount: breaks of 3"}},
		{"with the database", `alter table dwh.raw.orders drop column "amount"`, []string{"1 drop column raw.orders.amount: breaks of 3"}},
		{"a column that nobody uses", "\nalter table mart.sales drop mail_key", []string{"2 drop column mart.sales.mail_key: nothing of 0"}},
		{"a new name", "alter table raw.orders rename mail to e_mail", []string{"1 rename column raw.orders.mail: breaks of 3"}},
		{"renamed, then dropped", "alter table raw.orders rename id to nr; alter table raw.orders drop nr", []string{"1 rename column raw.orders.id: breaks of 2", "1 drop column raw.orders.id: breaks of 2"}},
		{"another type", "alter table raw.orders alter amount type bigint", []string{"1 change type raw.orders.amount: changes values of 3"}},
		{"the same type", "alter table raw.orders alter amount type TEXT", nil},
		{"a new column", "alter table raw.orders add column note text; alter table raw.orders drop column note", nil},
		{"the table", "drop table if exists raw.orders", []string{"1 drop raw.orders.: breaks of 3"}},
		{"a table of fewer columns", "create or replace table raw.orders (id text, amount bigint)", []string{"1 drop column raw.orders.mail: breaks of 3", "1 change type raw.orders.amount: changes values of 3"}},
		{"a table that is there", "create table if not exists raw.orders (id text)", nil},
		{"a table of its own", "create table raw.fresh (id text); drop table raw.fresh", nil},
		{"the same view", "create or replace view mart.v as\n  SELECT id, net -- as it is\n FROM mart.sales WHERE net > 17", nil},
		{"a view of fewer columns", "create or replace view mart.v as select id from mart.sales where net > 1", []string{"1 drop column mart.v.net: breaks of 1"}},
		{"a view with another meaning", "create or replace view mart.v as select id, net * 2 as net from mart.sales where net > 1", []string{"1 new meaning mart.v.net: changes values of 1"}},
		{"a view of other rows", "create or replace view mart.v as select id, net from mart.sales where net < 1", []string{"1 new meaning mart.v.: changes values of 1"}},
		{"no DDL", "select 1; update mart.sales set net = 3", nil},
	}
	for _, tt := range tests {
		got, notes := e.changed(t, "postgres", tt.sql)
		if diff := cmp.Diff(tt.want, got); diff != "" || len(notes) > 0 {
			t.Errorf("%s: %q (-want +got):\n%s", tt.name, notes, diff)
		}
	}
}

func TestChangesSayWhatTheyCouldNotJudge(t *testing.T) {
	e := newEstate(t, map[string][]string{"raw.orders": {"id"}, "mart.orders": {"id"}, "mart.v": {"id"}})
	got, notes := e.changed(t, "postgres", "drop table orders;\ndrop table nowhere;\nalter table raw.orders drop column gone;\ncreate or replace view mart.v as select * from elsewhere;")
	want := []string{
		"m.sql line 1: orders may be any of 2 assets; name the source, or write more of the name",
		"m.sql line 2: nowhere is not in the catalog",
		"m.sql line 3: dwh.raw.orders has no column gone in the catalog",
		"m.sql line 4: the columns of the new dwh.mart.v are not known: a star could not be resolved",
	}
	if diff := cmp.Diff(want, notes); diff != "" || len(got) > 0 {
		t.Errorf("notes, beside %v (-want +got):\n%s", got, diff)
	}
	if _, _, err := e.graph.Changes(system(), lineage.ChangeSet{Dialect: "klingon"}, 0, 1); err == nil {
		t.Error("an unknown dialect: got no error")
	}
	if _, _, err := e.graph.Changes(system(), lineage.ChangeSet{Source: "nowhere"}, 0, 1); err == nil {
		t.Error("an unknown source: got no error")
	}
}
