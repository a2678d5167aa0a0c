package catalog_test

import (
	"context"
	"errors"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv/memkv"
	"waymark/catalog/urn"
)

// estate is a catalog in memory with a clock that tests turn.
type estate struct {
	*catalog.Catalog
	guard *access.Guard
	now   time.Time
}

func newEstate(t *testing.T) *estate {
	t.Helper()
	store := memkv.New()
	t.Cleanup(func() { store.Close() })
	log := slog.New(slog.DiscardHandler)
	e := &estate{guard: access.New(store, log), now: time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)}
	e.Catalog = catalog.New(store, e.guard, log)
	e.Now = func() time.Time { return e.now }
	return e
}

func crawl() context.Context { return access.With(context.Background(), access.System("crawl")) }

func as(user string, roles ...access.Role) context.Context {
	return access.With(context.Background(), access.Caller{User: user, Roles: roles, Via: "local"})
}

func table(name string, columns ...string) catalog.Asset {
	a := catalog.Asset{
		URN: urn.Dataset("postgres", name, ""), Type: catalog.Dataset,
		Profile: &catalog.Profile{Subtype: "table"}, Schema: &catalog.Schema{},
	}
	for _, c := range columns {
		a.Schema.Columns = append(a.Schema.Columns, catalog.Column{Name: c, Type: "text"})
	}
	return a
}

func (e *estate) apply(t *testing.T, author catalog.Author, list ...catalog.Asset) catalog.Diff {
	t.Helper()
	d, err := e.Apply(crawl(), catalog.Batch{Author: author, Run: "r1", Assets: list})
	if err != nil {
		t.Fatalf("Apply: %v", err)
	}
	return d
}

func (e *estate) find(t *testing.T, u urn.URN) catalog.Asset {
	t.Helper()
	a, err := e.Find(as("ana", access.Viewer), u)
	if err != nil {
		t.Fatalf("Find(%s): %v", u, err)
	}
	return a
}

func TestApplyCountsAndNumbers(t *testing.T) {
	e := newEstate(t)
	shop := catalog.BySource("shop")
	first := e.apply(t, shop, table("shop.orders", "id"), table("shop.users", "id", "mail"))
	if want := (catalog.Diff{Created: 2, First: 1, Last: 2}); first != want {
		t.Errorf("first crawl: got %+v want %+v", first, want)
	}
	again := e.apply(t, shop, table("shop.orders", "id"), table("shop.users", "id", "mail"))
	if want := (catalog.Diff{Unchanged: 2}); again != want {
		t.Errorf("unchanged crawl: got %+v want %+v", again, want)
	}
	changed := e.apply(t, shop, table("shop.orders", "id", "total"), table("shop.users", "id", "mail"))
	if want := (catalog.Diff{Changed: 1, Unchanged: 1, First: 3, Last: 3}); changed != want {
		t.Errorf("changed crawl: got %+v want %+v", changed, want)
	}
	events, err := e.History(as("ana", access.Viewer), urn.Dataset("postgres", "shop.orders", ""), 10)
	if err != nil || len(events) != 1 {
		t.Fatalf("History: got %v, %v want one event", events, err)
	}
	want := []catalog.ColumnChange{{Column: "total", Is: "text"}}
	if diff := cmp.Diff(want, events[0].Columns); diff != "" {
		t.Errorf("column changes (-want +got):\n%s", diff)
	}
}

func TestUntypedColumnsGoToo(t *testing.T) {
	e := newEstate(t)
	shop, a := catalog.BySource("shop"), table("shop.x", "kept", "gone")
	a.Schema.Columns[1].Type = ""
	e.apply(t, shop, a)
	e.apply(t, shop, table("shop.x", "kept"))
	events, err := e.History(as("ana", access.Viewer), a.URN, 1)
	if err != nil || len(events) != 1 || !events[0].Breaking() {
		t.Errorf("a column without a type went: got %+v, %v want a breaking event", events, err)
	}
}

