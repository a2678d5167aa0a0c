package catalog_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

func run(name, status, severity string, at time.Time) catalog.CheckRun {
	return catalog.CheckRun{Name: name, Status: status, Severity: severity, At: at}
}

func (e *estate) record(t *testing.T, u urn.URN, runs ...catalog.CheckRun) {
	t.Helper()
	if err := e.RecordChecks(crawl(), "dbt", map[urn.URN][]catalog.CheckRun{u: runs}); err != nil {
		t.Fatalf("RecordChecks: %v", err)
	}
}

// incidents are the kinds of an asset's incidents, the open ones marked.
func (e *estate) incidents(t *testing.T, u urn.URN) (out []string) {
	t.Helper()
	list, err := e.Incidents(as("mina", access.Viewer), u)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range list {
		state := "closed "
		if a.Trouble.Closed.IsZero() {
			state = "open "
		}
		out = append(out, state+a.Trouble.Kind)
	}
	return out
}

func TestChecksCountOnceAndAgeOut(t *testing.T) {
	e := newEstate(t)
	orders := table("shop.orders", "id")
	e.apply(t, catalog.BySource("shop"), orders)
	day := func(ago int) time.Time { return e.now.AddDate(0, 0, -ago) }
	for range 2 { // told twice
		e.record(t, orders.URN, run("unique", catalog.CheckPassed, catalog.Critical, day(20)), run("unique", catalog.CheckPassed, catalog.Critical, day(3)),
			run("unique", catalog.CheckFailed, catalog.Critical, day(2)), run("unique", catalog.CheckErrored, catalog.Critical, day(1)))
	}
	if got, want := *e.find(t, orders.URN).Checks, (catalog.Checks{Passed: 1, Total: 2, Failing: true}); got != want {
		t.Errorf("signal: got %+v want %+v: an error is no result and mends nothing", got, want)
	}
	if got, want := e.incidents(t, orders.URN), []string{"open check"}; !cmp.Equal(got, want) {
		t.Errorf("incidents: got %v want %v", got, want)
	}
	e.record(t, orders.URN, run("unique", catalog.CheckPassed, catalog.Critical, day(0)))
	if got, want := e.incidents(t, orders.URN), []string{"closed check"}; !cmp.Equal(got, want) {
		t.Errorf("incidents after it passed: got %v want %v", got, want)
	}
	e.now = e.now.AddDate(0, 0, 30)
	if err := e.Watch(crawl()); err != nil {
		t.Fatal(err)
	}
	if a := e.find(t, orders.URN); a.Checks != nil {
		t.Errorf("a month later: got %+v want no signal", *a.Checks)
	}
}

func TestRecordChecksRefusesNonsenseWhole(t *testing.T) {
	e := newEstate(t)
	orders := table("shop.orders", "id")
	e.apply(t, catalog.BySource("shop"), orders)
	good := run("unique", catalog.CheckPassed, "", e.now)
	for _, bad := range []catalog.CheckRun{{}, run("", catalog.CheckPassed, "", e.now), run("x", "green", "", e.now), run("x", catalog.CheckPassed, "dire", e.now), run("x", catalog.CheckPassed, "", time.Time{})} {
		err := e.RecordChecks(crawl(), "dbt", map[urn.URN][]catalog.CheckRun{orders.URN: {good, bad}})
		if !errors.Is(err, fault.Invalid) {
			t.Errorf("%+v: got %v want fault.Invalid", bad, err)
		}
	}
	if list, err := e.Checks(as("mina", access.Viewer), orders.URN); err != nil || len(list) > 0 {
		t.Errorf("checks: got %v, %v want none", list, err)
	}
	if err := e.RecordChecks(as("mina", access.Viewer), "dbt", nil); !errors.Is(err, fault.Denied) {
		t.Errorf("as a viewer: got %v want fault.Denied", err)
	}
}

func TestMessagesOfChecksLoseTheirLiterals(t *testing.T) {
	e := newEstate(t)
	orders := table("shop.orders", "id")
	e.apply(t, catalog.BySource("shop"), orders)
	r := run("accepted_values", catalog.CheckFailed, "", e.now)
	r.Message = `3 rows: 'Mary', "Seoul", mary@example.org, 010-1234-5678, 4111111111111111`
	e.record(t, orders.URN, r)
	list, err := e.Checks(as("mina", access.Viewer), orders.URN)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := list[0].Last().Message, "3 rows: ?, ?, ? ? ?"; got != want {
		t.Errorf("message: got %q want %q", got, want)
	}
}

