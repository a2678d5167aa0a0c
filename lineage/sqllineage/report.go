package sqllineage

import "strings"

// subtypeLists holds the list of subtypes for every set of them, so that a
// read needs none of its own.
var subtypeLists = func() (t [1 << len(subtypeNames)][]Subtype) {
	for set := range t {
		t[set] = []Subtype{}
		for i, name := range subtypeNames {
			if set&(1<<i) != 0 {
				t[set] = append(t[set], name)
			}
		}
	}
	return t
}()

// report turns what the resolver found into the answer for one statement.
func (r *resolver) report(s *stmt, out *Statement) {
	out.Kind, out.Start, out.End = s.kind, int(s.start), int(s.end)
	out.Inputs, out.Outputs = r.tableNames()
	out.Columns = r.outputColumns()
	out.Reads = r.readColumns()
	for _, j := range r.joins {
		left, right := r.cols[j.left], r.cols[j.right]
		out.Joins = append(out.Joins, JoinPair{
			TableColumn{r.tables[left.table].name, left.name}, TableColumn{r.tables[right.table].name, right.name}})
	}
}

// tableNames lists the tables that are read and those that are written.
func (r *resolver) tableNames() (inputs, outputs []string) {
	all := make([]string, 0, len(r.tables)+1)
	for i := range r.tables {
		if r.tables[i].read {
			all = append(all, r.tables[i].name)
		}
	}
	n := len(all)
	inputs = all[:n:n]
	for i := range r.tables {
		if r.tables[i].written {
			outputs = append(outputs, r.tables[i].name)
		}
	}
	if outputs == nil {
		outputs = []string{}
	}
	return inputs, outputs
}

// outputColumns prints the flow. The inputs of all columns share one array.
func (r *resolver) outputColumns() []OutputColumn {
	total := 0
	for i := range r.flow.list {
		total += len(r.flow.list[i].column.set)
	}
	if total > r.o.Limits.Edges {
		r.note(EdgeLimit, Warning, 0, 0, "")
	}
	inputs := make([]Input, 0, min(total, r.o.Limits.Edges))
	columns := make([]OutputColumn, len(r.flow.list))
	text := 8<<20 + 4*len(r.p.sql)
	for i := range r.flow.list {
		w := &r.flow.list[i]
		c := &columns[i]
		c.Output.Column = w.column.name
		if w.table >= 0 {
			c.Output.Table = r.printed(w.table)
		}
		if w.column.star {
			c.Output.Column = "*"
			if unknown := r.starTables(w.column.set); unknown != "" {
				r.note(StarUnknown, Warning, w.column.start, w.column.end, unknown)
			}
		}
		if w.column.end > w.column.start {
			c.Start, c.End = int(w.column.start), int(w.column.end)
			if text -= c.End - c.Start; text > 0 { // one expression may make very many columns
				c.Expression = r.p.sql[c.Start:c.End]
			}
		}
		first := len(inputs)
		for _, o := range w.column.set {
			if len(inputs) == cap(inputs) {
				break
			}
			inputs = append(inputs, r.input(o))
		}
		c.Inputs = inputs[first:len(inputs):len(inputs)]
	}
	return columns
}

// printed is the name of a table for the answer, which outlives the resolver.
func (r *resolver) printed(table int32) *string {
	if t := &r.tables[table]; t.out == nil {
		name := t.name
		t.out = &name
	}
	return r.tables[table].out
}

// mostNamed is how many tables a diagnostic names.
const mostNamed = 20

// starTables names the tables that a star stands for. Files are left out: they
// have no columns that anyone could look up.
func (r *resolver) starTables(set []origin) string {
	var names []string
	for _, o := range set {
		if len(names) == mostNamed {
			break
		}
		if t := &r.tables[r.cols[o.column()].table]; !t.path && !contains(names, t.name) {
			names = append(names, t.name)
		}
	}
	return strings.Join(names, ", ")
}

// input prints one origin.
func (r *resolver) input(o origin) Input {
	col := &r.cols[o.column()]
	in := Input{Table: r.tables[col.table].name, Column: col.name, Type: Direct, Masking: o&originMasking != 0,
		Candidate: o&originCandidate != 0, Path: r.paths[o.path()], Subtype: subtypeNames[bitIndex(o.sub())]}
	if !o.sub().direct() {
		in.Type = Indirect
	}
	return in
}

// bitIndex is the place of the one bit of sub.
func bitIndex(sub subtype) int {
	n := 0
	for sub > 1 {
		sub >>= 1
		n++
	}
	return n
}

// bitOf is the bit of a printed subtype.
func bitOf(s Subtype) subtype {
	for i, name := range subtypeNames {
		if name == s {
			return 1 << i
		}
	}
	return subTransformation
}

// originOf is the origin that an input of an earlier statement means here.
func (r *resolver) originOf(in Input) origin {
	id := r.intern(splitName(in.Table), false)
	r.tables[id].read = true
	o := makeOrigin(r.column(id, in.Column), bitOf(in.Subtype)).withPath(r.path(in.Path))
	if in.Masking {
		o |= originMasking
	}
	return o
}

// readColumns lists every column that is read, with its uses.
func (r *resolver) readColumns() []Read {
	n := 0
	for i := range r.cols {
		if r.cols[i].uses != 0 {
			n++
		}
	}
	reads := make([]Read, 0, n)
	for i := range r.cols {
		if c := &r.cols[i]; c.uses != 0 {
			reads = append(reads, Read{Table: r.tables[c.table].name, Column: c.name, Subtypes: subtypeLists[c.uses]})
		}
	}
	return reads
}
