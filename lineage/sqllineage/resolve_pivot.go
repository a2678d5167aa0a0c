package sqllineage

import (
	"maps"
	"slices"
)

// pivoted is rel after the PIVOT, UNPIVOT and MATCH_RECOGNIZE behind it.
func (r *resolver) pivoted(f *fromItem, rel *relation, sc *scope) *relation {
	for _, pv := range f.pivots {
		inner := &scope{parent: sc, relations: []*relation{rel}}
		for _, v := range pv.vars {
			inner.relations = append(inner.relations, &relation{alias: r.foldColumn(v), result: rel.result, table: -1, hidden: true})
		}
		for _, c := range pv.reads {
			r.reads(c.exprs, inner, c.use)
		}
		var res *result
		switch {
		case pv.opaque:
			res = r.matched(pv, inner)
		case pv.unpivot:
			res = r.unpivot(pv, inner)
		default:
			res = r.pivot(pv, inner)
		}
		rel = &relation{alias: rel.alias, result: r.renamed(res, pv.cols), table: -1}
		if !pv.alias.empty() {
			rel.alias = r.foldColumn(pv.alias)
		}
	}
	return rel
}

// pivot is the columns that are neither aggregated nor turned, then one column
// for each value and aggregate.
func (r *resolver) pivot(pv *pivot, inner *scope) *result {
	res := &result{}
	source := inner.relations[0].result
	taken := map[string]bool{}
	base := len(r.scratch)
	for _, e := range pv.on {
		r.mentionedIn(e, taken)
		r.walk(e, inner, use{sub: subConditional}, true)
	}
	steer := r.keep(base)
	var values [][]origin
	for _, a := range pv.aggs {
		r.mentionedIn(a.expr, taken)
		values = append(values, r.value(a.expr, inner))
	}
	if pv.groups != nil {
		for _, g := range pv.groups {
			set := r.value(g, inner)
			r.emit(set, use{sub: subGroupBy}, false)
			res.add(column{name: r.unaliased(g, len(res.columns)), set: set, start: g.start, end: g.end})
		}
	} else {
		for _, c := range source.columns {
			if taken[c.name] {
				continue
			}
			if !r.widen(1) {
				break
			}
			r.emit(c.set, use{sub: subGroupBy}, false)
			if c.star {
				c.except = slices.AppendSeq(slices.Clone(c.except), maps.Keys(taken))
			}
			res.add(c)
		}
	}
	r.pivotColumns(pv, res, values, steer)
	return res
}

// mentionedIn collects the columns that an expression names.
func (r *resolver) mentionedIn(e *expr, into map[string]bool) {
	if e == nil || !r.step() {
		return
	}
	if e.kind == xCol {
		into[r.foldColumn(e.parts[len(e.parts)-1])] = true
	}
	for _, a := range e.args {
		r.mentionedIn(a, into)
	}
}

// pivotColumns adds the columns that the values make.
func (r *resolver) pivotColumns(pv *pivot, res *result, values [][]origin, steer []origin) {
	if pv.any || len(pv.values) == 0 {
		r.note(DynamicColumns, Warning, 0, 0, "PIVOT")
		base := len(r.scratch)
		for _, v := range values {
			r.scratch = append(r.scratch, v...)
		}
		r.scratch = append(r.scratch, steer...)
		res.any, res.anySet = true, r.keep(base)
		return
	}
	for _, label := range r.pivotLabels(pv) {
		for i, set := range values {
			if !r.widen(1) {
				return
			}
			name := r.pivotName(label, pv.aggs[i], len(pv.aggs))
			res.add(column{name: name, set: r.mergeSets(set, steer), start: pv.aggs[i].start, end: pv.aggs[i].end})
		}
	}
}

// pivotLabels names the values, and the combinations of the values of several
// IN lists.
func (r *resolver) pivotLabels(pv *pivot) []string {
	labels := []string{""}
	from := 0
	for _, end := range pv.ends {
		var next []string
		bytes := 0
		for _, l := range labels {
			for _, v := range pv.values[from:end] {
				label := r.pivotLabel(v)
				if l != "" {
					label = l + "_" + label
				}
				if bytes += len(label); len(next) >= maxPivot || bytes > maxPivotBytes {
					r.note(ColumnLimit, Warning, 0, 0, "PIVOT")
					return next
				}
				next = append(next, label)
			}
		}
		labels, from = next, end
	}
	return labels
}

