package search

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// Explanation is why a hit stands where it does. Score is Text × (0.55 + 0.9 × Trust)
// × the factors of the penalties × Personal. Trust is here the one that counts for
// the order: that of the hit, pulled to 0.5 where fewer than half of the signals are
// known.
type Explanation struct {
	Stage     Stage            `json:"stage"`
	Matched   []Matched        `json:"matched"`
	Text      float64          `json:"text"`
	Trust     float64          `json:"trust"`
	Known     float64          `json:"known"`
	Signals   []catalog.Signal `json:"signals"`
	Penalties []Penalty        `json:"penalties"`
	Personal  float64          `json:"personal"`
	Score     float64          `json:"score"`
	Beats     *Beats           `json:"beats,omitempty"`
}

// Product multiplies the explanation out.
func (e *Explanation) Product() float64 {
	p := e.Text * TrustFactor(e.Trust) * e.Personal
	for _, x := range e.Penalties {
		p *= x.Factor
	}
	return p
}

// Beats says what put a hit above the next one.
type Beats struct {
	Name    string `json:"name"`
	Because string `json:"because"`
}

// hit tells a candidate.
func (f *finder) hit(i int) Hit {
	c := &f.list[i]
	d := c.doc
	h := Hit{
		Rank: i + 1, URN: d.URN, Name: d.Name, Type: d.Type, Subtype: d.Subtype, Platform: d.Platform, Domain: d.Domain,
		Score: round(c.score), Stage: c.stage, Trust: round(c.trust), Replacement: d.Replacement, Replaces: f.replace[d.URN], Penalties: []string{},
	}
	h.Signals = d.Evidence.Trust(&f.moment.Survey.Estate, f.moment.Now)
	if c.stage != Listed {
		f.scorerFor(c).text(d, &h.Matched)
	}
	h.Reasons = f.reasons(c, &h)
	for _, p := range c.penalties {
		h.Penalties = append(h.Penalties, fmt.Sprintf("%s ×%.2g", p.Name, p.Factor))
	}
	if f.req.Explain {
		h.Explanation = &Explanation{
			Stage: c.stage, Matched: h.Matched, Text: c.text, Trust: c.counts, Known: h.Signals.Known, Signals: h.Signals.Signals,
			Penalties: c.penalties, Personal: c.personal, Score: c.score, Beats: f.beats(i),
		}
	}
	return h
}

// scorerFor is the scorer that placed a candidate.
func (f *finder) scorerFor(c *candidate) *scorer {
	if c.by != nil {
		return c.by
	}
	return f.scorer
}

func round(x float64) float64 { return math.Round(x*10000) / 10000 }

// mostReasons is how many reasons the short text has.
const mostReasons = 3

// reasons are the facts that speak for a hit, the strongest first.
func (f *finder) reasons(c *candidate, h *Hit) []string {
	out := []string{}
	if t := f.canonicalOf(c.doc.URN); t != nil {
		out = append(out, "canonical for "+t.name)
	} else if h.Replaces != "" {
		out = append(out, "replaces "+h.Replaces.Name())
	} else if c.stage == Identity {
		out = append(out, "is what you typed")
	}
	signals := slices.Clone(h.Signals.Signals)
	slices.SortStableFunc(signals, func(a, b catalog.Signal) int { return compareFloat(b.Weight*b.Value, a.Weight*a.Value) })
	for _, s := range signals {
		if s.Known && s.Value > 0 && len(out) < mostReasons {
			out = append(out, s.Detail)
		}
	}
	if own := f.habit.reason(c.doc.URN); own != "" {
		if len(out) == mostReasons {
			out = out[:mostReasons-1]
		}
		out = append(out, own)
	}
	if said := saidIn(h.Matched); said != "" && len(out) < mostReasons {
		out = append(out, said)
	}
	return out
}

func compareFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// saidIn tells where the words were found: "name has net, revenue".
func saidIn(matched []Matched) string {
	for _, f := range fieldNames {
		var words []string
		for _, m := range matched {
			if m.Field == f {
				words = append(words, m.Word)
			}
		}
		if len(words) > 0 {
			return f + " has " + strings.Join(words, ", ")
		}
	}
	return ""
}

// canonicalOf is the term of the query that names u as its answer.
func (f *finder) canonicalOf(u urn.URN) *term {
	for _, t := range f.terms {
		if slices.Contains(t.canonical, u) {
			return t
		}
	}
	return nil
}

// mostColumns is how many matching columns a hit names.
const mostColumns = 5

// columns names, for the hits of a page, the columns in which words of the query
// stand, as their source writes them.
func (f *finder) columns(ctx context.Context, page []Hit) error {
	list := make([]urn.URN, len(page))
	for i := range page {
		list[i] = page[i].URN
	}
	assets, err := f.s.cat.FindMany(ctx, list)
	if err != nil {
		return err
	}
	at := map[urn.URN]*catalog.Asset{}
	for i := range assets {
		at[assets[i].URN] = &assets[i]
	}
	for i := range page {
		a := at[page[i].URN]
		if a == nil || a.Schema == nil || page[i].Stage == Listed {
			continue
		}
		for _, c := range a.Schema.Columns {
			if len(page[i].Columns) < mostColumns && f.scorerFor(&f.list[f.req.Offset+i]).meets(c.Name) {
				page[i].Columns = append(page[i].Columns, c.Name)
			}
		}
	}
	return nil
}

// meets says whether a name has a word of the query.
func (s *scorer) meets(name string) bool {
	return slices.ContainsFunc(Cut(name), func(w string) bool {
		_, ok := s.stem(w)
		return ok
	})
}

// beats compares hit i with the next one.
func (f *finder) beats(i int) *Beats {
	if i+1 >= len(f.list) || f.req.Sort != Relevance {
		return nil
	}
	return &Beats{Name: f.list[i+1].doc.Name, Because: f.because(&f.list[i], &f.list[i+1])}
}

// because is the one difference that weighs most.
func (f *finder) because(a, b *candidate) string {
	switch {
	case a.stage != b.stage:
		return fmt.Sprintf("stage %s stands before %s", a.stage, b.stage)
	case f.replace[a.doc.URN] == b.doc.URN:
		return "it replaces it"
	case a.kind != b.kind:
		return "its full name was typed"
	}
	text, trust := math.Log(ratio(a.text, b.text)), math.Log(ratio(TrustFactor(a.counts), TrustFactor(b.counts)))
	personal := math.Log(ratio(a.personal, b.personal))
	other := math.Log(ratio(a.score, b.score)) - text - trust - personal
	switch {
	case personal > text && personal > trust && personal > other:
		return f.habit.reason(a.doc.URN)
	case other > text && other > trust && len(b.penalties) > 0:
		return "the other is lowered: " + b.penalties[0].Name
	case trust > text:
		return f.trustGap(a.doc, b.doc)
	case text > 0:
		return fmt.Sprintf("its words match better, %.2f against %.2f", a.text, b.text)
	}
	return "they are level; the order is that of their names"
}

func ratio(a, b float64) float64 {
	if a <= 0 || b <= 0 {
		return 1
	}
	return a / b
}

// trustGap names the signal in which a is furthest ahead of b.
func (f *finder) trustGap(a, b *Document) string {
	x, y := a.Evidence.Trust(&f.moment.Survey.Estate, f.moment.Now), b.Evidence.Trust(&f.moment.Survey.Estate, f.moment.Now)
	best, gap := 0, math.Inf(-1)
	for i, s := range x.Signals {
		if g := s.Weight * (s.Value - y.Signals[i].Value); s.Known && g > gap {
			best, gap = i, g
		}
	}
	return x.Signals[best].Detail + ", against " + y.Signals[best].Detail
}
