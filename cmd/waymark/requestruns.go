package main

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/job"
	"waymark/graphql"
	"waymark/pii/gdpr"
)

// requestKind is the kind of runs that plan or verify a request; their name is the
// request's number.
const requestKind = "request"

// requestRuns plan and verify requests in the background: a run outlives the call
// that began it, tells how far it is, and a second call joins it.
type requestRuns struct {
	w      *waymark
	mu     sync.Mutex
	active map[string]*requestRun // by request
}

// requestRun is one run that goes on in this process.
type requestRun struct {
	mu   sync.Mutex
	run  job.Run
	at   graphql.RequestRun
	kept time.Time     // when progress was last stored
	done chan struct{} // closed at the end
	err  error         // of the end
}

// keepEvery is how often progress is stored; who asks this process sees all of it.
const keepEvery = time.Second

// Start begins to plan or verify a request, or joins the run that does so already.
func (q *requestRuns) Start(ctx context.Context, request string, act graphql.RequestAct) (graphql.RequestRun, error) {
	r, err := q.start(ctx, request, act)
	if err != nil {
		return graphql.RequestRun{}, err
	}
	return r.now(), nil
}

// Wait is Start that returns at the end of the run, with its error. When ctx ends
// first, the run goes on.
func (q *requestRuns) Wait(ctx context.Context, request string, act graphql.RequestAct) error {
	r, err := q.start(ctx, request, act)
	if err != nil {
		return err
	}
	select {
	case <-r.done:
		return r.err
	case <-ctx.Done():
		return fault.Unavailable.Errorf("request %s: the %s goes on; ask for the request to see how far it is", request, act)
	}
}

// Last returns the newest run of a request, and whether there is one.
func (q *requestRuns) Last(ctx context.Context, request string) (graphql.RequestRun, bool, error) {
	q.mu.Lock()
	r := q.active[request]
	q.mu.Unlock()
	if r != nil {
		return r.now(), true, nil
	}
	run, ok, err := q.w.jobs.Last(ctx, requestKind, request)
	if err != nil || !ok {
		return graphql.RequestRun{}, false, err
	}
	out := graphql.RequestRun{}
	if err := json.Unmarshal(run.Progress, &out); err != nil {
		return out, false, fault.Corrupt.Errorf("run %s: %w", run.ID, err)
	}
	out.State, out.Started, out.Ended, out.Error = run.State, run.Started, run.Ended, run.Error
	return out, true, nil
}

func (q *requestRuns) start(ctx context.Context, request string, act graphql.RequestAct) (*requestRun, error) {
	right := map[graphql.RequestAct]access.Action{graphql.PlanAct: access.RequestPlan, graphql.VerifyAct: access.RequestExecute}[act]
	if err := q.w.guard.Check(ctx, right, "request "+request); err != nil {
		return nil, err
	}
	if _, err := q.w.requests.Find(ctx, request); err != nil {
		return nil, err
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if r := q.active[request]; r != nil {
		if r.at.Act != act {
			return nil, fault.Conflict.Errorf("request %s: the %s goes on; wait for its end", request, r.at.Act)
		}
		return r, nil
	}
	r, err := q.open(ctx, request, act)
	if err != nil {
		return nil, err
	}
	q.active[request] = r
	q.w.crawls.wait.Add(1)
	go func() {
		defer q.w.crawls.wait.Done()
		q.work(ctx, request, r)
	}()
	return r, nil
}

// open writes the begin of a run down.
func (q *requestRuns) open(ctx context.Context, request string, act graphql.RequestAct) (*requestRun, error) {
	now := time.Now().UTC()
	r := &requestRun{done: make(chan struct{}), kept: now}
	r.at = graphql.RequestRun{Act: act, State: job.Running, Started: now}
	r.run = job.Run{ID: runID(now), Kind: requestKind, Name: request, State: job.Running, Started: now}
	r.run.Progress, _ = json.Marshal(r.at) // plain fields always encode
	return r, q.w.jobs.Put(ctx, r.run)
}

// work plans or verifies and writes the end down, whatever happens.
func (q *requestRuns) work(ctx context.Context, request string, r *requestRun) {
	ctx, cancel := q.w.crawls.background(ctx)
	defer cancel()
	r.err = q.act(gdpr.WithProgress(ctx, func(p gdpr.Progress) { q.progress(ctx, r, p) }), request, r.at.Act)
	if r.err != nil && ctx.Err() != nil {
		r.err = fault.Unavailable.Errorf("the program was told to end before request %s was done; start it again", request)
	}
	r.end()
	q.w.crawls.close(ctx, r.run)
	q.mu.Lock()
	delete(q.active, request)
	q.mu.Unlock()
	close(r.done)
}

func (q *requestRuns) act(ctx context.Context, request string, act graphql.RequestAct) (err error) {
	defer func() { // a defect here must not end the program, nor leave the run going on
		if p := recover(); p != nil {
			q.w.log.ErrorContext(ctx, "run of a request panicked", "request", request, "error", p)
			err = fault.Internal.Errorf("this did not work; the log has it under request %s", request)
		}
	}()
	if act == graphql.VerifyAct {
		_, err = q.w.requests.Verify(ctx, request)
		return err
	}
	_, err = q.w.requests.Plan(ctx, request, gdpr.PlanOptions{})
	return err
}

func (q *requestRuns) progress(ctx context.Context, r *requestRun, p gdpr.Progress) {
	r.mu.Lock()
	r.at.Step, r.at.Done, r.at.Total = p.Step, p.Done, p.Total
	keep := time.Since(r.kept) >= keepEvery
	if keep {
		r.kept = time.Now()
		r.run.Progress, _ = json.Marshal(r.at) // plain fields always encode
	}
	run := r.run
	r.mu.Unlock()
	if !keep {
		return
	}
	if err := q.w.jobs.Put(ctx, run); err != nil && ctx.Err() == nil {
		q.w.log.WarnContext(ctx, "progress not kept", "run", run.ID, "error", err)
	}
}

// end makes of a run what it is at its end.
func (r *requestRun) end() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at.State, r.at.Ended = "ok", time.Now().UTC()
	if r.err != nil {
		r.at.State, r.at.Error, r.at.Code = "failed", r.err.Error(), graphql.Code(r.err)
		if kind := fault.KindOf(r.err); kind == fault.Internal || kind == fault.Corrupt {
			r.at.Error = "this did not work; the log has why"
		}
	}
	r.run.State, r.run.Ended, r.run.Error = r.at.State, r.at.Ended, r.at.Error
	r.run.Progress, _ = json.Marshal(r.at) // plain fields always encode
}

func (r *requestRun) now() graphql.RequestRun {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.at
}

// errEnded is what a command returns for a run that failed.
func errEnded(code, text string) error {
	kind, ok := kinds[code]
	if !ok {
		return fault.Unavailable.Errorf("%s", text)
	}
	return kind.Errorf("%s", text)
}
