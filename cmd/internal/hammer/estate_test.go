package hammer

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// person is one of the people whose data an estate holds.
type person struct {
	id     int
	name   string
	email  string
	phone  string // E.164
	street string
}

// owner says whose a row is. A shared row may lose the subject's part of it, in the
// cells that its row allows, and nothing else.
type owner int

const (
	ofSubject owner = iota
	ofBystander
	ofShared
)

// row is what the generator knows about a row that it made, by its unique serial.
type row struct {
	owner  owner
	allow  []string // columns of a shared row that may change
	remain []string // texts that have to stay in those columns
}

// relation is one table that the oracle dumps.
type relation struct {
	name    string // as SQL spells it
	serial  string // the column with the unique serial
	columns []string
	kind    string // the feature that it is for
}

// estate is one generated database with people's rows in many types, forms and links.
type estate struct {
	seed      uint64
	kind      string // postgres or mariadb
	rng       *rand.Rand
	subject   person
	others    []person
	withPhone bool // the request names the phone too

	before, after []string // statements before the crawl and after it
	relations     []relation
	rows          map[int]row
	forms         map[string]bool // every text under which the subject was stored
	people        string          // the table of people, as SQL spells it
	peopleKey     string
	peopleMail    string
	serials       int
	names         int
	features      []string
	config        string // more lines of the recipe's config
}

func (e *estate) postgres() bool { return e.kind == "postgres" }

func (e *estate) say(format string, args ...any) {
	e.before = append(e.before, fmt.Sprintf(format, args...))
}

