package catalogtest

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"waymark/catalog"
	"waymark/catalog/urn"
)

func TestEstateIsAlwaysTheSame(t *testing.T) {
	t.Parallel()
	one, two := slices.Collect(Estate(200).Sorted()), slices.Collect(Estate(200).Sorted())
	if d := cmp.Diff(one, two); d != "" {
		t.Errorf("two estates of one size differ (-one +two):\n%s", d)
	}
	byName := func(a, b catalog.Asset) int { return strings.Compare(string(a.URN), string(b.URN)) }
	if !slices.IsSortedFunc(one, byName) {
		t.Error("Sorted: got an order that is not that of the URNs")
	}
	mixed := slices.Collect(Estate(200).Shuffled())
	if slices.IsSortedFunc(mixed, byName) {
		t.Error("Shuffled: got the order of the URNs")
	}
	slices.SortFunc(mixed, byName)
	if d := cmp.Diff(one, mixed); d != "" {
		t.Errorf("Shuffled yields other assets than Sorted (-sorted +shuffled):\n%s", d)
	}
	names := map[urn.URN]bool{}
	for _, a := range one {
		names[a.URN] = true
		if len(a.Schema.Columns) != columns {
			t.Errorf("%s: got %d columns want %d", a.URN, len(a.Schema.Columns), columns)
		}
	}
	if len(names) != 200 {
		t.Errorf("got %d names of 200 assets", len(names))
	}
}
