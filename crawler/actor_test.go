package crawler_test

import (
	"log/slog"
	"testing"

	"waymark/catalog"
	"waymark/crawler"
)

var discard = slog.New(slog.DiscardHandler)

// TestActors: people behind a tool are themselves, tools that ran for nobody are
// not people, and what no one can tell stays open.
func TestActors(t *testing.T) {
	tests := []struct {
		name, user, sql    string
		wantUser, wantKind string
		wantTool           string
	}{
		{"nothing known", "ana", "select 1", "ana", "", ""},
		{"a configured account", "svc_load", "select 1", "svc_load", "service", ""},
		{"metabase", "svc_bi", "-- Metabase:: userID: 7 queryType: native queryHash: ab\nselect 1", "metabase:7", "human", "metabase"},
		{"redash by hand", "svc_bi", "/* Username: ana@example.org, query_id: 3, Queue: queries, Job ID: x, Query Hash: y, Scheduled: False */ select 1", "ana@example.org", "human", "redash"},
		{"redash by schedule", "redash", "/* Username: ana@example.org, query_id: 3, Queue: scheduled, Job ID: x, Query Hash: y, Scheduled: True */ select 1", "redash", "bi", "redash"},
		{"looker", "svc_bi", "select 1\n-- Looker Query Context '{\"user_id\":17,\"history_slug\":\"x\"}'", "looker:17", "human", "looker"},
		{"looker without a user", "looker", "select 1\n-- Looker Query Context '{\"history_slug\":\"x\"}'", "looker", "bi", "looker"},
		{"mode", "mode", "select 1\n-- {\"user\":\"a\",\"email\":\"ana@example.org\",\"url\":\"https://modeanalytics.com/x/reports/1\"}", "ana@example.org", "human", "mode"},
		{"dbt", "dbt_user", "/* {\"app\": \"dbt\", \"node_id\": \"model.x\", \"target_name\": \"prod\"} */ create table x as select 1", "dbt_user", "pipeline", "dbt"},
		{"dbt behind a service account", "svc_dbt", "select 1 /* {\"app\": \"dbt\"} */", "svc_dbt", "service", "dbt"},
		{"hex", "ana", "select 1\n-- Hex query metadata: {\"x\":1}", "ana", "", "hex"},
		{"a broken tag", "svc_x", "select 1\n-- Looker Query Context '{user_id'}", "svc_x", "service", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, &memory{statements: []catalog.Statement{{User: tt.user, SQL: tt.sql}}})
			b.Crawl(t, recipe+"actors: {service: [^svc_]}\n", crawler.OK)
			got := b.Log.Statements[0]
			if got.User != tt.wantUser || got.Actor != tt.wantKind || got.Tool != tt.wantTool {
				t.Errorf("got %q %q %q, want %q %q %q", got.User, got.Actor, got.Tool, tt.wantUser, tt.wantKind, tt.wantTool)
			}
		})
	}
}
