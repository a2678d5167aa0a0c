package hammer

import (
	"fmt"
	"strings"
)

// commonPieces are further tables of an estate, in SQL that both servers speak.
var commonPieces = []func(*estate){
	orders, orders, namedOrders, compositeOrders, referrals, circle, transfers, messages, household,
	sharedList, keyless, partitioned, copied, deleteLog, view, natural, comments, generated, notes, lateTable, sharedNote,
}

// personal is a text that only a link tells to be the subject's.
func (e *estate) personal(p person) string {
	e.plant(p, p.street)
	return e.text(p.street)
}

// orders point at people by a declared key; their lines point at them.
func orders(e *estate) {
	table, lines := e.q(e.name("orders", "bestellungen", "x")), e.q(e.name("lines", "positions"))
	column := pick(e.rng, "buyer", "customer_id", "owner", "k", "user id")
	action := pick(e.rng, "", " on delete cascade", " on delete set null")
	null := ""
	if action != " on delete set null" {
		null = pick(e.rng, "", " not null")
	}
	e.say("create table %s (order_id int primary key, %s int%s, ship_to varchar(120), lfd int, foreign key (%s) references %s (%s)%s)",
		table, e.q(column), null, e.q(column), e.people, e.q(e.peopleKey), action)
	e.say("create table %s (order_no int not null, line_no int not null, gift varchar(120), lfd int, primary key (order_no, line_no), foreign key (order_no) references %s (order_id))", lines, table)
	for _, p := range e.everyone() {
		for range 1 + e.rng.IntN(2) {
			n := e.serial(e.owner(p))
			e.say("insert into %s values (%d, %d, %s, %d)", table, n, p.id, e.personal(p), n)
			for line := range e.rng.IntN(3) {
				e.say("insert into %s values (%d, %d, %s, %d)", lines, n, line, e.personal(p), e.serial(e.owner(p)))
			}
		}
	}
	e.add(table, "lfd", "order_id", column, "ship_to")
	e.add(lines, "lfd", "order_no", "line_no", "gift")
	e.feature("declared key", "%s.%s%s%s, lines %s", table, column, null, action, lines)
}

// namedOrders point at a table of customers by the name of a column alone.
func namedOrders(e *estate) {
	e.names++
	people, table := e.q("clients"), e.q(e.name("invoices", "tickets"))
	if e.has(people) {
		return
	}
	column := pick(e.rng, "client_id", "clientId", "ClientID")
	e.say("create table %s (client_id int primary key, email varchar(120), lfd int)", people)
	e.say("create table %s (id int primary key, %s int, street varchar(120), lfd int)", table, e.q(column))
	for _, p := range e.everyone() {
		number := 5000 + p.id
		e.say("insert into %s values (%d, %s, %d)", people, number, e.text(p.email), e.serial(e.owner(p)))
		n := e.serial(e.owner(p))
		e.say("insert into %s values (%d, %d, %s, %d)", table, n, number, e.personal(p), n)
	}
	e.add(people, "lfd", "client_id", "email")
	e.add(table, "lfd", "id", column, "street")
	e.feature("key by name", "%s.%s", table, column)
}

func (e *estate) has(name string) bool {
	for _, r := range e.relations {
		if r.name == name {
			return true
		}
	}
	return false
}

// compositeOrders point at people by a key of two columns.
func compositeOrders(e *estate) {
	people, table := e.q(e.name("tenants", "teilnehmer")), e.q(e.name("visits", "orders"))
	e.say("create table %s (tenant int not null, nr int not null, mail varchar(120), lfd int, primary key (tenant, nr))", people)
	e.say("create table %s (id int primary key, t int, n int, remark varchar(120), lfd int, foreign key (t, n) references %s (tenant, nr))", table, people)
	for _, p := range e.everyone() {
		tenant := 1 + p.id%2
		e.say("insert into %s values (%d, %d, %s, %d)", people, tenant, p.id, e.text(p.email), e.serial(e.owner(p)))
		n := e.serial(e.owner(p))
		e.say("insert into %s values (%d, %d, %d, %s, %d)", table, n, tenant, p.id, e.personal(p), n)
		half := e.serial(ofBystander)
		e.say("insert into %s values (%d, %d, null, 'half a key', %d)", table, half, tenant, half)
	}
	e.add(people, "lfd", "tenant", "nr", "mail")
	e.add(table, "lfd", "id", "t", "n", "remark")
	e.feature("composite key", "%s to %s", table, people)
}

