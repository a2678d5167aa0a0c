package search

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		text string
		want Parsed
	}{
		{`platform:snowflake owner:"Ana B" -deprecated:true "exact words" net revenue -draft`, Parsed{
			Text: "exact words net revenue", Words: []string{"exact", "words", "net", "revenue"}, Phrases: [][]string{{"exact", "words"}}, Not: []string{"draft"},
			Filters: map[string][]string{"platform": {"snowflake"}, "owner": {"ana b"}}, Without: map[string][]string{"deprecated": {"true"}},
		}},
		{"orders of customers", Parsed{Text: "orders of customers", Words: []string{"orders", "customers"}}},
		{"the of", Parsed{Text: "the of", Words: []string{"the", "of"}}},
		{"note:this is no field", Parsed{Text: "note:this is no field", Words: []string{"note", "no", "field"}}},
		{"How many students are in `shop.students`?", Parsed{Text: "How many students are in `shop.students`?", Words: []string{"students", "shop"}, Names: []string{"shopstudents"}, Question: true}},
		{`which customers come from "Berlin"`, Parsed{Text: "which customers come from Berlin", Words: []string{"customers", "come", "berlin"}, Question: true}},
		{`5" disks - all`, Parsed{Text: `5" disks - all`, Words: []string{"5", "disks", "all"}}},
		{"", Parsed{}},
	} {
		if tt.want.Filters == nil {
			tt.want.Filters = map[string][]string{}
		}
		if tt.want.Without == nil {
			tt.want.Without = map[string][]string{}
		}
		if diff := cmp.Diff(tt.want, Parse(tt.text)); diff != "" {
			t.Errorf("%q: want -, got +\n%s", tt.text, diff)
		}
	}
}

func TestParseIsBounded(t *testing.T) {
	words := make([]string, 40)
	for i := range words {
		words[i] = "w" + strings.Repeat("x", i+1)
	}
	p := Parse(strings.Join(words, " "))
	if len(p.Words) != maxWords || p.Note != "only the first 32 words were read" {
		t.Errorf("got %d words, note %q want 32 and a note", len(p.Words), p.Note)
	}
	p = Parse(strings.Repeat("é", 5000))
	if n := len([]rune(p.Text)); n != maxRunes || p.Note != "only the first 1,000 characters were read" {
		t.Errorf("got %d characters, note %q want 1000 and a note", n, p.Note)
	}
}

func TestQuestionsAreKnown(t *testing.T) {
	for text, want := range map[string]bool{
		"how many orders": true, "list all customers with refunds": true, "orders by which channel": true, "is revenue net?": true,
		"net revenue": false, "order list": false, "show": false, "revenue by day and country": false,
	} {
		if got := Parse(text).Question; got != want {
			t.Errorf("%q: got %v want %v", text, got, want)
		}
	}
}

// FuzzParse proves that no text makes the parser fail or exceed its bounds.
func FuzzParse(f *testing.F) {
	for _, s := range []string{`a:"b`, `-"x y"`, `owner:`, `--`, `""`, "`", "type:table -type:view how many?"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p := Parse(s)
		if len(p.Words) > maxWords {
			t.Fatalf("%q: got %d words", s, len(p.Words))
		}
		for facet := range p.Filters {
			if facet == "" {
				t.Fatalf("%q: got a filter without a name", s)
			}
		}
	})
}
