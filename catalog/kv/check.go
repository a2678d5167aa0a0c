package kv

import (
	"context"
	"errors"

	"waymark/catalog/fault"
)

// Report is what Check found. A store is sound when Damaged is zero.
type Report struct {
	Buckets, Records, Bytes int
	Damaged                 int      // how many findings there are
	Damage                  []Damage // the first of them, at most maxDamage
}

// Damage is one finding of Check. Key is nil when it is about a whole bucket, and
// Bucket is empty when it is about the whole store.
type Damage struct {
	Bucket Bucket
	Key    []byte
	Err    error
}

// maxDamage keeps the report of a ruined store readable.
const maxDamage = 100

// Check walks all of a store made by Summed in one View: its structure, if the
// store below can tell (a method Check), the checksum of every record, and every
// tally. Damage is reported and not an error; an error means that it could not be
// told. One View of a large store takes longer than a server should allow, so
// this is for a store that nobody serves.
func Check(ctx context.Context, store Store) (Report, error) {
	s, ok := store.(*summed)
	if !ok {
		return Report{}, fault.Invalid.Errorf("a store without checksums cannot be checked")
	}
	c := &checking{}
	if deep, ok := s.inner.(interface{ Check(context.Context) error }); ok {
		if err := c.note("", nil, deep.Check(ctx)); err != nil {
			return c.Report, err
		}
	}
	err := s.inner.View(ctx, c.walk)
	return c.Report, c.note("", nil, err)
}

type checking struct{ Report }

// note keeps err as damage if it is of that kind, and returns any other.
func (c *checking) note(b Bucket, key []byte, err error) error {
	if !errors.Is(err, fault.Corrupt) {
		return err
	}
	c.Damaged++
	if len(c.Damage) < maxDamage {
		c.Damage = append(c.Damage, Damage{b, append([]byte(nil), key...), err})
	}
	return nil
}

func (c *checking) walk(r Reader) error {
	want := map[Bucket]tally{}
	own, err := c.bucket(r, tallies, func(p Pair) error {
		t, err := readTally(p.Val)
		if err == nil {
			want[Bucket(p.Key)] = t
		}
		return err
	})
	if err != nil {
		return err
	}
	self, ok := want[tallies]
	if ok || len(want) > 0 {
		own.records--
		own.sum -= checksum(tallies, []byte(tallies), self.bytes())
		if err := c.compare(tallies, own, self); err != nil {
			return err
		}
	}
	delete(want, tallies)
	for b, t := range want {
		got, err := c.bucket(r, b, nil)
		if err != nil {
			return err
		}
		c.Buckets++
		c.Records += int(got.records)
		if err := c.compare(b, got, t); err != nil {
			return err
		}
	}
	return nil
}

// bucket verifies every record of b, shows the good ones to see, and returns the
// tally of what is there.
func (c *checking) bucket(r Reader, b Bucket, see func(Pair) error) (tally, error) {
	var got tally
	for p, err := range r.Scan(b, nil, nil) {
		if err == nil {
			c.Bytes += len(p.Key) + len(p.Val)
			if len(p.Val) >= sumSize {
				got.add(p.Val)
			}
			p.Val, err = unseal(b, p.Key, p.Val)
		}
		if err == nil && see != nil {
			err = see(p)
		}
		if err := c.note(b, p.Key, err); err != nil {
			return got, err
		}
	}
	return got, nil
}

func (c *checking) compare(b Bucket, got, want tally) error {
	if got == want {
		return nil
	}
	return c.note(b, nil, fault.Corrupt.Errorf(
		"bucket %s has %d records with checksums adding up to %016x; its tally says %d and %016x",
		b, got.records, got.sum, want.records, want.sum))
}
