package catalog

import (
	"context"
	"slices"

	"waymark/catalog/access"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
)

// rolesOf are the roles that the catalog gives a person now.
func rolesOf(r kv.Reader, u urn.URN) ([]string, error) {
	a, ok, err := readAsset(r, u)
	if err != nil || !ok || a.Person == nil || a.Status != nil && !a.Status.Removed.IsZero() {
		return nil, err
	}
	return a.Person.Roles, nil
}

// concernsRoles reports whether a statement may change what a person may do.
func (s statement) concernsRoles() bool {
	return s.urn.Kind() == urn.KindUser && (s.removed || slices.ContainsFunc(s.says, func(x said) bool { return x.aspect == AspectPerson || x.aspect == AspectStatus }))
}

// granted compares a person's roles before and after a statement.
func (e *editor) granted(u urn.URN, was []string) error {
	is, err := rolesOf(e.w, u)
	if err != nil {
		return err
	}
	for _, role := range is {
		if !slices.Contains(was, role) {
			e.grants = append(e.grants, access.Grant{To: u.Name(), Role: access.Role(role)})
		}
	}
	for _, role := range was {
		if !slices.Contains(is, role) {
			e.grants = append(e.grants, access.Grant{To: u.Name(), Role: access.Role(role), Withdrawn: true})
		}
	}
	return nil
}

// record writes the grants that an editor made, each as an act of its own.
func (c *Catalog) record(ctx context.Context, w kv.Writer, grants []access.Grant) error {
	for _, g := range grants {
		if err := c.guard.Grant(ctx, w, g); err != nil {
			return err
		}
	}
	return nil
}
