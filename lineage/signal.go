package lineage

import (
	"context"
	"math"
	"slices"
	"time"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// Signals adds up use and computes consumers, and writes both as facts where they
// moved. It runs after a log was read and once a day.
func (g *Graph) Signals(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "compute signals")
	if err := g.Recount(ctx); err != nil {
		return err
	}
	if err := g.age(ctx); err != nil {
		return err
	}
	t := g.runs.Load()
	cover, err := g.coverage(ctx)
	if err != nil {
		return err
	}
	doubts, err := g.doubts(ctx, t)
	if err != nil {
		return err
	}
	c := g.consumers(t)
	usage := catalog.Batch{Author: catalog.Usage, Run: "signals"}
	consumers := catalog.Batch{Author: catalog.Lineage, Run: "signals"}
	for a, err := range g.cat.List(ctx, catalog.Filter{Types: []catalog.Type{catalog.Dataset, catalog.Topic, catalog.Dashboard, catalog.Chart, catalog.Model}}) {
		if err != nil {
			return err
		}
		if s := t.usageOf(a, cover, doubts); usageMoved(a.Usage, s) {
			usage.Assets = append(usage.Assets, catalog.Asset{URN: a.URN, Type: a.Type, Usage: &s})
		}
		if s := c.of(a, cover); consumersMoved(a.Consumers, s) {
			consumers.Assets = append(consumers.Assets, catalog.Asset{URN: a.URN, Type: a.Type, Consumers: &s})
		}
	}
	if err := g.applyAll(ctx, usage); err != nil {
		return err
	}
	return g.applyAll(ctx, consumers)
}

// Recount adds up the recorded use of the last 90 days into memory.
func (g *Graph) Recount(ctx context.Context) error {
	t, err := g.count(ctx)
	if err != nil {
		return err
	}
	g.runs.Store(t)
	return nil
}

func (g *Graph) applyAll(ctx context.Context, b catalog.Batch) error {
	for part := range slices.Chunk(b.Assets, writeBatch) {
		if _, err := g.cat.Apply(ctx, catalog.Batch{Author: b.Author, Run: b.Run, Assets: part}); err != nil {
			return err
		}
	}
	return nil
}

// covered is how well the logs of one source cover the window.
type covered struct {
	days     int
	unparsed float64
}

// enoughDays of 90 make a window covered: 80 %.
const enoughDays = 72

// coverage counts, by source, the days with a reading and the share not understood.
func (g *Graph) coverage(ctx context.Context) (map[string]covered, error) {
	outcomes, err := g.Outcomes(ctx)
	if err != nil {
		return nil, err
	}
	readers, err := g.readers(ctx)
	if err != nil {
		return nil, err
	}
	out := map[string]covered{}
	for source, u := range outcomes {
		c := covered{unparsed: 1 - Share(u)}
		for _, reader := range readers[source] {
			spans, err := g.cat.Spans(ctx, reader)
			if err != nil {
				return nil, err
			}
			c.days = max(c.days, daysWithin(spans, g.Now().Add(-window)))
		}
		out[source] = c
	}
	return out, nil
}

func daysWithin(spans []time.Time, from time.Time) int {
	days := map[string]bool{}
	for _, s := range spans {
		if s.After(from) {
			days[s.Format(time.DateOnly)] = true
		}
	}
	return len(days)
}

// usageOf is the usage signal of an asset: known only where a log covers its source,
// or, for dashboards, where views were recorded.
func (t *tally) usageOf(a catalog.Asset, cover map[string]covered, doubts doubts) catalog.UsageSignal {
	var s catalog.UsageSignal
	if u := t.uses[a.URN]; u != nil {
		s = u.signal(t.at)
	}
	if a.Type == catalog.Dashboard || a.Type == catalog.Chart {
		s.Covered = t.uses[a.URN] != nil
		return s
	}
	for _, f := range a.Said {
		if name, ok := f.Author.SourceName(); ok {
			s.Named = max(s.Named, doubts.of(name, a.URN))
			if c, ok := cover[name]; ok && c.days > s.CoveredDays {
				s.CoveredDays, s.Unparsed, s.Covered = c.days, c.unparsed, c.days >= enoughDays
			}
		}
	}
	return s
}

