package lineage

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// Happening is what becomes of an asset or of one of its columns.
type Happening string

// The happenings.
const (
	Gone    Happening = "gone"    // dropped or renamed: whoever names it fails
	Altered Happening = "altered" // another type or meaning: whoever reads it gets other values
)

// The severities of an impact, worst first: lineage.md section 11.
const (
	Breaks        = "breaks"         // a value that flows there is gone, or a statement names what is gone
	ChangesValues = "changes values" // a value that flows there has another type or meaning
	MayChange     = "may change"     // indirect, or known by table only
)

var severities = []string{Breaks, ChangesValues, MayChange}

// Severities lists the severities, worst first.
func Severities() []string { return slices.Clone(severities) }

func grade(severity string) int { return slices.Index(severities, severity) }

// reach is how a change to one asset or column spreads through a trace.
type reach struct {
	out     map[urn.URN][]urn.URN
	pairs   map[catalog.ColumnRef][]Pair
	byTable map[[2]urn.URN]bool // edges of which no column is known
	got     map[urn.URN]*reached
	order   []*reached
	seen    map[wave]bool
	queue   []wave
}

// reached is one asset at which the change arrives.
type reached struct {
	urn     urn.URN
	from    urn.URN // before it on a shortest way
	depth   int
	columns []string
	direct  bool // a value flows into one of its columns
	named   bool // it names what is changed
}

// wave is one step of the spread: a column, or "" for the asset as a whole.
type wave struct {
	at     catalog.ColumnRef
	direct bool
}

// spread follows a change of root, or of one of its columns, through the trace.
func spread(t Trace, root urn.URN, column string) *reach {
	r := &reach{out: map[urn.URN][]urn.URN{}, pairs: map[catalog.ColumnRef][]Pair{}, byTable: map[[2]urn.URN]bool{}, got: map[urn.URN]*reached{}, seen: map[wave]bool{}}
	for _, e := range t.Edges {
		r.out[e.Up] = append(r.out[e.Up], e.Down)
		r.byTable[[2]urn.URN{e.Up, e.Down}] = true
	}
	for _, p := range t.Pairs {
		at := catalog.ColumnRef{Dataset: p.Up, Column: p.UpColumn}
		r.pairs[at] = append(r.pairs[at], p)
		if p.DownColumn != "" {
			delete(r.byTable, [2]urn.URN{p.Up, p.Down})
		}
	}
	r.got[root] = &reached{urn: root}
	r.start(t, root, column)
	for len(r.queue) > 0 {
		w := r.queue[0]
		r.queue = r.queue[1:]
		r.step(w)
	}
	return r
}

func (r *reach) start(t Trace, root urn.URN, column string) {
	if column != "" {
		r.push(wave{catalog.ColumnRef{Dataset: root, Column: column}, true})
		return
	}
	for _, p := range t.Pairs {
		if p.Up == root {
			r.push(wave{catalog.ColumnRef{Dataset: root, Column: p.UpColumn}, true})
		}
	}
	for _, down := range r.out[root] { // whoever reads the asset names it
		if down != root {
			r.arrive(down, root, "", false).named = true
		}
	}
	r.push(wave{catalog.ColumnRef{Dataset: root}, false})
}

func (r *reach) push(w wave) {
	if r.seen[w] || r.seen[wave{w.at, true}] {
		return
	}
	r.seen[w] = true
	r.queue = append(r.queue, w)
}

// step goes on from one column, or from an asset as a whole.
func (r *reach) step(w wave) {
	here := r.got[w.at.Dataset]
	for _, p := range r.pairs[w.at] {
		if p.Down == w.at.Dataset {
			continue
		}
		direct := w.direct && !p.Indirect
		to := r.arrive(p.Down, w.at.Dataset, p.DownColumn, direct)
		to.named = to.named || here.depth == 0
		r.push(wave{catalog.ColumnRef{Dataset: p.Down, Column: p.DownColumn}, direct})
	}
	for _, down := range r.out[w.at.Dataset] {
		if down != w.at.Dataset && (w.at.Column == "" || r.byTable[[2]urn.URN{w.at.Dataset, down}]) {
			r.arrive(down, w.at.Dataset, "", false)
			r.push(wave{catalog.ColumnRef{Dataset: down}, false})
		}
	}
}

