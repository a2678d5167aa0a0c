package sqllineage

// value is the set of origins of an expression.
func (r *resolver) value(e *expr, sc *scope) []origin {
	if e == nil {
		return nil
	}
	base := len(r.scratch)
	r.walk(e, sc, use{sub: subIdentity}, true)
	return r.keep(base)
}

// read records what a clause reads, without a value.
func (r *resolver) read(e *expr, sc *scope, sub subtype) {
	if e != nil {
		r.walk(e, sc, use{sub: sub}, false)
	}
}

func (r *resolver) reads(list []*expr, sc *scope, sub subtype) {
	for _, e := range list {
		r.read(e, sc, sub)
	}
}

// walk visits an expression whose value is used as u. A kind of node without a
// rule costs the statement its outcome.
func (r *resolver) walk(e *expr, sc *scope, u use, gather bool) {
	if e == nil || !r.step() {
		return
	}
	rule := r.rules[e.kind]
	if rule == nil {
		r.note(UnknownClause, Warning, e.start, e.end, cut(r.p.sql[e.start:e.end], 64))
		return
	}
	rule(r, e, sc, u, gather)
}

// exprRule visits an expression of one kind.
type exprRule func(r *resolver, e *expr, sc *scope, u use, gather bool)

// exprRules are the rules of all kinds. They are no package variable because
// they and walk need each other.
func exprRules() [exprKinds]exprRule {
	return [exprKinds]exprRule{
		xConst:  func(*resolver, *expr, *scope, use, bool) {},
		xOpaque: func(*resolver, *expr, *scope, use, bool) {}, // the parser told
		xCol: func(r *resolver, e *expr, sc *scope, u use, gather bool) {
			r.emit(r.name(e, sc, ""), u, gather)
		},
		xOp:     (*resolver).walkOperator,
		xRow:    (*resolver).walkRow,
		xCall:   (*resolver).call,
		xCase:   (*resolver).walkCase,
		xSub:    (*resolver).subquery,
		xPath:   (*resolver).walkPath,
		xLambda: (*resolver).walkLambda,
		xStar:   (*resolver).walkStar,
		xVar: func(r *resolver, e *expr, _ *scope, u use, gather bool) {
			if !r.variableArgument(e.parts[0], u, gather) {
				r.variable(e.parts[0], u, gather)
			}
		},
	}
}

func (r *resolver) walkOperator(e *expr, sc *scope, u use, gather bool) {
	if e.class != opParens && e.class != opPrior {
		u = u.raise(subTransformation)
	}
	r.walkAll(e.args, sc, u, gather)
}

func (r *resolver) walkRow(e *expr, sc *scope, u use, gather bool) {
	r.walkAll(e.args, sc, u.raise(subTransformation), gather)
}

func (r *resolver) walkCase(e *expr, sc *scope, u use, gather bool) {
	r.walkAll(e.more.conds, sc, u.steer(subConditional), gather)
	r.walkAll(e.args, sc, u.raise(subTransformation), gather)
}

func (r *resolver) walkLambda(e *expr, sc *scope, u use, gather bool) {
	inner := &scope{parent: sc}
	for _, p := range e.parts {
		inner.lambda = append(inner.lambda, r.foldColumn(p))
	}
	r.walkAll(e.args, inner, u.raise(subTransformation), gather)
}

func (r *resolver) walkAll(list []*expr, sc *scope, u use, gather bool) {
	for _, e := range list {
		r.walk(e, sc, u, gather)
	}
}

// variable reads a variable of the script as what was put into it.
func (r *resolver) variable(id ident, u use, gather bool) {
	for _, in := range r.session.variable(id) {
		r.emit([]origin{r.originOf(in)}, u, gather)
	}
}

// walkPath visits a value below another one.
func (r *resolver) walkPath(e *expr, sc *scope, u use, gather bool) {
	base := e.args[0]
	r.walkAll(e.args[1:], sc, u.raise(subTransformation), gather)
	if e.class == opJSON {
		u = u.raise(subTransformation)
	}
	for base.kind == xOp && base.class == opParens && len(base.args) == 1 {
		base = base.args[0]
	}
	switch base.kind {
	case xCol:
		r.emit(r.name(base, sc, e.more.path), u, gather)
	case xConst, xVar, xOpaque:
	case xCall, xPath, xSub:
		if r.fieldOf(base, e.more.path, sc, u, gather) {
			return
		}
		path := ""
		if base.kind != xCall || documents.has(base.parts[len(base.parts)-1].text) {
			path = elementPath(e.more.path)
		}
		r.emit(r.below(r.value(base, sc), path), u, gather)
	default:
		r.walk(base, sc, u.raise(subTransformation), gather)
	}
}

