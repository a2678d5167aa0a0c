package sqllineage

// AlterationKind is what a statement of DDL does to a table or to one of its columns.
type AlterationKind string

// The kinds of alterations.
const (
	AddColumn    AlterationKind = "add column"
	DropColumn   AlterationKind = "drop column"
	RenameColumn AlterationKind = "rename column"
	RetypeColumn AlterationKind = "change type"
	DropTable    AlterationKind = "drop"
	RenameTable  AlterationKind = "rename"
	DefineTable  AlterationKind = "define" // CREATE with columns or a query
)

// Alteration is one thing that a statement of DDL does.
type Alteration struct {
	Kind    AlterationKind
	Table   string // parts joined by a dot, as the dialect folds them
	Column  string
	To      string        // the new name of a table or column
	Type    string        // the new type of a column, as written
	Columns []TypedColumn // of a definition, in order; nil when it is a query's to name them
	Query   bool          // the definition has a query
	Keep    bool          // IF NOT EXISTS: a table that is there stays as it is
	Span    Span          // of the statement
	Line    int           // of its beginning, from 1
}

// TypedColumn is a column of a definition.
type TypedColumn struct{ Name, Type string }

// Alterations reads what DDL does: ALTER, DROP, RENAME and CREATE of tables and views,
// in order. It goes by tokens, so that options which it does not know cost nothing;
// every other statement is passed over.
func Alterations(d Dialect, sql string) (out []Alteration) {
	t := traitsOf(d)
	line, seen := 1, 0
	for _, span := range Split(d, sql) {
		text := sql[span.Start:span.End]
		tokens, _ := lex(t, text, nil, maxTokens)
		r := alterationReader{parser: parser{traits: t, sql: text, tokens: tokens, end: len(tokens) - 1, limits: Limits{}.withDefaults()}}
		r.statement()
		line += lines(sql[seen:span.Start])
		seen = span.Start
		for _, a := range r.out {
			a.Span, a.Line = span, line
			out = append(out, a)
		}
	}
	return out
}

func lines(s string) (n int) {
	for i := range len(s) {
		if s[i] == '\n' {
			n++
		}
	}
	return n
}

// alterationReader reads one statement.
type alterationReader struct {
	parser
	out []Alteration
}

func (r *alterationReader) add(a Alteration) { r.out = append(r.out, a) }

func (r *alterationReader) statement() {
	switch {
	case r.accept(kAlter):
		r.alterTable()
	case r.accept(kDrop):
		r.drop()
	case r.accept(kRename):
		r.accept(kTable)
		r.renames()
	case r.accept(kCreate):
		r.create()
	case r.acceptText("exec"), r.acceptText("execute"):
		r.spRename()
	}
}

// table reads a dotted name and prints it.
func (r *alterationReader) table() string {
	var parts []string
	for _, id := range r.name() {
		parts = append(parts, r.foldTable(id))
	}
	return joinName(parts)
}

func (r *alterationReader) column() string {
	t := r.tok()
	if !t.name() {
		return ""
	}
	r.pos++
	id := r.identOf(t)
	for r.atOp('.') && r.peek(1).name() { // a field of a struct: its column changes
		r.pos += 2
	}
	return r.foldColumn(id)
}

// alterTable reads ALTER TABLE t with its actions, and ALTER VIEW.
func (r *alterationReader) alterTable() {
	for r.acceptAny(kMaterialized, kExternal, kForeign) || r.acceptText("iceberg") || r.acceptText("dynamic") {
	}
	view := r.at(kView)
	if !r.acceptAny(kTable, kView) {
		return
	}
	r.ifNotExists()
	r.accept(kOnly)
	table := r.table()
	r.acceptOp('*')
	if table == "" {
		return
	}
	if view && (r.at(kAs) || r.atOp('(')) {
		r.add(Alteration{Kind: DefineTable, Table: table, Query: true})
		return
	}
	for !r.done() {
		before := r.pos
		r.action(table)
		for !r.done() && !r.atOp(',') {
			r.skipOne()
		}
		r.acceptOp(',')
		if r.pos == before {
			return
		}
	}
}

// notColumns are the words behind DROP, ADD and RENAME that name no column.
var notColumns = set("constraint", "index", "key", "primary", "foreign", "partition", "partitions", "subpartition", "check", "unique", "default", "projection", "statistics",
	"search", "row", "policy", "all", "clustering", "tag", "feature", "identity", "period", "supplemental", "storage", "expectation", "fulltext", "spatial", "masking", "aggregation",
	"trigger", "rule", "comment", "detached", "part", "system", "unused", "join", "to", "as")

