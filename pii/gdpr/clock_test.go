package gdpr_test

import (
	"strings"
	"testing"
	"time"

	"waymark/pii/gdpr"
)

func lawOf(t *testing.T, id string) gdpr.Law {
	t.Helper()
	for _, l := range gdpr.Laws() {
		if l.ID == id {
			return l
		}
	}
	t.Fatalf("there is no law %s", id)
	return gdpr.Law{}
}

func day(t *testing.T, s string) (d gdpr.Day) {
	t.Helper()
	if err := d.UnmarshalText([]byte(s)); err != nil {
		t.Fatal(err)
	}
	return d
}

// deadlines: law, kind, received, events, due. An event is asked@, given@ or
// extended@ with its day; holiday@ makes one.
var deadlines = []struct{ law, kind, received, events, due string }{
	// One month under the GDPR: the same number, else the last day; then the next working day.
	{"gdpr", "erasure", "2026-11-13", "", "2026-12-14"}, // 13 Dec is a Sunday
	{"gdpr", "erasure", "2026-01-31", "", "2026-03-02"}, // 28 Feb is a Saturday
	{"gdpr", "erasure", "2027-01-31", "", "2027-03-01"}, // 28 Feb is a Sunday
	{"gdpr", "erasure", "2025-01-31", "", "2025-02-28"}, // a Friday
	{"gdpr", "erasure", "2024-01-31", "", "2024-02-29"}, // leap year, a Thursday
	{"gdpr", "erasure", "2024-01-30", "", "2024-02-29"},
	{"gdpr", "erasure", "2024-01-29", "", "2024-02-29"},
	{"gdpr", "erasure", "2028-01-31", "", "2028-02-29"},
	{"gdpr", "erasure", "2026-01-29", "", "2026-03-02"}, // no 29 Feb; 28 is a Saturday
	{"gdpr", "erasure", "2026-02-28", "", "2026-03-30"}, // 28 Mar is a Saturday
	{"gdpr", "erasure", "2024-02-29", "", "2024-03-29"},
	{"gdpr", "erasure", "2026-03-31", "", "2026-04-30"},
	{"gdpr", "erasure", "2026-05-31", "", "2026-06-30"},
	{"gdpr", "erasure", "2026-08-31", "", "2026-09-30"},
	{"gdpr", "erasure", "2026-10-31", "", "2026-11-30"},
	{"gdpr", "erasure", "2026-12-31", "", "2027-02-01"}, // 31 Jan is a Sunday
	{"gdpr", "erasure", "2025-12-31", "", "2026-02-02"}, // a Saturday
	{"gdpr", "erasure", "2026-12-01", "", "2027-01-01"}, // holidays are the office's to name
	{"gdpr", "erasure", "2026-12-01", "holiday@2027-01-01", "2027-01-04"},
	{"gdpr", "erasure", "2026-11-24", "holiday@2026-12-24", "2026-12-25"},
	{"gdpr", "erasure", "2026-11-24", "holiday@2026-12-24 holiday@2026-12-25", "2026-12-28"},
	{"gdpr", "erasure", "2026-11-24", "holiday@2026-12-24 holiday@2026-12-25 holiday@2026-12-28", "2026-12-29"},
	{"gdpr", "access", "2026-06-15", "", "2026-07-15"},
	{"gdpr", "access", "2026-06-18", "", "2026-07-20"}, // 18 Jul is a Saturday
	{"gdpr", "access", "2026-06-19", "", "2026-07-20"}, // a Sunday
	{"gdpr", "access", "2026-06-20", "", "2026-07-20"}, // a Monday
	{"gdpr", "portability", "2026-06-15", "", "2026-07-15"},
	{"gdpr", "rectification", "2026-06-15", "", "2026-07-15"},
	{"gdpr", "restriction", "2026-06-15", "", "2026-07-15"},
	{"gdpr", "objection", "2026-06-15", "", "2026-07-15"},
	// Extended: three months, counted in one step.
	{"gdpr", "erasure", "2026-11-13", "extended@2026-12-01", "2027-02-15"}, // 13 Feb is a Saturday
	{"gdpr", "erasure", "2026-01-31", "extended@2026-02-10", "2026-04-30"}, // not 28 Feb and two months
	{"gdpr", "erasure", "2026-11-30", "extended@2026-12-10", "2027-03-01"}, // 28 Feb 2027 is a Sunday
	{"gdpr", "erasure", "2023-11-30", "extended@2023-12-10", "2024-02-29"},
	{"gdpr", "access", "2026-03-31", "extended@2026-04-02", "2026-06-30"},
	// Asking does not stop this clock.
	{"gdpr", "erasure", "2026-11-13", "asked@2026-11-16 given@2026-11-26", "2026-12-14"},
	// The United Kingdom stops the clock while an answer is awaited.
	{"uk_gdpr", "erasure", "2026-11-13", "", "2026-12-14"},
	{"uk_gdpr", "erasure", "2026-11-13", "asked@2026-11-16 given@2026-11-26", "2026-12-23"},
	{"uk_gdpr", "erasure", "2026-11-13", "asked@2026-11-16 given@2026-11-16", "2026-12-14"},
	{"uk_gdpr", "access", "2026-06-15", "asked@2026-06-20 given@2026-06-25 asked@2026-07-01 given@2026-07-03", "2026-07-22"},
	{"uk_gdpr", "access", "2026-06-15", "asked@2026-06-20 asked@2026-06-22 given@2026-06-25", "2026-07-20"},
	{"uk_gdpr", "access", "2026-06-15", "given@2026-06-20", "2026-07-15"},
	{"uk_gdpr", "erasure", "2026-11-13", "asked@2026-11-16 given@2026-11-26 extended@2026-12-01", "2027-02-23"},
	{"uk_gdpr", "erasure", "2026-01-31", "asked@2026-02-02 given@2026-02-03", "2026-03-02"}, // 1 Mar is a Sunday
	{"uk_gdpr", "erasure", "2026-10-01", "asked@2026-10-05", "2026-12-17"},                  // still waiting on 20 Nov: 46 days
	// California: 45 days of the calendar, weekends as they fall.
	{"ccpa", "erasure", "2026-11-13", "", "2026-12-28"},
	{"ccpa", "erasure", "2026-01-01", "", "2026-02-15"}, // a Sunday
	{"ccpa", "erasure", "2024-01-15", "", "2024-02-29"},
	{"ccpa", "erasure", "2025-01-15", "", "2025-03-01"},
	{"ccpa", "access", "2026-11-17", "", "2027-01-01"},
	{"ccpa", "access", "2026-11-13", "extended@2026-12-01", "2027-02-11"},
	{"ccpa", "erasure", "2026-11-13", "asked@2026-11-16 given@2026-11-26", "2026-12-28"},
	{"ccpa", "objection", "2026-11-13", "", "2026-12-04"}, // 15 business days
	{"ccpa", "objection", "2026-11-13", "holiday@2026-11-26", "2026-12-07"},
	{"ccpa", "objection", "2026-11-14", "", "2026-12-04"}, // received on a Saturday
	// Korea: ten days.
	{"pipa_kr", "erasure", "2026-11-13", "", "2026-11-23"},
	{"pipa_kr", "access", "2026-12-25", "", "2027-01-04"},
	{"pipa_kr", "rectification", "2028-02-20", "", "2028-03-01"},
	{"pipa_kr", "restriction", "2026-02-20", "", "2026-03-02"},
	{"pipa_kr", "portability", "2026-11-13", "", "2026-12-13"}, // no such right: the office's 30 days
	// HIPAA and Brazil.
	{"hipaa", "access", "2026-11-13", "", "2026-12-13"},
	{"hipaa", "access", "2026-11-13", "extended@2026-11-20", "2027-01-12"},
	{"hipaa", "rectification", "2026-11-13", "", "2027-01-12"},
	{"hipaa", "rectification", "2026-11-13", "extended@2026-11-20", "2027-02-11"},
	{"hipaa", "erasure", "2026-11-13", "", "2026-12-13"}, // no such right
	{"lgpd", "access", "2026-11-13", "", "2026-11-28"},
	{"lgpd", "erasure", "2026-02-20", "", "2026-03-07"},
	{"lgpd", "objection", "2026-11-13", "", "2026-12-13"},
}

