package crawler

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// chunk is how many assets go into one transaction of the catalog.
const chunk = 1000

// maxCrawl ends a crawl that a source keeps open for ever.
const maxCrawl = 4 * time.Hour

// crawl is one run of one recipe.
type crawl struct {
	*Runner
	recipe  Recipe
	options Options
	report  Report
	meter   meter
	src     Source
	names   catalog.Log
	pending []catalog.Asset
	writes  writes
	unread  unread // of the scope that is being read
	stalled bool   // the source stopped answering: it is not asked again
}

// run does the phases. What it returns ended the crawl before anything of value
// was read; everything else is a problem of the report.
func (c *crawl) run(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, maxCrawl)
	defer cancel()
	var scopes []Scope
	err := c.phase(Connect, func() (n int64, err error) {
		c.src, err = c.Open(ctx, c.recipe)
		return 1, err
	})
	if err != nil {
		return err
	}
	defer c.src.Close()
	c.names = c.src.Names()
	if c.names.Source == "" {
		c.names.Source = c.recipe.Name
	}
	if err := c.announce(ctx); err != nil {
		return err
	}
	err = c.phase(List, func() (n int64, err error) {
		scopes, err = c.scopes(ctx)
		return int64(len(scopes)), err
	})
	if err != nil {
		return err
	}
	if err := c.describe(ctx, scopes); err != nil {
		return err
	}
	return c.history(ctx)
}

// phase times one phase and reports how it went. Only the error of connect and
// list is returned: without them there is nothing to go on with.
func (c *crawl) phase(name string, do func() (int64, error)) error {
	c.meter.phase(name, "", 0)
	began, before := c.Now(), len(c.report.Problems)
	done, err := do()
	p := PhaseReport{Phase: name, State: OK, Done: done, Millis: c.Now().Sub(began).Milliseconds()}
	if err != nil {
		p.State = Failed
		c.problem(name, "", err)
	} else if len(c.report.Problems) > before {
		p.State = Partial
	}
	c.report.Phases = append(c.report.Phases, p)
	return err
}

func (c *crawl) problem(phase, scope string, err error) {
	p := problemOf(phase, scope, err)
	c.stalled = c.stalled || p.Class == Stall
	c.report.add(p)
}

// skipped says that a step was not tried, since the source had stopped answering:
// each further question would wait for as long again.
func (c *crawl) skipped(phase, what string) {
	c.report.add(Problem{Class: Stall, Phase: phase, Text: what + " not read, since the source had stopped answering"})
}

// announce writes the source itself as an asset, so that it can be seen and so that
// requests find its recipe.
func (c *crawl) announce(ctx context.Context) error {
	if c.options.DryRun {
		return nil
	}
	props := map[string]string{}
	for k, v := range map[string]string{"platform": c.names.Platform, "dialect": c.names.Dialect, "instance": c.names.Instance,
		"default_db": c.names.DefaultDB, "default_schema": c.names.DefaultSchema} {
		if v != "" {
			props[k] = v
		}
	}
	_, err := c.cat.Apply(ctx, catalog.Batch{Author: catalog.BySource(c.recipe.Name), Run: c.report.Run, Assets: []catalog.Asset{{
		URN: urn.Source(c.recipe.Name), Type: catalog.Source,
		Profile: &catalog.Profile{Name: c.recipe.Name, Subtype: c.recipe.Type, Properties: props},
		Recipe:  &catalog.Recipe{Text: c.recipe.Text},
	}}})
	return err
}

func (c *crawl) scopes(ctx context.Context) ([]Scope, error) {
	if s, ok := c.src.(Scoped); ok {
		return s.Scopes(ctx)
	}
	return []Scope{{}}, nil
}

// describe crawls scope by scope. A scope that fails leaves the others alone; a
// catalog that cannot be written ends the crawl.
func (c *crawl) describe(ctx context.Context, scopes []Scope) error {
	var stop error
	_ = c.phase(Describe, func() (int64, error) {
		var assets int64
		if err := c.watch(ctx); err != nil {
			if stop = fatal(ctx, err); stop != nil {
				return 0, stop
			}
			c.problem(Describe, "", err)
		}
		for i, s := range scopes {
			if c.stalled {
				c.skipped(Describe, fmt.Sprintf("%d of %d scopes were", len(scopes)-i, len(scopes)))
				return assets, nil
			}
			c.meter.phase(Describe, s.Name, 0)
			n, err := c.scope(ctx, s)
			assets += n
			if stop = fatal(ctx, err); stop != nil {
				return assets, stop
			}
		}
		if c.stalled {
			return assets, nil
		}
		if stop = c.vanished(ctx, scopes); stop == nil {
			stop = fatal(ctx, c.keep(ctx))
		}
		return assets, stop
	})
	return stop
}

