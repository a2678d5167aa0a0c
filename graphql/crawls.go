package graphql

import (
	"context"
	"encoding/json"
	"fmt"

	gql "github.com/graph-gophers/graphql-go"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/job"
	"waymark/crawler"
)

// source resolves the type Source.
type source struct {
	p        *Parts
	name     string
	recipe   crawler.Recipe
	datasets int
}

// recipes returns the crawled sources; it answers the program, so it reads as system.
func (p *Parts) recipes(ctx context.Context) ([]*source, error) {
	list, err := p.Crawls.Recipes(ctx)
	if err != nil {
		return nil, err
	}
	out := []*source{}
	for _, r := range list {
		s := &source{p: p, name: r.Name, recipe: r}
		for _, err := range p.Catalog.List(ctx, catalog.Filter{Types: []catalog.Type{catalog.Dataset}, Author: catalog.BySource(r.Name)}) {
			if err != nil {
				return nil, err
			}
			s.datasets++
		}
		out = append(out, s)
	}
	return out, nil
}

// Sources answers the query of the same name.
func (r *root) Sources(ctx context.Context) ([]*source, error) { return r.recipes(ctx) }

func (s *source) Name() string     { return s.name }
func (s *source) Type() string     { return s.recipe.Type }
func (s *source) Schedule() string { return s.recipe.Schedule }
func (s *source) Datasets() int32  { return int32(s.datasets) }
func (s *source) Grade() string    { return s.p.Crawls.Grade(s.recipe.Type) }

func (s *source) Last(ctx context.Context) (*run, error) {
	r, ok, err := s.p.Jobs.Last(ctx, "crawl", s.name)
	if err != nil || !ok {
		return nil, err
	}
	return newRun(r)
}

// historyRuns is how many runs the page draws.
const historyRuns = 12

