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
	return s.arriveTuples(ctx, u, r, matching, path)
}

// arriveTuples finds rows without a key of one column: by all the columns of the
// foreign key together.
func (s *search) arriveTuples(ctx context.Context, u *table, r relation, tuples [][]string, path []string) error {
	at := place{Dataset: u.urn, Column: strings.Join(r.columns, ", ")}
	if s.tried[at] == nil {
		s.tried[at] = map[string]bool{}
	}
	var fresh [][]string
	for _, t := range tuples {
		if k := strings.Join(t, "\x00"); !s.tried[at][k] {
			s.tried[at][k] = true
			fresh = append(fresh, t)
		}
	}
	keyed := &table{urn: u.urn, keys: r.columns}
	for _, where := range keyed.byKeys(fresh) {
		n, ok, err := s.count(ctx, u, []catalog.Rows{where})
		if err != nil || !ok {
			return err
		}
		s.rows = append(s.rows, where)
		s.watch = append(s.watch, watched{Source: u.source, Where: where, Rows: n})
		h := hit{where: where, rows: n, how: byForeign, path: path, key: -1, related: about}
		if err := s.split(ctx, u, h); n > 0 && err != nil {
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
	return a.Type == "" || b.Type == "" || numeric(a.Type) == numeric(b.Type) && !incidental(a.Type) && !incidental(b.Type)
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
		alone, err := s.alone(ctx, t, h, r.columns[0], first(rows))
		if err != nil {
			return err
		}
		if !alone {
			s.note("A row of %s is shared: rows of other people in %s point at it as well, so it stays.", u.urn.Name(), t.urn.Name())
			continue
		}
		path := append(slices.Clone(h.path), fmt.Sprintf("%s.%s → %s.%s", t.urn.Name(), r.columns[0], u.urn.Name(), r.targets[0]))
		if err := s.arrive(ctx, u, r.targets[0], first(rows), step{how: byForeign, path: path, key: -1}); err != nil {
			return err
		}
	}
	return nil
}

// alone reports whether no rows of t but the subject's have one of these values.
func (s *search) alone(ctx context.Context, t *table, h hit, column string, values []string) (bool, error) {
	if column == t.pk || len(values) == 0 {
		return true, nil
	}
	all, ok, err := s.count(ctx, t, []catalog.Rows{h.where, exact(t, column, values)})
	if err != nil || !ok {
		return false, err
	}
	own, ok, err := s.count(ctx, t, []catalog.Rows{h.where})
	return ok && all == own, err
}
