package boltkv

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/kv/kvtest"
)

func TestStore(t *testing.T) {
	t.Run("Plain", func(t *testing.T) { kvtest.Run(t, fresh) })
	t.Run("Summed", func(t *testing.T) {
		kvtest.Run(t, func(t *testing.T) kv.Store { return kv.Summed(fresh(t)) })
	})
}

func fresh(t *testing.T) kv.Store {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "catalog.db"))
}

// openAt opens a store that the test may close before it ends.
func openAt(t *testing.T, path string) kv.Store {
	t.Helper()
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatalf("Open: got error %v want nil", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: got error %v want nil", err)
		}
	})
	return s
}

const things kv.Bucket = "thing"

func put(t *testing.T, s kv.Store, key, val string) {
	t.Helper()
	if err := s.Update(t.Context(), func(w kv.Writer) error { return w.Put(things, []byte(key), []byte(val)) }); err != nil {
		t.Fatalf("Put: got error %v want nil", err)
	}
}

func get(t *testing.T, s kv.Store, key string) (val string) {
	t.Helper()
	err := s.View(t.Context(), func(r kv.Reader) error {
		got, _, err := r.Get(things, []byte(key))
		val = string(got)
		return err
	})
	if err != nil {
		t.Fatalf("Get: got error %v want nil", err)
	}
	return val
}

func wantKind(t *testing.T, err error, want fault.Kind, text string) {
	t.Helper()
	if fault.KindOf(err) != want || err != nil && !strings.Contains(err.Error(), text) {
		t.Errorf("got error %v of kind %q, want kind %q and %q", err, fault.KindOf(err), want, text)
	}
}

func TestReopen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "folder", "catalog.db")
	for i := range 3 {
		s := openAt(t, path)
		put(t, s, fmt.Sprint("key", i), "val")
		for j := range i + 1 {
			if got := get(t, s, fmt.Sprint("key", j)); got != "val" {
				t.Errorf("opened %d times, key%d: got %q want val", i+1, j, got)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(path + ".tmp"); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("the .tmp is still there: %v", err)
		}
	}
}

// TestLeftover opens where somebody died while the file was made.
func TestLeftover(t *testing.T) {
	path := filepath.Join(t.TempDir(), "catalog.db")
	if err := os.WriteFile(path+".tmp", bytes.Repeat([]byte("half"), 5000), 0o600); err != nil {
		t.Fatal(err)
	}
	s := openAt(t, path)
	put(t, s, "k", "v")
	if got := get(t, s, "k"); got != "v" {
		t.Errorf("got %q want v", got)
	}
}

func TestHeldByAnother(t *testing.T) {
	path := filepath.Join(t.TempDir(), "catalog.db")
	s := openAt(t, path)
	put(t, s, "k", "v")
	start := time.Now()
	_, err := Open(path, Options{Timeout: 50 * time.Millisecond})
	wantKind(t, err, fault.Unavailable, "another process holds the store")
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("got %q want one line", err)
	}
	if took := time.Since(start); took < 50*time.Millisecond {
		t.Errorf("gave up after %v, want 50 ms", took)
	}
	_, err = Open(path, Options{Timeout: time.Millisecond, ReadOnly: true})
	wantKind(t, err, fault.Unavailable, "another process holds the store")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again := openAt(t, path)
	if got := get(t, again, "k"); got != "v" {
		t.Errorf("got %q want v", got)
	}
}

func TestReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "catalog.db")
	_, err := Open(path, Options{ReadOnly: true})
	wantKind(t, err, fault.NotFound, "no such file")
	s := openAt(t, path)
	put(t, s, "k", "v")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 { // two at once
		r, err := Open(path, Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = r.Close() }()
		if got := get(t, r, "k"); got != "v" {
			t.Errorf("got %q want v", got)
		}
		err = r.Update(t.Context(), func(kv.Writer) error { t.Error("the function ran"); return nil })
		wantKind(t, err, fault.Denied, "reading only")
	}
}

func TestRefusesOtherFiles(t *testing.T) {
	for name, content := range map[string]string{
		"empty":  "",
		"text":   strings.Repeat("not a store\n", 2000),
		"sqlite": "SQLite format 3\x00" + strings.Repeat("\x00", 9000),
	} {
		path := filepath.Join(t.TempDir(), "catalog.db")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Open(path, Options{})
		wantKind(t, err, fault.Corrupt, "no valid head")
		if got, _ := os.ReadFile(path); string(got) != content {
			t.Errorf("%s: the file was changed", name)
		}
	}
	_, err := Open(t.TempDir(), Options{})
	wantKind(t, err, fault.Unavailable, "is a directory")
}

func TestRefusesNewerFormat(t *testing.T) {
	for version, want := range map[string]fault.Kind{"1.7": "", "2.0": fault.Invalid, "": fault.Corrupt} {
		path := filepath.Join(t.TempDir(), "catalog.db")
		s := openAt(t, path)
		err := s.Update(t.Context(), func(w kv.Writer) error {
			return w.Put(kv.Bucket(formatBucket), formatKey, []byte(version))
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		again, err := Open(path, Options{})
		wantKind(t, err, want, "format")
		if err == nil {
			if err := again.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestCleanStop shows what the mark is worth: it goes while the store is open, it
// spares the walk, and it tells when the file is older than it should be.
func TestCleanStop(t *testing.T) {
	path := filepath.Join(t.TempDir(), "catalog.db")
	s := openAt(t, path)
	put(t, s, "k", "old")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	older, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(markPath(path)); err != nil {
		t.Errorf("no mark after a clean stop: %v", err)
	}
	s = openAt(t, path)
	if _, err := os.Stat(markPath(path)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the mark is there while the store is open: %v", err)
	}
	put(t, s, "k", "new")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, older, 0o600); err != nil { // the same inode
		t.Fatal(err)
	}
	_, err = Open(path, Options{})
	wantKind(t, err, fault.Corrupt, "remove "+markPath(path))
	if err := os.Remove(markPath(path)); err != nil {
		t.Fatal(err)
	}
	if got := get(t, openAt(t, path), "k"); got != "old" {
		t.Errorf("got %q want old", got)
	}
}

// TestUsedAfterItsEnd wants an error, not a crash, of a Reader that was kept.
func TestUsedAfterItsEnd(t *testing.T) {
	s := fresh(t)
	var w kv.Writer
	err := s.Update(t.Context(), func(kept kv.Writer) error {
		w = kept
		return w.Put(things, []byte("k"), []byte("v"))
	})
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = w.Get(things, []byte("k"))
	wantKind(t, err, fault.Internal, "after its transaction")
	wantKind(t, w.Put(things, []byte("k"), nil), fault.Internal, "after its transaction")
	for _, err := range w.Scan(things, nil, nil) {
		wantKind(t, err, fault.Internal, "after its transaction")
	}
}

// TestUnknownOutcome breaks the file handle under the store: the commit fails in a
// way that tells nothing, and the store opens the file again by itself.
func TestUnknownOutcome(t *testing.T) {
	s := fresh(t)
	put(t, s, "k", "before")
	if err := s.(*store).file.Close(); err != nil {
		t.Fatal(err)
	}
	err := s.Update(t.Context(), func(w kv.Writer) error { return w.Put(things, []byte("k"), []byte("lost")) })
	wantKind(t, err, fault.Unavailable, "unknown")
	if got := get(t, s, "k"); got != "before" {
		t.Errorf("got %q want before", got)
	}
	put(t, s, "k", "after")
	if got := get(t, s, "k"); got != "after" {
		t.Errorf("got %q want after", got)
	}
}
