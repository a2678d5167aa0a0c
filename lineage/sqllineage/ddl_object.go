package sqllineage

// createStream reads Snowflake's CREATE STREAM s ON TABLE t, a view of what
// changed in t.
func (p *parser) createStream(s *stmt) bool {
	from := p.pos
	p.ifNotExists()
	name := p.name()
	for !p.done() && !p.at(kOn) {
		p.skipOne()
	}
	if !p.accept(kOn) || len(name) == 0 {
		p.pos = from
		return false
	}
	p.accept(kExternal)
	p.acceptText("dynamic")
	if !p.acceptAny(kTable, kView) { // of a stage: files come and go
		p.pos = from
		return false
	}
	s.kind, s.star = KindCreateView, true
	s.targets, s.source = []*target{{name: name}}, &target{name: p.name()}
	p.pos = p.statementEnd()
	return true
}

// createSynonym reads CREATE SYNONYM s FOR t: from here on s means t.
func (p *parser) createSynonym(s *stmt) bool {
	p.ifNotExists()
	name := p.name()
	if len(name) == 0 || !p.accept(kFor) {
		return false
	}
	s.synonym = &[2][]ident{name, p.name()}
	s.skipped = true
	p.pos = p.statementEnd()
	return true
}

// createDictionary reads ClickHouse's CREATE DICTIONARY d (a T, …) SOURCE(…): a
// copy of a table, or of the result of a query.
func (p *parser) createDictionary(s *stmt) bool {
	p.ifNotExists()
	t := &target{name: p.name()}
	if len(t.name) == 0 {
		return false
	}
	s.kind, s.targets = KindCreateTable, []*target{t}
	if p.acceptText("on") {
		p.pos += 2
	}
	if p.atOp('(') {
		s.columns, _ = p.columnDefs()
	}
	for !p.done() {
		if p.atText("source") && p.peekOp(1, '(') {
			p.dictionarySource(s, t)
		}
		p.skipOne()
	}
	return true
}

// dictionarySource reads SOURCE(CLICKHOUSE(TABLE 't' DB 'd')) and
// SOURCE(POSTGRESQL(QUERY 'SELECT …')).
func (p *parser) dictionarySource(s *stmt, t *target) {
	from := p.pos
	p.pos++
	p.skipParens()
	table, db, query := "", "", ""
	for i := from; i+1 < p.pos; i++ {
		next := p.tokens[i+1]
		if next.kind != tString && !next.name() {
			continue
		}
		value := p.text(next)
		if next.kind == tString {
			value = p.stringText(next)
		}
		switch toLower(p.text(p.tokens[i])) {
		case "table":
			table = value
		case "db":
			db = value
		case "query":
			query = value
		}
	}
	p.pos--
	switch {
	case query != "":
		s.text = query
	case table != "":
		s.source = &target{name: p.namesIn(table)}
		if db != "" && len(s.source.name) == 1 {
			s.source.name = append([]ident{{text: db, quoted: true}}, s.source.name...)
		}
	default:
		return
	}
	for _, c := range s.columns {
		t.cols = append(t.cols, c.name)
	}
	if s.source != nil {
		s.source.cols = t.cols
	}
}
