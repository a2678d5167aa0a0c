package sqllineage

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAccepts reads testdata/accepts/<dialect>.sql: statements of every kind
// that the dialect's manual has, with its clauses, apart by an empty line. Each
// must be understood, or be without flow; only what no text can tell without
// schemas or definitions may be missing.
func TestAccepts(t *testing.T) {
	files, err := filepath.Glob("testdata/accepts/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("got %d files of statements, %v; want some", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".sql")
		t.Run(name, func(t *testing.T) {
			d, known := ParseDialect(name)
			if !known {
				t.Fatalf("%s: unknown dialect %q", file, name)
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, sql := range strings.Split(strings.TrimSpace(string(text)), "\n\n") {
				accepted(t, d, sql)
			}
		})
	}
}

// accepted fails for what was skipped or not understood.
func accepted(t *testing.T, d Dialect, sql string) {
	t.Helper()
	script, err := Parse(d, sql, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range script.Statements {
		if s.Outcome == Failed {
			t.Errorf("%s: got failed (%s); want parsed or skipped:\n%s", d, s.Reason, sql)
		}
		for _, diag := range s.Diagnostics {
			switch diag.Code {
			case StarUnknown, AmbiguousColumn, OpaqueFunction, DynamicColumns, UnknownColumn, PlaceholderName:
			default:
				t.Errorf("%s: got %s at %q; want it understood:\n%s", d, diag.Code, diag.Words, sql)
			}
		}
	}
}
