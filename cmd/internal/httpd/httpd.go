// Package httpd is the HTTP surface: routes with their callers, headers, health,
// and the UI's files. What a route does is handed in; nothing is decided here but
// who may reach it at all.
package httpd

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/cmd/internal/login"
)

// Policy says who may call a route.
type Policy int

// The policies. A route without one cannot be added.
const (
	Anyone Policy = iota // health, static files: nothing of the catalog
	Callers
)

// Server gathers routes. The zero value is not usable; New makes one.
type Server struct {
	BodyTimeout time.Duration // for a body to arrive; 30 s unless it is changed before a request

	mux   *http.ServeMux
	local login.Local
	log   *slog.Logger
}

// New returns a server that recognises callers with local.
func New(local login.Local, log *slog.Logger) *Server {
	return &Server{BodyTimeout: bodyTimeout, mux: http.NewServeMux(), local: local, log: log}
}

// Route adds a handler under a pattern of http.ServeMux, for those whom p lets in. It
// is called when the whole body, of at most MaxBody bytes, is there.
func (s *Server) Route(pattern string, p Policy, h http.Handler) { s.add(pattern, p, s.whole(h)) }

// Stream adds a handler that reads its body, of at most MaxStream bytes, as it comes.
func (s *Server) Stream(pattern string, p Policy, h http.Handler) { s.add(pattern, p, s.stream(h)) }

func (s *Server) add(pattern string, p Policy, h http.Handler) {
	if p == Callers {
		h = s.recognised(h)
	}
	s.mux.Handle(pattern, h)
}

func (s *Server) recognised(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := s.local.Recognise(r)
		if err != nil {
			Fail(w, r, s.log, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(access.With(r.Context(), c)))
	})
}

// statuses maps kinds of errors to HTTP; it is the only such table.
var statuses = map[fault.Kind]int{
	fault.NotFound: 404, fault.Invalid: 400, fault.Conflict: 409, fault.Denied: 403, fault.Unavailable: 503, fault.Corrupt: 500, fault.Internal: 500,
}

// Fail answers with an error: one line, its kind's status, no internal text.
func Fail(w http.ResponseWriter, r *http.Request, log *slog.Logger, err error) {
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) || errors.Is(err, os.ErrDeadlineExceeded) {
		refuseBody(w, err)
		return
	}
	status := statuses[fault.KindOf(err)]
	text := err.Error()
	if status == http.StatusInternalServerError {
		log.ErrorContext(r.Context(), "request failed", "path", r.URL.Path, "error", err)
		text = "this did not work; the log has it"
	}
	http.Error(w, text, status)
}

// Handler returns all routes behind the checks that hold for each of them.
func (s *Server) Handler() http.Handler {
	return headers(plainPaths(loopbackHost(http.NewCrossOriginProtection().Handler(s.mux))))
}

// policy of contents: everything comes from here. Styles are inline where a
// library computes positions.
const contentPolicy = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"

func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		next.ServeHTTP(w, r)
	})
}

// plainPaths refuses what could mean another path to another program.
func plainPaths(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw := r.URL.EscapedPath()
		if strings.Contains(raw, "//") || strings.Contains(raw, "/../") || strings.ContainsAny(raw, "\\;\x00") || strings.Contains(strings.ToLower(raw), "%00") {
			http.Error(w, "the path is not plain", http.StatusBadRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// loopbackHost refuses names that a foreign page may have pointed at this machine.
func loopbackHost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		if !login.Loopback(net.JoinHostPort(strings.Trim(host, "[]"), "0")) {
			http.Error(w, "this server answers on loopback names only", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// UI serves the built files, and the page itself for every path that is none of
// them; without a build it says how to make one.
func UI(files fs.FS) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		if info, err := fs.Stat(files, name); name != "" && err == nil && !info.IsDir() {
			if strings.HasPrefix(name, "assets/") { // their names carry a hash
				w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			}
			http.ServeFileFS(w, r, files, name)
			return
		}
		page, err := fs.ReadFile(files, "index.html")
		if errors.Is(err, fs.ErrNotExist) {
			http.Error(w, "the UI is not built; run: make ui build", http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		if _, err := w.Write(page); err != nil {
			return // the client went away
		}
	})
}

// Timeouts of connections: slow clients are let go, long requests are not.
const (
	headerTimeout = 5 * time.Second
	idleTimeout   = 2 * time.Minute
	stopTimeout   = 8 * time.Second
)

// Serve answers on l until ctx ends, then lets requests in flight finish.
func Serve(ctx context.Context, l net.Listener, h http.Handler) error {
	srv := &http.Server{Handler: h, ReadHeaderTimeout: headerTimeout, IdleTimeout: idleTimeout, ConnContext: login.WithPeer, MaxHeaderBytes: 64 << 10}
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
		defer cancel()
		stopped <- srv.Shutdown(end)
	}()
	if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fault.Unavailable.Errorf("serve: %w", err)
	}
	return <-stopped
}
