package hammer

import (
	"database/sql"
	"slices"
	"strings"
)

// content is one table: its columns and its rows as lines of cells.
type content struct {
	columns []string
	lines   []string
}

const cell = "\x1f"

// read returns what a query gives as sorted lines.
func read(db *sql.DB, query string) (c content, err error) {
	rows, err := db.Query(query)
	if err != nil {
		return c, err
	}
	defer rows.Close() // read to its end below
	if c.columns, err = rows.Columns(); err != nil {
		return c, err
	}
	for rows.Next() {
		cells, into := make([]sql.NullString, len(c.columns)), make([]any, len(c.columns))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			return c, err
		}
		line := make([]string, len(cells))
		for i, v := range cells {
			line[i] = v.String
		}
		c.lines = append(c.lines, strings.Join(line, cell))
	}
	slices.Sort(c.lines)
	return c, rows.Err()
}

// less is a without b, both sorted, as multisets.
func less(a, b []string) (out []string) {
	j := 0
	for _, line := range a {
		for j < len(b) && b[j] < line {
			j++
		}
		if j < len(b) && b[j] == line {
			j++
			continue
		}
		out = append(out, line)
	}
	return out
}
