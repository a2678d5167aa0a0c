package detect

import (
	"fmt"
	"math"
	"strings"
)

// enough is how many distinct values a dictionary or a shape needs before it counts.
const enough = 8

// signal is what the values say about a class.
type signal struct {
	class, format string
	rule, detail  string
	weight        float64
	rate          float64
}

// values weighs a sample: for the claims that names made, and as claims of its own.
func (d *Detector) values(claims []claim, s *sample, tallies []tally) []claim {
	signals := d.signals(claims, s, tallies)
	for _, g := range signals {
		k := find(&claims, g.class)
		if k.format == "" {
			k.format, k.rate = g.format, g.rate
		}
		k.add(ByValue, g.rule, g.weight, g.detail)
	}
	kind := s.nature()
	for i := range claims {
		claims[i].agree(s, kind)
	}
	return claims
}

// signals looks for every class that values can show by themselves.
func (d *Detector) signals(claims []claim, s *sample, tallies []tally) []signal {
	var out []signal
	out = append(out, formatSignals(claims, s, tallies)...)
	out = append(out, s.addressSignals()...)
	out = append(out, d.personSignals(s)...)
	out = append(out, d.placeSignals(s)...)
	out = append(out, s.secretSignals()...)
	if g, ok := d.loginSignal(s); ok {
		out = append(out, g)
	}
	if g, ok := s.genderSignal(); ok {
		out = append(out, g)
	}
	return out
}

// tally is how a sample fares with one format.
type tally struct {
	f             *format
	shaped, valid int
	lax           int // those that pass all but a check digit that was given up
	written       int // valid ones that are written in the format's groups
}

// formatSignals weighs the formats of numbers by their check: how much likelier is this share of passes if the column
// holds such numbers than if it holds any numbers of that shape.
func formatSignals(claims []claim, s *sample, tallies []tally) []signal {
	n := len(s.values)
	best := map[string]signal{}
	for _, t := range tallies {
		chance := t.f.rate()
		if t.lax*10 >= n*8 && t.valid*10 < n*6 {
			t.valid, t.written, chance = t.lax, s.dashed(), t.f.laxly
		}
		if t.f.class == classTaxOrg || t.f.class == classWorkID || t.valid < 3 || t.valid*10 < n*6 {
			continue
		}
		w := t.weight(n, chance)
		if w <= 0.2 || t.f.keyed && !t.f.digits && t.written*2 < n && !claimed(claims, t.f.class) {
			continue
		}
		g := signal{class: t.f.class, format: t.f.name, rule: "value.format." + t.f.name, weight: w, rate: float64(t.valid) / float64(n)}
		g.detail = fmt.Sprintf("%d of %d distinct values pass %s, chance %.2g %%", t.valid, n, t.f.name, 100*chance)
		if have, ok := best[g.class]; !ok || g.weight > have.weight {
			best[g.class] = g
		}
	}
	out := make([]signal, 0, len(best))
	for _, class := range [...]string{classNational, classGovernment, classPassport, classLicence, classImmigration, classHealthID, classInsured, classCard, classBank, classDeviceID, classPlate, classPostal} {
		if g, ok := best[class]; ok {
			out = append(out, g)
		}
	}
	return out
}

// weight is the log of the likelihood ratio, bounded by what a check of that chance can ever prove, and raised where
// the values are written as people write this number.
func (t tally) weight(n int, chance float64) float64 {
	c := min(chance, 0.97)
	ratio := float64(t.valid)*math.Log(0.97/c) + float64(t.shaped-t.valid)*math.Log(0.03/(1-c))
	most := provable(c)
	if (!t.f.digits || chance != t.f.rate()) && !strings.ContainsAny(t.f.shapes, "A*") {
		most = min(most, 1.5) // only a date tells, and many numbers begin with one
	}
	if t.valid >= 20 && t.valid*20 >= n*19 && c < 0.2 {
		most++ // hardly an exception among many
	}
	w := min(ratio, most)
	if t.written*2 > n && strings.Contains(t.f.groups, "-") {
		w += 2
		if t.f.own {
			w += 2
		}
	}
	if strings.ContainsAny(t.f.shapes, "A") && strings.ContainsAny(t.f.shapes, "9") || t.f.name == "vin" {
		w += 1
	}
	return w
}

