package sqllineage

// innerText reads a query that stands in a string of the statement.
func (r *resolver) innerText(a *expr) *result {
	s := r.p.sql[a.start:a.end]
	tokens, _ := lex(r.p.traits, s, nil, 10)
	if len(tokens) < 2 || tokens[0].kind != tString {
		return nil
	}
	inner := parser{traits: r.p.traits, sql: s}
	return r.textResult(inner.stringText(tokens[0]), a.start, a.end)
}

// textResult is the columns of a query that is the text of a string. Its own
// offsets mean nothing to the reader, so all columns point at the string.
func (r *resolver) textResult(text string, start, end int32) *result {
	if r.depth > 32 {
		return nil
	}
	inner := r.innerParser(text)
	if !inner.at(kSelect) && !inner.at(kWith) && !inner.atOp('(') && !inner.at(kFrom) && !inner.at(kValues) {
		return nil
	}
	q := inner.query()
	outer := r.p
	r.p = inner
	r.depth++
	res := r.query(q, nil)
	r.depth--
	r.p = outer
	for _, d := range inner.diags {
		d.start, d.end = start, end
		outer.diags = append(outer.diags, d)
	}
	out := copyResult(res)
	for i := range out.columns {
		out.columns[i].start, out.columns[i].end = start, end
	}
	return out
}
