package postgres

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"waymark/catalog"
	"waymark/crawler"
	"waymark/crawler/infoschema"
	"waymark/crawler/pgwire"
)

// statStatements is the one query log of this source.
const statStatements = "pg_stat_statements"

// counter is what pg_stat_statements counted of one statement of one user.
type counter struct {
	Calls  int64
	Rows   int64
	Millis float64
	At     int64 `json:",omitempty"` // unix seconds of the look that first saw it so; the server tells no time
}

// snapshot is the counters of all statements at one time, by a short key.
type snapshot map[string]counter

// state is the mark of this log. Counts of a day are replaced whole, so they are
// taken from the counters at the day's begin, the base, and not since the last
// look.
type state struct {
	Day   string   // of the last look
	Reset string   // when the server began to count
	Base  snapshot // at the begin of Day
	Last  snapshot // at the last look
}

// Read yields what ran since the day began, or since the last look before it, as
// one statement for each text and user.
func (s *Source) Read(ctx context.Context, mark string, emit func([]catalog.Statement) error) (string, []crawler.Problem, error) {
	if s.config.QueryLog.Kind == "" {
		return mark, nil, nil
	}
	now, err := s.now(ctx)
	if err != nil {
		return "", nil, pgwire.Explain(err, "read the query log")
	}
	l, err := s.log(ctx)
	if err != nil {
		return "", nil, err
	}
	st, known := parseState(mark)
	if day := now.Format("2006-01-02"); !known || st.Reset != l.reset {
		st = state{Day: day, Base: snapshot{}}
	} else if st.Day != day {
		st.Day, st.Base = day, st.Last
	}
	before := st.Last
	st.Reset, st.Last = l.reset, snapshot{}
	hidden := 0
	var out []catalog.Statement
	err = l.each(ctx, s, func(key string, count counter, c catalog.Statement) error {
		count.At = now.Unix()
		if was := before[key]; was.Calls == count.Calls && was.At > 0 {
			count.At = was.At // it did not run since
		}
		st.Last[key] = count
		if c.SQL == "<insufficient privilege>" {
			hidden++
			return nil
		}
		run := count.since(st.Base[key])
		if run.Calls <= 0 || strings.Contains(c.SQL, infoschema.Mark) {
			return nil
		}
		c.Time = time.Unix(count.At, 0).UTC()
		c.Count, c.Rows, c.Duration = run.Calls, &run.Rows, time.Duration(run.Millis*float64(time.Millisecond))
		out = append(out, c)
		return nil
	})
	if err != nil {
		return "", nil, pgwire.Explain(err, "read "+statStatements)
	}
	if err := emit(out); err != nil {
		return "", nil, err
	}
	var problems []crawler.Problem
	if hidden > 0 {
		problems = append(problems, crawler.Problem{Class: crawler.Permission, Text: fmt.Sprintf("the texts of %d statements of other users are hidden", hidden),
			Fix: "grant pg_read_all_stats to " + infoschema.DoubleQuote(s.main.User)})
	}
	return st.String(), problems, nil
}

// since is what was added to base; a counter that shrank began anew.
func (c counter) since(base counter) counter {
	if c.Calls < base.Calls {
		return c
	}
	return counter{Calls: c.Calls - base.Calls, Rows: c.Rows - base.Rows, Millis: c.Millis - base.Millis}
}

// statLog is the extension as this server has it.
type statLog struct {
	schema string
	reset  string
	time   string // the column of the time spent
	top    string
}

