package sqllineage

// unaliased is what the engine calls the select item number n that has no
// alias.
func (r *resolver) unaliased(e *expr, n int) string {
	switch e.kind {
	case xCol:
		return r.foldColumn(e.parts[len(e.parts)-1])
	case xPath:
		if name := lastStep(e.more.path); name != "" {
			return r.foldColumn(ident{text: name})
		}
		if r.naming == nameByFunction {
			return r.unaliased(e.args[0], n)
		}
	case xCall:
		if name := e.parts[len(e.parts)-1].text; equalFold("explode", name) || equalFold("explode_outer", name) {
			return "col"
		}
	case xOp:
		if e.class == opParens && len(e.args) == 1 {
			return r.unaliased(e.args[0], n)
		}
		if e.class == opPrior && len(e.args) == 1 {
			return r.unaliased(e.args[0], n)
		}
	}
	switch r.naming {
	case nameByFunction:
		return r.functionName(e)
	case nameByPosition:
		return "f" + itoa(n) + "_"
	case nameByColumn:
		return "_col" + itoa(n)
	case nameByNumber:
		return "_c" + itoa(n)
	case nameNone:
		return ""
	}
	if r.dashNeedsSpace && e.kind == xConst { // MySQL: a string names itself
		return trimQuotes(toLower(r.p.sql[e.start:e.end]))
	}
	if r.columns == foldNone {
		return r.p.sql[e.start:e.end]
	}
	return toLower(r.p.sql[e.start:e.end])
}

// lastStep is the last name of a path.
func lastStep(p string) string {
	for len(p) >= 2 && p[len(p)-2:] == "[]" {
		p = p[:len(p)-2]
	}
	for i := len(p) - 1; i >= 0; i-- {
		if p[i] == '.' || p[i] == ']' {
			return p[i+1:]
		}
	}
	return p
}

// functionName is PostgreSQL's rule: the name of the function, of the column
// under a cast, of the type of a cast constant.
func (r *resolver) functionName(e *expr) string {
	switch e.kind {
	case xCol:
		return r.foldColumn(e.parts[len(e.parts)-1])
	case xCase:
		if e.class == opElse && e.args[len(e.args)-1].kind == xCol {
			return r.functionName(e.args[len(e.args)-1])
		}
		return "case"
	case xCall:
		name := r.foldColumn(e.parts[len(e.parts)-1])
		if castFunctions.has(name) && len(e.args) == 1 {
			return r.functionName(e.args[0])
		}
		return name
	case xOp:
		return r.operatorName(e)
	case xSub:
		return r.subqueryName(e.more.query)
	case xRow:
		return "row"
	case xConst:
		if w := r.p.sql[e.start:e.end]; niladicNames.has(w) {
			return toLower(w)
		}
	case xPath:
		return r.functionName(e.args[0])
	}
	return "?column?"
}

var castFunctions = set("cast", "try_cast", "safe_cast")

var niladicNames = set("current_date", "current_time", "current_timestamp", "localtime", "localtimestamp", "current_user", "session_user")

func (r *resolver) operatorName(e *expr) string {
	switch {
	case e.class == opArray:
		return "array"
	case e.class == opExists:
		return "exists"
	case e.class == opCasted && len(e.args) == 1:
		if name := r.functionName(e.args[0]); name != "?column?" || len(e.parts) == 0 {
			return name
		}
		return typeColumn(r.foldColumn(e.parts[0]))
	case e.class == opParens && len(e.args) == 1:
		return r.functionName(e.args[0])
	}
	return "?column?"
}

// typeColumn is the name of a type as PostgreSQL stores it.
func typeColumn(t string) string {
	switch t {
	case "int", "integer":
		return "int4"
	case "bigint":
		return "int8"
	case "smallint":
		return "int2"
	case "boolean":
		return "bool"
	case "decimal":
		return "numeric"
	case "real":
		return "float4"
	case "float", "double":
		return "float8"
	case "character", "char":
		return "bpchar"
	}
	return t
}

// subqueryName is the name of the one column of a scalar subquery.
func (r *resolver) subqueryName(q *query) string {
	for q != nil && len(q.branches) > 0 {
		q = q.branches[0].query
	}
	if q == nil || q.sel == nil || len(q.sel.items) == 0 {
		return "?column?"
	}
	it := q.sel.items[0]
	if !it.alias.empty() {
		return r.foldColumn(it.alias)
	}
	if it.expr == nil {
		return "?column?"
	}
	return r.functionName(it.expr)
}
