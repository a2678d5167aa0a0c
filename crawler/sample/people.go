package sample

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"waymark/catalog/fault"
)

// question is what some people ask again and again, each time with other words in it.
type question struct {
	sql, tool, user string
	teams           []string
	weight          int
}

func readQuestions() ([]question, error) {
	list, err := sections("questions.sql")
	if err != nil {
		return nil, err
	}
	var all []question
	for _, part := range list {
		weight, err := strconv.Atoi(part.words["weight"])
		if err != nil {
			return nil, fault.Internal.Errorf("sql/questions.sql: %w", err)
		}
		all = append(all, question{sql: part.sql[0], tool: part.words["tool"], user: part.words["user"],
			teams: strings.Split(part.words["team"], ","), weight: weight})
	}
	return all, nil
}

// asks tells whether the question is one of this colleague's.
func (q question) asks(c colleague) bool {
	if q.user != "" {
		return q.user == c.login
	}
	return slices.Contains(q.teams, "all") || slices.Contains(q.teams, c.team)
}

// people writes down the working days of those who query the warehouse.
func (b *logbook) people() error {
	questions, err := readQuestions()
	if err != nil {
		return err
	}
	for _, who := range of(b.crowd, "queries") {
		var bag []question // each as often as it weighs
		for _, q := range questions {
			if q.asks(who) {
				bag = append(bag, slices.Repeat([]question{q}, q.weight)...)
			}
		}
		for ago := logs - 1; ago >= b.cal.newest(); ago-- {
			if !weekend(b.cal.back(ago)) || b.rng.IntN(25) == 0 {
				b.working(who, bag, ago)
			}
		}
	}
	return nil
}

// working writes down one day of one person.
func (b *logbook) working(who colleague, bag []question, ago int) {
	at := b.cal.back(ago).Add(8*time.Hour + time.Duration(b.rng.IntN(150))*time.Minute)
	session := who.login + "-" + b.cal.day(ago)
	for range 2 + b.rng.IntN(11) {
		at = at.Add(time.Duration(40+b.rng.IntN(3000)) * time.Second)
		q := pick(b.rng, bag)
		s := statement{User: who.login, SQL: b.asked(q.sql, ago), Tool: cmp.Or(q.tool, "dbeaver"), Session: session, Rows: 1 + b.rng.IntN(300)}
		switch b.rng.IntN(60) {
		case 0:
			s.Status, s.Rows = "failed", 0
		case 1, 2, 3, 4, 5, 6: // through a tool's account, with the person in the tag
			s.Tool = pick(b.rng, []string{"redash", "mode"})
			s.SQL, s.User = b.tagged(s.Tool, s.SQL, who), "svc_bi"
		}
		b.note(at, s)
	}
}

// asked fills the blanks of a question, as seen from the day it is asked on.
func (b *logbook) asked(sql string, today int) string {
	ago := today + 1 + b.rng.IntN(60)
	return strings.NewReplacer("{day}", b.cal.day(ago), "{today}", b.cal.day(today), "{month}", b.cal.day(ago + 20)[:7],
		"{country}", pick(b.rng, []string{"US", "KR", "DE", "BR", "FR", "JP", "IN", "GB"}), "{n}", fmt.Sprint(5*(1+b.rng.IntN(8)))).Replace(sql)
}
