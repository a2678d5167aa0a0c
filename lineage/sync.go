package lineage

import (
	"context"
	"slices"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
)

// Sync reads what changed since the last time and rewrites what those assets
// contribute; the snapshot changes in the rows that differ and nowhere else. It may
// die anywhere and run twice.
func (g *Graph) Sync(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "sync lineage")
	g.writing.Lock()
	defer g.writing.Unlock()
	at, err := g.cat.Cursor(ctx, cursorName)
	if err != nil {
		return err
	}
	if err := g.settle(ctx, at); err != nil {
		return err
	}
	var n *names
	err = g.cat.Follow(ctx, cursorName, func(ctx context.Context, page []catalog.Change) error {
		page = slices.DeleteFunc(page, func(c catalog.Change) bool { return !contributes(c) })
		if len(page) == 0 {
			return nil
		}
		n = nil // what an earlier page read of a dataset may have changed since
		if slices.ContainsFunc(page, hasSQL) {
			if n, err = g.names(ctx); err != nil {
				return err
			}
		}
		return g.rewrite(ctx, n, page, at == 0)
	})
	if err != nil {
		return err
	}
	return g.reread(ctx, n)
}

// silent are the types of assets that never say anything about lineage.
var silent = []catalog.Type{catalog.Term, catalog.Domain, catalog.Tag, catalog.User, catalog.Group, catalog.Product, catalog.Source}

// contributes reports whether a changed asset says, or may have said, anything.
func contributes(c catalog.Change) bool { return !slices.Contains(silent, c.Type) }

// hasSQL reports whether names in a text have to be understood for a changed asset:
// only then all datasets are looked through.
func hasSQL(c catalog.Change) bool {
	return slices.ContainsFunc(c.Facts, func(f catalog.Fact) bool {
		return f.Aspect == catalog.AspectDefinition || f.Aspect == catalog.AspectStatement
	})
}

// rewrite replaces the contributions of the changed assets and shows them. On the
// first reading of the log, what an asset says counts since the asset was made.
func (g *Graph) rewrite(ctx context.Context, n *names, page []catalog.Change, first bool) error {
	list := make([]urn.URN, 0, len(page))
	for _, c := range page {
		if !c.Removed {
			list = append(list, c.URN)
		}
	}
	found, err := g.cat.FindMany(ctx, list)
	if err != nil {
		return err
	}
	if err := g.wait(ctx, page, found); err != nil {
		return err
	}
	says := map[urn.URN]*contribution{}
	for i := range found {
		if c, ok := g.contribution(n, &found[i]); ok {
			c.By = found[i].URN
			c.tidy()
			says[found[i].URN] = &c
		}
	}
	if n != nil && n.failed() != nil {
		return n.failed()
	}
	todo, err := g.differing(ctx, page, says, first)
	if err != nil {
		return err
	}
	if len(todo) > 0 {
		if err := g.write(ctx, todo); err != nil {
			return err
		}
	}
	return g.show(ctx)
}

// differing finds what has to be written: most changes are of use and words, and
// say nothing new about lineage.
func (g *Graph) differing(ctx context.Context, page []catalog.Change, says map[urn.URN]*contribution, first bool) (out []*revision, err error) {
	err = g.store.View(ctx, func(r kv.Reader) error {
		out = nil
		for _, c := range page {
			v, err := g.revise(r, c.URN, says[c.URN], first)
			if err != nil {
				return err
			}
			if v != nil {
				out = append(out, v)
			}
		}
		return nil
	})
	return out, err
}

// tidy gives every link its origin and every pair of columns its link, and says
// nothing twice.
func (c *contribution) tidy() {
	for i := range c.Links {
		if c.Links[i].Origin == "" {
			c.Links[i].Origin = c.Origin
		}
	}
	at := map[said]int{}
	kept := c.Links[:0]
	for _, l := range c.Links {
		key := said{Up: l.Up, Down: l.Down, Origin: l.Origin}
		if i, twice := at[key]; twice {
			kept[i].Confidence, kept[i].Marks = max(kept[i].Confidence, l.Confidence), kept[i].Marks|l.Marks
			continue
		}
		at[key] = len(kept)
		kept = append(kept, l)
	}
	c.Links = kept
	c.linkPairs()
}

