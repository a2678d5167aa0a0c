package dbt

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

const book = `{
 "metadata": {"adapter_type": "postgres", "dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json"},
 "nodes": {
  "model.shop.orders": {"resource_type": "model", "database": "shop", "schema": "mart", "name": "orders", "alias": "orders_daily"},
  "test.shop.unique_orders_id.1": {"resource_type": "test", "name": "unique_orders_id", "column_name": "id", "attached_node": "model.shop.orders",
    "test_metadata": {"name": "unique", "kwargs": {"column_name": "id"}}, "config": {"severity": "ERROR"}},
  "test.shop.accepted_values_orders_state__canary.2": {"resource_type": "test", "name": "accepted_values_orders_state__canary",
    "depends_on": {"nodes": ["model.shop.orders"]}, "test_metadata": {"name": "accepted_values", "kwargs": {"column_name": "state", "values": ["canary"]}}, "config": {"severity": "warn"}},
  "test.shop.relationships.3": {"resource_type": "test", "name": "relationships", "column_name": "user_id", "attached_node": "model.shop.orders",
    "depends_on": {"nodes": ["source.shop.app.users", "model.shop.orders"]}, "test_metadata": {"name": "relationships", "kwargs": {}}},
  "test.shop.users_have_mail.4": {"resource_type": "test", "name": "users_have_mail", "depends_on": {"nodes": ["source.shop.app.users"]}},
  "test.shop.of_two.7": {"resource_type": "test", "name": "of_two", "depends_on": {"nodes": ["source.shop.app.users", "model.shop.orders"]}},
  "test.shop.positive.8": {"resource_type": "test", "name": "positive", "attached_node": "source.shop.app.users", "test_metadata": {"name": "expression_is_true", "kwargs": {"expression": "age > 0"}}},
  "test.shop.adult.9": {"resource_type": "test", "name": "adult", "attached_node": "source.shop.app.users", "test_metadata": {"name": "expression_is_true", "kwargs": {"expression": "age > 17"}}},
  "test.shop.lost.5": {"resource_type": "test", "name": "lost", "depends_on": {"nodes": ["model.shop.gone"]}}
 },
 "sources": {"source.shop.app.users": {"resource_type": "source", "database": "shop", "schema": "app", "name": "users", "identifier": "users_v2"}}
}`

const told = `{
 "metadata": {"generated_at": "2026-11-02T04:00:00Z"},
 "results": [
  {"unique_id": "model.shop.orders", "status": "success"},
  {"unique_id": "test.shop.unique_orders_id.1", "status": "fail", "failures": 3, "message": "Got 3 results, 'canary'",
   "timing": [{"name": "compile", "completed_at": "2026-11-02T03:58:00Z"}, {"name": "execute", "completed_at": "2026-11-02T03:59:00Z"}]},
  {"unique_id": "test.shop.accepted_values_orders_state__canary.2", "status": "warn", "failures": 1},
  {"unique_id": "test.shop.relationships.3", "status": "pass", "failures": 0},
  {"unique_id": "test.shop.users_have_mail.4", "status": "skipped"},
  {"unique_id": "test.shop.positive.8", "status": "fail"},
  {"unique_id": "test.shop.adult.9", "status": "pass"},
  {"unique_id": "test.shop.lost.5", "status": "pass"},
  {"unique_id": "test.shop.of_two.7", "status": "pass"},
  {"unique_id": "test.shop.unheard.6", "status": "pass"}
 ]
}`

func TestTestsBecomeChecks(t *testing.T) {
	got, err := ReadTests(strings.NewReader(book), strings.NewReader(told))
	if err != nil {
		t.Fatal(err)
	}
	end := time.Date(2026, 11, 2, 4, 0, 0, 0, time.UTC)
	want := Tests{Unplaced: 2, List: []Tested{
		{urn.Dataset("postgres", "shop.app.users_v2", ""), []catalog.CheckRun{
			{Name: "users_have_mail", Status: catalog.CheckSkipped, Severity: catalog.Critical, At: end},
			{Name: "expression_is_true 8", Status: catalog.CheckFailed, Severity: catalog.Critical, At: end},
			{Name: "expression_is_true 9", Status: catalog.CheckPassed, Severity: catalog.Critical, At: end},
		}},
		{urn.Dataset("postgres", "shop.mart.orders_daily", ""), []catalog.CheckRun{
			{Name: "unique", Column: "id", Status: catalog.CheckFailed, Severity: catalog.Critical, Message: "failures: 3", At: end.Add(-time.Minute)},
			{Name: "accepted_values", Column: "state", Status: catalog.CheckWarned, Severity: catalog.Warning, Message: "failures: 1", At: end},
			{Name: "relationships", Column: "user_id", Status: catalog.CheckPassed, Severity: catalog.Critical, At: end},
		}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("tests (-want +got):\n%s", diff)
	}
}

func TestWhatIsNotOfDbtIsRefusedWithoutItsText(t *testing.T) {
	for _, files := range [][2]string{{"canary", told}, {book, "canary"}, {`{"metadata":{}}`, told}, {book, `{"results": "canary"}`}} {
		_, err := ReadTests(strings.NewReader(files[0]), strings.NewReader(files[1]))
		if !errors.Is(err, fault.Invalid) || strings.Contains(err.Error(), "canary") {
			t.Errorf("%.20s, %.20s: got %v want fault.Invalid without the text", files[0], files[1], err)
		}
	}
}