// maxPivot bounds the columns that one PIVOT makes.
const maxPivot = 10_000

// maxPivotBytes bounds their names, of which each joins several values.
const maxPivotBytes = 4 << 20

// pivotLabel is the alias of a value, or what the engine makes of it.
func (r *resolver) pivotLabel(v item) string {
	switch {
	case !v.alias.empty():
		return r.foldColumn(v.alias)
	case v.expr.kind == xCol:
		return r.foldColumn(v.expr.parts[len(v.expr.parts)-1])
	case v.expr.kind == xConst && r.pivotQuotes:
		return r.stored(r.p.sql[v.expr.start:v.expr.end])
	case v.expr.kind == xConst:
		return r.stored(trimQuotes(r.p.sql[v.expr.start:v.expr.end]))
	}
	return r.p.sql[v.expr.start:v.expr.end]
}

// pivotName is what engines call a pivoted column: the label of the value, and
// the aggregate's alias where there is one or several.
func (r *resolver) pivotName(name string, agg item, aggs int) string {
	if agg.alias.empty() {
		return name
	}
	if r.elementAlias { // BigQuery puts the aggregate first
		return r.foldColumn(agg.alias) + "_" + name
	}
	if aggs > 1 || !r.optionalSemi {
		return name + "_" + r.foldColumn(agg.alias)
	}
	return name
}

// unpivot is the columns that stay, and the label and the value.
func (r *resolver) unpivot(pv *pivot, inner *scope) *result {
	source := inner.relations[0].result
	gone := map[string]bool{}
	values := make([][]origin, max(1, len(pv.value)))
	for _, group := range pv.sources {
		for i, id := range group {
			name := r.foldColumn(id)
			gone[name] = true
			set, _, ok := r.inRelations(name, inner, "")
			if !ok {
				r.note(UnknownColumn, Warning, 0, 0, name)
				continue
			}
			r.emit(set, use{sub: subTransformation}, false)
			k := min(i, len(values)-1)
			values[k] = r.mergeSets(values[k], retyped(set, subTransformation))
		}
	}
	if pv.stars != nil {
		r.unpivotStar(pv, inner, values, gone)
	}
	res := &result{}
	for _, c := range source.columns {
		if gone[c.name] {
			continue
		}
		if !r.widen(1) {
			break
		}
		r.emit(c.set, use{sub: subIdentity}, false)
		res.add(c)
	}
	labels := func() {
		for _, l := range pv.label {
			res.add(column{name: r.foldColumn(l)})
		}
	}
	if !r.valueFirst {
		labels()
	}
	for i, v := range pv.value {
		res.add(column{name: r.foldColumn(v), set: values[i]})
	}
	if r.valueFirst {
		labels()
	}
	return res
}

// unpivotStar takes COLUMNS(* EXCLUDE (id)) or a list of expressions.
func (r *resolver) unpivotStar(pv *pivot, inner *scope, values [][]origin, gone map[string]bool) {
	out := &result{}
	it := &item{expr: pv.stars}
	switch {
	case pv.stars.kind == xCall && r.columnsCall(pv.stars):
		r.columnsItem(it, pv.stars, inner, out)
	case pv.stars.kind == xStar:
		r.starItem(it, inner, out)
	default:
		r.item(it, inner, out)
	}
	for _, c := range out.columns {
		if !c.star {
			gone[c.name] = true
		}
		values[0] = r.mergeSets(values[0], retyped(c.set, subTransformation))
	}
}

// matched is the result of MATCH_RECOGNIZE: partition columns and measures, or
// with ALL ROWS PER MATCH every column and the measures. Pattern variables
// qualify columns of the input.
func (r *resolver) matched(pv *pivot, inner *scope) *result {
	res := &result{}
	if pv.allRows {
		for _, c := range inner.relations[0].result.columns {
			if !r.widen(1) {
				break
			}
			res.add(c)
		}
	} else {
		for _, g := range pv.groups {
			res.add(column{name: r.unaliased(g, len(res.columns)), set: r.value(g, inner), start: g.start, end: g.end})
		}
	}
	for i := range pv.items {
		r.item(&pv.items[i], inner, res)
	}
	return res
}
