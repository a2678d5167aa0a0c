// Package bleveindex keeps the search index in files, in bleve's segment engine.
// Candidates are found here, term by term and segment by segment; which of them a
// person sees first is decided in package search, from the record beside each.
//
// It uses the engine below bleve's query layer: documents arrive cut into stems, so
// there is no mapping to go wrong and no analyser; and its scores, which mix a root
// of counts with a squared idf, are never asked for.
//
// The subtle thing: segments never change. What is derived from a document (facets,
// prior, length) is kept by segment and number as long as the segment lives, and a
// merge only makes it be read again.
//
// Every file is verified against a manifest before the engine opens it, because the
// engine crashes on damaged files or answers wrongly; see checkpoint.go for what is
// kept on disk and guard.go for what is done when it crashes all the same.
package bleveindex

import (
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/search"
)

// Index is a search index in a directory. It is safe for concurrent use.
type Index struct {
	dir    string
	lock   *os.File
	queue  *index.AnalysisQueue
	turns  chan struct{} // at most GOMAXPROCS searches at once: more only wait for each other
	beside bool          // this is the new generation of a rebuild

	mu      sync.RWMutex   // held for reading by searches, for writing by the swap of a rebuild
	live    *scorch.Scorch // nil once closed, and when nothing sound was found
	closed  bool
	current int // number of the generation

	readOnly bool // opened on a full disk, straight from the checkpoint
	facts    *cache
	survey   surveyed
	changed  atomic.Bool // since the last checkpoint

	applying sync.Mutex // guards what follows
	files    manifest   // of the last checkpoint
	saved    time.Time  // when that was

	health health
}

var (
	_ search.Index      = (*Index)(nil)
	_ search.Vocabulary = (*Index)(nil)
	_ search.Rebuilder  = (*Index)(nil)
	_ search.Fallible   = (*Index)(nil)
)

// The keys of what a generation stores beside its documents.
var (
	keySeq     = []byte("seq")
	keyVersion = []byte("version")
)

// version changes with the layout of fields here and of records in search; an index
// of another version is rebuilt.
const version = 1<<16 | search.RecordVersion

// Open opens the index in dir, and makes one where there is none. A directory that
// another process holds, or that may not be read or written, is an error and is left
// as it is. All files are compared with their manifest before the engine sees them:
// it would crash on a damaged one, or answer wrongly. An index that is damaged or of
// another version opens and is left as it is; it answers with fault.Corrupt, Damage
// says why, and Rebuild makes a new one.
func Open(dir string) (x *Index, err error) {
	defer fault.Wrap(&err, "open the search index in %s", dir)
	x = &Index{dir: dir, queue: index.NewAnalysisQueue(runtime.GOMAXPROCS(0)), turns: make(chan struct{}, runtime.GOMAXPROCS(0)), facts: newCache()}
	if x.lock, err = lockDir(dir); err != nil {
		x.queue.Close()
		return nil, err
	}
	err = x.open()
	if unusable(err) {
		x.health.set(err)
		return x, nil
	}
	if err == nil {
		err = explain(sweep(dir, x.current))
	}
	if err != nil {
		return nil, errors.Join(err, x.Close())
	}
	return x, nil
}

// open verifies the newest checkpoint and lets the engine work on from it.
func (x *Index) open() error {
	at, err := locate(x.dir)
	if x.current = at.generation; err != nil {
		return err
	}
	if at.checkpoint == 0 {
		if err := os.RemoveAll(filepath.Join(at.gen(), liveName)); err != nil {
			return explain(err)
		}
	} else {
		if x.files, err = at.verify(); err != nil {
			return err
		}
		if err := at.restore(x.files); noRoom(err) {
			x.readOnly = true
			x.live, err = openEngine(map[string]any{"path": checkpointDir(at.gen(), at.checkpoint), "read_only": true}, x.queue)
			return err
		} else if err != nil {
			return fault.Unavailable.Of(err)
		}
	}
	x.live, err = openLive(x.dir, at.generation, x.queue)
	return err
}

// lockDir keeps other processes out of a folder until the file is closed.
func lockDir(dir string) (*os.File, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fault.Unavailable.Of(err)
	}
	f, err := os.OpenFile(filepath.Join(dir, lockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fault.Unavailable.Of(err)
	}
	deadline := time.Now().Add(lockTimeout)
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return f, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) {
			return nil, errors.Join(fault.Unavailable.Of(err), f.Close())
		}
		if time.Now().After(deadline) {
			return nil, errors.Join(fault.Unavailable.Errorf("another process holds it (waited %s)", lockTimeout), f.Close())
		}
		time.Sleep(25 * time.Millisecond)
	}
}

// openLive opens the live folder of one generation and makes sure that it can be read.
func openLive(dir string, n int, queue *index.AnalysisQueue) (*scorch.Scorch, error) {
	return openEngine(map[string]any{"path": filepath.Join(dir, generation(n), liveName), "bolt_timeout": lockTimeout.String()}, queue)
}

func openEngine(config map[string]any, queue *index.AnalysisQueue) (*scorch.Scorch, error) {
	s, err := scorch.NewScorch(scorch.Name, config, queue)
	if err != nil {
		return nil, err
	}
	live := s.(*scorch.Scorch)
	if err := guarded(func() error { return explain(live.Open()) }); err != nil {
		return nil, err
	}
	if err := guarded(func() error { return check(live) }); err != nil {
		return nil, errors.Join(err, closeEngine(live))
	}
	return live, nil
}

