package searchtest

import (
	"testing"

	"waymark/catalog/search"
)

func TestMemory(t *testing.T) {
	Run(t, func(*testing.T) search.Index { return NewMemory() })
}
