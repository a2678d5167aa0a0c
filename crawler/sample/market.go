package sample

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// How many there are. Students and instructors together are 2,000 people.
const (
	studentCount    = 1880
	instructorCount = 120
	courseCount     = 240
	staffAccounts   = 12 // the last students are our own test accounts
)

// market is the application's content: rows by table, in the order of columns.
type market struct {
	cal      calendar
	rng      *rand.Rand
	texts    phrasebook
	rows     map[string][][]any
	students []student
	courses  []course
}

type student struct {
	person
	id     int
	joined time.Time
	device string
	staff  bool
}

type course struct {
	id, instructor int
	cents          int // list price in US dollars
	lectures       []int
}

// newMarket draws the whole company: first who and what there is, then what happened.
func newMarket(cal calendar) (*market, error) {
	m := &market{cal: cal, rng: rand.New(rand.NewPCG(2014, 5)), texts: sayings(), rows: map[string][][]any{}}
	people, err := newCensus(m.rng)
	if err != nil {
		return nil, err
	}
	m.enlist(people)
	m.hire(people)
	m.publish()
	m.sell()
	m.log()
	m.help()
	m.outside(people.countries)
	return m, nil
}

func (m *market) add(table string, row ...any) { m.rows[table] = append(m.rows[table], row) }

// next is the number of the table's next row.
func (m *market) next(table string) int { return len(m.rows[table]) + 1 }

// when is a moment between from and the company's last day.
func (m *market) when(from time.Time) time.Time {
	span := m.cal.last.Sub(from)
	return from.Add(time.Duration(m.rng.Float64() * float64(span-time.Minute))).Truncate(time.Second)
}

// soon is a moment after from, rather early than late in the days given. It is
// not ok when that lies in the future: then it has not happened yet.
func (m *market) soon(from time.Time, days float64) (at time.Time, ok bool) {
	u := m.rng.Float64()
	at = from.Add(time.Duration(u * u * days * 24 * float64(time.Hour))).Truncate(time.Second)
	return at, at.Before(m.cal.last)
}

func (m *market) say(kind string) string { return pick(m.rng, m.texts.lists[kind]) }

func (m *market) enlist(people *census) {
	for id := 1; id <= studentCount; id++ {
		s := student{id: id, staff: id > studentCount-staffAccounts, device: fmt.Sprintf("dv-%08x", m.rng.Uint32())}
		s.joined = m.cal.back(past).Add(time.Duration(m.rng.Float64()*m.rng.Float64()*float64(past-2)*24) * time.Hour).
			Add(time.Duration(m.rng.IntN(3600)) * time.Second)
		if id == mary.ID {
			s.person, s.joined = people.named(mary), m.cal.back(330).Add(9*time.Hour)
		} else {
			s.person = people.draw()
		}
		m.students = append(m.students, s)
		m.account(s)
	}
}

func (m *market) account(s student) {
	optIn := flag(m.rng.IntN(10) < 6 || s.id == mary.ID)
	var born any = m.cal.back(365*18 + m.rng.IntN(365*45)).Format(dayForm)
	if m.rng.IntN(6) == 0 && s.id != mary.ID {
		born = nil
	}
	m.add("students", s.id, s.name, s.email, s.phone, s.country.code, s.country.language, born,
		"$2b$12$"+m.token(53), optIn, flag(s.staff), s.joined.Format(timeForm))
	if m.rng.IntN(3) > 0 || s.id == mary.ID {
		m.add("addresses", m.next("addresses"), s.id, s.street, s.city, s.postal, s.country.code)
	}
	m.add("devices", s.device, s.id, pick(m.rng, []string{"ios", "android", "web"}), "pt-"+m.token(24),
		m.cal.day(1+m.rng.IntN(60)))
}

func (m *market) hire(people *census) {
	for id := 1; id <= instructorCount; id++ {
		p := people.draw()
		m.add("instructors", id, p.name, p.email, p.phone, p.country.code, "Teaches since "+m.cal.day(past + 300*id%4000)[:4],
			m.cal.day(past+m.rng.IntN(900)))
		kind, number := taxID(m.rng, p.country.code, m.cal.back(365*25+m.rng.IntN(365*30)))
		m.add("payout_accounts", id, id, p.name, blank(iban(m.rng, p.country.code)), blank(kind), blank(number), m.cal.day(past-m.rng.IntN(200)))
	}
}

func (m *market) publish() {
	book := courseWords()
	categories := book.kinds[:len(book.kinds)-2] // without the words for beginning and end
	for i, name := range categories {
		m.add("categories", i+1, name)
	}
	for id := 1; id <= courseCount; id++ {
		k := m.rng.IntN(len(categories))
		title := strings.TrimSpace(pick(m.rng, book.lists["begin"]) + " " + pick(m.rng, book.lists[categories[k]]) + pick(m.rng, book.lists["end"]))
		c := course{id: id, instructor: 1 + m.rng.IntN(instructorCount), cents: 1999 + 500*m.rng.IntN(20)}
		status := "published"
		if id%15 == 0 {
			status = pick(m.rng, []string{"draft", "retired"})
		}
		m.add("courses", id, c.instructor, k+1, title, pick(m.rng, []string{"en", "en", "en", "ko", "ja", "pt", "de"}), c.cents, status, m.cal.day(past+m.rng.IntN(300)))
		for position := range 4 + m.rng.IntN(5) {
			lecture := m.next("lectures")
			c.lectures = append(c.lectures, lecture)
			m.add("lectures", lecture, id, position+1, fmt.Sprintf("Lecture %d", position+1), 6+m.rng.IntN(30))
		}
		m.courses = append(m.courses, c)
	}
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./"

func (m *market) token(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = letters[m.rng.IntN(len(letters))]
	}
	return string(b)
}

func flag(on bool) int {
	if on {
		return 1
	}
	return 0
}

// blank makes an empty text NULL.
func blank(s string) any {
	if s == "" {
		return nil
	}
	return s
}
