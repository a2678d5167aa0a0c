package lineage

import (
	"bytes"
	"context"
	"slices"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
)

// revision is what has to be written because a contributor says something else now.
type revision struct {
	by    string // its key
	val   []byte // what it says now; nil for nothing
	ended []byte // what it no longer says, packed; nil for nothing
	gone  []string
	came  []string // keys of the assets that it says something about
	downs []string // and their names
}

// revise compares what a contributor says now, nil for nothing, with what is stored.
// It returns nil when that is the same.
func (g *Graph) revise(r kv.Reader, by urn.URN, now *contribution, fresh bool) (*revision, error) {
	name, err := kv.Name(string(by))
	if err != nil {
		return nil, err
	}
	val, known, err := r.Get(bucketEdge, []byte(name))
	if err != nil {
		return nil, err
	}
	var old contribution
	if known {
		var p packed
		if err := p.unpack(val); err != nil {
			return nil, err
		}
		old = p.contribution()
	}
	rev := &revision{by: name}
	if now != nil {
		g.carry(&old, now, known || !fresh)
		rev.val = now.pack()
	} else {
		now = &contribution{}
	}
	if known == (rev.val != nil) && bytes.Equal(val, rev.val) {
		return nil, nil
	}
	rev.ended = g.ended(&old, now)
	return rev, rev.name(&old, now)
}

// carry keeps what only the stored contribution knows: since when each edge is
// said, and how a log aged. What is new is said since now; but what a log shows, and
// what is read while the graph is built anew, since the contributor began.
func (g *Graph) carry(old, now *contribution, sinceNow bool) {
	now.Last, now.Stale, now.Until = max(now.Last, old.Last), old.Stale, old.Until
	if now.First == 0 {
		now.First = old.First
	}
	for i := range now.Links {
		l := &now.Links[i]
		if l.Origin == fromRefutation {
			continue // it knows its day
		}
		l.From = now.First
		if at := slices.IndexFunc(old.Links, l.same); at >= 0 {
			if was := old.Links[at].From; l.Origin != FromLog || was < l.From {
				l.From = was
			}
		} else if sinceNow && l.Origin != FromLog {
			l.From = g.Now().Unix()
		}
	}
}

func (l said) same(o said) bool { return l.Up == o.Up && l.Down == o.Down && l.Origin == o.Origin }

// ended packs the edges that old says and now does not, with their pairs; edges
// that lasted no time leave no trace.
func (g *Graph) ended(old, now *contribution) []byte {
	if old.Until > 0 {
		return nil
	}
	end := contribution{By: old.By, First: old.First, Last: old.Last, Until: g.Now().Unix(), Stale: old.Stale}
	for _, l := range old.Links {
		if l.From < end.Until && !slices.ContainsFunc(now.Links, l.same) {
			end.Links = append(end.Links, l)
		}
	}
	if len(end.Links) == 0 {
		return nil
	}
	for _, p := range old.Pairs {
		if slices.ContainsFunc(end.Links, func(l said) bool { return l.Up == p.Up && l.Down == p.Down }) {
			end.Pairs = append(end.Pairs, p)
		}
	}
	return end.pack()
}

// name notes the assets that are said something about, before and now.
func (v *revision) name(old, now *contribution) error {
	was, is := downsOf(old), downsOf(now)
	for down := range was {
		if !is[down] {
			key, err := intoKey(down, v.by)
			if err != nil {
				return err
			}
			v.gone, v.downs = append(v.gone, key), append(v.downs, down)
		}
	}
	for down := range is {
		key, err := intoKey(down, v.by)
		if err != nil {
			return err
		}
		v.downs = append(v.downs, down)
		if !was[down] {
			v.came = append(v.came, key)
		}
	}
	return nil
}

func downsOf(c *contribution) map[string]bool {
	out := map[string]bool{}
	for _, l := range c.Links {
		out[string(l.Down)] = true
	}
	return out
}

// intoKey is the place where an asset's contributor is noted.
func intoKey(down, by string) (string, error) {
	name, err := kv.Name(down)
	return string(kv.AppendString(nil, name)) + by, err
}

