//go:build !race

// The race detector makes the SQLite driver, which is Go, some ten times slower;
// this story is run without it, and the parts it uses are tested with it elsewhere.

package hammer

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"waymark/catalog"
	"waymark/crawler/sample"
	"waymark/pii/gdpr"
)

// TestErasureInTheSampleCompany erases the sample's student: nothing of her stays
// in a row or a byte of the files, and everybody else's rows are as before.
func TestErasureInTheSampleCompany(t *testing.T) {
	h := newHouse(t)
	c := h.company(t)
	files := map[string]string{"app": c.App}
	for zone, path := range c.Warehouse {
		files[zone] = path
	}
	before := tables(t, files)
	id, p := h.plan(t, "email="+c.Subject.Email)
	if len(p.Unreachable) > 0 {
		t.Errorf("got unreachable %v, want none", p.Unreachable)
	}
	h.erase(t, id, p)
	if planned := deleted(p); planned < 200 {
		t.Errorf("got %d rows planned, too few for a story", planned)
	}
	witness(t, before, files, c.Subject)
}

// witness lets the databases speak: the subject is in no row and no byte of the
// files, and everybody else's rows are as they were before.
func witness(t *testing.T, before map[string]content, files map[string]string, who sample.Subject) {
	t.Helper()
	after := tables(t, files)
	hers := ownRows(before, who)
	for name, rows := range before {
		removed, added := less(rows.lines, after[name].lines), less(after[name].lines, rows.lines)
		switch {
		case name == "app.students" || name == "app.messages":
			// Messages are the instructors' as well, and point at the student: both stay, without her.
			if len(removed) != len(added) || len(removed) != len(hers[name]) {
				t.Errorf("%s: got %d rows changed, want %d", name, len(removed), len(hers[name]))
			}
		case len(added) > 0:
			t.Errorf("%s: got rows that were not there before: %d", name, len(added))
		}
		if diff := append(less(removed, hers[name]), less(hers[name], removed)...); len(diff) > 0 {
			t.Errorf("%s: got %d rows removed, want the %d of the subject", name, len(removed), len(hers[name]))
		}
	}
	sum := sha256.Sum256([]byte(who.Email))
	for _, path := range files {
		noBytes(t, path, who.Email, strings.ToUpper(who.Email), who.Name, "17 Marigold Crescent", "161 496 0417", hex.EncodeToString(sum[:]))
	}
}

func deleted(p gdpr.Plan) (n int64) {
	for _, s := range p.Steps {
		if s.Action == catalog.DeleteRows {
			n += s.Rows
		}
	}
	return n
}

// tables reads every table of some SQLite files.
func tables(t *testing.T, files map[string]string) map[string]content {
	t.Helper()
	out := map[string]content{}
	for zone, path := range files {
		db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range column(t, db, "select name from sqlite_master where type = 'table' order by name") {
			out[zone+"."+name] = table(t, db, `select * from "`+name+`"`)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func column(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	return table(t, db, query).lines
}

func table(t *testing.T, db *sql.DB, query string) content {
	t.Helper()
	c, err := read(db, query)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// ownRows finds the subject's rows by other means than the product: by what is
// known of how this company was made.
func ownRows(all map[string]content, who sample.Subject) map[string][]string {
	sum := sha256.Sum256([]byte(who.Email))
	id, key, payments := fmt.Sprint(who.ID), hex.EncodeToString(sum[:]), map[string]bool{}
	app := all["app.payments"]
	for _, line := range app.lines {
		f := strings.Split(line, cell)
		if f[slices.Index(app.columns, "student_id")] == id {
			payments[f[slices.Index(app.columns, "payment_id")]] = true
		}
	}
	out := map[string][]string{}
	for name, c := range all {
		for _, line := range c.lines {
			f := strings.Split(line, cell)
			at := func(column string) string {
				if i := slices.Index(c.columns, column); i >= 0 {
					return f[i]
				}
				return ""
			}
			if at("student_id") == id || at("learner_key") == key || payments[at("payment_id")] ||
				slices.ContainsFunc(f, func(v string) bool { return strings.EqualFold(v, who.Email) }) {
				out[name] = append(out[name], line)
			}
		}
	}
	return out
}

// noBytes looks for values in a file and in whatever its database wrote beside it.
func noBytes(t *testing.T, path string, values ...string) {
	t.Helper()
	beside, err := filepath.Glob(path + "*")
	if err != nil || len(beside) == 0 {
		t.Fatalf("no file %s: %v", path, err)
	}
	for _, file := range beside {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range values {
			if bytes.Contains(data, []byte(v)) {
				t.Errorf("%s still holds %q", filepath.Base(file), v)
			}
		}
	}
}
