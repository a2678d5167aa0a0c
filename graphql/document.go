package graphql

import (
	"slices"
	"strconv"
	"strings"

	"waymark/catalog/fault"
)

// outline is the shape of a GraphQL document: what its size and cost depend on.
// The library validates in time that grows with the square of a document's size and
// cannot be stopped, so this reader goes first, in one pass.
type outline struct {
	operations []*operation
	fragments  map[string]*fragmentDef
}

type operation struct {
	kind, name string
	defaults   map[string]*int64 // of variables that hold whole numbers
	body       []selection
}

type fragmentDef struct {
	on   string
	body []selection
}

// selection is a field, a spread of a named fragment, or an inline fragment.
type selection struct {
	field, alias string
	spread       string
	on           string // type of an inline fragment; "" keeps the surrounding one
	args         []argument
	body         []selection
}

// argument is one whose value is a whole number or a variable; others do not matter.
type argument struct {
	name, variable string
	number         *int64
}

const (
	maxNesting    = 64 // of brackets: far above the deepest document within maxDepth
	maxDirectives = 200
	maxOperations = 10
	maxFragments  = 200
	maxVariables  = 100
	maxValues     = 5000 // literal values of all arguments
)

// reader is a recursive-descent parser; the first error ends it.
type reader struct {
	text       string
	at         int
	tok        string // the current token; "" at the end
	kind       byte   // 'n' a name, '0' a number, '"' a string, '!' punctuation, 0 the end
	nesting    int
	fields     int
	directives int
	values     int
	err        error
}

func readDocument(text string) (*outline, error) {
	r := &reader{text: strings.TrimPrefix(text, "\ufeff")}
	d := &outline{fragments: map[string]*fragmentDef{}}
	r.next()
	for r.err == nil && r.kind != 0 {
		if r.kind == '"' { // a description
			r.next()
			continue
		}
		r.definition(d)
		if r.err == nil && (len(d.operations) > maxOperations || len(d.fragments) > maxFragments) {
			r.fail("more than %d operations or %d fragments", maxOperations, maxFragments)
		}
	}
	if r.err == nil && len(d.operations) == 0 {
		r.fail("no operation")
	}
	return d, r.err
}

func (r *reader) definition(d *outline) {
	if r.tok == "{" {
		d.operations = append(d.operations, &operation{kind: "query", body: r.selections()})
		return
	}
	switch kind := r.name(); kind {
	case "query", "mutation", "subscription":
		op := &operation{kind: kind, defaults: map[string]*int64{}}
		if r.kind == 'n' {
			op.name = r.name()
		}
		if r.tok == "(" {
			r.variables(op)
		}
		r.annotations()
		op.body = r.selections()
		d.operations = append(d.operations, op)
	case "fragment":
		name := r.name()
		if _, twice := d.fragments[name]; twice {
			r.fail("two fragments %s", name)
		}
		r.expect("on")
		f := &fragmentDef{on: r.name()}
		d.fragments[name] = f
		r.annotations()
		f.body = r.selections()
	default:
		r.fail("unexpected %.40q", kind)
	}
}

func (r *reader) variables(op *operation) {
	r.expect("(")
	for n := 0; r.err == nil && r.tok != ")"; n++ {
		if n == maxVariables {
			r.fail("more than %d variables", maxVariables)
			return
		}
		if r.kind == '"' {
			r.next()
		}
		r.expect("$")
		name := r.name()
		r.expect(":")
		r.typeReference()
		if r.tok == "=" {
			r.next()
			op.defaults[name] = r.value().number
		}
		r.annotations()
	}
	r.expect(")")
}

func (r *reader) typeReference() {
	defer r.descend()()
	if r.tok == "[" {
		r.next()
		r.typeReference()
		r.expect("]")
	} else {
		r.name()
	}
	if r.tok == "!" {
		r.next()
	}
}

func (r *reader) selections() (out []selection) {
	defer r.descend()()
	r.expect("{")
	for r.err == nil && (len(out) == 0 || r.tok != "}") {
		if r.fields++; r.fields > maxSelections { // those of unused fragments are validated too
			r.fail("more than %d fields", maxSelections)
		}
		out = append(out, r.selection())
	}
	r.expect("}")
	return out
}

func (r *reader) selection() (s selection) {
	if r.tok == "..." {
		r.next()
		if r.kind == 'n' && r.tok != "on" {
			s.spread = r.name()
			r.annotations()
			return s
		}
		if r.tok == "on" {
			r.next()
			s.on = r.name()
		}
		r.annotations()
		s.body = r.selections()
		return s
	}
	s.field = r.name()
	if r.tok == ":" {
		r.next()
		s.alias, s.field = s.field, r.name()
	}
	if r.tok == "(" {
		s.args = r.arguments()
	}
	r.annotations()
	if r.tok == "{" {
		s.body = r.selections()
	}
	return s
}

func (r *reader) annotations() {
	for r.err == nil && r.tok == "@" {
		if r.directives++; r.directives > maxDirectives {
			r.fail("more than %d directives", maxDirectives)
			return
		}
		r.next()
		r.name()
		if r.tok == "(" {
			r.arguments()
		}
	}
}

func (r *reader) arguments() (out []argument) {
	r.expect("(")
	for r.err == nil && r.tok != ")" {
		name := r.name()
		r.expect(":")
		a := r.value()
		a.name = name
		if a.number != nil || a.variable != "" {
			out = append(out, a)
		}
	}
	r.expect(")")
	return out
}

func (r *reader) value() (a argument) {
	defer r.descend()()
	if r.values++; r.values > maxValues {
		r.fail("more than %d values", maxValues)
	}
	switch {
	case r.tok == "$":
		r.next()
		a.variable = r.name()
	case r.tok == "[":
		r.next()
		for r.err == nil && r.tok != "]" {
			r.value()
		}
		r.expect("]")
	case r.tok == "{":
		r.next()
		for r.err == nil && r.tok != "}" {
			r.name()
			r.expect(":")
			r.value()
		}
		r.expect("}")
	case r.kind == '0':
		if n, err := strconv.ParseInt(r.tok, 10, 64); err == nil {
			a.number = &n
		} else if !strings.ContainsAny(r.tok, ".eE") {
			r.fail("%.40s is no number of this API", r.tok)
		}
		r.next()
	case r.kind == 'n' || r.kind == '"':
		r.next()
	default:
		r.fail("unexpected %.40q", r.tok)
	}
	return a
}

// descend counts one level more; what it returns takes it back.
func (r *reader) descend() func() {
	if r.nesting++; r.nesting > maxNesting {
		r.fail("brackets nested more than %d deep", maxNesting)
	}
	return func() { r.nesting-- }
}

func (r *reader) name() string {
	tok := r.tok
	if r.kind != 'n' {
		r.fail("unexpected %.40q where a name is due", tok)
		return ""
	}
	r.next()
	return tok
}

func (r *reader) expect(tok string) {
	if r.tok != tok || r.kind == '"' {
		r.fail("unexpected %.40q, expecting %q", r.tok, tok)
		return
	}
	r.next()
}

// fail keeps the first error and ends the reading.
func (r *reader) fail(format string, args ...any) {
	if r.err == nil {
		line := 1 + strings.Count(r.text[:min(r.at, len(r.text))], "\n")
		r.err = fault.Invalid.Errorf("the document, line %d: "+format, slices.Insert(args, 0, any(line))...)
	}
	r.kind, r.tok, r.at = 0, "", len(r.text)
}
