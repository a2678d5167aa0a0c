package sqllineage

// merge adds what another reading of the same template found: statements that
// both have become one with the sources of either.
func (a *Script) merge(b Script) {
	if b.Outcome == Skipped && len(b.Statements) == 0 {
		return
	}
	for i := range b.Statements {
		if have := a.sameStatement(&b, i); have != nil {
			have.merge(&b.Statements[i])
			continue
		}
		s := b.Statements[i]
		s.Index, s.Parent = len(a.Statements), nil
		a.Statements = append(a.Statements, s)
	}
	a.Inputs, a.Outputs = unionNames(a.Inputs, b.Inputs), unionNames(a.Outputs, b.Outputs)
	a.Columns = unionColumns(a.Columns, b.Columns)
	if worse(b.Outcome, a.Outcome) {
		a.Outcome = b.Outcome
	}
	if a.Outcome == Failed && len(a.Inputs)+len(a.Outputs) > 0 {
		a.Outcome = Partial
	}
	if a.Reason == "" && a.Outcome != Parsed {
		a.Reason = b.Reason
	}
}

// sameStatement is the statement of a that statement i of b is another reading
// of, or nil.
func (a *Script) sameStatement(b *Script, i int) *Statement {
	s := &b.Statements[i]
	if len(a.Statements) == len(b.Statements) && a.Statements[i].Kind == s.Kind && overlap(&a.Statements[i], s) {
		return &a.Statements[i]
	}
	for j := range a.Statements {
		if have := &a.Statements[j]; have.Kind == s.Kind && (have.Start == s.Start || have.End == s.End) {
			return have
		}
	}
	return nil
}

func overlap(a, b *Statement) bool { return a.Start < b.End && b.Start < a.End }

// merge adds what another reading of the same statement found.
func (s *Statement) merge(b *Statement) {
	s.Start, s.End = min(s.Start, b.Start), max(s.End, b.End)
	s.Inputs, s.Outputs = unionNames(s.Inputs, b.Inputs), unionNames(s.Outputs, b.Outputs)
	s.Columns = unionColumns(s.Columns, b.Columns)
	s.Reads = unionReads(s.Reads, b.Reads)
	for _, j := range b.Joins {
		if !containsValue(s.Joins, j) {
			s.Joins = append(s.Joins, j)
		}
	}
	for _, d := range b.Diagnostics {
		if !containsValue(s.Diagnostics, d) {
			s.Diagnostics = append(s.Diagnostics, d)
		}
	}
	if worse(b.Outcome, s.Outcome) {
		s.Outcome, s.Reason = b.Outcome, b.Reason
	}
}

// worse reports whether a says that less was understood than b does.
func worse(a, b Outcome) bool {
	rank := map[Outcome]int{Skipped: 0, Parsed: 1, Partial: 2, Failed: 3}
	return rank[a] > rank[b]
}

func unionNames(a, b []string) []string {
	for _, name := range b {
		a = appendNew(a[:len(a):len(a)], name)
	}
	return a
}

// unionColumns adds columns by table and name; those of one name become one.
func unionColumns(a, b []OutputColumn) []OutputColumn {
	out := append([]OutputColumn{}, a...)
	for i, c := range b {
		j := i
		if j >= len(out) || !sameColumn(out[j].Output, c.Output) {
			for j = 0; j < len(out) && !sameColumn(out[j].Output, c.Output); j++ {
			}
		}
		if j == len(out) {
			out = append(out, c)
			continue
		}
		out[j].Inputs = union(out[j].Inputs, c.Inputs)
	}
	return out
}

func sameColumn(a, b ColumnRef) bool {
	return a.Column == b.Column && (a.Table == nil) == (b.Table == nil) && (a.Table == nil || *a.Table == *b.Table)
}

// unionReads adds columns that are read, with all their subtypes.
func unionReads(a, b []Read) []Read {
	out := append([]Read{}, a...)
	for _, r := range b {
		j := 0
		for j < len(out) && (out[j].Table != r.Table || out[j].Column != r.Column) {
			j++
		}
		if j == len(out) {
			out = append(out, r)
			continue
		}
		for _, sub := range r.Subtypes {
			if !containsValue(out[j].Subtypes, sub) {
				out[j].Subtypes = append(out[j].Subtypes[:len(out[j].Subtypes):len(out[j].Subtypes)], sub)
			}
		}
	}
	return out
}

func containsValue[T comparable](list []T, v T) bool {
	for _, have := range list {
		if have == v {
			return true
		}
	}
	return false
}
