package catalog

import "strings"

// What says in a few words what an event changed.
func (e Event) What() string {
	if e.Kind != EventChanged {
		return e.Kind
	}
	var parts []string
	for _, c := range e.Columns {
		parts = append(parts, c.String())
	}
	if len(parts) > 0 {
		return strings.Join(parts, "; ")
	}
	for _, a := range e.Aspects {
		parts = append(parts, a.String())
	}
	return strings.Join(parts, ", ") + " changed"
}

// What says what the news is: of an incident whether it began or ended, and what it is.
func (n News) What() string {
	if n.Trouble == nil {
		return n.Event.What()
	}
	return "incident " + n.Turn() + ": " + n.Trouble.Title
}

// Turn is what an event was to an incident, opened, changed or closed: the one that
// closed it came when it closed.
func (n News) Turn() string {
	switch {
	case n.Kind == EventOpened:
		return "opened"
	case !n.Trouble.Closed.IsZero() && !n.At.Before(n.Trouble.Closed):
		return "closed"
	}
	return "changed"
}
