package notify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"

	"waymark/catalog/fault"
)

// webhook posts messages as {"text": ...}, which Slack and its kin take. It reaches
// public addresses, and the private networks that the operator named.
type webhook struct {
	client  *http.Client
	allowed []netip.Prefix
}

func newWebhook(networks []string) (*webhook, error) {
	var allowed []netip.Prefix
	for _, n := range networks {
		prefix, err := netip.ParsePrefix(strings.TrimSpace(n))
		if err != nil {
			return nil, fault.Invalid.Errorf("notify.networks: %q is no network; write 10.2.0.0/16", n)
		}
		allowed = append(allowed, prefix)
	}
	w := &webhook{allowed: allowed}
	dialer := &net.Dialer{Timeout: patience, Control: w.control}
	w.client = &http.Client{
		Transport: &http.Transport{DialContext: dialer.DialContext, TLSHandshakeTimeout: patience, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse // an address that moved is for a person to look at
		},
	}
	return w, nil
}

// control looks at the address after it was resolved, just before the connection: a
// name may answer differently the second time.
func (w *webhook) control(_, address string, _ syscall.RawConn) error {
	return reachable(address, w.allowed)
}

var errRefused = errors.New("it lies in a private network that notify.networks does not name")

// shared are networks that are not public though netip does not call them private:
// carrier-grade NAT, protocol assignments, benchmarks, tests and reserved.
var shared = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("2002::/16"),
}

// reachable refuses what is not public, unless the operator named its network.
// Link-local addresses, where clouds keep their secrets, and multicast always.
func reachable(address string, allowed []netip.Prefix) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return errRefused
	}
	ip := at.Addr().Unmap().WithZone("")
	if ip.IsLinkLocalUnicast() || ip.IsMulticast() || ip.IsUnspecified() {
		return errRefused
	}
	for _, p := range allowed {
		if p.Contains(ip) {
			return nil
		}
	}
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() {
		return errRefused
	}
	for _, p := range shared {
		if p.Contains(ip) {
			return errRefused
		}
	}
	return nil
}

// maxAnswer is how much of an answer is read; nothing in it is used.
const maxAnswer = 4 << 10

// send posts one message. Its errors never hold the address, which is a secret.
func (w *webhook) send(ctx context.Context, address string, m message) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return fault.Invalid.Errorf("the reference does not hold an http or https address")
	}
	doc := map[string]string{"text": m.slack()}
	if m.Head != "" {
		doc["ledger_head"] = m.Head
	}
	body, err := json.Marshal(doc)
	if err != nil {
		return fault.Internal.Of(err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, u.String(), bytes.NewReader(body))
	if err != nil {
		return fault.Invalid.Errorf("the reference does not hold an http or https address")
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "Waymark")
	req.Header.Set("X-Waymark-Delivery", m.ID)
	resp, err := w.client.Do(req)
	if err != nil {
		return fault.Unavailable.Errorf("the webhook was not reached: %s", cause(err))
	}
	defer resp.Body.Close()                                          // only read
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, maxAnswer)) // so that the server sees it taken
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return fault.Unavailable.Errorf("the webhook answered %d", resp.StatusCode)
	}
	return nil
}

// cause says why a connection failed without the address: the errors of net/url
// quote it.
func cause(err error) string {
	var dns *net.DNSError
	switch {
	case errors.Is(err, errRefused):
		return errRefused.Error()
	case errors.Is(err, context.DeadlineExceeded):
		return "it took longer than " + patience.String()
	case errors.As(err, &dns):
		return "its name is not known"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nobody listens there"
	}
	return "the connection failed"
}

var slackEscape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// slack is the message in the few marks that chat servers share.
func (m message) slack() string {
	var b strings.Builder
	for i, l := range m.Lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString("• " + slackEscape.Replace(l.Text))
		if l.Link != "" {
			b.WriteString(" <" + l.Link + "|open>")
		}
	}
	return b.String()
}
