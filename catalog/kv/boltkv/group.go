package boltkv

import (
	"context"
	"errors"
	"runtime/debug"

	bolt "go.etcd.io/bbolt"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// A group ends with its commit when it has so many updates, or so many bytes, and
// always when nobody else is waiting.
const (
	maxMembers = 1000
	maxBytes   = 32 << 20
)

// group is one bbolt transaction shared by the updates that queued for it. They
// run one after the other, each in its caller's goroutine, and wait for the same
// commit, which the last in the queue makes.
type group struct {
	tx      *bolt.Tx
	buckets *buckets
	members int // updates that succeeded
	bytes   int
	broken  error // set when the transaction as a whole cannot be kept
	done    chan struct{}
	err     error // the outcome, once done is closed
}

// Update runs fn and commits its writes, together with those of others who wait.
// An fn that fails after others of its group succeeded is undone alone; it
// returns when they are committed, since it may have seen what they wrote.
func (s *store) Update(ctx context.Context, fn func(kv.Writer) error) (err error) {
	if err := s.enterUpdate(); err != nil {
		return err
	}
	defer s.leave(&s.updates)
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	s.waiting.Add(1)
	s.turn.Lock()
	s.waiting.Add(-1)
	defer func() { // also when fn panics or ends its goroutine
		if failed := s.settle(); failed != nil {
			err = failed
		}
	}()
	return s.run(ctx, fn)
}

// run lets fn write into the group, which it opens if need be.
func (s *store) run(ctx context.Context, fn func(kv.Writer) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	g, err := s.join()
	if err != nil {
		return err
	}
	w := &writer{reader: reader{ctx: ctx, tx: g.tx, buckets: g.buckets}, undoable: g.members > 0}
	kept := false
	defer func() {
		w.tx = nil
		if !kept {
			s.drop(g, w)
		}
	}()
	if err := touch(func() error { return fn(w) }); err != nil {
		return err
	}
	if w.broken != nil {
		return w.broken
	}
	kept = true
	g.members++
	g.bytes += w.bytes
	return nil
}

func (s *store) join() (*group, error) {
	if s.group != nil {
		return s.group, nil
	}
	s.mu.Lock()
	db, err := s.db, s.failed
	s.mu.Unlock()
	if err != nil {
		return nil, err
	}
	tx, err := s.begin(db, true)
	if err != nil {
		return nil, err
	}
	s.group = &group{tx: tx, buckets: &buckets{}, done: make(chan struct{})}
	return s.group, nil
}

// drop takes the writes of one update out again. If nobody else has written, or
// bbolt broke on the way, the whole transaction goes.
func (s *store) drop(g *group, w *writer) {
	if w.broken == nil && g.members > 0 {
		w.broken = w.undo(g.tx)
	}
	switch {
	case g.members == 0:
		s.group = nil
		s.rollback(g.tx)
	case w.broken != nil:
		g.broken = w.broken
	}
}

// settle ends one turn: the last in the queue commits, the others wait for it.
func (s *store) settle() error {
	g := s.group
	if g == nil {
		s.turn.Unlock()
		return nil
	}
	if s.waiting.Load() > 0 && g.members < maxMembers && g.bytes < maxBytes && g.broken == nil {
		s.turn.Unlock()
		<-g.done
		return g.err
	}
	s.group = nil
	g.err = s.commit(g)
	s.turn.Unlock()
	close(g.done)
	return g.err
}

func (s *store) commit(g *group) error {
	if g.broken != nil {
		s.rollback(g.tx)
		return g.broken
	}
	id := int64(g.tx.ID())
	err := guarded(func() error {
		g.buckets.setFill()
		return g.tx.Commit()
	})
	switch {
	case err == nil:
		s.reached.Store(id)
		return nil
	case errors.Is(err, fault.Corrupt):
		s.rollback(g.tx)
		return err
	case refusedForSpace(err):
		return fault.Unavailable.Errorf("no space left to write to %s; make room and try again, reading goes on", s.path)
	}
	if again := s.reopen(); again != nil {
		return again
	}
	return fault.Unavailable.Errorf("a write to %s failed and its outcome is unknown; read again before repeating it: %w", s.path, err)
}

// rollback gives a write transaction up. Should bbolt panic even there, it keeps
// its locks and the handle is of no more use.
func (s *store) rollback(tx *bolt.Tx) {
	err := guarded(tx.Rollback)
	if errors.Is(err, fault.Corrupt) {
		_ = s.fail(err)
	}
}
