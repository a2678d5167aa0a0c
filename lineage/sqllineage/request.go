package sqllineage

// conclude builds the view of the request from its statements.
func (e *engine) conclude() {
	v := view{work: 10 * e.options.Limits.Edges, gone: map[string]bool{}, flows: map[string]*tableFlow{}, at: map[TableColumn]int{}, seen: map[listed]bool{}}
	a := &e.answer
	if len(a.Statements) == 1 && len(e.session.made) == 0 {
		s := &a.Statements[0]
		a.Inputs, a.Outputs, a.Columns = s.Inputs, s.Outputs, s.Columns
	} else {
		v.build(e)
	}
	e.outcome()
}

// outcome is the outcome of the request: that of its statements where they
// agree, else partial.
func (e *engine) outcome() {
	a := &e.answer
	counts := map[Outcome]int{}
	for i := range a.Statements {
		counts[a.Statements[i].Outcome]++
	}
	n := len(a.Statements)
	switch {
	case counts[Skipped] == n:
		a.Outcome = Skipped
	case counts[Failed] > 0 && counts[Parsed]+counts[Partial] == 0:
		a.Outcome = Failed
	case counts[Failed] > 0 || counts[Partial] > 0:
		a.Outcome = Partial
	default:
		a.Outcome = Parsed
	}
	for _, want := range []Outcome{Failed, Partial} {
		for i := range a.Statements {
			if a.Reason == "" && a.Statements[i].Outcome == want {
				a.Reason = a.Statements[i].Reason
			}
		}
	}
}

// view flattens out of a request the tables that do not outlive it.
type view struct {
	session *session
	gone    map[string]bool // temporary, or made and dropped by the request
	made    map[string]bool
	flows   map[string]*tableFlow // of tables that are gone
	out     Script
	at      map[TableColumn]int // where a column stands in out.Columns
	seen    map[listed]bool
	next    int // event
	work    int // left of the inputs that may be traced
	cut     bool
}

// tableFlow is what flowed into the columns of a table so far.
type tableFlow struct {
	columns []OutputColumn
	at      map[string]int
}

// add merges a column into the flow.
func (f *tableFlow) add(c OutputColumn) {
	if i, ok := f.at[c.Output.Column]; ok {
		f.columns[i].Inputs = union(f.columns[i].Inputs, c.Inputs)
		return
	}
	f.at[c.Output.Column] = len(f.columns)
	f.columns = append(f.columns, c)
}

// sources is what flows into a column.
func (f *tableFlow) sources(name string) ([]Input, bool) {
	i, ok := f.at[name]
	if !ok {
		return nil, false
	}
	return f.columns[i].Inputs, true
}

// build goes through the statements in order.
func (v *view) build(e *engine) {
	a := &e.answer
	v.session = &e.session
	v.findGone(e)
	v.out.Inputs, v.out.Outputs, v.out.Columns = []string{}, []string{}, []OutputColumn{}
	for i := range a.Statements {
		s := &a.Statements[i]
		v.statement(s, e)
		if v.cut && s.Outcome == Parsed {
			s.Outcome, s.Reason = Partial, string(EdgeLimit)
		}
	}
	a.Inputs, a.Outputs, a.Columns = v.out.Inputs, v.out.Outputs, v.out.Columns
}

// findGone collects the names that do not outlive the request.
func (v *view) findGone(e *engine) {
	v.made = map[string]bool{}
	for i := range e.session.events {
		ev := &e.session.events[i]
		switch ev.kind {
		case eventMake:
			v.made[ev.a] = true
			v.gone[ev.a] = ev.temp
		case eventDrop:
			if v.made[ev.a] {
				v.gone[ev.a] = true
			}
		case eventRename:
			if ev.ours = v.made[ev.a]; ev.ours {
				v.made[ev.b] = true
				v.gone[ev.a] = true
			}
		case eventSwap:
			if v.made[ev.a] || v.made[ev.b] {
				v.made[ev.a], v.made[ev.b] = true, true
			}
		}
	}
	if e.options.Policy.DropIntermediates {
		v.dropRead(e)
	}
	for name := range v.gone {
		if !v.gone[name] {
			delete(v.gone, name)
		}
	}
}

