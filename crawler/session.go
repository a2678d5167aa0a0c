package crawler

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"time"
)

// Session opens one session of a database driver that is under deadlines from its
// first byte to its last. open connects by the Dial that it is given.
func (d Deadlines) Session(ctx context.Context, open func(context.Context, Dial) (driver.Conn, error)) (driver.Conn, error) {
	var l *line
	up := false
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, network, address)
		if err != nil || up { // once up, a driver dials to cancel a statement
			return conn, err
		}
		l = &line{Conn: conn}
		return l, nil
	}
	within, cancel := context.WithTimeout(ctx, d.Connect)
	defer cancel()
	conn, err := open(within, dial)
	if err == nil {
		up = true
		return &session{conn, l, d}, nil
	}
	var op net.Error
	if ctx.Err() == nil && (within.Err() != nil || errors.As(err, &op) && op.Timeout()) {
		return nil, Stalled{d.Connect, "connecting"}
	}
	return nil, err
}

// session is a session of a driver whose every call is under a deadline. It offers
// what database/sql asks for, and for what the driver lacks the answer of one that
// lacks it.
type session struct {
	driver.Conn
	line *line
	d    Deadlines
}

// within runs one call of the driver. What fails when the time was over is Stalled,
// whatever the driver makes of it: database/sql would try some errors again.
func (l *line) within(d time.Duration, doing string, do func() error) error {
	l.limit(d)
	defer l.limit(0)
	err := do()
	if err != nil && !errors.Is(err, io.EOF) && l.spent() {
		return Stalled{d, doing}
	}
	return err
}

func (s *session) Close() error { return s.line.within(endTime, "closing the session", s.Conn.Close) }

func (s *session) IsValid() bool {
	v, ok := s.Conn.(driver.Validator)
	return !ok || v.IsValid()
}

func (s *session) ResetSession(ctx context.Context) error {
	if r, ok := s.Conn.(driver.SessionResetter); ok {
		return s.line.within(endTime, "using the session again", func() error { return r.ResetSession(ctx) })
	}
	return nil
}

func (s *session) Ping(ctx context.Context) error {
	if p, ok := s.Conn.(driver.Pinger); ok {
		return s.line.within(s.d.Connect, "asking whether it answers", func() error { return p.Ping(ctx) })
	}
	return nil
}

func (s *session) CheckNamedValue(v *driver.NamedValue) error {
	if c, ok := s.Conn.(driver.NamedValueChecker); ok {
		return c.CheckNamedValue(v)
	}
	return driver.ErrSkip
}

func (s *session) BeginTx(ctx context.Context, o driver.TxOptions) (out driver.Tx, err error) {
	b, ok := s.Conn.(driver.ConnBeginTx)
	if !ok {
		return nil, errors.New("the driver begins no transaction")
	}
	err = s.line.within(s.d.Answer, "beginning a transaction", func() error {
		out, err = b.BeginTx(ctx, o)
		return err
	})
	return transaction{out, s}, err
}

type transaction struct {
	driver.Tx
	s *session
}

func (t transaction) Commit() error {
	return t.s.line.within(t.s.d.Answer, "committing", t.Tx.Commit)
}

func (t transaction) Rollback() error {
	return t.s.line.within(endTime, "ending a transaction", t.Tx.Rollback)
}

func (s *session) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (out driver.Result, err error) {
	e, ok := s.Conn.(driver.ExecerContext)
	if !ok {
		return nil, driver.ErrSkip
	}
	err = s.line.within(s.d.Answer, "running a statement", func() error {
		out, err = e.ExecContext(ctx, query, args)
		return err
	})
	return out, err
}

func (s *session) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	q, ok := s.Conn.(driver.QueryerContext)
	if !ok {
		return nil, driver.ErrSkip
	}
	return s.rows(func() (driver.Rows, error) { return q.QueryContext(ctx, query, args) })
}

func (s *session) PrepareContext(ctx context.Context, query string) (out driver.Stmt, err error) {
	p, ok := s.Conn.(driver.ConnPrepareContext)
	if !ok {
		return s.Conn.Prepare(query)
	}
	err = s.line.within(s.d.Answer, "preparing a statement", func() error {
		out, err = p.PrepareContext(ctx, query)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &statement{out, s}, nil
}

// statement is a prepared statement of a session.
type statement struct {
	driver.Stmt
	s *session
}

func (st *statement) CheckNamedValue(v *driver.NamedValue) error {
	if c, ok := st.Stmt.(driver.NamedValueChecker); ok {
		return c.CheckNamedValue(v)
	}
	return st.s.CheckNamedValue(v)
}

func (st *statement) Close() error {
	return st.s.line.within(endTime, "closing a statement", st.Stmt.Close)
}

func (st *statement) ExecContext(ctx context.Context, args []driver.NamedValue) (out driver.Result, err error) {
	e, ok := st.Stmt.(driver.StmtExecContext)
	if !ok {
		return nil, errors.New("the driver runs no prepared statement")
	}
	err = st.s.line.within(st.s.d.Answer, "running a statement", func() error {
		out, err = e.ExecContext(ctx, args)
		return err
	})
	return out, err
}

func (st *statement) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	q, ok := st.Stmt.(driver.StmtQueryContext)
	if !ok {
		return nil, errors.New("the driver runs no prepared statement")
	}
	return st.s.rows(func() (driver.Rows, error) { return q.QueryContext(ctx, args) })
}

// rows waits for the first answer of a statement.
func (s *session) rows(ask func() (driver.Rows, error)) (driver.Rows, error) {
	var out driver.Rows
	err := s.line.within(s.d.Answer, "waiting for the first row", func() (err error) {
		out, err = ask()
		return err
	})
	if err != nil {
		return nil, err
	}
	return &batches{Rows: out, s: s, left: s.d.Rows}, nil
}

// batches are rows for which the time spent waiting is counted by the batch: what
// the reader does with them in between is its own time.
type batches struct {
	driver.Rows
	s    *session
	n    int
	left time.Duration
}

func (b *batches) Next(dest []driver.Value) error {
	if b.n++; b.n%batchRows == 0 {
		b.left = b.s.d.Rows
	}
	began := time.Now()
	err := b.s.line.within(max(b.left, time.Millisecond), "waiting for more rows", func() error { return b.Rows.Next(dest) })
	b.left -= time.Since(began)
	if st, ok := err.(Stalled); ok {
		st.For = b.s.d.Rows
		return st
	}
	return err
}

func (b *batches) Close() error {
	return b.s.line.within(endTime, "ending a statement", b.Rows.Close)
}
