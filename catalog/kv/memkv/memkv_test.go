package memkv

import (
	"fmt"
	"testing"

	"waymark/catalog/fault"
	"waymark/catalog/kv"
	"waymark/catalog/kv/kvtest"
)

func TestStore(t *testing.T) {
	t.Run("Plain", func(t *testing.T) {
		kvtest.Run(t, func(*testing.T) kv.Store { return New() })
	})
	t.Run("Summed", func(t *testing.T) {
		kvtest.Run(t, func(*testing.T) kv.Store { return kv.Summed(New()) })
	})
}

// TestKeptWriter shows that a writer used after its end changes nothing.
func TestKeptWriter(t *testing.T) {
	s := New()
	var kept kv.Writer
	put := func(val string) func(w kv.Writer) error {
		return func(w kv.Writer) error {
			kept = w
			return w.Put("b", []byte("k"), []byte(val))
		}
	}
	if err := s.Update(t.Context(), put("good")); err != nil {
		t.Fatal(err)
	}
	if err := put("late")(kept); fault.KindOf(err) != fault.Internal {
		t.Errorf("Put: got %v want kind internal", err)
	}
	if err := kept.Delete("b", []byte("k")); fault.KindOf(err) != fault.Internal {
		t.Errorf("Delete: got %v want kind internal", err)
	}
	err := s.View(t.Context(), func(r kv.Reader) error {
		if got, _, err := r.Get("b", []byte("k")); string(got) != "good" || err != nil {
			t.Errorf("got %q, %v want good", got, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestDepth holds the treap to a logarithmic depth under sorted keys.
func TestDepth(t *testing.T) {
	const n = 20_000
	e, root := new(edit), (*node)(nil)
	for i := range n {
		root = e.put(root, fmt.Appendf(nil, "%08d", i), nil)
	}
	if got := depth(root); got > 60 { // a random tree of n is about 3 log2 n = 43 deep
		t.Errorf("got depth %d for %d sorted keys, want at most 60", got, n)
	}
}

func depth(n *node) int {
	if n == nil {
		return 0
	}
	return 1 + max(depth(n.left), depth(n.right))
}
