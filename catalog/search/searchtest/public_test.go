package searchtest

import (
	"bufio"
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"waymark/catalog"
	"waymark/catalog/access"
	"waymark/catalog/kv/memkv"
	"waymark/catalog/search"
	"waymark/catalog/urn"
)

// tune is where public judged sets stand beside a clone.
const tune = "../../../../shared/tune"

// asSystem is a context in which everything may be done.
func asSystem() context.Context {
	return access.With(context.Background(), access.System("test"))
}

// newSearch returns a search over an empty catalog in memory.
func newSearch(index search.Index) (*catalog.Catalog, *search.Search) {
	log := slog.New(slog.DiscardHandler)
	store := memkv.New()
	cat := catalog.New(store, access.New(store, log), log)
	return cat, search.New(cat, index, log)
}

// load applies assets a thousand at a time and brings the index level.
func load(t testing.TB, cat *catalog.Catalog, s *search.Search, assets []catalog.Asset) {
	t.Helper()
	ctx := asSystem()
	for from := 0; from < len(assets); from += 1000 {
		_, err := cat.Apply(ctx, catalog.Batch{Author: catalog.Import, Run: "test", Assets: assets[from:min(from+1000, len(assets))]})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Sync(ctx); err != nil {
		t.Fatal(err)
	}
}

// readTables reads datasets from catalog lines.
func readTables(t testing.TB, path string) []catalog.Asset {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Skipf("needs the public judged sets beside the clone: %v", err)
	}
	defer file.Close()
	var out []catalog.Asset
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<22)
	for lines.Scan() {
		var l struct {
			Platform, Name, Description string
			Columns                     []struct{ Name, Type, Description string }
		}
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		a := catalog.Asset{URN: urn.Dataset(l.Platform, l.Name, ""), Type: catalog.Dataset, Profile: &catalog.Profile{Name: l.Name, Description: l.Description}, Schema: &catalog.Schema{}}
		for _, c := range l.Columns {
			a.Schema.Columns = append(a.Schema.Columns, catalog.Column{Name: c.Name, Type: c.Type, Description: c.Description})
		}
		out = append(out, a)
	}
	return out
}

func readJudged(t testing.TB, path string) []search.Judged {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Skipf("needs a judged set: %v", err)
	}
	defer file.Close()
	judged, err := search.ReadJudged(file)
	if err != nil {
		t.Fatal(err)
	}
	return judged
}

// TestPublicSets holds the ranking against sets of questions made by others.
func TestPublicSets(t *testing.T) {
	for _, set := range []struct {
		name string
		mrr  float64
	}{{"bird_dev", 0.88}, {"spider", 0.86}} {
		t.Run(set.name, func(t *testing.T) {
			t.Parallel()
			tables := readTables(t, filepath.Join(tune, "search_"+set.name+"_tables.jsonl"))
			judged := readJudged(t, filepath.Join(tune, "search_"+set.name+"_judged.jsonl"))
			cat, s := newSearch(NewMemory())
			load(t, cat, s, tables)
			got, _, err := search.Eval(asSystem(), judged, s.Rank(20))
			if err != nil {
				t.Fatal(err)
			}
			for _, q := range got {
				t.Logf("%-12s n=%d MRR=%.4f s@1=%.4f s@5=%.4f nDCG@10=%.4f recall@10=%.4f", q.Category, q.Queries, q.MRR, q.Success1, q.Success5, q.NDCG10, q.Recall10)
			}
			if got[0].MRR < set.mrr {
				t.Errorf("got MRR %.4f want at least %.2f", got[0].MRR, set.mrr)
			}
		})
	}
}
