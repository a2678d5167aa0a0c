// Package boltkv is the store in one file, for one process: bbolt below, and
// around it what bbolt leaves to its user.
//
//   - The file is made beside its place and moved there, so a half-made one is
//     never opened.
//   - Before it is mapped its head, size and page tree are read with plain reads;
//     a file that was cut short or bent is fault.Corrupt and not a crash.
//   - A page that vanishes later is fault.Corrupt for that transaction alone.
//   - Updates that queue up share one commit, and one that fails is undone alone.
//
// It is not a guard against bytes that rot inside values: wrap it in kv.Summed.
//
// Buckets: those of its user, and "\x00format" for the format of this package.
package boltkv

import (
	"context"
	"errors"
	"os"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// Options say how a store is opened. The zero value is what a server wants.
type Options struct {
	// Timeout is how long to wait for another process to let go; 1 s when zero.
	Timeout time.Duration
	// ReadOnly opens for Views only. Several processes may read at once.
	ReadOnly bool
}

// mapSize is how many addresses are mapped from the start, so that growth up to
// it never waits for readers: 16 GiB, or 1 GiB where addresses have 32 bits.
const mapSize = 1 << (30 + 4*(^uint(0)>>63))

// Open opens the store in the file path, and makes file and folder if there is
// none. A file that another process holds, or one that cannot be reached, is
// fault.Unavailable, one that is damaged fault.Corrupt, and one of a newer
// Waymark fault.Invalid. It needs a system with flock.
func Open(path string, o Options) (st kv.Store, err error) {
	defer fault.Wrap(&err, "open store %s", path)
	if o.Timeout == 0 {
		o.Timeout = time.Second
	}
	if !o.ReadOnly {
		if err := create(path, o.Timeout); err != nil {
			return nil, err
		}
	}
	s := &store{path: path, options: o}
	s.free.L = &s.mu
	if err := s.open(trustCleanStop); err != nil {
		return nil, err
	}
	if err := s.checkFormat(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// store is a bbolt file and the queue of those who write to it.
type store struct {
	path    string
	options Options

	turn    sync.Mutex   // held by the one who writes; guards group
	waiting atomic.Int64 // how many want turn
	group   *group       // the open write transaction, if any
	reached atomic.Int64 // the last transaction known to be committed

	mu      sync.Mutex // guards what follows
	free    sync.Cond  // signals that views or updates went down
	views   int        // read transactions that are open
	updates int        // calls of Update that have not returned
	closed  bool
	mending bool  // the file is being opened again
	failed  error // why this handle can serve nobody any more
	db      *bolt.DB
	file    *os.File // the file of db
}

// View runs fn on one consistent moment.
func (s *store) View(ctx context.Context, fn func(kv.Reader) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	db, err := s.enterView()
	if err != nil {
		return err
	}
	defer s.leave(&s.views)
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	tx, err := s.begin(db, false)
	if err != nil {
		return err
	}
	r := &reader{ctx: ctx, tx: tx}
	defer func() {
		r.tx = nil
		if done := tx.Rollback(); err == nil {
			err = done
		}
	}()
	return touch(func() error { return fn(r) })
}

// Close waits for what runs, notes that the stop was clean, and lets go of the file.
func (s *store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	for s.views > 0 || s.updates > 0 {
		s.free.Wait()
	}
	if s.failed != nil { // bbolt may hold its own locks for ever
		_ = s.file.Close() // it may be closed already
		return nil
	}
	if !s.options.ReadOnly {
		if err := leaveMark(s.file, s.path); err != nil {
			return errors.Join(err, s.db.Close())
		}
	}
	return s.db.Close()
}

func (s *store) enterView() (*bolt.DB, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.usable(); err != nil {
		return nil, err
	}
	if s.mending {
		return nil, fault.Unavailable.Errorf("the store is being opened again after a failed write; try again")
	}
	s.views++
	return s.db, nil
}

func (s *store) enterUpdate() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.usable(); err != nil {
		return err
	}
	if s.options.ReadOnly {
		return fault.Denied.Errorf("the store was opened for reading only")
	}
	s.updates++
	return nil
}

// usable must be called with mu held.
func (s *store) usable() error {
	if s.closed {
		return fault.Unavailable.Errorf("the store is closed")
	}
	return s.failed
}

func (s *store) leave(count *int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	*count--
	s.free.Broadcast()
}

// fail ends the use of this handle: bbolt panicked where it holds locks.
func (s *store) fail(err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failed = err
	return err
}

// begin starts a transaction. bbolt falls back to the head before the last when
// the last is unreadable, which would serve the past and then write over it.
func (s *store) begin(db *bolt.DB, writable bool) (tx *bolt.Tx, err error) {
	reached := s.reached.Load()
	if err := guarded(func() error { tx, err = db.Begin(writable); return err }); err != nil {
		if errors.Is(err, fault.Corrupt) {
			return nil, s.fail(err)
		}
		return nil, fault.Unavailable.Of(err)
	}
	if now := int64(tx.ID()); now < reached || writable && now == reached {
		return nil, errors.Join(fault.Corrupt.Errorf("the head of the file went back from transaction %d", reached), tx.Rollback())
	}
	return tx, nil
}
