package detect

import (
	"bufio"
	"encoding/json"
	"math"
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

// column is a labelled column of the measuring data.
type column struct {
	Dataset, Table, Column, Path, Type, Description string
	Values, Neighbours                              []string
	Expect                                          struct{ PII *bool }
}

// score is the best score of a labelled column.
func (c column) score(d *Detector) float64 {
	t := Table{Dataset: c.Dataset, Name: c.Table, Columns: []Column{{Name: c.Column, Path: c.Path, Type: c.Type, Comment: c.Description, Sample: c.Values}}}
	for _, n := range c.Neighbours {
		t.Columns = append(t.Columns, Column{Name: n, Path: n})
	}
	if findings := d.Table(t)[0]; len(findings) > 0 {
		return findings[0].Score
	}
	return 0
}

// TestTuneColumns holds F1 and the calibration error on the labelled columns.
func TestTuneColumns(t *testing.T) {
	d := New()
	for file, least := range map[string]float64{"pii_names.jsonl": 0.95, "pii_values.jsonl": 0.95} {
		var right, missed, false_ float64
		var bins [10]struct{ n, sum, personal float64 }
		for _, c := range tune[column](t, file) {
			if c.Expect.PII == nil {
				continue
			}
			s := c.score(d)
			bin := &bins[min(9, int(s*10))]
			bin.n, bin.sum = bin.n+1, bin.sum+s
			switch {
			case *c.Expect.PII && s >= ReviewAt:
				right++
			case *c.Expect.PII:
				missed++
			case s >= ReviewAt:
				false_++
			}
			if *c.Expect.PII {
				bin.personal++
			}
		}
		if f1 := 2 * right / (2*right + missed + false_); f1 < least {
			t.Errorf("%s: got F1 %.4f, want at least %.2f", file, f1, least)
		}
		var off, n float64
		for _, b := range bins {
			off, n = off+math.Abs(b.sum-b.personal), n+b.n
		}
		if off/n > 0.05 {
			t.Errorf("%s: got a calibration error of %.4f, want at most 0.05", file, off/n)
		}
	}
}
