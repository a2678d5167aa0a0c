package postgres

import (
	"context"
	"database/sql"

	"waymark/catalog"
	"waymark/crawler/infoschema"
	"waymark/crawler/pgwire"
)

// Rows of partitions are read by their parents, which need no right on them.
const (
	liveQuery = `select c.oid::bigint, n.nspname::text, c.relname::text, c.relkind::text,
  pg_catalog.has_schema_privilege(n.oid, 'usage') and pg_catalog.has_any_column_privilege(c.oid, 'select'),
  c.relrowsecurity and pg_catalog.row_security_active(c.oid),
  exists (select 1 from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relpersistence <> 't' and not c.relispartition and` + notSystem + `
order by n.nspname, c.relname` + infoschema.Mark

	unreadQuery = `select a.attrelid::bigint, a.attname::text from pg_catalog.pg_attribute a
where a.attnum > 0 and not a.attisdropped and a.attrelid = any ($1::bigint[]::oid[])
  and not pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'select')` + infoschema.Mark

	largeQuery = `select exists (select 1 from pg_catalog.pg_largeobject_metadata)` + infoschema.Mark
)

// Live lists every table and view of every database of the recipe as they are now.
func (s *Source) Live(ctx context.Context) ([]catalog.LiveTable, error) {
	list, err := s.listed(ctx)
	if err != nil {
		return nil, err
	}
	var out []catalog.LiveTable
	for _, name := range list {
		db, err := s.pool(ctx, name)
		if err != nil {
			return nil, err
		}
		tables, err := s.live(ctx, db)
		if err != nil {
			return nil, pgwire.Explain(err, "list the tables of "+name)
		}
		out = append(out, tables...)
	}
	return out, nil
}

func (s *Source) live(ctx context.Context, db *database) ([]catalog.LiveTable, error) {
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead})
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	out, ids, err := s.liveTables(ctx, tx, db.rows.Naming)
	if err != nil {
		return nil, err
	}
	columns, err := columnsOf(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	unread, err := unreadOf(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		out[i].Columns, out[i].Unread = columns[id], unread[id]
	}
	var large bool
	if err := tx.QueryRowContext(ctx, largeQuery).Scan(&large); err != nil {
		return nil, err
	}
	if large {
		out = append(out, catalog.LiveTable{Dataset: db.rows.Naming.URN("pg_catalog", "pg_largeobject"), Kind: "large objects", Left: true,
			Unsearched: map[string]string{"": "large objects are not searched"}})
	}
	return out, nil
}

func (s *Source) liveTables(ctx context.Context, q infoschema.Querier, n infoschema.Naming) (out []catalog.LiveTable, ids []int64, err error) {
	rows, err := q.QueryContext(ctx, liveQuery)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var schema, name, kind string
		var may, hidden, extension bool
		if err := rows.Scan(&id, &schema, &name, &kind, &may, &hidden, &extension); err != nil {
			return nil, nil, err
		}
		t := catalog.LiveTable{Dataset: n.URN(schema, name), Kind: kinds[kind], Left: extension || !s.schemas(schema) || !s.tables(schema+"."+name)}
		if kind == "f" {
			t.Fixed = "it is a foreign table; its rows are erased in the database where they lie"
		}
		if !may {
			t.Denied = "the reading role may not select from it"
		}
		if hidden {
			t.Hidden = "row-level security may hide rows from the reading role"
		}
		out, ids = append(out, t), append(ids, id)
	}
	return out, ids, rows.Err()
}

func unreadOf(ctx context.Context, q infoschema.Querier, ids []int64) (map[int64][]string, error) {
	rows, err := q.QueryContext(ctx, unreadQuery, ids)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64][]string{}
	for rows.Next() {
		var id int64
		var name string
		if err := rows.Scan(&id, &name); err != nil {
			return nil, err
		}
		out[id] = append(out[id], name)
	}
	return out, rows.Err()
}

// Search calls each with the cells of every row that may hold a part of the probe.
func (s *Source) Search(ctx context.Context, p catalog.Probe, each func(cells []string) error) error {
	db, err := s.at(ctx, p.Dataset)
	if err != nil {
		return err
	}
	return db.rows.Search(ctx, db, p, each)
}
