package detect

import (
	"os"
	"strings"
	"testing"
)

// TestNumbers holds each format against numbers made up for it (testdata/numbers.tsv: format, compact number, valid):
// invented ones, none of them anybody's on purpose.
func TestNumbers(t *testing.T) {
	text, err := os.ReadFile("testdata/numbers.tsv")
	if err != nil {
		t.Fatal(err)
	}
	d := New()
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		f := strings.Split(line, "\t")
		if valid, known := d.Valid(f[0], f[1]); !known || valid != (f[2] == "true") {
			t.Errorf("Valid(%s, %s): got %v (known %v), want %s", f[0], f[1], valid, known, f[2])
		}
	}
}

// TestGroupsAreOfTheirShapes: what people write in groups has the length of one of the format's shapes, prefix apart.
func TestGroupsAreOfTheirShapes(t *testing.T) {
	for _, f := range formats {
		for _, g := range strings.Fields(f.groups + " " + f.slips) {
			length, fits := 0, f.shapes == ""
			for _, part := range strings.Split(g, "-") {
				length += num([]byte(part))
			}
			for _, s := range strings.Fields(f.shapes + " " + f.texts) {
				fits = fits || len(s) == length
			}
			if !fits {
				t.Errorf("%s: groups %s have %d characters, want the length of one of %s", f.name, g, length, f.shapes)
			}
		}
	}
}
