package main

import (
	"encoding/json"
	"strings"
	"testing"

	"waymark/catalog/access"
	"waymark/graphql"
)

// ask runs one operation as a person of the sample company.
func ask(t *testing.T, w *waymark, user, query string, out any) (code string) {
	t.Helper()
	who, err := w.local.As(t.Context(), user)
	if err != nil {
		t.Fatal(err)
	}
	resp := w.api.Do(access.With(t.Context(), who), graphql.Query{Query: query})
	if len(resp.Errors) > 0 {
		return text(resp.Errors[0].Extensions["code"])
	}
	if err := json.Unmarshal(resp.Data, out); err != nil {
		t.Fatal(err)
	}
	return ""
}

// What people may do about promises, incidents and subscriptions, in the sample company.
func TestWhoMayPromiseAndSubscribe(t *testing.T) {
	w := sampleCompany(t)
	var none json.RawMessage
	for _, tt := range []struct{ user, act, want string }{
		{"mina", `mutation { setSla(id: "analytics.fct_revenue", dueBy: "05:00") { id } }`, "DENIED"},
		{"ana", `mutation { setSla(id: "analytics.fct_revenue", dueBy: "five") { id } }`, "INVALID"},
		{"ana", `mutation { setSla(id: "analytics.fct_revenue", dueBy: "05:00", zone: "Europe/Berlin") { id } }`, ""},
		{"mina", `mutation { openIncident(id: "analytics.fct_revenue", severity: "critical", title: "doubled") { id } }`, "DENIED"},
		{"mina", `mutation { subscribe(scope: "everything", kinds: ["breaking"], channel: "webhook", hook: "https://chat.example.org/secret") { id } }`, "INVALID"},
		{"mina", `mutation { subscribe(scope: "everything", kinds: ["breaking"], channel: "webhook", hook: "${HOME}") { id } }`, "DENIED"},
		{"mina", `mutation { subscribe(scope: "asset", value: "analytics.fct_revenue", kinds: ["breaking"], channel: "mail") { id } }`, ""},
		{"mina", `{ discovery { unused(state: "lonely") { total } } }`, "INVALID"},
	} {
		if got := ask(t, w, tt.user, tt.act, &none); got != tt.want {
			t.Errorf("%s: %s: got %q want %q", tt.user, tt.act, got, tt.want)
		}
	}
	var mine struct {
		Subscriptions []struct{ Scope, State string }
		Asset         struct{ Followed bool }
		Feed          struct{ Total int }
	}
	query := `{ subscriptions { scope state } asset(id: "analytics.fct_revenue") { followed } feed(followed: true) { total } }`
	if code := ask(t, w, "mina", query, &mine); code != "" || len(mine.Subscriptions) != 1 || !mine.Asset.Followed || mine.Feed.Total != 0 {
		t.Errorf("mina's: got %s %+v want one subscription, followed, no news yet", code, mine)
	}
	if code := ask(t, w, "jonas", query, &mine); code != "" || len(mine.Subscriptions) != 0 || mine.Asset.Followed {
		t.Errorf("jonas's: got %s %+v want none", code, mine)
	}
}

// The pages of discovery are not empty in the sample company, and they add up.
func TestTheSampleCompanyShowsDiscovery(t *testing.T) {
	w := sampleCompany(t)
	var got struct {
		Discovery struct {
			Unused struct {
				Total  int
				Counts []struct {
					Name  string
					Count int
				}
				Items []struct {
					Idle struct {
						State string
						Safe  bool
					}
				}
			}
			Morning struct {
				By      string
				Queries []struct{ Seconds float64 }
				People  []struct{ Seconds float64 }
			}
		}
		Feed struct {
			Items []struct {
				Change   struct{ Text string }
				Affected struct{ Total int }
			}
		}
		Counted struct {
			Total int
			Next  *int64
			Items []struct{}
		}
		Incidents struct{ Items []struct{ Kind string } }
		Asset     struct {
			Sla     struct{ Kept30, Kept90 float64 }
			Quality struct{ Passing, Failing int }
		}
	}
	query := `{ discovery { unused(first: 100) { total counts { name count } items { idle { state safe } } } morning(first: 5) { by queries { seconds } people { seconds } } }
		feed(kinds: ["breaking"]) { items { change { text } affected { total } } } counted: feed(first: 0) { total next items { kinds } } incidents(open: true) { items { kind } }
		asset(id: "analytics.revenue_daily") { sla { kept30 kept90 } quality { passing failing } } }`
	if code := ask(t, w, "mina", query, &got); code != "" {
		t.Fatalf("got %s want an answer", code)
	}
	u := got.Discovery.Unused
	if u.Total == 0 || len(u.Items) != u.Total || u.Counts[0].Count != u.Total {
		t.Errorf("unused: got %d, %d lines, counts %v want the same number", u.Total, len(u.Items), u.Counts)
	}
	m := got.Discovery.Morning
	if m.By != "time" || len(m.Queries) != 5 || m.Queries[0].Seconds < m.Queries[4].Seconds || len(m.People) == 0 || m.People[0].Seconds < m.Queries[0].Seconds {
		t.Errorf("morning: got %+v want five statements and people, the dearest first", m)
	}
	touched := 0
	for _, x := range got.Feed.Items {
		if strings.Contains(x.Change.Text, "click_count") {
			touched = x.Affected.Total
		}
	}
	if touched == 0 {
		t.Errorf("feed: got %+v want a rename with something downstream", got.Feed.Items)
	}
	if c := got.Counted; c.Total < len(got.Feed.Items) || c.Next != nil || len(c.Items) > 0 {
		t.Errorf("the number of news alone: got %+v want it without a page", c)
	}
	if s := got.Asset.Sla; s.Kept30 >= 1 || s.Kept30 < 0.9 || s.Kept90 < 0.9 {
		t.Errorf("promise: got %+v want nearly all kept, and one missed in 30 days", s)
	}
	if got.Asset.Quality.Passing != 4 || got.Asset.Quality.Failing != 0 || len(got.Incidents.Items) < 2 {
		t.Errorf("quality and incidents: got %+v %+v want four passing and two incidents", got.Asset.Quality, got.Incidents.Items)
	}
}
