// Package arch keeps the shape of the tree: who may import whom, where each
// third-party module lives, how long a file or a function may grow, which
// package names say nothing, and that nothing registers itself by being linked.
//
// The rules are data (rules_test.go). To change the architecture, change the
// data in the same commit, and say why. It is not a style checker: gofmt, vet
// and the linter look inside the functions.
package arch

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func TestArchitecture(t *testing.T) {
	root := filepath.Join("..", "..", "..")
	gomod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(gomod), "\n")
	module, ok := strings.CutPrefix(first, "module ")
	if !ok {
		t.Fatalf("go.mod begins with %q, want its module line", first)
	}
	problems, err := check(os.DirFS(root), strings.TrimSpace(module))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}
}

// TestRefuses is the negative control of every limit: each tree breaks one rule
// and must be refused for exactly that, while its twin beside it is accepted.
func TestRefuses(t *testing.T) {
	lines := func(n int) string { return strings.Repeat("\n", n) }
	// fn is a function of n lines in a file of n+2.
	fn := func(n int) string { return "\nfunc f() {" + lines(n-1) + "}\n" }
	tests := []struct {
		name       string
		file       string
		bad, good  string // what follows the package clause
		goodFile   string // where the good text stands, if not in file
		wantReason string
	}{
		{"sibling product", "pii/sync.go", `import "waymark/lineage"`, `import "waymark/catalog"`, "", "must not import lineage"},
		{"surface imports a store", "graphql/assets.go", `import "waymark/catalog/kv"`, `import "waymark/catalog/job"`, "", "must not import catalog/kv"},
		{"surface imports an adapter", "cmd/internal/mcp/tools.go", `import "waymark/crawler/postgres"`, `import "waymark/crawler"`, "", "must not import crawler/postgres"},
		{"one connector imports another", "crawler/redshift/source.go", `import "waymark/crawler/postgres"`, `import "waymark/crawler/infoschema"`, "", "must not import crawler/postgres"},
		{"foundation looks up", "catalog/kv/sum.go", `import "waymark/catalog"`, `import "waymark/catalog/fault"`, "", "must not import catalog"},
		{"requests keep no store of their own", "pii/gdpr/request.go", `import "waymark/catalog/kv"`, `import "waymark/pii/vault"`, "", "must not import catalog/kv"},
		{"somebody imports the command", "cmd/internal/hammer/load.go", `import "waymark/cmd/waymark"`, `import "waymark/cmd/internal/httpd"`, "", "must not import cmd/waymark"},
		{"product code uses test support", "lineage/sync.go", `import "waymark/catalog/kv/memkv"`, `import "waymark/catalog/kv/memkv"`, "lineage/sync_test.go", "must not import catalog/kv/memkv"},
		{"suite outside its subtree", "pii/sync_test.go", `import "waymark/catalog/kv/kvtest"`, `import "waymark/catalog/kv/kvtest"`, "catalog/kv/memkv/memkv_test.go", "must not import catalog/kv/kvtest"},
		{"unlisted directory", "catalog/mill/mill.go", `import "waymark/catalog/fault"`, ``, "", "no row in the table of imports"},
		{"outside the tree", "extra/extra.go", ``, ``, "ui/embed.go", "Go files live below"},

		{"driver out of place", "catalog/store.go", `import "go.etcd.io/bbolt"`, `import "go.etcd.io/bbolt"`, "catalog/kv/boltkv/store.go", "confined to catalog/kv/boltkv"},
		{"subpackage of a module", "graphql/fields.go", `import "github.com/blevesearch/bleve/v2/search"`, `import "github.com/graph-gophers/graphql-go/errors"`, "", "confined to catalog/search/bleveindex"},
		{"test tool in the product", "catalog/asset.go", `import "github.com/google/go-cmp/cmp"`, `import "github.com/google/go-cmp/cmp"`, "catalog/asset_test.go", "confined to (tests)"},
		{"peer outside the hammer", "catalog/search/peer_test.go", `import "github.com/blevesearch/bleve/v2"`, `import "github.com/blevesearch/bleve/v2"`, "cmd/internal/hammer/peer_test.go", "confined to catalog/search/bleveindex"},
		{"unknown module", "cmd/waymark/main.go", `import "example.com/leftpad"`, `import "github.com/spf13/cobra"`, "", "no place in the table of modules"},

		{"init function", "pii/policy.go", "func init() {}", "type t struct{}\nfunc (t) init() {}", "", "init function"},
		{"package-level registration", "crawler/mysql/source.go", `var source = crawler.Register("mysql")`, `var source = func() any { return register("mysql") }`, "", "registers at package level"},
		{"call for its effect", "crawler/mysql/types.go", `var _ = add("mysql")`, "var _ any = (*source)(nil)\nvar _ = (*source)(nil)", "", "registers at package level"},
		{"blank import", "crawler/postgres/source.go", `import _ "waymark/crawler/pgwire"`, `import _ "embed"`, "", "blank import of waymark/crawler/pgwire"},

		{"long file", "catalog/asset.go", lines(maxFileLines), lines(maxFileLines - 2), "", "has 602 lines"},
		{"long function", "catalog/asset.go", fn(maxFuncLines + 1), fn(maxFuncLines), "", "f has 101 lines"},
		{"long test function", "catalog/asset_test.go", fn(maxFuncLines + 1), fn(maxFuncLines), "", "f has 101 lines"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			expect(t, tree(tt.file, tt.bad), tt.wantReason)
			if tt.goodFile == "" {
				tt.goodFile = tt.file
			}
			expect(t, tree(tt.goodFile, tt.good))
		})
	}
}

