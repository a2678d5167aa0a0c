package lineage

import (
	"cmp"
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/urn"
	"waymark/lineage/sqllineage"
)

// waysOf turns the subtypes of a read into the ways of using a column.
func waysOf(subtypes []sqllineage.Subtype) (w catalog.Way) {
	for _, sub := range subtypes {
		switch sub {
		case sqllineage.Identity, sqllineage.Transformation, sqllineage.Aggregation:
			w |= catalog.Selected
		case sqllineage.Join:
			w |= catalog.Joined
		case sqllineage.GroupBy:
			w |= catalog.Grouped
		default:
			w |= catalog.Filtered
		}
	}
	return w
}

// starred finds the columns that a statement takes by a star, where the star could be
// resolved: their expression is the star.
func (w within) starred(s sqllineage.Script, own int) map[catalog.ColumnRef]bool {
	out := map[catalog.ColumnRef]bool{}
	for _, st := range s.Statements {
		if st.Start < own {
			continue
		}
		for _, c := range st.Columns {
			if !strings.HasSuffix(c.Expression, "*") {
				continue
			}
			for _, in := range c.Inputs {
				if u := w.asset(in.Table); u != "" {
					out[catalog.ColumnRef{Dataset: u, Column: w.column(u, in.Column)}] = true
				}
			}
		}
	}
	return out
}

// columnsUsed counts, for one row, the queries that used each column. Its maps are
// made when they are needed: a log may have a row for each of many tables.
type columnsUsed struct {
	selected, tested map[string]columnCount
	joins            map[catalog.ColumnPair]int64
}

type columnCount struct {
	ways catalog.Way
	n    int64
}

// add counts n runs of a reading that names the asset.
func (c *columnsUsed) add(u urn.URN, r *reading, n int64) {
	for ref, ways := range r.ways {
		if ref.Dataset != u {
			continue
		}
		into := &c.tested
		if ways&catalog.Selected != 0 {
			into = &c.selected
		}
		if *into == nil {
			*into = map[string]columnCount{}
		}
		x := (*into)[ref.Column]
		(*into)[ref.Column] = columnCount{ways: x.ways | ways, n: x.n + n}
	}
	for _, j := range r.joins {
		if j.To.Dataset == u && j.From.Dataset != u {
			j.From, j.To = j.To, j.From
		}
		if j.From.Dataset == u {
			if c.joins == nil {
				c.joins = map[catalog.ColumnPair]int64{}
			}
			c.joins[j] += n
		}
	}
}

// maxJoinUses bounds the joins that one row keeps.
const maxJoinUses = 32

// into packs the counts beside the columns of a row.
func (c *columnsUsed) into(r *catalog.UsageRow) {
	r.Ways, r.Times, r.Joins = nil, nil, nil
	pack := func(columns []string, from map[string]columnCount) {
		for _, name := range columns {
			x := from[name]
			r.Ways, r.Times = append(r.Ways, byte(x.ways)), append(r.Times, x.n)
		}
	}
	pack(r.Columns, c.selected)
	pack(r.Filters, c.tested)
	for j, n := range c.joins {
		r.Joins = append(r.Joins, catalog.JoinUse{Column: j.From.Column, Other: j.To, Queries: n})
	}
	slices.SortFunc(r.Joins, func(a, b catalog.JoinUse) int {
		return cmp.Or(cmp.Compare(b.Queries, a.Queries), strings.Compare(a.Column, b.Column),
			strings.Compare(string(a.Other.Dataset), string(b.Other.Dataset)), strings.Compare(a.Other.Column, b.Other.Column))
	})
	r.Joins = r.Joins[:min(maxJoinUses, len(r.Joins))]
}
