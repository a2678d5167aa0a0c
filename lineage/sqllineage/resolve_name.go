package sqllineage

// name is the set of origins of a column reference, with path below it. A name
// that means nothing here is reported and has none.
func (r *resolver) name(e *expr, sc *scope, path string) []origin {
	if len(e.parts) == 1 && !e.parts[0].quoted && r.pseudo.has(e.parts[0].text) && !r.certain(e.parts[0], sc) {
		return nil
	}
	if len(e.parts) == 2 && len(r.session.trigger) > 0 && triggerRows.has(e.parts[0].text) {
		id := r.table(r.session.trigger, false)
		base := len(r.scratch)
		r.scratch = append(r.scratch, makeOrigin(r.column(id, r.foldColumn(e.parts[1])), subIdentity))
		r.tables[id].read = true
		return r.below(r.keep(base), path)
	}
	if set, ok := r.scripted(e, sc); ok {
		return set
	}
	if call := r.groupWindow(e, sc); call != nil {
		return r.value(call, sc)
	}
	if n := len(e.parts); n > 1 && r.columns == foldUpper && sequenceParts.has(e.parts[n-1].text) && !r.names(e.parts[0], sc) {
		return nil
	}
	place := r.positional(e, sc)
	if place != nil && len(e.parts) > 1 && !place.star {
		return r.inColumn(place, path)
	}
	set, ok := r.lookup(e.parts, sc, path)
	if ok {
		return set
	}
	if place != nil {
		return r.inColumn(place, path)
	}
	if len(e.parts) == 1 {
		if in := r.session.variable(e.parts[0]); in != nil {
			base := len(r.scratch)
			r.variable(e.parts[0], use{sub: subIdentity}, true)
			return r.keep(base)
		}
		if r.session.isVariable(e.parts[0]) || r.niladic(e.parts[0]) {
			return nil
		}
	}
	if len(e.parts) > 1 && r.qQuotes && !r.names(e.parts[0], sc) { // a function or constant of a package
		return nil
	}
	if !(e.parts[0].quoted && r.doubleMayBeText) {
		r.note(UnknownColumn, Warning, e.start, e.end, cut(r.p.sql[e.start:e.end], 128))
	}
	return nil
}

// scripted is what flows out of a variable of the routine, or of a column of
// its row variable. They go before the columns of tables that nobody knows, but
// not where SQL text marks its variables with a sign.
func (r *resolver) scripted(e *expr, sc *scope) ([]origin, bool) {
	if set, ok := r.argument(e.parts, sc); ok {
		return set, true
	}
	switch {
	case len(e.parts) == 1 && !r.stages && !e.parts[0].quoted && r.session.isLocal(e.parts[0]) && !r.certain(e.parts[0], sc):
		base := len(r.scratch)
		r.variable(e.parts[0], use{sub: subIdentity}, true)
		return r.keep(base), true
	case len(e.parts) == 2 && len(r.session.rows) > 0 && !r.names(e.parts[0], sc):
		list, known := r.session.field(variableKey(e.parts[0]), r.foldColumn(e.parts[1]))
		base := len(r.scratch)
		for _, in := range list {
			r.scratch = append(r.scratch, r.originOf(in))
		}
		return r.keep(base), known
	}
	return nil, false
}

// certain reports whether a relation in sight is known to have a column.
func (r *resolver) certain(id ident, sc *scope) bool {
	name := r.foldColumn(id)
	for s := sc; s != nil; s = s.parent {
		for _, rel := range s.relations {
			if rel.result.find(name) != nil {
				return true
			}
		}
	}
	return false
}

// sequenceParts are the values of a sequence, as in seq.nextval.
var sequenceParts = set("nextval", "currval")

// triggerRows are the rows that a trigger sees.
var triggerRows = set("new", "old")

// niladic reports whether an unknown word is a function without parentheses.
func (r *resolver) niladic(id ident) bool { return !id.quoted && niladics.has(id.text) }

var niladics = set("user", "sysdate", "systimestamp", "rownum", "rowid", "level", "uid", "current_role", "current_catalog", "current_schema", "current_database",
	"connect_by_isleaf", "connect_by_iscycle", "utc_date", "utc_time", "utc_timestamp", "getdate", "sqlcode", "sqlerrm", "found", "ctid", "oid", "xmin", "xmax", "tableoid", "_rowid_",
	"ora_rowscn", "curdate", "current_datetime", "today", "current_account", "current_warehouse", "new", "old", "excluded", "maxvalue", "systime")

