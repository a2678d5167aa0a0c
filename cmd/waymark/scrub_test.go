package main

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"waymark/catalog/access"
	"waymark/catalog/kv"
	"waymark/catalog/kv/boltkv"
	"waymark/pii/ledger"
)

// rot changes a record below the checksums.
func rot(t *testing.T, path string, b kv.Bucket) {
	t.Helper()
	store, err := boltkv.Open(path, boltkv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = store.Update(t.Context(), func(w kv.Writer) error {
		for p, err := range w.Scan(b, nil, nil) {
			if err != nil {
				return err
			}
			val := bytes.Clone(p.Val)
			val[len(val)-1] ^= 1
			return w.Put(b, bytes.Clone(p.Key), val)
		}
		return errors.New("there is nothing to rot")
	})
	if err := errors.Join(err, store.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestScrubTellsOfDamage(t *testing.T) {
	for name, c := range map[string]struct {
		file   string
		bucket kv.Bucket
		want   string
	}{
		"sound":   {},
		"catalog": {"catalog.db", "history", "catalog: "},
		"ledger":  {"privacy/privacy.db", "ledger_body", "privacy: "},
	} {
		t.Run(name, func(t *testing.T) {
			dir := smallCatalog(t)
			w, err := build(t.Context(), inFolder(dir))
			if err != nil {
				t.Fatal(err)
			}
			if name == "ledger" {
				appendToLedger(t, w)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			if c.file != "" {
				rot(t, filepath.Join(dir, c.file), c.bucket)
			}
			if w, err = build(t.Context(), inFolder(dir)); err != nil {
				t.Fatal(err)
			}
			defer w.Close()
			if err := w.scrub(access.With(t.Context(), access.System("scrub")), noPause); err != nil {
				t.Fatal(err)
			}
			got := strings.Join(w.problems(), "\n")
			if !strings.Contains(got, c.want) || (c.want == "") != (got == "") {
				t.Errorf("got problems %q want %q", got, c.want)
			}
			if ready := strings.HasPrefix(readiness(t, w), "ready\n"); ready != (c.want == "") {
				t.Errorf("got ready %v want %v", ready, c.want == "")
			}
		})
	}
}

// A scrub runs once a day, however often a server starts.
func TestScrubIsDueOnceADay(t *testing.T) {
	w, err := build(t.Context(), inFolder(smallCatalog(t)))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	ctx := access.With(t.Context(), access.System("scrub"))
	for _, c := range []struct {
		last time.Time
		due  bool
	}{{time.Time{}, true}, {time.Now().Add(-time.Hour), false}, {time.Now().Add(-25 * time.Hour), true}} {
		mark := ""
		if !c.last.IsZero() {
			mark = c.last.UTC().Format(time.RFC3339)
		}
		if err := w.jobs.SetMark(ctx, scrubMark, mark); err != nil {
			t.Fatal(err)
		}
		if err := w.scrubDue(ctx); err != nil {
			t.Fatal(err)
		}
		if now, err := w.jobs.Mark(ctx, scrubMark); err != nil || (now != mark) != c.due {
			t.Errorf("last %q: got %q, %v want a new one %v", mark, now, err, c.due)
		}
	}
}

func appendToLedger(t *testing.T, w *waymark) {
	t.Helper()
	l, err := w.places.openLedger(t.Context(), w.private, w.store)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Append(t.Context(), ledger.Entry{Act: "test", Request: "2026-0001", Body: map[string]int{"rows": 1}}); err != nil {
		t.Fatal(err)
	}
}
