package sqllineage

// folding says how an identifier's letters are compared and printed.
type folding uint8

const (
	foldLower folding = iota // unquoted to lower case, quoted exact
	foldUpper                // unquoted to upper case, quoted exact; printed lower unless quoted in mixed case
	foldAll                  // letter case never matters; printed lower
	foldNone                 // letter case always matters
)

// naming says what an engine calls an output column without an alias.
type naming uint8

const (
	nameByText     naming = iota // the expression's own text
	nameByFunction               // the outermost function, else ?column?
	nameByPosition               // f0_, f1_, …
	nameByColumn                 // _col0, _col1, …
	nameByNumber                 // _c0, _c1, …
	nameNone                     // no name
)

// traits is everything in which dialects differ. No other file knows a
// dialect by its name.
type traits struct {
	dot string // Options.Dot

	dialect Dialect

	// Text.
	doubleIsString bool // "x" is a string
	bracketNames   bool // [x] is an identifier
	backslash      bool // \ escapes in strings
	hashComments   bool // # to the end of the line
	slashComments  bool // // to the end of the line
	dashNeedsSpace bool // -- is a comment only before a space
	nestedComments bool
	dollarQuotes   bool // $tag$ … $tag$
	tripleQuotes   bool // """ … """
	rawStrings     bool // r'…'
	qQuotes        bool // q'[ … ]'
	atVariables    bool // @x
	stages         bool // @stage/path
	hashNames      bool // #temp
	secondOpinion  bool // another parser may answer where this one fails
	typeFirst      bool // CONVERT (type, x)
	digitNames     bool // 1st_table
	dashNames      bool // my-project.data.t
	braceParams    bool // {name:Type}
	letterEscapes  bool // \ escapes in E'…' strings only

	// Names.
	tables, columns folding
	twoParts        bool // a full name is database.table
	naming          naming

	// Structure.
	lateralAlias    bool    // a select item sees the aliases before it
	aliasFirst      bool    // and they win over real columns
	plainRecursion  bool    // WITH needs no RECURSIVE
	arrowIsJSON     bool    // a -> b is never a lambda
	colonPath       bool    // doc:user.name
	prefixAlias     bool    // SELECT a: x
	dotCalls        bool    // x.f(y) is f(x, y)
	impliedUnnest   bool    // FROM t, t.items
	elementAlias    bool    // UNNEST(x) AS i: i is the element
	optionalSemi    bool    // statements need no semicolon between them
	fromFirst       bool    // FROM t SELECT a, and FROM t alone
	declarePart     bool    // DECLARE opens a part of declarations, up to BEGIN
	blocks          bool    // BEGIN … END outside of procedures
	quotedFoldsToo  bool    // quoted names fold like unquoted ones
	tempSchema      string  // of temporary tables: pg_temp.t
	dotCommands     bool    // a line such as .mode is for the client
	renameStays     bool    // ALTER TABLE a.t RENAME TO u is a.u
	rowNames        bool    // the name of a relation is its row
	valueFirst      bool    // UNPIVOT makes the value before the label
	classBodies     bool    // CREATE FUNCTION f AS 'x': x is a class
	pivotQuotes     bool    // PIVOT calls a column by its value with the quotes
	mergedInPlace   bool    // * leaves a column of USING where its table has it
	rangeColumn     string  // what the rows of range(…) are called
	tableIn         bool    // x IN t: t is a table
	doubleMayBeText bool    // "x" falls back to a string when it names no column
	pseudo          wordSet // words that are functions or made columns where no column is so called
}

// traitsOf returns the traits of d; an unknown dialect reads as ANSI.
func traitsOf(d Dialect) *traits {
	if t, ok := traitsByDialect[d]; ok {
		return t
	}
	return traitsByDialect[ANSI]
}

