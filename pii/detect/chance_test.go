package detect

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// random fills a shape.
func random(r *rand.Rand, shape string) []byte {
	b := []byte(shape)
	for i, c := range b {
		switch {
		case c == '9', c == '*' && r.IntN(2) == 0:
			b[i] = byte('0' + r.IntN(10))
		case c == 'A', c == '*', c == '?':
			b[i] = byte('A' + r.IntN(26))
		}
	}
	return b
}

// TestChance holds the chance rates in the table against random numbers: the weight of evidence rests on them.
func TestChance(t *testing.T) {
	const tries = 8000
	for i := range formats {
		f := &formats[i]
		if f.shapes == "" {
			continue
		}
		r := rand.New(rand.NewPCG(1, uint64(i)))
		shapes := strings.Fields(f.shapes)
		worst := 0.0
		for _, s := range shapes {
			hits := 0
			for range tries {
				if f.sure(random(r, s)) {
					hits++
				}
			}
			worst = max(worst, float64(hits)/tries)
		}
		if worst > 2*f.rate()+0.003 || worst < f.rate()/5-0.003 {
			t.Errorf("%s: got a chance of %.5f, want about the %.5f of the table", f.name, worst, f.rate())
		}
	}
}
