package sqlite

import (
	"context"
	"database/sql"
	"maps"
	"os"
	"slices"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/crawler/infoschema"
)

// CanErase says whether the recipe allows erasing and the files can be written.
func (s *Source) CanErase(context.Context) error {
	if s.erase == nil {
		return fault.Denied.Errorf("the recipe has no `erase:` part, so nothing can be erased here")
	}
	f := s.writable()
	for _, path := range append(slices.Collect(maps.Values(f.attach)), f.main) {
		if path == "" {
			continue
		}
		h, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			return fault.Denied.Errorf("%s cannot be written: %w", path, err)
		}
		h.Close()
	}
	return nil
}

func (s *Source) writable() files {
	f := files{s.config.Path, s.config.Attach}
	if s.erase.Path != "" {
		f.main = s.erase.Path
	}
	if s.erase.Attach != nil {
		f.attach = s.erase.Attach
	}
	return f
}

// Erase performs acts in one transaction over all files, and then rewrites the
// files that were touched, so that neither they nor their logs hold what is gone.
// Over several files in WAL mode SQLite keeps all or nothing against every error,
// but not against a loss of power between their commits; the plan is counted anew
// after that.
func (s *Source) Erase(ctx context.Context, acts []catalog.Act) ([]catalog.Acted, error) {
	if err := s.CanErase(ctx); err != nil {
		return nil, err
	}
	pool := open(s.writable(), erasing)
	defer pool.Close()
	pool.SetMaxOpenConns(1)
	acting, cancel := context.WithTimeout(ctx, infoschema.StatementTime)
	defer cancel()
	// Who holds an old state of a file now would keep its log afterwards; better
	// nothing is erased than rows without their bytes.
	for _, schema := range s.schemas() {
		if err := checkpoint(acting, pool, infoschema.DoubleQuote(schema)); err != nil {
			return nil, fault.Unavailable.Errorf("schema %s: %w; nothing was changed, try again when no other program reads the file", schema, err)
		}
	}
	touched := map[string]bool{}
	e := infoschema.Erasing{
		DB:    s.rows,
		Begin: func(ctx context.Context) (*sql.Tx, error) { return pool.BeginTx(ctx, nil) },
		Ready: func(_ context.Context, _ *sql.Tx, places []infoschema.Place) error {
			for _, p := range places {
				touched[p.Schema] = true
			}
			return nil
		},
		Commit: func(_ context.Context, tx *sql.Tx) error {
			if err := tx.Commit(); err != nil {
				return explain(err, "commit")
			}
			return nil
		},
	}
	out, err := e.Run(acting, acts)
	if err != nil {
		return out, err
	}
	for schema := range touched {
		if err := scour(ctx, pool, schema); err != nil {
			return out, err
		}
	}
	return out, nil
}

// scour rewrites a file without its free pages and empties its log. A reader that
// came meanwhile keeps the log: then the rows are gone, their bytes are not, and
// the caller is told. The same acts that want no rows scour again.
func scour(ctx context.Context, pool *sql.DB, schema string) error {
	name := infoschema.DoubleQuote(schema)
	for _, step := range []func() error{
		func() error { return checkpoint(ctx, pool, name) },
		func() error { _, err := pool.ExecContext(ctx, "vacuum "+name); return err },
		func() error { return checkpoint(ctx, pool, name) },
	} {
		if err := step(); err != nil {
			return fault.Unavailable.Errorf("the rows of schema %s are erased, but their old bytes may still stand in its file or log: %w; run it again when no other program reads the file", schema, err)
		}
	}
	return nil
}

func checkpoint(ctx context.Context, pool *sql.DB, name string) error {
	var busy, pages, moved int
	if err := pool.QueryRowContext(ctx, "pragma "+name+".wal_checkpoint(truncate)").Scan(&busy, &pages, &moved); err != nil {
		return err
	}
	if busy != 0 {
		return fault.Unavailable.Errorf("another program reads the file")
	}
	return nil
}
