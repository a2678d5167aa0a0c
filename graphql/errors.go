package graphql

import (
	"context"
	"log/slog"
	"slices"
	"strings"

	gerrors "github.com/graph-gophers/graphql-go/errors"

	"waymark/catalog/fault"
)

// codes maps kinds of errors to what clients see; it is the only such table.
var codes = map[fault.Kind]string{
	fault.NotFound: "NOT_FOUND", fault.Invalid: "INVALID", fault.Conflict: "CONFLICT", fault.Denied: "DENIED",
	fault.Unavailable: "UNAVAILABLE", fault.Corrupt: "CORRUPT", fault.Internal: "INTERNAL",
}

// causes leaves out what only follows from another error: that a field which may
// not be null became so when its resolver failed.
func causes(list []*gerrors.QueryError) []*gerrors.QueryError {
	failed := slices.DeleteFunc(slices.Clone(list), func(e *gerrors.QueryError) bool { return e.ResolverError == nil })
	if len(failed) > 0 {
		return failed
	}
	return list
}

// present gives each error its code, logs defects once, and hides their text.
func present(ctx context.Context, log *slog.Logger, id string, list []*gerrors.QueryError) {
	for _, e := range list {
		code := "INVALID" // an error without a resolver is one of the query itself
		if e.ResolverError != nil {
			kind := fault.KindOf(e.ResolverError)
			code = codes[kind]
			if kind == fault.Internal || kind == fault.Corrupt {
				log.ErrorContext(ctx, "request failed", "request", id, "path", e.Path, "error", e.ResolverError)
				e.Message = "this did not work, and nothing was changed; the log has it under request " + id
			}
		} else if strings.HasPrefix(e.Message, "panic occurred") {
			code = "INTERNAL"
			log.ErrorContext(ctx, "resolver panicked", "request", id, "path", e.Path, "error", e.Message)
			e.Message = "this did not work; the log has it under request " + id
		}
		if e.Extensions == nil {
			e.Extensions = map[string]any{}
		}
		e.Extensions["code"] = code
		e.Extensions["requestId"] = id
	}
}
