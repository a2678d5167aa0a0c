package sqlite

import (
	"context"

	"waymark/catalog"
	"waymark/crawler"
)

// Coverage says that every table of a file is seen, and that SQLite does not mind letter
// case.
func (s *Source) Coverage(context.Context, crawler.Scope) (catalog.Coverage, error) {
	return catalog.Coverage{}, nil
}
