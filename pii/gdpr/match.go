package gdpr

import (
	"context"
	"encoding/base64"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"waymark/catalog"
)

// conditions are the ways in which identity number i may stand in t.
func (s *search) conditions(t *table, i int) (out []hit) {
	k := s.keys[i]
	if k.Shared {
		return nil
	}
	for _, c := range t.columns {
		switch {
		case k.Class == "":
			if named(t, c.Name, k.Name) {
				out = append(out, hit{where: exact(t, c.Name, []string{k.Value}), how: byIdentity, key: i})
			}
		case textual(c.Type):
			out = append(out, s.textConditions(t, c.Name, i)...)
		case numeric(c.Type) && len(digits(k.Value)) >= 7:
			out = append(out, hit{where: exact(t, c.Name, s.numbers(k)), how: byIdentity, key: i})
		}
	}
	return out
}

func (s *search) textConditions(t *table, column string, i int) (out []hit) {
	plain, hashed := s.forms(s.keys[i])
	out = append(out,
		hit{where: catalog.Rows{Dataset: t.urn, Column: column, How: catalog.Folded, Values: folded(plain)}, how: byIdentity, key: i},
		hit{where: catalog.Rows{Dataset: t.urn, Column: column, How: catalog.Folded, Values: folded(hashed)}, how: byHash, key: i})
	if slices.ContainsFunc(plain, func(v string) bool { return !ascii(v) }) {
		// Not every database folds letters beyond ASCII; the forms are compared as they are, too.
		out = append(out, hit{where: exact(t, column, plain), how: byIdentity, key: i})
	}
	if s.keys[i].inside() {
		inside := s.inner(s.keys[i])
		out = append(out, hit{where: catalog.Rows{Dataset: t.urn, Column: column, How: catalog.Contains, Values: shortest(inside)}, how: byContained, key: i, values: inside})
	}
	return out
}

// screen joins conditions to as few as can be asked at once: what meets any of the
// conditions meets the screen. Text is compared once a column and not once an
// identity, so a table is read in one pass.
func screen(conditions []hit) (out []catalog.Rows) {
	type kind struct {
		column string
		how    catalog.How
	}
	at := map[kind]int{}
	for _, h := range conditions {
		k := kind{h.where.Column, h.where.How}
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out = append(out, catalog.Rows{Dataset: h.where.Dataset, Column: h.where.Column, How: h.where.How})
		}
		out[i].Values = append(out[i].Values, h.where.Values...)
	}
	for i := range out {
		out[i].Values = distinct(out[i].Values)
	}
	return out
}

// shortest drops values that hold another one: whoever looks for that finds them.
func shortest(values []string) (out []string) {
	low := folded(values)
	for i, v := range low {
		if !slices.ContainsFunc(low, func(o string) bool { return o != v && strings.Contains(v, o) }) {
			out = append(out, low[i])
		}
	}
	return out
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

// numbers are the forms that a column of numbers can hold.
func (s *search) numbers(k Key) (out []string) {
	plain, _ := s.forms(k)
	for _, v := range plain {
		if d := digits(v); len(d) >= 7 {
			out = append(out, d, strings.TrimLeft(d, "0"))
		}
	}
	return distinct(out)
}

// inner are the forms to look for inside longer text.
func (s *search) inner(k Key) []string {
	plain, _ := s.forms(k)
	var out []string
	for _, v := range plain {
		if k.Class == classPhone && len(digits(v)) < 9 {
			continue // too short to be anybody's in particular
		}
		out = append(out, v)
		out = append(out, encoded(v)...)
	}
	return distinct(out)
}

// contained reads the cells that hold an identity inside and keeps those where it
// stands by itself: rosemary@example.org does not mention mary@example.org.
func (s *search) contained(ctx context.Context, t *table, h hit) (hit, bool, error) {
	columns := []string{h.where.Column}
	if t.pk != "" && t.pk != h.where.Column {
		columns = append(columns, t.pk)
	}
	rows, ok, err := s.values(ctx, t, []catalog.Rows{h.where}, columns...)
	if err != nil || !ok {
		return h, ok, err
	}
	plain, _ := s.forms(s.keys[h.key])
	equal := folded(plain)
	var cells, ids []string
	for _, r := range rows {
		cell := r[0]
		if slices.Contains(equal, strings.ToLower(strings.TrimSpace(cell))) || !standsIn(cell, h.values) {
			continue
		}
		cells = append(cells, cell)
		ids = append(ids, r[len(r)-1])
	}
	h.columns = []string{h.where.Column}
	h.related = mentions
	h.where = exact(t, h.where.Column, distinct(cells))
	if len(columns) == 2 {
		h.where = exact(t, t.pk, distinct(ids))
	}
	if len(cells) == 0 {
		return h, true, nil
	}
	h.rows, ok, err = s.count(ctx, t, []catalog.Rows{h.where})
	return h, ok, err
}

// standsIn reports whether one of values stands in text by itself, not as a part of
// a longer identity.
func standsIn(text string, values []string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc(values, func(v string) bool {
		v = strings.ToLower(v)
		for at := 0; ; {
			i := strings.Index(text[at:], v)
			if i < 0 {
				return false
			}
			if free(text[:at+i], text[at+i+len(v):]) {
				return true
			}
			at += i + 1
		}
	})
}

var escaped = regexp.MustCompile(`%[0-9a-f]{2}$`)

// free reports whether what stands before and behind an identity ends it. A dot or
// dash ends it unless a letter or digit follows.
func free(before, behind string) bool {
	if n := len(before); n > 0 && (plainLetter(before[n-1]) || strings.IndexByte("._+-", before[n-1]) >= 0) && !escaped.MatchString(before) {
		return false
	}
	if behind == "" {
		return true
	}
	if behind[0] == '.' || behind[0] == '-' {
		return len(behind) == 1 || !plainLetter(behind[1])
	}
	return !plainLetter(behind[0])
}

func plainLetter(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '_' || c == '@'
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// encoded are forms in which programs wrap a value: in an address or in base64.
func encoded(value string) []string {
	return distinct([]string{
		url.QueryEscape(value), base64.StdEncoding.EncodeToString([]byte(value)), base64.URLEncoding.EncodeToString([]byte(value)),
	})
}
