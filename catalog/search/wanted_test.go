package search_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/search"
	"waymark/catalog/search/searchtest"
	"waymark/catalog/urn"
)

// names lists what a request finds, in order.
func names(t *testing.T, s *search.Search, r search.Request) string {
	t.Helper()
	var out []string
	for _, h := range searchtest.Find(t, s, r).Hits {
		out = append(out, h.Name)
	}
	return strings.Join(out, " ")
}

func TestFiltersByStanding(t *testing.T) {
	t.Parallel()
	cat, s := open(t)
	ana := catalog.Asset{URN: urn.User("ana"), Type: catalog.User, Person: &catalog.Person{Display: "Ana Ruiz"}}
	searchtest.Load(t, cat, s, []catalog.Asset{ana})
	const good, others = "shop.analytics.fct_revenue", "shop.raw.revenue shop.adhoc.revenue_kim"
	for text, want := range map[string]string{
		"certified:yes":                          good,
		"revenue type:dataset certified:no":      others,
		"-certified:yes revenue type:dataset":    others,
		"deprecated:true":                        "shop.analytics.orders_v1",
		"orders v1 deprecated:yes":               "shop.analytics.orders_v1",
		"orders -deprecated:true":                good, // it is described as orders
		"type:dataset -deprecated:no":            "shop.analytics.orders_v1",
		`owner:"Ana Ruiz"`:                       good,
		"owner:ana":                              good,
		`revenue type:dataset -owner:"Ana Ruiz"`: others,
	} {
		if got := names(t, s, search.Request{Text: text}); got != want {
			t.Errorf("%s: got %s want %s", text, got, want)
		}
	}
	if _, err := s.Find(searchtest.AsSystem(), search.Request{Text: "certified:perhaps"}); !errors.Is(err, fault.Invalid) {
		t.Errorf("got %v want an error that says what to write", err)
	}
	if l := searchtest.Find(t, s, search.Request{Text: "owner:ana", Facets: true}); !slices.ContainsFunc(l.Facets, func(f search.Facet) bool {
		return f.Name == search.FacetOwner && f.Values[0].Label == "Ana Ruiz"
	}) {
		t.Errorf("got facets %+v want the owner by the display name", l.Facets)
	}
}

func TestSortsOverAllStages(t *testing.T) {
	t.Parallel()
	_, s := open(t)
	for order, want := range map[search.Sort]string{
		search.ByUse:  "shop.analytics.fct_revenue shop.raw.revenue shop.adhoc.revenue_kim",
		search.ByName: "shop.analytics.fct_revenue shop.raw.revenue shop.adhoc.revenue_kim",
	} {
		if got := names(t, s, search.Request{Text: "revenue type:dataset", Sort: order}); got != want {
			t.Errorf("by %s: got %s want %s", order, got, want)
		}
	}
	list := searchtest.Find(t, s, search.Request{Text: "type:dataset", Sort: search.ByTrust}).Hits
	if len(list) < 3 || !slices.IsSortedFunc(list, func(a, b search.Hit) int { return int(1e4*b.Trust) - int(1e4*a.Trust) }) {
		t.Errorf("got %d hits, not by trust", len(list))
	}
	if _, err := search.ParseSort("price"); !errors.Is(err, fault.Invalid) {
		t.Errorf("got %v want an error that lists the orders", err)
	}
}

// personal is a search that knows its callers, with what ana and her team used.
func personal(t *testing.T) (*catalog.Catalog, *search.Search) {
	t.Helper()
	cat, x := searchtest.NewCatalog(), searchtest.NewMemory()
	s := search.New(cat, x, search.Options{Personal: true, Redact: func(w string) string { return strings.ReplaceAll(w, "4711", "…") }}, nil)
	s.Now = func() time.Time { return searchtest.Now }
	people := []catalog.Asset{
		{URN: urn.User("ana"), Type: catalog.User, Person: &catalog.Person{Display: "Ana", Team: "Finance"}},
		{URN: urn.User("ben"), Type: catalog.User, Person: &catalog.Person{Display: "Ben", Team: "Finance"}},
		searchtest.Table("db.a.plan_east"), searchtest.Table("db.a.plan_north"), searchtest.Table("db.a.plan_west"), searchtest.Table("db.a.plan_east_total_of_all"),
	}
	searchtest.Load(t, cat, s, people)
	for i := range 3 {
		day := searchtest.Now.Truncate(24*time.Hour).AddDate(0, 0, -i-1)
		err := cat.Record(searchtest.AsSystem(), catalog.Partition{Source: "log", Start: day, Assets: map[urn.URN][]catalog.UsageRow{
			people[4].URN: {{Actor: "ana", Kind: "human", Role: "read", Queries: 2, Last: day.Unix()}},
			people[3].URN: {{Actor: "etl", Kind: "service", Role: "write", Queries: 9}},
		}})
		if err != nil {
			t.Fatal(err)
		}
	}
	return cat, s
}

