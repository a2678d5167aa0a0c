package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"modernc.org/sqlite"

	"waymark/catalog/fault"
	"waymark/crawler"
	"waymark/crawler/infoschema"
)

// files are the file of schema main, or none, and those attached.
type files struct {
	main   string
	attach map[string]string
}

// The two ways to open. Erasing overwrites what it frees and keeps temporary
// data in memory, so that no byte of it reaches another file.
var (
	reading = mode{"ro", []string{"query_only(1)", "trusted_schema(0)"}}
	erasing = mode{"rw", []string{"foreign_keys(1)", "secure_delete(1)", "temp_store(2)", "trusted_schema(0)"}}
)

type mode struct {
	name    string
	pragmas []string
}

// open makes a pool whose connections each have every file attached. The driver
// is one of our own, because it knows functions that folding needs: lower() of
// SQLite knows ASCII only.
func open(f files, m mode) *sql.DB {
	d := &sqlite.Driver{}
	d.MustRegisterDeterministicScalarFunction("waymark_fold", 1, fold)
	d.MustRegisterDeterministicScalarFunction("waymark_holds", 2, holds)
	d.RegisterConnectionHook(func(conn sqlite.ExecQuerierContext, _ string) error {
		for schema, path := range f.attach {
			args := []driver.NamedValue{{Ordinal: 1, Value: "file:" + escaped(path) + "?mode=" + m.name}}
			if _, err := conn.ExecContext(context.Background(), "attach database ? as "+infoschema.DoubleQuote(schema), args); err != nil {
				return fmt.Errorf("attach %s: %w", schema, err)
			}
		}
		return nil
	})
	q := url.Values{"mode": {m.name}, "_pragma": append(slices.Clone(m.pragmas), fmt.Sprintf("busy_timeout(%d)", infoschema.LockTime.Milliseconds()))}
	path := escaped(f.main)
	if f.main == "" {
		path, q["mode"] = ":memory:", []string{"memory"}
	}
	if m.name == erasing.name {
		q.Set("_txlock", "immediate")
	}
	return sql.OpenDB(connector{d, "file:" + path + "?" + q.Encode()})
}

// escaped writes a path so that a URI takes it as it is.
func escaped(path string) string { return (&url.URL{Path: path}).EscapedPath() }

type connector struct {
	driver *sqlite.Driver
	dsn    string
}

func (c connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }
func (c connector) Driver() driver.Driver                        { return c.driver }

func fold(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	if args[0] == nil {
		return nil, nil
	}
	return infoschema.Fold(text(args[0])), nil
}

// holds reports whether the second text stands in the first, letter case aside.
func holds(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	if args[0] == nil || args[1] == nil {
		return int64(0), nil
	}
	if strings.Contains(strings.ToLower(text(args[0])), strings.ToLower(text(args[1]))) {
		return int64(1), nil
	}
	return int64(0), nil
}

func text(v driver.Value) string {
	if b, ok := v.([]byte); ok {
		return string(b)
	}
	if t, ok := v.(time.Time); ok {
		return t.Format(time.RFC3339Nano)
	}
	return fmt.Sprint(v)
}

// Primary result codes of SQLite that a person can do something about.
const (
	codePerm       = 3
	codeBusy       = 5
	codeLocked     = 6
	codeReadOnly   = 8
	codeIO         = 10
	codeCorrupt    = 11
	codeFull       = 13
	codeCantOpen   = 14
	codeConstraint = 19
	codeNotADB     = 26
)

func explain(err error, doing string) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return fault.KindOf(err).Errorf("%s: %w", doing, err)
	}
	p := crawler.Problem{Class: crawler.Wrong, Text: doing + ": " + e.Error()}
	switch e.Code() & 0xff {
	case codeBusy, codeLocked:
		p.Class, p.Fix = crawler.Timeout, "another program holds the file; try again when it is done"
	case codePerm, codeReadOnly, codeCantOpen:
		p.Class, p.Fix = crawler.Permission, "give the user that runs Waymark the right to the file and to its folder"
	case codeNotADB, codeCorrupt:
		p.Class, p.Fix = crawler.Decode, "the file is no SQLite database, is damaged or is encrypted"
	case codeConstraint:
		p.Class, p.Fix = crawler.Constraint, "change the rows that it protects first"
	case codeIO, codeFull:
		p.Class = crawler.Network
	}
	return p
}
