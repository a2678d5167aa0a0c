package sqllineage

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the want sections of testdata/*/*.txtar")

// TestGolden runs every testdata/<capability>/*.txtar: the comment names the
// dialects and defaults, schema lists tables as name(column, …) or
// name(column, …) := view text, want is the printed answer, the same for each
// dialect.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("got %d golden files, %v; want some", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(strings.TrimPrefix(file, "testdata/"), ".txtar"), func(t *testing.T) {
			g := readGolden(t, file)
			for i, d := range g.dialects {
				got := printScript(parseGolden(t, g, d))
				if *update && i == 0 {
					g.write(t, file, got)
				}
				if diff := cmp.Diff(g.want, got); diff != "" {
					t.Errorf("%s, dialect %s: got differs from want (-want +got):\n%s", file, d, diff)
				}
			}
		})
	}
}

type golden struct {
	archive  *archive
	dialects []Dialect
	options  Options
	sql      string
	want     string
}

func readGolden(t *testing.T, file string) *golden {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	g := &golden{archive: parseArchive(string(data))}
	for line := range strings.Lines(g.archive.comment) {
		key, value, ok := strings.Cut(strings.TrimSpace(line), ":")
		value = strings.TrimSpace(value)
		switch {
		case !ok || strings.HasPrefix(line, "#"):
		case key == "dialect":
			for _, name := range strings.Fields(value) {
				d, known := ParseDialect(name)
				if !known {
					t.Fatalf("%s: unknown dialect %q", file, name)
				}
				g.dialects = append(g.dialects, d)
			}
		case key == "db":
			g.options.DefaultDB = value
		case key == "schema":
			g.options.DefaultSchema = value
		case key == "intermediates" && value == "drop":
			g.options.Policy.DropIntermediates = true
		default:
			t.Fatalf("%s: unknown header %q", file, line)
		}
	}
	for _, f := range g.archive.files {
		switch f.name {
		case "schema":
			g.options.Schemas = readSchema(t, f.data)
		case "query.sql":
			g.sql = f.data
		case "want":
			g.want = f.data
		}
	}
	return g
}

// readSchema reads lines such as: db.t(a, b) and v() := select a from t.
func readSchema(t *testing.T, text string) Schemas {
	t.Helper()
	var list []Table
	for line := range strings.Lines(text) {
		line, view, _ := strings.Cut(strings.TrimSpace(line), ":=")
		name, rest, ok := strings.Cut(strings.TrimSpace(line), "(")
		if !ok {
			t.Fatalf("schema line %q has no columns", line)
		}
		table := Table{Name: strings.Split(name, "."), SQL: strings.TrimSpace(view)}
		for _, c := range strings.Split(strings.TrimSuffix(rest, ")"), ",") {
			if c = strings.TrimSpace(c); c != "" {
				table.Columns = append(table.Columns, c)
			}
		}
		list = append(list, table)
	}
	return StaticTables(list)
}

func parseGolden(t *testing.T, g *golden, d Dialect) Script {
	t.Helper()
	s, err := Parse(d, g.sql, g.options)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (g *golden) write(t *testing.T, file, want string) {
	t.Helper()
	g.want = want
	found := false
	for i := range g.archive.files {
		if g.archive.files[i].name == "want" {
			g.archive.files[i].data, found = want, true
		}
	}
	if !found {
		g.archive.files = append(g.archive.files, archived{"want", want})
	}
	if err := os.WriteFile(file, []byte(g.archive.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// printScript prints an answer for people: each statement, then what differs
// in the view of the request.
func printScript(s Script) string {
	var b strings.Builder
	for i := range s.Statements {
		st := &s.Statements[i]
		fmt.Fprintf(&b, "%s %s", st.Kind, st.Outcome)
		if st.Parent != nil {
			fmt.Fprintf(&b, " in %d", *st.Parent)
		}
		if st.Reason != "" {
			fmt.Fprintf(&b, " (%s)", st.Reason)
		}
		b.WriteString("\n")
		printFlow(&b, st.Inputs, st.Outputs, st.Columns)
		var reads []string
		for _, r := range st.Reads {
			reads = append(reads, r.Table+"."+r.Column+" "+join(r.Subtypes))
		}
		if len(reads) > 0 {
			fmt.Fprintf(&b, "  reads %s\n", strings.Join(reads, ", "))
		}
	}
	if len(s.Statements) > 1 {
		fmt.Fprintf(&b, "request %s\n", s.Outcome)
		printFlow(&b, s.Inputs, s.Outputs, s.Columns)
	}
	return b.String()
}

func join(list []Subtype) string {
	s := make([]string, len(list))
	for i := range list {
		s[i] = string(list[i])
	}
	return strings.Join(s, "+")
}

func printFlow(b *strings.Builder, inputs, outputs []string, columns []OutputColumn) {
	if len(inputs)+len(outputs) > 0 {
		fmt.Fprintf(b, "  %s -> %s\n", strings.Join(inputs, ", "), strings.Join(outputs, ", "))
	}
	for _, c := range columns {
		name := c.Output.Column
		if c.Output.Table != nil {
			name = *c.Output.Table + "." + name
		}
		var from []string
		for _, in := range c.Inputs {
			from = append(from, printInput(in))
		}
		fmt.Fprintf(b, "  %s <- %s\n", name, strings.Join(from, ", "))
	}
}

func printInput(in Input) string {
	s := in.Table + "." + in.Column
	if in.Path != "" {
		s += "/" + in.Path
	}
	s += " " + string(in.Subtype)
	if in.Masking {
		s += " masked"
	}
	if in.Candidate {
		s += " candidate"
	}
	return s
}
