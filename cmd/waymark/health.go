package main

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"waymark/catalog/access"
	"waymark/cmd/internal/httpd"
)

// health is what a running server knows to be wrong with its stores.
type health struct {
	background func(func(context.Context)) // starts work that ends with the server; nil in commands
	repairing  atomic.Bool

	mu     sync.Mutex
	failed time.Time         // when a rebuild of the index failed last
	found  map[string]string // store -> what the last scrub found
}

// rebuildPause is how long a rebuild that failed, for want of space perhaps, waits
// for the next attempt.
const rebuildPause = time.Minute

// syncSearch brings search level. In a server a damaged index is rebuilt beside
// everything else: neither the start nor an import waits for it.
func (w *waymark) syncSearch(ctx context.Context) error {
	if w.health.background == nil || w.find.Damage() == nil {
		return w.find.Sync(ctx)
	}
	w.health.mu.Lock()
	wait := time.Since(w.health.failed) < rebuildPause
	w.health.mu.Unlock()
	if wait || !w.health.repairing.CompareAndSwap(false, true) {
		return nil
	}
	w.health.background(func(ctx context.Context) {
		defer w.health.repairing.Store(false)
		if err := w.find.Sync(access.With(ctx, access.System("followers"))); err != nil && ctx.Err() == nil {
			w.log.ErrorContext(ctx, "the search index could not be rebuilt", "error", err)
			w.health.mu.Lock()
			defer w.health.mu.Unlock()
			w.health.failed = time.Now()
		}
	})
	return nil
}

// problems says in sentences what is wrong with the stores and the index.
func (w *waymark) problems() []string {
	out := []string{}
	w.health.mu.Lock()
	for _, store := range []string{storeCatalog, storePrivacy} {
		if text := w.health.found[store]; text != "" {
			out = append(out, store+": "+text)
		}
	}
	w.health.mu.Unlock()
	if percent, ok := w.find.Rebuilding(); ok && w.find.Damage() != nil {
		out = append(out, fmt.Sprintf("search: rebuilding %d%%; meanwhile only names are looked up", percent))
	} else if text := w.find.Degraded(); text != "" {
		out = append(out, "search: "+text)
	}
	return out
}

// The names of the stores in reports.
const (
	storeCatalog = "catalog"
	storePrivacy = "privacy"
)

// serveReady says whether the followers keep up with the catalog and whether a store
// or the index is damaged. It answers 200 all the same: the server serves, and no
// damaged record is served as if it were right.
func (w *waymark) serveReady(rw http.ResponseWriter, r *http.Request) {
	head, err := w.cat.Head(r.Context())
	if err != nil {
		httpd.Fail(rw, r, w.log, err)
		return
	}
	reached, err := w.find.Reached(r.Context())
	if err != nil {
		httpd.Fail(rw, r, w.log, err)
		return
	}
	state, problems := "ready", w.problems()
	if len(problems) > 0 {
		state = "degraded"
	}
	fmt.Fprintf(rw, "%s\ncatalog %d\nsearch %d\n", state, head, reached)
	for _, p := range problems {
		fmt.Fprintln(rw, p)
	}
}
