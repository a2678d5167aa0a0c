package gdpr_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"waymark/catalog/fault"
	"waymark/pii/gdpr"
)

// TestFaultReadOnly: a source that may not be erased in keeps the request open, and
// the same plan goes on once it may.
func TestFaultReadOnly(t *testing.T) {
	t.Parallel()
	w := shop()
	w.readOnly["dwh"] = "the recipe has no erasing credential"
	o := newOffice(t, w)
	id := o.open("email=" + maryLow)
	p := o.plan(id)
	if !slices.ContainsFunc(p.Unreachable, func(g gdpr.Gap) bool {
		return g.Dataset == name("dwh.mailing") && strings.Contains(g.Reason, "erasing credential")
	}) {
		t.Errorf("got %v, want the warehouse unreachable", p.Unreachable)
	}
	o.approve(id, p.Hash)
	done := o.execute(id)
	if done.State != gdpr.Incomplete {
		t.Fatalf("got %s, want incomplete", done.State)
	}
	for _, x := range done.Outcomes {
		want := gdpr.Erased
		if strings.HasPrefix(x.Dataset.Name(), "dwh.") {
			want = gdpr.Unreachable
		}
		if x.Outcome != want && x.Outcome != gdpr.NoneFound {
			t.Errorf("%s: got %s, want %s", x.Dataset.Name(), x.Outcome, want)
		}
	}
	if _, err := o.desk.Close(o.as("sora"), id, ""); !errors.Is(err, fault.Conflict) {
		t.Errorf("closed with a doubt: %v", err)
	}
	erasures := w.erasures
	delete(w.readOnly, "dwh")
	if done := o.execute(id); done.State != gdpr.Executed || w.erasures != erasures+1 {
		t.Errorf("got %s after %d transactions, want executed, the first source left alone", done.State, w.erasures)
	}
	if f := o.verify(id); f.State != gdpr.Verified {
		t.Errorf("got %v left", f.Residuals)
	}
}

// TestFaultDrift: whatever comes or goes between plan and act stops the act.
func TestFaultDrift(t *testing.T) {
	t.Parallel()
	tests := map[string]func(w *world){
		"a row more":               func(w *world) { w.tables[name("app.tickets")].row("9", "17", mary, "again") },
		"a row less":               func(w *world) { s := w.tables[name("app.tickets")]; s.rows = s.rows[1:] },
		"cascade larger":           func(w *world) { w.tables[name("app.order_lines")].row("8", "100", "1") },
		"a child where none was":   func(w *world) { w.tables[name("app.refunds")].row("1", "100") },
		"a column more":            func(w *world) { w.addColumn("app.orders") },
		"a foreign key more":       func(w *world) { w.refer("app.refunds.refund_id > app.orders.order_id", "cascade") },
		"row moved away and back":  func(w *world) { s := w.tables[name("app.orders")]; s.rows[0][1] = s.rows[2][1] },
		"the student has a friend": func(w *world) { w.tables[name("app.orders")].row("105", "17", "70", "NULL") },
	}
	for what, change := range tests {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			w := shop()
			w.table("app.refunds", "refund_id integer pk", "order_id integer")
			w.refer("app.refunds.order_id > app.orders.order_id", "cascade")
			o := newOffice(t, w)
			id := o.open("email=" + maryLow)
			p := o.plan(id)
			o.approve(id, p.Hash)
			change(w)
			before := w.dump()
			if _, err := o.desk.Execute(o.as("sora"), id); !errors.Is(err, fault.Conflict) {
				t.Fatalf("got %v, want conflict", err)
			}
			if w.dump() != before {
				t.Error("rows changed in spite of the drift")
			}
			r := o.find(id)
			if r.State != gdpr.Planned || len(r.Approvals) > 0 {
				t.Errorf("got %s with %d approvals, want planned without", r.State, len(r.Approvals))
			}
			if _, err := o.desk.Execute(o.as("sora"), id); !errors.Is(err, fault.Conflict) {
				t.Errorf("executed without approvals: %v", err)
			}
			if what == "a foreign key more" {
				return // the refunds now hang on orders by a key that fits nothing
			}
			o.erase(id)
		})
	}
}

func (w *world) addColumn(dataset string) {
	s := w.tables[name(dataset)]
	c, _ := s.column("receipt_email")
	c.Name = "note"
	s.asset.Schema.Columns = append(slices.Clone(s.asset.Schema.Columns), c)
	for i := range s.rows {
		s.rows[i] = append(slices.Clone(s.rows[i]), nil)
	}
}

