package catalog

import (
	"fmt"
	"math"
	"time"
)

// The standings of an asset's use. That nobody reads it is said only where a log is
// complete and understood; the other two words say why it cannot be said.
const (
	InUse    = "used"
	Unused   = "unused"   // the log is complete, and nobody reads
	Unparsed = "unparsed" // a statement that was not understood may read it
)

// Idle says whether anybody reads an asset, and proves it.
type Idle struct {
	State  string
	Detail string
	Safe   bool // every claim holds
	Claims []Claim
}

// Claim is one part of the proof that an asset may go.
type Claim struct {
	Name   string // cover, parsed, reads, downstream
	Holds  bool
	Detail string
}

// leastParsed is the share of statements that must be understood: below it a log
// proves little, whatever it names.
const leastParsed = 0.8

// IdleOf weighs what is known of the use of a dataset at the moment now.
func IdleOf(a *Asset, now time.Time) Idle {
	var u UsageSignal
	if a.Usage != nil {
		u = *a.Usage
	}
	i := Idle{Claims: []Claim{claimCover(u), claimParsed(u), claimReads(u, now), claimDownstream(a)}}
	cover, parsed, reads := i.Claims[0], i.Claims[1], i.Claims[2]
	switch {
	case !reads.Holds:
		i.State, i.Detail = InUse, reads.Detail
	case !cover.Holds:
		i.State, i.Detail = Unknown, cover.Detail
	case !parsed.Holds:
		i.State, i.Detail = Unparsed, parsed.Detail
	default:
		i.State, i.Detail = Unused, "read by nobody in the "+count(u.CoveredDays, "day")+" that the log covers"
	}
	i.Safe = i.State == Unused && i.Claims[3].Holds
	return i
}

func claimCover(u UsageSignal) Claim {
	c := Claim{Name: "cover", Holds: u.Covered, Detail: fmt.Sprintf("the query log covers %d of 90 days", u.CoveredDays)}
	if u.CoveredDays == 0 {
		c.Detail = "no query log of its source is read"
	}
	return c
}

func claimParsed(u UsageSignal) Claim {
	c := Claim{Name: "parsed", Detail: fmt.Sprintf("%.1f%% of the statements were understood", math.Floor(1000*(1-u.Unparsed))/10)}
	switch {
	case u.CoveredDays == 0:
		c.Detail = "no statements to understand"
	case u.Named > 0:
		c.Detail += fmt.Sprintf("; %s that was not names it", count(u.Named, "statement"))
	case u.Unparsed > 1-leastParsed:
	default:
		c.Holds = true
		if u.Unparsed > 0 {
			c.Detail += "; none of the others names it"
		}
	}
	return c
}

func claimReads(u UsageSignal, now time.Time) Claim {
	switch {
	case u.LastRead.IsZero():
		return Claim{Name: "reads", Holds: true, Detail: "no reading by a person or a program is known"}
	case u.People30 > 0:
		return Claim{Name: "reads", Detail: fmt.Sprintf("%s in 30 days", count(u.People30, "person"))}
	}
	return Claim{Name: "reads", Detail: fmt.Sprintf("last read %s ago", span(now.Sub(u.LastRead)))}
}

func claimDownstream(a *Asset) Claim {
	c := Claim{Name: "downstream", Detail: "no lineage of its source is read"}
	if s := a.Consumers; s != nil && (s.Covered || s.Downstream+s.Dashboards > 0) {
		c.Holds = s.Downstream+s.Dashboards == 0
		c.Detail = fmt.Sprintf("%s and %s stand on it", count(s.Downstream, "dataset"), count(s.Dashboards, "dashboard"))
		if c.Holds {
			c.Detail = "nothing stands on it"
		}
	}
	return c
}
