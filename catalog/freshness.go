package catalog

import (
	"fmt"
	"time"
)

// The standings of freshness.
const (
	Fresh   = "fresh"   // inside its own cadence
	Late    = "late"    // behind it
	Stale   = "stale"   // three intervals missed
	Unknown = "unknown" // too few writes seen to know a cadence
)

// Standing compares the last write with the learned cadence at the moment now, and
// says both in words.
func (c Cadence) Standing(now time.Time) (state, detail string) {
	age := now.Sub(c.Last)
	switch {
	case c.Every <= 0 || c.Last.IsZero():
		return Unknown, "fewer than five writes were seen"
	case age <= max(c.Every, c.Late):
		return Fresh, span(age) + " ago, every " + span(c.Every)
	case age <= 3*c.Every:
		return Late, fmt.Sprintf("%s late, every %s", span(age-c.Every), span(c.Every))
	}
	return Stale, fmt.Sprintf("%s ago, was every %s", span(age), span(c.Every))
}