// TestFaultKilled: the process dies between intent and result, before or after the
// commit; the next run finds out by counting.
func TestFaultKilled(t *testing.T) {
	t.Parallel()
	for _, when := range []string{"before the commit", "after the commit"} {
		for _, source := range []string{"app", "dwh"} {
			t.Run(when+" in "+source, func(t *testing.T) {
				t.Parallel()
				w := shop()
				o := newOffice(t, w)
				id := o.open("email=" + maryLow)
				p := o.plan(id)
				o.approve(id, p.Hash)
				die := func(at string) error {
					if at == source {
						panic("killed")
					}
					return nil
				}
				if when == "before the commit" {
					w.before = die
				} else {
					w.after = die
				}
				func() {
					defer func() { _ = recover() }()
					_, _ = o.desk.Execute(o.as("sora"), id)
				}()
				w.before, w.after = nil, nil
				if r := o.find(id); r.State != gdpr.Executing {
					t.Fatalf("got %s, want executing", r.State)
				}
				if done := o.execute(id); done.State != gdpr.Executed {
					t.Fatalf("got %s with %v, want executed", done.State, done.Outcomes)
				}
				if f := o.verify(id); f.State != gdpr.Verified || strings.Contains(w.dump(), "Mary ") {
					t.Errorf("got %v left", f.Residuals)
				}
				total := int64(0)
				for _, x := range o.find(id).Runs[0].Outcomes {
					if x.Outcome == gdpr.Erased {
						total += x.Rows
					}
				}
				if want := o.find(id).Rows; total != want {
					t.Errorf("got %d rows in the outcomes, want the %d of the plan", total, want)
				}
			})
		}
	}
}

// TestFaultUnknownCommit: the connection is cut at the commit; both ends are told
// apart by counting.
func TestFaultUnknownCommit(t *testing.T) {
	t.Parallel()
	for _, after := range []bool{false, true} {
		w := shop()
		o := newOffice(t, w)
		id := o.open("email=" + maryLow)
		p := o.plan(id)
		o.approve(id, p.Hash)
		if after {
			w.after = failOnce(fault.Unavailable)
		} else {
			w.before = failOnce(fault.Unavailable)
		}
		done := o.execute(id)
		want := gdpr.Incomplete
		if after {
			want = gdpr.Executed
		}
		if done.State != want {
			t.Errorf("cut after the commit %v: got %s, want %s", after, done.State, want)
		}
		if !after {
			if done = o.execute(id); done.State != gdpr.Executed {
				t.Errorf("again: got %s, want executed", done.State)
			}
		}
		if f := o.verify(id); f.State != gdpr.Verified {
			t.Errorf("got %v left", f.Residuals)
		}
	}
}

// TestFaultLedger: what cannot be recorded does not happen, and what happened is
// recorded by the next run.
func TestFaultLedger(t *testing.T) {
	t.Parallel()
	for _, act := range []string{"request.executing", "erase.intent", "erase.result", "request.executed"} {
		t.Run(act, func(t *testing.T) {
			t.Parallel()
			w := shop()
			o := newOffice(t, w)
			id := o.open("email=" + maryLow)
			p := o.plan(id)
			o.approve(id, p.Hash)
			before := w.dump()
			o.rec.fail = func(a string) error {
				if a == act {
					return fault.Unavailable.Errorf("no space left")
				}
				return nil
			}
			if _, err := o.desk.Execute(o.as("sora"), id); !errors.Is(err, fault.Unavailable) {
				t.Fatalf("got %v, want unavailable", err)
			}
			if changed := w.dump() != before; changed != strings.HasSuffix(act, "result") && changed != strings.HasSuffix(act, "executed") {
				t.Errorf("rows changed: %v", changed)
			}
			if act == "request.executing" || act == "erase.intent" {
				if w.erasures > 0 {
					t.Errorf("got %d transactions without a record", w.erasures)
				}
			}
			o.rec.fail = nil
			if done := o.execute(id); done.State != gdpr.Executed {
				t.Fatalf("got %s, want executed", done.State)
			}
			if w.erasures != 2 {
				t.Errorf("got %d transactions, want one a source", w.erasures)
			}
			if f := o.verify(id); f.State != gdpr.Verified {
				t.Errorf("got %v left", f.Residuals)
			}
		})
	}
}

