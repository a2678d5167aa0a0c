package lineage

import (
	"cmp"
	"context"
	"encoding/binary"
	"slices"
	"strings"
	"time"

	"github.com/fxamacker/cbor/v2"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/urn"
)

// outcomeDay is how one log's statements of one day were understood. Reading the
// day again replaces it, so nothing is counted twice.
type outcomeDay struct {
	Source string       `cbor:"1,keyasint,omitempty"`
	Rows   []outcomeRow `cbor:"2,keyasint,omitempty"`
}

// outcomeKeyOf orders the days of a reader by time.
func outcomeKeyOf(reader string, start time.Time) []byte {
	return binary.BigEndian.AppendUint32(append([]byte(reader), 0), uint32(start.Unix()))
}

// record stores every day of the reading.
func (o *outcomes) record(ctx context.Context, store kv.Store, log catalog.Log) error {
	vals := map[time.Time][]byte{}
	for start, rows := range o.days {
		day := outcomeDay{Source: log.Source}
		for _, r := range rows {
			day.Rows = append(day.Rows, *r)
		}
		slices.SortFunc(day.Rows, func(a, b outcomeRow) int {
			return cmp.Or(strings.Compare(a.Tool, b.Tool), strings.Compare(a.Outcome, b.Outcome), strings.Compare(a.Reason, b.Reason))
		})
		val, err := cbor.Marshal(day)
		if err != nil {
			return fault.Internal.Of(err)
		}
		vals[start] = val
	}
	return store.Update(ctx, func(w kv.Writer) error {
		for start, val := range vals {
			if err := w.Put(bucketOut, outcomeKeyOf(log.Reader, start), val); err != nil {
				return err
			}
		}
		return nil
	})
}

// readDay is one stored day with its place.
type readDay struct {
	reader string
	start  time.Time
	outcomeDay
}

// stored returns the days whose start lies in from <= start < to; a zero time is open.
func (g *Graph) stored(ctx context.Context, from, to time.Time) (out []readDay, err error) {
	err = g.store.View(ctx, func(r kv.Reader) error {
		out = nil
		for p, err := range r.Scan(bucketOut, nil, nil) {
			if err != nil {
				return err
			}
			day, err := decodeDay(p)
			if err != nil {
				return err
			}
			if (from.IsZero() || !day.start.Before(from)) && (to.IsZero() || day.start.Before(to)) {
				out = append(out, day)
			}
		}
		return nil
	})
	return out, err
}

func decodeDay(p kv.Pair) (d readDay, err error) {
	n := len(p.Key) - 5
	if n < 0 {
		return d, fault.Corrupt.Errorf("outcomes of %q have no day", p.Key)
	}
	d.reader, d.start = string(p.Key[:n]), time.Unix(int64(binary.BigEndian.Uint32(p.Key[n+1:])), 0).UTC()
	if err := cbor.Unmarshal(p.Val, &d.outcomeDay); err != nil {
		return d, fault.Corrupt.Errorf("outcomes of %s on %s: %w", d.reader, d.start.Format(time.DateOnly), err)
	}
	return d, nil
}

// Understanding is how the statements about one source, or all, were understood in
// a span of time.
type Understanding struct {
	Total   catalog.Understood // without reasons
	Reasons []ReasonCount      // most frequent first
	Tools   []ToolCount        // most statements first
	Days    []DayCount         // oldest first
}

// ReasonCount is how often statements ended alike, and some of them.
type ReasonCount struct {
	Outcome, Code, Reason string
	Count                 int64
	Spots                 []Spot
}

// ToolCount is how one tool's statements were understood; "" are those without one.
type ToolCount struct {
	Tool  string
	Total catalog.Understood
}

// DayCount is how the statements of one day were understood.
type DayCount struct {
	Day   time.Time
	Total catalog.Understood
}

// Understood returns how the statements about a source, "" for all, were understood
// on the days from <= day < to; a zero time is open.
func (g *Graph) Understood(ctx context.Context, source string, from, to time.Time) (Understanding, error) {
	b := newSummary()
	days, err := g.stored(ctx, from, to)
	for _, d := range days {
		if source == "" || d.Source == source {
			b.add(d)
		}
	}
	return b.understanding(), err
}

// summary adds up stored rows.
type summary struct {
	total   catalog.Understood
	reasons map[[2]string]*ReasonCount
	tools   map[string]*ToolCount
	days    map[time.Time]*DayCount
}

func newSummary() *summary {
	return &summary{reasons: map[[2]string]*ReasonCount{}, tools: map[string]*ToolCount{}, days: map[time.Time]*DayCount{}}
}

