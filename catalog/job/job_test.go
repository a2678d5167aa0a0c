package job_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog/fault"
	"waymark/catalog/job"
	"waymark/catalog/kv"
	"waymark/catalog/kv/memkv"
)

var noon = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)

func book(t *testing.T) (*job.Book, kv.Store) {
	t.Helper()
	store := memkv.New()
	t.Cleanup(func() { store.Close() })
	b := job.New(store)
	b.Now = func() time.Time { return noon }
	return b, store
}

func TestRuns(t *testing.T) {
	b, store := book(t)
	first := job.Run{ID: "a", Kind: "crawl", Name: "shop", Started: noon, State: job.Running}
	second := job.Run{ID: "b", Kind: "crawl", Name: "logs", Started: noon.Add(time.Hour), Ended: noon.Add(2 * time.Hour), State: "ok", Report: []byte(`{"created":3}`)}
	for _, r := range []job.Run{first, second} {
		if err := b.Put(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	got, err := b.List(t.Context(), job.Filter{Kind: "crawl"})
	if err != nil {
		t.Fatal(err)
	}
	first.Heard, second.Heard = noon, noon
	if diff := cmp.Diff([]job.Run{second, first}, got); diff != "" {
		t.Errorf("runs, newest first (-want +got):\n%s", diff)
	}
	if got, err := b.Find(t.Context(), "b"); err != nil || got.Name != "logs" {
		t.Errorf("find: got %+v, %v", got, err)
	}
	if _, err := b.Find(t.Context(), "c"); !errors.Is(err, fault.NotFound) {
		t.Errorf("find of an unknown run: got %v, want fault.NotFound", err)
	}
	if err := b.CloseLost(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, ok, err := b.Last(t.Context(), "crawl", "shop"); err != nil || !ok || got.State != job.Running {
		t.Errorf("a run that goes on: got %+v, %v want it running", got, err)
	}
	next := job.New(store) // of the next process
	next.Now = func() time.Time { return noon.Add(5 * time.Hour) }
	for _, kept := range []bool{false, true} { // it says so before it has written it down, too
		if kept {
			if err := next.CloseLost(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if got, ok, err := next.Last(t.Context(), "crawl", "shop"); err != nil || !ok || got.State != job.Lost || !got.Ended.Equal(noon) || got.Error == "" {
			t.Errorf("a run that a dead process left, kept %v: got %+v, %v want it ended when it was last heard of", kept, got, err)
		}
		if got, err := next.Find(t.Context(), "a"); err != nil || got.State != job.Lost {
			t.Errorf("found: got %+v, %v want it ended", got, err)
		}
	}
	if err := b.Put(t.Context(), job.Run{Kind: "crawl"}); !errors.Is(err, fault.Invalid) {
		t.Errorf("a run without an id: got %v, want fault.Invalid", err)
	}
}

func TestOldRunsAreForgotten(t *testing.T) {
	b, _ := book(t)
	for i := range 205 {
		if err := b.Put(t.Context(), job.Run{ID: fmt.Sprint(i), Kind: "crawl", Name: "shop", Started: noon.Add(time.Duration(i) * time.Minute)}); err != nil {
			t.Fatal(err)
		}
	}
	got, err := b.List(t.Context(), job.Filter{Kind: "crawl", Limit: 1000})
	if err != nil || len(got) != 200 || got[0].ID != "204" || got[199].ID != "5" {
		t.Errorf("got %d runs, %v; want the newest 200", len(got), err)
	}
}

func TestMarks(t *testing.T) {
	b, _ := book(t)
	large := strings.Repeat("0123456789", 100_000)
	for _, want := range []string{"here", large, "short again", ""} {
		if err := b.SetMark(t.Context(), "shop", want); err != nil {
			t.Fatal(err)
		}
		if got, err := b.Mark(t.Context(), "shop"); err != nil || got != want {
			t.Errorf("got %d bytes, %v, want %d", len(got), err, len(want))
		}
	}
	if got, err := b.Mark(t.Context(), "sho"); err != nil || got != "" {
		t.Errorf("an unknown name: got %q, %v", got, err)
	}
}

func TestLease(t *testing.T) {
	b, store := book(t)
	clock := noon
	b.Now = func() time.Time { return clock }
	holds := func(l job.Lease) error { return store.View(t.Context(), l.Hold) }
	ana, err := b.Take(t.Context(), "lineage", "ana", time.Minute)
	if err != nil || holds(ana) != nil {
		t.Fatalf("first taking: %v, %v", err, holds(ana))
	}
	if _, err := b.Take(t.Context(), "lineage", "ben", time.Minute); !errors.Is(err, fault.Conflict) {
		t.Errorf("taking what is held: got %v, want fault.Conflict", err)
	}
	clock = clock.Add(30 * time.Second)
	if again, err := b.Take(t.Context(), "lineage", "ana", time.Minute); err != nil || again.Fence != ana.Fence {
		t.Errorf("renewing: got fence %d, %v, want %d", again.Fence, err, ana.Fence)
	}
	clock = clock.Add(2 * time.Minute)
	if err := holds(ana); !errors.Is(err, fault.Conflict) {
		t.Errorf("a lease that ran out: got %v, want fault.Conflict", err)
	}
	ben, err := b.Take(t.Context(), "lineage", "ben", time.Minute)
	if err != nil || ben.Fence <= ana.Fence {
		t.Fatalf("taking over: got fence %d after %d, %v", ben.Fence, ana.Fence, err)
	}
	if err := ana.Release(t.Context()); err != nil || holds(ben) != nil {
		t.Errorf("the old holder released the new one's lease: %v, %v", err, holds(ben))
	}
	if err := ben.Release(t.Context()); err != nil {
		t.Fatal(err)
	}
	if next, err := b.Take(t.Context(), "lineage", "ana", time.Minute); err != nil || next.Fence <= ben.Fence {
		t.Errorf("after release: got fence %d, %v", next.Fence, err)
	}
}

func TestSchedule(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("no time zones on this machine; install tzdata")
	}
	tests := []struct{ expr, after, want string }{
		{"0 * * * *", "2026-11-01T12:00:00Z", "2026-11-01T13:00:00Z"},
		{"*/15 9-17 * * mon-fri", "2026-11-06T17:45:00Z", "2026-11-09T09:00:00Z"},
		{"30 2 29 2 *", "2026-01-01T00:00:00Z", "2028-02-29T02:30:00Z"},
		{"0 0 31 2 *", "2026-01-01T00:00:00Z", ""},
		{"0 6 1 * sun", "2026-11-02T00:00:00Z", "2026-11-08T06:00:00Z"},
		{"5,10 0 * * 7", "2026-11-02T00:00:00Z", "2026-11-08T00:05:00Z"},
		{"@daily", "2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z"},
		{"30 2 * * *", "2026-03-29T00:00:00+01:00", "2026-03-29T03:30:00+02:00"},
	}
	for _, tt := range tests {
		s, err := job.ParseSchedule(tt.expr)
		if err != nil {
			t.Errorf("%s: %v", tt.expr, err)
			continue
		}
		after, err := time.Parse(time.RFC3339, tt.after)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(tt.after, "+01:00") {
			after = after.In(berlin)
		}
		got := ""
		if next := s.Next(after); !next.IsZero() {
			got = next.Format(time.RFC3339)
		}
		if got != tt.want {
			t.Errorf("%s after %s: got %s, want %s", tt.expr, tt.after, got, tt.want)
		}
	}
	for _, bad := range []string{"", "* * * *", "60 * * * *", "* 5-1 * * *", "*/0 * * * *", "x * * * *", "* * 0 * *", "* * * foo *"} {
		if _, err := job.ParseSchedule(bad); !errors.Is(err, fault.Invalid) {
			t.Errorf("%q: got %v, want fault.Invalid", bad, err)
		}
	}
}
