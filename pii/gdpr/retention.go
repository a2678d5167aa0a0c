package gdpr

import (
	"context"
	"errors"
	"path"
	"regexp"
	"slices"
	"strings"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
	"waymark/pii/vault"
)

// Rule is a ground of the office on which rows, or single columns of them, are kept
// in every erasure: what law makes one keep.
type Rule struct {
	Name         string `json:"name"`
	Dataset      string `json:"dataset"`          // a URN or a name, in which * stands for any part
	Column       string `json:"column,omitempty"` // of one column
	Class        string `json:"class,omitempty"`  // or of every column of a class
	Law          string `json:"law"`              // the statute that wants it kept
	Ground       string `json:"ground,omitempty"`
	Until        Day    `json:"until,omitzero"` // after that day the rule no longer counts
	Pseudonymise bool   `json:"pseudonymise,omitempty"`
	Ledger       int64  `json:"ledger,omitempty"`
	Stamp
}

var ruleName = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,62}$`)

func (r Rule) check() error {
	switch {
	case !ruleName.MatchString(r.Name):
		return fault.Invalid.Errorf("a rule has a name of small letters, digits, dots and dashes")
	case strings.TrimSpace(r.Law) == "":
		return fault.Invalid.Errorf("a rule names the law that wants data kept")
	case r.Dataset == "":
		return fault.Invalid.Errorf("a rule names a dataset; * stands for all")
	case r.Column != "" && r.Class != "":
		return fault.Invalid.Errorf("a rule is about one column or about a class, not both")
	}
	if _, err := path.Match(r.Dataset, ""); err != nil {
		return fault.Invalid.Errorf("the pattern %q has the wrong form", r.Dataset)
	}
	return nil
}

func (r Rule) holds(today Day) bool { return r.Until.IsZero() || !today.After(r.Until) }

func (r Rule) covers(u urn.URN) bool {
	ok, err := path.Match(r.Dataset, u.Name())
	return err == nil && ok || r.Dataset == string(u) || strings.HasSuffix(u.Name(), "."+r.Dataset)
}

// columns are the columns of t that the rule keeps.
func (r Rule) columns(t *table) (out []string) {
	for _, c := range t.columns {
		if c.Name == r.Column || r.Class != "" && t.classes[c.Name] != "" && under(t.classes[c.Name], r.Class) {
			out = append(out, c.Name)
		}
	}
	return out
}

func (r Rule) ground() string {
	if r.Ground == "" {
		return r.Law
	}
	return r.Law + ": " + r.Ground
}

// SetRule adds a rule, or changes the one of that name.
func (d *Desk) SetRule(ctx context.Context, r Rule) (_ Rule, err error) {
	defer fault.Wrap(&err, "set retention rule %s", r.Name)
	c, err := d.caller(ctx, access.RequestPlan, "retention")
	if err != nil {
		return r, err
	}
	if err := r.check(); err != nil {
		return r, err
	}
	r.Stamp = d.stamp(c)
	if r.Ledger, err = d.recordRule(ctx, "retention.set", r); err != nil {
		return r, err
	}
	return r, d.Vault.Update(ctx, func(w vault.Writer) error { return put(w, vault.Retentions, r.Name, r) })
}

// RemoveRule ends a rule. Plans that were made under it stay as they are.
func (d *Desk) RemoveRule(ctx context.Context, name string) (err error) {
	defer fault.Wrap(&err, "remove retention rule %s", name)
	c, err := d.caller(ctx, access.RequestPlan, "retention")
	if err != nil {
		return err
	}
	var r Rule
	err = d.Vault.View(ctx, func(v vault.Reader) error {
		r, err = get[Rule](v, vault.Retentions, name)
		return err
	})
	if errors.Is(err, fault.NotFound) {
		return fault.NotFound.Errorf("there is no rule %s", name)
	}
	if err != nil {
		return err
	}
	r.Stamp = d.stamp(c)
	if _, err := d.recordRule(ctx, "retention.removed", r); err != nil {
		return err
	}
	return d.Vault.Update(ctx, func(w vault.Writer) error { return w.Delete(vault.Retentions, name) })
}

// recordRule writes to the ledger what a rule says; it is about no request.
func (d *Desk) recordRule(ctx context.Context, name string, r Rule) (int64, error) {
	a := act{By: r.By, Via: r.Via, Details: map[string]any{
		"name": r.Name, "dataset": r.Dataset, "column": r.Column, "class": r.Class, "law": r.Law, "until": r.Until, "pseudonymise": r.Pseudonymise,
	}}
	return d.record(ctx, name, &Request{}, a)
}

// Rules lists the rules by name, for everybody who may see requests.
func (d *Desk) Rules(ctx context.Context) ([]Rule, error) {
	if _, err := d.caller(ctx, access.RequestView, "retention"); err != nil {
		return nil, err
	}
	return d.allRules(ctx)
}

func (d *Desk) allRules(ctx context.Context) (out []Rule, err error) {
	err = d.Vault.View(ctx, func(v vault.Reader) error {
		out = nil
		for rec, err := range v.Scan(vault.Retentions, "") {
			if err != nil {
				return err
			}
			r, err := decode[Rule](rec.Val)
			if err != nil {
				return err
			}
			out = append(out, r)
		}
		return nil
	})
	slices.SortFunc(out, func(a, b Rule) int { return strings.Compare(a.Name, b.Name) })
	return out, err
}