func TestRefusesNames(t *testing.T) {
	for _, name := range refused {
		expect(t, fstest.MapFS{"crawler/" + name + "/a.go": file("// Package x is documented.\npackage " + name + "\n")}, "says nothing")
		expect(t, fstest.MapFS{"crawler/" + name + "/a.go": file("// Package x is documented.\npackage good\n")}, "says nothing")
	}
	expect(t, fstest.MapFS{"crawler/hive/types.go": file("// Package hive is documented.\npackage hive\n")})
}

func TestRefusesMissingPackageComment(t *testing.T) {
	bare := file("package catalog\n")
	expect(t, fstest.MapFS{"catalog/a.go": bare}, "catalog: no package comment")
	expect(t, fstest.MapFS{"catalog/a.go": file("// \npackage catalog\n")}, "catalog: no package comment")
	expect(t, fstest.MapFS{"catalog/a.go": bare, "catalog/doc.go": file("// Package catalog is.\npackage catalog\n")})
}

func TestRefusesLongChains(t *testing.T) {
	chain := []string{"cmd/waymark", "graphql", "pii/trail", "pii", "catalog", "catalog/access", "catalog/kv", "catalog/fault"}
	ok := fstest.MapFS{}
	for i, dir := range chain {
		src := "// Package p is documented.\npackage p\n"
		if i+1 < len(chain) {
			src += `import "waymark/` + chain[i+1] + "\"\n"
		}
		ok[dir+"/a.go"] = file(src)
	}
	expect(t, ok)
	ok["cmd/internal/hammer/a.go"] = file("// Package p is documented.\npackage p\nimport \"waymark/cmd/internal/mcp\"\n")
	ok["cmd/internal/mcp/a.go"] = file("// Package p is documented.\npackage p\nimport \"waymark/pii/gdpr\"\n")
	ok["pii/gdpr/a.go"] = file("// Package p is documented.\npackage p\nimport \"waymark/pii\"\n")
	expect(t, ok)
	ok["graphql/b.go"] = file("package p\nimport \"waymark/pii/gdpr\"\n")
	ok["pii/gdpr/b.go"] = file("package p\nimport \"waymark/pii/trail\"\n")
	expect(t, ok, "pii/gdpr/b.go must not import pii/trail", "cmd/waymark: import chain of 9", "cmd/internal/hammer: import chain of 9")
}

// TestLeavesGeneratedSizesAlone also shows that their imports are still checked.
func TestLeavesGeneratedSizesAlone(t *testing.T) {
	head := "// Code generated by a table. DO NOT EDIT.\n\n// Package urn is documented.\npackage urn\n"
	expect(t, fstest.MapFS{"catalog/urn/kinds.go": file(head + strings.Repeat("\n", maxFileLines))})
	expect(t, fstest.MapFS{"catalog/urn/kinds.go": file(head + `import "waymark/catalog"`)}, "must not import catalog")
}

func file(src string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(src)} }

// tree has one package of one file, documented in another unless there is none.
func tree(name, body string) fstest.MapFS {
	dir := name[:strings.LastIndex(name, "/")]
	return fstest.MapFS{
		name:            file("package p\n" + body + "\n"),
		dir + "/doc.go": file("// Package p is documented.\npackage p\n"),
	}
}

// expect checks a tree and wants exactly the given reasons, in any order.
func expect(t *testing.T, tree fstest.MapFS, want ...string) {
	t.Helper()
	got, err := check(tree, "waymark")
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(want) {
		t.Errorf("got %d problems want %d: %q", len(got), len(want), got)
	}
	for _, w := range want {
		if !strings.Contains(strings.Join(got, "\n"), w) {
			t.Errorf("got %q want a problem with %q", got, w)
		}
	}
}
