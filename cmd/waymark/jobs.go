package main

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/job"
	"waymark/crawler"
)

// follow brings everything that is derived level with the catalog: lineage, use,
// what is wrong, findings, then search, which shows what the others said.
func (w *waymark) follow(ctx context.Context) error {
	ctx = access.With(ctx, access.System("followers"))
	if err := w.requests.TellGrants(ctx); err != nil { // approvals ask again, and then stop
		w.log.WarnContext(ctx, "the ledger does not know yet who was given a role", "error", err)
	}
	for _, sync := range []func(context.Context) error{w.graph.Sync, w.graph.Signals, w.cat.Watch, w.personal.Sync, w.graph.Sync, w.syncSearch} {
		if err := sync(ctx); err != nil {
			return err
		}
	}
	return nil
}

// catchUp is follow without the count of use, for what changes every second.
func (w *waymark) catchUp(ctx context.Context) error {
	ctx = access.With(ctx, access.System("followers"))
	for _, sync := range []func(context.Context) error{w.graph.Sync, w.syncSearch} {
		if err := sync(ctx); err != nil {
			return err
		}
	}
	return nil
}

// The rhythm of background work.
const (
	followEvery = 500 * time.Millisecond
	signalEvery = time.Hour
	flushEvery  = 5 * time.Second
	tellEvery   = 15 * time.Second
	headsEvery  = 30 * time.Second
)

// start runs followers and schedules until ctx ends. A failing follower is logged
// and tried again; it never stops the server.
func (w *waymark) start(ctx context.Context) {
	go w.every(ctx, followEvery, "follow", func(ctx context.Context) error {
		return errors.Join(w.catchUp(ctx), w.personal.Sync(access.With(ctx, access.System("pii"))))
	})
	go w.every(ctx, signalEvery, "signals", w.follow)
	go w.every(ctx, flushEvery, "search log", func(context.Context) error { return w.flushSearches() })
	go w.every(ctx, scrubAsks, "scrub", w.scrubDue)
	go w.every(ctx, time.Minute, "schedule", w.crawls.due)
	go w.every(ctx, tellEvery, "grants of roles", w.requests.TellGrants)
	go w.every(ctx, headsEvery, "ledger heads", w.heads.send)
	go w.every(ctx, tellEvery, "news", func(ctx context.Context) error {
		return w.post.Deliver(access.With(ctx, access.System("notify")))
	})
}

func (w *waymark) every(ctx context.Context, d time.Duration, name string, do func(context.Context) error) {
	t := time.NewTicker(d)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		if err := do(ctx); err != nil && ctx.Err() == nil {
			w.log.ErrorContext(ctx, "background work failed", "work", name, "error", err)
		}
	}
}

// crawls runs recipes, one run of a source at a time, and writes down how they went.
type crawls struct {
	w    *waymark
	end  <-chan struct{} // closed when the program is told to end
	mu   sync.Mutex
	busy map[string]bool
	wait sync.WaitGroup
}

// endTime is how long a crawl may take to end once the program is told to.
const endTime = 8 * time.Second

var errToldToEnd = errors.New("the program was told to end")

// background is a context for work that outlives the request which asked for it,
// but not the program.
func (c *crawls) background(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	go func() {
		select {
		case <-c.end:
			cancel(errToldToEnd)
		case <-ctx.Done():
		}
	}()
	return ctx, func() { cancel(nil) }
}

// drain waits for the crawls that run, at most endTime once the program was told to
// end: a source that does not let go must not hold the program.
func (c *crawls) drain() {
	done := make(chan struct{})
	go func() {
		c.wait.Wait()
		close(done)
	}()
	select {
	case <-done:
		return
	case <-c.end:
	}
	select {
	case <-done:
	case <-time.After(endTime):
		c.w.log.Error("a crawl did not end in time and is given up")
	}
}