func (b *summary) add(stored readDay) {
	day := stored.start.Truncate(24 * time.Hour)
	d := b.days[day]
	if d == nil {
		d = &DayCount{Day: day}
		b.days[day] = d
	}
	for _, r := range stored.Rows {
		tool := b.tools[r.Tool]
		if tool == nil {
			tool = &ToolCount{Tool: r.Tool}
			b.tools[r.Tool] = tool
		}
		for _, u := range []*catalog.Understood{&b.total, &tool.Total, &d.Total} {
			tallyOutcome(u, r.Outcome, r.Count)
		}
		if len(r.Spots) > 0 {
			b.reason(r)
		}
	}
}

func tallyOutcome(u *catalog.Understood, outcome string, n int64) {
	switch outcome {
	case "parsed":
		u.Parsed += n
	case "partial":
		u.Partial += n
	case "skipped":
		u.Skipped += n
	default:
		u.Failed += n
	}
}

func (b *summary) reason(r outcomeRow) {
	k := [2]string{r.Outcome, r.Reason}
	c := b.reasons[k]
	if c == nil {
		c = &ReasonCount{Outcome: r.Outcome, Code: codeOf(r.Reason), Reason: r.Reason}
		b.reasons[k] = c
	}
	c.Count += r.Count
	for _, s := range r.Spots {
		if !slices.ContainsFunc(c.Spots, func(x Spot) bool { return x.Query == s.Query }) {
			c.Spots = append(c.Spots, s)
		}
	}
}

func (b *summary) understanding() Understanding {
	out := Understanding{Total: b.total}
	for _, r := range b.reasons {
		out.Reasons = append(out.Reasons, *r)
	}
	for _, t := range b.tools {
		out.Tools = append(out.Tools, *t)
	}
	for _, d := range b.days {
		out.Days = append(out.Days, *d)
	}
	slices.SortFunc(out.Reasons, func(a, b ReasonCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Reason, b.Reason), strings.Compare(a.Outcome, b.Outcome))
	})
	slices.SortFunc(out.Tools, func(a, b ToolCount) int {
		return cmp.Or(cmp.Compare(statements(b.Total), statements(a.Total)), strings.Compare(a.Tool, b.Tool))
	})
	slices.SortFunc(out.Days, func(a, b DayCount) int { return a.Day.Compare(b.Day) })
	return out
}

func statements(u catalog.Understood) int64 { return u.Parsed + u.Partial + u.Failed + u.Skipped }

// Outcomes returns how the statements about each source were understood in the last
// 90 days, with the most frequent reasons; a source without a log is not in the map.
func (g *Graph) Outcomes(ctx context.Context) (map[string]catalog.Understood, error) {
	days, err := g.stored(ctx, g.Now().Add(-window), time.Time{})
	if err != nil {
		return nil, err
	}
	sums := map[string]*summary{}
	for _, d := range days {
		if sums[d.Source] == nil {
			sums[d.Source] = newSummary()
		}
		sums[d.Source].add(d)
	}
	out := map[string]catalog.Understood{}
	for source, b := range sums {
		if out[source], err = g.withSamples(ctx, b.understanding()); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// withSamples gives the most frequent reasons the text of one statement each.
func (g *Graph) withSamples(ctx context.Context, u Understanding) (catalog.Understood, error) {
	total := u.Total
	var list []urn.URN
	for _, r := range u.Reasons[:min(maxReasons, len(u.Reasons))] {
		list = append(list, r.Spots[0].Query)
		total.Reasons = append(total.Reasons, catalog.Reason{Outcome: r.Outcome, Reason: r.Reason, Count: r.Count, Query: r.Spots[0].Query})
	}
	found, err := g.cat.FindMany(ctx, list)
	for i := range total.Reasons {
		r := &total.Reasons[i]
		if at := slices.IndexFunc(found, func(a catalog.Asset) bool { return a.URN == r.Query }); at >= 0 && found[at].Statement != nil {
			r.Sample = found[at].Statement.Text
		}
	}
	return total, err
}

// readers returns, by source, the recipes that read logs about it.
func (g *Graph) readers(ctx context.Context) (map[string][]string, error) {
	days, err := g.stored(ctx, time.Time{}, time.Time{})
	out := map[string][]string{}
	for _, d := range days {
		if !slices.Contains(out[d.Source], d.reader) {
			out[d.Source] = append(out[d.Source], d.reader)
		}
	}
	return out, err
}