// dropRead adds the persistent tables that the request makes and reads.
func (v *view) dropRead(e *engine) {
	for i := range e.answer.Statements {
		for _, name := range e.answer.Statements[i].Inputs {
			if v.made[name] {
				v.gone[name] = true
			}
		}
	}
}

// hidden reports whether a name is no part of the request's answer.
func (v *view) hidden(name string, e *engine) bool {
	return v.gone[name] || e.session.private(name)
}

// statement adds one statement to the view.
func (v *view) statement(s *Statement, e *engine) {
	if s.Outcome == Failed {
		return
	}
	for _, name := range s.Inputs {
		if !v.hidden(name, e) {
			v.out.Inputs = v.once(v.out.Inputs, name, false)
		}
	}
	for _, name := range s.Outputs {
		if !v.hidden(name, e) {
			v.out.Outputs = v.once(v.out.Outputs, name, true)
		}
	}
	fresh := s.Kind == KindCreateTableAs || s.Kind == KindClone
	for _, name := range s.Outputs {
		if fresh {
			delete(v.flows, name)
		}
	}
	for _, c := range s.Columns {
		v.column(c, e)
	}
	for v.next < len(e.session.events) && e.session.events[v.next].statement <= s.Index {
		v.event(e.session.events[v.next])
		v.next++
	}
}

// once appends a name that is not in the list yet.
func (v *view) once(list []string, name string, output bool) []string {
	key := listed{name, output}
	if v.seen[key] {
		return list
	}
	v.seen[key] = true
	return append(list, name)
}

// listed is a name in one of the two lists.
type listed struct {
	name   string
	output bool
}

func appendNew(list []string, s string) []string {
	if contains(list, s) {
		return list
	}
	return append(list, s)
}

// column adds one output column, its inputs traced through tables that are gone.
func (v *view) column(c OutputColumn, e *engine) {
	if c.Output.Column == "*" {
		c.Inputs = v.openStars(c, e)
		if len(c.Inputs) == 0 {
			return
		}
	}
	c.Inputs = v.trace(c.Inputs)
	if c.Output.Table == nil {
		v.out.Columns = append(v.out.Columns, c)
		return
	}
	name := *c.Output.Table
	f := v.flows[name]
	if f == nil {
		f = &tableFlow{at: map[string]int{}}
		v.flows[name] = f
	}
	f.add(c)
	if v.hidden(name, e) {
		return
	}
	key := TableColumn{name, c.Output.Column}
	if i, ok := v.at[key]; ok {
		v.out.Columns[i].Inputs = union(v.out.Columns[i].Inputs, c.Inputs)
		return
	}
	v.at[key] = len(v.out.Columns)
	v.out.Columns = append(v.out.Columns, c)
}

// openStars adds a column for each one that is known of a table that is gone,
// where all of them flow, and returns the inputs that stay a star.
func (v *view) openStars(c OutputColumn, e *engine) []Input {
	var rest []Input
	for _, in := range c.Inputs {
		f := v.flows[in.Table]
		if f == nil || in.Column != "*" || !v.goneNow(in.Table) {
			rest = append(rest, in)
			continue
		}
		for _, known := range f.columns[:len(f.columns):len(f.columns)] {
			if known.Output.Column == "*" {
				rest = append(rest, in)
				continue
			}
			one := c
			one.Output.Column = known.Output.Column
			of := in
			of.Column = known.Output.Column
			one.Inputs = []Input{of}
			v.column(one, e)
		}
	}
	return rest
}

// trace replaces inputs from tables that are gone by what flowed into them.
func (v *view) trace(inputs []Input) []Input {
	clean := true
	for _, in := range inputs {
		clean = clean && (v.flows[in.Table] == nil && !v.session.private(in.Table) || !v.goneNow(in.Table))
	}
	if clean {
		return inputs
	}
	var out inputSet
	for _, in := range inputs {
		f := v.flows[in.Table]
		if f == nil && v.session.private(in.Table) { // a table that the caller hands over
			continue
		}
		if f == nil || !v.goneNow(in.Table) {
			out.add(in)
			continue
		}
		sources, ok := f.sources(in.Column)
		if !ok {
			sources = starSources(f, in.Column)
		}
		if v.work -= len(sources); v.work < 0 {
			v.cut = true
			break
		}
		for _, src := range sources {
			out.add(through(src, in))
		}
	}
	if out.list == nil {
		out.list = []Input{}
	}
	return out.list
}

