package graphql

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"time"

	gql "github.com/graph-gophers/graphql-go"
	gerrors "github.com/graph-gophers/graphql-go/errors"

	"waymark/catalog/fault"
)

// Limits of one request, each with its reason.
const (
	maxBody  = 1 << 20          // no operation of the UI comes near; a request's subject keys neither
	maxQuery = 64 << 10         // bytes of query text: enough for any page, too little to grind the parser
	deadline = 30 * time.Second // nobody waits longer for a page
	patience = 15 * time.Minute // an act of a request counts rows in real databases, table by table
)

// Handler answers POST /graphql. The caller is in the request's context.
type Handler struct {
	schema *gql.Schema
	log    *slog.Logger
}

// New parses the schema against the resolvers; a mismatch is a defect that shows
// at start.
func New(p *Parts, log *slog.Logger) (*Handler, error) {
	if p.Now == nil {
		p.Now = time.Now
	}
	schema, err := gql.ParseSchema(Schema(), &root{Parts: p}, gql.UseFieldResolvers(), gql.MaxDepth(maxDepth), gql.MaxQueryLength(maxQuery),
		gql.MaxSelections(maxSelections), gql.OverlapValidationLimit(maxOverlaps), gql.MaxParallelism(2))
	if err != nil {
		return nil, fault.Internal.Errorf("schema: %w", err)
	}
	return &Handler{schema: schema, log: log}, nil
}

// Query is one operation with its variables.
type Query struct {
	Query         string         `json:"query"`
	OperationName string         `json:"operationName,omitempty"`
	Variables     map[string]any `json:"variables,omitempty"`
}

// Do runs one operation for the caller of ctx. What it costs to validate is bounded
// before, as the library cannot be stopped while it validates.
func (h *Handler) Do(ctx context.Context, q Query) (resp *gql.Response) {
	id := rand.Text()[:12]
	defer func() {
		if v := recover(); v != nil { // of the library; it catches those of resolvers itself
			h.log.ErrorContext(ctx, "query panicked", "request", id, "error", v)
			resp = refused(fault.Internal.Errorf("%v", v))
		}
		if len(resp.Errors) > 0 {
			resp.Errors = causes(resp.Errors)
			resp.Errors = resp.Errors[:min(len(resp.Errors), maxErrors)]
			present(ctx, h.log, id, resp.Errors)
		}
	}()
	op, err := h.examine(q)
	if err != nil {
		return refused(err)
	}
	limit := deadline
	if op.kind == "mutation" {
		limit = patience
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return h.schema.Exec(ctx, q.Query, q.OperationName, q.Variables)
}

func refused(err error) *gql.Response {
	return &gql.Response{Errors: []*gerrors.QueryError{{Message: err.Error(), ResolverError: err}}}
}

// ServeHTTP reads one JSON operation and writes its answer.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		http.Error(w, "send a POST with a JSON body: {\"query\": \"...\", \"variables\": {}}", http.StatusBadRequest)
		return
	}
	var q Query
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&q); err != nil {
		unreadable(w, err)
		return
	}
	body, err := json.Marshal(h.Do(r.Context(), q))
	if err != nil { // an answer that cannot be written must not look like an empty one
		h.log.ErrorContext(r.Context(), "answer cannot be encoded", "error", err)
		http.Error(w, "the answer cannot be encoded; the log has it", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if _, err := w.Write(append(body, '\n')); err != nil {
		h.log.DebugContext(r.Context(), "answer not sent", "error", err)
	}
}

// unreadable answers for a body that is too large, came too slowly or is no JSON.
func unreadable(w http.ResponseWriter, err error) {
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		http.Error(w, fmt.Sprintf("the body is larger than %d bytes, the most that is allowed", large.Limit), http.StatusRequestEntityTooLarge)
	case errors.Is(err, os.ErrDeadlineExceeded):
		http.Error(w, "the body did not arrive in time", http.StatusRequestTimeout)
	default:
		http.Error(w, "the body is no JSON operation: "+err.Error(), http.StatusBadRequest)
	}
}
