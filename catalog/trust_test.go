package catalog

import (
	"math"
	"testing"
	"time"

	"waymark/catalog/urn"
)

var today = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// signal finds one signal of a trust by name.
func signal(t *testing.T, tr Trust, name string) Signal {
	t.Helper()
	for _, s := range tr.Signals {
		if s.Name == name {
			return s
		}
	}
	t.Fatalf("no signal %s in %v", name, tr.Signals)
	return Signal{}
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

// daily are n writes, one a day, the last at the given age.
func daily(n int, age time.Duration) []int64 {
	writes := make([]int64, n)
	for i := range writes {
		writes[i] = today.Add(-age).AddDate(0, 0, i-n+1).Unix()
	}
	return writes
}

func TestTrustOfNothingKnown(t *testing.T) {
	got := TrustOf(&Asset{}, &Estate{}, today)
	// Only owner and documents are always known, and both are absent.
	if want := 0.05 / 0.24; !near(got.Score, want) || !near(got.Known, 0.14) {
		t.Errorf("got score %v known %v want %v and 0.14", got.Score, got.Known, want)
	}
}

func TestTrustOfEverythingGood(t *testing.T) {
	rows := int64(3)
	a := &Asset{
		Profile:       &Profile{Description: "d"},
		Schema:        &Schema{Columns: []Column{{Name: "id", Description: "key"}}},
		Stats:         &Stats{Rows: &rows},
		Owners:        &Owners{List: []Owner{{User: urn.User("ana")}}},
		Certification: &Certification{By: urn.User("ana"), Until: today.AddDate(0, 1, 0)},
		Usage:         &UsageSignal{People: 40, Queries: 900, People30: 41, Covered: true, CoveredDays: 30, Writes: daily(10, time.Hour)},
		Consumers:     &ConsumerSignal{Rank: 1, Dashboards: 9, Viewers: 118, Covered: true},
		Checks:        &Checks{Passed: 12, Total: 12},
	}
	got := TrustOf(a, &Estate{P95People: 40, P95Queries: 900, Certifies: true}, today)
	if want := 1.05 / 1.10; !near(got.Score, want) || !near(got.Known, 1) {
		t.Errorf("got score %v known %v want %v and 1", got.Score, got.Known, want)
	}
	for name, want := range map[string]string{
		SignalUsage:         "41 people in 30 days",
		SignalCertification: "certified by ana until 2026-12-20",
		SignalFreshness:     "refreshed 1 hour ago, every 24 hours",
		SignalChecks:        "12 of 12 check runs passed in 14 days",
		SignalConsumers:     "feeds 9 dashboards with 118 viewers",
		SignalOwner:         "owned by ana",
		SignalDocuments:     "described, 1 of 1 columns described",
	} {
		if got := signal(t, got, name).Detail; got != want {
			t.Errorf("%s: got %q want %q", name, got, want)
		}
	}
}

func TestUnknownIsNotZero(t *testing.T) {
	unused := &Asset{Usage: &UsageSignal{Covered: true}}
	unread := &Asset{Usage: &UsageSignal{CoveredDays: 3}}
	estate := &Estate{P95People: 10, P95Queries: 10}
	zero, unknown := TrustOf(unused, estate, today), TrustOf(unread, estate, today)
	if zero.Score >= unknown.Score {
		t.Errorf("got unused %v not below unknown %v", zero.Score, unknown.Score)
	}
	if s := signal(t, unknown, SignalUsage); s.Known || s.Detail != "usage unknown: the query log covers 3 days only" {
		t.Errorf("got %+v want unknown, for the cover", s)
	}
}

func TestCertificateFades(t *testing.T) {
	for _, tt := range []struct {
		days int
		want float64
	}{{1, 1}, {0, 1}, {-45, 0.5}, {-90, 0}, {-400, 0}} {
		a := &Asset{Certification: &Certification{By: urn.User("ana"), Until: today.AddDate(0, 0, tt.days)}}
		if got := signal(t, TrustOf(a, &Estate{}, today), SignalCertification).Value; !near(got, tt.want) {
			t.Errorf("%d days left: got %v want %v", tt.days, got, tt.want)
		}
	}
}

func TestFreshnessByOwnCadence(t *testing.T) {
	day := 24 * time.Hour
	for _, tt := range []struct {
		age   time.Duration
		n     int
		want  float64
		known bool
	}{{time.Hour, 9, 1, true}, {day, 9, 1, true}, {5 * day / 2, 9, 0.5, true}, {4 * day, 9, 0, true}, {40 * day, 9, 0, true}, {day, 4, 0, false}} {
		a := &Asset{Usage: &UsageSignal{Writes: daily(tt.n, tt.age)}}
		got := signal(t, TrustOf(a, &Estate{}, today), SignalFreshness)
		if !near(got.Value, tt.want) || got.Known != tt.known {
			t.Errorf("%v old, %d writes: got %v %v want %v %v", tt.age, tt.n, got.Value, got.Known, tt.want, tt.known)
		}
	}
}

func TestWeekdayTableIsNotLateOnMonday(t *testing.T) {
	var writes []int64
	for d := today.AddDate(0, 0, -18); d.Before(today.AddDate(0, 0, -2)); d = d.AddDate(0, 0, 1) {
		if w := d.Weekday(); w != time.Saturday && w != time.Sunday {
			writes = append(writes, d.Unix())
		}
	}
	a := &Asset{Usage: &UsageSignal{Writes: writes}}
	monday := time.Unix(writes[len(writes)-1], 0).Add(60 * time.Hour)
	if got := signal(t, TrustOf(a, &Estate{}, monday), SignalFreshness).Value; got != 1 {
		t.Errorf("got %v want 1", got)
	}
}

func TestAbsentOwnerCountsHalf(t *testing.T) {
	ana := urn.User("ana")
	a := &Asset{Owners: &Owners{List: []Owner{{User: ana}}}}
	estate := &Estate{Seen: map[urn.URN]time.Time{ana: today.AddDate(0, 0, -120)}}
	got := signal(t, TrustOf(a, estate, today), SignalOwner)
	if got.Value != 0.5 || got.Detail != "owner ana not seen for 120 days" {
		t.Errorf("got %v %q want 0.5, not seen for 120 days", got.Value, got.Detail)
	}
}

func TestOnlyUsedColumnsNeedWords(t *testing.T) {
	a := &Asset{
		Schema: &Schema{Columns: []Column{{Name: "id"}, {Name: "email"}, {Name: "junk"}}},
		Usage:  &UsageSignal{Covered: true, UsedColumns: []string{"email"}},
		Notes:  &Notes{Columns: map[string]ColumnNote{"email": {Description: "where to write"}}},
	}
	if got := signal(t, TrustOf(a, &Estate{}, today), SignalDocuments).Value; got != 0.5 {
		t.Errorf("got %v want 0.5: the one used column is described, the table is not", got)
	}
}
