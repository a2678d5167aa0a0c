package sqllineage

// Names that mean something else than a column of a table.

// groupWindows make a struct that the select list reads by the function's name.
var groupWindows = set("window", "session_window")

// groupWindow is the window(ts, …) of GROUP BY that window.start means.
func (r *resolver) groupWindow(e *expr, sc *scope) *expr {
	if r.rangeColumn == "" || !groupWindows.has(e.parts[0].text) || r.certain(e.parts[0], sc) || len(e.parts) > 1 && r.names(e.parts[0], sc) {
		return nil
	}
	for _, c := range sc.grouped {
		for _, x := range c.exprs {
			if x.kind == xCall && c.use == subGroupBy && equalFold(x.parts[len(x.parts)-1].text, e.parts[0].text) {
				return x
			}
		}
	}
	return nil
}

// positional is the column that $2 means where columns have places.
func (r *resolver) positional(e *expr, sc *scope) *column {
	last := e.parts[len(e.parts)-1].text
	if !r.stages || len(last) < 2 || len(last) > 4 || last[0] != '$' {
		return nil
	}
	n := 0
	for _, c := range []byte(last[1:]) {
		if classOf[c] != classDigit {
			return nil
		}
		n = n*10 + int(c-'0')
	}
	for _, rel := range sc.relations {
		if len(e.parts) > 1 && rel.alias != r.foldColumn(e.parts[0]) {
			continue
		}
		if n >= 1 && n <= len(rel.result.columns) {
			return &rel.result.columns[n-1]
		}
	}
	return nil
}

// isAlias reports whether a relation in sight is called id by an alias of its
// own, and its columns are known.
func (r *resolver) isAlias(id ident, sc *scope) bool {
	name := r.foldColumn(id)
	for s := sc; s != nil; s = s.parent {
		for _, rel := range s.relations {
			if rel.alias == name && rel.parts == nil && !rel.hidden && len(rel.result.columns) > 0 && rel.result.stars == 0 && !rel.result.any {
				return true
			}
		}
	}
	return false
}

// findValue is an expression that ClickHouse's WITH names in this scope or
// around it.
func (s *scope) findValue(name string) *commonTables {
	for ; s != nil; s = s.parent {
		for c := s.ctes; c != nil; c = c.parent {
			if c.value != nil && !c.busy && c.name == name {
				return c
			}
		}
	}
	return nil
}

// valueColumn is the expression that WITH names, as it is where the name stands:
// it sees the columns of the SELECT that uses it.
func (r *resolver) valueColumn(c *commonTables, s *scope) *column {
	c.busy, c.used = true, true
	defer func() { c.busy = false }()
	return &column{name: c.name, set: r.value(c.value, s), fields: r.structFields(c.value, s)}
}
