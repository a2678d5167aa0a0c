package gdpr

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// likelihood is how surely the name of a column means the key of a table.
type likelihood int

const (
	unlikely likelihood = iota
	possible            // a role before it, or a like word that is no key: a person is to look
	probable            // a key by an abbreviation: followed where its values agree
	likely              // it is named as the key is
)

// PossibleLink is a column that may point at the subject's rows and was not followed.
type PossibleLink struct {
	Dataset urn.URN `json:"dataset"`
	Column  string  `json:"column"`
	To      urn.URN `json:"to"`
	Reason  string  `json:"reason"`
}

// keyEndings are words behind the noun of a key.
var keyEndings = set("id ids key no nr num number code ref fk pk sk uuid guid")

// keyWordsOf splits the name of a key column into its noun's words and whether a
// word for a key follows them: customerId, customer_id and customerid are alike.
func keyWordsOf(column string) (noun []string, key bool) {
	w := words(column)
	if n := len(w); n > 1 && keyEndings[w[n-1]] {
		return w[:n-1], true
	}
	if len(w) == 1 && len(w[0]) > 4 && strings.HasSuffix(w[0], "id") && !notKeys[w[0]] {
		return []string{w[0][:len(w[0])-2]}, true
	}
	return w, false
}

// sameNoun compares two words of names: equal but for the ending of a plural.
func sameNoun(a, b string) bool {
	if a == b || singular(a) == singular(b) {
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a) >= 4 && len(b)-len(a) <= 2 && strings.HasPrefix(b, a)
}

// shortFor reports whether a is an abbreviation of b: its beginning, or its
// consonants.
func shortFor(a, b string) bool {
	return len(a) >= 3 && len(a) < len(b) && (strings.HasPrefix(b, a) || consonants(a) == a && strings.HasPrefix(b, a[:1]) && strings.HasPrefix(consonants(b), a))
}

func consonants(w string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("aeiou", r) {
			return -1
		}
		return r
	}, w)
}

// identifies reports whether the name of a column ends as those of ids do, and not
// of numbers that count.
func identifies(column string) bool {
	w := words(column)
	return strings.HasSuffix(w[len(w)-1], "id") || w[len(w)-1] == "fk"
}

// own reports whether a column names the rows of its own table: lectures.lecture_id,
// order_lines.line_no.
func (t *table) own(column string) bool {
	noun, _ := keyWordsOf(column)
	return slices.Contains(t.keys, column) && (strings.EqualFold(column, "id") || len(noun) == 1 && sameNoun(noun[0], t.head()))
}

// called is what a key of t is called: by the name of its key where that says it,
// as view_id of lecture_views does, and else by the name of the table.
func (t *table) called() []string {
	if noun, key := keyWordsOf(t.pk); key {
		return noun
	}
	return t.noun
}

// means says how surely a column of another table, named so, is the key of t.
func (t *table) means(column string, kind string) likelihood {
	noun, key := keyWordsOf(column)
	called := t.called()
	if len(noun) == 0 || len(called) == 0 {
		return unlikely
	}
	if own := words(t.pk); len(own) > 1 && strings.Join(own, "") == strings.Join(words(column), "") {
		return likely
	}
	name, full := strings.Join(noun, ""), strings.Join(called, "")
	if !key && name != singular(name) {
		return unlikely // a number of them
	}
	plain := possible
	if key || numeric(kind) || strings.Contains(strings.ToLower(kind), "uuid") {
		plain = likely
	}
	switch head, last := called[len(called)-1], noun[len(noun)-1]; {
	case singular(name) == singular(full):
		return plain
	case key && sameNoun(name, full):
		return likely
	case key && sameNoun(name, head), key && identifies(column) && len(called) == 1 && shortFor(name, full):
		return probable
	case sameNoun(name, full), sameNoun(last, head) && key:
		return possible
	}
	return unlikely
}