// lookup finds what a dotted name means. Levels are searched from the inside
// out; in each, a column that is known to exist goes before tables of which
// the columns are not known.
func (r *resolver) lookup(parts []ident, sc *scope, path string) ([]origin, bool) {
	if len(parts) > 1 {
		if set, ok := r.qualified(parts, sc, path); ok {
			return set, true
		}
		if r.isAlias(parts[0], sc) { // of a relation without that column
			return nil, false
		}
	}
	name := r.foldColumn(parts[0])
	for s := sc; s != nil; s = s.parent {
		for _, l := range s.lambda {
			if l == name {
				return nil, true
			}
		}
		rest := path
		if len(parts) > 1 {
			rest = joinPath(pathOf(parts[1:]), path)
		}
		if rel := r.rowNamed(name, s); rel != nil && len(parts) == 1 {
			if path == "" {
				break
			}
			head, below := cutPath(path)
			return r.member(rel, ident{text: head, quoted: true}, below)
		}
		if set, ok := r.unqualified(name, s, rest); ok {
			return set, true
		}
	}
	if len(parts) == 1 {
		return r.wholeRow(name, sc, path)
	}
	return nil, false
}

// rowNamed is the relation of this scope whose alias is name, where the name of
// a relation is its row and no column that is known is called so.
func (r *resolver) rowNamed(name string, s *scope) *relation {
	if !r.rowNames {
		return nil
	}
	var row *relation
	for _, rel := range s.relations {
		if rel.alias == name && rel.parts == nil && !rel.hidden && len(rel.result.columns) > 0 {
			row = rel
		}
	}
	if row == nil || s.knows(name) || s.mergedName(name) || s.aliases && s.outputs != nil && s.outputs.find(name) != nil {
		return nil
	}
	return row
}

// pathOf joins the parts of a name below a column.
func pathOf(parts []ident) string {
	s := ""
	for _, p := range parts {
		s = joinPath(s, p.text)
	}
	return s
}

// unqualified looks name up in one scope.
func (r *resolver) unqualified(name string, s *scope, path string) ([]origin, bool) {
	if s.aliases && s.aliasWins {
		if c := s.outputs.find(name); c != nil {
			return r.inColumn(c, path), true
		}
	}
	for i := range s.inner {
		if it := &s.inner[i]; r.foldColumn(it.alias) == name && !r.mentions(it.expr, name) {
			return r.below(r.value(it.expr, s), path), true
		}
	}
	if len(s.merges) > 0 {
		if i := s.mergedAt(name); i >= 0 {
			return r.below(s.merges[i].set, path), true
		}
	}
	if s.aliases && s.outputs != nil { // before tables are asked that nobody knows
		if c := s.outputs.find(name); c != nil && !s.knows(name) && (s.open() > 1 || !r.selfNamed(name, s)) {
			return r.inColumn(c, path), true
		}
	}
	set, known, ok := r.inRelations(name, s, path)
	if known {
		return set, true
	}
	if s.aliases && s.outputs != nil {
		if c := s.outputs.find(name); c != nil && !(ok && (c.implied && !s.own || r.selfNamed(name, s))) {
			return r.inColumn(c, path), true
		}
	}
	if c := s.findValue(name); c != nil {
		return r.inColumn(r.valueColumn(c, s), path), true
	}
	return set, ok
}

// knows reports whether a relation of the scope surely has a column.
func (s *scope) knows(name string) bool {
	for _, rel := range s.relations {
		if !rel.hidden && rel.result.find(name) != nil {
			return true
		}
	}
	return false
}

// open counts the tables of which any name could be a column.
func (s *scope) open() int {
	n := 0
	for _, rel := range s.relations {
		if !rel.hidden {
			n += rel.result.stars
		}
	}
	return n
}

// selfNamed reports whether the select item called name reads a column of that
// name itself, as in upper(a) AS a: then there is such a column.
func (r *resolver) selfNamed(name string, s *scope) bool {
	for _, it := range s.selected {
		if !it.alias.empty() && r.foldColumn(it.alias) == name {
			return r.mentions(it.expr, name)
		}
	}
	return false
}

