package graphql

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	gql "github.com/graph-gophers/graphql-go"
)

var update = flag.Bool("update", false, "write the frozen fields anew")

func parsed(t *testing.T) *gql.Schema {
	t.Helper()
	s, err := gql.ParseSchema(Schema(), &root{Parts: &Parts{}}, gql.UseFieldResolvers())
	if err != nil {
		t.Fatalf("the resolvers do not meet the schema: %v", err)
	}
	return s
}

var fragment = regexp.MustCompile(`\.\.\.\s*([A-Za-z_]\w*)`)

// documents reads what the UI asks, by file: each operation with the fragments it uses.
func documents(t *testing.T) map[string]string {
	t.Helper()
	fragments, operations := map[string]string{}, map[string]string{}
	err := filepath.WalkDir("../ui/src", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".graphql") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, def := range definitions(string(text)) {
			if name, ok := strings.CutPrefix(def, "fragment "); ok {
				fragments[strings.Fields(name)[0]] = def
			} else {
				operations[path+": "+strings.SplitN(def, "{", 2)[0]] = def
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range operations {
		operations[name] = withFragments(text, fragments)
	}
	return operations
}

// definitions splits a document at its top-level definitions.
func definitions(text string) (out []string) {
	for _, part := range regexp.MustCompile(`(?m)^(query|mutation|fragment)\b`).FindAllStringIndex(text, -1) {
		out = append(out, text[part[0]:])
	}
	for i := range out {
		if i+1 < len(out) {
			out[i] = strings.TrimSuffix(out[i], out[i+1])
		}
	}
	return out
}

func withFragments(text string, fragments map[string]string) string {
	seen := map[string]bool{}
	for todo := text; todo != ""; {
		found := ""
		for _, m := range fragment.FindAllStringSubmatch(todo, -1) {
			if name := m[1]; name != "on" && !seen[name] {
				seen[name] = true
				found += "\n" + fragments[name]
			}
		}
		text, todo = text+found, found
	}
	return text
}

func TestEveryOperationOfTheUIIsValid(t *testing.T) {
	s, list := parsed(t), documents(t)
	if len(list) < 10 {
		t.Fatalf("operations of the UI: got %d want at least 10", len(list))
	}
	for name, text := range list {
		for _, err := range s.ValidateWithVariables(text, variables(text)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

var declared = regexp.MustCompile(`\$(\w+):\s*(\[?)(\w+)`)

// variables gives every declared variable a value of its type.
func variables(text string) map[string]any {
	out := map[string]any{}
	for _, m := range declared.FindAllStringSubmatch(strings.SplitN(text, "{", 2)[0], -1) {
		var v any = "x"
		switch m[3] {
		case "Int":
			v = 1
		case "Boolean":
			v = true
		case "Time":
			v = "2027-01-01T00:00:00Z"
		case "SearchSort":
			v = "TRUST"
		case "Direction":
			v = "BOTH"
		case "Happening":
			v = "GONE"
		case "FilterInput":
			v = map[string]any{"field": "zone", "values": []any{"analytics"}}
		case "SubjectKeyInput":
			v = map[string]any{"key": "email", "value": "x"}
		}
		if m[2] == "[" {
			v = []any{v}
		}
		out[m[1]] = v
	}
	return out
}

var (
	typeLine  = regexp.MustCompile(`(?m)^(?:type|input|enum) (\w+) \{`)
	fieldLine = regexp.MustCompile(`(?m)^  (\w+)(?:\(|:|$)`)
)

// fields lists Type.field of the whole schema.
func fields(sdl string) (out []string) {
	at := typeLine.FindAllStringSubmatchIndex(sdl, -1)
	for i, m := range at {
		end := len(sdl)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		for _, f := range fieldLine.FindAllStringSubmatch(sdl[m[1]:end], -1) {
			out = append(out, sdl[m[2]:m[3]]+"."+f[1])
		}
	}
	slices.Sort(out)
	return out
}

// A field that scripts may use is never renamed or dropped: the frozen list only grows.
func TestNoFieldIsLost(t *testing.T) {
	now := fields(Schema())
	if *update {
		if err := os.WriteFile("testdata/fields.txt", []byte(strings.Join(now, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	frozen, err := os.ReadFile("testdata/fields.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range strings.Fields(string(frozen)) {
		if !slices.Contains(now, f) {
			t.Errorf("%s is gone; clients rely on it", f)
		}
	}
	if len(now) > len(strings.Fields(string(frozen))) {
		t.Errorf("the schema has %d fields, the frozen list %d; run: go test ./graphql -run NoField -update", len(now), len(strings.Fields(string(frozen))))
	}
}

// Every type, field and argument says what it gives.
func TestEveryFieldIsDescribed(t *testing.T) {
	lines := strings.Split(Schema(), "\n")
	for i, l := range lines {
		if typeLine.MatchString(l) || fieldLine.MatchString(l) && !strings.HasPrefix(strings.TrimSpace(l), `"`) {
			before := strings.TrimSpace(lines[i-1])
			if !strings.HasSuffix(before, `"`) && l != "  query: Query" && l != "  mutation: Mutation" {
				t.Errorf("%q has no description", l)
			}
		}
	}
}
