package search_test

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/search"
	"waymark/catalog/search/searchtest"
	"waymark/catalog/urn"
)

// company is a small estate with every trap in it.
func company() []catalog.Asset {
	good := searchtest.Table("shop.analytics.fct_revenue", "day", "country", "net_amount")
	good.Profile.Description = "One row per paid order line."
	good.Owners = &catalog.Owners{List: []catalog.Owner{{User: urn.User("ana")}}}
	good.Certification = &catalog.Certification{By: urn.Group("Finance"), Until: searchtest.Now.AddDate(0, 2, 0)}
	good.Usage = &catalog.UsageSignal{People: 30, Queries: 300, People30: 41, Queries30: 900, Covered: true, CoveredDays: 30}
	raw := searchtest.Table("shop.raw.revenue", "payload")
	raw.Usage = &catalog.UsageSignal{People: 1, Queries: 2, People30: 2, Queries30: 3, Covered: true, CoveredDays: 30}
	hammered := searchtest.Table("shop.adhoc.revenue_kim", "day", "country", "net_amount")
	hammered.Usage = &catalog.UsageSignal{People30: 0, Service30: 90_000, Covered: true, CoveredDays: 30}
	old := searchtest.Table("shop.analytics.orders_v1", "id")
	newer := searchtest.Table("shop.analytics.sales", "id")
	old.Deprecation = &catalog.Deprecation{Note: "counts twice", Replacement: newer.URN}
	board := catalog.Asset{URN: urn.Dashboard("tableau", "board"), Type: catalog.Dashboard, Profile: &catalog.Profile{Name: "Board figures"}, Flow: &catalog.DataFlow{Inputs: []urn.URN{urn.Chart("tableau", "c1")}}}
	chart := catalog.Asset{URN: urn.Chart("tableau", "c1"), Type: catalog.Chart, Profile: &catalog.Profile{Name: "Growth of Lisbon"}}
	term := catalog.Asset{URN: urn.Term("Net revenue"), Type: catalog.Term, Profile: &catalog.Profile{Name: "Net revenue", Subtype: "metric"},
		Term: &catalog.Glossary{Definition: "Sales less refunds.", Synonyms: []string{"revenue", "GMV after refunds"}, Formula: "sum(net_amount)", Canonical: []urn.URN{good.URN, board.URN}}}
	source := catalog.Asset{URN: urn.Source("secretsource"), Type: catalog.Source, Profile: &catalog.Profile{Name: "secretsource"}}
	query := catalog.Asset{URN: urn.Query("abc"), Type: catalog.Query, Profile: &catalog.Profile{Name: "secretquery"}}
	return []catalog.Asset{good, raw, hammered, old, newer, board, chart, term, source, query}
}

func open(t *testing.T) (*catalog.Catalog, *search.Search) {
	t.Helper()
	cat, s := searchtest.New(searchtest.NewMemory())
	searchtest.Load(t, cat, s, company())
	return cat, s
}

func find(t *testing.T, s *search.Search, text string) search.Answer {
	t.Helper()
	return searchtest.Find(t, s, search.Request{Text: text, Explain: true, Facets: true})
}

func wantPage(t *testing.T, s *search.Search, text, want string) {
	t.Helper()
	if got := searchtest.Page(find(t, s, text)); got != want {
		t.Errorf("%q: got\n%swant\n%s", text, got, want)
	}
}

