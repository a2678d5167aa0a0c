package oracletest

import (
	"context"
	"errors"
	"strings"

	darkwing "github.com/sqlc-dev/darkwing/ast"
	darkwingparser "github.com/sqlc-dev/darkwing/parser"
	doubleclick "github.com/sqlc-dev/doubleclick/ast"
	doubleclickparser "github.com/sqlc-dev/doubleclick/parser"
	marino "github.com/sqlc-dev/marino/ast"
	marinoparser "github.com/sqlc-dev/marino/parser"
	"github.com/sqlc-dev/oliphant"
	teesql "github.com/sqlc-dev/teesql/ast"
	teesqlparser "github.com/sqlc-dev/teesql/parser"
	zetajones "github.com/sqlc-dev/zetajones/ast"
	zetajonesparser "github.com/sqlc-dev/zetajones/parser"

	sql "waymark/lineage/sqllineage"
	"waymark/lineage/sqllineage/mysqlast"
)

// oracle is an independent parser of one dialect. It tells the tables of one
// statement, and is false for one that it refuses.
type oracle struct {
	name    string
	dialect sql.Dialect
	accepts int // percent of the made statements, at least
	read    func(text string) (tables map[string]bool, ok bool)
	apart   bool // it may never end, so that it runs in a process of its own
}

// oracles are the parsers at hand.
func oracles() []oracle {
	return []oracle{
		{name: "oliphant", dialect: sql.Postgres, accepts: 95, read: reader(lookOliphant, func(text string) (any, error) { return oliphant.Parse(text) })},
		{name: "marino", dialect: sql.MySQL, accepts: 95, read: reader(lookMarino, func(text string) (any, error) { return parseMarino(text, false) })},
		{name: "marino", dialect: sql.MariaDB, accepts: 95, read: reader(lookMarino, func(text string) (any, error) { return parseMarino(text, true) })},
		{name: "xwb1989", dialect: sql.MySQL, accepts: 25, read: readMySQL}, // it knows no WITH, OVER, FULL JOIN or LATERAL
		{name: "zetajones", dialect: sql.BigQuery, accepts: 85, read: reader(lookZetajones, func(text string) (any, error) { return zetajonesparser.ParseStatement(text) })},
		{name: "teesql", dialect: sql.TSQL, accepts: 90, apart: true, read: reader(lookTeesql, parseTeesql)},
		{name: "doubleclick", dialect: sql.ClickHouse, accepts: 95, read: reader(lookDoubleclick, func(text string) (any, error) {
			return doubleclickparser.Parse(context.Background(), strings.NewReader(text))
		})},
		{name: "darkwing", dialect: sql.DuckDB, accepts: 95, read: reader(lookDarkwing, func(text string) (any, error) {
			return darkwingparser.ParseStatement(context.Background(), text)
		})},
	}
}

// reader finds the tables in what parse makes of a text. A parser that breaks
// on a text has refused it.
func reader(look func(node any) said, parse func(text string) (any, error)) func(string) (map[string]bool, bool) {
	return func(text string) (tables map[string]bool, ok bool) {
		defer func() {
			if recover() != nil {
				tables, ok = nil, false
			}
		}()
		tree, err := parse(text)
		if err != nil {
			return nil, false
		}
		return tablesOf(tree, look), true
	}
}

// readMySQL asks the parser that is also sqllineage's second opinion.
func readMySQL(text string) (map[string]bool, bool) {
	t, ok := mysqlast.Read(text)
	tables := map[string]bool{}
	for _, name := range append(t.Inputs, t.Outputs...) {
		tables[strings.ToLower(name)] = true
	}
	return tables, ok
}

func lookOliphant(node any) said {
	switch n := node.(type) {
	case *oliphant.RangeVar:
		return said{tables: [][]string{{n.Catalogname, n.Schemaname, n.Relname}}, alias: n.Alias.GetAliasname()}
	case *oliphant.RangeSubselect:
		return said{alias: n.Alias.GetAliasname()}
	case *oliphant.SelectStmt:
		return said{with: commonsOliphant(n.WithClause)}
	case *oliphant.InsertStmt:
		return said{with: commonsOliphant(n.WithClause)}
	case *oliphant.UpdateStmt:
		return said{with: commonsOliphant(n.WithClause)}
	case *oliphant.DeleteStmt:
		return said{with: commonsOliphant(n.WithClause)}
	case *oliphant.MergeStmt:
		return said{with: commonsOliphant(n.WithClause)}
	}
	return said{}
}

