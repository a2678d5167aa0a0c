package gdpr_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/pii/gdpr"
)

// erased plans, runs and verifies an erasure and compares every row that is left.
func erased(t *testing.T, w *world, want string, subject ...string) gdpr.Plan {
	t.Helper()
	o := newOffice(t, w)
	id := o.open(subject...)
	p := o.plan(id)
	o.approve(id, p.Hash)
	if done := o.execute(id); done.State != gdpr.Executed {
		t.Fatalf("got %s with %v and %v", done.State, done.Outcomes, p.Unreachable)
	}
	if diff := cmp.Diff(strings.TrimLeft(want, "\n"), w.dump()); diff != "" {
		t.Errorf("rows that are left (-want +got):\n%s", diff)
	}
	if f := o.verify(id); f.State != gdpr.Verified {
		t.Errorf("got %s, %v, want verified", f.State, f.Residuals)
	}
	return p
}

const (
	bob = "bob@example.com"
	zed = "zed@example.com"
)

func customers(w *world) {
	w.table("app.customers", "id integer pk", "email text =user.contact.email", "full_name text null =user.name").
		row("1", maryLow, "Mary Ellis").row("2", bob, "Bob Bay").row("3", zed, "Zed")
}

// TestTransfers: of rows between two people the subject's own column alone changes.
func TestTransfers(t *testing.T) {
	t.Parallel()
	w := newWorld()
	customers(w)
	w.table("app.transfers", "id integer pk", "from_email text =user.contact.email", "to_email text =user.contact.email", "amount integer").
		row("1", maryLow, bob, "1").row("2", bob, zed, "2").row("3", zed, maryLow, "3").row("4", maryLow, maryLow, "4")
	erased(t, w, `
app.customers: 2 bob@example.com Bob Bay
app.customers: 3 zed@example.com Zed
app.transfers: 1 erased-2026-0001@erased.invalid bob@example.com 1
app.transfers: 2 bob@example.com zed@example.com 2
app.transfers: 3 zed@example.com erased-2026-0001@erased.invalid 3
`, "email="+maryLow)
}

// TestPeers: rows of two people by their keys and by their addresses, with a key of
// several columns, keep what is the other's.
func TestPeers(t *testing.T) {
	t.Parallel()
	w := newWorld()
	customers(w)
	w.table("app.chats", "sender_id integer null", "no integer pk", "room text pk", "recipient_email text =user.contact.email", "note text null").
		row("1", "1", "a", bob, "to bob").row("2", "2", "a", zed, "to zed").row("1", "3", "a", maryLow, "to myself")
	w.refer("app.chats.sender_id > app.customers.id", "restrict")
	erased(t, w, `
app.customers: 2 bob@example.com Bob Bay
app.customers: 3 zed@example.com Zed
app.chats: NULL 1 a bob@example.com NULL
app.chats: 2 2 a zed@example.com to zed
`, "email="+maryLow)
}

// TestNotesUnderCompositeKey: a cell that two steps would empty is emptied once.
func TestNotesUnderCompositeKey(t *testing.T) {
	t.Parallel()
	w := newWorld()
	customers(w)
	w.table("app.orders", "customer_id integer pk", "no integer pk", "seller_id integer", "note text null").
		row("1", "1", "2", "call "+maryLow+" please").row("1", "2", "3", "x").row("2", "1", "3", "y").row("2", "2", "3", "as "+maryLow+" said")
	w.refer("app.orders.customer_id > app.customers.id", "restrict")
	w.refer("app.orders.seller_id > app.customers.id", "restrict")
	erased(t, w, `
app.customers: 1 erased-2026-0001@erased.invalid NULL
app.customers: 2 bob@example.com Bob Bay
app.customers: 3 zed@example.com Zed
app.orders: 1 1 2 NULL
app.orders: 1 2 3 NULL
app.orders: 2 1 3 y
app.orders: 2 2 3 NULL
`, "email="+maryLow)
}

