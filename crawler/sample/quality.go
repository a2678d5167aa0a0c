package sample

import (
	"cmp"
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"time"

	"waymark/catalog/fault"
)

//go:embed data/checks.txt
var checksText string

// checkDays is for how many nights results are told: what trust looks at.
const checkDays = 14

// assetCheck is one run of one check.
type assetCheck struct {
	Name     string `json:"name"`
	Column   string `json:"column,omitempty"`
	Status   string `json:"status"`
	Severity string `json:"severity"`
	Message  string `json:"message,omitempty"`
	At       string `json:"at"`
}

// assetSize is how many rows a table had on one night.
type assetSize struct {
	At   string `json:"at"`
	Rows int    `json:"rows"`
}

// assetPromise is by when a table is written every night.
type assetPromise struct {
	DueBy string `json:"due_by"`
	By    string `json:"by"`
}

// promises say by when which table is there, and who says so.
var promises = map[string]assetPromise{
	"analytics.revenue_daily":         {DueBy: "05:00", By: "ana"},
	"analytics.active_students_daily": {DueBy: "06:00", By: "tomasz"},
}

// shrunk are tables that had this many times their rows until last night.
var shrunk = map[string]int{"raw_data.ad_spend": 3}

// results reads the checks of all tables with their runs of the last nights, oldest first.
func results(cal calendar) (map[string][]assetCheck, error) {
	out := map[string][]assetCheck{}
	for n, line := range strings.Split(strings.TrimSpace(checksText), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Split(line, "|")
		if len(parts) != 4 && len(parts) != 5 {
			return nil, fault.Internal.Errorf("data/checks.txt line %d: got %d parts want 4 or 5", n+1, len(parts))
		}
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		bad, err := failures(append(parts, "")[4])
		if err != nil {
			return nil, fault.Internal.Errorf("data/checks.txt line %d: %w", n+1, err)
		}
		check := assetCheck{Column: parts[1], Name: parts[2], Severity: parts[3]}
		for ago := checkDays - 1; ago >= 0; ago-- {
			if run, ok := check.on(cal, ago, bad[ago]); ok {
				out[parts[0]] = append(out[parts[0]], run)
			}
		}
	}
	return out, nil
}

// on is the run of one night, unless that night is not over.
func (c assetCheck) on(cal calendar, ago, rows int) (assetCheck, bool) {
	at := cal.back(ago).Add(4*time.Hour + 40*time.Minute)
	c.At, c.Status = at.Format(time.RFC3339), "passed"
	if rows > 0 {
		c.Status, c.Message = "failed", fmt.Sprintf("%d rows do not meet it", rows)
		if c.Severity == "warning" {
			c.Status = "warned"
		}
	}
	return c, !at.After(cal.now)
}

// failures reads "2:3 1:3": nights back and rows.
func failures(text string) (map[int]int, error) {
	out := map[int]int{}
	for _, f := range strings.Fields(text) {
		night, rows, _ := strings.Cut(f, ":")
		ago, err := strconv.Atoi(night)
		n, bad := strconv.Atoi(rows)
		if err != nil || bad != nil {
			return nil, fmt.Errorf("%q is not like 2:3", f)
		}
		out[ago] = n
	}
	return out, nil
}

// sizes are the rows that a table had on the nights before the last one.
func (t table) sizes(cal calendar) (out []assetSize) {
	if t.zone != "analytics" && t.zone != "raw_data" || t.subtype != "table" {
		return nil
	}
	for ago := checkDays; ago > 0; ago-- {
		rows := (t.rows - t.rows*ago/(past+100)) * cmp.Or(shrunk[t.path()], 1)
		out = append(out, assetSize{At: cal.back(ago).Add(5 * time.Hour).Format(time.RFC3339), Rows: rows})
	}
	return out
}
