package job_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"waymark/catalog/fault"
	"waymark/catalog/job"
	"waymark/catalog/kv/memkv"
)

func TestRunsAreKeptNewestFirst(t *testing.T) {
	ctx, j := context.Background(), job.New(memkv.New())
	now := time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
	j.Now = func() time.Time { now = now.Add(time.Second); return now }
	var ids []string
	for _, name := range []string{"shop", "log", "shop"} {
		r, err := j.Begin(ctx, "crawl", name)
		if err != nil {
			t.Fatalf("Begin: %v", err)
		}
		ids = append(ids, r.ID)
	}
	got, err := j.List(ctx, "shop", 10)
	if err != nil || len(got) != 2 || got[0].ID != ids[2] || got[1].ID != ids[0] {
		t.Errorf("List(shop): got %+v, %v want %s then %s", got, err, ids[2], ids[0])
	}
	if got, err := j.List(ctx, "", 1); err != nil || len(got) != 1 || got[0].ID != ids[2] {
		t.Errorf("List(all, 1): got %+v, %v want the newest", got, err)
	}
	if _, err := j.Find(ctx, "nope"); !errors.Is(err, fault.NotFound) {
		t.Errorf("Find(nope): got %v want fault.NotFound", err)
	}
}

func TestRecoverEndsWhatWasLeftRunning(t *testing.T) {
	ctx, j := context.Background(), job.New(memkv.New())
	r, err := j.Begin(ctx, "crawl", "shop")
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Recover(ctx); err != nil {
		t.Fatalf("Recover: %v", err)
	}
	if got, err := j.Find(ctx, r.ID); err != nil || got.State != job.Failed || got.Ended.IsZero() {
		t.Errorf("after a stop: got %+v, %v want it failed and ended", got, err)
	}
}

func TestMarks(t *testing.T) {
	ctx, j := context.Background(), job.New(memkv.New())
	for _, want := range []string{"", "offset 7"} {
		if got, err := j.Mark(ctx, "log"); err != nil || got != want {
			t.Errorf("Mark: got %q, %v want %q", got, err, want)
		}
		if err := j.SetMark(ctx, "log", "offset 7"); err != nil {
			t.Fatal(err)
		}
	}
}
