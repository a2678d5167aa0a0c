package gdpr

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// step is how a walk arrives somewhere.
type step struct {
	how      string
	path     []string
	key      int       // identity, or -1
	relation *relation // the foreign key, if it is one
}

// found adds rows of a table to what was found.
func (s *search) found(t *table, h hit) {
	if t.live != nil && t.live.Fixed != "" {
		s.gaps[t.urn] = "the subject stands there, and " + t.live.Fixed
		return
	}
	if _, ok := s.finds[t]; !ok {
		s.order = append(s.order, t)
	}
	s.finds[t] = append(s.finds[t], h)
	s.meet(h.key, t, h.where.Column)
	if h.related == about {
		s.own(t, h.where.Column, h)
	}
}

// own remembers the values of a key column that are the subject's.
func (s *search) own(t *table, column string, h hit) {
	if h.where.How != catalog.Exact || len(h.where.And) > 0 {
		return // a part of a key is many rows'
	}
	for _, k := range []string{string(t.urn) + "\x00" + column, t.source + "\x00" + strings.ToLower(column)} {
		if s.ids[k] == nil {
			s.ids[k] = map[string]bool{}
		}
		for _, v := range h.where.Values {
			s.ids[k][v] = true
		}
	}
}

func (s *search) note(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(s.notes, text) {
		s.notes = append(s.notes, text)
	}
}

// walk follows the keys of the subject's rows to the rows that point at them: first
// as the sources declare it, then by the same name, then along lineage.
func (s *search) walk(ctx context.Context) error {
	done := map[*table]int{}
	for {
		moved := false
		for i := 0; i < len(s.order); i++ {
			t := s.order[i]
			for ; done[t] < len(s.finds[t]); done[t]++ {
				moved = true
				if h := s.finds[t][done[t]]; h.related == about {
					if err := s.expand(ctx, t, h); err != nil {
						return err
					}
				}
			}
		}
		if !moved {
			return nil
		}
		if err := s.derive(ctx); err != nil {
			return err
		}
	}
}

// expand goes on from rows about the subject.
func (s *search) expand(ctx context.Context, t *table, h hit) error {
	if t.pk != "" && h.where.Column != t.pk {
		rows, ok, err := s.values(ctx, t, []catalog.Rows{h.where}, t.pk)
		if err != nil || !ok {
			return err
		}
		s.keep(t, t.pk, first(rows))
	}
	for _, r := range s.e.to[t.urn] {
		u := s.e.byURN[r.from]
		if u == nil {
			s.gaps[r.from] = "it has a foreign key to " + t.urn.Name() + " and is not in the catalog; crawl it"
			continue
		}
		if err := s.descend(ctx, t, h, u, r); err != nil {
			return err
		}
	}
	if err := s.byMeaning(ctx, t, h); err != nil {
		return err
	}
	return s.ascend(ctx, t, h)
}

// descend follows one foreign key down.
func (s *search) descend(ctx context.Context, t *table, h hit, u *table, r relation) error {
	if len(r.columns) > 1 {
		return s.descendMany(ctx, t, h, u, r)
	}
	rows, ok, err := s.values(ctx, t, []catalog.Rows{h.where}, r.targets[0])
	if err != nil || !ok {
		return err
	}
	values := first(rows)
	s.keep(t, r.targets[0], values)
	path := append(slices.Clone(h.path), fmt.Sprintf("%s.%s → %s.%s", u.urn.Name(), r.columns[0], t.urn.Name(), r.targets[0]))
	return s.arrive(ctx, u, r.columns[0], values, step{how: byForeign, path: path, key: -1, relation: &r})
}

// keep remembers values of a key column of the subject's rows.
func (s *search) keep(t *table, column string, values []string) {
	s.own(t, column, hit{where: exact(t, column, values)})
}

func first(rows [][]string) (out []string) {
	for _, r := range rows {
		if r[0] != "" {
			out = append(out, r[0])
		}
	}
	return out
}

// arrive looks for rows of u by values of one column and says what they have to do
// with the subject.
func (s *search) arrive(ctx context.Context, u *table, column string, values []string, by step) error {
	p := place{Dataset: u.urn, Column: column}
	if s.tried[p] == nil {
		s.tried[p] = map[string]bool{}
	}
	values = slices.DeleteFunc(distinct(values), func(v string) bool { return s.tried[p][v] })
	if len(values) == 0 || s.gaps[u.urn] != "" || u.view() {
		return nil
	}
	for _, v := range values {
		s.tried[p][v] = true
	}
	if u.source == "" {
		s.gaps[u.urn] = "reached by " + by.how + ", and no connected source holds it"
		return nil
	}
	h := hit{where: exact(u, column, values), how: by.how, path: by.path, key: by.key, related: about}
	s.rows = append(s.rows, h.where)
	n, ok, err := s.count(ctx, u, []catalog.Rows{h.where})
	if err != nil || !ok {
		return err
	}
	if by.relation != nil {
		s.watch = append(s.watch, watched{Source: u.source, Where: h.where, Rows: n})
	}
	if n == 0 {
		return nil
	}
	h.rows = n
	if u.person && !says(u, column) && by.how != byIdentity && by.how != byLineage {
		h.related, h.columns = refers, []string{column}
		return s.refer(ctx, u, h)
	}
	return s.split(ctx, u, h)
}