func TestCanonicalAssetStandsAboveTheHammeredOne(t *testing.T) {
	_, s := open(t)
	wantPage(t, s, "revenue", "identity shop.analytics.fct_revenue\nidentity Board figures\nidentity Net revenue\nidentity shop.raw.revenue\nname shop.adhoc.revenue_kim\n")
	a := find(t, s, "revenue")
	if c := a.Card; c == nil || c.Name != "shop.analytics.fct_revenue" || c.Term.Formula != "sum(net_amount)" || c.Dashboard.Name != "Board figures" || c.Not.Name != "shop.raw.revenue" {
		t.Fatalf("got card %+v want fct_revenue, its term, dashboard, and not the raw one", c)
	}
	if got := strings.Join(a.Hits[0].Reasons, "; "); got != "canonical for Net revenue; 41 people in 30 days; certified by Finance until 2027-01-20" {
		t.Errorf("got reasons %q", got)
	}
	if got := a.Hits[3].Penalties; len(got) != 1 || got[0] != "raw layer ×0.7" {
		t.Errorf("got penalties %q want raw layer", got)
	}
}

func TestGlossaryWidensTheQuery(t *testing.T) {
	_, s := open(t)
	a := find(t, s, "gmv after refunds")
	if len(a.Hits) == 0 || a.Hits[0].Name != "shop.analytics.fct_revenue" || a.Hits[0].Stage != search.Identity {
		t.Errorf("got\n%swant the canonical table first", searchtest.Page(a))
	}
}

func TestEditingATermReindexesNothing(t *testing.T) {
	cat, s := open(t)
	wantPage(t, s, "umsatz", "")
	term := company()[7]
	term.Term.Synonyms = append(term.Term.Synonyms, "Umsatz")
	searchtest.Load(t, cat, s, []catalog.Asset{term})
	if a := find(t, s, "umsatz"); len(a.Hits) == 0 || a.Hits[0].Name != "shop.analytics.fct_revenue" {
		t.Errorf("got\n%swant the canonical table first", searchtest.Page(a))
	}
}

func TestReplacementStandsAboveTheDeprecated(t *testing.T) {
	_, s := open(t)
	wantPage(t, s, "orders v1", "identity shop.analytics.sales\nidentity shop.analytics.orders_v1\n")
	if h := find(t, s, "shop.analytics.orders_v1").Hits[0]; h.Name != "shop.analytics.orders_v1" || h.Replacement == "" {
		t.Errorf("typed in full: got %s want the deprecated table itself, with its replacement", h.Name)
	}
	if h := find(t, s, "orders v1").Hits[0]; h.Replaces == "" || !strings.HasPrefix(strings.Join(h.Reasons, ";"), "replaces ") {
		t.Errorf("got %v, %v want it to say what it replaces", h.Replaces, h.Reasons)
	}
}

func TestWaivedPenalties(t *testing.T) {
	_, s := open(t)
	if h := find(t, s, "raw revenue").Hits; len(h) == 0 || h[0].Name != "shop.raw.revenue" || len(h[0].Penalties) != 0 {
		t.Errorf("got %+v want the raw table first without a penalty", h)
	}
}

func TestChartsAreToldInTheirDashboard(t *testing.T) {
	cat, s := open(t)
	wantPage(t, s, "lisbon", "content Board figures\n")
	wantPage(t, s, "growth of lisbon", "identity Growth of Lisbon\ncontent Board figures\n")
	wantPage(t, s, "lisbon type:chart", "name Growth of Lisbon\n")
	chart := company()[6]
	chart.Profile.Name = "Growth of Porto"
	searchtest.Load(t, cat, s, []catalog.Asset{chart})
	wantPage(t, s, "porto", "content Board figures\n")
	wantPage(t, s, "lisbon", "")
}

func TestTypos(t *testing.T) {
	_, s := open(t)
	a := find(t, s, "fct revnue")
	if len(a.Hits) == 0 || a.Hits[0].Name != "shop.analytics.fct_revenue" || a.Hits[0].Stage != search.Near || a.Total != 0 {
		t.Errorf("got %d\n%swant fct_revenue, near, outside the total", a.Total, searchtest.Page(a))
	}
	if a.Note != `no exact match for "fct revnue"; showing "fct revenue"` || a.Suggestion != "fct revenue" {
		t.Errorf("got note %q want it to say what is shown", a.Note)
	}
}

