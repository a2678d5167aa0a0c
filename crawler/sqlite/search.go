package sqlite

import (
	"context"

	"waymark/catalog"
)

// Live lists every table and view of every file as they are now.
func (s *Source) Live(ctx context.Context) ([]catalog.LiveTable, error) {
	var out []catalog.LiveTable
	for _, schema := range s.schemas() {
		tables, err := s.tables(ctx, schema)
		if err != nil {
			return nil, explain(err, "list the tables of "+schema)
		}
		for _, t := range tables {
			out = append(out, catalog.LiveTable{Dataset: s.rows.Naming.URN(t.Schema, t.Name), Kind: t.Kind, Columns: t.Columns, Left: !s.wanted(t.Schema + "." + t.Name)})
		}
	}
	return out, nil
}

// Search calls each with the cells of every row that may hold a part of the probe.
func (s *Source) Search(ctx context.Context, p catalog.Probe, each func(cells []string) error) error {
	return s.rows.Search(ctx, s.pool, p, each)
}
