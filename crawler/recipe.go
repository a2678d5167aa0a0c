package crawler

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"waymark/catalog/fault"
)

// Recipe says how one source is read. Text is the YAML as it was written, with
// literal secrets masked: what is stored and shown.
type Recipe struct {
	Name     string
	Type     string
	Schedule string // cron expression, or ""
	Text     string
	// Service holds patterns of the accounts that are not people.
	Service []string
	// KeepLiterals keeps the literals of view definitions.
	KeepLiterals bool

	config *yaml.Node
	erase  *yaml.Node
	cut    bool // a secret was masked: what is stored cannot be opened
}

// document is the outer form of a recipe.
type document struct {
	Name   string `yaml:"name"`
	Source struct {
		Type   string    `yaml:"type"`
		Config yaml.Node `yaml:"config"`
	} `yaml:"source"`
	Erase    yaml.Node `yaml:"erase"`
	Schedule string    `yaml:"schedule"`
	Actors   struct {
		Service []string `yaml:"service"`
	} `yaml:"actors"`
	Definitions struct {
		KeepLiterals bool `yaml:"keep_literals"`
	} `yaml:"definitions"`
	AllowInlineSecrets bool `yaml:"allow_inline_secrets"`
}

var validName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$`)

// ParseRecipe reads one recipe. Errors name the key and its line. The keys of
// source.config are checked when the source is opened, by its connector.
func ParseRecipe(text []byte) (Recipe, error) {
	root, err := parse(text)
	if err != nil {
		return Recipe{}, err
	}
	var d document
	if err := decode(root, &d, "the recipe"); err != nil {
		return Recipe{}, err
	}
	secrets := literals(root)
	if len(secrets) > 0 && !d.AllowInlineSecrets {
		s := secrets[0]
		return Recipe{}, fault.Invalid.Errorf("line %d: %s holds a literal secret; write ${ENV} or ${file:/path} in its place, or set allow_inline_secrets: true", s.line, s.key)
	}
	r := Recipe{Name: d.Name, Type: d.Source.Type, Schedule: d.Schedule, Service: d.Actors.Service,
		KeepLiterals: d.Definitions.KeepLiterals, Text: mask(string(text), secrets)}
	r.cut = find(root, func(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && strings.Contains(n.Value, masked) }) != nil
	if d.Source.Config.Kind != 0 {
		r.config = &d.Source.Config
	}
	if d.Erase.Kind != 0 {
		r.erase = &d.Erase
	}
	return r, r.check()
}

func (r Recipe) check() error {
	switch {
	case r.Name == "":
		return fault.Invalid.Errorf("the recipe has no name; add the line `name: shop`")
	case !validName.MatchString(r.Name):
		return fault.Invalid.Errorf("%q cannot be the name of a recipe: use letters, digits, dots, dashes and underscores", r.Name)
	case r.Type == "":
		return fault.Invalid.Errorf("recipe %s has no source.type; add for example `type: postgres`", r.Name)
	}
	for _, p := range r.Service {
		if _, err := regexp.Compile(p); err != nil {
			return fault.Invalid.Errorf("recipe %s: actors.service: %q is not a pattern: %w", r.Name, p, err)
		}
	}
	return nil
}

// Config returns what the connector of the recipe is given.
func (r Recipe) Config() Config {
	return Config{Name: r.Name, Service: r.Service, config: r.config, erase: r.erase}
}

func parse(text []byte) (*yaml.Node, error) {
	dec := yaml.NewDecoder(bytes.NewReader(text))
	var doc yaml.Node
	if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
		return nil, fault.Invalid.Errorf("the recipe is empty")
	} else if err != nil {
		return nil, fault.Invalid.Errorf("the recipe is not YAML: %s", strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, fault.Invalid.Errorf("the file holds more than one recipe; write one file for each")
	}
	root := doc.Content[0]
	if alias := find(root, func(n *yaml.Node) bool { return n.Kind == yaml.AliasNode }); alias != nil {
		return nil, fault.Invalid.Errorf("line %d: a recipe has no YAML aliases; write the value out", alias.Line)
	}
	return root, nil
}

// literal is a secret that stands in the recipe itself.
type literal struct {
	key, text string
	line      int
}

func literals(n *yaml.Node) []literal {
	var out []literal
	for i := range n.Content {
		if v := n.Content[i]; n.Kind == yaml.MappingNode && i%2 == 1 && v.Kind == yaml.ScalarNode {
			key := n.Content[i-1].Value
			for _, text := range inline(key, v.Value) {
				out = append(out, literal{key, text, v.Line})
			}
		}
		out = append(out, literals(n.Content[i])...)
	}
	return out
}

// mask removes literal secrets from the text that is kept, the longest first.
func mask(text string, secrets []literal) string {
	slices.SortFunc(secrets, func(a, b literal) int { return len(b.text) - len(a.text) })
	for _, s := range secrets {
		text = strings.ReplaceAll(text, s.text, masked)
	}
	return text
}

func find(n *yaml.Node, is func(*yaml.Node) bool) *yaml.Node {
	if is(n) {
		return n
	}
	for _, c := range n.Content {
		if hit := find(c, is); hit != nil {
			return hit
		}
	}
	return nil
}
