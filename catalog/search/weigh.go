package search

import (
	"context"

	"waymark/catalog"
)

// Weigh returns the trust of an asset, measured against the estate as it is in the
// index: the same number that orders it in a search.
func (s *Search) Weigh(ctx context.Context, a *catalog.Asset) (catalog.Trust, error) {
	m, _, err := s.now(ctx)
	if err != nil {
		return catalog.Trust{}, err
	}
	return catalog.TrustOf(a, &m.Survey.Estate, m.Now), nil
}
