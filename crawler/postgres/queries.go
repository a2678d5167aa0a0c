package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"waymark/catalog"
	"waymark/catalog/urn"
	"waymark/crawler"
	"waymark/crawler/infoschema"
)

// PostgreSQL is read from its own catalogs: information_schema hides what the
// role may not use, and hidden would look like gone. Every name is qualified,
// since sessions have an empty search path, and so is every name in a printed view.
const (
	notSystem = ` n.nspname <> 'information_schema' and n.nspname !~ '^pg_' `

	relationsQuery = `select c.oid::bigint, n.nspname::text, c.relname::text, c.relkind::text, o.rolname::text,
  coalesce(pg_catalog.obj_description(c.oid, 'pg_class'), ''),
  case when c.relkind in ('v', 'm') then coalesce(pg_catalog.pg_get_viewdef(c.oid), '') else '' end,
  case when c.relkind in ('r', 'm', 'f') and c.reltuples >= 0 then c.reltuples::bigint end,
  case when c.relkind in ('r', 'm') then pg_catalog.pg_table_size(c.oid) end,
  case when not pg_catalog.has_schema_privilege(n.oid, 'usage') or not pg_catalog.has_any_column_privilege(c.oid, 'select') then '` + crawler.NoSelect + `'
    when not pg_catalog.has_table_privilege(c.oid, 'select') and exists (select 1 from pg_catalog.pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and not pg_catalog.has_column_privilege(c.oid, a.attnum, 'select')) then '` + crawler.SomeColumns + `'
    when pg_catalog.row_security_active(c.oid) then '` + crawler.RowSecurity + `'
    else '' end
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_roles o on o.oid = c.relowner
where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relpersistence <> 't' and not c.relispartition and` + notSystem + `
  and not exists (select 1 from pg_catalog.pg_depend d
    where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
order by n.nspname, c.relname` + infoschema.Mark

	columnFields = `a.attrelid::bigint, a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,
  a.attgenerated <> '', coalesce(pg_catalog.col_description(a.attrelid, a.attnum), ''),
  exists (select 1 from pg_catalog.pg_constraint p where p.conrelid = a.attrelid and p.contype = 'p' and a.attnum = any (p.conkey))
from pg_catalog.pg_attribute a`

	columnsQuery = `select ` + columnFields + `
where a.attnum > 0 and not a.attisdropped and a.attrelid = any ($1::bigint[]::oid[])
order by a.attrelid, a.attnum` + infoschema.Mark

	tableColumnsQuery = `select ` + columnFields + `
join pg_catalog.pg_class c on c.oid = a.attrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname = $1::text and c.relname = $2::text
order by a.attnum` + infoschema.Mark

	writesQuery = `select n.nspname::text, c.relname::text, s.n_tup_ins + s.n_tup_upd + s.n_tup_del
from pg_catalog.pg_stat_user_tables s join pg_catalog.pg_class c on c.oid = s.relid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where not c.relispartition` + infoschema.Mark

	kindQuery = `select c.relkind::text, greatest(c.reltuples, 0)::bigint from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace where n.nspname = $1::text and c.relname = $2::text` + infoschema.Mark

	// Keys of partitions repeat those of their parent and are left out.
	keysQuery = `select k.conrelid::bigint, k.conname::text, n.nspname::text, c.relname::text, tn.nspname::text, t.relname::text,
  case k.confdeltype when 'c' then 'cascade' when 'n' then 'set null' when 'd' then 'set default' when 'r' then 'restrict' else 'no action' end, k.condeferrable,
  (select pg_catalog.json_agg(pg_catalog.json_build_array(a.attname, not a.attnotnull, ta.attname) order by u.at)
   from unnest(k.conkey, k.confkey) with ordinality u (one, other, at)
   join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.one
   join pg_catalog.pg_attribute ta on ta.attrelid = k.confrelid and ta.attnum = u.other)::text
from pg_catalog.pg_constraint k
join pg_catalog.pg_class c on c.oid = k.conrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_class t on t.oid = k.confrelid join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
where k.contype = 'f' and k.conparentid = 0 and` + notSystem + `
order by k.conrelid, k.conname` + infoschema.Mark

	// Partitions are part of their table; other children are tables of their own.
	inheritedQuery = `select exists (select 1 from pg_catalog.pg_inherits i
  join pg_catalog.pg_class c on c.oid = i.inhparent join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and n.nspname = $1::text and c.relname = $2::text)` + infoschema.Mark

	databasesQuery = `select datname::text from pg_catalog.pg_database where datallowconn and not datistemplate order by datname` + infoschema.Mark
)

