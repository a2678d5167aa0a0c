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
	search  *search
	request Request
	options PlanOptions
	steps   []drafted
	parts   map[*table]*part
	sealed  map[string]string // sources that cannot be erased in, and why
	schema  map[string]string
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
	nulls  []freed // keys of rows that stay which point at rows that go
}

// freed is one key column that is emptied in some rows.
type freed struct {
	column string
	where  catalog.Rows
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
	return nil
}

// part reads the table as it is now and sorts what was found in it.
func (d *draft) part(ctx context.Context, t *table) error {
	columns, err := d.search.d.Reach.Columns(ctx, t.urn)
	if err != nil {
		return d.search.gap(ctx, t.urn, err)
	}
	t.columns = columns
	p := &part{t: t}
	for _, h := range d.search.finds[t] {
		if h.related == about {
			p.about = append(p.about, h)
		} else {
			p.others = append(p.others, h)
		}
	}
	if i := slices.IndexFunc(d.options.Retain, func(r Retention) bool { return r.Dataset == t.urn }); i >= 0 {
		p.retain = &d.options.Retain[i]
	}
	if disjoint, err := d.disjoint(ctx, p); err != nil {
		return err
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
	out := make([]catalog.Rows, len(list))
	for i, h := range list {
		out[i] = h.where
	}
	return out
}

// settle finds the rows about the subject that cannot go: those at which rows that
// stay must go on pointing. What is kept keeps its own parents in turn.
func (d *draft) settle(ctx context.Context) error {
	for _, p := range d.parts {
		if p.retain != nil {
			p.keep = p.retain.Ground
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
	return nil
}

// heldBy says which rows that stay need the rows of t. Where they need them by a
// nullable key, that key is to be emptied instead.
func (d *draft) heldBy(ctx context.Context, t *table) (string, error) {
	for _, r := range d.search.e.to[t.urn] {
		p := d.parts[d.search.e.byURN[r.from]]
		if p == nil {
			continue
		}
		where, ok, err := d.pointing(ctx, p, r)
		if err != nil {
			return "", err
		}
		if !ok {
			continue
		}
		i := slices.Index(r.nullable, true)
		if i < 0 {
			return "rows of " + r.from.Name() + " that stay refer to it", nil
		}
		p.free(freed{r.columns[i], where})
	}
	return "", nil
}

// free remembers a key that is to be emptied; the newest finding for a column counts.
func (p *part) free(f freed) {
	if i := slices.IndexFunc(p.nulls, func(x freed) bool { return x.column == f.column }); i >= 0 {
		p.nulls[i] = f
		return
	}
	p.nulls = append(p.nulls, f)
}

// pointing names the rows of p that stay and point at the subject's rows by r.
func (d *draft) pointing(ctx context.Context, p *part, r relation) (where catalog.Rows, ok bool, err error) {
	own := d.search.ids[string(r.to)+"\x00"+r.targets[0]]
	staying := slices.DeleteFunc(slices.Clone(p.others), func(h hit) bool { return h.related == mentions })
	if p.keep != "" && r.from != r.to {
		staying = append(staying, p.about...)
	}
	name := r.columns[0]
	if p.t.pk != "" {
		name = p.t.pk
	}
	rows, ok, err := d.search.values(ctx, p.t, wheres(staying), name, r.columns[0])
	if err != nil || !ok {
		return where, false, err
	}
	var ids []string
	for _, row := range rows {
		if own[row[1]] {
			ids = append(ids, row[0])
		}
	}
	return exact(p.t, name, distinct(ids)), len(ids) > 0, nil
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

// add drafts one act with its exact count; rows that an earlier act of the same
// transaction removes are passed as gone.
func (d *draft) add(ctx context.Context, p *part, h hit, where, gone []catalog.Rows, a catalog.Act, ground string) error {
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
	}
	if p.retain != nil {
		st.Until = p.retain.Until
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
