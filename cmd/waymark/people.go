package main

import (
	"context"
	"sync"

	"waymark/catalog"
	"waymark/catalog/access"
)

// people are the accounts that the catalog knows with their roles, read anew when the
// catalog has changed.
type people struct {
	cat *catalog.Catalog

	mu      sync.Mutex
	read    bool
	at      catalog.Seq
	anybody bool
	known   map[string][]account // by the normal form of the name
}

// account is a person as the catalog writes the name.
type account struct {
	name  string
	roles []access.Role
}

// find returns the accounts whose names are the same but for case, width and space, and
// whether anybody was given a role yet.
func (p *people) find(ctx context.Context, name string) ([]account, bool, error) {
	ctx = access.With(ctx, access.System("login"))
	p.mu.Lock()
	defer p.mu.Unlock()
	head, err := p.cat.Head(ctx)
	if err == nil && (!p.read || head != p.at) {
		err = p.load(ctx)
		p.read, p.at = err == nil, head
	}
	return p.known[access.Account(name)], p.anybody, err
}

func (p *people) load(ctx context.Context) error {
	p.known, p.anybody = map[string][]account{}, false
	for a, err := range p.cat.List(ctx, catalog.Filter{Types: []catalog.Type{catalog.User}}) {
		if err != nil {
			return err
		}
		x := account{name: a.URN.Name()}
		if a.Person != nil {
			for _, name := range a.Person.Roles {
				role, err := access.ParseRole(name)
				if err != nil {
					return err
				}
				x.roles = append(x.roles, role)
			}
		}
		p.anybody = p.anybody || len(x.roles) > 0
		form := access.Account(x.name)
		p.known[form] = append(p.known[form], x)
	}
	return nil
}

// roles are what the catalog says of a person, under whatever spelling, and whether it
// says so of anybody.
func (p *people) roles(ctx context.Context, name string) (out []access.Role, anybody bool, err error) {
	list, anybody, err := p.find(ctx, name)
	for _, x := range list {
		out = append(out, x.roles...)
	}
	return out, anybody, err
}

// spelled is how the catalog writes a person's account name: as given, if it is known
// so, else as the one that is the same person, else in the normal form.
func (p *people) spelled(ctx context.Context, name string) (string, error) {
	list, _, err := p.find(ctx, name)
	found := access.Account(name)
	for i, x := range list {
		if x.name == name {
			return name, nil
		}
		if i == 0 {
			found = x.name
		}
	}
	return found, err
}
