// Package mysql reads MySQL and MariaDB servers: information_schema, the general
// log where it is a table, and single rows for requests. The platform of the
// tables is mysql or mariadb, by what the server says it is. The user needs
// SELECT and SHOW VIEW on the databases, and SELECT on mysql.general_log for the
// statements.
//
// The subtle thing: information_schema shows only what the user may use, so what
// the user sees is part of every crawl's principal, and a right that is lost never
// looks like tables that are gone.
package mysql

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
	"waymark/crawler"
	"waymark/crawler/infoschema"
)

// Source is one server.
type Source struct {
	config    config
	erase     *eraseConfig
	databases func(string) bool
	tables    func(string) bool
	pool      *pool
	platform  string
	rows      infoschema.DB
}

// system are the schemas of the server itself.
var system = []string{"information_schema", "mysql", "performance_schema", "sys"}

// Open connects to the server of a recipe.
func Open(ctx context.Context, c crawler.Config) (_ crawler.Source, err error) {
	s := &Source{}
	if err := c.Decode(&s.config); err != nil {
		return nil, err
	}
	defer fault.Wrap(&err, "recipe %s", c.Name)
	if err := s.read(c); err != nil {
		return nil, err
	}
	if s.pool, err = openWithin(ctx, s.config.DSN, reading, s.config.Deadlines); err != nil {
		return nil, err
	}
	var version string
	if err := s.pool.QueryRowContext(ctx, "select version()"+infoschema.Mark).Scan(&version); err != nil {
		s.pool.Close()
		return nil, explain(err, "ask for the version")
	}
	s.platform = "mysql"
	if strings.Contains(strings.ToLower(version), "mariadb") {
		s.platform = "mariadb"
	}
	naming := infoschema.Naming{Platform: s.platform, Dialect: s.platform, SchemaIsFirst: true}
	s.rows = infoschema.DB{Dialect: dialect(s.platform), Naming: naming, Columns: infoschema.Columns}
	return s, nil
}

func (s *Source) read(c crawler.Config) (err error) {
	var e eraseConfig
	if has, err := c.Erase(&e); err != nil {
		return err
	} else if has {
		s.erase = &e
	}
	if s.config.DSN.Reveal() == "" {
		return fault.Invalid.Errorf("source.config has no dsn; add `dsn: mysql://reader:${file:/path}@host:3306/`")
	}
	if k := s.config.QueryLog.Kind; k != "" && k != generalLog {
		return fault.Invalid.Errorf("query_log.kind %q is not known; it is %s", k, generalLog)
	}
	if s.databases, err = s.config.Databases.Compile(); err != nil {
		return err
	}
	s.tables, err = s.config.Tables.Compile()
	return err
}

// Close ends the sessions.
func (s *Source) Close() error { return s.pool.Close() }

// Names says how tables are named: database.table.
func (s *Source) Names() catalog.Log {
	return catalog.Log{Platform: s.platform, Dialect: s.platform, DefaultDB: s.pool.database}
}

// Scopes returns one scope for each database that the recipe wants.
func (s *Source) Scopes(ctx context.Context) ([]crawler.Scope, error) {
	list, err := s.listed(ctx)
	var out []crawler.Scope
	for _, d := range list {
		out = append(out, crawler.Scope{Name: d, Prefix: urn.Join(d) + "."})
	}
	return out, err
}

// listed are the databases that the recipe wants: that of the dsn, or where it
// names none, all.
func (s *Source) listed(ctx context.Context) ([]string, error) {
	list, err := infoschema.Schemas(ctx, s.pool)
	if err != nil {
		return nil, explain(err, "list the databases")
	}
	one := s.pool.database
	list = slices.DeleteFunc(list, func(d string) bool {
		return slices.Contains(system, strings.ToLower(d)) || !s.databases(d) || one != "" && d != one
	})
	if one != "" && len(list) == 0 {
		return nil, crawler.Problem{Class: crawler.Permission, Text: "database " + one + " is not there, or the user may not see it",
			Fix: "grant select, show view on " + infoschema.Backtick(one) + ".* to the user of the recipe"}
	}
	return list, nil
}

