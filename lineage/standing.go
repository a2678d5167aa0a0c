package lineage

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/urn"
)

// standing is what an impact wants to know of an asset.
type standing uint8

const (
	isKnown  standing = 1 << iota
	isIdle            // a log covers it, and nobody used it in the window
	isPrized          // certified, or a dashboard with viewers
)

// prizing is why people might notice if an asset broke.
type prizing struct {
	certified bool
	until     time.Time // of the certification; zero is no end
	viewers   int       // of a dashboard, in 30 days
}

// prized is one reason, and where it stands in the walk.
type prized struct {
	place    uint32
	strength int
	why      string
}

// standings remembers the standing of assets by their numbers, a byte each, so that
// a second impact reads none from the store. What changed since is forgotten, by the
// change log; all is, when use was counted anew.
type standings struct {
	mu    sync.Mutex
	seq   catalog.Seq // the change log was heard up to here
	nodes numbers     // of the newest snapshot that asked
	runs  *tally
	known []standing         // by number
	prize map[uint32]prizing // of those that are prized
}

// maxHeard is how many changes are looked through before everything is forgotten.
const maxHeard = 1000

// weighed is how many assets are looked at for who depends on them, and the others
// that are as near as the last; those further away keep the severity of their kind.
const weighed = 2000

// weigh finds out who relies on what the change reaches.
func (g *Graph) weigh(ctx context.Context, r *reach) (*verdicts, error) {
	v := &verdicts{standing: make([]standing, len(r.at))}
	x, runs := r.s.standings, g.runs.Load()
	places := r.near()
	seq, missing, err := x.recall(g.system(ctx), g.cat, r, runs, places, v)
	if err != nil {
		return nil, err
	}
	if len(missing) > 0 {
		if err := x.learn(g.system(ctx), g.cat, r, runs, seq, missing, v); err != nil {
			return nil, err
		}
	}
	v.settle(g.Now())
	v.inherit(r)
	return v, nil
}

// system is the program itself: what it remembers must not depend on who asked first.
func (g *Graph) system(ctx context.Context) context.Context {
	return access.With(ctx, access.System("lineage"))
}

// near returns the places that are looked at.
func (r *reach) near() (out []uint32) {
	var counts []int // by depth
	for place := range r.at {
		if d := int(r.at[place].depth); d > 0 {
			for len(counts) <= d {
				counts = append(counts, 0)
			}
			counts[d]++
		}
	}
	last, sum := 0, 0
	for ; last < len(counts) && sum < weighed; last++ {
		sum += counts[last]
	}
	out = make([]uint32, 0, sum)
	for place := range r.at {
		if d := int(r.at[place].depth); d > 0 && d < last && !r.veiled(uint32(place)) {
			out = append(out, uint32(place))
		}
	}
	return out
}

// recall takes what is remembered of the places, and returns those of which nothing is
// and the number of the change up to which that is true.
func (x *standings) recall(ctx context.Context, cat *catalog.Catalog, r *reach, runs *tally, places []uint32, v *verdicts) (catalog.Seq, []uint32, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if r.s.len() >= x.nodes.len() {
		x.nodes = r.s.nodes
	}
	if err := x.level(ctx, cat, runs); err != nil {
		return 0, nil, err
	}
	if len(x.known) < r.s.len() {
		x.known = append(x.known, make([]standing, r.s.len()-len(x.known))...)
	}
	var missing []uint32
	for _, place := range places {
		n := r.order[place].n
		switch is := x.known[n]; {
		case is == 0:
			missing = append(missing, place)
		default:
			if v.standing[place] = is; is&isPrized != 0 {
				v.prizings = append(v.prizings, placed{place, x.prize[n]})
			}
		}
	}
	return x.seq, missing, nil
}

// level forgets what changed since the last time.
func (x *standings) level(ctx context.Context, cat *catalog.Catalog, runs *tally) (err error) {
	if x.runs != runs {
		x.forget(runs)
		x.seq, err = cat.Head(ctx)
		return err
	}
	changes, head, err := cat.Since(ctx, x.seq, maxHeard)
	if err != nil {
		return err
	}
	if len(changes) == maxHeard {
		x.forget(runs)
	}
	for _, c := range changes {
		if n, ok := x.nodes.find([]byte(c.URN)); ok && int(n) < len(x.known) {
			x.known[n] = 0
			delete(x.prize, n)
		}
	}
	x.seq = head
	return nil
}

func (x *standings) forget(runs *tally) {
	clear(x.known)
	x.runs, x.prize = runs, map[uint32]prizing{}
}

// learn reads the places of which nothing is remembered. It keeps what it read unless
// something changed in between.
func (x *standings) learn(ctx context.Context, cat *catalog.Catalog, r *reach, runs *tally, seq catalog.Seq, places []uint32, v *verdicts) error {
	list := make([]urn.URN, len(places))
	at := make(map[urn.URN]uint32, len(places))
	for i, place := range places {
		list[i] = r.s.urn(r.order[place].n)
		at[list[i]], v.standing[place] = place, isKnown
	}
	found, err := cat.FindMany(ctx, list)
	if err != nil {
		return err
	}
	from := len(v.prizings)
	for i := range found {
		place := at[found[i].URN]
		is, why := standingOf(&found[i], runs)
		if v.standing[place] |= is; is&isPrized != 0 {
			v.prizings = append(v.prizings, placed{place, why})
		}
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.seq != seq || x.runs != runs {
		return nil
	}
	for _, place := range places {
		x.known[r.order[place].n] = v.standing[place]
	}
	for _, p := range v.prizings[from:] {
		x.prize[r.order[p.place].n] = p.prizing
	}
	return nil
}

func standingOf(a *catalog.Asset, t *tally) (is standing, why prizing) {
	if a.Usage != nil && a.Usage.Covered && !t.used(a.URN) {
		is |= isIdle
	}
	if c := a.Certification; c != nil {
		why.certified, why.until = true, c.Until
	}
	if a.Type == catalog.Dashboard {
		why.viewers = t.viewers(a.URN)
	}
	if why.certified || why.viewers > 0 {
		is |= isPrized
	}
	return is, why
}

// placed is a prizing and its place in the walk.
type placed struct {
	place uint32
	prizing
}

// settle finds the reasons that count now, the strongest first.
func (v *verdicts) settle(now time.Time) {
	for _, p := range v.prizings {
		if why, strength := p.why(now); strength > 0 {
			v.prized = append(v.prized, prized{p.place, strength, why})
		}
	}
	slices.SortFunc(v.prized, func(a, b prized) int {
		return cmp.Or(cmp.Compare(b.strength, a.strength), cmp.Compare(a.place, b.place))
	})
}

// certainly is stronger than any number of viewers.
const certainly = 1 << 40

// why says it in words, and how strong a reason it is; one that ran out is none.
func (p prizing) why(now time.Time) (string, int) {
	switch {
	case p.certified && (p.until.IsZero() || p.until.After(now)):
		return "certified", certainly
	case p.viewers > 0:
		return "viewed by " + counted(p.viewers, "person", "people") + " in 30 days", p.viewers
	}
	return "", 0
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// used reports whether anybody, a service too, used the asset in the window.
func (t *tally) used(u urn.URN) bool {
	x := t.uses[u]
	if x == nil {
		return false
	}
	for _, a := range x.actors {
		if a.queries > 0 {
			return true
		}
	}
	return false
}