func (s *source) History(ctx context.Context) ([]*run, error) {
	list, err := s.p.Jobs.List(ctx, job.Filter{Kind: "crawl", Name: s.name, Limit: historyRuns})
	if err != nil {
		return nil, err
	}
	out := make([]*run, len(list))
	for i, r := range list {
		if out[len(list)-1-i], err = newRun(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *source) Understood(ctx context.Context) (*Understood, error) {
	all, err := s.p.Graph.Outcomes(ctx)
	if err != nil {
		return nil, err
	}
	u, ok := all[s.name]
	if !ok {
		return nil, nil
	}
	return understood(u), nil
}

// run resolves the type Run.
type run struct {
	r   job.Run
	rep crawler.Report
	at  *crawler.Progress
}

func newRun(r job.Run) (*run, error) {
	out := &run{r: r}
	if len(r.Report) > 0 {
		if err := json.Unmarshal(r.Report, &out.rep); err != nil {
			return nil, fault.Corrupt.Errorf("report of run %s: %w", r.ID, err)
		}
	}
	if len(r.Progress) > 0 && r.State == job.Running {
		out.at = &crawler.Progress{}
		if err := json.Unmarshal(r.Progress, out.at); err != nil {
			return nil, fault.Corrupt.Errorf("progress of run %s: %w", r.ID, err)
		}
	}
	return out, nil
}

// Run answers the query of the same name.
func (r *root) Run(ctx context.Context, args struct{ ID string }) (*run, error) {
	found, err := r.Jobs.Find(ctx, args.ID)
	if fault.KindOf(err) == fault.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return newRun(found)
}

// Runs answers the query of the same name.
func (r *root) Runs(ctx context.Context, args struct {
	Source *string
	First  int32
}) ([]*run, error) {
	list, err := r.Jobs.List(ctx, job.Filter{Name: text(args.Source), Except: requestKind, Limit: int(args.First)})
	if err != nil {
		return nil, err
	}
	out := []*run{}
	for _, x := range list {
		one, err := newRun(x)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

// Crawl begins to crawl a source.
func (r *root) Crawl(ctx context.Context, args struct {
	Source  string
	Approve bool
}) (*run, error) {
	return r.started(ctx)(r.Crawls.Start(ctx, args.Source, args.Approve))
}

// CrawlRecipe begins to crawl what a recipe says.
func (r *root) CrawlRecipe(ctx context.Context, args struct {
	Text            string
	DryRun, Approve bool
}) (*run, error) {
	return r.started(ctx)(r.Crawls.CrawlRecipe(ctx, args.Text, args.DryRun, args.Approve))
}

func (r *root) started(ctx context.Context) func(string, error) (*run, error) {
	return func(id string, err error) (*run, error) {
		if err != nil {
			return nil, err
		}
		found, err := r.Jobs.Find(ctx, id)
		if err != nil {
			return nil, err
		}
		return newRun(found)
	}
}

func (r *run) ID() ID            { return ID(r.r.ID) }
func (r *run) Source() string    { return r.r.Name }
func (r *run) Kind() string      { return r.r.Kind }
func (r *run) State() string     { return r.r.State }
func (r *run) Started() gql.Time { return gql.Time{Time: r.r.Started} }
func (r *run) Ended() *gql.Time  { return moment(r.r.Ended) }
func (r *run) Created() int32    { return int32(r.rep.Created) }
func (r *run) Changed() int32    { return int32(r.rep.Changed) }
func (r *run) Unchanged() int32  { return int32(r.rep.Unchanged) }
func (r *run) Gone() int32       { return int32(r.rep.Gone) }
func (r *run) Failed() int32     { return int32(r.rep.Failed) }

// Report is the report as the command line prints it.
func (r *run) Report() string {
	if len(r.r.Report) == 0 {
		return ""
	}
	return string(r.r.Report)
}

// Progress is how far a run has come.
type Progress struct {
	Phase, Scope string
	Done         int32
	Total        *int32
}

func (r *run) Progress() *Progress {
	if r.at == nil {
		return nil
	}
	p := &Progress{Phase: r.at.Phase, Scope: r.at.Scope, Done: int32(r.at.Done)}
	if r.at.Total > 0 {
		n := int32(r.at.Total)
		p.Total = &n
	}
	return p
}

// Phase is one phase of a run.
type Phase struct {
	Name, State string
	Seconds     float64
	Detail      string
}

func (r *run) Phases() []Phase {
	out := []Phase{}
	for _, x := range r.rep.Phases {
		out = append(out, Phase{Name: x.Phase, State: string(x.State), Seconds: float64(x.Millis) / 1000, Detail: did(x)})
	}
	return out
}

// things are what each phase counts.
var things = map[string]string{crawler.List: "scope", crawler.Describe: "asset", crawler.History: "statement"}

// did says in words what a phase did.
func did(x crawler.PhaseReport) string {
	thing, counts := things[x.Phase]
	if !counts {
		return "answered"
	}
	if x.Done != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", x.Done, thing)
}

// Problem is something that went wrong.
type Problem struct{ Class, Scope, Text, Fix string }

func (r *run) Problems() []Problem {
	out := []Problem{}
	for _, x := range r.rep.Problems {
		out = append(out, Problem{Class: string(x.Class), Scope: x.Scope, Text: x.Text, Fix: x.Fix})
	}
	if r.r.Error != "" {
		out = append(out, Problem{Class: string(crawler.Bug), Text: r.r.Error})
	}
	return out
}

// Understood is how statements were understood.
type Understood struct {
	Parsed, Partial, Failed, Skipped Long
	Reasons                          []UnderstoodReason
}

// UnderstoodReason is why statements were not understood.
type UnderstoodReason struct {
	Outcome, Reason string
	Count           Long
	Sample          string
}

func (r *run) Understood() *Understood {
	if r.rep.Read == 0 {
		return nil
	}
	return understood(r.rep.Statements)
}

func understood(u catalog.Understood) *Understood {
	out := &Understood{Parsed: Long(u.Parsed), Partial: Long(u.Partial), Failed: Long(u.Failed), Skipped: Long(u.Skipped), Reasons: []UnderstoodReason{}}
	for _, r := range u.Reasons {
		out.Reasons = append(out.Reasons, UnderstoodReason{Outcome: r.Outcome, Reason: r.Reason, Count: Long(r.Count), Sample: r.Sample})
	}
	return out
}
