package lineage

import (
	"context"
	"strings"

	"waymark/catalog"
)

// people knows the accounts of the company: which e-mail address is whose, and which
// are services.
type people struct {
	byMail   map[string]string
	services map[string]bool
}

func newPeople(ctx context.Context, cat *catalog.Catalog) (*people, error) {
	p := &people{byMail: map[string]string{}, services: map[string]bool{}}
	for a, err := range cat.List(ctx, catalog.Filter{Types: []catalog.Type{catalog.User}}) {
		if err != nil {
			return nil, err
		}
		if a.Person == nil {
			continue
		}
		if a.Person.Email != "" {
			p.byMail[strings.ToLower(a.Person.Email)] = a.URN.Name()
		}
		p.services[a.URN.Name()] = a.Person.Service
	}
	return p, nil
}

// settle gives a statement the account behind an e-mail address, and says of a known
// service that it is one.
func (p *people) settle(s *catalog.Statement) {
	if name, ok := p.byMail[strings.ToLower(s.User)]; ok {
		s.User = name
	}
	if p.services[s.User] && s.Actor != "bi" && s.Actor != "pipeline" {
		s.Actor = "service"
	}
}
