package main

import (
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/search"
	"waymark/catalog/urn"
)

// smallCatalog makes a data folder with two tables and an index of them.
func smallCatalog(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	w, err := build(t.Context(), inFolder(dir))
	if err != nil {
		t.Fatal(err)
	}
	ctx := access.With(t.Context(), access.System("test"))
	var assets []catalog.Asset
	for _, name := range []string{"shop.orders", "shop.refunds"} {
		assets = append(assets, catalog.Asset{URN: urn.Dataset("postgres", name, ""), Type: catalog.Dataset, Profile: &catalog.Profile{Name: name}})
	}
	if _, err := w.cat.Apply(ctx, catalog.Batch{Author: catalog.Import, Run: "test", Assets: assets}); err != nil {
		t.Fatal(err)
	}
	assets[1].Profile = &catalog.Profile{Name: "shop.refunds", Description: "what went back"} // a change has a history
	if _, err := w.cat.Apply(ctx, catalog.Batch{Author: catalog.Import, Run: "test", Assets: assets[1:]}); err != nil {
		t.Fatal(err)
	}
	if err := w.follow(ctx); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// damageIndex cuts every file of the index.
func damageIndex(t *testing.T, dir string) {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(dir, "index", "gen-*", "checkpoint-*", "*"))
	if err != nil || len(list) == 0 {
		t.Fatalf("got index files %v, %v want some", list, err)
	}
	for _, path := range list {
		if err := os.Truncate(path, 30); err != nil {
			t.Fatal(err)
		}
	}
}

func readiness(t *testing.T, w *waymark) string {
	t.Helper()
	rec := httptest.NewRecorder()
	w.serveReady(rec, httptest.NewRequestWithContext(t.Context(), "GET", "/readyz", nil))
	return rec.Body.String()
}

// A damaged index stops nothing: it is said, names are found meanwhile, and a server
// rebuilds it in the background.
func TestDamagedIndexIsSaidAndRebuilt(t *testing.T) {
	dir := smallCatalog(t)
	damageIndex(t, dir)
	w, err := build(t.Context(), inFolder(dir))
	if err != nil {
		t.Fatal(err)
	}
	ctx := access.With(t.Context(), access.System("test"))
	if got := readiness(t, w); !strings.HasPrefix(got, "degraded\n") || !strings.Contains(got, "search: ") {
		t.Errorf("damaged: got %q want it to say so", got)
	}
	a, err := w.find.Find(ctx, search.Request{Text: "refunds"})
	if err != nil || len(a.Hits) != 1 || a.Complete {
		t.Errorf("damaged: got %+v, %v want shop.refunds, incomplete", a, err)
	}
	works := make(chan struct{})
	w.health.background = func(work func(context.Context)) {
		go func() {
			defer close(works)
			work(ctx)
		}()
	}
	if err := w.follow(ctx); err != nil {
		t.Fatal(err)
	}
	<-works
	if got := readiness(t, w); !strings.HasPrefix(got, "ready\n") {
		t.Errorf("rebuilt: got %q want ready", got)
	}
	if a, err = w.find.Find(ctx, search.Request{Text: "refunds"}); err != nil || len(a.Hits) != 1 || !a.Complete {
		t.Errorf("rebuilt: got %+v, %v want shop.refunds, complete", a, err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// Commands that search nothing do not open the index.
func TestCommandsWithoutTheIndex(t *testing.T) {
	dir := smallCatalog(t)
	damageIndex(t, dir)
	for _, args := range [][]string{{"export"}, {"ledger", "verify"}} {
		root, _ := newRoot()
		root.SetArgs(append(args, "--data", dir))
		var out strings.Builder
		root.SetOut(&out)
		if err := root.ExecuteContext(t.Context()); err != nil {
			t.Errorf("%s: %v", args, err)
		}
		if args[0] == "export" && !strings.Contains(out.String(), "shop.refunds") {
			t.Errorf("export: got %q want both tables", out.String())
		}
	}
	w, err := build(t.Context(), inFolder(dir))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if w.find.Damage() == nil {
		t.Error("got a sound index want the damaged one left alone")
	}
}
