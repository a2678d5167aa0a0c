package catalog

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
)

// Size is how large an asset was when a crawl looked.
type Size struct {
	At    time.Time `cbor:"1,keyasint,omitzero"`
	Rows  int64     `cbor:"2,keyasint,omitempty"`
	Bytes int64     `cbor:"3,keyasint,omitempty"` // 0 is unknown
}

// The standings of a volume; with too few sizes it is Unknown.
const (
	Usual   = "usual"
	Unusual = "unusual"
)

// Volume compares the newest size with what the earlier ones let one expect.
type Volume struct {
	State     string
	Detail    string
	Low, High int64 // the rows expected at the newest look; meaningless when unknown
}

// bucketVolume is asset -> sizes, oldest first.
const bucketVolume kv.Bucket = "volume"

const (
	maxSizes = 60
	// sizeEvery keeps hourly crawls from writing what did not move.
	sizeEvery = 20 * time.Hour
	// enoughSizes earlier ones make four steps and more to learn from, besides the
	// newest, which is judged.
	enoughSizes = 5
	// width of the band in robust standard deviations, and the scale that makes the
	// median absolute deviation one of them.
	bandWidth = 5
	madScale  = 1.4826
)

// VolumeOf learns by how much a table grows between two looks, and says whether the
// newest step is like the earlier ones. Steps, not sizes: a table that only grows is
// always larger than ever.
func VolumeOf(sizes []Size) Volume {
	if len(sizes) <= enoughSizes {
		return Volume{State: Unknown, Detail: fmt.Sprintf("%s seen; the range is learned from %d", count(len(sizes), "size"), enoughSizes+1)}
	}
	last, before := sizes[len(sizes)-1], sizes[:len(sizes)-1]
	steps := make([]float64, 0, len(before)-1)
	for i := range before[1:] {
		steps = append(steps, float64(before[i+1].Rows-before[i].Rows))
	}
	base := before[len(before)-1].Rows
	low, high := band(steps, float64(base))
	v := Volume{State: Usual, Low: max(0, base+int64(math.Floor(low))), High: base + int64(math.Ceil(high))}
	if last.Rows < v.Low || last.Rows > v.High {
		v.State = Unusual
		v.Detail = fmt.Sprintf("%d rows, expected %d to %d from the last %d looks", last.Rows, v.Low, v.High, len(before))
		return v
	}
	v.Detail = fmt.Sprintf("%d rows, inside %d to %d", last.Rows, v.Low, v.High)
	return v
}

// band is where the next step is expected: around the median of the steps, and at
// least as wide as most of them were, so that weekends are no surprise. One percent
// of the table is never one.
func band(steps []float64, base float64) (low, high float64) {
	sorted := slices.Sorted(slices.Values(steps))
	mid := middle(sorted)
	away := make([]float64, len(steps))
	for i, s := range steps {
		away[i] = math.Abs(s - mid)
	}
	slices.Sort(away)
	wide := max(bandWidth*madScale*middle(away), base/100, 1)
	cut := len(sorted) / 20
	return min(mid-wide, sorted[cut]), max(mid+wide, sorted[len(sorted)-1-cut])
}

func middle(sorted []float64) float64 {
	n := len(sorted)
	if n%2 == 1 {
		return sorted[n/2]
	}
	return (sorted[n/2-1] + sorted[n/2]) / 2
}

// NoteSizes writes down how large the assets of a source are now. It is called after
// a crawl that looked; a size that did not move is written once a day.
func (c *Catalog) NoteSizes(ctx context.Context, source string) (err error) {
	defer fault.Wrap(&err, "note the sizes of %s", source)
	if err := c.allowed(ctx, access.Apply, "sizes of "+source); err != nil {
		return err
	}
	sizes := map[urn.URN][]Size{}
	for a, err := range c.List(ctx, Filter{Types: []Type{Dataset}, Author: BySource(source)}) {
		if err != nil {
			return err
		}
		if gone := a.Status != nil && !a.Status.Missing.IsZero(); gone || a.Stats == nil || a.Stats.Rows == nil {
			continue
		}
		s := Size{At: c.Now().UTC().Truncate(time.Second), Rows: *a.Stats.Rows}
		if a.Stats.Bytes != nil {
			s.Bytes = *a.Stats.Bytes
		}
		sizes[a.URN] = []Size{s}
	}
	return c.RecordSizes(ctx, sizes)
}

// RecordSizes adds sizes, oldest first, to what is known of each asset; those that
// are no newer than the newest known are known already.
func (c *Catalog) RecordSizes(ctx context.Context, sizes map[urn.URN][]Size) error {
	if err := c.allowed(ctx, access.Apply, "sizes"); err != nil {
		return err
	}
	for part := range slices.Chunk(slices.Sorted(maps.Keys(sizes)), listPage) {
		err := c.store.Update(ctx, func(w kv.Writer) error {
			for _, u := range part {
				if err := addSizes(w, u, sizes[u]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func addSizes(w kv.Writer, u urn.URN, sizes []Size) error {
	list, err := sizesOf(w, u)
	if err != nil {
		return err
	}
	known := len(list)
	for _, s := range sizes {
		if n := len(list); n == 0 || s.At.After(list[n-1].At) && (list[n-1].Rows != s.Rows || s.At.Sub(list[n-1].At) >= sizeEvery) {
			list = append(list, s)
		}
	}
	if len(list) == known {
		return nil
	}
	b, err := encoding.Marshal(list[max(0, len(list)-maxSizes):])
	if err != nil {
		return fault.Internal.Of(err)
	}
	return w.Put(bucketVolume, urnKey(u), b)
}

func sizesOf(r kv.Reader, u urn.URN) (out []Size, err error) {
	val, ok, err := r.Get(bucketVolume, urnKey(u))
	if err != nil || !ok {
		return nil, err
	}
	return out, decode(val, &out)
}

// Sizes returns how large an asset was, oldest first.
func (c *Catalog) Sizes(ctx context.Context, u urn.URN) (out []Size, err error) {
	if _, err := c.Find(ctx, u); err != nil {
		return nil, err
	}
	err = c.store.View(ctx, func(r kv.Reader) error {
		out, err = sizesOf(r, u)
		return err
	})
	return out, err
}
