package sample

import "context"

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
		query := "SELECT name, type FROM " + zone + ".sqlite_schema WHERE type IN ('table', 'view') ORDER BY name"
		err := s.each(ctx, query, nil, func(scan func(...any) error) error {
			list = append(list, table{zone: zone})
			return scan(&list[len(list)-1].name, &list[len(list)-1].subtype)
		})
		if err != nil {
			return nil, err
		}
	}
	for i := range list {
		if err := s.detail(ctx, &list[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// detail adds columns, references and the count of rows.
func (s *store) detail(ctx context.Context, t *table) error {
	const query = `
		SELECT c.name, c.type, c."notnull", c.pk > 0, coalesce(f."table", ''), coalesce(f."to", '')
		FROM pragma_table_info(?1, ?2) AS c
		LEFT JOIN pragma_foreign_key_list(?1, ?2) AS f ON f."from" = c.name ORDER BY c.cid`
	err := s.each(ctx, query, []any{t.name, t.zone}, func(scan func(...any) error) error {
		var c column
		err := scan(&c.name, &c.kind, &c.required, &c.key, &c.toTable, &c.toField)
		t.columns = append(t.columns, c)
		return err
	})
	if err != nil {
		return err
	}
	return s.each(ctx, `SELECT count(*) FROM `+t.zone+`."`+t.name+`"`, nil, func(scan func(...any) error) error {
		return scan(&t.rows)
	})
}
