package crawltest

import (
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Manner is what a proxy does to a connection once its moment has come.
type Manner string

// The manners of a Fault.
const (
	Pass    Manner = "passes everything on"
	Refuse  Manner = "refuses the connection"
	Close   Manner = "closes"
	Reset   Manner = "resets"
	Hang    Manner = "sends nothing more"
	Drip    Manner = "sends a byte each second"
	Garbage Manner = "sends nonsense"
	HTTP    Manner = "speaks another protocol"
	Deaf    Manner = "passes no further question on"
	Large   Manner = "announces more than it sends"
)

// Fault is what a proxy does after so many bytes of the server's answers on one
// connection; for Deaf, of the client's questions.
type Fault struct {
	Manner Manner
	After  int64
}

// Proxy stands before a server on an address of its own.
type Proxy struct {
	Addr   string
	target string
	fault  Fault
	most   [2]atomic.Int64 // bytes of questions and of answers that one connection took
	done   chan struct{}
}

// NewProxy starts a proxy that ends with the test.
func NewProxy(t testing.TB, target string, f Fault) *Proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{Addr: l.Addr().String(), target: target, fault: f, done: make(chan struct{})}
	if f.Manner == Refuse {
		l.Close()
		return p
	}
	t.Cleanup(func() {
		close(p.done)
		l.Close()
	})
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go p.serve(conn)
		}
	}()
	return p
}

// Most returns how many bytes one connection took at most, to the server and back.
func (p *Proxy) Most() (questions, answers int64) { return p.most[0].Load(), p.most[1].Load() }

func (p *Proxy) serve(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", p.target)
	if err != nil {
		return
	}
	defer server.Close()
	var wait sync.WaitGroup
	wait.Go(func() {
		to := io.Writer(server)
		if p.fault.Manner == Deaf {
			to = &fuse{to: server, left: p.fault.After, then: func([]byte) {}}
		}
		_, _ = io.Copy(&counter{to: to, most: &p.most[0]}, client)
		server.Close()
	})
	defer wait.Wait()
	defer client.Close() // ends the other direction
	to := io.Writer(client)
	if p.fault.Manner != Pass && p.fault.Manner != Deaf {
		to = &fuse{to: client, left: p.fault.After, then: func(rest []byte) { p.spoil(client, rest) }}
	}
	_, _ = io.Copy(&counter{to: to, most: &p.most[1]}, server)
}

// counter raises most to what passed through it.
type counter struct {
	to   io.Writer
	n    int64
	most *atomic.Int64
}

func (c *counter) Write(b []byte) (int, error) {
	c.n += int64(len(b))
	for old := c.most.Load(); c.n > old && !c.most.CompareAndSwap(old, c.n); old = c.most.Load() {
	}
	return c.to.Write(b)
}

// spoil does what the fault says to what the server sends from now on.
func (p *Proxy) spoil(client net.Conn, rest []byte) {
	switch p.fault.Manner {
	case Close:
		client.Close()
	case Reset:
		if c, ok := client.(*net.TCPConn); ok {
			_ = c.SetLinger(0) // the close below sends RST
		}
		client.Close()
	case Drip:
		for _, b := range rest {
			if _, err := client.Write([]byte{b}); err != nil || !p.pause(time.Second) {
				return
			}
		}
	case Garbage:
		for i := range rest {
			rest[i] ^= byte(0x5a + i)
		}
		_, _ = client.Write(rest)
	case HTTP:
		_, _ = io.WriteString(client, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
		client.Close()
	case Large:
		_, _ = client.Write([]byte{'D', 0x3f, 0xff, 0xff, 0x00, 0x00, 0x05})
	}
}

func (p *Proxy) pause(d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-p.done:
		return false
	}
}

// fuse passes bytes on until none are left, then hands the rest to then.
type fuse struct {
	to   io.Writer
	left int64
	then func(rest []byte)
}

func (f *fuse) Write(b []byte) (int, error) {
	n := int(min(f.left, int64(len(b))))
	f.left -= int64(n)
	if _, err := f.to.Write(b[:n]); err != nil {
		return 0, err
	}
	if f.left == 0 && n < len(b) {
		f.then(b[n:])
	}
	return len(b), nil
}
