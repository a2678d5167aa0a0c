package catalog

import (
	"fmt"
	"slices"
	"time"

	"waymark/catalog/urn"
)

// Evidence is what an asset's own facts say about its trust: numbers only, so that
// search can keep it beside a document and weigh it at any later moment.
type Evidence struct {
	UsageKnown       bool
	People, Queries  float64 // decayed
	People30         int
	Queries30        int64
	Service30        int64
	CoveredDays      int
	Unparsed         float64
	Certified        bool
	CertifiedBy      urn.URN
	CertifiedUntil   time.Time
	Cadence          Cadence
	ChecksPassed     int
	ChecksTotal      int
	ConsumersKnown   bool
	ConsumerRank     float64
	Dashboards       int
	Viewers          int
	Downstream       int
	Owners           []urn.URN
	Described        bool
	Columns          int // columns that people use; all of them where use is unknown
	ColumnsDescribed int
}

// Cadence is the rhythm of an asset's writes, learned from the writes seen.
type Cadence struct {
	Last  time.Time     // the newest write known
	Every time.Duration // the usual interval; 0 is unknown
	Late  time.Duration // the interval that nine in ten do not exceed: a weekday table is not late on Monday
}

// EvidenceOf takes the evidence out of an asset.
func EvidenceOf(a *Asset) Evidence {
	e := Evidence{Described: a.Profile != nil && a.Profile.Description != ""}
	if u := a.Usage; u != nil {
		e.UsageKnown, e.People, e.Queries = u.Covered, u.People, u.Queries
		e.People30, e.Queries30, e.Service30 = u.People30, u.Queries30, u.Service30
		e.CoveredDays, e.Unparsed = u.CoveredDays, u.Unparsed
	}
	if c := a.Certification; c != nil {
		e.Certified, e.CertifiedBy, e.CertifiedUntil = true, c.By, c.Until
	}
	if c := a.Checks; c != nil {
		e.ChecksPassed, e.ChecksTotal = c.Passed, c.Total
	}
	if c := a.Consumers; c != nil {
		e.ConsumersKnown, e.ConsumerRank = c.Covered, c.Rank
		e.Dashboards, e.Viewers, e.Downstream = c.Dashboards, c.Viewers, c.Downstream
	}
	if a.Owners != nil {
		for _, o := range a.Owners.List {
			e.Owners = append(e.Owners, o.User)
		}
	}
	e.Cadence = CadenceOf(a)
	e.Columns, e.ColumnsDescribed = documented(a)
	return e
}

// enoughWrites is how many writes must be seen before a rhythm is believed.
const enoughWrites = 5

// CadenceOf learns how often an asset is written; Every stays 0 for fewer than
// five writes, as of reference data.
func CadenceOf(a *Asset) Cadence {
	var c Cadence
	if a.Stats != nil {
		c.Last = a.Stats.UpdatedAt
	}
	if a.Usage == nil || len(a.Usage.Writes) == 0 {
		return c
	}
	writes := a.Usage.Writes
	if last := time.Unix(writes[len(writes)-1], 0).UTC(); last.After(c.Last) {
		c.Last = last
	}
	if len(writes) < enoughWrites {
		return c
	}
	gaps := make([]int64, 0, len(writes)-1)
	for i := range writes[1:] {
		gaps = append(gaps, writes[i+1]-writes[i])
	}
	slices.Sort(gaps)
	c.Every = time.Duration(gaps[len(gaps)/2]) * time.Second
	c.Late = time.Duration(gaps[(len(gaps)*9+9)/10-1]) * time.Second
	return c
}

// documented counts the columns that count and how many of them are described.
func documented(a *Asset) (columns, described int) {
	if a.Schema == nil {
		return 0, 0
	}
	used := map[string]bool{}
	if a.Usage != nil && a.Usage.Covered {
		for _, c := range a.Usage.UsedColumns {
			used[c] = true
		}
	}
	for _, c := range a.Schema.Columns {
		if len(used) > 0 && !used[c.Name] {
			continue
		}
		columns++
		if c.Description != "" || a.Notes != nil && a.Notes.Columns[c.Name].Description != "" {
			described++
		}
	}
	return columns, described
}

