package pii

import (
	"context"
	"log/slog"
	"time"

	"waymark/catalog"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
	"waymark/pii/detect"
)

const (
	bucketFinding kv.Bucket = "finding"
	cursorName              = "pii " + detect.Version // new rules look at everything anew
)

// Samples reads some values of a dataset, by column in the order asked. It returns
// an error when the source does not allow it; the finding then says so.
type Samples interface {
	Sample(ctx context.Context, dataset urn.URN, columns []string, rows int) ([][]string, error)
}

// Desk is the place where findings are made, kept and decided. It is safe for
// concurrent use; Sync runs one at a time.
type Desk struct {
	cat      *catalog.Catalog
	store    kv.Store
	samples  Samples
	detector *detect.Detector
	log      *slog.Logger

	// Now tells the time; tests set it before the first call.
	Now func() time.Time
}

// New returns the desk whose findings lie in store. A nil samples judges names and
// types alone.
func New(cat *catalog.Catalog, store kv.Store, samples Samples, log *slog.Logger) *Desk {
	return &Desk{cat: cat, store: store, samples: samples, detector: detect.New(), log: log, Now: time.Now}
}

// record is what is stored of one dataset.
type record struct {
	At      time.Time                   `cbor:"1,keyasint,omitzero"`
	Columns map[string][]detect.Finding `cbor:"2,keyasint,omitempty"`
	Sampled bool                        `cbor:"3,keyasint,omitempty"` // values were read
	Failed  string                      `cbor:"4,keyasint,omitempty"` // why they could not be, though they were wanted
	NotRead string                      `cbor:"5,keyasint,omitempty"` // what the crawl said of its rows then
}
