package bleveindex

import (
	"cmp"
	"slices"

	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"waymark/catalog/fault"
	"waymark/catalog/search"
)

// terms reads the postings of one segment.
type terms struct {
	seg   *scorch.SegmentSnapshot
	dicts map[string]segment.TermDictionary
}

func newTermsOf(seg *scorch.SegmentSnapshot) *terms {
	return &terms{seg: seg, dicts: map[string]segment.TermDictionary{}}
}

// list returns the documents of a term that are not deleted.
func (t *terms) list(field, term string) (segment.PostingsList, error) {
	d, ok := t.dicts[field]
	if !ok {
		var err error
		if d, err = t.seg.Segment().Dictionary(field); err != nil {
			return nil, fault.Corrupt.Of(err)
		}
		t.dicts[field] = d
	}
	pl, err := d.PostingsList([]byte(term), t.seg.Deleted(), nil)
	if err != nil {
		return nil, fault.Corrupt.Of(err)
	}
	return pl, nil
}

// each calls fn for the documents of a term.
func (t *terms) each(field, term string, counts bool, fn func(n uint32, count int)) error {
	pl, err := t.list(field, term)
	if err != nil || pl.Count() == 0 {
		return err
	}
	it := pl.Iterator(counts, false, false, nil)
	for {
		p, err := it.Next()
		if err != nil {
			return fault.Corrupt.Of(err)
		}
		if p == nil {
			return nil
		}
		count := 1
		if counts {
			count = int(p.Frequency())
		}
		fn(uint32(p.Number()), count)
	}
}

// alternative is one way in which a group is met, opened in a segment.
type alternative struct {
	lists  []segment.PostingsList // of all its stems, the rarest first
	factor float64
	count  uint64
}

// group opens all alternatives of a group that the segment has.
func (t *terms) group(field string, g search.Group) (out []alternative, count uint64, err error) {
	for _, a := range g {
		alt := alternative{factor: a.Factor}
		for _, s := range a.Stems {
			pl, err := t.list(field, s)
			if err != nil {
				return nil, 0, err
			}
			alt.lists = append(alt.lists, pl)
		}
		slices.SortFunc(alt.lists, func(a, b segment.PostingsList) int { return cmp.Compare(a.Count(), b.Count()) })
		if len(alt.lists) == 0 || alt.lists[0].Count() == 0 {
			continue
		}
		alt.count = alt.lists[0].Count()
		out = append(out, alt)
		count += alt.count
	}
	return out, count, nil
}

// each calls fn for the documents that have all stems, with the least of their counts.
func (a *alternative) each(counts bool, fn func(n uint32, count int)) error {
	its := make([]segment.PostingsIterator, len(a.lists))
	for i, pl := range a.lists {
		its[i] = pl.Iterator(counts, false, false, nil)
	}
	heads := make([]segment.Posting, len(its))
	for {
		p, err := its[0].Next()
		if err != nil {
			return fault.Corrupt.Of(err)
		}
		if p == nil {
			return nil
		}
		n, count := p.Number(), frequency(p, counts)
		all := true
		for i := 1; i < len(its) && all; i++ {
			if heads[i] == nil || heads[i].Number() < n {
				if heads[i], err = its[i].Advance(n); err != nil {
					return fault.Corrupt.Of(err)
				}
				if heads[i] == nil {
					return nil
				}
			}
			all = heads[i].Number() == n
			if all {
				count = min(count, frequency(heads[i], counts))
			}
		}
		if all {
			fn(uint32(n), count)
		}
	}
}

// among calls fn for those of the given documents, in ascending order, that have
// all stems; for few documents it skips most of a long list.
func (a *alternative) among(docs []uint32, counts bool, fn func(n uint32, count int)) error {
	its := make([]segment.PostingsIterator, len(a.lists))
	heads := make([]segment.Posting, len(a.lists))
	for i, pl := range a.lists {
		its[i] = pl.Iterator(counts, false, false, nil)
	}
	for _, n := range docs {
		all, count := true, 0
		for i := 0; i < len(its) && all; i++ {
			if heads[i] == nil || heads[i].Number() < uint64(n) {
				var err error
				if heads[i], err = its[i].Advance(uint64(n)); err != nil {
					return fault.Corrupt.Of(err)
				}
				if heads[i] == nil {
					return nil
				}
			}
			all = heads[i].Number() == uint64(n)
			if c := frequency(heads[i], counts); all && (i == 0 || c < count) {
				count = c
			}
		}
		if all {
			fn(n, count)
		}
	}
	return nil
}

func frequency(p segment.Posting, counts bool) int {
	if !counts {
		return 1
	}
	return int(p.Frequency())
}
