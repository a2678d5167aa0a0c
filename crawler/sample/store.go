package sample

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"encoding/hex"
	"fmt"
	"os"
	"strings"

	"modernc.org/sqlite"

	"waymark/catalog/fault"
)

// source opens connections that know sha256, which SQLite does not have.
type source struct{ driver *sqlite.Driver }

func (s source) Connect(context.Context) (driver.Conn, error) { return s.driver.Open(":memory:") }
func (s source) Driver() driver.Driver                        { return s.driver }

// store is one connection with all files attached. It must be one: temporary
// tables and attached files belong to a connection.
type store struct {
	db   *sql.DB
	conn *sql.Conn
}

func sha(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	text, ok := args[0].(string)
	if !ok {
		return nil, nil
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:]), nil
}

// open attaches fresh files, the application's as app.
func open(ctx context.Context, c Company) (*store, error) {
	d := &sqlite.Driver{}
	if err := d.RegisterDeterministicScalarFunction("sha256", 1, sha); err != nil {
		return nil, fault.Internal.Of(err)
	}
	db := sql.OpenDB(source{d})
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, fault.Unavailable.Of(err)
	}
	s := &store{db: db, conn: conn}
	files := map[string]string{"app": c.App}
	for _, zone := range zones {
		files[zone] = c.Warehouse[zone]
	}
	for _, schema := range append([]string{"app"}, zones...) {
		if err := s.attach(ctx, schema, files[schema]); err != nil {
			s.close()
			return nil, err
		}
	}
	return s, nil
}

// attach makes the file anew. Until it is complete nobody else reads it, so it
// needs no journal on disk and no syncing.
func (s *store) attach(ctx context.Context, schema, file string) error {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fault.Unavailable.Of(err)
	}
	if err := f.Close(); err != nil {
		return fault.Unavailable.Of(err)
	}
	if _, err := s.conn.ExecContext(ctx, "ATTACH ? AS "+schema, file); err != nil {
		return fault.Unavailable.Of(err)
	}
	return s.exec(ctx, "PRAGMA "+schema+".journal_mode = MEMORY; PRAGMA "+schema+".synchronous = OFF; PRAGMA "+schema+".secure_delete = ON")
}

func (s *store) exec(ctx context.Context, statement string) error {
	if _, err := s.conn.ExecContext(ctx, statement); err != nil {
		return s.failed(ctx, statement, err)
	}
	return nil
}

// failed tells a broken statement from one that was cut short.
func (s *store) failed(ctx context.Context, what string, err error) error {
	if ctx.Err() != nil {
		return fault.Unavailable.Of(ctx.Err())
	}
	return fault.Internal.Errorf("%s: %w", what, err)
}

// each hands every row of a query to read.
func (s *store) each(ctx context.Context, query string, args []any, read func(scan func(...any) error) error) error {
	rows, err := s.conn.QueryContext(ctx, query, args...)
	if err != nil {
		return s.failed(ctx, query, err)
	}
	defer func() { _ = rows.Close() }() // what matters is in rows.Err
	for rows.Next() {
		if err := read(rows.Scan); err != nil {
			return s.failed(ctx, query, err)
		}
	}
	return fault.Unavailable.Of(rows.Err())
}

// run runs every section of a script, dated by the calendar.
func (s *store) run(ctx context.Context, script string, day func(section) (string, error)) error {
	list, err := sections(script)
	if err != nil {
		return err
	}
	for _, part := range list {
		today, err := day(part)
		if err != nil {
			return err
		}
		for _, statement := range part.sql {
			if err := s.exec(ctx, dated(statement, today)); err != nil {
				return fmt.Errorf("sql/%s: %w", script, err)
			}
		}
	}
	return nil
}

// insert fills a table in one transaction.
func (s *store) insert(ctx context.Context, table string, rows [][]any) error {
	tx, err := s.conn.BeginTx(ctx, nil)
	if err != nil {
		return fault.Unavailable.Of(err)
	}
	defer func() { _ = tx.Rollback() }() // after Commit it does nothing
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(rows[0])), ", ")
	add, err := tx.PrepareContext(ctx, "INSERT INTO "+table+" VALUES ("+marks+")")
	if err != nil {
		return fault.Internal.Of(err)
	}
	defer func() { _ = add.Close() }()
	for _, row := range rows {
		if _, err := add.ExecContext(ctx, row...); err != nil {
			return s.failed(ctx, "insert into "+table, err)
		}
	}
	return fault.Unavailable.Of(tx.Commit())
}

func (s *store) close() { _, _ = s.conn.Close(), s.db.Close() }
