package notify

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv/memkv"
	"waymark/catalog/urn"
)

// chat is a real HTTP server that keeps what it is told, and fails while it is down.
type chat struct {
	*httptest.Server
	mu    sync.Mutex
	down  bool
	texts []string
	ids   []string
}

func newChat(t *testing.T) *chat {
	c := &chat{}
	c.Server = httptest.NewServer(c)
	t.Cleanup(c.Close)
	return c
}

func (c *chat) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.down {
		http.Error(w, "away", http.StatusServiceUnavailable)
		return
	}
	var m struct {
		Text string `json:"text"`
	}
	if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	c.texts, c.ids = append(c.texts, m.Text), append(c.ids, r.Header.Get("X-Waymark-Delivery"))
}

func (c *chat) set(down bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.down = down
}

func (c *chat) got() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.texts)
}

// office is a catalog with one table, Ana, and a Post that reaches this machine.
type office struct {
	*catalog.Catalog
	post  *Post
	hooks map[string]string
	now   time.Time
	n     int
}

func (o *office) ana() context.Context {
	return access.With(context.Background(), access.Caller{User: "ana", Roles: []access.Role{access.Viewer}, Via: "local"})
}

func (o *office) system() context.Context {
	return access.With(context.Background(), access.System("notify"))
}

var orders = urn.Dataset("postgres", "shop.mart.orders", "")

func newOffice(t *testing.T, m Mail) *office {
	t.Helper()
	store, log := memkv.New(), slog.New(slog.DiscardHandler)
	t.Cleanup(func() { store.Close() })
	o := &office{Catalog: catalog.New(store, access.New(store, log), log), hooks: map[string]string{}, now: time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)}
	o.Now = func() time.Time { return o.now }
	o.apply(t, catalog.Import, catalog.Asset{URN: urn.User("ana"), Type: catalog.User, Person: &catalog.Person{Email: "ana@example.org"}})
	o.restart(t, m)
	o.change(t)
	return o
}

