package bleveindex

import (
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"waymark/catalog/fault"
)

// guarded runs fn so that a panic, or a mapped page that is gone, is an error.
func guarded(fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fault.Corrupt.Errorf("the engine failed (%s)", gist(p))
		}
	}()
	return fn()
}

// gist is what a panic says, but for texts that may quote stored bytes.
func gist(p any) string {
	if err, ok := p.(error); ok {
		return err.Error()
	}
	return fmt.Sprintf("%T", p)
}

// health is whether an index can be relied upon.
type health struct {
	mu      sync.Mutex
	damage  error
	rebuilt time.Time
}

func (h *health) set(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.damage == nil {
		h.damage = err
	}
}

// rebuildAgain is how long after a rebuild a failure is not taken for damage any
// more: a defect of the program would otherwise rebuild without end.
const rebuildAgain = 10 * time.Minute

func (h *health) failed(err error) {
	h.mu.Lock()
	recent := time.Since(h.rebuilt) < rebuildAgain
	h.mu.Unlock()
	if !recent {
		h.set(err)
	}
}

func (x *Index) recovered() {
	x.health.mu.Lock()
	defer x.health.mu.Unlock()
	x.health.damage, x.health.rebuilt = nil, time.Now()
}

// Damage meets search.Fallible.
func (x *Index) Damage() error {
	x.health.mu.Lock()
	defer x.health.mu.Unlock()
	return x.health.damage
}

// usable must be called with mu held.
func (x *Index) usable() error {
	switch {
	case x.closed:
		return fault.Unavailable.Errorf("the search index is closed")
	case x.Damage() != nil || x.live == nil:
		return fault.Corrupt.Errorf("the search index is damaged and must be rebuilt: %w", x.Damage())
	}
	return nil
}

// watch is deferred by everything that reads segments or writes them. It turns a
// panic of the engine into fault.Corrupt and remembers that the index is damaged.
// before is what SetPanicOnFault was.
func (x *Index) watch(before bool, err *error) {
	debug.SetPanicOnFault(before)
	if p := recover(); p != nil {
		*err = fault.Corrupt.Errorf("the search engine failed (%s)", gist(p))
	}
	if unusable(*err) && x.Damage() == nil {
		x.health.failed(*err)
	}
}

// longestSilence is how long a batch may take after a background task of the engine
// has reported an error: the task may have ended, and nobody would wake the batch.
const longestSilence = time.Minute

// write runs a batch. Without the second goroutine a batch would wait for ever for
// a background task that died.
func write(s *scorch.Scorch, b *index.Batch) error {
	done := make(chan error, 1)
	go func() { done <- guarded(func() error { return explain(s.Batch(b)) }) }()
	silent := time.NewTicker(longestSilence)
	defer silent.Stop()
	for {
		select {
		case err := <-done:
			return err
		case <-silent.C:
			if backgroundErrors(s) > 0 {
				return fault.Corrupt.Errorf("a background task of the search engine has ended")
			}
		}
	}
}

func backgroundErrors(s *scorch.Scorch) uint64 {
	stats, ok := s.Stats().(*scorch.Stats)
	if !ok {
		return 0
	}
	return atomic.LoadUint64(&stats.TotOnErrors)
}

// longestClose is how long the engine may take to end. One that crashed may hold its
// own locks for ever; it is left behind then.
const longestClose = 10 * time.Second

func closeEngine(s *scorch.Scorch) error {
	if s == nil {
		return nil
	}
	done := make(chan error, 1)
	go func() { done <- guarded(func() error { return explain(s.Close()) }) }()
	late := time.NewTimer(longestClose)
	defer late.Stop()
	select {
	case err := <-done:
		return err
	case <-late.C:
		return fault.Corrupt.Errorf("the search engine does not end")
	}
}
