package crawler

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"sync"
	"syscall"
	"time"

	"waymark/catalog/fault"
)

// Deadlines bound how long Waymark itself waits for a database. The time limits
// that a server keeps are of no use when the server, or what stands before it, no
// longer answers. The zero value of each is its default.
type Deadlines struct {
	Connect time.Duration `yaml:"connect"` // until a session is ready; 10 s
	Answer  time.Duration `yaml:"answer"`  // from a statement to its first row or its end; 120 s
	Rows    time.Duration `yaml:"rows"`    // waiting for each further batch of rows; 30 s
}

const (
	connectTime = 10 * time.Second
	answerTime  = 120 * time.Second
	rowsTime    = 30 * time.Second
	endTime     = 5 * time.Second // to close rows, a transaction that is given up, or a session
	batchRows   = 500
)

// Filled returns the deadlines with their defaults in place of zeros.
func (d Deadlines) Filled() (Deadlines, error) {
	if d.Connect < 0 || d.Answer < 0 || d.Rows < 0 {
		return d, fault.Invalid.Errorf("a deadline is less than zero; write for example `deadlines: {answer: 120s}`")
	}
	return Deadlines{cmp.Or(d.Connect, connectTime), cmp.Or(d.Answer, answerTime), cmp.Or(d.Rows, rowsTime)}, nil
}

// Stalled is the error of a source that gave no answer within a deadline of ours.
type Stalled struct {
	For   time.Duration
	Doing string // what was waited for
}

func (s Stalled) Error() string {
	return fmt.Sprintf("the source did not answer for %s (%s)", s.For, s.Doing)
}

// Problem says so in a report.
func (s Stalled) Problem(doing string) Problem {
	return Problem{Class: Stall, Text: doing + ": " + s.Error(), Fix: "look at the server and the network before it; if it is only slow, give it more time with `deadlines` in the recipe"}
}

// Dial is how a driver opens a connection.
type Dial func(ctx context.Context, network, address string) (net.Conn, error)

// line is a connection to a source whose reads and writes also end at a deadline
// of ours, whichever is earlier.
type line struct {
	net.Conn

	mu            sync.Mutex
	until         time.Time // ours; zero is none
	reads, writes time.Time // the driver's
}

// limit ends what is done on the line after d; 0 takes the limit away.
func (l *line) limit(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.until = time.Time{}
	if d > 0 {
		l.until = time.Now().Add(d)
	}
	// They fail on a closed connection alone, which the next read tells too.
	_ = l.Conn.SetReadDeadline(earlier(l.until, l.reads))
	_ = l.Conn.SetWriteDeadline(earlier(l.until, l.writes))
}

// spent reports whether the limit has passed.
func (l *line) spent() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return !l.until.IsZero() && !time.Now().Before(l.until)
}

func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

func (l *line) SetDeadline(t time.Time) error {
	if err := l.SetReadDeadline(t); err != nil {
		return err
	}
	return l.SetWriteDeadline(t)
}

func (l *line) SetReadDeadline(t time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.reads = t
	return l.Conn.SetReadDeadline(earlier(l.until, t))
}

func (l *line) SetWriteDeadline(t time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.writes = t
	return l.Conn.SetWriteDeadline(earlier(l.until, t))
}

// SyscallConn lets drivers see whether an idle connection is still alive.
func (l *line) SyscallConn() (syscall.RawConn, error) {
	if c, ok := l.Conn.(syscall.Conn); ok {
		return c.SyscallConn()
	}
	return nil, fault.Internal.Errorf("the connection has no descriptor")
}
