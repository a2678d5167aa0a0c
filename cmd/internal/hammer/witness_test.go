//go:build e2e

package hammer

import (
	"os"
	"path/filepath"
	"testing"

	"waymark/crawler/sample"
)

// TestWitnessOfTheBrowser opens the databases that the browser tests left behind,
// after the student was erased by clicks: WAYMARK_E2E_DIR holds the company in data
// and, in before, its databases as they were when it was made.
func TestWitnessOfTheBrowser(t *testing.T) {
	dir := os.Getenv("WAYMARK_E2E_DIR")
	if dir == "" {
		t.Fatal("WAYMARK_E2E_DIR names no folder; make test sets it")
	}
	now, then := map[string]string{}, map[string]string{}
	for _, f := range []string{"app", "raw_data", "analytics", "adhoc", "archive"} {
		now[f], then[f] = filepath.Join(dir, "data", f+".db"), filepath.Join(dir, "before", f+".db")
	}
	witness(t, tables(t, then), now, sample.Subject{ID: 417, Name: "Mary Ellis", Email: "mary.ellis@example.org"})
}
