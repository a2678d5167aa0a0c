package crawler

import (
	"errors"
	"sync"
	"time"

	"waymark/catalog/fault"
)

// A source that gave no answer so many times in a row is not sampled for a while: of a
// thousand tables each would wait for as long as the first.
const (
	maxSilent  = 3
	silentTime = time.Minute
)

// silence remembers which sources gave no answer when they were sampled.
type silence struct {
	mu    sync.Mutex
	fails map[string]int
	until map[string]time.Time
}

// refuse is an error while a source is not to be asked.
func (s *silence) refuse(source string, now time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now.Before(s.until[source]) {
		return Problem{Class: Stall, Text: "source " + source + " gave no answer a moment ago and is not asked again yet", Fix: "look at the server and the network before it"}
	}
	return nil
}

// note counts how a source answered.
func (s *silence) note(source string, err error, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fails == nil {
		s.fails, s.until = map[string]int{}, map[string]time.Time{}
	}
	var p Problem
	switch {
	case !errors.Is(err, fault.Unavailable):
		s.fails[source] = 0
	case errors.As(err, &p) && (p.Class == Stall || p.Class == Network):
		s.fails[source] = maxSilent
	default:
		s.fails[source]++
	}
	if s.fails[source] >= maxSilent {
		s.fails[source], s.until[source] = 0, now.Add(silentTime)
	}
}
