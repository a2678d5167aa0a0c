package catalog

import (
	"fmt"
	"time"
)

// plurals that an added s does not make.
var plurals = map[string]string{"person": "people", "query": "queries"}

// count says n things in words: "1 person", "41 people".
func count[N int | int64](n N, thing string) string {
	if n == 1 {
		return fmt.Sprintf("1 %s", thing)
	}
	if many, ok := plurals[thing]; ok {
		return fmt.Sprintf("%d %s", n, many)
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// span says a duration in its largest unit, as people do.
func span(d time.Duration) string {
	switch hours := int(d.Round(time.Hour) / time.Hour); {
	case d < time.Hour:
		return count(max(1, int(d.Round(time.Minute)/time.Minute)), "minute")
	case hours < 48:
		return count(hours, "hour")
	default:
		return count((hours+12)/24, "day")
	}
}
