package graphql

import (
	"encoding/json"
	"math"

	"github.com/graph-gophers/graphql-go/ast"

	"waymark/catalog/fault"
)

// Bounds of one document, counted with its fragments spread. The largest operation of
// the UI is named with each, as a test measures it.
const (
	maxDepth      = 12        // the deepest page asks for 6
	maxSelections = 2000      // with fragments spread; an asset's page has 283
	maxAliases    = 30        // no page has one; scripts ask for a dozen things at once
	maxCost       = 1_200_000 // values in the answer; a lineage of 10,000 nodes with all that is drawn has 1,010,001
	maxOverlaps   = 20_000    // pairs of fields that the library compares
	maxErrors     = 20        // errors of one document that are told
)

// unpagedFactor is how many entries the cost reckons with for a list without first.
const unpagedFactor = 5

// intRange is the range of an argument of type Int.
type intRange struct{ least, most int64 }

// ranges are those of all arguments of type Int in the schema, by name.
var ranges = map[string]intRange{
	"first":  {0, 10_000},
	"offset": {0, 1_000_000},
	"depth":  {0, 10_000},
	"days":   {0, 3_660},
	"rank":   {0, 1_000_000},
}

// extent is how large a part of a document is.
type extent struct {
	selections, aliases, depth int
	cost                       float64 // float64: products overflow
}

func (e *extent) add(o extent) {
	e.selections += o.selections
	e.aliases += o.aliases
	e.depth = max(e.depth, o.depth)
	e.cost += o.cost
}

// check refuses what exceeds a bound of the whole document.
func (e extent) check() error {
	switch {
	case e.depth > maxDepth:
		return fault.Invalid.Errorf("the query is %d levels deep; at most %d are allowed", e.depth, maxDepth)
	case e.selections > maxSelections:
		return fault.Invalid.Errorf("the query asks for more than %d fields", maxSelections)
	case e.aliases > maxAliases:
		return fault.Invalid.Errorf("the query has more than %d aliases; send several queries", maxAliases)
	case e.cost > maxCost:
		return fault.Invalid.Errorf("the query could return %.0f values, at most %d are allowed; ask for fewer with first", e.cost, maxCost)
	}
	return nil
}

// gauge measures a document against the schema.
type gauge struct {
	schema    *ast.Schema
	doc       *outline
	op        *operation
	variables map[string]any
	fragments map[spread]*extent // measured; nil while it is being measured
}

// spread is a fragment where a page is given by the field above it, or not.
type spread struct {
	name  string
	paged bool
}

// examine refuses a document that would cost too much to validate or to answer. It
// takes time in proportion to the document's length. It returns the operation to run.
func (h *Handler) examine(q Query) (*operation, error) {
	if len(q.Query) > maxQuery {
		return nil, fault.Invalid.Errorf("the query has %d bytes, at most %d are allowed", len(q.Query), maxQuery)
	}
	if err := checkVariables(q.Variables); err != nil {
		return nil, err
	}
	doc, err := readDocument(q.Query)
	if err != nil {
		return nil, err
	}
	chosen := doc.operations[0]
	var total extent
	for _, op := range doc.operations {
		g := gauge{schema: h.schema.AST(), doc: doc, op: op, variables: q.Variables, fragments: map[spread]*extent{}}
		e, err := g.measure(op.body, g.rootType(op.kind), false)
		if err != nil {
			return nil, err
		}
		if total.add(e); q.OperationName == op.name {
			chosen = op
		}
		if err := total.check(); err != nil {
			return nil, err
		}
	}
	return chosen, nil
}

func (g *gauge) rootType(kind string) string {
	if t := g.schema.RootOperationTypes[kind]; t != nil {
		return t.TypeName()
	}
	return ""
}

// measure adds up selections on a type; paged says that a field above bounds the list.
func (g *gauge) measure(list []selection, on string, paged bool) (sum extent, err error) {
	for _, s := range list {
		var e extent
		switch {
		case s.spread != "":
			e, err = g.fragment(spread{s.spread, paged})
		case s.field == "":
			if s.on != "" {
				on = s.on
			}
			e, err = g.measure(s.body, on, paged)
		default:
			e, err = g.field(s, on, paged)
		}
		if err != nil {
			return sum, err
		}
		if sum.add(e); sum.selections > maxSelections || sum.depth > maxDepth {
			return sum, sum.check() // the rest cannot make it smaller
		}
	}
	sum.selections++ // a spread counts, though it may be empty
	return sum, sum.check()
}

func (g *gauge) fragment(s spread) (extent, error) {
	if e, known := g.fragments[s]; known {
		if e == nil {
			return extent{}, fault.Invalid.Errorf("fragment %.100s contains itself", s.name)
		}
		return *e, nil
	}
	f := g.doc.fragments[s.name]
	if f == nil {
		return extent{}, fault.Invalid.Errorf("no fragment is called %.100s", s.name)
	}
	g.fragments[s] = nil
	e, err := g.measure(f.body, f.on, s.paged)
	g.fragments[s] = &e
	return e, err
}

