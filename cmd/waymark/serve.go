package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"syscall"

	"github.com/spf13/cobra"

	"waymark/catalog/access"
	"waymark/catalog/exchange"
	"waymark/catalog/fault"
	"waymark/cmd/internal/httpd"
	"waymark/cmd/internal/login"
	"waymark/graphql"
	"waymark/ui"
)

func newServe(s *settings) *cobra.Command {
	cmd := &cobra.Command{Use: "serve", Short: "Serve the UI, the API and the receivers, and crawl on schedule", Args: cobra.NoArgs}
	s.flag(cmd, "addr")
	cmd.RunE = func(c *cobra.Command, _ []string) (err error) {
		l, err := listen(s.text("addr"))
		if err != nil {
			return err
		}
		w, err := build(c.Context(), s)
		if err != nil {
			return errors.Join(err, l.Close())
		}
		defer func() { err = errors.Join(err, w.Close()) }()
		if w.local.Owner, err = login.NewOwner(w.places.token()); err != nil {
			return errors.Join(err, l.Close())
		}
		fmt.Fprintf(c.ErrOrStderr(), "Waymark answers on http://%s\n", l.Addr())
		if !login.TellsPeers() {
			fmt.Fprintf(c.ErrOrStderr(), "Sign a browser in, once, by http://%s%s\n", l.Addr(), w.local.Owner.SignIn())
		}
		return w.serve(c.Context(), l)
	}
	return cmd
}

// listen opens the address before anything else, so that a wrong one costs nothing.
func listen(addr string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, usage("%q is no address to listen on; write 127.0.0.1:8080", addr)
	}
	if !login.Loopback(addr) {
		return nil, usage("%s can be reached from other machines, and nobody would have to sign in; listen on 127.0.0.1", addr)
	}
	l, err := net.Listen("tcp", addr)
	if err != nil && !errors.Is(err, syscall.EADDRINUSE) {
		return nil, usage("cannot listen on %s: %v", addr, err)
	}
	if err != nil {
		return nil, fault.Unavailable.Errorf("%s is in use by another program; choose another address with --addr %s:0", addr, host)
	}
	return l, nil
}

// serve loads what is derived, starts the background work and answers until ctx ends.
func (w *waymark) serve(ctx context.Context, l net.Listener) error {
	sys := access.With(ctx, access.System("start"))
	w.health.background = func(work func(context.Context)) {
		w.crawls.wait.Add(1)
		go func() {
			defer w.crawls.wait.Done()
			work(ctx)
		}()
	}
	if err := w.jobs.CloseLost(sys); err != nil {
		return err
	}
	if err := w.graph.Load(sys); err != nil {
		return err
	}
	if err := w.follow(sys); err != nil {
		return err
	}
	if err := os.WriteFile(w.places.address, []byte(l.Addr().String()), 0o600); err != nil {
		return fault.Unavailable.Errorf("data folder: %w", err)
	}
	w.closers = append(w.closers, w.removeAddress)
	w.start(ctx)
	err := httpd.Serve(ctx, l, w.routes())
	w.crawls.drain()
	return err
}

// removeAddress is registered by the process that wrote the file. It runs before
// the store is released, so that no later server can have written its own yet.
func (w *waymark) removeAddress() error {
	if err := os.Remove(w.places.address); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fault.Unavailable.Errorf("data folder: %w", err)
	}
	return nil
}

// routes is every path of the server and who may call it.
func (w *waymark) routes() http.Handler {
	s := httpd.New(w.local, w.log)
	s.Route("POST /graphql", httpd.Callers, w.api)
	s.Route("GET /graphql/schema", httpd.Anyone, http.HandlerFunc(serveSchema))
	s.Stream("POST /api/v1/import", httpd.Callers, http.HandlerFunc(w.serveImport))
	s.Route("GET /api/v1/export", httpd.Callers, http.HandlerFunc(w.serveExport))
	s.Route("GET /api/v1/requests/{id}/receipt", httpd.Callers, http.HandlerFunc(w.serveReceipt))
	s.Route("POST /api/v1/requests/{id}/receipt", httpd.Callers, http.HandlerFunc(w.issueReceipt))
	s.Route("GET /healthz", httpd.Anyone, http.HandlerFunc(serveHealth))
	s.Route("GET /readyz", httpd.Anyone, http.HandlerFunc(w.serveReady))
	s.Route("GET /version", httpd.Anyone, http.HandlerFunc(serveVersion))
	if w.local.Owner != nil {
		s.Route("GET /sign-in", httpd.Anyone, w.local.Owner)
	}
	for _, path := range []string{"/api/", "/graphql/", "/metrics", "/mcp"} { // not pages of the UI
		s.Route("GET "+path, httpd.Anyone, http.NotFoundHandler())
	}
	s.Route("GET /", httpd.Anyone, httpd.UI(ui.FS()))
	return s.Handler()
}

func serveSchema(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	io.WriteString(w, graphql.Schema()) // the client went away
}

func serveHealth(w http.ResponseWriter, _ *http.Request) {
	io.WriteString(w, "ok\n") // the client went away
}

func serveVersion(w http.ResponseWriter, _ *http.Request) {
	io.WriteString(w, version+"\n") // the client went away
}

func (w *waymark) serveImport(rw http.ResponseWriter, r *http.Request) {
	rep, err := exchange.Import(r.Context(), w.cat, r.Body)
	if err == nil {
		err = w.follow(r.Context())
	}
	if err != nil {
		httpd.Fail(rw, r, w.log, err)
		return
	}
	rw.Header().Set("Content-Type", "application/json")
	if err := printJSON(rw, rep); err != nil {
		w.log.DebugContext(r.Context(), "answer not sent", "error", err)
	}
}
