package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"waymark/catalog/access"
)

// sampleCompany prepares the sample company in process, as the visitor sees it.
func sampleCompany(t *testing.T) *waymark {
	t.Helper()
	s := newSettings()
	s.v.Set("data", filepath.Join(t.TempDir(), "data"))
	if err := demo(t.Context(), s, true, io.Discard, io.Discard); err != nil {
		t.Fatal(err)
	}
	w, err := build(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	w.local.Demo = visitor
	if err := w.answer(visitor); err != nil {
		t.Fatal(err)
	}
	ctx := access.With(context.Background(), access.System("test"))
	if err := w.graph.Load(ctx); err != nil {
		t.Fatal(err)
	}
	if err := w.graph.Recount(ctx); err != nil {
		t.Fatal(err)
	}
	return w
}

// examples are the fenced GraphQL texts of a page, by their headings.
func examples(t *testing.T, page string) map[string]string {
	t.Helper()
	text, err := os.ReadFile("help/" + page + ".md")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, part := range strings.Split(string(text), "\n## ")[1:] {
		title, rest, _ := strings.Cut(part, "\n")
		_, rest, ok := strings.Cut(rest, "```graphql\n")
		if body, _, end := strings.Cut(rest, "```"); ok && end {
			out[title] = body
		}
	}
	return out
}

// Every query of the manual's page on the API works as it stands there, over HTTP,
// and its first field is neither null nor empty.
func TestEveryQueryOfTheManualAnswers(t *testing.T) {
	srv := httptest.NewServer(sampleCompany(t).routes())
	defer srv.Close()
	list := examples(t, "api")
	if len(list) < 10 {
		t.Fatalf("examples: got %d want at least 10", len(list))
	}
	for title, query := range list {
		t.Run(title, func(t *testing.T) {
			body, err := json.Marshal(map[string]any{"query": query})
			if err != nil {
				t.Fatal(err)
			}
			req, err := http.NewRequest(http.MethodPost, srv.URL+"/graphql", bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Content-Type", "application/json")
			req.Header.Set("X-Waymark-As", "ines")
			resp, err := srv.Client().Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			var got answered
			if err := json.NewDecoder(resp.Body).Decode(&got); err != nil || len(got.Errors) > 0 {
				t.Fatalf("got %+v, %v want no errors", got.Errors, err)
			}
			if empty := hollow("", got.Data); empty != "" {
				t.Errorf("%s is empty in %.300s", empty, got.Data)
			}
		})
	}
}

// hollow returns the path of the first null or empty list in the first two levels.
func hollow(path string, data json.RawMessage) string {
	var fields map[string]json.RawMessage
	if json.Unmarshal(data, &fields) != nil {
		return ""
	}
	for name, val := range fields {
		at := path + "/" + name
		if text := string(val); text == "null" || text == "[]" {
			return at
		}
		if strings.Count(at, "/") < 2 {
			if empty := hollow(at, val); empty != "" {
				return empty
			}
		}
	}
	return ""
}

// Every page of the manual begins with its title and is listed by waymark help.
func TestManualIsComplete(t *testing.T) {
	root, _ := newRoot()
	var out bytes.Buffer
	root.SetOut(&out)
	root.SetArgs([]string{"help"})
	if err := root.Execute(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"architecture", "config", "sources", "search", "discovery", "lineage", "privacy", "requests", "operations", "api", "patterns", "decisions"} {
		found := false
		for _, p := range manual() {
			found = found || p.Name == name && p.Title != "" && len(p.Text) > 200
		}
		if !found || !strings.Contains(out.String(), "\n  "+fmt.Sprintf("%-14s", name)) {
			t.Errorf("page %s: got none, or not listed by waymark help", name)
		}
	}
}
