package catalog_test

import (
	"errors"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// people adds Ana with an address.
func (e *estate) people(t *testing.T) {
	t.Helper()
	e.apply(t, catalog.Import, catalog.Asset{URN: urn.User("ana"), Type: catalog.User, Person: &catalog.Person{Display: "Ana Ruiz", Email: "ana@example.org"}})
}

func TestSubscribeRefuses(t *testing.T) {
	e := newEstate(t)
	e.people(t)
	ana, admin := as("ana", access.Viewer), as("ines", access.Admin)
	hook := func(h string) catalog.Subscription {
		return catalog.Subscription{Scope: catalog.Everything, Kinds: []string{catalog.NewsBreaking}, Channel: catalog.ByWebhook, Hook: h}
	}
	mail := func(scope, value string, kinds ...string) catalog.Subscription {
		return catalog.Subscription{Scope: scope, Value: value, Kinds: kinds, Channel: catalog.ByMail}
	}
	tests := []struct {
		name string
		s    catalog.Subscription
		want error
	}{
		{"an address in clear", hook("https://chat.example.org/T0/secret"), fault.Invalid},
		{"a secret carried elsewhere", hook("https://evil.example.org/${WAYMARK_HOOK_TEAM}"), fault.Invalid},
		{"any variable of the server", hook("${DATABASE_URL}"), fault.Denied},
		{"any file of the server", hook("${file:/etc/passwd}"), fault.Denied},
		{"no kind", mail(catalog.Everything, ""), fault.Invalid},
		{"no such kind", mail(catalog.Everything, "", "gossip"), fault.Invalid},
		{"no such scope", mail("planet", "", catalog.NewsCheck), fault.Invalid},
		{"no such asset", mail(catalog.OfAsset, "urn:li:tag:none", catalog.NewsCheck), fault.NotFound},
		{"a zone without a name", mail(catalog.OfZone, "", catalog.NewsCheck), fault.Invalid},
	}
	for _, tt := range tests {
		if _, err := e.Subscribe(ana, tt.s); !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v want %v", tt.name, err, tt.want)
		}
	}
	if _, err := e.Subscribe(ana, hook("${WAYMARK_HOOK_TEAM}")); err != nil {
		t.Errorf("what the operator set for this: got %v want nil", err)
	}
	if _, err := e.Subscribe(admin, hook("${file:/run/secrets/hook}")); err != nil {
		t.Errorf("a file, by an administrator: got %v want nil", err)
	}
	if _, err := e.Subscribe(admin, mail(catalog.Everything, "", catalog.NewsCheck)); !errors.Is(err, fault.Invalid) {
		t.Errorf("mail to somebody without an address: got %v want fault.Invalid", err)
	}
}

// A subscription tells what came after it, of what it covers, and nothing to others.
func TestAfterTellsWhatWasAskedFor(t *testing.T) {
	e := newEstate(t)
	e.people(t)
	orders, users := table("shop.mart.orders", "id", "net"), table("shop.raw.users", "id", "mail")
	shop := catalog.BySource("shop")
	e.apply(t, shop, orders, users)
	orders.Schema = &catalog.Schema{Columns: orders.Schema.Columns[:1]}
	e.apply(t, shop, orders) // before the subscription
	ana := as("ana", access.Viewer)
	s, err := e.Subscribe(ana, catalog.Subscription{Scope: catalog.OfZone, Value: "mart", Kinds: []string{catalog.NewsBreaking, catalog.NewsCheck}, Channel: catalog.ByMail})
	if err != nil {
		t.Fatal(err)
	}
	users.Schema = &catalog.Schema{Columns: users.Schema.Columns[:1]}
	e.apply(t, shop, users) // another zone
	orders.Schema = &catalog.Schema{Columns: append(orders.Schema.Columns, catalog.Column{Name: "tax", Type: "text"})}
	e.apply(t, shop, orders) // breaks nothing
	orders.Schema = &catalog.Schema{Columns: orders.Schema.Columns[1:]}
	e.apply(t, shop, orders)
	e.record(t, orders.URN, run("unique", catalog.CheckFailed, catalog.Critical, e.now))
	list, err := e.Subscribers(crawl())
	if err != nil || len(list) != 1 || list[0].User != "ana" {
		t.Fatalf("Subscribers: got %+v, %v want Ana's one", list, err)
	}
	var got []string
	at := list[0].Reached
	for range 9 { // in pages of one
		news, reached, err := e.After(ana, s, at, 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range news {
			got = append(got, n.What())
		}
		if at = reached; len(news) == 0 {
			break
		}
	}
	want := []string{"column id removed", "incident opened: check unique fails"}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("news: got %q want %q", got, want)
	}
	if mine, err := e.OwnSubscriptions(as("mina", access.Viewer)); err != nil || len(mine) > 0 {
		t.Errorf("another person's: got %v, %v want none", mine, err)
	}
	if err := e.Unsubscribe(as("mina", access.Viewer), s.ID); !errors.Is(err, fault.NotFound) {
		t.Errorf("ended by another person: got %v want fault.NotFound", err)
	}
	if err := e.Unsubscribe(ana, s.ID); err != nil {
		t.Errorf("Unsubscribe: %v", err)
	}
	if err := e.SaveDelivery(crawl(), s.ID, catalog.Delivery{Reached: at}); err != nil {
		t.Errorf("a delivery that ends later: got %v want nil", err)
	}
	if list, err = e.Subscribers(crawl()); err != nil || len(list) > 0 {
		t.Errorf("Subscribers after it ended: got %v, %v want none", list, err)
	}
}

