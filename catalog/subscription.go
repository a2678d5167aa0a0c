package catalog

import (
	"context"
	"crypto/rand"
	"regexp"
	"slices"
	"strings"
	"time"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
)

// Subscription asks to be told of some kinds of changes of some assets. It is one
// person's own: nobody else sets or reads it, and keeping it is no change of the
// catalog.
type Subscription struct {
	ID      string    `cbor:"1,keyasint,omitempty"`
	Scope   string    `cbor:"2,keyasint,omitempty"` // asset, zone, owner, everything
	Value   string    `cbor:"3,keyasint,omitempty"` // the asset's URN, the zone's name, the owner's account
	Kinds   []string  `cbor:"4,keyasint,omitempty"`
	Channel string    `cbor:"5,keyasint,omitempty"` // mail, webhook
	Hook    string    `cbor:"6,keyasint,omitempty"` // ${NAME} or ${file:PATH}: the address is a secret
	Since   time.Time `cbor:"7,keyasint,omitzero"`
}

// The scopes of a subscription.
const (
	OfAsset    = "asset"
	OfZone     = "zone"
	OfOwner    = "owner"
	Everything = "everything"
)

// The kinds of news.
const (
	NewsBreaking   = "breaking"   // a change that can break what stands downstream
	NewsSchema     = "schema"     // any change of columns
	NewsDeprecated = "deprecated" // an asset is not to be used any more, or is again
	NewsIncident   = "incident"   // an incident opened or closed
	NewsCheck      = "check"      // a critical check fails or is well again
)

// The channels.
const (
	ByMail    = "mail"
	ByWebhook = "webhook"
)

var (
	newsKinds = []string{NewsBreaking, NewsSchema, NewsDeprecated, NewsIncident, NewsCheck}
	// hookRef is one reference and nothing else: text around it could carry another
	// secret of the server to an address of the caller's choice.
	hookRef = regexp.MustCompile(`^\$\{(file:[^}]+|[A-Za-z_][A-Za-z0-9_]*)\}$`)
)

// hookPrefix begins the names of environment variables that hold addresses for
// everybody. Any other reference takes an administrator: it could send a secret of
// the server to whoever listens there.
const hookPrefix = "${WAYMARK_HOOK_"

// bucketSubscription is account -> subscriptions, oldest first.
const bucketSubscription kv.Bucket = "subscription"

// maxSubscriptions is how many one person may have.
const maxSubscriptions = 100

// Subscribe keeps a subscription of the caller and returns it with its id. It tells
// of what happens from now on.
func (c *Catalog) Subscribe(ctx context.Context, s Subscription) (out Subscription, err error) {
	defer fault.Wrap(&err, "subscribe")
	if err := c.checkSubscription(ctx, &s); err != nil {
		return out, err
	}
	s.ID, s.Since = strings.ToLower(rand.Text()[:8]), c.Now().UTC()
	err = c.ownSubscriptions(ctx, func(w kv.Writer, list []Subscription) ([]Subscription, error) {
		if len(list) >= maxSubscriptions {
			return nil, fault.Conflict.Errorf("you have %d subscriptions already; end one first", len(list))
		}
		head, err := readSeq(w, bucketMeta, keyHead)
		if err != nil {
			return nil, err
		}
		if err := putDelivery(w, s.ID, Delivery{Reached: head}); err != nil {
			return nil, err
		}
		return append(list, s), nil
	})
	return s, err
}

// Unsubscribe ends a subscription of the caller, or returns fault.NotFound.
func (c *Catalog) Unsubscribe(ctx context.Context, id string) (err error) {
	defer fault.Wrap(&err, "end the subscription %s", id)
	return c.ownSubscriptions(ctx, func(w kv.Writer, list []Subscription) ([]Subscription, error) {
		at := slices.IndexFunc(list, func(s Subscription) bool { return s.ID == id })
		if at < 0 {
			return nil, fault.NotFound.Errorf("you have no such subscription")
		}
		return slices.Delete(list, at, at+1), w.Delete(bucketDelivery, []byte(id))
	})
}