func TestApplyIsAuditedAndRefused(t *testing.T) {
	e := newEstate(t)
	_, err := e.Apply(as("ana", access.Viewer), catalog.Batch{Author: catalog.Import, Assets: []catalog.Asset{table("a.b")}})
	if !errors.Is(err, fault.Denied) {
		t.Errorf("a viewer applying: got %v want fault.Denied", err)
	}
	if _, err := e.Apply(context.Background(), catalog.Batch{Author: catalog.Import}); !errors.Is(err, fault.Denied) {
		t.Errorf("nobody applying: got %v want fault.Denied", err)
	}
	e.apply(t, catalog.Import, table("a.b"))
	audit, err := e.guard.Audit(as("eve", access.Auditor), 10)
	if err != nil || len(audit) != 3 {
		t.Fatalf("Audit: got %v, %v want three entries", audit, err)
	}
	if !audit[0].Allowed || audit[1].Allowed || audit[2].User != "ana" {
		t.Errorf("audit: got %+v want the act allowed after two refusals", audit)
	}
	if n, err := e.guard.VerifyAudit(context.Background()); n != 3 || err != nil {
		t.Errorf("VerifyAudit: got %d, %v want 3, nil", n, err)
	}
}

func TestPeopleWinOverCrawls(t *testing.T) {
	e := newEstate(t)
	shop, u := catalog.BySource("shop"), urn.Dataset("postgres", "shop.orders", "")
	t1 := table("shop.orders", "id")
	t1.Profile.Description = "from the source"
	t1.Owners = &catalog.Owners{List: []catalog.Owner{{User: urn.User("dba")}}}
	e.apply(t, shop, t1)

	editor := as("ana", access.Editor)
	_, err := e.Edit(editor, u, access.Edit, "said better", func(a *catalog.Asset) error {
		a.Profile.Description = "one row an order"
		a.Owners = &catalog.Owners{List: []catalog.Owner{{User: urn.User("ana")}}}
		a.Notes = &catalog.Notes{Columns: map[string]catalog.ColumnNote{"id": {Description: "the key"}}}
		return nil
	})
	if err != nil {
		t.Fatalf("Edit: %v", err)
	}
	t2 := table("shop.orders", "id", "total")
	t2.Profile.Description, t2.Profile.Subtype = "the source again", "partitioned table"
	t2.Owners = t1.Owners
	e.apply(t, shop, t2)

	got := e.find(t, u)
	if got.Profile.Description != "one row an order" || got.Profile.Subtype != "partitioned table" {
		t.Errorf("profile: got %+v want the person's words and the source's kind", got.Profile)
	}
	if len(got.Owners.List) != 1 || got.Owners.List[0].User != urn.User("ana") {
		t.Errorf("owners: got %+v want ana alone", got.Owners)
	}
	if len(got.Schema.Columns) != 2 || got.Schema.Columns[0].Description != "the key" {
		t.Errorf("columns: got %+v want the source's two with the person's note", got.Schema.Columns)
	}
	_, err = e.Edit(editor, u, access.Edit, "", func(a *catalog.Asset) error { a.Schema.Columns = nil; return nil })
	if !errors.Is(err, fault.Invalid) {
		t.Errorf("editing the schema: got %v want fault.Invalid", err)
	}
	_, err = e.Edit(as("bob", access.Viewer), u, access.Edit, "", func(*catalog.Asset) error { return nil })
	if !errors.Is(err, fault.Denied) {
		t.Errorf("a viewer editing: got %v want fault.Denied", err)
	}
}

