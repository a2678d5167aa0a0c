package search

import (
	"context"
	"log/slog"
	"reflect"
	"sync"
	"sync/atomic"
	"time"

	"waymark/catalog"
)

// Search answers queries over one index, which Sync keeps level with the catalog.
// It is safe for concurrent use.
type Search struct {
	cat     *catalog.Catalog
	index   Index
	options Options
	log     *slog.Logger

	// Now tells the time by which trust decays; tests set it before the first call.
	Now func() time.Time

	facets   facetCache
	journal  journal
	habitual sync.Mutex
	habits   *habits

	syncing    sync.Mutex   // one Sync at a time
	rebuilding atomic.Bool  // the index is being built anew
	progress   atomic.Int64 // of that, in percent

	mu     sync.Mutex
	moment *Moment
	moved  bool // documents changed since the moment was surveyed
	words  *glossary
}

// Options are what a search does besides finding.
type Options struct {
	Redact   func(string) string // takes personal values out of what is logged; nil keeps no log
	Personal bool                // lift what the caller and their team use
}

// New returns a search over the assets of cat in index.
func New(cat *catalog.Catalog, index Index, o Options, log *slog.Logger) *Search {
	if e, ok := index.(engine); ok {
		index = withFallback{e, cat}
	}
	return &Search{cat: cat, index: index, options: o, log: log, Now: time.Now}
}

// step is how often decay moves trust: everything derived from a moment is kept
// until the next one.
const step = time.Hour

// now returns the moment to weigh by and the glossary, reading them on first use.
func (s *Search) now(ctx context.Context) (*Moment, *glossary, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.words == nil {
		g, err := s.readGlossary(ctx)
		if err != nil {
			return nil, nil, err
		}
		s.words = g
	}
	now := s.Now().Truncate(step)
	if s.moment != nil && !s.moved && s.moment.Now.Equal(now) {
		return s.moment, s.words, nil
	}
	survey, err := s.index.Survey(ctx)
	if err != nil {
		return nil, nil, err
	}
	if s.moment == nil || !s.moment.Now.Equal(now) || !reflect.DeepEqual(survey, s.moment.Survey) {
		s.moment = &Moment{Survey: survey, Now: now}
	}
	s.moved = false
	return s.moment, s.words, nil
}

func (s *Search) readGlossary(ctx context.Context) (*glossary, error) {
	g := newGlossary()
	for a, err := range s.cat.List(ctx, catalog.Filter{Types: []catalog.Type{catalog.Term, catalog.User, catalog.Group}}) {
		if err != nil {
			return nil, err
		}
		g.add(&a)
	}
	return g, nil
}

// forget makes the next search survey the index anew, and read the glossary if a
// term or a name has changed.
func (s *Search) forget(terms bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.moved = true
	if terms {
		s.words = nil
	}
}

// Reached returns the number of the newest change that searches find.
func (s *Search) Reached(ctx context.Context) (catalog.Seq, error) { return s.index.Reached(ctx) }
