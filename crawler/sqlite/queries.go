package sqlite

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"time"

	"waymark/catalog"
	"waymark/crawler/infoschema"
)

// countTime bounds the counting of one table; a larger one stays uncounted.
const countTime = 10 * time.Second

func dialect() infoschema.Dialect {
	return infoschema.Dialect{
		Name:     "sqlite",
		Quote:    infoschema.DoubleQuote,
		Param:    func(int) string { return "?" },
		Text:     func(expr string) string { return "cast(" + expr + " as text)" },
		Cell:     cell,
		Class:    affinity,
		Exact:    exact,
		Folded:   folded,
		Contains: contains,
		Explain:  explain,
	}
}

// affinity follows SQLite's own rules for the declared type of a column.
func affinity(declared string) infoschema.Class {
	t := strings.ToUpper(declared)
	switch {
	case strings.Contains(t, "INT"):
		return infoschema.Integer
	case strings.Contains(t, "CHAR"), strings.Contains(t, "CLOB"), strings.Contains(t, "TEXT"):
		return infoschema.Text
	case strings.Contains(t, "BLOB"):
		return infoschema.Binary
	}
	return infoschema.Other
}

// exact compares as stored. SQLite keeps any type in any column, so an integer
// column is also asked for values that are no number.
func exact(column string, c infoschema.Class, values []string, bind infoschema.Bind) string {
	same := ""
	switch c {
	case infoschema.Text:
		same = infoschema.In(column+" collate binary", values, func(v string) string { return bind(v) })
	case infoschema.Integer:
		same = infoschema.In(column, values, func(v string) string {
			if n, err := strconv.ParseInt(v, 10, 64); err == nil {
				return bind(n)
			}
			return bind(v)
		})
	default:
		same = infoschema.In("cast("+column+" as text)", values, func(v string) string { return bind(v) })
	}
	for _, v := range values {
		if b := infoschema.Bytes(v); string(b) != v {
			same += " or " + column + " = " + bind(b)
		}
	}
	return same
}

// cell is a value as text. Any column may hold bytes, whatever its type.
func cell(column string, _ infoschema.Class) string {
	return "case typeof(" + column + `) when 'blob' then '\x' || lower(hex(` + column + ")) else cast(" + column + " as text) end"
}

func folded(column string, _ infoschema.Class, values []string, bind infoschema.Bind) string {
	return infoschema.In("waymark_fold("+column+")", values, func(v string) string { return bind(infoschema.Fold(v)) })
}

func contains(column string, _ infoschema.Class, values []string, bind infoschema.Bind) string {
	return infoschema.Any(values, func(v string) string { return "waymark_holds(" + column + ", " + bind(v) + ")" })
}

// tables lists one schema with columns and keys, in one snapshot of its file.
func (s *Source) tables(ctx context.Context, schema string) ([]infoschema.Table, error) {
	tx, err := s.pool.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	list, err := listed(ctx, tx, schema)
	if err != nil {
		return nil, err
	}
	for i := range list {
		t := &list[i]
		if t.Columns, err = columns(ctx, tx, schema, t.Name); err != nil && t.Kind == "view" {
			t.Properties, err = map[string]string{"broken": err.Error()}, nil
		}
		if err != nil {
			return nil, err
		}
	}
	for i := range list {
		if list[i].Kind != "table" {
			continue
		}
		if list[i].Keys, err = keys(ctx, tx, list[i]); err != nil {
			return nil, err
		}
		for k := range list[i].Keys {
			settle(&list[i].Keys[k], list[i], list)
		}
	}
	return list, nil
}

func listed(ctx context.Context, q infoschema.Querier, schema string) ([]infoschema.Table, error) {
	rows, err := q.QueryContext(ctx, `select l.name, l.type, coalesce(s.sql, '') from pragma_table_list l
left join `+infoschema.DoubleQuote(schema)+`.sqlite_schema s on s.name = l.name and s.type = 'view'
where l.schema = ? and l.type in ('table', 'view', 'virtual') and l.name not like 'sqlite\_%' escape '\' order by l.name`+infoschema.Mark, schema)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []infoschema.Table
	for rows.Next() {
		t := infoschema.Table{Schema: schema}
		if err := rows.Scan(&t.Name, &t.Kind, &t.SQL); err != nil {
			return nil, err
		}
		if t.Kind == "virtual" {
			t.Kind = "virtual table"
		}
		out = append(out, t)
	}
	return out, rows.Err()
}

