package httpd

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"
)

// Limits of what a request may bring.
const (
	MaxBody     = 1 << 20          // of a request to the API
	MaxStream   = 4 << 30          // of an import, which is read as it comes
	bodyTimeout = 30 * time.Second // for the body of the API, and for each part of a stream
	streamPart  = 64 << 10         // bytes that a stream must bring within that time
)

// whole reads the body before the handler is called, so that a slow one costs a
// connection and nothing else: 413 for one that is too large, 408 for one too slow.
func (s *Server) whole(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Body == nil || r.Body == http.NoBody {
			next.ServeHTTP(w, r)
			return
		}
		if r.ContentLength > MaxBody {
			refuseBody(w, &http.MaxBytesError{Limit: MaxBody})
			return
		}
		limit := deadline{w: http.NewResponseController(w)}
		limit.in(s.BodyTimeout)
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBody))
		if err != nil {
			refuseBody(w, err) // the deadline stays: what else comes is not waited for
			return
		}
		limit.clear()
		r.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(w, r)
	})
}

// refuseBody answers for a body that could not be read, and ends the connection.
func refuseBody(w http.ResponseWriter, err error) {
	w.Header().Set("Connection", "close")
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		http.Error(w, fmt.Sprintf("the body is larger than %d bytes, the most that is allowed here", large.Limit), http.StatusRequestEntityTooLarge)
	case errors.Is(err, os.ErrDeadlineExceeded):
		http.Error(w, "the body did not arrive in time", http.StatusRequestTimeout)
	default:
		http.Error(w, "the body was cut", http.StatusBadRequest)
	}
}

// deadline sets when reading from the connection ends. Where there is no connection,
// as in tests without a server, there is nothing to set.
type deadline struct{ w *http.ResponseController }

func (d deadline) in(t time.Duration) { _ = d.w.SetReadDeadline(time.Now().Add(t)) }
func (d deadline) clear()             { _ = d.w.SetReadDeadline(time.Time{}) }

// stream lets the handler read a large body as it comes, as long as it keeps coming.
func (s *Server) stream(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength > MaxStream {
			refuseBody(w, &http.MaxBytesError{Limit: MaxStream})
			return
		}
		b := &steady{in: http.MaxBytesReader(w, r.Body, MaxStream), deadline: deadline{w: http.NewResponseController(w)}, every: s.BodyTimeout}
		b.deadline.in(b.every)
		r.Body = b
		next.ServeHTTP(w, r)
	})
}

// steady renews the deadline after each part, and ends it with the body: a handler may
// work for longer on what it was sent.
type steady struct {
	in       io.ReadCloser
	deadline deadline
	every    time.Duration
	part     int
}

func (s *steady) Read(p []byte) (int, error) {
	n, err := s.in.Read(p)
	if s.part += n; err == nil && s.part >= streamPart {
		s.part = 0
		s.deadline.in(s.every)
	}
	if errors.Is(err, io.EOF) {
		s.deadline.clear()
	}
	return n, err
}

func (s *steady) Close() error { return s.in.Close() }
