package catalog_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

func TestPromiseChecks(t *testing.T) {
	for _, p := range []catalog.Promise{{}, {DueBy: "7.30"}, {DueBy: "25:00"}, {DueBy: "07:30", Zone: "Europe/Atlantis"}, {DueBy: "07:30", Zone: "Local"}, {Freshness: time.Second}, {DueBy: "07:30", Weekdays: []int{0}}} {
		if err := p.Check(); !errors.Is(err, fault.Invalid) {
			t.Errorf("%+v: got %v want fault.Invalid", p, err)
		}
	}
}

func TestPromiseIsJudgedInItsZone(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	day := func(d int) time.Time { return time.Date(2026, 10, d, 0, 0, 0, 0, berlin) }
	at := func(d, h, m int) time.Time { return time.Date(2026, 10, d, h, m, 0, 0, berlin) }
	due := catalog.Promise{DueBy: "07:30", Zone: "Europe/Berlin", Weekdays: []int{1, 2, 3, 4, 5}}
	age := catalog.Promise{Freshness: 24 * time.Hour, Zone: "Europe/Berlin"}
	tests := []struct {
		name   string
		p      catalog.Promise
		day    time.Time
		writes []time.Time
		seen   bool
		now    time.Time
		want   string
	}{
		{"in time", due, day(1), []time.Time{at(1, 7, 10)}, true, at(3, 0, 0), catalog.Kept},
		{"the evening before", due, day(1), []time.Time{at(0, 22, 0)}, true, at(3, 0, 0), catalog.Kept},
		{"on the dot", due, day(1), []time.Time{at(1, 7, 30)}, true, at(3, 0, 0), catalog.Kept},
		{"a minute late", due, day(1), []time.Time{at(1, 7, 31)}, true, at(3, 0, 0), catalog.Missed},
		{"written in time and again later", due, day(1), []time.Time{at(1, 6, 0), at(1, 9, 0)}, true, at(3, 0, 0), catalog.Kept},
		{"nobody looked", due, day(1), nil, false, at(3, 0, 0), catalog.NotCovered},
		{"not yet due", due, day(1), nil, true, at(1, 7, 0), catalog.Pending},
		{"due, and the log may come", due, day(1), nil, true, at(1, 8, 0), catalog.Pending},
		{"a Saturday", due, day(3), nil, true, at(5, 0, 0), catalog.NotDue},
		{"the night of winter time", due, day(26), []time.Time{at(26, 7, 29)}, true, at(28, 0, 0), catalog.Kept},
		{"fresh all day", age, day(2), []time.Time{at(1, 6, 0), at(2, 5, 0), at(3, 4, 0)}, true, at(4, 0, 0), catalog.Kept},
		{"old for an hour", age, day(2), []time.Time{at(1, 6, 0), at(2, 7, 0), at(3, 4, 0)}, true, at(4, 0, 0), catalog.Missed},
		{"the first write that is known", age, day(1), []time.Time{at(1, 6, 0)}, true, at(4, 0, 0), catalog.Kept},
		{"old at the end", age, day(2), []time.Time{at(1, 6, 0)}, true, at(4, 0, 0), catalog.Missed},
	}
	for _, tt := range tests {
		if got := tt.p.Judge(tt.day, tt.writes, tt.seen, tt.now); got.State != tt.want {
			t.Errorf("%s: got %s want %s", tt.name, got.State, tt.want)
		}
	}
}

