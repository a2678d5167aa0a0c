package crawler

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// finish gives a complete scope to the catalog, which marks what is gone.
func (c *crawl) finish(ctx context.Context, s Scope, seen map[urn.URN]struct{}) error {
	if c.options.DryRun || s.Prefix == "" {
		return nil
	}
	o := catalog.FinishOptions{Approved: c.options.Approve, Filter: c.recipe.digest()}
	if p, ok := c.src.(Principal); ok {
		who, err := p.Principal(ctx)
		if err != nil {
			return err
		}
		o.Principal = who
	}
	done, err := c.cat.Finish(ctx, catalog.Scope{Source: c.recipe.Name, Name: s.Name, Platform: c.names.Platform, Prefix: s.Prefix}, seen, o)
	if errors.Is(err, fault.Conflict) {
		return Problem{Class: Approval, Text: oneLine(err.Error()), Fix: "look at the source, then crawl again with --approve " + c.report.Run}
	}
	if err != nil {
		return unwritten{err}
	}
	c.report.Gone += len(done.Missing) + len(done.Removed)
	if done.Kept != "" {
		c.problem(Describe, s.Name, Problem{Class: Permission, Text: "nothing was marked as gone: " + done.Kept,
			Fix: "if that is meant, crawl once more; else give the credential its rights back"})
	}
	return nil
}

// listing is what a crawl remembers of the scopes that it listed.
type listing struct {
	Filter string  `json:"filter"` // digest of the recipe's config
	Scopes []Scope `json:"scopes"`
}

func scopesMark(source string) string { return source + "/scopes" }

// vanished finishes the scopes that the last crawl listed and this one did not, a
// dropped schema say. They are wholly empty, so nothing is marked without a
// person's approval. Under a changed recipe they are let go of: what a filter
// leaves out is kept as it is. Only an error of the catalog is returned.
func (c *crawl) vanished(ctx context.Context, scopes []Scope) error {
	if c.options.DryRun {
		return nil
	}
	text, err := c.hooks.Marks.Mark(ctx, scopesMark(c.recipe.Name))
	if err != nil {
		return err
	}
	var last listing
	if text != "" && json.Unmarshal([]byte(text), &last) != nil {
		last = listing{}
	}
	now := listing{Filter: c.recipe.digest(), Scopes: scopes}
	for _, s := range last.Scopes {
		if slices.ContainsFunc(scopes, func(x Scope) bool { return x.Name == s.Name }) {
			continue
		}
		if err := c.cat.DropCoverage(ctx, c.recipe.Name, s.Name); err != nil {
			return err
		}
		if last.Filter != now.Filter {
			continue
		}
		if err := c.finish(ctx, s, nil); err != nil {
			if stop := fatal(ctx, err); stop != nil {
				return stop
			}
			c.problem(Describe, s.Name, err)
			now.Scopes = append(now.Scopes, s)
		}
	}
	mark, err := json.Marshal(now)
	if err != nil {
		return fault.Internal.Of(err)
	}
	return c.hooks.Marks.SetMark(ctx, scopesMark(c.recipe.Name), string(mark))
}