func (g *gauge) field(s selection, on string, paged bool) (extent, error) {
	def := g.definition(on, s.field)
	factor, bounded, err := g.factor(def, s.args, paged)
	if err != nil {
		return extent{}, err
	}
	var in extent
	if len(s.body) > 0 {
		if in, err = g.measure(s.body, named(def), bounded); err != nil {
			return extent{}, err
		}
	}
	out := extent{selections: in.selections + 1, aliases: in.aliases, depth: in.depth + 1, cost: 1 + factor*in.cost}
	if s.alias != "" {
		out.aliases++
	}
	return out, nil
}

// definition returns the field of a type, or nil: validation will say so.
func (g *gauge) definition(on, field string) *ast.FieldDefinition {
	switch field {
	case "__schema":
		return &ast.FieldDefinition{Type: g.schema.Types["__Schema"]}
	case "__type":
		return &ast.FieldDefinition{Type: g.schema.Types["__Type"]}
	}
	switch t := g.schema.Types[on].(type) {
	case *ast.ObjectTypeDefinition:
		return t.Fields.Get(field)
	case *ast.InterfaceTypeDefinition:
		return t.Fields.Get(field)
	}
	return nil
}

// named returns the name of what a field holds, without list and non-null.
func named(def *ast.FieldDefinition) string {
	if def == nil {
		return ""
	}
	t := def.Type
	for {
		switch x := t.(type) {
		case *ast.List:
			t = x.OfType
		case *ast.NonNull:
			t = x.OfType
		case ast.NamedType:
			return x.TypeName()
		default:
			return ""
		}
	}
}

func isList(t ast.Type) bool {
	if nn, ok := t.(*ast.NonNull); ok {
		t = nn.OfType
	}
	_, ok := t.(*ast.List)
	return ok
}

// factor is how often what stands below a field is answered, and whether its own
// first bounds the lists directly below.
func (g *gauge) factor(def *ast.FieldDefinition, args []argument, paged bool) (float64, bool, error) {
	if def == nil {
		return 1, false, nil
	}
	factor, bounded := 1.0, false
	if isList(def.Type) && !paged {
		factor = unpagedFactor
	}
	for _, in := range def.Arguments {
		limits, known := ranges[in.Name.Name]
		if !known || in.Type.String() != "Int" && in.Type.String() != "Int!" {
			continue
		}
		n, given := g.number(in, args)
		if given && (n < limits.least || n > limits.most) {
			return 0, false, fault.Invalid.Errorf("%s: %s is %d; it is a number from %d to %d", def.Name, in.Name.Name, n, limits.least, limits.most)
		}
		if given && in.Name.Name == "first" {
			factor, bounded = float64(n), true
		}
	}
	return factor, bounded, nil
}

// number is the value of an argument: written, of a variable, or by default.
func (g *gauge) number(in *ast.InputValueDefinition, args []argument) (int64, bool) {
	for _, a := range args {
		if a.name != in.Name.Name {
			continue
		}
		if a.number != nil {
			return *a.number, true
		}
		if v, ok := g.variables[a.variable]; ok {
			return wholeNumber(v)
		}
		if d := g.op.defaults[a.variable]; d != nil {
			return *d, true
		}
	}
	if v, ok := in.Default.(*ast.PrimitiveValue); ok {
		return wholeNumber(v.Deserialize(nil))
	}
	return 0, false
}

// wholeNumber reads a variable; what is no number is left to validation.
func wholeNumber(v any) (int64, bool) {
	switch n := v.(type) {
	case int:
		return int64(n), true
	case int32:
		return int64(n), true
	case int64:
		return n, true
	case json.Number:
		i, err := n.Int64()
		return i, err == nil
	case float64:
		if math.IsNaN(n) {
			return 0, false
		}
		return int64(max(min(n, 1<<53), -1<<53)), true
	}
	return 0, false
}

const (
	maxVariableValues = 20_000 // the largest change set has some hundred files
	maxVariableDepth  = 16
	maxVariableName   = 256 // bytes of a member's name: unknown ones are compared with all known
)

// checkVariables bounds what validation does for each value of a variable.
func checkVariables(vars map[string]any) error {
	left := maxVariableValues
	for name, v := range vars {
		if err := checkValue(v, &left, maxVariableDepth); err != nil {
			return fault.Invalid.Errorf("variable %.40q: %w", name, err)
		}
	}
	return nil
}

func checkValue(v any, left *int, depth int) error {
	if *left--; *left < 0 {
		return fault.Invalid.Errorf("more than %d values", maxVariableValues)
	}
	if depth == 0 {
		return fault.Invalid.Errorf("nested more than %d deep", maxVariableDepth)
	}
	switch x := v.(type) {
	case []any:
		for _, e := range x {
			if err := checkValue(e, left, depth-1); err != nil {
				return err
			}
		}
	case map[string]any:
		for name, e := range x {
			if len(name) > maxVariableName {
				return fault.Invalid.Errorf("a name of %d bytes", len(name))
			}
			if err := checkValue(e, left, depth-1); err != nil {
				return err
			}
		}
	}
	return nil
}