// Principal is the user and a digest of what was granted to it.
func (s *Source) Principal(ctx context.Context) (string, error) {
	grants, err := s.grants(ctx)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(strings.Join(grants, "\n")))
	return s.pool.user + " " + hex.EncodeToString(sum[:8]), nil
}

func (s *Source) grants(ctx context.Context) ([]string, error) {
	rows, err := s.pool.QueryContext(ctx, "show grants for current_user()")
	if err != nil {
		return nil, explain(err, "show grants")
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var g string
		if err := rows.Scan(&g); err != nil {
			return nil, explain(err, "show grants")
		}
		// A changed password is no changed right, and its hash is nobody's business.
		if at := strings.Index(strings.ToUpper(g), " IDENTIFIED "); at >= 0 {
			g = g[:at]
		}
		out = append(out, g)
	}
	if err := rows.Err(); err != nil {
		return nil, explain(err, "show grants")
	}
	slices.Sort(out)
	return out, nil
}

// Crawl emits the tables and views of one database.
func (s *Source) Crawl(ctx context.Context, scope crawler.Scope, emit func(catalog.Asset) error) error {
	list, err := infoschema.Tables(ctx, s.pool, scope.Name)
	if err != nil {
		return explain(err, "describe database "+scope.Name)
	}
	unread, err := s.unread(ctx, scope.Name, list)
	if err != nil {
		return err
	}
	for _, t := range list {
		if !s.tables(t.Schema + "." + t.Name) {
			if err := emit(s.rows.Naming.Unmanaged(t)); err != nil {
				return err
			}
			continue
		}
		if why := unread[t.Name]; why != "" {
			if t.Properties == nil {
				t.Properties = map[string]string{}
			}
			t.Properties[catalog.NotRead] = why
		}
		a := s.rows.Naming.Asset(t)
		if t.Kind == "view" && t.SQL == "" {
			a.Definition = nil // the right SHOW VIEW is missing: nothing is said of it
		}
		if err := emit(a); err != nil {
			return err
		}
	}
	return nil
}

// Relations lists the foreign keys of every database.
func (s *Source) Relations(ctx context.Context) ([]catalog.Relation, error) {
	list, err := s.listed(ctx)
	if err != nil {
		return nil, err
	}
	var out []catalog.Relation
	for _, d := range list {
		keys, err := infoschema.Keys(ctx, s.pool, d)
		if err != nil {
			return nil, explain(err, "read the keys of "+d)
		}
		out = append(out, s.rows.Naming.Relations(keys)...)
	}
	return out, nil
}

// Columns describes one table as it is now.
func (s *Source) Columns(ctx context.Context, dataset urn.URN) ([]catalog.Column, error) {
	p, err := s.rows.Locate(ctx, s.pool, dataset)
	return p.Columns, err
}

// Select returns columns of the rows that r names.
func (s *Source) Select(ctx context.Context, r catalog.Rows, columns []string, limit int) ([][]string, error) {
	return s.rows.Select(ctx, s.pool, r, columns, limit)
}

// Count counts the rows that meet any of where.
func (s *Source) Count(ctx context.Context, where []catalog.Rows) (int64, error) {
	return s.rows.Count(ctx, s.pool, where)
}

// Sample returns the first values of each column, of views only if the recipe asks.
func (s *Source) Sample(ctx context.Context, dataset urn.URN, columns []string, rows int) ([][]string, error) {
	p, err := s.rows.Locate(ctx, s.pool, dataset)
	if err != nil {
		return nil, err
	}
	engine, err := engineOf(ctx, s.pool, p)
	if err != nil {
		return nil, err
	}
	if engine == "" && !s.config.Sample.Views {
		return nil, nil
	}
	if s.config.Sample.Rows != nil {
		rows = min(rows, *s.config.Sample.Rows)
	}
	return s.rows.Sample(ctx, s.pool, dataset, columns, rows, "")
}
