package sample

import (
	"fmt"
	"time"
)

// The spans of the company's past, in days.
const (
	past = 400 // of the application
	logs = 90  // of the query log
)

const (
	dayForm  = "2006-01-02"
	timeForm = "2006-01-02 15:04:05"
)

// calendar counts back from today. Its last day is the day of the last complete
// nightly run; what that run loaded ends at the midnight before it.
type calendar struct {
	now  time.Time
	last time.Time
}

// newCalendar takes now to the second, in UTC. The nightly run ends before six.
func newCalendar(now time.Time) calendar {
	now = now.UTC().Truncate(time.Second)
	last := now.Truncate(24 * time.Hour)
	if now.Hour() < 6 {
		last = last.AddDate(0, 0, -1)
	}
	return calendar{now: now, last: last}
}

// back is the midnight that many days before the last day.
func (c calendar) back(days int) time.Time { return c.last.AddDate(0, 0, -days) }

// day is back as text.
func (c calendar) day(days int) string { return c.back(days).Format(dayForm) }

// at is the time of a clock reading "15:04" on the day that many days back.
func (c calendar) at(days int, clock string) (time.Time, error) {
	t, err := time.Parse("15:04", clock)
	if err != nil {
		return time.Time{}, fmt.Errorf("clock %q: %w", clock, err)
	}
	return c.back(days).Add(time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute), nil
}

func weekend(t time.Time) bool {
	return t.Weekday() == time.Saturday || t.Weekday() == time.Sunday
}

// newest is the day of now, counted like the others: 0, or -1 before the nightly run is through.
func (c calendar) newest() int { return -int(c.now.Sub(c.last).Hours()) / 24 }
