package sqllineage

// starItem adds what a star of a select list stands for.
func (r *resolver) starItem(it *item, sc *scope, out *result) {
	e := it.expr
	if len(e.args) > 0 {
		r.expandValue(e, sc, out)
		return
	}
	before := len(out.columns)
	r.expand(e, sc, out)
	for i := before; i < len(out.columns); i++ {
		c := &out.columns[i]
		c.start, c.end = it.start, it.end
		r.emit(c.set, use{sub: subIdentity}, false)
	}
	out.indexed = false
}

// expandValue adds the fields of (expression).*.
func (r *resolver) expandValue(e *expr, sc *scope, out *result) {
	base := e.args[0]
	fields := r.structFields(base, sc)
	for base.kind == xPath || base.kind == xOp && base.class == opParens {
		base = base.args[0]
		if fields == nil {
			fields = r.structFields(base, sc)
		}
	}
	if row := r.rowOf(base, sc); row != nil {
		for _, c := range row.columns {
			if !r.widen(1) {
				break
			}
			c.start, c.end = e.start, e.end
			out.add(c)
		}
		r.value(e.args[0], sc)
		return
	}
	if len(fields) > 0 {
		for _, f := range fields {
			if !r.widen(1) {
				break
			}
			f.start, f.end = e.start, e.end
			out.add(f)
		}
		return
	}
	out.add(column{name: "*", star: true, set: r.value(e.args[0], sc), start: e.start, end: e.end})
}

// rowOf is the relation whose rows an aggregate such as array_agg(t) keeps.
func (r *resolver) rowOf(e *expr, sc *scope) *result {
	if e.kind == xCall && len(e.args) > 0 && aggregatesRows.has(e.parts[len(e.parts)-1].text) {
		e = e.args[0]
	}
	if e.kind != xCol || len(e.parts) != 1 {
		return nil
	}
	name := r.foldColumn(e.parts[0])
	for _, rel := range sc.relations {
		if rel.alias == name && rel.result.find(name) == nil {
			return rel.result
		}
	}
	return nil
}

// expand adds the columns of a star, without recording that they are read.
func (r *resolver) expand(e *expr, sc *scope, out *result) {
	var mods *starMods
	if e.more != nil {
		mods = e.more.star
	}
	if len(e.parts) > 0 {
		r.expandQualified(e, sc, out, mods)
		return
	}
	if !r.mergedInPlace {
		for i := range sc.merges {
			m := &sc.merges[i]
			r.addStar(column{name: m.name, set: m.set}, sc, out, mods)
		}
	}
	var placed map[string]bool
	if r.mergedInPlace && len(sc.merges) > 0 {
		placed = map[string]bool{}
	}
	for _, rel := range sc.relations {
		if rel.hidden {
			continue
		}
		if !r.step() {
			return
		}
		for i := range rel.result.columns {
			c := rel.result.columns[i]
			if c.star {
				c = c.without(sc.merges)
			} else if m := sc.mergedColumn(c.name); m != nil {
				if !r.mergedInPlace || placed[c.name] {
					continue
				}
				placed[c.name] = true
				c.set = m.set
			}
			if !r.addStar(c, sc, out, mods) {
				return
			}
		}
	}
}

// without leaves merged columns out of a star.
func (c column) without(list []merged) column {
	c.except = append(make([]string, 0, len(c.except)+len(list)), c.except...)
	for i := range list {
		c.except = append(c.except, list[i].name)
	}
	return c
}

func (s *scope) mergedName(name string) bool { return s.mergedColumn(name) != nil }

// mergedColumn is the column of that name which a join made one of two, or nil.
func (s *scope) mergedColumn(name string) *merged {
	if len(s.merges) == 0 {
		return nil
	}
	if i := s.mergedAt(name); i >= 0 {
		return &s.merges[i]
	}
	return nil
}

// expandQualified adds the columns of t.*, or the fields of a struct column.
func (r *resolver) expandQualified(e *expr, sc *scope, out *result, mods *starMods) {
	first := r.foldColumn(e.parts[0])
	for s := sc; s != nil; s = s.parent {
		for _, rel := range s.relations {
			n := r.qualifies(rel, append(e.parts[:len(e.parts):len(e.parts)], ident{}), first)
			if n == 0 || n != len(e.parts) {
				continue
			}
			for _, c := range rel.result.columns {
				if !r.addStar(c, sc, out, mods) {
					return
				}
			}
			return
		}
	}
	for _, rel := range sc.relations { // struct column
		if c := rel.result.find(r.foldColumn(e.parts[len(e.parts)-1])); c != nil && len(c.fields) > 0 {
			for _, f := range c.fields {
				if !r.addStar(f, sc, out, mods) {
					return
				}
			}
			return
		}
	}
	if set, ok := r.lookup(e.parts, sc, ""); ok {
		out.add(column{name: "*", star: true, set: set})
		r.note(StarUnknown, Warning, e.start, e.end, cut(r.p.sql[e.start:e.end], 64))
		return
	}
	r.note(UnknownColumn, Warning, e.start, e.end, cut(r.p.sql[e.start:e.end], 64))
}

