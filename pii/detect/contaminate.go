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
	textsRead = 300    // texts that are searched for numbers
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
		case t.written > 0 && t.f.rate() < 0.95 && (t.f.digits && t.f.rate() <= 0.02 || severalGroups(t.f.groups)):
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

// severalGroups tells whether a number is always written in three groups or more, which other numbers rarely are.
func severalGroups(groups string) bool {
	for rest := groups; rest != ""; {
		var g string
		g, rest = cutWord(rest)
		if strings.Count(g, "-") < 2 {
			return false
		}
	}
	return groups != ""
}

// searchTexts looks into values that are texts, and for addresses among others.
func (d *Detector) searchTexts(s *sample, all map[*format]*strays) {
	looked := 0
	for i, v := range s.values {
		t := s.traits[i]
		at := t.others > 0 && holdsAt(v)
		if looked == textsRead || !at && (t.spaces < 2 || t.digits < 8 || t.letters < 6) {
			continue
		}
		looked++
		seen := map[*format]bool{}
		for _, span := range d.Recognize(v) {
			f := d.formats[span.Format]
			if f == nil || seen[f] || !striking(f, span) {
				continue
			}
			seen[f] = true
			k := all[f]
			if k == nil {
				k = &strays{f: f, chance: min(f.rate(), 0.02), candidates: len(s.values)}
				if f.rate() > 0.02 { // written in groups of its own, or announced
					k.chance, k.alone = layout, true
				}
				all[f] = k
			}
			k.hits++
			k.announced = k.announced || span.Score >= 0.9
		}
	}
}

func holdsAt(v string) bool {
	for i := 1; i < len(v)-1; i++ {
		if v[i] == '@' {
			return true
		}
	}
	return false
}

// striking tells whether a span in a text can open a finding: an address, a check of small chance, or a number written
// in groups that only it is written in.
func striking(f *format, span Span) bool {
	switch f.name {
	case "email", "crypto":
		return true
	case "url", "ip", "phone", "vatin", "eu.vat":
		return false
	case "us.ssn":
		return span.End-span.Start == 11
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
