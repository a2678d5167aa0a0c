package mysql

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"waymark/catalog"
	"waymark/crawler"
	"waymark/crawler/infoschema"
)

// generalLog is the one query log of this source.
const generalLog = "general_log"

const (
	firstDays = 14 // how far the first read goes back
	batch     = 1000
)

const logQuery = `select event_time, user_host, thread_id, command_type, argument from mysql.general_log
where event_time >= ? and event_time < ? and command_type in ('Connect', 'Init DB', 'Query', 'Execute')` + infoschema.Mark

// Read yields the statements of the general log from the begin of the day that
// mark names. Counts of a day are replaced whole, so a day is read whole.
func (s *Source) Read(ctx context.Context, mark string, emit func([]catalog.Statement) error) (string, []crawler.Problem, error) {
	if s.config.QueryLog.Kind == "" {
		return mark, nil, nil
	}
	if err := s.logged(ctx); err != nil {
		return "", nil, err
	}
	var now time.Time
	if err := s.pool.QueryRowContext(ctx, "select utc_timestamp(6)"+infoschema.Mark).Scan(&now); err != nil {
		return "", nil, explain(err, "read the query log")
	}
	from, err := time.Parse(time.DateOnly, mark)
	if err != nil {
		from = now.AddDate(0, 0, -firstDays).Truncate(24 * time.Hour)
	}
	rows, err := s.pool.QueryContext(ctx, logQuery, from, now)
	if err != nil {
		return "", nil, s.unreadable(err)
	}
	defer rows.Close()
	f := follower{database: map[int64]string{}, fallback: s.pool.database}
	var pending []catalog.Statement
	for rows.Next() {
		var e event
		if err := rows.Scan(&e.at, &e.who, &e.thread, &e.command, &e.text); err != nil {
			return "", nil, s.unreadable(err)
		}
		if st, ok := f.take(e); ok {
			pending = append(pending, st)
		}
		if len(pending) == batch {
			if err := emit(pending); err != nil {
				return "", nil, err
			}
			pending = nil
		}
	}
	if err := rows.Err(); err != nil {
		return "", nil, s.unreadable(err)
	}
	return now.Format(time.DateOnly), nil, emit(pending)
}

func (s *Source) logged(ctx context.Context) error {
	var on bool
	var output string
	if err := s.pool.QueryRowContext(ctx, "select @@global.general_log, @@global.log_output"+infoschema.Mark).Scan(&on, &output); err != nil {
		return explain(err, "look for the general log")
	}
	if !on || !strings.Contains(strings.ToUpper(output), "TABLE") {
		return crawler.Problem{Class: crawler.NotEnabled, Text: "the general log is not written to its table",
			Fix: "set global log_output = 'TABLE'; set global general_log = 1"}
	}
	return nil
}

func (s *Source) unreadable(err error) error {
	err = explain(err, "read mysql.general_log")
	var p crawler.Problem
	if errors.As(err, &p) && p.Class == crawler.Permission {
		p.Fix = "grant select on mysql.general_log to " + infoschema.Backtick(s.pool.user)
		return p
	}
	return err
}

// event is one row of the log.
type event struct {
	at      time.Time
	who     string // root[root] @ localhost [127.0.0.1]
	thread  int64
	command string
	text    string
}

// follower knows which database each session is in, which the log tells only
// when it changes.
type follower struct {
	database map[int64]string
	fallback string
}

var (
	connected = regexp.MustCompile(`^\S*@\S* on (\S*) using `)
	use       = regexp.MustCompile("(?i)^use\\s+`?([^`;]+)`?\\s*;?$")
)

func (f *follower) take(e event) (catalog.Statement, bool) {
	switch e.command {
	case "Connect":
		delete(f.database, e.thread)
		if m := connected.FindStringSubmatch(e.text); m != nil && m[1] != "" {
			f.database[e.thread] = m[1]
		}
		return catalog.Statement{}, false
	case "Init DB":
		f.database[e.thread] = e.text
		return catalog.Statement{}, false
	}
	if m := use.FindStringSubmatch(strings.TrimSpace(e.text)); m != nil {
		f.database[e.thread] = m[1]
		return catalog.Statement{}, false
	}
	if e.text == "" || strings.Contains(e.text, infoschema.Mark) {
		return catalog.Statement{}, false
	}
	database, ok := f.database[e.thread]
	if !ok {
		database = f.fallback
	}
	user, _, _ := strings.Cut(e.who, "[")
	return catalog.Statement{Time: e.at.UTC(), User: strings.TrimSpace(user), SQL: e.text, Database: database,
		Session: fmt.Sprint(e.thread), Status: "unknown", Count: 1}, true
}
