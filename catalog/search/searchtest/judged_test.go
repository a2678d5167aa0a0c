package searchtest

import (
	"testing"

	"waymark/catalog/search"
	"waymark/catalog/search/peer"
)

// TestJudgedEstate is the gate of the ranking: with decoys all around, the right
// table is first, in every category, and more often than by any other formula.
func TestJudgedEstate(t *testing.T) {
	t.Parallel()
	assets, judged := JudgedEstate()
	if len(judged) < 300 {
		t.Fatalf("got %d judged queries want at least 300", len(judged))
	}
	m := NewMemory()
	cat, s := New(m)
	Load(t, cat, s, assets)
	even := Half(judged, true)
	got, firsts, err := search.Eval(AsSystem(), even, s.Rank(20))
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range got {
		t.Log(q)
		if q.Success1 < 0.8 {
			t.Errorf("%s: got success@1 %.3f want at least 0.80", q.Category, q.Success1)
		}
	}
	if got[0].Success1 < 0.9 {
		t.Errorf("got success@1 %.3f want at least 0.90", got[0].Success1)
	}
	for i, j := range even {
		if firsts[i] != 1 {
			t.Logf("%s %q: first at %d, got %s", j.Category, j.Query, firsts[i], Page(Find(t, s, search.Request{Text: j.Query, Limit: 2})))
		}
	}
	corpus := corpusOf(t, s)
	for _, f := range peer.Formulas() {
		them, _, err := search.Eval(AsSystem(), even, corpus.Rank(f, 20))
		if err != nil {
			t.Fatal(err)
		}
		them[0].Category = f.Name
		t.Log(them[0])
		if them[0].Success1 >= got[0].Success1 {
			t.Errorf("%s: got success@1 %.3f want below ours, %.3f", f.Name, them[0].Success1, got[0].Success1)
		}
	}
}

// corpusOf is what the formulas of others order.
func corpusOf(t *testing.T, s *search.Search) *peer.Corpus {
	t.Helper()
	docs, err := s.Documents(AsSystem())
	if err != nil {
		t.Fatal(err)
	}
	return peer.NewCorpus(docs)
}
