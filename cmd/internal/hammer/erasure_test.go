package hammer

import (
	"fmt"
	"testing"
)

func TestErasureInTheSampleCompany(t *testing.T) {
	h := newHouse(t)
	c := h.company(t)
	id, p := h.plan(t, "email="+c.Subject.Email)
	for _, s := range p.Steps {
		fmt.Printf("%d %s %s %v %d %s %s | %v\n", s.Order, s.Action, s.Dataset.Name(), s.Columns, s.Rows, s.Reached, s.Related, s.Path)
	}
	fmt.Println("UNREACHABLE", p.Unreachable)
	fmt.Println("ISLANDS", p.Islands)
	fmt.Println("NOTES", p.Notes)
	fmt.Println("KEYS", p.Keys)
	for _, x := range p.Derived {
		fmt.Println("DERIVED", x)
	}
	h.erase(t, id, p)
}
