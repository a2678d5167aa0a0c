package detect

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// tune reads a file of the measuring data that lies beside the clone where CI runs.
func tune[T any](t *testing.T, name string) []T {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "tune", name))
	if err != nil {
		t.Skipf("the measuring data %s is not beside the clone as ../shared/tune", name)
	}
	defer f.Close()
	var out []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

func TestTunePersonalNumbers(t *testing.T) {
	d := New()
	type line struct {
		Format, Text string
		Expect       struct{ Valid bool }
	}
	for _, g := range tune[line](t, "formats_personal.jsonl") {
		if valid, known := d.Valid(g.Format, g.Text); !known || valid != g.Expect.Valid {
			t.Errorf("Valid(%s, %q): got %v (known %v), want %v", g.Format, g.Text, valid, known, g.Expect.Valid)
		}
	}
}

func TestTuneTexts(t *testing.T) {
	d := New()
	type line struct {
		Text   string
		Expect struct {
			Found   bool
			Formats []string
		}
	}
	all := tune[line](t, "formats_text.jsonl")
	wrong := 0
	for _, g := range all {
		found := false
		for _, s := range d.Recognize(g.Text) {
			for _, f := range g.Expect.Formats {
				found = found || s.Format == f
			}
		}
		if found != g.Expect.Found {
			wrong++
			t.Logf("%v in %q: got %v, want %v", g.Expect.Formats, g.Text, found, g.Expect.Found)
		}
	}
	if share := 1 - float64(wrong)/float64(len(all)); share < 0.98 {
		t.Errorf("texts: got %.4f right, want at least 0.98", share)
	}
}
