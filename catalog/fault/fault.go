// Package fault gives every error of Waymark a kind, so that callers decide by
// kind and never by text. It knows nothing of HTTP, GraphQL or logging: those
// edges translate kinds into their own codes.
package fault

import (
	"context"
	"errors"
	"fmt"
)

// Kind classifies an error. A Kind is itself an error value, so that
// errors.Is(err, fault.NotFound) holds for every error made by it.
type Kind string

// The seven kinds. What a caller may do about each stands behind it.
const (
	NotFound    Kind = "not found"   // ask for something else
	Invalid     Kind = "invalid"     // mend the input
	Conflict    Kind = "conflict"    // read again, then repeat
	Denied      Kind = "denied"      // ask somebody with the right
	Unavailable Kind = "unavailable" // repeat later; the outcome may be unknown
	Corrupt     Kind = "corrupt"     // stored data is damaged; see fsck and restore
	Internal    Kind = "internal"    // a defect of Waymark
)

// kinds in the order in which KindOf looks for them.
var kinds = []Kind{Corrupt, Denied, NotFound, Invalid, Conflict, Unavailable, Internal}

// Error makes a Kind an error value.
func (k Kind) Error() string { return string(k) }

// Errorf makes an error of kind k. The text is fmt.Errorf's, %w included.
func (k Kind) Errorf(format string, args ...any) error {
	return &kindError{kind: k, err: fmt.Errorf(format, args...)}
}

// Of gives err the kind k and leaves its text alone; nil stays nil.
func (k Kind) Of(err error) error {
	if err == nil {
		return nil
	}
	return &kindError{kind: k, err: err}
}

type kindError struct {
	kind Kind
	err  error
}

func (e *kindError) Error() string        { return e.err.Error() }
func (e *kindError) Unwrap() error        { return e.err }
func (e *kindError) Is(target error) bool { return target == e.kind }

// KindOf returns the outermost kind of err: Internal for an error without one,
// Unavailable for a cancelled or expired context, and "" for nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	var own *kindError
	if errors.As(err, &own) {
		return own.kind
	}
	for _, k := range kinds {
		if errors.Is(err, k) {
			return k
		}
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return Unavailable
	}
	return Internal
}

// Wrap gives *err its place, once: defer fault.Wrap(&err, "open %s", name).
// A nil *err stays nil and the kind is kept.
func Wrap(err *error, format string, args ...any) {
	if *err != nil {
		*err = fmt.Errorf(format+": %w", append(args, *err)...)
	}
}
