package gdpr

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/urn"
)

// draft turns what was found into acts.
type draft struct {
	search     *search
	request    Request
	options    PlanOptions
	rules      []Rule
	steps      []drafted
	parts      map[*table]*part
	sealed     map[string]string // sources that cannot be erased in, and why
	schema     map[string]string
	aggregates []Derived
}

type drafted struct {
	step Step
	act  catalog.Act
	gone []catalog.Rows
}

// part is what is to happen in one table.
type part struct {
	t      *table
	about  []hit
	others []hit  // shared, refers, mentions
	keep   string // why rows about the subject must stay; "" deletes them
	retain *Retention
	stay   *Retention // they stay under pseudonyms on this ground
	held   []string   // columns that are kept as they are
	forced []string   // columns that get a pseudonym though they may be empty
	nulls  []freed    // keys of rows that stay which point at rows that go
}

// freed is one key column that is emptied in some rows.
type freed struct {
	column string
	where  []catalog.Rows
}

func (d *draft) make(ctx context.Context) error {
	d.parts, d.sealed, d.schema = map[*table]*part{}, map[string]string{}, map[string]string{}
	for _, t := range d.search.order {
		if err := d.part(ctx, t); err != nil {
			return err
		}
	}
	if d.request.Kind == Access {
		return d.copies(ctx)
	}
	if err := d.unmet(); err != nil {
		return err
	}
	if err := d.settle(ctx); err != nil {
		return err
	}
	for _, source := range d.sources() {
		if err := d.search.d.Reach.CanErase(ctx, source); err != nil {
			d.sealed[source] = "found there, and nothing can be erased: " + because(err)
		}
		if err := d.source(ctx, source); err != nil {
			return err
		}
		var p Plan
		for _, x := range d.steps {
			p.Steps = append(p.Steps, x.step)
		}
		sum, err := d.search.d.fingerprint(ctx, source, p.planned(source))
		if err != nil {
			return err
		}
		d.schema[source] = sum
	}
	return d.stale(ctx)
}

// part reads the table as it is now and sorts what was found in it.
func (d *draft) part(ctx context.Context, t *table) error {
	columns, err := d.search.d.Reach.Columns(ctx, t.urn)
	if err != nil {
		return d.search.gap(ctx, t.urn, err)
	}
	t.columns = columns
	t.primary()
	p := &part{t: t}
	for _, h := range d.search.finds[t] {
		if h.related == about {
			p.about = append(p.about, h)
		} else {
			p.join(h)
		}
	}
	d.decide(p)
	if disjoint, err := d.disjoint(ctx, p); err != nil {
		return err
	} else if !disjoint && len(t.keys) > 0 {
		if err := d.apart(ctx, p); err != nil {
			return err
		}
	} else if !disjoint {
		// A row that is the subject's by one column and shared by another is shared.
		for _, h := range p.about {
			h.related, h.columns = shared, []string{h.where.Column}
			p.others = append(p.others, h)
		}
		p.about = nil
	}
	d.parts[t] = p
	return nil
}

// join adds rows that are not the subject's alone. Mentions in one column are one:
// a cell is rewritten once, whatever identities stand in it.
func (p *part) join(h hit) {
	same := func(o hit) bool {
		return h.how == byContained && o.how == byContained && h.related == mentions && o.related == mentions && slices.Equal(o.columns, h.columns)
	}
	i := slices.IndexFunc(p.others, same)
	switch {
	case i < 0:
		p.others = append(p.others, h)
	case p.others[i].where.Column == h.where.Column && p.others[i].where.How == catalog.Exact && h.where.How == catalog.Exact:
		p.others[i].where.Values = distinct(append(slices.Clone(p.others[i].where.Values), h.where.Values...))
	default:
		p.others[i].also = append(p.others[i].also, h.where)
	}
}

// disjoint reports whether no row is both about the subject and shared or referring.
func (d *draft) disjoint(ctx context.Context, p *part) (bool, error) {
	var with []catalog.Rows
	for _, h := range p.others {
		if h.related != mentions {
			with = append(with, h.where)
		}
	}
	if len(with) == 0 || len(p.about) == 0 {
		return true, nil
	}
	a, okA, err := d.search.count(ctx, p.t, wheres(p.about))
	if err != nil {
		return false, err
	}
	b, okB, err := d.search.count(ctx, p.t, with)
	if err != nil {
		return false, err
	}
	both, okC, err := d.search.count(ctx, p.t, append(wheres(p.about), with...))
	return okA && okB && okC && both == a+b, err
}

func wheres(list []hit) []catalog.Rows {
	out := make([]catalog.Rows, 0, len(list))
	for _, h := range list {
		out = append(append(out, h.where), h.also...)
	}
	return out
}

