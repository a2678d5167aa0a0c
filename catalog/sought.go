package catalog

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"iter"
	"slices"
	"time"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
)

// Sought is one line of the search log: what somebody searched for, or opened from
// what was found. Words come without personal values; who it was is a pseudonym; the
// time is cut to the hour, which tells what came after what and no working day.
type Sought struct {
	Person  string    `cbor:"-"`
	Hour    time.Time `cbor:"1,keyasint,omitzero"`
	Words   string    `cbor:"2,keyasint,omitempty"`
	Filters []Chosen  `cbor:"3,keyasint,omitempty"`
	Sort    string    `cbor:"4,keyasint,omitempty"`
	Page    int       `cbor:"5,keyasint,omitempty"` // of the results, from 1
	Total   int       `cbor:"6,keyasint,omitempty"`
	Opened  urn.URN   `cbor:"7,keyasint,omitempty"` // the line is a result that was opened
	Rank    int       `cbor:"8,keyasint,omitempty"` // its place
}

// SoughtBy is a line of the log before its person gets a pseudonym.
type SoughtBy struct {
	User string
	Sought
}

// keepSought is how long the search log goes back.
const keepSought = 90 * 24 * time.Hour

// mostForgotten bounds how many lines one call takes away; the next goes on.
const mostForgotten = 5000

// LogSearches appends to the search log and forgets what is older than 90 days. Lines
// of the log are no changes: they move no number. Their number within the log, not
// the time, keeps their order.
func (c *Catalog) LogSearches(ctx context.Context, lines []SoughtBy) (err error) {
	defer fault.Wrap(&err, "log %d searches", len(lines))
	if err := c.guard.Check(ctx, access.Apply, "the search log"); err != nil {
		return err
	}
	return c.store.Update(ctx, func(w kv.Writer) error {
		secret, err := pseudonymKey(w)
		if err != nil {
			return err
		}
		n, err := readSeq(w, bucketMeta, keySought)
		if err != nil {
			return err
		}
		for i := range lines {
			n++
			val, err := encoding.Marshal(lines[i].Sought)
			if err != nil {
				return fault.Internal.Of(err)
			}
			if err := w.Put(bucketSought, soughtKey(lines[i].Hour, pseudonym(secret, lines[i].User), n), val); err != nil {
				return err
			}
		}
		if err := w.Put(bucketMeta, keySought, seqKey(n)); err != nil {
			return err
		}
		return forgetSought(w, c.Now().Add(-keepSought))
	})
}

// Searches yields the search log from a day on, day by day and person by person, each
// in the order in which they searched. An error is yielded once, as the last.
func (c *Catalog) Searches(ctx context.Context, from time.Time) iter.Seq2[Sought, error] {
	return func(yield func(Sought, error) bool) {
		err := c.allowed(ctx, access.ReadSearches, "the search log")
		var out []Sought
		if err == nil {
			err = c.store.View(ctx, func(r kv.Reader) error {
				out, err = soughtIn(r, soughtDay(max(0, from.Unix())), nil)
				return err
			})
		}
		for _, s := range out {
			if !yield(s, nil) {
				return
			}
		}
		if err != nil {
			yield(Sought{}, err)
		}
	}
}

// RecentSearches returns the lines of the caller in the search log, the newest first.
func (c *Catalog) RecentSearches(ctx context.Context, limit int) (out []Sought, err error) {
	if err := c.guard.Check(ctx, access.View, "searches of one's own"); err != nil {
		return nil, err
	}
	caller, _ := access.From(ctx)
	today := c.Now()
	err = c.store.View(ctx, func(r kv.Reader) error {
		secret, ok, err := r.Get(bucketMeta, keyPseudonym)
		if err != nil || !ok {
			return err
		}
		out = nil
		for day := today; len(out) < limit && today.Sub(day) <= keepSought; day = day.AddDate(0, 0, -1) {
			prefix := append(soughtDay(day.Unix()), pseudonym(secret, caller.User)...)
			list, err := soughtIn(r, prefix, kv.After(prefix))
			if err != nil {
				return err
			}
			slices.Reverse(list)
			out = append(out, list...)
		}
		return nil
	})
	return out[:min(len(out), limit)], err
}

// Pseudonyms returns what turns an account into its pseudonym in the search log, so
// that a report can tell that somebody later used what they found.
func (c *Catalog) Pseudonyms(ctx context.Context) (of func(user string) string, err error) {
	if err := c.allowed(ctx, access.ReadSearches, "the search log"); err != nil {
		return nil, err
	}
	var secret []byte
	err = c.store.View(ctx, func(r kv.Reader) error {
		val, _, err := r.Get(bucketMeta, keyPseudonym)
		secret = slices.Clone(val)
		return err
	})
	return func(user string) string { return hex.EncodeToString(pseudonym(secret, user)) }, err
}

// pseudonymKey is the secret of this store, made on first use.
func pseudonymKey(w kv.Writer) ([]byte, error) {
	val, ok, err := w.Get(bucketMeta, keyPseudonym)
	if err != nil || ok {
		return slices.Clone(val), err
	}
	secret := make([]byte, 32)
	rand.Read(secret) // never fails
	return secret, w.Put(bucketMeta, keyPseudonym, secret)
}

// pseudonymSize is enough that two people of one company never share one.
const pseudonymSize = 12

func pseudonym(secret []byte, user string) []byte {
	m := hmac.New(sha256.New, secret)
	m.Write([]byte(user))
	return m.Sum(nil)[:pseudonymSize]
}

const secondsADay = 24 * 60 * 60

func soughtDay(unix int64) []byte {
	return binary.BigEndian.AppendUint32(nil, uint32(unix/secondsADay))
}

func soughtKey(at time.Time, person []byte, n Seq) []byte {
	return append(append(soughtDay(at.Unix()), person...), seqKey(n)...)
}

func soughtIn(r kv.Reader, from, to []byte) (out []Sought, err error) {
	for p, err := range r.Scan(bucketSought, from, to) {
		if err != nil {
			return nil, err
		}
		if len(p.Key) != 4+pseudonymSize+8 {
			return nil, fault.Corrupt.Errorf("a line of the search log has a key of %d bytes", len(p.Key))
		}
		s := Sought{Person: hex.EncodeToString(p.Key[4 : 4+pseudonymSize])}
		if err := decode(p.Val, &s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

func forgetSought(w kv.Writer, before time.Time) error {
	var old [][]byte
	for p, err := range w.Scan(bucketSought, nil, soughtDay(max(0, before.Unix()))) {
		if err != nil {
			return err
		}
		if old = append(old, slices.Clone(p.Key)); len(old) == mostForgotten {
			break
		}
	}
	for _, k := range old {
		if err := w.Delete(bucketSought, k); err != nil {
			return err
		}
	}
	return nil
}
