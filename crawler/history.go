package crawler

import (
	"context"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// history reads the query log, if the source has one, and hands its statements
// on. The mark moves only after the observer has written what it counted.
func (c *crawl) history(ctx context.Context) error {
	q, ok := c.src.(QueryLog)
	if !ok {
		return nil
	}
	if c.stalled {
		c.skipped(History, "the statements were")
		return nil
	}
	var stop error
	_ = c.phase(History, func() (int64, error) {
		err := c.read(ctx, q)
		stop = fatal(ctx, err)
		return c.report.Read, err
	})
	return stop
}

func (c *crawl) read(ctx context.Context, q QueryLog) error {
	log, err := c.place(ctx)
	if err != nil {
		return err
	}
	who, err := newActors(c.recipe.Service)
	if err != nil {
		return fault.Invalid.Errorf("actors.service: %w", err)
	}
	mark, err := c.mark(ctx)
	if err != nil {
		return err
	}
	f := feed{crawl: c, log: log, who: who}
	next, problems, err := q.Read(ctx, mark, func(list []catalog.Statement) error { return f.take(ctx, list) })
	for _, p := range problems {
		c.problem(History, p.Scope, p)
	}
	if err != nil {
		return err
	}
	if f.to != nil {
		if c.report.Statements, err = f.to.Close(ctx); err != nil {
			return unwritten{err}
		}
	}
	return c.setMark(ctx, next)
}

// feed hands the statements of one log to an observer, which it opens for the
// first of them: to open one is not free.
type feed struct {
	*crawl
	log catalog.Log
	who actors
	to  catalog.Observer
}

func (f *feed) take(ctx context.Context, list []catalog.Statement) (err error) {
	if len(list) == 0 {
		return nil
	}
	if f.to == nil {
		if f.to, err = f.observer(ctx, f.log); err != nil {
			return unwritten{err}
		}
	}
	for i := range list {
		complete(&list[i], f.log)
		f.who.settle(&list[i])
	}
	f.report.Read += int64(len(list))
	f.meter.add(int64(len(list)))
	if err := f.to.Add(ctx, list); err != nil {
		return unwritten{err}
	}
	return nil
}

func (c *crawl) setMark(ctx context.Context, mark string) error {
	if c.options.DryRun {
		return nil
	}
	if err := c.hooks.Marks.SetMark(ctx, c.recipe.Name, mark); err != nil {
		return unwritten{err}
	}
	return nil
}

// complete fills in what a log leaves to its source.
func complete(s *catalog.Statement, log catalog.Log) {
	if s.Dialect == "" {
		s.Dialect = log.Dialect
	}
	if s.Count == 0 {
		s.Count = 1
	}
}

func (c *crawl) mark(ctx context.Context) (string, error) {
	mark, err := c.hooks.Marks.Mark(ctx, c.recipe.Name)
	if err != nil {
		return "", unwritten{err}
	}
	return mark, nil
}

// observer opens the one that writes, or for a dry run one that only counts.
func (c *crawl) observer(ctx context.Context, log catalog.Log) (catalog.Observer, error) {
	if c.options.DryRun {
		return dry{}, nil
	}
	return c.hooks.Observe(ctx, log)
}

type dry struct{}

func (dry) Add(context.Context, []catalog.Statement) error    { return nil }
func (dry) Close(context.Context) (catalog.Understood, error) { return catalog.Understood{}, nil }

// place says whose names the statements use: the source's own, or those of the
// recipe that it names.
func (c *crawl) place(ctx context.Context) (catalog.Log, error) {
	log := c.names
	log.Reader, log.ServiceUsers = c.recipe.Name, c.recipe.Service
	if log.Source == c.recipe.Name || log.Platform != "" {
		return log, nil
	}
	of, err := c.cat.Find(access.With(ctx, access.System("crawler")), urn.Source(log.Source))
	if err != nil || of.Profile == nil {
		return log, Problem{Class: Wrong, Text: "for: " + log.Source + " is not a crawled source", Fix: "crawl that recipe first, or give platform and dialect"}
	}
	p := of.Profile.Properties
	log.Platform, log.Instance, log.DefaultDB = p["platform"], p["instance"], p["default_db"]
	if log.Dialect == "" {
		log.Dialect = p["dialect"]
	}
	if log.DefaultSchema == "" {
		log.DefaultSchema = p["default_schema"]
	}
	return log, nil
}
