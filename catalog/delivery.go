package catalog

import (
	"context"
	"slices"
	"time"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// bucketDelivery is subscription -> Delivery.
const bucketDelivery kv.Bucket = "delivery"

// Delivery is how far the news of one subscription was delivered. It is saved after
// each message, so a restart repeats at most the one that was under way.
type Delivery struct {
	Reached Seq       `cbor:"1,keyasint,omitempty"`
	Sent    time.Time `cbor:"2,keyasint,omitzero"`  // the last message that was taken
	Tries   int       `cbor:"3,keyasint,omitempty"` // since then
	Next    time.Time `cbor:"4,keyasint,omitzero"`  // not before
	Problem string    `cbor:"5,keyasint,omitempty"` // of the last try, without the address
}

// Subscriber is one subscription, whose it is and how far it was served.
type Subscriber struct {
	User string
	Subscription
	Delivery
}

// Subscribers returns every subscription, for whoever delivers.
func (c *Catalog) Subscribers(ctx context.Context) (out []Subscriber, err error) {
	if err := c.allowed(ctx, access.Apply, "subscriptions"); err != nil {
		return nil, err
	}
	err = c.store.View(ctx, func(r kv.Reader) error {
		out = out[:0]
		for p, err := range r.Scan(bucketSubscription, nil, nil) {
			if err != nil {
				return err
			}
			user, _, err := kv.CutString(p.Key)
			if err != nil {
				return err
			}
			if out, err = subscribers(r, user, out); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// subscribers appends the subscriptions of one person.
func subscribers(r kv.Reader, user string, out []Subscriber) ([]Subscriber, error) {
	list, err := subscriptionsOf(r, user)
	if err != nil {
		return out, err
	}
	for _, s := range list {
		one := Subscriber{User: user, Subscription: s}
		val, ok, err := r.Get(bucketDelivery, []byte(s.ID))
		if err != nil {
			return out, err
		}
		if ok {
			if err := decode(val, &one.Delivery); err != nil {
				return out, err
			}
		}
		out = append(out, one)
	}
	return out, nil
}

// SaveDelivery keeps how far a subscription was served; of one that was ended
// meanwhile it keeps nothing.
func (c *Catalog) SaveDelivery(ctx context.Context, id string, d Delivery) error {
	if err := c.allowed(ctx, access.Apply, "delivery"); err != nil {
		return err
	}
	return c.store.Update(ctx, func(w kv.Writer) error {
		if _, ok, err := w.Get(bucketDelivery, []byte(id)); err != nil || !ok {
			return err
		}
		return putDelivery(w, id, d)
	})
}

func putDelivery(w kv.Writer, id string, d Delivery) error {
	b, err := encoding.Marshal(d)
	if err != nil {
		return fault.Internal.Of(err)
	}
	return w.Put(bucketDelivery, []byte(id), b)
}

// After returns the news behind a number that s asks for and the caller may see,
// oldest first, at most limit, and the number up to which was looked.
func (c *Catalog) After(ctx context.Context, s Subscription, at Seq, limit int) (out []News, reached Seq, err error) {
	scope, err := c.guard.Scope(ctx)
	if err != nil {
		return nil, at, err
	}
	err = c.store.View(ctx, func(r kv.Reader) error {
		out, reached = nil, at
		head, err := readSeq(r, bucketMeta, keyHead)
		for err == nil && reached < head {
			to := min(reached+feedWindow, head)
			page, bad := feed(r, reached+1, to+1)
			if bad != nil {
				return bad
			}
			for _, e := range slices.Backward(page) {
				n, ok, err := told(r, e, scope)
				if err != nil {
					return err
				}
				if reached = e.Seq; ok && s.Wants(n) {
					if out = append(out, n); len(out) == limit {
						return nil
					}
				}
			}
			reached = to
		}
		return err
	})
	return out, reached, err
}