// settle finds the rows about the subject that cannot go: those at which rows that
// stay must go on pointing. What is kept keeps its own parents in turn.
func (d *draft) settle(ctx context.Context) error {
	for _, p := range d.parts {
		if p.retain != nil {
			p.keep = p.retain.Ground
		} else if p.stay != nil {
			p.keep = p.stay.Ground
		}
	}
	for moved := true; moved; {
		moved = false
		for _, t := range d.search.order {
			p := d.parts[t]
			if p == nil || len(p.about) == 0 || p.keep != "" {
				continue
			}
			why, err := d.heldBy(ctx, t)
			if err != nil {
				return err
			}
			if why != "" {
				p.keep, moved = why, true
			}
		}
	}
	// Only now it is known which rows stay, and so which of their keys are emptied.
	for _, t := range d.search.order {
		if p := d.parts[t]; p != nil && len(p.about) > 0 && p.keep == "" {
			if err := d.loosen(ctx, t); err != nil {
				return err
			}
		}
	}
	return nil
}

// heldBy says which rows that stay need the rows of t by a key that may not be empty.
func (d *draft) heldBy(ctx context.Context, t *table) (string, error) {
	for _, r := range d.search.e.to[t.urn] {
		p := d.parts[d.search.e.byURN[r.from]]
		if p == nil || slices.Contains(r.nullable, true) {
			continue
		}
		_, ok, err := d.pointing(ctx, p, r)
		if err != nil {
			return "", err
		}
		if ok {
			return "rows of " + r.from.Name() + " that stay refer to it", nil
		}
	}
	return "", nil
}

// loosen empties the nullable keys by which rows that stay point at rows of t.
func (d *draft) loosen(ctx context.Context, t *table) error {
	for _, r := range d.search.e.to[t.urn] {
		p := d.parts[d.search.e.byURN[r.from]]
		i := slices.Index(r.nullable, true)
		if p == nil || i < 0 {
			continue
		}
		where, ok, err := d.pointing(ctx, p, r)
		if err != nil {
			return err
		}
		if ok {
			p.free(freed{r.columns[i], where})
		}
	}
	return nil
}

// free remembers a key that is to be emptied, for all tables that it points at.
func (p *part) free(f freed) {
	i := slices.IndexFunc(p.nulls, func(x freed) bool { return x.column == f.column })
	if i < 0 {
		p.nulls = append(p.nulls, f)
		return
	}
	for _, w := range f.where {
		if !slices.ContainsFunc(p.nulls[i].where, func(x catalog.Rows) bool { return fmt.Sprint(x) == fmt.Sprint(w) }) {
			p.nulls[i].where = append(p.nulls[i].where, w)
		}
	}
}

// pointing names the rows of p that stay and point at the subject's rows by r.
func (d *draft) pointing(ctx context.Context, p *part, r relation) (where []catalog.Rows, ok bool, err error) {
	target := d.search.e.byURN[r.to]
	own, ok, err := d.owned(ctx, target, r)
	if err != nil || !ok {
		return nil, false, err
	}
	staying := slices.DeleteFunc(slices.Clone(p.others), func(h hit) bool { return h.related == mentions })
	if p.keep != "" && r.from != r.to {
		staying = append(staying, p.about...)
	}
	keys := p.t.keys
	if len(keys) == 0 {
		keys = r.columns
	}
	rows, ok, err := d.search.values(ctx, p.t, wheres(staying), append(slices.Clone(keys), r.columns...)...)
	if err != nil || !ok {
		return nil, false, err
	}
	var named [][]string
	for _, row := range rows {
		if own[strings.Join(row[len(keys):], "\x00")] {
			named = append(named, row[:len(keys)])
		}
	}
	by := &table{urn: p.t.urn, keys: keys}
	return by.byKeys(named), len(named) > 0, nil
}

// owned are the values by which rows that go can be pointed at.
func (d *draft) owned(ctx context.Context, target *table, r relation) (map[string]bool, bool, error) {
	p := d.parts[target]
	if p == nil || len(p.about) == 0 {
		return nil, false, nil
	}
	rows, ok, err := d.search.values(ctx, target, wheres(p.about), r.targets...)
	own := map[string]bool{}
	for _, row := range rows {
		if !slices.Contains(row, "") {
			own[strings.Join(row, "\x00")] = true
		}
	}
	return own, ok, err
}

