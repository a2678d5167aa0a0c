package job

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/fxamacker/cbor/v2"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

const (
	bucketRun   kv.Bucket = "run"
	bucketID    kv.Bucket = "runid"
	bucketMark  kv.Bucket = "mark"
	bucketLease kv.Bucket = "lease"
)

// The states that a run has besides those of its report.
const (
	Running = "running"
	Lost    = "interrupted" // the process that ran it is gone
)

// keep is how many runs of one kind and name are remembered.
const keep = 200

// Run is one piece of background work. Progress and Report are JSON of whoever ran
// it; nothing here looks inside.
type Run struct {
	ID       string          `cbor:"1,keyasint,omitempty"`
	Kind     string          `cbor:"2,keyasint,omitempty"` // crawl, import
	Name     string          `cbor:"3,keyasint,omitempty"` // the recipe's
	State    string          `cbor:"4,keyasint,omitempty"`
	Started  time.Time       `cbor:"5,keyasint,omitzero"`
	Ended    time.Time       `cbor:"6,keyasint,omitzero"`
	Progress json.RawMessage `cbor:"7,keyasint,omitempty"`
	Report   json.RawMessage `cbor:"8,keyasint,omitempty"`
	Error    string          `cbor:"9,keyasint,omitempty"`
	Heard    time.Time       `cbor:"10,keyasint,omitzero"` // when it was last written
}

// Book is where runs, marks and leases are written down. It is safe for concurrent use.
//
// The one process that has the store open runs all work: a run that is kept as
// running, and that this book did not write, was left by a process that died.
type Book struct {
	store kv.Store

	mu   sync.Mutex
	runs map[string]bool // those that run here

	// Now tells the time; tests set it before the first call.
	Now func() time.Time
}

// New returns the book that lies in store.
func New(store kv.Store) *Book {
	return &Book{store: store, runs: map[string]bool{}, Now: time.Now}
}

// key sorts the runs of one kind and name by their start.
func (r Run) key() []byte {
	return append(kv.AppendTime(kv.Strings(r.Kind, r.Name), r.Started), r.ID...)
}

// Put stores a run as it is now and forgets the oldest of its kind and name.
func (b *Book) Put(ctx context.Context, r Run) error {
	if r.ID == "" || r.Kind == "" {
		return fault.Invalid.Errorf("a run needs an id and a kind")
	}
	r.Heard = b.Now().UTC()
	if r.State == Running {
		b.note(r)
	} else {
		defer b.note(r) // until its end is written down it is not lost
	}
	val, err := cbor.Marshal(r)
	if err != nil {
		return fault.Internal.Of(err)
	}
	return b.store.Update(ctx, func(w kv.Writer) error {
		if err := w.Put(bucketRun, r.key(), val); err != nil {
			return err
		}
		if err := w.Put(bucketID, []byte(r.ID), r.key()); err != nil {
			return err
		}
		return forget(w, kv.Strings(r.Kind, r.Name))
	})
}

// note remembers whether a run goes on in this process.
func (b *Book) note(r Run) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if r.State == Running {
		b.runs[r.ID] = true
	} else {
		delete(b.runs, r.ID)
	}
}

// seen is a run as it is: one that nobody runs any more has ended, when it was last
// heard of.
func (b *Book) seen(r Run) Run {
	b.mu.Lock()
	defer b.mu.Unlock()
	if r.State == Running && !b.runs[r.ID] {
		r.State, r.Ended, r.Error = Lost, cmp.Or(r.Heard, r.Started), "the process ended before it was done; start it again"
	}
	return r
}

func forget(w kv.Writer, prefix []byte) error {
	var keys, ids [][]byte
	for p, err := range kv.ScanPrefix(w, bucketRun, prefix) {
		if err != nil {
			return err
		}
		var r Run
		if err := decode(p.Val, &r); err != nil {
			return err
		}
		keys, ids = append(keys, slices.Clone(p.Key)), append(ids, []byte(r.ID))
	}
	for i := range max(0, len(keys)-keep) {
		if err := errors.Join(w.Delete(bucketRun, keys[i]), w.Delete(bucketID, ids[i])); err != nil {
			return err
		}
	}
	return nil
}

// Find returns one run, or fault.NotFound.
func (b *Book) Find(ctx context.Context, id string) (r Run, err error) {
	err = b.store.View(ctx, func(rd kv.Reader) error {
		key, ok, err := rd.Get(bucketID, []byte(id))
		if err == nil && !ok {
			err = fault.NotFound.Errorf("there is no run %s", id)
		}
		if err != nil {
			return err
		}
		val, _, err := rd.Get(bucketRun, key)
		if err != nil {
			return err
		}
		return decode(val, &r)
	})
	return b.seen(r), err
}

// Filter chooses runs; zero members choose all, and a zero Limit is 50.
type Filter struct {
	Kind, Name string
	Except     string // a kind to leave out
	Limit      int
}

// List returns runs, newest first.
func (b *Book) List(ctx context.Context, f Filter) (out []Run, err error) {
	var prefix []byte
	switch {
	case f.Kind != "" && f.Name != "":
		prefix = kv.Strings(f.Kind, f.Name)
	case f.Kind != "":
		prefix = kv.Strings(f.Kind)
	}
	err = b.store.View(ctx, func(rd kv.Reader) error {
		out = out[:0]
		for p, err := range kv.ScanPrefix(rd, bucketRun, prefix) {
			if err != nil {
				return err
			}
			var r Run
			if err := decode(p.Val, &r); err != nil {
				return err
			}
			if (f.Name == "" || r.Name == f.Name) && (f.Except == "" || r.Kind != f.Except) {
				out = append(out, b.seen(r))
			}
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b Run) int { return cmp.Or(b.Started.Compare(a.Started), cmp.Compare(b.ID, a.ID)) })
	return out[:min(cmp.Or(f.Limit, 50), len(out))], err
}

// Last returns the newest run of a kind and name, and whether there is one.
func (b *Book) Last(ctx context.Context, kind, name string) (Run, bool, error) {
	list, err := b.List(ctx, Filter{Kind: kind, Name: name, Limit: 1})
	if err != nil || len(list) == 0 {
		return Run{}, false, err
	}
	return list[0], true, nil
}

// CloseLost ends the runs that a process left running when it died.
func (b *Book) CloseLost(ctx context.Context) error {
	var left []Run
	err := b.store.View(ctx, func(rd kv.Reader) error {
		left = left[:0]
		for p, err := range rd.Scan(bucketRun, nil, nil) {
			if err != nil {
				return err
			}
			var r Run
			if err := decode(p.Val, &r); err != nil {
				return err
			}
			if now := b.seen(r); now.State != r.State {
				left = append(left, now)
			}
		}
		return nil
	})
	for _, r := range left {
		err = errors.Join(err, b.Put(ctx, r))
	}
	return err
}

func decode(val []byte, v any) error {
	if err := cbor.Unmarshal(val, v); err != nil {
		return fault.Corrupt.Errorf("stored value: %w", err)
	}
	return nil
}
