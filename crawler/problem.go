package crawler

import (
	"context"
	"errors"
	"net"
	"strings"

	"waymark/catalog/fault"
)

// Class says what kind of problem a crawl met, and so who can mend it.
type Class string

// The classes of problems.
const (
	Auth       Class = "auth"        // the login was refused
	Permission Class = "permission"  // a right is missing
	Unread     Class = "unread"      // it is listed, and the reader may not read it
	NotEnabled Class = "not-enabled" // a feature is off at the source
	Timeout    Class = "timeout"
	Stall      Class = "stalled" // it stopped answering; a deadline of ours ended the wait
	Network    Class = "network"
	Decode     Class = "decode"      // the source answered something unreadable
	Limit      Class = "limit"       // more than the crawl takes
	Wrong      Class = "recipe"      // the recipe is wrong
	Approval   Class = "approval"    // too much vanished to believe it
	Constraint Class = "constraint"  // a rule of the database forbids the change
	Interrupt  Class = "interrupted" // it was told to end
	Bug        Class = "bug"
)

// Problem is one thing that did not work, in a line without secrets or values.
type Problem struct {
	Class Class  `json:"class"`
	Phase string `json:"phase,omitempty"`
	Scope string `json:"scope,omitempty"`
	Text  string `json:"text"`
	Fix   string `json:"fix,omitempty"`
}

// Error lets a connector return a Problem with its class and fix where an error
// is wanted; the kind of fault follows from the class.
func (p Problem) Error() string {
	if p.Fix == "" {
		return oneLine(p.Text)
	}
	return oneLine(p.Text + "; " + p.Fix)
}

// Is makes errors.Is tell the kind of a Problem.
func (p Problem) Is(target error) bool { return target == error(p.kind()) }

func (p Problem) kind() fault.Kind {
	switch p.Class {
	case Auth, Permission, Unread:
		return fault.Denied
	case Timeout, Stall, Interrupt, Network:
		return fault.Unavailable
	case Bug:
		return fault.Internal
	case Approval, Constraint:
		return fault.Conflict
	}
	return fault.Invalid
}

// problemOf makes a Problem of any error.
func problemOf(phase, scope string, err error) Problem {
	var p Problem
	var stalled Stalled
	switch {
	case errors.As(err, &p):
	case errors.As(err, &stalled):
		p = stalled.Problem(phase)
	default:
		p = Problem{Class: classOf(err), Text: oneLine(err.Error())}
	}
	p.Phase, p.Scope, p.Text = phase, scope, oneLine(p.Text)
	return p
}

func classOf(err error) Class {
	var op net.Error
	switch {
	case errors.Is(err, context.Canceled):
		return Interrupt
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &op) && op.Timeout():
		return Timeout
	case errors.Is(err, fault.Invalid):
		return Wrong
	case errors.Is(err, fault.Denied):
		return Permission
	case errors.As(err, &op), errors.Is(err, fault.Unavailable):
		return Network
	}
	return Bug
}

// oneLine keeps a message of another system readable in a report.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > 500 {
		s = strings.ToValidUTF8(s[:500], "") + "…"
	}
	return s
}
