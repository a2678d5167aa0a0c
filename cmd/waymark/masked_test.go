package main

import (
	"strings"
	"testing"
)

// No form of an address in which a driver takes a password shows it.
func TestConfigPrintMasksPasswordsInAddresses(t *testing.T) {
	const secret = "hunter2"
	for in, want := range map[string]string{
		"postgres://waymark:hunter2@db:5432/x?sslmode=disable":       "postgres://waymark:***@db:5432/x?sslmode=disable",
		"postgres://waymark:a@hunter2/b@db/x":                        "postgres://waymark:***@db/x",
		"postgres://:hunter2@db/x":                                   "postgres://:***@db/x",
		"pg:postgres://db/x?user=a&password=hunter2&sslmode=disable": "pg:postgres://db/x?user=a&password=***&sslmode=disable",
		"host=db user=w password=hunter2 dbname=x":                   "host=db user=w password=*** dbname=x",
		"host=db password = 'a hunter2 \\' hunter2' dbname=x":        "host=db password = *** dbname=x",
		"Server=db;User Id=w;Password=hunter2;Encrypt=true":          "Server=db;User Id=w;Password=***;Encrypt=true",
		"Server=db;Pwd=hunter2":                                      "Server=db;Pwd=***",
		"waymark:hunter2@tcp(db:3306)/x?tls=false":                   "waymark:***@tcp(db:3306)/x?tls=false",
		"waymark:p@ss:hunter2@unix(/run/mysql.sock)/x":               "waymark:***@unix(/run/mysql.sock)/x",
		"https://hunter2@search.internal:9200":                       "https://***@search.internal:9200",
		"https://u:hunter2@a:9200,https://u:hunter2@b:9200":          "https://u:***@a:9200,https://u:***@b:9200",
		"https://host/x?api_key=hunter2&X-Amz-Signature=hunter2":     "https://host/x?api_key=***&X-Amz-Signature=***",
		"smtp://user@mail.example.org:587":                           "smtp://user@mail.example.org:587",
		"bolt:/var/lib/waymark":                                      "bolt:/var/lib/waymark",
		"http://127.0.0.1:8080":                                      "http://127.0.0.1:8080",
		"10.2.0.0/16":                                                "10.2.0.0/16",
		"./waymark-data":                                             "./waymark-data",
	} {
		if got := masked(in); got != want || strings.Contains(got, secret) {
			t.Errorf("masked(%q): got %q want %q", in, got, want)
		}
	}
	if got := maskedHooks("file:/mnt/heads,https://hooks.example.org/services/hunter2"); got != "file:/mnt/heads,https://hooks.example.org/***" {
		t.Errorf("a webhook: got %q want its path masked", got)
	}
}

// The command itself masks, whatever key an address stands in.
func TestConfigPrint(t *testing.T) {
	t.Setenv("WAYMARK_STORE", "postgres://waymark:hunter2@db/x")
	t.Setenv("WAYMARK_SERVER", "http://u:hunter2@127.0.0.1:8080")
	t.Setenv("WAYMARK_TOKEN", "hunter2")
	t.Setenv("WAYMARK_LEDGER_HEADS", "https://hooks.example.org/hunter2")
	root, _ := newRoot()
	var out strings.Builder
	root.SetOut(&out)
	root.SetArgs([]string{"config", "print"})
	if err := root.ExecuteContext(t.Context()); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "hunter2") || !strings.Contains(out.String(), "postgres://waymark:***@db/x") {
		t.Errorf("got %s want every password masked", out.String())
	}
}