func as(user string, roles ...access.Role) context.Context {
	return access.With(context.Background(), access.Caller{User: user, Roles: append(roles, access.Viewer), Via: "session"})
}

func ask(t *testing.T, s *search.Search, ctx context.Context, r search.Request) search.Answer {
	t.Helper()
	a, err := s.Find(ctx, r)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestOwnUseLiftsInsideAStage(t *testing.T) {
	t.Parallel()
	_, s := personal(t)
	for who, want := range map[string]string{"ana": "you used it on 3 of 30 days", "ben": "one of your team uses it"} {
		a := ask(t, s, as(who), search.Request{Text: "plan", Explain: true})
		if h := a.Hits[0]; h.Name != "db.a.plan_west" || !slices.Contains(h.Reasons, want) {
			t.Errorf("%s: got %s because %q want plan_west, %s", who, h.Name, h.Reasons, want)
		}
		for _, h := range a.Hits {
			if e := h.Explanation; e.Personal < 1 || e.Personal > 1.15 || e.Product()/e.Score > 1.0001 || e.Product()/e.Score < 0.9999 {
				t.Errorf("%s, %s: got lift %v, product %v, score %v", who, h.Name, e.Personal, e.Product(), e.Score)
			}
		}
	}
	for who, r := range map[string]search.Request{"ana": {Text: "plan", Plain: true}, "chen": {Text: "plan"}} {
		if h := ask(t, s, as(who), r).Hits[0]; h.Name != "db.a.plan_east" {
			t.Errorf("%s: got %s want plan_east, the first by name", who, h.Name)
		}
	}
	if h := ask(t, s, as("ana"), search.Request{Text: "plan east"}).Hits[0]; h.Name != "db.a.plan_east" {
		t.Errorf("got %s want plan_east: a stage is never crossed", h.Name)
	}
}

func TestSearchesAreKeptForOneself(t *testing.T) {
	t.Parallel()
	cat, s := personal(t)
	for _, text := range []string{"plan", "plan east", "nothing like it", "plan 4711 east"} {
		ask(t, s, as("ana"), search.Request{Text: text})
	}
	ask(t, s, as("ben"), search.Request{Text: "plan west"})
	ask(t, s, as("ana"), search.Request{Text: "plan", Plain: true})
	for _, when := range []string{"pending", "stored"} {
		list, err := s.Recent(as("ana"), 5)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, l := range list {
			got = append(got, l.Words)
		}
		if want := []string{"plan east", "plan"}; !slices.Equal(got, want) {
			t.Errorf("%s: got %q want %q", when, got, want)
		}
		if err := s.Flush(searchtest.AsSystem()); err != nil {
			t.Fatal(err)
		}
	}
	for line, err := range cat.Searches(searchtest.AsSystem(), searchtest.Now.AddDate(0, 0, -1)) {
		if err != nil || strings.Contains(line.Words, "4711") || strings.Contains(line.Person, "ana") || line.Hour.Minute() != 0 {
			t.Errorf("got %+v, %v want neither number nor name nor minute", line, err)
		}
	}
	if _, err := s.Save(as("ana"), catalog.SavedSearch{Name: "mine", Query: "plan 4711"}); !errors.Is(err, fault.Invalid) {
		t.Errorf("got %v want a refusal of a personal value", err)
	}
}

func TestReportSaysWhatWouldHelp(t *testing.T) {
	t.Parallel()
	cat, s := personal(t)
	east, west := urn.Dataset("postgres", "db.a.plan_east", ""), urn.Dataset("postgres", "db.a.plan_west", "")
	term := catalog.Asset{URN: urn.Term("Plan"), Type: catalog.Term, Profile: &catalog.Profile{Name: "Plan"}, Term: &catalog.Glossary{Definition: "What is intended.", Canonical: []urn.URN{east}}}
	searchtest.Load(t, cat, s, []catalog.Asset{term})
	for _, who := range []string{"ana", "ben"} {
		ask(t, s, as(who), search.Request{Text: "vorhaben"})
		ask(t, s, as(who), search.Request{Text: "plan east"})
		if err := s.Clicked(as(who), "plan east", east, 1); err != nil {
			t.Fatal(err)
		}
	}
	ask(t, s, as("chen"), search.Request{Text: "west"})
	if err := s.Clicked(as("chen"), "west", urn.Dataset("postgres", "db.a.none", ""), 1); !errors.Is(err, fault.Invalid) {
		t.Errorf("got %v want no line for what is not there", err)
	}
	if err := s.Flush(searchtest.AsSystem()); err != nil {
		t.Fatal(err)
	}
	err := cat.Record(searchtest.AsSystem(), catalog.Partition{Source: "log", Start: searchtest.Now.Truncate(24 * time.Hour), Assets: map[urn.URN][]catalog.UsageRow{
		east: {{Actor: "ana", Kind: "human", Role: "read", Queries: 1, Last: searchtest.Now.Add(2 * time.Hour).Unix()}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Report(as("vera", access.Steward), 30, 10)
	if err != nil {
		t.Fatal(err)
	}
	if r.Searches != 5 || r.People != 3 || r.Opened != 2 || r.Used != 1 {
		t.Errorf("got %d searches, %d people, %d opened, %d used want 5, 3, 2, 1", r.Searches, r.People, r.Opened, r.Used)
	}
	for what, l := range map[string][]search.ReportLine{"without": r.Without, "reformulated": r.Reformulated} {
		if len(l) != 1 || l[0].Words != "vorhaben" || l[0].People != 2 || l[0].Then != "plan east" || l[0].Asset != east {
			t.Fatalf("%s: got %+v want vorhaben by two, then plan east", what, l)
		}
		if p := l[0].Proposal; p == nil || p.Kind != search.ProposeSynonym || p.Asset != term.URN || p.Word != "vorhaben" {
			t.Errorf("%s: got %+v want the synonym of Plan", what, p)
		}
	}
	if l := r.Abandoned; len(l) != 1 || l[0].Words != "west" || l[0].Asset != west || l[0].Proposal == nil || l[0].Proposal.Kind != search.ProposeDescription {
		t.Errorf("abandoned: got %+v want west, with a description of plan_west proposed", l)
	}
	if l := r.Wanted; len(l) != 3 || l[0].People != 2 {
		t.Errorf("wanted: got %+v want three, those of two people first", l)
	}
	if _, err := s.Report(as("mina"), 30, 10); !errors.Is(err, fault.Denied) {
		t.Errorf("a viewer: got %v want a refusal", err)
	}
}

func TestFacetsOfTheNextPageAreTheSame(t *testing.T) {
	t.Parallel()
	cat, s := open(t)
	first := searchtest.Find(t, s, search.Request{Text: "revenue", Facets: true, Limit: 1})
	next := searchtest.Find(t, s, search.Request{Text: "revenue", Facets: true, Limit: 1, Offset: 1})
	if len(first.Facets) == 0 || len(first.Facets) != len(next.Facets) || first.Facets[0].Values[0] != next.Facets[0].Values[0] {
		t.Errorf("got %+v then %+v want the same counts", first.Facets, next.Facets)
	}
	searchtest.Load(t, cat, s, []catalog.Asset{searchtest.Table("shop.other.revenue")})
	after := searchtest.Find(t, s, search.Request{Text: "revenue", Facets: true})
	if got, want := len(after.Facets[0].Values), len(first.Facets[0].Values)+1; got != want {
		t.Errorf("after a change: got %d zones want %d", got, want)
	}
}

// TestCrypticNames: whoever asks in words finds tables whose names were cut off or
// lost their vowels.
func TestCrypticNames(t *testing.T) {
	t.Parallel()
	cat, s := searchtest.New(searchtest.NewMemory())
	searchtest.Load(t, cat, s, []catalog.Asset{
		searchtest.Table("erp.z1.dprtmnt_bdgt", "fscl_yr", "plnd_amt"), searchtest.Table("erp.z1.emplmt_cntrct", "strt_dt"),
		searchtest.Table("erp.z1.fclty_maint", "bld_nr"), searchtest.Table("erp.z1.departures", "gate"), searchtest.Table("erp.z1.budgets_of_films", "film"),
	})
	for text, want := range map[string]string{
		"what was the budget of each department in the last fiscal year?": "erp.z1.dprtmnt_bdgt",
		"which employment contracts start this month?":                    "erp.z1.emplmt_cntrct",
		"how much maintenance does every facility need":                   "erp.z1.fclty_maint",
		"facility maintenance":                                            "erp.z1.fclty_maint",
	} {
		h := searchtest.Find(t, s, search.Request{Text: text}).Hits
		if len(h) == 0 || h[0].Name != want {
			t.Errorf("%s: got %+v want %s first", text, h, want)
		}
	}
}
