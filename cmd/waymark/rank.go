package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"waymark/catalog/fault"
	"waymark/catalog/search"
)

func newRank(s *settings) *cobra.Command {
	cmd := &cobra.Command{Use: "rank", Short: "Measure the ranking"}
	var least []string
	var baseline bool
	eval := &cobra.Command{Use: "eval JUDGED.jsonl", Short: "MRR, success@1/3/5, nDCG@10 and recall@10 over judged queries", Args: cobra.ExactArgs(1)}
	eval.Flags().StringSliceVar(&least, "min", nil, "end with 4 below this: mrr=0.8, success1=0.9")
	eval.Flags().BoolVar(&baseline, "baseline", false, "measure the formulas of other catalogs over the same documents too")
	eval.RunE = func(c *cobra.Command, args []string) (err error) {
		k, err := dial(c.Context(), s)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, k.Close()) }()
		list, err := k.eval(c.Context(), args[0], baseline)
		if err != nil {
			return err
		}
		if err := printQuality(c.OutOrStdout(), list, s.json()); err != nil {
			return err
		}
		return gate(list[0], least)
	}
	cmd.AddCommand(eval)
	return cmd
}

func printQuality(w io.Writer, list []search.Quality, asJSON bool) error {
	if asJSON {
		return printJSON(w, list)
	}
	for _, q := range list {
		if _, err := fmt.Fprintln(w, q); err != nil {
			return fault.Unavailable.Of(err)
		}
	}
	return nil
}

// evalDepth is how many hits are judged.
const evalDepth = 20

// eval measures the ranking, and that of the peers behind it.
func (k *client) eval(ctx context.Context, file string, baseline bool) ([]search.Quality, error) {
	judged, err := readJudged(file)
	if err != nil {
		return nil, err
	}
	out, _, err := search.Eval(ctx, judged, func(ctx context.Context, text string) ([]string, error) {
		a, err := k.search(ctx, query{text: text, limit: evalDepth, plain: true})
		var names []string
		for _, h := range a.Hits {
			names = append(names, h.Asset.ID+" "+h.Asset.Name) // either may be judged
		}
		return names, err
	})
	if err != nil || !baseline {
		return out, err
	}
	peers, err := k.peers(ctx, judged)
	return append(out, peers...), err
}

func readJudged(file string) ([]search.Judged, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, usage("judgements %s: %v", file, err)
	}
	defer f.Close() // only read
	judged, err := search.ReadJudged(f)
	if err == nil && len(judged) == 0 {
		err = usage("judgements %s: there is no query in it", file)
	}
	return judged, err
}

// peerBatch is how many queries one call compares: each reads every document.
const peerBatch = 50

// peers measures the formulas of other catalogs over the same documents.
func (k *client) peers(ctx context.Context, judged []search.Judged) (out []search.Quality, err error) {
	answers, formulas := map[string]map[string][]string{}, []string{} // formula -> query -> names
	for batch := range slices.Chunk(judged, peerBatch) {
		var queries []string
		for _, j := range batch {
			queries = append(queries, j.Query)
		}
		var got struct {
			RankPeers []struct {
				Name    string
				Answers []struct{ Hits []string }
			}
		}
		const ask = `query($q: [String!]!, $n: Int) { rankPeers(queries: $q, first: $n) { name answers { hits } } }`
		if err := k.do(ctx, ask, map[string]any{"q": queries, "n": evalDepth}, &got); err != nil {
			return nil, err
		}
		for _, f := range got.RankPeers {
			if answers[f.Name] == nil {
				answers[f.Name], formulas = map[string][]string{}, append(formulas, f.Name)
			}
			for i, a := range f.Answers {
				answers[f.Name][queries[i]] = a.Hits
			}
		}
	}
	for _, name := range formulas {
		list, _, err := search.Eval(ctx, judged, func(_ context.Context, text string) ([]string, error) { return answers[name][text], nil })
		if err != nil {
			return nil, err
		}
		for _, q := range list {
			q.Ranking = name
			out = append(out, q)
		}
	}
	return out, nil
}

// gate refuses a ranking below the given marks.
func gate(q search.Quality, least []string) error {
	for _, m := range least {
		name, val, _ := strings.Cut(m, "=")
		want, err := strconv.ParseFloat(val, 64)
		if err != nil {
			return usage("--min %q: write mrr=0.8", m)
		}
		got, ok := q.Measure(name)
		if !ok {
			return usage("--min %q: there is no measure %q", m, name)
		}
		if got < want {
			return ended{code: exitRefused, err: fmt.Errorf("%s is %.3f, below %.3f", name, got, want)}
		}
	}
	return nil
}
