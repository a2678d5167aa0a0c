package hammer

import (
	"fmt"
	"strings"
)

// postgresPieces are tables in SQL of PostgreSQL alone.
var postgresPieces = []func(*estate){inherited, materialized, policed, outside, denied, oddSchema, checked, foldedIndex}

// mariaPieces are tables in SQL of MariaDB alone.
var mariaPieces = []func(*estate){untransactional}

// partitioned tables spread over partitions.
func partitioned(e *estate) {
	table := e.q(e.name("events", "messwerte"))
	if !e.postgres() {
		e.say("create table %s (id int primary key, email varchar(120), lfd int) partition by hash (id) partitions 3", table)
	} else {
		by := pick(e.rng, "list (id % 2)", "hash (id)")
		key := ""
		if by == "hash (id)" {
			key = " primary key"
			e.say("create table %s (id int%s, email varchar(120), lfd int) partition by %s", table, key, by)
			for i := range 2 {
				e.say("create table part_%d_%d partition of %s for values with (modulus 2, remainder %d)", e.names, i, table, i)
			}
		} else {
			e.say("create table %s (id int, email varchar(120), lfd int) partition by list ((id %% 2))", table)
			for i := range 2 {
				e.say("create table part_%d_%d partition of %s for values in (%d)", e.names, i, table, i)
			}
		}
	}
	for _, p := range e.everyone() {
		n := e.serial(e.owner(p))
		e.say("insert into %s values (%d, %s, %d)", table, n, e.text(p.email), n)
	}
	e.add(table, "lfd", "id", "email")
	e.feature("partitions", "%s", table)
}

// copied tables are copied by a trigger.
func copied(e *estate) {
	table, audit := e.q(e.name("leads")), e.q(e.name("audit"))
	e.say("create table %s (id int primary key, email varchar(120), lfd int)", table)
	e.say("create table %s (%s, email varchar(120), lfd int)", audit, pick(e.rng, "id int", "id int primary key"))
	e.trigger(table, "insert", fmt.Sprintf("insert into %s values (new.id, new.email, new.lfd)", audit))
	for _, p := range e.everyone() {
		n := e.serial(e.owner(p))
		e.say("insert into %s values (%d, %s, %d)", table, n, e.text(p.email), n)
	}
	e.add(table, "lfd", "id", "email")
	e.add(audit, "lfd", "id", "email")
	e.feature("copied by a trigger", "%s to %s", table, audit)
}

// deleteLog keeps what is deleted, which an erasure is.
func deleteLog(e *estate) {
	table, log := e.q(e.name("signups")), e.q(e.name("geloescht"))
	e.say("create table %s (id int primary key, email varchar(120), lfd int)", table)
	e.say("create table %s (id int, email varchar(120), lfd int)", log)
	e.trigger(table, "delete", fmt.Sprintf("insert into %s values (old.id, old.email, old.lfd)", log))
	for _, p := range e.everyone() {
		n := e.serial(e.owner(p))
		e.say("insert into %s values (%d, %s, %d)", table, n, e.text(p.email), n)
	}
	e.add(table, "lfd", "id", "email")
	e.add(log, "lfd", "id", "email")
	e.feature("deletes are kept by a trigger", "%s in %s", table, log)
}

func (e *estate) trigger(table, event, do string) {
	e.names++
	if !e.postgres() {
		e.say("create trigger tr_%d after %s on %s for each row %s", e.names, event, table, do)
		return
	}
	e.say("create function tr_%d() returns trigger language plpgsql security definer as $$ begin %s; return null; end $$", e.names, do)
	e.say("create trigger tr_%d after %s on %s for each row execute function tr_%d()", e.names, event, table, e.names)
}

// inherited tables have children, the older form of partitions.
func inherited(e *estate) {
	table := e.q(e.name("metrics"))
	e.names++
	e.say("create schema ts_%d", e.names)
	e.say("grant usage on schema ts_%d to public", e.names)
	e.say("create table %s (id int, email varchar(120), lfd int)", table)
	for i := range 2 {
		e.say("create table ts_%d.chunk_%d (check (id %% 2 = %d)) inherits (%s)", e.names, i, i, table)
	}
	for _, p := range e.everyone() {
		n := e.serial(e.owner(p))
		e.say("insert into ts_%d.chunk_%d values (%d, %s, %d)", e.names, n%2, n, e.text(p.email), n)
	}
	e.add(table, "lfd", "id", "email")
	e.feature("children (INHERITS)", "%s", table)
}

