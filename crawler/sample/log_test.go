package sample

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestLogIsInOrderAndComplete(t *testing.T) {
	t.Parallel()
	lines := logged(t)
	if got := len(lines); got < 55_000 || got > 65_000 {
		t.Errorf("statements: got %d want about 60,000", got)
	}
	if !slices.IsSortedFunc(lines, func(a, b statement) int { return strings.Compare(a.Time, b.Time) }) {
		t.Errorf("statements: got them out of order")
	}
	for i, s := range lines {
		at, err := time.Parse(time.RFC3339, s.Time)
		if err != nil || at.After(noon) || at.Before(noon.AddDate(0, 0, -logs)) {
			t.Fatalf("line %d: got time %s want one of the last %d days", i+1, s.Time, logs)
		}
		if s.SQL == "" || s.User == "" || s.Dialect != "sqlite" || s.Database != "warehouse" || s.Status == "" || s.Session == "" || s.Tool == "" {
			t.Fatalf("line %d: got an empty field in %+v", i+1, s)
		}
	}
}

func TestWhoIsInTheLog(t *testing.T) {
	t.Parallel()
	count := map[string]int{}
	for _, s := range logged(t) {
		count[s.User]++
	}
	crowd, err := readStaff()
	if err != nil {
		t.Fatal(err)
	}
	for kind, want := range map[string]int{"queries": 25, "service": 5} {
		got := 0
		for _, c := range of(crowd, kind) {
			if count[c.login] > 0 {
				got++
			}
			delete(count, c.login)
		}
		if got != want {
			t.Errorf("accounts of kind %s in the log: got %d want %d", kind, got, want)
		}
	}
	if len(count) > 0 {
		t.Errorf("users who are not of the company: got %v want none", count)
	}
}

// TestTheTrap: programs hammer the ad hoc table, people use the certified one.
func TestTheTrap(t *testing.T) {
	t.Parallel()
	queries, people := map[string]int{}, map[string]map[string]bool{}
	names := regexp.MustCompile(`FROM (analytics\.revenue_daily|adhoc\.revenue_tmp|archive\.revenue_daily_old)\b`)
	for _, s := range logged(t) {
		for _, m := range names.FindAllStringSubmatch(s.SQL, -1) {
			queries[m[1]]++
			if !strings.HasPrefix(s.User, "svc_") {
				if people[m[1]] == nil {
					people[m[1]] = map[string]bool{}
				}
				people[m[1]][s.User] = true
			}
		}
	}
	if got := queries["adhoc.revenue_tmp"]; got < 20_000 {
		t.Errorf("queries on the ad hoc table: got %d want tens of thousands", got)
	}
	if got := len(people["adhoc.revenue_tmp"]); got < 1 || got > 3 {
		t.Errorf("people on the ad hoc table: got %d want one to three", got)
	}
	if got := len(people["archive.revenue_daily_old"]); got < 1 || got > 3 {
		t.Errorf("people on the stale copy: got %d want one to three", got)
	}
	if got := len(people["analytics.revenue_daily"]); got < 15 {
		t.Errorf("people on the certified table: got %d want 15 and more", got)
	}
}

// TestTheLogHoldsWhatRan: the statements that filled the warehouse stand in the
// log of the last day as they were run.
func TestTheLogHoldsWhatRan(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, s := range logged(t) {
		text := s.SQL
		if strings.HasPrefix(text, `/* {"app": "dbt"`) {
			_, text, _ = strings.Cut(text, "\n")
		}
		seen[text] = true
	}
	cal := newCalendar(noon)
	for _, script := range []string{"daily.sql", "once.sql"} {
		list, err := sections(script)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range list {
			day := cal.day(0)
			if script == "once.sql" {
				if day, err = dayOf(cal, part); err != nil {
					t.Fatal(err)
				}
			}
			for _, sql := range part.sql {
				if !seen[dated(sql, day)] {
					t.Errorf("sql/%s: not in the log: %s", script, sql)
				}
			}
		}
	}
}

// TestWhatTheLogCallsOKRuns asks SQLite to plan one statement of each form that
// stands in the log as a success.
func TestWhatTheLogCallsOKRuns(t *testing.T) {
	t.Parallel()
	conn := attached(t, made)
	literal := regexp.MustCompile(`'[^'\n]*'|\b[0-9a-f]+\b`)
	seen := map[string]bool{}
	for _, s := range logged(t) {
		form := literal.ReplaceAllString(s.SQL, "?")
		if s.Status != "ok" || seen[form] || !strings.Contains(s.SQL, "SELECT") || strings.Contains(s.Session, "-once") || strings.Contains(s.SQL, "heavy") {
			continue
		}
		seen[form] = true
		rows, err := conn.QueryContext(t.Context(), "EXPLAIN "+strings.TrimPrefix(s.SQL, "EXPLAIN "))
		if err != nil {
			t.Errorf("%v: %s", err, s.SQL)
			continue
		}
		if err := rows.Close(); err != nil {
			t.Error(err)
		}
	}
	if len(seen) < 100 {
		t.Errorf("forms of statements: got %d want 100 at least", len(seen))
	}
}

func TestNobodyOfTheCompanyIsInTheLogOrTheCatalog(t *testing.T) {
	t.Parallel()
	catalog, err := os.ReadFile(made.Catalog)
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]bool{string(catalog): true}
	for _, s := range logged(t) {
		if strings.ContainsAny(s.SQL, "@+") {
			texts[s.SQL] = true
		}
	}
	said := map[string]bool{}
	form := regexp.MustCompile(`[\w.]+@[\w.]+|\+\d[\d -]+\d`)
	for text := range texts {
		for _, word := range form.FindAllString(text, -1) {
			said[strings.ToLower(word)] = true
		}
	}
	if !said["mina@staff.example.com"] {
		t.Errorf("addresses in log and catalog: got none of a colleague, so the search found nothing")
	}
	for _, p := range ask(t, attached(t, made), "SELECT email, phone FROM app.students UNION ALL SELECT email, phone FROM app.instructors") {
		if said[strings.ToLower(p[0])] || said[p[1]] {
			t.Errorf("log and catalog: got an invented person's e-mail or phone, want none")
		}
	}
}

func TestWhatGoesWrongIsInTheLog(t *testing.T) {
	t.Parallel()
	lines := logged(t)
	for _, want := range []struct{ what, part, status string }{
		{"a statement that does not parse", "SELCT day", "failed"},
		{"a statement that failed", "", "failed"},
		{"a temporary table", "CREATE TEMP TABLE cohort", "ok"},
		{"a rolled back transaction", "ROLLBACK", "ok"},
		{"a literal to redact", "contact_email = 'someone@example.com'", "ok"},
		{"a tag of dbt", `"node_id": "model.warehouse.revenue_daily"`, "ok"},
		{"a tag of Metabase", "-- Metabase:: userID:", "ok"},
		{"a tag of Looker", "-- Looker Query Context", "ok"},
		{"a tag of Redash", "/* Username: mina,", "ok"},
		{"a tag of Mode", `"email":"mina@staff.example.com"`, "ok"},
	} {
		if !slices.ContainsFunc(lines, func(s statement) bool { return s.Status == want.status && strings.Contains(s.SQL, want.part) }) {
			t.Errorf("%s: got none in the log", want.what)
		}
	}
}
