package main

import (
	"context"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestPipesAndDevicesAreNoFiles: their reading may never end, so it does not begin.
func TestPipesAndDevicesAreNoFiles(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "manifest.json")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	log := func(file string) string {
		return writeFile(t, "log.yaml", "name: log\nsource: {type: querylog, config: {files: ["+file+"], platform: postgres, dialect: postgres}}\n")
	}
	database := func(file string) string {
		return writeFile(t, "db.yaml", "name: db\nsource: {type: sqlite, config: {path: "+file+"}}\n")
	}
	secret := writeFile(t, "secret.yaml", "name: secret\nsource: {type: postgres, config: {dsn: '${file:"+pipe+"}'}}\n")
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for name, args := range map[string][]string{
		"import of a pipe":     {"import", pipe},
		"import of a device":   {"import", "/dev/zero"},
		"dbt":                  {"import", "--dbt", dir},
		"log in a pipe":        {"crawl", log(pipe)},
		"log in a device":      {"crawl", log("/dev/zero")},
		"database in a pipe":   {"crawl", database(pipe)},
		"database in a device": {"crawl", database("/dev/zero")},
		"secret in a pipe":     {"crawl", secret},
	} {
		t.Run(name, func(t *testing.T) {
			out, said, err := command(ctx, append(args, "--data", t.TempDir())...)
			if err == nil || ctx.Err() != nil || !strings.Contains(out+said, "no regular file") {
				t.Errorf("got %v, %q, %q want it refused as no regular file", err, out, said)
			}
		})
	}
}
