package searchtest

import (
	"context"

	"waymark/catalog/fault"
	"waymark/catalog/search"
)

// dies is an index whose process is killed after some commits: the commit is done,
// but nobody hears of it.
type dies struct {
	search.Index
	after, left int
}

// Apply meets search.Index.
func (d *dies) Apply(ctx context.Context, b search.Batch) error {
	if err := d.Index.Apply(ctx, b); err != nil {
		return err
	}
	if d.left--; d.left <= 0 {
		return fault.Unavailable.Errorf("killed after change %d", b.Seq)
	}
	return nil
}
