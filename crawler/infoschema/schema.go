package infoschema

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"waymark/catalog"
)

// This file reads information_schema as MySQL and MariaDB fill it. Names are
// compared again in Go, since the server compares them without letter case and
// trailing space.
const (
	schemasQuery = `select SCHEMA_NAME from information_schema.SCHEMATA order by SCHEMA_NAME` + Mark

	tablesQuery = `select t.TABLE_SCHEMA, t.TABLE_NAME, t.TABLE_TYPE, coalesce(t.ENGINE, ''), t.TABLE_ROWS, t.DATA_LENGTH + t.INDEX_LENGTH,
  t.CREATE_TIME, t.UPDATE_TIME, coalesce(t.TABLE_COMMENT, ''), coalesce(v.VIEW_DEFINITION, '')
from information_schema.TABLES t
left join information_schema.VIEWS v on v.TABLE_SCHEMA = t.TABLE_SCHEMA and v.TABLE_NAME = t.TABLE_NAME and v.TABLE_SCHEMA = ?
where t.TABLE_SCHEMA = ? order by t.TABLE_NAME` + Mark

	columnsQuery = `select TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE = 'NO', COLUMN_KEY = 'PRI', EXTRA like '%GENERATED%', coalesce(COLUMN_COMMENT, '')
from information_schema.COLUMNS where TABLE_SCHEMA = ? and (? = '' or TABLE_NAME = ?) order by TABLE_NAME, ORDINAL_POSITION` + Mark

	keysQuery = `select k.TABLE_SCHEMA, k.TABLE_NAME, k.CONSTRAINT_NAME, k.COLUMN_NAME, k.REFERENCED_TABLE_SCHEMA, k.REFERENCED_TABLE_NAME,
  k.REFERENCED_COLUMN_NAME, lower(r.DELETE_RULE), c.IS_NULLABLE = 'YES'
from information_schema.KEY_COLUMN_USAGE k
join information_schema.REFERENTIAL_CONSTRAINTS r on r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA and r.CONSTRAINT_NAME = k.CONSTRAINT_NAME and r.TABLE_NAME = k.TABLE_NAME
join information_schema.COLUMNS c on c.TABLE_SCHEMA = k.TABLE_SCHEMA and c.TABLE_NAME = k.TABLE_NAME and c.COLUMN_NAME = k.COLUMN_NAME
where k.TABLE_SCHEMA = ? and k.REFERENCED_TABLE_NAME is not null
order by k.TABLE_NAME, k.CONSTRAINT_NAME, k.ORDINAL_POSITION` + Mark
)

// Schemas lists the schemas that the credential sees.
func Schemas(ctx context.Context, q Querier) ([]string, error) {
	rows, err := q.QueryContext(ctx, schemasQuery)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// Tables lists the tables and views of a schema with their columns and keys.
func Tables(ctx context.Context, q Querier, schema string) ([]Table, error) {
	list, err := bare(ctx, q, schema)
	if err != nil {
		return nil, err
	}
	columns, err := columns(ctx, q, schema, "")
	if err != nil {
		return nil, err
	}
	keys, err := Keys(ctx, q, schema)
	if err != nil {
		return nil, err
	}
	for i := range list {
		list[i].Columns = columns[list[i].Name]
		for _, k := range keys {
			if k.Table == list[i].Name {
				list[i].Keys = append(list[i].Keys, k)
			}
		}
	}
	return list, nil
}

func bare(ctx context.Context, q Querier, schema string) ([]Table, error) {
	rows, err := q.QueryContext(ctx, tablesQuery, schema, schema)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Table
	for rows.Next() {
		var t Table
		var kind string
		var created, updated sql.NullTime
		if err := rows.Scan(&t.Schema, &t.Name, &kind, &t.Engine, &t.Rows, &t.Bytes, &created, &updated, &t.Comment, &t.SQL); err != nil {
			return nil, err
		}
		if t.Schema != schema || kind == "SEQUENCE" {
			continue
		}
		t.Kind, t.Created, t.Updated = kindOf(kind), at(created), at(updated)
		if t.Kind == "view" {
			t.Comment = strings.TrimPrefix(t.Comment, "VIEW")
			t.Rows, t.Bytes = nil, nil
		}
		out = append(out, t)
	}
	return out, rows.Err()
}

func at(t sql.NullTime) time.Time {
	if !t.Valid {
		return time.Time{}
	}
	return t.Time.UTC()
}

func kindOf(kind string) string {
	switch kind {
	case "BASE TABLE", "SYSTEM VERSIONED":
		return "table"
	}
	return strings.ToLower(kind)
}

// Columns describes one table; it has the form that DB wants.
func Columns(ctx context.Context, q Querier, schema, table string) ([]catalog.Column, error) {
	if table == "" {
		return nil, nil
	}
	all, err := columns(ctx, q, schema, table)
	return all[table], err
}

// columns describes the tables of a schema, or one of them, by their names.
func columns(ctx context.Context, q Querier, schema, table string) (map[string][]catalog.Column, error) {
	rows, err := q.QueryContext(ctx, columnsQuery, schema, table, table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string][]catalog.Column{}
	for rows.Next() {
		var in, name string
		var c catalog.Column
		if err := rows.Scan(&in, &name, &c.Name, &c.Type, &c.Required, &c.PrimaryKey, &c.Generated, &c.Description); err != nil {
			return nil, err
		}
		if in == schema {
			out[name] = append(out[name], c)
		}
	}
	return out, rows.Err()
}

// Keys lists the foreign keys of a schema.
func Keys(ctx context.Context, q Querier, schema string) ([]Key, error) {
	rows, err := q.QueryContext(ctx, keysQuery, schema)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Key
	for rows.Next() {
		var k Key
		var from, to string
		var nullable bool
		if err := rows.Scan(&k.Schema, &k.Table, &k.Name, &from, &k.ToSchema, &k.ToTable, &to, &k.OnDelete, &nullable); err != nil {
			return nil, err
		}
		if last := len(out) - 1; last < 0 || out[last].Name != k.Name || out[last].Table != k.Table {
			out = append(out, k)
		}
		last := &out[len(out)-1]
		last.Columns, last.ToColumns, last.Nullable = append(last.Columns, from), append(last.ToColumns, to), append(last.Nullable, nullable)
	}
	return out, rows.Err()
}
