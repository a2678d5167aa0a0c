package search

import (
	"context"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// batch is how many changes one commit of the index takes. With 2,000 an engine spent
// a fifth to a quarter more processor time on 40,000 tables, mostly on merging.
const batch = 5000

// Sync brings the index level with the catalog. It may be killed anywhere and run
// again: the index holds its number in the same commit as its documents, and what
// was not committed comes again. A damaged index is rebuilt; while a rebuild runs, a
// second Sync leaves the work to it and returns.
func (s *Search) Sync(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "sync the search index")
	if s.rebuilding.Load() {
		return nil
	}
	s.syncing.Lock()
	defer s.syncing.Unlock()
	if damage := s.Damage(); damage != nil {
		s.log.WarnContext(ctx, "the search index is damaged and is rebuilt from the catalog", "error", damage)
		return s.rebuild(ctx)
	}
	at, err := s.index.Reached(ctx)
	if err != nil {
		return err
	}
	head, err := s.cat.Head(ctx)
	if err != nil {
		return err
	}
	if at > head { // of another catalog, or of one that was restored
		s.log.WarnContext(ctx, "the search index is ahead of the catalog, which is another or an older copy; it is rebuilt", "index", at, "catalog", head)
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
	s.progress.Store(0)
	s.rebuilding.Store(true)
	defer s.rebuilding.Store(false)
	if err := r.Rebuild(ctx, s.follow); err != nil {
		return err
	}
	s.forget(true)
	return nil
}

// follow brings an index level with the catalog.
func (s *Search) follow(ctx context.Context, index Index) error {
	at, err := index.Reached(ctx)
	if err != nil {
		return err
	}
	head, err := s.cat.Head(ctx)
	if err != nil {
		return err
	}
	for {
		changes, _, err := s.cat.Since(ctx, at, batch)
		if err != nil || len(changes) == 0 {
			return err
		}
		b, err := s.documents(ctx, index, changes)
		if err != nil {
			return err
		}
		if err := index.Apply(ctx, b); err != nil {
			return err
		}
		s.forget(hasWords(changes))
		at = b.Seq
		s.progress.Store(int64(100 * at / max(1, head)))
	}
}

// documents turns changes into a batch.
func (s *Search) documents(ctx context.Context, index Index, changes []catalog.Change) (Batch, error) {
	b := Batch{Seq: changes[len(changes)-1].Seq}
	want, err := s.affected(ctx, index, changes)
	if err != nil {
		return b, err
	}
	assets, err := s.cat.FindMany(ctx, want)
	if err != nil {
		return b, err
	}
	charts, err := s.charts(ctx, assets)
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
		b.Put = append(b.Put, NewDocument(a, shown(a, charts)...))
	}
	for _, c := range changes {
		if !found[c.URN] {
			b.Drop = append(b.Drop, c.URN)
		}
	}
	return b, nil
}

// affected lists the assets whose documents the changes touch: themselves, and the
// dashboards that show a changed chart.
func (s *Search) affected(ctx context.Context, index Index, changes []catalog.Change) (out []urn.URN, err error) {
	seen := map[urn.URN]bool{}
	var charts []string
	for _, c := range changes {
		if searchable(c) {
			out = append(out, c.URN)
		}
		seen[c.URN] = true
		if c.Type == catalog.Chart {
			charts = append(charts, keyword(keyPart, string(c.URN)))
		}
	}
	if len(charts) == 0 {
		return out, nil
	}
	r, err := index.Search(ctx, Query{Stages: []Match{{Every: true}}, With: [][]string{Lower(charts)}, Best: batch})
	if err != nil {
		return nil, err
	}
	for _, d := range r.Found[0].Best {
		if !seen[d.URN] {
			out = append(out, d.URN)
		}
	}
	return out, nil
}

// charts reads the charts of the dashboards among assets.
func (s *Search) charts(ctx context.Context, assets []catalog.Asset) (map[urn.URN]catalog.Asset, error) {
	var want []urn.URN
	for i := range assets {
		want = append(want, chartsOf(&assets[i])...)
	}
	out := map[urn.URN]catalog.Asset{}
	if len(want) == 0 {
		return out, nil
	}
	found, err := s.cat.FindMany(ctx, want)
	for _, a := range found {
		out[a.URN] = a
	}
	return out, err
}

func chartsOf(a *catalog.Asset) (out []urn.URN) {
	if a.Type != catalog.Dashboard || a.Flow == nil {
		return nil
	}
	for _, u := range a.Flow.Inputs {
		if u.Kind() == urn.KindChart {
			out = append(out, u)
		}
	}
	return out
}

func shown(dashboard *catalog.Asset, charts map[urn.URN]catalog.Asset) (out []catalog.Asset) {
	for _, u := range chartsOf(dashboard) {
		if c, ok := charts[u]; ok {
			out = append(out, c)
		}
	}
	return out
}

// searchable says whether an asset is for people to find. Statements, sources and
// incidents are told on the pages of what they touch.
func searchable(c catalog.Change) bool {
	return !c.Removed && c.Type != catalog.Query && c.Type != catalog.Source && c.Type != catalog.Incident
}

func hasWords(changes []catalog.Change) bool {
	for _, c := range changes {
		switch c.Type {
		case catalog.Term, catalog.User, catalog.Group:
			return true
		}
	}
	return false
}
