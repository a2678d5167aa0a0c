package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"waymark/catalog/access"
	"waymark/pii/gdpr"
)

// No route answers GET with a write: ledger, audit and change log stay as they are,
// and GraphQL is not served by GET.
func TestReadingWritesNothing(t *testing.T) {
	w, err := build(t.Context(), inFolder(t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	officer := access.With(t.Context(), access.Caller{User: "sora", Roles: access.AllRoles(), Via: "local"})
	r, err := w.requests.Create(officer, gdpr.Opening{Kind: gdpr.Erasure, Subject: []string{"email=mary@example.org"}})
	if err != nil {
		t.Fatal(err)
	}
	before := state(t, w)
	for _, path := range []string{
		"/api/v1/requests/" + r.ID + "/receipt", "/api/v1/export", "/readyz", "/healthz", "/version", "/graphql/schema", "/requests/" + r.ID,
		"/graphql?query=mutation%7BplanRequest(id:%22" + r.ID + "%22)%7Bid%7D%7D",
	} {
		req := httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8080"+path, nil)
		rec := httptest.NewRecorder()
		w.routes().ServeHTTP(rec, req)
		if rec.Header().Get("Content-Type") == "application/json" && path[:9] == "/graphql?" {
			t.Errorf("%s: got %d %s want GraphQL by POST alone", path, rec.Code, rec.Body)
		}
		if after := state(t, w); after != before {
			t.Errorf("GET %s: got %v want %v, as before", path, after, before)
		}
	}
}

// To issue a receipt is a POST, which the page of another site cannot make.
func TestReceiptIsIssuedByPost(t *testing.T) {
	w, err := build(t.Context(), inFolder(t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for site, want := range map[string]int{"same-origin": http.StatusNotFound, "cross-site": http.StatusForbidden, "": http.StatusNotFound} {
		req := httptest.NewRequest(http.MethodPost, "http://127.0.0.1:8080/api/v1/requests/2026-9999/receipt", nil)
		if site != "" {
			req.Header.Set("Sec-Fetch-Site", site)
		}
		rec := httptest.NewRecorder()
		w.routes().ServeHTTP(rec, req)
		if rec.Code != want {
			t.Errorf("from %q: got %d %s want %d", site, rec.Code, rec.Body, want)
		}
	}
}

// state counts what is written in any of the logs.
func state(t *testing.T, w *waymark) (n [3]int64) {
	t.Helper()
	pin, err := w.heads.head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	head, err := w.cat.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	audited, err := w.guard.VerifyAudit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return [3]int64{pin.Head.Size, int64(head), int64(audited)}
}

// A file goes to a server whole, and is closed by who opened it.
func TestImportToAServer(t *testing.T) {
	w, err := build(t.Context(), inFolder(t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := w.graph.Load(access.With(t.Context(), access.System("test"))); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(w.routes())
	defer srv.Close()
	file := filepath.Join(t.TempDir(), "people.jsonl")
	if err := os.WriteFile(file, []byte(`{"type":"user","name":"nora","roles":["approver"]}`+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	root, _ := newRoot()
	root.SetOut(io.Discard)
	root.SetArgs([]string{"import", file, "--server", srv.URL})
	if err := root.ExecuteContext(t.Context()); err != nil {
		t.Fatal(err)
	}
	if roles, _, err := w.people.roles(t.Context(), " NORA"); err != nil || len(roles) != 1 {
		t.Errorf("got %v, %v want her role", roles, err)
	}
}
