package search

import (
	"time"

	"waymark/catalog"
)

// Moment is what documents are weighed by when a query is asked: the estate as it
// was surveyed, and the clock. Engines keep what they derived from a document for
// as long as the same *Moment is asked with.
type Moment struct {
	Survey Survey
	Now    time.Time
}

// Prior is the part of a score that the words do not decide: trust and penalties.
func (m *Moment) Prior(d *Document) float64 {
	_, counts := m.trust(d)
	return TrustFactor(counts) * penalty(d.Marks) * kindFactor(d.Type)
}

// Owner and description are always known, and in a fresh catalog they are all that
// is: alone they say nothing of the data and move nothing. Trust counts in full
// from where half of the signals are known.
const (
	knownAlways = 0.14
	knownFully  = 0.5
)

// trust returns the trust of a document, and the trust that counts for its order:
// the same where enough is known, and pulled to the middle where it is not.
func (m *Moment) trust(d *Document) (shown, counts float64) {
	shown, known := d.Evidence.Score(&m.Survey.Estate, m.Now)
	weight := min(1, max(0, (known-knownAlways)/(knownFully-knownAlways)))
	return shown, 0.5 + (shown-0.5)*weight
}

func penalty(marks Marks) float64 {
	factor := 1.0
	for _, p := range penalties {
		if marks&p.mark != 0 {
			factor *= p.factor
		}
	}
	return max(least, factor)
}

// kindFactors put data before what shows or names it: who asks for revenue wants the
// table, and finds dashboard and term on its card.
var kindFactors = map[catalog.Type]float64{
	catalog.Dashboard: 0.85, catalog.Term: 0.6, catalog.Chart: 0.7, catalog.Job: 0.7, catalog.Flow: 0.7, catalog.Domain: 0.6, catalog.Tag: 0.5, catalog.User: 0.5, catalog.Group: 0.5,
}

func kindFactor(t catalog.Type) float64 {
	if f, ok := kindFactors[t]; ok {
		return f
	}
	return 1
}

// Keywords are the facets that change with the clock.
func (m *Moment) Keywords(d *Document) []string {
	out := make([]string, 0, 3)
	trust, known := d.Evidence.Score(&m.Survey.Estate, m.Now)
	if d.Evidence.Certified && (d.Evidence.CertifiedUntil.IsZero() || !m.Now.After(d.Evidence.CertifiedUntil)) {
		out = append(out, certifiedNow)
	}
	switch {
	case trust >= 0.8:
		out = append(out, FacetTrust+":80 and more")
	case known < enoughKnown:
		out = append(out, FacetTrust+":unknown")
	}
	switch c := d.Evidence.Cadence; {
	case c.Late <= 0:
		out = append(out, FacetWritten+":cadence unknown")
	case m.Now.Sub(c.Last) <= c.Late:
		out = append(out, FacetWritten+":inside its cadence")
	default:
		out = append(out, FacetWritten+":late")
	}
	return out
}

// enoughKnown is the share of signals below which trust is called unknown: owner
// and description alone, which are always known, are 0.14.
const enoughKnown = 0.3
