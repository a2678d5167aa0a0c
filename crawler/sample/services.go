package sample

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"waymark/catalog/fault"
)

// suggestions is how often a day the price service reads the table of its own.
const suggestions = 236

// reload writes down the nightly copy into raw_data: rows arrive as parameters.
func (b *logbook) reload(tables []table) {
	for ago := logs - 1; ago >= b.cal.newest(); ago-- {
		at := b.cal.back(ago).Add(2*time.Hour + time.Duration(5+b.rng.IntN(12))*time.Minute)
		session := "airflow-" + b.cal.day(ago)
		for _, t := range tables {
			if t.zone != "raw_data" {
				continue
			}
			at = at.Add(time.Duration(20+b.rng.IntN(60)) * time.Second)
			b.note(at, statement{User: "svc_airflow", Tool: "airflow", Session: session, SQL: "DELETE FROM " + t.path(), Rows: b.then(t.rows, ago)})
			b.note(at.Add(3*time.Second), statement{User: "svc_airflow", Tool: "airflow", Session: session, SQL: arrival(t), Rows: b.then(t.rows, ago)})
		}
	}
}

func arrival(t table) string {
	var names []string
	for _, c := range t.columns {
		names = append(names, c.name)
	}
	marks := strings.Repeat(", ?", len(names))[2:]
	return fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", t.path(), strings.Join(names, ", "), marks)
}

// then is about how many of a table's rows there were that many days ago.
func (b *logbook) then(rows, ago int) int { return rows - rows*ago/(past+100) }

// badNights are the days back on which the models ran too late for the morning.
var badNights = []int{12, 37}

// nightly writes down the models, as sql/daily.sql has them, every night.
func (b *logbook) nightly() error {
	list, err := sections("daily.sql")
	if err != nil {
		return err
	}
	for ago := logs - 1; ago >= b.cal.newest(); ago-- {
		late := time.Duration(b.rng.IntN(9)) * time.Minute
		if slices.Contains(badNights, ago) {
			late += 95 * time.Minute
		}
		for _, part := range list {
			at, err := b.cal.at(ago, part.words["at"])
			if err != nil {
				return fault.Internal.Errorf("sql/daily.sql: %w", err)
			}
			for n, sql := range part.sql {
				b.note(at.Add(late+time.Duration(n*4)*time.Second), b.model(part, dated(sql, b.cal.day(ago)), ago))
			}
		}
	}
	return nil
}

func (b *logbook) model(part section, sql string, ago int) statement {
	target := strings.Fields(sql)[2]
	s := statement{User: part.words["user"], SQL: sql, Tool: part.words["tool"], Rows: b.then(b.rows[target], ago)}
	s.Session = fmt.Sprintf("%s-%s", strings.TrimPrefix(s.User, "svc_"), b.cal.day(ago))
	s.Duration = 120 + b.rng.IntN(400) + s.Rows/4
	if model := part.words["model"]; model != "" {
		s.Tool = "dbt"
		s.SQL = fmt.Sprintf(`/* {"app": "dbt", "dbt_version": "1.9.4", "profile_name": "warehouse", "target_name": "prod", "node_id": "model.warehouse.%s"} */`, model) + "\n" + sql
	}
	return s
}

// refreshes writes down what the BI tools run to keep their dashboards fresh.
func (b *logbook) refreshes(boards []dashboard) {
	for ago := logs - 1; ago >= b.cal.newest(); ago-- {
		for _, board := range boards {
			for n := range board.Refreshes {
				at := b.cal.back(ago).Add(5*time.Hour + time.Duration(n)*16*time.Hour/time.Duration(board.Refreshes)).Add(time.Duration(b.rng.IntN(120)) * time.Second)
				for i, c := range board.Charts {
					b.note(at.Add(time.Duration(i)*time.Second), statement{User: "svc_bi", SQL: b.tagged(board.Tool, c.SQL, b.owner(board)),
						Tool: board.Tool, Session: board.Tool + "-" + b.cal.day(ago), Rows: 12 + b.rng.IntN(80)})
				}
			}
		}
	}
}

// owner is whose name stands in the tags of a dashboard's queries.
func (b *logbook) owner(board dashboard) colleague {
	i := slices.IndexFunc(b.crowd, func(c colleague) bool { return c.login == board.Owner })
	if i < 0 {
		return colleague{login: "admin", number: 1}
	}
	return b.crowd[i]
}

// tagged adds the comment by which the tool marks its queries.
func (b *logbook) tagged(tool, sql string, who colleague) string {
	id := strconv.FormatUint(uint64(b.rng.Uint32()), 16)
	switch tool {
	case "metabase":
		return fmt.Sprintf("-- Metabase:: userID: %d queryType: native queryHash: %s\n%s", who.number, id, sql)
	case "looker":
		return fmt.Sprintf("%s\n-- Looker Query Context '{\"user_id\":%d,\"history_slug\":\"%s\"}'", sql, who.number, id)
	case "mode":
		return fmt.Sprintf("%s\n-- {\"user\":\"@%s\",\"email\":\"%s\",\"url\":\"https://modeanalytics.com/sample/reports/%s\"}", sql, who.login, who.email(), id)
	case "redash":
		return fmt.Sprintf("/* Username: %s, query_id: %d, Queue: queries, Job ID: %s, Query Hash: %s, Scheduled: False */ %s", who.login, 100+who.number, id, id, sql)
	}
	return sql
}

// pricing writes down the price service, which asks one ad hoc table all day long.
func (b *logbook) pricing() {
	asks := []string{
		"SELECT sum(amount) FROM adhoc.revenue_tmp WHERE course_id = %d AND status = 'paid'",
		"SELECT country, count(*), avg(amount) FROM adhoc.revenue_tmp WHERE course_id = %d GROUP BY country",
		"SELECT max(day) FROM adhoc.revenue_tmp WHERE course_id = %d",
	}
	for ago := logs - 1; ago >= b.cal.newest(); ago-- {
		for n := range suggestions {
			at := b.cal.back(ago).Add(time.Duration(n) * 24 * time.Hour / suggestions).Add(time.Duration(b.rng.IntN(60)) * time.Second)
			b.note(at, statement{User: "svc_pricing", Tool: "price-service", Session: "pricing-" + b.cal.day(ago),
				SQL: fmt.Sprintf(pick(b.rng, asks), 1+b.rng.IntN(courseCount)), Rows: 1 + b.rng.IntN(9)})
		}
	}
}