// referrals are rows of bystanders that point at the subject's row of their own table.
func referrals(e *estate) {
	table := e.q(e.name("members", "benutzer"))
	e.say("create table %s (id int primary key, email varchar(120), ref_by int, lfd int, foreign key (ref_by) references %s (id))", table, table)
	e.say("insert into %s values (%d, %s, null, %d)", table, e.subject.id, e.text(e.subject.email), e.serial(ofSubject))
	for i, p := range e.others {
		ref, n := "null", 0
		if i%2 == 0 {
			ref, n = fmt.Sprint(e.subject.id), e.sharedSerial([]string{"ref_by"})
		} else {
			n = e.serial(ofBystander)
		}
		e.say("insert into %s values (%d, %s, %s, %d)", table, p.id, e.text(p.email), ref, n)
	}
	e.add(table, "lfd", "id", "email", "ref_by")
	e.feature("self reference", "%s", table)
}

// circle is two tables that point at each other.
func circle(e *estate) {
	people, places := e.q(e.name("owners", "parties")), e.q(e.name("places", "addresses"))
	null, deferrable := "", ""
	if e.postgres() && e.chance(60) {
		null, deferrable = " not null", " deferrable initially deferred"
	}
	e.say("create table %s (id int primary key, email varchar(120) not null, main_place int%s, lfd int)", people, null)
	e.say("create table %s (id int primary key, owner_id int not null, street varchar(120), lfd int, foreign key (owner_id) references %s (id))", places, people)
	e.say("alter table %s add foreign key (main_place) references %s (id)%s", people, places, deferrable)
	for _, p := range e.everyone() {
		place := "null"
		if deferrable != "" {
			place = fmt.Sprint(1000 + p.id)
		}
		one := fmt.Sprintf("insert into %s values (%d, %s, %s, %d)", people, p.id, e.text(p.email), place, e.serial(e.owner(p)))
		two := fmt.Sprintf("insert into %s values (%d, %d, %s, %d)", places, 1000+p.id, p.id, e.personal(p), e.serial(e.owner(p)))
		if deferrable != "" {
			e.say("begin; %s; %s; commit", one, two)
			continue
		}
		e.say("%s", one)
		e.say("%s", two)
		e.say("update %s set main_place = %d where id = %d", people, 1000+p.id, p.id)
	}
	e.add(people, "lfd", "id", "email", "main_place")
	e.add(places, "lfd", "id", "owner_id", "street")
	e.feature("circle", "%s %s%s%s", people, places, null, deferrable)
}

// transfers name two people by their addresses.
func transfers(e *estate) {
	table := e.q(e.name("transfers", "mails", "chat"))
	from, to := pick(e.rng, "from_email", "sender", "von"), pick(e.rng, "to_email", "recipient", "an")
	null := pick(e.rng, "", " not null")
	e.say("create table %s (id int primary key, %s varchar(120)%s, %s varchar(120)%s, amount int, lfd int)", table, e.q(from), null, e.q(to), null)
	people := e.everyone()
	for i := range 8 {
		a, b := people[i%len(people)], people[(i*5+1)%len(people)]
		if i > 5 {
			a, b = b, a
		}
		n := 0
		switch e.subject.id {
		case a.id:
			n = e.sharedSerial([]string{from})
		case b.id:
			n = e.sharedSerial([]string{to})
		default:
			n = e.serial(ofBystander)
		}
		e.say("insert into %s values (%d, %s, %s, %d, %d)", table, n, e.text(a.email), e.text(b.email), n, n)
	}
	e.add(table, "lfd", "id", from, to, "amount")
	e.feature("transfers", "%s %s%s", table, from, null)
}

