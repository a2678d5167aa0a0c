package searchtest

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/kv/memkv"
	"waymark/catalog/search"
	"waymark/catalog/urn"
)

// Run proves that the engine that open makes keeps the contract. open is called
// for each part of the suite and returns an empty index.
func Run(t *testing.T, open func(t *testing.T) search.Index) {
	for name, part := range map[string]func(*testing.T, search.Index){
		"Stages": stagesMeet, "Replace": replaceAndDrop, "Number": numberIsStored, "Filters": filtersAndFacets,
		"Syllables": oneSyllable, "Wide": wideAndLong, "Equal": equalScores, "Concurrent": concurrent, "Alike": alike, "Resume": resumes, "NotCrawled": notCrawled,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := open(t)
			if _, small := x.(*Memory); small && name == "Alike" {
				return // it is what others are compared with
			}
			part(t, x)
		})
	}
}

// AsSystem is a context in which everything may be done.
func AsSystem() context.Context { return access.With(context.Background(), access.System("test")) }

// NewCatalog returns an empty catalog in memory, on the day Now.
func NewCatalog() *catalog.Catalog {
	log := slog.New(slog.DiscardHandler)
	store := memkv.New()
	cat := catalog.New(store, access.New(store, log), log)
	cat.Now = func() time.Time { return Now }
	return cat
}

// New returns a search in index over an empty catalog in memory, on the day Now.
func New(index search.Index) (*catalog.Catalog, *search.Search) {
	cat := NewCatalog()
	s := search.New(cat, index, search.Options{}, slog.New(slog.DiscardHandler))
	s.Now = func() time.Time { return Now }
	return cat, s
}

// Load applies assets, a thousand at a time, and brings the index level.
func Load(t testing.TB, cat *catalog.Catalog, s *search.Search, assets []catalog.Asset) {
	t.Helper()
	for from := 0; from < len(assets); from += 1000 {
		_, err := cat.Apply(AsSystem(), catalog.Batch{Author: catalog.Import, Run: "test", Assets: assets[from:min(from+1000, len(assets))]})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Sync(AsSystem()); err != nil {
		t.Fatal(err)
	}
}

// Table makes a dataset with columns that have names only.
func Table(name string, columns ...string) catalog.Asset {
	a := catalog.Asset{URN: urn.Dataset("postgres", name, ""), Type: catalog.Dataset, Profile: &catalog.Profile{Name: name}, Schema: &catalog.Schema{}}
	for _, c := range columns {
		a.Schema.Columns = append(a.Schema.Columns, catalog.Column{Name: c})
	}
	return a
}

// Find asks and fails the test on an error.
func Find(t testing.TB, s *search.Search, r search.Request) search.Answer {
	t.Helper()
	a, err := s.Find(AsSystem(), r)
	if err != nil {
		t.Fatalf("%q: %v", r.Text, err)
	}
	return a
}

// Page is an answer in one line a hit: stage, name.
func Page(a search.Answer) string {
	var b strings.Builder
	for _, h := range a.Hits {
		fmt.Fprintf(&b, "%s %s\n", h.Stage, h.Name)
	}
	return b.String()
}

func wantPage(t *testing.T, s *search.Search, text, want string) {
	t.Helper()
	if got := Page(Find(t, s, search.Request{Text: text})); got != want {
		t.Errorf("%q: got\n%swant\n%s", text, got, want)
	}
}

func put(t *testing.T, x search.Index, seq catalog.Seq, assets ...catalog.Asset) {
	t.Helper()
	b := search.Batch{Seq: seq}
	for i := range assets {
		b.Put = append(b.Put, search.NewDocument(&assets[i]))
	}
	if err := x.Apply(AsSystem(), b); err != nil {
		t.Fatal(err)
	}
}

// found lists the names of the first stage that a match finds.
func found(t *testing.T, x search.Index, m search.Match) []string {
	t.Helper()
	r, err := x.Search(AsSystem(), search.Query{Stages: []search.Match{m}, Moment: &search.Moment{Now: Now}, Best: 1000})
	if err != nil {
		t.Fatal(err)
	}
	out := []string{}
	for _, d := range r.Found[0].Best {
		out = append(out, d.Name)
	}
	if len(out) != r.Found[0].Total {
		t.Errorf("got a total of %d want %d, the number of candidates", r.Found[0].Total, len(out))
	}
	slices.Sort(out)
	return out
}

func word(stem string) search.Group { return search.Group{{Stems: []string{stem}, Factor: 1}} }

func wantNames(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got %q want %q", got, want)
	}
}

