package lineage

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/fxamacker/cbor/v2"

	"waymark/catalog"
	"waymark/catalog/fault"
	"waymark/catalog/kv"
)

// maxReasons bounds the reasons that a report keeps; their sum stays exact in the counts.
const maxReasons = 20

func (o *observer) finishReasons() {
	for _, r := range o.reasons {
		o.total.Reasons = append(o.total.Reasons, *r)
	}
	slices.SortFunc(o.total.Reasons, func(a, b catalog.Reason) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Reason, b.Reason))
	})
	o.total.Reasons = o.total.Reasons[:min(maxReasons, len(o.total.Reasons))]
}

// outcomeRecord is how the statements of one log were understood.
type outcomeRecord struct {
	Source string             `cbor:"1,keyasint"`
	Total  catalog.Understood `cbor:"2,keyasint"`
}

func (g *Graph) saveOutcome(ctx context.Context, log catalog.Log, u catalog.Understood) error {
	b, err := cbor.Marshal(outcomeRecord{Source: log.Source, Total: u})
	if err != nil {
		return fault.Internal.Of(err)
	}
	return g.store.Update(ctx, func(w kv.Writer) error { return w.Put(bucketOut, []byte(log.Reader), b) })
}

// outcomes reads what is stored of every log, by its reader.
func (g *Graph) outcomes(ctx context.Context) (map[string]outcomeRecord, error) {
	out := map[string]outcomeRecord{}
	err := g.store.View(ctx, func(r kv.Reader) error {
		clear(out)
		for p, err := range r.Scan(bucketOut, nil, nil) {
			if err != nil {
				return err
			}
			var rec outcomeRecord
			if err := cbor.Unmarshal(p.Val, &rec); err != nil {
				return fault.Corrupt.Errorf("outcomes of %s: %w", p.Key, err)
			}
			out[string(p.Key)] = rec
		}
		return nil
	})
	return out, err
}

// Outcomes returns how the statements about each source were understood in the
// last reading of its logs; a source without a log is not in the map.
func (g *Graph) Outcomes(ctx context.Context) (map[string]catalog.Understood, error) {
	all, err := g.outcomes(ctx)
	out := map[string]catalog.Understood{}
	for _, rec := range all {
		out[rec.Source] = add(out[rec.Source], rec.Total)
	}
	return out, err
}

// readers returns, by source, the recipes that read logs about it.
func (g *Graph) readers(ctx context.Context) (map[string][]string, error) {
	all, err := g.outcomes(ctx)
	out := map[string][]string{}
	for reader, rec := range all {
		out[rec.Source] = append(out[rec.Source], reader)
	}
	return out, err
}

func add(a, b catalog.Understood) catalog.Understood {
	return catalog.Understood{
		Parsed: a.Parsed + b.Parsed, Partial: a.Partial + b.Partial, Failed: a.Failed + b.Failed, Skipped: a.Skipped + b.Skipped,
		Reasons: append(slices.Clip(a.Reasons), b.Reasons...),
	}
}

// Share returns which part of a log's statements that carry data was understood,
// wholly or in its tables; 1 for none.
func Share(u catalog.Understood) float64 {
	all := u.Parsed + u.Partial + u.Failed
	if all == 0 {
		return 1
	}
	return float64(u.Parsed+u.Partial) / float64(all)
}
