package httpd_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"waymark/catalog/access"
	"waymark/cmd/internal/httpd"
	"waymark/cmd/internal/login"
)

func server() http.Handler {
	local := login.Local{People: func(context.Context, string) ([]access.Role, bool, error) { return nil, false, nil }}
	s := httpd.New(local, slog.New(slog.DiscardHandler))
	s.Route("/graphql", httpd.Callers, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, ok := access.From(r.Context()); !ok {
			w.WriteHeader(http.StatusTeapot)
		}
	}))
	s.Route("/", httpd.Anyone, httpd.UI(fstest.MapFS{"index.html": {Data: []byte("<p>page")}, "assets/a.js": {Data: []byte("1")}}))
	return s.Handler()
}

func get(t *testing.T, h http.Handler, method, host, path string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, "http://"+host+path, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func TestStatuses(t *testing.T) {
	tests := []struct {
		name, method, host, path string
		header                   []string
		want                     int
	}{
		{"a caller", "POST", "127.0.0.1:8080", "/graphql", nil, 200},
		{"another person outside of the demo", "POST", "127.0.0.1:8080", "/graphql", []string{"X-Waymark-As", "ana"}, 403},
		{"a foreign name for this machine", "POST", "evil.example:8080", "/graphql", nil, 403},
		{"a form of another site", "POST", "127.0.0.1:8080", "/graphql", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"a page of the UI", "GET", "localhost:8080", "/search", nil, 200},
		{"a file of the UI", "GET", "[::1]:8080", "/assets/a.js", nil, 200},
		{"two slashes", "GET", "127.0.0.1:8080", "//graphql", nil, 400},
		{"a semicolon", "GET", "127.0.0.1:8080", "/graphql;x", nil, 400},
		{"NUL", "GET", "127.0.0.1:8080", "/a%00", nil, 400},
	}
	h := server()
	for _, tt := range tests {
		if got := get(t, h, tt.method, tt.host, tt.path, tt.header...); got.StatusCode != tt.want {
			t.Errorf("%s: got %d want %d", tt.name, got.StatusCode, tt.want)
		}
	}
}

func TestHeadersAndUnbuiltUI(t *testing.T) {
	got := get(t, server(), "GET", "127.0.0.1:1", "/")
	for name, want := range map[string]string{"Content-Security-Policy": "default-src 'self'", "X-Content-Type-Options": "nosniff"} {
		if !strings.Contains(got.Header.Get(name), want) {
			t.Errorf("%s: got %q want it to hold %q", name, got.Header.Get(name), want)
		}
	}
	w := httptest.NewRecorder()
	httpd.UI(fstest.MapFS{}).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	if w.Code != 503 || !strings.Contains(w.Body.String(), "make ui") {
		t.Errorf("without a build: got %d %q want 503 and what to run", w.Code, w.Body)
	}
}