// unwritten marks errors of the catalog, apart from those of the source.
type unwritten struct{ error }

func (u unwritten) Unwrap() error { return u.error }

func fatal(ctx context.Context, err error) error {
	var u unwritten
	switch {
	case errors.As(err, &u):
		return u.error
	case ctx.Err() != nil:
		return ended(ctx)
	}
	return nil
}

// ended says that the crawl was told to end, or ran for too long.
func ended(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return Problem{Class: Timeout, Text: fmt.Sprintf("the crawl was ended after %s", maxCrawl), Fix: "crawl fewer scopes by one recipe"}
	}
	return Problem{Class: Interrupt, Text: "the crawl was ended before it was done: " + context.Cause(ctx).Error(), Fix: "start it again"}
}

// scope crawls one scope and, if it came to its end, says so to the catalog.
func (c *crawl) scope(ctx context.Context, s Scope) (int64, error) {
	seen := map[urn.URN]struct{}{}
	var leftOut []string
	door := cleaner{report: &c.report}
	err := c.src.Crawl(ctx, s, func(a catalog.Asset) error {
		if !door.clean(&a, seen) {
			return nil
		}
		seen[a.URN] = struct{}{}
		if a.Profile == nil {
			leftOut = append(leftOut, a.URN.Name())
			return nil
		}
		c.meter.add(1)
		c.unread.add(&a)
		c.pending = append(c.pending, c.prepare(a))
		if len(c.pending) < chunk {
			return nil
		}
		return c.flush(ctx)
	})
	if bad := c.flush(ctx); bad != nil && err == nil {
		err = bad
	}
	c.tellUnread(s.Name)
	if err == nil {
		err = c.cover(ctx, s, leftOut)
	}
	if err == nil {
		err = c.finish(ctx, s, seen)
	}
	if err != nil && fatal(ctx, err) == nil {
		c.problem(Describe, s.Name, err)
	}
	return int64(len(seen)), err
}

// prepare adds what only the last crawl knows and removes what must not be stored.
func (c *crawl) prepare(a catalog.Asset) catalog.Asset {
	c.writes.stamp(&a)
	if d := a.Definition; d != nil && d.SQL != "" && !c.recipe.KeepLiterals {
		redacted := *d
		redacted.SQL = c.hooks.Redact(d.Dialect, d.SQL)
		a.Definition = &redacted
	}
	return a
}

// flush writes the pending assets. When one asset spoils its chunk, the others
// still go in, one by one, and that one is counted as failed.
func (c *crawl) flush(ctx context.Context) error {
	list := c.pending
	c.pending = c.pending[:0]
	if len(list) == 0 {
		return nil
	}
	if err := c.compareRights(ctx, list); err != nil {
		return err
	}
	err := c.apply(ctx, list)
	spoilt := func(err error) bool { return errors.Is(err, fault.Invalid) || errors.Is(err, fault.Corrupt) }
	if err == nil || !spoilt(err) {
		return err
	}
	for _, a := range list {
		if err := c.apply(ctx, []catalog.Asset{a}); spoilt(err) {
			c.report.Failed++
			c.problem(Describe, strings.ToValidUTF8(a.Name()[:min(len(a.Name()), 100)], ""), err)
		} else if err != nil {
			return err
		}
	}
	return nil
}

func (c *crawl) apply(ctx context.Context, list []catalog.Asset) error {
	if c.options.DryRun {
		return c.compare(ctx, list)
	}
	d, err := c.cat.Apply(ctx, catalog.Batch{Author: catalog.BySource(c.recipe.Name), Run: c.report.Run, Assets: list})
	if err != nil {
		return unwritten{err}
	}
	c.report.count(d)
	return nil
}

// compare counts for a dry run: what is not in the catalog would be created, the
// rest is only known to be there.
func (c *crawl) compare(ctx context.Context, list []catalog.Asset) error {
	urns := make([]urn.URN, len(list))
	for i, a := range list {
		urns[i] = a.URN
	}
	found, err := c.cat.FindMany(ctx, urns)
	if err != nil {
		return unwritten{err}
	}
	c.report.Created += len(list) - len(found)
	c.report.Unchanged += len(found)
	return nil
}
