package sample

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"waymark/catalog/fault"
)

// statement is one line of the query log, as interfaces.md describes it.
type statement struct {
	Time     string `json:"time"`
	User     string `json:"user"`
	SQL      string `json:"sql"`
	Dialect  string `json:"dialect"`
	Database string `json:"database"`
	Schema   string `json:"schema"`
	Duration int    `json:"duration_ms"`
	Rows     int    `json:"rows"`
	Status   string `json:"status"`
	Session  string `json:"session"`
	Tool     string `json:"tool"`
}

// logbook collects what ran on the warehouse.
type logbook struct {
	cal   calendar
	rng   *rand.Rand
	crowd []colleague
	rows  map[string]int // of each table, by path
	lines []statement
}

// writeLog writes ninety days of statements in order of time.
func writeLog(file string, cal calendar, crowd []colleague, boards []dashboard, tables []table) error {
	book := &logbook{cal: cal, rng: rand.New(rand.NewPCG(2014, 11)), crowd: crowd, rows: map[string]int{}}
	for _, t := range tables {
		book.rows[t.path()] = t.rows
	}
	book.reload(tables)
	if err := book.nightly(); err != nil {
		return err
	}
	for _, script := range []string{"once.sql", "oddities.sql"} {
		if err := book.single(script); err != nil {
			return err
		}
	}
	if err := book.people(); err != nil {
		return err
	}
	book.refreshes(boards)
	book.pricing()
	slices.SortStableFunc(book.lines, func(a, b statement) int { return strings.Compare(a.Time, b.Time) })
	return writeLines(file, book.lines)
}

// note writes a statement down, unless it lies in the future.
func (b *logbook) note(at time.Time, s statement) {
	if at.After(b.cal.now) {
		return
	}
	s.Time, s.Dialect, s.Database, s.Schema = at.Format(time.RFC3339), "sqlite", "warehouse", "analytics"
	if s.Status == "" {
		s.Status = "ok"
	}
	if s.Duration == 0 {
		s.Duration = 4 + b.rng.IntN(90) + s.Rows/20
	}
	b.lines = append(b.lines, s)
}

// single writes the sections of a script down, each on its own day.
func (b *logbook) single(script string) error {
	list, err := sections(script)
	if err != nil {
		return err
	}
	for i, part := range list {
		ago, err := strconv.Atoi(part.words["ago"])
		if err != nil {
			return fault.Internal.Errorf("sql/%s: %w", script, err)
		}
		at, err := b.cal.at(ago, part.words["at"])
		if err != nil {
			return fault.Internal.Errorf("sql/%s: %w", script, err)
		}
		for n, sql := range part.sql {
			b.note(at.Add(time.Duration(n)*7*time.Second), statement{User: part.words["user"], SQL: dated(sql, b.cal.day(ago)),
				Status: part.words["status"], Tool: cmp.Or(part.words["tool"], "dbeaver"), Session: fmt.Sprintf("%s-%s-%d", part.words["user"], script[:4], i)})
		}
	}
	return nil
}

// writeLines writes one JSON value a line into a new file.
func writeLines[T any](file string, lines []T) (err error) {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fault.Unavailable.Of(err)
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = fault.Unavailable.Of(e)
		}
	}()
	w := bufio.NewWriterSize(f, 1<<16)
	if err := encodeLines(w, lines); err != nil {
		return err
	}
	return fault.Unavailable.Of(w.Flush())
}

func encodeLines[T any](w io.Writer, lines []T) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, line := range lines {
		if err := enc.Encode(line); err != nil {
			return fault.Unavailable.Of(err)
		}
	}
	return nil
}
