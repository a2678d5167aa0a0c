package catalog

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"maps"
	"regexp"
	"slices"
	"time"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
)

// The outcomes of a check. A check that could not run says nothing about the data.
const (
	CheckPassed  = "passed"
	CheckFailed  = "failed"
	CheckWarned  = "warned" // failed, and whoever wrote it asked only to be warned
	CheckErrored = "error"
	CheckSkipped = "skipped"
)

// The severities of checks and incidents.
const (
	Critical = "critical"
	Warning  = "warning"
)

// CheckRun is one run of one quality check, as its source tells it.
type CheckRun struct {
	Name     string    `cbor:"1,keyasint,omitempty"`
	Column   string    `cbor:"2,keyasint,omitempty"` // "" when it is about the whole asset
	Status   string    `cbor:"3,keyasint,omitempty"`
	Severity string    `cbor:"4,keyasint,omitempty"`
	Message  string    `cbor:"5,keyasint,omitempty"` // without literals
	Source   string    `cbor:"6,keyasint,omitempty"` // import, or the recipe
	At       time.Time `cbor:"7,keyasint,omitzero"`
}

// Check is a check with its runs of the last 90 days, oldest first.
type Check struct {
	Name, Column, Source string
	Runs                 []CheckRun
}

// Last returns the newest run.
func (c Check) Last() CheckRun { return c.Runs[len(c.Runs)-1] }

const (
	bucketCheck kv.Bucket = "check"

	checkSpan  = 14 * 24 * time.Hour // what trust looks at: search.md section 5
	checkKeep  = 90 * 24 * time.Hour
	maxRuns    = 2000 // of one asset and day: a check a minute, and room
	maxMessage = 240
)

