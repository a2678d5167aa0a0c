package graphql

import (
	"context"
	"time"

	gql "github.com/graph-gophers/graphql-go"

	"waymark/catalog/fault"
)

// requestKind is the kind under which such runs are kept.
const requestKind = "request"

// RequestAct is what a run of a request does.
type RequestAct string

// The acts that take long enough to run in the background.
const (
	PlanAct   RequestAct = "plan"
	VerifyAct RequestAct = "verify"
)

// RequestRun is how far a plan or a verification is, or how it ended.
type RequestRun struct {
	Act     RequestAct `json:"act"`
	State   string     `json:"-"` // running, ok, failed or interrupted
	Step    string     `json:"step"`
	Done    int        `json:"done"`
	Total   int        `json:"total"`
	Started time.Time  `json:"-"`
	Ended   time.Time  `json:"-"`
	Error   string     `json:"-"`
	Code    string     `json:"code,omitempty"`
}

// RequestRuns plans and verifies requests in the background; cmd joins it.
type RequestRuns interface {
	// Start begins to plan or verify a request, or joins the run that does so already.
	Start(ctx context.Context, request string, act RequestAct) (RequestRun, error)
	// Wait is Start that returns at the end of the run, with its error.
	Wait(ctx context.Context, request string, act RequestAct) error
	// Last returns the newest run of a request, and whether there is one.
	Last(ctx context.Context, request string) (RequestRun, bool, error)
}

// Code is the code of an error as clients see it.
func Code(err error) string { return codes[fault.KindOf(err)] }

// requestRun resolves the type RequestRun.
type requestRun struct{ r RequestRun }

func (r *requestRun) Act() string       { return string(r.r.Act) }
func (r *requestRun) State() string     { return r.r.State }
func (r *requestRun) Step() string      { return r.r.Step }
func (r *requestRun) Done() int32       { return int32(r.r.Done) }
func (r *requestRun) Total() int32      { return int32(r.r.Total) }
func (r *requestRun) Started() gql.Time { return gql.Time{Time: r.r.Started} }
func (r *requestRun) Ended() *gql.Time  { return moment(r.r.Ended) }
func (r *requestRun) Error() string     { return r.r.Error }
func (r *requestRun) Code() string      { return r.r.Code }

// Run is the newest plan or verification of the request that was begun.
func (r *request) Run(ctx context.Context) (*requestRun, error) {
	last, ok, err := r.p.Runs.Last(ctx, r.r.ID)
	if err != nil || !ok {
		return nil, err
	}
	return &requestRun{last}, nil
}

// StartPlan begins to plan and returns at once.
func (r *root) StartPlan(ctx context.Context, args struct{ ID string }) (*requestRun, error) {
	run, err := r.Parts.Runs.Start(ctx, args.ID, PlanAct)
	return &requestRun{run}, err
}

// StartVerify begins to verify and returns at once.
func (r *root) StartVerify(ctx context.Context, args struct{ ID string }) (*requestRun, error) {
	run, err := r.Parts.Runs.Start(ctx, args.ID, VerifyAct)
	return &requestRun{run}, err
}
