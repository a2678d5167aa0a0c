package pii_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv/memkv"
	"waymark/catalog/urn"
	"waymark/pii"
)

// values is a working stand-in for the connectors: it serves what it was given.
type values map[string][]string

func (v values) Sample(_ context.Context, _ urn.URN, columns []string, _ int) ([][]string, error) {
	if v == nil {
		return nil, fault.Denied.Errorf("no SELECT")
	}
	out := make([][]string, len(columns))
	for i, c := range columns {
		out[i] = v[c]
	}
	return out, nil
}

var people = urn.Dataset("postgres", "shop.public.people", "")

func newDesk(t *testing.T, v values) (*pii.Desk, *catalog.Catalog) {
	t.Helper()
	store, log := memkv.New(), slog.New(slog.DiscardHandler)
	t.Cleanup(func() { store.Close() })
	cat := catalog.New(store, access.New(store, log), log)
	apply(t, cat, "email", "note", "total_cents")
	return pii.New(cat, store, v, log), cat
}

func crawl() context.Context { return access.With(context.Background(), access.System("crawl")) }

func officer() context.Context {
	return access.With(context.Background(), access.Caller{User: "sora", Roles: []access.Role{access.PrivacyOfficer}, Via: "local"})
}

func apply(t *testing.T, cat *catalog.Catalog, columns ...string) {
	t.Helper()
	a := catalog.Asset{URN: people, Type: catalog.Dataset, Profile: &catalog.Profile{Subtype: "table"}, Schema: &catalog.Schema{}}
	for _, c := range columns {
		a.Schema.Columns = append(a.Schema.Columns, catalog.Column{Name: c, Type: "text"})
	}
	if _, err := cat.Apply(crawl(), catalog.Batch{Author: catalog.BySource("shop"), Assets: []catalog.Asset{a}}); err != nil {
		t.Fatalf("Apply: %v", err)
	}
}

func marks(t *testing.T, cat *catalog.Catalog) map[string]catalog.PrivacyMark {
	t.Helper()
	a, err := cat.Find(officer(), people)
	if err != nil {
		t.Fatalf("Find: %v", err)
	}
	if a.Privacy == nil {
		return nil
	}
	return a.Privacy.Columns
}

func TestSyncMarksAndRests(t *testing.T) {
	d, cat := newDesk(t, values{"email": {"a.kim@example.org", "bo@example.com", "c@example.net", "d.d@example.org", "e@example.com", "f@example.org", "g@example.org", "h@example.org"}})
	for range 2 {
		if err := d.Sync(crawl()); err != nil {
			t.Fatalf("Sync: %v", err)
		}
	}
	got := marks(t, cat)
	if m := got["email"]; m.Class != "user.contact.email" || m.State != pii.Tagged || m.Sensitivity != "high" {
		t.Errorf("email: got %+v want it tagged as user.contact.email, high", m)
	}
	if m, ok := got["total_cents"]; ok {
		t.Errorf("total_cents: got %+v want no mark", m)
	}
	before, _ := cat.Head(crawl())
	if err := d.Sync(crawl()); err != nil {
		t.Fatalf("Sync: %v", err)
	}
	if after, _ := cat.Head(crawl()); after != before {
		t.Errorf("a sync without news: got number %d want %d, it answered its own marks", after, before)
	}
	o, err := d.Overview(officer())
	if err != nil || o.Sampled["shop"] != 1 || o.Datasets["shop"] != 1 || len(o.Held) == 0 {
		t.Errorf("Overview: got %+v, %v want one dataset, sampled, and what it holds", o, err)
	}
}

func TestDecisionsSurvive(t *testing.T) {
	d, cat := newDesk(t, nil)
	if err := d.Sync(crawl()); err != nil {
		t.Fatalf("Sync: %v", err)
	}
	word := catalog.Decision{NotPersonal: true, Reason: "addresses of shared mailboxes"}
	if _, err := d.Decide(officer(), people, "email", word); err != nil {
		t.Fatalf("Decide: %v", err)
	}
	apply(t, cat, "email", "note", "total_cents", "new_column")
	if err := d.Sync(crawl()); err != nil {
		t.Fatalf("Sync: %v", err)
	}
	if m := marks(t, cat)["email"]; m.State != pii.Rejected || m.Origin != "decided" {
		t.Errorf("email after a crawl: got %+v want the decision kept", m)
	}
	if _, err := d.Decide(officer(), people, "note", catalog.Decision{Class: "user.contact.phone_number", Reason: "seen in the form"}); err != nil {
		t.Fatalf("Decide: %v", err)
	}
	if _, err := d.Withdraw(officer(), people, "email", "decided too soon"); err != nil {
		t.Fatalf("Withdraw: %v", err)
	}
	if m := marks(t, cat)["email"]; m.Origin != "detected" {
		t.Errorf("email after the decision was taken back: got %+v want the finding again", m)
	}
	if _, err := d.Decide(officer(), people, "email", word); err != nil {
		t.Fatalf("Decide again: %v", err)
	}
	list, err := d.Review(officer(), pii.Filter{State: pii.Tagged})
	if err != nil || len(list) != 1 || list[0].Column != "note" {
		t.Errorf("Review: got %+v, %v want note alone", list, err)
	}
}

func TestDecideRefuses(t *testing.T) {
	d, _ := newDesk(t, nil)
	viewer := access.With(context.Background(), access.Caller{User: "vic", Roles: []access.Role{access.Viewer}})
	tests := []struct {
		name   string
		ctx    context.Context
		column string
		word   catalog.Decision
		want   fault.Kind
	}{
		{"no right", viewer, "email", catalog.Decision{NotPersonal: true, Reason: "x"}, fault.Denied},
		{"no reason", officer(), "email", catalog.Decision{NotPersonal: true}, fault.Invalid},
		{"nothing said", officer(), "email", catalog.Decision{Reason: "x"}, fault.Invalid},
		{"no such class", officer(), "email", catalog.Decision{Class: "user.nonsense.x", Reason: "x"}, fault.Invalid},
		{"no such column", officer(), "mail", catalog.Decision{NotPersonal: true, Reason: "x"}, fault.NotFound},
	}
	for _, tt := range tests {
		if _, err := d.Decide(tt.ctx, people, tt.column, tt.word); !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v want %v", tt.name, err, tt.want)
		}
	}
}