// fieldOf visits one field of the structs that a call makes or gathers, as in
// array_agg(struct(a, b))[0].b. It reports whether it knew the field.
func (r *resolver) fieldOf(base *expr, path string, sc *scope, u use, gather bool) bool {
	if base.kind != xCall {
		return false
	}
	if len(base.parts) == 1 && len(r.session.rows) > 0 { // rows(i).id of a collection
		if list, ok := r.session.field(variableKey(base.parts[0]), r.foldColumn(ident{text: path})); ok {
			for _, in := range list {
				r.emit([]origin{r.originOf(in)}, u, gather)
			}
			return true
		}
	}
	if aggregatesRows.has(base.parts[len(base.parts)-1].text) {
		u = u.raise(subAggregation)
	}
	head, rest := cutPath(elementPath(path))
	for _, f := range r.structFields(base, sc) {
		if f.name == r.foldColumn(ident{text: head}) {
			r.emit(r.inColumn(&f, rest), u, gather)
			return true
		}
	}
	return false
}

// documents are functions whose result is the document of their argument, so
// that a path below the result is one below the argument.
var documents = set("from_json", "parse_json", "try_parse_json", "json_parse", "to_json", "to_variant", "array_agg", "any_value", "min", "max", "first_value", "last_value",
	"coalesce", "explode", "unnest", "collect_list", "arrayagg", "json_query", "json_extract", "jsonb_extract_path", "get_path", "array_reverse", "array_sort", "element_at")

// elementPath drops a leading index: f(x)[0].a is below f's result as a.
func elementPath(p string) string {
	for hasPrefix(p, "[]") {
		p = p[2:]
		if hasPrefix(p, ".") {
			p = p[1:]
		}
	}
	return p
}

// call visits a function call by the class of the function.
func (r *resolver) call(e *expr, sc *scope, u use, gather bool) {
	if r.prefixAlias && len(e.args) == 1 && e.args[0].kind == xConst && equalFold("getvariable", e.parts[len(e.parts)-1].text) {
		r.variable(ident{text: trimQuotes(r.p.sql[e.args[0].start:e.args[0].end])}, u, gather)
		return
	}
	if e == r.columnsAt {
		r.emit(r.columnsNow.set, u, gather)
		return
	}
	if len(e.parts) == 1 && r.qQuotes && r.session.isVariable(e.parts[0]) { // ids(i) of a collection
		r.variable(e.parts[0], u, gather)
		return
	}
	if (len(r.session.functions) > 0 || len(e.parts) > 1 && r.o.Schemas != nil) && r.expandCall(e, sc, u, gather) {
		return
	}
	name := e.parts[len(e.parts)-1].text
	class := functionClass(name)
	tested := false
	if r.braceParams && class&(fnConditional|fnWindowOnly) == 0 {
		if c, t := combined(name); c != 0 {
			class, tested = c, t && len(e.args) > 1
		}
	}
	args := u.raise(subTransformation)
	switch {
	case class&fnAggregate != 0 && class&fnWindowOnly == 0:
		args = u.raise(subAggregation)
	}
	if class&fnMasking != 0 {
		args = args.masked()
	}
	if len(e.parts) > 1 {
		r.method(e, sc, args, gather)
	}
	if lowered := toLower(name); r.braceParams && len(e.args) > 1 && dictionaryFunction(lowered) {
		r.dictionary(e, lowered, args, gather)
	}
	if r.inserted != nil && equalFold("values", name) && len(e.args) == 1 && e.args[0].kind == xCol {
		if c := r.inserted.find(r.foldColumn(e.args[0].parts[0])); c != nil {
			r.emit(c.set, u, gather)
			return
		}
	}
	switch {
	case class&fnConditional != 0 && len(e.args) > 1:
		r.conditional(e, name, sc, args, u, gather)
	case tested:
		last := len(e.args) - 1
		r.walkAll(e.args[:last], sc, args, gather)
		r.walk(e.args[last], sc, u.steer(subConditional), gather)
	case class&fnCount != 0 && len(e.args) == 1 && e.args[0].kind == xStar && len(e.args[0].parts) == 0:
	default:
		r.walkAll(e.args, sc, args, gather)
	}
	if e.more != nil {
		r.callExtras(e, sc, class, args, u, gather)
	}
}

