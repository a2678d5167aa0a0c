package memkv

import (
	"bytes"
	"iter"
	"math/rand/v2"

	"waymark/catalog/kv"
)

// node is the root of a treap: a search tree by key and a heap by rank. Ranks are
// random, so its depth is logarithmic whatever the order of the keys.
type node struct {
	key, val    []byte
	rank        uint64
	edit        *edit // the transaction that made it and may change it
	left, right *node
}

// edit is the mark of one transaction. It has a size, so that no two are equal.
type edit struct{ _ byte }

func (n *node) get(key []byte) ([]byte, bool) {
	for n != nil {
		switch c := bytes.Compare(key, n.key); {
		case c < 0:
			n = n.left
		case c > 0:
			n = n.right
		default:
			return n.val, true
		}
	}
	return nil, false
}

// scan yields the records with from <= key < to, in order.
func (n *node) scan(from, to []byte) iter.Seq[kv.Pair] {
	return func(yield func(kv.Pair) bool) {
		var path []*node // nodes still to be yielded, the next one last
		down := func(n *node) {
			for n != nil {
				if bytes.Compare(n.key, from) < 0 {
					n = n.right
				} else {
					path = append(path, n)
					n = n.left
				}
			}
		}
		for down(n); len(path) > 0; {
			next := path[len(path)-1]
			path = path[:len(path)-1]
			if to != nil && bytes.Compare(next.key, to) >= 0 || !yield(kv.Pair{Key: next.key, Val: next.val}) {
				return
			}
			down(next.right)
		}
	}
}

// own returns n if this edit may change it, and else a copy that it may change.
func (e *edit) own(n *node) *node {
	if n.edit == e {
		return n
	}
	c := *n
	c.edit = e
	return &c
}

func (e *edit) put(n *node, key, val []byte) *node {
	if n == nil {
		return &node{key: bytes.Clone(key), val: val, rank: rand.Uint64(), edit: e}
	}
	n = e.own(n)
	switch c := bytes.Compare(key, n.key); {
	case c < 0:
		n.left = e.put(n.left, key, val)
		if l := n.left; l.rank > n.rank {
			n.left, l.right = l.right, n
			return l
		}
	case c > 0:
		n.right = e.put(n.right, key, val)
		if r := n.right; r.rank > n.rank {
			n.right, r.left = r.left, n
			return r
		}
	default:
		n.val = val
	}
	return n
}

// remove takes key out, which must be there.
func (e *edit) remove(n *node, key []byte) *node {
	switch c := bytes.Compare(key, n.key); {
	case c < 0:
		n = e.own(n)
		n.left = e.remove(n.left, key)
	case c > 0:
		n = e.own(n)
		n.right = e.remove(n.right, key)
	default:
		return e.join(n.left, n.right)
	}
	return n
}

// join makes one treap of two, of which every key of l is below every key of r.
func (e *edit) join(l, r *node) *node {
	switch {
	case l == nil:
		return r
	case r == nil:
		return l
	case l.rank > r.rank:
		l = e.own(l)
		l.right = e.join(l.right, r)
		return l
	default:
		r = e.own(r)
		r.left = e.join(l, r.left)
		return r
	}
}
