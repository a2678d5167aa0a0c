package sqllineage

import (
	"regexp"
	"strings"
)

// matchPattern reports whether a column name fits a LIKE pattern (like) or a
// regular expression, as a star or COLUMNS('…') gives it.
func matchPattern(pattern, name string, like bool) bool {
	if like {
		return matchLike(toLower(pattern), toLower(name))
	}
	re, err := regexp.Compile(pattern)
	return err == nil && re.MatchString(name)
}

// matchLike matches % and _.
func matchLike(p, s string) bool {
	i, j, star, mark := 0, 0, -1, 0
	for j < len(s) {
		switch {
		case i < len(p) && p[i] == '%':
			star, mark = i, j
			i++
		case i < len(p) && (p[i] == s[j] || p[i] == '_'):
			i++
			j++
		case star >= 0:
			mark++
			i, j = star+1, mark
		default:
			return false
		}
	}
	for i < len(p) && p[i] == '%' {
		i++
	}
	return i == len(p)
}

// renameBy fills \1 and the like in the alias of COLUMNS('…') with what the
// pattern matched in a name.
func renameBy(pattern, name, alias string) string {
	if strings.IndexByte(alias, '\\') < 0 {
		return alias
	}
	re, err := regexp.Compile(pattern)
	if err != nil {
		return alias
	}
	groups := re.FindStringSubmatch(name)
	for i, g := range groups {
		alias = strings.ReplaceAll(alias, "\\"+itoa(i), g)
	}
	return alias
}
