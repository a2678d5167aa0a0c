package searchtest

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"waymark/catalog"
	"waymark/catalog/search"
	"waymark/catalog/search/peer"
	"waymark/catalog/urn"
)

// tune is where public judged sets stand beside a clone.
const tune = "../../../../shared/tune"

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
			m := NewMemory()
			cat, s := New(m)
			Load(t, cat, s, tables)
			got, _, err := search.Eval(AsSystem(), judged, s.Rank(20))
			if err != nil {
				t.Fatal(err)
			}
			for _, q := range got {
				t.Log(q)
			}
			corpus := corpusOf(t, s)
			for _, f := range peer.Formulas() {
				them, _, err := search.Eval(AsSystem(), judged, corpus.Rank(f, 20))
				if err != nil {
					t.Fatal(err)
				}
				them[0].Category = f.Name
				t.Log(them[0])
				if them[0].MRR >= got[0].MRR {
					t.Errorf("%s: got MRR %.4f want below ours, %.4f", f.Name, them[0].MRR, got[0].MRR)
				}
			}
			if got[0].MRR < set.mrr {
				t.Errorf("got MRR %.4f want at least %.2f", got[0].MRR, set.mrr)
			}
		})
	}
}
