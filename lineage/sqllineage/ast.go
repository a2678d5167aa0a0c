package sqllineage

// ident is one part of a name, quotes removed.
type ident struct {
	text   string
	quoted bool
}

func (i ident) empty() bool { return i.text == "" }

// exprKind is the kind of an expression node.
type exprKind uint8

const (
	xConst    exprKind = iota // literal, parameter, niladic function
	xCol                      // parts: a name, from the column to the server
	xStar                     // parts: its qualifier; more.star
	xOp                       // operator, cast, predicate: args
	xCall                     // parts: the function; args; more: named fields, filter, window
	xCase                     // args: the values; more.conds: the tests
	xSub                      // more.query; args: what IN compares with it
	xPath                     // args[0] and more.path below it; further args are computed keys
	xLambda                   // parts: parameters; args[0]: body
	xRow                      // ( … , … ): args
	xVar                      // parts[0]: a variable
	xOpaque                   // text that was skipped
	exprKinds                 // how many kinds there are
)

// opClass tells apart the operators that lineage treats differently.
type opClass uint8

const (
	opPlain  opClass = iota
	opAnd            // AND
	opEquals         // =
	opParens         // ( x )
	opPrior          // PRIOR x: the value as it is
	opCasted         // x::type; parts: the type
	opJSON           // of an xPath: a step into text, not into a struct
	opExists         // EXISTS (query)
	opElse           // of an xCase: the last value is that of ELSE
	opArray          // ARRAY[…] and ARRAY(query)
)

// expr is a node of an expression. start and end are byte offsets.
type expr struct {
	kind       exprKind
	class      opClass
	start, end int32
	parts      []ident
	args       []*expr
	more       *more
}

// more is what few nodes have.
type more struct {
	conds  []*expr // tests of a CASE or of FILTER (WHERE …)
	window []*expr // what OVER (…) partitions and orders by
	sorts  []*expr // ORDER BY inside of the parentheses, WITHIN GROUP
	over   ident   // OVER name
	overed bool    // there is an OVER
	names  []ident // of args: struct(a AS x), parallel to args
	path   string
	query  *query
	star   *starMods
	typ    string // that a cast or a typed array names, where it has fields
}

// starMods is what follows a star.
type starMods struct {
	except  []ident
	replace []item // alias is the replaced column
	rename  []item // expr is an xCol
	pattern string // COLUMNS('…'), ILIKE '…'
	ilike   bool   // pattern is of LIKE, not a regular expression
}

// item is an expression of a select list. wild marks BY-name assignment items.
type item struct {
	expr       *expr
	alias      ident
	aliases    []ident // (a, b) of a generator
	adds       bool    // @a += expr
	start, end int32
}

// clause is a list of expressions that one clause uses alike.
type clause struct {
	use   subtype
	exprs []*expr
	own   bool // output aliases are seen first: ORDER BY, GROUP BY, HAVING, QUALIFY
}

// cte is one common table expression.
type cte struct {
	made  []ident // columns that SEARCH and CYCLE add
	name  ident
	cols  []ident
	query *query
	stmt  *stmt // a writing one: WITH x AS (INSERT … RETURNING …)
	value *expr // clickhouse: WITH expr AS name
}

type with struct {
	recursive bool
	ctes      []cte
}

// setOp joins the branches of a query.
type setOp uint8

const (
	setNone setOp = iota
	setUnion
	setExcept
	setIntersect
)

// query is a select, a VALUES list, or branches joined by set operators.
type query struct {
	start, end int32
	with       *with
	sel        *selection
	rows       [][]*expr // of VALUES
	branches   []branch
	tail       []clause // ORDER BY and LIMIT behind everything
	template   bool     // {{ … }} in the place of a query
	into       *target  // SELECT … INTO t
	visible    bool     // the tables of FROM still qualify names outside of it
}

type branch struct {
	op     setOp
	byName bool
	keep   nameMatch
	only   []ident // BY NAME ON (a, b): these columns
	query  *query
}

// nameMatch says which columns are left where branches are matched by name.
type nameMatch uint8

const (
	matchFull  nameMatch = iota // those of either branch
	matchLeft                   // those of the first
	matchInner                  // those of both
)

// selection is one SELECT … FROM … WHERE ….
type selection struct {
	items   []item
	inner   []item // named inside of an expression, as ClickHouse allows: sum(a AS x)
	from    []*fromItem
	clauses []clause
	windows []namedWindow
	asValue bool // BigQuery: SELECT AS VALUE
}

type namedWindow struct {
	name  ident
	exprs []*expr
}

// fromKind is the kind of a FROM item.
type fromKind uint8