// action reads one action of ALTER TABLE.
func (r *alterationReader) action(table string) {
	switch {
	case r.accept(kDrop):
		r.dropColumns(table)
	case r.accept(kRename):
		r.rename(table)
	case r.accept(kAlter):
		r.retype(table, true)
	case r.acceptText("modify"):
		r.retype(table, false)
	case r.acceptText("change"):
		r.change(table)
	case r.acceptText("add"):
		r.addColumns(table)
	case r.acceptSeq(kReplace) && r.acceptText("columns"):
		r.add(Alteration{Kind: DefineTable, Table: table, Columns: r.typedColumns()})
	}
}

func (r *alterationReader) columnWord() bool {
	return r.acceptText("column") || r.acceptText("columns")
}

func (r *alterationReader) dropColumns(table string) {
	named := r.columnWord()
	r.ifNotExists()
	if !named && !r.atOp('(') && notColumns.has(r.text(r.tok())) {
		return
	}
	list := r.acceptOp('(')
	for {
		r.columnWord()
		r.ifNotExists()
		column := r.column()
		if column == "" {
			return
		}
		r.add(Alteration{Kind: DropColumn, Table: table, Column: column})
		if !r.atOp(',') || !list && (!named || r.newAction(1)) {
			return
		}
		r.pos++
	}
}

// newAction reports whether the word n places on begins an action.
func (r *alterationReader) newAction(n int) bool {
	t := r.peek(n)
	return t.kind == tWord && actions.has(r.text(t))
}

var actions = set("add", "drop", "alter", "modify", "change", "rename", "set", "enable", "disable", "owner", "cluster", "column", "comment", "engine", "constraint", "replace")

func (r *alterationReader) rename(table string) {
	if r.accept(kTo) || r.accept(kAs) {
		r.add(Alteration{Kind: RenameTable, Table: table, To: r.table()})
		return
	}
	if !r.columnWord() && notColumns.has(r.text(r.tok())) {
		return
	}
	r.ifNotExists()
	from := r.column()
	if from != "" && (r.accept(kTo) || r.accept(kAs)) {
		r.add(Alteration{Kind: RenameColumn, Table: table, Column: from, To: r.column()})
	}
}

// retype reads ALTER [COLUMN] c [SET DATA] TYPE t, T-SQL's ALTER COLUMN c t, and
// MODIFY c t and its list in parentheses. What sets a default or a comment changes
// no type.
func (r *alterationReader) retype(table string, byWord bool) {
	named := r.columnWord()
	r.ifNotExists()
	if !named && notColumns.has(r.text(r.tok())) {
		return
	}
	if !byWord && r.atOp('(') {
		for _, c := range r.typedColumns() {
			r.retyped(table, c.Name, c.Type)
		}
		return
	}
	column := r.column()
	_ = r.acceptSeq(kSet) && r.acceptText("data")
	typed := r.acceptText("type")
	if typed || !byWord || r.optionalSemi {
		r.retyped(table, column, r.typeText())
	}
}

func (r *alterationReader) retyped(table, column, typ string) {
	if column != "" && typ != "" {
		r.add(Alteration{Kind: RetypeColumn, Table: table, Column: column, Type: typ})
	}
}

// change reads CHANGE [COLUMN] a b type of MySQL and Hive.
func (r *alterationReader) change(table string) {
	r.columnWord()
	from, to := r.column(), r.column()
	if from == "" || to == "" {
		return
	}
	if from != to {
		r.add(Alteration{Kind: RenameColumn, Table: table, Column: from, To: to})
	}
	r.retyped(table, from, r.typeText())
}

func (r *alterationReader) addColumns(table string) {
	if !r.columnWord() && !r.atOp('(') && notColumns.has(r.text(r.tok())) {
		return
	}
	r.ifNotExists()
	if r.atOp('(') {
		for _, c := range r.typedColumns() {
			r.add(Alteration{Kind: AddColumn, Table: table, Column: c.Name, Type: c.Type})
		}
		return
	}
	if column := r.column(); column != "" {
		r.add(Alteration{Kind: AddColumn, Table: table, Column: column, Type: r.typeText()})
	}
}