// write stores revisions in one transaction.
func (g *Graph) write(ctx context.Context, list []*revision) error {
	for _, v := range list {
		for _, d := range v.downs {
			g.late[d] = true
		}
	}
	return g.store.Update(ctx, func(w kv.Writer) error {
		for _, v := range list {
			if err := g.writeOne(w, v); err != nil {
				return err
			}
		}
		return nil
	})
}

func (g *Graph) writeOne(w kv.Writer, v *revision) error {
	if v.ended != nil {
		key := append(kv.AppendUint64(nil, uint64(g.Now().Unix())), v.by...)
		if err := w.Put(bucketWas, key, v.ended); err != nil {
			return err
		}
	}
	for _, k := range v.gone {
		if err := w.Delete(bucketInto, []byte(k)); err != nil {
			return err
		}
	}
	for _, k := range v.came {
		if err := w.Put(bucketInto, []byte(k), nil); err != nil {
			return err
		}
	}
	if v.val == nil {
		return w.Delete(bucketEdge, []byte(v.by))
	}
	return w.Put(bucketEdge, []byte(v.by), v.val)
}

// show brings the snapshot level with what was written: it weaves the rows of the
// late assets and leaves everything else as it is.
func (g *Graph) show(ctx context.Context) error {
	if len(g.late) == 0 {
		return nil
	}
	rows := make(map[uint32]row, len(g.late))
	err := g.store.View(ctx, func(r kv.Reader) error {
		clear(rows)
		for down := range g.late {
			n := g.weaver.nodes.add([]byte(down))
			x, err := g.weaveInto(r, down)
			if err != nil {
				return err
			}
			rows[n] = x
		}
		return nil
	})
	if err != nil {
		return err
	}
	g.now.Store(g.weaver.with(g.now.Load(), rows))
	clear(g.late)
	return nil
}

// weaveInto reads everything that is said of what goes into one asset.
func (g *Graph) weaveInto(r kv.Reader, down string) (row, error) {
	var said []heard
	var pairs []pair
	err := eachSayer(r, down, func(p *packed) {
		if p.until > 0 {
			return
		}
		for _, l := range p.links {
			if string(p.texts[l.down]) == down {
				said = append(said, heard{g.weaver.nodes.add(p.texts[l.up]), g.weaver.classOf(p, l)})
			}
		}
		for _, x := range p.pairs {
			if string(p.texts[x.down]) == down {
				pairs = append(pairs, g.weaver.pairOf(p, x))
			}
		}
	})
	return g.weaver.row(said, pairs), err
}

// eachSayer hands over every contribution that says something of what goes into
// an asset. The argument of f is valid inside the call only.
func eachSayer(r kv.Reader, down string, f func(*packed)) error {
	key, err := intoKey(down, "")
	if err != nil {
		return err
	}
	var p packed
	for at, err := range kv.ScanPrefix(r, bucketInto, []byte(key)) {
		if err != nil {
			return err
		}
		val, ok, err := r.Get(bucketEdge, at.Key[len(key):])
		if err != nil {
			return err
		}
		if !ok {
			return fault.Corrupt.Errorf("the lineage into %s lacks a contribution", down)
		}
		if err := p.unpack(val); err != nil {
			return err
		}
		f(&p)
	}
	return nil
}

// forgetPage is how many records one transaction deletes.
const forgetPage = 5000

// forget throws away what is stored and goes back to the start of the change log.
func (g *Graph) forget(ctx context.Context) error {
	for _, b := range []kv.Bucket{bucketEdge, bucketInto} {
		for {
			keys, err := g.firstKeys(ctx, b)
			if err != nil {
				return err
			}
			if len(keys) == 0 {
				break
			}
			err = g.store.Update(ctx, func(w kv.Writer) error {
				for _, k := range keys {
					if err := w.Delete(b, k); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
	}
	return g.cat.Rewind(ctx, cursorName)
}

func (g *Graph) firstKeys(ctx context.Context, b kv.Bucket) (keys [][]byte, err error) {
	err = g.store.View(ctx, func(r kv.Reader) error {
		keys = keys[:0]
		for p, err := range r.Scan(b, nil, nil) {
			if err != nil {
				return err
			}
			if keys = append(keys, bytes.Clone(p.Key)); len(keys) == forgetPage {
				return nil
			}
		}
		return nil
	})
	return keys, err
}
