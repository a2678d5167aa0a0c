package search

import (
	"context"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// batch is how many changes one commit of the index takes: half as many cost an
// engine two fifths more, twice as many save nothing.
const batch = 2000

// Sync brings the index level with the catalog. It may be killed anywhere and run
// again: the index holds its number in the same commit as its documents, and what
// was not committed comes again.
func (s *Search) Sync(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "sync the search index")
	s.syncing.Lock()
	defer s.syncing.Unlock()
	at, err := s.index.Reached(ctx)
	if err != nil {
		return err
	}
	head, err := s.cat.Head(ctx)
	if err != nil {
		return err
	}
	if at > head { // of another catalog, or of one that was restored
		return s.rebuild(ctx)
	}
	return s.follow(ctx, s.index)
}

// Rebuild makes the index anew from the whole catalog, beside the live one.
func (s *Search) Rebuild(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "rebuild the search index")
	s.syncing.Lock()
	defer s.syncing.Unlock()
	return s.rebuild(ctx)
}

func (s *Search) rebuild(ctx context.Context) error {
	r, ok := s.index.(Rebuilder)
	if !ok {
		return fault.Conflict.Errorf("this index cannot be rebuilt beside itself")
	}
	return r.Rebuild(ctx, s.follow)
}

// follow brings an index level with the catalog.
func (s *Search) follow(ctx context.Context, index Index) error {
	at, err := index.Reached(ctx)
	if err != nil {
		return err
	}
	for {
		changes, _, err := s.cat.Since(ctx, at, batch)
		if err != nil || len(changes) == 0 {
			return err
		}
		b, err := s.documents(ctx, changes)
		if err != nil {
			return err
		}
		if err := index.Apply(ctx, b); err != nil {
			return err
		}
		s.forget(hasTerm(changes))
		at = b.Seq
	}
}

// documents turns changes into a batch.
func (s *Search) documents(ctx context.Context, changes []catalog.Change) (Batch, error) {
	b := Batch{Seq: changes[len(changes)-1].Seq}
	var want []urn.URN
	for _, c := range changes {
		if searchable(c) {
			want = append(want, c.URN)
		}
	}
	assets, err := s.cat.FindMany(ctx, want)
	if err != nil {
		return b, err
	}
	found := map[urn.URN]bool{}
	for i := range assets {
		a := &assets[i]
		if a.Status != nil && !a.Status.Removed.IsZero() {
			continue
		}
		found[a.URN] = true
		b.Put = append(b.Put, NewDocument(a))
	}
	for _, c := range changes {
		if !found[c.URN] {
			b.Drop = append(b.Drop, c.URN)
		}
	}
	return b, nil
}

// searchable says whether an asset is for people to find. Statements and sources
// are told on the pages of what they touch.
func searchable(c catalog.Change) bool {
	return !c.Removed && c.Type != catalog.Query && c.Type != catalog.Source
}

func hasTerm(changes []catalog.Change) bool {
	for _, c := range changes {
		if c.Type == catalog.Term {
			return true
		}
	}
	return false
}
