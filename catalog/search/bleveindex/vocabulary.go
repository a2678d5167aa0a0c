package bleveindex

import (
	"cmp"
	"context"
	"runtime/debug"
	"slices"
	"strings"

	index "github.com/blevesearch/bleve_index_api"

	"waymark/catalog/fault"
	"waymark/catalog/search"
)

// Similar meets search.Vocabulary, by an automaton over the dictionary.
func (x *Index) Similar(_ context.Context, word string, edits, limit int) ([]string, error) {
	first := []rune(word)[:1]
	return x.vocabulary(limit, func(r index.IndexReader) (index.FieldDict, error) {
		// A swap of neighbours is one slip to a person and two to the automaton.
		return r.(index.IndexReaderFuzzy).FieldDictFuzzy(fieldAll, word, min(edits+1, 2), string(first))
	}, func(s string) int {
		if d := search.Distance(s, word, edits); d <= edits && strings.HasPrefix(s, string(first)) {
			return d
		}
		return none
	})
}

// Completions meets search.Vocabulary.
func (x *Index) Completions(_ context.Context, prefix string, limit int) ([]string, error) {
	return x.vocabulary(limit, func(r index.IndexReader) (index.FieldDict, error) {
		return r.FieldDictPrefix(fieldAll, []byte(prefix))
	}, func(string) int { return 0 })
}

// none is no distance at all.
const none = -1

func (x *Index) vocabulary(limit int, open func(index.IndexReader) (index.FieldDict, error), distance func(string) int) (list []string, err error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	defer x.watch(debug.SetPanicOnFault(true), &err)
	snap, done, err := x.snapshot()
	if err != nil {
		return nil, err
	}
	defer done()
	list, err = stems(snap, open, distance)
	if err != nil {
		return nil, err
	}
	opened := make([]*terms, len(snap.Segments()))
	for i, seg := range snap.Segments() {
		opened[i] = newTermsOf(seg)
	}
	count, err := frequencies(opened, list)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(s string) bool { return count[s] == 0 })
	slices.SortFunc(list, func(a, b string) int {
		return cmp.Or(cmp.Compare(distance(a), distance(b)), cmp.Compare(count[b], count[a]), strings.Compare(a, b))
	})
	return list[:min(len(list), limit)], nil
}

// mostStems bounds how many words of a dictionary are counted for one hint.
const mostStems = 1000

func stems(snap index.IndexReader, open func(index.IndexReader) (index.FieldDict, error), distance func(string) int) (list []string, err error) {
	dict, err := open(snap)
	if err != nil {
		return nil, fault.Corrupt.Of(err)
	}
	defer dict.Close()
	for len(list) < mostStems {
		e, err := dict.Next()
		if err != nil {
			return nil, fault.Corrupt.Of(err)
		}
		if e == nil {
			break
		}
		if distance(e.Term) != none {
			list = append(list, strings.Clone(e.Term))
		}
	}
	return list, nil
}