// TestFaultHoldInMidRun: a hold that is set while one source is worked on parks the
// rest; released, it needs new approvals and then goes on.
func TestFaultHoldInMidRun(t *testing.T) {
	t.Parallel()
	w := shop()
	o := newOffice(t, w)
	id := o.open("email=" + maryLow)
	p := o.plan(id)
	o.approve(id, p.Hash)
	w.after = func(source string) error {
		if source == "app" {
			if _, err := o.desk.Hold(o.as("sora"), id, name("dwh.mailing"), "court case"); err != nil {
				t.Error(err)
			}
		}
		return nil
	}
	if _, err := o.desk.Execute(o.as("sora"), id); !errors.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "court case") {
		t.Fatalf("got %v, want the hold", err)
	}
	w.after = nil
	if r := o.find(id); r.State != gdpr.OnHold || w.erasures != 1 || !strings.Contains(w.dump(), "dwh.mailing: "+maryLow) {
		t.Fatalf("got %s after %d transactions, want on hold after one", r.State, w.erasures)
	}
	if _, err := o.desk.Approve(o.as("nora"), id, p.Hash); !errors.Is(err, fault.Conflict) {
		t.Errorf("approved on hold: %v", err)
	}
	if _, err := o.desk.Release(o.as("sora"), id, "case dropped"); err != nil {
		t.Fatal(err)
	}
	if _, err := o.desk.Execute(o.as("sora"), id); !errors.Is(err, fault.Conflict) {
		t.Errorf("executed without approvals: %v", err)
	}
	o.approve(id, p.Hash)
	if done := o.execute(id); done.State != gdpr.Executed {
		t.Errorf("got %s, want executed", done.State)
	}
	if f := o.verify(id); f.State != gdpr.Verified {
		t.Errorf("got %v left", f.Residuals)
	}
}

// TestHoldOfADatasetBindsEveryRequest: also one that was planned by somebody else.
func TestHoldOfADatasetBindsEveryRequest(t *testing.T) {
	t.Parallel()
	o := newOffice(t, shop())
	first, second := o.open("email="+maryLow), o.open("email="+rosemary)
	o.plan(first)
	p := o.plan(second)
	if _, err := o.desk.Hold(o.as("sora"), first, name("dwh.mailing"), "court case"); err != nil {
		t.Fatal(err)
	}
	if _, err := o.desk.Approve(o.as("nora"), second, p.Hash); !errors.Is(err, fault.Conflict) {
		t.Errorf("got %v, want the hold to bind", err)
	}
	if _, err := o.desk.Release(o.as("sora"), first, "dropped"); err != nil {
		t.Fatal(err)
	}
	o.approve(second, p.Hash)
}

func TestTwoPeopleOneEmail(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.table("app.customers", "customer_id integer pk", "name text =user.name", "email text =user.contact.email").
		row("1", "Ada", "family@example.org").row("2", "Ben", "family@example.org").row("3", "Cy", "cy@example.org")
	w.table("app.orders", "id integer pk", "customer_id integer", "receipt_email text null =user.contact.email").
		row("10", "1", "family@example.org").row("20", "2", "family@example.org")
	w.refer("app.orders.customer_id > app.customers.customer_id", "restrict")
	w.table("app.mailing", "email text =user.contact.email").row("family@example.org")
	o := newOffice(t, w)
	id := o.open("email=family@example.org")
	if _, err := o.desk.Plan(o.as("sora"), id, gdpr.PlanOptions{}); !errors.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "second key") || strings.Contains(err.Error(), "family@") {
		t.Fatalf("got %v, want a conflict that asks for a second key", err)
	}
	w.table("crm.customers", "customer_id integer pk", "email text =user.contact.email").row("3", "somebody@example.org")
	before := w.dump()
	number := o.open("customer_id=3")
	if _, err := o.desk.Plan(o.as("sora"), number, gdpr.PlanOptions{}); !errors.Is(err, fault.Conflict) {
		t.Errorf("a number that two systems count: got %v, want conflict", err)
	}
	clash := o.open("email=cy@example.org", "customer_id=1")
	if _, err := o.desk.Plan(o.as("sora"), clash, gdpr.PlanOptions{}); !errors.Is(err, fault.Conflict) {
		t.Errorf("keys of different people: got %v, want conflict", err)
	}
	if w.dump() != before {
		t.Fatal("rows changed on a guess")
	}
	w.tables[name("crm.customers")].rows = nil
	both := o.open("email=family@example.org", "customer_id=1")
	o.erase(both)
	// Ben and the shared address stay.
	want := "app.customers: 2 Ben family@example.org\napp.customers: 3 Cy cy@example.org\napp.orders: 20 2 family@example.org\napp.mailing: family@example.org\n"
	if got := w.dump(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	p, err := o.desk.FindPlan(o.as("sora"), both)
	if err != nil || len(p.Notes) == 0 || !strings.Contains(strings.Join(p.Notes, " "), "somebody else's") {
		t.Errorf("got the notes %v, %v, want the shared address told", p.Notes, err)
	}
}

