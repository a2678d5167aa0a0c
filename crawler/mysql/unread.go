package mysql

import (
	"context"
	"errors"
	"regexp"
	"slices"

	"github.com/go-sql-driver/mysql"

	"waymark/crawler"
	"waymark/crawler/infoschema"
)

// allOf is a grant that lets everything of a place be read.
var allOf = regexp.MustCompile("(?i)^GRANT (?:ALL PRIVILEGES|(?:[A-Z ]+, )*SELECT(?:, [A-Z ]+)*) ON (\\*\\.\\*|`(?:[^`]|``)*`\\.\\*) TO ")

// unread says which of the tables that the user sees it may not read, and why. Where
// no grant covers the whole database, each table is asked for no rows.
func (s *Source) unread(ctx context.Context, database string, list []infoschema.Table) (map[string]string, error) {
	out := map[string]string{}
	grants, err := s.grants(ctx)
	if err != nil {
		return nil, err
	}
	covered := slices.ContainsFunc(grants, func(g string) bool {
		m := allOf.FindStringSubmatch(g)
		return m != nil && (m[1] == "*.*" || m[1] == infoschema.Backtick(database)+".*")
	})
	for _, t := range list {
		if !s.tables(t.Schema + "." + t.Name) {
			continue
		}
		why := ""
		if !covered {
			if why, err = s.denied(ctx, t); err != nil {
				return nil, err
			}
		}
		if t.Kind == "view" && t.SQL == "" {
			if why != "" {
				why += "; "
			}
			why += crawler.NoDefinition
		}
		if why != "" {
			out[t.Name] = why
		}
	}
	return out, nil
}

// denied asks one table for no rows. What it lacks besides a right, such as a view
// whose table is gone, is no matter of the reader's.
func (s *Source) denied(ctx context.Context, t infoschema.Table) (string, error) {
	refused, err := s.refused(ctx, "*", t)
	if err != nil || !refused {
		return "", err
	}
	if refused, err = s.refused(ctx, "1", t); err != nil || refused {
		return crawler.NoSelect, err
	}
	return crawler.SomeColumns, nil
}

func (s *Source) refused(ctx context.Context, what string, t infoschema.Table) (bool, error) {
	rows, err := s.pool.QueryContext(ctx, "select "+what+" from "+s.rows.Dialect.Table(t.Schema, t.Name)+" limit 0"+infoschema.Mark)
	if err == nil {
		err = rows.Close()
	}
	var e *mysql.MySQLError
	if err != nil && !errors.As(err, &e) {
		return false, explain(err, "look at the rights on "+t.Schema+"."+t.Name)
	}
	return err != nil && (e.Number == errTableRight || e.Number == errColumnRight), nil
}