// RecordChecks stores the results of checks by asset, and what follows from them:
// the share that passed, and incidents that open and close. A run that was told
// before is told again, not counted twice. It returns fault.Invalid for a run
// without a name, a time or a known outcome, and then stores nothing.
func (c *Catalog) RecordChecks(ctx context.Context, source string, runs map[urn.URN][]CheckRun) (err error) {
	defer fault.Wrap(&err, "record checks of %s", source)
	if err := c.allowed(ctx, access.Apply, "checks of "+source); err != nil {
		return err
	}
	assets := slices.Sorted(maps.Keys(runs))
	for _, u := range assets {
		for i := range runs[u] {
			if err := runs[u][i].prepare(source); err != nil {
				return fault.Invalid.Errorf("check %q of %s: %w", runs[u][i].Name, u, err)
			}
		}
	}
	for part := range slices.Chunk(assets, listPage) {
		err := c.store.Update(ctx, func(w kv.Writer) error {
			for _, u := range part {
				if err := c.putChecks(ctx, w, u, runs[u]); err != nil {
					return err
				}
			}
			return c.guard.Allow(ctx, w, access.Apply, "checks of "+source)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Check returns fault.Invalid for a run without a name, a time or a known outcome.
func (r *CheckRun) Check() error {
	switch r.Status {
	case CheckPassed, CheckFailed, CheckWarned, CheckErrored, CheckSkipped:
	default:
		return fault.Invalid.Errorf("status %q is none of passed, failed, warned, error, skipped", r.Status)
	}
	if r.Severity != "" && r.Severity != Critical && r.Severity != Warning {
		return fault.Invalid.Errorf("severity %q is neither critical nor warning", r.Severity)
	}
	if r.Name == "" || r.At.IsZero() {
		return fault.Invalid.Errorf("a result needs the name of its check and the time of its run")
	}
	return nil
}

// prepare checks a run, fills in what may be left out and drops what may not be kept.
func (r *CheckRun) prepare(source string) error {
	if err := r.Check(); err != nil {
		return err
	}
	r.Severity = cmp.Or(r.Severity, Warning)
	r.Source, r.At, r.Message = source, r.At.UTC().Truncate(time.Second), plainMessage(r.Message)
	return nil
}

// literal is what a message of a check may quote of the data: quoted texts,
// addresses, and numbers too long to be a count.
var literal = regexp.MustCompile(`'[^']*'|"[^"]*"|\S*@\S*|\d[\d.,-]{5,}`)

func plainMessage(s string) string {
	s = literal.ReplaceAllString(s, "?")
	if r := []rune(s); len(r) > maxMessage {
		s = string(r[:maxMessage])
	}
	return s
}

func checkKey(u urn.URN, day time.Time) []byte {
	return binary.BigEndian.AppendUint32(append(urnKey(u), 0), uint32(day.Unix()))
}

func (c *Catalog) putChecks(ctx context.Context, w kv.Writer, u urn.URN, runs []CheckRun) error {
	if err := forgetChecks(w, u, c.Now().Add(-checkKeep)); err != nil {
		return err
	}
	byDay := map[time.Time][]CheckRun{}
	for _, r := range runs {
		day := r.At.Truncate(24 * time.Hour)
		byDay[day] = append(byDay[day], r)
	}
	for day, list := range byDay {
		if err := mergeDay(w, checkKey(u, day), list); err != nil {
			return err
		}
	}
	return c.settleChecks(ctx, w, u)
}

// mergeDay adds runs to those of the same day; the same check at the same moment
// is the same run.
func mergeDay(w kv.Writer, key []byte, runs []CheckRun) error {
	old, err := readRuns(w, key)
	if err != nil {
		return err
	}
	all := append(old, runs...)
	slices.SortStableFunc(all, compareRuns)
	kept := all[:0]
	for i, r := range all { // of equal runs the one told last
		if i+1 == len(all) || compareRuns(r, all[i+1]) != 0 {
			kept = append(kept, r)
		}
	}
	b, err := encoding.Marshal(kept[max(0, len(kept)-maxRuns):])
	if err != nil {
		return fault.Internal.Of(err)
	}
	return putParts(w, bucketCheck, key, b)
}

func compareRuns(a, b CheckRun) int {
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Column, b.Column))
}

func readRuns(r kv.Reader, key []byte) (out []CheckRun, err error) {
	val, ok, err := getParts(r, bucketCheck, key)
	if err != nil || !ok {
		return nil, err
	}
	return out, decode(val, &out)
}

func forgetChecks(w kv.Writer, u urn.URN, before time.Time) error {
	var old [][]byte
	for p, err := range w.Scan(bucketCheck, append(urnKey(u), 0), checkKey(u, before.Truncate(24*time.Hour))) {
		if err != nil {
			return err
		}
		old = append(old, slices.Clone(p.Key))
	}
	for _, k := range old {
		if err := w.Delete(bucketCheck, k); err != nil {
			return err
		}
	}
	return nil
}

// Checks returns the checks of an asset with their runs of the last 90 days, those
// that fail first, then by name.
func (c *Catalog) Checks(ctx context.Context, u urn.URN) (out []Check, err error) {
	if _, err := c.Find(ctx, u); err != nil {
		return nil, err
	}
	err = c.store.View(ctx, func(r kv.Reader) error {
		out, err = checks(r, u, c.Now())
		return err
	})
	return out, err
}

// checks leaves out what ran last more than 90 days ago: such a check was given up, and
// how it stood then says nothing of now.
func checks(r kv.Reader, u urn.URN, now time.Time) ([]Check, error) {
	type key struct{ source, name, column string }
	at := map[key]int{}
	var out []Check
	from, oldest := append(urnKey(u), 0), now.Add(-checkKeep).Truncate(24*time.Hour)
	for p, err := range r.Scan(bucketCheck, checkKey(u, oldest), kv.After(from)) {
		if err != nil {
			return nil, err
		}
		if len(p.Key) != len(from)+4 || !bytes.HasPrefix(p.Key, from) {
			continue // a part of a large day
		}
		runs, err := readRuns(r, slices.Clone(p.Key))
		if err != nil {
			return nil, err
		}
		for _, run := range runs {
			k := key{run.Source, run.Name, run.Column}
			i, ok := at[k]
			if !ok {
				i, out = len(out), append(out, Check{Name: run.Name, Column: run.Column, Source: run.Source})
				at[k] = i
			}
			out[i].Runs = append(out[i].Runs, run)
		}
	}
	slices.SortFunc(out, func(a, b Check) int {
		return cmp.Or(cmp.Compare(worst(b), worst(a)), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Source, b.Source))
	})
	return out, nil
}

// worst ranks how badly a check stands now.
func worst(c Check) int {
	last := c.Last()
	switch {
	case last.Status == CheckFailed && last.Severity == Critical:
		return 3
	case last.Status == CheckFailed || last.Status == CheckWarned:
		return 2
	case last.Status == CheckErrored:
		return 1
	}
	return 0
}

// judged counts the runs of 14 days that said something about the data.
func judged(list []Check, now time.Time) (s Checks) {
	for _, c := range list {
		for _, r := range c.Runs {
			if now.Sub(r.At) > checkSpan || r.Status == CheckErrored || r.Status == CheckSkipped {
				continue
			}
			s.Total++
			if r.Status == CheckPassed {
				s.Passed++
			}
		}
		s.Failing = s.Failing || failing(c)
	}
	return s
}

// failing reports whether a critical check fails now: an error or a skip since it
// failed does not mend it.
func failing(c Check) bool {
	for _, r := range slices.Backward(c.Runs) {
		if r.Status != CheckErrored && r.Status != CheckSkipped {
			return r.Status == CheckFailed && r.Severity == Critical
		}
	}
	return false
}