// claimed tells whether the name made a claim of class.
func claimed(claims []claim, class string) bool {
	for i := range claims {
		if claims[i].class == class {
			return true
		}
	}
	return false
}

func provable(chance float64) float64 {
	switch {
	case chance >= 0.9:
		return 0.2
	case chance >= 0.4:
		return 0.8
	case chance >= 0.15:
		return 1.5
	case chance >= 0.05:
		return 4.2
	case chance >= 0.01:
		return 5.2
	case chance >= 0.001:
		return 6.5
	}
	return 7.5
}

// tallies runs the formats that can fit over the distinct values.
func (d *Detector) tallies(s *sample, kind datatype) []tally {
	found := map[*format]*tally{}
	var buf [64]byte
	for i, v := range s.values {
		t := s.traits[i]
		if t.digits < 3 || t.runes > 42 || t.wide > 0 {
			continue
		}
		b := compact(buf[:0], v)
		separated := len(b) != len(v)
		d.tally(found, b, v, separated)
		if !separated && t.digits == len(b) && kind == typeInteger {
			d.tallyPadded(found, b)
		}
		if len(b) >= 15 && isUpper(b[0]) {
			count(found, d.formats["iban"], b, "", false)
		}
	}
	out := make([]tally, 0, len(found))
	for i := range formats {
		if t := found[&formats[i]]; t != nil {
			out = append(out, *t)
		}
	}
	return out
}

func (d *Detector) tally(found map[*format]*tally, b []byte, v string, separated bool) {
	for _, f := range d.single[len(b)] {
		count(found, f, b, v, separated)
	}
}

func count(found map[*format]*tally, f *format, b []byte, v string, separated bool) {
	if !f.shaped(b) || separated && !grouped(f.groups, v) {
		return
	}
	t := found[f]
	if t == nil {
		t = &tally{f: f}
		found[f] = t
	}
	t.shaped++
	if f.lax != nil && f.lax(b) {
		t.lax++
	}
	if (f.check == nil || f.check(b)) && (f.confirm == nil || f.confirm(b)) {
		t.valid++
		if separated {
			t.written++
		}
	}
}

// tallyPadded tries numbers that lost leading zeros in a numeric column: only where a check digit tells.
func (d *Detector) tallyPadded(found map[*format]*tally, b []byte) {
	var padded [20]byte
	for zeros := 1; zeros <= 2 && len(b)+zeros <= 18; zeros++ {
		p := padded[:0]
		for range zeros {
			p = append(p, '0')
		}
		p = append(p, b...)
		for _, f := range d.single[len(p)] {
			if f.digits && f.rate() <= 0.02 {
				count(found, f, p, "", false)
			}
		}
	}
}

// secretSignals knows how password hashes and signed tokens look.
func (s *sample) secretSignals() []signal {
	share, n := s.share(func(v string, _ traits) bool {
		for _, p := range [...]string{"$2a$", "$2b$", "$2y$", "$argon2", "$6$", "$5$", "$1$", "pbkdf2_sha", "pbkdf2:", "scrypt:", "{SSHA}", "bcrypt"} {
			if strings.HasPrefix(v, p) {
				return true
			}
		}
		return false
	})
	if share >= 0.5 {
		return []signal{{class: classPassword, rule: "value.secret.hash", weight: 7, rate: share, detail: fmt.Sprintf("%d values begin like password hashes", n)}}
	}
	share, n = s.share(func(v string, _ traits) bool {
		return strings.HasPrefix(v, "eyJ") && strings.Count(v, ".") == 2 || strings.HasPrefix(v, "ghp_") || strings.HasPrefix(v, "xoxb-") ||
			strings.HasPrefix(v, "AKIA") && len(v) == 20 || strings.HasPrefix(v, "-----BEGIN")
	})
	if share >= 0.5 {
		return []signal{{class: classCredential, rule: "value.secret.token", weight: 6, rate: share, detail: fmt.Sprintf("%d values begin like tokens or keys", n)}}
	}
	return nil
}
