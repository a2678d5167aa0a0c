package infoschema

import (
	"strings"
	"time"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// Table is one relation as a database's catalog describes it.
type Table struct {
	Schema, Name string
	Kind         string // table, view, materialized view, foreign table, partitioned table
	Comment      string
	SQL          string // of a view
	Owner        string
	Engine       string
	Rows, Bytes  *int64
	Created      time.Time
	Updated      time.Time
	Columns      []catalog.Column
	Keys         []Key
	Properties   map[string]string
}

// Key is one foreign key: Columns of the table refer to ToColumns of another one
// of the same database.
type Key struct {
	Name              string
	Columns           []string
	ToSchema, ToTable string
	ToColumns         []string
	OnDelete          string
	Schema, Table     string // the referring side
	Nullable          []bool // by column
	Deferrable        bool
}

// Naming makes full names of a database's tables.
type Naming struct {
	Platform      string
	Dialect       string
	Prefix        string // "shop." or ""
	DefaultDB     string // of definitions
	SchemaIsFirst bool   // db.table: the schema is the database
}

// Name is the full name of a table.
func (n Naming) Name(schema, table string) string { return n.Prefix + urn.Join(schema, table) }

// Place finds the schema and the table of a full name.
func (n Naming) Place(name string) (schema, table string, ok bool) {
	rest, ok := strings.CutPrefix(name, n.Prefix)
	if !ok {
		return "", "", false
	}
	parts := urn.Split(rest)
	if len(parts) != 2 {
		return "", "", false
	}
	return parts[0], parts[1], true
}

// URN is the identity of a table.
func (n Naming) URN(schema, table string) urn.URN {
	return urn.Dataset(n.Platform, n.Name(schema, table), "")
}

// Asset makes the asset of a table.
func (n Naming) Asset(t Table) catalog.Asset {
	a := catalog.Asset{
		URN: n.URN(t.Schema, t.Name), Type: catalog.Dataset,
		Profile:    &catalog.Profile{Name: n.Name(t.Schema, t.Name), Subtype: t.Kind, Description: t.Comment, Properties: t.properties()},
		Schema:     &catalog.Schema{Columns: t.Columns},
		Stats:      &catalog.Stats{Rows: t.Rows, Bytes: t.Bytes, UpdatedAt: t.Updated, CreatedAt: t.Created},
		Definition: &catalog.Definition{},
	}
	if t.SQL != "" {
		a.Definition = n.definition(t)
	}
	for _, k := range t.Keys {
		to := n.URN(k.ToSchema, k.ToTable)
		a.Schema.ForeignKeys = append(a.Schema.ForeignKeys, catalog.ForeignKey{Name: k.Name, Columns: k.Columns, To: to, ToColumns: k.ToColumns})
		if len(k.Columns) == 1 && len(k.ToColumns) == 1 {
			refer(a.Schema.Columns, k.Columns[0], catalog.ColumnRef{Dataset: to, Column: k.ToColumns[0]})
		}
	}
	return a
}

// Unmanaged is the bare identity of a table that a filter leaves out.
func (n Naming) Unmanaged(t Table) catalog.Asset {
	return catalog.Asset{URN: n.URN(t.Schema, t.Name), Type: catalog.Dataset}
}

func (t Table) properties() map[string]string {
	out := map[string]string{}
	for k, v := range t.Properties {
		out[k] = v
	}
	for k, v := range map[string]string{"owner": t.Owner, "engine": t.Engine} {
		if v != "" {
			out[k] = v
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func (n Naming) definition(t Table) *catalog.Definition {
	d := &catalog.Definition{SQL: t.SQL, Dialect: n.Dialect, DefaultDB: n.DefaultDB, DefaultSchema: t.Schema}
	if n.SchemaIsFirst {
		d.DefaultDB, d.DefaultSchema = t.Schema, ""
	}
	return d
}

func refer(columns []catalog.Column, name string, to catalog.ColumnRef) {
	for i := range columns {
		if columns[i].Name == name {
			columns[i].References = &to
		}
	}
}

// Relations makes a relation of each pair of columns of keys.
func (n Naming) Relations(keys []Key) []catalog.Relation {
	var out []catalog.Relation
	for _, k := range keys {
		for i := range min(len(k.Columns), len(k.ToColumns)) {
			out = append(out, catalog.Relation{
				From:     catalog.ColumnRef{Dataset: n.URN(k.Schema, k.Table), Column: k.Columns[i]},
				To:       catalog.ColumnRef{Dataset: n.URN(k.ToSchema, k.ToTable), Column: k.ToColumns[i]},
				Nullable: i < len(k.Nullable) && k.Nullable[i],
				OnDelete: k.OnDelete, Name: k.Name, Deferrable: k.Deferrable,
			})
		}
	}
	return out
}
