package gdpr_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/pii/gdpr"
)

func TestApprovals(t *testing.T) {
	t.Parallel()
	o := newOffice(t, shop())
	r, err := o.desk.Create(o.as("sora"), gdpr.Opening{Kind: gdpr.Erasure, Subject: []string{"email=" + maryLow}})
	if err != nil {
		t.Fatal(err)
	}
	id := r.ID
	p, err := o.desk.Plan(o.as("lena"), id, gdpr.PlanOptions{})
	if err != nil {
		t.Fatal(err)
	}
	try := func(who, hash string, want fault.Kind) {
		t.Helper()
		if _, err := o.desk.Approve(o.as(who), id, hash); fault.KindOf(err) != want {
			t.Errorf("%s approves: got %v, want %q", who, err, want)
		}
	}
	try("sora", p.Hash, fault.Denied) // opened it
	try("lena", p.Hash, fault.Denied) // planned it
	try("carl", p.Hash, fault.Denied) // case worker
	try("adam", p.Hash, fault.Denied) // catalog admin
	try("nora", strings.Repeat("0", 64), fault.Conflict)
	try("nora", p.Hash, "")
	try("nora", p.Hash, fault.Conflict) // twice
	if _, err := o.desk.Execute(o.as("sora"), id); !errors.Is(err, fault.Conflict) {
		t.Errorf("executed on one approval: %v", err)
	}
	try("daeun", p.Hash, "")
	if _, err := o.desk.Revoke(o.as("daeun"), id, "second thoughts"); err != nil {
		t.Fatal(err)
	}
	if _, err := o.desk.Execute(o.as("sora"), id); !errors.Is(err, fault.Conflict) {
		t.Errorf("executed after a revocation: %v", err)
	}
	try("nora", p.Hash, "")
	o.clock.add(71 * time.Hour)
	try("daeun", p.Hash, "")
	o.clock.add(2 * time.Hour)
	if _, err := o.desk.Execute(o.as("sora"), id); !errors.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "72 hours") {
		t.Errorf("executed on an approval that ended: %v", err)
	}
	try("nora", p.Hash, "")
	if _, err := o.desk.Execute(o.as("nora"), id); !errors.Is(err, fault.Denied) {
		t.Errorf("an approver executes: got %v, want denied", err)
	}
	if done := o.execute(id); done.State != gdpr.Executed {
		t.Errorf("got %s, want executed", done.State)
	}
}

// TestReplanEndsApprovals: a plan that was made anew has no approvals.
func TestReplanEndsApprovals(t *testing.T) {
	t.Parallel()
	w := shop()
	o := newOffice(t, w)
	id := o.open("email=" + maryLow)
	p := o.plan(id)
	o.approve(id, p.Hash)
	w.tables[name("app.tickets")].row("9", "17", mary, "again")
	if again := o.plan(id); again.Hash == p.Hash {
		t.Error("got the same hash for other rows")
	}
	if _, err := o.desk.Approve(o.as("nora"), id, p.Hash); !errors.Is(err, fault.Conflict) {
		t.Errorf("approved an old plan: %v", err)
	}
	if _, err := o.desk.Execute(o.as("sora"), id); !errors.Is(err, fault.Conflict) {
		t.Errorf("executed an old approval: %v", err)
	}
}

