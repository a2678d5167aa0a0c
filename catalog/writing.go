package catalog

import (
	"context"
	"slices"
	"time"

	"waymark/catalog/urn"
)

// writing is when an asset was written, as far as is known, and on which days
// somebody looked who would have told.
type writing struct {
	times []time.Time // oldest first
	days  map[string]bool
}

func (w writing) looked(day time.Time) bool {
	return w.days[day.UTC().Format(time.DateOnly)] || w.days[day.Format(time.DateOnly)]
}

// writesOf collects the writes of a table, or of what a pipeline writes: a pipeline
// has written when the last of its outputs is.
func (c *Catalog) writesOf(ctx context.Context, a *Asset) (writing, error) {
	outputs, err := c.outputsOf(ctx, a)
	if err != nil {
		return writing{}, err
	}
	var all writing
	for i, u := range outputs {
		w, err := c.writesOfOne(ctx, u)
		if err != nil {
			return writing{}, err
		}
		if i == 0 {
			all = w
			continue
		}
		all.times = slowest(all.times, w.times)
	}
	return all, nil
}

// outputsOf lists what a job, or every job of a flow, writes; a table is its own.
func (c *Catalog) outputsOf(ctx context.Context, a *Asset) (out []urn.URN, err error) {
	switch a.Type {
	case Job:
		if a.Flow != nil {
			out = a.Flow.Outputs
		}
		return out, nil
	case Flow:
		for j, err := range c.List(ctx, Filter{Types: []Type{Job}}) {
			if err != nil {
				return nil, err
			}
			if j.URN.Parent() == a.URN && j.Flow != nil {
				out = append(out, j.Flow.Outputs...)
			}
		}
		slices.Sort(out)
		return slices.Compact(out), nil
	}
	return []urn.URN{a.URN}, nil
}

func (c *Catalog) writesOfOne(ctx context.Context, u urn.URN) (w writing, err error) {
	w.days = map[string]bool{}
	sources := map[string]bool{}
	for rec, err := range c.Usage(ctx, UsageFilter{Asset: u, From: c.Now().AddDate(0, 0, -promiseDays-1)}) {
		if err != nil {
			return w, err
		}
		if rec.Role != "write" || rec.Queries == 0 {
			continue
		}
		sources[rec.Source] = true
		for _, at := range []int64{rec.First, rec.Last} {
			if at > 0 {
				w.times = append(w.times, time.Unix(at, 0).UTC())
			}
		}
	}
	for source := range sources {
		spans, err := c.Spans(ctx, source)
		if err != nil {
			return w, err
		}
		for _, s := range spans {
			w.days[s.Format(time.DateOnly)] = true
		}
	}
	return w, c.addLoad(ctx, u, &w)
}

// addLoad adds the write that the source itself tells of. It knows the newest alone,
// so of earlier days it says nothing.
func (c *Catalog) addLoad(ctx context.Context, u urn.URN, w *writing) error {
	found, err := c.FindMany(ctx, []urn.URN{u})
	if err != nil {
		return err
	}
	if len(found) > 0 && found[0].Stats != nil && !found[0].Stats.UpdatedAt.IsZero() {
		at := found[0].Stats.UpdatedAt.UTC()
		w.times = append(w.times, at)
		for day := at; !day.After(c.Now()); day = day.AddDate(0, 0, 1) {
			w.days[day.Format(time.DateOnly)] = true
		}
	}
	slices.SortFunc(w.times, time.Time.Compare)
	w.times = slices.Compact(w.times)
	return nil
}

// slowest joins the writes of two outputs by day: the pipeline has written when both
// are written, and not on a day on which one is not.
func slowest(a, b []time.Time) (out []time.Time) {
	last := map[string]time.Time{}
	for _, at := range b {
		day := at.Format(time.DateOnly)
		if old, ok := last[day]; !ok || at.Before(old) {
			last[day] = at
		}
	}
	done := map[string]bool{}
	for _, at := range a {
		day := at.Format(time.DateOnly)
		other, ok := last[day]
		if !ok || done[day] {
			continue
		}
		done[day] = true
		if other.After(at) {
			at = other
		}
		out = append(out, at)
	}
	return out
}
