package crawler

import (
	"context"
	"slices"

	"waymark/catalog"
)

// cover keeps what the names of a scope mean that was listed to its end, so that a name
// in a statement that means no table makes no asset.
func (c *crawl) cover(ctx context.Context, s Scope, leftOut []string) error {
	src, ok := c.src.(Coverage)
	if !ok || c.options.DryRun || s.Prefix == "" {
		return nil
	}
	v, err := src.Coverage(ctx, s)
	if err != nil {
		return err
	}
	slices.Sort(leftOut)
	v.Source, v.Scope, v.Platform, v.Prefix, v.LeftOut = c.recipe.Name, s.Name, c.names.Platform, s.Prefix, leftOut
	if !c.recipe.KeepLiterals {
		for name, f := range v.Functions {
			v.Functions[name] = catalog.Function{Head: c.hooks.Redact(c.names.Dialect, f.Head), Body: c.hooks.Redact(c.names.Dialect, f.Body)}
		}
	}
	if err := c.cat.SetCoverage(ctx, v); err != nil {
		return unwritten{err}
	}
	return nil
}