var traitsByDialect = func() map[Dialect]*traits {
	mysql := traits{dialect: MySQL, secondOpinion: true, arrowIsJSON: true, doubleIsString: true, backslash: true, hashComments: true, dashNeedsSpace: true,
		atVariables: true, digitNames: true, tables: foldNone, columns: foldAll, twoParts: true, naming: nameByText}
	mariadb := as(mysql, MariaDB)
	mariadb.pseudo = set("row_start", "row_end") // of a table with system versioning
	hive := traits{dialect: Hive, pseudo: set("input__file__name", "block__offset__inside__file", "grouping__id"), doubleIsString: true, backslash: true, digitNames: true, tables: foldAll, columns: foldAll,
		twoParts: true, naming: nameByNumber, fromFirst: true, classBodies: true}
	spark := hive
	spark.rangeColumn = "id"
	spark.dialect, spark.nestedComments, spark.rawStrings, spark.naming = Spark, true, true, nameByText
	spark.lateralAlias, spark.blocks, spark.plainRecursion, spark.renameStays = true, true, false, true
	databricks := spark
	databricks.dialect, databricks.colonPath, databricks.twoParts, databricks.dollarQuotes = Databricks, true, false, true
	trino := traits{dialect: Trino, renameStays: true, dollarQuotes: true, tables: foldAll, columns: foldAll, naming: nameByColumn}
	list := []traits{
		{dialect: ANSI, rowNames: true, renameStays: true, arrowIsJSON: true, letterEscapes: true, tables: foldLower, columns: foldLower, atVariables: true, dollarQuotes: true, naming: nameByText},
		{dialect: Postgres, tempSchema: "pg_temp", rowNames: true, renameStays: true, pseudo: set("user", "current_role", "current_catalog", "current_schema"), declarePart: true, arrowIsJSON: true, letterEscapes: true, nestedComments: true, dollarQuotes: true, tables: foldLower, columns: foldLower, naming: nameByFunction},
		{dialect: Redshift, tempSchema: "pg_temp", rowNames: true, renameStays: true, impliedUnnest: true, hashNames: true, typeFirst: true, pseudo: set("user", "sysdate", "current_user_id", "level"), declarePart: true, arrowIsJSON: true, letterEscapes: true, nestedComments: true, dollarQuotes: true, backslash: true, tables: foldLower, columns: foldLower,
			naming: nameByFunction, lateralAlias: true, quotedFoldsToo: true},
		mysql,
		mariadb,
		{dialect: SQLite, mergedInPlace: true, tempSchema: "temp", dotCommands: true, renameStays: true, tableIn: true, arrowIsJSON: true, bracketNames: true, atVariables: true, tables: foldAll, columns: foldAll, twoParts: true, naming: nameByText,
			plainRecursion: true, doubleMayBeText: true},
		{dialect: Snowflake, pivotQuotes: true, declarePart: true, backslash: true, slashComments: true, dollarQuotes: true, stages: true, tables: foldUpper, columns: foldUpper,
			naming: nameByText, lateralAlias: true, plainRecursion: true, colonPath: true, blocks: true},
		{dialect: BigQuery, rowNames: true, renameStays: true, impliedUnnest: true, doubleIsString: true, backslash: true, hashComments: true, tripleQuotes: true, rawStrings: true, atVariables: true,
			dashNames: true, tables: foldNone, columns: foldAll, naming: nameByPosition, elementAlias: true, valueFirst: true, blocks: true, fromFirst: true},
		databricks, spark, hive, trino, as(trino, Presto), as(trino, Athena),
		{dialect: ClickHouse, mergedInPlace: true, tableIn: true, braceParams: true, backslash: true, hashComments: true, dollarQuotes: true, tables: foldNone, columns: foldNone, twoParts: true,
			naming: nameByText, lateralAlias: true, aliasFirst: true, fromFirst: true},
		{dialect: DuckDB, mergedInPlace: true, tempSchema: "temp", dotCommands: true, rowNames: true, renameStays: true, prefixAlias: true, dotCalls: true, letterEscapes: true, nestedComments: true, dollarQuotes: true, tables: foldAll, columns: foldAll, naming: nameByText,
			lateralAlias: true, fromFirst: true},
		{dialect: TSQL, typeFirst: true, pseudo: set("user"), bracketNames: true, nestedComments: true, atVariables: true, hashNames: true, tables: foldAll, columns: foldAll,
			naming: nameNone, valueFirst: true, plainRecursion: true, optionalSemi: true, blocks: true},
		{dialect: Oracle, renameStays: true, pseudo: set("level", "rownum", "rowid", "sysdate", "systimestamp", "user", "uid", "ora_rowscn", "connect_by_isleaf", "connect_by_iscycle"),
			declarePart: true, qQuotes: true, tables: foldUpper, columns: foldUpper, naming: nameByText, plainRecursion: true, blocks: true},
	}
	m := make(map[Dialect]*traits, len(list))
	for _, t := range list {
		m[t.dialect] = &t
	}
	return m
}()

func as(t traits, d Dialect) traits {
	t.dialect = d
	return t
}
