// Package pgwire opens connections of the PostgreSQL protocol for connectors: with
// time limits, read-only unless a credential is for erasing, and TLS that is
// checked unless the server stands on this machine. Its errors say what was
// refused and what mends it; they never hold a password.
package pgwire

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"waymark/catalog/fault"
	"waymark/crawler"
)

// Session says how a pool's sessions are set up.
type Session struct {
	Database  string // another one than the address names
	Write     bool   // for the erasing credential alone
	Connect   time.Duration
	Statement time.Duration
	Lock      time.Duration
	Conns     int
	Rows      time.Duration // for each batch of rows, the default of crawler.Deadlines if zero
}

// deadlines are ours; the server is given a little less for a statement, so that
// it can say so itself.
func (s Session) deadlines() (crawler.Deadlines, error) {
	return crawler.Deadlines{Connect: s.Connect, Answer: s.Statement + s.Statement/20, Rows: s.Rows}.Filled()
}

// Pool is a pool of sessions and where they lead.
type Pool struct {
	*sql.DB
	Database string
	User     string
}

// Open prepares a pool and proves that the server answers and, unless it is for
// writing, that its sessions cannot write.
func Open(ctx context.Context, dsn crawler.Secret, s Session) (*Pool, error) {
	cfg, err := parse(dsn.Reveal())
	if err != nil {
		return nil, err
	}
	if s.Database != "" {
		cfg.Database = s.Database
	}
	cfg.ConnectTimeout = s.Connect
	for k, v := range map[string]string{
		"application_name":                    "waymark",
		"search_path":                         "",
		"statement_timeout":                   strconv.FormatInt(s.Statement.Milliseconds(), 10),
		"lock_timeout":                        strconv.FormatInt(s.Lock.Milliseconds(), 10),
		"idle_in_transaction_session_timeout": "60000",
	} {
		cfg.RuntimeParams[k] = v
	}
	path := ""
	if s.Write {
		// Triggers of the tables are written for the path of the role. Functions of
		// the system come first whatever that says.
		delete(cfg.RuntimeParams, "search_path")
		path = "select pg_catalog.set_config('search_path', 'pg_catalog, ' || pg_catalog.current_setting('search_path'), false)"
		cfg.RuntimeParams["row_security"] = "off" // what a policy hides is an error, not left out
	} else {
		cfg.RuntimeParams["default_transaction_read_only"] = "on"
	}
	deadlines, err := s.deadlines()
	if err != nil {
		return nil, err
	}
	p := &Pool{DB: sql.OpenDB(connector{cfg, deadlines, path}), Database: cfg.Database, User: cfg.User}
	p.SetMaxOpenConns(max(s.Conns, 1))
	if err := p.answers(ctx, s, net.JoinHostPort(cfg.Host, strconv.Itoa(int(cfg.Port)))); err != nil {
		p.Close()
		return nil, err
	}
	return p, nil
}

func (p *Pool) answers(ctx context.Context, s Session, where string) error {
	ctx, cancel := context.WithTimeout(ctx, 2*s.Connect)
	defer cancel()
	var readOnly string
	if err := p.QueryRowContext(ctx, "show default_transaction_read_only").Scan(&readOnly); err != nil {
		return Explain(err, "connect to "+where+" database "+p.Database+" as "+p.User)
	}
	if !s.Write && readOnly != "on" {
		return fault.Internal.Errorf("the session at %s is not read-only", where)
	}
	return nil
}

// parse reads an address. What is wrong with it is not repeated: it may be the password.
func parse(dsn string) (*pgx.ConnConfig, error) {
	cfg, err := pgx.ParseConfig(dsn)
	if err != nil || dsn == "" {
		return nil, fault.Invalid.Errorf("the dsn cannot be read; write postgres://user:${file:/path}@host:5432/database")
	}
	if local(cfg.Host) || strings.Contains(dsn, "sslmode") || os.Getenv("PGSSLMODE") != "" {
		return cfg, nil
	}
	if u, err := url.Parse(dsn); err == nil && u.Scheme != "" {
		q := u.Query()
		q.Set("sslmode", "verify-full")
		u.RawQuery = q.Encode()
		dsn = u.String()
	} else {
		dsn += " sslmode=verify-full"
	}
	if cfg, err = pgx.ParseConfig(dsn); err != nil {
		return nil, fault.Invalid.Errorf("the dsn cannot be read with checked TLS")
	}
	return cfg, nil
}

func local(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || strings.HasPrefix(host, "/") || ip != nil && ip.IsLoopback()
}

// SQLSTATE codes and classes that a person can do something about.
const (
	codePassword    = "28P01"
	codeAuth        = "28000"
	codeNoDatabase  = "3D000"
	codePrivilege   = "42501"
	codeCancelled   = "57014"
	codeLock        = "55P03"
	codeState       = "55000"
	codeConnections = "53300"
	classConstraint = "23"
	classRollback   = "40"
	classShutdown   = "57P"
)

// Code returns the SQLSTATE of an error of the server, or "".
func Code(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// Explain makes an error of the driver one line with a class and what mends it.
func Explain(err error, doing string) error {
	var stalled crawler.Stalled
	if errors.As(err, &stalled) {
		return stalled.Problem(doing)
	}
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return unanswered(err, doing)
	}
	p := crawler.Problem{Class: crawler.Wrong, Text: doing + ": " + e.Message}
	switch {
	case e.Code == codePassword, e.Code == codeAuth:
		p.Class, p.Fix = crawler.Auth, "check the user and the password that the recipe refers to, and pg_hba.conf"
	case e.Code == codeNoDatabase:
		p.Fix = "check the database in the dsn"
	case e.Code == codePrivilege:
		p.Class, p.Fix = crawler.Permission, "grant the right to the role of the recipe"
	case e.Code == codeCancelled, e.Code == codeLock:
		p.Class, p.Fix = crawler.Timeout, "try again when the database is less busy"
	case strings.HasPrefix(e.Code, classConstraint), strings.HasPrefix(e.Code, classRollback):
		p.Class = crawler.Constraint
	case e.Code == codeConnections, strings.HasPrefix(e.Code, classShutdown):
		p.Class, p.Fix = crawler.Network, "try again later"
	case e.Code == codeState:
		p.Class = crawler.NotEnabled
	}
	return p
}

func unanswered(err error, doing string) error {
	p := crawler.Problem{Class: crawler.Network, Text: doing + ": " + reason(err), Fix: "check host and port in the dsn and that the server runs"}
	var timeout net.Error
	var op *net.OpError
	var connect *pgconn.ConnectError
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		p.Class = crawler.Timeout
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, driver.ErrBadConn):
		p.Text, p.Fix = doing+": the connection was cut", "try again; look at the server's log if it happens again"
	case errors.As(err, &op), errors.As(err, &connect), errors.Is(err, context.Canceled):
	case errors.Is(err, sql.ErrConnDone), errors.Is(err, sql.ErrTxDone), errors.Is(err, sql.ErrNoRows), fault.KindOf(err) != fault.Internal:
		return fault.KindOf(err).Errorf("%s: %w", doing, err)
	default: // the driver could not read it, or it did not fit where it belongs
		p.Class, p.Fix = crawler.Decode, "look at what stands between Waymark and the server"
	}
	return p
}

// reason is the innermost text: the driver's own repeats the address at length.
func reason(err error) string {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err.Error()
		}
		err = next
	}
}