// arrive notes that the change comes to an asset from another.
func (r *reach) arrive(at, from urn.URN, column string, direct bool) *reached {
	x, ok := r.got[at]
	if !ok {
		x = &reached{urn: at, from: from, depth: r.got[from].depth + 1}
		r.got[at] = x
		r.order = append(r.order, x)
	}
	if column != "" && !slices.Contains(x.columns, column) {
		x.columns = append(x.columns, column)
	}
	x.direct = x.direct || direct
	return x
}

// path is a shortest way from the root to an asset.
func (r *reach) path(x *reached) []urn.URN {
	path := []urn.URN{x.urn}
	for x.depth > 0 {
		x = r.got[x.from]
		path = append(path, x.urn)
	}
	slices.Reverse(path)
	return path
}

// severity is how bad it is, before anybody asks whom it hurts.
func (x *reached) severity(h Happening) string {
	switch {
	case h == Gone && (x.direct || x.named):
		return Breaks
	case x.direct:
		return ChangesValues
	}
	return MayChange
}

// weighed is how many assets are looked at for who depends on them; those further
// away keep the severity of their kind.
const weighed = 2000

// affected grades everything that the change reaches, worst first.
func (g *Graph) affected(ctx context.Context, r *reach, h Happening) ([]Affected, error) {
	near := r.order[:min(weighed, len(r.order))]
	list := make([]urn.URN, len(near))
	for i, x := range near {
		list[i] = x.urn
	}
	found, err := g.cat.FindMany(ctx, list)
	if err != nil {
		return nil, err
	}
	t := g.runs.Load()
	prized, idle := map[urn.URN]string{}, map[urn.URN]bool{}
	for i := range found {
		a := &found[i]
		if why := prize(a, t, g.Now()); why != "" {
			prized[a.URN] = why
		}
		idle[a.URN] = a.Usage != nil && a.Usage.Covered && !t.used(a.URN)
	}
	prized = r.upstreamOf(prized)
	out := make([]Affected, len(r.order))
	for i, x := range r.order {
		out[i] = Affected{URN: x.urn, Depth: x.depth, Severity: x.severity(h), Path: r.path(x), Columns: x.columns}
		out[i].adjust(prized[x.urn], idle[x.urn])
	}
	slices.SortStableFunc(out, func(a, b Affected) int {
		return cmp.Or(cmp.Compare(grade(a.Severity), grade(b.Severity)), cmp.Compare(a.Depth, b.Depth))
	})
	return out, nil
}

// prize says why people would notice if an asset broke, or nothing.
func prize(a *catalog.Asset, t *tally, now time.Time) string {
	if a.Certification != nil && (a.Certification.Until.IsZero() || a.Certification.Until.After(now)) {
		return "certified"
	}
	if n := t.viewers(a.URN); a.Type == catalog.Dashboard && n > 0 {
		return "viewed by " + counted(n, "person", "people") + " in 30 days"
	}
	return ""
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// upstreamOf gives every reached asset that leads to a prized one a reason too.
func (r *reach) upstreamOf(prized map[urn.URN]string) map[urn.URN]string {
	up := map[urn.URN][]urn.URN{}
	for u := range r.got {
		for _, down := range r.out[u] {
			up[down] = append(up[down], u)
		}
	}
	out := map[urn.URN]string{}
	queue := []urn.URN{}
	for _, x := range r.order { // in the order of the walk, so that answers repeat
		if why := prized[x.urn]; why != "" {
			out[x.urn] = why
			queue = append(queue, x.urn)
		}
	}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for _, u := range up[at] {
			if _, known := out[u]; !known {
				out[u] = "something " + prizedWord(prized[at], out[at]) + " depends on it"
				queue = append(queue, u)
			}
		}
	}
	return out
}

// prizedWord is why the prized asset at the end of a way is prized.
func prizedWord(own, inherited string) string {
	if own != "" {
		return own
	}
	const before, behind = len("something "), len(" depends on it")
	return inherited[before : len(inherited)-behind]
}

// adjust moves the severity one step: up for what people rely on, down for what
// nobody used where the log would know.
func (a *Affected) adjust(prize string, idle bool) {
	at := grade(a.Severity)
	switch {
	case prize != "":
		a.Why = append(a.Why, prize)
		at--
	case idle:
		a.Why = append(a.Why, "unused for 90 days")
		at++
	}
	a.Severity = severities[max(0, min(at, len(severities)-1))]
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
