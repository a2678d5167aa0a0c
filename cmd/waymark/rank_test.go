package main

import (
	"context"
	"path/filepath"
	"testing"

	"waymark/catalog/access"
	"waymark/catalog/search"
)

// TestRankingOfTheSampleCompany is the gate of the ranking over the sample company:
// the right table first, in every kind of query, and above every peer's formula over
// the same documents. The table that it logs is that of `rank eval --baseline`.
func TestRankingOfTheSampleCompany(t *testing.T) {
	k := &client{w: sampleCompany(t), caller: access.Caller{User: "test", Roles: access.AllRoles(), Via: "local"}}
	list, err := k.eval(t.Context(), filepath.Join("..", "..", "crawler", "sample", "testdata", "judged.jsonl"), true)
	if err != nil {
		t.Fatal(err)
	}
	ours, peers := list[0], 0
	if ours.Queries < 100 || ours.Success1 < 0.9 || ours.MRR < 0.93 {
		t.Errorf("got %d queries, success@1 %.3f, MRR %.3f want 100, 0.90 and 0.93 at least", ours.Queries, ours.Success1, ours.MRR)
	}
	for _, q := range list {
		t.Log(q)
		if q.Ranking == "" && q.Success1 < 0.8 {
			t.Errorf("%s: got success@1 %.3f want 0.80 at least", q.Category, q.Success1)
		}
		if q.Ranking != "" && q.Category == "all" {
			peers++
			if q.Success1 >= ours.Success1 || q.MRR >= ours.MRR {
				t.Errorf("%s: got success@1 %.3f, MRR %.3f want less than ours", q.Ranking, q.Success1, q.MRR)
			}
		}
	}
	if peers != 4 {
		t.Errorf("got %d peers want 4", peers)
	}
}

func TestQualityWithoutCategoriesIsOneLine(t *testing.T) {
	t.Parallel()
	list, _, err := search.Eval(t.Context(), []search.Judged{{Query: "a", Relevant: []string{"b"}}}, func(context.Context, string) ([]string, error) { return []string{"x.b"}, nil })
	if err != nil || len(list) != 1 || list[0].Category != "all" {
		t.Errorf("got %v, %v want one line for all", list, err)
	}
}
