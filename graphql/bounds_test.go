package graphql

import (
	"encoding/json"
	"log/slog"
	"strings"
	"testing"

	"github.com/graph-gophers/graphql-go/ast"

	"waymark/catalog/fault"
)

func bounded(t *testing.T) *Handler {
	t.Helper()
	h, err := New(&Parts{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestOperationsOfTheUIAreWithinBounds(t *testing.T) {
	h := bounded(t)
	for name, text := range documents(t) {
		vars := variables(text)
		if _, pages := vars["first"]; pages {
			vars["first"] = 200
			if strings.Contains(text, "lineage(") || strings.Contains(text, "understood(") {
				vars["first"] = 10_000
			}
		}
		if _, err := h.examine(Query{Query: text, Variables: vars}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, err := range h.schema.ValidateWithVariables(text, vars) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A new argument of type Int needs a range, or somebody asks for -1 of it.
func TestEveryWholeNumberHasARange(t *testing.T) {
	for name, typ := range bounded(t).schema.AST().Types {
		obj, ok := typ.(*ast.ObjectTypeDefinition)
		if !ok || strings.HasPrefix(name, "__") {
			continue
		}
		for _, f := range obj.Fields {
			for _, a := range f.Arguments {
				if kind := strings.Trim(a.Type.String(), "[]!"); kind == "Int" && ranges[a.Name.Name] == (intRange{}) && a.Name.Name != "weekdays" {
					t.Errorf("%s.%s(%s: %s) has no row in ranges", name, f.Name, a.Name.Name, a.Type)
				}
			}
		}
	}
}

func TestReaderOfDocuments(t *testing.T) {
	good := []string{
		`{ me { user } }`, `query Q($n: Int = 3, $l: [String!]! = ["a", """b " c"""]) @x(a: {b: [1, -2.5e3]}) { runs(first: $n) { id } }`,
		"# comment\n{ a: me { ...F ... on Me { user } ... @include(if: true) { user } } } fragment F on Me { user }",
		"\ufeff{ search(query: \"\\u00e9 \\\" }{ é\", first: 1) { total } }",
	}
	for _, text := range good {
		if _, err := readDocument(text); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
	bad := []string{
		``, `{`, `{}`, `{ a`, `}`, `{ a: }`, `{ é }`, `{ a(b: 01) }`, `{ a(b: 99999999999999999999) }`, `{ a(b: 1x) }`, `{ a(b: "c) }`, `{ a(b: """c) }`, "{ a(b: \"c\nd\") }",
		`{ a(b: -) }`, `{ . . . F }`, `query ($a) { a }`, `fragment F on A { b }`, `{ a } fragment F on A { b } fragment F on A { c }`, "{ a \x00 }", `{ a(b: 1.) }`, `{ a(b: 1e+-5) }`, `{ a(b: $) }`,
		strings.Repeat("{ a ", 100), `{ a(b: ` + strings.Repeat("[", 10000) + `) }`, `query (` + strings.Repeat("$a: Int ", 200) + `) { a }`,
	}
	for _, text := range bad {
		if _, err := readDocument(text); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%.60s: got %v want invalid", text, err)
		}
	}
}

// What this reader accepts and the library refuses is harmless; what it reads
// otherwise than the library is not: the library must parse all that is accepted.
func FuzzDocument(f *testing.F) {
	for _, seed := range []string{`{ me { user } }`, `query Q($n: Int = 3) { runs(first: $n) { id } }`, `{ a: me { ...F } } fragment F on Me { user }`, `{ me { user @include(if: true) } }`, `{ a(b: """c""", d: "\u00e9", e: [1.5e3, {f: null}]) }`} {
		f.Add(seed)
	}
	h, err := New(&Parts{}, slog.New(slog.DiscardHandler))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, err := h.examine(Query{Query: text})
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
	})
}

// The library writes an ID with the escapes of Go, which JSON does not know.
func TestIDIsWrittenAsJSON(t *testing.T) {
	for _, text := range []string{"plain", "a\x1bb", "\x00\a\v", "\u2028", "\"\\", "\xff", "\U0001F600"} {
		b, err := json.Marshal(ID(text))
		var back string
		if err == nil {
			err = json.Unmarshal(b, &back)
		}
		if err != nil || back != strings.ToValidUTF8(text, "\ufffd") {
			t.Errorf("%q: got %s %q, %v", text, b, back, err)
		}
	}
}
