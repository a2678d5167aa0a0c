package detect

import "fmt"

// personSignals weighs names of persons by the dictionaries.
func (d *Detector) personSignals(s *sample) []signal {
	n := len(s.values)
	if n < enough {
		return nil
	}
	few := s.first(400)
	p := d.words.people(few)
	share := func(k int) float64 { return float64(k) / float64(p.n) }
	if share(p.company) >= 0.2 {
		return []signal{{class: className, rule: "value.company", weight: -5, detail: fmt.Sprintf("%d of %d values end like companies", p.company, p.n)}}
	}
	var out []signal
	add := func(class, rule string, k int, weight float64) {
		out = append(out, signal{class: class, rule: "value." + rule, weight: weight, rate: share(k), detail: fmt.Sprintf("%d of %d distinct values hold listed names or their endings", k, p.n)})
	}
	if p.several*2 > p.n {
		if w := listed(share(p.full+p.titled), 0.2); w > 0 {
			add(className, "name.full", p.full, w)
		}
	} else if p.given+p.family+p.inflected > 0 {
		given, family := share(p.given), share(max(p.family, p.inflected))
		if given >= family {
			if w := listed(given, 0.08); w > 0 {
				add(classGiven, "name.given", p.given, w)
			}
		} else if w := listed(family, 0.12); w > 0 {
			add(classFamily, "name.family", max(p.family, p.inflected), w)
		}
	}
	if a := share(p.asian); a >= 0.5 {
		add(className, "name.asian", p.asian, 3.0+4*(a-0.5))
	} else if g, ok := d.singleSignal(few); ok {
		out = append(out, g)
	}
	return out
}

// listed turns the share of listed words into weight: nothing below the background that any words have.
func listed(share, background float64) float64 {
	if share <= background {
		return 0
	}
	return min(6.0, 2.6+9*(share-background))
}

// singleSignal is for East Asian given or family names in a column of their own.
func (d *Detector) singleSignal(s *sample) (signal, bool) {
	given, family := 0, 0
	for i, v := range s.values {
		if s.traits[i].wide == 0 {
			continue
		}
		g, f := d.words.single(v)
		if g {
			given++
		}
		if f {
			family++
		}
	}
	n := float64(len(s.values))
	switch g, f := float64(given)/n, float64(family)/n; {
	case f >= 0.5 && f >= g:
		return signal{class: classFamily, rule: "value.name.asian", weight: 2.5 + 3*f, rate: f, detail: fmt.Sprintf("%d of %d distinct values are family names", family, len(s.values))}, true
	case g >= 0.75:
		return signal{class: classGiven, rule: "value.name.asian", weight: 2.0 + 3*g, rate: g, detail: fmt.Sprintf("%d of %d distinct values are given names", given, len(s.values))}, true
	}
	return signal{}, false
}

// placeSignals weighs street addresses and cities.
func (d *Detector) placeSignals(s *sample) []signal {
	if len(s.values) < enough {
		return nil
	}
	few := s.first(400)
	if share, n := few.share(d.words.isAddress); share >= 0.35 {
		return []signal{{class: classStreet, rule: "value.address", weight: min(6, 2.5+5*share), rate: share, detail: fmt.Sprintf("%d of %d distinct values have a number and a word of streets", n, len(few.values))}}
	}
	if share, n := few.share(d.words.isCity); share >= 0.3 {
		return []signal{{class: classCity, rule: "value.city", weight: min(5, 1.5+5*share), rate: share, detail: fmt.Sprintf("%d of %d distinct values are places", n, len(few.values))}}
	}
	return nil
}

// genders are the words and letters for sex in the languages of the dictionaries.
const genders = "m f male female man woman men women boy girl masculine feminine w mannlich weiblich divers masculin feminin homme femme hombre mujer masculino femenino feminino " +
	"maschio femmina uomo donna homem mulher erkek kadin laki-laki perempuan pria wanita мужской женский муж жен м ж 남 여 남자 여자 남성 여성 男 女 男性 女性 nonbinary non-binary other unknown diverse x u"

// genderSignal weighs columns of few values that all are words for sex, of at least two sexes.
func (s *sample) genderSignal() (signal, bool) {
	if len(s.values) < 2 || len(s.values) > 6 {
		return signal{}, false
	}
	share, n := s.share(func(v string, _ traits) bool { return hasWord(genders, fold(v)) })
	words, _ := s.share(func(_ string, t traits) bool { return t.runes > 2 || t.wide > 0 })
	sexes, _ := s.share(func(v string, _ traits) bool { return !hasWord("other unknown x u diverse divers", fold(v)) })
	if share < 1 || sexes*float64(len(s.values)) < 2 {
		return signal{}, false
	}
	return signal{class: classGender, rule: "value.gender", weight: 2.5 + 2*words, rate: share, detail: fmt.Sprintf("%d values, all words for sex", n)}, true
}