func TestImportDescribesWhatTheCrawlSaw(t *testing.T) {
	e := newEstate(t)
	said := table("shop.orders", "id", "invented")
	said.Schema.Columns[0].Description = "order number"
	said.Schema.Columns[0].Classes = []string{"user.unique_id"}
	e.apply(t, catalog.Import, said)
	e.apply(t, catalog.BySource("shop"), table("shop.orders", "id", "total"))
	got := e.find(t, said.URN).Schema.Columns
	want := []catalog.Column{{Name: "id", Type: "text", Description: "order number", Classes: []string{"user.unique_id"}}, {Name: "total", Type: "text"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("merged columns (-want +got):\n%s", diff)
	}
}

func TestFollowMissesNothingAndRepeats(t *testing.T) {
	e := newEstate(t)
	shop := catalog.BySource("shop")
	e.apply(t, shop, table("s.a", "x"), table("s.b", "x"))
	var seen []string
	note := func(_ context.Context, page []catalog.Change) error {
		for _, c := range page {
			seen = append(seen, c.URN.Name())
		}
		clear(page) // a follower may do with its page what it likes
		return nil
	}
	failing := func(ctx context.Context, page []catalog.Change) error { return fault.Unavailable.Errorf("killed") }
	if err := e.Follow(crawl(), "test", failing); !errors.Is(err, fault.Unavailable) {
		t.Errorf("Follow: got %v want the follower's error", err)
	}
	for range 2 {
		if err := e.Follow(crawl(), "test", note); err != nil {
			t.Fatalf("Follow: %v", err)
		}
	}
	e.apply(t, shop, table("s.a", "x", "y"))
	if err := e.Follow(crawl(), "test", note); err != nil {
		t.Fatalf("Follow: %v", err)
	}
	if got, want := strings.Join(seen, " "), "s.a s.b s.a"; got != want {
		t.Errorf("followed: got %q want %q", got, want)
	}
	page, head, err := e.Since(crawl(), 2, 10)
	if err != nil || head != 3 || len(page) != 1 {
		t.Fatalf("Since(2): got %v, %d, %v want one change at head 3", page, head, err)
	}
	if !page[0].MovedSince(2, catalog.AspectSchema) || page[0].MovedSince(2, catalog.AspectProfile) {
		t.Errorf("MovedSince: got %+v want the schema alone moved after 2", page[0].Facts)
	}
}

func TestFinishMarksOnlyWhatIsSurelyGone(t *testing.T) {
	e := newEstate(t)
	shop := catalog.BySource("shop")
	scope := catalog.Scope{Source: "shop", Name: "s", Platform: "postgres", Prefix: "s."}
	var all []catalog.Asset
	for i := range 30 {
		all = append(all, table("s.t"+string(rune('a'+i)), "x"))
	}
	e.apply(t, shop, all...)
	seen := func(n int) map[urn.URN]struct{} {
		m := map[urn.URN]struct{}{}
		for _, a := range all[:n] {
			m[a.URN] = struct{}{}
		}
		return m
	}
	if _, err := e.Finish(crawl(), scope, seen(5), catalog.FinishOptions{}); !errors.Is(err, fault.Conflict) {
		t.Errorf("25 of 30 gone: got %v want fault.Conflict", err)
	}
	got, err := e.Finish(crawl(), scope, seen(28), catalog.FinishOptions{})
	if err != nil || len(got.Missing) != 2 || len(got.Removed) != 0 {
		t.Fatalf("2 of 30 gone: got %+v, %v want two missing", got, err)
	}
	e.now = e.now.Add(time.Hour)
	if got, err = e.Finish(crawl(), scope, seen(28), catalog.FinishOptions{}); err != nil || len(got.Removed) != 0 {
		t.Errorf("an hour later: got %+v, %v want nothing removed", got, err)
	}
	e.apply(t, shop, all[29]) // it came back
	e.now = e.now.Add(25 * time.Hour)
	if got, err = e.Finish(crawl(), scope, seen(28), catalog.FinishOptions{Principal: "other"}); err != nil || got.Kept == "" {
		t.Errorf("another credential: got %+v, %v want a reason for marking nothing", got, err)
	}
	if got, err = e.Finish(crawl(), scope, seen(28), catalog.FinishOptions{Principal: "other"}); err != nil || len(got.Removed) != 1 || len(got.Missing) != 1 {
		t.Errorf("a day later: got %+v, %v want one removed, one missing anew", got, err)
	}
	if a := e.find(t, all[28].URN); a.Status == nil || a.Status.Removed.IsZero() {
		t.Errorf("status of the removed: got %+v want a time", a.Status)
	}
}

func TestRecordReplacesASpan(t *testing.T) {
	e := newEstate(t)
	u, day := urn.Dataset("postgres", "s.a", ""), time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC)
	for _, n := range []int64{3, 5} {
		p := catalog.Partition{Source: "log", Start: day, Assets: map[urn.URN][]catalog.UsageRow{u: {{Actor: "ana", Kind: "human", Queries: n}}}}
		if err := e.Record(crawl(), p); err != nil {
			t.Fatalf("Record: %v", err)
		}
	}
	for _, f := range []catalog.UsageFilter{{}, {Asset: u}, {Asset: u, Source: "log", From: day, To: day.Add(time.Second)}} {
		var got []catalog.UsageRecord
		for rec, err := range e.Usage(crawl(), f) {
			if err != nil {
				t.Fatalf("Usage: %v", err)
			}
			got = append(got, rec)
		}
		want := []catalog.UsageRecord{{Asset: u, Source: "log", Start: day, UsageRow: catalog.UsageRow{Actor: "ana", Kind: "human", Queries: 5}}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Usage(%+v) (-want +got):\n%s", f, diff)
		}
	}
}

