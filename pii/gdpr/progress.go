package gdpr

import (
	"context"
	"sync"
)

// Progress says how far a plan or a verification is: words and counts alone.
type Progress struct {
	Step  string `json:"step"`
	Done  int    `json:"done"`
	Total int    `json:"total"` // tables; 0 while nothing can be counted
}

type progressKey struct{}

// WithProgress returns a context in which Plan and Verify report how far they are.
// Calls of report do not overlap.
func WithProgress(ctx context.Context, report func(Progress)) context.Context {
	return context.WithValue(ctx, progressKey{}, report)
}

// The steps that are reported.
const (
	stepSurvey = "reading how the sources are made"
	stepSearch = "searching tables"
	stepWalk   = "following keys"
	stepCount  = "counting rows exactly"
	stepKeys   = "looking for keys of erased rows"
)

// progress reports the begin of a step; each call of the returned function, which is
// safe for concurrent use, reports one more of total as done.
func progress(ctx context.Context, step string, total int) (tick func()) {
	report, ok := ctx.Value(progressKey{}).(func(Progress))
	if !ok {
		return func() {}
	}
	var mu sync.Mutex
	p := Progress{Step: step, Total: total}
	report(p)
	return func() {
		mu.Lock()
		defer mu.Unlock()
		p.Done++
		report(p)
	}
}
