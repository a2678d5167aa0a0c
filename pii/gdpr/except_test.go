package gdpr_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/pii/gdpr"
)

// TestWhatNoSearchReadsIsNotClean: each way in which something stays unsearched makes
// the request verified but for that, in the plan and in the look.
func TestWhatNoSearchReadsIsNotClean(t *testing.T) {
	t.Parallel()
	for reason, change := range map[string]func(*catalog.LiveTable){
		"row policy":        func(l *catalog.LiveTable) { l.Hidden = "a policy" },
		"unreadable":        func(l *catalog.LiveTable) { l.Denied = "no grant" },
		"unreadable column": func(l *catalog.LiveTable) { l.Unread = []string{"amount"} },
		"type not searched": func(l *catalog.LiveTable) { l.Unsearched = map[string]string{"amount": "opaque"} },
		"not in the recipe": func(l *catalog.LiveTable) { l.Left, l.Denied = true, "no grant" },
	} {
		w := shop()
		w.live[name("dwh.revenue_daily")] = change
		w.hidden[name("dwh.revenue_daily")] = reason == "not in the recipe"
		o := newOffice(t, w)
		id := o.open("email=" + maryLow)
		p := o.plan(id)
		o.approve(id, p.Hash)
		o.execute(id)
		f := o.verify(id)
		reason = strings.TrimSuffix(reason, " column")
		is := func(e gdpr.Exception) bool { return e.Dataset == name("dwh.revenue_daily") && e.Reason == reason }
		if f.State != gdpr.VerifiedExcept || len(f.Exceptions) != 1 || !is(f.Exceptions[0]) {
			t.Errorf("%s: got %s with %v", reason, f.State, f.Exceptions)
		}
		if len(p.Exceptions) != 1 || !is(p.Exceptions[0]) {
			t.Errorf("%s: the plan says %v", reason, p.Exceptions)
		}
	}
}

// TestAcceptance: no receipt and no end before somebody who plans requests has
// answered for each exception; the receipt shows the reason, and the same exceptions
// of a second look keep it.
func TestAcceptance(t *testing.T) {
	t.Parallel()
	w := shop()
	policy := func(l *catalog.LiveTable) { l.Hidden = "a policy" }
	w.live[name("dwh.revenue_daily")], w.live[name("dwh.activity")] = policy, policy
	o := newOffice(t, w)
	id := o.open("email=" + maryLow)
	p := o.plan(id)
	o.approve(id, p.Hash)
	o.execute(id)
	o.verify(id)
	if _, err := o.desk.Receipt(o.as("sora"), id); !errors.Is(err, fault.Conflict) {
		t.Fatalf("a receipt before acceptance: got %v, want a conflict", err)
	}
	for _, bad := range []struct {
		who    string
		what   gdpr.Acceptance
		reason string
		want   error
	}{
		{"sora", gdpr.Acceptance{All: true}, " ", fault.Invalid},
		{"nora", gdpr.Acceptance{All: true}, "why not", fault.Denied},
		{"sora", gdpr.Acceptance{Dataset: "dwh.mailing"}, "why not", fault.NotFound},
	} {
		if _, err := o.desk.Accept(o.as(bad.who), id, bad.what, bad.reason); !errors.Is(err, bad.want) {
			t.Errorf("%v: got %v, want %v", bad, err, bad.want)
		}
	}
	if _, err := o.desk.Accept(o.as("sora"), id, gdpr.Acceptance{Dataset: "dwh.activity"}, "looked at by hand"); err != nil {
		t.Fatal(err)
	}
	if next := o.desk.Next(o.as("sora"), o.find(id)); !slices.Contains(next, "accept") || slices.Contains(next, "receipt") {
		t.Errorf("next: got %v, want accept and no receipt", next)
	}
	r, err := o.desk.Accept(o.as("sora"), id, gdpr.Acceptance{All: true}, "sums alone")
	if err != nil || r.State != gdpr.VerifiedExcept {
		t.Fatalf("got %v, %v", r.State, err)
	}
	o.clock.add(25 * time.Hour)
	if f := o.verify(id); f.State != gdpr.VerifiedExcept || f.Exceptions[0].Accepted != "sora" {
		t.Fatalf("the second look: got %v", f)
	}
	s, err := o.desk.Receipt(o.as("sora"), id)
	if err != nil || !strings.Contains(string(s.Content), "sums alone") || !strings.Contains(string(s.Content), "looked at by hand") {
		t.Fatalf("the receipt lacks the reasons: %v %s", err, s.Content)
	}
	page, err := gdpr.HTML(s)
	if err != nil || !strings.Contains(string(page), "Not searched") {
		t.Fatalf("the page does not say what was not searched: %v", err)
	}
	if r, err := o.desk.Close(o.as("sora"), id, ""); err != nil || r.State != gdpr.Closed {
		t.Errorf("close: got %v, %v", r.State, err)
	}
}

// TestTableMadeAfterTheCrawl is planned as any other, and one that the recipe leaves
// out is looked into and not touched.
func TestTableMadeAfterTheCrawl(t *testing.T) {
	t.Parallel()
	w := shop()
	w.table("dwh.late", "id integer pk", "mail email_d").row("1", maryLow+"\r\n").row("2", rosemary)
	w.table("dwh.outside", "id integer pk", "mail text").row("1", maryLow)
	w.hidden[name("dwh.late")], w.hidden[name("dwh.outside")] = true, true
	w.live[name("dwh.outside")] = func(l *catalog.LiveTable) { l.Left = true }
	o := newOffice(t, w)
	id := o.open("email=" + maryLow)
	p := o.plan(id)
	o.approve(id, p.Hash)
	o.execute(id)
	f := o.verify(id)
	if len(f.Residuals) != 1 || f.Residuals[0].Dataset != name("dwh.outside") {
		t.Errorf("got %v, want what is left in dwh.outside alone", f.Residuals)
	}
	if left := w.dump(); strings.Contains(left, "dwh.late: 1 ") || !strings.Contains(left, "dwh.late: 2 ") || !strings.Contains(left, "dwh.outside: 1 ") {
		t.Errorf("got\n%s", left)
	}
}

// TestCommentHoldsTheSubject: Waymark's own catalog is looked into as well.
func TestCommentHoldsTheSubject(t *testing.T) {
	t.Parallel()
	w := shop()
	w.tables[name("dwh.activity")].asset.Profile.Description = "copied for " + strings.ToUpper(maryLow)
	w.tables[name("dwh.churn")].asset.Schema.Columns[1].Description = "ask rose" + maryLow
	o := newOffice(t, w)
	id := o.open("email=" + maryLow)
	p := o.plan(id)
	o.approve(id, p.Hash)
	o.execute(id)
	f := o.verify(id)
	if f.State != gdpr.VerifiedExcept || len(f.Exceptions) != 1 || f.Exceptions[0].Dataset != name("dwh.activity") {
		t.Errorf("got %s %v, want the comment of dwh.activity", f.State, f.Exceptions)
	}
}
