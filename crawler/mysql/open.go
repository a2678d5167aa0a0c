package mysql

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"

	"waymark/catalog/fault"
	"waymark/crawler"
	"waymark/crawler/infoschema"
)

// session is what is said at the begin of every session, and statementTime. Comments of the form
// /*M! are read by MariaDB alone, /*!50708 by MySQL alone.
var session = []string{
	"set session lock_wait_timeout = " + seconds(infoschema.LockTime) + ", innodb_lock_wait_timeout = " + seconds(infoschema.LockTime),
}

// statementTime is the server's own limit of a statement.
func statementTime(d time.Duration) string {
	return fmt.Sprintf("set session time_zone = '+00:00' /*M! , max_statement_time = %.3f */ /*!50708 , max_execution_time = %d */", d.Seconds(), d.Milliseconds())
}

var (
	// A write in a read-only session fails with error 1792.
	reading = append([]string{"set session transaction read only"}, session...)
	// Without strict mode, null in a column that forbids it would become "".
	erasing = append([]string{"set session sql_mode = 'STRICT_ALL_TABLES'"}, session...)
)

func seconds(d time.Duration) string { return fmt.Sprint(int(d.Seconds())) }

// pool is a pool of sessions and where they lead.
type pool struct {
	*sql.DB
	user, where, database string
}

// open prepares a pool under the usual deadlines and proves that the server answers.
func open(ctx context.Context, dsn crawler.Secret, setup []string) (*pool, error) {
	return openWithin(ctx, dsn, setup, crawler.Deadlines{})
}

func openWithin(ctx context.Context, dsn crawler.Secret, setup []string, d crawler.Deadlines) (*pool, error) {
	d, err := d.Filled()
	if err != nil {
		return nil, err
	}
	cfg, err := parse(dsn.Reveal())
	if err != nil {
		return nil, err
	}
	if _, err := mysql.NewConnector(cfg); err != nil {
		return nil, fault.Invalid.Errorf("the dsn cannot be read")
	}
	setup = append(slices.Clone(setup), statementTime(d.Answer))
	d.Answer += d.Answer / 20 // the server is given less, so that it can say so itself
	p := &pool{sql.OpenDB(connector{cfg, setup, d}), cfg.User, cfg.Addr, cfg.DBName}
	p.SetMaxOpenConns(4)
	ctx, cancel := context.WithTimeout(ctx, 2*d.Connect)
	defer cancel()
	if err := p.PingContext(ctx); err != nil {
		p.Close()
		return nil, explain(err, "connect to "+p.where+" as "+p.user)
	}
	return p, nil
}

// parse reads the address of the driver (user:password@tcp(host:3306)/db) or a
// URL. What is wrong with it is not repeated: it may be the password.
func parse(dsn string) (*mysql.Config, error) {
	bad := fault.Invalid.Errorf("the dsn cannot be read; write mysql://user:${file:/path}@host:3306/database")
	if strings.Contains(dsn, "://") {
		u, err := url.Parse(dsn)
		if err != nil || u.Host == "" {
			return nil, bad
		}
		host := u.Host
		if u.Port() == "" {
			host = net.JoinHostPort(u.Hostname(), "3306")
		}
		password, _ := u.User.Password()
		cfg := mysql.NewConfig()
		cfg.Net, cfg.Addr, cfg.User, cfg.Passwd, cfg.DBName = "tcp", host, u.User.Username(), password, strings.TrimPrefix(u.Path, "/")
		cfg.TLSConfig = u.Query().Get("tls")
		return settled(cfg), nil
	}
	cfg, err := mysql.ParseDSN(dsn)
	if err != nil || dsn == "" {
		return nil, bad
	}
	return settled(cfg), nil
}

// settled fixes what recipes may not choose.
func settled(cfg *mysql.Config) *mysql.Config {
	cfg.ParseTime, cfg.Loc, cfg.MultiStatements, cfg.InterpolateParams, cfg.AllowAllFiles = true, time.UTC, false, false, false
	cfg.ClientFoundRows = true // a row that already has the value counts as met
	if cfg.TLSConfig == "" && cfg.Net == "tcp" && !local(cfg.Addr) {
		cfg.TLSConfig = "true"
	}
	cfg.Logger = &mysql.NopLogger{}
	return cfg
}

