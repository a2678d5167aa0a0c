package crawltest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"waymark/crawler"
)

// Deadlines are the part of a recipe with which a stalled source is soon found out.
const Deadlines = "    deadlines: {connect: 1s, answer: 1s, rows: 1s}\n"

// patience is how long a crawl may take under them: their sum, and ten seconds.
const patience = 3*time.Second + 10*time.Second

// faults spreads faults over what one connection asks and is answered.
func faults(questions, answers int64) (out []Fault) {
	out = []Fault{{Refuse, 0}, {Hang, 0}, {Close, 0}, {Reset, 0}, {HTTP, 0}, {Garbage, 0}, {Drip, 0}, {Deaf, 0}, {Large, 0}}
	for i := range int64(10) {
		at := 1 + answers*(2*i+1)/20
		out = append(out, Fault{Close, at}, Fault{Reset, at}, Fault{Hang, at})
		if i%2 == 0 {
			out = append(out, Fault{Drip, at}, Fault{Garbage, at}, Fault{Large, at}, Fault{Deaf, 1 + questions*(2*i+1)/20})
		}
	}
	return out
}

// Faults crawls a shop through a proxy with one fault after the other. Each crawl
// ends in time and says at which step what happened, and nothing is ever gone.
func Faults(t *testing.T, s System, target string, through func(env, addr string) (recipe string)) {
	shop(t, s)
	for i := range 40 {
		s.Exec(t, fmt.Sprintf("create table t%d (id integer not null primary key, a varchar(20), b integer)", i))
	}
	whole := NewProxy(t, target, Fault{Manner: Pass})
	b := bench(t, s)
	b.Crawl(t, through("SUITE_WHOLE", whole.Addr), crawler.OK)
	questions, answers := whole.Most()
	if answers < 1000 {
		t.Fatalf("the proxy saw %d bytes, want a crawl", answers)
	}
	list := faults(questions, answers)
	states := make([]crawler.State, len(list))
	t.Run("each", func(t *testing.T) {
		for i, f := range list {
			env := fmt.Sprintf("SUITE_FAULT_%d", i)
			b := bench(t, s)
			b.Crawl(t, through(env, target), crawler.OK)
			recipe := through(env, NewProxy(t, target, f).Addr)
			t.Run(fmt.Sprintf("%s after %d", f.Manner, f.After), func(t *testing.T) {
				t.Parallel()
				states[i] = faulty(t, b, recipe)
			})
		}
	})
	count := map[crawler.State]int{}
	for _, st := range states {
		count[st]++
	}
	t.Logf("%d faults over %d bytes: %v", len(list), answers, count)
	if len(list) < 49 || count[crawler.Failed] == 0 || count[crawler.Partial] == 0 {
		t.Errorf("got %d faults and states %v, want 49, of which some end before and some after the connection", len(list), count)
	}
}

// faulty crawls through one fault what was crawled before without.
func faulty(t *testing.T, b *Bench, recipe string) crawler.State {
	before := len(b.Live(t))
	r, err := crawler.ParseRecipe([]byte(recipe))
	if err != nil {
		t.Fatal(err)
	}
	// Should the crawl not end by itself, it is told to, and that is an error below.
	ctx, cancel := context.WithTimeout(b.Ctx, time.Minute)
	defer cancel()
	began := time.Now()
	report, err := b.Runner.Crawl(ctx, r, crawler.Options{Approve: true})
	if took := time.Since(began); took > patience {
		t.Errorf("it took %s, want at most %s", took, patience)
	}
	if err != nil {
		oneLine(t, err)
	}
	if report.Gone != 0 || len(b.Live(t)) != before {
		t.Errorf("got %d gone and %d live, want 0 and %d", report.Gone, len(b.Live(t)), before)
	}
	for _, p := range report.Problems {
		if strings.Contains(p.Text, "\n") || p.Class == crawler.Bug || p.Phase == "" {
			t.Errorf("got problem %+v, want one line that names its phase and a class that is no bug", p)
		}
	}
	whole := !slices.ContainsFunc(report.Phases, func(p crawler.PhaseReport) bool { return p.State != crawler.OK })
	if whole != (report.State == crawler.OK) || whole != (len(report.Problems) == 0) {
		t.Errorf("got %s with phases %+v and problems %+v, want them to agree", report.State, report.Phases, report.Problems)
	}
	return report.State
}
