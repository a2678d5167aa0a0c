package lineage

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"time"

	"waymark/catalog/kv"
	"waymark/catalog/urn"
)

const (
	day      = 24 * time.Hour
	ageEvery = day
	// lastStep is how far a last run must move to be written down: at most one write
	// a week for a statement that runs every day.
	lastStep = 7 * day
	// keepEnded is how long edges that ended are kept for looking back.
	keepEnded = 3 * 365 * day
)

// age notes when logs last showed each edge, marks what they did not show for long,
// ends what they did not show for very long, and forgets what ended years ago. It
// looks once a day.
func (g *Graph) age(ctx context.Context) error {
	g.writing.Lock()
	defer g.writing.Unlock()
	now := g.Now()
	if now.Sub(g.aged) < ageEvery && !now.Before(g.aged) {
		return nil
	}
	due, err := g.aging(ctx)
	if err != nil {
		return err
	}
	for len(due) > 0 {
		part := due[:min(writeBatch, len(due))]
		if err := g.write(ctx, part); err != nil {
			return err
		}
		due = due[len(part):]
	}
	if err := g.prune(ctx, now.Add(-keepEnded)); err != nil {
		return err
	}
	g.aged = now
	return g.show(ctx)
}

// aging finds the contributions of statements whose age has to be written down.
func (g *Graph) aging(ctx context.Context) (out []*revision, err error) {
	read, err := g.readDays(ctx)
	if err != nil {
		return nil, err
	}
	due, err := g.older(ctx)
	if err != nil {
		return nil, err
	}
	for part := range slices.Chunk(due, writeBatch) {
		source, err := g.sources(ctx, part)
		if err != nil {
			return nil, err
		}
		for _, c := range part {
			was := c
			g.grow(&c, g.runs.Load().last(c.By), func(since time.Time) int { return read(source[c.By], since) })
			if c.Last == was.Last && c.Stale == was.Stale && c.Until == was.Until {
				continue
			}
			key, err := kv.Name(string(c.By))
			if err != nil {
				return nil, err
			}
			out = append(out, &revision{by: key, val: c.pack(), downs: slices.Collect(maps.Keys(downsOf(&c)))})
		}
	}
	return out, nil
}

// older returns the contributions of statements that may have aged, or lived again.
func (g *Graph) older(ctx context.Context) (out []contribution, err error) {
	runs, now := g.runs.Load(), g.Now()
	err = g.store.View(ctx, func(r kv.Reader) error {
		out = nil
		return scanPacked(r, bucketEdge, nil, func(p *packed) {
			if by := urn.URN(p.text(p.by)); by.Kind() == urn.KindQuery && p.due(runs.last(by), now, g.StaleDays) {
				out = append(out, p.contribution())
			}
		})
	})
	return out, err
}

// sources returns whose names the statements use.
func (g *Graph) sources(ctx context.Context, list []contribution) (map[urn.URN]string, error) {
	names := make([]urn.URN, len(list))
	for i, c := range list {
		names[i] = c.By
	}
	found, err := g.cat.FindMany(ctx, names)
	out := map[urn.URN]string{}
	for _, a := range found {
		if a.Statement != nil {
			out[a.URN] = a.Statement.Source
		}
	}
	return out, err
}

// due reports whether a contribution may have aged, or lived again.
func (p *packed) due(last int64, now time.Time, stale int) bool {
	if last-p.last >= int64(lastStep/time.Second) {
		return true
	}
	return now.Sub(time.Unix(max(p.last, p.first, last), 0)) >= time.Duration(stale)*day || p.stale || p.until > 0
}

// grow sets the age of a contribution by its last run and the days that were read since.
func (g *Graph) grow(c *contribution, last int64, readSince func(time.Time) int) {
	if last-c.Last >= int64(lastStep/time.Second) {
		c.Last = last
	}
	since := max(c.Last, c.First, last)
	days := readSince(time.Unix(since, 0))
	c.Stale, c.Until = days >= g.StaleDays, 0
	if days >= g.ClosedDays {
		c.Until = since
	}
}

// last is when an asset was last used, in unix seconds, 0 for not in the window.
func (t *tally) last(u urn.URN) (last int64) {
	if x := t.uses[u]; x != nil {
		for _, a := range x.actors {
			last = max(last, a.last)
		}
	}
	return last
}

// readDays returns what counts the days since a moment on which the logs about a
// source were read.
func (g *Graph) readDays(ctx context.Context) (func(source string, since time.Time) int, error) {
	readers, err := g.readers(ctx)
	if err != nil {
		return nil, err
	}
	spans := map[string][]time.Time{}
	for source, list := range readers {
		for _, reader := range list {
			days, err := g.cat.Spans(ctx, reader)
			if err != nil {
				return nil, err
			}
			spans[source] = append(spans[source], days...)
		}
	}
	return func(source string, since time.Time) int { return daysWithin(spans[source], since) }, nil
}

// prune forgets what ended before a moment.
func (g *Graph) prune(ctx context.Context, before time.Time) error {
	var keys [][]byte
	err := g.store.View(ctx, func(r kv.Reader) error {
		keys = keys[:0]
		for p, err := range r.Scan(bucketWas, nil, kv.AppendUint64(nil, uint64(before.Unix()))) {
			if err != nil {
				return err
			}
			keys = append(keys, bytes.Clone(p.Key))
		}
		return nil
	})
	if err != nil || len(keys) == 0 {
		return err
	}
	return g.store.Update(ctx, func(w kv.Writer) error {
		for _, k := range keys {
			if err := w.Delete(bucketWas, k); err != nil {
				return err
			}
		}
		return nil
	})
}
