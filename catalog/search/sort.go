package search

import (
	"cmp"
	"strings"

	"waymark/catalog/fault"
)

// Sort is the order of an answer.
type Sort uint8

// The orders. All but Relevance mix the stages, for whoever sorts a list wants to
// read down one value; what is only near still stands behind the rest.
const (
	Relevance Sort = iota
	ByTrust        // the most trusted first
	ByUse          // used by most people in 30 days first, unknown last
	ByUpdate       // the newest data first, unknown last
	ByName
)

var sortNames = [...]string{"relevance", "trust", "used", "updated", "name"}

func (s Sort) String() string { return sortNames[s] }

// ParseSort returns the order of a name; "" is relevance.
func ParseSort(name string) (Sort, error) {
	for i, n := range sortNames {
		if strings.EqualFold(n, name) || name == "" {
			return Sort(i), nil
		}
	}
	return 0, fault.Invalid.Errorf("%q is no order; there are %s", name, strings.Join(sortNames[:], ", "))
}

// Standing is where a document stands in an order: what was crawled before what
// statements only name, then the higher number first, then by name. Documents that stand
// level are apart by relevance.
type Standing struct {
	Last   bool
	Number float64
	Name   string
}

// Compare is negative when s stands before t.
func (s Standing) Compare(t Standing) int {
	return cmp.Or(compareBool(s.Last, t.Last), cmp.Compare(t.Number, s.Number), strings.Compare(s.Name, t.Name))
}

// Standing returns where a document stands; in the order of relevance all that were
// crawled are level.
func (m *Moment) Standing(d *Document, s Sort) Standing {
	at := m.value(d, s)
	at.Last = d.Marks&NotCrawled != 0
	return at
}

func (m *Moment) value(d *Document, s Sort) Standing {
	e := &d.Evidence
	switch s {
	case ByTrust:
		trust, _ := e.Score(&m.Survey.Estate, m.Now)
		return Standing{Number: float64(float32(trust))} // as engines keep it
	case ByUse:
		if !e.UsageKnown {
			return Standing{Number: -1}
		}
		return Standing{Number: float64(e.People30) + 1 - 1/float64(1+e.Queries30)}
	case ByUpdate:
		if e.Cadence.Last.IsZero() {
			return Standing{}
		}
		return Standing{Number: float64(e.Cadence.Last.Unix())}
	case ByName:
		return Standing{Name: strings.ToLower(d.Bare())}
	}
	return Standing{}
}
