package catalog_test

import (
	"testing"

	"waymark/catalog"
	"waymark/catalog/access"
)

func TestColumnsAreComparedByWhatTheyMean(t *testing.T) {
	col := func(name, typ string) catalog.Column { return catalog.Column{Name: name, Type: typ} }
	key := catalog.Column{Name: "id", Type: "bigint", Required: true, PrimaryKey: true}
	tests := []struct {
		name     string
		was, is  []catalog.Column
		want     string
		breaking bool
	}{
		{"a column more", []catalog.Column{key}, []catalog.Column{key, col("mail", "text")}, "column mail added (text)", false},
		{"a column less", []catalog.Column{key, col("mail", "text")}, []catalog.Column{key}, "column mail removed", true},
		{"another name in its place", []catalog.Column{key, col("mail", "text")}, []catalog.Column{key, col("email", "text")}, "column mail seems to be called email now", true},
		{"another type in its place", []catalog.Column{key, col("mail", "text")}, []catalog.Column{key, col("age", "int")}, "column mail removed; column age added (int)", true},
		{"wider", []catalog.Column{col("n", "int")}, []catalog.Column{col("n", "bigint")}, "column n is bigint, was int", false},
		{"narrower", []catalog.Column{col("n", "bigint")}, []catalog.Column{col("n", "int")}, "column n is int, was bigint", true},
		{"a synonym", []catalog.Column{col("n", "INTEGER")}, []catalog.Column{col("n", "int4")}, "column n is int4, was INTEGER", false},
		{"a longer text", []catalog.Column{col("s", "varchar(10)")}, []catalog.Column{col("s", "varchar(20)")}, "column s is varchar(20), was varchar(10)", false},
		{"a text without end", []catalog.Column{col("s", "varchar(10)")}, []catalog.Column{col("s", "text")}, "column s is text, was varchar(10)", false},
		{"more scale, fewer whole digits", []catalog.Column{col("m", "numeric(10,2)")}, []catalog.Column{col("m", "numeric(10,4)")}, "column m is numeric(10,4), was numeric(10,2)", true},
		{"fewer values", []catalog.Column{col("s", "enum('a','b')")}, []catalog.Column{col("s", "enum('a')")}, "column s is enum('a'), was enum('a','b')", true},
		{"number to text", []catalog.Column{col("n", "int")}, []catalog.Column{col("n", "text")}, "column n is text, was int", true},
		{"no longer unique", []catalog.Column{key}, []catalog.Column{{Name: "id", Type: "bigint", Required: true}}, "column id left the primary key", true},
		{"may be null", []catalog.Column{{Name: "id", Type: "bigint", Required: true}}, []catalog.Column{col("id", "bigint")}, "column id may be null now", false},
		{"in another order", []catalog.Column{key, col("a", "int"), col("b", "int")}, []catalog.Column{key, col("b", "int"), col("a", "int")}, "schema changed", false},
	}
	for _, tt := range tests {
		e := newEstate(t)
		a := table("shop.orders")
		a.Schema.Columns = tt.was
		e.apply(t, catalog.BySource("shop"), a)
		a.Schema = &catalog.Schema{Columns: tt.is}
		e.apply(t, catalog.BySource("shop"), a)
		list, err := e.History(as("mina", access.Viewer), a.URN, 10)
		if err != nil || len(list) != 1 {
			t.Fatalf("%s: got %v, %v want one event", tt.name, list, err)
		}
		if got := list[0].What(); got != tt.want || list[0].Breaking() != tt.breaking {
			t.Errorf("%s: got %q, breaking %t want %q, %t", tt.name, got, list[0].Breaking(), tt.want, tt.breaking)
		}
	}
}