// Recipes lists the sources that the catalog knows.
func (c *crawls) Recipes(ctx context.Context) (out []crawler.Recipe, err error) {
	ctx = access.With(ctx, access.System("crawls"))
	for a, err := range c.w.cat.List(ctx, catalog.Filter{Types: []catalog.Type{catalog.Source}}) {
		if err != nil {
			return nil, err
		}
		if a.Recipe == nil || a.Recipe.Text == "" {
			continue
		}
		r, err := crawler.ParseRecipe([]byte(a.Recipe.Text))
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// CanErase is nil, or says why requests cannot reach a source.
func (c *crawls) CanErase(ctx context.Context, source string) error {
	return c.w.runner.CanErase(access.With(ctx, access.System("crawls")), source)
}

// Grade says how a type of source is tested.
func (c *crawls) Grade(sourceType string) string { return grades[sourceType] }

// Start begins to crawl a known source; approve marks what vanished, though it is much.
func (c *crawls) Start(ctx context.Context, source string, approve bool) (string, error) {
	list, err := c.Recipes(ctx)
	if err != nil {
		return "", err
	}
	for _, r := range list {
		if r.Name == source {
			return c.begin(ctx, r, crawler.Options{Approve: approve})
		}
	}
	return "", fault.NotFound.Errorf("there is no source %s", source)
}

// CrawlRecipe begins to crawl what a recipe's text says.
func (c *crawls) CrawlRecipe(ctx context.Context, text string, dryRun, approve bool) (string, error) {
	r, err := crawler.ParseRecipe([]byte(text))
	if err != nil {
		return "", err
	}
	return c.begin(ctx, r, crawler.Options{DryRun: dryRun, Approve: approve})
}

// begin checks the right, writes the run down and crawls in the background; the
// run outlives the request that asked for it.
func (c *crawls) begin(ctx context.Context, r crawler.Recipe, o crawler.Options) (string, error) {
	if err := c.w.guard.Check(ctx, access.Manage, "source "+r.Name); err != nil {
		return "", err
	}
	if r.Schedule != "" {
		if _, err := job.ParseSchedule(r.Schedule); err != nil {
			return "", fault.Invalid.Errorf("recipe %s: %w", r.Name, err)
		}
	}
	run, err := c.open(ctx, r)
	if err != nil {
		return "", err
	}
	o.Run = run.ID
	c.wait.Add(1)
	go func() {
		defer c.wait.Done()
		ctx, cancel := c.background(ctx)
		defer cancel()
		c.run(ctx, r, o, run, c.w.follow)
	}()
	return run.ID, nil
}

func (c *crawls) open(ctx context.Context, r crawler.Recipe) (job.Run, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.busy[r.Name] {
		return job.Run{}, fault.Conflict.Errorf("%s is being crawled already", r.Name)
	}
	now := time.Now().UTC()
	run := job.Run{ID: runID(now), Kind: "crawl", Name: r.Name, State: job.Running, Started: now}
	if err := c.w.jobs.Put(ctx, run); err != nil {
		return run, err
	}
	if c.busy == nil {
		c.busy = map[string]bool{}
	}
	c.busy[r.Name] = true
	return run, nil
}

// run crawls, then does what comes after, and writes the end down whatever happens.
func (c *crawls) run(ctx context.Context, r crawler.Recipe, o crawler.Options, run job.Run, after func(context.Context) error) job.Run {
	ctx = access.With(ctx, access.System("crawl"))
	o.Progress = func(p crawler.Progress) {
		run.Progress, _ = json.Marshal(p) // plain fields always encode
		if err := c.w.jobs.Put(ctx, run); err != nil {
			c.w.log.WarnContext(ctx, "progress not kept", "run", run.ID, "error", err)
		}
	}
	rep, err := c.w.runner.Crawl(ctx, r, o)
	if err == nil && !o.DryRun && rep.Described() {
		err = c.w.cat.NoteSizes(ctx, r.Name)
	}
	if err == nil && !o.DryRun && after != nil {
		if err = after(ctx); ctx.Err() != nil {
			err = nil // what follows is made up for at the next start
		} else if err == nil {
			err = c.tellUnsampled(ctx, &rep)
		}
	}
	run.Ended, run.State = time.Now().UTC(), string(rep.State)
	if err != nil && rep.State != crawler.Interrupted {
		run.State, run.Error = string(crawler.Failed), err.Error()
	}
	run.Report, _ = rep.JSON() // plain fields always encode
	c.close(ctx, run)
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.busy, r.Name)
	return run
}

// tellUnsampled adds to a report which values could not be read for detection, which
// the followers found out.
func (c *crawls) tellUnsampled(ctx context.Context, rep *crawler.Report) error {
	if rep.Described() {
		if err := c.w.personal.SampleAgain(ctx, rep.Source); err != nil {
			return err
		}
	}
	reasons, err := c.w.personal.Unsampled(ctx, rep.Source)
	for _, r := range slices.Sorted(maps.Keys(reasons)) {
		rep.NotSampled(r, reasons[r])
	}
	return err
}

// close writes the end of a run down, also when the crawl was told to end. What
// cannot be kept with its report is kept without: no run goes on for ever.
func (c *crawls) close(ctx context.Context, run job.Run) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), endTime/2)
	defer cancel()
	err := c.w.jobs.Put(ctx, run)
	if errors.Is(err, fault.Invalid) {
		run.Report, run.Progress, run.Error = nil, nil, "the report could not be kept: "+err.Error()
		err = c.w.jobs.Put(ctx, run)
	}
	if err != nil {
		c.w.log.ErrorContext(ctx, "end of a run not kept", "run", run.ID, "error", err)
	}
}

// due starts the sources whose schedule came round since their last run.
func (c *crawls) due(ctx context.Context) error {
	ctx = access.With(ctx, access.System("schedule"))
	list, err := c.Recipes(ctx)
	if err != nil {
		return err
	}
	var failed []error
	for _, r := range list {
		failed = append(failed, c.dueOne(ctx, r)) // one bad schedule stops no other
	}
	return errors.Join(failed...)
}

func (c *crawls) dueOne(ctx context.Context, r crawler.Recipe) error {
	if r.Schedule == "" {
		return nil
	}
	when, err := job.ParseSchedule(r.Schedule)
	if err != nil {
		return err
	}
	last, ok, err := c.w.jobs.Last(ctx, "crawl", r.Name)
	if err != nil || !ok {
		return err
	}
	if next := when.Next(last.Started); next.IsZero() || next.After(time.Now()) {
		return nil
	}
	if _, err := c.begin(ctx, r, crawler.Options{}); !errors.Is(err, fault.Conflict) {
		return err
	}
	return nil // it runs already
}
