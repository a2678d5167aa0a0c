package graphql

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/urn"
)

// standings are how the use of every dataset stands. They follow the change log by a
// number of their own, so that a page of unused datasets does not read all of them.
// What stands there does not depend on the hour; how long ago something was read is
// said by the page, which reads the assets that it shows.
type standings struct {
	mu   sync.Mutex
	seq  catalog.Seq
	rows map[urn.URN]standingRow
}

// standingRow is what the list of unused datasets counts, chooses and orders by.
type standingRow struct {
	state       string
	zone        string
	owners      []string
	bytes, rows int64
}

// standingPage is how many changes are read at once.
const standingPage = 5000

// level brings the standings level with the change log. What is remembered does not
// depend on who asked first.
func (s *standings) level(ctx context.Context, p *Parts) error {
	ctx = access.With(ctx, access.System("unused datasets"))
	for {
		page, head, err := p.Catalog.Since(ctx, s.seq, standingPage)
		if err != nil {
			return err
		}
		if err := s.take(ctx, p, page); err != nil {
			return err
		}
		if len(page) < standingPage {
			s.seq = head
			return nil
		}
		s.seq = page[len(page)-1].Seq
	}
}

func (s *standings) take(ctx context.Context, p *Parts, page []catalog.Change) error {
	var list []urn.URN
	for _, c := range page {
		if c.Type == catalog.Dataset {
			delete(s.rows, c.URN)
			list = append(list, c.URN)
		}
	}
	found, err := p.Catalog.FindMany(ctx, list)
	if err != nil {
		return err
	}
	for i := range found {
		if a := &found[i]; live(a) {
			s.rows[a.URN] = standingOf(a, p)
		}
	}
	return nil
}

func standingOf(a *catalog.Asset, p *Parts) standingRow {
	r := standingRow{state: catalog.IdleOf(a, p.Now()).State, zone: a.Zone()}
	if a.Stats != nil {
		r.bytes, r.rows = known(a.Stats.Bytes), known(a.Stats.Rows)
	}
	if a.Owners != nil {
		for _, o := range a.Owners.List {
			r.owners = append(r.owners, o.User.Name())
		}
	}
	return r
}

func known(n *int64) int64 {
	if n == nil {
		return 0
	}
	return *n
}

func (r standingRow) wanted(n narrowed) bool {
	return (text(n.Zone) == "" || r.zone == *n.Zone) && (text(n.Owner) == "" || slices.Contains(r.owners, *n.Owner))
}

// ofState counts the datasets by state and returns those of one, the largest first,
// with their bytes in all.
func (s *standings) ofState(ctx context.Context, p *Parts, state string, n narrowed) (list []urn.URN, counts map[string]int32, bytes int64, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.rows == nil {
		s.rows = map[urn.URN]standingRow{}
	}
	if err := s.level(ctx, p); err != nil {
		return nil, nil, 0, err
	}
	counts = map[string]int32{}
	var found []sized
	for u, r := range s.rows {
		if !r.wanted(n) {
			continue
		}
		if counts[r.state]++; r.state == state {
			found = append(found, sized{u, r.bytes, r.rows})
			bytes += r.bytes
		}
	}
	slices.SortFunc(found, sized.before)
	for _, x := range found {
		list = append(list, x.urn)
	}
	return list, counts, bytes, nil
}

// sized is what the order of the list stands on.
type sized struct {
	urn         urn.URN
	bytes, rows int64
}

// before puts the larger first.
func (a sized) before(b sized) int {
	if c := cmp.Or(cmp.Compare(b.bytes, a.bytes), cmp.Compare(b.rows, a.rows)); c != 0 {
		return c
	}
	return cmp.Compare(a.urn, b.urn)
}