const (
	fromTable fromKind = iota
	fromQuery
	fromCall      // table function: call
	fromNest      // ( a JOIN b )
	fromUnnest    // UNNEST, explode, FLATTEN, a path of an item before: call
	fromStatement // ( MERGE … OUTPUT … ) of T-SQL: stmt
	fromKinds     // how many kinds there are
)

// fromItem is one item of a FROM list, with how it is joined to those before.
type fromItem struct {
	kind       fromKind
	start, end int32
	name       []ident
	alias      ident
	cols       []ident
	query      *query
	call       *expr
	stmt       *stmt
	nest       []*fromItem
	pivots     []*pivot

	fields     []field // columns that JSON_TABLE, OPENJSON and XMLTABLE declare
	ordinality bool
	element    bool  // alias names the element, not a row
	offset     ident // WITH OFFSET AS
	path       bool  // literally a path or a stage

	natural, right, full, semi bool
	lateral                    bool // sees the items before it
	on                         []*expr
	using                      []ident
	merged                     ident   // USING (…) AS merged
	reads                      []*expr // of AT (…), TABLESAMPLE (…): only subqueries matter
}

// field is a column that a table function declares, with its path in the document.
type field struct {
	name ident
	path string
	flag bool // FOR ORDINALITY: made, not read
}

// pivot is PIVOT or UNPIVOT behind a FROM item.
type pivot struct {
	unpivot bool
	aggs    []item    // PIVOT: aggregate and its alias
	on      []*expr   // PIVOT: the FOR columns
	values  []item    // PIVOT: IN lists with aliases
	ends    []int     // where each IN list ends in values
	any     bool      // PIVOT … IN (ANY), or a subquery: names unknown
	groups  []*expr   // explicit GROUP BY
	value   []ident   // UNPIVOT: the columns made
	label   []ident   // UNPIVOT: the FOR column
	sources [][]ident // UNPIVOT: the columns read, one group per IN entry
	stars   *expr     // UNPIVOT … ON COLUMNS(*)
	alias   ident
	cols    []ident
	opaque  bool // MATCH_RECOGNIZE and the like: measures are items
	items   []item
	reads   []clause
	vars    []ident // pattern variables: they qualify columns of the input
	allRows bool
}

// target is a table that is written.
type target struct {
	name      []ident
	alias     ident
	cols      []ident
	parts     []assign // PARTITION (d = 'x', e)
	path      bool     // a file, a directory, a stage
	temp      bool
	variables bool // cols are variables, not columns of a table
	newRow    bool // cols are columns of the new row of a trigger
}

// assign is col = value of UPDATE and MERGE; several columns for (a, b) = (…).
type assign struct {
	cols       [][]ident
	value      *expr
	adds       bool // += and the like: the old value counts too
	start, end int32
}

// arm is a WHEN branch of MERGE, or one target of a multi-target INSERT.
type arm struct {
	target  *target
	cond    *expr
	assigns []assign
	cols    []ident
	values  []*expr
	query   *query // hive: a SELECT of its own over the shared FROM
	star    bool   // INSERT *, UPDATE SET *
	update  bool
	absent  bool // WHEN NOT MATCHED BY SOURCE: only the target has a row
}

// stmt is one statement.
type stmt struct {
	kind       Kind
	start, end int32
	with       *with
	targets    []*target // written
	drops      []*target // dropped, altered or renamed: outputs without columns
	from       []*fromItem
	query      *query
	assigns    []assign
	arms       []arm
	clauses    []clause
	returning  []item
	returnTo   *target
	columns    []columnDef // CREATE TABLE t (a int, …)
	source     *target     // CLONE, LIKE, COPY: what is copied
	byName     bool
	star       bool // all columns of source flow
	skipped    bool // no flow by nature
	rename     *target
	swap       bool
	exprs      []*expr
	text       string // dynamic SQL, already folded
	use        *defaults
	assignTo   []ident     // SELECT … INTO variables
	using      []ident     // MERGE … USING s USING (a, b)
	tables     []*fromItem // of UPDATE, DELETE and MERGE: what is changed, and what MySQL joins to it
	upserts    []assign    // ON CONFLICT DO UPDATE, ON DUPLICATE KEY UPDATE
	rowAlias   ident       // of the inserted row there
	rowCols    []ident
	outputs    []item   // OUTPUT … INTO returnTo
	paths      []string // files that are read
	like       *target
	renames    [][2]*target
	synonym    *[2][]ident // CREATE SYNONYM: the name, and what it means
	sets       []setVar
}

// columnDef is a column that CREATE TABLE or ALTER TABLE declares.
type columnDef struct {
	name ident
}

// defaults is what USE or SET search_path changes.
type defaults struct{ db, schema string }

// setVar is SET name = value.
type setVar struct {
	name  ident
	value *expr
}
