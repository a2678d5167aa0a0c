package catalog_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/catalogtest"
	"waymark/catalog/fault"
)

// TestApplyInOneBatchOrMany holds the encoding by several goroutines to the same
// result as one asset at a time.
func TestApplyInOneBatchOrMany(t *testing.T) {
	t.Parallel()
	const n = 700
	single, together := newEstate(t), newEstate(t)
	for a := range catalogtest.Estate(n).Sorted() {
		single.apply(t, catalog.BySource("shop"), a)
	}
	got := together.apply(t, catalog.BySource("shop"), slices.Collect(catalogtest.Estate(n).Shuffled())...)
	if want := (catalog.Diff{Created: n, First: 1, Last: n}); got != want {
		t.Errorf("one batch: got %+v want %+v", got, want)
	}
	if d := cmp.Diff(single.all(t), together.all(t)); d != "" {
		t.Errorf("one batch says something else than %d (-many +one):\n%s", n, d)
	}
	again := together.apply(t, catalog.BySource("shop"), slices.Collect(catalogtest.Estate(n).Sorted())...)
	if want := (catalog.Diff{Unchanged: n}); again != want {
		t.Errorf("again: got %+v want %+v", again, want)
	}
}

func (e *estate) all(t *testing.T) (out []catalog.Asset) {
	t.Helper()
	for a, err := range e.List(as("ana", access.Viewer), catalog.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, a)
	}
	return out
}

func TestApplyNamesTheFirstWrongAsset(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	list := slices.Collect(catalogtest.Estate(600).Sorted())
	list[190].URN, list[590].URN = "first wrong", "second wrong"
	for range 20 { // goroutines may end in any order
		_, err := e.Apply(crawl(), catalog.Batch{Author: catalog.Import, Assets: list})
		if !errors.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "first wrong") {
			t.Fatalf("got %v want fault.Invalid that names the first", err)
		}
	}
	if head, err := e.Head(crawl()); err != nil || head != 0 {
		t.Errorf("after a refused batch: got head %d, %v; want 0", head, err)
	}
}
