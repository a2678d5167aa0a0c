package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"waymark/catalog/search"
)

func newRank(s *settings) *cobra.Command {
	cmd := &cobra.Command{Use: "rank", Short: "Measure the ranking"}
	var least []string
	eval := &cobra.Command{Use: "eval JUDGED.jsonl", Short: "MRR, success@1/3/5, nDCG@10 and recall@10 over judged queries", Args: cobra.ExactArgs(1)}
	eval.Flags().StringSliceVar(&least, "min", nil, "end with 4 below this: mrr=0.8, success1=0.9")
	eval.RunE = func(c *cobra.Command, args []string) (err error) {
		k, err := dial(c.Context(), s)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, k.Close()) }()
		all, err := k.eval(c.Context(), args[0])
		if err != nil {
			return err
		}
		if s.json() {
			if err := printJSON(c.OutOrStdout(), all); err != nil {
				return err
			}
		} else {
			for _, q := range all {
				fmt.Fprintln(c.OutOrStdout(), q)
			}
		}
		return gate(all[0], least)
	}
	cmd.AddCommand(eval)
	return cmd
}

// evalDepth is how many hits are judged.
const evalDepth = 20

func (k *client) eval(ctx context.Context, file string) ([]search.Quality, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, usage("judgements %s: %v", file, err)
	}
	defer f.Close() // only read
	judged, err := search.ReadJudged(f)
	if err != nil {
		return nil, err
	}
	all, _, err := search.Eval(ctx, judged, func(ctx context.Context, text string) ([]string, error) {
		a, err := k.search(ctx, query{text: text, limit: evalDepth})
		var names []string
		for _, h := range a.Hits {
			names = append(names, h.Asset.ID+" "+h.Asset.Name) // either may be judged
		}
		return names, err
	})
	return all, err
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
