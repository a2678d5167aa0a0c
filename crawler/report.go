package crawler

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"waymark/catalog"
)

// State is how a crawl ended.
type State string

// The states of a finished crawl.
const (
	OK            State = "ok"
	Partial       State = "partial"        // some of it failed; what was read is in the catalog
	Failed        State = "failed"         // nothing could be read
	NeedsApproval State = "needs-approval" // too much vanished; nothing was marked
	Interrupted   State = "interrupted"    // it was told to end, or its process ended, before it was done
)

// ExitCode is how a command ends that ran the crawl: 0 done, 1 failed, 3 partly done.
func (s State) ExitCode() int {
	switch s {
	case OK:
		return 0
	case Failed, Interrupted:
		return 1
	}
	return 3
}

// Report says what one crawl did.
type Report struct {
	Run        string             `json:"run"`
	Source     string             `json:"source"`
	Type       string             `json:"type"`
	Started    time.Time          `json:"started"`
	Ended      time.Time          `json:"ended"`
	State      State              `json:"state"`
	DryRun     bool               `json:"dry_run,omitempty"`
	Created    int                `json:"created"`
	Changed    int                `json:"changed"`
	Unchanged  int                `json:"unchanged"`
	Gone       int                `json:"gone"`
	Failed     int                `json:"failed"`
	Read       int64              `json:"statements_read"`
	Phases     []PhaseReport      `json:"phases"`
	Problems   []Problem          `json:"problems"`
	Statements catalog.Understood `json:"statements"`
	Cut        Cut                `json:"cut,omitzero"`
}

// Cut counts what was left out of a report that would have been too long.
type Cut struct {
	Problems int `json:"problems,omitempty"`
	Reasons  int `json:"reasons,omitempty"` // why statements were not understood
	Samples  int `json:"samples,omitempty"` // of such statements
}

// PhaseReport is how one phase went.
type PhaseReport struct {
	Phase  string `json:"phase"`
	State  State  `json:"state"`
	Done   int64  `json:"done"`
	Millis int64  `json:"millis"`
}

// count adds what one Apply or Finish did.
func (r *Report) count(d catalog.Diff) {
	r.Created += d.Created
	r.Changed += d.Changed
	r.Unchanged += d.Unchanged
	r.Gone += d.Removed
}

// maxProblems is how many problems a report tells one by one.
const maxProblems = 1000

// add notes a problem; beyond maxProblems they are counted alone, but for those on
// which the state of the report depends.
func (r *Report) add(p Problem) {
	if len(r.Problems) < maxProblems || p.Class == Approval || p.Class == Interrupt {
		r.Problems = append(r.Problems, p)
		return
	}
	r.Cut.Problems++
}

// settle derives the state from the problems; fatal means that nothing was read.
func (r *Report) settle(fatal bool) {
	r.State = OK
	for _, p := range r.Problems {
		if p.Class == Approval {
			r.State = NeedsApproval
			break
		}
		r.State = Partial
	}
	if fatal {
		r.State = Failed
	}
	if r.tells(Interrupt) {
		r.State = Interrupted
	}
}

func (r *Report) tells(c Class) bool {
	return slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Class == c })
}

// WriteText prints the report for people.
func (r *Report) WriteText(w io.Writer) error {
	p := printer{w: w}
	took := r.Ended.Sub(r.Started).Round(time.Millisecond)
	p.line("%s: %s in %s (run %s%s)", r.Source, r.State, took, r.Run, ifSet(r.DryRun, ", dry run: nothing was written"))
	p.line("  assets      %d created, %d changed, %d unchanged, %d gone, %d failed", r.Created, r.Changed, r.Unchanged, r.Gone, r.Failed)
	if r.Read > 0 {
		s := r.Statements
		p.line("  statements  %d read: %d understood, %d partly, %d not, %d without data flow", r.Read, s.Parsed, s.Partial, s.Failed, s.Skipped)
	}
	for _, reason := range first(r.Statements.Reasons, 5) {
		p.line("    %6d × %s: %s", reason.Count, reason.Outcome, reason.Reason)
	}
	if r.Cut != (Cut{}) {
		p.line("  left out    %d problems, %d reasons and %d samples, so that the report can be kept", r.Cut.Problems, r.Cut.Reasons, r.Cut.Samples)
	}
	for _, problem := range r.Problems {
		p.line("  %s (%s%s): %s", problem.Class, problem.Phase, ifSet(problem.Scope != "", " of "+problem.Scope), problem.Text)
		if problem.Fix != "" {
			p.line("    to mend it: %s", problem.Fix)
		}
	}
	return p.err
}

// maxReport is how long a stored report may be: its run, which holds more than it,
// must fit into one value of the store.
const maxReport = 512 << 10

// JSON is the report as it is kept. What makes it too long is left out and counted:
// first samples of statements, then reasons and problems, the last ones first.
func (r Report) JSON() ([]byte, error) {
	r.Problems, r.Statements.Reasons = slices.Clone(r.Problems), slices.Clone(r.Statements.Reasons)
	for {
		text, err := json.Marshal(r)
		if err != nil || len(text) <= maxReport || !r.shorten() {
			return text, err
		}
	}
}

// shorten leaves something out, or reports that nothing more can be.
func (r *Report) shorten() bool {
	reasons := r.Statements.Reasons
	samples := 0
	for i := range reasons {
		if reasons[i].Sample != "" {
			reasons[i].Sample = ""
			samples++
		}
	}
	half, problems := len(reasons)/2, len(r.Problems)/2
	switch {
	case samples > 0:
		r.Cut.Samples += samples
	case half > 0 && half >= problems:
		r.Cut.Reasons += len(reasons) - half
		r.Statements.Reasons = reasons[:half]
	case problems > 0:
		r.Cut.Problems += len(r.Problems) - problems
		r.Problems = r.Problems[:problems]
	default:
		return false
	}
	return true
}

type printer struct {
	w   io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

func ifSet(is bool, text string) string {
	if is {
		return text
	}
	return ""
}

func first[T any](list []T, n int) []T { return list[:min(n, len(list))] }