func TestFeedIsNarrowedAndPaged(t *testing.T) {
	e := newEstate(t)
	e.people(t)
	shop := catalog.BySource("shop")
	orders, users := table("shop.mart.orders", "a", "b", "c", "d"), table("shop.raw.users", "id")
	e.apply(t, shop, orders, users)
	for n := 3; n > 0; n-- {
		e.now = e.now.AddDate(0, 0, 1)
		orders.Schema = &catalog.Schema{Columns: orders.Schema.Columns[:n]}
		e.apply(t, shop, orders)
	}
	users.Schema = &catalog.Schema{Columns: append(users.Schema.Columns, catalog.Column{Name: "mail", Type: "text"})}
	e.apply(t, shop, users)
	mina := as("mina", access.Viewer)
	feed := func(f catalog.FeedFilter, limit int) (out []catalog.News, total int) {
		t.Helper()
		out, total, err := e.Feed(mina, f, limit)
		if err != nil {
			t.Fatal(err)
		}
		return out, total
	}
	if list, total := feed(catalog.FeedFilter{}, 10); len(list) != 4 || total != 4 || list[0].Asset.URN != users.URN {
		t.Errorf("all: got %d of %d, first %s want 4 of 4, users first", len(list), total, list[0].Asset.URN)
	}
	if list, total := feed(catalog.FeedFilter{Kinds: []string{catalog.NewsBreaking}}, 2); len(list) != 2 || total != 3 {
		t.Errorf("breaking: got %d of %d want 2 of 3", len(list), total)
	} else if more, total := feed(catalog.FeedFilter{Kinds: []string{catalog.NewsBreaking}, Before: list[1].Seq}, 2); len(more) != 1 || total != 3 {
		t.Errorf("next page: got %d of %d want 1 of 3", len(more), total)
	}
	if _, total := feed(catalog.FeedFilter{Since: e.now.Add(-36 * time.Hour)}, 10); total != 3 {
		t.Errorf("since a day and a half: got %d want 3", total)
	}
	if _, total := feed(catalog.FeedFilter{Zone: "raw"}, 10); total != 1 {
		t.Errorf("zone raw: got %d want 1", total)
	}
	if _, total := feed(catalog.FeedFilter{Owner: "ana"}, 10); total != 0 {
		t.Errorf("owned by Ana: got %d want 0", total)
	}
	if _, total := feed(catalog.FeedFilter{Followed: []catalog.Subscription{}}, 10); total != 0 {
		t.Errorf("followed by nobody: got %d want 0", total)
	}
}

// A table that crawls no longer find is news, and breaks what stands on it.
func TestADroppedTableIsNews(t *testing.T) {
	e := newEstate(t)
	first, second := table("s.first", "id"), table("s.second", "id")
	e.apply(t, catalog.BySource("shop"), first, second)
	scope, seen := catalog.Scope{Source: "shop", Name: "s", Platform: "postgres", Prefix: "s."}, map[urn.URN]struct{}{second.URN: {}}
	for looks := range 3 {
		if _, err := e.Finish(crawl(), scope, seen, catalog.FinishOptions{}); err != nil {
			t.Fatal(err)
		}
		got, _, err := e.Feed(as("mina", access.Viewer), catalog.FeedFilter{Kinds: []string{catalog.NewsBreaking}}, 10)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != min(looks, 1) || looks > 0 && (got[0].Asset.URN != first.URN || got[0].What() != "removed") {
			t.Errorf("after %d looks: got %+v want from the second on that the first table was removed, once", looks+1, got)
		}
		e.now = e.now.Add(25 * time.Hour)
	}
	if _, _, err := e.Feed(as("mina", access.Viewer), catalog.FeedFilter{Kinds: []string{"gossip"}}, 1); !errors.Is(err, fault.Invalid) {
		t.Errorf("another kind: got %v want fault.Invalid", err)
	}
}
