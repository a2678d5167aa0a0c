package infoschema

import (
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"

	"waymark/catalog"
)

// BinaryMark begins the text of a binary cell, which is in hexadecimal: bytes are
// not always text, and parameters of plans are.
const BinaryMark = `\x`

// Bytes undoes the text of a binary cell; any other text is its own bytes.
func Bytes(cell string) []byte {
	if rest, ok := strings.CutPrefix(cell, BinaryMark); ok {
		if b, err := hex.DecodeString(rest); err == nil {
			return b
		}
	}
	return []byte(cell)
}

// cell is the expression of a column as text.
func (d Dialect) cell(c catalog.Column) string {
	return d.Cell(d.Quote(c.Name), d.Class(c.Type))
}

// Search calls each with the cells of every row that may hold a part of the probe,
// as text, NULL as "". The whole table is read by one statement.
func (db DB) Search(ctx context.Context, q Querier, p catalog.Probe, each func(cells []string) error) error {
	place, err := db.Locate(ctx, q, p.Dataset)
	if err != nil {
		return err
	}
	s := statement{dialect: db.Dialect}
	columns := make([]catalog.Column, len(p.Columns))
	list := make([]string, len(p.Columns))
	for i, name := range p.Columns {
		if columns[i], err = place.column(name); err != nil {
			return err
		}
		list[i] = db.Dialect.cell(columns[i])
	}
	if len(list) == 0 || len(p.Text)+len(p.Digits)+len(p.Encoded) == 0 {
		return nil
	}
	text := "select " + strings.Join(list, ", ") + " from " + place.relation(db.Dialect)
	keep := func([]string) bool { return true }
	if db.Dialect.Probe != nil {
		join, where := db.Dialect.Probe(columns, p, s.bind)
		text += join + " where " + where
	} else {
		keep = newNear(p).meets
	}
	rows, err := q.QueryContext(ctx, text+Mark, s.args...)
	if err == nil {
		err = eachRow(rows, len(list), keep, each)
	}
	if err != nil {
		return s.scrub(err, "search "+p.Dataset.Name())
	}
	return nil
}

func eachRow(rows *sql.Rows, width int, keep func([]string) bool, each func([]string) error) error {
	defer rows.Close()
	cells, into, out := make([]sql.NullString, width), make([]any, width), make([]string, width)
	for i := range cells {
		into[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i, c := range cells {
			out[i] = c.String
		}
		if !keep(out) {
			continue
		}
		if err := each(out); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Run is the regular expression of the runs in which the encoded parts of a probe stand.
func Run(p catalog.Probe) string { return fmt.Sprintf("[0-9a-z+/_-]{%d}", p.Run) }

// Pattern is one regular expression for the parts of a probe but the encoded ones, in
// the common subset of the databases, "" for none. It never backtracks far: what may repeat is followed by what
// cannot be part of it.
func Pattern(p catalog.Probe) string {
	var out []string
	for _, t := range p.Text {
		out = append(out, regexp.QuoteMeta(t))
	}
	for _, d := range p.Digits {
		out = append(out, strings.Join(strings.Split(d, ""), "[^0-9]*"))
	}
	return strings.Join(out, "|")
}

// Narrow are pairs of a full-width letter or digit and its plain form, and Invisible
// the characters that a search does not see.
var (
	Wide, Narrow = widths()
	Invisible    = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)

func widths() (wide, narrow string) {
	for c := '0'; c <= 'z'; c++ {
		if '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' {
			wide += string(c + 0xfee0)
			narrow += strings.ToLower(string(c))
		}
	}
	return wide, narrow
}