func tellUsage(e *Evidence, _ *Estate, _ time.Time) string {
	switch {
	case !e.UsageKnown && e.CoveredDays > 0:
		return fmt.Sprintf("usage unknown: the query log covers %s only", count(e.CoveredDays, "day"))
	case !e.UsageKnown:
		return "usage unknown: no query log connected"
	case e.People30 == 0 && e.Service30 > 0:
		return fmt.Sprintf("used by nobody in 30 days; %s by services", count(e.Service30, "query"))
	case e.People30 == 0 && e.Unparsed >= 0.005:
		return fmt.Sprintf("no use seen in 30 days; %.0f%% of statements did not parse", 100*e.Unparsed)
	case e.People30 == 0:
		return "used by nobody in 30 days"
	}
	return fmt.Sprintf("%s in 30 days", count(e.People30, "person"))
}

func tellCertification(e *Evidence, estate *Estate, now time.Time) string {
	switch {
	case !e.Certified && !estate.Certifies:
		return "nobody certifies here"
	case !e.Certified:
		return "not certified"
	case e.CertifiedUntil.IsZero():
		return "certified by " + e.CertifiedBy.Name()
	case now.After(e.CertifiedUntil):
		return "certificate ran out " + day(e.CertifiedUntil)
	}
	return fmt.Sprintf("certified by %s until %s", e.CertifiedBy.Name(), day(e.CertifiedUntil))
}

func tellFreshness(e *Evidence, _ *Estate, now time.Time) string {
	switch c := e.Cadence; {
	case c.Last.IsZero():
		return "freshness unknown: no write seen"
	case c.Late <= 0:
		return fmt.Sprintf("last written %s ago; too few writes seen to know its rhythm", span(now.Sub(c.Last)))
	case now.Sub(c.Last) > c.Late:
		return fmt.Sprintf("last written %s ago, usually every %s", span(now.Sub(c.Last)), span(c.Every))
	default:
		return fmt.Sprintf("refreshed %s ago, every %s", span(now.Sub(c.Last)), span(c.Every))
	}
}

func tellChecks(e *Evidence, _ *Estate, _ time.Time) string {
	if e.ChecksTotal == 0 {
		return "no checks connected"
	}
	return fmt.Sprintf("%d of %d check runs passed in 14 days", e.ChecksPassed, e.ChecksTotal)
}

func tellConsumers(e *Evidence, _ *Estate, _ time.Time) string {
	switch {
	case !e.ConsumersKnown:
		return "consumers unknown: no lineage connected"
	case e.Dashboards > 0 && e.Viewers > 0:
		return fmt.Sprintf("feeds %s with %s", count(e.Dashboards, "dashboard"), count(e.Viewers, "viewer"))
	case e.Dashboards > 0:
		return "feeds " + count(e.Dashboards, "dashboard")
	case e.Downstream > 0:
		return "feeds " + count(e.Downstream, "dataset")
	}
	return "feeds nothing known"
}

func tellOwner(e *Evidence, estate *Estate, now time.Time) string {
	if len(e.Owners) == 0 {
		return "no owner"
	}
	for _, o := range e.Owners {
		if !absent(o, estate, now) {
			return "owned by " + o.Name()
		}
	}
	first := e.Owners[0]
	return fmt.Sprintf("owner %s not seen for %s", first.Name(), span(now.Sub(estate.Seen[first])))
}

func tellDocuments(e *Evidence, _ *Estate, _ time.Time) string {
	text := "no description"
	if e.Described {
		text = "described"
	}
	if e.Columns == 0 {
		return text
	}
	return fmt.Sprintf("%s, %d of %d columns described", text, e.ColumnsDescribed, e.Columns)
}
