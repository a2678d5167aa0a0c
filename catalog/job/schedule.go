package job

import (
	"math/bits"
	"strconv"
	"strings"
	"time"

	"waymark/catalog/fault"
)

// Schedule is a cron expression of five fields: minute, hour, day of the month,
// month, day of the week. Times are of the location that Next is given.
type Schedule struct {
	minute, hour, day, month, weekday uint64 // a bit for each value
	anyDay, anyWeekday                bool
}

var shortcuts = map[string]string{
	"@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0", "@monthly": "0 0 1 * *",
}

var (
	months   = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
	weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
)

// ParseSchedule reads a cron expression, or one of @hourly, @daily, @weekly and
// @monthly. fault.Invalid names the field that is wrong.
func ParseSchedule(text string) (s Schedule, err error) {
	defer fault.Wrap(&err, "schedule %q", text)
	expr := strings.ToLower(strings.TrimSpace(text))
	if full, ok := shortcuts[expr]; ok {
		expr = full
	}
	f := strings.Fields(expr)
	if len(f) != 5 {
		return s, fault.Invalid.Errorf("it has %d fields; write five, like \"0 * * * *\"", len(f))
	}
	fields := []struct {
		name  string
		into  *uint64
		from  int
		to    int
		names []string
	}{
		{"minute", &s.minute, 0, 59, nil}, {"hour", &s.hour, 0, 23, nil}, {"day", &s.day, 1, 31, nil},
		{"month", &s.month, 1, 12, months}, {"day of the week", &s.weekday, 0, 7, weekdays},
	}
	for i, x := range fields {
		if *x.into, err = parseField(f[i], x.from, x.to, x.names); err != nil {
			return s, fault.Invalid.Errorf("%s %q: %w", x.name, f[i], err)
		}
	}
	s.weekday |= s.weekday >> 7 & 1 // 7 is Sunday too
	s.anyDay, s.anyWeekday = strings.HasPrefix(f[2], "*"), strings.HasPrefix(f[4], "*")
	return s, nil
}

func parseField(text string, low, high int, names []string) (set uint64, err error) {
	for item := range strings.SplitSeq(text, ",") {
		span, every, stepped := strings.Cut(item, "/")
		step := 1
		if stepped {
			if step, err = strconv.Atoi(every); err != nil || step < 1 {
				return 0, fault.Invalid.Errorf("%q is no step", every)
			}
		}
		from, to := low, high
		if span != "*" {
			a, b, ranged := strings.Cut(span, "-")
			if from, err = parseValue(a, low, high, names); err != nil {
				return 0, err
			}
			if to = from; ranged {
				if to, err = parseValue(b, low, high, names); err != nil {
					return 0, err
				}
			} else if stepped {
				to = high
			}
		}
		if to < from {
			return 0, fault.Invalid.Errorf("%q runs backwards", span)
		}
		for v := from; v <= to; v += step {
			set |= 1 << v
		}
	}
	return set, nil
}

func parseValue(text string, low, high int, names []string) (int, error) {
	for i, n := range names {
		if text == n {
			return low + i, nil
		}
	}
	v, err := strconv.Atoi(text)
	if err != nil || v < low || v > high {
		return 0, fault.Invalid.Errorf("%q is not between %d and %d", text, low, high)
	}
	return v, nil
}

// horizon is how far Next looks: 29 February comes at least once in eight years.
const horizon = 9 * 366

// Next returns the first time after t at which s is due, or the zero time if
// there is none, as on 31 February. Where clocks are put forward, a time that
// the day does not have is due when the clock jumps over it.
func (s Schedule) Next(t time.Time) time.Time {
	t = t.Truncate(time.Minute).Add(time.Minute)
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
	for range horizon {
		if s.onDay(day) {
			if due := s.onTime(day, t); !due.IsZero() {
				return due
			}
		}
		day = time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, t.Location())
	}
	return time.Time{}
}

// onDay follows cron: where both days are given, either will do.
func (s Schedule) onDay(d time.Time) bool {
	if s.month>>d.Month()&1 == 0 {
		return false
	}
	day, weekday := s.day>>d.Day()&1 == 1, s.weekday>>d.Weekday()&1 == 1
	if s.anyDay || s.anyWeekday {
		return day && weekday
	}
	return day || weekday
}

func (s Schedule) onTime(day, from time.Time) time.Time {
	for hours := s.hour; hours != 0; hours &= hours - 1 {
		for minutes := s.minute; minutes != 0; minutes &= minutes - 1 {
			due := time.Date(day.Year(), day.Month(), day.Day(), bits.TrailingZeros64(hours), bits.TrailingZeros64(minutes), 0, 0, day.Location())
			if !due.Before(from) {
				return due
			}
		}
	}
	return time.Time{}
}
