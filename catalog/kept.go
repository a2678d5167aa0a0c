package catalog

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
)

// bucketKept is asset, day -> KeptDay.
const bucketKept kv.Bucket = "kept"

// keptKey goes by the date, not by the moment at which the day begins: where a promise
// moves to another zone its days are still the same.
func keptKey(u urn.URN, day time.Time) []byte {
	y, m, d := day.Date()
	return binary.BigEndian.AppendUint32(append(urnKey(u), 0), uint32(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()))
}

// Promised returns how the promise of an asset went in the last 90 days, oldest first.
func (c *Catalog) Promised(ctx context.Context, u urn.URN) (out []KeptDay, err error) {
	if _, err := c.Find(ctx, u); err != nil {
		return nil, err
	}
	from := c.Now().AddDate(0, 0, -promiseDays)
	err = c.store.View(ctx, func(r kv.Reader) error {
		out = out[:0]
		for p, err := range r.Scan(bucketKept, keptKey(u, from), kv.After(append(urnKey(u), 0))) {
			if err != nil {
				return err
			}
			var d KeptDay
			if err := decode(p.Val, &d); err != nil {
				return err
			}
			out = append(out, d)
		}
		return nil
	})
	return out, err
}

// judgePromise judges the days since the last verdict, and again those of the last
// three days, about which a log may tell late; then it opens or closes the incident.
func (c *Catalog) judgePromise(ctx context.Context, a *Asset) error {
	w, err := c.writesOf(ctx, a)
	if err != nil {
		return err
	}
	now := c.Now()
	list := c.verdicts(a.Promise, w, now)
	return c.store.Update(ctx, func(wr kv.Writer) error {
		for i, d := range list {
			key := keptKey(a.URN, d.Day)
			if i < len(list)-3 {
				if done, err := settled(wr, key); err != nil {
					return err
				} else if done {
					continue
				}
			}
			b, err := encoding.Marshal(d)
			if err != nil {
				return fault.Internal.Of(err)
			}
			if err := wr.Put(bucketKept, key, b); err != nil {
				return err
			}
		}
		if err := c.enforce(ctx, wr, a.URN, FromPromise, broken(a.Promise, list, w.times, now)); err != nil {
			return err
		}
		return c.settleChecks(ctx, wr, a.URN)
	})
}

// settled reports whether there is a verdict on a day; pending is none.
func settled(r kv.Reader, key []byte) (bool, error) {
	val, ok, err := r.Get(bucketKept, key)
	if err != nil || !ok {
		return false, err
	}
	var d KeptDay
	err = decode(val, &d)
	return d.State != Pending, err
}

// verdicts judges every day of the window; without a write it cannot know whether
// anybody looks.
func (c *Catalog) verdicts(p *Promise, w writing, now time.Time) (out []KeptDay) {
	y, m, d := now.In(p.Place()).Date()
	for ago := promiseDays; ago >= 0; ago-- {
		day := time.Date(y, m, d-ago, 0, 0, 0, 0, p.Place())
		if len(w.times) == 0 || day.AddDate(0, 0, 1).Before(w.times[0]) {
			continue // before the first write that is known, nothing was promised in earnest
		}
		out = append(out, p.Judge(day, w.times, w.looked(day), now))
	}
	return out
}

// broken is the trouble of a promise whose newest verdict is a miss and that was
// not made good since.
func broken(p *Promise, list []KeptDay, writes []time.Time, now time.Time) map[string]Trouble {
	for _, d := range slices.Backward(list) {
		if d.State == Pending || d.State == NotDue {
			continue
		}
		last := writes[len(writes)-1]
		if d.State != Missed || !d.Due.IsZero() && last.After(d.Due) || d.Due.IsZero() && now.Sub(last) <= p.Freshness {
			return nil
		}
		return map[string]Trouble{"sla": {Severity: Critical, Title: "promise missed: " + p.String(),
			Detail: fmt.Sprintf("not kept on %s; last write seen %s", d.Day.Format("2 January"), last.In(p.Place()).Format("2 January 15:04"))}}
	}
	return nil
}

// Rate returns the share of kept among the days that were judged since from, and
// how many those are.
func Rate(list []KeptDay, from time.Time) (share float64, judged int) {
	kept := 0
	for _, d := range list {
		if d.Day.Before(from) {
			continue
		}
		switch d.State {
		case Kept:
			kept, judged = kept+1, judged+1
		case Missed:
			judged++
		}
	}
	if judged == 0 {
		return 0, 0
	}
	return float64(kept) / float64(judged), judged
}
