package detect

import (
	"strings"
	"testing"
	"time"
)

// TestLongTexts: time grows with the length of a text, whatever it is made of. Four times the length may take up to
// twelve times as long, which a busy machine explains and quadratic work (sixteen times) does not.
func TestLongTexts(t *testing.T) {
	if testing.Short() {
		t.Skip("-short leaves out long texts")
	}
	d := New()
	took := func(unit string, size int) time.Duration {
		text, best := strings.Repeat(unit, size/len(unit)), time.Hour
		for range 3 {
			start := time.Now()
			d.Recognize(text)
			best = min(best, time.Since(start))
		}
		return best
	}
	for _, unit := range []string{"a", "1", "1 ", "12-", "a.b@c.d ", "@", "a@", "http://", "http://a.b ", "1.2.3.4 ", "::", "a:b:", "+1 ", "(1", "주소 1 ", "é1 ", "536-22-8145 ", "AB12 "} {
		short, long := took(unit, 10000), took(unit, 40000)
		if long > 12*short && long > time.Second {
			t.Errorf("%q: got %v for 10,000 bytes and %v for 40,000, want time in proportion", unit, short, long)
		}
	}
}