func local(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	ip := net.ParseIP(host)
	return err == nil && (host == "localhost" || ip != nil && ip.IsLoopback())
}

// unlogged keeps the values of requests out of the general log. It takes a right
// that few users have, and is a courtesy: without it they stand there as any
// other statement's do.
const unlogged = "set session sql_log_off = 1"

// connector sets up each session that it makes.
type connector struct {
	config    *mysql.Config
	setup     []string
	deadlines crawler.Deadlines
}

func (c connector) Driver() driver.Driver { return nil }

func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	return c.deadlines.Session(ctx, c.session)
}

func (c connector) session(ctx context.Context, dial crawler.Dial) (driver.Conn, error) {
	cfg := c.config.Clone()
	cfg.DialFunc = dial
	made, err := mysql.NewConnector(cfg)
	if err != nil {
		return nil, fault.Invalid.Errorf("the dsn cannot be read")
	}
	conn, err := made.Connect(ctx)
	if err != nil {
		return nil, err
	}
	for _, text := range c.setup {
		if _, err := conn.(driver.ExecerContext).ExecContext(ctx, text, nil); err != nil {
			conn.Close()
			return nil, err
		}
	}
	_, _ = conn.(driver.ExecerContext).ExecContext(ctx, unlogged, nil) // refused to most; see there
	return conn, nil
}

// Error numbers of the server that a person can do something about.
const (
	errAccess       = 1045
	errAccessDB     = 1044
	errNoDatabase   = 1049
	errTableRight   = 1142
	errColumnRight  = 1143
	errRight        = 1227
	errLockWait     = 1205
	errDeadlock     = 1213
	errTimeout      = 1969
	errTimeoutMySQL = 3024
	errReadOnly     = 1792
	errConnections  = 1040
	errDuplicate    = 1062
	errNotNull      = 1048
	errReferred     = 1451
	errRefers       = 1452
)

func explain(err error, doing string) error {
	var stalled crawler.Stalled
	if errors.As(err, &stalled) {
		return stalled.Problem(doing)
	}
	var e *mysql.MySQLError
	if !errors.As(err, &e) {
		return unanswered(err, doing)
	}
	p := crawler.Problem{Class: crawler.Wrong, Text: fmt.Sprintf("%s: %s (%d)", doing, e.Message, e.Number)}
	switch e.Number {
	case errAccess:
		p.Class, p.Fix = crawler.Auth, "check the user and the password that the recipe refers to"
	case errAccessDB, errTableRight, errColumnRight, errRight:
		p.Class, p.Fix = crawler.Permission, "grant the right to the user of the recipe"
	case errNoDatabase:
		p.Fix = "check the database in the dsn"
	case errLockWait, errDeadlock, errTimeout, errTimeoutMySQL:
		p.Class, p.Fix = crawler.Timeout, "try again when the database is less busy"
	case errConnections:
		p.Class, p.Fix = crawler.Network, "try again later"
	case errDuplicate: // the message quotes the value
		p.Class, p.Text = crawler.Constraint, doing+": a value would stand twice under a unique key"
	case errNotNull, errReferred, errRefers, errReadOnly:
		p.Class = crawler.Constraint
	}
	return p
}

func unanswered(err error, doing string) error {
	var op net.Error
	p := crawler.Problem{Class: crawler.Network, Text: doing + ": " + err.Error(), Fix: "check host and port in the dsn and that the server runs"}
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &op) && op.Timeout():
		p.Class = crawler.Timeout
	case errors.As(err, &op), errors.Is(err, driver.ErrBadConn), errors.Is(err, mysql.ErrInvalidConn), errors.Is(err, context.Canceled):
	case errors.Is(err, sql.ErrConnDone), errors.Is(err, sql.ErrTxDone), errors.Is(err, sql.ErrNoRows), fault.KindOf(err) != fault.Internal:
		return fault.KindOf(err).Errorf("%s: %w", doing, err)
	default: // the driver could not read it, or it did not fit where it belongs
		p.Class, p.Fix = crawler.Decode, "look at what stands between Waymark and the server"
	}
	return p
}
