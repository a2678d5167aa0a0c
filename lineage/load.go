package lineage

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"waymark/catalog/kv"
)

// Load builds the snapshot from what is stored. What another program stored in
// another form is thrown away; the next Sync reads it anew from the catalog.
func (g *Graph) Load(ctx context.Context) error {
	g.writing.Lock()
	defer g.writing.Unlock()
	w := newWeaver()
	s, err := g.read(ctx, w, time.Time{})
	if errors.Is(err, errOldForm) {
		w = newWeaver()
		s, err = w.fresh(0, 0, 0, nil), g.forget(ctx)
	}
	if err != nil {
		return err
	}
	s.stamp = g.now.Load().stamp + 1
	g.weaver, g.late = w, map[string]bool{}
	g.now.Store(s)
	return nil
}

// Check reads every stored contribution to the lineage and changes nothing. Those of
// an older form are sound: Load has them made anew.
func (g *Graph) Check(ctx context.Context) error {
	_, err := g.read(ctx, newWeaver(), time.Time{})
	if errors.Is(err, errOldForm) {
		return nil
	}
	return err
}

// read builds a snapshot of the stored contributions: as they are, or, with a time,
// as they were then.
func (g *Graph) read(ctx context.Context, w *weaver, at time.Time) (*snapshot, error) {
	l := loader{weaver: w, at: at}
	err := g.store.View(ctx, func(r kv.Reader) error {
		l.clear()
		if err := scanPacked(r, bucketEdge, nil, l.add); err != nil || at.IsZero() {
			return err
		}
		return eachEnded(r, at, l.add)
	})
	if err != nil {
		return nil, err
	}
	return l.snapshot(), nil
}

// scanPacked hands over what is stored in a bucket from a key on. The argument of
// add is valid inside the call only.
func scanPacked(r kv.Reader, b kv.Bucket, from []byte, add func(*packed)) error {
	var p packed
	for kept, err := range r.Scan(b, from, nil) {
		if err != nil {
			return err
		}
		if err := p.unpack(kept.Val); err != nil {
			return err
		}
		add(&p)
	}
	return nil
}

// loader gathers sayings in the order of contributors and hands them out by the
// asset they lead into.
type loader struct {
	*weaver
	at    time.Time // the moment that is wanted; zero is now
	downs []uint32
	said  []heard
	flows []flow // pairs with their end
}

type flow struct {
	down uint32
	pair pair
}

func (l *loader) clear() { l.downs, l.said, l.flows = l.downs[:0], l.said[:0], l.flows[:0] }

func (l *loader) add(p *packed) {
	all := true
	for _, x := range p.links {
		if !p.holds(x, l.at) {
			all = false
			continue
		}
		l.downs = append(l.downs, l.nodes.add(p.texts[x.down]))
		l.said = append(l.said, heard{l.nodes.add(p.texts[x.up]), l.classOf(p, x)})
	}
	for _, x := range p.pairs {
		if all || l.linked(p, x) {
			l.flows = append(l.flows, flow{l.nodes.add(p.texts[x.down]), l.pairOf(p, x)})
		}
	}
}

// linked reports whether the edge that a pair belongs to counts.
func (l *loader) linked(p *packed, x packedPair) bool {
	return slices.ContainsFunc(p.links, func(e packedLink) bool { return e.up == x.up && e.down == x.down && p.holds(e, l.at) })
}

// snapshot sorts what was gathered by its end, by counting, and weaves the rows.
func (l *loader) snapshot() *snapshot {
	l.nodes.clip()
	n := l.nodes.len()
	at := make([]uint32, n+1)
	for _, d := range l.downs {
		at[d+1]++
	}
	for i := range n {
		at[i+1] += at[i]
	}
	sorted := make([]heard, len(l.said))
	for i := len(l.said) - 1; i >= 0; i-- { // from behind, so that at ends as the starts
		d := l.downs[i]
		at[d+1]--
		sorted[at[d+1]] = l.said[i]
	}
	links := len(l.said)
	l.said, l.downs = nil, nil
	slices.SortFunc(l.flows, func(a, b flow) int { return cmp.Or(cmp.Compare(a.down, b.down), comparePacked(a.pair, b.pair)) })
	flows := l.flows
	return l.fresh(n, links, len(flows), func(d uint32) row {
		end := uint32(links)
		if int(d)+2 <= n {
			end = at[d+2]
		}
		var pairs []pair
		for len(flows) > 0 && flows[0].down == d {
			pairs, flows = append(pairs, flows[0].pair), flows[1:]
		}
		return l.row(sorted[at[d+1]:end], pairs)
	})
}