func stagesMeet(t *testing.T, x search.Index) {
	put(t, x, 1, Table("s.net_revenue", "amount"), Table("s.revenue_daily", "day", "net_amount"), Table("s.orders", "net"))
	wantNames(t, found(t, x, search.Match{Every: true}), "s.net_revenue", "s.orders", "s.revenue_daily")
	wantNames(t, found(t, x, search.Match{Keys: []string{"revenuedaily", "snetrevenue"}}), "s.net_revenue", "s.revenue_daily")
	wantNames(t, found(t, x, search.Match{Groups: []search.Group{word("net"), word("revenu")}}), "s.net_revenue")
	wantNames(t, found(t, x, search.Match{Where: search.InAll, Groups: []search.Group{word("net"), word("revenu")}}), "s.net_revenue", "s.revenue_daily")
	wantNames(t, found(t, x, search.Match{Where: search.InAll, Any: true, Groups: []search.Group{word("order"), word("day")}}), "s.orders", "s.revenue_daily")
	wantNames(t, found(t, x, search.Match{Edges: []string{"rev", "da"}}), "s.revenue_daily")
	wantNames(t, found(t, x, search.Match{Every: true, Not: []search.Group{word("net")}}))
	wantNames(t, found(t, x, search.Match{Where: search.InAll, Groups: []search.Group{{{Stems: []string{"net", "day"}, Factor: 1}, {Stems: []string{"order"}, Factor: 1}}}}), "s.orders", "s.revenue_daily")
	wantNames(t, found(t, x, search.Match{Groups: nil}))
}

func replaceAndDrop(t *testing.T, x search.Index) {
	put(t, x, 1, Table("s.a", "old"), Table("s.b", "old"))
	put(t, x, 2, Table("s.a", "new"))
	wantNames(t, found(t, x, search.Match{Where: search.InAll, Groups: []search.Group{word("old")}}), "s.b")
	wantNames(t, found(t, x, search.Match{Where: search.InAll, Groups: []search.Group{word("new")}}), "s.a")
	a := Table("s.a")
	if err := x.Apply(AsSystem(), search.Batch{Drop: []urn.URN{a.URN}, Seq: 3}); err != nil {
		t.Fatal(err)
	}
	wantNames(t, found(t, x, search.Match{Every: true}), "s.b")
	r, err := x.Search(AsSystem(), search.Query{Stages: []search.Match{{Where: search.InAll, Groups: []search.Group{word("new"), word("old")}, Any: true}}, Best: 9})
	if err != nil {
		t.Fatal(err)
	}
	if r.Documents != 1 || r.Frequencies["new"] != 0 || r.Frequencies["old"] != 1 {
		t.Errorf("got %d documents, frequencies %v want 1, old: 1", r.Documents, r.Frequencies)
	}
}

func numberIsStored(t *testing.T, x search.Index) {
	for _, want := range []catalog.Seq{0, 7, 9} {
		if want > 0 {
			put(t, x, want, Table(fmt.Sprintf("s.t%d", want)))
		}
		if got, err := x.Reached(AsSystem()); err != nil || got != want {
			t.Errorf("got %d, %v want %d", got, err, want)
		}
	}
	s, err := x.Survey(AsSystem())
	if err != nil || s.Documents != 2 || s.Length[search.FieldName] != 3 {
		t.Errorf("got %+v, %v want 2 documents with names t7 t 7", s, err)
	}
}

