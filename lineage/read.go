package lineage

import (
	"maps"
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/urn"
	"waymark/lineage/sqllineage"
)

// reading is what one statement says, with names turned into assets.
type reading struct {
	facts    catalog.StatementFacts
	used     []urn.URN            // assets that it reads itself, not what filled its temporary tables
	selected map[urn.URN][]string // columns whose values it uses
	filtered map[urn.URN][]string // columns it only filters, joins, groups or sorts by
	copies   map[urn.URN]bool     // outputs that are a whole copy of their one input
	ways     map[catalog.ColumnRef]catalog.Way
	joins    []catalog.ColumnPair // that it makes itself
	beneath  []beneath            // tables that it uses through views
	temps    []string             // temporary tables that it makes or fills, lower case, last parts
	spot     Spot                 // where it was not understood
}

// outcomeSkipped is the outcome of what carries no data.
const outcomeSkipped = string(sqllineage.Skipped)

// dialectOf maps a log's dialect to the reader's; an unknown one reads as ANSI.
func dialectOf(name string) sqllineage.Dialect {
	if d, ok := sqllineage.ParseDialect(name); ok {
		return d
	}
	return sqllineage.ANSI
}

func (w within) options() sqllineage.Options {
	inner := func(name string) string { return strings.ReplaceAll(name, ".", innerDot) }
	return sqllineage.Options{DefaultDB: inner(w.log.DefaultDB), DefaultSchema: inner(w.log.DefaultSchema), Schemas: w, Dot: innerDot}
}

// read parses one statement, or a script in which the text from the byte own on is
// meant and the statements before it only make temporary tables for it.
func (w within) read(sql string, own int) reading {
	d := dialectOf(w.log.Dialect)
	w.text, w.noted = strings.ToLower(sql), map[urn.URN]bool{}
	r := reading{selected: map[urn.URN][]string{}, filtered: map[urn.URN][]string{}, ways: map[catalog.ColumnRef]catalog.Way{}}
	r.facts = catalog.StatementFacts{
		Text: sqllineage.Redact(d, sql), Dialect: string(d), Source: w.log.Source,
		Platform: w.log.Platform, Instance: w.log.Instance, DefaultDB: w.log.DefaultDB, DefaultSchema: w.log.DefaultSchema,
	}
	script, err := sqllineage.Parse(d, sql, w.options())
	if err != nil {
		script.Outcome, script.Reason = sqllineage.Failed, err.Error()
	}
	r.facts.Kind, r.facts.Outcome, r.facts.Reason = kindOf(script), string(script.Outcome), script.Reason
	if script.Outcome == sqllineage.Failed || script.Outcome == sqllineage.Partial {
		r.spot = w.spot(r.facts.Text, codeOf(script.Reason))
	}
	if script.Outcome == sqllineage.Failed || script.Outcome == sqllineage.Skipped {
		return r
	}
	r.facts.Inputs, r.facts.Outputs = w.assets(script.Inputs), w.assets(script.Outputs)
	w.columns(&r, script)
	w.reads(&r, script, own)
	w.own(&r, script, own)
	for ref := range w.starred(script, own) {
		r.ways[ref] |= catalog.ByStar
	}
	r.facts.Absent = slices.Sorted(maps.Keys(w.noted))
	return r
}

// withhold takes the words of a statement that was not understood: where a literal
// begins and ends is not sure in it, so that a value may be left in what was redacted,
// and in what the reader says of it.
func (w within) withhold(f *catalog.StatementFacts, length int) {
	f.Length, f.Mentions = length, w.names.mentioned(f.Text)
	f.Text, f.Reason = "", codeOf(f.Reason)
}

// spot finds where the redacted text of a statement is not understood: the place in
// the raw text would point at nothing that anybody may see.
func (w within) spot(text, code string) Spot {
	script, err := sqllineage.Parse(dialectOf(w.log.Dialect), text, w.options())
	if err != nil {
		return Spot{}
	}
	for _, st := range script.Statements {
		for _, d := range st.Diagnostics {
			if string(d.Code) == code {
				return Spot{Start: d.Start, End: d.End, Line: d.Line, Column: d.Column, Words: d.Words}
			}
		}
	}
	return Spot{}
}

