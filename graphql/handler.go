package graphql

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	gql "github.com/graph-gophers/graphql-go"

	"waymark/catalog/fault"
)

// Limits of one request, each with its reason.
const (
	maxBody  = 1 << 20          // no operation of the UI comes near; a request's subject keys neither
	maxQuery = 64 << 10         // bytes of query text: enough for any page, too little to grind the parser
	maxDepth = 12               // the deepest page asks for 7
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
	schema, err := gql.ParseSchema(Schema(), &root{Parts: p}, gql.UseFieldResolvers(), gql.MaxDepth(maxDepth), gql.MaxQueryLength(maxQuery), gql.MaxParallelism(2))
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

// Do runs one operation for the caller of ctx.
func (h *Handler) Do(ctx context.Context, q Query) *gql.Response {
	limit := deadline
	if strings.HasPrefix(strings.TrimSpace(q.Query), "mutation") {
		limit = patience
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	resp := h.schema.Exec(ctx, q.Query, q.OperationName, q.Variables)
	if len(resp.Errors) > 0 {
		resp.Errors = causes(resp.Errors)
		present(ctx, h.log, rand.Text()[:12], resp.Errors)
	}
	return resp
}

// ServeHTTP reads one JSON operation and writes its answer.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		http.Error(w, "send a POST with a JSON body: {\"query\": \"...\", \"variables\": {}}", http.StatusBadRequest)
		return
	}
	var q Query
	if err := json.NewDecoder(io.LimitReader(r.Body, maxBody)).Decode(&q); err != nil {
		http.Error(w, "the body is no JSON operation: "+err.Error(), http.StatusBadRequest)
		return
	}
	resp := h.Do(r.Context(), q)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if err := json.NewEncoder(w).Encode(resp); err != nil {
		h.log.DebugContext(r.Context(), "answer not sent", "error", err)
	}
}