// columns describes a table of a schema that may not be there.
func (s *Source) columns(ctx context.Context, q infoschema.Querier, schema, table string) ([]catalog.Column, error) {
	if _, ok := s.files()[schema]; !ok {
		return nil, nil
	}
	return columns(ctx, q, schema, table)
}

func columns(ctx context.Context, q infoschema.Querier, schema, table string) ([]catalog.Column, error) {
	rows, err := q.QueryContext(ctx, `select name, type, "notnull", pk, hidden from pragma_table_xinfo(?, ?) order by cid`+infoschema.Mark, table, schema)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []catalog.Column
	for rows.Next() {
		var c catalog.Column
		var pk, hidden int
		if err := rows.Scan(&c.Name, &c.Type, &c.Required, &pk, &hidden); err != nil {
			return nil, err
		}
		if hidden == 1 { // a parameter of a virtual table
			continue
		}
		c.PrimaryKey, c.Generated = pk > 0, hidden > 1
		out = append(out, c)
	}
	return out, rows.Err()
}

// keys reads the foreign keys of a table, as they were written.
func keys(ctx context.Context, q infoschema.Querier, t infoschema.Table) ([]infoschema.Key, error) {
	rows, err := q.QueryContext(ctx, `select id, "table", "from", coalesce("to", ''), lower(on_delete) from pragma_foreign_key_list(?, ?) order by id, seq`+infoschema.Mark, t.Name, t.Schema)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []infoschema.Key
	last := -1
	for rows.Next() {
		var id int
		var table, from, to, onDelete string
		if err := rows.Scan(&id, &table, &from, &to, &onDelete); err != nil {
			return nil, err
		}
		if id != last {
			last = id
			out = append(out, infoschema.Key{Name: t.Name + "_fk" + strconv.Itoa(id), Schema: t.Schema, Table: t.Name,
				ToSchema: t.Schema, ToTable: table, OnDelete: onDelete})
		}
		k := &out[len(out)-1]
		k.Columns, k.ToColumns = append(k.Columns, from), append(k.ToColumns, to)
	}
	return out, rows.Err()
}

// settle gives the names of a key as their tables write them, since SQLite does
// not mind letter case. A key that names no columns means the primary key.
func settle(k *infoschema.Key, t infoschema.Table, all []infoschema.Table) {
	var other infoschema.Table
	for _, o := range all {
		if strings.EqualFold(o.Name, k.ToTable) {
			k.ToTable, other = o.Name, o
		}
	}
	var primary []string
	for _, c := range other.Columns {
		if c.PrimaryKey {
			primary = append(primary, c.Name)
		}
	}
	for i := range k.Columns {
		from, _ := column(t, k.Columns[i])
		k.Columns[i], k.Nullable = from.Name, append(k.Nullable, !from.Required)
		if k.ToColumns[i] == "" && i < len(primary) {
			k.ToColumns[i] = primary[i]
		} else if to, ok := column(other, k.ToColumns[i]); ok {
			k.ToColumns[i] = to.Name
		}
	}
}

func column(t infoschema.Table, name string) (catalog.Column, bool) {
	for _, c := range t.Columns {
		if strings.EqualFold(c.Name, name) {
			return c, true
		}
	}
	return catalog.Column{Name: name}, false
}

// count counts the rows of a table; nil means that it took too long.
func (s *Source) count(ctx context.Context, t infoschema.Table) *int64 {
	ctx, cancel := context.WithTimeout(ctx, countTime)
	defer cancel()
	var n int64
	q := "select count(*) from " + s.rows.Dialect.Table(t.Schema, t.Name) + infoschema.Mark
	if s.pool.QueryRowContext(ctx, q).Scan(&n) != nil {
		return nil
	}
	return &n
}
