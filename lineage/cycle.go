package lineage

// findCycles finds the sets of assets that feed each other in a circle, and returns
// for each asset in one how many they are. It does so by Tarjan's way, with a stack of
// its own: chains may be longer than a goroutine's stack likes.
func (s *snapshot) findCycles() map[uint32]int32 {
	t := tarjan{s: s, index: make([]uint32, s.len()), low: make([]uint32, s.len())}
	for n := range uint32(s.len()) {
		if t.index[n] == 0 && len(s.downs(n)) > 0 {
			t.visit(n)
		}
	}
	return t.out
}

type tarjan struct {
	s          *snapshot
	index, low []uint32 // by asset: order of the visit, from 1; the least index it leads back to; left for done ones
	count      uint32
	open       []uint32 // visited, and not yet in a set
	calls      []call
	out        map[uint32]int32
}

// call is one asset on the way, and how many of its neighbours are done.
type call struct {
	n    uint32
	done int
}

// left marks an asset whose set is known.
const left = ^uint32(0)

func (t *tarjan) enter(n uint32) {
	t.count++
	t.index[n], t.low[n] = t.count, t.count
	t.open = append(t.open, n)
	t.calls = append(t.calls, call{n: n})
}

func (t *tarjan) visit(root uint32) {
	for t.enter(root); len(t.calls) > 0; {
		c := &t.calls[len(t.calls)-1]
		if downs := t.s.downs(c.n); c.done < len(downs) {
			m := downs[c.done]
			c.done++
			switch {
			case t.index[m] == 0:
				t.enter(m)
			case t.low[m] != left:
				t.low[c.n] = min(t.low[c.n], t.index[m])
			}
			continue
		}
		n := c.n
		t.calls = t.calls[:len(t.calls)-1]
		if t.low[n] == t.index[n] {
			t.close(n)
		} else {
			before := t.calls[len(t.calls)-1].n
			t.low[before] = min(t.low[before], t.low[n])
		}
	}
}

// close takes the set that began with n from the open assets.
func (t *tarjan) close(n uint32) {
	at := len(t.open) - 1
	for t.open[at] != n {
		at--
	}
	set := t.open[at:]
	t.open = t.open[:at]
	for _, m := range set {
		t.low[m] = left
	}
	if len(set) < 2 {
		return
	}
	if t.out == nil {
		t.out = map[uint32]int32{}
	}
	for _, m := range set {
		t.out[m] = int32(len(set))
	}
}