// ownSubscriptions changes the caller's list inside one transaction.
func (c *Catalog) ownSubscriptions(ctx context.Context, change func(kv.Writer, []Subscription) ([]Subscription, error)) error {
	if err := c.allowed(ctx, access.View, "subscriptions"); err != nil {
		return err
	}
	who, _ := access.From(ctx)
	return c.store.Update(ctx, func(w kv.Writer) error {
		list, err := subscriptionsOf(w, who.User)
		if err != nil {
			return err
		}
		if list, err = change(w, list); err != nil {
			return err
		}
		b, err := encoding.Marshal(list)
		if err != nil {
			return fault.Internal.Of(err)
		}
		if err := w.Put(bucketSubscription, kv.Strings(who.User), b); err != nil {
			return err
		}
		return c.guard.Allow(ctx, w, access.View, "subscriptions of "+who.User)
	})
}

func subscriptionsOf(r kv.Reader, user string) (out []Subscription, err error) {
	val, ok, err := r.Get(bucketSubscription, kv.Strings(user))
	if err != nil || !ok {
		return nil, err
	}
	return out, decode(val, &out)
}

// OwnSubscriptions returns the caller's subscriptions with how far each was served,
// oldest first.
func (c *Catalog) OwnSubscriptions(ctx context.Context) (out []Subscriber, err error) {
	if err := c.allowed(ctx, access.View, "subscriptions"); err != nil {
		return nil, err
	}
	who, _ := access.From(ctx)
	err = c.store.View(ctx, func(r kv.Reader) error {
		out, err = subscribers(r, who.User, nil)
		return err
	})
	return out, err
}

// checkSubscription refuses what could not be delivered or may not be asked.
func (c *Catalog) checkSubscription(ctx context.Context, s *Subscription) error {
	if len(s.Kinds) == 0 {
		return fault.Invalid.Errorf("name what to be told of: some of %s", strings.Join(newsKinds, ", "))
	}
	if err := checkKinds(s.Kinds); err != nil {
		return err
	}
	switch s.Scope {
	case OfAsset:
		if _, err := c.Find(ctx, urn.URN(s.Value)); err != nil {
			return err
		}
	case OfZone, OfOwner:
		if s.Value == "" {
			return fault.Invalid.Errorf("name the %s", s.Scope)
		}
	case Everything:
		s.Value = ""
	default:
		return fault.Invalid.Errorf("%q is none of asset, zone, owner, everything", s.Scope)
	}
	switch s.Channel {
	case ByMail:
		s.Hook = ""
		return c.hasAddress(ctx)
	case ByWebhook:
		return c.mayHook(ctx, s.Hook)
	}
	return fault.Invalid.Errorf("channel %q is neither mail nor webhook", s.Channel)
}

// checkKinds refuses what is no kind of news.
func checkKinds(list []string) error {
	for _, k := range list {
		if !slices.Contains(newsKinds, k) {
			return fault.Invalid.Errorf("%q is no kind of news; there are %s", k, strings.Join(newsKinds, ", "))
		}
	}
	return nil
}

// hasAddress reports whether mail can reach the caller: it goes to the address that
// the company's directory has, so that nobody makes the server write to others.
func (c *Catalog) hasAddress(ctx context.Context) error {
	who, _ := access.From(ctx)
	me, err := c.FindMany(ctx, []urn.URN{who.URN()})
	if err != nil {
		return err
	}
	if len(me) == 0 || me[0].Person == nil || me[0].Person.Email == "" {
		return fault.Invalid.Errorf("the catalog has no e-mail address of %s", who.User)
	}
	return nil
}

func (c *Catalog) mayHook(ctx context.Context, hook string) error {
	if !hookRef.MatchString(hook) {
		return fault.Invalid.Errorf("the address of a webhook is a secret: set it in the server's environment and write ${WAYMARK_HOOK_NAME} here")
	}
	if strings.HasPrefix(hook, hookPrefix) {
		return nil
	}
	return c.allowed(ctx, access.Manage, "webhook outside of WAYMARK_HOOK_")
}

// Wants reports whether news is of what s asks for.
func (s Subscription) Wants(n News) bool {
	if !slices.ContainsFunc(s.Kinds, func(k string) bool { return slices.Contains(n.Kinds, k) }) {
		return false
	}
	return s.covers(&n.Asset)
}

func (s Subscription) covers(a *Asset) bool {
	switch s.Scope {
	case OfAsset:
		return string(a.URN) == s.Value
	case OfZone:
		return a.Zone() == s.Value
	case OfOwner:
		return a.OwnedBy(s.Value)
	}
	return true
}

// OwnedBy reports whether an account or group is among the owners.
func (a *Asset) OwnedBy(name string) bool {
	return a.Owners != nil && slices.ContainsFunc(a.Owners.List, func(o Owner) bool { return o.User.Name() == name })
}