// sources lists the sources of the parts: those with originals before those with
// copies.
func (d *draft) sources() []string {
	copies, all := map[string]int{}, map[string]int{}
	for t := range d.parts {
		all[t.source]++
		if slices.ContainsFunc(d.search.paths, func(x Derived) bool { return x.Dataset == t.urn }) {
			copies[t.source]++
		}
	}
	var out []string
	for s := range all {
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b string) int {
		// share of copies, compared without fractions
		if c := copies[a]*all[b] - copies[b]*all[a]; c != 0 {
			return c
		}
		return strings.Compare(a, b)
	})
	return out
}

// planned lists the datasets of a source that have steps.
func (p Plan) planned(source string) (out []urn.URN) {
	for _, s := range p.Steps {
		if s.Source == source && !slices.Contains(out, s.Dataset) {
			out = append(out, s.Dataset)
		}
	}
	slices.Sort(out)
	return out
}

// source drafts the acts of one source in the order in which they run: first what
// frees rows that stay, then the deletes, children first, then what is left.
func (d *draft) source(ctx context.Context, source string) error {
	var list []*part
	for _, t := range d.search.order {
		if p := d.parts[t]; p != nil && t.source == source {
			list = append(list, p)
		}
	}
	for _, p := range list {
		if err := d.others(ctx, p, false); err != nil {
			return err
		}
		if err := d.kept(ctx, p); err != nil {
			return err
		}
	}
	if err := d.deletes(ctx, list); err != nil {
		return err
	}
	for _, p := range list {
		if err := d.others(ctx, p, true); err != nil {
			return err
		}
	}
	return nil
}

// earlier names the rows that where would meet and that acts drafted before it have
// deleted or changed by then, so that they no longer do.
func (d *draft) earlier(t *table, where []catalog.Rows) (gone []catalog.Rows) {
	var by []string
	for _, w := range where {
		by = append(by, w.Column)
		for _, and := range w.And {
			by = append(by, and.Column)
		}
	}
	for _, x := range d.steps {
		changed := x.act.Action == catalog.DeleteRows || x.act.Action != catalog.RetainRows && meet(x.act.Columns, by)
		if x.act.Dataset == t.urn && changed {
			gone = append(gone, x.act.Where...)
		}
	}
	return gone
}

// add drafts one act with its exact count. Rows that earlier acts of the same
// transaction removed, and those of except, do not count.
func (d *draft) add(ctx context.Context, p *part, h hit, where, except []catalog.Rows, a catalog.Act, ground string) error {
	gone := append(d.earlier(p.t, where), except...)
	n, ok, err := d.search.count(ctx, p.t, append(slices.Clone(where), gone...))
	if err != nil || !ok {
		return err
	}
	minus, ok, err := d.search.count(ctx, p.t, gone)
	if err != nil || !ok || n == minus {
		return err
	}
	a.Dataset, a.Where, a.Want = p.t.urn, where, n-minus
	st := Step{
		Source: p.t.source, Dataset: p.t.urn, Action: a.Action, Columns: append([]string{}, a.Columns...), Rows: a.Want, Ground: ground,
		Related: string(h.related), Reached: h.how, Path: append([]string{}, h.path...),
	}
	if a.Action == catalog.DeleteRows || a.Action == catalog.RetainRows {
		st.Columns = matched(where, p.t)
		if len(a.Columns) > 0 {
			st.Columns, st.Kept = a.Columns, a.Columns
		}
	}
	if p.retain != nil {
		st.Until = p.retain.Until
	} else if p.stay != nil && h.related == about {
		st.Until = p.stay.Until
	}
	d.steps = append(d.steps, drafted{st, a, gone})
	return nil
}

// fingerprint is a hash over planned tables of a source and the keys around them,
// as they are now: a change of schema ends a plan.
func (d *Desk) fingerprint(ctx context.Context, source string, datasets []urn.URN) (string, error) {
	var lines []string
	for _, u := range datasets {
		columns, err := d.Reach.Columns(ctx, u)
		if err != nil {
			lines = append(lines, string(u)+" cannot be read")
			continue
		}
		for _, c := range columns {
			lines = append(lines, fmt.Sprintf("%s %s %s %t %t", u, c.Name, c.Type, c.Required, c.PrimaryKey))
		}
	}
	relations, err := d.Reach.Relations(ctx, source)
	if err != nil {
		lines = append(lines, source+" keys cannot be read")
	}
	for _, r := range relations {
		if slices.Contains(datasets, r.From.Dataset) || slices.Contains(datasets, r.To.Dataset) {
			lines = append(lines, fmt.Sprintf("%s %s > %s %s %t %s", r.From.Dataset, r.From.Column, r.To.Dataset, r.To.Column, r.Nullable, r.OnDelete))
		}
	}
	slices.Sort(lines)
	text, _ := json.Marshal(lines) // strings marshal
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), ctx.Err()
}
