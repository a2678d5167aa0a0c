package kv

import (
	"context"
	"errors"
	"slices"

	"waymark/catalog/fault"
)

// scrubPage is how many bytes of records one View of Scrub reads.
const scrubPage = 1 << 20

// Scrub checks a store made by Summed while it is served: the checksum of every
// record, page by page, and the tally of each bucket. After each page it calls pause
// with the bytes read, whose error ends it. Unlike Check it leaves out the structure
// below the records, and takes no part in writes.
func Scrub(ctx context.Context, store Store, pause func(bytes int) error) (Report, error) {
	s, ok := store.(*summed)
	if !ok {
		return Report{}, fault.Invalid.Errorf("a store without checksums cannot be checked")
	}
	c := &checking{}
	list, err := c.named(ctx, s.inner)
	if err != nil {
		return c.Report, err
	}
	for _, b := range list {
		c.Buckets++
		if err := c.scrub(ctx, s.inner, b, pause); err != nil {
			return c.Report, err
		}
		err := s.inner.View(ctx, func(r Reader) error { return c.recount(r, b) })
		if err := c.note(b, nil, err); err != nil {
			return c.Report, err
		}
	}
	return c.Report, nil
}

// named lists the buckets that have a tally.
func (c *checking) named(ctx context.Context, inner Store) (list []Bucket, err error) {
	err = inner.View(ctx, func(r Reader) error {
		list = nil
		for p, err := range r.Scan(tallies, nil, nil) {
			if err != nil {
				return err
			}
			list = append(list, Bucket(p.Key))
		}
		return nil
	})
	if len(list) > 0 && !slices.Contains(list, tallies) {
		list = append(list, tallies)
	}
	return list, c.note(tallies, nil, err)
}

// scrub verifies the records of one bucket.
func (c *checking) scrub(ctx context.Context, inner Store, b Bucket, pause func(bytes int) error) error {
	var from []byte
	for more := true; more; {
		before := c.Bytes
		err := inner.View(ctx, func(r Reader) error {
			more = false
			for p, err := range r.Scan(b, from, nil) {
				if err != nil {
					return err
				}
				if c.Bytes-before > scrubPage {
					from, more = slices.Clone(p.Key), true
					return nil
				}
				c.Records++
				c.Bytes += len(p.Key) + len(p.Val)
				_, err = unseal(b, p.Key, p.Val)
				if err := c.note(b, p.Key, err); err != nil {
					return err
				}
			}
			return nil
		})
		if err := errors.Join(c.note(b, nil, err), pause(c.Bytes-before)); err != nil {
			return err
		}
	}
	return nil
}

// recount compares the tally of a bucket with its records at one moment.
func (c *checking) recount(r Reader, b Bucket) error {
	stored, ok, err := r.Get(tallies, []byte(b))
	if err != nil {
		return err
	}
	var want, got tally
	if ok {
		val, err := unseal(tallies, []byte(b), stored)
		if err != nil {
			return err
		}
		if want, err = readTally(val); err != nil {
			return err
		}
	}
	for p, err := range r.Scan(b, nil, nil) {
		if err != nil {
			return err
		}
		if len(p.Val) >= sumSize {
			got.add(p.Val)
		}
	}
	if b == tallies { // the row that stands for the others counts itself not
		got.records--
		got.sum -= checksum(tallies, []byte(tallies), want.bytes())
	}
	return c.compare(b, got, want)
}
