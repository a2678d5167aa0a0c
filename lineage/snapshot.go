package lineage

import (
	"waymark/catalog/urn"
)

// snapshot is the graph at one moment. A trace touches arrays of numbers and no
// map: rows lie in base, and those that changed since it was laid in a small
// overlay. A snapshot is never changed; the next one shares most of it.
type snapshot struct {
	nodes, words numbers // assets; names of columns
	classes      []class
	base         *base
	into         paged[row]      // rows that replace those of base
	from         paged[[]uint32] // the same in the other direction
	links, pairs int
	changed      int              // edges that came or went since base was laid
	cycles       map[uint32]int32 // how many assets are in a circle with each
	stamp        uint64           // another one for every state of the store
	standings    *standings       // what is remembered of the assets, by their numbers
}

// row returns what goes into an asset.
func (s *snapshot) row(n uint32) row {
	if r := s.into.at(n); r != nil {
		return *r
	}
	return s.base.row(n)
}

// ups returns the assets that an asset comes from; one that feeds itself is among them.
func (s *snapshot) ups(n uint32) []uint32 { return s.row(n).ups }

// downs returns the assets that come from an asset.
func (s *snapshot) downs(n uint32) []uint32 {
	if d := s.from.at(n); d != nil {
		return *d
	}
	return s.base.from(n)
}

// len is how many assets have a number.
func (s *snapshot) len() int { return s.nodes.len() }

func (s *snapshot) urn(n uint32) urn.URN { return urn.URN(s.nodes.of(n)) }

func (s *snapshot) find(u urn.URN) (uint32, bool) { return s.nodes.find([]byte(u)) }

// pairOf gives a pair its words.
func (s *snapshot) pairOf(p pair, down uint32) Pair {
	return Pair{
		Up: s.urn(p.up), UpColumn: s.words.of(p.upColumn), Down: s.urn(down), DownColumn: s.words.of(p.downColumn),
		Subtype: p.kind.subtype(), Indirect: p.kind&pairIndirect != 0, Masking: p.kind&pairMasking != 0, Candidate: p.kind&pairCandidate != 0,
	}
}
