package gdpr

import (
	"slices"
	"strings"
	"unicode/utf8"

	"waymark/catalog"
)

// namedConditions are the conditions of identities from index on that are the names
// of columns.
func (s *search) namedConditions(t *table, from int) (out []hit) {
	for i := from; i < len(s.keys); i++ {
		if k := s.keys[i]; k.Class == "" && !k.Shared {
			for _, c := range t.columns {
				if named(t, c.Name, k.Name) {
					out = append(out, hit{where: exact(t, c.Name, []string{k.Value}), how: byIdentity, key: i})
				}
			}
		}
	}
	return out
}

// matcher is the matcher of one identity.
func (s *search) matcher(i int) *matcher {
	for len(s.matchers) <= i {
		s.matchers = append(s.matchers, s.d.matcherOf(s.keys[len(s.matchers)]))
	}
	return s.matchers[i]
}

func exact(t *table, column string, values []string) catalog.Rows {
	return catalog.Rows{Dataset: t.urn, Column: column, How: catalog.Exact, Values: values}
}

// named reports whether a column is meant by the name of a key: customer_id is
// called so, or it is the id of a table of customers. In a table of people only the
// column that says who a row is counts: students.instructor_id names somebody else.
func named(t *table, column, key string) bool {
	if column == t.pk && strings.EqualFold(column, "id") && t.head() != "" && t.head()+"_id" == strings.ToLower(key) {
		return true
	}
	if !strings.EqualFold(column, key) {
		return false
	}
	return !t.person || says(t, column)
}

// stem is what a key column identifies: customer of customer_id.
func stem(column string) string {
	w := words(column)
	if len(w) < 2 {
		return ""
	}
	return singular(w[len(w)-2])
}

// accounts are the nouns under which a row of a person points at the same person.
var accounts = set("user account person party member profile login")

// forms returns how an identity may be written and how it may be hashed.
func (s *search) forms(k Key) (plain, hashed []string) {
	plain = []string{k.Value}
	for _, f := range s.d.Forms(k.Class, k.Value) {
		switch f.Kind {
		case formHashed:
			hashed = append(hashed, f.Value)
		default:
			plain = append(plain, f.Value)
		}
	}
	return distinct(plain), distinct(hashed)
}

func folded(values []string) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = strings.ToLower(strings.TrimSpace(v))
	}
	return distinct(out)
}

func distinct(values []string) []string {
	var out []string
	for _, v := range values {
		if v != "" && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
