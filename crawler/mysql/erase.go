package mysql

import (
	"context"
	"database/sql"
	"errors"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/crawler/infoschema"
)

// CanErase says whether the recipe has an erasing credential that can log in.
func (s *Source) CanErase(ctx context.Context) error {
	pool, err := s.eraser(ctx)
	if err != nil {
		return err
	}
	return pool.Close()
}

func (s *Source) eraser(ctx context.Context) (*pool, error) {
	if s.erase == nil || s.erase.DSN.Reveal() == "" {
		return nil, fault.Denied.Errorf("the recipe has no `erase: {dsn: ...}`, so nothing can be erased here")
	}
	return open(ctx, s.erase.DSN, erasing)
}

// Erase performs acts on one server in one transaction. Tables whose engine
// knows no transactions are refused: there is no all or nothing on them.
func (s *Source) Erase(ctx context.Context, acts []catalog.Act) ([]catalog.Acted, error) {
	pool, err := s.eraser(ctx)
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	e := infoschema.Erasing{
		DB:    s.rows,
		Begin: func(ctx context.Context) (*sql.Tx, error) { return pool.BeginTx(ctx, nil) },
		Ready: ready,
		Commit: func(_ context.Context, tx *sql.Tx) error {
			if err := tx.Commit(); err != nil {
				return fault.Unavailable.Errorf("the connection was lost at the commit and the outcome is unknown: %w", err)
			}
			return nil
		},
	}
	return e.Run(ctx, acts)
}

func ready(ctx context.Context, tx *sql.Tx, places []infoschema.Place) error {
	for _, p := range places {
		engine, err := engineOf(ctx, tx, p)
		if err != nil {
			return err
		}
		name := p.Schema + "." + p.Table
		if engine == "" {
			return fault.Invalid.Errorf("%s is a view; rows are erased in the tables below it", name)
		}
		var transactions sql.NullString
		err = tx.QueryRowContext(ctx, "select TRANSACTIONS from information_schema.ENGINES where ENGINE = ?"+infoschema.Mark, engine).Scan(&transactions)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return explain(err, "look at "+name)
		}
		if transactions.String != "YES" {
			return fault.Invalid.Errorf("%s uses the engine %s, which knows no transactions, so erasing there cannot be taken back; convert it first: alter table %s engine=InnoDB",
				name, engine, infoschema.Backtick(p.Schema)+"."+infoschema.Backtick(p.Table))
		}
	}
	return nil
}

type rower interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// engineOf returns the engine of a table, "" of a view.
func engineOf(ctx context.Context, q rower, p infoschema.Place) (string, error) {
	var engine string
	err := q.QueryRowContext(ctx, "select coalesce(ENGINE, '') from information_schema.TABLES where TABLE_SCHEMA = ? and TABLE_NAME = ? and cast(TABLE_NAME as binary) = cast(? as binary)"+infoschema.Mark,
		p.Schema, p.Table, p.Table).Scan(&engine)
	if err != nil {
		return "", explain(err, "look at "+p.Schema+"."+p.Table)
	}
	return engine, nil
}