// messages name two people by declared keys.
func messages(e *estate) {
	table := e.q(e.name("messages", "calls"))
	null := pick(e.rng, "", " not null")
	e.say("create table %s (id int primary key, sender_id int%s, recipient_id int%s, topic varchar(80), lfd int, foreign key (sender_id) references %s (%s), foreign key (recipient_id) references %s (%s))",
		table, null, null, e.people, e.q(e.peopleKey), e.people, e.q(e.peopleKey))
	people := e.everyone()
	for i := range 6 {
		a, b := people[i%len(people)], people[(i+2)%len(people)]
		n := 0
		switch e.subject.id {
		case a.id:
			n = e.sharedSerial([]string{"sender_id", "topic"})
		case b.id:
			n = e.sharedSerial([]string{"recipient_id", "topic"})
		default:
			n = e.serial(ofBystander)
		}
		e.say("insert into %s values (%d, %d, %d, 'topic %d', %d)", table, n, a.id, b.id, i, n)
	}
	e.add(table, "lfd", "id", "sender_id", "recipient_id", "topic")
	e.feature("messages", "%s%s", table, null)
}

// household is an account that several people share.
func household(e *estate) {
	house, members := e.q(e.name("households", "konten")), e.q(e.name("members", "inhaber"))
	e.say("create table %s (id int primary key, plan varchar(40), lfd int)", house)
	e.say("create table %s (house_id int not null, email varchar(120) not null, lfd int, primary key (house_id, email), foreign key (house_id) references %s (id))", members, house)
	for i := range 3 {
		e.say("insert into %s values (%d, 'family', %d)", house, i, e.serial(ofBystander))
	}
	for i, p := range e.everyone() {
		e.say("insert into %s values (%d, %s, %d)", members, i%3, e.text(p.email), e.serial(e.owner(p)))
	}
	e.add(house, "lfd", "id", "plan")
	e.add(members, "lfd", "house_id", "email")
	e.feature("household", "%s", members)
}

// sharedList is a cell that lists several people.
func sharedList(e *estate) {
	table, column := e.q(e.name("groups", "verteiler")), pick(e.rng, "members", "recipients", "an")
	type shape struct{ typ, literal string }
	shapes := []shape{{"json", `'["%s", "%s", "%s"]'`}, {"text", "'%s, %s, %s'"}, {"varchar(300)", "'%s;%s;%s'"}, {"json", `'{"users": ["%s", "%s"], "owner": "%s"}'`}, {"text", "'talk of %s and %s with %s'"}}
	if e.postgres() {
		shapes = append(shapes, shape{"text[]", "array['%s', '%s', '%s']"}, shape{"jsonb", `'[{"mail": "%s"}, {"mail": "%s"}, {"mail": "%s"}]'`}, shape{"citext[]", "array['%s', '%s', '%s']::citext[]"})
	}
	s := pick(e.rng, shapes...)
	null := pick(e.rng, "", " not null")
	e.say("create table %s (id int primary key, title varchar(40), %s %s%s, lfd int)", table, e.q(column), s.typ, null)
	a, b, c := e.subject.email, e.others[0].email, e.others[4].email
	n := e.sharedSerial([]string{column}, b, c)
	e.say("insert into %s values (%d, 'one', %s, %d)", table, n, fmt.Sprintf(s.literal, b, a, c), n)
	n = e.serial(ofBystander)
	e.say("insert into %s values (%d, 'two', %s, %d)", table, n, fmt.Sprintf(s.literal, b, c, e.others[1].email), n)
	e.add(table, "lfd", "id", "title", column)
	e.feature("shared list "+s.typ+null+" "+s.literal, "%s.%s", table, column)
}

// sharedNote is a text in a bystander's row that mentions the subject.
func sharedNote(e *estate) {
	table := e.q(e.name("tickets", "faelle"))
	key := pick(e.rng, "id int primary key, part int", "id int not null, part int not null, primary key (id, part)", "id int, part int")
	e.say("create table %s (%s, person int not null, note varchar(300), lfd int, foreign key (person) references %s (%s))", table, key, e.people, e.q(e.peopleKey))
	for i, p := range e.others {
		note, n := "nothing", 0
		if i == 1 || i == 3 {
			note, n = "asked about "+e.subject.email+" again", e.sharedSerial([]string{"note"})
		} else {
			n = e.serial(ofBystander)
		}
		e.say("insert into %s values (%d, 1, %d, %s, %d)", table, n, p.id, e.text(note), n)
	}
	e.add(table, "lfd", "id", "part", "person", "note")
	e.feature("note in somebody's row", "%s key %s", table, key)
}

