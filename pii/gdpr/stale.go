package gdpr

import (
	"context"
	"slices"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// stale lists the datasets that were computed from rows which the plan deletes or
// changes: their figures agree with what is left only once they are computed again.
func (d *draft) stale(ctx context.Context) error {
	if d.search.d.Graph == nil {
		return nil
	}
	planned := map[urn.URN]bool{}
	var from []catalog.ColumnRef
	for _, x := range d.steps {
		u := x.step.Dataset
		if x.step.Action == catalog.RetainRows || planned[u] {
			continue
		}
		planned[u] = true
		for _, c := range d.search.e.byURN[u].columns {
			from = append(from, catalog.ColumnRef{Dataset: u, Column: c.Name})
		}
	}
	if len(from) == 0 {
		return nil
	}
	list, err := d.search.d.Graph.Derived(ctx, from)
	if err != nil {
		return err
	}
	slices.SortStableFunc(list, compareDerivation)
	seen := map[urn.URN]bool{}
	for _, x := range list {
		u := x.Column.Dataset
		if !x.Aggregated || seen[u] || planned[u] || u.Kind() != urn.KindDataset {
			continue
		}
		seen[u] = true
		d.aggregates = append(d.aggregates, Derived{Dataset: u, Path: pathOf(x), Aggregated: true})
		d.search.note("%s was computed from rows that go or change; its figures no longer agree until it is computed again.", u.Name())
	}
	return nil
}
