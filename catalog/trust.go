package catalog

import (
	"math"
	"time"

	"waymark/catalog/urn"
)

// Trust says how far an asset may be relied on, and why. Score lies between 0 and
// 1; an asset of which nothing is known has 0.5. Known is the share of the weights
// whose signals are connected: what is unknown is left out, never counted as zero.
type Trust struct {
	Score   float64  `json:"score"`
	Known   float64  `json:"known"`
	Signals []Signal `json:"signals"`
}

// Signal is one reason for or against trust. Detail is a fact with its numbers, or
// what would make the signal known.
type Signal struct {
	Name   string  `json:"name"`
	Value  float64 `json:"value"`
	Weight float64 `json:"weight"`
	Known  bool    `json:"known"`
	Detail string  `json:"detail"`
}

// Estate is what trust measures one asset against: the whole of the catalog.
type Estate struct {
	P95People  float64               // 95th percentile of decayed people, over assets that have any
	P95Queries float64               // likewise of decayed queries
	Certifies  bool                  // somebody certifies assets here
	Seen       map[urn.URN]time.Time // last sign-in or edit of people; nobody missing from it is called absent
}

// The names of the signals in the order in which they are shown.
const (
	SignalUsage         = "usage"
	SignalCertification = "certification"
	SignalFreshness     = "freshness"
	SignalChecks        = "checks"
	SignalConsumers     = "consumers"
	SignalOwner         = "owner"
	SignalDocuments     = "documents"
)

// signals are the weights of trust: use speaks loudest because it is what people
// do, not what they say. They sum to 1.
var signals = []struct {
	name   string
	weight float64
	weigh  func(e *Evidence, estate *Estate, now time.Time) (value float64, known bool)
	tell   func(e *Evidence, estate *Estate, now time.Time) string
}{
	{SignalUsage, 0.28, weighUsage, tellUsage},
	{SignalCertification, 0.18, weighCertification, tellCertification},
	{SignalFreshness, 0.14, weighFreshness, tellFreshness},
	{SignalChecks, 0.14, weighChecks, tellChecks},
	{SignalConsumers, 0.12, weighConsumers, tellConsumers},
	{SignalOwner, 0.08, weighOwner, tellOwner},
	{SignalDocuments, 0.06, weighDocuments, tellDocuments},
}

// The prior keeps one lone signal from making trust 0 or 1.
const priorValue, priorWeight = 0.05, 0.10

// TrustOf weighs what is known of a at the moment now.
func TrustOf(a *Asset, estate *Estate, now time.Time) Trust {
	e := EvidenceOf(a)
	return e.Trust(estate, now)
}

// Trust weighs the evidence and tells every signal.
func (e *Evidence) Trust(estate *Estate, now time.Time) Trust {
	t := Trust{Signals: make([]Signal, len(signals))}
	for i, s := range signals {
		value, known := s.weigh(e, estate, now)
		t.Signals[i] = Signal{Name: s.name, Value: value, Weight: s.weight, Known: known, Detail: s.tell(e, estate, now)}
	}
	t.Score, t.Known = e.Score(estate, now)
	return t
}

// Score is Trust without its words, for the many candidates of one search.
func (e *Evidence) Score(estate *Estate, now time.Time) (score, known float64) {
	sum := priorValue
	for i := range signals {
		if value, ok := signals[i].weigh(e, estate, now); ok {
			sum += signals[i].weight * value
			known += signals[i].weight
		}
	}
	return sum / (known + priorWeight), known
}

func weighUsage(e *Evidence, estate *Estate, _ time.Time) (float64, bool) {
	return 0.7*share(e.People, estate.P95People) + 0.3*share(e.Queries, estate.P95Queries), e.UsageKnown
}

// share is the logarithmic share of x in its 95th percentile, at most 1.
func share(x, p95 float64) float64 {
	if x <= 0 {
		return 0
	}
	if p95 <= 0 {
		return 1
	}
	return min(1, math.Log1p(x)/math.Log1p(p95))
}

// grace is how long a certificate fades after its review date.
const grace = 90 * 24 * time.Hour

func weighCertification(e *Evidence, estate *Estate, now time.Time) (float64, bool) {
	switch {
	case !e.Certified:
		return 0, estate.Certifies
	case e.CertifiedUntil.IsZero() || !now.After(e.CertifiedUntil):
		return 1, true
	}
	return max(0, 1-float64(now.Sub(e.CertifiedUntil))/float64(grace)), true
}

// missed is how many intervals late a table is when nothing speaks for it any more.
const missed = 3

func weighFreshness(e *Evidence, _ *Estate, now time.Time) (float64, bool) {
	if e.Cadence.Late <= 0 {
		return 0, false
	}
	late := float64(now.Sub(e.Cadence.Last))/float64(e.Cadence.Late) - 1
	return min(1, max(0, 1-late/missed)), true
}

func weighChecks(e *Evidence, _ *Estate, _ time.Time) (float64, bool) {
	if e.ChecksTotal == 0 {
		return 0, false
	}
	return float64(e.ChecksPassed) / float64(e.ChecksTotal), true
}

func weighConsumers(e *Evidence, _ *Estate, _ time.Time) (float64, bool) {
	return min(1, max(0, e.ConsumerRank)), e.ConsumersKnown
}

// absence is after how long without a sign an owner counts half.
const absence = 90 * 24 * time.Hour

func weighOwner(e *Evidence, estate *Estate, now time.Time) (float64, bool) {
	if len(e.Owners) == 0 {
		return 0, true
	}
	for _, o := range e.Owners {
		if !absent(o, estate, now) {
			return 1, true
		}
	}
	return 0.5, true
}

func absent(owner urn.URN, estate *Estate, now time.Time) bool {
	seen, ok := estate.Seen[owner]
	return ok && now.Sub(seen) > absence
}

func weighDocuments(e *Evidence, _ *Estate, _ time.Time) (float64, bool) {
	described := 0.0
	if e.Described {
		described = 1
	}
	if e.Columns == 0 {
		return described, true
	}
	return described/2 + float64(e.ColumnsDescribed)/float64(e.Columns)/2, true
}
