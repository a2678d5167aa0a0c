package pgwire

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"waymark/crawler"
)

// This file joins pgx to database/sql, in which the shared readers are written.
// It hands parameters to pgx as they are and gives back the plain values that
// driver.Value allows.

// endTime bounds the end of a transaction, which has no context of its own.
const endTime = 30 * time.Second

type connector struct {
	config    *pgx.ConnConfig
	deadlines crawler.Deadlines
	begin     string // what each session runs first, or ""
}

func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	return c.deadlines.Session(ctx, func(ctx context.Context, dial crawler.Dial) (driver.Conn, error) {
		config := c.config.Copy()
		config.DialFunc = pgconn.DialFunc(dial)
		conn, err := pgx.ConnectConfig(ctx, config)
		if err != nil {
			return nil, err
		}
		if c.begin != "" {
			if _, err := conn.Exec(ctx, c.begin); err != nil {
				return nil, errors.Join(err, conn.Close(ctx))
			}
		}
		return &session{conn}, nil
	})
}

func (c connector) Driver() driver.Driver { return nil }

type session struct{ conn *pgx.Conn }

func (s *session) Prepare(string) (driver.Stmt, error) {
	return nil, errors.New("statements are prepared by the connection itself")
}

func (s *session) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), endTime)
	defer cancel()
	return s.conn.Close(ctx)
}

func (s *session) IsValid() bool { return !s.conn.IsClosed() }

// CheckNamedValue accepts everything: pgx knows arrays, which database/sql does not.
func (s *session) CheckNamedValue(*driver.NamedValue) error { return nil }

func (s *session) Begin() (driver.Tx, error) {
	return s.BeginTx(context.Background(), driver.TxOptions{})
}

func (s *session) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	var to pgx.TxOptions
	if o.ReadOnly {
		to.AccessMode = pgx.ReadOnly
	}
	switch sql.IsolationLevel(o.Isolation) {
	case sql.LevelDefault:
	case sql.LevelRepeatableRead:
		to.IsoLevel = pgx.RepeatableRead
	default:
		return nil, fmt.Errorf("isolation level %d is not offered", o.Isolation)
	}
	tx, err := s.conn.BeginTx(ctx, to)
	if err != nil {
		return nil, err
	}
	return transaction{tx}, nil
}

type transaction struct{ tx pgx.Tx }

func (t transaction) Commit() error {
	ctx, cancel := context.WithTimeout(context.Background(), endTime)
	defer cancel()
	return t.tx.Commit(ctx)
}

func (t transaction) Rollback() error {
	ctx, cancel := context.WithTimeout(context.Background(), endTime)
	defer cancel()
	return t.tx.Rollback(ctx)
}

func plain(args []driver.NamedValue) []any {
	out := make([]any, len(args))
	for i, a := range args {
		out[i] = a.Value
	}
	return out
}

func (s *session) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	tag, err := s.conn.Exec(ctx, query, plain(args)...)
	if err != nil {
		return nil, err
	}
	return driver.RowsAffected(tag.RowsAffected()), nil
}

func (s *session) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	rows, err := s.conn.Query(ctx, query, plain(args)...)
	if err != nil {
		return nil, err
	}
	// Without this look, an error of the statement would come as an end without rows.
	r := &result{rows: rows, more: rows.Next()}
	if !r.more && rows.Err() != nil {
		return nil, rows.Err()
	}
	return r, nil
}

type result struct {
	rows pgx.Rows
	more bool // the row that Next returns is already there
}

func (r *result) Columns() []string {
	var out []string
	for _, f := range r.rows.FieldDescriptions() {
		out = append(out, f.Name)
	}
	return out
}

func (r *result) Close() error {
	r.rows.Close()
	return r.rows.Err()
}

func (r *result) Next(dest []driver.Value) error {
	if !r.more {
		if err := r.rows.Err(); err != nil {
			return err
		}
		return io.EOF
	}
	values, err := r.rows.Values()
	if err != nil {
		return err
	}
	for i, v := range values {
		dest[i] = value(v)
	}
	r.more = r.rows.Next()
	return nil
}

// value turns what pgx decoded into what database/sql takes.
func value(v any) driver.Value {
	switch x := v.(type) {
	case nil, int64, float64, bool, []byte, string, time.Time:
		return x
	case int16:
		return int64(x)
	case int32:
		return int64(x)
	case uint32:
		return int64(x)
	case float32:
		return float64(x)
	}
	return fmt.Sprint(v)
}
