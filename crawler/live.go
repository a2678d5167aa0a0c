package crawler

import (
	"context"
	"errors"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// Live lists every table that the credential of a source can list now.
func (r *Runner) Live(ctx context.Context, source string) (out []catalog.LiveTable, err error) {
	err = withSearcher(ctx, r, source, func(s Searcher) error {
		out, err = s.Live(ctx)
		return err
	})
	for _, t := range out {
		r.live.Store(t.Dataset, source)
	}
	return out, err
}

// Search looks for a person in one dataset of a source; see Searcher.
func (r *Runner) Search(ctx context.Context, source string, p catalog.Probe, each func(cells []string) error) error {
	return withSearcher(ctx, r, source, func(s Searcher) error { return s.Search(ctx, p, each) })
}

func withSearcher(ctx context.Context, r *Runner, source string, do func(Searcher) error) error {
	src, back, err := r.borrow(ctx, source)
	if err != nil {
		return err
	}
	s, ok := src.(Searcher)
	if !ok {
		return errors.Join(back(false), fault.Invalid.Errorf("source %s has no connector that can search", source))
	}
	err = do(s)
	return errors.Join(err, back(err != nil))
}

// liveIn returns the source in which a dataset lies that was never crawled: a table
// that was made after the crawl is searched and erased as any other.
func (r *Runner) liveIn(ctx context.Context, dataset urn.URN) (string, bool) {
	if name, ok := r.live.Load(dataset); ok {
		return name.(string), true
	}
	for _, name := range r.Sources(ctx) {
		if _, err := r.Live(ctx, name); err != nil {
			continue // a source that cannot list has none of it
		}
		if _, ok := r.live.Load(dataset); ok {
			return name, true
		}
	}
	return "", false
}

// Sources are the names of all sources whose recipe is kept.
func (r *Runner) Sources(ctx context.Context) (out []string) {
	ctx = access.With(ctx, access.System("crawler"))
	for a, err := range r.cat.List(ctx, catalog.Filter{Types: []catalog.Type{catalog.Source}}) {
		if err != nil {
			return out
		}
		if a.Recipe != nil {
			out = append(out, a.URN.Name())
		}
	}
	return out
}
