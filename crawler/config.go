package crawler

import (
	"encoding"
	"errors"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"waymark/catalog/fault"
)

// Config is what a connector is given of its recipe.
type Config struct {
	Name    string
	Service []string // patterns of service accounts

	config *yaml.Node
	erase  *yaml.Node
}

// Decode reads source.config into v, a pointer to a struct with yaml tags, and
// expands the references to secrets. An unknown key is an error with its line.
func (c Config) Decode(v any) error { return c.into(c.config, v, "source.config") }

// Erase reads the erase part into v and reports whether the recipe has one.
func (c Config) Erase(v any) (bool, error) {
	if c.erase == nil {
		return false, nil
	}
	return true, c.into(c.erase, v, "erase")
}

func (c Config) into(n *yaml.Node, v any, place string) (err error) {
	defer fault.Wrap(&err, "recipe %s", c.Name)
	if n == nil {
		return nil
	}
	// Decoded as written first: what this complains about holds no secret.
	if err := decode(n, reflect.New(reflect.TypeOf(v).Elem()).Interface(), place); err != nil {
		return err
	}
	full, err := expanded(n)
	if err != nil {
		return err
	}
	if full.Decode(v) != nil {
		return fault.Invalid.Errorf("line %d: a value of %s has the wrong type once its references are filled in", n.Line, place)
	}
	return nil
}

func expanded(n *yaml.Node) (*yaml.Node, error) {
	out := *n
	if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!str" {
		text, err := Expand(n.Value)
		if err != nil {
			return nil, fault.Invalid.Errorf("line %d: %w", n.Line, err)
		}
		out.Value = text
	}
	out.Content = make([]*yaml.Node, len(n.Content))
	for i, c := range n.Content {
		var err error
		if out.Content[i], err = expanded(c); err != nil {
			return nil, err
		}
	}
	return &out, nil
}

// decode reads n into v and refuses keys that v does not know, by line.
func decode(n *yaml.Node, v any, place string) error {
	if err := known(n, reflect.TypeOf(v).Elem(), place); err != nil {
		return err
	}
	var wrong *yaml.TypeError
	if err := n.Decode(v); errors.As(err, &wrong) {
		return fault.Invalid.Errorf("%s: %s", place, wrong.Errors[0])
	} else if err != nil {
		return fault.Invalid.Errorf("%s: %w", place, err)
	}
	return nil
}

var (
	nodeType   = reflect.TypeFor[yaml.Node]()
	scalarType = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// known walks the mappings of n beside the struct type t.
func known(n *yaml.Node, t reflect.Type, place string) error {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || t == nodeType || reflect.PointerTo(t).Implements(scalarType) {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		if n.ShortTag() == "!!null" {
			return nil
		}
		return fault.Invalid.Errorf("line %d: %s wants keys and values", n.Line, place)
	}
	fields := map[string]reflect.Type{}
	fieldsOf(t, fields)
	for i := 0; i < len(n.Content); i += 2 {
		key := n.Content[i]
		field, ok := fields[key.Value]
		if !ok {
			return fault.Invalid.Errorf("line %d: unknown key %q in %s; it knows %s", key.Line, key.Value, place, names(fields))
		}
		if err := known(n.Content[i+1], field, place+"."+key.Value); err != nil {
			return err
		}
	}
	return nil
}

func fieldsOf(t reflect.Type, into map[string]reflect.Type) {
	for f := range t.Fields() {
		name, rest, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		switch {
		case rest == "inline":
			fieldsOf(f.Type, into)
		case name != "":
			into[name] = f.Type
		}
	}
}

func names[V any](fields map[string]V) string {
	out := make([]string, 0, len(fields))
	for name := range fields {
		out = append(out, name)
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// Filter chooses names by patterns that match the whole name. An empty Allow
// allows every name; Deny wins.
type Filter struct {
	Allow []string `yaml:"allow"`
	Deny  []string `yaml:"deny"`
}

// Compile returns the filter as a function, or fault.Invalid with the pattern
// that is none.
func (f Filter) Compile() (func(name string) bool, error) {
	allow, err := compile(f.Allow)
	if err != nil {
		return nil, err
	}
	deny, err := compile(f.Deny)
	if err != nil {
		return nil, err
	}
	return func(name string) bool {
		return (allow == nil || allow.MatchString(name)) && (deny == nil || !deny.MatchString(name))
	}, nil
}

func compile(patterns []string) (*regexp.Regexp, error) {
	if len(patterns) == 0 {
		return nil, nil
	}
	for _, p := range patterns {
		if _, err := regexp.Compile(p); err != nil {
			return nil, fault.Invalid.Errorf("%q is not a pattern: %w", p, err)
		}
	}
	return regexp.MustCompile(`^(?:` + strings.Join(patterns, "|") + `)$`), nil
}