func TestWhoSeesWhat(t *testing.T) {
	t.Parallel()
	o := newOffice(t, shop())
	id := o.open("email=" + maryLow) // by carl
	for who, want := range map[string]fault.Kind{
		"carl": "", "sora": "", "nora": "", "cleo": fault.NotFound, "adam": fault.Denied, "vera": fault.Denied, "audrey": fault.Denied,
	} {
		r, err := o.desk.Find(o.as(who), id)
		if fault.KindOf(err) != want {
			t.Errorf("%s finds: got %v, want %q", who, err, want)
		}
		if strings.Contains(strings.Join(r.Subject, " "), "mary.ellis") {
			t.Errorf("%s was told %v", who, r.Subject)
		}
		shown := map[string]fault.Kind{"nora": fault.Denied}
		for k, v := range map[string]fault.Kind{"carl": "", "sora": "", "cleo": fault.NotFound, "adam": fault.Denied, "vera": fault.Denied, "audrey": fault.Denied} {
			shown[k] = v
		}
		keys, err := o.desk.Show(o.as(who), id)
		if fault.KindOf(err) != shown[who] {
			t.Errorf("%s is shown: got %v, want %q", who, err, shown[who])
		}
		if err == nil && (len(keys) != 1 || keys[0].Value != maryLow) {
			t.Errorf("%s: got %v", who, keys)
		}
	}
	of, err := o.ledger.Of(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, rec := range of {
		if rec.Act == "subject.shown" {
			n++
		}
	}
	if n != 2 {
		t.Errorf("got %d records of a look at the subject, want 2", n)
	}
	if _, err := o.desk.Find(context.Background(), id); !errors.Is(err, fault.Denied) {
		t.Errorf("nobody finds: got %v, want denied", err)
	}
	ctx := access.With(t.Context(), access.System("crawler"))
	if _, err := o.desk.Plan(ctx, id, gdpr.PlanOptions{}); !errors.Is(err, fault.Denied) {
		t.Errorf("the system plans: got %v, want denied", err)
	}
}

// TestNoValueOutside: neither ledger nor errors nor the request know the subject.
func TestNoValueOutside(t *testing.T) {
	t.Parallel()
	w := shop()
	o := newOffice(t, w)
	id := o.open("email="+maryLow, "phone="+phone)
	o.erase(id)
	receipt(t, o, id)
	of, err := o.ledger.Of(t.Context(), id)
	if err != nil || len(of) < 10 {
		t.Fatalf("got %d records, %v", len(of), err)
	}
	for _, rec := range of {
		for _, secret := range []string{maryLow, mary, "Mary", phone, "441614960417"} {
			if strings.Contains(string(rec.Content), secret) {
				t.Errorf("the ledger's %s tells %q", rec.Act, secret)
			}
		}
	}
	for _, bad := range []string{"email", "=x", "name=Mary Ellis", "email=secret-value", "phone=12", "a b=secret-value"} {
		_, err := o.desk.Create(o.as("carl"), gdpr.Opening{Kind: gdpr.Erasure, Subject: []string{bad}})
		if !errors.Is(err, fault.Invalid) || strings.Contains(err.Error(), "secret-value") || strings.Contains(err.Error(), "Mary") {
			t.Errorf("%q: got %v, want invalid without the value", bad, err)
		}
	}
}

func TestKindsThatAreOnlyKept(t *testing.T) {
	t.Parallel()
	o := newOffice(t, shop())
	for _, k := range []gdpr.Kind{gdpr.Portability, gdpr.Rectification, gdpr.Restriction, gdpr.Objection} {
		r, err := o.desk.Create(o.as("carl"), gdpr.Opening{Kind: k, Subject: []string{"email=" + maryLow}})
		if err != nil || r.Due.IsZero() {
			t.Fatalf("got %v, %v, want a request with a deadline", r, err)
		}
		if _, err := o.desk.Plan(o.as("sora"), r.ID, gdpr.PlanOptions{}); !errors.Is(err, fault.Invalid) {
			t.Errorf("%s: got %v, want invalid", k, err)
		}
		if _, err := o.desk.Refuse(o.as("sora"), r.ID, ""); !errors.Is(err, fault.Invalid) {
			t.Errorf("refused without a ground: %v", err)
		}
		if r, err := o.desk.Withdraw(o.as("sora"), r.ID, "settled by letter"); err != nil || r.State != gdpr.Withdrawn {
			t.Errorf("got %s, %v, want withdrawn", r.State, err)
		}
	}
	if _, err := o.desk.Create(o.as("carl"), gdpr.Opening{Kind: "forget", Subject: []string{"email=" + maryLow}}); !errors.Is(err, fault.Invalid) {
		t.Errorf("got %v, want invalid", err)
	}
	open := 0
	for r, err := range o.desk.List(o.as("sora"), gdpr.Filter{Open: true}) {
		if err != nil || r.State.Ended() {
			t.Errorf("got %s, %v in the open ones", r.State, err)
		}
		open++
	}
	if open != 0 {
		t.Errorf("got %d open requests, want none", open)
	}
}

// TestDuplicate: a second request of the same identity is told, and merged by a human alone.
func TestDuplicate(t *testing.T) {
	t.Parallel()
	o := newOffice(t, shop())
	first := o.open("email=" + maryLow)
	second := o.find(o.open("email="+strings.ToUpper(maryLow), "phone="+phone))
	other := o.find(o.open("email=" + rosemary))
	if len(second.Like) != 1 || second.Like[0] != first || len(other.Like) != 0 {
		t.Errorf("got %v and %v, want %s and none", second.Like, other.Like, first)
	}
	if _, err := o.desk.Merge(o.as("sora"), other.ID, first); !errors.Is(err, fault.Conflict) {
		t.Errorf("merged two people: %v", err)
	}
	if r, err := o.desk.Merge(o.as("sora"), second.ID, first); err != nil || r.State != gdpr.Duplicate {
		t.Errorf("got %s, %v, want a duplicate", r.State, err)
	}
}
