package lineage

import (
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"waymark/catalog"
	"waymark/catalog/kv"
)

const (
	bucketEdge    kv.Bucket = "edge"
	bucketInto    kv.Bucket = "into"
	bucketWas     kv.Bucket = "was"
	bucketOut     kv.Bucket = "understood"
	bucketWait    kv.Bucket = "waiting"
	bucketSettled kv.Bucket = "settled"
	cursorName              = "lineage"
)

// Graph is the lineage of the estate. Reads go to an immutable snapshot in memory
// and never wait for a writer. It is safe for concurrent use.
type Graph struct {
	cat   *catalog.Catalog
	store kv.Store
	log   *slog.Logger

	writing sync.Mutex // one Load, Sync or age at a time; it guards the next four
	weaver  *weaver
	late    map[string]bool // assets whose stored rows the snapshot does not show yet
	aged    time.Time       // when old edges were last looked for
	reading bool            // waiting statements may have to be read again

	tables *tables

	now  atomic.Pointer[snapshot]
	runs atomic.Pointer[tally]
	past pastViews
	rest sync.Pool // of *visited

	// Now tells the time; tests set it before the first call.
	Now func() time.Time
	// Reader names the version of the SQL reader. When it changes, what was not
	// understood is read again. It is set before the first call.
	Reader string
	// StaleDays and ClosedDays say how an edge from logs ages, in days on which its log
	// was read: one on which nobody looked says nothing. A yearly job is not stale for
	// long, and never closed. They are set before the first call.
	StaleDays, ClosedDays int
}

// New returns the graph whose contributions lie in store. It is empty until the
// first Sync or Load.
func New(cat *catalog.Catalog, store kv.Store, log *slog.Logger) *Graph {
	g := &Graph{cat: cat, store: store, log: log, Now: time.Now, weaver: newWeaver(), late: map[string]bool{}, reading: true, tables: newTables(), StaleDays: 90, ClosedDays: 400}
	g.rest.New = func() any { return &visited{} }
	g.now.Store(g.weaver.fresh(0, 0, 0, nil))
	g.runs.Store(&tally{})
	return g
}

// Size returns how many assets, edges and column pairs the graph has.
func (g *Graph) Size() (assets, edges, pairs int) {
	s := g.now.Load()
	for n := range uint32(s.len()) {
		if len(s.ups(n))+len(s.downs(n)) > 0 {
			assets++
		}
	}
	return assets, s.links, s.pairs
}
