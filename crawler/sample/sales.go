package sample

import (
	"math"
	"slices"
	"strings"
	"time"
)

// sale is one student joining one course.
type sale struct {
	who  student
	what course
	at   time.Time
}

// sell lets students join courses, pay, watch, review, ask, and want their money back.
func (m *market) sell() {
	for i, s := range m.sales() {
		id, hers := i+1, s.who.id == mary.ID
		var completed any
		seen := m.watch(s)
		if at, ok := m.soon(s.at, 60); ok && seen == len(s.what.lectures) {
			completed = at.Format(timeForm)
		}
		m.add("enrollments", id, s.who.id, s.what.id, pick(m.rng, []string{"search", "search", "social", "email", "affiliate", "direct"}),
			s.at.Format(timeForm), completed)
		m.pay(id, s)
		if at, ok := m.soon(s.at, 45); ok && seen > 0 && (hers || m.rng.IntN(4) == 0) {
			m.add("reviews", m.next("reviews"), s.who.id, s.what.id, min(5, 2+m.rng.IntN(5)), m.say("review"), at.Format(timeForm))
		}
		if at, ok := m.soon(s.at, 20); ok && (hers || m.rng.IntN(8) == 0) {
			m.ask(s, at)
		}
	}
}

// sales draws who joins what, and when, in order of time.
func (m *market) sales() []sale {
	var list []sale
	for _, s := range m.students {
		wishes := m.rng.IntN(8)
		if s.id == mary.ID {
			wishes = 8
		}
		first := m.rng.IntN(courseCount)
		for i := range wishes { // 37 and 240 have no common divisor: no course twice
			list = append(list, sale{who: s, what: m.courses[(first+37*i)%courseCount], at: m.when(s.joined)})
		}
	}
	slices.SortStableFunc(list, func(a, b sale) int { return a.at.Compare(b.at) })
	return list
}

// pay books the payment of a sale, and sometimes its failure or refund. One in eight is free.
func (m *market) pay(enrollment int, s sale) {
	fate := m.rng.IntN(100)
	if s.who.id == mary.ID {
		fate = 5 * (enrollment % 4) // some of hers are refunded
	}
	if fate >= 88 {
		return
	}
	paid := s.at.Add(2 * time.Minute)
	back, ok := m.soon(paid, 30)
	status := "paid"
	switch {
	case fate < 6 && ok:
		status = "refunded"
	case fate < 9:
		status = "failed"
	}
	land := s.who.country
	dollars := float64(s.what.cents) * pick(m.rng, []float64{1, 1, 0.8, 0.5})
	amount := math.Round(dollars / land.usd)
	tax := math.Round(amount * 0.1)
	share := math.Round((amount - tax) * 0.6)
	id := m.next("payments")
	m.add("payments", id, enrollment, s.who.id, int(amount), int(tax), int(share), land.currency,
		pick(m.rng, []string{"card", "card", "wallet", "bank transfer"}), s.who.email, status, paid.Format(timeForm))
	if status == "refunded" {
		m.add("refunds", m.next("refunds"), id, int(amount), m.say("reason"), back.Format(timeForm))
	}
}

// watch books the lectures that the student watched and says how many.
func (m *market) watch(s sale) int {
	share := m.rng.Float64()*1.4 - 0.3
	if s.who.id == mary.ID {
		share = 0.7
	}
	want := min(len(s.what.lectures), max(0, int(share*float64(len(s.what.lectures)+1))))
	seen := 0
	for _, lecture := range s.what.lectures[:want] {
		if at, ok := m.soon(s.at, 90); ok {
			m.add("lecture_views", m.next("lecture_views"), s.who.id, lecture, 120+m.rng.IntN(1600), at.Format(timeForm))
			seen++
		}
	}
	return seen
}

func (m *market) ask(s sale, at time.Time) {
	m.add("messages", m.next("messages"), s.who.id, s.what.instructor, "student", m.say("question"), at.Format(timeForm))
	if answered, ok := m.soon(at, 4); ok && m.rng.IntN(3) > 0 {
		m.add("messages", m.next("messages"), s.who.id, s.what.instructor, "instructor", m.say("answer"), answered.Format(timeForm))
	}
}

// log books the students' log-ins, from one or two addresses each.
func (m *market) log() {
	for _, s := range m.students {
		home := m.address()
		for range 1 + m.rng.IntN(9) {
			ip := home
			if m.rng.IntN(4) == 0 {
				ip = m.address()
			}
			m.add("logins", m.next("logins"), s.id, s.device, ip, m.when(s.joined).Format(timeForm))
		}
	}
}

// address is one of the networks set aside for examples.
func (m *market) address() string {
	net := pick(m.rng, []string{"192.0.2.", "198.51.100.", "203.0.113.", "198.18.7.", "198.19.44."})
	return net + strings.TrimLeft(m.digits(), "0")
}

func (m *market) digits() string {
	n := 2 + m.rng.IntN(250)
	return string([]byte{byte('0' + n/100), byte('0' + n/10%10), byte('0' + n%10)})
}

// help books tickets of students, and some of people who have no account.
func (m *market) help() {
	for _, s := range m.students {
		if m.rng.IntN(4) > 0 && s.id != mary.ID {
			continue
		}
		opened := m.when(s.joined)
		status, answered := "open", any(nil)
		if at, ok := m.soon(opened, 3); ok && m.rng.IntN(5) > 0 {
			status, answered = "answered", at.Format(timeForm)
		}
		body := strings.ReplaceAll(m.say("body"), "{email}", s.email)
		if s.id == mary.ID {
			body = "Please answer to " + s.email + "."
		}
		var account any = s.id
		if m.rng.IntN(9) == 0 && s.id != mary.ID {
			account = nil
		}
		m.add("support_tickets", m.next("support_tickets"), account, s.email, m.say("subject"), body, status, opened.Format(timeForm), answered)
	}
}
