package catalog

import (
	"log/slog"
	"time"

	"waymark/catalog/access"
	"waymark/catalog/kv"
)

// Catalog keeps assets. It is safe for concurrent use. Every method needs a
// caller in its context and returns fault.Denied without one.
type Catalog struct {
	store kv.Store
	guard *access.Guard
	log   *slog.Logger

	// Now tells the time; tests set it before the first call.
	Now func() time.Time
}

// New returns the catalog that lives in store. Whoever opened the store closes it.
func New(store kv.Store, guard *access.Guard, log *slog.Logger) *Catalog {
	return &Catalog{store: store, guard: guard, log: log, Now: time.Now}
}
