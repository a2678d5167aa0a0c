package job

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

const (
	bucketRun  kv.Bucket = "run"
	bucketMark kv.Bucket = "mark"
)

// The states of a run besides those its report gives it.
const (
	Running = "running"
	Failed  = "failed"
)

// Run is one piece of background work. Progress and Report are JSON of whoever ran
// it; job does not look inside.
type Run struct {
	ID       string          `json:"id"`
	Kind     string          `json:"kind"` // crawl, import
	Name     string          `json:"name"` // the recipe's
	State    string          `json:"state"`
	Started  time.Time       `json:"started"`
	Ended    time.Time       `json:"ended,omitzero"`
	Progress json.RawMessage `json:"progress,omitempty"`
	Report   json.RawMessage `json:"report,omitempty"`
	Error    string          `json:"error,omitempty"`
}

// Jobs is the history of runs. It is safe for concurrent use.
type Jobs struct {
	store kv.Store

	// Now tells the time; tests set it before the first call.
	Now func() time.Time
}

// New returns the history that lies in store.
func New(store kv.Store) *Jobs { return &Jobs{store: store, Now: time.Now} }

// Begin records that work has begun and returns it with its new id.
func (j *Jobs) Begin(ctx context.Context, kind, name string) (Run, error) {
	now := j.Now().UTC()
	r := Run{ID: now.Format("20060102-150405") + "-" + strings.ToLower(rand.Text()[:6]), Kind: kind, Name: name, State: Running, Started: now}
	return r, j.Put(ctx, r)
}

// Put stores a run as it is now.
func (j *Jobs) Put(ctx context.Context, r Run) error {
	val, err := json.Marshal(r)
	if err != nil {
		return fault.Internal.Of(err)
	}
	return j.store.Update(ctx, func(w kv.Writer) error { return w.Put(bucketRun, []byte(r.ID), val) })
}

// Find returns one run, or fault.NotFound.
func (j *Jobs) Find(ctx context.Context, id string) (r Run, err error) {
	err = j.store.View(ctx, func(rd kv.Reader) error {
		val, ok, err := rd.Get(bucketRun, []byte(id))
		if err == nil && !ok {
			err = fault.NotFound.Errorf("there is no run %s", id)
		}
		if err != nil {
			return err
		}
		return read(val, &r)
	})
	return r, err
}

// List returns the newest runs, newest first, of one name or of all, at most limit.
func (j *Jobs) List(ctx context.Context, name string, limit int) (out []Run, err error) {
	err = j.store.View(ctx, func(rd kv.Reader) error {
		out = out[:0]
		for p, err := range rd.Scan(bucketRun, nil, nil) {
			if err != nil {
				return err
			}
			var r Run
			if err := read(p.Val, &r); err != nil {
				return err
			}
			if name == "" || r.Name == name {
				out = append(out, r)
			}
		}
		return nil
	})
	slices.Reverse(out)
	return out[:min(limit, len(out))], err
}

// Recover ends the runs that a killed process left running.
func (j *Jobs) Recover(ctx context.Context) error {
	left, err := j.List(ctx, "", 1000)
	if err != nil {
		return err
	}
	for _, r := range left {
		if r.State != Running {
			continue
		}
		r.State, r.Ended, r.Error = Failed, j.Now().UTC(), "the server stopped before it was done; crawl again"
		if err := j.Put(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

func read(val []byte, r *Run) error {
	if err := json.Unmarshal(val, r); err != nil {
		return fault.Corrupt.Errorf("run: %w", err)
	}
	return nil
}

// Mark returns the place from which the query log of a source is read next, "" at first.
func (j *Jobs) Mark(ctx context.Context, source string) (mark string, err error) {
	err = j.store.View(ctx, func(r kv.Reader) error {
		val, _, err := r.Get(bucketMark, []byte(source))
		mark = string(val)
		return err
	})
	return mark, err
}

// SetMark stores that place.
func (j *Jobs) SetMark(ctx context.Context, source, mark string) error {
	return j.store.Update(ctx, func(w kv.Writer) error { return w.Put(bucketMark, []byte(source), []byte(mark)) })
}