var kinds = map[string]string{"r": "table", "p": "partitioned table", "v": "view", "m": "materialized view", "f": "foreign table"}

// relation is one table with the oid that its columns and keys hang on.
type relation struct {
	oid int64
	infoschema.Table
}

func relations(ctx context.Context, q infoschema.Querier) ([]relation, error) {
	rows, err := q.QueryContext(ctx, relationsQuery)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []relation
	for rows.Next() {
		var r relation
		var kind, unread string
		if err := rows.Scan(&r.oid, &r.Schema, &r.Name, &kind, &r.Owner, &r.Comment, &r.SQL, &r.Rows, &r.Bytes, &unread); err != nil {
			return nil, err
		}
		r.Kind = kinds[kind]
		if unread != "" {
			r.Properties = map[string]string{catalog.NotRead: unread}
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// written counts the rows that were ever written, by table.
func written(ctx context.Context, q infoschema.Querier, n infoschema.Naming, into map[urn.URN]int64) error {
	rows, err := q.QueryContext(ctx, writesQuery)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var schema, table string
		var count int64
		if err := rows.Scan(&schema, &table, &count); err != nil {
			return err
		}
		into[n.URN(schema, table)] = count
	}
	return rows.Err()
}

// columnsOf reads the columns of many relations at once, by oid.
func columnsOf(ctx context.Context, q infoschema.Querier, oids []int64) (map[int64][]catalog.Column, error) {
	rows, err := q.QueryContext(ctx, columnsQuery, oids)
	if err != nil {
		return nil, err
	}
	return scanColumns(rows)
}

// columns reads the columns of one table by its name.
func columns(ctx context.Context, q infoschema.Querier, schema, table string) ([]catalog.Column, error) {
	rows, err := q.QueryContext(ctx, tableColumnsQuery, schema, table)
	if err != nil {
		return nil, err
	}
	all, err := scanColumns(rows)
	for _, list := range all {
		return list, err
	}
	return nil, err
}

func scanColumns(rows *sql.Rows) (map[int64][]catalog.Column, error) {
	defer rows.Close()
	out := map[int64][]catalog.Column{}
	for rows.Next() {
		var c catalog.Column
		var oid int64
		if err := rows.Scan(&oid, &c.Name, &c.Type, &c.Required, &c.Generated, &c.Description, &c.PrimaryKey); err != nil {
			return nil, err
		}
		out[oid] = append(out[oid], c)
	}
	return out, rows.Err()
}

// inherited reports whether other tables inherit from one.
func inherited(ctx context.Context, q infoschema.Querier, schema, table string) (yes bool, err error) {
	rows, err := q.QueryContext(ctx, inheritedQuery, schema, table)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	for rows.Next() {
		err = rows.Scan(&yes)
	}
	return yes, errors.Join(err, rows.Err())
}

// keys reads every foreign key of the database, by the oid of the referring table.
func keys(ctx context.Context, q infoschema.Querier) (map[int64][]infoschema.Key, error) {
	rows, err := q.QueryContext(ctx, keysQuery)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64][]infoschema.Key{}
	for rows.Next() {
		var k infoschema.Key
		var oid int64
		var pairs string
		if err := rows.Scan(&oid, &k.Name, &k.Schema, &k.Table, &k.ToSchema, &k.ToTable, &k.OnDelete, &k.Deferrable, &pairs); err != nil {
			return nil, err
		}
		var list [][3]any
		if err := json.Unmarshal([]byte(pairs), &list); err != nil {
			return nil, err
		}
		for _, p := range list {
			from, _ := p[0].(string)
			nullable, _ := p[1].(bool)
			to, _ := p[2].(string)
			k.Columns, k.Nullable, k.ToColumns = append(k.Columns, from), append(k.Nullable, nullable), append(k.ToColumns, to)
		}
		out[oid] = append(out[oid], k)
	}
	return out, rows.Err()
}
