package mysql

import (
	"context"
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/crawler/infoschema"
)

// Live lists every table and view as they are now: of the database that the dsn
// names, or where it names none, of all that the user sees.
func (s *Source) Live(ctx context.Context) ([]catalog.LiveTable, error) {
	list, err := infoschema.Schemas(ctx, s.pool)
	if err != nil {
		return nil, explain(err, "list the databases")
	}
	transactional, err := s.transactional(ctx)
	if err != nil {
		return nil, err
	}
	var out []catalog.LiveTable
	for _, name := range list {
		if slices.Contains(system, strings.ToLower(name)) || s.pool.database != "" && s.pool.database != name {
			continue
		}
		tables, err := infoschema.Tables(ctx, s.pool, name)
		if err != nil {
			return nil, explain(err, "list the tables of "+name)
		}
		for _, t := range tables {
			l := catalog.LiveTable{Dataset: s.rows.Naming.URN(t.Schema, t.Name), Kind: t.Kind, Columns: t.Columns,
				Left: !s.databases(name) || !s.tables(t.Schema+"."+t.Name)}
			if t.Engine != "" && !transactional[t.Engine] {
				l.Fixed = "its engine " + t.Engine + " knows no transactions, so erasing there could not be taken back; convert it to InnoDB"
			}
			out = append(out, l)
		}
	}
	return out, nil
}

// Search calls each with the cells of every row that may hold a part of the probe.
func (s *Source) Search(ctx context.Context, p catalog.Probe, each func(cells []string) error) error {
	return s.rows.Search(ctx, s.pool, p, each)
}

// transactional are the engines on which all or nothing can be promised.
func (s *Source) transactional(ctx context.Context) (map[string]bool, error) {
	rows, err := s.pool.QueryContext(ctx, "select ENGINE from information_schema.ENGINES where TRANSACTIONS = 'YES'"+infoschema.Mark)
	if err != nil {
		return nil, explain(err, "list the engines")
	}
	defer rows.Close()
	out := map[string]bool{}
	for rows.Next() {
		var engine string
		if err := rows.Scan(&engine); err != nil {
			return nil, explain(err, "list the engines")
		}
		out[engine] = true
	}
	return out, rows.Err()
}
