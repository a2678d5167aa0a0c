package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"waymark/catalog/access"
	"waymark/pii/gdpr"
	"waymark/pii/ledger"
)

// A new head goes to every place once; a place that fails gets it at the next turn, and
// the ledger is held against what arrived.
func TestHeadsAreExported(t *testing.T) {
	dir := t.TempDir()
	w, err := build(t.Context(), inFolder(filepath.Join(dir, "data")))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	file := filepath.Join(dir, "heads")
	t.Setenv("HEADS_HOOK", "https://hooks.example.org/x")
	var posted []string
	var fails error
	w.heads.places = []string{"${HEADS_HOOK}", "file:" + file}
	w.heads.post = func(_ context.Context, address, text string) error {
		if fails == nil && address == "https://hooks.example.org/x" {
			posted = append(posted, text)
		}
		return fails
	}
	officer := access.With(t.Context(), access.Caller{User: "sora", Roles: access.AllRoles(), Via: "local"})
	open := func() {
		t.Helper()
		if _, err := w.requests.Create(officer, gdpr.Opening{Kind: gdpr.Erasure, Subject: []string{"email=mary@example.org"}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.heads.send(t.Context()); err != nil || len(posted) != 0 {
		t.Errorf("an empty ledger: got %d heads, %v want none", len(posted), err)
	}
	open()
	fails = errors.New("the webhook answered 500")
	if err := w.heads.send(t.Context()); err == nil {
		t.Error("a webhook that fails: got no error want one")
	}
	fails = nil
	for range 2 {
		if err := w.heads.send(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	open()
	if err := w.heads.send(t.Context()); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := ledger.ParseHeads(text)
	if err != nil || len(kept) != 2 || len(posted) != 2 || string(kept[1]) != posted[1] {
		t.Fatalf("got %d heads in the file and %d posted, %v want both to have both", len(kept), len(posted), err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	root, _ := newRoot()
	root.SetArgs([]string{"ledger", "verify", "--data", filepath.Join(dir, "data"), "--head", file})
	if err := root.ExecuteContext(t.Context()); err != nil {
		t.Errorf("got %v want a ledger that goes on from its heads", err)
	}
}
