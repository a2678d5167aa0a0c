package infoschema

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"waymark/catalog"
)

// This file reads information_schema as MySQL and MariaDB fill it. Names are
// compared again in Go, since the server compares them without letter case and
// trailing space.
const (
	schemasQuery = `select SCHEMA_NAME from information_schema.SCHEMATA order by SCHEMA_NAME` + Mark

	tablesQuery = `select TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, coalesce(ENGINE, ''), TABLE_ROWS, DATA_LENGTH + INDEX_LENGTH,
  CREATE_TIME, UPDATE_TIME, coalesce(TABLE_COMMENT, '')
from information_schema.TABLES where TABLE_SCHEMA = ? order by TABLE_NAME` + Mark

	viewsQuery = `select TABLE_SCHEMA, TABLE_NAME, coalesce(VIEW_DEFINITION, '') from information_schema.VIEWS where TABLE_SCHEMA = ?` + Mark

	columnFields = `select TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE = 'NO', COLUMN_KEY = 'PRI', EXTRA like '%GENERATED%', coalesce(COLUMN_COMMENT, '')
from information_schema.COLUMNS where TABLE_SCHEMA = ?`
	columnsQuery = columnFields + ` order by TABLE_NAME, ORDINAL_POSITION` + Mark
	// With both names given the server opens that one table alone.
	tableColumnsQuery = columnFields + ` and TABLE_NAME = ? order by ORDINAL_POSITION` + Mark

	keysQuery = `select TABLE_SCHEMA, TABLE_NAME, CONSTRAINT_NAME, COLUMN_NAME, REFERENCED_TABLE_SCHEMA, REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME
from information_schema.KEY_COLUMN_USAGE where TABLE_SCHEMA = ? and REFERENCED_TABLE_NAME is not null
order by TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION` + Mark

	rulesQuery = `select TABLE_NAME, CONSTRAINT_NAME, lower(DELETE_RULE) from information_schema.REFERENTIAL_CONSTRAINTS where CONSTRAINT_SCHEMA = ?` + Mark
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
	views, err := pairs(ctx, q, viewsQuery, schema)
	if err != nil {
		return nil, err
	}
	columns, err := columns(ctx, q, columnsQuery, schema)
	if err != nil {
		return nil, err
	}
	keys, err := keys(ctx, q, schema, columns)
	if err != nil {
		return nil, err
	}
	byTable := map[string][]Key{}
	for _, k := range keys {
		byTable[k.Table] = append(byTable[k.Table], k)
	}
	for i := range list {
		t := &list[i]
		t.Columns, t.Keys, t.SQL = columns[t.Name], byTable[t.Name], views[[2]string{schema, t.Name}]
	}
	return list, nil
}

func bare(ctx context.Context, q Querier, schema string) ([]Table, error) {
	rows, err := q.QueryContext(ctx, tablesQuery, schema)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Table
	for rows.Next() {
		var t Table
		var kind string
		var created, updated sql.NullTime
		if err := rows.Scan(&t.Schema, &t.Name, &kind, &t.Engine, &t.Rows, &t.Bytes, &created, &updated, &t.Comment); err != nil {
			return nil, err
		}
		if t.Schema != schema || kind == "SEQUENCE" {
			continue
		}
		t.Kind, t.Created, t.Updated = kindOf(kind), at(created), at(updated)
		if t.Kind == "view" {
			if t.Comment != "" && t.Comment != "VIEW" { // no comment: what the server met when it looked at the view
				t.Properties = map[string]string{"broken": t.Comment}
			}
			t.Comment, t.Rows, t.Bytes = "", nil, nil
		}
		out = append(out, t)
	}
	return out, rows.Err()
}

// pairs reads rows of two names and a text.
func pairs(ctx context.Context, q Querier, query, schema string) (map[[2]string]string, error) {
	rows, err := q.QueryContext(ctx, query, schema)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[[2]string]string{}
	for rows.Next() {
		var names [2]string
		var text string
		if err := rows.Scan(&names[0], &names[1], &text); err != nil {
			return nil, err
		}
		out[names] = text
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
	all, err := columns(ctx, q, tableColumnsQuery, schema, table)
	return all[table], err
}

// columns describes tables of a schema, by their names.
func columns(ctx context.Context, q Querier, query, schema string, table ...any) (map[string][]catalog.Column, error) {
	rows, err := q.QueryContext(ctx, query, append([]any{schema}, table...)...)
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
	columns, err := columns(ctx, q, columnsQuery, schema)
	if err != nil {
		return nil, err
	}
	return keys(ctx, q, schema, columns)
}

func keys(ctx context.Context, q Querier, schema string, columns map[string][]catalog.Column) ([]Key, error) {
	rules, err := pairs(ctx, q, rulesQuery, schema)
	if err != nil {
		return nil, err
	}
	rows, err := q.QueryContext(ctx, keysQuery, schema)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Key
	for rows.Next() {
		var k Key
		var from, to string
		if err := rows.Scan(&k.Schema, &k.Table, &k.Name, &from, &k.ToSchema, &k.ToTable, &to); err != nil {
			return nil, err
		}
		if k.Schema != schema {
			continue
		}
		k.OnDelete = rules[[2]string{k.Table, k.Name}]
		if last := len(out) - 1; last < 0 || out[last].Name != k.Name || out[last].Table != k.Table {
			out = append(out, k)
		}
		last := &out[len(out)-1]
		nullable := !slices.ContainsFunc(columns[k.Table], func(c catalog.Column) bool { return c.Name == from && c.Required })
		last.Columns, last.ToColumns, last.Nullable = append(last.Columns, from), append(last.ToColumns, to), append(last.Nullable, nullable)
	}
	return out, rows.Err()
}
