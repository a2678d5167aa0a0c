package accesslog

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"waymark/catalog"
)

// record is one line of the query log. Only time and sql are required.
type record struct {
	ID       string   `json:"id"`
	Time     string   `json:"time"`
	User     string   `json:"user"`
	SQL      string   `json:"sql"`
	Dialect  string   `json:"dialect"`
	Database string   `json:"database"`
	Schema   string   `json:"schema"`
	Duration *float64 `json:"duration_ms"`
	Rows     *int64   `json:"rows"`
	Bytes    *int64   `json:"bytes"`
	Status   string   `json:"status"`
	Session  string   `json:"session"`
	Tool     string   `json:"tool"`
	Actor    string   `json:"actor_kind"`
	Behalf   string   `json:"on_behalf_of"`
	Count    int64    `json:"count"`
	Cost     float64  `json:"cost"`
}

// maxSQL is how much of one statement is read; what is longer is no statement
// that a parser finishes.
const maxSQL = 5 << 20

var layouts = []string{time.RFC3339Nano, "2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999", "2006-01-02T15:04:05.999999999"}

// read makes a statement of one line. Its errors repeat nothing of the line.
func read(line []byte) (catalog.Statement, error) {
	var r record
	if err := json.Unmarshal(line, &r); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) {
			return catalog.Statement{}, errors.New("field " + wrong.Field + " has the wrong type")
		}
		return catalog.Statement{}, errors.New("it is not one JSON object")
	}
	at, ok := when(r.Time)
	switch {
	case r.Time == "":
		return catalog.Statement{}, errors.New("it has no time")
	case !ok:
		return catalog.Statement{}, errors.New("its time is not like 2026-11-01T12:00:00Z")
	case strings.TrimSpace(r.SQL) == "":
		return catalog.Statement{}, errors.New("it has no sql")
	case len(r.SQL) > maxSQL:
		return catalog.Statement{}, errors.New("its sql is longer than 5 MiB")
	}
	s := catalog.Statement{ID: r.ID, Time: at, User: r.User, SQL: r.SQL, Dialect: r.Dialect, Database: r.Database, Schema: r.Schema,
		Rows: r.Rows, Bytes: r.Bytes, Status: r.Status, Session: r.Session, Tool: r.Tool, Actor: r.Actor, Count: r.Count, Cost: r.Cost}
	if r.Duration != nil {
		s.Duration = time.Duration(*r.Duration * float64(time.Millisecond))
	}
	if r.Behalf != "" {
		s.User, s.Actor = r.Behalf, "human"
	}
	return s, nil
}

func when(s string) (time.Time, bool) {
	for _, l := range layouts {
		if t, err := time.Parse(l, s); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}
