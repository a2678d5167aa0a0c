package sample

import (
	"embed"
	"strings"

	"waymark/catalog/fault"
)

//go:embed sql/*.sql
var scripts embed.FS

// section is a part of a script: the words after "---" and the statements below.
type section struct {
	words map[string]string
	sql   []string
}

// sections reads a script. What stands before the first "---" is a section too,
// if it has statements.
func sections(name string) ([]section, error) {
	text, err := scripts.ReadFile("sql/" + name)
	if err != nil {
		return nil, fault.Internal.Of(err)
	}
	var list []section
	for i, part := range strings.Split("\n"+string(text), "\n---") {
		head, body := "", part
		if i > 0 {
			head, body, _ = strings.Cut(part, "\n")
		}
		if s := (section{words: words(head), sql: statements(body)}); len(s.sql) > 0 {
			list = append(list, s)
		}
	}
	return list, nil
}

func words(head string) map[string]string {
	m := map[string]string{}
	for _, field := range strings.Fields(head) {
		key, value, _ := strings.Cut(field, "=")
		m[key] = value
	}
	return m
}

// statements cuts at semicolons that end a line and drops lines of comment.
func statements(body string) []string {
	var kept strings.Builder
	for line := range strings.Lines(body) {
		if !strings.HasPrefix(line, "--") {
			kept.WriteString(line)
		}
	}
	var list []string
	for _, s := range strings.SplitAfter(kept.String(), ";\n") {
		if s = strings.TrimSuffix(strings.TrimSpace(s), ";"); s != "" {
			list = append(list, s)
		}
	}
	return list
}

// dated puts the day of a run into a statement.
func dated(sql, today string) string { return strings.ReplaceAll(sql, "{today}", today) }
