package search

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"math"
	"slices"
	"strings"

	"waymark/catalog/fault"
)

// Judged is one query of a judged set: what a person said should be found.
type Judged struct {
	ID       string   `json:"id"`
	Query    string   `json:"query"`
	Relevant []string `json:"relevant"` // URNs or names, the best first
	Category string   `json:"category"`
	Set      string   `json:"set"`
}

// ReadJudged reads a judged set, one query a line.
func ReadJudged(r io.Reader) ([]Judged, error) {
	var out []Judged
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var j Judged
		if err := json.Unmarshal(lines.Bytes(), &j); err != nil {
			return nil, fault.Invalid.Errorf("line %d: %w", n, err)
		}
		if j.Query == "" || len(j.Relevant) == 0 {
			return nil, fault.Invalid.Errorf("line %d: a judged query needs query and relevant", n)
		}
		j.Category = cmp.Or(j.Category, j.Set)
		out = append(out, j)
	}
	return out, lines.Err()
}

// Quality is how well a ranking met a judged set, or one category of it.
type Quality struct {
	Ranking  string  `json:"ranking,omitempty"` // whose formula, if not ours
	Category string  `json:"category"`
	Queries  int     `json:"queries"`
	MRR      float64 `json:"mrr"`
	Success1 float64 `json:"success@1"`
	Success3 float64 `json:"success@3"`
	Success5 float64 `json:"success@5"`
	NDCG10   float64 `json:"ndcg@10"`
	Recall10 float64 `json:"recall@10"`
}

// all is the category of everything.
const all = "all"

// Ranker answers a query with names, the best first. A name may be a URN and a full
// name joined by a blank; either counts.
type Ranker func(ctx context.Context, query string) ([]string, error)

// Eval ranks every judged query and returns the quality over all, then by category,
// and the rank of the first relevant hit of each query, 0 for none.
func Eval(ctx context.Context, judged []Judged, rank Ranker) (out []Quality, firsts []int, err error) {
	sums := map[string]*Quality{}
	for _, j := range judged {
		names, err := rank(ctx, j.Query)
		if err != nil {
			return nil, nil, err
		}
		q := judge(j, names)
		firsts = append(firsts, q.Queries)
		for _, c := range slices.Compact([]string{"", j.Category}) { // some sets have no categories
			if sums[c] == nil {
				sums[c] = &Quality{Category: c}
			}
			sums[c].add(q)
		}
	}
	for _, s := range sums {
		s.scale(1 / float64(max(1, s.Queries)))
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b Quality) int { return strings.Compare(a.Category, b.Category) })
	if len(out) > 0 {
		out[0].Category = all
	}
	return out, firsts, nil
}

// judge measures one answer; Queries of the result is the rank of the first hit.
func judge(j Judged, names []string) Quality {
	found, first, gain := map[string]bool{}, 0, 0.0
	for i, name := range names {
		rel, ok := relevant(j.Relevant, name)
		if !ok {
			continue
		}
		if first == 0 {
			first = i + 1
		}
		if i < 10 && !found[rel] {
			found[rel] = true
			gain += 1 / math.Log2(float64(i)+2)
		}
	}
	ideal := 0.0
	for i := range min(10, len(j.Relevant)) {
		ideal += 1 / math.Log2(float64(i)+2)
	}
	q := Quality{Queries: first, NDCG10: gain / ideal, Recall10: float64(len(found)) / float64(len(j.Relevant))}
	if first > 0 {
		q.MRR = 1 / float64(first)
	}
	within := func(n int) float64 {
		if first > 0 && first <= n {
			return 1
		}
		return 0
	}
	q.Success1, q.Success3, q.Success5 = within(1), within(3), within(5)
	return q
}

// relevant finds the judged name that a hit stands for: equal, or its ending at a dot.
func relevant(list []string, name string) (string, bool) {
	for n := range strings.SplitSeq(strings.ToLower(name), " ") {
		for _, r := range list {
			if l := strings.ToLower(r); n == l || strings.HasSuffix(n, "."+l) {
				return r, true
			}
		}
	}
	return "", false
}

func (q *Quality) add(x Quality) {
	q.Queries++
	q.MRR += x.MRR
	q.Success1 += x.Success1
	q.Success3 += x.Success3
	q.Success5 += x.Success5
	q.NDCG10 += x.NDCG10
	q.Recall10 += x.Recall10
}

func (q *Quality) scale(by float64) {
	for _, x := range []*float64{&q.MRR, &q.Success1, &q.Success3, &q.Success5, &q.NDCG10, &q.Recall10} {
		*x *= by
	}
}

// Rank is the Ranker of s: without anything personal, so that it can be repeated.
func (s *Search) Rank(limit int) Ranker {
	return func(ctx context.Context, query string) ([]string, error) {
		a, err := s.Find(ctx, Request{Text: query, Limit: limit, Plain: true})
		names := make([]string, len(a.Hits))
		for i, h := range a.Hits {
			names[i] = string(h.URN) + " " + h.Name
		}
		return names, err
	}
}
