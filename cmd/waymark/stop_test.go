package main

import (
	"bytes"
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"waymark/catalog/access"
	"waymark/catalog/job"
)

// command runs the program with a context and returns what it printed on both sides.
func command(ctx context.Context, args ...string) (out, said string, err error) {
	root, s := newRoot()
	var stdout, stderr bytes.Buffer
	root.SetArgs(args)
	root.SetOut(&stdout)
	root.SetErr(&stderr)
	err = root.ExecuteContext(ctx)
	if err != nil {
		stderr.WriteString(s.explain(err))
	}
	return stdout.String(), stderr.String(), err
}

func writeFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestACrawlEndsWithTheProgram tells the program to end while a server that takes
// connections and answers nothing holds its crawl.
func TestACrawlEndsWithTheProgram(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		cancel()
		<-t.Context().Done()
	}()
	recipe := writeFile(t, "r.yaml", "name: silent\nsource: {type: postgres, config: {dsn: 'postgres://reader@"+l.Addr().String()+"/shop?sslmode=disable', deadlines: {connect: 1h}}}\n")
	dir := t.TempDir()
	began := time.Now()
	out, said, err := command(ctx, "crawl", recipe, "--data", dir)
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("it took %s, want it to end within 10 s of being told", took)
	}
	if exitCode(err) != exitFailed || !strings.Contains(out, "silent: interrupted") {
		t.Errorf("got %v, %q, %q want the report of an interrupted crawl", err, out, said)
	}
	w, err := build(t.Context(), inFolder(dir))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if runs, err := w.jobs.List(t.Context(), job.Filter{}); err != nil || len(runs) != 1 || runs[0].State != "interrupted" || runs[0].Ended.IsZero() {
		t.Errorf("got runs %+v, %v want one that was interrupted", runs, err)
	}
}

// TestARunOfADeadProcessHasEnded: it is not waited for.
func TestARunOfADeadProcessHasEnded(t *testing.T) {
	dir := t.TempDir()
	w, err := build(t.Context(), inFolder(dir))
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now().Add(-time.Hour).UTC()
	if err := w.jobs.Put(access.With(t.Context(), access.System("test")), job.Run{ID: "dead", Kind: "crawl", Name: "shop", State: job.Running, Started: began}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	_, said, err := command(ctx, "crawl", "--show", "dead", "--data", dir)
	if ctx.Err() != nil || exitCode(err) != exitFailed || !strings.Contains(said, "shop: interrupted") || !strings.Contains(said, "the process ended before it was done") {
		t.Errorf("got %v, %q want that it was interrupted", err, said)
	}
}

// TestARunEndsThoughItsReportCannotBeKept: what one value of the store does not take
// is left out, and the run is not shown as running for ever.
func TestARunEndsThoughItsReportCannotBeKept(t *testing.T) {
	w, err := build(t.Context(), inFolder(t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	ctx := access.With(t.Context(), access.System("test"))
	run := job.Run{ID: "long", Kind: "crawl", Name: "shop", State: job.Running, Started: time.Now().UTC()}
	if err := w.jobs.Put(ctx, run); err != nil {
		t.Fatal(err)
	}
	run.State, run.Ended = "ok", time.Now().UTC()
	run.Report = []byte(`{"text":"` + strings.Repeat("x", 2<<20) + `"}`)
	w.crawls.close(ctx, run)
	got, err := w.jobs.Find(ctx, "long")
	if err != nil || got.State != "ok" || len(got.Report) > 0 || !strings.Contains(got.Error, "the report could not be kept") {
		t.Errorf("got %s, %d bytes, %q, %v want it ended, with a reason in place of its report", got.State, len(got.Report), got.Error, err)
	}
}
