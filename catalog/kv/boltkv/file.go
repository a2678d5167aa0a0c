package boltkv

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	bolt "go.etcd.io/bbolt"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// The format of this package's files, and where it stands. A newer minor number
// adds only, so it may be read; a newer major one may not.
const (
	formatMajor = 1
	formatMinor = 0
)

var (
	formatBucket = []byte("\x00format")
	formatKey    = []byte("version")
)

// trust says whether a clean stop saves the walk over the whole file.
type trust bool

const (
	trustCleanStop trust = true
	trustNothing   trust = false
)

// boltOptions open f, which is locked already.
func boltOptions(f *os.File, readOnly bool) *bolt.Options {
	return &bolt.Options{
		ReadOnly:        readOnly,
		InitialMmapSize: mapSize,
		FreelistType:    bolt.FreelistMapType,
		NoStatistics:    true,
		OpenFile:        func(string, int, os.FileMode) (*os.File, error) { return f, nil },
	}
}

// create makes the file at path unless there is one: beside its place, then moved
// there, because power lost while bbolt writes its first pages leaves a file that
// never opens again. The lock of the folder keeps a second creator out.
func create(path string, timeout time.Duration) (err error) {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return unavailable(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return unavailable(err)
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return unavailable(err)
	}
	defer func() { err = unavailable(errors.Join(err, dir.Close())) }()
	if err := lock(dir, syscall.LOCK_EX, timeout); err != nil {
		return err
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err // another process was faster
	}
	if err := fill(path + ".tmp"); err != nil {
		return err
	}
	if err := os.Rename(path+".tmp", path); err != nil {
		return err
	}
	return dir.Sync()
}

// fill makes a file with the first pages and the format, through bbolt, and syncs
// it. What somebody left who died here is overwritten.
func fill(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	options := boltOptions(f, false)
	options.InitialMmapSize = 0
	db, err := bolt.Open(path, 0o600, options)
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bolt.Tx) error {
		b, err := tx.CreateBucket(formatBucket)
		if err != nil {
			return err
		}
		return b.Put(formatKey, []byte(strconv.Itoa(formatMajor)+"."+strconv.Itoa(formatMinor)))
	})
	return errors.Join(err, db.Sync(), db.Close())
}

// lock takes the advisory lock of f, or fault.Unavailable when it is held.
func lock(f *os.File, how int, timeout time.Duration) error {
	const pause = 25 * time.Millisecond
	deadline := time.NewTimer(timeout)
	defer deadline.Stop()
	for {
		err := syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB)
		if err == nil {
			return nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) {
			return fault.Unavailable.Errorf("lock %s: %w", f.Name(), err)
		}
		select {
		case <-deadline.C:
			return fault.Unavailable.Errorf("another process holds the store")
		case <-time.After(pause):
		}
	}
}

// open locks the file, looks at it with plain reads, and only then maps it.
func (s *store) open(how trust) error {
	flag, kind := os.O_RDWR, syscall.LOCK_EX
	if s.options.ReadOnly {
		flag, kind = os.O_RDONLY, syscall.LOCK_SH
	}
	f, err := os.OpenFile(s.path, flag, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return fault.NotFound.Errorf("there is no such file")
	} else if err != nil {
		return unavailable(err)
	}
	if err := s.inspect(f, kind, how); err != nil {
		return errors.Join(err, f.Close())
	}
	var db *bolt.DB
	err = guarded(func() (err error) {
		db, err = bolt.Open(s.path, 0o600, boltOptions(f, s.options.ReadOnly))
		return err
	})
	if err != nil {
		_ = f.Close() // bbolt has closed it, unless it panicked
		return unavailable(err)
	}
	s.db, s.file = db, f
	return nil
}

// inspect locks f and reads its head, and its pages as far as they are in doubt.
func (s *store) inspect(f *os.File, kind int, how trust) error {
	if err := lock(f, kind, s.options.Timeout); err != nil {
		return err
	}
	m, err := readHead(f)
	if err != nil {
		return err
	}
	clean, err := readMark(f, s.path, m)
	if err != nil {
		return err
	}
	depth := wholeTree
	if clean && how == trustCleanStop {
		depth = branchesOnly
	}
	if err := walk(context.Background(), f, m, depth); err != nil {
		return err
	}
	s.reached.Store(int64(m.txid))
	if s.options.ReadOnly {
		return nil
	}
	return removeMark(s.path)
}

// checkFormat refuses a file of a newer major format.
func (s *store) checkFormat() error {
	return s.View(context.Background(), func(r kv.Reader) error {
		val, _, err := r.Get(kv.Bucket(formatBucket), formatKey)
		if err != nil {
			return err
		}
		major, _, _ := strings.Cut(string(val), ".")
		n, err := strconv.Atoi(major)
		switch {
		case err != nil:
			return fault.Corrupt.Errorf("the store names no format; it was not made by Waymark")
		case n > formatMajor:
			return fault.Invalid.Errorf("the store has format %s and this Waymark knows %d.%d; use a newer Waymark", val, formatMajor, formatMinor)
		}
		return nil
	})
}

// reopen replaces the handle after a write whose outcome is unknown: what bbolt
// and the system have in memory may differ from the disk, so both are let go.
// It is called by the one who has the turn.
func (s *store) reopen() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mending = true
	for s.views > 0 {
		s.free.Wait()
	}
	s.mending = false
	_ = guarded(s.db.Close)
	forget(s.path)
	if err := s.open(trustNothing); err != nil {
		s.failed = fault.Unavailable.Errorf("%s could not be opened again after a failed write: %w", s.path, err)
		return s.failed
	}
	return nil
}

// Check reads the structure of the whole file, as fsck asks for; see kv.Check.
// Nobody can write meanwhile.
func (s *store) Check(ctx context.Context) error {
	s.turn.Lock() // before it counts as a view, for which the one with the turn may wait
	defer s.turn.Unlock()
	if _, err := s.enterView(); err != nil {
		return err
	}
	defer s.leave(&s.views)
	m, err := readHead(s.file)
	if err != nil {
		return err
	}
	return walk(ctx, s.file, m, wholeTree)
}

// unavailable gives an error of the system its kind; one that has a kind keeps it.
func unavailable(err error) error {
	if err == nil || fault.KindOf(err) != fault.Internal {
		return err
	}
	return fault.Unavailable.Of(err)
}
