// Package mysqlast is a second opinion on MySQL statements: it reads one
// statement with github.com/xwb1989/sqlparser and tells its tables by plain
// names. It knows nothing of columns, and it is silent about DDL, because that
// parser drops the query of a CREATE TABLE … AS without a word.
package mysqlast

import (
	"fmt"
	"strings"

	"github.com/xwb1989/sqlparser"
)

// Tables are the names that a statement reads and writes, each once, in the
// order of the text, as database.table or table.
type Tables struct {
	Inputs, Outputs []string
}

const maxBytes = 64 << 10

// Read reads one statement. It is false for text that the parser refuses, for
// anything but queries and changes of rows, and for statements above 64 KiB.
func Read(sql string) (t Tables, ok bool) {
	if len(sql) > maxBytes {
		return Tables{}, false
	}
	defer func() {
		if recover() != nil { // the parser is not ours: its defects are no answer
			t, ok = Tables{}, false
		}
	}()
	stmt, err := sqlparser.ParseStrictDDL(sql)
	if err != nil {
		return Tables{}, false
	}
	var c collector
	switch s := stmt.(type) {
	case *sqlparser.Select, *sqlparser.Union, *sqlparser.ParenSelect:
		c.read(s)
	case *sqlparser.Insert:
		c.write(s.Table)
		c.read(s.Rows, s.OnDup)
	case *sqlparser.Update:
		c.change(targetsOf(s.TableExprs, s.Exprs), s.TableExprs)
		c.read(s.Exprs, s.Where)
	case *sqlparser.Delete:
		targets := s.Targets
		if len(targets) == 0 {
			targets = firstTable(s.TableExprs)
		}
		c.change(targets, s.TableExprs)
		c.read(s.Where)
	default:
		return Tables{}, false
	}
	return c.tables, true
}

// collector gathers names.
type collector struct {
	tables Tables
}

func (c *collector) write(name sqlparser.TableName) {
	c.tables.Outputs = appendNew(c.tables.Outputs, print(name))
}

// read adds every table that stands in a FROM below the nodes.
func (c *collector) read(nodes ...sqlparser.SQLNode) {
	_ = sqlparser.Walk(func(node sqlparser.SQLNode) (bool, error) {
		if t, ok := node.(*sqlparser.AliasedTableExpr); ok {
			if name, ok := t.Expr.(sqlparser.TableName); ok {
				c.tables.Inputs = appendNew(c.tables.Inputs, print(name))
			}
		}
		return true, nil
	}, nodes...)
}

// change tells the targets of an UPDATE or DELETE from the tables that it only
// reads. A target may be an alias.
func (c *collector) change(targets sqlparser.TableNames, exprs sqlparser.TableExprs) {
	isTarget := map[string]bool{}
	for _, t := range targets {
		isTarget[t.Name.String()] = true
	}
	_ = sqlparser.Walk(func(node sqlparser.SQLNode) (bool, error) {
		t, ok := node.(*sqlparser.AliasedTableExpr)
		if !ok {
			return true, nil
		}
		name, ok := t.Expr.(sqlparser.TableName)
		if !ok { // a subquery in FROM
			c.read(t.Expr)
			return false, nil
		}
		called := t.As.String()
		if called == "" {
			called = name.Name.String()
		}
		if isTarget[called] {
			c.write(name)
		} else {
			c.tables.Inputs = appendNew(c.tables.Inputs, print(name))
		}
		return true, nil
	}, exprs)
}

// targetsOf is the tables that SET qualifies, else the first one.
func targetsOf(exprs sqlparser.TableExprs, set sqlparser.UpdateExprs) sqlparser.TableNames {
	var names sqlparser.TableNames
	for _, e := range set {
		if q := e.Name.Qualifier; !q.IsEmpty() {
			names = append(names, q)
		}
	}
	if len(names) == 0 {
		return firstTable(exprs)
	}
	return names
}

// firstTable is the leftmost table, by its alias if it has one.
func firstTable(exprs sqlparser.TableExprs) sqlparser.TableNames {
	var found sqlparser.TableNames
	_ = sqlparser.Walk(func(node sqlparser.SQLNode) (bool, error) {
		t, ok := node.(*sqlparser.AliasedTableExpr)
		if !ok || len(found) > 0 {
			return len(found) == 0, nil
		}
		if name, ok := t.Expr.(sqlparser.TableName); ok {
			if !t.As.IsEmpty() {
				name = sqlparser.TableName{Name: t.As}
			}
			found = append(found, name)
		}
		return false, nil
	}, exprs)
	return found
}

func print(name sqlparser.TableName) string {
	if name.Qualifier.IsEmpty() {
		return name.Name.String()
	}
	return fmt.Sprintf("%s.%s", name.Qualifier.String(), name.Name.String())
}

func appendNew(list []string, s string) []string {
	if s == "" || strings.EqualFold(s, "dual") {
		return list
	}
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}