func TestDeadlines(t *testing.T) {
	t.Parallel()
	if len(deadlines) < 60 {
		t.Errorf("got %d vectors, want at least 60", len(deadlines))
	}
	today := day(t, "2026-11-20")
	for _, tt := range deadlines {
		var cal gdpr.Calendar
		var events []gdpr.Event
		for _, f := range strings.Fields(tt.events) {
			what, when, _ := strings.Cut(f, "@")
			if what == "holiday" {
				cal.Holidays = append(cal.Holidays, day(t, when))
				continue
			}
			events = append(events, gdpr.Event{What: what, Day: day(t, when)})
		}
		got := lawOf(t, tt.law).Deadline(gdpr.Kind(tt.kind), day(t, tt.received), events, cal, today)
		if got.Due.String() != tt.due {
			t.Errorf("%s %s received %s %s: got %s, want %s; %s", tt.law, tt.kind, tt.received, tt.events, got.Due, tt.due, got.Why)
		}
	}
}

func TestDeadlineSaysWhy(t *testing.T) {
	t.Parallel()
	today := day(t, "2026-11-20")
	for _, tt := range []struct{ law, kind, received, want string }{
		{"gdpr", "erasure", "2026-11-13", "received 13 Nov 2026, one month, 13 Dec 2026 is a Sunday: Monday, 14 December 2026 (GDPR art. 17, 12(3), Reg. 1182/71)"},
		{"gdpr", "erasure", "2027-01-31", "received 31 Jan 2027, one month, there is no 31 Feb, last day 28 Feb 2027, 28 Feb 2027 is a Sunday: Monday, 1 March 2027 (GDPR art. 17, 12(3), Reg. 1182/71)"},
		{"pipa_kr", "erasure", "2026-11-13", "received 13 Nov 2026, 10 days: Monday, 23 November 2026 (PIPA art. 36, Decree art. 43)"},
		{"lgpd", "erasure", "2026-11-13", "received 13 Nov 2026, 15 days: Saturday, 28 November 2026 (LGPD art. 18, unchecked)"},
		{"hipaa", "erasure", "2026-11-13", "received 13 Nov 2026, 30 days: Sunday, 13 December 2026 (HIPAA gives no such right; the office answers within 30 days)"},
	} {
		got := lawOf(t, tt.law).Deadline(gdpr.Kind(tt.kind), day(t, tt.received), nil, gdpr.Calendar{}, today)
		if got.Why != tt.want {
			t.Errorf("got  %s\nwant %s", got.Why, tt.want)
		}
	}
}

