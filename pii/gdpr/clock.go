package gdpr

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// The units of a Span.
const (
	unitMonth    = "month"
	unitDay      = "day"
	unitBusiness = "business_day"
)

// Day is a civil date in the office's zone.
type Day struct{ t time.Time }

// NewDay returns the civil date of that name.
func NewDay(year int, month time.Month, day int) Day {
	return Day{time.Date(year, month, day, 0, 0, 0, 0, time.UTC)}
}

// DayOf returns the civil date that t is in zone.
func DayOf(t time.Time, zone *time.Location) Day {
	y, m, d := t.In(zone).Date()
	return NewDay(y, m, d)
}

// String prints the date as 2026-12-14.
func (d Day) String() string {
	if d.t.IsZero() {
		return ""
	}
	return d.t.Format(time.DateOnly)
}

// MarshalText prints the date as String does.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText prints.
func (d *Day) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*d = Day{}
		return nil
	}
	d.t, err = time.Parse(time.DateOnly, string(text))
	return err
}

// IsZero reports whether d names no date.
func (d Day) IsZero() bool { return d.t.IsZero() }

// After reports whether d is later than o.
func (d Day) After(o Day) bool { return d.t.After(o.t) }

// Add returns the date n days later.
func (d Day) Add(n int) Day { return Day{d.t.AddDate(0, 0, n)} }

// Until returns how many days o is after d.
func (d Day) Until(o Day) int { return int(o.t.Sub(d.t) / (24 * time.Hour)) }

func (d Day) words() string { return d.t.Format("2 Jan 2006") }

// Calendar tells working days: Monday to Friday without the office's holidays.
type Calendar struct{ Holidays []Day }

func (c Calendar) works(d Day) (bool, string) {
	switch wd := d.t.Weekday(); {
	case wd == time.Saturday || wd == time.Sunday:
		return false, "a " + wd.String()
	case slices.Contains(c.Holidays, d):
		return false, "a holiday"
	}
	return true, ""
}

// Event is something that moves a clock.
type Event struct {
	What   string `json:"what"` // asked, given, extended
	Day    Day    `json:"day"`
	Reason string `json:"reason,omitempty"`
}

// The events besides the receipt.
const (
	Asked    = "asked"    // the subject was asked for something
	Given    = "given"    // and answered
	Extended = "extended" // the subject was told that it takes longer
)

// Deadline is when a request is to be answered, and the sentence that says why.
type Deadline struct {
	Due       Day    `json:"due"`
	Why       string `json:"why"`
	Confirm   Day    `json:"confirm,omitzero"`   // the receipt is to be confirmed by then
	ExtendBy  Day    `json:"extend_by,omitzero"` // an extension is to be told by then
	ExtendTo  Day    `json:"extend_to,omitzero"` // and lasts until then
	Unchecked bool   `json:"unchecked,omitempty"`
	Paused    bool   `json:"paused,omitempty"` // the clock stands still now
}

// Deadline computes the clock of a request of kind k received on a day. The day of
// receipt is not counted. today matters only while the clock is paused.
func (l Law) Deadline(k Kind, received Day, events []Event, cal Calendar, today Day) Deadline {
	term, given := l.term(k)
	pause, paused := l.pause(events, today)
	d := Deadline{Unchecked: !l.Checked || term.Unchecked || !given, Paused: paused}
	s := sentence{}
	s.add("received %s", received.words())
	first := l.end(received, []Span{term.Span}, pause, cal, &s)
	d.Due = first
	if term.Extension != nil {
		d.ExtendBy = first
		long := sentence{}
		long.add("received %s", received.words())
		d.ExtendTo = l.end(received, []Span{term.Span, *term.Extension}, pause, cal, &long)
		if slices.ContainsFunc(events, func(e Event) bool { return e.What == Extended }) {
			d.Due, s = d.ExtendTo, long
			d.ExtendBy, d.ExtendTo = Day{}, Day{}
		}
	}
	if l.Ack != nil {
		d.Confirm = addSpan(received, *l.Ack, cal, &sentence{})
	}
	article := term.Article
	if !given {
		article = l.Name + " gives no such right; the office answers within " + fmt.Sprint(officeDays) + " days"
	}
	if d.Unchecked && given {
		article += ", unchecked"
	}
	d.Why = s.String() + " (" + article + ")"
	return d
}

// end counts the spans from the day of receipt, adds the paused days, and rolls a
// last day that is no working day, if the law says so.
func (l Law) end(received Day, spans []Span, pause int, cal Calendar, s *sentence) Day {
	end := received
	if len(spans) == 2 && spans[0].Unit == unitMonth {
		// Months are counted in one step: 31 Jan and three months is 30 Apr.
		spans = []Span{{spans[0].N + spans[1].N, unitMonth}}
	}
	for _, span := range spans {
		end = addSpan(end, span, cal, s)
	}
	if pause > 0 {
		end = end.Add(pause)
		s.add("%s paused, %s", count(pause, "day"), end.words())
	}
	if !l.Roll {
		return s.done(end)
	}
	for ok, why := cal.works(end); !ok; ok, why = cal.works(end) {
		s.add("%s is %s", end.words(), why)
		end = end.Add(1)
	}
	return s.done(end)
}

func addSpan(from Day, span Span, cal Calendar, s *sentence) Day {
	switch span.Unit {
	case unitMonth:
		s.add("%s", count(span.N, "month"))
		y, m, day := from.t.Date()
		last := time.Date(y, m+time.Month(span.N)+1, 0, 0, 0, 0, 0, time.UTC)
		if day > last.Day() {
			s.add("there is no %d %s, last day %s", day, last.Format("Jan"), Day{last}.words())
			return Day{last}
		}
		return Day{time.Date(y, m+time.Month(span.N), day, 0, 0, 0, 0, time.UTC)}
	case unitBusiness:
		s.add("%s", count(span.N, "business day"))
		for n := span.N; n > 0; {
			from = from.Add(1)
			if ok, _ := cal.works(from); ok {
				n--
			}
		}
		return from
	}
	s.add("%s", count(span.N, "day"))
	return from.Add(span.N)
}

// pause returns how many days the clock stood still, and whether it does now.
func (l Law) pause(events []Event, today Day) (days int, now bool) {
	if !l.Pauses {
		return 0, false
	}
	var since Day
	for _, e := range events {
		switch {
		case e.What == Asked && since.IsZero():
			since = e.Day
		case e.What == Given && !since.IsZero():
			days += since.Until(e.Day)
			since = Day{}
		}
	}
	if !since.IsZero() && today.After(since) {
		days += since.Until(today)
	}
	return days, !since.IsZero()
}

// sentence collects why a date is what it is.
type sentence struct {
	parts []string
	end   Day
}

func (s *sentence) add(format string, args ...any) {
	s.parts = append(s.parts, fmt.Sprintf(format, args...))
}

func (s *sentence) done(end Day) Day {
	s.end = end
	return end
}

func (s *sentence) String() string {
	return strings.Join(s.parts, ", ") + ": " + s.end.t.Format("Monday, 2 January 2006")
}

func count(n int, noun string) string {
	words := []string{"no", "one", "two", "three"}
	number := fmt.Sprint(n)
	if n < len(words) {
		number = words[n]
	}
	if n != 1 {
		noun += "s"
	}
	return number + " " + noun
}
