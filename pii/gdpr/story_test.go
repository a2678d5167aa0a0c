package gdpr_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog/fault"
	"waymark/pii/gdpr"
)

const (
	mary     = "Mary.Ellis@example.org"
	maryLow  = "mary.ellis@example.org"
	rosemary = "rosemary.ellis@example.org"
	phone    = "+44 161 496 0417"
)

// shop is a company: an application and a warehouse with copies of it.
func shop() *world {
	w := newWorld()
	w.table("app.students", "student_id integer pk", "full_name text =user.name", "email text =user.contact.email", "phone text null =user.contact.phone_number", "birth_date text null =user.demographic.date_of_birth", "country text").
		row("17", "Mary Ellis", mary, phone, "1990-02-03", "GB").
		row("18", "Rosemary Ellis", rosemary, "+44 161 496 0999", "1991-02-03", "GB").
		row("19", "Ines Mora", "ines@example.com", "NULL", "NULL", "ES")
	w.table("app.instructors", "instructor_id integer pk", "full_name text =user.name", "email text =user.contact.email").
		row("5", "Ida Sol", "ida@example.com")
	w.table("app.courses", "course_id integer pk", "instructor_id integer", "title text").row("70", "5", "Go")
	w.table("app.orders", "order_id integer pk", "student_id integer", "course_id integer", "receipt_email text null =user.contact.email").
		row("100", "17", "70", maryLow).row("101", "17", "70", "NULL").row("102", "18", "70", rosemary)
	w.table("app.order_lines", "line_id integer pk", "order_id integer", "amount integer").
		row("1", "100", "5").row("2", "100", "6").row("3", "101", "7").row("4", "102", "8")
	w.table("app.tickets", "ticket_id integer pk", "student_id integer null", "contact_email text =user.contact.email", "body text null").
		row("1", "17", mary, "help").row("2", "NULL", maryLow, "no account").row("3", "18", rosemary, "call me")
	w.refer("app.courses.instructor_id > app.instructors.instructor_id", "restrict")
	w.refer("app.orders.student_id > app.students.student_id", "restrict")
	w.refer("app.orders.course_id > app.courses.course_id", "restrict")
	w.refer("app.order_lines.order_id > app.orders.order_id", "cascade")
	w.refer("app.tickets.student_id > app.students.student_id", "set null")

	w.table("dwh.raw_students", "student_id integer pk", "email text =user.contact.email", "country text").
		row("17", mary, "GB").row("18", rosemary, "GB")
	w.table("dwh.raw_orders", "order_id integer pk", "student_id integer", "amount integer").row("100", "17", "11").row("101", "17", "7").row("102", "18", "8")
	w.table("dwh.stg_lines", "line_id integer pk", "order_id integer").row("1", "100").row("4", "102")
	w.table("dwh.churn", "learner_key text pk", "risk text").row(sha(maryLow), "high").row(sha(rosemary), "low")
	w.table("dwh.profiles", "student_id integer pk", "profile json").row("17", `{"email":"`+maryLow+`"}`).row("18", `{"email":"`+rosemary+`"}`)
	w.table("dwh.mailing", "email text =user.contact.email", "first_name text =user.name").row(maryLow, "Mary").row(rosemary, "Rosemary")
	w.table("dwh.old_newsletter", "addr text", "campaign text").row(strings.ToUpper(mary), "spring").row(strings.ToUpper(rosemary), "spring")
	w.table("dwh.events", "event_id integer pk", "payload text null").
		row("1", "mail to "+maryLow+" bounced").row("2", "mail to "+rosemary+" bounced").row("3", "nothing")
	w.table("dwh.revenue_daily", "day text pk", "amount integer").row("2026-11-01", "26")
	w.table("dwh.activity", "day text", "sid text", "minutes integer").row("2026-11-01", "17", "5").row("2026-11-01", "18", "6").row("2026-11-01", "170", "6")
	w.flow("dwh.raw_students.student_id", "dwh.activity.sid")
	w.flow("dwh.raw_students.email", "dwh.churn.learner_key", "masked")
	w.flow("dwh.raw_orders.order_id", "dwh.revenue_daily.amount", "aggregated")
	return w
}

