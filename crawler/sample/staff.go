package sample

import (
	_ "embed"
	"slices"
	"strings"

	"waymark/catalog/fault"
)

//go:embed data/staff.txt
var staffText string

// colleague is somebody, or a program, with an account.
type colleague struct {
	login, name, title, team string
	roles                    []string
	kind                     string // queries, views or service
	number                   int    // in the BI tools
}

func readStaff() ([]colleague, error) {
	var list []colleague
	for line := range strings.Lines(staffText) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "|")
		if len(f) != 6 {
			return nil, fault.Internal.Errorf("data/staff.txt: %q has %d fields, want 6", line, len(f))
		}
		for i := range f {
			f[i] = strings.TrimSpace(f[i])
		}
		list = append(list, colleague{login: f[0], name: f[1], title: f[2], team: f[3],
			roles: strings.Fields(f[4]), kind: f[5], number: len(list) + 1})
	}
	return list, nil
}

// of keeps the colleagues of these kinds.
func of(list []colleague, kinds ...string) []colleague {
	var kept []colleague
	for _, c := range list {
		if slices.Contains(kinds, c.kind) {
			kept = append(kept, c)
		}
	}
	return kept
}

func (c colleague) email() string { return c.login + "@staff.example.com" }
