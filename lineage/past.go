package lineage

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
)

// pastViews keeps the last few views of the past, for people go back and forth.
type pastViews struct {
	mu   sync.Mutex
	list []pastView // the newest first
}

type pastView struct {
	at    time.Time
	stamp uint64 // of the present when it was made
	s     *snapshot
}

// maxPast is how many views of the past are kept: the two ends of a difference.
const maxPast = 2

// view is the snapshot of a moment: the present one, or one that is made of what is
// stored and of what was kept when it ended.
func (g *Graph) view(ctx context.Context, at time.Time) (*snapshot, error) {
	now := g.now.Load()
	if at.IsZero() {
		return now, nil
	}
	g.past.mu.Lock()
	defer g.past.mu.Unlock()
	for _, v := range g.past.list {
		if v.at.Equal(at) && v.stamp == now.stamp {
			return v.s, nil
		}
	}
	s, err := g.read(ctx, newWeaver(), at)
	if err != nil {
		return nil, err
	}
	g.past.list = slices.Insert(g.past.list, 0, pastView{at, now.stamp, s})
	g.past.list = g.past.list[:min(maxPast, len(g.past.list))]
	return s, nil
}

// eachEnded hands over what ended after a moment. The argument of f is valid inside
// the call only.
func eachEnded(r kv.Reader, after time.Time, f func(*packed)) error {
	return scanPacked(r, bucketWas, kv.AppendUint64(nil, uint64(after.Unix()+1)), f)
}

// The kinds of differences between two moments.
const (
	Added   = "added"
	Removed = "removed"
	Changed = "changed" // other origins, another confidence or mark
)

// Difference is one edge that is not at one moment as it was at another.
type Difference struct {
	Kind string
	Edge           // as it is at the later moment; as it was, for a removed one
	By   []urn.URN // the contributors that came or went in between
	At   time.Time // when the last of them did
}

// Differences is the answer of Diff.
type Differences struct {
	List   []Difference
	Total  int
	Hidden int // how many of all the caller may not see
}

// Diff compares the graph at two moments; the zero time is now. With a root, only
// the edges into and out of that asset count. At most limit differences that the
// caller may see are returned, ordered by name, and all are counted.
func (g *Graph) Diff(ctx context.Context, root urn.URN, from, to time.Time, limit int) (d Differences, err error) {
	defer fault.Wrap(&err, "compare the lineage of two days")
	if to.IsZero() {
		to = g.Now()
	}
	if !from.Before(to) {
		return d, fault.Invalid.Errorf("the first moment must lie before the second")
	}
	was, err := g.view(ctx, from)
	if err != nil {
		return d, err
	}
	is, err := g.view(ctx, to)
	if err != nil {
		return d, err
	}
	all := differences(was, is)
	if root != "" {
		all = slices.DeleteFunc(all, func(x Difference) bool { return x.Up != root && x.Down != root })
	}
	if err := g.seen(ctx, &d, all); err != nil {
		return d, err
	}
	slices.SortFunc(d.List, func(a, b Difference) int { return cmp.Or(cmp.Compare(a.Down, b.Down), cmp.Compare(a.Up, b.Up)) })
	d.List = d.List[:min(limit, len(d.List))]
	return d, g.blame(ctx, d.List, from, to)
}

// differences compares two snapshots edge by edge.
func differences(was, is *snapshot) (out []Difference) {
	at := map[[2]urn.URN]Edge{}
	was.eachEdge(func(e Edge) { at[[2]urn.URN{e.Up, e.Down}] = e })
	is.eachEdge(func(e Edge) {
		key := [2]urn.URN{e.Up, e.Down}
		switch old, there := at[key]; {
		case !there:
			out = append(out, Difference{Kind: Added, Edge: e})
		case !slices.Equal(old.Origins, e.Origins) || old.Confidence != e.Confidence || old.Refuted != e.Refuted || old.Disputed != e.Disputed:
			out = append(out, Difference{Kind: Changed, Edge: e})
		}
		delete(at, key)
	})
	for _, e := range at {
		out = append(out, Difference{Kind: Removed, Edge: e})
	}
	return out
}

func (s *snapshot) eachEdge(f func(Edge)) {
	for n := range uint32(s.len()) {
		r := s.row(n)
		for i, up := range r.ups {
			f(s.edge(up, n, r.class[i]))
		}
	}
}

// seen keeps the differences that the caller may see and counts the others.
func (g *Graph) seen(ctx context.Context, d *Differences, all []Difference) error {
	hides, err := g.cat.Hides(ctx)
	if err != nil {
		return err
	}
	d.Total = len(all)
	d.List = slices.DeleteFunc(all, func(x Difference) bool { return hides(x.Up) || hides(x.Down) })
	d.Hidden = d.Total - len(d.List)
	return nil
}

// blame finds the contributors that made each difference.
func (g *Graph) blame(ctx context.Context, list []Difference, from, to time.Time) error {
	by := map[[2]string]*Difference{}
	for i := range list {
		by[[2]string{string(list[i].Up), string(list[i].Down)}] = &list[i]
	}
	within := func(at int64) bool { return at > from.Unix() && at <= to.Unix() }
	add := func(p *packed) {
		for _, l := range p.links {
			x := by[[2]string{p.text(l.up), p.text(l.down)}]
			if x == nil {
				continue
			}
			if within(l.from) {
				x.blame(urn.URN(p.text(p.by)), l.from)
			}
			if p.until > 0 && within(p.until) {
				x.blame(urn.URN(p.text(p.by)), p.until)
			}
		}
	}
	return g.store.View(ctx, func(r kv.Reader) error {
		downs := map[urn.URN]bool{}
		for i := range list {
			list[i].By, list[i].At, downs[list[i].Down] = nil, time.Time{}, true
		}
		for down := range downs {
			if err := eachSayer(r, string(down), add); err != nil {
				return err
			}
		}
		return eachEnded(r, from, add)
	})
}

func (d *Difference) blame(by urn.URN, at int64) {
	if !slices.Contains(d.By, by) {
		d.By = append(d.By, by)
	}
	if t := time.Unix(at, 0).UTC(); t.After(d.At) {
		d.At = t
	}
}