// byMeaning follows the primary key of t to columns of the same source that are
// named after it and declare no other meaning. One that is only probably meant is
// followed where all its values are keys of t and nothing else is meant by it.
func (s *search) byMeaning(ctx context.Context, t *table, h hit) error {
	if t.pk == "" || t.head() == "" {
		return nil
	}
	exactName := s.linkName(t)
	var values []string
	for _, f := range s.e.columns[t.source] {
		if f.t == t || s.declared(f.t, f.column) || !alike(t, f) || f.t.own(f.column) {
			continue
		}
		how, err := s.linked(ctx, t, f, exactName)
		if err != nil {
			return err
		}
		if how != likely {
			continue
		}
		if values == nil {
			rows, ok, err := s.values(ctx, t, []catalog.Rows{h.where}, t.pk)
			if err != nil || !ok {
				return err
			}
			values = append([]string{}, first(rows)...)
		}
		path := append(slices.Clone(h.path), fmt.Sprintf("%s.%s is named as %s.%s", f.t.urn.Name(), f.column, t.urn.Name(), t.pk))
		if err := s.arrive(ctx, f.t, f.column, values, step{how: byName, path: path, key: -1}); err != nil {
			return err
		}
	}
	return nil
}

// linked decides whether a column is followed to t, and notes one that only may be
// meant. The decision is made once a pair.
func (s *search) linked(ctx context.Context, t *table, f ownedField, exactName string) (likelihood, error) {
	if exactName != "" && strings.EqualFold(f.column, exactName) {
		return likely, nil
	}
	c, _ := f.t.column(f.column)
	how := t.means(f.column, c.Type)
	if how == unlikely || !s.e.only(t, f, how) || s.gaps[f.t.urn] != "" || f.t.view() {
		return unlikely, nil
	}
	at := string(f.t.urn) + "\x00" + f.column + "\x00" + string(t.urn)
	if known, ok := s.links[at]; ok {
		return known, nil
	}
	all, known, err := s.included(ctx, t, f)
	if err != nil {
		return unlikely, err
	}
	switch {
	case known == 0:
		how = unlikely // there is nothing in it
	case s.asked(f.t.urn):
		how = likely // a person said so
	case how == likely && all || how == probable && all && known > 1:
		how = likely
	default:
		how = possible // named in the plan, for a person to decide
		why := "its name may mean that key"
		if !all {
			why = "its name may mean that key, and some of its values are no keys there"
		}
		s.possible = append(s.possible, PossibleLink{Dataset: f.t.urn, Column: f.column, To: t.urn, Reason: why})
	}
	s.links[at] = how
	return how, nil
}

// only reports whether no other table is meant at least as surely by a column.
func (e *estate) only(t *table, f ownedField, how likelihood) bool {
	c, _ := f.t.column(f.column)
	for _, o := range e.tables {
		if o != t && o.source == t.source && o.pk != "" && o != f.t && !o.view() && alike(o, f) && o.means(f.column, c.Type) >= how && !o.copyOf(t) {
			return false
		}
	}
	return true
}

// copyOf reports whether a table has the name of another but for the words that say
// where it stands in a pipeline.
func (t *table) copyOf(o *table) bool {
	return slices.Equal(t.noun, o.noun)
}

// maxProbe is how many values of a column are compared with the keys that it may mean.
const maxProbe = 200

// included reads some values of a column and reports whether all are keys of t.
func (s *search) included(ctx context.Context, t *table, f ownedField) (all bool, known int, err error) {
	any := catalog.Rows{Dataset: f.t.urn, Column: f.column, How: catalog.Contains, Values: []string{""}}
	rows, err := s.d.Reach.Select(ctx, any, []string{f.column}, maxProbe)
	if err != nil {
		return false, 0, s.gap(ctx, f.t.urn, err)
	}
	values := distinct(first(rows))
	if len(values) == 0 {
		return true, 0, nil
	}
	n, ok, err := s.count(ctx, t, []catalog.Rows{exact(t, t.pk, values)})
	return ok && n == int64(len(values)), len(values), err
}

// asked reports whether the planner named a dataset to be taken in.
func (s *search) asked(u urn.URN) bool { return slices.Contains(s.add, u) }