// TestErasureStory is the whole way, and nobody else's rows change.
func TestErasureStory(t *testing.T) {
	t.Parallel()
	w := shop()
	o := newOffice(t, w)
	others := withoutMary(w.dump())
	id := o.open("email=" + maryLow)
	p := o.plan(id)
	if len(p.Unreachable) > 0 {
		t.Errorf("got unreachable %v, want none", p.Unreachable)
	}
	o.approve(id, p.Hash)
	done := o.execute(id)
	if done.State != gdpr.Executed {
		t.Fatalf("got %s with %v", done.State, done.Outcomes)
	}
	left := w.dump()
	for _, gone := range []string{"Mary", maryLow, strings.ToUpper(mary), phone, sha(maryLow)} {
		if strings.Contains(strings.NewReplacer("Rosemary", "", rosemary, "", strings.ToUpper(rosemary), "").Replace(left), gone) {
			t.Errorf("%q is still there:\n%s", gone, left)
		}
	}
	// The one row that only mentioned her stays, without the mention.
	if want := strings.Replace(others, "dwh.events: 2", "dwh.events: 1 NULL\ndwh.events: 2", 1); left != want {
		t.Errorf("rows of others changed (-want +got):\n%s", cmp.Diff(want, left))
	}
	f := o.verify(id)
	if f.State != gdpr.Verified || f.Columns == 0 {
		t.Fatalf("got %+v, want verified", f)
	}
	if _, err := o.desk.Close(o.as("sora"), id, ""); !errors.Is(err, fault.Conflict) {
		t.Errorf("closed before the second look: %v", err)
	}
	o.clock.add(25 * time.Hour)
	o.verify(id)
	if _, err := o.desk.Close(o.as("sora"), id, ""); !errors.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "receipt") {
		t.Errorf("closed without a receipt: %v", err)
	}
	receipt(t, o, id)
	r, err := o.desk.Close(o.as("sora"), id, "nobody else had the data")
	if err != nil || r.State != gdpr.Closed {
		t.Errorf("got %s, %v, want closed", r.State, err)
	}
	rep, err := o.ledger.Verify(t.Context())
	if err != nil || len(rep.Problems) > 0 {
		t.Errorf("got %v, %v, want a sound ledger", rep.Problems, err)
	}
}

// receipt issues the receipt and checks it offline, as JSON and as a page.
func receipt(t *testing.T, o *office, id string) {
	t.Helper()
	s, err := o.desk.Receipt(o.as("sora"), id)
	if err != nil {
		t.Fatal(err)
	}
	file, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	page, err := gdpr.HTML(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range [][]byte{file, page} {
		r, rec, err := gdpr.CheckReceipt(f, o.ledger.Key())
		if err != nil || r.Request != id || rec.Act != "receipt.issued" {
			t.Errorf("got %+v, %v, want a receipt that holds", rec, err)
		}
		for _, secret := range []string{maryLow, mary, "Mary", phone} {
			if bytes.Contains(f, []byte(secret)) {
				t.Errorf("the receipt tells %q", secret)
			}
		}
	}
	bad := bytes.Replace(page, []byte("<td>erased</td>"), []byte("<td>kept</td>"), 1)
	if _, _, err := gdpr.CheckReceipt(bad, ""); !errors.Is(err, fault.Corrupt) {
		t.Errorf("a changed page: got %v, want corrupt", err)
	}
	if bad := bytes.Replace(file, []byte(`"outcome": "erased"`), []byte(`"outcome": "kept"`), 1); !bytes.Equal(bad, file) {
		if _, _, err := gdpr.CheckReceipt(bad, ""); !errors.Is(err, fault.Corrupt) {
			t.Errorf("a changed receipt: got %v, want corrupt", err)
		}
	} else {
		t.Error("got a receipt without an erased collection")
	}
}

// withoutMary is what must be left of a dump, her own rows gone.
func withoutMary(dump string) string {
	var out []string
	for _, line := range strings.SplitAfter(dump, "\n") {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		hers := slices.Contains(f[1:], "17") && !strings.HasPrefix(line, "app.order_lines") || strings.Contains(line, mary) ||
			strings.Contains(strings.ReplaceAll(strings.ToLower(line), rosemary, ""), maryLow) || strings.Contains(line, sha(maryLow)) ||
			strings.HasPrefix(line, "app.order_lines") && slices.Contains([]string{"100", "101"}, f[2]) ||
			strings.HasPrefix(line, "dwh.stg_lines") && f[2] == "100"
		if !hers {
			out = append(out, line)
		}
	}
	return strings.Join(out, "")
}

func TestPlanShowsItsWays(t *testing.T) {
	t.Parallel()
	o := newOffice(t, shop())
	p := o.plan(o.open("email=" + maryLow))
	type row struct {
		Dataset, Action, Reached, Related string
		Rows                              int64
	}
	var got []row
	for _, s := range p.Steps {
		got = append(got, row{s.Dataset.Name(), string(s.Action), s.Reached, s.Related, s.Rows})
	}
	want := []row{
		{"app.order_lines", "delete", "foreign key", "about", 3},
		{"app.tickets", "delete", "identity", "about", 2},
		{"app.orders", "delete", "foreign key", "about", 2},
		{"app.students", "delete", "identity", "about", 1},
		{"dwh.raw_students", "delete", "identity", "about", 1},
		{"dwh.churn", "delete", "hash", "about", 1},
		{"dwh.mailing", "delete", "identity", "about", 1},
		{"dwh.old_newsletter", "delete", "identity", "about", 1},
		{"dwh.raw_orders", "delete", "same name", "about", 2},
		{"dwh.profiles", "delete", "same name", "about", 1},
		{"dwh.activity", "delete", "lineage", "about", 1},
		{"dwh.stg_lines", "delete", "same name", "about", 1},
		{"dwh.events", "null", "contained", "mentions", 1},
	}
	less := func(a, b row) int { return strings.Compare(a.Dataset, b.Dataset) }
	slices.SortFunc(got, less)
	slices.SortFunc(want, less)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("steps (-want +got):\n%s", diff)
	}
	order := func(dataset string) int {
		return slices.IndexFunc(p.Steps, func(s gdpr.Step) bool { return s.Dataset == name(dataset) })
	}
	if order("app.order_lines") > order("app.orders") || order("app.orders") > order("app.students") || order("app.students") > order("dwh.raw_students") {
		t.Errorf("got the order %v, want children before parents and the source before its copies", got)
	}
	if again := o.plan(o.open("email=" + maryLow)); again.Hash == p.Hash {
		t.Error("got one hash for two requests")
	}
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"mary.ellis", "Mary.Ellis", phone, "\"17\""} {
		if bytes.Contains(text, []byte(secret)) {
			t.Errorf("the plan tells %q", secret)
		}
	}
	for _, k := range p.Keys {
		if k.Key == "phone=+4••••••••" && !k.Learned {
			t.Errorf("got %+v, want the phone to be learned", k)
		}
	}
}