// dictionary reads dictGet('d', 'name', key) and dictGet('d', ('a', 'b'), key):
// columns of d. dictHas('d', key) reads the dictionary alone.
func (r *resolver) dictionary(e *expr, function string, u use, gather bool) {
	text := func(a *expr) string { return trimQuotes(r.p.sql[a.start:a.end]) }
	if e.args[0].kind != xConst && e.args[0].kind != xCol {
		return
	}
	var name []ident
	for _, part := range splitName(text(e.args[0])) {
		name = append(name, ident{text: part, quoted: true})
	}
	id := r.table(name, false)
	r.tables[id].read = true
	if !hasPrefix(function, "dictget") && function != "joinget" && function != "joingetornull" {
		return
	}
	a := e.args[1]
	tokens, _ := lex(r.traits, r.p.sql[a.start:a.end], nil, 200) // 'a' or ('a', 'b')
	for _, t := range tokens {
		if t.kind == tString {
			r.emit([]origin{makeOrigin(r.column(id, trimQuotes(r.p.sql[a.start+t.start:a.start+t.end])), subIdentity)}, u, gather)
		}
	}
}

// dictionaryFunction reports whether a function takes the name of a dictionary, or of a Join
// table, first.
func dictionaryFunction(name string) bool {
	return hasPrefix(name, "dictget") || hasPrefix(name, "dicthas") || hasPrefix(name, "dictisin") || hasPrefix(name, "joinget")
}

// callExtras visits FILTER, ORDER BY in the parentheses, and OVER.
func (r *resolver) callExtras(e *expr, sc *scope, class fnClass, args, u use, gather bool) {
	m := e.more
	r.walkAll(m.conds, sc, u.steer(subConditional), gather)
	if class&fnOrdered != 0 && len(m.sorts) > 0 {
		r.walkAll(m.sorts, sc, args, gather)
	} else {
		r.walkAll(m.sorts, sc, u.steer(subSort), gather)
	}
	if !m.overed {
		return
	}
	r.walkAll(m.window, sc, u.steer(subWindow), gather)
	for s := sc; s != nil && !m.over.empty(); s = s.parent {
		for _, w := range s.windows {
			if r.foldColumn(w.name) == r.foldColumn(m.over) {
				r.walkAll(w.exprs, sc, u.steer(subWindow), gather)
				return
			}
		}
	}
}

// conditional visits IF, IFF, NVL2 and DECODE: the first argument is a test,
// of DECODE also every value that it is compared with.
func (r *resolver) conditional(e *expr, name string, sc *scope, args, u use, gather bool) {
	test := u.steer(subConditional)
	decode := equalFold("decode", name) || equalFold("multiif", name)
	if decode && len(e.args) < 3 {
		r.walkAll(e.args, sc, args, gather)
		return
	}
	offset := 0
	if equalFold("multiif", name) {
		offset = 1
	}
	for i, a := range e.args {
		switch {
		case i == 0, decode && (i+offset)%2 == 1 && i+1 < len(e.args):
			r.walk(a, sc, test, gather)
		default:
			r.walk(a, sc, args, gather)
		}
	}
}

// method visits what stands before the last dot of a.b(…) when it is a column
// and not a schema.
func (r *resolver) method(e *expr, sc *scope, u use, gather bool) {
	r.emit(r.object(e, sc), u, gather)
}

// object is the column whose method a call is. A lone word is a schema or a
// package, unless a column is sure to be called so or only columns have such a
// method.
func (r *resolver) object(e *expr, sc *scope) []origin {
	parts := e.parts[:len(e.parts)-1]
	if len(parts) == 1 && !r.dotCalls && !r.certain(parts[0], sc) && !(r.optionalSemi && typeMethods.has(e.parts[1].text)) {
		return nil
	}
	if len(parts) > 1 && !r.names(parts[0], sc) && !r.certain(parts[0], sc) {
		return nil
	}
	set, _ := r.lookup(parts, sc, "")
	return set
}

// typeMethods are methods of T-SQL's built-in types.
var typeMethods = set("value", "query", "exist", "nodes", "tostring", "getancestor", "getlevel", "getdescendant", "isdescendantof", "getreparentedvalue", "stastext", "stasbinary",
	"stdistance", "stintersects", "starea", "stlength", "stwithin", "stcontains", "stbuffer", "stx", "sty", "stsrid", "makevalid", "reduce")

// walkStar visits a star inside of an expression: count(t.*), hash(*).
func (r *resolver) walkStar(e *expr, sc *scope, u use, gather bool) {
	if len(e.args) > 0 { // (expr).*
		r.walk(e.args[0], sc, u.raise(subTransformation), gather)
		return
	}
	res := &result{}
	r.expand(e, sc, res)
	for i := range res.columns {
		r.emit(res.columns[i].set, u.raise(subTransformation), gather)
	}
}

// subquery visits a query that stands as a value, or that IN and EXISTS ask.
func (r *resolver) subquery(e *expr, sc *scope, u use, gather bool) {
	was := r.steering
	if !u.sub.direct() {
		r.steering = u.sub
	}
	res := r.query(e.more.query, sc)
	r.steering = was
	for i := range res.columns {
		r.emit(res.columns[i].set, u, gather)
	}
}