func commonsOliphant(with *oliphant.WithClause) (list []common) {
	for _, node := range with.GetCtes() {
		c := node.GetCommonTableExpr()
		list = append(list, common{c.Ctename, c.Ctequery, with.Recursive})
	}
	return list
}

func parseMarino(text string, mariadb bool) (any, error) {
	p := marinoparser.New()
	p.SetMariaDB(mariadb)
	return p.ParseOneStmt(text, "", "")
}

func lookMarino(node any) said {
	switch n := node.(type) {
	case *marino.TableName:
		return said{tables: [][]string{{n.Schema.O, n.Name.O}}}
	case *marino.TableNameExpr: // a sequence, as an argument
		return said{closed: true}
	case *marino.TableSource:
		return said{alias: n.AsName.O}
	case *marino.SelectStmt:
		return said{with: commonsMarino(n.With)}
	case *marino.SetOprStmt:
		return said{with: commonsMarino(n.With)}
	case *marino.SetOprSelectList:
		return said{with: commonsMarino(n.With)}
	case *marino.UpdateStmt:
		return said{with: commonsMarino(n.With)}
	case *marino.DeleteStmt:
		return said{with: commonsMarino(n.With)}
	}
	return said{}
}

func commonsMarino(with *marino.WithClause) (list []common) {
	if with == nil {
		return nil
	}
	for _, c := range with.CTEs {
		list = append(list, common{c.Name.O, c.Query, with.IsRecursive})
	}
	return list
}

func lookZetajones(node any) said {
	switch n := node.(type) {
	case *zetajones.TablePathExpression:
		s := said{tables: namesZetajones(n.Path)}
		if n.Alias != nil {
			s.alias = n.Alias.Identifier.Name
		}
		return s
	case *zetajones.InsertStatement:
		return said{tables: namesZetajones(n.Target)}
	case *zetajones.UpdateStatement:
		return said{tables: namesZetajones(n.Target)}
	case *zetajones.DeleteStatement:
		return said{tables: namesZetajones(n.Target)}
	case *zetajones.MergeStatement:
		return said{tables: namesZetajones(n.Target)}
	case *zetajones.CreateTableStatement:
		return said{tables: namesZetajones(n.Name)}
	case *zetajones.CreateViewStatement:
		return said{tables: namesZetajones(n.Name)}
	case *zetajones.Query:
		if n.WithClause == nil {
			return said{}
		}
		var list []common
		for _, e := range n.WithClause.Entries {
			if q := e.AliasedQuery; q != nil {
				list = append(list, common{q.Identifier.Name, q.Query, n.WithClause.Recursive})
			}
		}
		return said{with: list}
	}
	return said{}
}

// namesZetajones is a path of names, some of which may hold several parts.
func namesZetajones(node zetajones.Node) [][]string {
	path, ok := node.(*zetajones.PathExpression)
	if !ok || path == nil {
		return nil
	}
	var parts []string
	for _, name := range path.Names {
		parts = append(parts, name.Name)
	}
	return [][]string{parts}
}

// parseTeesql refuses what that parser itself could not read: of a view whose
// query it does not understand, it keeps the name alone.
func parseTeesql(text string) (any, error) {
	script, err := teesqlparser.Parse(context.Background(), strings.NewReader(text))
	if err != nil {
		return nil, err
	}
	for _, batch := range script.Batches {
		for _, s := range batch.Statements {
			if view, ok := s.(*teesql.CreateViewStatement); ok && view.SelectStatement == nil {
				return nil, errors.New("a view without its query")
			}
		}
	}
	return script, nil
}

func lookTeesql(node any) said {
	switch n := node.(type) {
	case *teesql.NamedTableReference:
		s := said{tables: namesTeesql(n.SchemaObject)}
		if n.Alias != nil {
			s.alias = n.Alias.Value
		}
		return s
	case *teesql.VariableTableReference:
		return said{tables: [][]string{{n.Variable.Name}}}
	case *teesql.SelectStatement:
		return said{tables: namesTeesql(n.Into), with: commonsTeesql(n.WithCtesAndXmlNamespaces)}
	case *teesql.CreateViewStatement:
		return said{tables: namesTeesql(n.SchemaObjectName)}
	case *teesql.CreateTableStatement:
		return said{tables: namesTeesql(n.SchemaObjectName)}
	case *teesql.InsertStatement:
		return said{with: commonsTeesql(n.WithCtesAndXmlNamespaces)}
	case *teesql.UpdateStatement:
		return said{with: commonsTeesql(n.WithCtesAndXmlNamespaces)}
	case *teesql.DeleteStatement:
		return said{with: commonsTeesql(n.WithCtesAndXmlNamespaces)}
	case *teesql.MergeStatement:
		return said{with: commonsTeesql(n.WithCtesAndXmlNamespaces)}
	case *teesql.MergeSpecification:
		if n.TableAlias != nil {
			return said{alias: n.TableAlias.Value}
		}
	}
	return said{}
}