func TestHiddenThingsShowInNoChannel(t *testing.T) {
	_, s := open(t)
	for _, text := range []string{"secretsource", "secretquery", "secretsuorce", "type:source", "type:query", "urn:li:query:abc"} {
		a := find(t, s, text)
		if a.Total != 0 || len(a.Hits) != 0 || a.Card != nil || strings.Contains(a.Suggestion+a.Note, "secrets") && !strings.Contains(text, "secrets") || len(a.Advice) != 0 && text != "type:source" && text != "type:query" {
			t.Errorf("%s: got %+v want nothing", text, a)
		}
		for _, f := range a.Facets {
			for _, v := range f.Values {
				if v.Value == "source" || v.Value == "query" {
					t.Errorf("%s: got the facet value %s:%s", text, f.Name, v.Value)
				}
			}
		}
	}
	list, err := s.Suggest(searchtest.AsSystem(), "secret", 9)
	if err != nil || len(list) != 0 {
		t.Errorf("got suggestions %v, %v want none", list, err)
	}
	if _, err := s.Resolve(searchtest.AsSystem(), "secretsource"); !errors.Is(err, fault.NotFound) {
		t.Errorf("got %v want not found", err)
	}
}

func TestNobodyIsRefused(t *testing.T) {
	_, s := open(t)
	if _, err := s.Find(context.Background(), search.Request{Text: "revenue"}); !errors.Is(err, fault.Denied) {
		t.Errorf("find: got %v want denied", err)
	}
	if _, err := s.Suggest(context.Background(), "re", 9); !errors.Is(err, fault.Denied) {
		t.Errorf("suggest: got %v want denied", err)
	}
	if _, err := s.Resolve(context.Background(), "revenue"); !errors.Is(err, fault.Denied) {
		t.Errorf("resolve: got %v want denied", err)
	}
}

func TestUnknownFiltersAreAnError(t *testing.T) {
	_, s := open(t)
	for _, r := range []search.Request{{Filters: map[string][]string{"colour": {"red"}}}, {Text: "updated:soon"}, {Text: "-column:id"}} {
		if _, err := s.Find(searchtest.AsSystem(), r); !errors.Is(err, fault.Invalid) {
			t.Errorf("%+v: got %v want invalid", r, err)
		}
	}
}

func TestRemovedAssetsAreGone(t *testing.T) {
	cat, s := open(t)
	if _, err := cat.Apply(searchtest.AsSystem(), catalog.Batch{Author: catalog.Import, Run: "r", Removed: []urn.URN{company()[1].URN}}); err != nil {
		t.Fatal(err)
	}
	if err := s.Sync(searchtest.AsSystem()); err != nil {
		t.Fatal(err)
	}
	wantPage(t, s, "raw revenue zone:raw", "")
}

func TestSuggest(t *testing.T) {
	_, s := open(t)
	for prefix, want := range map[string]string{
		"rev": "shop.raw.revenue shop.adhoc.revenue_kim shop.analytics.fct_revenue Net revenue", "fct rev": "shop.analytics.fct_revenue",
		"fctrev": "shop.analytics.fct_revenue", "zzz": "", "r": "", "": "", "analytics sal": "shop.analytics.sales",
	} {
		list, err := s.Suggest(searchtest.AsSystem(), prefix, 9)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, x := range list {
			got = append(got, x.Name)
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%q: got %q want %q", prefix, g, want)
		}
	}
}

func TestResolve(t *testing.T) {
	_, s := open(t)
	for name, want := range map[string]int{
		"shop.analytics.fct_revenue": 1, "ANALYTICS.FCT_REVENUE": 1, "fct_revenue": 1, "revenue": 1, "net revenue": 1, string(company()[0].URN): 1, "fctrevenue": 0, "nothing": 0,
	} {
		got, err := s.Resolve(searchtest.AsSystem(), name)
		if len(got) != want || want == 0 && !errors.Is(err, fault.NotFound) {
			t.Errorf("%s: got %v, %v want %d", name, got, err, want)
		}
	}
}