// restart is another process on the same store.
func (o *office) restart(t *testing.T, m Mail) {
	t.Helper()
	post, err := New(o.Catalog, Options{
		Mail: m, Link: "https://waymark.example.org/", Networks: []string{"127.0.0.0/8"},
		Reveal: func(ref string) (string, error) {
			if a, ok := o.hooks[ref]; ok {
				return a, nil
			}
			return "", fault.Invalid.Errorf("%s is not set", ref)
		},
		Caller: func(_ context.Context, user string) (access.Caller, error) {
			if user == "aaron" { // who lost every role
				return access.Caller{User: user, Via: "local"}, nil
			}
			return access.Caller{User: user, Roles: []access.Role{access.Viewer}, Via: "local"}, nil
		},
		Touched: func(context.Context, catalog.Event) (int, error) { return 3, nil },
	}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	post.Now = func() time.Time { return o.now }
	o.post = post
}

func (o *office) apply(t *testing.T, author catalog.Author, a catalog.Asset) {
	t.Helper()
	if _, err := o.Apply(access.With(context.Background(), access.System("crawl")), catalog.Batch{Author: author, Assets: []catalog.Asset{a}}); err != nil {
		t.Fatal(err)
	}
}

// change renames the table's column: one breaking change.
func (o *office) change(t *testing.T) {
	t.Helper()
	o.n++
	o.apply(t, catalog.BySource("shop"), catalog.Asset{URN: orders, Type: catalog.Dataset,
		Schema: &catalog.Schema{Columns: []catalog.Column{{Name: fmt.Sprintf("c%d", o.n), Type: "text"}}}})
}

func (o *office) subscribe(t *testing.T, s catalog.Subscription) catalog.Subscription {
	t.Helper()
	s.Scope, s.Kinds = catalog.Everything, []string{catalog.NewsBreaking}
	s, err := o.Subscribe(o.ana(), s)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (o *office) deliver(t *testing.T) catalog.Subscriber {
	t.Helper()
	if err := o.post.Deliver(o.system()); err != nil {
		t.Fatalf("Deliver: %v", err)
	}
	list, err := o.OwnSubscriptions(o.ana())
	if err != nil || len(list) != 1 {
		t.Fatalf("subscriptions: got %v, %v want one", list, err)
	}
	return list[0]
}

func TestWebhookIsToldOnceAlsoAfterARestart(t *testing.T) {
	o, c := newOffice(t, Mail{}), newChat(t)
	o.hooks["${WAYMARK_HOOK_TEAM}"] = c.URL + "/services/T0/secret"
	o.subscribe(t, catalog.Subscription{Channel: catalog.ByWebhook, Hook: "${WAYMARK_HOOK_TEAM}"})
	o.change(t)
	o.deliver(t)
	o.deliver(t)
	o.restart(t, Mail{})
	o.deliver(t)
	want := "• shop.mart.orders: column c1 seems to be called c2 now (breaking; 3 assets downstream) <https://waymark.example.org/asset/urn:li:dataset:%28urn:li:dataPlatform:postgres%2Cshop.mart.orders%2CPROD%29|open>"
	if got := c.got(); len(got) != 1 || got[0] != want {
		t.Errorf("texts: got %q want one: %q", got, want)
	}
}

func TestWhatIsNotTakenIsTriedAgainLater(t *testing.T) {
	o, c := newOffice(t, Mail{}), newChat(t)
	o.hooks["${WAYMARK_HOOK_TEAM}"] = c.URL + "/services/T0/secret"
	o.subscribe(t, catalog.Subscription{Channel: catalog.ByWebhook, Hook: "${WAYMARK_HOOK_TEAM}"})
	c.set(true)
	o.change(t)
	first := o.deliver(t)
	if first.Tries != 1 || !first.Next.After(o.now) || first.Problem != "the webhook answered 503" {
		t.Errorf("after a failure: got %+v want one try, a later one, and what was answered", first.Delivery)
	}
	if again := o.deliver(t); again.Tries != 1 {
		t.Errorf("before its time: got %d tries want 1", again.Tries)
	}
	o.now = first.Next
	if second := o.deliver(t); second.Tries != 2 || second.Next.Sub(o.now) != 2*firstWait {
		t.Errorf("second failure: got %+v want twice the wait", second.Delivery)
	}
	c.set(false)
	o.change(t)
	o.now = o.now.Add(longestWait)
	if done := o.deliver(t); done.Tries != 0 || done.Problem != "" {
		t.Errorf("once it is back: got %+v want no problem", done.Delivery)
	}
	if got := c.got(); len(got) != 1 || strings.Count(got[0], "•") != 2 {
		t.Errorf("texts: got %q want both changes in one", got)
	}
}

func TestOneWithoutRightsHoldsNobodyUp(t *testing.T) {
	o, c := newOffice(t, Mail{}), newChat(t)
	o.hooks["${WAYMARK_HOOK_TEAM}"] = c.URL + "/services/T0/secret"
	s := catalog.Subscription{Channel: catalog.ByWebhook, Hook: "${WAYMARK_HOOK_TEAM}", Scope: catalog.Everything, Kinds: []string{catalog.NewsBreaking}}
	aaron := access.With(t.Context(), access.Caller{User: "aaron", Roles: []access.Role{access.Viewer}, Via: "local"})
	if _, err := o.Subscribe(aaron, s); err != nil { // stands before Ana's
		t.Fatal(err)
	}
	o.subscribe(t, s)
	o.change(t)
	if d := o.deliver(t); d.Sent.IsZero() {
		t.Errorf("Ana's delivery: got %+v want sent", d.Delivery)
	}
	if list, err := o.OwnSubscriptions(aaron); err != nil || len(list) != 1 || list[0].Problem == "" {
		t.Errorf("Aaron's: got %+v, %v want why nothing came", list, err)
	}
	if got := c.got(); len(got) != 1 {
		t.Errorf("texts: got %q want Ana's alone", got)
	}
}

// However many columns changed, the message stays short and still says what breaks.
func TestLongNewsAreCut(t *testing.T) {
	o := newOffice(t, Mail{})
	n := catalog.News{Event: catalog.Event{URN: orders, Kind: catalog.EventChanged}, Asset: catalog.Asset{URN: orders, Type: catalog.Dataset}}
	for i := range 300 {
		n.Columns = append(n.Columns, catalog.ColumnChange{Column: fmt.Sprintf("column_%d", i), Was: "text"})
	}
	text, err := o.post.tell(o.ana(), n)
	if err != nil || len([]rune(text)) > maxText+60 || !strings.HasSuffix(text, "(breaking; 3 assets downstream)") {
		t.Errorf("text: got %q, %v want it cut, with what stands downstream", text, err)
	}
}

func TestAddressesAreNeverTold(t *testing.T) {
	o := newOffice(t, Mail{})
	for _, address := range []string{"http://127.0.0.1:1/services/canary", "file:///etc/canary", "gopher://canary", "http://canary.invalid/x", "://canary"} {
		err := o.post.hook.send(t.Context(), address, message{})
		if err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: got %v want an error without the address", address, err)
		}
	}
}

func TestOnlyPublicAddressesAreReached(t *testing.T) {
	hook, err := newWebhook([]string{"10.2.0.0/16"})
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]bool{
		"93.184.216.34:443": true, "[2606:2800:220:1::1]:443": true, "10.2.3.4:80": true, "10.3.3.4:80": false, "127.0.0.1:80": false, "[::1]:80": false,
		"169.254.169.254:80": false, "[fe80::1]:80": false, "[::ffff:169.254.169.254]:80": false, "[::ffff:10.3.0.1]:80": false, "0.0.0.0:80": false, "100.64.0.1:80": false,
		"192.168.1.1:80": false, "172.16.0.1:80": false, "224.0.0.1:80": false, "255.255.255.255:80": false, "[fd00::1]:80": false, "[64:ff9b::a9fe:a9fe]:80": false, "[2002:a00:1::]:80": false, "nonsense": false,
	} {
		if got := reachable(address, hook.allowed) == nil; got != want {
			t.Errorf("%s: got reachable %t want %t", address, got, want)
		}
	}
	c := newChat(t)
	if err := hook.send(t.Context(), c.URL, message{}); err == nil || len(c.got()) > 0 {
		t.Errorf("this machine, which was not allowed: got %v and %d texts want an error and none", err, len(c.got()))
	}
}

