package sample

import (
	"database/sql"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHowMuchThereIs(t *testing.T) {
	t.Parallel()
	conn := attached(t, made)
	tables := map[string]int{"app": 16, "raw_data": 17, "analytics": 27, "adhoc": 7, "archive": 6}
	for zone, want := range tables {
		if got := ask(t, conn, "SELECT count(*) FROM "+zone+".sqlite_schema WHERE type IN ('table', 'view')")[0][0]; got != strconv.Itoa(want) {
			t.Errorf("tables and views of %s: got %s want %d", zone, got, want)
		}
	}
	got := ask(t, conn, "SELECT (SELECT count(*) FROM app.students) + (SELECT count(*) FROM app.instructors)")[0][0]
	if got != "2000" {
		t.Errorf("people: got %s want 2000", got)
	}
	if got := ask(t, conn, "SELECT count(DISTINCT country) FROM app.students")[0][0]; got != "8" {
		t.Errorf("countries of the students: got %s want 8", got)
	}
}

func TestTheFilesAreSound(t *testing.T) {
	t.Parallel()
	conn := attached(t, made)
	for _, zone := range append([]string{"app"}, zones...) {
		if got := ask(t, conn, "PRAGMA "+zone+".foreign_key_check"); len(got) > 0 {
			t.Errorf("%s: got broken references %v want none", zone, got)
		}
		if got := ask(t, conn, "PRAGMA "+zone+".integrity_check")[0][0]; got != "ok" {
			t.Errorf("%s: got integrity %q want ok", zone, got)
		}
		for _, row := range ask(t, conn, "SELECT name FROM "+zone+".sqlite_schema WHERE type IN ('table', 'view')") {
			if got := ask(t, conn, "SELECT count(*) FROM "+zone+`."`+row[0]+`"`)[0][0]; got == "0" {
				t.Errorf("%s.%s: got no rows want some", zone, row[0])
			}
		}
	}
}

// number reads a number that the database printed.
func number(t *testing.T, text string) float64 {
	t.Helper()
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func cents(dollars float64) float64 { return math.Round(dollars*100) / 100 }

// TestRevenueComesFromTheApplication adds up the payments and refunds of the
// application by hand and compares every day of the certified table.
func TestRevenueComesFromTheApplication(t *testing.T) {
	t.Parallel()
	conn := attached(t, made)
	rate := map[string]float64{}
	for _, row := range ask(t, conn, "SELECT day || currency, usd_rate FROM raw_data.fx_rates") {
		rate[row[0]] = number(t, row[1])
	}
	want := map[string]float64{}
	for _, p := range ask(t, conn, `
		SELECT substr(p.paid_at, 1, 10), p.currency, p.amount_cents, p.tax_cents, p.instructor_share_cents, s.country, coalesce(substr(r.refunded_at, 1, 10), '')
		FROM app.payments p JOIN app.students s USING (student_id) LEFT JOIN app.refunds r USING (payment_id)
		WHERE p.status <> 'failed' AND s.is_staff = 0`) {
		usd := rate[p[0]+p[1]] / 100
		net := cents(number(t, p[2])*usd) - cents(number(t, p[3])*usd) - cents(number(t, p[4])*usd)
		want[p[0]+" "+p[5]] += net
		if p[6] != "" {
			want[p[6]+" "+p[5]] -= net
		}
	}
	rows := ask(t, conn, "SELECT day || ' ' || country, net_revenue FROM analytics.revenue_daily")
	if len(rows) != len(want) {
		t.Errorf("days and countries with revenue: got %d want %d", len(rows), len(want))
	}
	for _, row := range rows {
		if got := number(t, row[1]); math.Abs(got-want[row[0]]) > 0.05 {
			t.Errorf("net revenue of %s: got %.2f want %.2f", row[0], got, want[row[0]])
		}
	}
}

func TestActiveStudentsComeFromTheApplication(t *testing.T) {
	t.Parallel()
	conn := attached(t, made)
	got := ask(t, conn, "SELECT sum(active_students) FROM analytics.active_students_daily WHERE day = '2026-11-19'")
	want := ask(t, conn, `
		SELECT count(DISTINCT v.student_id) FROM app.lecture_views v JOIN app.students s USING (student_id)
		WHERE s.is_staff = 0 AND v.watched_at >= '2026-10-23' AND v.watched_at < '2026-11-20'`)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("active students of the newest day (-want +got):\n%s", diff)
	}
}

// TestTheStaleCopyIsStale: the copy agrees with the certified table until it was made, and ends there.
func TestTheStaleCopyIsStale(t *testing.T) {
	t.Parallel()
	conn := attached(t, made)
	const old = "SELECT * FROM archive.revenue_daily_old ORDER BY day, country"
	const now = "SELECT * FROM analytics.revenue_daily WHERE day < '2026-09-20' ORDER BY day, country"
	if diff := cmp.Diff(ask(t, conn, now), ask(t, conn, old)); diff != "" {
		t.Errorf("stale copy (-want +got):\n%s", diff)
	}
}

// TestHowFarTheSubjectReaches looks for the student in every column of every
// file: as e-mail in any case, as its hash, and by number.
func TestHowFarTheSubjectReaches(t *testing.T) {
	t.Parallel()
	conn := attached(t, made)
	key := ask(t, conn, "SELECT sha256(lower(?))", made.Subject.Email)[0][0]
	var got []string
	for _, zone := range append([]string{"app"}, zones...) {
		for _, row := range ask(t, conn, "SELECT name FROM "+zone+".sqlite_schema WHERE type = 'table' ORDER BY name") {
			hers, all := rowsOf(t, conn, zone, row[0], key)
			if hers == 0 {
				continue
			}
			got = append(got, zone+"."+row[0])
			if all <= hers {
				t.Errorf("%s.%s: got %d rows, %d of them hers; want rows of others too", zone, row[0], all, hers)
			}
		}
	}
	want := []string{
		"app.addresses", "app.devices", "app.enrollments", "app.lecture_views", "app.logins", "app.messages", "app.payments",
		"app.reviews", "app.students", "app.support_tickets",
		"raw_data.addresses", "raw_data.email_sends", "raw_data.enrollments", "raw_data.lecture_views", "raw_data.logins",
		"raw_data.payments", "raw_data.reviews", "raw_data.students", "raw_data.support_tickets",
		"analytics.churn_features", "analytics.dim_student", "analytics.fct_enrollment", "analytics.fct_learning_activity",
		"analytics.fct_revenue", "analytics.fct_review", "analytics.fct_support_ticket", "analytics.marketing_mailing_list",
		"analytics.stg_payments", "analytics.student_360",
		"adhoc.churn_try2", "adhoc.kim_signup_export",
		"archive.dim_student_old", "archive.enrollments_bak", "archive.fct_revenue_bak", "archive.newsletter_2025", "archive.payments_v1",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("tables with the subject (-want +got):\n%s", diff)
	}
}

// rowsOf counts the rows of a table that are the subject's, and all of them.
func rowsOf(t *testing.T, conn *sql.Conn, zone, table, key string) (hers, all int) {
	t.Helper()
	var columns []string
	id := "0"
	for _, column := range ask(t, conn, "SELECT name FROM pragma_table_info(?, ?)", table, zone) {
		columns = append(columns, `"`+column[0]+`"`)
		if column[0] == "student_id" {
			id = "student_id"
		}
	}
	query := fmt.Sprintf(`
		WITH line AS (SELECT %s AS id, lower(concat_ws('|', %s)) AS text FROM %s."%s")
		SELECT count(*) FILTER (WHERE id = ? OR instr(text, ?) OR instr(text, ?)), count(*) FROM line`,
		id, strings.Join(columns, ", "), zone, table)
	row := ask(t, conn, query, made.Subject.ID, made.Subject.Email, key)[0]
	return int(number(t, row[0])), int(number(t, row[1]))
}

// TestNobodyElseIsCalledMary keeps the proof of her erasure simple: no other
// person's e-mail, name or phone contains hers.
func TestNobodyElseIsCalledMary(t *testing.T) {
	t.Parallel()
	conn := attached(t, made)
	got := ask(t, conn, "SELECT student_id FROM app.students WHERE full_name LIKE '%Ellis%' OR lower(email) LIKE '%ellis%' OR phone LIKE '%496 0417'")
	if diff := cmp.Diff([][]string{{strconv.Itoa(mary.ID)}}, got); diff != "" {
		t.Errorf("students like the subject (-want +got):\n%s", diff)
	}
	same := ask(t, conn, "SELECT lower(email) FROM app.students GROUP BY lower(email) HAVING count(*) > 1")
	if len(same) > 0 {
		t.Errorf("e-mails of two students: got %v want none", same)
	}
}
