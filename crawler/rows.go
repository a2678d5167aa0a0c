package crawler

import (
	"context"
	"errors"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// Relations lists the foreign keys of a source as its database declares them now.
func (r *Runner) Relations(ctx context.Context, source string) (out []catalog.Relation, err error) {
	err = withRows(ctx, r, source, func(rows Rows) error {
		out, err = rows.Relations(ctx)
		return err
	})
	return out, err
}

// Select returns columns of the rows that q names, as text, NULL as "". It reads
// with the crawling credential.
func (r *Runner) Select(ctx context.Context, q catalog.Rows, columns []string, limit int) (out [][]string, err error) {
	err = r.at(ctx, q.Dataset, func(rows Rows) error {
		out, err = rows.Select(ctx, q, columns, limit)
		return err
	})
	return out, err
}

// Count counts the rows of one dataset that meet any of where.
func (r *Runner) Count(ctx context.Context, where []catalog.Rows) (n int64, err error) {
	if len(where) == 0 {
		return 0, nil
	}
	err = r.at(ctx, where[0].Dataset, func(rows Rows) error {
		n, err = rows.Count(ctx, where)
		return err
	})
	return n, err
}

// Columns describes one dataset as its database has it now.
func (r *Runner) Columns(ctx context.Context, dataset urn.URN) (out []catalog.Column, err error) {
	err = r.at(ctx, dataset, func(rows Rows) error {
		out, err = rows.Columns(ctx, dataset)
		return err
	})
	return out, err
}

// Erase performs acts on one source in one transaction; see Eraser.
func (r *Runner) Erase(ctx context.Context, source string, acts []catalog.Act) ([]catalog.Acted, error) {
	recipe, err := r.recipe(ctx, source)
	if err != nil {
		return nil, err
	}
	r.idle.clear(recipe.Text)
	src, err := r.Open(ctx, recipe)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	e, ok := src.(Eraser)
	if !ok {
		return nil, fault.Invalid.Errorf("source %s cannot erase", source)
	}
	return e.Erase(ctx, acts)
}

// CanErase is nil, or says why the rows of a source cannot be erased.
func (r *Runner) CanErase(ctx context.Context, source string) error {
	src, err := r.source(ctx, source)
	if err != nil {
		return err
	}
	defer src.Close()
	e, ok := src.(Eraser)
	if !ok {
		return fault.Invalid.Errorf("source %s has no connector that can erase", source)
	}
	return e.CanErase(ctx)
}

// Sample returns some values of each of columns, for detection alone: they are
// judged in memory and dropped.
func (r *Runner) Sample(ctx context.Context, dataset urn.URN, columns []string, rows int) (out [][]string, err error) {
	name, ok := r.SourceOf(ctx, dataset)
	if !ok {
		return nil, uncrawled(dataset)
	}
	if err := r.silence.refuse(name, r.Now()); err != nil {
		return nil, err
	}
	defer func() {
		if ctx.Err() == nil {
			r.silence.note(name, err, r.Now())
		}
	}()
	src, back, err := r.borrow(ctx, name)
	if err != nil {
		return nil, err
	}
	s, ok := src.(Sampler)
	if !ok {
		return nil, errors.Join(back(false), fault.Invalid.Errorf("source %s gives no samples", name))
	}
	out, err = s.Sample(ctx, dataset, columns, rows)
	return out, errors.Join(err, back(err != nil))
}

// SourceOf returns the recipe that crawls a dataset.
func (r *Runner) SourceOf(ctx context.Context, dataset urn.URN) (string, bool) {
	a, err := r.cat.Find(access.With(ctx, access.System("crawler")), dataset)
	if err != nil {
		return "", false
	}
	for _, f := range a.Said {
		if name, ok := f.Author.SourceName(); ok && f.Aspect == catalog.AspectSchema {
			return name, true
		}
	}
	return "", false
}

func (r *Runner) at(ctx context.Context, dataset urn.URN, do func(Rows) error) error {
	name, ok := r.SourceOf(ctx, dataset)
	if !ok {
		name, ok = r.liveIn(ctx, dataset)
	}
	if !ok {
		return uncrawled(dataset)
	}
	return withRows(ctx, r, name, do)
}

func uncrawled(dataset urn.URN) error {
	return fault.NotFound.Errorf("no source is connected that crawls %s", dataset.Name())
}

func withRows(ctx context.Context, r *Runner, source string, do func(Rows) error) error {
	src, back, err := r.borrow(ctx, source)
	if err != nil {
		return err
	}
	rows, ok := src.(Rows)
	if !ok {
		return errors.Join(back(false), fault.Invalid.Errorf("source %s gives no rows", source))
	}
	err = do(rows)
	return errors.Join(err, back(err != nil))
}
