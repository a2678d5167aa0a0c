package infoschema

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// Select returns columns of the rows that r names, as text, NULL as "". A limit
// of 0 is none.
func (db DB) Select(ctx context.Context, q Querier, r catalog.Rows, columns []string, limit int) ([][]string, error) {
	p, err := db.Locate(ctx, q, r.Dataset)
	if err != nil {
		return nil, err
	}
	s := statement{dialect: db.Dialect}
	list, err := s.list(p, columns)
	if err != nil {
		return nil, err
	}
	where, err := s.where(p, []catalog.Rows{r})
	if err != nil {
		return nil, err
	}
	text := "select " + list + " from " + p.relation(db.Dialect) + " where " + where
	if limit > 0 {
		text += fmt.Sprintf(" limit %d", limit)
	}
	out, err := texts(ctx, q, len(columns), text+Mark, s.args)
	if err != nil {
		return nil, s.scrub(err, "read "+r.Dataset.Name())
	}
	return out, nil
}

func (s *statement) list(p Place, columns []string) (string, error) {
	out := make([]string, len(columns))
	for i, name := range columns {
		c, err := p.column(name)
		if err != nil {
			return "", err
		}
		out[i] = s.dialect.cell(c)
	}
	if len(out) == 0 {
		return "", fault.Invalid.Errorf("no column of %s.%s was asked for", p.Schema, p.Table)
	}
	return strings.Join(out, ", "), nil
}

func texts(ctx context.Context, q Querier, width int, text string, args []any) ([][]string, error) {
	rows, err := q.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out [][]string
	for rows.Next() {
		cells, into := make([]sql.NullString, width), make([]any, width)
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		row := make([]string, width)
		for i, c := range cells {
			row[i] = c.String
		}
		out = append(out, row)
	}
	return out, rows.Err()
}

// Count counts the rows of one dataset that meet any of where.
func (db DB) Count(ctx context.Context, q Querier, where []catalog.Rows) (n int64, err error) {
	p, err := db.Locate(ctx, q, where[0].Dataset)
	if err != nil {
		return 0, err
	}
	for _, r := range where {
		if r.Dataset != where[0].Dataset {
			return 0, fault.Invalid.Errorf("rows of %s and of %s cannot be counted together", where[0].Dataset.Name(), r.Dataset.Name())
		}
	}
	s := statement{dialect: db.Dialect}
	cond, err := s.where(p, where)
	if err != nil {
		return 0, err
	}
	rows, err := q.QueryContext(ctx, "select count(*) from "+p.relation(db.Dialect)+" where "+cond+Mark, s.args...)
	if err == nil {
		defer rows.Close()
		if rows.Next() {
			err = rows.Scan(&n)
		}
	}
	if err == nil {
		err = rows.Err()
	}
	if err != nil {
		return 0, s.scrub(err, "count rows of "+where[0].Dataset.Name())
	}
	return n, nil
}

// maxCell is how many characters of a sampled value are looked at.
const maxCell = 4096

// Sample returns values by column, empty ones and binary columns left out. From
// is what stands behind the table to choose rows, "" for the first ones.
func (db DB) Sample(ctx context.Context, q Querier, dataset urn.URN, columns []string, rows int, from string) ([][]string, error) {
	ctx, cancel := context.WithTimeout(ctx, SampleTime)
	defer cancel()
	out := make([][]string, len(columns))
	p, err := db.Locate(ctx, q, dataset)
	if err != nil {
		return nil, err
	}
	var list []string
	var at []int
	for i, name := range columns {
		c, err := p.column(name)
		if err != nil {
			return nil, err
		}
		if db.Dialect.Class(c.Type) != Binary {
			list = append(list, "substr("+db.Dialect.Text(db.Dialect.Quote(name))+", 1, "+fmt.Sprint(maxCell)+")")
			at = append(at, i)
		}
	}
	if rows <= 0 {
		return nil, nil
	}
	if len(list) == 0 {
		return out, nil
	}
	text := fmt.Sprintf("select %s from %s%s limit %d", strings.Join(list, ", "), db.Dialect.Table(p.Schema, p.Table), from, rows)
	got, err := texts(ctx, q, len(list), text+Mark, nil)
	if err != nil {
		return nil, db.Dialect.Explain(err, "sample "+dataset.Name())
	}
	for _, row := range got {
		for i, cell := range row {
			if cell != "" {
				out[at[i]] = append(out[at[i]], cell)
			}
		}
	}
	return out, nil
}