// TestPlanIsStable: planning again without a change gives the same hash.
func TestPlanIsStable(t *testing.T) {
	t.Parallel()
	o := newOffice(t, shop())
	id := o.open("email=" + maryLow)
	first := o.plan(id)
	for range 5 {
		if again := o.plan(id); again.Hash != first.Hash {
			t.Fatalf("got another plan (-first +again):\n%s", cmp.Diff(first, again, cmp.Comparer(func(a, b gdpr.Day) bool { return a == b })))
		}
	}
}

func TestRetainOnGround(t *testing.T) {
	t.Parallel()
	w := shop()
	o := newOffice(t, w)
	id := o.open("student_id=17")
	p := o.plan(id, gdpr.Retention{Dataset: name("app.orders"), Ground: "tax law", Until: gdpr.NewDay(2033, 12, 31)})
	o.approve(id, p.Hash)
	done := o.execute(id)
	outcomes := map[string]string{}
	for _, x := range done.Outcomes {
		outcomes[x.Dataset.Name()] = x.Outcome
	}
	// The orders stay and point at the student, so the student stays under a pseudonym.
	for dataset, want := range map[string]string{"app.orders": gdpr.Retained, "app.students": gdpr.Retained, "app.tickets": gdpr.Erased, "dwh.raw_students": gdpr.Erased} {
		if outcomes[dataset] != want {
			t.Errorf("%s: got %s, want %s", dataset, outcomes[dataset], want)
		}
	}
	if left := w.dump(); strings.Contains(left, "Mary Ellis") || strings.Contains(left, phone) || !strings.Contains(left, "app.orders: 100 17") {
		t.Errorf("got\n%s", left)
	}
	if f := o.verify(id); f.State != gdpr.Verified {
		t.Errorf("got %v, want the retained rows to be allowed", f.Residuals)
	}
}