// A redirect is not followed: it could lead to where the first address may not.
func TestRedirectsAreNotFollowed(t *testing.T) {
	c := newChat(t)
	away := httptest.NewServer(http.RedirectHandler(c.URL, http.StatusTemporaryRedirect))
	defer away.Close()
	hook, err := newWebhook([]string{"127.0.0.0/8"})
	if err != nil {
		t.Fatal(err)
	}
	if err := hook.send(t.Context(), away.URL, message{}); err == nil || len(c.got()) > 0 {
		t.Errorf("redirected: got %v and %d texts want an error and none", err, len(c.got()))
	}
}

// postbox is a stand-in for a mail server: it speaks just enough SMTP to take one
// message a connection and keeps it.
type postbox struct {
	net.Listener
	letters chan string
}

func newPostbox(t *testing.T) *postbox {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &postbox{Listener: l, letters: make(chan string, 9)}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			p.talk(conn)
		}
	}()
	return p
}

func (p *postbox) talk(conn net.Conn) {
	defer conn.Close()
	r := bufio.NewReader(conn)
	say := func(s string) { fmt.Fprintf(conn, "%s\r\n", s) }
	say("220 postbox")
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		switch word, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(line)), " "); word {
		case "EHLO":
			say("250 postbox")
		case "MAIL", "RCPT":
			say("250 ok")
		case "DATA":
			say("354 go on")
			var letter strings.Builder
			for {
				line, err := r.ReadString('\n')
				if err != nil {
					return
				}
				if line == ".\r\n" {
					break
				}
				letter.WriteString(line)
			}
			p.letters <- letter.String()
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("502 what?")
		}
	}
}

func TestMailGoesToTheSubscriber(t *testing.T) {
	box := newPostbox(t)
	o := newOffice(t, Mail{Server: "smtp://" + box.Addr().String(), From: "Waymark <waymark@example.org>"})
	s := o.subscribe(t, catalog.Subscription{Channel: catalog.ByMail})
	o.change(t)
	if d := o.deliver(t); d.Tries != 0 || d.Sent.IsZero() {
		t.Fatalf("delivery: got %+v want sent", d.Delivery)
	}
	letter := <-box.letters
	m, err := mail.ReadMessage(strings.NewReader(letter))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"To": "<ana@example.org>", "From": `"Waymark" <waymark@example.org>`, "Auto-Submitted": "auto-generated"} {
		if got := m.Header.Get(name); got != want {
			t.Errorf("%s: got %q want %q", name, got, want)
		}
	}
	if id := m.Header.Get("Message-ID"); !strings.HasPrefix(id, "<"+s.ID+"-") {
		t.Errorf("Message-ID: got %q want one of the subscription", id)
	}
	body, err := io.ReadAll(m.Body)
	if err != nil || !strings.Contains(string(body), "column c1 seems to be called c2 now") {
		t.Errorf("body: got %q, %v want the change", body, err)
	}
}

func TestNamesCannotBeginAHeader(t *testing.T) {
	m := message{ID: "a-1-1", Subject: "Waymark: t\r\nBcc: all@example.org", Lines: []line{{Text: "t\r\n.\r\nMAIL FROM:<x>"}}}
	from, to := &mail.Address{Address: "w@example.org"}, &mail.Address{Address: "ana@example.org"}
	got, err := mail.ReadMessage(strings.NewReader(string(m.mail(from, to, time.Unix(0, 0)))))
	if err != nil {
		t.Fatal(err)
	}
	if got.Header.Get("Bcc") != "" || !strings.Contains(got.Header.Get("Subject"), "Bcc") {
		t.Errorf("headers: got %v want the whole name inside the subject", got.Header)
	}
}

func TestMailOptionsAreChecked(t *testing.T) {
	for _, m := range []Mail{{Server: "mail.example.org"}, {Server: "smtp://mail.example.org", From: "w@example.org"}, {Server: "smtp://u:canary@mail.example.org:587", From: "w@example.org"}, {Server: "smtps://mail.example.org:465", From: "nobody"}} {
		if err := m.check(); err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: got %v want an error without the password", m.Server, err)
		}
	}
}
