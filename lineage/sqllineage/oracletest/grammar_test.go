package oracletest

import sql "waymark/lineage/sqllineage"

// grammar is what a dialect's statements may look like. What is empty or false
// is not made.
type grammar struct {
	dialect sql.Dialect

	quote      string // both quotes of a name, if a quoted lower-case name is the same as a bare one
	text       string // the type of CAST
	concat     string // operator, or "concat" for the function
	union      string // with duplicates removed
	except     string
	intersect  string
	top        string // rows limited behind SELECT
	limit      string // rows limited at the end
	with       string // WITH of recursive tables
	tableAs    string // between a table and its alias
	lateral    string // join of a subquery that sees what stands before it
	selectInto bool   // SELECT … INTO makes a table
	engine     string // between the name of a made table and AS

	fullJoin      bool
	using         bool
	wrappedSet    bool // set operands in parentheses
	innerWith     bool // WITH in a subquery
	cteColumns    bool // WITH c (x, y) AS
	aliasColumns  bool // FROM (…) AS d (x, y)
	qualify       bool
	windows       bool // WINDOW w AS (…)
	nestedJoin    bool // FROM (a JOIN b ON …)
	quantified    bool // > ALL (SELECT …)
	rows          bool // (a, b) IN (SELECT x, y …)
	withChange    bool // WITH … UPDATE, WITH … DELETE
	filter        bool // of an aggregate
	scalar        bool // correlated subqueries as values
	withBefore    bool // WITH … INSERT
	withAfter     bool // INSERT … WITH
	updateFrom    bool
	updateJoin    bool
	update        bool
	deleteUsing   bool
	deleteJoin    bool
	delete        bool
	merge         bool
	terminateEach string
}

// grammars are those of all dialects.
func grammars() []grammar {
	ansi := grammar{dialect: sql.ANSI, quote: `""`, text: "varchar(20)", concat: "||", union: "UNION", except: "EXCEPT", intersect: "INTERSECT",
		limit: "FETCH FIRST 5 ROWS ONLY", with: "WITH RECURSIVE", tableAs: " AS ", fullJoin: true, using: true, wrappedSet: true, innerWith: true, cteColumns: true,
		aliasColumns: true, filter: true, scalar: true, withAfter: true, update: true, delete: true, merge: true, windows: true, nestedJoin: true, quantified: true, rows: true}
	with := func(g grammar, d sql.Dialect, change func(*grammar)) grammar {
		g.dialect = d
		change(&g)
		return g
	}
	postgres := with(ansi, sql.Postgres, func(g *grammar) {
		g.withChange = true
		g.limit, g.lateral, g.withBefore, g.updateFrom, g.deleteUsing = "LIMIT 5", "CROSS JOIN LATERAL", true, true, true
	})
	mysql := with(ansi, sql.MySQL, func(g *grammar) {
		g.withChange = true
		g.quote, g.text, g.concat, g.limit, g.lateral = "``", "char(20)", "concat", "LIMIT 5", "JOIN LATERAL"
		g.fullJoin, g.filter, g.merge, g.updateJoin, g.deleteJoin = false, false, false, true, true
	})
	trino := with(ansi, sql.Trino, func(g *grammar) { g.text, g.limit, g.lateral = "varchar", "LIMIT 5", "CROSS JOIN LATERAL" })
	hive := with(ansi, sql.Hive, func(g *grammar) {
		g.nestedJoin, g.quantified, g.rows, g.windows = false, false, false, false
		g.quote, g.text, g.concat, g.union, g.except, g.intersect, g.limit = "``", "string", "concat", "UNION DISTINCT", "", "", "LIMIT 5"
		g.with, g.wrappedSet, g.aliasColumns, g.cteColumns, g.filter, g.withAfter, g.withBefore, g.using = "", false, false, false, false, false, true, false
	})
	spark := with(hive, sql.Spark, func(g *grammar) {
		g.except, g.intersect, g.wrappedSet, g.aliasColumns, g.cteColumns, g.filter = "EXCEPT", "INTERSECT", true, true, true, true
		g.withAfter, g.using, g.union = true, true, "UNION"
	})
	snowflake := with(postgres, sql.Snowflake, func(g *grammar) {
		g.withChange, g.windows = false, false
		g.quote, g.qualify, g.filter, g.lateral, g.withBefore, g.except = "", true, false, "CROSS JOIN LATERAL", false, "MINUS"
	})
	return []grammar{
		ansi, postgres, mysql, trino, hive, spark, snowflake,
		with(postgres, sql.Redshift, func(g *grammar) {
			g.lateral, g.merge, g.qualify, g.filter, g.withBefore = "", false, true, false, false
		}),
		with(mysql, sql.MariaDB, func(g *grammar) { g.lateral, g.aliasColumns, g.withChange = "", false, false }),
		with(postgres, sql.SQLite, func(g *grammar) {
			g.quantified = false
			g.lateral, g.wrappedSet, g.aliasColumns, g.deleteUsing, g.merge, g.text, g.withAfter = "", false, false, false, false, "text", true
		}),
		with(snowflake, sql.BigQuery, func(g *grammar) {
			g.quantified, g.rows, g.windows = false, false, true
			g.quote, g.text, g.union, g.except, g.intersect = "``", "STRING", "UNION DISTINCT", "EXCEPT DISTINCT", "INTERSECT DISTINCT"
			g.lateral, g.deleteUsing, g.aliasColumns, g.cteColumns = "", false, false, false
		}),
		with(spark, sql.Databricks, func(g *grammar) { g.qualify, g.lateral = true, "CROSS JOIN LATERAL" }),
		with(trino, sql.Presto, func(g *grammar) { g.lateral, g.merge, g.update = "", false, false }),
		with(trino, sql.Athena, func(*grammar) {}),
		with(postgres, sql.ClickHouse, func(g *grammar) {
			g.nestedJoin, g.quantified, g.withChange = false, false, false
			g.quote, g.text, g.union, g.engine, g.lateral = "``", "String", "UNION DISTINCT", " ENGINE = Memory", ""
			g.filter, g.aliasColumns, g.cteColumns, g.withBefore, g.updateFrom, g.deleteUsing, g.update, g.merge = false, false, false, false, false, false, false, false
		}),
		with(postgres, sql.DuckDB, func(g *grammar) { g.qualify = true }),
		with(ansi, sql.TSQL, func(g *grammar) {
			g.rows, g.windows, g.withChange = false, false, true
			g.quote, g.concat, g.top, g.limit, g.with, g.lateral = "[]", "+", "TOP 5", "", "WITH", "CROSS APPLY"
			g.using, g.innerWith, g.filter, g.withAfter, g.withBefore, g.selectInto, g.updateFrom, g.deleteJoin = false, false, false, false, true, true, true, true
			g.terminateEach = ";"
		}),
		with(ansi, sql.Oracle, func(g *grammar) {
			g.windows = false
			g.quote, g.text, g.except, g.with, g.tableAs, g.lateral, g.aliasColumns, g.filter = "", "varchar2(20)", "MINUS", "WITH", " ", "CROSS APPLY", false, false
		}),
	}
}