// TestElements: of cells that hold several people the subject's element goes alone,
// and a cell that may not be empty gets a value of its own kind.
func TestElements(t *testing.T) {
	t.Parallel()
	w := newWorld()
	customers(w)
	w.table("app.mails", "id integer pk", "rcpt text[]", "cc text null", "doc json null", "body longtext").
		row("1", "{"+maryLow+","+bob+"}", bob+"; "+maryLow, `{"users":["`+bob+`","`+maryLow+`"],"n":1}`, "{}").
		row("2", "{"+maryLow+"}", maryLow, `{"to":"`+maryLow+`","name":"Mary"}`, `{"m":"`+maryLow+`"}`).
		row("3", "{}", "NULL", `[{"mail":"`+maryLow+`","name":"Mary"},{"mail":"`+bob+`","name":"Bob"}]`, "{}").
		row("4", `{"`+rosemary+`",vip}`, rosemary, `{"to":"`+rosemary+`"}`, "{}")
	erased(t, w, `
app.customers: 2 bob@example.com Bob Bay
app.customers: 3 zed@example.com Zed
app.mails: 1 {bob@example.com} bob@example.com {"n":1,"users":["bob@example.com"]} {}
app.mails: 2 {} NULL NULL {"erased":"2026-0001"}
app.mails: 3 {} NULL [{"mail":"bob@example.com","name":"Bob"}] {}
app.mails: 4 {"rosemary.ellis@example.org",vip} rosemary.ellis@example.org {"to":"rosemary.ellis@example.org"} {}
`, "email="+maryLow)
}

// TestProse: of a text that names several people the others stay, and the plan says
// so; one that names the subject alone is emptied.
func TestProse(t *testing.T) {
	t.Parallel()
	w := newWorld()
	customers(w)
	w.table("app.talks", "id integer pk", "body text", "memo text null").
		row("1", "talk of "+rosemary+" and "+maryLow+" with "+zed, "ask "+maryLow+" or "+bob).
		row("2", "talk of "+maryLow, "ask "+maryLow)
	p := erased(t, w, `
app.customers: 2 bob@example.com Bob Bay
app.customers: 3 zed@example.com Zed
app.talks: 1 talk of rosemary.ellis@example.org and [erased] with zed@example.com ask [erased] or bob@example.com
app.talks: 2 erased-2026-0001 NULL
`, "email="+maryLow)
	if !strings.Contains(strings.Join(p.Notes, " "), "one cell of app.talks.body name other people too") {
		t.Errorf("got notes %v, want the other people named", p.Notes)
	}
}

// TestSharedAccount: what other people's rows point at as well is not the subject's.
func TestSharedAccount(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.table("app.accounts", "id integer pk", "plan text").row("7", "family").row("8", "single")
	w.table("app.customers", "id integer pk", "account_id integer", "email text =user.contact.email").
		row("1", "7", maryLow).row("2", "7", bob).row("3", "8", zed)
	w.refer("app.customers.account_id > app.accounts.id", "cascade")
	erased(t, w, `
app.accounts: 7 family
app.accounts: 8 single
app.customers: 2 7 bob@example.com
app.customers: 3 8 zed@example.com
`, "email="+maryLow)
}

// TestPackageMasksOthers: what the subject is given names nobody else, neither in a
// column of its own nor inside a cell.
func TestPackageMasksOthers(t *testing.T) {
	t.Parallel()
	w := newWorld()
	customers(w)
	w.table("app.mails", "id integer pk", "rcpt text[]", "doc json null").row("1", "{"+maryLow+","+bob+"}", `{"to":["`+bob+`","`+maryLow+`"]}`)
	w.table("app.transfers", "id integer pk", "from_email text =user.contact.email", "to_email text =user.contact.email").row("1", maryLow, bob).row("2", zed, maryLow)
	w.table("app.notes", "id integer pk", "customer_id integer", "text text null").row("1", "1", "as "+rosemary+" said to "+maryLow)
	w.refer("app.notes.customer_id > app.customers.id", "restrict")
	o := newOffice(t, w)
	r, err := o.desk.Create(o.as("carl"), gdpr.Opening{Kind: gdpr.Access, Subject: []string{"email=" + maryLow}})
	if err != nil {
		t.Fatal(err)
	}
	o.approve(r.ID, o.plan(r.ID).Hash)
	o.execute(r.ID)
	p, err := o.desk.Pack(o.as("sora"), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, other := range []string{bob, zed, rosemary} {
		if strings.Contains(string(out), other) {
			t.Errorf("the package names %s", other)
		}
	}
	if n := strings.Count(string(out), maryLow); n < 5 {
		t.Errorf("got the subject %d times, want all her rows:\n%s", n, out)
	}
}
