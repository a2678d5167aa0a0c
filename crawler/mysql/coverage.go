package mysql

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/crawler"
	"waymark/crawler/infoschema"
)

// Coverage says how names of tables compare on this server, and whether the user may
// see all of them: information_schema shows what the user may use and nothing else.
func (s *Source) Coverage(ctx context.Context, scope crawler.Scope) (v catalog.Coverage, err error) {
	var lower int
	if err := s.pool.QueryRowContext(ctx, "select @@lower_case_table_names"+infoschema.Mark).Scan(&lower); err != nil {
		return v, explain(err, "ask how names compare")
	}
	grants, err := s.grants(ctx)
	if err != nil {
		return v, err
	}
	return catalog.Coverage{Exact: lower == 0, Partial: !slices.ContainsFunc(grants, func(g string) bool { return seesAll(g, scope.Name) })}, nil
}

var granted = regexp.MustCompile("(?i)^GRANT (.+?) ON (?:TABLE )?(\\*|`(?:[^`]|``)*`)\\.\\* TO ")

// seesAll reports whether a grant lets its user read every table of a database.
func seesAll(grant, database string) bool {
	m := granted.FindStringSubmatch(grant)
	if m == nil || !slices.ContainsFunc(strings.Split(strings.ToUpper(m[1]), ","), func(p string) bool {
		p = strings.TrimSpace(p)
		return p == "SELECT" || p == "ALL PRIVILEGES" || p == "ALL"
	}) {
		return false
	}
	if m[2] == "*" {
		return true
	}
	return like(strings.ReplaceAll(strings.Trim(m[2], "`"), "``", "`"), database)
}

// like matches the pattern of a grant: % is any text, _ one letter, a backslash takes
// the next letter as it stands.
func like(pattern, database string) bool {
	var re strings.Builder
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case c == '%':
			re.WriteString(".*")
		case c == '_':
			re.WriteString(".")
		case c == '\\' && i+1 < len(pattern):
			i++
			re.WriteString(regexp.QuoteMeta(pattern[i : i+1]))
		default:
			re.WriteString(regexp.QuoteMeta(pattern[i : i+1]))
		}
	}
	ok, err := regexp.MatchString("(?s)^"+re.String()+"$", database)
	return err == nil && ok
}
