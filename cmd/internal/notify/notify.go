// Package notify tells people what they subscribed to, by mail and by webhook. It
// follows the catalog's feed for each subscription from that one's own number and
// saves the number after each message that was taken: nothing is left out, and a
// restart repeats at most the message that was under way.
//
// It decides neither what is news nor who may see it: the catalog is asked as the
// person who subscribed. A message names assets, columns and counts, never a value,
// a statement or the address that it goes to.
package notify

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/fault"
)

// Options say where messages go out and what they need of the rest of Waymark.
type Options struct {
	Mail Mail
	Link string // address of the UI, for links; "" leaves them out
	// Networks are private networks that webhooks may reach, in CIDR notation.
	Networks []string
	// Reveal returns the address that a reference of a subscription stands for.
	Reveal func(ref string) (string, error)
	// Caller returns a person with the rights they have now.
	Caller func(ctx context.Context, user string) (access.Caller, error)
	// Touched counts what stands downstream of a breaking change.
	Touched func(ctx context.Context, e catalog.Event) (int, error)
}

// Post delivers. It is used by one goroutine at a time.
type Post struct {
	// Now tells the time; tests set it before the first call.
	Now func() time.Time

	cat  *catalog.Catalog
	o    Options
	hook *webhook
	log  *slog.Logger
}

// New returns a Post, or fault.Invalid for options that cannot work.
func New(cat *catalog.Catalog, o Options, log *slog.Logger) (*Post, error) {
	hook, err := newWebhook(o.Networks)
	if err != nil {
		return nil, err
	}
	if err := o.Mail.check(); err != nil {
		return nil, err
	}
	return &Post{Now: time.Now, cat: cat, o: o, hook: hook, log: log}, nil
}

// Limits of one round and of one message.
const (
	maxLines = 20 // of one message; more make another one
	rounds   = 5  // messages for one subscription before the next one has its turn
	patience = 15 * time.Second
)

// Deliver sends what there is to tell, and returns the error of the catalog alone: a
// message that is not taken is tried again later.
func (p *Post) Deliver(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "deliver news")
	list, err := p.cat.Subscribers(ctx)
	if err != nil {
		return err
	}
	for _, s := range list {
		if p.Now().Before(s.Next) {
			continue
		}
		if err := p.serve(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// SendHead gives a signed head of the ledger to a webhook, whose owner keeps it.
func (p *Post) SendHead(ctx context.Context, address, head string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return p.hook.send(ctx, address, message{ID: "ledger-head", Subject: "Head of the ledger", Lines: []line{{Text: head}}, Head: head})
}

// serve sends the news of one subscription, oldest first.
func (p *Post) serve(ctx context.Context, s catalog.Subscriber) error {
	who, err := p.o.Caller(ctx, s.User)
	if err != nil {
		return p.put(ctx, s, failed(s.Delivery, p.Now(), err))
	}
	as := access.With(ctx, who)
	for range rounds {
		news, reached, err := p.cat.After(as, s.Subscription, s.Reached, maxLines)
		if errors.Is(err, fault.Denied) { // they lost every right; the others still get theirs
			return p.put(ctx, s, failed(s.Delivery, p.Now(), err))
		}
		if err != nil {
			return err
		}
		if len(news) == 0 {
			if reached > s.Reached {
				s.Reached = reached
				return p.put(ctx, s, s.Delivery)
			}
			return nil
		}
		if bad := p.send(as, s, news); bad != nil {
			p.log.WarnContext(ctx, "news not delivered", "subscription", s.ID, "user", s.User, "tries", s.Tries+1, "error", bad)
			return p.put(ctx, s, failed(s.Delivery, p.Now(), bad))
		}
		s.Delivery = catalog.Delivery{Reached: reached, Sent: p.Now().UTC()}
		if err := p.put(ctx, s, s.Delivery); err != nil {
			return err
		}
	}
	return nil
}

func (p *Post) put(ctx context.Context, s catalog.Subscriber, d catalog.Delivery) error {
	return p.cat.SaveDelivery(ctx, s.ID, d)
}

// The first wait after a failure, which doubles up to the longest: a chat server that
// is away for a night is found again within hours, and a dead address costs little.
const (
	firstWait   = time.Minute
	longestWait = 6 * time.Hour
)

func failed(d catalog.Delivery, now time.Time, why error) catalog.Delivery {
	wait := longestWait
	if d.Tries < 9 { // 2^9 minutes are more than six hours
		wait = min(longestWait, firstWait<<d.Tries)
	}
	d.Tries++
	d.Next, d.Problem = now.Add(wait).UTC(), why.Error()
	return d
}

// send composes one message and hands it to the channel.
func (p *Post) send(ctx context.Context, s catalog.Subscriber, news []catalog.News) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	m, err := p.compose(ctx, s, news)
	if err != nil {
		return err
	}
	if s.Channel == catalog.ByMail {
		to, err := p.address(ctx, s.User)
		if err != nil {
			return err
		}
		return p.o.Mail.send(ctx, to, m, p.Now())
	}
	url, err := p.o.Reveal(s.Hook)
	if err != nil {
		return fault.Invalid.Errorf("the address %s is not set on the server", s.Hook) // the cause might name a file
	}
	return p.hook.send(ctx, url, m)
}
