package lineage

import (
	"context"
	"slices"
	"strings"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// Refute notes that a person says that no data flows from up into down, and why. The
// edge stays and is marked; impact and traces leave it out until it is withdrawn.
// It returns fault.NotFound where there is no such edge, and fault.Conflict where it
// is refuted already.
func (g *Graph) Refute(ctx context.Context, up, down urn.URN, reason string) (err error) {
	defer fault.Wrap(&err, "refute the edge from %s", up)
	if reason = strings.TrimSpace(reason); reason == "" {
		return fault.Invalid.Errorf("a refutation needs a reason")
	}
	if _, err := g.sight(ctx, g.Now(), up, down); err != nil {
		return err
	}
	if !g.said(up, down) {
		return fault.NotFound.Errorf("no data is said to flow from it into %s", down)
	}
	_, err = g.cat.Edit(ctx, down, access.Edit, "refuted: "+reason, func(a *catalog.Asset) error {
		if a.Refuted == nil {
			a.Refuted = &catalog.Refuted{}
		}
		if a.Refuted.At(up) >= 0 {
			return fault.Conflict.Errorf("it is refuted already")
		}
		who, _ := access.From(ctx)
		a.Refuted.Edges = append(a.Refuted.Edges, catalog.Refutation{Up: up, By: who.User, Reason: reason, At: g.Now().UTC()})
		return nil
	})
	return err
}

// said reports whether anybody says an edge.
func (g *Graph) said(up, down urn.URN) bool {
	s := g.now.Load()
	u, ok := s.find(up)
	d, known := s.find(down)
	return ok && known && slices.Contains(s.ups(d), u)
}

// Withdraw takes a refutation back. It returns fault.NotFound where there is none.
func (g *Graph) Withdraw(ctx context.Context, up, down urn.URN) (err error) {
	defer fault.Wrap(&err, "withdraw the refutation of the edge from %s", up)
	_, err = g.cat.Edit(ctx, down, access.Edit, "refutation withdrawn", func(a *catalog.Asset) error {
		at := a.Refuted.At(up)
		if at < 0 {
			return fault.NotFound.Errorf("nobody refuted it")
		}
		a.Refuted.Edges = slices.Delete(a.Refuted.Edges, at, at+1)
		return nil
	})
	return err
}

// refutations adds what people say is wrong: an origin that supports no edge.
func refutations(c *contribution, a *catalog.Asset) {
	for _, r := range a.Refuted.Edges {
		c.Links = append(c.Links, said{Up: r.Up, Down: a.URN, Origin: fromRefutation, From: r.At.Unix()})
	}
	if c.First == 0 {
		c.First = a.Created.Unix()
	}
}