// materialized views keep what their tables held.
func materialized(e *estate) {
	name := e.q(e.name("daily"))
	e.say("create materialized view %s as select %s, lfd from %s", name, e.q(e.peopleMail), e.people)
	e.add(name, "lfd", e.peopleMail)
	e.feature("materialized view", "%s", name)
}

// policed rows are hidden from the reader.
func policed(e *estate) {
	table := e.q(e.name("leads"))
	e.say("create table %s (id int primary key, email varchar(120), tenant int, lfd int)", table)
	for _, p := range e.everyone() {
		tenant := 1
		if p.id == e.subject.id {
			tenant = 2
		}
		n := e.serial(e.owner(p))
		e.say("insert into %s values (%d, %s, %d, %d)", table, n, e.text(p.email), tenant, n)
	}
	e.say("alter table %s enable row level security", table)
	e.say("create policy p on %s using (tenant = 1)", table)
	e.add(table, "lfd", "id", "email", "tenant")
	e.feature("row policy", "%s", table)
}

// outside is a schema that the recipe leaves out.
func outside(e *estate) {
	e.names++
	schema := fmt.Sprintf("hr_%d", e.names)
	table := schema + ".staff"
	e.say("create schema %s", schema)
	e.say("grant usage on schema %s to public", schema)
	e.say("create table %s (id int primary key, email varchar(120), lfd int)", table)
	for _, p := range e.everyone() {
		n := e.serial(e.owner(p))
		e.say("insert into %s values (%d, %s, %d)", table, n, e.text(p.email), n)
	}
	e.config += "    schemas: {deny: ['hr_.*']}\n"
	e.add(table, "lfd", "id", "email")
	e.feature("schema outside the recipe", "%s", table)
}

// denied is a table that the reader may not read.
func denied(e *estate) {
	table := e.q(e.name("payroll"))
	e.say("create table %s (id int primary key, email varchar(120), lfd int)", table)
	for _, p := range e.everyone() {
		n := e.serial(e.owner(p))
		e.say("insert into %s values (%d, %s, %d)", table, n, e.text(p.email), n)
	}
	e.say("revoke select on %s from {reader}", table)
	e.add(table, "lfd", "id", "email")
	e.feature("denied", "%s", table)
}

// oddSchema has a dot and capitals in its name.
func oddSchema(e *estate) {
	e.names++
	schema := e.q(fmt.Sprintf("Odd.schema %d", e.names))
	table := schema + "." + e.q("T.one")
	e.say("create schema %s", schema)
	e.say("grant usage on schema %s to public", schema)
	e.say("create table %s (id int primary key, %s varchar(120), lfd int)", table, e.q(`mail "x"`))
	for _, p := range e.everyone() {
		n := e.serial(e.owner(p))
		e.say("insert into %s values (%d, %s, %d)", table, n, e.text(p.email), n)
	}
	e.add(table, "lfd", "id", `mail "x"`)
	e.feature("odd schema", "%s", table)
}

// checked columns take nothing but addresses.
func checked(e *estate) {
	table := e.q(e.name("newsletter"))
	key := pick(e.rng, "id int primary key", "id int")
	e.say("create table %s (%s, mail varchar(120) not null unique check (mail ~ '^[^@ ]+@[^@ ]+$'), lfd int)", table, key)
	for _, p := range e.everyone() {
		n := e.serial(e.owner(p))
		e.say("insert into %s values (%d, %s, %d)", table, n, e.text(strings.ToUpper(p.email)), n)
		e.plant(p, strings.ToUpper(p.email))
	}
	e.add(table, "lfd", "id", "mail")
	e.feature("checked column", "%s", table)
}

// foldedIndex is unique whatever the case.
func foldedIndex(e *estate) {
	table := e.q(e.name("logins"))
	e.say("create table %s (id int primary key, login text not null, lfd int)", table)
	e.say("create unique index on %s (lower(login))", table)
	for _, p := range e.everyone() {
		n := e.serial(e.owner(p))
		e.say("insert into %s values (%d, %s, %d)", table, n, e.text(p.email), n)
	}
	e.add(table, "lfd", "id", "login")
	e.feature("unique by an expression", "%s", table)
}

// untransactional tables cannot roll back.
func untransactional(e *estate) {
	table := e.q(e.name("archiv"))
	e.say("create table %s (id int primary key, email varchar(120), note text, lfd int) engine = %s", table, pick(e.rng, "MyISAM", "Aria"))
	for _, p := range e.everyone() {
		n := e.serial(e.owner(p))
		e.say("insert into %s values (%d, %s, %s, %d)", table, n, e.text(p.email), e.text("wrote to "+p.email), n)
	}
	e.add(table, "lfd", "id", "email", "note")
	e.feature("engine without transactions", "%s", table)
}
