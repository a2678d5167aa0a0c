package crawler_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"waymark/catalog/fault"
	"waymark/crawler"
)

func TestParseRecipe(t *testing.T) {
	r, err := crawler.ParseRecipe([]byte(`name: shop
source:
  type: postgres
  config: {dsn: "postgres://reader:${SHOP_PW}@db/shop"}
schedule: "0 * * * *"
actors: {service: ["^svc_"]}
`))
	if err != nil || r.Name != "shop" || r.Type != "postgres" || r.Schedule != "0 * * * *" || len(r.Service) != 1 {
		t.Fatalf("got %+v, %v", r, err)
	}
	if !strings.Contains(r.Text, "${SHOP_PW}") {
		t.Errorf("the text lost its reference: %s", r.Text)
	}
}

func TestBadRecipes(t *testing.T) {
	const head = "name: shop\nsource:\n  type: postgres\n"
	tests := []struct {
		name, text, want string
	}{
		{"empty", "", "the recipe is empty"},
		{"no YAML", "name: [", "is not YAML"},
		{"unknown key", head + "shedule: daily\n", `line 4: unknown key "shedule" in the recipe; it knows actors,`},
		{"unknown inner key", head + "actors: {services: [x]}\n", `line 4: unknown key "services" in the recipe.actors`},
		{"wrong type", head + "schedule: [1]\n", "line 4"},
		{"no name", "source: {type: x}\n", "has no name"},
		{"bad name", "name: a b\nsource: {type: x}\n", "cannot be the name"},
		{"no type", "name: shop\n", "has no source.type"},
		{"two recipes", head + "---\n" + head, "more than one recipe"},
		{"an alias", head + "  config: {a: &x 1, b: *x}\n", "no YAML aliases"},
		{"bad pattern", head + "actors: {service: ['(']}\n", "is not a pattern"},
		{"a list", "- name: shop\n", "wants keys and values"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := crawler.ParseRecipe([]byte(tt.text))
			if !errors.Is(err, fault.Invalid) || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want one line with %q", err, tt.want)
			}
		})
	}
}

// TestInlineSecrets: a literal password is refused without being repeated, and
// where it is allowed it is never kept.
func TestInlineSecrets(t *testing.T) {
	const pw = "hunter2-%40x"
	for _, config := range []string{
		"dsn: postgres://reader:" + pw + "@db:5432/shop", "dsn: 'host=db user=reader password=" + pw + "'", "dsn: 'reader:" + pw + "@tcp(db:3306)/shop'",
		"url: https://u:" + pw + "@host/", "password: " + pw, "api_key: " + pw, "token: " + pw, "nested: {client_secret: " + pw + "}",
	} {
		text := "name: shop\nsource:\n  type: x\n  config:\n    " + config + "\n"
		_, err := crawler.ParseRecipe([]byte(text))
		if !errors.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "line 5") || strings.Contains(err.Error(), pw) {
			t.Errorf("%s: got %v, want a refusal of line 5 without the secret", config, err)
		}
		r, err := crawler.ParseRecipe([]byte(text + "allow_inline_secrets: true\n"))
		if err != nil || strings.Contains(r.Text, pw) || !strings.Contains(r.Text, "***") {
			t.Errorf("%s: allowed, got %v and text %s", config, err, r.Text)
		}
	}
	for _, config := range []string{
		"dsn: postgres://reader@db:5432/shop?application_name=a@b", "dsn: postgres://reader:${PW}@db/shop", "dsn: ${DSN}", "dsn: 'host=db password=${file:/x}'",
		"dsn: 'reader:${PW}@tcp(db:3306)/shop'", "dsn: 'reader@tcp(db:3306)/shop'", "password: ${PW}", "note: 'mail: a@b.example'",
	} {
		if _, err := crawler.ParseRecipe([]byte("name: shop\nsource:\n  type: x\n  config:\n    " + config + "\n")); err != nil {
			t.Errorf("%s: got %v, want none", config, err)
		}
	}
}

func TestDecode(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pw")
	if err := os.WriteFile(file, []byte("from: file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("WAYMARK_TEST_PW", "from env")
	type config struct {
		One  crawler.Secret `yaml:"one"`
		Two  crawler.Secret `yaml:"two"`
		Rows int            `yaml:"rows"`
	}
	open := func(text string) (config, error) {
		r, err := crawler.ParseRecipe([]byte("name: shop\nsource:\n  type: x\n  config:\n" + text))
		if err != nil {
			t.Fatal(err)
		}
		var c config
		err = r.Config().Decode(&c)
		return c, err
	}
	c, err := open("    one: a ${WAYMARK_TEST_PW} b\n    two: ${file:" + file + "}\n    rows: 7\n")
	if err != nil || c.One.Reveal() != "a from env b" || c.Two.Reveal() != "from: file" || c.Rows != 7 {
		t.Errorf("got %q, %q, %d, %v", c.One.Reveal(), c.Two.Reveal(), c.Rows, err)
	}
	inside := struct{ hidden config }{c}
	text, err := json.Marshal(c)
	if printed := fmt.Sprintf("%v %+v %#v %s %q %x %d %s %+v %#v", c, c, c, c.One, c.One, c.One, c, text, inside, inside); err != nil || strings.Contains(printed, "from") || strings.Contains(printed, "66726f6d") {
		t.Errorf("a secret was printed: %s, %v", printed, err)
	}
	for text, want := range map[string]string{
		"    three: 1\n":                   `line 5: unknown key "three" in source.config; it knows one, rows, two`,
		"    one: ${WAYMARK_TEST_UNSET}\n": "line 5: ${WAYMARK_TEST_UNSET} is not set",
		"    one: ${file:/nowhere}\n":      "line 5: ${file:/nowhere} cannot be read",
		"    rows: ${WAYMARK_TEST_PW}\n":   "line 5",
		"    rows: many\n":                 "line 5",
	} {
		if _, err := open(text); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "recipe shop") || strings.Contains(err.Error(), "from env") {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
}

func FuzzParseRecipe(f *testing.F) {
	f.Add("name: a\nsource: {type: b, config: {dsn: 'x:y@tcp(z)/'}}\nerase: {}\n")
	f.Add("allow_inline_secrets: true\nname: &a b\nsource: *a\n")
	f.Fuzz(func(t *testing.T, text string) {
		r, err := crawler.ParseRecipe([]byte(text))
		if err == nil && r.Name == "" {
			t.Error("a recipe without a name was accepted")
		}
	})
}
