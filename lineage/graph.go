package lineage

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fxamacker/cbor/v2"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

const (
	bucketEdge kv.Bucket = "edge"
	bucketOut  kv.Bucket = "understood"
	cursorName           = "lineage"
)

// staleAfter is how long an edge from a log stays fresh after it was last seen.
const staleAfter = 90 * 24 * time.Hour

// Graph is the lineage of the estate. Reads go to an immutable snapshot in memory
// and never wait for a writer. It is safe for concurrent use.
type Graph struct {
	cat   *catalog.Catalog
	store kv.Store
	log   *slog.Logger

	writing sync.Mutex // one Sync at a time
	now     atomic.Pointer[snapshot]
	runs    atomic.Pointer[tally]

	// Now tells the time; tests set it before the first call.
	Now func() time.Time
}

// New returns the graph whose contributions lie in store. It is empty until the
// first Sync or Load.
func New(cat *catalog.Catalog, store kv.Store, log *slog.Logger) *Graph {
	g := &Graph{cat: cat, store: store, log: log, Now: time.Now}
	g.now.Store(newBuilder().build())
	g.runs.Store(&tally{})
	return g
}

// Load builds the snapshot from what is stored.
func (g *Graph) Load(ctx context.Context) error {
	b := newBuilder()
	err := g.store.View(ctx, func(r kv.Reader) error {
		for p, err := range r.Scan(bucketEdge, nil, nil) {
			if err != nil {
				return err
			}
			var c contribution
			if err := cbor.Unmarshal(p.Val, &c); err != nil {
				return fault.Corrupt.Errorf("lineage said by %s: %w", p.Key, err)
			}
			b.add(c)
		}
		return nil
	})
	if err != nil {
		return err
	}
	g.now.Store(b.build())
	return nil
}

// Size returns how many assets, edges and column pairs the graph has.
func (g *Graph) Size() (assets, edges, pairs int) {
	s := g.now.Load()
	return len(s.nodes), len(s.links), s.pairCount
}
