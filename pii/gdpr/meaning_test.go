package gdpr_test

import (
	"strings"
	"testing"
)

// TestLinksByMeaning: keys without a foreign key are followed whatever way their
// names are written, words that are no keys are not, and what may be one is named.
func TestLinksByMeaning(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.table("app.customers", "id integer pk", "email text =user.contact.email").row("1", maryLow).row("2", bob).row("3", zed)
	followed := []string{"customerId", "customerid", "CUSTOMER_ID", "CustID", "cust_id", "customer", "CustomerNo", "customers_id"}
	for i, column := range followed {
		w.table("app.yes"+string(rune('a'+i)), "n integer pk", column+" integer null", "x text").row("1", "1", "a").row("2", "2", "b")
	}
	left := map[string]string{"custom": "2", "billing_customer_id": "2", "customer_count": "2", "cust_id": "99", "custard_id": "2", "cust_no": "2"}
	n := 0
	for column, second := range left {
		w.table("app.no"+string(rune('a'+n)), "n integer pk", column+" integer", "x text").row("1", "1", "a").row("2", second, "b")
		n++
	}
	p := erased(t, w, w.without("app.customers: 1 ", func(table string) string {
		if strings.HasPrefix(table, "app.yes") {
			return ": 1 1 a"
		}
		return ": none"
	}), "email="+maryLow)
	var named []string
	for _, l := range p.Possible {
		named = append(named, l.Column)
	}
	for _, column := range []string{"billing_customer_id", "cust_id", "custom"} {
		if !strings.Contains(" "+strings.Join(named, " ")+" ", " "+column+" ") {
			t.Errorf("got possible links %v, want %s among them", named, column)
		}
	}
}

// TestOwnKeysAreNoLinks: the key of a thing is not the key of what happened to it,
// though the names share a word, and a count of things points at none.
func TestOwnKeysAreNoLinks(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.table("app.students", "student_id integer pk", "email text =user.contact.email").row("1", maryLow).row("2", bob)
	w.table("app.lectures", "lecture_id integer pk", "title text").row("1", "Go").row("2", "SQL")
	w.table("app.lecture_views", "view_id integer pk", "student_id integer", "lecture_id integer").row("1", "1", "1").row("2", "1", "2").row("3", "2", "1")
	w.table("app.cohorts", "month text pk", "students integer", "lectures integer").row("2026-10", "1", "1").row("2026-11", "2", "2")
	w.table("app.view_notes", "id integer pk", "view_id integer", "text text").row("1", "1", "x").row("2", "3", "y")
	w.refer("app.lecture_views.student_id > app.students.student_id", "restrict")
	w.refer("app.lecture_views.lecture_id > app.lectures.lecture_id", "restrict")
	p := erased(t, w, `
app.students: 2 bob@example.com
app.lectures: 1 Go
app.lectures: 2 SQL
app.lecture_views: 3 2 1
app.cohorts: 2026-10 1 1
app.cohorts: 2026-11 2 2
app.view_notes: 2 3 y
`, "email="+maryLow)
	if len(p.Possible) > 0 {
		t.Errorf("got possible links %v, want none", p.Possible)
	}
}

// without is the dump of w but for one row, and rows that end as the table's say.
func (w *world) without(row string, ends func(table string) string) string {
	var out strings.Builder
	for line := range strings.Lines(w.dump()) {
		table, _, _ := strings.Cut(line, ":")
		if !strings.HasPrefix(line, row) && !strings.HasSuffix(strings.TrimSpace(line), ends(table)) {
			out.WriteString(line)
		}
	}
	return out.String()
}

// TestPeopleByAnyName: a table of people is known by what it holds, and its keys are
// followed; a thing with a contact is not, and keeps its row.
func TestPeopleByAnyName(t *testing.T) {
	t.Parallel()
	w := newWorld()
	for _, table := range []string{"accounts", "kunden", "app_logins", "xyz"} {
		w.table("app."+table, "id integer pk", "email text =user.contact.email", "full_name text =user.name").row("1", maryLow, "Mary Ellis").row("2", bob, "Bob")
		w.table("app."+table+"_orders", "no integer pk", "buyer integer", "street text").row("1", "1", "1 High St").row("2", "2", "2 High St")
		w.refer("app."+table+"_orders.buyer > app."+table+".id", "restrict")
	}
	w.table("app.stores", "id integer pk", "title text", "contact_email text null =user.contact.email").row("1", "Main", maryLow).row("2", "Side", bob)
	w.table("app.sales", "no integer pk", "store integer", "amount integer").row("1", "1", "5").row("2", "2", "6")
	w.refer("app.sales.store > app.stores.id", "restrict")
	want := ""
	for _, table := range []string{"accounts", "kunden", "app_logins", "xyz"} {
		want += "app." + table + ": 2 bob@example.com Bob\napp." + table + "_orders: 2 2 2 High St\n"
	}
	want += "app.stores: 1 Main NULL\napp.stores: 2 Side bob@example.com\napp.sales: 1 1 5\napp.sales: 2 2 6\n"
	erased(t, w, want, "email="+maryLow)
}

// TestDeferrableCircle: rows that point at each other by keys which may not be empty
// go together where one key is checked at the end.
func TestDeferrableCircle(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.table("app.customers", "id integer pk", "email text =user.contact.email", "main_address_id integer").row("1", maryLow, "10").row("2", bob, "11")
	w.table("app.addresses", "id integer pk", "customer_id integer", "street text").row("10", "1", "1 High St").row("11", "2", "2 High St")
	w.refer("app.addresses.customer_id > app.customers.id", "restrict")
	w.refer("app.customers.main_address_id > app.addresses.id", "restrict")
	w.relations[1].Deferrable = true
	erased(t, w, "app.customers: 2 bob@example.com 11\napp.addresses: 11 2 2 High St\n", "email="+maryLow)
}

// TestAKeyOfAnotherNoun: the views of lectures have a key of their own, and no row of a
// lecture is the subject's because its number is one of those.
func TestAKeyOfAnotherNoun(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.table("app.students", "student_id integer pk", "full_name text =user.name", "email text =user.contact.email").row("17", "Mary Ellis", maryLow).row("18", "Bob", bob)
	w.table("app.lecture_views", "view_id integer pk", "student_id integer", "lecture_id integer").row("1", "17", "2").row("2", "18", "1").row("3", "18", "2")
	w.table("app.lectures", "lecture_id integer pk", "title text").row("1", "Go").row("2", "SQL")
	erased(t, w, w.without("app.students: 17 ", func(table string) string {
		if table == "app.lecture_views" {
			return ": 1 17 2"
		}
		return ": none"
	}), "email="+maryLow)
}
