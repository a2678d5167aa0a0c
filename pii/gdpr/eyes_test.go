package gdpr_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv/memkv"
	"waymark/catalog/urn"
	"waymark/pii/gdpr"
	"waymark/pii/vault"
)

// eyes is an office whose guard has seen roles being granted.
type eyes struct {
	*office
	guard *access.Guard
	cat   *catalog.Catalog
}

func newEyes(t *testing.T) *eyes {
	t.Helper()
	store, log := memkv.New(), slog.New(slog.DiscardHandler)
	e := &eyes{office: newOffice(t, shop()), guard: access.New(store, log)}
	e.cat = catalog.New(store, e.guard, log)
	e.guard.Now, e.cat.Now = e.clock.Now, e.clock.Now
	e.desk.Guard = e.guard
	return e
}

// caller is somebody with roles who signed in, or who works locally as a system account.
func caller(ctx context.Context, user, system string, roles ...access.Role) context.Context {
	via := "session"
	if system != "" {
		via = "local"
	}
	return access.With(ctx, access.Caller{User: user, Roles: roles, Via: via, System: system})
}

func (e *eyes) grant(ctx context.Context, to string, role access.Role) {
	e.t.Helper()
	e.clock.add(1e9)
	a := catalog.Asset{URN: urn.User(to), Type: catalog.User, Person: &catalog.Person{Roles: []string{string(role)}}}
	if _, err := e.cat.Apply(ctx, catalog.Batch{Author: catalog.Import, Assets: []catalog.Asset{a}}); err != nil {
		e.t.Fatal(err)
	}
	e.clock.add(1e9)
}

// request is opened by carl and planned by sora, who signed in.
func (e *eyes) request() (id, hash string) {
	e.t.Helper()
	r, err := e.desk.Create(caller(e.t.Context(), "carl", "", access.CaseWorker), gdpr.Opening{Kind: gdpr.Erasure, Subject: []string{"email=" + maryLow}})
	if err != nil {
		e.t.Fatal(err)
	}
	p, err := e.desk.Plan(caller(e.t.Context(), "sora", "", access.PrivacyOfficer), r.ID, gdpr.PlanOptions{})
	if err != nil {
		e.t.Fatal(err)
	}
	return r.ID, p.Hash
}

// Whoever has a hand in a request cannot make the people who approve it.
func TestARoleGivenForTheRequest(t *testing.T) {
	t.Parallel()
	approver := func(t *testing.T, name string) context.Context { return caller(t.Context(), name, "", access.Approver) }
	tests := map[string]struct {
		before, after string // who gave nora her role: before or after the request was opened
		beforeSystem  string
		by            func(t *testing.T) context.Context
		want          bool
	}{
		"before, by the planner":          {before: "sora", want: true},
		"after, by somebody else":         {after: "adam", want: true},
		"after, by who opened it":         {after: "carl"},
		"after, by who opened it, spelt ": {after: " CARL "},
		"after, by the planner":           {after: "sora"},
		"after, by the approver":          {after: "nora"},
		"after, by the other approver":    {after: "daeun"},
		"never recorded":                  {want: true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			e := newEyes(t)
			if tt.before != "" {
				e.grant(caller(t.Context(), tt.before, "", access.Admin), "nora", access.Approver)
			}
			id, hash := e.request()
			if tt.after != "" {
				e.grant(caller(t.Context(), tt.after, "", access.Admin), "nora", access.Approver)
			}
			if _, err := e.desk.Approve(approver(t, "daeun"), id, hash); err != nil {
				t.Fatal(err)
			}
			_, err := e.desk.Approve(approver(t, "nora"), id, hash)
			if tt.want != (err == nil) || err != nil && (!errors.Is(err, fault.Denied) || !strings.Contains(err.Error(), "after the request was opened")) {
				t.Errorf("got %v want approved %t", err, tt.want)
			}
		})
	}
}

// An administrator who imports two sock puppets on this machine approves nothing.
func TestSockPuppets(t *testing.T) {
	t.Parallel()
	e := newEyes(t)
	root := caller(t.Context(), "root", "root", access.AllRoles()...)
	r, err := e.desk.Create(root, gdpr.Opening{Kind: gdpr.Erasure, Subject: []string{"email=" + maryLow}})
	if err != nil {
		t.Fatal(err)
	}
	p, err := e.desk.Plan(caller(t.Context(), "somebody", "root", access.PrivacyOfficer), r.ID, gdpr.PlanOptions{})
	if err != nil {
		t.Fatal(err)
	}
	e.grant(root, "sock1", access.Approver)
	e.grant(caller(t.Context(), "another name", "root", access.Admin), "sock2", access.Approver)
	e.grant(access.With(t.Context(), access.System("crawl")), "sock3", access.PrivacyOfficer)
	for _, sock := range []string{"sock1", "sock2", "sock3"} {
		role := access.Approver
		if sock == "sock3" { // a program of this machine gave it
			role = access.PrivacyOfficer
		}
		if _, err := e.desk.Approve(caller(t.Context(), sock, "root", role), r.ID, p.Hash); !errors.Is(err, fault.Denied) {
			t.Errorf("%s: got %v want it refused", sock, err)
		}
	}
	owner := access.With(t.Context(), access.Caller{User: "owner", Roles: access.AllRoles(), Via: "local", System: "owner", Basis: access.OwnsFiles})
	if _, err := e.desk.Approve(owner, r.ID, p.Hash); !errors.Is(err, fault.Denied) || !strings.Contains(err.Error(), "open the files") {
		t.Errorf("who owns the files: got %v want it refused", err)
	}
}