// says reports whether a column of a table of people says who the row is, and not
// whom it points at: its key, its own noun's id, or the account behind it.
func says(u *table, column string) bool {
	return column == u.pk || stem(column) != "" && stem(column) == u.head() || accounts[stem(column)]
}

// refer keeps rows of other people that point at the subject; the subject's own row
// may do so as well.
func (s *search) refer(ctx context.Context, u *table, h hit) error {
	if u.pk == "" {
		s.found(u, h)
		return nil
	}
	rows, ok, err := s.values(ctx, u, []catalog.Rows{h.where}, u.pk)
	if err != nil || !ok {
		return err
	}
	own := s.ids[string(u.urn)+"\x00"+u.pk]
	ids := slices.DeleteFunc(first(rows), func(id string) bool { return own[id] })
	if len(ids) == 0 {
		return nil
	}
	h.where, h.rows = exact(u, u.pk, ids), int64(len(ids))
	s.found(u, h)
	return nil
}

// other is a column of a row that names a person.
type other struct {
	column string
	target string // where the subject's own values of it are kept
	class  string // or the identity that it holds
}

// othersIn lists the columns of u, but for one, that point at people other than
// the company's own staff.
func (s *search) othersIn(u *table, column string) (out []other) {
	seen := map[string]bool{column: true}
	for _, r := range s.e.from[u.urn] {
		p := s.e.byURN[r.to]
		if len(r.columns) == 1 && p != nil && p.person && !p.staffed() && !seen[r.columns[0]] {
			seen[r.columns[0]] = true
			out = append(out, other{column: r.columns[0], target: string(p.urn) + "\x00" + r.targets[0]})
		}
	}
	for _, c := range u.columns {
		if seen[c.Name] || slices.Contains(u.keys, c.Name) || s.declared(u, c.Name) {
			continue
		}
		for _, p := range s.e.tables {
			if p.person && p.pk != "" && !p.staffed() && p != u && p.source == u.source && !p.view() && p.means(c.Name, c.Type) == likely && alike(p, ownedField{u, c.Name}) {
				seen[c.Name] = true
				out = append(out, other{column: c.Name, target: string(p.urn) + "\x00" + p.pk})
				break
			}
		}
	}
	for _, c := range u.columns {
		if !seen[c.Name] && s.counterpart(u, column, c.Name) {
			out = append(out, other{column: c.Name, class: identityClass(u, c.Name)})
		}
	}
	return out
}

// counterpart reports whether a column holds the identity of somebody who shares a
// row with whom column names: as sender and recipient do. Who works with the row for
// the company does not share it.
func (s *search) counterpart(u *table, column, name string) bool {
	class := identityClass(u, name)
	w := words(name)
	if class == "" || u.person || slices.ContainsFunc(w, func(w string) bool { return handling[w] }) {
		return false
	}
	return class == identityClass(u, column) || slices.ContainsFunc(w, func(w string) bool { return counterparts[w] })
}

// handling are words of columns that name who works with a row.
var handling = set("by agent assigned assignee approver approved created updated modified manager editor reviewer supervisor operator admin staff support company office")

// split tells rows about the subject alone from rows that somebody else shares.
func (s *search) split(ctx context.Context, u *table, h hit) error {
	list := s.othersIn(u, h.where.Column)
	if len(list) == 0 || u.person {
		s.found(u, h)
		return nil
	}
	columns := slices.Clone(u.keys)
	for _, o := range list {
		columns = append(columns, o.column)
	}
	rows, ok, err := s.values(ctx, u, []catalog.Rows{h.where}, columns...)
	if err != nil || !ok {
		return err
	}
	var mine, theirs [][]string
	for _, r := range rows {
		if s.foreign(list, r[len(u.keys):]) {
			theirs = append(theirs, r[:len(u.keys)])
		} else {
			mine = append(mine, r[:len(u.keys)])
		}
	}
	with := h
	with.related, with.columns = shared, []string{h.where.Column}
	switch {
	case len(theirs) == 0:
		s.found(u, h)
	case len(mine) == 0 || len(u.keys) == 0:
		s.found(u, with)
	default:
		for _, x := range append(hits(h, u.byKeys(mine), int64(len(mine))), hits(with, u.byKeys(theirs), int64(len(theirs)))...) {
			s.found(u, x)
		}
	}
	return nil
}

// foreign reports whether one of the people that a row names is not the subject.
func (s *search) foreign(list []other, values []string) bool {
	for i, o := range list {
		if o.class != "" {
			if strings.TrimSpace(values[i]) != "" && !s.isMine(values[i]) {
				return true
			}
		} else if values[i] != "" && !s.ids[o.target][values[i]] {
			return true
		}
	}
	return false
}

// Derived is a dataset that lineage says was made of the subject's data.
type Derived struct {
	Dataset    urn.URN  `json:"dataset"`
	Path       []string `json:"path"`
	Masked     bool     `json:"masked,omitempty"`
	Aggregated bool     `json:"aggregated,omitempty"`
}