func TestFurtherClocks(t *testing.T) {
	t.Parallel()
	today := day(t, "2026-11-20")
	g := lawOf(t, "gdpr").Deadline(gdpr.Erasure, day(t, "2026-11-13"), nil, gdpr.Calendar{}, today)
	if g.ExtendBy.String() != "2026-12-14" || g.ExtendTo.String() != "2027-02-15" || g.Unchecked {
		t.Errorf("got %+v, want an extension told by 14 Dec, until 15 Feb", g)
	}
	c := lawOf(t, "ccpa").Deadline(gdpr.Erasure, day(t, "2026-11-13"), nil, gdpr.Calendar{}, today)
	if c.Confirm.String() != "2026-11-27" {
		t.Errorf("got %s, want the receipt confirmed in ten business days", c.Confirm)
	}
	paused := lawOf(t, "uk_gdpr").Deadline(gdpr.Access, day(t, "2026-11-02"), []gdpr.Event{{What: gdpr.Asked, Day: day(t, "2026-11-05")}}, gdpr.Calendar{}, today)
	if !paused.Paused || !paused.Unchecked {
		t.Errorf("got %+v, want a paused, unchecked clock", paused)
	}
}

func TestLawPack(t *testing.T) {
	t.Parallel()
	want := map[string]bool{"gdpr": true, "uk_gdpr": false, "ccpa": true, "pipa_kr": true, "hipaa": false, "lgpd": false}
	for _, l := range gdpr.Laws() {
		checked, ok := want[l.ID]
		if !ok || checked != l.Checked || l.Source == "" || l.Version == "" || len(l.Terms) == 0 {
			t.Errorf("got the entry %+v", l)
		}
		delete(want, l.ID)
	}
	if len(want) > 0 {
		t.Errorf("got no entry for %v", want)
	}
	if !lawOf(t, gdpr.DefaultLaw).Checked {
		t.Error("the default law is an unchecked one")
	}
}

func TestDayOfZone(t *testing.T) {
	t.Parallel()
	late := time.Date(2026, 11, 20, 16, 0, 0, 0, time.UTC)
	seoul := time.FixedZone("KST", 9*3600)
	if got := gdpr.DayOf(late, seoul).String(); got != "2026-11-21" {
		t.Errorf("got %s, want the day of the office", got)
	}
}

// TestExtension: an extension must still be told in time, and needs a reason.
func TestExtension(t *testing.T) {
	t.Parallel()
	o := newOffice(t, shop())
	id := o.open("email=" + maryLow)
	if _, err := o.desk.Happened(o.as("sora"), id, gdpr.Extended, ""); err == nil {
		t.Error("extended without a reason")
	}
	r, err := o.desk.Happened(o.as("sora"), id, gdpr.Extended, "many systems")
	if err != nil || r.Due.String() != "2027-02-22" {
		t.Errorf("got %s, %v, want 22 Feb 2027", r.Due, err)
	}
	if _, err := o.desk.Happened(o.as("sora"), id, gdpr.Extended, "once more"); err == nil {
		t.Error("extended twice")
	}
	late := o.open("email=" + maryLow)
	o.clock.add(45 * 24 * time.Hour)
	if _, err := o.desk.Happened(o.as("sora"), late, gdpr.Extended, "many systems"); err == nil {
		t.Error("extended after the month")
	}
}