// mentions reports whether e reads an unqualified column called name.
func (r *resolver) mentions(e *expr, name string) bool {
	if e == nil || !r.step() {
		return false
	}
	if e.kind == xCol && r.foldColumn(e.parts[len(e.parts)-1]) == name {
		return true
	}
	for _, a := range e.args {
		if r.mentions(a, name) {
			return true
		}
	}
	if e.more != nil {
		for _, list := range [][]*expr{e.more.conds, e.more.window, e.more.sorts} {
			for _, a := range list {
				if r.mentions(a, name) {
					return true
				}
			}
		}
	}
	return false
}

// inRelations looks name up in the relations of one scope. known tells that a
// relation is sure to have it; ok alone, that tables may.
func (r *resolver) inRelations(name string, s *scope, path string) (set []origin, known, ok bool) {
	var hit *column
	for _, rel := range s.relations {
		if c := rel.result.find(name); c != nil && !rel.hidden {
			if hit == nil {
				hit = c
			} else if r.clash(hit, c) {
				return r.candidates(name, s, path), true, true
			}
		}
	}
	if hit != nil {
		return r.inColumn(hit, path), true, true
	}
	open := 0
	var only *relation
	for _, rel := range s.relations {
		if rel.result.stars > 0 && !rel.hidden && !rel.result.excluded(name) {
			open += rel.result.stars
			only = rel
		}
	}
	switch open {
	case 0:
		return r.fromAny(name, s, path)
	case 1:
		return r.below(r.throughStar(only.result, name, false), path), false, true
	}
	return r.candidates(name, s, path), false, true
}

// fromAny reads a name out of a relation of which nobody knows the columns; of
// several it may be any.
func (r *resolver) fromAny(name string, s *scope, path string) (set []origin, known, ok bool) {
	for _, rel := range s.relations {
		if !rel.result.any {
			continue
		}
		at := path
		if rel.result.fields {
			at = joinPath(name, path)
		}
		if ok {
			r.note(AmbiguousColumn, Warning, 0, 0, name)
		}
		set, ok = r.mergeSets(set, r.below(rel.result.anySet, at)), true
	}
	return set, false, ok
}

// clash reports whether two columns of one name differ in what they stem from.
func (r *resolver) clash(a, b *column) bool {
	if len(a.set) != len(b.set) {
		return true
	}
	for i := range a.set {
		if a.set[i] != b.set[i] {
			return true
		}
	}
	return false
}

// excluded reports whether every star of the result leaves name out.
func (res *result) excluded(name string) bool {
	for i := range res.columns {
		c := &res.columns[i]
		if !c.star {
			continue
		}
		out := false
		for _, x := range c.except {
			out = out || x == name
		}
		if !out {
			return false
		}
	}
	return true
}

// throughStar is column name of the tables that the stars of res stand for.
func (r *resolver) throughStar(res *result, name string, candidate bool) []origin {
	base := len(r.scratch)
	for i := range res.columns {
		if c := &res.columns[i]; c.star {
			if !r.widen(len(c.set)) {
				break
			}
			for _, o := range c.set {
				o = makeOrigin(r.column(r.cols[o.column()].table, name), o.sub()) | o&originMasking
				if candidate {
					o |= originCandidate
				}
				r.scratch = append(r.scratch, o)
			}
		}
	}
	return r.keep(base)
}

// candidates is every column that an ambiguous name may mean.
func (r *resolver) candidates(name string, s *scope, path string) []origin {
	r.note(AmbiguousColumn, Warning, 0, 0, name)
	if r.o.Policy.Ambiguous == AmbiguousNone {
		return nil
	}
	base := len(r.scratch)
	for _, rel := range s.relations {
		if rel.hidden {
			continue
		}
		if c := rel.result.find(name); c != nil {
			for _, o := range c.set {
				r.scratch = append(r.scratch, o|originCandidate)
			}
		} else if rel.result.stars > 0 {
			r.scratch = append(r.scratch, r.throughStar(rel.result, name, true)...)
		}
	}
	if r.o.Policy.Ambiguous == AmbiguousAll {
		for i := base; i < len(r.scratch); i++ {
			r.scratch[i] &^= originCandidate
		}
	}
	return r.below(r.keep(base), path)
}