func TestAPersonsIncident(t *testing.T) {
	e := newEstate(t)
	orders := table("shop.orders", "id")
	e.apply(t, catalog.BySource("shop"), orders)
	if _, err := e.OpenIncident(as("mina", access.Viewer), orders.URN, catalog.Critical, "doubled", ""); !errors.Is(err, fault.Denied) {
		t.Errorf("as a viewer: got %v want fault.Denied", err)
	}
	ana := as("ana", access.Steward)
	a, err := e.OpenIncident(ana, orders.URN, catalog.Critical, "rows are doubled", "since Monday")
	if err != nil {
		t.Fatal(err)
	}
	if got := e.find(t, orders.URN).Checks; got == nil || !got.Trouble || got.Failing {
		t.Errorf("signal: got %+v want trouble, and no failing check", got)
	}
	if _, err := e.CloseIncident(ana, a.URN, "loaded again"); err != nil {
		t.Fatal(err)
	}
	if got := e.find(t, orders.URN).Checks; got != nil {
		t.Errorf("signal after it was closed: got %+v want none", got)
	}
	if _, err := e.CloseIncident(ana, a.URN, "again"); !errors.Is(err, fault.Conflict) {
		t.Errorf("closed twice: got %v want fault.Conflict", err)
	}
}

func sizes(rows ...int64) (out []catalog.Size) {
	for i, n := range rows {
		out = append(out, catalog.Size{At: time.Date(2026, 10, 1+i, 0, 0, 0, 0, time.UTC), Rows: n})
	}
	return out
}

func TestVolumeIsLearnedFromSteps(t *testing.T) {
	tests := []struct {
		name string
		rows []int64
		want string
	}{
		{"too few", []int64{100, 101, 102, 103, 500}, catalog.Unknown},
		{"constant", []int64{7, 7, 7, 7, 7, 7}, catalog.Usual},
		{"constant, then empty", []int64{7, 7, 7, 7, 7, 0}, catalog.Unusual},
		{"growing as ever", []int64{1000, 1100, 1205, 1300, 1398, 1500, 1601}, catalog.Usual},
		{"growing, then a load missing half", []int64{1000, 1100, 1205, 1300, 1398, 1500, 750}, catalog.Unusual},
		{"growing, then loaded twice", []int64{1000, 1100, 1205, 1300, 1398, 1500, 3100}, catalog.Unusual},
		{"still at weekends", []int64{1000, 1100, 1200, 1300, 1400, 1500, 1500, 1500, 1600, 1700, 1800, 1900, 2000, 2000, 2000}, catalog.Usual},
		{"reloaded with other sizes each day", []int64{900, 1100, 950, 1050, 1010, 990, 1080}, catalog.Usual},
		{"an ordinary day after a bad one", []int64{1000, 1000, 1000, 0, 1000, 1000, 1000}, catalog.Usual},
	}
	for _, tt := range tests {
		v := catalog.VolumeOf(sizes(tt.rows...))
		if v.State != tt.want {
			t.Errorf("%s: got %s (%s) want %s", tt.name, v.State, v.Detail, tt.want)
		}
		if v.State == catalog.Unusual && !strings.Contains(v.Detail, "expected") {
			t.Errorf("%s: got %q want the expected range", tt.name, v.Detail)
		}
	}
}

// An unusual size opens one incident where somebody relies on the table, and a usual
// one closes it; a second look changes nothing.
func TestWatchOpensAndClosesVolume(t *testing.T) {
	e := newEstate(t)
	orders, lonely := table("shop.orders", "id"), table("shop.lonely", "id")
	e.apply(t, catalog.BySource("shop"), orders, lonely)
	e.apply(t, catalog.Usage, catalog.Asset{URN: orders.URN, Type: catalog.Dataset, Usage: &catalog.UsageSignal{People30: 2}})
	note := func(all ...int64) {
		t.Helper()
		list := sizes(all...)
		if err := e.RecordSizes(crawl(), map[urn.URN][]catalog.Size{orders.URN: list, lonely.URN: list}); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := e.Watch(crawl()); err != nil {
				t.Fatal(err)
			}
		}
	}
	note(100, 100, 100, 100, 100, 0)
	if got, want := e.incidents(t, orders.URN), []string{"open volume"}; !cmp.Equal(got, want) {
		t.Errorf("incidents: got %v want %v", got, want)
	}
	if got := e.incidents(t, lonely.URN); len(got) > 0 {
		t.Errorf("incidents of a table that nobody uses: got %v want none", got)
	}
	note(100, 100, 100, 100, 100, 0, 100, 100)
	if got, want := e.incidents(t, orders.URN), []string{"closed volume"}; !cmp.Equal(got, want) {
		t.Errorf("incidents after: got %v want %v", got, want)
	}
}

