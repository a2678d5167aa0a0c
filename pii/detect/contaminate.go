package detect

import (
	"fmt"
	"math"
	"strings"
)

// Contamination: the column is something else, yet some of its values are personal numbers. The question is whether
// as many could be there by chance; a mean over the column would hide them.

const (
	accident  = 0.01   // a count this unlikely by chance opens a finding
	beside    = 0.1    // the same where a word announces the number
	layout    = 0.0001 // chance that a value is written in the groups of a number by accident
	textsRead = 300    // texts that are searched for numbers,
	textBytes = 4096   // and how much of each
	trials    = 40     // formats that an average number is tried against: as many chances for an accident
)

// strays counts hits of one format in a column of something else.
type strays struct {
	f          *format
	hits       int
	candidates int
	chance     float64 // of one candidate
	announced  bool
	alone      bool // no other format is written so: one trial, not many
}

// contaminations returns the findings about single values of a column, without their basis.
func (w *weighing) contaminations(s *sample, tallies []tally) []Finding {
	all := map[*format]*strays{}
	for _, t := range tallies {
		if t.f.class == classTaxOrg || t.f.class == classWorkID || t.f.class == classPostal || t.f.class == classPlate {
			continue
		}
		switch {
		case t.written > 0 && t.f.own:
			all[t.f] = &strays{f: t.f, hits: t.written, candidates: len(s.values), chance: t.f.rate() * layout, alone: true}
		case t.f.digits && t.f.rate() <= 0.03 && t.valid > 0:
			all[t.f] = &strays{f: t.f, hits: t.valid, candidates: t.shaped, chance: t.f.rate()}
			if t.shaped*2 > len(s.values) { // a column of numbers of this shape: what they share may pass by itself
				all[t.f].chance = 0.1
			}
		}
	}
	w.d.searchTexts(s, all)
	return stray(s, all)
}

// searchTexts looks into values that are texts, and for addresses among others.
func (d *Detector) searchTexts(s *sample, all map[*format]*strays) {
	looked, mails := 0, s.holds('@', 0.5)
	var inTexts []*strays
	for i, v := range s.values {
		t := s.traits[i]
		at := !mails && t.others > 0 && holdsAt(v)
		if looked == textsRead || !at && (t.spaces < 2 || t.digits < 8 || t.letters < 6) {
			continue
		}
		looked++
		if len(v) > textBytes {
			v = strings.ToValidUTF8(v[:textBytes], "")
		}
		seen := map[*format]bool{}
		for _, span := range d.Recognize(v) {
			f := d.formats[span.Format]
			own := f.own && span.End-span.Start > len(compact(nil, v[byteOf(v, span.Start):byteOf(v, span.End)]))
			if seen[f] || !own && !striking(f, span) {
				continue
			}
			seen[f] = true
			k := all[f]
			if k == nil {
				k = &strays{f: f, chance: f.rate()}
				all[f] = k
				inTexts = append(inTexts, k)
			}
			if own {
				k.chance, k.alone = layout, true
			}
			k.hits++
			k.announced = k.announced || span.Score >= 0.9
		}
	}
	for _, k := range inTexts {
		k.candidates = looked
	}
}

// byteOf returns where character n of v begins.
func byteOf(v string, n int) int {
	for i := range v {
		if n == 0 {
			return i
		}
		n--
	}
	return len(v)
}

func holdsAt(v string) bool {
	for i := 1; i < len(v)-1; i++ {
		if v[i] == '@' {
			return true
		}
	}
	return false
}

// striking tells whether a span in a text can open a finding by itself: an address, or a check of small chance.
func striking(f *format, span Span) bool {
	switch f.name {
	case "email", "crypto":
		return true
	case "url", "ip", "phone", "vatin", "eu.vat":
		return false
	}
	if f.class == classTaxOrg || f.class == classWorkID {
		return false
	}
	return f.digits && f.rate() <= 0.02 || f.digits && f.rate() <= 0.12 && span.Score >= 0.8
}

// stray turns counts into findings, one for each class, the least likely chance first.
func stray(s *sample, all map[*format]*strays) []Finding {
	best := map[string]Finding{}
	n := len(s.values) + s.more
	for j := range formats {
		k := all[&formats[j]]
		if k == nil {
			continue
		}
		p := tail(k.hits, float64(k.candidates)*k.chance)
		if !k.alone {
			p = min(1, trials*p)
		}
		if p >= accident && !(k.announced && p < beside) {
			continue
		}
		score := max(ReviewAt, min(0.89, 1-math.Sqrt(p)))
		if have, ok := best[k.f.class]; ok && have.Score >= score {
			continue
		}
		best[k.f.class] = Finding{Class: k.f.class, Format: k.f.name, Mode: ModeContamination, Score: score, Rate: float64(k.hits) / float64(n),
			Sensitivity: Describe(k.f.class).Sensitivity, Decision: Review,
			Evidence: []Evidence{{Rule: "value.stray." + k.f.name, Version: Version, Kind: ByValue, Weight: math.Log(score / (1 - score)),
				Detail: fmt.Sprintf("%d of %d distinct values hold a valid %s; as many by chance: %.2g", k.hits, n, k.f.name, p)}}}
	}
	var out []Finding
	for _, c := range categories {
		if f, ok := best[c.Class]; ok {
			out = append(out, f)
		}
	}
	return out
}

// tail is the chance of k or more hits where mean are expected (Poisson).
func tail(k int, mean float64) float64 {
	sum, term := 0.0, math.Exp(-mean)
	for i := range k {
		sum += term
		term *= mean / float64(i+1)
	}
	return max(0, 1-sum)
}