func TestLargeValuesAndLongNames(t *testing.T) {
	e := newEstate(t)
	a := table("s."+strings.Repeat("x", 5000), "id")
	a.Profile.Description = strings.Repeat("long ", 500_000)
	e.apply(t, catalog.Import, a)
	if got := e.find(t, a.URN); got.Profile.Description != a.Profile.Description {
		t.Errorf("description: got %d bytes want %d", len(got.Profile.Description), len(a.Profile.Description))
	}
	var listed []urn.URN
	for x, err := range e.List(as("ana", access.Viewer), catalog.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		listed = append(listed, x.URN)
	}
	if len(listed) != 1 || listed[0] != a.URN {
		t.Errorf("List: got %d names want the long one whole", len(listed))
	}
	_, err := e.Apply(crawl(), catalog.Batch{Author: catalog.Import, Assets: []catalog.Asset{table(strings.Repeat("x", 64<<10))}})
	if !errors.Is(err, fault.Invalid) {
		t.Errorf("a name of 64 KiB: got %v want fault.Invalid", err)
	}
}

// Every aspect of Asset has its slot, or it would be lost without a word.
func TestEveryAspectIsKept(t *testing.T) {
	e := newEstate(t)
	a := catalog.Asset{URN: urn.Dataset("postgres", "s.full", ""), Type: catalog.Dataset}
	v, n := reflect.ValueOf(&a).Elem(), 0
	for i := range v.NumField() {
		f := v.Field(i)
		if f.Kind() != reflect.Pointer {
			continue
		}
		n++
		f.Set(reflect.New(f.Type().Elem()))
		fill(f.Elem())
	}
	e.apply(t, catalog.Import, a)
	got := e.find(t, a.URN)
	if len(got.Said) != n {
		t.Errorf("facts kept: got %d want %d", len(got.Said), n)
	}
	got.Said, got.Seq, got.Created, got.Type = nil, 0, time.Time{}, a.Type
	a.Schema.Columns[0].Description = a.Notes.Columns["x"].Description
	a.Status.Stub, a.Status.LeftOut = false, false // an import vouches for it
	if diff := cmp.Diff(a, got); diff != "" {
		t.Errorf("read back (-want +got):\n%s", diff)
	}
}

// fill gives every member below v a value that is not zero.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Float64:
		v.SetFloat(0.5)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		val := reflect.New(v.Type().Elem()).Elem()
		fill(val)
		v.SetMapIndex(reflect.ValueOf("x"), val)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)))
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	}
}