// step is how far a signal must move to be written: search.md section 5.
const step = 0.05

func apart(a, b float64) bool { return math.Abs(a-b) > step*max(1, math.Abs(a)) }

func usageMoved(was *catalog.UsageSignal, is catalog.UsageSignal) bool {
	if was == nil {
		return is.Covered || is.Named > 0 || is.People30 > 0 || is.Service30 > 0 || len(is.Writes) > 0
	}
	return apart(was.People, is.People) || apart(was.Queries, is.Queries) || was.People30 != is.People30 || was.Covered != is.Covered || was.Named != is.Named ||
		idleMoved(was, is) || apart(float64(was.Service30), float64(is.Service30)) || !slices.Equal(was.Writes, is.Writes) || !slices.Equal(was.UsedColumns, is.UsedColumns)
}

func consumersMoved(was *catalog.ConsumerSignal, is catalog.ConsumerSignal) bool {
	if was == nil {
		return is != catalog.ConsumerSignal{}
	}
	return apart(was.Rank, is.Rank) || was.Dashboards != is.Dashboards || was.Viewers != is.Viewers || was.Downstream != is.Downstream ||
		was.Covered != is.Covered || was.CopyOf != is.CopyOf
}

// consumers is the rank of every node by what depends on it.
type consumers struct {
	graph *Graph
	s     *snapshot
	t     *tally
	rank  []float64
	p95   float64
}

// The damping of PageRank, the usual 0.85, and rounds enough for four digits.
const (
	damping = 0.85
	rounds  = 30
)

// consumers runs PageRank over reversed lineage: a dashboard starts with its
// viewers, and every asset hands its rank to those it reads from.
func (g *Graph) consumers(t *tally) *consumers {
	s := g.now.Load()
	c := &consumers{graph: g, s: s, t: t, rank: make([]float64, s.len())}
	seed := make([]float64, s.len())
	for n := range seed {
		if u := s.urn(uint32(n)); u.Kind() == urn.KindDashboard {
			seed[n] = 1 + float64(t.viewers(u))
		}
	}
	copy(c.rank, seed)
	next := make([]float64, len(seed))
	for range rounds {
		copy(next, seed)
		for n := range seed {
			ups := s.ups(uint32(n))
			for _, up := range ups {
				next[up] += damping * c.rank[n] / float64(len(ups))
			}
		}
		c.rank, next = next, c.rank
	}
	c.p95 = percentile(c.rank, 0.95)
	return c
}

func percentile(values []float64, p float64) float64 {
	var some []float64
	for _, v := range values {
		if v > 0 {
			some = append(some, v)
		}
	}
	if len(some) == 0 {
		return 0
	}
	slices.Sort(some)
	return some[int(p*float64(len(some)-1))]
}

// of is the consumer signal of an asset.
func (c *consumers) of(a catalog.Asset, cover map[string]covered) catalog.ConsumerSignal {
	var out catalog.ConsumerSignal
	for _, f := range a.Said {
		if name, ok := f.Author.SourceName(); ok {
			_, logged := cover[name]
			out.Covered = out.Covered || logged
		}
	}
	n, ok := c.s.find(a.URN)
	if !ok {
		return out
	}
	if c.p95 > 0 {
		out.Rank = min(1, math.Log1p(c.rank[n])/math.Log1p(c.p95))
	}
	w := c.graph.walker(c.s)
	defer c.graph.give(w)
	w.enter(n, 0, 0)
	w.spread(1)
	for _, r := range w.order[1:] {
		switch u := c.s.urn(r.n); u.Kind() {
		case urn.KindDashboard:
			out.Dashboards++
			out.Viewers = max(out.Viewers, c.t.viewers(u))
		case urn.KindDataset:
			out.Downstream++
		}
	}
	row := c.s.row(n)
	for i, up := range row.ups {
		if c.s.classes[row.class[i]].marks&isCopy != 0 {
			out.CopyOf = c.s.urn(up)
		}
	}
	return out
}