func (v *view) goneNow(name string) bool {
	return v.gone[name] || name != "" && (name[0] == '#' || name[0] == '@')
}

// starSources is column name of the tables behind a star.
func starSources(f *tableFlow, name string) []Input {
	var out []Input
	star, _ := f.sources("*")
	for _, in := range star {
		if in.Column == "*" {
			in.Column = name
			out = append(out, in)
		}
	}
	return out
}

// through is src as it arrives where in reads the column that it flows into.
func through(src, in Input) Input {
	switch {
	case in.Type == Indirect:
		src.Type, src.Subtype, src.Masking = Indirect, in.Subtype, false
	case src.Type == Direct:
		src.Subtype = subtypeNames[bitIndex(max(bitOf(src.Subtype), bitOf(in.Subtype)))]
		src.Masking = src.Masking || in.Masking
		src.Path = joinPath(src.Path, in.Path)
	}
	src.Candidate = src.Candidate || in.Candidate
	return src
}

func union(a, b []Input) []Input {
	if len(a) == 0 {
		return b
	}
	const most = 2_000 // beyond that nobody looks, and adding is no longer cheap
	out := inputSet{list: a[:len(a):len(a)]}
	for _, in := range b {
		if len(out.list) < most {
			out.add(in)
		}
	}
	return out.list
}

// inputSet is a list without duplicates, in the order in which they came.
type inputSet struct {
	list []Input
	seen map[Input]bool // of a long list
}

func (s *inputSet) add(in Input) {
	if s.seen == nil {
		for _, have := range s.list {
			if have == in {
				return
			}
		}
		if len(s.list) >= 32 {
			s.seen = make(map[Input]bool, 64)
			for _, have := range s.list {
				s.seen[have] = true
			}
		}
	} else if s.seen[in] {
		return
	}
	if s.list = append(s.list, in); s.seen != nil {
		s.seen[in] = true
	}
}

// event follows a rename or swap of tables that the request made.
func (v *view) event(ev event) {
	switch ev.kind {
	case eventRename:
		if !ev.ours {
			return
		}
		v.out.Outputs = appendNew(without(v.out.Outputs, ev.a), ev.b)
		v.flows[ev.b] = v.flows[ev.a]
		delete(v.flows, ev.a)
		v.replace(ev.a)
		v.replace(ev.b)
	case eventSwap:
		v.flows[ev.a], v.flows[ev.b] = v.flows[ev.b], v.flows[ev.a]
		v.replace(ev.a)
		v.replace(ev.b)
	}
}

// replace puts what flows into a table now in the place of what did before.
func (v *view) replace(name string) {
	kept := v.out.Columns[:0:0]
	clear(v.at)
	for _, c := range v.out.Columns {
		if c.Output.Table != nil && *c.Output.Table == name {
			continue
		}
		if c.Output.Table != nil {
			v.at[TableColumn{*c.Output.Table, c.Output.Column}] = len(kept)
		}
		kept = append(kept, c)
	}
	v.out.Columns = kept
	if v.flows[name] == nil {
		delete(v.flows, name)
		return
	}
	if v.gone[name] {
		return
	}
	for _, c := range v.flows[name].columns {
		c.Output.Table = &name
		v.at[TableColumn{name, c.Output.Column}] = len(v.out.Columns)
		v.out.Columns = append(v.out.Columns, c)
	}
}

func without(list []string, s string) []string {
	out := list[:0:0]
	for _, x := range list {
		if x != s {
			out = append(out, x)
		}
	}
	return out
}

// event is what a statement did to the set of tables.
type event struct {
	kind      eventKind
	statement int
	a, b      string
	temp      bool
	ours      bool // the request made the table that is renamed
}

type eventKind uint8

const (
	eventMake eventKind = iota
	eventDrop
	eventRename
	eventSwap
)
