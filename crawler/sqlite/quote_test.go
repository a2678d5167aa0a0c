package sqlite_test

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"waymark/crawler/infoschema"
)

// FuzzQuote gives quoted names to a real engine, which reads both ways of
// quoting, and gets back the very name.
func FuzzQuote(f *testing.F) {
	for _, name := range []string{`a"; drop table x; --`, "a`b", "a.b", "new\nline", `back\slash`, `""`, "``", "매출", "'", "/*", "--"} {
		f.Add(name)
	}
	db := databaseOf(f, filepath.Join(f.TempDir(), "quote.db"), "create table kept (id)")
	f.Fuzz(func(t *testing.T, name string) {
		if name == "" || strings.ContainsRune(name, 0) || !utf8.ValidString(name) {
			t.Skip("no database takes such a name")
		}
		for _, quoted := range []string{infoschema.DoubleQuote(name), infoschema.Backtick(name)} {
			rows, err := db.Query("select 1 as " + quoted)
			if err != nil {
				t.Fatalf("%s: %v", quoted, err)
			}
			columns, err := rows.Columns()
			if err != nil || len(columns) != 1 || columns[0] != name {
				t.Errorf("%s: got %q, %v, want %q", quoted, columns, err, name)
			}
			if err := rows.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := db.Exec("select id from kept"); err != nil {
			t.Fatal(err)
		}
	})
}