// inColumn is a column, or a field of the struct that it is.
func (r *resolver) inColumn(c *column, path string) []origin {
	if path == "" {
		return c.set
	}
	if len(c.fields) > 0 {
		p := elementPath(path)
		head, rest := cutPath(p)
		for i := range c.fields {
			if c.fields[i].name == r.foldColumn(ident{text: head}) {
				return r.inColumn(&c.fields[i], rest)
			}
		}
		for i := range c.fields {
			if c.fields[i].star {
				return r.below(r.throughStar(&result{columns: c.fields}, r.foldColumn(ident{text: head}), false), rest)
			}
		}
	}
	return r.below(c.set, path)
}

// cutPath splits the first step from a path.
func cutPath(p string) (head, rest string) {
	for i := range len(p) {
		switch p[i] {
		case '.':
			return p[:i], p[i+1:]
		case '[':
			return p[:i], p[i:]
		}
	}
	return p, ""
}

// qualified looks up a name whose first parts name a relation.
func (r *resolver) qualified(parts []ident, sc *scope, path string) ([]origin, bool) {
	first := r.foldColumn(parts[0])
	for s := sc; s != nil; s = s.parent {
		if s.bound(first) && len(s.lambda) > 0 {
			return nil, true
		}
		for _, rel := range s.relations {
			if n := r.qualifies(rel, parts, first); n > 0 {
				rest := path
				if len(parts) > n+1 {
					rest = joinPath(pathOf(parts[n+1:]), path)
				}
				if set, ok := r.member(rel, parts[n], rest); ok {
					return set, true
				}
				return r.belowElement(rel, parts[n:], path)
			}
		}
	}
	return nil, false
}

// belowElement reads i.sku where i is the element of an unnested array, which
// is a relation with one column of its own name.
func (r *resolver) belowElement(rel *relation, parts []ident, path string) ([]origin, bool) {
	if c := rel.result.find(rel.alias); c != nil && rel.table < 0 {
		return r.inColumn(c, joinPath(pathOf(parts), path)), true
	}
	return nil, false
}

// qualifies is how many leading parts name rel, or 0.
func (r *resolver) qualifies(rel *relation, parts []ident, first string) int {
	if rel.alias == first && rel.alias != "" {
		return 1
	}
	for n := min(len(rel.parts), len(parts)-1); n >= 2; n-- {
		same := true
		for i := range n {
			same = same && r.foldTable(parts[i]) == rel.parts[len(rel.parts)-n+i]
		}
		if same {
			return n
		}
	}
	return 0
}

// member is column id of one relation.
func (r *resolver) member(rel *relation, id ident, path string) ([]origin, bool) {
	name := r.foldColumn(id)
	if c := rel.result.find(name); c != nil {
		return r.inColumn(c, path), true
	}
	if c := r.insensitive(rel.result, name); c != nil {
		return r.inColumn(c, path), true
	}
	if rel.result.stars > 0 {
		set := r.throughStar(rel.result, name, false)
		if rel.result.stars > 1 {
			set = r.throughStar(rel.result, name, r.o.Policy.Ambiguous == AmbiguousList)
			r.note(AmbiguousColumn, Warning, 0, 0, name)
		}
		return r.below(set, path), true
	}
	if rel.result.any {
		if rel.result.fields {
			path = joinPath(id.text, path)
		}
		return r.below(rel.result.anySet, path), true
	}
	return nil, false
}

// insensitive finds a column whose letters differ in case alone, where a
// schema spells it otherwise than the statement.
func (r *resolver) insensitive(res *result, name string) *column {
	if r.columns == foldAll || r.columns == foldNone {
		return nil
	}
	for i := range res.columns {
		if c := &res.columns[i]; len(c.name) == len(name) && !c.star && toLower(c.name) == toLower(name) {
			return c
		}
	}
	return nil
}

// wholeRow reads a name that is a relation itself: all of its columns.
func (r *resolver) wholeRow(name string, sc *scope, path string) ([]origin, bool) {
	for s := sc; s != nil; s = s.parent {
		for _, rel := range s.relations {
			if rel.alias != name {
				continue
			}
			base := len(r.scratch)
			for i := range rel.result.columns {
				for _, o := range rel.result.columns[i].set {
					r.scratch = append(r.scratch, use{sub: subTransformation}.apply(o))
				}
			}
			return r.below(r.keep(base), path), true
		}
	}
	for s := sc; s != nil; s = s.parent {
		for _, rel := range s.relations {
			if c := r.insensitive(rel.result, name); c != nil {
				return r.inColumn(c, path), true
			}
		}
	}
	return nil, false
}
