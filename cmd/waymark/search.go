package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"waymark/catalog/fault"
	"waymark/catalog/search"
)

// query is what is searched for.
type query struct {
	text    string
	filters map[string][]string
	limit   int
	sort    string
	explain bool
	plain   bool // for measuring: nothing personal, and not logged
}

func newSearch(s *settings) *cobra.Command {
	var batch string
	req := query{}
	filters := map[string]*[]string{}
	cmd := &cobra.Command{Use: "search QUERY", Short: "Find the table to trust, and see why"}
	f := cmd.Flags()
	for _, name := range []string{"type", "platform", "domain", "tag", "owner", "zone"} {
		filters[name] = f.StringSlice(name, nil, "only this "+name)
	}
	f.IntVar(&req.limit, "limit", 20, "how many hits")
	f.StringVar(&req.sort, "sort", "", "relevance, trust, used, updated or name")
	f.BoolVar(&req.explain, "explain", false, "tell every factor of every hit")
	f.StringVar(&batch, "batch", "", "file with one query a line as JSON; - is standard input")
	cmd.RunE = func(c *cobra.Command, args []string) (err error) {
		req.filters = map[string][]string{}
		for name, v := range filters {
			if len(*v) > 0 {
				req.filters[name] = *v
			}
		}
		k, err := dial(c.Context(), s)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, k.Close()) }()
		if batch != "" {
			return k.searchBatch(c.Context(), batch, req, c)
		}
		req.text = strings.Join(args, " ")
		if req.text == "" && len(req.filters) == 0 {
			return usage("search for what? waymark search revenue")
		}
		a, err := k.search(c.Context(), req)
		if err != nil {
			return err
		}
		if s.json() {
			return printJSON(c.OutOrStdout(), a.lined("", req.explain))
		}
		return printHits(c.OutOrStdout(), a, req.explain)
	}
	return cmd
}

// askSearch is the question to the API; the word in it stands for what explains a hit.
const askSearch = `query($q: String!, $f: [FilterInput!], $n: Int, $s: SearchSort, $p: Boolean) { search(query: $q, filters: $f, first: $n, sort: $s, plain: $p) {
  total note suggestion complete advice
  hits { rank stage score reasons penalties columns asset { id name type platform trust { score } } similar { id } EXPLAIN }
  card { term { id name } table { id name } tableFacts dashboard { id name } warnings notInstead notAsset { name } } } }`

const askExplanation = `matched { word field how as } explanation { text trustFactor penalties { name factor } personal score stage beats because }`

// named is an asset as answers name it.
type named struct {
	ID   string `json:"id"`
	Name string `json:"name,omitempty"`
}

// found is the answer of a search, in the shape of the API.
type found struct {
	Total            int
	Note, Suggestion string
	Complete         bool
	Advice           []string
	Hits             []foundHit
	Card             *foundCard
}

type foundHit struct {
	Rank                        int
	Stage                       string
	Score                       float64
	Reasons, Penalties, Columns []string
	Similar                     []named
	Matched                     []search.Matched
	Explanation                 json.RawMessage
	Asset                       struct {
		ID, Name, Type, Platform string
		Trust                    struct{ Score float64 }
	}
}

type foundCard struct {
	Term, Table, Dashboard, NotAsset *named
	TableFacts, Warnings             []string
	NotInstead                       string
}

// search asks the API.
func (k *client) search(ctx context.Context, q query) (out found, err error) {
	fs := []map[string]any{}
	for name, v := range q.filters {
		fs = append(fs, map[string]any{"field": name, "values": v})
	}
	var got struct{ Search found }
	order, err := search.ParseSort(q.sort)
	if err != nil {
		return out, usage("--sort: %v", err)
	}
	more := ""
	if q.explain {
		more = askExplanation
	}
	vars := map[string]any{"q": q.text, "f": fs, "n": q.limit, "s": strings.ToUpper(order.String()), "p": q.plain}
	err = k.do(ctx, strings.Replace(askSearch, "EXPLAIN", more, 1), vars, &got)
	return got.Search, err
}

// printHits prints hits for people.
func printHits(w io.Writer, a found, explain bool) error {
	out := bufio.NewWriter(w)
	if a.Note != "" {
		fmt.Fprintln(out, a.Note)
	}
	if c := a.Card; c != nil && c.Table != nil {
		fmt.Fprintf(out, "Answer: %s\n  %s\n", c.Table.Name, strings.Join(c.TableFacts, "; "))
		if c.NotAsset != nil {
			fmt.Fprintf(out, "  Not %s: %s\n", c.NotAsset.Name, c.NotInstead)
		}
	}
	for _, h := range a.Hits {
		fmt.Fprintf(out, "%3d  %s  %s  trust %d  [%s]\n", h.Rank, h.Asset.Name, h.Asset.Type, int(100*h.Asset.Trust.Score+0.5), h.Stage)
		if line := strings.Join(slices.Concat(h.Reasons, h.Penalties), "; "); line != "" {
			fmt.Fprintln(out, "     "+line)
		}
		if explain {
			if err := explainHit(out, h); err != nil {
				return err
			}
		}
	}
	if len(a.Hits) == 0 {
		fmt.Fprintln(out, "nothing found")
		for _, x := range a.Advice {
			fmt.Fprintln(out, "  "+x)
		}
	} else {
		fmt.Fprintf(out, "%d of %d\n", len(a.Hits), a.Total)
	}
	if err := out.Flush(); err != nil {
		return fault.Unavailable.Of(err)
	}
	return nil
}
