package postgres_test

import (
	"slices"
	"strings"
	"testing"

	"waymark/catalog"
	"waymark/crawler/infoschema"
)

// types are columns of every kind that can hold a word, each with a value that does.
var types = map[string]string{
	"text": "'ellis'", "varchar(20)": "'Ellis'", "char(20)": "'ELLIS'", "name": "'ellis'", "citext": "'Ellis'", "word_d": "'ellis'", "word_d[]": "array['a', 'ellis']",
	"text[]": "'{a,ellis}'", "pair": "row('ellis', 1)", "pair[]": "array[row('ellis', 1)::pair]", "mood": "'ellis'", "tsvector": "'ellis:1'", "hstore": "'m=>ellis'", "xml": "'<m>ellis</m>'",
	"bytea": "'ellis'", "json": `'{"m":"ellis"}'`, "jsonb": `'["ellis"]'`, "span": "'[ellis,ellis]'", `"char"[]`: "'{e,l,l,i,s}'", "ltree": "'ellis'",
	"bpchar": "'ellis'", "text[][]": "'{{ellis}}'",
}

// TestSearchTypes: a value is found in a column of any type, as its text.
func TestSearchTypes(t *testing.T) {
	s := newServer(t)
	s.exec(t, "create extension citext; create extension hstore; create extension ltree; create domain word_d as text; create type pair as (a text, b integer); create type mood as enum ('ellis', 'bob'); create type span as range (subtype = text)")
	var names, columns, values []string
	for kind := range types {
		names = append(names, kind)
	}
	slices.Sort(names)
	delete(types, `"char"[]`) // no word stands in it whole
	names = slices.DeleteFunc(names, func(n string) bool { return types[n] == "" })
	for _, kind := range names {
		columns = append(columns, infoschema.DoubleQuote("c "+kind)+" "+kind)
		values = append(values, types[kind])
	}
	s.exec(t, "create table everything (id integer primary key, "+strings.Join(columns, ", ")+")")
	for i, v := range values {
		s.exec(t, "insert into everything (id, "+infoschema.DoubleQuote("c "+names[i])+") values ("+string(rune('0'+i/10))+string(rune('0'+i%10))+", "+v+")")
	}
	s.exec(t, "insert into everything (id, "+infoschema.DoubleQuote("c text")+") values (99, 'ell is')")
	b := s.crawled(t)
	p := catalog.Probe{Dataset: s.urn("everything"), Text: []string{"ellis"}}
	for _, n := range names {
		p.Columns = append(p.Columns, "c "+n)
	}
	found := map[string]string{}
	err := b.Runner.Search(b.Ctx, "suite", p, func(cells []string) error {
		for i, c := range cells {
			if c != "" {
				found[names[i]] = strings.Clone(c)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range names {
		if found[kind] == "" {
			t.Errorf("%s: not found", kind)
			continue
		}
		n, err := b.Runner.Count(b.Ctx, []catalog.Rows{{Dataset: p.Dataset, Column: "c " + kind, How: catalog.Exact, Values: []string{found[kind]}}})
		if err != nil || n != 1 {
			t.Errorf("%s: the cell %q names %d rows, %v", kind, found[kind], n, err)
		}
	}
	if len(found) != len(names) {
		t.Errorf("got %v", found)
	}
}

// TestLive lists what was made after the crawl, what the recipe leaves out, and what
// the role may not see of it.
func TestLive(t *testing.T) {
	s := newServer(t)
	s.exec(t, "create table p (id integer primary key)")
	b := s.crawled(t)
	reader := infoschema.DoubleQuote("reader_" + s.database)
	s.exec(t, "create table late (id integer, a text, b text); create table closed (id integer); create table ruled (id integer); alter table ruled enable row level security; create schema hr; create table hr.staff (id integer); create foreign data wrapper w; create server far foreign data wrapper w; create foreign table ft (id integer) server far; create table part (id integer) partition by list (id); create table part_1 partition of part for values in (1)")
	s.exec(t, "grant select (id, a) on late to "+reader+"; revoke all on closed from "+reader+"; grant select on ruled, ft, part to "+reader)
	s.exec(t, "revoke select on late from "+reader+"; grant select (id, a) on late to "+reader)
	list, err := b.Runner.Live(b.Ctx, "suite")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]catalog.LiveTable{}
	for _, l := range list {
		got[strings.TrimPrefix(l.Dataset.Name(), s.database+".")] = l
	}
	if l := got["public.late"]; !slices.Equal(l.Unread, []string{"b"}) || len(l.Columns) != 3 {
		t.Errorf("late: got %+v, want b unread", l)
	}
	for name, is := range map[string]func(catalog.LiveTable) bool{
		"public.p":      func(l catalog.LiveTable) bool { return l.Denied == "" && l.Hidden == "" && !l.Left && l.Fixed == "" },
		"public.closed": func(l catalog.LiveTable) bool { return l.Denied != "" },
		"public.ruled":  func(l catalog.LiveTable) bool { return l.Hidden != "" },
		"hr.staff":      func(l catalog.LiveTable) bool { return l.Denied != "" },
		"public.ft":     func(l catalog.LiveTable) bool { return l.Fixed != "" },
		"public.part":   func(l catalog.LiveTable) bool { return l.Kind == "partitioned table" },
	} {
		if l, ok := got[name]; !ok || !is(l) {
			t.Errorf("%s: got %+v", name, l)
		}
	}
	if _, ok := got["public.part_1"]; ok {
		t.Error("a partition is listed beside its parent, which holds its rows")
	}
}