// behindType are the words that end a type.
var behindType = set("not", "null", "default", "primary", "references", "unique", "check", "collate", "comment", "using", "first", "after", "generated", "constraint",
	"encode", "identity", "autoincrement", "auto_increment", "as", "materialized", "alias", "codec", "ttl", "on", "options", "masking", "with", "sortkey", "distkey", "key", "set", "drop", "cascade", "restrict")

// typeText is the type at the cursor, as it is written.
func (r *alterationReader) typeText() string {
	from := r.offset()
	for !r.done() && !r.atOp(',') && !r.atOp(')') && !(r.tok().kind == tWord && behindType.has(r.text(r.tok()))) {
		if r.atOp('<') {
			r.skipAngles()
			continue
		}
		r.skipOne()
	}
	if r.lastEnd() <= from {
		return ""
	}
	return r.sql[from:r.lastEnd()]
}

// typedColumns reads ( a int, b text, PRIMARY KEY (a) ).
func (r *alterationReader) typedColumns() []TypedColumn {
	list := []TypedColumn{}
	if !r.acceptOp('(') {
		return nil
	}
	for !r.done() && !r.atOp(')') {
		if r.tok().name() && !r.constraint() {
			c := TypedColumn{Name: r.column()}
			c.Type = r.typeText()
			list = append(list, c)
		}
		for !r.done() && !r.atOp(',') && !r.atOp(')') {
			r.skipOne()
		}
		r.acceptOp(',')
	}
	r.acceptOp(')')
	return list
}

func (r *alterationReader) drop() {
	for r.acceptAny(kMaterialized, kTemporary, kTemp, kExternal, kForeign) || r.acceptText("dynamic") {
	}
	if !r.acceptAny(kTable, kView) {
		return
	}
	r.ifNotExists()
	for {
		table := r.table()
		if table == "" {
			return
		}
		r.add(Alteration{Kind: DropTable, Table: table})
		if !r.acceptOp(',') {
			return
		}
	}
}

func (r *alterationReader) renames() {
	for {
		from := r.table()
		if from == "" || !r.accept(kTo) {
			return
		}
		r.add(Alteration{Kind: RenameTable, Table: from, To: r.table()})
		if !r.acceptOp(',') {
			return
		}
	}
}

// create reads CREATE [OR REPLACE] TABLE or VIEW; temporary ones change nothing.
func (r *alterationReader) create() {
	_ = r.acceptSeq(kOr, kReplace) || r.acceptSeq(kOr, kAlter) || r.acceptSeq(kOr, kRefresh)
	m := r.createModifiers()
	if m.temp || !r.acceptAny(kTable, kView) {
		return
	}
	from := r.pos
	r.ifNotExists()
	a := Alteration{Kind: DefineTable, Keep: r.pos > from}
	if a.Table = r.table(); a.Table == "" || r.hashNames && a.Table[0] == '#' {
		return
	}
	if r.atOp('(') && !r.selectAhead(1) {
		a.Columns = r.typedColumns()
	}
	for !r.done() && !a.Query {
		switch {
		case r.at(kAs) && (r.peekWord(1) == kSelect || r.peekWord(1) == kWith || r.peekOp(1, '(') || r.peekWord(1) == kValues), r.at(kSelect):
			a.Query = true
		case r.atAny(kClone, kLike, kCopy):
			return
		default:
			r.skipOne()
		}
	}
	if a.Query || a.Columns != nil {
		r.add(a)
	}
}

// spRename reads T-SQL's sp_rename 'dbo.t.c', 'd', 'COLUMN'.
func (r *alterationReader) spRename() {
	if !r.acceptText("sp_rename") {
		return
	}
	var args []string
	for ; !r.done(); r.pos++ {
		if t := r.tok(); t.kind == tString {
			args = append(args, r.stringText(t))
		}
	}
	if len(args) < 2 {
		return
	}
	var parts []string
	for _, part := range splitName(args[0]) {
		parts = append(parts, r.foldTable(ident{text: part}))
	}
	switch n := len(parts) - 1; {
	case len(args) == 2:
		r.add(Alteration{Kind: RenameTable, Table: joinName(parts), To: args[1]})
	case equalFold("column", args[2]) && n > 0:
		r.add(Alteration{Kind: RenameColumn, Table: joinName(parts[:n]), Column: parts[n], To: args[1]})
	}
}
