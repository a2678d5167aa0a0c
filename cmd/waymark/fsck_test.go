package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"waymark/catalog/kv"
)

// runFsck returns what fsck prints and its error.
func runFsck(t *testing.T, dir string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := fsck(t.Context(), inFolder(dir), &out)
	return out.String(), err
}

func wantDamage(t *testing.T, dir, want string) {
	t.Helper()
	out, err := runFsck(t, dir)
	var e ended
	if !errors.As(err, &e) || e.code != exitFailed || !strings.Contains(out, want) {
		t.Errorf("got %v and\n%swant exit 1 and %q", err, out, want)
	}
}

func TestFsckOfASoundFolder(t *testing.T) {
	out, err := runFsck(t, smallCatalog(t))
	for _, part := range []string{"catalog: ", "values: ", "audit: ", "privacy: ", "requests: ", "ledger: ", "index: "} {
		if err != nil || !strings.Contains(out, "\n"+part) && !strings.HasPrefix(out, part) {
			t.Errorf("got %v and\n%swant no error and a line %q", err, out, part)
		}
	}
	if _, err := runFsck(t, filepath.Join(t.TempDir(), "none")); err == nil || !strings.Contains(err.Error(), "there is no catalog") {
		t.Errorf("an empty folder: got %v want that there is no catalog", err)
	}
}

// A store that is gone while its key, index or neighbour lives is damage; nothing
// new is begun in its place.
func TestLostStoreIsDamage(t *testing.T) {
	for name, lose := range map[string][]string{
		"catalog":                  {"catalog.db"},
		"catalog and mark":         {"catalog.db", "catalog.db.clean"},
		"catalog, mark, requests":  {"catalog.db", "catalog.db.clean", "privacy"},
		"requests":                 {"privacy/privacy.db"},
		"requests and their mark":  {"privacy"},
		"whole folder but its key": {"."},
	} {
		t.Run(name, func(t *testing.T) {
			dir := smallCatalog(t)
			for _, path := range lose {
				if err := os.RemoveAll(filepath.Join(dir, path)); err != nil {
					t.Fatal(err)
				}
			}
			wantDamage(t, dir, "is missing, but")
			before := filesBelow(t, dir)
			for _, args := range [][]string{{"search", "orders"}, {"export"}, {"serve", "--addr", "127.0.0.1:0"}} {
				root, _ := newRoot()
				root.SetArgs(append(args, "--data", dir))
				if err := root.ExecuteContext(t.Context()); err == nil || exitCode(err) != exitFailed || !strings.Contains(err.Error(), "is missing, but") {
					t.Errorf("%s: got %v want what is missing", args, err)
				}
			}
			if after := filesBelow(t, dir); !slices.Equal(before, after) {
				t.Errorf("got files %q want %q: nothing may be begun", after, before)
			}
		})
	}
}

func filesBelow(t *testing.T, dir string) (out []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out = append(out, path)
		}
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return out
}

// Records whose checksums fit and which are still not what they should be.
func TestFsckReadsEveryValue(t *testing.T) {
	first := func(w kv.Writer, b kv.Bucket) (key []byte) {
		for p, err := range w.Scan(b, nil, nil) {
			if err == nil {
				return slices.Clone(p.Key)
			}
		}
		return nil
	}
	garbage := []byte{0xa1, 0x01, 0x62, 0xff, 0xfe}
	for name, c := range map[string]struct {
		place, file, want string
		change            func(w kv.Writer) error
	}{
		"a fact":           {".", catalogFile, `bucket "asset"`, func(w kv.Writer) error { return w.Put("fact", first(w, "fact"), garbage) }},
		"a fact is gone":   {".", catalogFile, "is missing", func(w kv.Writer) error { return w.Delete("fact", first(w, "fact")) }},
		"an asset":         {".", catalogFile, `bucket "asset"`, func(w kv.Writer) error { return w.Put("asset", first(w, "asset"), garbage) }},
		"an asset is gone": {".", catalogFile, `bucket "change"`, func(w kv.Writer) error { return w.Delete("asset", first(w, "asset")) }},
		"a change is gone": {".", catalogFile, "change log", func(w kv.Writer) error { return w.Delete("change", first(w, "change")) }},
		"history":          {".", catalogFile, `bucket "history"`, func(w kv.Writer) error { return w.Put("history", first(w, "history"), garbage) }},
		"history is gone":  {".", catalogFile, "lacks number", func(w kv.Writer) error { return w.Delete("history", first(w, "history")) }},
		"audit is gone":    {".", catalogFile, "audit entry", func(w kv.Writer) error { return w.Delete("audit", first(w, "audit")) }},
		"a lineage row":    {".", catalogFile, "stored contribution", func(w kv.Writer) error { return w.Put("edge", []byte("x"), []byte{2, 0xff}) }},
		"a request":        {"privacy", privacyFile, "privacy: ", func(w kv.Writer) error { return w.Put("request", []byte("2026-0001"), garbage) }},
		"a part of a record": {"privacy", privacyFile, "first part", func(w kv.Writer) error {
			return w.Put("plan", []byte("x\x00\x00\x00\x00\x00\x00\x00\x00\x01"), garbage)
		}},
		"ledger entry": {"privacy", privacyFile, "ledger: ", func(w kv.Writer) error { return w.Put("ledger", []byte("\x00\x00\x00\x00\x00\x00\x00\x01"), garbage) }},
		"use":          {".", catalogFile, `bucket "use"`, func(w kv.Writer) error { return w.Put("use", []byte("x"), garbage) }},
	} {
		t.Run(name, func(t *testing.T) {
			dir := smallCatalog(t)
			store, err := openStore("bolt:"+filepath.Join(dir, c.place), c.file)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(store.Update(context.Background(), c.change), store.Close()); err != nil {
				t.Fatal(err)
			}
			wantDamage(t, dir, c.want)
		})
	}
}

// Damage of one part does not keep the others from being checked.
func TestFsckGoesOnAfterDamage(t *testing.T) {
	dir := smallCatalog(t)
	damageIndex(t, dir)
	if err := os.Truncate(filepath.Join(dir, "catalog.db"), 5000); err != nil {
		t.Fatal(err)
	}
	out, err := runFsck(t, dir)
	if err == nil {
		t.Error("got no error want exit 1")
	}
	for _, part := range []string{"catalog.db", "privacy: ", "search index"} {
		if !strings.Contains(out, part) {
			t.Errorf("got\n%swant a line with %q", out, part)
		}
	}
}
