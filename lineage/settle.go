package lineage

import (
	"context"
	"encoding/binary"
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
)

// settledKey is where the stamp of the coverage stands with which the names of all
// statements were last looked up.
var settledKey = []byte("coverage")

// settle looks up the names of statements and definitions again where crawls have
// learned what names mean: stubs go away that are no tables, and what was said of a
// partition is said of its table. at is how far the graph has read the change log.
func (g *Graph) settle(ctx context.Context, at catalog.Seq) error {
	stamp, err := g.cat.CoverageStamp(ctx)
	if err != nil {
		return err
	}
	var done uint64
	err = g.store.View(ctx, func(r kv.Reader) error {
		val, ok, err := r.Get(bucketSettled, settledKey)
		if ok && len(val) == 8 {
			done = binary.BigEndian.Uint64(val)
		}
		return err
	})
	if err != nil || stamp == done {
		return err
	}
	n, err := g.names(ctx)
	if err != nil {
		return err
	}
	platforms := n.tables.platforms()
	if err := g.settleStatements(ctx, n, platforms); err != nil {
		return err
	}
	if err := g.settleStubs(ctx, n, platforms); err != nil {
		return err
	}
	if at > 0 { // else the graph reads them all in a moment
		if err := g.settleDefinitions(ctx, n, platforms); err != nil {
			return err
		}
	}
	if err := n.failed(); err != nil {
		return err
	}
	return g.store.Update(ctx, func(w kv.Writer) error {
		return w.Put(bucketSettled, settledKey, binary.BigEndian.AppendUint64(nil, stamp))
	})
}

// platforms are those of the scopes that were listed to their end.
func (t *tables) platforms() (out []string) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	for _, c := range t.covers {
		if !slices.Contains(out, c.Platform) {
			out = append(out, c.Platform)
		}
	}
	return out
}

// settleStatements gives the facts of statements the assets that their names mean now.
func (g *Graph) settleStatements(ctx context.Context, n *names, platforms []string) error {
	batch := catalog.Batch{Author: catalog.Lineage, Run: "names settled"}
	for a, err := range g.cat.List(ctx, catalog.Filter{Types: []catalog.Type{catalog.Query}}) {
		if err != nil {
			return err
		}
		if a.Statement == nil || !slices.Contains(platforms, a.Statement.Platform) {
			continue
		}
		if f, moved := g.renamed(n, a.Statement); moved {
			batch.Assets = append(batch.Assets, catalog.Asset{URN: a.URN, Type: a.Type, Statement: &f})
		}
	}
	return g.applyAll(ctx, batch)
}

// renamed returns the facts of a statement with its names looked up again.
func (g *Graph) renamed(n *names, f *catalog.StatementFacts) (catalog.StatementFacts, bool) {
	log := catalog.Log{Source: f.Source, Platform: f.Platform, Instance: f.Instance, Dialect: f.Dialect, DefaultDB: f.DefaultDB, DefaultSchema: f.DefaultSchema}
	w := within{names: n, log: log, text: strings.ToLower(f.Text), noted: map[urn.URN]bool{}}
	means := map[urn.URN]urn.URN{}
	for _, u := range slices.Concat(f.Inputs, f.Outputs) {
		if u.Platform() == f.Platform && u.Kind() == urn.KindDataset && !n.has(u) {
			if is := w.assetOf(u.Name()); is != u {
				means[u] = is
			}
		}
	}
	if len(means) == 0 {
		return *f, false
	}
	out := withNames(f, means)
	for u := range w.noted {
		out.Absent = merge(slices.Clip(out.Absent), []urn.URN{u})
	}
	slices.Sort(out.Absent)
	out.Stamp = n.stamp(g.Reader, slices.Concat(out.Inputs, out.Outputs, out.Absent))
	return out, true
}

// withNames puts other assets in the place of some, and leaves out what is said of those
// that are "".
func withNames(f *catalog.StatementFacts, means map[urn.URN]urn.URN) catalog.StatementFacts {
	to := func(u urn.URN) urn.URN {
		if is, ok := means[u]; ok {
			return is
		}
		return u
	}
	all := func(list []urn.URN) (out []urn.URN) {
		for _, u := range list {
			if u = to(u); u != "" {
				out = merge(out, []urn.URN{u})
			}
		}
		return out
	}
	out := *f
	out.Inputs, out.Outputs, out.Columns, out.Reads, out.Joins = all(f.Inputs), all(f.Outputs), nil, nil, nil
	for _, c := range f.Columns {
		if c.From.Dataset, c.To.Dataset = to(c.From.Dataset), to(c.To.Dataset); c.From.Dataset != "" && c.To.Dataset != "" {
			out.Columns = append(out.Columns, c)
		}
	}
	for _, r := range f.Reads {
		if r.Column.Dataset = to(r.Column.Dataset); r.Column.Dataset != "" {
			out.Reads = append(out.Reads, r)
		}
	}
	for _, j := range f.Joins {
		if j.From.Dataset, j.To.Dataset = to(j.From.Dataset), to(j.To.Dataset); j.From.Dataset != "" && j.To.Dataset != "" {
			out.Joins = append(out.Joins, j)
		}
	}
	return out
}

// settleStubs removes the stubs that are no tables, and says of the others whether a
// recipe leaves them out.
func (g *Graph) settleStubs(ctx context.Context, n *names, platforms []string) error {
	gone := catalog.Batch{Author: catalog.Lineage, Run: "names settled"}
	stays := gone
	for _, p := range platforms {
		for a, err := range g.cat.List(ctx, catalog.Filter{Types: []catalog.Type{catalog.Dataset}, Platform: p, Author: catalog.Lineage}) {
			if err != nil {
				return err
			}
			if a.Status == nil || !a.Status.Stub {
				continue
			}
			log := catalog.Log{Platform: p, DefaultSchema: "public"}
			_, part := n.tables.partOf(p, a.URN.Name())
			switch {
			case part || ofServer(log, a.URN.Name()) || n.tables.absent(log, a.URN.Name()):
				gone.Removed = append(gone.Removed, a.URN)
			case n.tables.left(a.URN) != a.Status.LeftOut:
				stays.Assets = append(stays.Assets, n.stub(a.URN))
			}
		}
	}
	for part := range slices.Chunk(gone.Removed, writeBatch) {
		if _, err := g.cat.Apply(ctx, catalog.Batch{Author: gone.Author, Run: gone.Run, Removed: part}); err != nil {
			return err
		}
	}
	return g.applyAll(ctx, stays)
}

// settleDefinitions reads the texts of views and charts again.
func (g *Graph) settleDefinitions(ctx context.Context, n *names, platforms []string) error {
	filters := []catalog.Filter{{Types: []catalog.Type{catalog.Chart}}}
	for _, p := range platforms {
		filters = append(filters, catalog.Filter{Types: []catalog.Type{catalog.Dataset}, Platform: p})
	}
	for _, f := range filters {
		var page []catalog.Change
		for a, err := range g.cat.List(ctx, f) {
			if err != nil {
				return err
			}
			if a.Definition != nil && a.Definition.SQL != "" {
				page = append(page, catalog.Change{URN: a.URN, Type: a.Type})
			}
		}
		for part := range slices.Chunk(page, writeBatch) {
			if err := g.rewrite(ctx, n, part, false); err != nil {
				return err
			}
		}
	}
	return nil
}