func TestAccessPackage(t *testing.T) {
	t.Parallel()
	w := shop()
	before := w.dump()
	o := newOffice(t, w)
	r, err := o.desk.Create(o.as("carl"), gdpr.Opening{Kind: gdpr.Access, Subject: []string{"email=" + mary}})
	if err != nil {
		t.Fatal(err)
	}
	p := o.plan(r.ID)
	if _, err := o.desk.Pack(o.as("sora"), r.ID); !errors.Is(err, fault.Conflict) {
		t.Errorf("a package before approval: got %v, want conflict", err)
	}
	o.approve(r.ID, p.Hash)
	if done := o.execute(r.ID); done.State != gdpr.Sent {
		t.Fatalf("got %s, want sent", done.State)
	}
	pack, err := o.desk.Pack(o.as("sora"), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(pack)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Mary Ellis", phone, "no account", "spring"} {
		if !bytes.Contains(text, []byte(want)) {
			t.Errorf("got a package without %q", want)
		}
	}
	for _, not := range []string{"Rosemary", rosemary, "ines@", "Ida Sol"} {
		if bytes.Contains(text, []byte(not)) {
			t.Errorf("got a package that tells %q of somebody else", not)
		}
	}
	if w.dump() != before {
		t.Error("an access request changed rows")
	}
	if _, err := o.desk.Close(o.as("sora"), r.ID, ""); err != nil {
		t.Errorf("got %v, want it closed", err)
	}
}

// TestSharedMessages: rows that are somebody else's as well stay.
func TestSharedMessages(t *testing.T) {
	t.Parallel()
	w := shop()
	w.table("app.messages", "message_id integer pk", "student_id integer", "instructor_id integer", "body text =user.content.private", "sent_by text").
		row("1", "17", "5", "this is Mary", "student").row("2", "18", "5", "this is Rose", "student")
	w.refer("app.messages.student_id > app.students.student_id", "restrict")
	w.refer("app.messages.instructor_id > app.instructors.instructor_id", "restrict")
	o := newOffice(t, w)
	id := o.open("email=" + maryLow)
	done := o.erase(id)
	left := w.dump()
	for _, want := range []string{"app.messages: 1 17 5 erased-" + id + " student\n", "app.messages: 2 18 5 this is Rose student\n", "app.students: 17 erased-" + id} {
		if !strings.Contains(left, want) {
			t.Errorf("got\n%s\nwant %q", left, want)
		}
	}
	if strings.Contains(left, "Mary Ellis") || strings.Contains(left, "1990-02-03") {
		t.Errorf("got\n%s\nwant nothing of Mary", left)
	}
	for _, x := range done.Outcomes {
		if x.Dataset == name("app.messages") && (x.Outcome != gdpr.Retained || x.Ground == "") {
			t.Errorf("got %+v, want retained with a ground", x)
		}
	}
}

// TestSharedWithNullableKey: where the key may be empty, the subject's own row goes.
func TestSharedWithNullableKey(t *testing.T) {
	t.Parallel()
	w := shop()
	w.table("app.messages", "message_id integer pk", "student_id integer null", "instructor_id integer", "body text").
		row("1", "17", "5", "this is Mary").row("2", "18", "5", "this is Rose")
	w.refer("app.messages.student_id > app.students.student_id", "restrict")
	w.refer("app.messages.instructor_id > app.instructors.instructor_id", "restrict")
	o := newOffice(t, w)
	id := o.open("email=" + maryLow)
	o.erase(id)
	left := w.dump()
	if !strings.Contains(left, "app.messages: 1 NULL 5 erased-"+id+"\n") || strings.Contains(left, "app.students: 17") {
		t.Errorf("got\n%s", left)
	}
}

