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

// At half past one the nightly run of the day is still to come.
func TestWriteOnAnotherDay(t *testing.T) {
	t.Parallel()
	early := time.Date(2027, 3, 1, 1, 30, 0, 0, time.UTC)
	other, err := Write(t.Context(), t.TempDir(), early)
	if err != nil {
		t.Fatal(err)
	}
	today, then := attached(t, made), attached(t, other)
	for _, table := range inApp {
		query := "SELECT count(*) FROM app." + table
		if got, want := ask(t, then, query), ask(t, today, query); !cmp.Equal(got, want) {
			t.Errorf("%s on another day: got %s rows want %s", table, got, want)
		}
	}
	const names = "SELECT student_id, full_name, email, phone FROM app.students"
	if diff := cmp.Diff(ask(t, today, names), ask(t, then, names)); diff != "" {
		t.Errorf("the students of another day differ:\n%s", diff)
	}
	if got, want := ask(t, then, "SELECT max(day) FROM analytics.revenue_daily")[0][0], "2027-02-27"; got != want {
		t.Errorf("newest day of revenue at %s: got %s want %s", early, got, want)
	}
	lines := decoded[statement](t, other.QueryLog)
	if got, limit := lines[len(lines)-1].Time, early.Format(time.RFC3339); got > limit {
		t.Errorf("newest statement: got %s want none after %s", got, limit)
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