// written records that a log saw one write of a table on each of the given moments.
func (e *estate) written(t *testing.T, u urn.URN, at ...time.Time) {
	t.Helper()
	for _, w := range at {
		p := catalog.Partition{Source: "log", Start: w.Truncate(24 * time.Hour), Assets: map[urn.URN][]catalog.UsageRow{
			u: {{Actor: "svc_dbt", Role: "write", Queries: 1, First: w.Unix(), Last: w.Unix()}}}}
		if err := e.Record(crawl(), p); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWatchJudgesPromises(t *testing.T) {
	e := newEstate(t) // 1 November, 08:00 UTC
	orders := table("shop.orders", "id")
	e.apply(t, catalog.BySource("shop"), orders)
	if _, err := e.SetPromise(as("mina", access.Viewer), orders.URN, catalog.Promise{DueBy: "05:00"}); !errors.Is(err, fault.Denied) {
		t.Errorf("a viewer's promise: got %v want fault.Denied", err)
	}
	if _, err := e.SetPromise(as("ana", access.Steward), orders.URN, catalog.Promise{DueBy: "05:00"}); err != nil {
		t.Fatal(err)
	}
	at := func(ago, hour int) time.Time { return time.Date(2026, 11, 1-ago, hour, 0, 0, 0, time.UTC) }
	e.written(t, orders.URN, at(3, 4), at(2, 6), at(1, 4), at(0, 6))
	if err := e.Watch(crawl()); err != nil {
		t.Fatal(err)
	}
	days, err := e.Promised(as("mina", access.Viewer), orders.URN)
	if err != nil || len(days) != 4 {
		t.Fatalf("days: got %v, %v want four", days, err)
	}
	for i, want := range []string{catalog.Kept, catalog.Missed, catalog.Kept, catalog.Missed} {
		if days[i].State != want {
			t.Errorf("%s: got %s want %s", days[i].Day.Format(time.DateOnly), days[i].State, want)
		}
	}
	if share, n := catalog.Rate(days, at(2, 0)); n != 3 || share < 0.33 || share > 0.34 {
		t.Errorf("rate of three days: got %.2f of %d want a third of 3", share, n)
	}
	if got := e.incidents(t, orders.URN); len(got) > 0 {
		t.Errorf("incidents: got %v want none, for it was made good", got)
	}
	e.now = at(-1, 8) // a day later, and the log of that day has no write
	if err := e.Record(crawl(), catalog.Partition{Source: "log", Start: at(-1, 0)}); err != nil {
		t.Fatal(err)
	}
	if err := e.Watch(crawl()); err != nil {
		t.Fatal(err)
	}
	if got, want := e.incidents(t, orders.URN), []string{"open promise"}; !cmp.Equal(got, want) {
		t.Errorf("incidents: got %v want %v: what came late for the day before is no second delivery", got, want)
	}
	e.written(t, orders.URN, at(-1, 7))
	if err := e.Watch(crawl()); err != nil {
		t.Fatal(err)
	}
	if got, want := e.incidents(t, orders.URN), []string{"closed promise"}; !cmp.Equal(got, want) {
		t.Errorf("incidents after the write: got %v want %v", got, want)
	}
}

// A pipeline is done when the last of its outputs is written.
func TestAPipelineIsAsLateAsItsLastOutput(t *testing.T) {
	e := newEstate(t)
	first, second := table("mart.first", "id"), table("mart.second", "id")
	flow := urn.Flow("airflow", "nightly", "")
	e.apply(t, catalog.BySource("shop"), first, second,
		catalog.Asset{URN: flow, Type: catalog.Flow, Profile: &catalog.Profile{Name: "nightly"}},
		catalog.Asset{URN: urn.Job(flow, "load"), Type: catalog.Job, Flow: &catalog.DataFlow{Outputs: []urn.URN{first.URN}}},
		catalog.Asset{URN: urn.Job(flow, "build"), Type: catalog.Job, Flow: &catalog.DataFlow{Outputs: []urn.URN{second.URN}}})
	if _, err := e.SetPromise(as("ana", access.Steward), flow, catalog.Promise{DueBy: "05:00"}); err != nil {
		t.Fatal(err)
	}
	at := func(ago, hour int) time.Time { return time.Date(2026, 11, 1-ago, hour, 0, 0, 0, time.UTC) }
	row := func(w time.Time) []catalog.UsageRow {
		return []catalog.UsageRow{{Actor: "svc", Role: "write", Queries: 1, First: w.Unix(), Last: w.Unix()}}
	}
	for _, day := range []struct{ first, second time.Time }{{at(2, 3), at(2, 4)}, {at(1, 3), at(1, 6)}, {at(0, 4), at(0, 3)}} {
		p := catalog.Partition{Source: "log", Start: day.first.Truncate(24 * time.Hour), Assets: map[urn.URN][]catalog.UsageRow{first.URN: row(day.first), second.URN: row(day.second)}}
		if err := e.Record(crawl(), p); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Watch(crawl()); err != nil {
		t.Fatal(err)
	}
	days, err := e.Promised(as("mina", access.Viewer), flow)
	if err != nil || len(days) != 3 {
		t.Fatalf("days: got %v, %v want three", days, err)
	}
	for i, want := range []string{catalog.Kept, catalog.Missed, catalog.Kept} {
		if days[i].State != want {
			t.Errorf("%s: got %s want %s", days[i].Day.Format(time.DateOnly), days[i].State, want)
		}
	}
}

func TestPromisesAreOfWhatIsWritten(t *testing.T) {
	e := newEstate(t)
	board := urn.URN("urn:li:dashboard:(superset,board)")
	e.apply(t, catalog.Import, catalog.Asset{URN: board, Type: catalog.Dashboard, Profile: &catalog.Profile{Name: "Board"}})
	if _, err := e.SetPromise(as("ana", access.Steward), board, catalog.Promise{DueBy: "05:00"}); !errors.Is(err, fault.Invalid) {
		t.Errorf("a dashboard's promise: got %v want fault.Invalid, for nobody would judge it", err)
	}
}

// A day counts once, whatever zone the promise moves to; one that was left pending is
// judged when somebody looks again; and a promise taken back is not missed.
func TestPromisesThatChange(t *testing.T) {
	e := newEstate(t) // 1 November, 08:00 UTC
	orders, ana := table("shop.orders", "id"), as("ana", access.Steward)
	e.apply(t, catalog.BySource("shop"), orders)
	at := func(ago, hour int) time.Time { return time.Date(2026, 11, 1-ago, hour, 0, 0, 0, time.UTC) }
	e.written(t, orders.URN, at(4, 4), at(3, 4), at(2, 4), at(1, 4), at(0, 4))
	promise := func(p catalog.Promise) []catalog.KeptDay {
		t.Helper()
		if _, err := e.SetPromise(ana, orders.URN, p); err != nil {
			t.Fatal(err)
		}
		if err := e.Watch(crawl()); err != nil {
			t.Fatal(err)
		}
		list, err := e.Promised(ana, orders.URN)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if got := promise(catalog.Promise{DueBy: "05:00"}); len(got) != 5 {
		t.Errorf("days: got %d want 5", len(got))
	}
	got := promise(catalog.Promise{DueBy: "12:00", Zone: "Europe/Berlin"})
	if len(got) != 5 || got[4].State != catalog.Kept {
		t.Errorf("days in another zone: got %d, %+v want the same 5, the last kept", len(got), got)
	}
	if got = promise(catalog.Promise{Freshness: 3 * time.Hour}); got[4].State != catalog.Missed {
		t.Errorf("today: got %s want %s", got[4].State, catalog.Missed)
	}
	if got, want := e.incidents(t, orders.URN), []string{"open promise"}; !cmp.Equal(got, want) {
		t.Errorf("incidents: got %v want %v", got, want)
	}
	promise(catalog.Promise{})
	if got, want := e.incidents(t, orders.URN), []string{"closed promise"}; !cmp.Equal(got, want) {
		t.Errorf("incidents once nothing is promised: got %v want %v", got, want)
	}
	e.now = at(-1, 4)
	if got = promise(catalog.Promise{DueBy: "05:00"}); got[5].State != catalog.Pending {
		t.Errorf("before its time: got %s want %s", got[5].State, catalog.Pending)
	}
	e.written(t, orders.URN, at(-1, 5))
	e.now = at(-6, 8)
	if got = promise(catalog.Promise{DueBy: "05:00"}); got[5].State != catalog.Kept {
		t.Errorf("after days on which nobody looked: got %s want %s", got[5].State, catalog.Kept)
	}
}