// own finds what the meant statements read themselves, and which temporary tables
// they make or fill: those that the request as a whole does not show.
func (w within) own(r *reading, s sqllineage.Script, from int) {
	for _, st := range s.Statements {
		if st.Start < from {
			continue
		}
		for _, name := range st.Inputs {
			if !slices.Contains(s.Inputs, name) && !slices.Contains(s.Outputs, name) {
				continue
			}
			if u := w.asset(name); u != "" && !slices.Contains(r.used, u) {
				r.used = append(r.used, u)
			}
		}
		for _, name := range st.Outputs {
			if !slices.Contains(s.Outputs, name) {
				r.temps = append(r.temps, strings.ToLower(name[strings.LastIndexByte(name, '.')+1:]))
			}
		}
	}
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
func (w within) reads(r *reading, s sqllineage.Script, own int) {
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
			switch {
			case st.Start < own:
				continue
			case used:
				r.selected[u] = append(r.selected[u], col)
			default:
				r.filtered[u] = append(r.filtered[u], col)
			}
			r.ways[catalog.ColumnRef{Dataset: u, Column: col}] |= waysOf(rd.Subtypes)
		}
		for _, j := range st.Joins {
			left, right := w.asset(j.Left.Table), w.asset(j.Right.Table)
			if left != "" && right != "" {
				pair := catalog.ColumnPair{
					From: catalog.ColumnRef{Dataset: left, Column: w.column(left, j.Left.Column)},
					To:   catalog.ColumnRef{Dataset: right, Column: w.column(right, j.Right.Column)},
				}
				r.facts.Joins = append(r.facts.Joins, pair)
				if st.Start >= own {
					r.joins = merge(r.joins, []catalog.ColumnPair{pair})
				}
			}
		}
	}
}

// unsureShare is what is left of the confidence when no log says that the statement
// succeeded: lineage.md section 9.
const unsureShare = 0.9

// contribution is what the statement says as lineage.
func (r reading) contribution(origin Origin, sure float32, first int64) contribution {
	c := contribution{Origin: origin, First: first}
	switch {
	case strings.HasPrefix(r.facts.Reason, string(sqllineage.SecondOpinion)):
		sure = sureSecond
	case r.facts.Outcome == string(sqllineage.Partial):
		sure = surePartial
	}
	if r.facts.Unsure {
		sure *= unsureShare
	}
	return fromFacts(c, r.facts, r.copies, sure)
}

// fromFacts fills c from facts: an edge from every input to every output.
func fromFacts(c contribution, f catalog.StatementFacts, copies map[urn.URN]bool, sure float32) contribution {
	for _, down := range f.Outputs {
		for _, up := range f.Inputs {
			l := said{Up: up, Down: down, Confidence: sure}
			if copies[down] && up != down {
				l.Marks = isCopy
			}
			c.Links = append(c.Links, l)
		}
	}
	for _, p := range f.Columns {
		c.Pairs = append(c.Pairs, pairSaid{
			Up: p.From.Dataset, UpColumn: p.From.Column, Down: p.To.Dataset, DownColumn: p.To.Column,
			Subtype: p.Subtype, Indirect: p.Type == string(sqllineage.Indirect), Masking: p.Masking, Candidate: p.Candidate, Expression: p.Expression,
		})
	}
	for _, rd := range f.Reads {
		for _, down := range f.Outputs {
			if sub := steering(rd.Subtypes); sub != "" && down != rd.Column.Dataset && slices.Contains(f.Inputs, rd.Column.Dataset) {
				c.Pairs = append(c.Pairs, pairSaid{Up: rd.Column.Dataset, UpColumn: rd.Column.Column, Down: down, Subtype: sub, Indirect: true})
			}
		}
	}
	return c
}

// steering is how a column decides over all rows of a statement, or nothing: it goes
// into no column of the output, but the statement fails without it.
func steering(subtypes []string) string {
	for _, sub := range []sqllineage.Subtype{sqllineage.Join, sqllineage.GroupBy, sqllineage.Filter} {
		if slices.Contains(subtypes, string(sub)) {
			return string(sub)
		}
	}
	return ""
}
