package gdpr

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"waymark/catalog"
)

// descendMany follows a foreign key of several columns. A condition names one
// column, so one is looked for that names exactly the same rows.
func (s *search) descendMany(ctx context.Context, t *table, h hit, u *table, r relation) error {
	parents, ok, err := s.values(ctx, t, []catalog.Rows{h.where}, r.targets...)
	if err != nil || !ok {
		return err
	}
	tuples := map[string]bool{}
	for _, p := range parents {
		if !slices.Contains(p, "") {
			tuples[strings.Join(p, "\x00")] = true
		}
	}
	if len(tuples) == 0 {
		return nil
	}
	columns := slices.Clone(r.columns)
	if u.pk != "" {
		columns = append(columns, u.pk)
	}
	lead := exact(u, r.columns[0], distinct(first(parents)))
	children, ok, err := s.values(ctx, u, []catalog.Rows{lead}, columns...)
	if err != nil || !ok {
		return err
	}
	matching := slices.DeleteFunc(children, func(c []string) bool { return !tuples[strings.Join(c[:len(r.columns)], "\x00")] })
	path := append(slices.Clone(h.path), fmt.Sprintf("%s (%s) → %s", u.urn.Name(), strings.Join(r.columns, ", "), t.urn.Name()))
	if len(matching) == 0 {
		return nil
	}
	if u.pk != "" {
		var ids []string
		for _, m := range matching {
			ids = append(ids, m[len(m)-1])
		}
		return s.arrive(ctx, u, u.pk, distinct(ids), step{how: byForeign, path: path, key: -1, relation: &r})
	}
	return s.arriveTuples(ctx, u, r, parents, path)
}

// arriveTuples finds rows without a key of one column: by the first key column
// whose values, alone, belong to none but the subject's parent rows.
func (s *search) arriveTuples(ctx context.Context, u *table, r relation, parents [][]string, path []string) error {
	for i, column := range r.columns {
		var values []string
		for _, p := range parents {
			values = append(values, p[i])
		}
		where := exact(u, column, distinct(values))
		rows, ok, err := s.values(ctx, u, []catalog.Rows{where}, r.columns...)
		if err != nil || !ok {
			return err
		}
		alone := !slices.ContainsFunc(rows, func(c []string) bool {
			return !slices.ContainsFunc(parents, func(p []string) bool { return slices.Equal(p, c) })
		})
		if alone {
			return s.arrive(ctx, u, column, where.Values, step{how: byForeign, path: path, key: -1, relation: &r})
		}
	}
	s.gaps[u.urn] = "its rows have a key of several columns, and no single one names the subject's rows alone"
	return nil
}

// sameName follows the primary key of t to columns of the same name in the same
// source that declare no other meaning.
func (s *search) sameName(ctx context.Context, t *table, h hit) error {
	name := s.linkName(t)
	if name == "" {
		return nil
	}
	var values []string
	for _, f := range s.e.named[t.source+"\x00"+strings.ToLower(name)] {
		if f.t == t || s.declared(f.t, f.column) || !alike(t, f) {
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

// linkName is the name by which other tables would point at t, or "" where the
// name says too little: two different things of one source may both be an "id".
func (s *search) linkName(t *table) string {
	w := words(t.pk)
	switch {
	case t.pk == "" || t.head() == "":
		return ""
	case len(w) == 1 && strings.EqualFold(t.pk, "id"):
		return t.head() + "_id"
	case len(w) < 2:
		return ""
	}
	owners := s.e.owners[t.source+"\x00"+strings.ToLower(t.pk)]
	if len(owners) == 1 || len(t.noun) == 1 && t.noun[0] == stem(t.pk) {
		return t.pk
	}
	return ""
}

// declared reports whether a column has a foreign key: then that says what it means.
func (s *search) declared(t *table, column string) bool {
	return slices.ContainsFunc(s.e.from[t.urn], func(r relation) bool { return slices.Contains(r.columns, column) })
}

// alike reports whether a column could hold the values of t's key.
func alike(t *table, f ownedField) bool {
	a, _ := t.column(t.pk)
	b, _ := f.t.column(f.column)
	return a.Type == "" || b.Type == "" || numeric(a.Type) == numeric(b.Type)
}

// ascend goes up from a person's row to the row of the account that it extends.
func (s *search) ascend(ctx context.Context, t *table, h hit) error {
	if !t.person {
		return nil
	}
	for _, r := range s.e.from[t.urn] {
		u := s.e.byURN[r.to]
		if u == nil || !u.person || u == t || len(r.columns) != 1 || r.columns[0] != t.pk && !accounts[stem(r.columns[0])] {
			continue
		}
		rows, ok, err := s.values(ctx, t, []catalog.Rows{h.where}, r.columns[0])
		if err != nil || !ok {
			return err
		}
		path := append(slices.Clone(h.path), fmt.Sprintf("%s.%s → %s.%s", t.urn.Name(), r.columns[0], u.urn.Name(), r.targets[0]))
		if err := s.arrive(ctx, u, r.targets[0], first(rows), step{how: byForeign, path: path, key: -1}); err != nil {
			return err
		}
	}
	return nil
}
