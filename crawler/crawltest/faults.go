package crawltest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"waymark/crawler"
)

// Hang as the limit of a Proxy: it takes connections and never answers.
const Hang = -1

// Proxy stands before the server at target, on an address of its own. It cuts
// each connection after limit bytes of the server's answers.
func Proxy(t *testing.T, target string, limit int64) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go pass(conn, target, limit)
		}
	}()
	return l.Addr().String()
}

func pass(client net.Conn, target string, limit int64) {
	defer client.Close()
	if limit == Hang {
		_, _ = io.Copy(io.Discard, client) // until the client gives up
		return
	}
	server, err := net.Dial("tcp", target)
	if err != nil {
		return
	}
	defer server.Close()
	go func() { _, _ = io.Copy(server, client) }()
	// Ends at the limit, or when either side does; both are closed then.
	_, _ = io.CopyN(client, server, limit)
}

// Faults crawls a shop once, then again and again through a connection that is
// cut after ever more bytes, or hangs. Each crawl ends in time, says in one line
// what happened, and nothing is ever marked as gone.
func Faults(t *testing.T, s System, target string, through func(addr string) (recipe string)) {
	shop(t, s)
	b := bench(t, s)
	b.Crawl(t, s.Recipe, crawler.OK)
	states := map[crawler.State]int{}
	for _, limit := range []int64{Hang, 0, 10, 100, 300, 500, 700, 900, 1200, 1600, 2000, 2500, 3000, 3500, 4000, 5000, 7000, 10_000, 1 << 20} {
		t.Run(fmt.Sprint(limit), func(t *testing.T) {
			r, err := crawler.ParseRecipe([]byte(through(Proxy(t, target, limit))))
			if err != nil {
				t.Fatal(err)
			}
			deadline := time.Minute // enough for a loaded machine
			if limit == Hang {
				deadline = 3 * time.Second
			}
			ctx, cancel := context.WithTimeout(b.Ctx, deadline)
			defer cancel()
			began := time.Now()
			report, err := b.Runner.Crawl(ctx, r, crawler.Options{Approve: true})
			if took := time.Since(began); took > deadline+20*time.Second {
				t.Errorf("it took %s with a deadline of %s", took, deadline)
			}
			if err != nil {
				oneLine(t, err)
			}
			for _, p := range report.Problems {
				if strings.Contains(p.Text, "\n") || p.Class == crawler.Bug {
					t.Errorf("got problem %+v, want one line of a class that is no bug", p)
				}
			}
			if len(b.Live(t)) != 3 || report.Gone != 0 {
				t.Errorf("got %d live and %d gone, want 3 and 0", len(b.Live(t)), report.Gone)
			}
			if report.State != crawler.OK && err == nil && len(report.Problems) == 0 {
				t.Error("the report does not say what happened")
			}
			if report.State == crawler.OK && err != nil || errors.Is(err, errCut) {
				t.Errorf("got %s with %v", report.State, err)
			}
			states[report.State]++
		})
	}
	if states[crawler.OK] == 0 || states[crawler.Failed] == 0 {
		t.Errorf("got states %v, want crawls that fail and crawls that come through", states)
	}
}