func TestAStaleTableOpensAnIncident(t *testing.T) {
	e := newEstate(t)
	orders := table("shop.orders", "id")
	e.apply(t, catalog.BySource("shop"), orders)
	var writes []int64
	for ago := 10; ago > 4; ago-- {
		writes = append(writes, e.now.AddDate(0, 0, -ago).Unix())
	}
	e.apply(t, catalog.Usage, catalog.Asset{URN: orders.URN, Type: catalog.Dataset, Usage: &catalog.UsageSignal{People30: 1, Writes: writes}})
	if err := e.Watch(crawl()); err != nil {
		t.Fatal(err)
	}
	if got, want := e.incidents(t, orders.URN), []string{"open freshness"}; !cmp.Equal(got, want) {
		t.Errorf("incidents: got %v want %v", got, want)
	}
}

func TestIdle(t *testing.T) {
	now := time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
	whole := catalog.UsageSignal{Covered: true, CoveredDays: 90}
	with := func(change func(*catalog.UsageSignal)) *catalog.UsageSignal {
		s := whole
		change(&s)
		return &s
	}
	leaf, read := &catalog.ConsumerSignal{Covered: true}, &catalog.ConsumerSignal{Covered: true, Downstream: 2}
	tests := []struct {
		name  string
		usage *catalog.UsageSignal
		below *catalog.ConsumerSignal
		want  string
		safe  bool
	}{
		{"nothing known", nil, nil, catalog.Unknown, false},
		{"complete log, no reading, nothing below", &whole, leaf, catalog.Unused, true},
		{"something stands on it", &whole, read, catalog.Unused, false},
		{"lineage unknown", &whole, nil, catalog.Unused, false},
		{"half a log", &catalog.UsageSignal{CoveredDays: 40}, leaf, catalog.Unknown, false},
		{"named by what was not understood", with(func(s *catalog.UsageSignal) { s.Named, s.Unparsed = 1, 0.001 }), leaf, catalog.Unparsed, false},
		{"a log that is hardly understood", with(func(s *catalog.UsageSignal) { s.Unparsed = 0.3 }), leaf, catalog.Unparsed, false},
		{"few not understood, none names it", with(func(s *catalog.UsageSignal) { s.Unparsed = 0.02 }), leaf, catalog.Unused, true},
		{"read by a program", with(func(s *catalog.UsageSignal) { s.LastRead = now.AddDate(0, 0, -60) }), leaf, catalog.InUse, false},
	}
	for _, tt := range tests {
		got := catalog.IdleOf(&catalog.Asset{Usage: tt.usage, Consumers: tt.below}, now)
		if got.State != tt.want || got.Safe != tt.safe {
			t.Errorf("%s: got %s, safe %t (%s) want %s, %t", tt.name, got.State, got.Safe, got.Detail, tt.want, tt.safe)
		}
	}
}

// A check that was given up fails no more, and what came before its asset counts once
// that is there.
func TestChecksOfOldAndOfBefore(t *testing.T) {
	e := newEstate(t)
	orders := table("shop.orders", "id")
	e.record(t, orders.URN, run("unique", catalog.CheckFailed, catalog.Critical, e.now))
	e.apply(t, catalog.BySource("shop"), orders)
	if err := e.Watch(crawl()); err != nil {
		t.Fatal(err)
	}
	if got, want := e.incidents(t, orders.URN), []string{"open check"}; !cmp.Equal(got, want) {
		t.Errorf("incidents of a result that came first: got %v want %v", got, want)
	}
	e.now = e.now.AddDate(0, 0, 92)
	if err := e.Watch(crawl()); err != nil {
		t.Fatal(err)
	}
	if got, want := e.incidents(t, orders.URN), []string{"closed check"}; !cmp.Equal(got, want) {
		t.Errorf("incidents of a check that did not run for 92 days: got %v want %v", got, want)
	}
	if list, err := e.Checks(as("mina", access.Viewer), orders.URN); err != nil || len(list) > 0 {
		t.Errorf("checks: got %v, %v want none", list, err)
	}
}
