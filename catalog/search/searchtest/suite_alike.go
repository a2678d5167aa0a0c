package searchtest

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"waymark/catalog"
	"waymark/catalog/search"
)

var orders = []search.Sort{search.ByTrust, search.ByUse, search.ByUpdate, search.ByName}

// alike proves that an engine answers five hundred queries as the small one does:
// the same page, order, stages, totals and facets.
func alike(t *testing.T, x search.Index) {
	e := NewEstate(1)
	assets := e.Datasets(1200, 8)
	cat, s := New(x)
	Load(t, cat, s, assets)
	catM, want := New(NewMemory())
	Load(t, catM, want, assets)
	hits := 0
	for range 500 {
		r := search.Request{Text: e.Query(assets), Limit: 20, Facets: true}
		if e.rand.IntN(5) == 0 {
			r.Offset = 20
		}
		if e.rand.IntN(4) == 0 {
			r.Sort = orders[e.rand.IntN(len(orders))]
		}
		a, b := Find(t, s, r), Find(t, want, r)
		if p, q := Page(a), Page(b); p != q {
			t.Fatalf("%q by %s: got\n%swant\n%s", r.Text, r.Sort, p, q)
		}
		if a.Total != b.Total || !slices.Equal(a.Stages, b.Stages) || fmt.Sprint(a.Facets) != fmt.Sprint(b.Facets) || a.Note != b.Note {
			t.Fatalf("%q: got %d %v %v %s want %d %v %v %s", r.Text, a.Total, a.Stages, a.Facets, a.Note, b.Total, b.Stages, b.Facets, b.Note)
		}
		hits += len(a.Hits)
	}
	if hits < 1000 {
		t.Errorf("got %d hits over all queries, too few to compare", hits)
	}
}

// concurrent proves that searches and one writer do not disturb each other: a
// search sees every batch whole.
func concurrent(t *testing.T, x search.Index) {
	const batches, pairs = 20, 10
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				r, err := x.Search(AsSystem(), search.Query{Stages: []search.Match{{Every: true}}, Best: 5})
				if err != nil {
					t.Error(err)
					return
				}
				if r.Found[0].Total%pairs != 0 {
					t.Errorf("got %d documents, want whole batches of %d", r.Found[0].Total, pairs)
				}
			}
		})
	}
	for b := range batches {
		var list []catalog.Asset
		for i := range pairs {
			list = append(list, Table(fmt.Sprintf("s.t_%d_%d", b, i)))
		}
		put(t, x, catalog.Seq(b+1), list...)
	}
	close(stop)
	readers.Wait()
	if got := len(found(t, x, search.Match{Every: true})); got != batches*pairs {
		t.Errorf("got %d documents want %d", got, batches*pairs)
	}
}

// resumes proves that a sync that dies after any commit goes on where the index
// stands, and that syncing twice changes nothing.
func resumes(t *testing.T, x search.Index) {
	assets := NewEstate(2).Datasets(10_500, 2)
	cat, _ := New(x)
	for from := 0; from < len(assets); from += 1000 {
		if _, err := cat.Apply(AsSystem(), catalog.Batch{Author: catalog.Import, Run: "r", Assets: assets[from:min(from+1000, len(assets))]}); err != nil {
			t.Fatal(err)
		}
	}
	dying := &dies{Index: x, after: 1}
	s := search.New(cat, dying, search.Options{}, nil)
	for i := 0; ; i++ {
		dying.left = dying.after
		if err := s.Sync(AsSystem()); err == nil {
			break
		}
		if i > 5 {
			t.Fatal("got no end of the sync want one batch more each time")
		}
	}
	head, err := cat.Head(AsSystem())
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if got, err := s.Reached(AsSystem()); err != nil || got != head {
			t.Errorf("got %d, %v want %d", got, err, head)
		}
		if got := len(found1(t, x)); got != len(assets) {
			t.Errorf("got %d documents want %d", got, len(assets))
		}
		dying.left = 99
		if err := s.Sync(AsSystem()); err != nil {
			t.Fatal(err)
		}
	}
}

func found1(t *testing.T, x search.Index) []*search.Document {
	t.Helper()
	r, err := x.Search(AsSystem(), search.Query{Stages: []search.Match{{Every: true}}, Best: 20_000})
	if err != nil {
		t.Fatal(err)
	}
	return r.Found[0].Best
}
