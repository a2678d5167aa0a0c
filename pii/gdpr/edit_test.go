package gdpr_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"waymark/catalog/fault"
	"waymark/pii/gdpr"
)

// ledgers is a company that must keep its invoices.
func ledgers() *world {
	w := newWorld()
	customers(w)
	w.table("app.invoices", "id integer pk", "customer_id integer", "bill_to text null =user.name", "iban text null =user.financial.bank_account", "amount integer").
		row("10", "1", "Mary Ellis", "GB00MARY", "5").row("11", "2", "Bob Bay", "GB00BOB", "6")
	w.refer("app.invoices.customer_id > app.customers.id", "restrict")
	w.table("app.leads", "id integer pk", "from_email text null =user.contact.email", "score integer").row("1", maryLow, "1").row("2", bob, "2")
	w.table("app.revenue", "day text pk", "amount integer").row("2026-11-01", "11")
	w.flow("app.invoices.amount", "app.revenue.amount", "aggregated")
	return w
}

func (o *office) edit(id, target string, e gdpr.Edit) gdpr.Plan {
	o.t.Helper()
	p, err := o.desk.EditPlan(o.as("sora"), id, target, e)
	if err != nil {
		o.t.Fatalf("%s %s: %v", e.What, target, err)
	}
	return p
}