// check looks whether an index is of this version and reads some of its records.
func check(s *scorch.Scorch) error {
	snap, done, err := snapshot(s)
	if err != nil {
		return err
	}
	defer done()
	n, err := snap.DocCount()
	if err != nil {
		return err
	}
	v, err := snap.GetInternal(keyVersion)
	if err != nil {
		return err
	}
	if n > 0 && (len(v) != 8 || binary.BigEndian.Uint64(v) != version) {
		return fault.Corrupt.Errorf("the index is of another version")
	}
	for _, seg := range snap.Segments() {
		total := uint64(seg.FullSize())
		for i := range min(total, sampled) {
			if _, err := readRecord(seg, i*total/min(total, sampled)); err != nil {
				return err
			}
		}
	}
	return nil
}

// sampled is how many records of each segment are read on opening.
const sampled = 8

// Close makes a checkpoint of what is new and ends the index; later calls return
// fault.Unavailable. Closing twice is no error.
func (x *Index) Close() (err error) {
	x.applying.Lock()
	defer x.applying.Unlock()
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return nil
	}
	x.closed = true
	if x.live != nil && x.changed.Load() && x.Damage() == nil {
		_, err = save(x.dir, x.current, x.live, x.files)
	}
	if x.live != nil {
		err = errors.Join(err, closeEngine(x.live), os.RemoveAll(filepath.Join(x.dir, generation(x.current), liveName)))
	}
	x.live = nil
	x.queue.Close()
	return errors.Join(err, x.lock.Close())
}

// Apply meets search.Index. The number goes into the same commit as the documents.
func (x *Index) Apply(_ context.Context, b search.Batch) (err error) {
	defer fault.Wrap(&err, "write %d documents to the search index", len(b.Put)+len(b.Drop))
	x.applying.Lock()
	defer x.applying.Unlock()
	x.mu.RLock()
	defer x.mu.RUnlock()
	defer x.watch(debug.SetPanicOnFault(true), &err)
	if err := x.usable(); err != nil {
		return err
	}
	if x.readOnly {
		return fault.Unavailable.Errorf("there was no room to write when the search index was opened: it answers as it was; make room and start again")
	}
	if err := apply(x.live, b); err != nil {
		return err
	}
	x.changed.Store(true)
	x.survey.moved(len(b.Put) + len(b.Drop))
	if x.beside || time.Since(x.saved) < checkpointEvery {
		return nil
	}
	files, err := save(x.dir, x.current, x.live, x.files)
	if err == nil {
		x.files, x.saved = files, time.Now()
		x.changed.Store(false)
	}
	return err
}

func apply(s *scorch.Scorch, b search.Batch) error {
	batch := index.NewBatch()
	for _, u := range b.Drop {
		batch.Delete(string(u))
	}
	for i := range b.Put {
		batch.Update(newDocument(&b.Put[i]))
	}
	batch.SetInternal(keySeq, binary.BigEndian.AppendUint64(nil, uint64(b.Seq)))
	batch.SetInternal(keyVersion, binary.BigEndian.AppendUint64(nil, version))
	return write(s, batch)
}

// Reached meets search.Index; a damaged index holds nothing.
func (x *Index) Reached(context.Context) (seq catalog.Seq, err error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	defer x.watch(debug.SetPanicOnFault(true), &err)
	if !x.closed && x.Damage() != nil {
		return 0, nil
	}
	snap, done, err := x.snapshot()
	if err != nil {
		return 0, err
	}
	defer done()
	v, err := snap.GetInternal(keySeq)
	if err != nil || len(v) != 8 {
		return 0, err
	}
	return catalog.Seq(binary.BigEndian.Uint64(v)), nil
}

// snapshot returns one moment of the index and what ends its use.
func (x *Index) snapshot() (*scorch.IndexSnapshot, func(), error) {
	if err := x.usable(); err != nil {
		return nil, nil, err
	}
	return snapshot(x.live)
}

func snapshot(s *scorch.Scorch) (*scorch.IndexSnapshot, func(), error) {
	r, err := s.Reader()
	if err != nil {
		return nil, nil, fault.Unavailable.Of(err)
	}
	return r.(*scorch.IndexSnapshot), func() { r.Close() }, nil
}

// longestTurn is how long a search waits for its turn, first come, first served:
// after it the person has asked again or gone, and a queue that grows helps nobody.
const longestTurn = 2 * time.Second

// turn waits for a place among the searches that run.
func (x *Index) turn(ctx context.Context) (func(), error) {
	done := func() { <-x.turns }
	select {
	case x.turns <- struct{}{}:
		return done, nil
	default:
	}
	late := time.NewTimer(longestTurn)
	defer late.Stop()
	select {
	case x.turns <- struct{}{}:
		return done, nil
	case <-late.C:
		return nil, fault.Unavailable.Errorf("more is searched for than can be answered; this search waited %s and was not begun: try again", longestTurn)
	case <-ctx.Done():
		return nil, fault.Unavailable.Errorf("the search waited for its turn and was not begun: %w", ctx.Err())
	}
}