func TestSamePersonTwice(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.table("app.customers", "customer_id integer pk", "email text =user.contact.email").row("1", "ada@example.org").row("2", "ADA@example.org").row("3", "cy@example.org")
	o := newOffice(t, w)
	o.erase(o.open("email=ada@example.org", "customer_id=1", "customer_id=2"))
	if got, want := w.dump(), "app.customers: 3 cy@example.org\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestResidual: what comes back after the act sends the request back.
func TestResidual(t *testing.T) {
	t.Parallel()
	w := shop()
	o := newOffice(t, w)
	id := o.open("email=" + maryLow)
	p := o.plan(id)
	o.approve(id, p.Hash)
	o.execute(id)
	w.table("dwh.backfill", "n integer pk", "who text null", "note text null", "key text null", "raw json null").
		row("1", maryLow, "NULL", "NULL", "NULL").
		row("2", strings.ToUpper(mary), "NULL", "NULL", "NULL").
		row("3", "NULL", "she is "+maryLow+".", "NULL", "NULL").
		row("4", "NULL", "NULL", sha(maryLow), "NULL").
		row("5", "NULL", "NULL", "NULL", `{"m":"`+maryLow+`"}`).
		row("6", rosemary, "for "+rosemary, sha(rosemary), `{"m":"`+rosemary+`"}`)
	w.tables[name("dwh.raw_orders")].row("100", "99", "1")
	f := o.verify(id)
	got := map[string]int64{}
	for _, r := range f.Residuals {
		got[r.Dataset.Name()+"."+r.Column+" "+r.Form] = r.Rows
	}
	for _, want := range []string{"dwh.backfill.who raw", "dwh.backfill.note substring", "dwh.backfill.key hashed", "dwh.backfill.raw json", "dwh.raw_orders.order_id raw"} {
		if got[want] == 0 {
			t.Errorf("got %v, want %s", got, want)
		}
	}
	r := o.find(id)
	if f.State != gdpr.Residual || r.State != gdpr.Residual {
		t.Fatalf("got %s, want residual", f.State)
	}
	if _, err := o.desk.Close(o.as("sora"), id, ""); !errors.Is(err, fault.Conflict) {
		t.Errorf("closed with a residual: %v", err)
	}
	w.tables[name("dwh.raw_orders")].rows = w.tables[name("dwh.raw_orders")].rows[:1]
	o.erase(id)
	if !strings.Contains(w.dump(), "dwh.backfill: 6 "+rosemary) || strings.Contains(w.dump(), "she is") {
		t.Errorf("got\n%s", w.dump())
	}
}

// TestUnreadableIsNotClean: a table that does not answer stops the look.
func TestUnreadableIsNotClean(t *testing.T) {
	t.Parallel()
	w := shop()
	o := newOffice(t, w)
	id := o.open("email=" + maryLow)
	p := o.plan(id)
	o.approve(id, p.Hash)
	o.execute(id)
	w.broken[name("dwh.churn")] = fault.Unavailable.Errorf("timeout at %s", maryLow)
	_, err := o.desk.Verify(o.as("sora"), id)
	if !errors.Is(err, fault.Unavailable) || strings.Contains(err.Error(), maryLow) {
		t.Fatalf("got %v, want unavailable and no value", err)
	}
	delete(w.broken, name("dwh.churn"))
	if f := o.verify(id); f.State != gdpr.Verified {
		t.Errorf("got %v", f.Residuals)
	}
	// The same at planning is a gap that keeps the request open.
	w2 := shop()
	w2.broken[name("dwh.churn")] = fault.Unavailable.Errorf("timeout at %s", maryLow)
	o2 := newOffice(t, w2)
	p2 := o2.plan(o2.open("email=" + maryLow))
	if len(p2.Unreachable) != 1 || strings.Contains(p2.Unreachable[0].Reason, maryLow) {
		t.Errorf("got %v, want one gap without a value", p2.Unreachable)
	}
}