// keyless has no key at all, and equal rows.
func keyless(e *estate) {
	table := e.q(e.name("export", "mailing"))
	e.say("create table %s (email varchar(120), word varchar(40), lfd int)", table)
	for _, p := range e.everyone() {
		for range 2 {
			e.say("insert into %s values (%s, 'same', %d)", table, e.text(p.email), e.serial(e.owner(p)))
		}
	}
	e.add(table, "lfd", "email", "word")
	e.feature("no key", "%s", table)
}

// natural has the address as its key, to which others point.
func natural(e *estate) {
	people, table := e.q(e.name("readers", "leser")), e.q(e.name("loans", "ausleihen"))
	action := pick(e.rng, "", " on update cascade", " on delete cascade")
	e.say("create table %s (email varchar(120) primary key, lfd int)", people)
	e.say("create table %s (id int primary key, reader varchar(120) not null, place varchar(120), lfd int, foreign key (reader) references %s (email)%s)", table, people, action)
	for _, p := range e.everyone() {
		e.say("insert into %s values (%s, %d)", people, e.text(p.email), e.serial(e.owner(p)))
		n := e.serial(e.owner(p))
		e.say("insert into %s values (%d, %s, %s, %d)", table, n, e.text(p.email), e.personal(p), n)
	}
	e.add(people, "lfd", "email")
	e.add(table, "lfd", "id", "reader", "place")
	e.feature("natural key", "%s%s", people, action)
}

// notes mention the subject in longer text of a table without owner.
func notes(e *estate) {
	table := e.q(e.name("notes", "protokoll"))
	key := pick(e.rng, "id int primary key, part int", "id int not null, part int not null, primary key (id, part)")
	e.say("create table %s (%s, body text not null, lfd int)", table, key)
	for _, p := range e.everyone() {
		n := e.serial(e.owner(p))
		e.say("insert into %s values (%d, 1, %s, %d)", table, n, e.text("mail to "+p.email+" bounced; called back."), n)
	}
	e.add(table, "lfd", "id", "part", "body")
	e.feature("notes", "%s key %s", table, key)
}

// comments put the address where only the catalog reads it.
func comments(e *estate) {
	table := e.q(e.name("settings"))
	note := e.text("ask " + e.subject.email + " about it")
	if e.postgres() {
		e.say("create table %s (id int primary key, lfd int)", table)
		e.say("comment on table %s is %s", table, note)
	} else {
		e.say("create table %s (id int primary key, lfd int) comment %s", table, note)
	}
	e.say("insert into %s values (1, %d)", table, e.serial(ofBystander))
	e.add(table, "lfd", "id")
	e.feature("comment", "%s", table)
}

// generated has a column that the server computes from the address.
func generated(e *estate) {
	table := e.q(e.name("contacts"))
	e.say("create table %s (id int primary key, email varchar(120)%s, folded varchar(120) generated always as (lower(email)) stored, lfd int)", table, pick(e.rng, "", " not null"))
	for _, p := range e.everyone() {
		n := e.serial(e.owner(p))
		e.say("insert into %s (id, email, lfd) values (%d, %s, %d)", table, n, e.text(strings.ToUpper(p.email)), n)
		e.plant(p, strings.ToUpper(p.email))
	}
	e.add(table, "lfd", "id", "email", "folded")
	e.feature("generated column", "%s", table)
}

// lateTable is made after the crawl.
func lateTable(e *estate) {
	table := e.q(e.name("late"))
	e.after = append(e.after, fmt.Sprintf("create table %s (id int primary key, email varchar(120), lfd int)", table))
	for _, p := range e.everyone() {
		n := e.serial(e.owner(p))
		e.after = append(e.after, fmt.Sprintf("insert into %s values (%d, %s, %d)", table, n, e.text(p.email), n))
	}
	e.add(table, "lfd", "id", "email")
	e.feature("made after the crawl", "%s", table)
}

// view shows people.
func view(e *estate) {
	name := e.q(e.name("people_view"))
	e.say("create view %s as select %s, lfd from %s", name, e.q(e.peopleMail), e.people)
	e.add(name, "lfd", e.peopleMail)
	e.feature("view", "%s", name)
}
