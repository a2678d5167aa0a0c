package sqllineage

import "strings"

// routineText is a function of which the text is known: what its parameters
// and columns are called, and a body of one query or one expression.
type routineText struct {
	params, columns []ident
	body            string
}

// learnFunction keeps the function that the script has just made. head is the
// token of its name; the body is the string text or begins at token start.
func (e *engine) learnFunction(head, text, start int) {
	p := &e.parser
	if p.tokens[head-1].word != kFunction || text < 0 && start < 0 {
		return
	}
	f := routineText{}
	from, end := p.pos, start
	if text >= 0 {
		end, f.body = text, p.stringText(p.tokens[text])
	} else {
		f.body = p.sql[p.tokens[start].start:p.lastEnd()]
	}
	p.pos = head
	name := e.functionName(p.name())
	p.pos = from
	f.signature(p, p.tokens[head:end])
	if e.session.functions == nil {
		e.session.functions = map[string]routineText{}
	}
	e.session.functions[name] = f
}

// learnMacro keeps what DuckDB's CREATE MACRO f(a) AS [TABLE] body at the cursor
// makes, of which the first form counts.
func (e *engine) learnMacro() {
	p := &e.parser
	from := p.pos
	defer func() { p.pos = from }()
	for p.pos++; p.atAny(kOr, kReplace, kTemp, kTemporary); p.pos++ {
	}
	if !p.accept(kFunction) && !p.acceptText("macro") {
		return
	}
	p.acceptSeq(kIf, kNot, kExists)
	name := p.name()
	head := p.pos
	if !p.atOp('(') {
		return
	}
	p.skipParens()
	header := p.tokens[head:p.pos]
	if !p.accept(kAs) {
		return
	}
	p.accept(kTable)
	f := routineText{body: p.sql[p.offset():p.tokens[p.end-1].end]}
	f.signature(p, header)
	if e.session.functions == nil {
		e.session.functions = map[string]routineText{}
	}
	e.session.functions[e.functionName(name)] = f
}

// functionName is the full name of a function, folded like that of a table.
func (e *engine) functionName(name []ident) string {
	return joinName(e.session.qualify(e.session.folded(name)))
}

// folded is the parts of a name as the dialect folds those of tables.
func (s *session) folded(name []ident) []string {
	parts := make([]string, len(name))
	for i, id := range name {
		parts[i] = s.foldTable(id)
	}
	return parts
}

// signature reads the names of the parameters, and of the columns that
// RETURNS TABLE declares.
func (f *routineText) signature(p *parser, header []token) {
	depth, table := 0, false
	for i, t := range header {
		switch {
		case t.is('(') || t.is('<'):
			depth++
			table = table || i > 0 && header[i-1].word == kTable
		case t.is(')') || t.is('>'):
			depth--
		}
		if depth != 1 || !t.is('(') && !t.is(',') && !t.is('<') || i+2 >= len(header) {
			continue
		}
		n := i + 1
		if w := header[n].word; (w == kIn || w == kOut || w == kInout || w == kVariadic) && header[n+1].name() {
			n++
		}
		switch id := header[n]; {
		case id.name() && table:
			f.columns = append(f.columns, p.identOf(id))
		case id.name() || id.kind == tParam:
			f.params = append(f.params, p.identOf(id))
		}
	}
}

// routine finds the text of a function: in the script itself, else in what the
// caller knows. Only a qualified name is worth asking the caller for a value.
func (r *resolver) routine(name []ident, ask bool) (routineText, bool) {
	if len(r.session.functions) == 0 && (!ask || r.o.Schemas == nil) {
		return routineText{}, false
	}
	parts := r.session.folded(name)
	if f, ok := r.session.functions[joinName(r.session.qualify(parts))]; ok {
		return f, true
	}
	if !ask || r.o.Schemas == nil {
		return routineText{}, false
	}
	t, ok := r.o.Schemas.Table(r.session.qualify(parts))
	if !ok || t.SQL == "" {
		return routineText{}, false
	}
	return r.readRoutine(t.SQL), true
}

// readRoutine reads the text of a function as a catalog keeps it: the whole
// CREATE FUNCTION, or the body alone.
func (r *resolver) readRoutine(text string) routineText {
	p := r.innerParser(text)
	f := routineText{body: text}
	if !p.at(kCreate) && !p.at(kAlter) {
		return f
	}
	head := p.routineHead()
	if head < 0 {
		return routineText{}
	}
	p.pos = head
	body, start := p.findBody()
	switch {
	case body >= 0:
		f.body = p.stringText(p.tokens[body])
		f.signature(p, p.tokens[head:body])
	case start >= 0:
		f.body = text[p.tokens[start].start:]
		f.signature(p, p.tokens[head:start])
	default:
		return routineText{}
	}
	return f
}