// addStar adds one column of a star, as the words behind the star change it, and
// reports whether the limit leaves room for more.
func (r *resolver) addStar(c column, sc *scope, out *result, mods *starMods) bool {
	if !r.widen(1 + len(c.except)/8) {
		return false
	}
	if mods == nil {
		out.add(c)
		return true
	}
	r.steps -= (len(mods.except) + len(mods.replace) + len(mods.rename)) / 8
	if c.star {
		c.except = append(make([]string, 0, len(c.except)+len(mods.except)), c.except...)
		for _, x := range mods.except {
			c.except = append(c.except, r.foldColumn(x))
		}
		out.add(c)
		r.openReplaced(sc, out, mods)
		return true
	}
	for _, x := range mods.except {
		if r.foldColumn(x) == c.name {
			return true
		}
	}
	if mods.pattern != "" && !matchPattern(mods.pattern, c.name, mods.ilike) {
		return true
	}
	for i := range mods.replace {
		if it := &mods.replace[i]; r.foldColumn(it.alias) == c.name {
			c.set = r.value(it.expr, sc)
			break
		}
	}
	for i := range mods.rename {
		if it := &mods.rename[i]; it.expr.kind == xCol && r.foldColumn(it.expr.parts[len(it.expr.parts)-1]) == c.name {
			c.name = r.foldColumn(it.alias)
			break
		}
	}
	out.add(c)
	return true
}

// openReplaced adds REPLACE and RENAME columns behind a star that is not
// expanded: they are known even if the others are not.
func (r *resolver) openReplaced(sc *scope, out *result, mods *starMods) {
	for _, list := range [][]item{mods.replace, mods.rename} {
		for i := range list {
			name := r.foldColumn(list[i].alias)
			last := &out.columns[len(out.columns)-1]
			if last.star {
				last.except = append(last.except[:len(last.except):len(last.except)], name)
			}
			out.add(column{name: name, set: r.value(list[i].expr, sc), start: list[i].start, end: list[i].end})
		}
	}
}

// columnsCall reports whether e is COLUMNS('…') of DuckDB or ClickHouse.
func (r *resolver) columnsCall(e *expr) bool {
	return equalFold("columns", e.parts[len(e.parts)-1].text) && len(e.args) > 0
}

// columnsInside finds COLUMNS(…) below e, as in sum(COLUMNS('…')).
func (r *resolver) columnsInside(e *expr) *expr {
	if e == nil || !r.step() {
		return nil
	}
	if e.kind == xCall && r.columnsCall(e) {
		return e
	}
	for _, a := range e.args {
		if found := r.columnsInside(a); found != nil {
			return found
		}
	}
	return nil
}

// eachColumn adds an item once for every column that COLUMNS(…) inside of it
// stands for.
func (r *resolver) eachColumn(it *item, call *expr, sc *scope, out *result) {
	list := &result{}
	r.columnsItem(&item{expr: call}, call, sc, list)
	was, wasColumn := r.columnsAt, r.columnsNow
	for i := range list.columns {
		c := &list.columns[i]
		r.columnsAt, r.columnsNow = call, c
		made := column{name: c.name, star: c.star, set: r.value(it.expr, sc), start: it.start, end: it.end}
		if !it.alias.empty() {
			made.name = r.foldColumn(it.alias)
		}
		out.add(made)
	}
	r.columnsAt, r.columnsNow = was, wasColumn
}

// columnsItem adds the columns that COLUMNS('pattern'), COLUMNS(*) or COLUMNS(a,
// b) stands for. An alias may use what the pattern matched.
func (r *resolver) columnsItem(it *item, e *expr, sc *scope, out *result) {
	star := *e
	star.kind, star.parts, star.args = xStar, e.parts[:len(e.parts)-1], nil
	mods := starMods{}
	if e.more != nil && e.more.star != nil {
		mods = *e.more.star
	}
	before := len(out.columns)
	switch arg := e.args[0]; {
	case arg.kind == xConst:
		mods.pattern = trimQuotes(r.p.sql[arg.start:arg.end])
		star.more = &more{star: &mods}
		r.starItem(&item{expr: &star, start: it.start, end: it.end}, sc, out)
	case arg.kind == xStar:
		star.more = arg.more
		r.starItem(&item{expr: &star, start: it.start, end: it.end}, sc, out)
	case arg.kind == xCol:
		for _, a := range e.args {
			r.addStar(column{name: r.unaliased(a, 0), set: r.value(a, sc), start: it.start, end: it.end}, sc, out, &mods)
		}
	default: // a lambda over names
		r.note(DynamicColumns, Warning, e.start, e.end, "COLUMNS")
	}
	for i := before; i < len(out.columns) && !it.alias.empty(); i++ {
		out.columns[i].name = r.foldColumn(ident{text: renameBy(mods.pattern, out.columns[i].name, it.alias.text), quoted: true})
	}
	out.indexed = false
}
