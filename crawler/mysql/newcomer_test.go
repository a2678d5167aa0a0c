package mysql_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog/urn"
	"waymark/crawler"
	"waymark/crawler/crawltest"
	"waymark/crawler/mysql"
)

// library is a schema with what real ones have: sequences, partitions, names that
// differ in letter case alone, names with dots, versioned tables.
var library = []string{
	"create table member (id int auto_increment primary key, name varchar(60), mail varchar(80) unique)", "create table Member (id int primary key, salary decimal(9,2))",
	"create table loan (id int, lent date, member_id int) partition by range (year(lent)) (partition p24 values less than (2025), partition p25 values less than maxvalue)",
	"create table `v.2` (a int)", "create sequence card_no start with 1000", "create table price (sku int, cents int) with system versioning",
	"create view open_loans as select l.id, m.mail from loan l join member m on m.id = l.member_id", "create view pay as select salary from Member",
	"create table work (id int, n int)", "create table doomed (id int)",
}

var traffic = []string{
	"select table_name from information_schema.tables where table_schema = database() limit %d", "select %d, user from mysql.user", "show full tables", "show create table member",
	"select %d, event_name from performance_schema.events_waits_current limit 1", "describe loan", "select nextval(card_no) + %d", "select * from seq_1_to_%d", "select next_not_cached_value as v%d from card_no",
	"create temporary table basket_%d (id int)", "insert into basket_%d select id from member", "drop temporary table basket_%d", "set @x = %d", "explain select %d from loan",
	"create table passing_%d (id int)", "insert into passing_%d select id from member", "drop table passing_%d", "drop table if exists never_%d",
	"select count(*) as c%d from loan partition (p24)", "insert into work (id, n) select member_id, count(*) + %d from loan group by member_id", "select a as a%d from `v.2`",
	"select salary as s%d from Member", "update member set name = name where id = %d", "with recent as (select * from loan) select count(*) + %d from recent", "truncate work",
	"select cents as c%d from price for system_time all", "lock tables member read", "unlock tables", "analyze table member", "begin", "commit",
}

// asked lists the tables and views as the server does.
func (s *server) asked(t *testing.T) (out []string) {
	t.Helper()
	rows, err := s.owner.Query("select table_name from information_schema.tables where table_schema = database() and table_type <> 'SEQUENCE' and table_type <> 'TEMPORARY'")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		out = append(out, urn.Join(s.database, name))
	}
	slices.Sort(out)
	return out
}

// TestNewcomer crawls a database alone, with its log, three times: what is shown of it
// is exactly what the server has, and the third time changes nothing.
func TestNewcomer(t *testing.T) {
	s := newServer(t)
	var lower int
	if err := s.owner.QueryRow("select @@lower_case_table_names").Scan(&lower); err != nil {
		t.Fatal(err)
	}
	s.system().EnableLog(t)
	for _, text := range library {
		if lower != 0 { // the server would take the two for one table
			text = strings.ReplaceAll(text, "Member", "Wage")
		}
		s.exec(t, text)
	}
	for round := range 20 {
		for _, text := range traffic {
			if lower != 0 {
				text = strings.ReplaceAll(text, "Member", "Wage")
			}
			s.exec(t, strings.ReplaceAll(text, "%d", fmt.Sprint(round+1)))
		}
	}
	s.exec(t, "drop table doomed")
	n := crawltest.NewNewcomer(t, "mysql", mysql.Open)
	n.Thrice(t, recipe+"    query_log: {kind: general_log}\n"+eraser, s.asked(t), func(name string) bool { return strings.HasPrefix(name, s.database+".") }, 400)
	for name, least := range map[string]int64{"loan": 40, "v.2": 20, "price": 20} {
		if runs := n.Runs(s.urn(name)); runs < least {
			t.Errorf("runs that used %s: got %d, want at least %d", name, runs, least)
		}
	}
	for down, up := range map[string][]urn.URN{"open_loans": {s.urn("loan"), s.urn("member")}, "pay": {s.urn("Member")}, "work": {s.urn("loan")}} {
		if diff := cmp.Diff(up, n.Upstreams(t, s.urn(down))); diff != "" && (lower == 0 || down != "pay") {
			t.Errorf("upstreams of %s (-want +got):\n%s", down, diff)
		}
	}
}

// TestBrokenView: what the server says of a view that it cannot run is no description.
func TestBrokenView(t *testing.T) {
	s := newServer(t)
	for _, text := range []string{"create table old (a int)", "create view stale as select a from old", "create view fine as select 1 as a", "drop table old"} {
		s.exec(t, text)
	}
	b := crawltest.NewBench(t, map[string]crawler.Opener{"mysql": mysql.Open})
	report := b.Crawl(t, recipe+eraser, crawler.Partial)
	live := b.Live(t)
	stale := live[s.urn("stale")]
	if stale.Profile == nil || stale.Profile.Description != "" || !strings.Contains(stale.Profile.Properties["broken"], "invalid table") {
		t.Errorf("the broken view: got %+v", stale.Profile)
	}
	if fine := live[s.urn("fine")]; fine.Profile == nil || fine.Profile.Properties["broken"] != "" || fine.Profile.Description != "" {
		t.Errorf("the other view: got %+v", fine.Profile)
	}
	if len(report.Problems) != 1 || report.Problems[0].Class != crawler.Unread || !strings.Contains(report.Problems[0].Text, "stale") || report.ExitCode() != 0 {
		t.Errorf("problems: got %+v, want the broken view alone", report.Problems)
	}
}