// "nora", "NORA ", "ｎｏｒａ" and one with an invisible mark are one person.
func TestOnePersonOneApproval(t *testing.T) {
	t.Parallel()
	o := newOffice(t, shop())
	id := o.open("email=" + maryLow)
	p := o.plan(id)
	if _, err := o.desk.Approve(o.as("nora"), id, p.Hash); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"NORA", "nora ", "ｎｏｒａ", "no\u200bra", "Carl", "SORA\t"} {
		c := access.Caller{User: name, Roles: []access.Role{access.Approver}, Via: "local"}
		if _, err := o.desk.Approve(access.With(t.Context(), c), id, p.Hash); err == nil {
			t.Errorf("%q: got it approved want it refused", name)
		}
	}
}

// Two spellings that an older version took for two people count once.
func TestApprovalsOfAnOlderVersion(t *testing.T) {
	t.Parallel()
	o := newOffice(t, shop())
	id := o.open("email=" + maryLow)
	p := o.plan(id)
	if _, err := o.desk.Approve(o.as("nora"), id, p.Hash); err != nil {
		t.Fatal(err)
	}
	r := o.find(id)
	twin := r.Approvals[0]
	twin.By = "NORA "
	r.Approvals = append(r.Approvals, twin)
	err := o.desk.Vault.Update(t.Context(), func(w vault.Writer) error {
		val, err := json.Marshal(r)
		if err != nil {
			return err
		}
		return w.Put(vault.Requests, id, val)
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.desk.Execute(o.as("sora"), id); !errors.Is(err, fault.Conflict) {
		t.Errorf("got %v want a second person to be missing", err)
	}
}

// Where callers cannot be told apart, the refusal says what to do.
func TestSharedIdentity(t *testing.T) {
	t.Parallel()
	o := newOffice(t, shop())
	id := o.open("email=" + maryLow)
	p := o.plan(id)
	all := access.With(t.Context(), access.Caller{User: "root", Roles: access.AllRoles(), Via: "local", System: "root", Shared: true, Basis: access.NobodyYet})
	if _, err := o.desk.Approve(all, id, p.Hash); err != nil {
		t.Fatal(err)
	}
	if _, err := o.desk.Approve(all, id, p.Hash); err == nil || !strings.Contains(err.Error(), gdpr.SharedIdentity) {
		t.Errorf("got %v want it refused with what to do", err)
	}
}

// The ledger has each grant once, with who gave it to whom.
func TestGrantsStandInTheLedger(t *testing.T) {
	t.Parallel()
	e := newEyes(t)
	e.grant(caller(t.Context(), "adam", "", access.Admin), "nora", access.Approver)
	for range 2 {
		if err := e.desk.TellGrants(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	list, err := e.ledger.Recent(t.Context(), 10)
	if err != nil || len(list) != 1 || list[0].Act != "role.granted" || !strings.Contains(string(list[0].Content), `"by":"adam"`) || !strings.Contains(string(list[0].Content), `"to":"nora"`) {
		t.Errorf("got %+v, %v want one grant by adam to nora", list, err)
	}
	audit, err := e.guard.Audit(caller(t.Context(), "audrey", "", access.Auditor), 10)
	if err != nil || len(audit) != 2 || audit[1].Action != access.GrantRole || audit[1].Target != "approver of nora" {
		t.Errorf("audit: got %+v, %v want the grant", audit, err)
	}
}

// A receipt says when one account of a machine gave both approvals.
func TestReceiptOfOneHand(t *testing.T) {
	t.Parallel()
	o := newOffice(t, shop())
	as := func(name string) context.Context { return caller(t.Context(), name, "root", access.AllRoles()...) }
	r, err := o.desk.Create(as("creator"), gdpr.Opening{Kind: gdpr.Erasure, Subject: []string{"email=" + maryLow}})
	if err != nil {
		t.Fatal(err)
	}
	p, err := o.desk.Plan(as("planner"), r.ID, gdpr.PlanOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range []string{"approver1", "approver2"} {
		if _, err := o.desk.Approve(as(who), r.ID, p.Hash); err != nil {
			t.Fatal(err)
		}
	}
	o.execute(r.ID)
	o.verify(r.ID)
	s, err := o.desk.Receipt(as("planner"), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"by the account root of that machine", "does not prove that two people agreed", `"via":"local"`} {
		if !strings.Contains(string(s.Content), want) {
			t.Errorf("got %s want it to say %q", s.Content, want)
		}
	}
}
