package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"waymark/catalog/fault"
)

// query is what is searched for.
type query struct {
	text    string
	filters map[string][]string
	limit   int
	explain bool
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

const askSearch = `query($q: String!, $f: [FilterInput!], $n: Int) { search(query: $q, filters: $f, first: $n) {
  total note suggestion complete advice
  hits { rank stage score reasons penalties columns asset { id name type platform trust { score } } similar { id }
    explanation { text trustFactor penalties { name factor } personal score stage beats because } }
  card { term { id name } table { id name } tableFacts dashboard { id name } warnings notInstead notAsset { name } } } }`

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
	err = k.do(ctx, askSearch, map[string]any{"q": q.text, "f": fs, "n": q.limit}, &got)
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
			fmt.Fprintf(out, "     %s\n", h.Explanation)
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

// batchLine is one query of a batch.
type batchLine struct {
	ID      string              `json:"id"`
	Query   string              `json:"query"`
	Filters map[string][]string `json:"filters"`
}

// batchAnswer is the answer of one query as JSON: interfaces of scripts stand on it.
type batchAnswer struct {
	ID     string     `json:"id,omitempty"`
	Total  int        `json:"total"`
	Hits   []batchHit `json:"hits"`
	Answer *batchCard `json:"answer"`
	Note   string     `json:"note,omitempty"`
}

type batchHit struct {
	Rank        int             `json:"rank"`
	URN         string          `json:"urn"`
	Name        string          `json:"name"`
	Type        string          `json:"type"`
	Platform    string          `json:"platform"`
	Score       float64         `json:"score"`
	Stage       string          `json:"stage"`
	Trust       float64         `json:"trust"`
	Reasons     []string        `json:"reasons"`
	Penalties   []string        `json:"penalties"`
	Columns     []string        `json:"columns,omitempty"`
	Similar     []named         `json:"similar,omitempty"`
	Explanation json.RawMessage `json:"explanation,omitempty"`
}

type batchCard struct {
	Term      *named   `json:"term,omitempty"`
	Table     *named   `json:"table,omitempty"`
	Dashboard *named   `json:"dashboard,omitempty"`
	Reasons   []string `json:"reasons"`
	Warnings  []string `json:"warnings"`
}

// lined turns an answer into its JSON line.
func (a found) lined(id string, explain bool) batchAnswer {
	out := batchAnswer{ID: id, Total: a.Total, Hits: []batchHit{}, Note: a.Note}
	for _, h := range a.Hits {
		x := batchHit{
			Rank: h.Rank, URN: h.Asset.ID, Name: h.Asset.Name, Type: h.Asset.Type, Platform: h.Asset.Platform, Score: h.Score, Stage: h.Stage,
			Trust: h.Asset.Trust.Score, Reasons: h.Reasons, Penalties: h.Penalties, Columns: h.Columns, Similar: h.Similar,
		}
		if explain {
			x.Explanation = h.Explanation
		}
		out.Hits = append(out.Hits, x)
	}
	if c := a.Card; c != nil {
		out.Answer = &batchCard{Term: c.Term, Table: c.Table, Dashboard: c.Dashboard, Reasons: c.TableFacts, Warnings: c.Warnings}
	}
	return out
}

// searchBatch answers one query a line, in order.
func (k *client) searchBatch(ctx context.Context, file string, req query, c *cobra.Command) error {
	in := c.InOrStdin()
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return usage("batch %s: %v", file, err)
		}
		defer f.Close() // only read
		in = f
	}
	out := bufio.NewWriter(c.OutOrStdout())
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		var q batchLine
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			return fault.Invalid.Errorf("line %d of %s: %w", n, file, err)
		}
		one := req
		one.text, one.filters = q.Query, q.Filters
		a, err := k.search(ctx, one)
		if err != nil {
			return err
		}
		if err := printJSON(out, a.lined(q.ID, req.explain)); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fault.Invalid.Errorf("batch %s: %w", file, err)
	}
	return out.Flush()
}
