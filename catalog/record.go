package catalog

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
)

// Record stores the counts of one source and one span of time and replaces what
// was recorded for them before, so that reading a log twice counts nothing twice.
// Counts are not changes: they move no number.
func (c *Catalog) Record(ctx context.Context, p Partition) (err error) {
	defer fault.Wrap(&err, "record usage of %s on %s", p.Source, p.Start.UTC().Format(time.DateTime))
	if err := c.allowed(ctx, access.Apply, "usage of "+p.Source); err != nil {
		return err
	}
	vals := make(map[string][]byte, len(p.Assets))
	for u, rows := range p.Assets {
		if vals[string(urnKey(u))], err = encoding.Marshal(rows); err != nil {
			return fault.Internal.Of(err)
		}
	}
	prefix := append(spanKey(p.Start, p.Source), 0)
	return c.store.Update(ctx, func(w kv.Writer) error {
		if err := clearSpan(w, prefix); err != nil {
			return err
		}
		for _, k := range slices.Sorted(keysOf(vals)) {
			if err := putParts(w, bucketUse, append(slices.Clone(prefix), k...), vals[k]); err != nil {
				return err
			}
		}
		if err := w.Put(bucketSpan, spanKey(p.Start, p.Source), nil); err != nil {
			return err
		}
		return c.guard.Allow(ctx, w, access.Apply, fmt.Sprintf("usage of %s from %s: %d assets", p.Source, p.Start.UTC().Format(time.DateTime), len(p.Assets)))
	})
}

func keysOf(m map[string][]byte) iter.Seq[string] {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func clearSpan(w kv.Writer, prefix []byte) error {
	var old [][]byte
	for p, err := range w.Scan(bucketUse, prefix, kv.After(prefix)) {
		if err != nil {
			return err
		}
		old = append(old, slices.Clone(p.Key))
	}
	for _, k := range old {
		if err := w.Delete(bucketUse, k); err != nil {
			return err
		}
	}
	return nil
}

// UsageFilter chooses usage rows. Asset may be zero, for all assets; From and To
// bound the start of partitions, From <= start < To, and zero is open.
type UsageFilter struct {
	Asset    urn.URN
	Source   string
	From, To time.Time
}

// Usage yields the recorded rows in the order of time. An error is yielded once,
// as the last.
func (c *Catalog) Usage(ctx context.Context, f UsageFilter) iter.Seq2[UsageRecord, error] {
	return func(yield func(UsageRecord, error) bool) {
		err := c.guard.Check(ctx, access.View, "usage")
		var out []UsageRecord
		if err == nil {
			err = c.store.View(ctx, func(r kv.Reader) error {
				out, err = usage(r, f)
				return err
			})
		}
		for _, rec := range out {
			if !yield(rec, nil) {
				return
			}
		}
		if err != nil {
			yield(UsageRecord{}, err)
		}
	}
}

func usage(r kv.Reader, f UsageFilter) (out []UsageRecord, err error) {
	from, to := []byte(nil), []byte(nil)
	if !f.From.IsZero() {
		from = spanKey(f.From, "")
	}
	if !f.To.IsZero() {
		to = spanKey(f.To, "")
	}
	for p, err := range r.Scan(bucketSpan, from, to) {
		if err != nil {
			return nil, err
		}
		if source := string(p.Key[4:]); f.Source == "" || f.Source == source {
			if out, err = spanRows(r, slices.Clone(p.Key), source, f.Asset, out); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// spanRows appends the rows of one partition, of one asset or of all.
func spanRows(r kv.Reader, span []byte, source string, asset urn.URN, out []UsageRecord) ([]UsageRecord, error) {
	start := time.Unix(int64(span[0])<<24|int64(span[1])<<16|int64(span[2])<<8|int64(span[3]), 0).UTC()
	prefix := append(span, 0)
	add := func(u urn.URN, val []byte) error {
		var rows []UsageRow
		if err := decode(val, &rows); err != nil {
			return err
		}
		for _, row := range rows {
			out = append(out, UsageRecord{Asset: u, Source: source, Start: start, UsageRow: row})
		}
		return nil
	}
	if asset != "" {
		val, ok, err := getParts(r, bucketUse, append(prefix, urnKey(asset)...))
		if err == nil && ok {
			err = add(asset, val)
		}
		return out, err
	}
	for p, err := range r.Scan(bucketUse, prefix, kv.After(prefix)) {
		if err != nil {
			return out, err
		}
		if err := add(urn.URN(p.Key[len(prefix):]), p.Val); err != nil {
			return out, err
		}
	}
	return out, nil
}

// Spans returns the starts of the partitions of a source, oldest first.
func (c *Catalog) Spans(ctx context.Context, source string) (out []time.Time, err error) {
	err = c.store.View(ctx, func(r kv.Reader) error {
		for p, err := range r.Scan(bucketSpan, nil, nil) {
			if err != nil {
				return err
			}
			if string(p.Key[4:]) == source {
				out = append(out, time.Unix(int64(p.Key[0])<<24|int64(p.Key[1])<<16|int64(p.Key[2])<<8|int64(p.Key[3]), 0).UTC())
			}
		}
		return nil
	})
	return out, err
}
