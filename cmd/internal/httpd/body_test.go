package httpd_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/cmd/internal/httpd"
	"waymark/cmd/internal/login"
)

// listening serves an API that counts what it reads, and an import.
func listening(t *testing.T, timeout time.Duration) string {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	local := login.Local{People: func(context.Context, string) ([]access.Role, bool, error) { return nil, false, nil }}
	s := httpd.New(local, log)
	s.BodyTimeout = timeout
	read := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, err := io.Copy(io.Discard, r.Body)
		if err != nil {
			httpd.Fail(w, r, log, fault.Unavailable.Errorf("read: %w", err))
			return
		}
		fmt.Fprintln(w, n)
	})
	s.Route("POST /graphql", httpd.Anyone, read)
	s.Stream("POST /import", httpd.Anyone, read)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- httpd.Serve(ctx, l, s.Handler()) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return l.Addr().String()
}

// A client that sends a byte now and then is answered 408 and let go, however many
// there are, while others are served.
func TestSlowBodiesAreShed(t *testing.T) {
	n, timeout := 200, 2*time.Second
	if os.Getenv("WAYMARK_HAMMER") == "full" {
		n, timeout = 1000, 25*time.Second
	}
	addr := listening(t, timeout)
	start := time.Now()
	var wait sync.WaitGroup
	var mu sync.Mutex
	statuses := map[int]int{}
	for i := range n {
		wait.Go(func() {
			path := []string{"/graphql", "/import"}[i%2]
			conn, err := net.Dial("tcp", addr)
			if err != nil {
				t.Error(err)
				return
			}
			defer conn.Close()
			fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n{", path)
			go func() {
				for {
					if _, err := conn.Write([]byte(" ")); err != nil {
						return
					}
					time.Sleep(timeout / 10)
				}
			}()
			resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Errorf("%s: got %v want 408", path, err)
				return
			}
			statuses[resp.StatusCode]++
			resp.Body.Close()
		})
	}
	resp, err := http.Post("http://"+addr+"/graphql", "application/json", strings.NewReader("{}"))
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Errorf("a quick body beside them: got %v, %v", resp, err)
	}
	wait.Wait()
	took := time.Since(start)
	t.Logf("%d slow bodies: %v after %v with a timeout of %v", n, statuses, took, timeout)
	if statuses[http.StatusRequestTimeout] != n || took > timeout+20*time.Second {
		t.Errorf("got %v after %v; want %d times 408", statuses, took, n)
	}
}

// zeros is a body without end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

func TestLargeBodies(t *testing.T) {
	addr := listening(t, 30*time.Second)
	post := func(path string, body io.Reader) (int, string) {
		t.Helper()
		resp, err := http.Post("http://"+addr+path, "application/json", body)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		text, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(text)
	}
	if status, text := post("/graphql", bytes.NewReader(make([]byte, httpd.MaxBody))); status != 200 || text != "1048576\n" {
		t.Errorf("1 MiB: got %d %q", status, text)
	}
	for name, body := range map[string]io.Reader{"a byte more": bytes.NewReader(make([]byte, httpd.MaxBody+1)), "in chunks": io.LimitReader(zeros{}, httpd.MaxBody+1)} {
		if status, text := post("/graphql", body); status != http.StatusRequestEntityTooLarge || !strings.Contains(text, "1048576 bytes") {
			t.Errorf("%s: got %d %q want 413 and the limit", name, status, text)
		}
	}
	if status, text := post("/import", io.LimitReader(zeros{}, 50<<20)); status != 200 || text != "52428800\n" {
		t.Errorf("50 MiB of an import: got %d %q", status, text)
	}
}
