package gdpr

import (
	"context"
	"slices"
	"strings"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/pii/ledger"
)

// viaLocal is how callers come who may open the files.
const viaLocal = "local"

// SharedIdentity is what everybody is told who cannot be told apart from others.
const SharedIdentity = "over HTTP everybody is one identity until people can sign in, so two approvals cannot be given here: stop the server, and let each person approve with --data DIR --as NAME"

// another wants the caller to be neither of those who had a hand in r already.
func (d *Desk) another(c access.Caller, r Request) error {
	var err error
	switch {
	case access.Same(c.User, r.Created.By):
		err = fault.Denied.Errorf("%s opened the request and cannot approve it", c.User)
	case access.Same(c.User, r.Planned.By):
		err = fault.Denied.Errorf("%s made the plan and cannot approve it", c.User)
	case slices.ContainsFunc(r.Editors, func(name string) bool { return access.Same(name, c.User) }):
		err = fault.Denied.Errorf("%s edited the plan and cannot approve it", c.User)
	case slices.ContainsFunc(d.standing(r), func(a Approved) bool { return access.Same(a.By, c.User) }):
		err = fault.Conflict.Errorf("%s has approved it already; a second person is needed", c.User)
	case c.Basis == access.OwnsFiles:
		return fault.Denied.Errorf("%s may do this because they may open the files, and the catalog gives them no role: where people have roles, approvals are given by those with the role approver or privacy officer", c.User)
	}
	if err != nil && c.Shared {
		err = fault.KindOf(err).Errorf("%w; %s", err, SharedIdentity)
	}
	return err
}

// roleIsOlder refuses an approver whose role was given after the request was opened by
// somebody who gains by it: who opened, planned or edited it, who approved already, the approver
// alone, or whoever works on this machine under any of these names.
func (d *Desk) roleIsOlder(ctx context.Context, c access.Caller, r Request) error {
	if c.Basis == access.NobodyYet {
		return nil
	}
	grants, err := d.Guard.Grants(ctx)
	if err != nil {
		return err
	}
	hands := []Stamp{r.Created, r.Planned, d.stamp(c)}
	for _, a := range d.standing(r) {
		hands = append(hands, a.Stamp)
	}
	for _, name := range r.Editors {
		hands = append(hands, Stamp{By: name})
	}
	var bad error
	for _, role := range c.Roles {
		if !(access.Caller{Roles: []access.Role{role}}).May(access.RequestApprove) {
			continue
		}
		g := lastGrant(grants, c.User, role)
		if !g.At.After(r.Created.At) || !slices.ContainsFunc(hands, func(s Stamp) bool { return gains(g, s) }) {
			return nil
		}
		bad = fault.Denied.Errorf("%s was made %s by %s after the request was opened, and %s has a hand in it: an approver is needed whose role is older than the request, or was given by somebody who has none",
			c.User, strings.ReplaceAll(string(role), "_", " "), g.By, g.By)
	}
	return bad
}

// lastGrant is how a person came by a role that they have now; zero for a role from
// before grants were recorded.
func lastGrant(list []access.Grant, user string, role access.Role) (out access.Grant) {
	for _, g := range list {
		if g.Role == role && !g.Withdrawn && access.Same(g.To, user) {
			out = g
		}
	}
	return out
}

// gains reports whether who gave a role is who did s. What a program of this machine
// gave, whoever works on this machine gave.
func gains(g access.Grant, s Stamp) bool {
	if access.Same(g.By, s.By) {
		return true
	}
	if s.Via != viaLocal {
		return false
	}
	return g.Via == "system" || g.Via == viaLocal && g.System != "" && g.System == s.System
}

// oneHand says of approvals that one account of this machine gave them under several
// names, "" where two people were told apart.
func oneHand(list []Approved) string {
	if len(list) < 2 {
		return ""
	}
	for _, a := range list {
		if a.Via != viaLocal || a.System != list[0].System {
			return ""
		}
	}
	who := "one account of that machine"
	if list[0].System != "" {
		who = "the account " + list[0].System + " of that machine"
	}
	return "The approvals were given locally, under two names, by " + who + ", which may open the files: nobody signed in, so this does not prove that two people agreed."
}

// granted is what the ledger has of a grant.
type granted struct {
	By     string      `json:"by"`
	Via    string      `json:"via,omitempty"`
	System string      `json:"system,omitempty"`
	To     string      `json:"to"`
	Role   access.Role `json:"role"`
	At     string      `json:"at"`
}

// TellGrants records in the ledger who was given which role by whom, or lost it. The
// catalog wrote each down with the act; one that is told twice after a crash is one act.
func (d *Desk) TellGrants(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "record who was given a role")
	list, err := d.Guard.Untold(ctx)
	for _, g := range list {
		act := "role.granted"
		if g.Withdrawn {
			act = "role.withdrawn"
		}
		body := granted{By: g.By, Via: g.Via, System: g.System, To: g.To, Role: g.Role, At: g.At.UTC().Format("2006-01-02T15:04:05Z")}
		if _, err := d.Ledger.Append(ctx, ledger.Entry{Act: act, Body: body}); err != nil {
			return err
		}
		if err := d.Guard.Told(ctx, g.N); err != nil {
			return err
		}
	}
	return err
}
