package pii

import (
	"strings"
	"time"

	"waymark/catalog"
	"waymark/pii/detect"
)

// The states of a column: privacy.md 2.1.
const (
	Tagged    = "tagged"    // a person, the source or a sure detector says so
	Suggested = "suggested" // wants an answer
	Waived    = "waived"    // accepted for a time
	Rejected  = "rejected"  // a person says it is not personal
)

// The origins of a mark.
const (
	byDecision  = "decided"
	byDeclared  = "declared"
	byDetection = "detected"
)

// standing weighs, column by column: a person's decision, what the source or an
// import declares, and what the detector found, in this order.
func standing(a *catalog.Asset, r record) catalog.Privacy {
	p := catalog.Privacy{Columns: map[string]catalog.PrivacyMark{}}
	if a.Schema == nil {
		return p
	}
	for _, c := range a.Schema.Columns {
		var found *detect.Finding
		if list := r.Columns[c.Name]; len(list) > 0 {
			found = &list[0]
		}
		if m, ok := mark(a, c, found, r.At); ok {
			p.Columns[c.Name] = m
		}
	}
	return p
}

func mark(a *catalog.Asset, c catalog.Column, found *detect.Finding, at time.Time) (m catalog.PrivacyMark, ok bool) {
	if found != nil {
		m = catalog.PrivacyMark{
			Class: found.Class, Format: found.Format, Sensitivity: string(found.Sensitivity), Score: found.Score,
			State: Suggested, Origin: byDetection,
		}
		if found.Decision == detect.Tag && found.Mode == detect.ModeColumn {
			m.State = Tagged
		}
	}
	if len(c.Classes) > 0 {
		m = catalog.PrivacyMark{Class: c.Classes[0], Sensitivity: sensitivity(c.Classes[0]), State: Tagged, Origin: byDeclared, Format: m.Format, Score: 1}
	}
	if a.Decisions != nil {
		if d, decided := a.Decisions.Columns[c.Name]; decided && (d.Expires.IsZero() || d.Expires.After(at)) {
			return decide(m, d), true
		}
	}
	return m, m.Class != ""
}

// decide gives the mark that a decision leaves.
func decide(m catalog.PrivacyMark, d catalog.Decision) catalog.PrivacyMark {
	m.Origin = byDecision
	switch {
	case d.NotPersonal && !d.Expires.IsZero():
		m.State = Waived
	case d.NotPersonal:
		m.State = Rejected
	default:
		m.State, m.Class, m.Sensitivity, m.Score = Tagged, d.Class, sensitivity(d.Class), 1
	}
	return m
}

func sensitivity(class string) string { return string(detect.Describe(class).Sensitivity) }

// Label returns a class in words.
func Label(class string) string { return detect.Describe(class).Label }

func splitName(name string) (path, last string) {
	i := strings.LastIndexByte(name, '.')
	return name[:max(i, 0)], name[i+1:]
}
