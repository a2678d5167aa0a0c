package notify

import (
	"context"
	"crypto/tls"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/smtp"
	"net/url"
	"strings"
	"time"

	"waymark/catalog/fault"
)

// Mail is the server that takes mail.
type Mail struct {
	// Server is smtp://USER@HOST:587, which is encrypted by STARTTLS before anything
	// is told, or smtps://USER@HOST:465. Without USER nobody signs in. "" sends no mail.
	Server   string
	Password string
	From     string
}

func (m Mail) check() error {
	if m.Server == "" {
		return nil
	}
	u, err := url.Parse(m.Server)
	if err != nil || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Port() == "" {
		return fault.Invalid.Errorf("notify.mail: write smtp://USER@HOST:587 or smtps://USER@HOST:465")
	}
	if _, has := u.User.Password(); has {
		return fault.Invalid.Errorf("notify.mail: keep the password out of the address, in notify.password")
	}
	if _, err := mail.ParseAddress(m.From); err != nil {
		return fault.Invalid.Errorf("notify.from: %q is no mail address", m.From)
	}
	return nil
}

// send gives one message to the server. Its errors say what the server said, never
// the password.
func (m Mail) send(ctx context.Context, to string, msg message, now time.Time) error {
	if m.Server == "" {
		return fault.Unavailable.Errorf("no mail server is set; an operator sets notify.mail")
	}
	rcpt, err := mail.ParseAddress(to)
	if err != nil {
		return fault.Invalid.Errorf("the catalog's e-mail address of the subscriber is none")
	}
	from, err := mail.ParseAddress(m.From)
	if err != nil {
		return fault.Invalid.Errorf("notify.from is no mail address")
	}
	c, err := m.dial(ctx)
	if err != nil {
		return fault.Unavailable.Errorf("the mail server: %w", err)
	}
	defer c.Close() // after Quit it only says that it is closed
	if err := talk(c, from.Address, rcpt.Address, msg.mail(from, rcpt, now)); err != nil {
		return fault.Unavailable.Errorf("the mail server: %w", err)
	}
	return nil
}

// dial connects, encrypts and signs in.
func (m Mail) dial(ctx context.Context) (*smtp.Client, error) {
	u, err := url.Parse(m.Server)
	if err != nil {
		return nil, fault.Invalid.Errorf("notify.mail is no address")
	}
	host := u.Hostname()
	conn, err := (&net.Dialer{Timeout: patience}).DialContext(ctx, "tcp", u.Host)
	if err != nil {
		return nil, err
	}
	if deadline, ok := ctx.Deadline(); ok {
		if err := conn.SetDeadline(deadline); err != nil {
			return nil, err
		}
	}
	if u.Scheme == "smtps" {
		conn = tls.Client(conn, &tls.Config{ServerName: host})
	}
	c, err := smtp.NewClient(conn, host)
	if err != nil {
		_ = conn.Close() // the first error counts
		return nil, err
	}
	if err := m.greet(c, u, host); err != nil {
		_ = c.Close() // likewise
		return nil, err
	}
	return c, nil
}

// greet encrypts, unless the server is on this machine, and signs in.
func (m Mail) greet(c *smtp.Client, u *url.URL, host string) error {
	if u.Scheme == "smtps" { // it is encrypted already
		return m.signIn(c, u, host)
	}
	if ok, _ := c.Extension("STARTTLS"); ok {
		if err := c.StartTLS(&tls.Config{ServerName: host}); err != nil {
			return err
		}
	} else if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fault.Unavailable.Errorf("it does not offer STARTTLS, and nothing is sent in clear")
	}
	return m.signIn(c, u, host)
}

func (m Mail) signIn(c *smtp.Client, u *url.URL, host string) error {
	if user := u.User.Username(); user != "" {
		return c.Auth(smtp.PlainAuth("", user, m.Password, host))
	}
	return nil
}

func talk(c *smtp.Client, from, to string, text []byte) error {
	if err := c.Mail(from); err != nil {
		return err
	}
	if err := c.Rcpt(to); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(text); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	_ = c.Quit() // the message is taken; how it says goodbye changes nothing
	return nil
}

// mail is the message as RFC 5322 wants it: plain text, UTF-8.
func (m message) mail(from, to *mail.Address, now time.Time) []byte {
	var b strings.Builder
	header := func(name, value string) { fmt.Fprintf(&b, "%s: %s\r\n", name, value) }
	_, domain, _ := strings.Cut(from.Address, "@")
	header("From", from.String())
	header("To", to.String())
	header("Subject", mime.QEncoding.Encode("utf-8", shorten(m.Subject, maxSubject))) // no line break begins another header
	header("Date", now.UTC().Format(time.RFC1123Z))
	header("Message-ID", "<"+m.ID+"@"+domain+">")
	header("Auto-Submitted", "auto-generated")
	header("MIME-Version", "1.0")
	header("Content-Type", `text/plain; charset="utf-8"`)
	header("Content-Transfer-Encoding", "quoted-printable")
	b.WriteString("\r\n")
	w := quotedprintable.NewWriter(&b)
	for _, l := range m.Lines {
		fmt.Fprintf(w, "- %s\r\n", l.Text) // a strings.Builder takes everything
		if l.Link != "" {
			fmt.Fprintf(w, "  %s\r\n", l.Link)
		}
	}
	fmt.Fprintf(w, "\r\nYou asked for this under Subscriptions in Waymark, and end it there.\r\n")
	_ = w.Close() // likewise
	return []byte(b.String())
}

// maxSubject is what a list of mail shows, and some more.
const maxSubject = 160