// TestCircleByTheSameColumn: the key that opens a circle is one by which rows were found.
func TestCircleByTheSameColumn(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.table("app.users", "user_id integer pk", "email text =user.contact.email").row("1", "mary@example.org").row("2", "ben@example.org")
	w.table("app.devices", "device_id integer pk", "user_id integer null", "last_login integer null").row("1", "1", "12").row("2", "2", "13")
	w.table("app.logins", "login_id integer pk", "device_id integer").row("11", "1").row("12", "1").row("13", "2")
	w.refer("app.devices.user_id > app.users.user_id", "restrict")
	w.refer("app.devices.last_login > app.logins.login_id", "restrict")
	w.refer("app.logins.device_id > app.devices.device_id", "restrict")
	o := newOffice(t, w)
	o.erase(o.open("email=mary@example.org"))
	if got, want := w.dump(), "app.users: 2 ben@example.org\napp.devices: 2 2 13\napp.logins: 13 2\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestSelfReferenceAndCycle(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.table("hr.employees", "id integer pk", "email text =user.contact.email", "manager_id integer null", "badge_id integer null").
		row("1", "boss@example.com", "NULL", "11").row("2", "kim@example.com", "1", "12").row("3", "lee@example.com", "2", "NULL")
	w.table("hr.badges", "id integer pk", "employee_id integer null").row("11", "1").row("12", "2")
	w.refer("hr.employees.manager_id > hr.employees.id", "restrict")
	w.refer("hr.employees.badge_id > hr.badges.id", "restrict")
	w.refer("hr.badges.employee_id > hr.employees.id", "restrict")
	o := newOffice(t, w)
	o.erase(o.open("email=kim@example.com"))
	want := "hr.employees: 1 boss@example.com NULL 11\nhr.employees: 3 lee@example.com NULL NULL\nhr.badges: 11 1\n"
	if got := w.dump(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestCompositeKeys(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.table("crm.people", "tenant text pk", "no text pk", "email text =user.contact.email").
		row("a", "1", "mary@example.org").row("a", "2", "other@example.org").row("b", "1", "third@example.org")
	w.table("crm.visits", "visit_id integer pk", "tenant text null", "no text null").
		row("1", "a", "1").row("2", "a", "2").row("3", "b", "1").row("4", "NULL", "1").row("5", "a", "1")
	w.referBoth("crm.visits", []string{"tenant", "no"}, "crm.people", []string{"tenant", "no"})
	o := newOffice(t, w)
	o.erase(o.open("email=mary@example.org"))
	want := "crm.people: a 2 other@example.org\ncrm.people: b 1 third@example.org\n" +
		"crm.visits: 2 a 2\ncrm.visits: 3 b 1\ncrm.visits: 4 NULL 1\n"
	if got := w.dump(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestCompositeWithoutName: rows without a key of their own are named by all the
// columns of the foreign key together.
func TestCompositeWithoutName(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.table("crm.people", "tenant text pk", "no text pk", "email text =user.contact.email").
		row("a", "1", "mary@example.org").row("a", "2", "other@example.org").row("b", "1", "third@example.org")
	w.table("crm.visits", "tenant text", "no text").row("a", "1").row("a", "2").row("b", "1")
	w.referBoth("crm.visits", []string{"tenant", "no"}, "crm.people", []string{"tenant", "no"})
	o := newOffice(t, w)
	o.erase(o.open("email=mary@example.org"))
	want := "crm.people: a 2 other@example.org\ncrm.people: b 1 third@example.org\ncrm.visits: a 2\ncrm.visits: b 1\n"
	if got := w.dump(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestUnconnectedCopyKeepsItOpen(t *testing.T) {
	t.Parallel()
	w := shop()
	s := w.table("sheets.launch_list", "who text =user.contact.email")
	s.source = ""
	w.flow("dwh.raw_students.email", "sheets.launch_list.who")
	island := w.table("crm.leads", "full_name text =user.name")
	island.source = ""
	o := newOffice(t, w)
	id := o.open("email=" + maryLow)
	p := o.plan(id)
	if len(p.Unreachable) != 1 || p.Unreachable[0].Dataset != name("sheets.launch_list") {
		t.Errorf("got %v, want the sheet unreachable", p.Unreachable)
	}
	if !slices.ContainsFunc(p.Islands, func(i gdpr.Island) bool { return i.Dataset == name("crm.leads") }) {
		t.Errorf("got %v, want the leads as an island", p.Islands)
	}
	if !slices.ContainsFunc(p.Derived, func(d gdpr.Derived) bool { return d.Dataset == name("sheets.launch_list") && len(d.Path) == 2 }) {
		t.Errorf("got %v, want the sheet with its path", p.Derived)
	}
	o.approve(id, p.Hash)
	if done := o.execute(id); done.State != gdpr.Incomplete {
		t.Errorf("got %s, want incomplete", done.State)
	}
	for _, act := range []func() error{
		func() error { _, err := o.desk.Verify(o.as("sora"), id); return err },
		func() error { _, err := o.desk.Close(o.as("sora"), id, "please"); return err },
		func() error { _, err := o.desk.Receipt(o.as("sora"), id); return err },
	} {
		if err := act(); !errors.Is(err, fault.Conflict) {
			t.Errorf("got %v, want conflict while something is unreachable", err)
		}
	}
}
