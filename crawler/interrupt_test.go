package crawler_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/urn"
	"waymark/crawler"
	"waymark/crawler/crawltest"
)

// waiting is a source that answers nothing until its caller gives up.
type waiting struct {
	memory
	began chan struct{}
}

func (w *waiting) Crawl(ctx context.Context, _ crawler.Scope, _ func(catalog.Asset) error) error {
	close(w.began)
	<-ctx.Done()
	return ctx.Err()
}

// TestToldToEnd: a crawl that is told to end in the middle says so, and is neither
// a failure of the source nor done.
func TestToldToEnd(t *testing.T) {
	w := &waiting{began: make(chan struct{})}
	b := crawltest.NewBench(t, map[string]crawler.Opener{"memory": func(context.Context, crawler.Config) (crawler.Source, error) { return w, nil }})
	r, err := crawler.ParseRecipe([]byte(recipe))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancelCause(b.Ctx)
	go func() {
		<-w.began
		cancel(errors.New("the program was told to end"))
	}()
	report, err := b.Runner.Crawl(ctx, r, crawler.Options{})
	if err == nil || report.State != crawler.Interrupted || report.State.ExitCode() != 1 {
		t.Errorf("got %s, %v want interrupted", report.State, err)
	}
	if n := len(report.Problems); n != 1 || report.Problems[0].Class != crawler.Interrupt || report.Problems[0].Phase != crawler.Describe {
		t.Errorf("got problems %+v, want one that says where it was ended", report.Problems)
	}
}

// TestManyProblems: a crawl tells a thousand problems and counts the rest.
func TestManyProblems(t *testing.T) {
	m := &memory{assets: tables(1500)}
	for i := range m.assets {
		m.assets[i].URN = urn.URN(fmt.Sprint("nonsense ", i))
	}
	b := newBench(t, m)
	report := b.Crawl(t, recipe, crawler.Partial)
	if report.Failed != 1500 || len(report.Problems) != 1000 || report.Cut.Problems != 500 {
		t.Errorf("got %d failed, %d problems and %d more, want 1500, 1000 and 500", report.Failed, len(report.Problems), report.Cut.Problems)
	}
}

// stalled stops answering in its first scope.
type stalled struct {
	memory
	asked int
}

func (s *stalled) Scopes(context.Context) (out []crawler.Scope, err error) {
	for i := range 5 {
		out = append(out, crawler.Scope{Name: fmt.Sprint(i), Prefix: fmt.Sprint("m.", i, ".")})
	}
	return out, nil
}

func (s *stalled) Crawl(context.Context, crawler.Scope, func(catalog.Asset) error) error {
	s.asked++
	return crawler.Stalled{For: 1, Doing: "waiting for more rows"}.Problem("describe")
}

// TestAStalledSourceIsNotAskedAgain: each further question would wait as long.
func TestAStalledSourceIsNotAskedAgain(t *testing.T) {
	s := &stalled{}
	b := crawltest.NewBench(t, map[string]crawler.Opener{"memory": func(context.Context, crawler.Config) (crawler.Source, error) { return s, nil }})
	report := b.Crawl(t, recipe, crawler.Partial)
	if s.asked != 1 || len(s.marks) != 0 || report.Gone != 0 {
		t.Errorf("got %d scopes and %d logs read, want the first scope alone", s.asked, len(s.marks))
	}
	if n := len(report.Problems); n != 3 {
		t.Errorf("got problems %+v, want the stall and that four scopes and the log were not read", report.Problems)
	}
}

// silent gives no samples but its answer to each question.
type silent struct {
	memory
	answer error
	asked  int
}

func (s *silent) Sample(_ context.Context, _ urn.URN, columns []string, _ int) ([][]string, error) {
	s.asked++
	return make([][]string, len(columns)), s.answer
}

// TestASilentSourceIsNotSampledForAWhile: a stall counts at once, what took too long
// when it happens three times in a row, and a refusal never.
func TestASilentSourceIsNotSampledForAWhile(t *testing.T) {
	stall := crawler.Stalled{For: 1, Doing: "connecting"}.Problem("connect")
	for _, tt := range []struct {
		name   string
		answer error
		asked  int
	}{
		{"stalled", stall, 1},
		{"slow", crawler.Problem{Class: crawler.Timeout, Text: "too slow"}, 3},
		{"denied", crawler.Problem{Class: crawler.Permission, Text: "no"}, 10},
		{"answers", nil, 10},
	} {
		s := &silent{memory: memory{assets: tables(1)}, answer: tt.answer}
		b := crawltest.NewBench(t, map[string]crawler.Opener{"memory": func(context.Context, crawler.Config) (crawler.Source, error) { return s, nil }})
		clock := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
		b.Runner.Now = func() time.Time { return clock }
		b.Crawl(t, recipe, crawler.OK)
		for range 10 {
			if _, err := b.Runner.Sample(b.Ctx, table("t00000").URN, []string{"id"}, 5); (err == nil) != (tt.answer == nil) {
				t.Errorf("%s: got %v", tt.name, err)
			}
		}
		if s.asked != tt.asked {
			t.Errorf("%s: asked %d times of 10, want %d", tt.name, s.asked, tt.asked)
		}
		clock = clock.Add(time.Minute)
		if _, err := b.Runner.Sample(b.Ctx, table("t00000").URN, []string{"id"}, 5); s.asked != tt.asked+1 {
			t.Errorf("%s: a minute later it was not asked again: %v", tt.name, err)
		}
	}
}
