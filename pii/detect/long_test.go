package detect

import (
	"strings"
	"testing"
	"time"
)

// TestLongTexts: time grows with the length of a text, whatever it is made of. Quadratic work on these would take minutes at ten times the length.
func TestLongTexts(t *testing.T) {
	if testing.Short() {
		t.Skip("-short leaves out long texts")
	}
	d := New()
	for _, unit := range []string{"a", "1", "1 ", "12-", "a.b@c.d ", "@", "a@", "http://", "http://a.b ", "1.2.3.4 ", "::", "a:b:", "+1 ", "(1", "주소 1 ", "é1 ", "078-05-1123 ", "AB12 "} {
		text := strings.Repeat(unit, 100000/len(unit))
		start := time.Now()
		d.Recognize(text)
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%d bytes of %q took %v, want time in proportion", len(text), unit, took)
		}
	}
}