// TestEditedPlan: each edit is another plan, in the ledger, ends the approvals, and
// is what runs; the look afterwards knows what was kept.
func TestEditedPlan(t *testing.T) {
	t.Parallel()
	w := ledgers()
	o := newOffice(t, w)
	id := o.open("email=" + maryLow)
	hashes := []string{o.plan(id).Hash}
	o.approve(id, hashes[0])
	until := gdpr.NewDay(2036, time.December, 31)
	for _, e := range []struct {
		target string
		edit   gdpr.Edit
	}{
		{"app.invoices.iban", gdpr.Edit{What: gdpr.EditRetain, Ground: "tax code 147", Until: until}},
		{"invoices.bill_to", gdpr.Edit{What: gdpr.EditPseudonymise}},
		{"app.leads", gdpr.Edit{What: gdpr.EditAdd}},
	} {
		hashes = append(hashes, o.edit(id, e.target, e.edit).Hash)
	}
	slices.Sort(hashes)
	if len(slices.Compact(hashes)) != 4 {
		t.Errorf("got hashes %v, want four", hashes)
	}
	r := o.find(id)
	if r.State != gdpr.Planned || len(r.Approvals) != 0 {
		t.Errorf("got %s with %d approvals, want planned without any", r.State, len(r.Approvals))
	}
	lines, err := o.desk.Trail(o.as("sora"), id)
	if n := len(slices.DeleteFunc(lines, func(l gdpr.Line) bool { return !strings.HasPrefix(l.Text, "plan edited") })); err != nil || n != 3 {
		t.Errorf("got %d edits in the ledger, %v, want 3", n, err)
	}
	if _, err := o.desk.Approve(o.as("sora"), id, r.Plan); !errors.Is(err, fault.Denied) {
		t.Errorf("who edited the plan approved it: %v", err)
	}
	p, err := o.desk.FindPlan(o.as("sora"), id)
	if err != nil || len(p.Edits) != 3 {
		t.Fatalf("got %d edits in the plan, %v, want 3", len(p.Edits), err)
	}
	if len(p.Aggregates) != 1 || p.Aggregates[0].Dataset != name("app.revenue") {
		t.Errorf("got %v, want the revenue no longer to agree", p.Aggregates)
	}
	o.approve(id, p.Hash)
	done := o.execute(id)
	if done.State != gdpr.Executed {
		t.Fatalf("got %s, %v", done.State, done.Outcomes)
	}
	want := `app.customers: 1 erased-2026-0001@erased.invalid NULL
app.customers: 2 bob@example.com Bob Bay
app.customers: 3 zed@example.com Zed
app.invoices: 10 1 erased-2026-0001 GB00MARY 5
app.invoices: 11 2 Bob Bay GB00BOB 6
app.leads: 2 bob@example.com 2
app.revenue: 2026-11-01 11
`
	if got := w.dump(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if f := o.verify(id); f.State != gdpr.Verified {
		t.Errorf("got %s, %v, want verified", f.State, f.Residuals)
	}
	kept := slices.ContainsFunc(done.Outcomes, func(x gdpr.Outcome) bool {
		return x.Dataset == name("app.invoices") && x.Outcome == gdpr.Retained && x.Ground != "" && x.Until == until
	})
	if !kept {
		t.Errorf("got %v, want the invoices retained on their ground", done.Outcomes)
	}
}

// TestExcluded: what is left out is told as kept, by whom, and an edit is undone.
func TestExcluded(t *testing.T) {
	t.Parallel()
	o := newOffice(t, ledgers())
	id := o.open("email=" + maryLow)
	first := o.plan(id)
	p := o.edit(id, "invoices", gdpr.Edit{What: gdpr.EditExclude, Ground: "a lawsuit"})
	i := slices.IndexFunc(p.Steps, func(s gdpr.Step) bool { return s.Dataset == name("app.invoices") })
	if i < 0 || p.Steps[i].Action != "retain" || !strings.Contains(p.Steps[i].Ground, "excluded from the plan by sora: a lawsuit") {
		t.Errorf("got %+v, want the invoices retained, excluded by sora", p.Steps)
	}
	if back := o.edit(id, "", gdpr.Edit{What: gdpr.EditReset}); back.Hash != first.Hash {
		t.Errorf("got another plan without its edits")
	}
}

// TestRefusedEdits: an edit that says too little or leads nowhere changes nothing.
func TestRefusedEdits(t *testing.T) {
	t.Parallel()
	o := newOffice(t, ledgers())
	id := o.open("email=" + maryLow)
	sora := o.as("sora")
	if _, err := o.desk.EditPlan(sora, id, "app.invoices", gdpr.Edit{What: gdpr.EditExclude}); !errors.Is(err, fault.Conflict) {
		t.Errorf("before the plan: got %v, want fault.Conflict", err)
	}
	hash := o.plan(id).Hash
	tests := []struct {
		name, user, target string
		edit               gdpr.Edit
		kind               fault.Kind
	}{
		{"no ground", "sora", "app.invoices", gdpr.Edit{What: gdpr.EditRetain}, fault.Invalid},
		{"a day that is past", "sora", "app.invoices", gdpr.Edit{What: gdpr.EditRetain, Ground: "law", Until: gdpr.NewDay(2020, 1, 1)}, fault.Invalid},
		{"no such dataset", "sora", "app.nothing", gdpr.Edit{What: gdpr.EditExclude}, fault.NotFound},
		{"nothing names the subject there", "sora", "app.revenue", gdpr.Edit{What: gdpr.EditAdd}, fault.Invalid},
		{"no such edit", "sora", "app.invoices", gdpr.Edit{What: "drop"}, fault.Invalid},
		{"an approver", "nora", "app.invoices", gdpr.Edit{What: gdpr.EditExclude}, fault.Denied},
	}
	for _, tt := range tests {
		if _, err := o.desk.EditPlan(o.as(tt.user), id, tt.target, tt.edit); !errors.Is(err, tt.kind) {
			t.Errorf("%s: got %v, want %s", tt.name, err, tt.kind)
		}
	}
	if r := o.find(id); r.Plan != hash || len(r.Edits) != 0 {
		t.Errorf("a refused edit changed the request: %v", r.Edits)
	}
}

// TestRetentionRules: what the office must keep is kept in every plan, by table,
// column and class, until its day.
func TestRetentionRules(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		rule gdpr.Rule
		want string
	}{
		{"table", gdpr.Rule{Name: "tax", Dataset: "app.inv*", Law: "tax code 147"}, "app.invoices: 10 1 Mary Ellis GB00MARY 5\n"},
		{"column", gdpr.Rule{Name: "tax", Dataset: "invoices", Column: "bill_to", Law: "tax code 147"}, "app.invoices: 10 1 Mary Ellis NULL 5\n"},
		{"class", gdpr.Rule{Name: "tax", Dataset: "*", Class: "user.financial", Law: "tax code 147"}, "app.invoices: 10 1 NULL GB00MARY 5\n"},
		{"pseudonym", gdpr.Rule{Name: "tax", Dataset: "app.invoices", Law: "tax code 147", Pseudonymise: true}, "app.invoices: 10 1 erased-2026-0001 erased-2026-0001 5\n"},
		{"past", gdpr.Rule{Name: "tax", Dataset: "app.invoices", Law: "tax code 147", Until: gdpr.NewDay(2026, 1, 1)}, ""},
	}
	for _, tt := range tests {
		w := ledgers()
		o := newOffice(t, w)
		if _, err := o.desk.SetRule(o.as("sora"), tt.rule); err != nil {
			t.Fatal(err)
		}
		o.erase(o.open("email=" + maryLow))
		got := ""
		for line := range strings.Lines(w.dump()) {
			if strings.HasPrefix(line, "app.invoices: 10") {
				got = line
			}
		}
		if got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestRetentionRulesAreGuarded: who plans requests sets rules, each act is in the
// ledger, and what says no law is no rule.
func TestRetentionRulesAreGuarded(t *testing.T) {
	t.Parallel()
	o := newOffice(t, ledgers())
	good := gdpr.Rule{Name: "tax", Dataset: "app.invoices", Law: "tax code 147"}
	if _, err := o.desk.SetRule(o.as("carl"), good); !errors.Is(err, fault.Denied) {
		t.Errorf("a case worker: got %v, want fault.Denied", err)
	}
	for _, bad := range []gdpr.Rule{{Name: "tax", Dataset: "x"}, {Name: "tax", Law: "l"}, {Dataset: "x", Law: "l"}, {Name: "tax", Dataset: "x", Law: "l", Column: "c", Class: "user"}} {
		if _, err := o.desk.SetRule(o.as("sora"), bad); !errors.Is(err, fault.Invalid) {
			t.Errorf("%+v: got %v, want fault.Invalid", bad, err)
		}
	}
	if _, err := o.desk.SetRule(o.as("sora"), good); err != nil {
		t.Fatal(err)
	}
	list, err := o.desk.Rules(o.as("sora"))
	if err != nil || len(list) != 1 || list[0].By != "sora" || list[0].Ledger == 0 {
		t.Errorf("got %+v, %v, want the rule with who set it and its record", list, err)
	}
	if err := o.desk.RemoveRule(o.as("sora"), "tax"); err != nil {
		t.Error(err)
	}
	if err := o.desk.RemoveRule(o.as("sora"), "tax"); !errors.Is(err, fault.NotFound) {
		t.Errorf("got %v, want fault.NotFound", err)
	}
	rep, err := o.ledger.Verify(t.Context())
	if err != nil || len(rep.Problems) > 0 {
		t.Errorf("got %v, %v, want a sound ledger", rep.Problems, err)
	}
}
