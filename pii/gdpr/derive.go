package gdpr

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// derive follows lineage from the key columns of the subject's rows to the tables
// that were made of them, and looks there for the same keys.
func (s *search) derive(ctx context.Context) error {
	if s.d.Graph == nil {
		s.note("Lineage is not connected: copies are found by keys, names and values alone.")
		return nil
	}
	from := s.keyColumns()
	if len(from) == 0 {
		return nil
	}
	refs := make([]catalog.ColumnRef, 0, len(from))
	for ref := range from {
		refs = append(refs, ref)
	}
	slices.SortFunc(refs, compareRef)
	list, err := s.d.Graph.Derived(ctx, refs)
	if err != nil {
		return err
	}
	slices.SortStableFunc(list, compareDerivation)
	for _, x := range list {
		if err := s.along(ctx, x, from[x.From]); err != nil {
			return err
		}
	}
	return nil
}

func compareRef(a, b catalog.ColumnRef) int {
	if c := strings.Compare(string(a.Dataset), string(b.Dataset)); c != 0 {
		return c
	}
	return strings.Compare(a.Column, b.Column)
}

func compareDerivation(a, b Derivation) int {
	return cmp.Or(compareRef(a.Column, b.Column), compareRef(a.From, b.From), slices.CompareFunc(a.Path, b.Path, compareRef))
}

// keyColumns are the columns of the subject's rows whose values lead on.
func (s *search) keyColumns() map[catalog.ColumnRef][]string {
	out := map[catalog.ColumnRef][]string{}
	for _, t := range s.order {
		for _, h := range s.finds[t] {
			if h.related != about || h.where.How != catalog.Exact || len(h.where.And) > 0 {
				continue
			}
			ref := catalog.ColumnRef{Dataset: t.urn, Column: h.where.Column}
			out[ref] = distinct(append(out[ref], h.where.Values...))
		}
		if t.pk != "" {
			ref := catalog.ColumnRef{Dataset: t.urn, Column: t.pk}
			for v := range s.ids[string(t.urn)+"\x00"+t.pk] {
				out[ref] = append(out[ref], v)
			}
			out[ref] = distinct(out[ref])
			slices.Sort(out[ref])
		}
	}
	for ref, values := range out {
		if len(values) == 0 {
			delete(out, ref)
		}
	}
	return out
}

// along looks into one derived column.
func (s *search) along(ctx context.Context, x Derivation, values []string) error {
	if x.Aggregated || !x.Direct || x.Column.Dataset.Kind() != urn.KindDataset {
		return nil
	}
	u := s.e.byURN[x.Column.Dataset]
	if u == nil || u.source == "" {
		if _, known := s.gaps[x.Column.Dataset]; !known {
			s.gaps[x.Column.Dataset] = "lineage leads there, and no connected source holds it"
		}
		return nil
	}
	if x.Masked {
		var hashed []string
		for _, v := range values {
			_, h := s.forms(Key{Value: v})
			hashed = append(hashed, h...)
		}
		values = hashed
	} else if !identifying(x.Column.Column) {
		// A small number may come out of a calculation by chance; only a column
		// that is named as a key is taken for one.
		values = slices.DeleteFunc(slices.Clone(values), func(v string) bool { return len(v) < 8 })
	}
	return s.arrive(ctx, u, x.Column.Column, values, step{how: byLineage, path: pathOf(x), key: -1})
}

// identifying reports whether a column is named as keys are.
func identifying(column string) bool {
	w := words(column)
	if len(w) == 0 {
		return false
	}
	last := strings.TrimSuffix(w[len(w)-1], "s")
	return keyWords[last] || len(last) > 2 && strings.HasSuffix(last, "id") && !notKeys[last]
}

var (
	keyWords = set("id key no nr num number code sk nk pk uuid ref")
	notKeys  = set("paid prepaid unpaid valid invalid void avoid said grid bid hybrid fluid solid rapid liquid covid")
)

func pathOf(x Derivation) (out []string) {
	for _, c := range x.Path {
		out = append(out, c.Dataset.Name()+"."+c.Column)
	}
	return out
}

// follow lists every dataset that was made of the subject's personal columns.
func (s *search) follow(ctx context.Context) error {
	if s.d.Graph == nil {
		return nil
	}
	var from []catalog.ColumnRef
	for _, t := range s.order {
		if !slices.ContainsFunc(s.finds[t], func(h hit) bool { return h.related == about }) {
			continue
		}
		for _, c := range t.columns {
			if slices.Contains(t.telling(), c.Name) || c.Name == t.pk {
				from = append(from, catalog.ColumnRef{Dataset: t.urn, Column: c.Name})
			}
		}
	}
	if len(from) == 0 {
		return nil
	}
	list, err := s.d.Graph.Derived(ctx, from)
	if err != nil {
		return err
	}
	slices.SortStableFunc(list, compareDerivation)
	at := map[urn.URN]int{}
	for _, x := range list {
		if !x.Direct || x.Column.Dataset.Kind() != urn.KindDataset {
			continue
		}
		i, ok := at[x.Column.Dataset]
		if !ok {
			i = len(s.paths)
			at[x.Column.Dataset] = i
			s.paths = append(s.paths, Derived{Dataset: x.Column.Dataset, Path: pathOf(x), Masked: x.Masked, Aggregated: x.Aggregated})
		}
		// One column that came through as it is outweighs those that did not.
		s.paths[i].Masked = s.paths[i].Masked && x.Masked
		s.paths[i].Aggregated = s.paths[i].Aggregated && x.Aggregated
		s.unconnected(x)
	}
	slices.SortFunc(s.paths, func(a, b Derived) int { return strings.Compare(string(a.Dataset), string(b.Dataset)) })
	return nil
}

// unconnected keeps a copy that nobody can look into as a gap.
func (s *search) unconnected(x Derivation) {
	u := s.e.byURN[x.Column.Dataset]
	if x.Aggregated || u != nil && u.source != "" || s.gaps[x.Column.Dataset] != "" {
		return
	}
	s.gaps[x.Column.Dataset] = "lineage leads there, and no connected source holds it"
}
