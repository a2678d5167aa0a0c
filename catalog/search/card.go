package search

import (
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// Card is the one answer to a query, given only where somebody said so: an asset
// that a glossary term calls its own, or a certified one far ahead of the rest.
type Card struct {
	URN       urn.URN      `json:"urn"`
	Name      string       `json:"name"`
	Trust     float64      `json:"trust"`
	Term      *CardTerm    `json:"term,omitempty"`
	Reasons   []string     `json:"reasons"`
	Warnings  []string     `json:"warnings"`
	Dashboard *CardAsset   `json:"dashboard,omitempty"` // the canonical one to look at
	Not       *CardAsset   `json:"not,omitempty"`       // what one might take for it, and why not to
	Canonical []urn.URN    `json:"canonical,omitempty"`
	Type      catalog.Type `json:"type"`
	RunnerUp  urn.URN      `json:"runner_up,omitempty"`
}

// CardTerm is the term that the card answers.
type CardTerm struct {
	URN        urn.URN `json:"urn"`
	Name       string  `json:"name"`
	Metric     bool    `json:"metric"`
	Definition string  `json:"definition,omitempty"`
	Formula    string  `json:"formula,omitempty"`
}

// CardAsset is another asset on the card.
type CardAsset struct {
	URN     urn.URN  `json:"urn"`
	Name    string   `json:"name"`
	Reasons []string `json:"reasons"`
}

// What an asset without a term needs to be called the answer.
const (
	cardTrust = 0.7
	cardLead  = 1.5
)

// card gives the answer, or nil: it never guesses.
func (f *finder) card() *Card {
	if len(f.list) == 0 || f.req.Sort != Relevance {
		return nil
	}
	lead, t := f.leader()
	if lead == nil {
		return nil
	}
	trust := lead.doc.Evidence.Trust(&f.moment.Survey.Estate, f.moment.Now)
	c := &Card{URN: lead.doc.URN, Name: lead.doc.Name, Type: lead.doc.Type, Trust: round(lead.trust), Reasons: []string{}, Warnings: []string{}}
	for _, s := range trust.Signals {
		if !s.Known {
			c.Warnings = append(c.Warnings, s.Detail)
		} else if s.Value >= 0.5 {
			c.Reasons = append(c.Reasons, s.Detail)
		}
	}
	for _, p := range lead.penalties {
		c.Warnings = append(c.Warnings, p.Name)
	}
	if t != nil {
		c.Term = &CardTerm{URN: t.urn, Name: t.name, Metric: t.metric, Definition: t.definition, Formula: t.formula}
		c.Dashboard = f.dashboard(t)
		for _, u := range t.canonical {
			if f.listed(u) != nil {
				c.Canonical = append(c.Canonical, u)
			}
		}
	}
	f.runnerUp(c, lead)
	return c
}

// leader is the candidate that answers, and the term by which it does.
func (f *finder) leader() (*candidate, *term) {
	for _, t := range f.terms {
		for _, u := range t.canonical {
			if c := f.listed(u); c != nil && c.doc.Type != catalog.Dashboard && c.doc.Marks&Deprecated == 0 {
				return c, t
			}
		}
	}
	first := &f.list[0]
	e := &first.doc.Evidence
	valid := e.Certified && (e.CertifiedUntil.IsZero() || e.CertifiedUntil.After(f.moment.Now))
	if !valid || first.stage > Named || f.p.Question || first.trust < cardTrust || first.doc.Marks != 0 {
		return nil, nil
	}
	if len(f.list) > 1 && f.list[1].stage == first.stage && first.score < cardLead*f.list[1].score {
		return nil, nil
	}
	return first, nil
}

// listed finds an asset among the candidates, so that a card names nothing hidden
// or filtered away.
func (f *finder) listed(u urn.URN) *candidate {
	if i := slices.IndexFunc(f.list, func(c candidate) bool { return c.doc.URN == u }); i >= 0 {
		return &f.list[i]
	}
	return nil
}

func (f *finder) dashboard(t *term) *CardAsset {
	var best *candidate
	for _, u := range t.canonical {
		if c := f.listed(u); c != nil && c.doc.Type == catalog.Dashboard && (best == nil || c.trust > best.trust) {
			best = c
		}
	}
	if best == nil {
		return nil
	}
	return f.cardAsset(best, func(s catalog.Signal) bool { return s.Known && s.Value >= 0.5 })
}

func (f *finder) cardAsset(c *candidate, tell func(catalog.Signal) bool) *CardAsset {
	a := &CardAsset{URN: c.doc.URN, Name: c.doc.Name, Reasons: []string{}}
	for _, s := range c.doc.Evidence.Trust(&f.moment.Survey.Estate, f.moment.Now).Signals {
		if tell(s) && len(a.Reasons) < mostReasons {
			a.Reasons = append(a.Reasons, s.Detail)
		}
	}
	return a
}

// runnerUp names the next asset, and the likeliest one to be taken by mistake: of
// the same type, with the words in its name, and less to be trusted.
func (f *finder) runnerUp(card *Card, lead *candidate) {
	for i := range f.list {
		c := &f.list[i]
		if c.doc.URN == lead.doc.URN || slices.Contains(card.Canonical, c.doc.URN) || c.doc.Type == catalog.Term {
			continue
		}
		if card.RunnerUp == "" {
			card.RunnerUp = c.doc.URN
		}
		if c.stage <= Named && c.doc.Type == lead.doc.Type && c.trust < lead.trust && (card.Not == nil || c.doc.Marks != 0) {
			card.Not = f.cardAsset(c, func(s catalog.Signal) bool { return s.Known && s.Value < 0.5 })
			card.Not.Reasons = append(card.Not.Reasons, penaltyNames(c)...)
			if c.doc.Marks != 0 {
				return
			}
		}
	}
}

func penaltyNames(c *candidate) []string {
	var out []string
	for _, p := range c.penalties {
		out = append(out, strings.TrimSpace(p.Name))
	}
	return out
}