// log finds the extension, which may stand in any schema.
func (s *Source) log(ctx context.Context) (l statLog, err error) {
	var version int
	err = s.main.QueryRowContext(ctx, `select coalesce((select n.nspname::text from pg_catalog.pg_extension e
join pg_catalog.pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_stat_statements'), ''),
current_setting('server_version_num')::bigint`+infoschema.Mark).Scan(&l.schema, &version)
	if err != nil {
		return l, pgwire.Explain(err, "look for "+statStatements)
	}
	if l.schema == "" {
		return l, crawler.Problem{Class: crawler.NotEnabled, Text: "database " + s.main.Database + " has no " + statStatements,
			Fix: "add it to shared_preload_libraries, restart, and run: create extension pg_stat_statements"}
	}
	l.time, l.top = "s.total_exec_time", "s.toplevel"
	if version < 130000 {
		l.time = "s.total_time"
	}
	if version < 140000 {
		l.top = "true"
		return l, nil
	}
	err = s.main.QueryRowContext(ctx, "select coalesce(stats_reset::text, '') from "+infoschema.DoubleQuote(l.schema)+".pg_stat_statements_info"+infoschema.Mark).Scan(&l.reset)
	if err != nil {
		return l, notLoaded(err)
	}
	return l, nil
}

func notLoaded(err error) error {
	if pgwire.Code(err) == "55000" {
		return crawler.Problem{Class: crawler.NotEnabled, Text: statStatements + " is not loaded", Fix: "add it to shared_preload_libraries and restart the server"}
	}
	return pgwire.Explain(err, "read "+statStatements)
}

// each yields the counters of every statement in the databases of the recipe.
func (l statLog) each(ctx context.Context, s *Source, take func(key string, now counter, c catalog.Statement) error) error {
	list, err := s.listed(ctx)
	if err != nil {
		return err
	}
	rows, err := s.main.QueryContext(ctx, `select s.userid::bigint || '.' || s.dbid::bigint || '.' || coalesce(s.queryid, 0) || '.' || `+l.top+`::int,
coalesce(u.rolname::text, ''), d.datname::text, coalesce(s.query, ''), s.calls, s.rows, `+l.time+`,
coalesce((select substr(o.setting, length('search_path=') + 1)
  from pg_catalog.pg_db_role_setting r, unnest(r.setconfig) o (setting)
  where o.setting like 'search_path=%' and r.setdatabase in (0, s.dbid) and r.setrole in (0, s.userid)
  order by r.setrole = 0, r.setdatabase = 0 limit 1), '')
from `+infoschema.DoubleQuote(l.schema)+`.pg_stat_statements s
join pg_catalog.pg_database d on d.oid = s.dbid left join pg_catalog.pg_roles u on u.oid = s.userid
where d.datname = any ($1::text[]) order by s.queryid, s.userid`+infoschema.Mark, list)
	if err != nil {
		return notLoaded(err)
	}
	defer rows.Close()
	for rows.Next() {
		var key string
		var now counter
		c := catalog.Statement{Dialect: "postgres", Status: "ok"}
		var path string
		if err := rows.Scan(&key, &c.User, &c.Database, &c.SQL, &now.Calls, &now.Rows, &now.Millis, &path); err != nil {
			return err
		}
		c.Schema = firstSchema(path)
		if err := take(key, now, c); err != nil {
			return err
		}
	}
	return rows.Err()
}

// firstSchema is the first schema of a search path that is not the user's own: where
// names without one are most likely meant to lie.
func firstSchema(path string) string {
	for part := range strings.SplitSeq(path, ",") {
		part = strings.TrimSpace(part)
		if strings.HasPrefix(part, `"`) {
			part = strings.ReplaceAll(strings.Trim(part, `"`), `""`, `"`)
		}
		if part != "" && part != "$user" {
			return part
		}
	}
	return "public"
}

func parseState(mark string) (st state, ok bool) {
	packed, err := base64.StdEncoding.DecodeString(mark)
	if err != nil || mark == "" {
		return st, false
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return st, false
	}
	text, err := io.ReadAll(z)
	return st, err == nil && json.Unmarshal(text, &st) == nil
}

func (st state) String() string {
	text, err := json.Marshal(st)
	if err != nil {
		return ""
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	// Writing to memory does not fail.
	_, _ = z.Write(text)
	_ = z.Close()
	return base64.StdEncoding.EncodeToString(b.Bytes())
}