// linkPairs adds the edges that only pairs of columns tell of.
func (c *contribution) linkPairs() {
	linked := map[[2]urn.URN]bool{}
	sure := float32(surePartial)
	for _, l := range c.Links {
		if l.Origin != fromRefutation {
			linked[[2]urn.URN{l.Up, l.Down}] = true
			sure = max(sure, l.Confidence)
		}
	}
	for _, p := range c.Pairs {
		if key := [2]urn.URN{p.Up, p.Down}; !linked[key] {
			linked[key] = true
			c.Links = append(c.Links, said{Up: p.Up, Down: p.Down, Origin: c.Origin, Confidence: sure})
		}
	}
}

// contribution is what an asset says about lineage: a statement its parse, a view
// or chart its text, and anything its declared flow.
func (g *Graph) contribution(n *names, a *catalog.Asset) (contribution, bool) {
	var c contribution
	if a.Status != nil && !a.Status.Removed.IsZero() {
		return c, false
	}
	switch {
	case a.Statement != nil:
		r := reading{facts: *a.Statement}
		r.copies = copiesOf(n, a.Statement)
		c = r.contribution(FromLog, sureLog, a.Statement.First.Unix())
	case a.Definition != nil && a.Definition.SQL != "":
		c = g.definition(n, a)
	}
	if a.Flow != nil {
		declared(&c, a)
	}
	if a.Refuted != nil {
		refutations(&c, a)
	}
	return c, len(c.Links)+len(c.Pairs) > 0
}

// definition is what the text of a view or chart says.
func (g *Graph) definition(n *names, a *catalog.Asset) contribution {
	return n.defined(a).contribution(FromDefinition, sureDefinition, a.Created.Unix())
}

// copiesOf finds the outputs into which every column of the one input goes unchanged.
func copiesOf(n *names, f *catalog.StatementFacts) map[urn.URN]bool {
	out := map[urn.URN]bool{}
	if len(f.Inputs) != 1 || len(f.Outputs) != 1 {
		return out
	}
	columns := len(n.describe(f.Inputs[0]).table.Columns)
	same := 0
	for _, c := range f.Columns {
		if c.Subtype != "IDENTITY" {
			return out
		}
		same++
	}
	out[f.Outputs[0]] = columns > 0 && same >= columns
	return out
}

// declared adds the flow that a source, an import or a person gave.
func declared(c *contribution, a *catalog.Asset) {
	origin, sure := flowOrigin(a)
	outputs := a.Flow.Outputs
	if len(outputs) == 0 {
		outputs = []urn.URN{a.URN}
	}
	if c.Origin == "" {
		c.Origin, c.First = origin, a.Created.Unix()
	}
	for _, down := range outputs {
		for _, up := range a.Flow.Inputs {
			l := said{Up: up, Down: down, Origin: origin, Confidence: sure}
			if a.Flow.Complete {
				l.Marks = isComplete
			}
			c.Links = append(c.Links, l)
		}
	}
	for _, p := range a.Flow.Columns {
		down := p.To.Dataset
		if down == "" {
			down = outputs[0]
		}
		c.Pairs = append(c.Pairs, pairSaid{Up: p.From.Dataset, UpColumn: p.From.Column, Down: down, DownColumn: p.To.Column, Subtype: "IDENTITY"})
	}
}

func flowOrigin(a *catalog.Asset) (Origin, float32) {
	if a.Type == catalog.Dashboard || a.Type == catalog.Chart {
		return FromDashboard, sureDashboard
	}
	for _, f := range a.Said {
		if f.Aspect != catalog.AspectFlow {
			continue
		}
		if f.Author == catalog.People {
			return FromPeople, sureTold
		}
		if _, ok := f.Author.SourceName(); ok {
			return FromSource, sureTold
		}
	}
	return FromImport, sureImport
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
