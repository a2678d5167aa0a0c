package sample

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog/fault"
)

func TestWriteIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	again, err := Write(t.Context(), t.TempDir(), noon)
	if err != nil {
		t.Fatal(err)
	}
	pairs := map[string]string{made.App: again.App, made.QueryLog: again.QueryLog, made.Catalog: again.Catalog}
	for _, zone := range zones {
		pairs[made.Warehouse[zone]] = again.Warehouse[zone]
	}
	for first, second := range pairs {
		a, err := os.ReadFile(first)
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(second)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a, b) {
			t.Errorf("%s: got other bytes in the second run, want the same", filepath.Base(first))
		}
	}
}

// On another day the same people did the same things, as long ago as today.
func TestMarketOnAnotherDay(t *testing.T) {
	t.Parallel()
	today, err := newMarket(newCalendar(noon))
	if err != nil {
		t.Fatal(err)
	}
	other, err := newMarket(newCalendar(noon.AddDate(0, 3, 9)))
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range inApp {
		if got, want := len(other.rows[table]), len(today.rows[table]); got != want || want == 0 {
			t.Errorf("%s on another day: got %d rows want %d", table, got, want)
		}
	}
	for i, row := range today.rows["students"] {
		if diff := cmp.Diff(row[:6], other.rows["students"][i][:6]); diff != "" {
			t.Fatalf("student %d on another day:\n%s", i+1, diff)
		}
	}
}

// At half past one the nightly run of the day is still to come, and nothing
// stands in the log that has not happened.
func TestBeforeTheNightlyRun(t *testing.T) {
	t.Parallel()
	early := time.Date(2027, 3, 1, 1, 30, 0, 0, time.UTC)
	cal := newCalendar(early)
	if got, want := cal.day(0), "2027-02-28"; got != want {
		t.Errorf("day of the last nightly run at %s: got %s want %s", early, got, want)
	}
	crowd, err := readStaff()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "log.jsonl")
	if err := writeLog(file, cal, crowd, nil, nil); err != nil {
		t.Fatal(err)
	}
	lines := decoded[statement](t, file)
	newest := lines[len(lines)-1].Time
	if limit := early.Format(time.RFC3339); newest > limit || newest < early.Add(-time.Hour).Format(time.RFC3339) {
		t.Errorf("newest statement: got %s want one of the hour before %s", newest, limit)
	}
}

func TestWriteRefusesToOverwrite(t *testing.T) {
	t.Parallel()
	_, err := Write(t.Context(), filepath.Dir(made.App), noon)
	if !errors.Is(err, fault.Unavailable) {
		t.Errorf("second company in one folder: got %v want kind %v", err, fault.Unavailable)
	}
}

func TestWriteStopsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Write(ctx, t.TempDir(), noon)
	if got := fault.KindOf(err); got != fault.Unavailable {
		t.Errorf("cancelled: got kind %v (%v) want %v", got, err, fault.Unavailable)
	}
}

func BenchmarkWrite(b *testing.B) {
	for b.Loop() {
		if _, err := Write(b.Context(), b.TempDir(), noon); err != nil {
			b.Fatal(err)
		}
	}
}