func namesTeesql(name *teesql.SchemaObjectName) [][]string {
	if name == nil {
		return nil
	}
	var parts []string
	for _, part := range name.Identifiers {
		parts = append(parts, part.Value)
	}
	return [][]string{parts}
}

func commonsTeesql(with *teesql.WithCtesAndXmlNamespaces) (list []common) {
	if with == nil {
		return nil
	}
	for _, c := range with.CommonTableExpressions {
		_, set := c.QueryExpression.(*teesql.BinaryQueryExpression)
		list = append(list, common{c.ExpressionName.Value, c.QueryExpression, set})
	}
	return list
}

func lookDoubleclick(node any) said {
	switch n := node.(type) {
	case *doubleclick.TableIdentifier:
		return said{tables: [][]string{{n.Database, n.Table}}, alias: n.Alias}
	case *doubleclick.TableExpression:
		return said{alias: n.Alias}
	case *doubleclick.InsertQuery:
		return said{tables: [][]string{{n.Database, n.Table}}, with: commonsDoubleclick(n.With)}
	case *doubleclick.CreateQuery:
		return said{tables: [][]string{{n.Database, n.Table + n.View}, {n.ToDatabase, n.To}}}
	case *doubleclick.AlterQuery:
		return said{tables: [][]string{{n.Database, n.Table}}}
	case *doubleclick.DeleteQuery:
		return said{tables: [][]string{{n.Database, n.Table}}}
	case *doubleclick.UpdateQuery:
		return said{tables: [][]string{{n.Database, n.Table}}}
	case *doubleclick.SelectQuery:
		return said{with: commonsDoubleclick(n.With)}
	case *doubleclick.SelectWithUnionQuery: // the WITH of the first query serves the others
		return said{with: firstDoubleclick(n.Selects)}
	case *doubleclick.SelectIntersectExceptQuery:
		return said{with: firstDoubleclick(n.Selects)}
	}
	return said{}
}

func firstDoubleclick(list []doubleclick.Statement) []common {
	if len(list) == 0 {
		return nil
	}
	return lookDoubleclick(list[0]).with
}

func commonsDoubleclick(with []doubleclick.Expression) (list []common) {
	for _, e := range with {
		if c, ok := e.(*doubleclick.WithElement); ok && !c.ScalarWith {
			list = append(list, common{c.Name, c.Query, unionDoubleclick(c.Query)})
		}
	}
	return list
}

// unionDoubleclick reports whether a table of WITH has branches, one of which
// may read the table itself.
func unionDoubleclick(query doubleclick.Expression) bool {
	sub, ok := query.(*doubleclick.Subquery)
	if !ok {
		return false
	}
	list, ok := sub.Query.(*doubleclick.SelectWithUnionQuery)
	return ok && len(list.Selects) > 1
}

func lookDarkwing(node any) said {
	switch n := node.(type) {
	case *darkwing.BaseTableRef:
		return said{tables: [][]string{{n.CatalogName, n.SchemaName, n.TableName}}, alias: n.Alias}
	case *darkwing.InsertStatement:
		return said{tables: [][]string{{n.Catalog, n.Schema, n.Table}}, with: commonsDarkwing(n.CTEs)}
	case *darkwing.UpdateStatement:
		return said{with: commonsDarkwing(n.CTEs)}
	case *darkwing.DeleteStatement:
		return said{with: commonsDarkwing(n.CTEs)}
	case *darkwing.MergeIntoStatement:
		return said{with: commonsDarkwing(n.CTEs)}
	case *darkwing.CreateTableInfo:
		return said{tables: [][]string{{n.Catalog, n.Schema, n.Name}}}
	case *darkwing.CreateViewInfo:
		return said{tables: [][]string{{n.Catalog, n.Schema, n.Name}}}
	case interface{ CTEMapRef() *darkwing.CTEMap }:
		return said{with: commonsDarkwing(*n.CTEMapRef())}
	}
	return said{}
}

func commonsDarkwing(with darkwing.CTEMap) (list []common) {
	for _, e := range with.Entries {
		_, recursive := e.CTE.Query.(*darkwing.RecursiveCTENode)
		list = append(list, common{e.Name, e.CTE.Query, recursive})
	}
	return list
}
