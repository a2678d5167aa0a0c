package main

import (
	"bufio"
	"context"
	"encoding/json"
	"os"

	"github.com/spf13/cobra"

	"waymark/catalog/fault"
	"waymark/catalog/search"
)

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
	Rank        int              `json:"rank"`
	URN         string           `json:"urn"`
	Name        string           `json:"name"`
	Type        string           `json:"type"`
	Platform    string           `json:"platform"`
	Score       float64          `json:"score"`
	Stage       string           `json:"stage"`
	Trust       float64          `json:"trust"`
	Reasons     []string         `json:"reasons"`
	Penalties   []string         `json:"penalties"`
	Columns     []string         `json:"columns,omitempty"`
	Similar     []named          `json:"similar,omitempty"`
	Matched     []search.Matched `json:"matched,omitempty"`
	Explanation json.RawMessage  `json:"explanation,omitempty"`
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
			x.Matched, x.Explanation = h.Matched, h.Explanation
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
		one.text, one.filters, one.plain = q.Query, q.Filters, true
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