// innerParser reads a text that is not the one of the request.
func (r *resolver) innerParser(text string) *parser {
	p := &parser{traits: r.traits, sql: text, limits: r.o.Limits}
	p.tokens, _ = lex(r.traits, text, nil, r.o.Limits.Tokens)
	p.end = len(p.tokens) - 1
	for p.end > 0 && p.tokens[p.end-1].is(';') {
		p.end--
	}
	return p
}

// expanded resolves the body of a function in the place of call: read gets the
// query, or the expression, that it is. It reports whether there was a body
// that is one of both; a function that calls itself has none.
func (r *resolver) expanded(call *expr, sc *scope, ask bool, read func(q *query, x *expr, columns []ident)) bool {
	f, ok := r.routine(call.parts, ask)
	if !ok || f.body == "" || len(r.expanding) >= maxNesting || contains(r.expanding, f.body) {
		return false
	}
	inner := r.innerParser(f.body)
	r.steps -= len(inner.tokens)
	q, x := inner.routineBody()
	if q == nil && x == nil {
		return false
	}
	arguments := r.bindArguments(f.params, call, sc)
	outer, around := r.p, r.arguments
	r.p, r.arguments = inner, arguments
	r.expanding = append(r.expanding, f.body)
	func() {
		defer func() {
			r.expanding = r.expanding[:len(r.expanding)-1]
			r.p, r.arguments = outer, around
		}()
		read(q, x, f.columns)
	}()
	for _, d := range inner.diags {
		d.start, d.end = call.start, call.end
		outer.diags = append(outer.diags, d)
	}
	return true
}

// routineBody reads the one query or expression that a body is. Bodies of
// statements are neither.
func (p *parser) routineBody() (*query, *expr) {
	p.accept(kReturn)
	if p.at(kBegin) || p.at(kDeclare) {
		return nil, nil
	}
	if p.atAny(kSelect, kWith, kValues) || p.atOp('(') && p.queryAhead(0) {
		if q := p.query(); p.done() {
			return q, nil
		}
		return nil, nil
	}
	if x := p.expr(); x != nil && p.done() {
		return nil, x
	}
	return nil, nil
}

// bindArguments is what the parameters of a function stand for in one call.
func (r *resolver) bindArguments(params []ident, call *expr, sc *scope) map[string][]origin {
	bound := map[string][]origin{}
	for i, a := range call.args {
		base := len(r.scratch)
		r.walk(a, sc, use{sub: subTransformation}, true)
		set := r.keep(base)
		bound[itoa(i+1)] = set // $1
		if m := call.more; m != nil && i < len(m.names) && !m.names[i].empty() {
			bound[variableKey(m.names[i])] = set
		} else if i < len(params) {
			bound[variableKey(params[i])] = set
		}
	}
	for _, id := range params {
		if _, ok := bound[variableKey(id)]; !ok {
			bound[variableKey(id)] = nil
		}
	}
	return bound
}

// argument is what a parameter of the function that is being expanded means.
func (r *resolver) argument(parts []ident, sc *scope) ([]origin, bool) {
	if r.arguments == nil || len(parts) == 2 && r.names(parts[0], sc) || len(parts) > 2 || r.certain(parts[len(parts)-1], sc) {
		return nil, false
	}
	set, ok := r.arguments[variableKey(parts[len(parts)-1])]
	return set, ok
}

// expandCall visits the body of a SQL function in the place of its call.
func (r *resolver) expandCall(e *expr, sc *scope, u use, gather bool) bool {
	u = u.raise(subTransformation)
	return r.expanded(e, sc, len(e.parts) > 1, func(q *query, x *expr, _ []ident) {
		if q == nil {
			r.walk(x, &scope{}, u, gather)
			return
		}
		for _, c := range r.query(q, &scope{}).columns {
			r.emit(c.set, u, gather)
		}
	})
}

// expandTable is the columns of a table function that is one query.
func (r *resolver) expandTable(f *fromItem, sc *scope) *result {
	var res *result
	r.expanded(f.call, sc, true, func(q *query, _ *expr, columns []ident) {
		if q == nil {
			return
		}
		res = r.copied(r.renamed(r.query(q, &scope{}), columns))
		for i := range res.columns {
			res.columns[i].start, res.columns[i].end = f.call.start, f.call.end
		}
	})
	if res == nil {
		return nil
	}
	return r.renamed(res, f.cols)
}

// variableArgument is the value of a parameter that is written with a sign.
func (r *resolver) variableArgument(id ident, u use, gather bool) bool {
	if r.arguments == nil {
		return false
	}
	set, ok := r.arguments[variableKey(id)]
	if ok {
		r.emit(set, u, gather)
	}
	return ok && !strings.HasPrefix(id.text, "@@")
}
