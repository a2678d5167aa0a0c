package main

import (
	"context"
	"errors"
	"strings"

	"waymark/catalog/fault"
)

// The exit codes of interfaces.md section 1.
const (
	exitDone    = 0
	exitFailed  = 1
	exitUsage   = 2
	exitPartly  = 3
	exitRefused = 4
)

// ended is an error that carries its exit code; its text may be empty when the
// command has said everything already.
type ended struct {
	code int
	err  error
}

func (e ended) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e ended) Unwrap() error { return e.err }

// usage is a wrong call: the caller mends the command line.
func usage(format string, args ...any) error {
	return ended{code: exitUsage, err: fault.Invalid.Errorf(format, args...)}
}

func exitCode(err error) int {
	var e ended
	switch {
	case errors.As(err, &e):
		return e.code
	case isUsage(err):
		return exitUsage
	}
	return exitFailed
}

// isUsage recognises what cobra says of unknown commands and flags.
func isUsage(err error) bool {
	text := err.Error()
	for _, begin := range []string{"unknown command", "unknown flag", "unknown shorthand", "accepts ", "requires ", "invalid argument", "flag needs an argument", "required flag"} {
		if strings.HasPrefix(text, begin) {
			return true
		}
	}
	return false
}

// explain turns an error into the one line that a person gets.
func (s *settings) explain(err error) string {
	if errors.Is(err, context.Canceled) {
		return "stopped; what was finished is kept"
	}
	return strings.ReplaceAll(strings.TrimSpace(err.Error()), "\n", "; ")
}
