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
package bleveindex

import (
	"context"
	"encoding/binary"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/search"
)

// Index is a search index in a directory. It is safe for concurrent use.
type Index struct {
	dir   string
	queue *index.AnalysisQueue
	turns chan struct{} // at most GOMAXPROCS searches at once: more only wait for each other

	mu       sync.RWMutex   // held for reading by searches, for writing by the swap of a rebuild
	live     *scorch.Scorch // nil once closed
	current  int            // number of the generation
	facts    *cache
	applying sync.Mutex
	survey   surveyed
}

var (
	_ search.Index      = (*Index)(nil)
	_ search.Vocabulary = (*Index)(nil)
	_ search.Rebuilder  = (*Index)(nil)
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
// as it is. An index that is damaged or of another version stays too: a new one,
// empty until the next Sync, is begun beside it.
func Open(dir string) (x *Index, err error) {
	defer fault.Wrap(&err, "open the search index in %s", dir)
	x = &Index{dir: dir, queue: index.NewAnalysisQueue(runtime.GOMAXPROCS(0)), turns: make(chan struct{}, runtime.GOMAXPROCS(0)), facts: newCache()}
	n, err := readCurrent(dir)
	if err != nil {
		return nil, err
	}
	if x.live, err = openGeneration(dir, n, x.queue); unusable(err) {
		n, err = next(dir)
		if err == nil {
			x.live, err = openGeneration(dir, n, x.queue)
		}
		if err == nil {
			err = writeCurrent(dir, n)
		}
	}
	if err != nil {
		x.queue.Close()
		return nil, err
	}
	x.current = n
	return x, sweep(dir, n)
}

// openGeneration opens one generation and makes sure that it can be read.
func openGeneration(dir string, n int, queue *index.AnalysisQueue) (*scorch.Scorch, error) {
	path := filepath.Join(dir, generation(n))
	s, err := scorch.NewScorch(scorch.Name, map[string]any{"path": path, "bolt_timeout": lockTimeout}, queue)
	if err != nil {
		return nil, err
	}
	live := s.(*scorch.Scorch)
	if err := live.Open(); err != nil {
		return nil, explain(err)
	}
	if err := check(live); err != nil {
		live.Close()
		return nil, err
	}
	return live, nil
}

// check looks whether an index is of this version and reads some of its records:
// the engine opens damaged segments without a word.
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

// Close ends the index; later calls return fault.Unavailable. Closing twice is no error.
func (x *Index) Close() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.live == nil {
		return nil
	}
	live := x.live
	x.live = nil
	defer x.queue.Close()
	return live.Close()
}

// Apply meets search.Index. The number goes into the same commit as the documents.
func (x *Index) Apply(_ context.Context, b search.Batch) (err error) {
	defer fault.Wrap(&err, "write %d documents to the search index", len(b.Put)+len(b.Drop))
	x.applying.Lock()
	defer x.applying.Unlock()
	x.mu.RLock()
	defer x.mu.RUnlock()
	return apply(x.live, b, &x.survey)
}

func apply(s *scorch.Scorch, b search.Batch, survey *surveyed) error {
	if s == nil {
		return fault.Unavailable.Errorf("the search index is closed")
	}
	batch := index.NewBatch()
	for _, u := range b.Drop {
		batch.Delete(string(u))
	}
	for i := range b.Put {
		batch.Update(newDocument(&b.Put[i]))
	}
	batch.SetInternal(keySeq, binary.BigEndian.AppendUint64(nil, uint64(b.Seq)))
	batch.SetInternal(keyVersion, binary.BigEndian.AppendUint64(nil, version))
	if err := s.Batch(batch); err != nil {
		return explain(err)
	}
	survey.moved(len(b.Put) + len(b.Drop))
	return nil
}

// Reached meets search.Index.
func (x *Index) Reached(context.Context) (catalog.Seq, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return reached(x.live)
}

func reached(s *scorch.Scorch) (catalog.Seq, error) {
	snap, done, err := snapshot(s)
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
func snapshot(s *scorch.Scorch) (*scorch.IndexSnapshot, func(), error) {
	if s == nil {
		return nil, nil, fault.Unavailable.Errorf("the search index is closed")
	}
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