// TestExplanationsMultiplyOut holds every explanation to its score, and the order to
// stage and score.
func TestExplanationsMultiplyOut(t *testing.T) {
	e := searchtest.NewEstate(3)
	assets := e.Datasets(600, 6)
	cat, s := searchtest.New(searchtest.NewMemory())
	searchtest.Load(t, cat, s, assets)
	n := 0
	for range 150 {
		a := searchtest.Find(t, s, search.Request{Text: e.Query(assets), Explain: true})
		for i, h := range a.Hits {
			n++
			if got := h.Explanation.Product(); math.Abs(got-h.Explanation.Score) > 1e-9*math.Max(1, got) {
				t.Fatalf("%s: got a product of %v want the score %v", h.Name, got, h.Explanation.Score)
			}
			if i > 0 && h.Stage < a.Hits[i-1].Stage {
				t.Fatalf("got stage %s under %s", h.Stage, a.Hits[i-1].Stage)
			}
		}
	}
	if n < 300 {
		t.Errorf("got %d explanations, too few", n)
	}
}

// TestNoiseInSignalsNeverChangesTheStage gives every asset other signals and finds
// each in the stage where it stood.
func TestNoiseInSignalsNeverChangesTheStage(t *testing.T) {
	e, other := searchtest.NewEstate(4), searchtest.NewEstate(5)
	plain := e.Datasets(400, 5)
	noisy := make([]catalog.Asset, len(plain))
	for i, x := range other.Datasets(400, 5) {
		noisy[i] = plain[i]
		noisy[i].Usage, noisy[i].Consumers, noisy[i].Certification = x.Usage, x.Consumers, x.Certification
	}
	stages := func(assets []catalog.Asset, text string) map[urn.URN]search.Stage {
		cat, s := searchtest.New(searchtest.NewMemory())
		searchtest.Load(t, cat, s, assets)
		out := map[urn.URN]search.Stage{}
		for _, h := range searchtest.Find(t, s, search.Request{Text: text, Limit: 100}).Hits {
			out[h.URN] = h.Stage
		}
		return out
	}
	for range 12 {
		text := e.Query(plain)
		a, b := stages(plain, text), stages(noisy, text)
		for u, stage := range a {
			if got, ok := b[u]; ok && got != stage {
				t.Errorf("%q: got %s for %s want %s", text, got, u, stage)
			}
		}
	}
}

// TestUnknownSignalsLeaveTheOrderToText proves that owner and description alone,
// which are always known, move nothing.
func TestUnknownSignalsLeaveTheOrderToText(t *testing.T) {
	described := searchtest.Table("a.x.orders_of_shops", "id")
	described.Owners = &catalog.Owners{List: []catalog.Owner{{User: urn.User("ana")}}}
	cat, s := searchtest.New(searchtest.NewMemory())
	searchtest.Load(t, cat, s, []catalog.Asset{described, searchtest.Table("a.x.orders_open", "id")})
	for _, h := range searchtest.Find(t, s, search.Request{Text: "orders", Explain: true}).Hits {
		if h.Explanation.Trust != 0.5 {
			t.Errorf("%s: got a trust of %v counted want 0.5", h.Name, h.Explanation.Trust)
		}
	}
}

func TestDecayMovesWithTheClock(t *testing.T) {
	cat, s := searchtest.New(searchtest.NewMemory())
	a := searchtest.Table("s.orders", "id")
	a.Certification = &catalog.Certification{By: urn.User("ana"), Until: searchtest.Now.AddDate(0, 0, 1)}
	searchtest.Load(t, cat, s, []catalog.Asset{a})
	before := find(t, s, "orders").Hits[0].Trust
	later := searchtest.Now.AddDate(0, 0, 60)
	s.Now = func() time.Time { return later }
	if after := find(t, s, "orders").Hits[0].Trust; after >= before {
		t.Errorf("got %v after the review date want less than %v", after, before)
	}
}
