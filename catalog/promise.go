package catalog

import (
	"context"
	"slices"
	"strings"
	"time"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// Promise is what somebody promises of a pipeline or of a table: that it is written
// by a time of day, or that its data is never older than a span. People and imports
// set it; whether it was kept is computed from the writes that were seen.
type Promise struct {
	DueBy     string        `cbor:"1,keyasint,omitempty"` // 07:30; "" promises no time
	Zone      string        `cbor:"2,keyasint,omitempty"` // Europe/Berlin; "" is UTC
	Weekdays  []int         `cbor:"3,keyasint,omitempty"` // 1 is Monday, 7 Sunday; none is every day
	Freshness time.Duration `cbor:"4,keyasint,omitempty"` // 0 promises no span
	By        urn.URN       `cbor:"5,keyasint,omitempty"` // who promised
}

// The verdicts on one day of a promise.
const (
	Kept       = "kept"
	Missed     = "missed"
	Pending    = "pending" // its time has not come
	NotDue     = "not due" // not one of its weekdays
	NotCovered = "unknown" // nothing that would have seen the write looked
)

// KeptDay is how a promise went on one day.
type KeptDay struct {
	Day   time.Time `cbor:"1,keyasint,omitzero"` // midnight in the promise's zone
	State string    `cbor:"2,keyasint,omitempty"`
	Due   time.Time `cbor:"3,keyasint,omitzero"`
	Met   time.Time `cbor:"4,keyasint,omitzero"` // the write that kept it
}

const (
	promiseDays = 90
	// patience is how long after its time a promise is judged: a log that is read
	// every hour tells of a write up to an hour late.
	patience = 75 * time.Minute
)

// Check returns fault.Invalid for a promise that says nothing or nonsense.
func (p Promise) Check() error {
	if p.DueBy == "" && p.Freshness == 0 {
		return fault.Invalid.Errorf("a promise needs a time of day, 07:30, or a freshness, 24h")
	}
	if _, err := time.Parse("15:04", p.DueBy); p.DueBy != "" && err != nil {
		return fault.Invalid.Errorf("%q is no time of day; write 07:30", p.DueBy)
	}
	if _, err := time.LoadLocation(p.Zone); err != nil || p.Zone == "Local" { // the server may move
		return fault.Invalid.Errorf("%q is no time zone; write Europe/Berlin", p.Zone)
	}
	if p.Freshness != 0 && p.Freshness < time.Minute || p.Freshness > 366*24*time.Hour {
		return fault.Invalid.Errorf("a freshness lies between a minute and a year")
	}
	if slices.ContainsFunc(p.Weekdays, func(d int) bool { return d < 1 || d > 7 }) {
		return fault.Invalid.Errorf("weekdays are numbers from 1, Monday, to 7, Sunday")
	}
	return nil
}

// Place is the time zone of the promise; Check refused what is none.
func (p Promise) Place() *time.Location {
	loc, err := time.LoadLocation(p.Zone)
	if err != nil {
		return time.UTC
	}
	return loc
}

// String says the promise in words.
func (p Promise) String() string {
	var parts []string
	if p.DueBy != "" {
		when := "by " + p.DueBy
		if p.Zone != "" {
			when += " in " + p.Zone
		}
		parts = append(parts, when+days(p.Weekdays))
	}
	if p.Freshness > 0 {
		parts = append(parts, "never older than "+span(p.Freshness))
	}
	return strings.Join(parts, ", ")
}

func days(list []int) string {
	if len(list) == 0 || len(list) == 7 {
		return " every day"
	}
	names := make([]string, 0, len(list))
	for _, d := range list {
		names = append(names, time.Weekday(d % 7).String()[:3])
	}
	return " on " + strings.Join(names, ", ")
}

// Judge says how the promise went on the day that begins at day, a midnight in its
// zone. writes are all writes known, oldest first; seen says whether whoever tells
// of writes looked on that day.
func (p Promise) Judge(day time.Time, writes []time.Time, seen bool, now time.Time) KeptDay {
	out := KeptDay{Day: day, State: NotDue}
	if !p.dueOn(day) {
		return out
	}
	if p.DueBy != "" {
		out = p.judgeDue(out, writes, now)
	}
	if p.Freshness > 0 && out.State != Missed && out.State != Pending {
		out = p.judgeAge(out, writes, now)
	}
	if out.State == Missed && !seen {
		out.State = NotCovered
	}
	return out
}

func (p Promise) dueOn(day time.Time) bool {
	return len(p.Weekdays) == 0 || slices.Contains(p.Weekdays, int(day.Weekday()+6)%7+1)
}

// due is the moment of the promise on a day.
func (p Promise) due(day time.Time) time.Time {
	clock, _ := time.Parse("15:04", p.DueBy) // Check refused what is none
	y, m, d := day.Date()
	return time.Date(y, m, d, clock.Hour(), clock.Minute(), 0, 0, day.Location())
}

// oneRun is how long the writes of one run lie apart at most.
const oneRun = 6 * time.Hour

// judgeDue looks for a write in the day before the due time. What came late for the
// day before is that day's, and does not count for this one too.
func (p Promise) judgeDue(out KeptDay, writes []time.Time, now time.Time) KeptDay {
	out.Due = p.due(out.Day)
	from := p.due(out.Day.AddDate(0, 0, -1))
	if late := p.owed(out.Day.AddDate(0, 0, -1), writes); !late.IsZero() {
		from = late.Add(oneRun)
	}
	for _, w := range writes {
		if w.After(from) && !w.After(out.Due) {
			out.State, out.Met = Kept, w
			return out
		}
	}
	if out.State = Missed; now.Before(out.Due.Add(patience)) {
		out.State = Pending
	}
	return out
}

// owed returns the write that came late for a day, and the zero time where that day
// was kept, not due, or lies before all writes.
func (p Promise) owed(day time.Time, writes []time.Time) time.Time {
	due, before := p.due(day), p.due(day.AddDate(0, 0, -1))
	if !p.dueOn(day) || len(writes) == 0 || writes[0].After(due) {
		return time.Time{}
	}
	for _, w := range writes {
		if w.After(due) {
			return w
		}
		if w.After(before) {
			break
		}
	}
	return time.Time{}
}

// judgeAge looks for a moment of the day at which the newest write was too old.
func (p Promise) judgeAge(out KeptDay, writes []time.Time, now time.Time) KeptDay {
	end := out.Day.AddDate(0, 0, 1)
	if now.Before(end) {
		end = now
	}
	out.State = Kept
	last := time.Time{}
	for _, w := range writes {
		if !w.Before(end) {
			break
		}
		if w.After(out.Day) && !last.IsZero() && w.Sub(last) > p.Freshness { // nothing is known of before the first
			out.State = Missed
		}
		last = w
	}
	if end.Sub(last) > p.Freshness+patience {
		out.State = Missed
	}
	if out.Met = last; out.State == Missed {
		out.Met = time.Time{}
	}
	return out
}

// SetPromise lets a steward promise something of an asset; a promise that says
// nothing takes it away. What was kept before the change stays as it was judged.
func (c *Catalog) SetPromise(ctx context.Context, u urn.URN, p Promise) (Asset, error) {
	if p.DueBy != "" || p.Freshness != 0 {
		if err := p.Check(); err != nil {
			return Asset{}, err
		}
		who, _ := access.From(ctx)
		p.By = who.URN()
	} else {
		p = Promise{}
	}
	return c.Edit(ctx, u, access.Certify, "promise", func(a *Asset) error {
		if !slices.Contains(watchedTypes, a.Type) {
			return fault.Invalid.Errorf("of a %s nobody tells when it is written; promise something of a dataset or a pipeline", a.Type)
		}
		a.Promise = &p
		return nil
	})
}
