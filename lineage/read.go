package lineage

import (
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/urn"
	"waymark/lineage/sqllineage"
)

// reading is what one statement says, with names turned into assets.
type reading struct {
	facts    catalog.StatementFacts
	selected map[urn.URN][]string // columns whose values it uses
	filtered map[urn.URN][]string // columns it only filters, joins, groups or sorts by
	copies   map[urn.URN]bool     // outputs that are a whole copy of their one input
}

// dialectOf maps a log's dialect to the reader's; an unknown one reads as ANSI.
func dialectOf(name string) sqllineage.Dialect {
	if d, ok := sqllineage.ParseDialect(name); ok {
		return d
	}
	return sqllineage.ANSI
}

func (w within) options() sqllineage.Options {
	return sqllineage.Options{DefaultDB: w.log.DefaultDB, DefaultSchema: w.log.DefaultSchema, Schemas: w}
}

// read parses one statement, or a script whose last statement is meant and whose
// other statements only make temporary tables for it.
func (w within) read(sql string) (reading, error) {
	d := dialectOf(w.log.Dialect)
	script, err := sqllineage.Parse(d, sql, w.options())
	if err != nil {
		return reading{}, err
	}
	r := reading{selected: map[urn.URN][]string{}, filtered: map[urn.URN][]string{}}
	r.facts = catalog.StatementFacts{
		Text: sqllineage.Redact(d, sql), Dialect: string(d), Kind: kindOf(script),
		Outcome: string(script.Outcome), Reason: script.Reason, Source: w.log.Source,
	}
	if script.Outcome == sqllineage.Failed || script.Outcome == sqllineage.Skipped {
		return r, nil
	}
	r.facts.Inputs, r.facts.Outputs = w.assets(script.Inputs), w.assets(script.Outputs)
	w.columns(&r, script)
	w.reads(&r, script)
	return r, nil
}

// kindOf is the kind of the statement that moves data, or of the last.
func kindOf(s sqllineage.Script) string {
	kind := sqllineage.KindOther
	for _, st := range s.Statements {
		if st.Outcome != sqllineage.Skipped {
			kind = st.Kind
		}
	}
	return string(kind)
}

func (w within) assets(names []string) (out []urn.URN) {
	for _, name := range names {
		if u := w.asset(name); u != "" && !slices.Contains(out, u) {
			out = append(out, u)
		}
	}
	return out
}

// columns turns the request's column entries into flows between assets.
func (w within) columns(r *reading, s sqllineage.Script) {
	for _, c := range s.Columns {
		if c.Output.Table == nil {
			continue
		}
		down := w.asset(*c.Output.Table)
		if down == "" {
			continue
		}
		to := catalog.ColumnRef{Dataset: down, Column: w.column(down, c.Output.Column)}
		for _, in := range c.Inputs {
			if up := w.asset(in.Table); up != "" {
				r.facts.Columns = append(r.facts.Columns, catalog.ColumnFlow{
					From: catalog.ColumnRef{Dataset: up, Column: w.column(up, in.Column)}, To: to,
					Type: string(in.Type), Subtype: string(in.Subtype), Masking: in.Masking, Candidate: in.Candidate,
					Expression: sqllineage.Redact(dialectOf(w.log.Dialect), c.Expression),
				})
			}
		}
	}
}

// selected returns the flows of a bare query into the columns of an asset, whose
// text it is: by place where the numbers agree, else by name.
func (w within) selected(sql string, a *catalog.Asset) (out []catalog.ColumnFlow) {
	script, err := sqllineage.Parse(dialectOf(w.log.Dialect), sql, w.options())
	if err != nil {
		return nil
	}
	for i, c := range script.Columns {
		name := c.Output.Column
		if a.Schema != nil && len(a.Schema.Columns) == len(script.Columns) {
			name = a.Schema.Columns[i].Name
		}
		for _, in := range c.Inputs {
			if up := w.asset(in.Table); up != "" {
				out = append(out, catalog.ColumnFlow{
					From: catalog.ColumnRef{Dataset: up, Column: w.column(up, in.Column)}, To: catalog.ColumnRef{Dataset: a.URN, Column: name},
					Type: string(in.Type), Subtype: string(in.Subtype), Masking: in.Masking, Candidate: in.Candidate,
					Expression: sqllineage.Redact(dialectOf(w.log.Dialect), c.Expression),
				})
			}
		}
	}
	return out
}

// reads sorts the columns that the statement reads into used and only tested ones.
func (w within) reads(r *reading, s sqllineage.Script) {
	for _, st := range s.Statements {
		for _, rd := range st.Reads {
			u := w.asset(rd.Table)
			if u == "" || rd.Column == "" || rd.Column == "*" {
				continue
			}
			col := w.column(u, rd.Column)
			var subtypes []string
			used := false
			for _, sub := range rd.Subtypes {
				subtypes = append(subtypes, string(sub))
				used = used || sub == sqllineage.Identity || sub == sqllineage.Transformation || sub == sqllineage.Aggregation
			}
			r.facts.Reads = append(r.facts.Reads, catalog.ColumnRead{Column: catalog.ColumnRef{Dataset: u, Column: col}, Subtypes: subtypes})
			if into := r.filtered; !used {
				into[u] = append(into[u], col)
			} else {
				r.selected[u] = append(r.selected[u], col)
			}
		}
		for _, j := range st.Joins {
			left, right := w.asset(j.Left.Table), w.asset(j.Right.Table)
			if left != "" && right != "" {
				r.facts.Joins = append(r.facts.Joins, catalog.ColumnPair{
					From: catalog.ColumnRef{Dataset: left, Column: w.column(left, j.Left.Column)},
					To:   catalog.ColumnRef{Dataset: right, Column: w.column(right, j.Right.Column)},
				})
			}
		}
	}
}

// contribution is what the statement says as lineage.
func (r reading) contribution(origin Origin, sure float32, first int64) contribution {
	c := contribution{Origin: origin, First: first}
	switch {
	case strings.HasPrefix(r.facts.Reason, string(sqllineage.SecondOpinion)):
		sure = sureSecond
	case r.facts.Outcome == string(sqllineage.Partial):
		sure = surePartial
	}
	return fromFacts(c, r.facts, r.copies, sure)
}

// fromFacts fills c from facts: an edge from every input to every output.
func fromFacts(c contribution, f catalog.StatementFacts, copies map[urn.URN]bool, sure float32) contribution {
	for _, down := range f.Outputs {
		for _, up := range f.Inputs {
			if up != down {
				c.Links = append(c.Links, said{Up: up, Down: down, Confidence: sure, Copy: copies[down]})
			}
		}
	}
	for _, p := range f.Columns {
		c.Pairs = append(c.Pairs, pairSaid{
			Up: p.From.Dataset, UpColumn: p.From.Column, Down: p.To.Dataset, DownColumn: p.To.Column,
			Subtype: p.Subtype, Indirect: p.Type == string(sqllineage.Indirect), Masking: p.Masking, Candidate: p.Candidate, Expression: p.Expression,
		})
	}
	return c
}