func filtersAndFacets(t *testing.T, x search.Index) {
	cat, s := New(x)
	owned := Table("shop.mart.orders", "id")
	owned.Owners = &catalog.Owners{List: []catalog.Owner{{User: urn.User("Ana")}}}
	owned.Labels = &catalog.Labels{Tags: []string{"tier1"}, Domain: urn.Domain("Finance")}
	Load(t, cat, s, []catalog.Asset{owned, Table("shop.raw.orders", "id", "email"), Table("shop.raw.customers", "email")})
	for text, want := range map[string]int{
		"orders owner:ana": 1, "owner:ANA": 1, "orders -zone:raw": 1, "zone:raw": 2, "orders tag:tier1 domain:finance": 1, "column:email": 2,
		"orders column:email": 1, "type:dashboard": 0, "-orders": 1, `"raw orders"`: 0, "platform:postgres": 3,
	} {
		if got := Find(t, s, search.Request{Text: text}).Total; got != want {
			t.Errorf("%s: got %d hits want %d", text, got, want)
		}
	}
	a := Find(t, s, search.Request{Text: "orders", Facets: true})
	for _, f := range a.Facets {
		if f.Name == search.FacetZone && (len(f.Values) != 2 || f.Values[0] != search.FacetValue{Value: "mart", Count: 1}) {
			t.Errorf("got zones %v want mart 1 and raw 1", f.Values)
		}
		if f.Name == search.FacetOwner && f.Values[0].Value != "Ana" {
			t.Errorf("got owner %q want Ana, as written", f.Values[0].Value)
		}
	}
	a = Find(t, s, search.Request{Text: "orders zone:mart platform:postgres", Facets: true})
	for _, f := range a.Facets {
		if f.Name == search.FacetZone && len(f.Values) != 2 {
			t.Errorf("filtered by zone: got zones %v want mart and raw still", f.Values)
		}
		if f.Name == search.FacetKind && f.Values[0].Count != 1 {
			t.Errorf("filtered by zone: got kinds %v want the one table", f.Values)
		}
	}
	if got := Find(t, s, search.Request{Text: "orders type:dashboard"}).Advice; len(got) != 1 || got[0] != (search.Advice{Drop: "type", Total: 2}) {
		t.Errorf("got advice %v want to drop type for 2", got)
	}
}

func oneSyllable(t *testing.T, x search.Index) {
	cat, s := New(x)
	Load(t, cat, s, []catalog.Asset{Table("shop.월별매출_v2", "고객주문내역"), Table("shop.売上テーブル", "顧客"), Table("shop.other", "x")})
	wantPage(t, s, "매출", "name shop.월별매출_v2\n")
	wantPage(t, s, "매", "name shop.월별매출_v2\n")
	wantPage(t, s, "주문내역을", "content shop.월별매출_v2\n")
	wantPage(t, s, "売上", "name shop.売上テーブル\n")
}

func wideAndLong(t *testing.T, x search.Index) {
	cat, s := New(x)
	columns := make([]string, 10_000)
	for i := range columns {
		columns[i] = fmt.Sprintf("measure_%d", i)
	}
	long := Table("shop.wide", columns...)
	long.Profile.Description = strings.Repeat("word ", 13_000)
	Load(t, cat, s, []catalog.Asset{long, Table("shop.narrow", "measure")})
	if got := Find(t, s, search.Request{Text: "measure"}).Total; got != 2 {
		t.Errorf("got %d hits want 2", got)
	}
}

func equalScores(t *testing.T, x search.Index) {
	cat, s := New(x)
	Load(t, cat, s, []catalog.Asset{Table("c.orders"), Table("a.orders"), Table("b.orders")})
	wantPage(t, s, "orders", "identity a.orders\nidentity b.orders\nidentity c.orders\n")
	if got := Page(Find(t, s, search.Request{Text: "orders", Limit: 1, Offset: 1})); got != "identity b.orders\n" {
		t.Errorf("second page: got %q want b.orders", got)
	}
}
