package arch

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// checker reads one source tree and collects what is wrong with it.
type checker struct {
	module     string
	fset       *token.FileSet
	documented map[string]bool                // directory -> has a package comment
	imports    map[string]map[string]struct{} // directory -> directories, test files left out
	problems   []string
}

// check returns what the tree of the named module breaks, sorted.
func check(tree fs.FS, module string) ([]string, error) {
	c := &checker{
		module: module, fset: token.NewFileSet(),
		documented: map[string]bool{}, imports: map[string]map[string]struct{}{},
	}
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && skipped(d.Name()):
			return fs.SkipDir
		case d.IsDir() || path.Ext(name) != ".go":
			return nil
		}
		src, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		return c.file(name, src)
	})
	if err != nil {
		return nil, err
	}
	for dir, ok := range c.documented {
		if !ok {
			c.fail("%s: no package comment", dir)
		}
	}
	c.chains()
	slices.Sort(c.problems)
	return c.problems, nil
}

func skipped(dir string) bool {
	return dir == "node_modules" || dir == "testdata" || (dir != "." && strings.HasPrefix(dir, "."))
}

func (c *checker) fail(format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf(format, args...))
}

func (c *checker) file(name string, src []byte) error {
	f, err := parser.ParseFile(c.fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	dir := path.Dir(name)
	pkg := strings.TrimSuffix(f.Name.Name, "_test")
	_, seen := c.documented[dir]
	if top, _, _ := strings.Cut(dir, "/"); !seen && !slices.Contains(topLevel, top) {
		c.fail("%s: Go files live below %s only", dir, strings.Join(topLevel, ", "))
	}
	if slices.Contains(refused, pkg) || slices.Contains(refused, path.Base(dir)) {
		c.fail("%s: package name %q says nothing; name it for what it provides", dir, pkg)
	}
	c.documented[dir] = c.documented[dir] || f.Doc != nil && strings.TrimSpace(f.Doc.Text()) != ""
	for _, im := range f.Imports {
		c.importOf(name, im)
	}
	c.registrations(name, f)
	if !ast.IsGenerated(f) {
		c.sizes(name, f)
	}
	return nil
}

// importOf checks one import of the file called name.
func (c *checker) importOf(name string, im *ast.ImportSpec) {
	target, err := strconv.Unquote(im.Path.Value)
	if err != nil {
		c.fail("%s: import %s: %v", name, im.Path.Value, err)
		return
	}
	dep, own := strings.CutPrefix(target, c.module+"/")
	first, _, _ := strings.Cut(target, "/")
	switch {
	case own:
		c.ownImport(name, dep)
	case strings.Contains(first, "."):
		c.thirdParty(name, target)
	}
	if im.Name != nil && im.Name.Name == "_" && !slices.Contains(blank, target) && !isDriver(target) {
		c.fail("%s: blank import of %s; name the constructor in a table", name, target)
	}
}

// isDriver reports whether target registers itself with database/sql, the one
// registration that cannot be avoided. Its place is checked by thirdParty.
func isDriver(target string) bool {
	return target == "modernc.org/sqlite" || target == "github.com/go-sql-driver/mysql" || target == "github.com/jackc/pgx/v5/stdlib"
}

func (c *checker) ownImport(name, dep string) {
	dir := path.Dir(name)
	test := strings.HasSuffix(name, "_test.go")
	if !test && dep != dir {
		if c.imports[dir] == nil {
			c.imports[dir] = map[string]struct{}{}
		}
		c.imports[dir][dep] = struct{}{}
	}
	row := slices.IndexFunc(rules, func(r rule) bool { return match(r.dir, dir) })
	if row < 0 {
		c.fail("%s has no row in the table of imports", dir)
		return
	}
	deps := rules[row].deps
	if test {
		deps = join(deps, domain, append([]string{dir}, support...)...)
		if home, ok := suites[dep]; ok && match(home, dir) {
			return
		}
	}
	if !slices.ContainsFunc(deps, func(p string) bool { return match(p, dep) }) {
		c.fail("%s must not import %s", name, dep)
	}
}

func (c *checker) thirdParty(name, target string) {
	dir := path.Dir(name)
	test := strings.HasSuffix(name, "_test.go") || strings.HasSuffix(dir, "test")
	for _, row := range confined {
		if !match(row.module+"/...", target) {
			continue
		}
		ok := slices.ContainsFunc(row.places, func(p string) bool {
			return match(p, dir) || p == tests && test || dir == peers && test
		})
		if !ok {
			c.fail("%s imports %s, which is confined to %s", name, target, strings.Join(row.places, ", "))
		}
		return
	}
	c.fail("%s imports %s, which has no place in the table of modules", name, target)
}

// registrations refuses what runs by being linked in: init functions and calls
// of package level that are made for their effect.
func (c *checker) registrations(name string, f *ast.File) {
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil && d.Name.Name == "init" {
				c.fail("%s: init function; build it in New, or list it in a table", name)
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				if v, ok := s.(*ast.ValueSpec); ok && registers(v) {
					c.fail("%s: %s registers at package level; list it in a table", name, v.Names[0].Name)
				}
			}
		}
	}
}

// registers reports whether v is there for the effect of a call: its values are
// thrown away without even asserting a type, or it calls something named Register.
func registers(v *ast.ValueSpec) bool {
	found := false
	for _, value := range v.Values {
		ast.Inspect(value, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if _, lit := n.(*ast.FuncLit); lit || !ok {
				return !lit
			}
			switch fun := call.Fun.(type) {
			case *ast.Ident:
				found = found || named(fun.Name) || v.Type == nil && v.Names[0].Name == "_"
			case *ast.SelectorExpr:
				found = found || named(fun.Sel.Name) || v.Type == nil && v.Names[0].Name == "_"
			}
			return true
		})
	}
	return found
}

func named(function string) bool {
	return strings.HasPrefix(strings.ToLower(function), "register")
}

func (c *checker) sizes(name string, f *ast.File) {
	if n := c.fset.Position(f.FileEnd).Line; n > maxFileLines {
		c.fail("%s has %d lines; split it below %d", name, n, maxFileLines)
	}
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		if n := c.fset.Position(fn.End()).Line - c.fset.Position(fn.Pos()).Line + 1; n > maxFuncLines {
			c.fail("%s: %s has %d lines; split it below %d", name, fn.Name.Name, n, maxFuncLines)
		}
	}
}

// chains refuses import chains of more than maxChain packages. A package that
// reaches itself would not compile, so the walk ends.
func (c *checker) chains() {
	longest := map[string][]string{}
	var walk func(dir string) []string
	walk = func(dir string) []string {
		if chain, ok := longest[dir]; ok {
			return chain
		}
		longest[dir] = []string{dir}
		var below []string
		for dep := range c.imports[dir] {
			if chain := walk(dep); len(chain) > len(below) {
				below = chain
			}
		}
		longest[dir] = append([]string{dir}, below...)
		return longest[dir]
	}
	for dir := range c.imports {
		if chain := walk(dir); len(chain) > maxChain {
			c.fail("%s: import chain of %d packages, %d are allowed: %s", dir, len(chain), maxChain, strings.Join(chain, " > "))
		}
	}
}

// match reports whether dir is meant by pattern: itself, "a/*" or "a/...".
func match(pattern, dir string) bool {
	if pattern == "..." {
		return true
	}
	if p, ok := strings.CutSuffix(pattern, "/..."); ok {
		return dir == p || strings.HasPrefix(dir, p+"/")
	}
	if p, ok := strings.CutSuffix(pattern, "/*"); ok {
		return path.Dir(dir) == p
	}
	return pattern == dir
}
