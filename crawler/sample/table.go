package sample

import (
	"context"
	"database/sql"

	"waymark/catalog/fault"
)

// table is a table or view as it stands in its file.
type table struct {
	zone, name, subtype string
	columns             []column
	rows                int
}

type column struct {
	name, kind       string
	required, key    bool
	toTable, toField string // what it references, if anything
}

// full is the name under which the catalog knows the table.
func (t table) full() string {
	if t.zone == "app" {
		return "shop.main." + t.name
	}
	return "warehouse." + t.zone + "." + t.name
}

// path is the name people and statements use; the application's zone is main.
func (t table) path() string {
	if t.zone == "app" {
		return "main." + t.name
	}
	return t.zone + "." + t.name
}

// describe reads back what the files hold, zone by zone.
func (s *store) describe(ctx context.Context) ([]table, error) {
	var list []table
	for _, zone := range append([]string{"app"}, zones...) {
		rows, err := s.conn.QueryContext(ctx, "SELECT name, type FROM "+zone+".sqlite_schema WHERE type IN ('table', 'view') ORDER BY name")
		if err != nil {
			return nil, fault.Internal.Of(err)
		}
		for rows.Next() {
			t := table{zone: zone}
			if err := rows.Scan(&t.name, &t.subtype); err != nil {
				return nil, fault.Internal.Of(err)
			}
			list = append(list, t)
		}
		if err := rows.Err(); err != nil {
			return nil, fault.Internal.Of(err)
		}
	}
	for i := range list {
		if err := s.detail(ctx, &list[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func (s *store) detail(ctx context.Context, t *table) error {
	rows, err := s.conn.QueryContext(ctx, `
		SELECT c.name, c.type, c."notnull", c.pk > 0, coalesce(f."table", ''), coalesce(f."to", '')
		FROM pragma_table_info(?1, ?2) AS c
		LEFT JOIN pragma_foreign_key_list(?1, ?2) AS f ON f."from" = c.name ORDER BY c.cid`, t.name, t.zone)
	if err != nil {
		return fault.Internal.Of(err)
	}
	for rows.Next() {
		var c column
		if err := rows.Scan(&c.name, &c.kind, &c.required, &c.key, &c.toTable, &c.toField); err != nil {
			return fault.Internal.Of(err)
		}
		t.columns = append(t.columns, c)
	}
	if err := rows.Err(); err != nil {
		return fault.Internal.Of(err)
	}
	count := s.conn.QueryRowContext(ctx, "SELECT count(*) FROM "+t.zone+"."+`"`+t.name+`"`)
	if err := count.Scan(&t.rows); err != nil && err != sql.ErrNoRows {
		return fault.Internal.Of(err)
	}
	return nil
}
