package login

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"waymark/catalog/fault"
)

// What Linux lists, with this account's socket, another account's, and one that its
// process has closed, which is listed as root's.
const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 100 1 0 100 0 0 10 0
   1: 0100007F:C001 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 200 1 0 20 4 30 10 -1
   2: 0100007F:C002 0100007F:1F90 05 00000000:00000000 00:00000000 00000000     0        0 0 1 0 20 4 30 10 -1
   3: 00000000000000000000000001000000:C003 00000000000000000000000001000000:1F90 01 00000000:00000000 00:00000000 00000000  1001        0 300 1 0 20 4 30 10 -1
   4: 0000000000000000FFFF00000100007F:C004 0000000000000000FFFF00000100007F:1F90 01 00000000:00000000 00:00000000 00000000  1002        0 300 1 0 20 4 30 10 -1
`

func TestFindSocket(t *testing.T) {
	for _, tt := range []struct {
		from, to string
		uid      int
		ok       bool
	}{
		{"127.0.0.1:49153", "127.0.0.1:8080", 1000, true},
		{"127.0.0.1:49154", "127.0.0.1:8080", 0, false}, // closed: nobody's, not root's
		{"127.0.0.1:49153", "127.0.0.1:8081", 0, false},
		{"[::1]:49155", "[::1]:8080", 1001, true},
		{"127.0.0.1:49156", "127.0.0.1:8080", 1002, true},
	} {
		uid, ok := findSocket(strings.NewReader(table), netip.MustParseAddrPort(tt.from), netip.MustParseAddrPort(tt.to))
		if uid != tt.uid || ok != tt.ok {
			t.Errorf("%s to %s: got %d, %t want %d, %t", tt.from, tt.to, uid, ok, tt.uid, tt.ok)
		}
	}
}

func TestOwner(t *testing.T) {
	path := filepath.Join(t.TempDir(), "token")
	o, err := NewOwner(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("got %v, %v want mode 0600", info.Mode(), err)
	}
	if again, err := NewOwner(path); err != nil || again.token != o.token {
		t.Errorf("got %v want the same token after a restart", err)
	}
	other := func(context.Context) *http.Request { // a connection of another account
		r := httptest.NewRequest("POST", "/graphql", nil)
		return r.WithContext(context.WithValue(t.Context(), peerKey{}, func() (int, error) { return os.Geteuid() + 4711, nil }))
	}
	if err := o.Check(other(t.Context())); !errors.Is(err, fault.Denied) || strings.Contains(err.Error(), o.token) {
		t.Errorf("another account: got %v want it refused without the token", err)
	}
	if err := o.Check(httptest.NewRequest("POST", "/graphql", nil)); !errors.Is(err, fault.Denied) {
		t.Errorf("a connection that does not tell: got %v want it refused", err)
	}
	r := other(t.Context())
	r.Header.Set("Authorization", "Bearer "+o.token)
	if err := o.Check(r); err != nil {
		t.Errorf("with the token: got %v want it let in", err)
	}
	w := httptest.NewRecorder()
	o.ServeHTTP(w, httptest.NewRequest("GET", o.SignIn(), nil))
	r = other(t.Context())
	for _, c := range w.Result().Cookies() {
		r.AddCookie(c)
	}
	if err := o.Check(r); err != nil || w.Code != http.StatusSeeOther {
		t.Errorf("after the link: got %d, %v want it let in", w.Code, err)
	}
	w = httptest.NewRecorder()
	o.ServeHTTP(w, httptest.NewRequest("GET", "/sign-in?code=", nil))
	if w.Code != http.StatusForbidden {
		t.Errorf("the link again: got %d want 403", w.Code)
	}
}

// The account of a real connection is found where the system tells it.
func TestPeerOfARealConnection(t *testing.T) {
	if !TellsPeers() {
		t.Skip("this system has no table of sockets")
	}
	for _, addr := range []string{"127.0.0.1:0", "[::1]:0"} {
		l, err := net.Listen("tcp", addr)
		if err != nil {
			t.Logf("%s: %v", addr, err)
			continue
		}
		got := make(chan error, 1)
		srv := &http.Server{ConnContext: WithPeer, Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			uid, err := peer(r.Context())
			if err == nil && uid != os.Geteuid() {
				err = errors.New("another account")
			}
			got <- err
		})}
		go func() { _ = srv.Serve(l) }()
		resp, err := http.Get("http://" + l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if err := <-got; err != nil {
			t.Errorf("%s: got %v want this account", addr, err)
		}
		if err := srv.Close(); err != nil {
			t.Error(err)
		}
	}
}
