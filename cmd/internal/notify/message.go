package notify

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/urn"
)

// message is what goes out, whatever the channel. ID is the same for the same news
// of the same subscription, so that who gets it twice can tell.
type message struct {
	ID      string
	Subject string
	Lines   []line
	Head    string // of the ledger, for whoever keeps it; "" in news
}

// line is one piece of news and where to read more.
type line struct{ Text, Link string }

func (p *Post) compose(ctx context.Context, s catalog.Subscriber, news []catalog.News) (message, error) {
	m := message{ID: fmt.Sprintf("%s-%d-%d", s.ID, news[0].Seq, news[len(news)-1].Seq)}
	for _, n := range news {
		text, err := p.tell(ctx, n)
		if err != nil {
			return m, err
		}
		m.Lines = append(m.Lines, line{Text: text, Link: p.link(n)})
	}
	m.Subject = "Waymark: " + m.Lines[0].Text
	if more := len(m.Lines) - 1; more > 0 {
		m.Subject = fmt.Sprintf("Waymark: %d changes, first %s", more+1, m.Lines[0].Text)
	}
	return m, nil
}

// maxText is how much is told of one change: of a table with a hundred new columns the
// rest is on its page.
const maxText = 500

// shorten puts a text into one line of at most n letters.
func shorten(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// tell says one piece of news in one line.
func (p *Post) tell(ctx context.Context, n catalog.News) (string, error) {
	text := shorten(n.Asset.Name()+": "+n.What(), maxText)
	if n.Trouble != nil || !n.Breaking() {
		return text, nil
	}
	touched, err := p.o.Touched(ctx, n.Event)
	if err != nil {
		return "", err
	}
	switch touched {
	case 0:
		return text + " (breaking; nothing known downstream)", nil
	case 1:
		return text + " (breaking; 1 asset downstream)", nil
	}
	return fmt.Sprintf("%s (breaking; %d assets downstream)", text, touched), nil
}

func (p *Post) link(n catalog.News) string {
	if p.o.Link == "" {
		return ""
	}
	return strings.TrimSuffix(p.o.Link, "/") + "/asset/" + url.PathEscape(string(n.Asset.URN))
}

// address is the mail address that the catalog has of a person.
func (p *Post) address(ctx context.Context, user string) (string, error) {
	list, err := p.cat.FindMany(access.With(ctx, access.System("notify")), []urn.URN{urn.User(user)})
	if err != nil {
		return "", err
	}
	if len(list) == 0 || list[0].Person == nil || list[0].Person.Email == "" {
		return "", fault.NotFound.Errorf("the catalog has no e-mail address of %s", user)
	}
	return list[0].Person.Email, nil
}