func pick[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

func (e *estate) chance(percent int) bool { return e.rng.IntN(100) < percent }

func (e *estate) everyone() []person { return append([]person{e.subject}, e.others...) }

func (e *estate) owner(p person) owner {
	if p.id == e.subject.id {
		return ofSubject
	}
	return ofBystander
}

// q quotes a name.
func (e *estate) q(name string) string {
	if e.postgres() {
		return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
	}
	return "`" + strings.ReplaceAll(name, "`", "``") + "`"
}

// text is a string literal.
func (e *estate) text(s string) string {
	s = strings.ReplaceAll(s, "'", "''")
	if !e.postgres() {
		s = strings.ReplaceAll(s, `\`, `\\`)
	}
	return "'" + s + "'"
}

// name makes an unused name, often an odd one.
func (e *estate) name(nouns ...string) string {
	e.names++
	noun := pick(e.rng, nouns...)
	switch e.rng.IntN(8) {
	case 0:
		return fmt.Sprintf("%s Data %d", strings.ToUpper(noun[:1])+noun[1:], e.names)
	case 1:
		return fmt.Sprintf("%s.%d", noun, e.names)
	case 2:
		return fmt.Sprintf("%s_überblick_%d", noun, e.names)
	case 3:
		return fmt.Sprintf("T%d_%s", e.names, strings.ToUpper(noun))
	default:
		return fmt.Sprintf("%s_%d", noun, e.names)
	}
}

// add registers a relation for the oracle.
func (e *estate) add(name, serial string, columns ...string) {
	e.relations = append(e.relations, relation{name: name, serial: serial, columns: columns})
}

// serial takes the next serial for a row of an owner.
func (e *estate) serial(o owner) int {
	e.serials++
	e.rows[e.serials] = row{owner: o}
	return e.serials
}

// sharedSerial takes the next serial for a row in which the subject may go from
// some columns, where texts of other people stay.
func (e *estate) sharedSerial(allow []string, remain ...string) int {
	e.serials++
	e.rows[e.serials] = row{owner: ofShared, allow: allow, remain: remain}
	return e.serials
}

// plant remembers a text as one of the subject's.
func (e *estate) plant(p person, texts ...string) {
	if p.id != e.subject.id {
		return
	}
	for _, t := range texts {
		e.forms[strings.TrimSpace(t)] = true
	}
}

// feature tells what the relations made since the last one are for.
func (e *estate) feature(kind, format string, args ...any) {
	e.features = append(e.features, kind+": "+fmt.Sprintf(format, args...))
	for i := range e.relations {
		if e.relations[i].kind == "" {
			e.relations[i].kind = kind
		}
	}
}

var (
	firsts = []string{"mary", "ines", "tomas", "aoife", "lena", "yusuf", "greta", "oskar"}
	lasts  = []string{"ellis", "mora", "quist", "byrne", "adler", "demir", "holm", "varga"}
)

// newEstate generates the estate of a seed.
func newEstate(seed uint64, kind string) *estate {
	e := &estate{seed: seed, kind: kind, rng: rand.New(rand.NewPCG(seed, 8)), rows: map[int]row{}, forms: map[string]bool{}}
	e.cast()
	if e.postgres() {
		e.say("create extension if not exists citext")
		e.say("create extension if not exists hstore")
		e.say("create domain mail_d as text check (value ~ '@')")
		e.say("create domain word_d as varchar(200)")
		e.say("create type contact_t as (mail text, rank int)")
		e.say("create type span_t as range (subtype = text)")
	}
	e.core()
	for range 3 + e.rng.IntN(4) {
		e.values()
	}
	pieces := commonPieces
	if e.postgres() {
		pieces = append(pieces[:len(pieces):len(pieces)], postgresPieces...)
	} else {
		pieces = append(pieces[:len(pieces):len(pieces)], mariaPieces...)
	}
	for _, i := range e.rng.Perm(len(pieces))[:4+e.rng.IntN(4)] {
		pieces[i](e)
	}
	return e
}

// capital writes a name of ASCII letters with a capital.
func capital(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

// cast draws the subject and the bystanders, some of whom look like the subject.
func (e *estate) cast() {
	base := 10 + e.rng.IntN(80)
	f, l := pick(e.rng, firsts...), pick(e.rng, lasts...)
	named := func(i int, first, last, email string) person {
		return person{
			id: base + i, name: capital(first) + " " + capital(last), email: email,
			phone:  fmt.Sprintf("+4420794609%02d", (base+7*i)%100),
			street: fmt.Sprintf("%d Marigold Crescent %s", base+i, last),
		}
	}
	host := pick(e.rng, "example.org", "example.com", "mail.example.net")
	e.subject = named(0, f, l, f+"."+l+"@"+host)
	e.others = []person{
		named(1, "rose"+f, l, "rose"+f+"."+l+"@"+host),
		named(2, f, l, f+"."+l+"@"+host+".uk"),
		named(3, "bob", "bay", "bob+"+f+"@"+host),
		named(4, f, l+"son", f+"."+l+"2@"+host),
		named(5, "zed", "zorn", "zed@example.org"),
	}
	e.withPhone = e.chance(50)
	e.plant(e.subject, e.subject.email)
	if e.withPhone {
		e.plant(e.subject, e.subject.phone)
	}
}

// keys are the subject's keys as a request names them.
func (e *estate) keys() []string {
	out := []string{"email=" + e.subject.email}
	if e.withPhone {
		out = append(out, "phone="+e.subject.phone)
	}
	return out
}

// core makes the table of people.
func (e *estate) core() {
	e.people = e.q(pick(e.rng, "customers", "kunden", "accounts", "app_logins", "members", "T_USR", "Person Data", "users", "abonnenten"))
	e.peopleKey = pick(e.rng, "id", "nr", "person_id", "UserID")
	e.peopleMail = pick(e.rng, "email", "e_mail", "mailaddr", "contact", "E-Mail")
	key, mail := e.q(e.peopleKey), e.q(e.peopleMail)
	null := pick(e.rng, " not null", "", " not null unique")
	e.say("create table %s (%s int primary key, full_name varchar(80)%s, %s varchar(120)%s, phone varchar(40), lfd int)", e.people, key, pick(e.rng, "", " not null"), mail, null)
	for _, p := range e.everyone() {
		phone := "null"
		if e.chance(60) {
			phone = e.text(p.phone)
			e.plant(p, p.phone)
		}
		n := e.serial(e.owner(p))
		e.say("insert into %s values (%d, %s, %s, %s, %d)", e.people, p.id, e.text(p.name), e.text(p.email), phone, n)
	}
	e.add(e.people, "lfd", e.peopleKey, "full_name", e.peopleMail, "phone")
	e.feature("people", "%s key %s mail %s%s", e.people, e.peopleKey, e.peopleMail, null)
}
